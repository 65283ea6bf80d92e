package seed

import (
	"context"
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func TestASecondLoadWritesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		steps := 0
		first, err := Load(ctx, s, Options{Samples: true, Progress: func(done, total int) { steps++ }})
		if err != nil {
			t.Fatal(err)
		}
		if first.Providers["curated"] != 180 || first.Providers["sample"] != 24 || !first.Wrote.Any() || steps < 3 {
			t.Errorf("%+v in %d steps", first.Providers, steps)
		}
		before, err := s.Generation(ctx)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Load(ctx, s, Options{Samples: true})
		if err != nil {
			t.Fatal(err)
		}
		if after, err := s.Generation(ctx); err != nil || after != before || again.Wrote.Any() {
			t.Errorf("generation %d then %d (%v), wrote %+v", before, after, err, again.Wrote)
		}
		real, err := Load(ctx, s, Options{})
		if err != nil || real.Removed != 24 || real.Providers["sample"] != 0 {
			t.Errorf("samples left: %d removed, %v", real.Removed, err)
		}
	})
}

func TestALoadThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		b, _ := compiled(t)
		b.Providers[len(b.Providers)-1].Slug = b.Providers[0].Slug
		if _, err := LoadBundle(ctx, s, b, Options{}); err == nil {
			t.Fatal("the same slug twice was loaded")
		}
		sources, err := s.Sources(ctx)
		if err != nil || len(sources) > 0 {
			t.Errorf("%d sources stayed, %v", len(sources), err)
		}
	})
}

func TestALoadedHospitalKeepsItsSources(t *testing.T) {
	t.Parallel()
	s := testdb.SQLite(t)
	ctx := context.Background()
	b, _ := compiled(t)
	if _, err := LoadBundle(ctx, s, b, Options{}); err != nil {
		t.Fatal(err)
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	key := map[int64]string{}
	for _, x := range sources {
		key[x.ID] = x.Key
	}
	found := 0
	err = s.EachProvider(ctx, 0, 100, func(batch []models.ProviderBundle) error {
		for _, p := range batch {
			for _, a := range p.Accreditations {
				if a.Evidence != "register_snapshot" || a.Programme != "Hospital" {
					continue
				}
				if found++; key[a.SourceID] != nabhHospitals {
					t.Errorf("%s %s: source %q", p.Slug, a.Number, key[a.SourceID])
				}
			}
		}
		return nil
	})
	if err != nil || found == 0 {
		t.Errorf("%d certificates of the register, %v", found, err)
	}
	if b.Providers[0].Sites[0].SourceID == nil || *b.Providers[0].Sites[0].SourceID > int64(len(b.Sources)) {
		t.Error("the caller's rows were changed")
	}
}
