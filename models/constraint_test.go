package models_test

import (
	"context"
	"maps"
	"math"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

// bent is the hospital with one thing wrong.
func bent(t *testing.T, bend func(*models.ProviderBundle)) func(*models.Tx, models.SourceIDs) error {
	return func(tx *models.Tx, ids models.SourceIDs) error {
		b := hospital(t, ids)
		b.Slug = "bent"
		bend(&b)
		_, err := tx.PutProviders([]models.ProviderBundle{b})
		return err
	}
}

type attempts map[string]func(*models.Tx, models.SourceIDs) error

// wrongProviders are hospitals with one thing wrong each.
func wrongProviders(t *testing.T) attempts {
	return attempts{
		"a negative price":              bent(t, func(b *models.ProviderBundle) { b.Packages[0].AmountMinor = -1 }),
		"a price of nothing":            bent(t, func(b *models.ProviderBundle) { b.Packages[0].AmountMinor = 0 }),
		"a currency we do not hold":     bent(t, func(b *models.ProviderBundle) { b.Packages[0].Currency = "JPY" }),
		"a package that ends too early": bent(t, func(b *models.ProviderBundle) { b.Packages[0].ValidTo = day(t, "2020-01-01") }),
		"a negative stay":               bent(t, func(b *models.ProviderBundle) { b.Packages[0].StayNights = ptr(-1) }),
		"an amount without currency":    bent(t, func(b *models.ProviderBundle) { b.Packages[0].Items[1].Currency = "" }),
		"an unknown kind of line":       bent(t, func(b *models.ProviderBundle) { b.Packages[0].Items[0].Kind = "bonus" }),
		"a certificate backwards": bent(t, func(b *models.ProviderBundle) {
			b.Accreditations[0].ValidFrom = day(t, "2028-01-01")
		}),
		"an unknown register status":    bent(t, func(b *models.ProviderBundle) { b.Accreditations[0].RegisterStatus = "fine" }),
		"an unknown level":              bent(t, func(b *models.ProviderBundle) { b.Accreditations[0].Level = "gold" }),
		"two main sites":                bent(t, func(b *models.ProviderBundle) { b.Sites[1].Main = true }),
		"a city that is not there":      bent(t, func(b *models.ProviderBundle) { b.Sites[0].CitySlug = "atlantis" }),
		"an airport that is not there":  bent(t, func(b *models.ProviderBundle) { b.Sites[0].AirportIATA = ptr("XXX") }),
		"a source that is not there":    bent(t, func(b *models.ProviderBundle) { b.Facts[0].SourceID = 999 }),
		"a procedure that is not there": bent(t, func(b *models.ProviderBundle) { b.Packages[0].ProcedureSlug = "wings" }),
		"a specialty that is not there": bent(t, func(b *models.ProviderBundle) { b.Specialties[0].SpecialtySlug = "magic" }),
		"a point off the globe":         bent(t, func(b *models.ProviderBundle) { b.Sites[0].Lat = ptr(91.0) }),
		"half a point":                  bent(t, func(b *models.ProviderBundle) { b.Sites[0].Lng = nil }),
		"a point that is no number":     bent(t, func(b *models.ProviderBundle) { b.Sites[0].Lat = ptr(math.NaN()) }),
		"an endless distance":           bent(t, func(b *models.ProviderBundle) { b.Sites[0].AirportKM = ptr(math.Inf(1)) }),
		"an empty name":                 bent(t, func(b *models.ProviderBundle) { b.Name = "" }),
		"an empty slug":                 bent(t, func(b *models.ProviderBundle) { b.Slug = "" }),
		"an unknown state":              bent(t, func(b *models.ProviderBundle) { b.State = "secret" }),
		"an unmarked sample":            bent(t, func(b *models.ProviderBundle) { b.Sample = false }),
		"a real hospital marked":        bent(t, func(b *models.ProviderBundle) { b.Origin = "curated" }),
		"NUL in a name":                 bent(t, func(b *models.ProviderBundle) { b.Name = "a\x00b" }),
		"broken UTF-8 in a note":        bent(t, func(b *models.ProviderBundle) { b.Facts[0].Note = "\xff" }),
		"NUL in a slug":                 bent(t, func(b *models.ProviderBundle) { b.Slug = "a\x00b" }),
		"an unknown precision":          bent(t, func(b *models.ProviderBundle) { b.Sites[0].CoordPrecision = "roughly" }),
	}
}

// wrongReference are rows beside hospitals with one thing wrong each.
func wrongReference() attempts {
	return attempts{
		"a range upside down": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutPriceEvidence([]models.PriceEvidence{{ProcedureSlug: "knee", Country: "IN", PayerType: "uk_private", Currency: "GBP",
				LowMinor: ptr(int64(5)), HighMinor: ptr(int64(4)), EvidenceClass: "press", SourceID: ids[1]}})
			return err
		},
		"a typical price below the lowest": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutPriceEvidence([]models.PriceEvidence{{ProcedureSlug: "knee", Country: "IN", PayerType: "uk_private", Currency: "GBP",
				LowMinor: ptr(int64(5)), TypicalMinor: ptr(int64(4)), EvidenceClass: "press", SourceID: ids[1]}})
			return err
		},
		"a price without a figure": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutPriceEvidence([]models.PriceEvidence{{ProcedureSlug: "knee", Country: "IN", PayerType: "uk_private", Currency: "GBP", EvidenceClass: "press", SourceID: ids[1]}})
			return err
		},
		"a hub with an airport that never comes": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutHubs([]models.Hub{{Slug: "nowhere", Name: "Nowhere", Airport: "NOW", SourceID: ids[1]}})
			return err
		},
		"a rate of nothing": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutFXRates([]models.FXRate{{Period: "2026-06", Kind: "monthly_average", Base: "GBP", Quote: "INR", SourceID: ids[1]}})
			return err
		},
		"a trip cost below zero": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutTripCosts([]models.TripCost{{Kind: "visa", Item: "fee", Unit: "GBP", Low: ptr(-0.5), SourceID: ids[1]}})
			return err
		},
		"more than all within 18 weeks": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutNHSWaits([]models.NHSWait{{Month: "2026-01", PctWithin18: ptr(100.1), SourceID: ids[1]}})
			return err
		},
		"a stay longer at least than at most": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutProcedureStays([]models.ProcedureStay{{ProcedureSlug: "knee", Measure: "hospital_days", Min: 3, Max: 2, SourceID: ids[1]}})
			return err
		},
		"a route to nowhere": func(tx *models.Tx, ids models.SourceIDs) error {
			_, err := tx.PutRoutes([]models.Route{{Origin: "LHR", Destination: "XYZ", Status: "announced_2025", SourceID: ids[1]}})
			return err
		},
		"a line of history for nobody": func(tx *models.Tx, ids models.SourceIDs) error {
			return tx.Change(models.Change{ProviderID: 424242, What: "Something"})
		},
	}
}

func TestTheDatabaseRefusesWhatCannotBeTrue(t *testing.T) {
	t.Parallel()
	cases := wrongProviders(t)
	maps.Copy(cases, wrongReference())
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		before := generation(t, s)
		for name, bad := range cases {
			err := s.Write(context.Background(), func(tx *models.Tx) error {
				ids, _, err := world(tx)
				if err != nil {
					return err
				}
				return bad(tx, ids)
			})
			if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v (%v)", name, err, fault.KindOf(err))
			}
			if name == "two main sites" && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, fault.KindOf(err))
			}
		}
		if n := generation(t, s); n != before {
			t.Errorf("generation moved from %d to %d by what was refused", before, n)
		}
		furnish(t, s) // the connections are all usable
	})
}

func TestASecondRowOfAKeyIsAConflict(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s)
		p, err := s.ProfileBySlug(context.Background(), "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		twin := p.Provider
		twin.ID = ids[0] + 100
		err = s.Write(context.Background(), func(tx *models.Tx) error { return models.Insert(tx, twin) })
		wantKind(t, err, fault.Conflict)
		if !strings.Contains(err.Error(), "slug") {
			t.Errorf("the message names no column: %v", err)
		}
	})
}
