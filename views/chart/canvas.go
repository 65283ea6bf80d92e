package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// Colours of the figures (ux.md §3). They are written as attributes, which a strict style policy allows.
const (
	ink      = "#14232b"
	ink2     = "#43535c"
	rule     = "#d5d0c3"
	slate    = "#74828a"
	peacock  = "#0b5563"
	peacock2 = "#b4d6da"
	pale     = "#d8ecee"
	marigold = "#f2a51e"
	umber    = "#a65f00"
)

// canvas collects one drawing.
type canvas struct {
	b     strings.Builder
	id    string // prefix of every id in the drawing
	hatch bool
}

// finish wraps what was drawn in an svg element of w by h with its title.
func (c *canvas) finish(box, title string) SVG {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="%s" role="img" aria-labelledby="%s-t"><title id="%s-t">%s</title>`, box, c.id, c.id, html.EscapeString(title))
	if c.hatch {
		fmt.Fprintf(&b, `<defs><pattern id="%s-h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/><rect width="3.2" height="7" fill="%s"/></pattern></defs>`, c.id, umber)
	}
	b.WriteString(c.b.String())
	b.WriteString("</svg>")
	return SVG(b.String())
}

// box is a viewBox from the origin.
func box(w, h float64) string { return "0 0 " + num(w) + " " + num(h) }

// hatched is the fill of UK self-pay bars.
func (c *canvas) hatched() string {
	c.hatch = true
	return "url(#" + c.id + "-h)"
}

// fill is how a bar looks.
type fill struct {
	paint, stroke string
	width, round  float64
}

func (c *canvas) rect(x, y, w, h float64, f fill) {
	fmt.Fprintf(&c.b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s"`, num(x), num(y), num(w), num(h), f.paint)
	if f.round > 0 {
		fmt.Fprintf(&c.b, ` rx="%s"`, num(f.round))
	}
	if f.stroke != "" {
		fmt.Fprintf(&c.b, ` stroke="%s" stroke-width="%s"`, f.stroke, num(f.width))
	}
	c.b.WriteString("/>")
}

func (c *canvas) line(x1, y1, x2, y2 float64, stroke string, width float64, dash string) {
	fmt.Fprintf(&c.b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"`, num(x1), num(y1), num(x2), num(y2), stroke, num(width))
	if dash != "" {
		fmt.Fprintf(&c.b, ` stroke-dasharray="%s"`, dash)
	}
	c.b.WriteString("/>")
}

func (c *canvas) circle(x, y, r float64, f fill) {
	fmt.Fprintf(&c.b, `<circle cx="%s" cy="%s" r="%s" fill="%s" stroke="%s" stroke-width="%s"/>`, num(x), num(y), num(r), f.paint, f.stroke, num(f.width))
}

// diamond marks a single price.
func (c *canvas) diamond(x, y, r float64, f fill) {
	fmt.Fprintf(&c.b, `<path d="M%s %sl%s %sl%s %sl%s %sz" fill="%s" stroke="%s" stroke-width="%s"/>`,
		num(x), num(y-r), num(r), num(r), num(-r), num(r), num(-r), num(-r), f.paint, f.stroke, num(f.width))
}

// letters is how words are set. The halo keeps them readable across lines and bars.
type letters struct {
	size   float64
	bold   bool
	anchor string // "", "middle" or "end"
	soft   bool   // secondary ink
	halo   float64
}

func (c *canvas) text(x, y float64, words string, l letters) {
	fmt.Fprintf(&c.b, `<text x="%s" y="%s" font-size="%s"`, num(x), num(y), num(l.size))
	if l.bold {
		c.b.WriteString(` font-weight="700"`)
	}
	if l.anchor != "" {
		fmt.Fprintf(&c.b, ` text-anchor="%s"`, l.anchor)
	}
	if l.halo > 0 {
		fmt.Fprintf(&c.b, ` stroke="#fff" stroke-width="%s" paint-order="stroke" stroke-linejoin="round"`, num(l.halo))
	}
	colour := ink
	if l.soft {
		colour = ink2
	}
	fmt.Fprintf(&c.b, ` fill="%s">%s</text>`, colour, html.EscapeString(words))
}

// num writes a coordinate with at most one decimal.
func num(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	s = strings.TrimSuffix(s, ".0")
	if s == "-0" {
		return "0"
	}
	return s
}
