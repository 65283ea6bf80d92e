//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeSource is axe-core as scripts/with-services installed it.
var axeSource = sync.OnceValues(func() (string, error) {
	path := os.Getenv("CORRIDOR_TEST_AXE")
	if path == "" {
		return "", fmt.Errorf("CORRIDOR_TEST_AXE is not set: run scripts/with-services go test -tags e2e ./e2e/")
	}
	b, err := os.ReadFile(path)
	return string(b), err
})

// axeRun gives one line per broken rule and place.
const axeRun = `axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'],
	rules: %s}).then(r => r.violations.map(v => v.id + ' (' + v.help + '): ' +
	v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' — ' + n.any.concat(n.all, n.none).map(c => c.message).slice(0, 2).join('; ')).join(' | ')))`

// pageRules leaves nothing out. A fragment is no whole page: what only a page has is not asked of it, and
// without the page's style sheet nothing of how it looks is.
const (
	pageRules     = `{}`
	fragmentRules = `{'document-title': {enabled: false}, 'html-has-lang': {enabled: false}, 'landmark-one-main': {enabled: false},
	'page-has-heading-one': {enabled: false}, 'region': {enabled: false}, 'heading-order': {enabled: false},
	'target-size': {enabled: false}, 'color-contrast': {enabled: false}}`
)

// overflow names what sticks out to the right of a page as wide as asked.
const overflow = `(() => { const w = %d, d = document.documentElement;
	if (d.scrollWidth <= w) return [];
	const out = [...document.body.querySelectorAll('*')].filter(e => { const b = e.getBoundingClientRect();
		return b.width > 0 && b.right > w + 1 && !(e.closest('svg') && e.tagName !== 'svg'); });
	return ['sideways scroll: ' + d.scrollWidth + ' px wide; ' + out.slice(0, 4).map(e => e.tagName.toLowerCase() + '.' + e.getAttribute('class')).join(', ')]; })()`

// shift is how much of the page moved after it was first drawn; scripts that arrive late must move nothing.
const shift = `new Promise(done => { let sum = 0; new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value; })
	.observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 50); })`

// A page may not move (ux.md §14): maxShift is for rounding. A busy machine paints pages that still arrive, and they move
// then; so where a page cannot be opened again to see, what web.dev calls good (badShift) is enough.
const (
	maxShift = 0.01
	badShift = 0.1
)

// inspect finds everything wrong with the page that is open: what it said and weighed, sideways scroll, axe.
func (r *recorder) inspect(t *testing.T, rules string) []string {
	t.Helper()
	source, err := axeSource()
	must(t, err)
	r.settle()
	found := r.problems()
	r.scripts(t, true) // the page has run, or not; axe needs scripts either way
	found = append(found, eval[[]string](t, r, fmt.Sprintf(overflow, r.look.width))...)
	if r.moved = eval[float64](t, r, shift); r.moved > badShift {
		found = append(found, fmt.Sprintf("layout shift: %.3f", r.moved))
	}
	eval[chromedp.Void](t, r, source)
	for _, v := range eval[[]string](t, r, fmt.Sprintf(axeRun, rules)) {
		found = append(found, "axe "+v)
	}
	return found
}

// check opens url, wants the status, and reports what inspect finds.
func (r *recorder) check(t *testing.T, url string, status int) {
	t.Helper()
	if got := r.open(t, url); got != status {
		t.Errorf("%s: status %d, want %d", url, got, status)
	}
	found := r.inspect(t, pageRules)
	for _, p := range found {
		if status != 200 && strings.Contains(p, "Failed to load resource") && strings.HasSuffix(p, url) {
			continue // the browser's own note that the page is the failure that was asked for
		}
		t.Errorf("%s at %s: %s", url, r.look, p)
	}
	for n := 1; r.moved > maxShift; n++ { // what scripts or pictures move, they move each time
		if n == 3 {
			t.Errorf("%s at %s: layout shift: %.3f", url, r.look, r.moved)
			break
		}
		r.open(t, url)
		r.settle()
		r.scripts(t, true)
		r.moved = eval[float64](t, r, shift)
	}
	shoot(t, r, url)
}

// shoot keeps a picture of the whole page in e2e/shots when CORRIDOR_E2E_SHOTS is set.
func shoot(t *testing.T, r *recorder, url string) {
	t.Helper()
	if os.Getenv("CORRIDOR_E2E_SHOTS") == "" || !r.look.scripts {
		return
	}
	png, err := chromedp.Run(r.ctx, chromedp.FullScreenshot(100))
	must(t, err)
	must(t, os.MkdirAll("shots", 0o755))
	_, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
	name := strings.NewReplacer("/", "_", "?", "_", "&", "_", "=", "-", "%", "").Replace(path)
	must(t, os.WriteFile(filepath.Join("shots", fmt.Sprintf("%.90s@%d.png", "_"+name, r.look.width)), png, 0o644))
}
