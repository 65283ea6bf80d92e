//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// focused describes where the keyboard is: what it is called, whether it can be seen, whether the focus shows.
const focused = `(() => { const e = document.activeElement; if (!e || e === document.body) return null;
	const b = e.getBoundingClientRect(), s = getComputedStyle(e);
	return {name: (e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText || e.name || e.id || '').trim().slice(0, 60),
		tag: e.tagName.toLowerCase(), href: e.getAttribute('href') || '', seen: b.width > 0 && b.height > 0 && b.right > 0 && b.left < innerWidth && b.bottom > 0 && b.top < innerHeight,
		marked: s.outlineStyle !== 'none' || s.boxShadow !== 'none'}; })()`

// stop is one place the Tab key reaches.
type stop struct {
	Name   string `json:"name"`
	Tag    string `json:"tag"`
	Href   string `json:"href"`
	Seen   bool   `json:"seen"`
	Marked bool   `json:"marked"`
}

// maxStops is how far the Tab key is followed on one page.
const maxStops = 80

func TestTheKeyboardReachesAndShowsEverything(t *testing.T) {
	for _, path := range []string{"/", "/hospitals?q=knee+replacement", "/treatments/total-knee-replacement", "/treatments", "/hubs"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			r := tab(t, looks[0], 2*time.Minute)
			r.open(t, siteURL(t)+path)
			stops := r.tabThrough(t)
			if len(stops) < 5 || stops[0].Href != "#main" {
				t.Fatalf("the first stop is no link to the content: %+v", stops)
			}
			for _, s := range stops {
				if !s.Seen || !s.Marked || s.Name == "" {
					t.Errorf("stop %+v: must be seen, marked and named", s)
				}
			}
		})
	}
}

// tabThrough presses Tab until the page ends or maxStops is reached.
func (r *recorder) tabThrough(t *testing.T) []stop {
	t.Helper()
	var stops []stop
	for range maxStops {
		r.press(t, kb.Tab)
		s := eval[*stop](t, r, focused)
		if s == nil {
			break
		}
		stops = append(stops, *s)
	}
	return stops
}

func TestAPatientSearchesWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 2*time.Minute)
	r.open(t, siteURL(t)+"/")
	r.press(t, kb.Tab)
	r.press(t, kb.Enter) // the link to the content
	r.tabTo(t, `document.activeElement.name === 'q'`)
	r.press(t, "hip replacement")
	r.press(t, kb.Enter)
	r.wants(t, "results", `location.pathname === '/hospitals' && document.readyState === 'complete' && document.querySelectorAll('#results article').length > 0`)
	r.press(t, kb.Tab)
	r.press(t, kb.Enter)
	r.tabTo(t, `document.activeElement.matches('#results article h3 a')`)
	r.press(t, kb.Enter)
	r.wants(t, "a profile", `/^\/hospitals\/[a-z0-9-]+$/.test(location.pathname)`)
}

// tabTo presses Tab until the condition holds.
func (r *recorder) tabTo(t *testing.T, condition string) {
	t.Helper()
	for range 3 * maxStops {
		r.press(t, kb.Tab)
		if eval[bool](t, r, condition) {
			return
		}
	}
	t.Fatalf("the Tab key never reaches %s", condition)
}
