package handlers

import (
	"math"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/search"
	"carecorridor/views/chart"
)

// band is one bar of the price picture in whole units of the reader's currency.
type band struct {
	low, high int64
	rupees    search.Range
}

// barCount is how many bars the picture has (ux.md §6.2: 9 to 12).
const barCount = 10

// priceBands cuts the likely prices of a treatment into equal steps; nil when no treatment is priced. The scale
// comes from the indicative range, so that it is the same whatever else is filtered.
func priceBands(ref *catalogue.Reference, q catalogue.Question) []band {
	if q.PricedAs == "" {
		return nil
	}
	t, ok := ref.Treatment(q.PricedAs)
	if !ok || t.India.Range == nil {
		return nil
	}
	top, ok := ref.Rates.Between(t.India.Range.High, q.Currency)
	if !ok {
		return nil
	}
	step := niceStep(float64(top.Minor) / 100 * 1.5 / barCount)
	out := make([]band, 0, barCount)
	for i := range int64(barCount) {
		b := band{low: i * step, high: (i + 1) * step}
		lo, okLo := ref.Rates.Between(money.Whole(b.low, q.Currency), money.INR)
		hi, okHi := ref.Rates.Between(money.Whole(b.high, q.Currency), money.INR)
		if !okLo || !okHi {
			return nil
		}
		low, high := int64(math.Ceil(float64(lo.Minor)/100)), int64(math.Ceil(float64(hi.Minor)/100))-1
		b.rupees = search.Range{Min: &low, Max: &high}
		out = append(out, b)
	}
	return out
}

// niceStep rounds up to 1, 2, 2.5 or 5 times a power of ten.
func niceStep(raw float64) int64 {
	unit := math.Pow(10, math.Floor(math.Log10(math.Max(raw, 1))))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step := m * unit; step >= raw {
			return int64(math.Ceil(step))
		}
	}
	return int64(10 * unit)
}

func bandRanges(bands []band) []search.Range {
	out := make([]search.Range, 0, len(bands))
	for _, b := range bands {
		out = append(out, b.rupees)
	}
	return out
}

// histogram draws counts over bands; ok is false when there is nothing to see.
func histogram(bands []band, counts []int, q catalogue.Question) (chart.Histogram, bool) {
	h := chart.Histogram{ID: "prices", Currency: currencySign(q.Currency), Of: "hospitals"}
	total := 0
	for i, b := range bands {
		if i >= len(counts) {
			return h, false
		}
		total += counts[i]
		inside := (q.PriceMin == nil || b.high > *q.PriceMin) && (q.PriceMax == nil || b.low < *q.PriceMax)
		h.Bins = append(h.Bins, chart.Bin{Low: b.low, High: b.high, N: counts[i], Selected: inside})
	}
	return h, total > 0
}

func currencySign(c money.Currency) string {
	s := money.Whole(0, c).String()
	return s[:len(s)-1]
}
