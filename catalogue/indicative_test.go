package catalogue

import (
	"testing"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func testRates() Rates {
	return newRates([]models.FXRate{
		{Period: "2026-05", Kind: "monthly_average", Base: money.GBP, Quote: money.USD, Rate: 9},
		{Period: "2026-06", Kind: "monthly_average", Base: money.GBP, Quote: money.USD, Rate: 1.25},
		{Period: "2026-06", Kind: "monthly_average", Base: money.GBP, Quote: money.INR, Rate: 125},
		{Period: "2026", Kind: "annual_average", Base: money.GBP, Quote: money.USD, Rate: 7},
	}, func(int64) when.Date { return when.Date{} })
}

func usd(v int64) *int64 { v *= 100; return &v }

func row(source int64, low, typical, high *int64, asOf string) models.PriceEvidence {
	return models.PriceEvidence{SourceID: source, Currency: money.USD, LowMinor: low, TypicalMinor: typical, HighMinor: high, AsOf: asOf}
}

func TestRangeIsMedianOfLowsToMedianOfHighsOverThreeSources(t *testing.T) {
	t.Parallel()
	ev := indicative([]models.PriceEvidence{
		row(1, usd(4000), nil, usd(6000), "2025-07-23"),
		row(2, nil, usd(5000), nil, "n.d."),
		row(3, usd(7000), nil, usd(11000), "2025"),
		row(3, usd(7000), nil, usd(11000), "2025"), // the same source twice counts once
		row(4, usd(1), nil, usd(2), "2011"),        // history
	}, testRates())
	if ev.Sources != 3 || len(ev.Figures) != 4 {
		t.Fatalf("%d sources, %d figures", ev.Sources, len(ev.Figures))
	}
	want := Span{money.Whole(4000, money.GBP), money.Whole(4800, money.GBP)} // medians 5000 and 6000 dollars at 1.25
	if ev.Range == nil || *ev.Range != want {
		t.Fatalf("range %+v, want %+v", ev.Range, want)
	}
}

func TestTwoSourcesMakeNoRange(t *testing.T) {
	t.Parallel()
	ev := indicative([]models.PriceEvidence{
		row(1, usd(4000), nil, usd(6000), "2025"), row(2, usd(4000), nil, usd(6000), "2025"), row(2, usd(1), nil, usd(9), "2025"),
	}, testRates())
	if ev.Range != nil || len(ev.Figures) != 3 {
		t.Fatalf("two sources gave %+v with %d figures", ev.Range, len(ev.Figures))
	}
}

func TestAFigureWithoutARateIsLeftOut(t *testing.T) {
	t.Parallel()
	r := row(1, usd(4000), nil, nil, "2025")
	r.Currency = money.EUR
	if ev := indicative([]models.PriceEvidence{r}, testRates()); len(ev.Figures) != 0 || ev.Sources != 0 {
		t.Fatalf("%+v", ev)
	}
}

func TestFromAndUpToKeepTheirMeaning(t *testing.T) {
	t.Parallel()
	q := quoted([]models.PriceEvidence{row(1, usd(1250), nil, nil, "2025"), row(2, nil, nil, usd(2500), "2025")}, testRates())
	if *q[0].Low != money.Whole(1000, money.GBP) || q[0].High != nil {
		t.Errorf("from: %+v", q[0])
	}
	if q[1].Low != nil || *q[1].High != money.Whole(2000, money.GBP) {
		t.Errorf("up to: %+v", q[1])
	}
}

func TestRatesUseTheNewestMonth(t *testing.T) {
	t.Parallel()
	r := testRates()
	if got, ok := r.ToGBP(money.Whole(125, money.USD)); !ok || got != money.Whole(100, money.GBP) {
		t.Errorf("%v %v", got, ok)
	}
	if got, ok := r.Between(money.Whole(1, money.USD), money.INR); !ok || got != money.Whole(100, money.INR) {
		t.Errorf("%v %v", got, ok)
	}
	if rate, ok := r.Rupees(); !ok || rate.PerUnit < 124.99 || rate.PerUnit > 125.01 || rate.Period != "2026-06" {
		t.Errorf("%+v %v", rate, ok)
	}
}
