package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// list draws the choices of a group. It is written by hand: a results page has some eighty of them, and they were a third
// of what the page cost.
func (f Facet) list(options []FacetOption) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		p := pen{w: w}
		for _, o := range options {
			p.write(`<label class="cc-check"><input type="`, f.kind(), `" name="`)
			p.text(f.Name)
			p.write(`" value="`)
			p.text(o.Value)
			p.write(`"`)
			if o.Checked {
				p.write(` checked`)
			}
			p.write(`> <span>`)
			p.text(o.Text)
			p.write(`</span> `)
			f.count(&p, o, "")
			p.write(`</label>`)
		}
		return p.err
	})
}

// counts draws the numbers alone, to replace those of the page after an update in place.
func (f Facet) counts(options []FacetOption) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		p := pen{w: w}
		for _, o := range options {
			f.count(&p, o, ` hx-swap-oob="true"`)
		}
		return p.err
	})
}

func (f Facet) count(p *pen, o FacetOption, attribute string) {
	p.write(`<span class="cc-check__n" id="`, IDOf("n", f.Name, o.Value), `"`, attribute, `>`)
	if o.Count != "" {
		p.text(o.Count)
		p.write(` <span class="cc-vh"> `, hospitals(o.Count), `</span>`)
	}
	p.write(`</span>`)
}

// pen writes until the first error. What came from outside goes through text, which makes it inert.
type pen struct {
	w   io.Writer
	err error
}

func (p *pen) write(parts ...string) {
	for _, s := range parts {
		if p.err == nil {
			_, p.err = io.WriteString(p.w, s)
		}
	}
}

func (p *pen) text(s string) { p.write(templ.EscapeString(s)) }
