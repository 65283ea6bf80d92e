package chart

import (
	"math"
	"strconv"
	"strings"

	"carecorridor/internal/money"
)

// pounds writes whole pounds as a person reads them.
func pounds(n int64) string { return money.Whole(n, money.GBP).String() }

// shortPounds writes an axis label: "£5k" on narrow drawings.
func shortPounds(v float64, w Width) string {
	if w == Wide || v < 1000 {
		return pounds(int64(v))
	}
	return "£" + strconv.FormatFloat(v/1000, 'f', -1, 64) + "k"
}

// Words is the range in words: "£4,980 to £7,400".
func (r Range) Words() string {
	if r.Low == r.High {
		return pounds(r.Low)
	}
	return pounds(r.Low) + " to " + pounds(r.High)
}

// list joins words as a sentence does.
func list(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// each writes single prices: "£4,200 and £5,100".
func each(prices []int64) string {
	var out []string
	for _, p := range prices {
		out = append(out, pounds(p))
	}
	return list(out)
}

// count writes a number with its unit: "1 week", "15 weeks".
func count(n float64, unit string) string {
	n = math.Round(n)
	s := money.Group(int64(n), money.GBP) + " " + unit
	if n != 1 {
		s += "s"
	}
	return s
}

// Words is the span in words: "5 to 7 days".
func (s Span) Words(unit string) string {
	if math.Round(s.Min) == math.Round(s.Max) {
		return count(s.Max, unit)
	}
	return strconv.Itoa(int(math.Round(s.Min))) + " to " + count(s.Max, unit)
}

// row finds the row of a route.
func (c Costs) row(r Route) *CostRow {
	for i := range c.Rows {
		if c.Rows[i].Route == r {
			return &c.Rows[i]
		}
	}
	return nil
}

// rangeOf is the range of a route, or nil.
func (c Costs) rangeOf(r Route) *Range {
	if row := c.row(r); row != nil {
		return row.Range
	}
	return nil
}

// Headline is the message of Figure 1, from the ratio of the middles of the whole trip and of UK self-pay
// (ux.md §6.4). Without both ranges it makes no comparison.
func (c Costs) Headline() string {
	trip, uk := c.rangeOf(IndiaTrip), c.rangeOf(UKSelfPay)
	if trip == nil || uk == nil || uk.Mid() <= 0 {
		return "What it costs, where a price is known"
	}
	switch ratio := trip.Mid() / uk.Mid(); {
	case ratio < 0.28:
		return "A trip to India costs less than a third of UK self-pay"
	case ratio <= 0.35:
		return "A trip to India costs about a third of UK self-pay"
	case ratio <= 0.6:
		return "A trip to India costs about half of UK self-pay"
	case ratio <= 0.85:
		return "A trip to India costs somewhat less than UK self-pay"
	case ratio <= 1.1:
		return "A trip to India costs about the same as UK self-pay"
	}
	return "A trip to India costs more than UK self-pay"
}

// value is what is known of a row, in words.
func (r CostRow) value() string {
	switch {
	case r.Route == NHS:
		return "£0"
	case r.Range != nil:
		return r.Range.Words()
	case len(r.Singles) > 0:
		return each(r.Singles)
	case r.Unknown != "":
		return r.Unknown
	}
	return "Not known"
}

// sentence is a row as a part of the title.
func (r CostRow) sentence() string {
	s := r.Label + ": " + r.value()
	if r.Range == nil && r.Route != NHS {
		switch len(r.Singles) {
		case 0:
		case 1:
			s += " (1 published price, too few for a range)"
		default:
			s += " (single published prices, too few for a range)"
		}
	}
	if r.Words != "" {
		s += ", " + r.Words
	}
	return strings.TrimSuffix(s, ".") + "."
}

// Title is every number of the figure in words.
func (c Costs) Title() string {
	out := []string{"Cost ranges."}
	if c.Of != "" {
		out[0] = "Cost ranges for " + c.Of + "."
	}
	for _, r := range c.Rows {
		out = append(out, r.sentence())
	}
	return strings.Join(out, " ")
}
