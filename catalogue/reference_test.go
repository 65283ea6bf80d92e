package catalogue_test

import (
	"testing"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"

	"log/slog"
)

// The resolver is kept over changes of hospitals, and made anew when a word changes.
func TestANewWordForATreatmentIsUnderstoodAfterTheNextRefresh(t *testing.T) {
	t.Parallel()
	s := testdb.SQLite(t)
	if _, err := seed.Load(t.Context(), s, seed.Options{}); err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Open(t.Context(), s, when.System, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
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
