package quotepdf

import (
	"strings"
	"sync"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// gap stands for words that the face cannot draw.
const gap = "[…]"

var face = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // the face is compiled in
	}
	return f
})

// holds reports whether the face has a glyph for r.
func holds(buf *sfnt.Buffer, r rune) bool {
	if r == ' ' || r == '\n' {
		return true
	}
	i, err := face().GlyphIndex(buf, r)
	return err == nil && i != 0 && r <= 0xffff
}

// drawable is s with every run of words the face cannot draw replaced by one gap. The sign of the rupee, which it
// lacks as well, becomes its code.
func drawable(s string, left *int) string {
	var buf sfnt.Buffer
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "₹", "INR ")
	words := strings.Split(s, " ")
	out := words[:0]
	for _, w := range words {
		if !strings.ContainsFunc(w, func(r rune) bool { return !holds(&buf, r) }) {
			out = append(out, w)
			continue
		}
		*left++
		if len(out) == 0 || out[len(out)-1] != gap {
			out = append(out, gap)
		}
	}
	return strings.Join(out, " ")
}

// plain is d with all words drawable.
func (d Document) plain(left *int) Document {
	out := Document{Title: drawable(d.Title, left), Head: drawable(d.Head, left), Made: d.Made}
	for _, s := range d.Lead {
		out.Lead = append(out.Lead, drawable(s, left))
	}
	for _, s := range d.Sections {
		section := Section{Title: drawable(s.Title, left)}
		for _, r := range s.Rows {
			r.Label, r.Value = drawable(r.Label, left), drawable(strings.ReplaceAll(r.Value, "\n", " "), left)
			section.Rows = append(section.Rows, r)
		}
		out.Sections = append(out.Sections, section)
	}
	for _, s := range d.Foot {
		out.Foot = append(out.Foot, drawable(s, left))
	}
	return out
}
