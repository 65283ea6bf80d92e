package stories

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEveryStoryIsSoundHTML(t *testing.T) {
	t.Parallel()
	if len(All()) < 20 {
		t.Fatalf("only %d stories", len(All()))
	}
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.Name] {
			t.Errorf("two stories are called %s", s.Name)
		}
		seen[s.Name] = true
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := s.Page.Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			for _, p := range problems(b.Bytes(), s.Fragment) {
				t.Error(p)
			}
		})
	}
}

// The checks themselves must be able to fail.
func TestUnsoundHTMLIsFound(t *testing.T) {
	t.Parallel()
	const head = `<html lang="en-GB"><head><title>T</title></head><body><main>`
	for want, body := range map[string]string{
		"id a is used twice":               `<h1 id="a">A</h1><p id="a">`,
		"img has no alt":                   `<h1>A</h1><img src="/a.png">`,
		"input has no label":               `<h1>A</h1><input name="q">`,
		"p has a style attribute":          `<h1>A</h1><p style="color:red">x</p>`,
		"inline script":                    `<h1>A</h1><script>1</script>`,
		"style element":                    `<h1>A</h1><style>p{}</style>`,
		"a has an onclick attribute":       `<h1>A</h1><a href="/" onclick="x()">y</a>`,
		"heading h3 after h1":              `<h1>A</h1><h3>B</h3>`,
		"a has no words":                   `<h1>A</h1><a href="/"><svg aria-hidden="true"></svg></a>`,
		"button has no words":              `<h1>A</h1><button></button>`,
		"svg has neither name nor":         `<h1>A</h1><svg></svg>`,
		"aria-describedby names no id: x":  `<h1>A</h1><p aria-describedby="x">y</p>`,
		"address javascript:alert(1)":      `<h1>A</h1><a href="javascript:alert(1)">y</a>`,
		"2 h1 elements":                    `<h1>A</h1><h1>B</h1>`,
		"h2 is empty":                      `<h1>A</h1><h2> </h2>`,
		"picture from elsewhere: data:abc": `<h1>A</h1><img alt="" src="data:abc">`,
		"group of fields has no legend":    `<h1>A</h1><fieldset></fieldset>`,
	} {
		if got := problems([]byte(head+body), false); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%s: found only %q", want, got)
		}
	}
	if got := problems([]byte(head+`<h1>A</h1><label>q <input></label>`), false); len(got) > 0 {
		t.Errorf("sound page has problems: %q", got)
	}
}

type checker struct {
	found    []string
	ids      map[string]bool
	labelled map[string]bool
	refs     [][2]string
	level    int
	h1, main int
}

func problems(page []byte, fragment bool) []string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{ids: map[string]bool{}, labelled: map[string]bool{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "label" && attr(n, "for") != "" {
			c.labelled[attr(n, "for")] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			c.element(n)
		}
	}
	for _, r := range c.refs {
		if !fragment && !c.ids[r[1]] {
			c.say("%s names no id: %s", r[0], r[1])
		}
	}
	if !fragment && c.h1 != 1 {
		c.say("%d h1 elements", c.h1)
	}
	if !fragment && c.main != 1 {
		c.say("%d main elements", c.main)
	}
	return c.found
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *checker) element(n *html.Node) {
	for _, a := range n.Attr {
		c.attribute(n, a)
	}
	switch n.Data {
	case "html":
		if title := strings.TrimSpace(text(find(n, "title"))); title == "" && attr(n, "lang") != "" {
			c.say("page has no title")
		}
	case "main":
		c.main++
	case "h1", "h2", "h3", "h4", "h5", "h6":
		c.heading(n)
	case "script":
		if attr(n, "src") == "" && attr(n, "type") != "application/ld+json" {
			c.say("inline script: %.60s", text(n))
		}
	case "style":
		c.say("style element")
	case "img":
		if !has(n, "alt") {
			c.say("img has no alt")
		}
	case "svg":
		if attr(n, "aria-hidden") != "true" && !named(n) && find(n, "title") == nil {
			c.say("svg has neither name nor aria-hidden")
		}
	case "a", "button", "summary":
		if n.Data != "a" || has(n, "href") {
			c.words(n)
		}
	case "fieldset":
		if !named(n) && text(find(n, "legend")) == "" {
			c.say("group of fields has no legend")
		}
	case "input", "select", "textarea":
		c.field(n)
	}
}

func (c *checker) attribute(n *html.Node, a html.Attribute) {
	key := strings.ToLower(a.Key)
	switch {
	case key == "id":
		if c.ids[a.Val] {
			c.say("id %s is used twice", a.Val)
		}
		if a.Val == "" || strings.ContainsAny(a.Val, " \t\n") {
			c.say("id %q cannot be named", a.Val)
		}
		c.ids[a.Val] = true
	case key == "style":
		c.say("%s has a style attribute", n.Data)
	case strings.HasPrefix(key, "on"), strings.HasPrefix(key, "hx-on"):
		c.say("%s has an %s attribute", n.Data, key)
	case key == "aria-describedby", key == "aria-labelledby", key == "for", key == "aria-controls":
		for id := range strings.FieldsSeq(a.Val) {
			c.refs = append(c.refs, [2]string{key, id})
		}
	case (key == "href" || key == "action" || key == "src") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
		c.say("address %s", a.Val)
	case key == "src" && n.Data == "img" && !strings.HasPrefix(a.Val, "/"):
		c.say("picture from elsewhere: %s", a.Val)
	}
}

func (c *checker) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level == 1 {
		c.h1++
	} else if level > c.level+1 && c.level > 0 {
		c.say("heading %s after h%d: %.40s", n.Data, c.level, text(n))
	}
	if strings.TrimSpace(text(n)) == "" {
		c.say("%s is empty", n.Data)
	}
	c.level = level
}

func (c *checker) words(n *html.Node) {
	if strings.TrimSpace(text(n)) == "" && !named(n) {
		c.say("%s has no words: %s", n.Data, attr(n, "href"))
	}
}

func (c *checker) field(n *html.Node) {
	if attr(n, "type") == "hidden" || named(n) || c.labelled[attr(n, "id")] {
		return
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && p.Data == "label" && strings.TrimSpace(text(p)) != "" {
			return
		}
	}
	c.say("%s has no label: %s", n.Data, attr(n, "name"))
}

func named(n *html.Node) bool { return attr(n, "aria-label") != "" || attr(n, "aria-labelledby") != "" }

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func find(n *html.Node, tag string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			return d
		}
	}
	return nil
}

func text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
