package models_test

import (
	"context"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// now is the instant of tests: early on 22 November in London, the same day in India.
var now = time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)

var fixed = models.Options{Clock: when.Fixed(now)}

func day(t testing.TB, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

// write runs f and fails the test when it fails.
func write(t testing.TB, s *models.Store, f func(*models.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// wantKind fails unless err is of kind k.
func wantKind(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

// sources of the world, by provisional id 1 and 2.
func sources() []models.Source {
	return []models.Source{
		{ID: 1, Key: "nabh-2025", Kind: "register", Title: "NABH register", PublishedOn: "2025-09-27"},
		{ID: 2, Key: "hospital", Kind: "page", Title: "Hospital's page"},
	}
}

// world puts the reference rows that a provider needs and says what was written.
func world(tx *models.Tx) (models.SourceIDs, models.Wrote, error) {
	ids, w, err := tx.PutSources(sources())
	if err != nil {
		return nil, w, err
	}
	put := func(done models.Wrote, e error) {
		w = w.Plus(done)
		if err == nil {
			err = e
		}
	}
	put(tx.PutHubs([]models.Hub{{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu", Airport: "MAA", Lat: 13, Lng: 80.2, Ord: 1, SourceID: ids[1]}}))
	put(tx.PutAirports([]models.Airport{
		{IATA: "MAA", Name: "Chennai", City: "Chennai", Country: "India", Lat: 12.99, Lng: 80.17, Role: "india_hub", HubSlug: ptr("chennai"), SourceID: ids[1]},
		{IATA: "LHR", Name: "Heathrow", City: "London", Country: "United Kingdom", Lat: 51.47, Lng: -0.45, Role: "uk_gateway", SourceID: ids[1]},
	}))
	put(tx.PutCities([]models.City{
		{Slug: "chennai", Name: "Chennai", State: "Tamil Nadu", HubSlug: ptr("chennai"), Lat: ptr(13.08), Lng: ptr(80.27)},
		{Slug: "erode", Name: "Erode", State: "Tamil Nadu"},
	}))
	put(tx.PutSpecialties([]models.Specialty{
		{Slug: "orthopaedics", Name: "Orthopaedics", SourceID: ids[1]}, {Slug: "cardiology", Name: "Cardiology", SourceID: ids[1]},
	}))
	put(tx.PutProcedures([]models.Procedure{
		{Slug: "knee", Name: "Knee replacement", SpecialtySlug: "orthopaedics", SourceID: ids[1]},
		{Slug: "hip", Name: "Hip replacement", SpecialtySlug: "orthopaedics", SourceID: ids[1]},
	}))
	put(tx.PutAliases([]models.Alias{
		{Of: "procedure", Slug: "knee", Kind: "lay", Term: "new knee"}, {Of: "city", Slug: "chennai", Kind: "generic", Term: "madras"},
	}))
	put(tx.PutFXRates([]models.FXRate{{Period: "2026-06", Kind: "monthly_average", Base: "GBP", Quote: "INR", Rate: 125.5, SourceID: ids[1]}}))
	return ids, w, err
}

// hospital is a provider with one row of every kind.
func hospital(t testing.TB, ids models.SourceIDs) models.ProviderBundle {
	src := ids[1]
	return models.ProviderBundle{
		Provider: models.Provider{Slug: "marina-chennai", Name: "Marina Hospital", Kind: "multi_specialty", Origin: "sample", Sample: true,
			CheckedOn: day(t, "2026-11-01")},
		Sites: []models.Site{{Main: true, Name: "Marina", CitySlug: "chennai", Postcode: "600001", Lat: ptr(13.05), Lng: ptr(80.28),
			CoordPrecision: "site", AirportIATA: ptr("MAA"), AirportKM: ptr(14.2), SourceID: &src}, {Name: "Annexe", CitySlug: "erode"}},
		Facts:       []models.Fact{{Name: "beds", Value: "200", Scope: "hospital", Confidence: "low", Evidence: "hospital_says", SourceID: ids[2]}},
		Specialties: []models.ProviderSpecialty{{SpecialtySlug: "orthopaedics", ListedAs: "Bones", SourceID: ids[2]}},
		Languages:   []models.ProviderLanguage{{Language: "tamil", SourceID: ids[2]}, {Language: "english", SourceID: ids[2]}},
		Procedures:  []models.ProviderProcedure{{ProcedureSlug: "hip", SourceID: ids[2]}},
		Accreditations: []models.AccreditationBundle{
			{Accreditation: models.Accreditation{Body: "NABH", Programme: "Hospital", Level: "full", Number: "H-1", ValidFrom: day(t, "2024-01-01"),
				ValidTo: day(t, "2027-01-01"), RegisterStatus: models.RegisterValid, CheckedOn: day(t, "2025-09-27"),
				Evidence: "register_snapshot", ListedName: "MARINA HOSPITAL", SourceID: src},
				Events: []models.AccreditationEvent{{On: day(t, "2024-01-01"), Status: models.RegisterValid, Note: "seen", SourceID: src}}},
			{Accreditation: models.Accreditation{Body: "JCI", Programme: "Hospital", Level: "full",
				RegisterStatus: models.RegisterClaimed, Evidence: "facilitator_listing", SourceID: src}},
		},
		Packages: []models.PackageBundle{
			{Package: models.Package{ProcedureSlug: "knee", Name: "Knee, twin room", Room: "twin", StayNights: ptr(5), DaysInIndia: ptr(14),
				AmountMinor: 40000000, Currency: "INR", ValidFrom: day(t, "2026-01-01"), ValidTo: day(t, "2026-11-22"), Live: true, SourceID: ids[2]},
				Items: []models.PackageItem{{Kind: "included", Label: "Implant", Ord: 1}, {Kind: "on_top", Label: "Blood", AmountMinor: ptr(int64(500000)), Currency: "INR", Per: "unit", Ord: 2}}},
			{Package: models.Package{ProcedureSlug: "knee", Name: "Knee, single room", Room: "single", AmountMinor: 38000000, Currency: "INR",
				ValidTo: day(t, "2026-11-21"), Live: true, SourceID: ids[2]}},
			{Package: models.Package{ProcedureSlug: "knee", Name: "Knee, in pounds", AmountMinor: 350000, Currency: "GBP", Live: true, SourceID: ids[2]}},
			{Package: models.Package{ProcedureSlug: "hip", Name: "Hip", AmountMinor: 10000000, Currency: "INR", Live: true, SourceID: ids[2]}},
			{Package: models.Package{ProcedureSlug: "hip", Name: "Hip, old", AmountMinor: 1, Currency: "INR", SourceID: ids[2]}},
		},
	}
}

// plain is a provider with a main site and nothing else.
func plain(slug string) models.ProviderBundle {
	return models.ProviderBundle{
		Provider: models.Provider{Slug: slug, Name: "Hospital " + slug, Kind: "unknown", Origin: "directory"},
		Sites:    []models.Site{{Main: true, CitySlug: "erode"}},
	}
}

// furnish puts the world and providers, and gives the providers' ids in order.
func furnish(t testing.TB, s *models.Store, more ...models.ProviderBundle) (ids []int64) {
	t.Helper()
	write(t, s, func(tx *models.Tx) error {
		src, _, err := world(tx)
		if err != nil {
			return err
		}
		bundles := append([]models.ProviderBundle{hospital(t, src)}, more...)
		_, err = tx.PutProviders(bundles)
		ids = nil
		for _, b := range bundles {
			ids = append(ids, b.ID)
		}
		return err
	})
	return ids
}
