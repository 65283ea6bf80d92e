package chart

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Table is the numbers of Figure 1.
func (c Costs) Table() Table {
	t := Table{Caption: "Cost by route, in pounds", Head: []string{"Route", "Lowest", "Highest", "Basis"}, Numeric: []bool{false, true, true, false}}
	if c.Basis != "" {
		t.Caption += " (" + c.Basis + ")"
	}
	for _, r := range c.Rows {
		t.Rows = append(t.Rows, r.cells())
	}
	return t
}

func (r CostRow) cells() []string {
	r.Note = strings.Join(known(r.Note, r.Words), "; ")
	switch {
	case r.Route == NHS:
		return []string{r.Label, "£0", "£0", r.Note}
	case r.Range != nil:
		return []string{r.Label, pounds(r.Range.Low), pounds(r.Range.High), r.Note}
	case len(r.Singles) > 0:
		lo, hi := ends(r.Singles)
		return []string{r.Label, pounds(lo), pounds(hi), strings.TrimSpace("Single published prices, too few for a range. " + r.Note)}
	}
	return []string{r.Label, r.value(), r.value(), r.Note}
}

// known keeps the words that say something.
func known(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

func ends(prices []int64) (lo, hi int64) {
	lo, hi = prices[0], prices[0]
	for _, p := range prices {
		lo, hi = min(lo, p), max(hi, p)
	}
	return lo, hi
}

// Table is the numbers of Figure 2.
func (d Waits) Table() Table {
	t := Table{Caption: "Waiting and travelling", Head: []string{"Route", "What", "How long"}, Numeric: []bool{false, false, true}}
	add := func(route, what, long string) { t.Rows = append(t.Rows, []string{route, what, long}) }
	nhs := "NHS in England" + d.NHS.scope()
	switch {
	case d.NHS.Median != nil:
		add(nhs, "Half of the people waiting have waited this long or less", count(*d.NHS.Median, "week"))
		if d.NHS.Later != nil {
			add(nhs, d.NHS.LaterOf+" people have waited this long or less", count(*d.NHS.Later, "week"))
		}
	case d.NHS.PctWithin18 != nil:
		add(nhs, "People who have waited 18 weeks or less", strconv.Itoa(int(math.Round(*d.NHS.PctWithin18)))+" in 100")
	default:
		add(nhs, "Wait", d.NHS.words())
	}
	add("UK, paying yourself", "Wait", orUnknown(d.UK != nil, func() string { return "about " + count(*d.UK, "week") }))
	for _, p := range []struct {
		what, unit string
		span       *Span
	}{{"Prepare and travel", "week", d.India.PrepareWeeks}, {"In hospital", "day", d.India.HospitalDays}, {"In India in all", "day", d.India.IndiaDays}} {
		add("India", p.what, orUnknown(p.span != nil, func() string { return p.span.Words(p.unit) }))
	}
	return t
}

func orUnknown(known bool, say func() string) string {
	if !known {
		return "Not known"
	}
	return say()
}

// CSV is the table with its head, as open data. A cell that a spreadsheet would take for a formula is quoted
// with an apostrophe.
func (t Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = inert(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
