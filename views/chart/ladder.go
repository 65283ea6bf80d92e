package chart

// Widths of the ladder's drawings: they stand in a column beside the treatment's name.
const (
	LadderWide   Width = 560
	LadderNarrow Width = 320
)

// Ladder draws the rows of the home page on one scale: two bars each, India solid, UK self-pay hatched.
func Ladder(rows []LadderRow) []Pair {
	top := 0.0
	for _, r := range rows {
		for _, b := range []*Range{r.India, r.UK} {
			if b != nil {
				top = max(top, float64(b.High))
			}
		}
	}
	out := make([]Pair, len(rows))
	for i, r := range rows {
		out[i] = Pair{Wide: LadderBars(r, top, LadderWide), Narrow: LadderBars(r, top, LadderNarrow)}
	}
	return out
}

// LadderBars draws one row of the ladder; top is the largest price of all rows, in pounds.
func LadderBars(r LadderRow, top float64, w Width) SVG {
	suffix := w
	if w == LadderNarrow {
		suffix = Narrow
	}
	c := &canvas{id: figureID(r.ID, "ladder", suffix)}
	end := float64(w)
	l := ladder{frame: frame{w: w, x0: 0, x1: end - 14}, axis: axis{max: max(top*1.02, 1), x0: 0, x1: end}}
	if w == LadderNarrow {
		l.bar(c, 0, r.India, IndiaTrip, letters{size: 19, bold: true}, "India price not known")
		l.bar(c, 48, r.UK, UKSelfPay, letters{size: 19}, "UK price not known")
		return c.finish(box(end, 92), r.Title())
	}
	c.line(0, 61, end, 61, rule, 1, "")
	l.bar(c, 6, r.India, IndiaTrip, letters{size: 15.5, bold: true}, said(r.IndiaSaid, "India price not known"))
	l.bar(c, 34, r.UK, UKSelfPay, letters{size: 15.5}, said(r.UKSaid, "UK price not known"))
	return c.finish(box(end, 62), r.Title())
}

// said is words, or fallback without any.
func said(words, fallback string) string {
	if words == "" {
		return fallback
	}
	return words
}

// ladder is the scale and the room of one row.
type ladder struct {
	frame
	axis
}

// bar draws one price from y: the value beside the bar, above it on narrow drawings.
func (d ladder) bar(c *canvas, y float64, r *Range, route Route, l letters, unknown string) {
	if r == nil {
		l.bold, l.soft = false, true
		c.text(0, y+17, unknown, l)
		return
	}
	lo, hi := d.x(float64(r.Low)), d.x(float64(r.High))
	hi = max(hi, lo+5)
	if d.w == LadderNarrow {
		c.text(max(0, min(lo, d.frame.x1+14-textWidth(r.Words(), l))), y+17, r.Words(), l)
		c.rect(lo, y+23, hi-lo, 16, look(c, route))
		return
	}
	c.rect(lo, y, hi-lo, 20, look(c, route))
	if !d.beside(c, lo, hi, y+15, r.Words(), l) {
		l.halo = 4
		c.text(lo+9, y+15, r.Words(), l)
	}
}

// Title is the row in words.
func (r LadderRow) Title() string {
	say := func(b *Range, words string) string {
		if b == nil {
			return said(words, "not known")
		}
		return b.Words()
	}
	s := "India: " + say(r.India, r.IndiaSaid) + ". UK, paying yourself: " + say(r.UK, r.UKSaid) + "."
	if r.Name != "" {
		return r.Name + ". " + s
	}
	return s
}
