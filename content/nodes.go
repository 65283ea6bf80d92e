package content

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// ref is "[s1]" in the text: a step to the source of the sentence before it.
type ref struct {
	ast.BaseInline
	id string
}

var kindRef = ast.NewNodeKind("Ref")

func (*ref) Kind() ast.NodeKind { return kindRef }
func (r *ref) Dump(source []byte, lvl int) {
	ast.DumpHelper(r, source, lvl, map[string]string{"id": r.id}, nil)
}

type refParser struct{}

var refSyntax = regexp.MustCompile(`^\[(s\d+)\]`)

func (refParser) Trigger() []byte { return []byte{'['} }

func (refParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := refSyntax.FindSubmatch(line)
	if m == nil {
		return nil
	}
	block.Advance(len(m[0]))
	return &ref{id: string(m[1])}
}

// callout is a block that starts with "> [!kind] Title".
type callout struct {
	ast.BaseBlock
	kind, title string
}

var kindCallout = ast.NewNodeKind("Callout")

func (*callout) Kind() ast.NodeKind { return kindCallout }
func (c *callout) Dump(source []byte, lvl int) {
	ast.DumpHelper(c, source, lvl, map[string]string{"kind": c.kind}, nil)
}

// calloutKinds are the blocks there are: emergency, urgent, do, don't, and what nobody knows.
var calloutKinds = map[string]string{"999": "cc-care cc-care--999", "111": "cc-care cc-care--111", "do": "cc-todo cc-todo--do", "dont": "cc-todo cc-todo--dont", "unknown": "cc-unknown"}

var calloutSyntax = regexp.MustCompile(`^\[!([a-z0-9]+)\] (.+)$`)

type calloutTransformer struct{}

func (calloutTransformer) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	for n := doc.FirstChild(); n != nil; {
		next := n.NextSibling()
		if q, ok := n.(*ast.Blockquote); ok {
			if c := asCallout(q, r.Source()); c != nil {
				doc.ReplaceChild(doc, q, c)
			}
		}
		n = next
	}
}

func asCallout(q *ast.Blockquote, source []byte) *callout {
	p, ok := q.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() != 1 {
		return nil
	}
	line := p.Lines().At(0)
	m := calloutSyntax.FindSubmatch([]byte(strings.TrimSpace(string(line.Value(source)))))
	if m == nil {
		return nil
	}
	c := &callout{kind: string(m[1]), title: string(m[2])}
	q.RemoveChild(q, p)
	for n := q.FirstChild(); n != nil; {
		next := n.NextSibling()
		c.AppendChild(c, n)
		n = next
	}
	return c
}

// refTightener takes away the space before a reference, so that the small figure stands at its word.
type refTightener struct{}

func (refTightener) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if before, ok := n.PreviousSibling().(*ast.Text); ok && entering && n.Kind() == kindRef {
			before.Segment = before.Segment.TrimRightSpace(r.Source())
			before.SetSoftLineBreak(false)
		}
		return ast.WalkContinue, nil
	})
}

// siteNamer adds the name of the site to a link that leaves ours (ux.md §6.9).
type siteNamer struct{}

func (siteNamer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		l, ok := n.(*ast.Link)
		if !entering || !ok {
			return ast.WalkContinue, nil
		}
		if u, err := url.Parse(string(l.Destination)); err == nil && u.Host != "" {
			l.AppendChild(l, ast.NewString([]byte(" ("+strings.TrimPrefix(u.Host, "www.")+")")))
		}
		return ast.WalkSkipChildren, nil
	})
}

// nodes draws our own two kinds.
type nodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (nodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindRef, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if id := n.(*ref).id; entering {
			fmt.Fprintf(w, `<sup class="cc-ref"><a href="#source-%s"><span class="cc-vh">Source </span>%s</a></sup>`, id, id[1:])
		}
		return ast.WalkContinue, nil
	})
	r.Register(kindCallout, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		c := n.(*callout)
		if entering {
			fmt.Fprintf(w, "<div class=\"%s\"><h3>%s</h3>\n", calloutKinds[c.kind], html.EscapeString(c.title))
		} else {
			_, _ = w.WriteString("</div>\n")
		}
		return ast.WalkContinue, nil
	})
}
