package chart

import (
	"math"
	"strconv"
	"strings"
)

// longest is the end of Figure 2's axis, in weeks.
const longest = 52

// WaitTravel draws Figure 2: weeks from today to the operation, and what a journey is made of.
func WaitTravel(d Waits, w Width) SVG {
	c := &canvas{id: figureID(d.ID, "wait", w)}
	f, bottom := frameOf(w, 3, 74, 100)
	a := axis{max: longest, step: 13, x0: f.x0, x1: f.x1}
	f.grid(c, a, bottom, func(v float64) string { return weekLabel(v, w) })
	f.name(c, 0, "NHS in England", d.NHS.note())
	f.name(c, 1, "UK, paying yourself", "Private hospital")
	f.name(c, 2, "India", "Prepare, operate, recover, fly")
	d.NHS.draw(c, f, a)
	drawPrivate(c, f, a, d.UK)
	d.India.draw(c, f, a)
	return c.finish(box(float64(w), bottom+30), d.Title())
}

// WaitFigure is Figure 2 in both widths.
func WaitFigure(d Waits) Pair { return both(d, WaitTravel) }

func weekLabel(v float64, w Width) string {
	switch {
	case v == 0:
		return "Today"
	case w == Narrow:
		return strconv.Itoa(int(v)) + "w"
	}
	return strconv.Itoa(int(v)) + " weeks"
}

func (n NHSWait) note() string {
	if n.Service == "" {
		return "People still waiting"
	}
	return n.Service + ", people still waiting"
}

// figures are the two short labels of the bar.
func (n NHSWait) figures() (half, later string) {
	if n.Median != nil {
		half = "half within " + count(*n.Median, "week")
	}
	if n.Later != nil {
		later = n.LaterOf + " within " + count(*n.Later, "week")
	}
	return half, later
}

// words is what is said when there is no median.
func (n NHSWait) words() string {
	switch {
	case n.Varies != "":
		return n.Varies
	case n.PctWithin18 != nil:
		return strconv.Itoa(int(math.Round(*n.PctWithin18))) + " in 100 within 18 weeks"
	}
	return "Not known"
}

func (n NHSWait) draw(c *canvas, f frame, a axis) {
	y := f.bar(0)
	if n.Median == nil {
		f.say(c, y, n.words())
		return
	}
	half, later := n.figures()
	end := a.x(math.Min(*n.Median, longest))
	c.rect(f.x0, y, end-f.x0, barHeight, fill{paint: "#fff", stroke: slate, width: 2})
	under := f.x0
	if textWidth(half, f.label)+16 <= end-f.x0 {
		l := f.label
		l.anchor = "end"
		c.text(end-8, y+20, half, l)
	} else {
		c.text(f.x0, y+46, half, letters{size: f.small.size, bold: true, halo: 4})
		under += textWidth(half, letters{size: f.small.size, bold: true}) + 14
	}
	if n.Later != nil {
		n.drawLater(c, f, a, end, under, later)
	}
	c.line(end, y-5, end, y+33, ink, 3, "")
}

// drawLater draws the dotted part to the later share, and its label under the bar right of under.
func (n NHSWait) drawLater(c *canvas, f frame, a axis, from, under float64, words string) {
	y := f.bar(0)
	x := a.x(math.Min(*n.Later, longest))
	c.line(from, y+14, x, y+14, slate, 3, "2 5")
	if *n.Later <= longest {
		c.line(x, y+2, x, y+26, ink, 3, "")
	}
	l := letters{size: f.small.size, halo: 4}
	width := textWidth(words, l)
	left := math.Max(under, math.Min(x-width/2, f.x1+12-width))
	base := y + 46
	if left+width > f.x1+14 {
		left, base = f.x0, y+66
	}
	c.text(left, base, words, l)
}

// say writes words where a bar would be.
func (f frame) say(c *canvas, y float64, words string) {
	l := letters{size: f.label.size, soft: true, halo: 4}
	x := f.x0 + 10
	if f.w == Narrow {
		x = f.x0
	}
	for i, s := range wrap(words, l, f.x1+12-x, 3) {
		c.text(x, y+15+19*float64(i), s, l)
	}
}

func drawPrivate(c *canvas, f frame, a axis, weeks *float64) {
	y := f.bar(1)
	if weeks == nil {
		f.say(c, y, "Not known: no published figure")
		return
	}
	end := math.Max(a.x(math.Min(*weeks, longest)), f.x0+4)
	c.rect(f.x0, y, end-f.x0, barHeight, fill{paint: c.hatched(), stroke: umber, width: 1.6})
	if words := "about " + count(*weeks, "week"); !f.beside(c, f.x0, end, y+20, words, f.label) {
		f.under(c, f.x0, y+46, words, f.label)
	}
}

// operation and home are the week of the operation and of the flight home, at the longer end of each span.
func (j Journey) operation() float64 { return j.PrepareWeeks.Max }
func (j Journey) home() float64      { return j.PrepareWeeks.Max + j.IndiaDays.Max/7 }

func (j Journey) draw(c *canvas, f frame, a axis) {
	y := f.bar(2)
	if j.PrepareWeeks == nil {
		f.say(c, y, j.words())
		return
	}
	x := a.x(math.Min(j.operation(), longest))
	c.rect(f.x0, y, math.Max(x-f.x0-1.5, 4), barHeight, fill{paint: peacock2, stroke: peacock, width: 1.6, round: 2})
	end := x
	if j.HospitalDays != nil {
		end = math.Max(a.x(math.Min(j.operation()+j.HospitalDays.Max/7, longest)), x+6)
		c.rect(x, y, end-x, barHeight, fill{paint: marigold, stroke: ink, width: 1.6, round: 2})
	}
	words := "operation about week " + strconv.Itoa(int(math.Round(j.operation())))
	if j.IndiaDays != nil {
		home := math.Max(a.x(math.Min(j.home(), longest)), end+4)
		if home > end+1.5 {
			c.rect(end+1.5, y, home-end-1.5, barHeight, fill{paint: peacock, stroke: peacock, width: 1, round: 2})
		}
		end = home
		if f.w == Wide {
			words += ", home about week " + strconv.Itoa(int(math.Round(j.home())))
		}
	}
	if !f.beside(c, f.x0, end+2, y+20, words, f.label) {
		f.under(c, f.x0, y+46, words, f.label)
	}
}

// words is the journey in words, parts that are not known included.
func (j Journey) words() string {
	var out []string
	if j.PrepareWeeks != nil {
		out = append(out, j.PrepareWeeks.Words("week")+" to prepare and travel")
	} else {
		out = append(out, "time to prepare not known")
	}
	if j.HospitalDays != nil {
		out = append(out, j.HospitalDays.Words("day")+" in hospital")
	} else {
		out = append(out, "days in hospital not known")
	}
	if j.IndiaDays != nil {
		out = append(out, j.IndiaDays.Words("day")+" in India in all")
	} else {
		out = append(out, "days in India not known")
	}
	s := strings.Join(out, ", ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// Title is every number of the figure in words.
func (d Waits) Title() string {
	uk := "not known, no published figure"
	if d.UK != nil {
		uk = "about " + count(*d.UK, "week")
	}
	j := d.India.words()
	return "Weeks until the operation. NHS in England" + d.NHS.scope() + ": " + d.NHS.sentence() +
		". UK, paying yourself: " + uk + ". India: " + strings.ToLower(j[:1]) + j[1:] + "."
}

func (n NHSWait) scope() string {
	var out []string
	for _, s := range []string{n.Service, n.Month} {
		if s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}

func (n NHSWait) sentence() string {
	if n.Median == nil {
		if n.PctWithin18 != nil && n.Varies == "" {
			return strconv.Itoa(int(math.Round(*n.PctWithin18))) + " in 100 people waiting have waited 18 weeks or less; no median is held"
		}
		s := n.words()
		return strings.ToLower(s[:1]) + s[1:]
	}
	s := "half of the people waiting have waited about " + count(*n.Median, "week") + " or less"
	if n.Later != nil {
		s += ", and " + n.LaterOf + " about " + count(*n.Later, "week") + " or less"
	}
	return s
}
