package views

import (
	"context"
	"io"
	"strings"

	"carecorridor/static"

	"github.com/a-h/templ"
)

const siteName = "Care Corridor"

// htmxConfig keeps htmx inside the policy (no style element of its own) and bounds a request (ux.md §8).
const htmxConfig = `{"includeIndicatorCSS":false,"defaultTimeout":10000,"history":true}`

func (f Frame) fullTitle() string {
	title := f.Title
	if f.Failed || f.wrong() {
		title = "Error: " + title
	}
	return strings.TrimPrefix(title+" – "+siteName, " – ")
}

func (f Frame) wrong() bool { return f.Errors != nil && len(f.Errors.Problems) > 0 }

func (f Frame) image() string {
	if f.Image != "" {
		return f.Image
	}
	return static.URL("og.jpg")
}

func (f Frame) menu() []NavItem { return append(append([]NavItem(nil), f.Nav...), f.Account...) }

// inert keeps a JSON document from ending its script element; the escapes mean the same in JSON.
var inert = strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`, "\u2028", `\u2028`, "\u2029", `\u2029`)

func jsonLD(doc string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<script type="application/ld+json">`+inert.Replace(doc)+`</script>`)
		return err
	})
}

// who is the person with what they are here as.
func (b AccountBar) who() string {
	if b.Role == "" {
		return b.Name
	}
	return b.Name + ", " + b.Role
}

// work reports whether the page may use the parts of signed-in pages: those have a sheet of their own, which public
// pages do not load. A page of forms before there is a session says so itself.
func (f Frame) work() bool { return f.Bar != nil || f.Work }
