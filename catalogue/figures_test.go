package catalogue

import (
	"testing"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func fig(v float64) *float64 { return &v }

func figureOf(id int64, kind, item, scope, unit, asOf string, typical *float64) models.ReferenceFigure {
	source := int64(7)
	return models.ReferenceFigure{ID: id, Kind: kind, Item: item, Scope: scope, Unit: unit, AsOf: asOf, Typical: typical, SourceID: &source}
}

func TestTheNewestFigureOfTheDeskCounts(t *testing.T) {
	t.Parallel()
	compiled := []models.TripCost{{ID: 3, Kind: "visa", Item: VisaFee, Scope: "India", Unit: "USD", Per: "per person"}, {ID: 4, Kind: "food", Item: "rice", AsOf: "2026-12-01", Unit: "USD", Typical: fig(8)}}
	costs, _ := withFigures(compiled, nil, []models.ReferenceFigure{
		figureOf(1, "visa", VisaFee, "India", "USD", "2026-10-01", fig(100)),
		figureOf(2, "visa", VisaFee, "India", "USD", "2026-11-01", fig(120)),
		figureOf(3, "food", "rice", "", "USD", "2026-11-01", fig(1)),
		figureOf(4, "airfare", "return Glasgow to Delhi, Example Air", "Delhi", "GBP", "2026-11", fig(610)),
	})
	if len(costs) != 3 || costs[0].ID != 3 || *costs[0].Typical != 120 || costs[0].AsOf != "2026-11-01" || *costs[2].Typical != 610 {
		t.Errorf("%+v", costs)
	}
	if *costs[1].Typical != 8 {
		t.Error("an older figure of the desk replaced a newer compiled one")
	}
	if compiled[0].Typical != nil {
		t.Error("the compiled rows were changed")
	}
}

func TestAFigureTakenBackLeavesTheCompiledOne(t *testing.T) {
	t.Parallel()
	compiled := []models.TripCost{{ID: 4, Kind: "food", Item: "rice", AsOf: "n.d.", Unit: "USD", Typical: fig(8)}}
	costs, rates := withFigures(compiled, nil, []models.ReferenceFigure{
		figureOf(1, "food", "rice", "", "USD", "2026-11-01", fig(9)), figureOf(2, "food", "rice", "", "USD", "", nil),
		figureOf(3, FigureRate, "GBP", "INR", "INR", "2026-10", fig(130)), figureOf(4, FigureRate, "GBP", "INR", "INR", "", nil)})
	if *costs[0].Typical != 8 || len(rates) != 0 {
		t.Errorf("%+v %+v", costs, rates)
	}
}

func TestANewerRateOfTheDeskIsUsed(t *testing.T) {
	t.Parallel()
	compiled := []models.FXRate{{Period: "2026-06", Kind: "monthly_average", Base: "GBP", Quote: "INR", Rate: 126.66}}
	_, rows := withFigures(nil, compiled, []models.ReferenceFigure{figureOf(1, FigureRate, "GBP", "INR", "INR", "2026-10", fig(130))})
	rate, ok := newRates(rows, func(int64) when.Date { return when.Date{} }).Rupees()
	if !ok || rate.PerUnit < 129.9 || rate.PerUnit > 130.1 || rate.Period != "2026-10" {
		t.Errorf("%+v", rate)
	}
	old, _ := newRates(append(compiled, rows[1]), func(int64) when.Date { return when.Date{} }).PerPound(money.INR)
	if old != rate {
		t.Errorf("%+v", old)
	}
}

func TestAVisaFeeIsCountedForEachPerson(t *testing.T) {
	t.Parallel()
	today := when.Date{Year: 2026, Month: 11, Day: 22}
	row := models.TripCost{ID: 1, Kind: "visa", Item: VisaFee, Unit: "GBP", Typical: fig(80), AsOf: "2026-11-01", SourceID: 1}
	e := EstimateTrip(Trip{People: 3}, []models.TripCost{row}, Rates{}, today)
	if l := line(e, "visa"); !l.Known || l.Likely != money.Whole(240, money.GBP) || l.Label != "e-Medical visas for India, 3 people" {
		t.Errorf("%+v", l)
	}
}
