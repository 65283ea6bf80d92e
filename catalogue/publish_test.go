package catalogue_test

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/jobs"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/search/memory"
)

// world is a catalogue with its index and working jobs.
type world struct {
	store *models.Store
	cat   *catalogue.Catalogue
	index *search.Index
}

func opened(t *testing.T, s *models.Store) world {
	t.Helper()
	ctx := t.Context()
	if _, err := seed.Load(ctx, s, seed.Options{Samples: true}); err != nil {
		t.Fatal(err)
	}
	cat, err := catalogue.Open(ctx, s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w := world{s, cat, search.NewIndex(memory.New(when.System), when.System, 0)}
	if _, err := w.index.Rebuild(ctx, cat.Source(ctx, nil)); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w world) work(t *testing.T) {
	t.Helper()
	r, err := w.store.Work(context.WithoutCancel(t.Context()), jobs.Workers{
		IndexProvider:      func(ctx context.Context, id int64) error { return w.cat.Index(ctx, w.index, []int64{id}) },
		RebuildIndex:       func(ctx context.Context) error { _, err := w.index.Rebuild(ctx, w.cat.Source(ctx, nil)); return err },
		ExpireCertificates: func(ctx context.Context) error { return w.cat.ExpireDue(ctx, w.index) },
	}, jobs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Stop(context.Background()) })
}

func (w world) finds(t *testing.T, q search.Query, id int64) bool {
	t.Helper()
	q.IncludeSamples, q.PerPage = true, search.MaxPerPage
	page, err := w.index.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range page.Hits {
		if h.ID == itoa(id) {
			return true
		}
	}
	return false
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal(what)
}

func TestAChangeReachesTheIndexFromItsOwnTransaction(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		w := opened(t, s)
		w.work(t)
		p, err := s.ProfileBySlug(t.Context(), "marigold-shore-hospital-chennai")
		if err != nil {
			t.Fatal(err)
		}
		limit := int64(500_000)
		q := search.Query{Procedures: []string{"total-knee-replacement"}, Node: "total-knee-replacement", Price: search.Range{Max: &limit}}
		if !w.finds(t, q, p.ID) {
			t.Fatal("the package of ₹4,85,000 should be found under ₹5,00,000")
		}
		for _, k := range p.Packages {
			if k.ProcedureSlug == "total-knee-replacement" {
				k.AmountMinor = 90_000_000
				if err := s.Write(t.Context(), func(tx *models.Tx) error { return tx.SavePackage(&k.Package, k.Items) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		eventually(t, "the old price is still found", func() bool { return !w.finds(t, q, p.ID) })

		if p, err = s.ProfileBySlug(t.Context(), p.Slug); err != nil { // its version moved with the price
			t.Fatal(err)
		}
		row := p.Provider
		row.State = models.Withdrawn
		all := search.Query{Text: "marigold"}
		if err := s.Write(t.Context(), func(tx *models.Tx) error { return tx.SaveProvider(&row) }); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the withdrawn hospital is still found", func() bool { return !w.finds(t, all, p.ID) })
	})
}

func TestAnotherReplicaFollowsWithoutItsOwnJob(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		w := opened(t, s)
		f := catalogue.NewFollower(w.cat, w.index.Apply, func(context.Context) error { t.Error("the day did not turn"); return nil })
		p, err := s.ProfileBySlug(t.Context(), "marigold-shore-hospital-chennai")
		if err != nil {
			t.Fatal(err)
		}
		row := p.Provider
		row.Name = "Quartz Shore Hospital"
		if err := s.Write(t.Context(), func(tx *models.Tx) error { return tx.SaveProvider(&row) }); err != nil {
			t.Fatal(err)
		}
		if w.finds(t, search.Query{Text: "quartz"}, p.ID) {
			t.Fatal("nothing told the index yet")
		}
		if err := f.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !w.finds(t, search.Query{Text: "quartz"}, p.ID) {
			t.Error("the new name is not found after a step")
		}
	})
}

func TestEveryTreatmentIsUnderstoodByItsOwnName(t *testing.T) {
	b, err := seed.Read()
	if err != nil {
		t.Fatal(err)
	}
	s := testdb.SQLite(t)
	w := opened(t, s)
	missed := 0
	for _, p := range b.Procedures {
		q := w.cat.Reference().Understand(catalogue.Asked{Q: p.Name})
		if len(q.Procedures) == 0 || q.Procedures[0] != p.Slug {
			missed++
			t.Logf("%q is read as %v", p.Name, q.Procedures)
		}
	}
	if missed*50 > len(b.Procedures) {
		t.Errorf("%d of %d names are read as something else", missed, len(b.Procedures))
	}
}

func itoa(id int64) string { return strconv.FormatInt(id, 10) }
