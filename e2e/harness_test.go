//go:build e2e

package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// faulty breaks every rule that the walk looks for.
const faulty = `<!doctype html><html lang="en-GB"><head><title>Faulty</title><script>console.error("heard")</script></head>
<body><main><h1>Faulty</h1><img src="/x.png"><div style="width:3000px">wide</div><p id="off">no script ran</p>
<script src="/good.js"></script></main></body></html>`

// late moves the page after it was drawn.
const late = `requestAnimationFrame(() => setTimeout(() => { const d = document.createElement('div'); d.style.height = '300px';
	document.querySelector('h1').before(d); }, 50));`

const sound = `<!doctype html><html lang="en-GB"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sound</title>
<link rel="icon" href="data:,"></head><body><main><h1>Sound</h1><p>Nothing is wrong here.</p></main></body></html>`

// sample serves the two pages, the faulty one under a policy that forbids what it does.
func sample(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/sound", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(sound)) })
	mux.HandleFunc("/faulty", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "script-src 'self'; img-src 'none'")
		w.Write([]byte(faulty))
	})
	mux.HandleFunc("/good.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Write([]byte(`document.getElementById("off").remove(); console.warn("heard"); ` + late + `/*` + strings.Repeat("x", maxBytes) + `*/`))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestTheWalkHearsEverythingItListensFor(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, sample(t)+"/faulty")
	time.Sleep(300 * time.Millisecond) // the page moves after it was drawn
	found := strings.Join(r.inspect(t, pageRules), "\n")
	for _, want := range []string{"sideways scroll", "axe image-alt", "Content Security Policy", "console warning", "weight:", "layout shift"} {
		if !strings.Contains(found, want) {
			t.Errorf("%q was not noticed in:\n%s", want, found)
		}
	}
}

func TestASoundPagePassesTheWalk(t *testing.T) {
	t.Parallel()
	for _, l := range looks {
		r := tab(t, l, time.Minute)
		r.check(t, sample(t)+"/sound", 200)
	}
}

func TestScriptsOffMeansThatNoScriptRuns(t *testing.T) {
	t.Parallel()
	for _, on := range []bool{true, false} {
		r := tab(t, look{1280, on}, time.Minute)
		r.open(t, sample(t)+"/faulty")
		if ran := !eval[bool](t, r, `!!document.getElementById("off")`); ran != on {
			t.Errorf("scripts on %v: ran %v", on, ran)
		}
	}
}
