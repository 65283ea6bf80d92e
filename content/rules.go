package content

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// emergency numbers are no facts to source; every other digit is.
var (
	emergency = regexp.MustCompile(`\b(999|111)\b`)
	digit     = regexp.MustCompile(`[0-9]`)
)

// hasFigure reports whether words hold a number that needs a source.
func hasFigure(words string) bool { return digit.MatchString(emergency.ReplaceAllString(words, "")) }

// rules walks a text once: it refuses what breaks a rule and gathers headings, words and used sources.
func rules(root ast.Node, source []byte, line int, sources []Source) (document, error) {
	w := walker{source: source, line: line, known: map[string]bool{}, doc: document{used: map[string]bool{}}}
	for _, s := range sources {
		w.known[s.ID] = true
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.visit(n)
		}
		return ast.WalkContinue, nil
	})
	return w.doc, w.err()
}

type walker struct {
	collector
	source []byte
	line   int
	known  map[string]bool
	doc    document
}

func (w *walker) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		w.fail(n, "raw HTML: write Markdown")
	case *ast.Blockquote:
		w.fail(n, "quote: want \"> [!kind] Title\" alone on its first line")
	case *ast.Image, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.CodeSpan, *ast.AutoLink, *ast.ThematicBreak:
		w.fail(n, "%s: not used in our texts", n.Kind())
	case *callout:
		w.callout(n)
	case *ast.Heading:
		w.heading(n)
	case *ast.Link:
		w.link(n)
	case *ref:
		w.doc.used[n.id] = true
		w.check(w.known[n.id], "line %d: reference [%s]: no such source", w.at(n), n.id)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n)
	}
}

func (w *walker) callout(n *callout) {
	w.check(calloutKinds[n.kind] != "", "callout %q: no such kind", n.kind)
	w.check(!hasFigure(n.title), "callout %q: has a figure; put it in the text with its source", n.title)
	w.check(len(w.doc.contents) > 0, "callout %q: want a heading of level 2 before it", n.title)
	w.doc.text += n.title + ".\n"
}

func (w *walker) heading(n *ast.Heading) {
	words := w.words(n)
	w.check(n.Level == 2 || n.Level == 3 && len(w.doc.contents) > 0, "heading %q: want level 2, or 3 below one", words)
	w.check(!hasFigure(words), "heading %q: has a figure; put it in the text with its source", words)
	if n.Level == 2 {
		id, _ := n.AttributeString("id")
		anchor, _ := id.([]byte)
		w.doc.contents = append(w.doc.contents, Heading{ID: string(anchor), Text: words})
	}
}

// link allows pages of ours by path and other sites over https.
func (w *walker) link(n *ast.Link) {
	to := string(n.Destination)
	u, err := url.Parse(to)
	ok := err == nil && (u.Scheme == "https" && strings.Contains(u.Host, ".") || u.Scheme == "" && u.Host == "" && strings.HasPrefix(to, "/"))
	w.check(ok, "line %d: link %q: want https://… or /…", w.at(n), to)
}

func (w *walker) paragraph(n ast.Node) {
	words := w.words(n)
	w.doc.text += words + "\n"
	sourced := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		sourced = sourced || c.Kind() == kindRef
	}
	w.check(sourced || !hasFigure(words), "line %d: %q has a figure and no [s1]", w.at(n), clip(words))
}

// words is the text of a node without its references.
func (w *walker) words(n ast.Node) string {
	var b bytes.Buffer
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(w.source))
			if t.SoftLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

func (w *walker) fail(n ast.Node, format string, args ...any) {
	w.check(false, "line %d: "+format, append([]any{w.at(n)}, args...)...)
}

// at is the line of the file in which the block around n starts.
func (w *walker) at(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return w.line + bytes.Count(w.source[:n.Lines().At(0).Start], []byte("\n"))
		}
	}
	return w.line
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
