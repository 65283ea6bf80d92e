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

// nights is a stay that a traveller gave in nights.
func nights(low, high int) Stay { return Stay{DaysLow: Days(low), DaysHigh: Days(high)} }

func knee() *Span { return &Span{money.Whole(4000, money.GBP), money.Whole(5000, money.GBP)} }

func TestATripAddsUpLineByLine(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), Basis: "range", People: 2, Stay: nights(10, 20)}, tripCosts(), testRates(), day(t, "2026-11-22"))
	want := map[string][3]int64{ // pounds
		"treatment": {4000, 4500, 5000}, "tests": {160, 320, 480}, "flights": {890, 900, 910},
		"lodging": {160, 540, 1600}, "food": {140, 320, 500}, "local_transport": {50, 80, 100}, "follow_up": {150, 230, 300},
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
	reserve := money.Whole(sum, money.GBP).Minor * ReservePercent / 100
	if want := money.Whole(sum, money.GBP).Minor + (money.Amount{Minor: reserve}).RoundTo(10).Minor; e.Likely.Minor != want {
		t.Errorf("likely total %v, want the lines' £%d and %d%%", e.Likely, sum, ReservePercent)
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
	e := EstimateTrip(Trip{Treatment: knee(), People: 1, Stay: nights(1, 1)}, tripCosts(), testRates(), day(t, "2026-11-22"))
	for _, key := range []string{"flights", "lodging", "tests"} {
		if l := line(e, key); !l.Stale {
			t.Errorf("%s from %q should be marked old", key, l.AsOf)
		}
	}
	if l := line(e, "follow_up"); l.Stale || l.AsOf == "" {
		t.Errorf("follow-up from %q is 21 days old", l.AsOf)
	}
}

func TestTheChosenAirportDecidesTheFare(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), People: 1, Stay: nights(1, 1), UKAirport: "LHR"}, tripCosts(), testRates(), day(t, "2026-11-22"))
	if l := line(e, "flights"); l.Low != money.Whole(460, money.GBP) {
		t.Errorf("London fare %v", l.Low)
	}
}

func line(e TripEstimate, key string) TripLine {
	for _, l := range e.Lines {
		if l.Key == key {
			return l
		}
	}
	return TripLine{}
}

func TestEveryAnswerChangesItsOwnLine(t *testing.T) {
	t.Parallel()
	base := Trip{Treatment: knee(), People: 2, Stay: nights(10, 10)}
	for _, c := range []struct {
		name      string
		change    func(*Trip)
		key       string
		low, high int64 // pounds
	}{
		{"a budget room", func(t *Trip) { t.Room = RoomBudget }, "lodging", 160, 160},
		{"a 3-star room", func(t *Trip) { t.Room = RoomMiddle }, "lodging", 360, 360},
		{"a comfortable room", func(t *Trip) { t.Room = RoomComfort }, "lodging", 800, 800},
		{"no room chosen", func(*Trip) {}, "lodging", 160, 800},
		{"three people need two rooms", func(t *Trip) { t.People, t.Room = 3, RoomBudget }, "lodging", 320, 320},
		{"four people need two rooms", func(t *Trip) { t.People, t.Room = 4, RoomBudget }, "lodging", 320, 320},
		{"one person needs one", func(t *Trip) { t.People, t.Room = 1, RoomBudget }, "lodging", 160, 160},
		{"four people fly", func(t *Trip) { t.People = 4 }, "flights", 1790, 1830},
		{"from Manchester", func(t *Trip) { t.UKAirport = "MAN" }, "flights", 890, 890},
		{"four people eat", func(t *Trip) { t.People = 4 }, "food", 280, 530},
		{"one night", func(t *Trip) { t.Stay = nights(1, 1) }, "local_transport", 10, 10},
	} {
		trip := base
		c.change(&trip)
		l := line(EstimateTrip(trip, tripCosts(), testRates(), day(t, "2026-11-22")), c.key)
		if l.Low.Minor/100 != c.low || l.High.Minor/100 != c.high || !l.Known {
			t.Errorf("%s: %s is %v to %v (known %v), want £%d to £%d", c.name, c.key, l.Low, l.High, l.Known, c.low, c.high)
		}
	}
}

func TestAPackageHoldsItsTestsAndNamesWhatComesOnTop(t *testing.T) {
	t.Parallel()
	trip := Trip{Treatment: &Span{money.Whole(4000, money.GBP), money.Whole(4000, money.GBP)}, Own: true, People: 2, Stay: nights(10, 10),
		Extras: []Extra{{"Intensive care", money.Whole(180, money.GBP), "night"}, {"Blood", money.Whole(25, money.GBP), "unit"}}}
	e := EstimateTrip(trip, tripCosts(), testRates(), day(t, "2026-11-22"))
	if line(e, "tests").Key != "" {
		t.Error("tests are counted again beside a package that holds them")
	}
	l := line(e, "on_top")
	if l.Low.Minor != 0 || l.Likely.Minor != 0 || l.High != money.Whole(205, money.GBP) {
		t.Errorf("on top %v, %v, %v; want nothing, nothing, one of each", l.Low, l.Likely, l.High)
	}
	if !strings.Contains(l.Note, "Intensive care, £180 a night") {
		t.Errorf("the note names no charge: %q", l.Note)
	}
	trip.Extras = nil
	if line(EstimateTrip(trip, tripCosts(), testRates(), day(t, "2026-11-22")), "on_top").Key != "" {
		t.Error("a line for charges that nobody named")
	}
}

func TestInsuranceIsMissingUnlessItIsDeclined(t *testing.T) {
	t.Parallel()
	for answer, missing := range map[Insurance]bool{"": true, Insured: true, Uninsured: false} {
		e := EstimateTrip(Trip{Treatment: knee(), People: 1, Insurance: answer}, tripCosts(), testRates(), day(t, "2026-11-22"))
		if got := strings.Contains(strings.Join(e.Missing, ";"), "Insurance"); got != missing {
			t.Errorf("answer %q: among what is missing %v, want %v", answer, got, missing)
		}
		if l := line(e, "insurance"); l.Known || l.Low.Minor != 0 || l.Note == "" {
			t.Errorf("answer %q: insurance has a price or no reason: %+v", answer, l)
		}
	}
}

func TestAFareToAnotherCityIsSaidToBeOne(t *testing.T) {
	t.Parallel()
	costs := tripCosts()
	costs[0].Scope, costs[1].Scope = "Mumbai", "Mumbai"
	for to, said := range map[string]bool{"Chennai": true, "Mumbai": false, "": false} {
		e := EstimateTrip(Trip{People: 1, To: to, UKAirport: "GLA"}, costs, testRates(), day(t, "2026-11-22"))
		l := line(e, "flights")
		if got := strings.Contains(l.Note, "no fare to "+to+"."); to != "" && got != said {
			t.Errorf("to %q: %q", to, l.Note)
		}
		if !strings.Contains(l.Note, "no fare from Glasgow") {
			t.Errorf("a fare from elsewhere is passed off as one from Glasgow: %q", l.Note)
		}
	}
}

func TestEveryKnownLineNamesTheRowsBehindIt(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), Sources: []int64{9}, People: 2, Stay: nights(3, 5)}, tripCosts(), testRates(), day(t, "2026-11-22"))
	for _, l := range e.Lines {
		if l.Known && l.Key != "reserve" && l.Key != "treatment" && len(l.Figures) == 0 {
			t.Errorf("%s has figures of unknown origin", l.Key)
		}
		for _, r := range l.Figures {
			if r.SourceID == 0 {
				t.Errorf("%s: %q without a source", l.Key, r.Item)
			}
		}
	}
	if l := line(e, "lodging"); len(l.Figures) != 3 {
		t.Errorf("lodging rests on 3 rows, named %d", len(l.Figures))
	}
}

func TestAgeIsJudgedByWhatADateMayMean(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-22")
	for asOf, want := range map[string]Age{
		"2026-11-01": Fresh, "2026-08-24": Fresh, "2026-08-23": Stale, "2026-10": Fresh, "2026-08": MaybeStale, "2026-07": Stale,
		"2026": MaybeStale, "2025": Stale, "n.d.": Undated, "": Undated, "spring 2026": Undated,
	} {
		if got := AgeOf(asOf, today); got != want {
			t.Errorf("%q is %d, want %d", asOf, got, want)
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
