package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"carecorridor/models"
)

// withdraw takes a listing away as the desk would: one transaction, nothing told to the index yet.
func withdraw(t *testing.T, s *site, slug string) {
	t.Helper()
	ctx := context.Background()
	p, err := s.store.ProfileBySlug(ctx, slug)
	if err != nil {
		t.Fatal(err)
	}
	row := p.Provider
	row.State = models.Withdrawn
	if err := s.store.Write(ctx, func(tx *models.Tx) error { return tx.SaveProvider(&row) }); err != nil {
		t.Fatal(err)
	}
	if err := s.cat.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestAWithdrawnHospitalIsGoneAtOnceWhateverTheIndexHolds(t *testing.T) {
	s := alone(t)
	const slug, name = "marigold-shore-hospital-chennai", "Marigold Shore"
	before := s.get(t, ask("knee replacement chennai")).Body.String()
	if !strings.Contains(before, name) || !strings.Contains(s.get(t, "/hospitals/suggest?q=marigold").Body.String(), name) {
		t.Fatal("the hospital should be found first")
	}
	withdraw(t, s, slug) // the index still holds it
	for _, path := range []string{ask("knee replacement chennai"), "/hospitals?q=marigold", "/api/v1/search?q=marigold", "/hospitals/suggest?q=marigold", "/sitemap/hospitals-1.xml"} {
		if strings.Contains(s.get(t, path).Body.String(), name) {
			t.Errorf("%s still shows it", path)
		}
	}
	for _, path := range []string{"/hospitals/" + slug, "/hospitals/" + slug + "/prices.csv", "/api/v1/hospitals/" + slug} {
		if w := s.get(t, path); w.Code != http.StatusGone {
			t.Errorf("%s: status %d, want 410", path, w.Code)
		}
	}
}

func TestAChangedPriceIsShownAtOnce(t *testing.T) {
	s := alone(t)
	ctx := context.Background()
	p, err := s.store.ProfileBySlug(ctx, "marigold-shore-hospital-chennai")
	if err != nil {
		t.Fatal(err)
	}
	const path = "/hospitals?treatment=total-knee-replacement&city=chennai"
	old := s.get(t, path).Body.String()
	for _, k := range p.Packages {
		if k.ProcedureSlug != "total-knee-replacement" {
			continue
		}
		k.AmountMinor *= 2
		if err := s.store.Write(ctx, func(tx *models.Tx) error { return tx.SavePackage(&k.Package, k.Items) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.cat.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(old, "£3,830") {
		t.Fatalf("the old price is not on the page")
	}
	if now := s.get(t, path).Body.String(); strings.Contains(now, "£3,830") || !strings.Contains(now, "£7,66") {
		t.Error("the page still shows the old price")
	}
}
