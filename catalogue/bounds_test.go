package catalogue

import (
	"testing"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func TestAPackageIsAPriceFromItsFirstDayToItsLast(t *testing.T) {
	t.Parallel()
	p := models.Package{Live: true, ValidFrom: day(t, "2026-11-10"), ValidTo: day(t, "2026-11-22")}
	for on, want := range map[string]bool{"2026-11-09": false, "2026-11-10": true, "2026-11-22": true, "2026-11-23": false} {
		if live(p, day(t, on)) != want {
			t.Errorf("on %s: %v", on, !want)
		}
	}
	if p.Live = false; live(p, day(t, "2026-11-15")) {
		t.Error("one that is not live is a price")
	}
}

func TestACardShowsTheCheapestPriceInPoundsAndNoDistanceFromADistrict(t *testing.T) {
	t.Parallel()
	rates := newRates([]models.FXRate{{Period: "2026-06", Kind: "monthly_average", Base: money.GBP, Quote: money.INR, Rate: 100},
		{Period: "2026-07", Kind: "annual_average", Base: money.GBP, Quote: money.INR, Rate: 1}}, func(int64) when.Date { return when.Date{} })
	s := &state{ref: &Reference{Rates: rates}, today: day(t, "2026-11-22")}
	km := 12.5
	row := models.Card{AirportKM: &km, CoordPrecision: "rooftop", Cheapest: []models.CardPackage{
		{Name: "in pounds", AmountMinor: 400000, Currency: money.GBP}, {Name: "in rupees", AmountMinor: 35000000, Currency: money.INR}, {Name: "dear", AmountMinor: 900000, Currency: money.GBP}}}
	card := s.card(row)
	if card.Price == nil || card.Price.Name != "in rupees" || card.Price.GBP != money.Whole(3500, money.GBP) {
		t.Errorf("%+v", card.Price)
	}
	if card.AirportKM == nil {
		t.Error("no distance from a point that is known")
	}
	for _, vague := range []string{"district", "city", "pincode_area_coarse"} {
		row.CoordPrecision = vague
		if s.card(row).AirportKM != nil {
			t.Errorf("a distance from a %s", vague)
		}
	}
}

func TestNoOrganTransplantIsOfferedForTravel(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"kidney-transplant", "liver-transplant", "heart-transplant", "lung-transplant", "heart-lung-transplant", "pancreas-transplant", "intestine-transplant", "transplant-evaluation"} {
		if ExclusionOf(slug) != SolidOrganTransplant {
			t.Errorf("%s: %q", slug, ExclusionOf(slug))
		}
	}
	if ExclusionOf("corneal-transplant") != "" || ExclusionOf("total-knee-replacement") != "" {
		t.Error("what may be arranged is excluded")
	}
}

func TestMoreCompanionsThanVisasAreReportedIsSaid(t *testing.T) {
	t.Parallel()
	rows := []models.TripCost{{ID: 1, Kind: "visa", Item: "e-Medical attendant visas per patient", Unit: "COUNT", Typical: fig(2), AsOf: "2024-03-04", SourceID: 1}}
	for people, want := range map[int]bool{3: false, 4: true} {
		l := line(EstimateTrip(Trip{People: people}, rows, Rates{}, day(t, "2026-11-22")), "visa")
		if said := len(l.Figures) == 1; said != want {
			t.Errorf("%d people: %+v", people, l)
		}
	}
}
