package models_test

import (
	"context"
	"slices"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func generation(t testing.TB, s *models.Store) int64 {
	t.Helper()
	n, err := s.Generation(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheSameLoadTwiceWritesNothing(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		furnish(t, s, plain("b"), plain("a"))
		if n := generation(t, s); n != 2 {
			t.Fatalf("generation %d after the first load", n)
		}
		write(t, s, func(tx *models.Tx) error {
			ids, w, err := world(tx)
			if err != nil || w.Any() {
				t.Errorf("reference: %+v, %v", w, err)
			}
			w, err = tx.PutProviders([]models.ProviderBundle{plain("a"), hospital(t, ids), plain("b")})
			if w.Any() {
				t.Errorf("providers: %+v", w)
			}
			return err
		})
		if n := generation(t, s); n != 2 {
			t.Errorf("generation %d after the second load", n)
		}
		if n := jobs(t, s, "rebuild_index"); n != 1 {
			t.Errorf("%d jobs", n)
		}
	})
}

func jobs(t testing.TB, s *models.Store, kind string) (n int) {
	t.Helper()
	if err := s.SQL().QueryRow("SELECT count(*) FROM river_job WHERE kind = '" + kind + "'").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOnlyWhatDiffersIsWritten(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		furnish(t, s, plain("other"))
		before, err := s.ProfileBySlug(context.Background(), "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *models.Tx) error {
			ids, _, err := world(tx)
			if err != nil {
				return err
			}
			b := hospital(t, ids)
			b.Name = "Marina Hospitals"
			b.Languages = b.Languages[:1]
			b.Packages[0].Items[0].Label = "Implant, titanium"
			w, err := tx.PutProviders([]models.ProviderBundle{b, plain("other")})
			if w != (models.Wrote{Changed: 1}) {
				t.Errorf("%+v", w)
			}
			return err
		})
		p, err := s.ProfileBySlug(context.Background(), "marina-chennai")
		if err != nil || p.Name != "Marina Hospitals" || len(p.Languages) != 1 || p.Version != 2 || p.ID != before.ID {
			t.Fatalf("%+v, %v", p, err)
		}
		if p.Accreditations[0].ID != before.Accreditations[0].ID || p.Facts[0].ID != before.Facts[0].ID {
			t.Error("rows that are equal were replaced")
		}
		at := slices.IndexFunc(p.Packages, func(k models.PackageBundle) bool { return k.Name == "Knee, twin room" })
		if at < 0 || p.Packages[at].Items[0].Label != "Implant, titanium" || p.Packages[at].Version != 2 {
			t.Errorf("%+v", p.Packages)
		}
		said := map[string]string{}
		for _, c := range p.Changes {
			said[c.What] = c.OldValue + ">" + c.NewValue
		}
		if len(said) != 4 || said["Name changed"] != "Marina Hospital>Marina Hospitals" || said["Languages updated"] != ">" || said["Prices updated"] != ">" {
			t.Errorf("history: %v", said)
		}
	})
}

func TestHistoryIsOnlyAddedTo(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		b := plain("a")
		b.Changes = []models.Change{{At: now.AddDate(0, -1, 0), What: "First seen"}}
		furnish(t, s, b)
		write(t, s, func(tx *models.Tx) error {
			again := plain("a")
			again.Changes = []models.Change{{At: now, What: "Seen again"}}
			w, err := tx.PutProviders([]models.ProviderBundle{again})
			if w.Changed != 1 {
				t.Errorf("%+v", w)
			}
			return err
		})
		p, err := s.ProfileBySlug(context.Background(), "a")
		if err != nil || len(p.Changes) != 2 || p.Changes[0].What != "Seen again" || p.Changes[1].What != "First seen" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestASetIsTheWholeTable(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		write(t, s, func(tx *models.Tx) error {
			w, err := tx.PutAliases([]models.Alias{{Of: "procedure", Slug: "knee", Kind: "lay", Term: "new knee"},
				{Of: "procedure", Slug: "hip", Kind: "lay", Term: "new hip"}, {Of: "procedure", Slug: "hip", Kind: "lay", Term: "new hip"}})
			if w != (models.Wrote{Added: 1, Removed: 1}) {
				t.Errorf("%+v", w)
			}
			return err
		})
		rows, err := s.Aliases(context.Background())
		if err != nil || len(rows) != 2 || rows[0].Slug != "hip" || rows[1].Slug != "knee" {
			t.Errorf("%+v, %v", rows, err)
		}
	})
}

func TestAKeyGivenTwiceIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		wantKind(t, s.Write(context.Background(), func(tx *models.Tx) error {
			_, err := tx.PutProviders([]models.ProviderBundle{plain("a"), plain("a")})
			return err
		}), fault.Conflict)
		wantKind(t, s.Write(context.Background(), func(tx *models.Tx) error {
			_, _, err := tx.PutSources(append(sources(), sources()...))
			return err
		}), fault.Conflict)
	})
}

func TestSourcesAreExchangedOnce(t *testing.T) {
	t.Parallel()
	shared := ptr(int64(7))
	sites := []models.Site{{SourceID: shared}, {SourceID: shared}, {}}
	if err := models.Exchange(models.SourceIDs{7: 8, 8: 9}, sites); err != nil || *sites[0].SourceID != 8 || *sites[1].SourceID != 8 || *shared != 7 {
		t.Errorf("%+v, %v", sites, err)
	}
	wantKind(t, models.Exchange(models.SourceIDs{1: 2}, []models.Fact{{SourceID: 3}}), fault.Invalid)
}

func TestDroppingAnOriginLeavesTheOthers(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		furnish(t, s, plain("kept"))
		write(t, s, func(tx *models.Tx) error {
			n, err := tx.DropProviders("sample")
			if n != 1 {
				t.Errorf("%d dropped", n)
			}
			return err
		})
		for _, table := range []string{"facts", "packages", "package_items", "accreditations", "accreditation_events", "provider_languages"} {
			var n int
			if err := s.SQL().QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s: %d rows left, %v", table, n, err)
			}
		}
		if n, err := s.CountProviders(context.Background()); err != nil || n.Providers != 1 {
			t.Errorf("%+v, %v", n, err)
		}
	})
}

func TestACopiedBatchIsTheSameAsASmallOne(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		var many []models.ProviderBundle
		write(t, s, func(tx *models.Tx) error {
			ids, _, err := world(tx)
			if err != nil {
				return err
			}
			for i := range 1500 {
				b := hospital(t, ids)
				b.Slug += string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
				many = append(many, b)
			}
			_, err = tx.PutProviders(many)
			return err
		})
		write(t, s, func(tx *models.Tx) error {
			w, err := tx.PutProviders(many)
			if w.Any() {
				t.Errorf("%+v", w)
			}
			return err
		})
		if p, err := s.ProfileBySlug(context.Background(), many[1234].Slug); err != nil || len(p.Packages) != 5 || p.Accreditations[1].ValidTo.String() != "2027-01-01" {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
