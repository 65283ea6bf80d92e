package catalogue

import (
	"slices"
	"strconv"

	"carecorridor/internal/money"
	"carecorridor/models"
)

// MinSources is how many different sources an indicative range needs; with fewer each figure is listed
// by itself (brief §5).
const MinSources = 3

// OldestYear is the first year whose figures still count as current (data README: rows before about 2018
// are history). Undated rows count, and are shown as undated.
const OldestYear = 2018

// Span is a range of money. A figure that is not known is nil, never 0.
type Span struct{ Low, High money.Amount }

// Mid is the middle of the span.
func (s Span) Mid() money.Amount {
	return money.Amount{Minor: (s.Low.Minor + s.High.Minor) / 2, Currency: s.Low.Currency}
}

// Convert changes both ends by r.
func (s Span) Convert(r money.Rate) Span { return Span{s.Low.Convert(r), s.High.Convert(r)} }

// RoundTo rounds both ends.
func (s Span) RoundTo(step int64) Span { return Span{s.Low.RoundTo(step), s.High.RoundTo(step)} }

// Quoted is one published figure in pounds beside the row it came from.
type Quoted struct {
	models.PriceEvidence
	Low, High *money.Amount // pounds; Low alone is "from", High alone is "up to"
}

// Evidence is what is known about a price in one place: a range when there are enough sources, always
// the figures behind it.
type Evidence struct {
	Range   *Span // nil with fewer than MinSources sources
	Sources int
	Figures []Quoted
}

// indicative applies the range rule: the middle of each source's figures, then the median of the lows to
// the median of the highs, over at least MinSources sources (brief §5).
func indicative(rows []models.PriceEvidence, rates Rates) Evidence {
	ev := Evidence{Figures: quoted(rows, rates)}
	var lows, highs []int64
	for _, figures := range bySource(ev.Figures) {
		ev.Sources++
		if m, ok := median(minors(figures, func(q Quoted) *money.Amount { return q.Low })); ok {
			lows = append(lows, m)
		}
		if m, ok := median(minors(figures, func(q Quoted) *money.Amount { return q.High })); ok {
			highs = append(highs, m)
		}
	}
	if ev.Sources < MinSources {
		return ev
	}
	low, okLow := median(lows)
	high, okHigh := median(highs)
	if okLow && okHigh && low <= high {
		ev.Range = &Span{money.Amount{Minor: low, Currency: money.GBP}, money.Amount{Minor: high, Currency: money.GBP}}
	}
	return ev
}

// quoted converts current rows to pounds; rows whose currency has no rate, or that are history, drop out.
func quoted(rows []models.PriceEvidence, rates Rates) []Quoted {
	var out []Quoted
	for _, r := range rows {
		if !current(r.AsOf) {
			continue
		}
		q := Quoted{PriceEvidence: r}
		q.Low, q.High = ends(r, rates)
		if q.Low != nil || q.High != nil {
			out = append(out, q)
		}
	}
	return out
}

func ends(r models.PriceEvidence, rates Rates) (low, high *money.Amount) {
	pounds := func(minor *int64) *money.Amount {
		if minor == nil {
			return nil
		}
		a, ok := rates.ToGBP(money.Amount{Minor: *minor, Currency: r.Currency})
		if !ok {
			return nil
		}
		return &a
	}
	low, high = pounds(r.LowMinor), pounds(r.HighMinor)
	if low == nil && high == nil {
		low, high = pounds(r.TypicalMinor), pounds(r.TypicalMinor)
	}
	return low, high
}

func current(asOf string) bool {
	if len(asOf) < 4 {
		return true
	}
	year, err := strconv.Atoi(asOf[:4])
	return err != nil || year >= OldestYear
}

func bySource(figures []Quoted) map[int64][]Quoted {
	out := map[int64][]Quoted{}
	for _, q := range figures {
		out[q.SourceID] = append(out[q.SourceID], q)
	}
	return out
}

func minors(figures []Quoted, end func(Quoted) *money.Amount) []int64 {
	var out []int64
	for _, q := range figures {
		if a := end(q); a != nil {
			out = append(out, a.Minor)
		}
	}
	return out
}

// median is the middle value, the mean of the two middle ones for an even count; ok is false for none.
func median(v []int64) (m int64, ok bool) {
	if len(v) == 0 {
		return 0, false
	}
	slices.Sort(v)
	mid := len(v) / 2
	if len(v)%2 == 1 {
		return v[mid], true
	}
	return (v[mid-1] + v[mid]) / 2, true
}

// spanOf is the lowest to the highest of the figures: what was published, not a judgement.
func spanOf(figures []Quoted) *Span {
	all := append(minors(figures, func(q Quoted) *money.Amount { return q.Low }),
		minors(figures, func(q Quoted) *money.Amount { return q.High })...)
	if len(all) == 0 {
		return nil
	}
	return &Span{money.Amount{Minor: slices.Min(all), Currency: money.GBP}, money.Amount{Minor: slices.Max(all), Currency: money.GBP}}
}
