package chart

import "fmt"

// frame is where the parts of a row figure stand.
type frame struct {
	w            Width
	top, pitch   float64
	x0, x1       float64
	label, small letters
}

// frameOf is the layout of row figures (ux.md §11): labels left on wide drawings, above the bar on narrow ones.
func frameOf(w Width, rows int, pitchWide, pitchNarrow float64) (f frame, bottom float64) {
	if w == Narrow {
		f = frame{w: w, top: 28, pitch: pitchNarrow, x0: 0, x1: 316, label: letters{size: 18, bold: true}, small: letters{size: 18, soft: true}}
		return f, 14 + pitchNarrow*float64(rows)
	}
	f = frame{w: w, top: 36, pitch: pitchWide, x0: 228, x1: 686, label: letters{size: 16, bold: true}, small: letters{size: 15.5, soft: true}}
	return f, 14 + pitchWide*float64(rows)
}

// y is the baseline of the label of row i; bar is the top of its bar.
func (f frame) y(i int) float64 { return f.top + f.pitch*float64(i) }
func (f frame) bar(i int) float64 {
	if f.w == Narrow {
		return f.y(i) + 10
	}
	return f.y(i) - 10
}

// barHeight of row figures.
const barHeight = 28

// name writes the label of row i, and its note when there is room for one.
func (f frame) name(c *canvas, i int, label, note string) {
	if f.w == Narrow {
		c.text(0, f.y(i), clip(label, f.label, 326), f.label)
		return
	}
	y := f.y(i)
	for _, s := range wrap(label, f.label, f.x0-14, 2) {
		c.text(0, y, s, f.label)
		y += 19
	}
	most := 2
	if y > f.y(i)+19 {
		most = 1
	}
	for _, s := range wrap(note, f.small, f.x0-14, most) {
		c.text(0, y, s, f.small)
		y += 17
	}
}

// grid draws the vertical lines and the labels under them.
func (f frame) grid(c *canvas, a axis, bottom float64, label func(float64) string) {
	ticks := a.ticks()
	for i, v := range ticks {
		x := a.x(v)
		l := letters{size: f.small.size, soft: true, anchor: "middle"}
		switch i {
		case 0:
			l.anchor = ""
		case len(ticks) - 1:
			l.anchor = "end"
		}
		c.line(x, 8, x, bottom, rule, 1, "")
		c.text(x, bottom+20, label(v), l)
	}
}

// CostRanges draws Figure 1: one bar a route from £0, values written beside the bars.
func CostRanges(d Costs, w Width) SVG {
	c := &canvas{id: figureID(d.ID, "cost", w)}
	f, bottom := frameOf(w, len(d.Rows), 64, 74)
	a := newAxis(d.top(), 4, f.x0, f.x1)
	if d.top() > 0 {
		f.grid(c, a, bottom, func(v float64) string { return shortPounds(v, w) })
	} else {
		c.line(f.x0, 8, f.x0, bottom, rule, 1, "")
		c.text(f.x0, bottom+20, "£0", f.small)
	}
	for i, r := range d.Rows {
		f.name(c, i, r.Label, r.Note)
		d.draw(c, f, a, i, r)
	}
	return c.finish(box(float64(w), bottom+28), d.Title())
}

// CostFigure is Figure 1 in both widths.
func CostFigure(d Costs) Pair { return both(d, CostRanges) }

// top is the largest known price.
func (d Costs) top() (top float64) {
	for _, r := range d.Rows {
		if r.Range != nil {
			top = max(top, float64(r.Range.High))
		}
		for _, p := range r.Singles {
			top = max(top, float64(p))
		}
	}
	return top
}

// draw draws one row's mark and value.
func (d Costs) draw(c *canvas, f frame, a axis, i int, r CostRow) {
	y := f.bar(i)
	switch {
	case r.Route == NHS:
		x := f.x0 + 7
		c.circle(x, y+14, 7, fill{paint: "#fff", stroke: slate, width: 3})
		plain := f.label
		c.text(x+17, y+20, "£0", plain)
		plain.bold = false
		c.text(x+48, y+20, clip(r.Words, plain, f.x1+12-x-48), letters{size: plain.size, halo: 4})
	case r.Range != nil:
		lo, hi := a.x(float64(r.Range.Low)), a.x(float64(r.Range.High))
		if hi-lo < 6 {
			hi = lo + 6
		}
		c.rect(lo, y, hi-lo, barHeight, look(c, r.Route))
		f.value(c, lo, hi, y, r)
	case len(r.Singles) > 0:
		lo, hi := a.x1, a.x0
		for _, p := range r.Singles {
			x := a.x(float64(p))
			lo, hi = min(lo, x), max(hi, x)
			c.diamond(x, y+14, 8, look(c, r.Route))
		}
		f.value(c, lo-8, hi+8, y, r)
	default:
		f.say(c, y, r.value())
	}
}

// value writes a row's value beside its mark, its words under it; without room beside, the value goes under.
func (f frame) value(c *canvas, lo, hi, y float64, r CostRow) {
	l := f.small
	if f.beside(c, lo, hi, y+20, r.value(), f.label) {
		f.under(c, lo, y+46, r.Words, l)
		return
	}
	l.bold, l.soft = true, false
	f.under(c, lo, y+46, r.value(), l)
}

// beside writes a value right of its mark, or left of it; it reports false when neither side has room.
func (f frame) beside(c *canvas, lo, hi, y float64, words string, l letters) bool {
	width := textWidth(words, l)
	l.halo = 4
	switch {
	case hi+9+width <= f.x1+14:
		c.text(hi+9, y, words, l)
	case lo-9-width >= f.x0:
		l.anchor = "end"
		c.text(lo-9, y, words, l)
	default:
		return false
	}
	return true
}

// under writes words below a bar, moved left where they would run out of the drawing.
func (f frame) under(c *canvas, x, y float64, words string, l letters) {
	l.halo = 4
	words = clip(words, l, f.x1+14-f.x0)
	if words != "" {
		c.text(max(f.x0, min(x, f.x1+14-textWidth(words, l))), y, words, l)
	}
}

// look is the fill of a route: solid for India, hatched for UK self-pay.
func look(c *canvas, r Route) fill {
	if r == UKSelfPay {
		return fill{paint: c.hatched(), stroke: umber, width: 1.8, round: 4}
	}
	return fill{paint: peacock, stroke: peacock, width: 1, round: 4}
}

// figureID is the id prefix of one drawing: two widths of a figure are on the same page.
func figureID(id, kind string, w Width) string {
	if id == "" {
		id = kind
	}
	if w == Narrow {
		return fmt.Sprintf("%s-n", id)
	}
	return fmt.Sprintf("%s-w", id)
}
