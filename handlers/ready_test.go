package handlers_test

import (
	"strings"
	"testing"

	"carecorridor/models"
)

// A card that was drawn before must not outlive the price on it, nor the listing.
func TestACardDrawnBeforeShowsNoOldPriceAndNoWithdrawnHospital(t *testing.T) {
	t.Parallel()
	s := alone(t)
	const slug, name = "marigold-shore-hospital-chennai", "Marigold Shore Hospital"
	p, err := s.store.ProfileBySlug(t.Context(), slug)
	if err != nil || len(p.Packages) == 0 {
		t.Fatal(err)
	}
	k := p.Packages[0].Package
	list := func(fresh string) string {
		return s.get(t, "/hospitals?treatment="+k.ProcedureSlug+"&hub=chennai&per_page=50&fresh="+fresh).Body.String()
	}
	old := list("1")
	if !strings.Contains(old, name) || strings.Contains(old, "£77,777") {
		t.Fatal("the hospital is not listed before the change")
	}
	k.AmountMinor, k.Currency = 7777700, "GBP"
	change(t, s, func(tx *models.Tx) error {
		for _, other := range p.Packages[1:] {
			if other.ProcedureSlug == k.ProcedureSlug {
				off := other.Package
				off.Live = false
				if err := tx.SavePackage(&off, nil); err != nil {
					return err
				}
			}
		}
		return tx.SavePackage(&k, nil)
	})
	if page := list("2"); !strings.Contains(page, "£77,777") {
		t.Error("an old price is shown after the change")
	}
	change(t, s, func(tx *models.Tx) error {
		gone, err := s.store.ProfileBySlug(t.Context(), slug)
		if err != nil {
			return err
		}
		gone.State = models.Withdrawn
		return tx.SaveProvider(&gone.Provider)
	})
	if strings.Contains(list("3"), name) {
		t.Error("a withdrawn hospital is shown")
	}
}

func change(t *testing.T, s *site, f func(*models.Tx) error) {
	t.Helper()
	if err := s.store.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if err := s.cat.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}
