package chart

import (
	_ "embed" // the outline
	"fmt"
	"math"
	"strings"
)

// india is the outline of India's states merged and simplified from @svg-maps/india (CC-BY-4.0); the credit
// stands on the data page. How borders are drawn is legally sensitive: replace this file, or set Outline to
// "" for a map of dots alone (ux.md §12).
//
//go:embed india.txt
var india string

// Outline is the path drawn under the dots, in the units of project.
var Outline = strings.TrimSpace(india)

// MapCredit names the outline's source and licence.
const MapCredit = "Map outline simplified from @svg-maps/india (CC-BY-4.0)."

// project puts a point of the earth on the outline, which is a Mercator drawing 612 units wide from 68.13° E.
func project(lat, lng float64) (x, y float64) {
	mercator := func(lat float64) float64 { return math.Log(math.Tan(math.Pi/4 + lat*math.Pi/360)) }
	return 20.85 * (lng - 68.13), 1198 * (mercator(37.07) - mercator(lat))
}

// mapLayout is what differs between the two drawings: text must stay 14 px on a phone 320 px wide.
type mapLayout struct {
	box                   rectangle
	radius, inside, label float64
}

func layoutOf(w Width) mapLayout {
	if w == Narrow {
		return mapLayout{box: rectangle{-24, -10, 636, 710}, radius: 26, inside: 33, label: 33}
	}
	return mapLayout{box: rectangle{-120, -10, 680, 710}, radius: 21, inside: 26.5, label: 26.5}
}

// HubMap draws the outline with a dot for each place, the place's text inside the dot and its name beside it
// where there is room. Dots that would cover each other are moved apart.
func HubMap(d Map, w Width) SVG {
	c := &canvas{id: figureID(d.ID, "map", w)}
	l := layoutOf(w)
	if Outline != "" {
		fmt.Fprintf(&c.b, `<path d="%s" fill="%s" stroke="%s" stroke-width="2.5" stroke-linejoin="round"/>`, Outline, pale, peacock)
	}
	at := l.spread(d.Dots)
	taken := make([]rectangle, 0, 2*len(at))
	for _, p := range at {
		taken = append(taken, p.around())
	}
	for i, dot := range d.Dots {
		taken = l.name(c, at[i], dot.Name, taken)
	}
	for i, dot := range d.Dots {
		f := fill{paint: marigold, stroke: ink, width: 2.5}
		if dot.Current {
			f = fill{paint: "#fff", stroke: ink, width: 6}
		}
		c.circle(at[i].x, at[i].y, at[i].r, f)
		c.text(at[i].x, at[i].y+l.inside*0.36, dot.Text, letters{size: l.inside, bold: true, anchor: "middle"})
	}
	b := l.box
	return c.finish(fmt.Sprintf("%s %s %s %s", num(b.x0), num(b.y0), num(b.x1-b.x0), num(b.y1-b.y0)), d.title())
}

// MapFigure is the map in both widths.
func MapFigure(d Map) Pair { return both(d, HubMap) }

func (d Map) title() string {
	var out []string
	for _, dot := range d.Dots {
		out = append(out, strings.TrimSpace(dot.Name+" "+dot.Text))
	}
	return strings.TrimSpace(d.Title + " " + strings.Join(out, ", ") + ".")
}

// point is a dot's middle and radius.
type point struct{ x, y, r float64 }

type rectangle struct{ x0, y0, x1, y1 float64 }

func (r rectangle) meets(o rectangle) bool {
	return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1
}

func (r rectangle) holds(o rectangle) bool {
	return o.x0 >= r.x0 && o.x1 <= r.x1 && o.y0 >= r.y0 && o.y1 <= r.y1
}

func (p point) around() rectangle { return rectangle{p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r} }

// spread projects the dots, each large enough for its text, and pushes apart those that touch.
func (l mapLayout) spread(dots []Dot) []point {
	at := make([]point, len(dots))
	for i, d := range dots {
		at[i].x, at[i].y = project(d.Lat, d.Lng)
		at[i].r = max(l.radius, textWidth(d.Text, letters{size: l.inside, bold: true})/2+4)
	}
	for range 40 {
		for i := range at {
			for j := i + 1; j < len(at); j++ {
				push(&at[i], &at[j], at[i].r+at[j].r+3)
			}
		}
	}
	return at
}

// push moves two points to at least least apart, each half of the way.
func push(a, b *point, least float64) {
	dx, dy := b.x-a.x, b.y-a.y
	gap := math.Hypot(dx, dy)
	if gap >= least {
		return
	}
	if gap < 1 {
		dx, dy, gap = 0, 1, 1
	}
	by := (least - gap) / 2 / gap
	a.x, a.y, b.x, b.y = a.x-dx*by, a.y-dy*by, b.x+dx*by, b.y+dy*by
}

// name writes a place's name on the first side that is free, or not at all; it returns what is taken now.
func (l mapLayout) name(c *canvas, p point, words string, taken []rectangle) []rectangle {
	set := letters{size: l.label, bold: true, halo: 5}
	width, gap := textWidth(words, set), p.r+7
	for _, side := range []struct {
		anchor string
		dx, dy float64
	}{{"", gap, l.label * 0.35}, {"end", -gap, l.label * 0.35}, {"middle", 0, -gap}, {"middle", 0, gap + l.label*0.75}} {
		x, y := p.x+side.dx, p.y+side.dy
		left := map[string]float64{"": x, "end": x - width, "middle": x - width/2}[side.anchor]
		r := rectangle{left, y - l.label*0.8, left + width, y + l.label*0.22}
		if !l.box.holds(r) || anyMeets(taken, r) {
			continue
		}
		set.anchor = side.anchor
		c.text(x, y, words, set)
		return append(taken, r)
	}
	return taken
}

func anyMeets(taken []rectangle, r rectangle) bool {
	for _, t := range taken {
		if t.meets(r) {
			return true
		}
	}
	return false
}
