package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown never passes raw HTML on (goldmark's default); rules refuses it before that.
var markdown = goldmark.New(
	goldmark.WithParserOptions(
		parser.WithAutoHeadingID(),
		parser.WithInlineParsers(util.Prioritized(refParser{}, 150)),
		parser.WithASTTransformers(util.Prioritized(calloutTransformer{}, 100), util.Prioritized(siteNamer{}, 200), util.Prioritized(refTightener{}, 300)),
	),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodes{}, 100))),
)

// policy is the second lock after goldmark: only what our own renderers write.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "sup", "span", "div", "br")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[a-z][a-z0-9-]*$`)).OnElements("h2", "h3")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^cc-[a-z0-9_ -]+$`)).Globally()
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}()

// document is a rendered text.
type document struct {
	body     HTML
	contents []Heading
	text     string
	used     map[string]bool // ids of the sources it refers to
}

// render checks and renders a body that starts at a line of its file.
func render(source []byte, line int, sources []Source) (document, error) {
	root := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(newIDs()))))
	found, err := rules(root, source, line, sources)
	if err != nil {
		return document{}, err
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, source, root); err != nil {
		return document{}, fmt.Errorf("render: %w", err)
	}
	found.body = HTML(strings.TrimSpace(string(policy.SanitizeBytes(out.Bytes()))))
	return found, nil
}

// renderField renders one paragraph of front matter, without its <p>.
func renderField(source string, sources []Source) (HTML, map[string]bool, error) {
	if strings.TrimSpace(source) == "" {
		return "", nil, fmt.Errorf("missing")
	}
	doc, err := render([]byte(strings.TrimSpace(source)), 1, sources)
	if err != nil {
		return "", nil, err
	}
	inner, ok := strings.CutPrefix(string(doc.body), "<p>")
	inner, closed := strings.CutSuffix(inner, "</p>")
	if !ok || !closed || strings.Contains(inner, "<p>") {
		return "", nil, fmt.Errorf("want one paragraph")
	}
	return HTML(inner), doc.used, nil
}

// ids makes the anchors of headings. The prefix keeps them apart from the ids of the page around them.
type ids struct{ seen map[string]int }

func newIDs() *ids { return &ids{seen: map[string]int{}} }

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// Generate implements parser.IDs.
func (i *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	id := "p-" + strings.Trim(notSlug.ReplaceAllString(strings.ToLower(string(value)), "-"), "-")
	i.seen[id]++
	if n := i.seen[id]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return []byte(id)
}

// Put implements parser.IDs.
func (i *ids) Put(value []byte) { i.seen[string(value)]++ }
