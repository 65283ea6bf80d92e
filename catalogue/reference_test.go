package catalogue_test

import (
	"log/slog"
	"testing"

	"golang.org/x/sync/errgroup"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// seeded is the catalogue of the tree, without an index.
func seeded(t *testing.T) (*models.Store, *catalogue.Catalogue) {
	t.Helper()
	s := testdb.SQLite(t)
	if _, err := seed.Load(t.Context(), s, seed.Options{}); err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Open(t.Context(), s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// The resolver is kept over changes of hospitals, and made anew when a word changes.
func TestANewWordForATreatmentIsUnderstoodAfterTheNextRefresh(t *testing.T) {
	t.Parallel()
	s, c := seeded(t)
	kept := c.Reference().Resolver
	change := func(f func(*models.Tx) error) {
		t.Helper()
		if err := s.Write(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		if err := c.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	change(func(tx *models.Tx) error { tx.BumpGeneration(); return nil })
	if c.Reference().Resolver != kept {
		t.Error("the resolver was made anew though no word changed")
	}
	aliases, err := s.Aliases(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	aliases = append(aliases, models.Alias{Of: "procedure", Slug: "total-knee-replacement", Term: "zibbleknee", Kind: "lay"})
	change(func(tx *models.Tx) error { _, err := tx.PutAliases(aliases); return err })
	if got := c.Reference().Resolver.Resolve("zibbleknee").Procedures; len(got) != 1 || got[0] != "total-knee-replacement" {
		t.Errorf("the new word means %v", got)
	}
}

// The follower, the watch and a job all want the view that a change made: it is read for them once.
func TestAllWhoWaitForAChangeGetOneView(t *testing.T) {
	t.Parallel()
	s, c := seeded(t)
	before := c.Reference()
	if err := s.Write(t.Context(), func(tx *models.Tx) error { tx.BumpGeneration(); return nil }); err != nil {
		t.Fatal(err)
	}
	views := make([]*catalogue.Reference, 8)
	var group errgroup.Group
	for i := range views {
		group.Go(func() error {
			err := c.Refresh(t.Context())
			views[i] = c.Reference()
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	for i, v := range views {
		if v == before || v != views[0] {
			t.Errorf("view %d is not the one new view", i)
		}
	}
}
