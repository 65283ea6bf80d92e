// Package chart draws the figures of the public pages as inline SVG: cost ranges, waiting and travelling,
// the price ladder, the price histogram, the map of hubs and monthly bars. Every drawing is a pure function
// of its data and a width; colours are never the only cue and the title sentence carries every number
// (ux.md §9, §11). It is not for deciding which figure may be shown: callers bring checked numbers, and
// what is not known is nil and said in words, never drawn as 0.
package chart

import (
	"context"
	"io"
)

// Width is the width of a drawing in its own units. Text is set so large that it is never under 14 px, on a
// phone 320 px wide either.
type Width int

// The two drawings of a figure; CSS shows one of them (classes cc-only-w and cc-only-n).
const (
	Wide   Width = 700
	Narrow Width = 330
)

// SVG is one finished drawing. It renders itself into a templ page as it stands.
type SVG string

// Render writes the drawing.
func (s SVG) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(s))
	return err
}

// Pair is a figure in both widths.
type Pair struct{ Wide, Narrow SVG }

// Render writes both drawings, each in the box that CSS shows at its width.
func (p Pair) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, `<div class="cc-only-w">`+string(p.Wide)+`</div><div class="cc-only-n">`+string(p.Narrow)+`</div>`)
	return err
}

// both draws a figure in both widths.
func both[T any](data T, draw func(T, Width) SVG) Pair {
	return Pair{Wide: draw(data, Wide), Narrow: draw(data, Narrow)}
}

// Table is the same numbers as a drawing, for people who read tables and for CSV. The first cell of a row
// is its header.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Numeric []bool // columns to set flush right
}
