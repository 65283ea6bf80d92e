package chart

import (
	"strconv"
	"strings"
)

// MonthlyBars draws one bar a month with its number above it; a month without figures says so by a dash.
func MonthlyBars(d Months, w Width) SVG {
	c := &canvas{id: figureID(d.ID, "months", w)}
	most := 1
	for _, m := range d.Bars {
		if m.N != nil {
			most = max(most, *m.N)
		}
	}
	step := float64(w) / float64(max(len(d.Bars), 1))
	l := letters{size: 15.5, anchor: "middle"}
	if w == Narrow {
		l.size = 18
	}
	thin := step < 2.4*l.size
	for i, m := range d.Bars {
		x := float64(i)*step + step/2
		h := 0.0
		value := "–"
		if m.N != nil {
			h = 120 * float64(*m.N) / float64(most)
			value = strconv.Itoa(*m.N)
			c.rect(x-step*0.34, 150-h, step*0.68, h, fill{paint: peacock})
		}
		c.text(x, 144-h, value, letters{size: l.size, bold: true, anchor: "middle"})
		if !thin || i%2 == 0 {
			half := textWidth(m.Label, l) / 2
			c.text(min(max(x, half), float64(w)-half), 170, m.Label, l)
		}
	}
	c.line(0, 150, float64(w), 150, ink, 1.5, "")
	return c.finish(box(float64(w), 178), d.Title())
}

// MonthFigure is the bars in both widths.
func MonthFigure(d Months) Pair { return both(d, MonthlyBars) }

// Title is every month with its number.
func (d Months) Title() string {
	var out []string
	for _, m := range d.Bars {
		value := "not known"
		if m.N != nil {
			value = strconv.Itoa(*m.N)
		}
		out = append(out, m.Long+": "+value)
	}
	return d.Of + " by month. " + strings.Join(out, "; ") + "."
}
