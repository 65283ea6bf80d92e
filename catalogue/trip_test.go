package catalogue

import (
	"strings"
	"testing"

	"carecorridor/internal/money"
	"carecorridor/models"
)

func f(v float64) *float64 { return &v }

func tripCosts() []models.TripCost {
	return []models.TripCost{
		{Kind: "airfare", Item: "return Manchester to Mumbai, IndiGo", Unit: "GBP", Low: f(447), AsOf: "2025", SourceID: 1},
		{Kind: "airfare", Item: "return London Heathrow to Mumbai, Air India", Unit: "GBP", Low: f(457), AsOf: "2025", SourceID: 1},
		{Kind: "airfare", Item: "return India to London", Unit: "INR", Typical: f(53555), AsOf: "2010", SourceID: 2},
		{Kind: "lodging", Item: "guest house near hospital", Unit: "USD", Typical: f(20), AsOf: "n.d.", SourceID: 3},
		{Kind: "lodging", Item: "3-star hotel near hospital", Unit: "USD", Typical: f(45), AsOf: "n.d.", SourceID: 3},
		{Kind: "lodging", Item: "4-5 star hotel near hospital", Unit: "USD", Typical: f(100), AsOf: "n.d.", SourceID: 3},
		{Kind: "food", Item: "basic healthy food", Unit: "USD", Typical: f(8), AsOf: "n.d.", SourceID: 3},
		{Kind: "food", Item: "basic food plus occasional restaurants", Unit: "USD", Typical: f(15), AsOf: "n.d.", SourceID: 3},
		{Kind: "local_transport", Item: "daily commute", Unit: "USD", Typical: f(3), AsOf: "n.d.", SourceID: 3},
		{Kind: "pre_op_tests", Item: "blood tests", Unit: "USD", Low: f(200), High: f(600), AsOf: "n.d.", SourceID: 4},
		{Kind: "visa", Item: "e-Medical visa fee, UK nationals", Unit: "USD", AsOf: ""},
		{Kind: "uk_consultation", Item: "initial", Unit: "GBP", Low: f(150), High: f(300), AsOf: "2026-11-01", SourceID: 5},
	}
}

func knee() *Span { return &Span{money.Whole(4000, money.GBP), money.Whole(5000, money.GBP)} }

func TestATripAddsUpLineByLine(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), Basis: "range", People: 2, NightsLow: 10, NightsHigh: 20}, tripCosts(), testRates(), day(t, "2026-11-22"))
	want := map[string][3]int64{ // pounds
		"treatment": {4000, 4500, 5000}, "tests": {160, 320, 480}, "flights": {894, 904, 914},
		"lodging": {160, 540, 1600}, "food": {128, 304, 480}, "local_transport": {48, 72, 96}, "follow_up": {150, 225, 300},
	}
	for _, l := range e.Lines {
		w, listed := want[l.Key]
		if !listed {
			continue
		}
		if got := [3]int64{l.Low.Minor / 100, l.Likely.Minor / 100, l.High.Minor / 100}; got != w || !l.Known {
			t.Errorf("%s: %v, want %v (known %v)", l.Key, got, w, l.Known)
		}
	}
	sum := int64(0)
	for _, w := range want {
		sum += w[1]
	}
	if got := e.Likely.Minor / 100; got != sum+sum*ReservePercent/100 {
		t.Errorf("likely total %d, want the lines' %d and %d%%", got, sum, ReservePercent)
	}
	if !e.Complete {
		t.Error("a trip with treatment, flights and stay is complete")
	}
}

func TestWhatIsNotKnownIsNamedAndNeverZero(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{People: 1}, tripCosts(), testRates(), day(t, "2026-11-22"))
	missing := strings.Join(e.Missing, "; ")
	for _, word := range []string{"visa", "Insurance", "Treatment", "Room", "Food"} {
		if !strings.Contains(missing, word) {
			t.Errorf("%q is not named among %q", word, missing)
		}
	}
	if e.Complete {
		t.Error("a trip without a price or a stay must not look complete")
	}
	for _, l := range e.Lines {
		if !l.Known && (l.Low.Minor != 0 || l.High.Minor != 0 || l.Note == "") {
			t.Errorf("unknown line %q carries figures or no reason: %+v", l.Key, l)
		}
	}
}

func TestOldFiguresAreMarked(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), People: 1, NightsLow: 1, NightsHigh: 1}, tripCosts(), testRates(), day(t, "2026-11-22"))
	for _, l := range e.Lines {
		switch l.Key {
		case "flights", "lodging", "tests":
			if !l.Stale {
				t.Errorf("%s from %q should be marked old", l.Key, l.AsOf)
			}
		case "follow_up":
			if l.Stale {
				t.Errorf("%s from %q is 21 days old", l.Key, l.AsOf)
			}
		}
	}
}

func TestTheChosenAirportDecidesTheFare(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), People: 1, NightsLow: 1, NightsHigh: 1, UKAirport: "LHR"}, tripCosts(), testRates(), day(t, "2026-11-22"))
	for _, l := range e.Lines {
		if l.Key == "flights" && l.Low != money.Whole(457, money.GBP) {
			t.Errorf("London fare %v", l.Low)
		}
	}
}

func TestWaitTakesTheNewestAndNearestFunction(t *testing.T) {
	t.Parallel()
	rows := []models.NHSWait{
		{AreaType: "England", FunctionName: "old", Month: "2025-01", SpecialtySlugs: "orthopaedics"},
		{AreaType: "England", FunctionName: "broad", Month: "2026-01", SpecialtySlugs: "orthopaedics spine-surgery"},
		{AreaType: "England", FunctionName: "own", Month: "2026-01", SpecialtySlugs: "orthopaedics"},
		{AreaType: "ICB", FunctionName: "local", Month: "2026-02", SpecialtySlugs: "orthopaedics"},
	}
	if w, ok := waitFor(rows, "orthopaedics"); !ok || w.FunctionName != "own" {
		t.Errorf("%+v %v", w, ok)
	}
	if _, ok := waitFor(rows, "dental"); ok {
		t.Error("a specialty nobody counts has no wait")
	}
}
