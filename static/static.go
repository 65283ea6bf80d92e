// Package static is the files every page shares: stylesheet, scripts, font, pictures. Each is embedded,
// named after its content so that it may be kept for ever, and compressed once. It is not for uploads
// or for anything made per request.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
)

// Prefix is where Handler must be mounted.
const Prefix = "/static/"

//go:embed dist
var dist embed.FS

var byName, byAddress = load(dist)

// URL is the address of a file, e.g. URL("app.css") = "/static/app.1f2e3d4c5b6a.css". It panics on a name
// that is not embedded: that is a mistake in a page, found by the first test that draws it.
func URL(name string) string {
	f, ok := byName[name]
	if !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return f.address
}

// CSP is the policy of public pages: nothing from elsewhere, nothing inline (brief §9).
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// Handler serves the files under Prefix: only exact, hashed names; anything else is not found.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := byAddress[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		f.serve(w, r)
	})
}

func load(fs embed.FS) (names, addresses map[string]*file) {
	names, addresses = map[string]*file{}, map[string]*file{}
	entries, err := fs.ReadDir("dist")
	if err != nil {
		panic(err)
	}
	var sheets []*file
	for _, e := range entries {
		body, err := fs.ReadFile("dist/" + e.Name())
		if err != nil {
			panic(err)
		}
		f := &file{name: e.Name(), body: body}
		if names[f.name] = f; path.Ext(f.name) == ".css" {
			sheets = append(sheets, f)
		} else {
			f.hash()
		}
	}
	var pairs []string
	for _, f := range names {
		if f.address != "" {
			pairs = append(pairs, "url("+f.name+")", "url("+f.address+")")
		}
	}
	rename := strings.NewReplacer(pairs...)
	for _, f := range sheets {
		f.body = []byte(rename.Replace(string(f.body)))
		f.hash()
	}
	for _, f := range names {
		addresses[f.address] = f
	}
	return names, addresses
}

func (f *file) hash() {
	sum := sha256.Sum256(f.body)
	ext := path.Ext(f.name)
	f.sum = hex.EncodeToString(sum[:6])
	f.address = Prefix + strings.TrimSuffix(f.name, ext) + "." + f.sum + ext
}
