package chart

import (
	"strconv"
	"strings"

	"carecorridor/internal/money"
)

// HistogramWidth is the width of the filter panel's column.
const HistogramWidth Width = 248

// DrawHistogram draws how many providers have a price in each step: selected steps filled, the others
// outlined. A step without providers has no bar.
func DrawHistogram(d Histogram, w Width) SVG {
	c := &canvas{id: figureID(d.ID, "prices", Wide)}
	most := 0
	for _, b := range d.Bins {
		most = max(most, b.N)
	}
	step := float64(w) / float64(max(len(d.Bins), 1))
	for i, b := range d.Bins {
		if b.N == 0 {
			continue
		}
		h := max(78*float64(b.N)/float64(most), 3)
		f := fill{paint: "#fff", stroke: slate, width: 1.5, round: 2}
		if b.Selected {
			f = fill{paint: peacock, stroke: peacock, width: 1.5, round: 2}
		}
		c.rect(float64(i)*step+1.5, 84-h, step-3, h, f)
	}
	c.line(0, 84, float64(w), 84, ink, 1.5, "")
	if n := len(d.Bins); n > 0 {
		c.text(0, 102, d.price(d.Bins[0].Low), letters{size: 14, soft: true})
		c.text(float64(w), 102, d.price(d.Bins[n-1].High), letters{size: 14, soft: true, anchor: "end"})
	}
	return c.finish(box(float64(w), 106), d.Title())
}

// price writes n with the sign; rupees keep their grouping.
func (d Histogram) price(n int64) string {
	unit := money.GBP
	if d.Currency == "₹" {
		unit = money.INR
	}
	return d.Currency + money.Group(n, unit)
}

// Title is every step with its count.
func (d Histogram) Title() string {
	of := d.Of
	if of == "" {
		of = "hospitals"
	}
	var out []string
	for _, b := range d.Bins {
		if b.N > 0 {
			out = append(out, d.price(b.Low)+" to "+d.price(b.High)+": "+strconv.Itoa(b.N))
		}
	}
	if len(out) == 0 {
		return "No " + of + " with a price."
	}
	return "Number of " + of + " by price. " + strings.Join(out, "; ") + "."
}
