//go:build e2e

package e2e

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// comparison is two samples with prices and a real hospital without.
const comparison = "/compare?h=hooghly-view-hospital-kolkata&h=marigold-shore-hospital-chennai&h=medanta-the-medicity-gurugram&treatment=total-knee-replacement"

// From the results to a comparison, to a shortlist with a note, and to a code that opens a copy in another browser.
func TestAPatientComparesKeepsAndShares(t *testing.T) {
	for _, l := range []look{{1280, true}, {390, true}, {320, true}, {1280, false}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 4*time.Minute)
			r.open(t, siteURL(t)+"/hospitals?treatment=total-knee-replacement&sort=price")
			r.choose(t)
			r.compareThem(t)
			r.keep(t)
			path := r.share(t)
			other := tab(t, l, time.Minute)
			if status := other.open(t, siteURL(t)+path); status != 200 {
				t.Fatalf("the copy answers %d", status)
			}
			other.wants(t, "the copy without the note", `document.querySelectorAll('main article').length === 1 && !document.documentElement.outerHTML.includes('sister')`)
			other.well(t, "copy")
			r.forget(t)
			if status := other.open(t, siteURL(t)+path); status != 404 {
				t.Errorf("a list that was cleared still answers %d", status)
			}
		})
	}
}

// choose takes the first two hospitals of the results, the second with the first kept.
func (r *recorder) choose(t *testing.T) {
	t.Helper()
	r.follow(t, `#results article a.cc-linkbtn[href*="compare="]`)
	r.wants(t, "one chosen", `document.querySelector('.cc-compare').innerText.startsWith('1 hospital chosen')`)
	r.follow(t, `#results li:nth-child(2) a.cc-linkbtn[href*="compare="]`)
	r.wants(t, "two chosen", `document.querySelector('.cc-compare').innerText.startsWith('2 hospitals chosen')`)
	r.wants(t, "the card in sight", `(y => y >= -5 && y < innerHeight)(document.querySelector('#results li:nth-child(2) h3').getBoundingClientRect().top)`)
	r.well(t, "chosen")
}

// compareThem opens the comparison, shows its prices alone, and removes one.
func (r *recorder) compareThem(t *testing.T) {
	t.Helper()
	r.follow(t, `.cc-compare a[href^="/compare?"]`)
	r.wants(t, "prices side by side", `document.querySelectorAll('.cc-compared > li').length === 2 && document.querySelector('.cc-comparison').innerText.includes('Lowest')`)
	r.well(t, "compare")
	must(t, chromedp.Do(r.ctx, chromedp.SendKeys(chromedp.CSS(`#compare-by`), "Price")))
	r.follow(t, `.cc-modelfilter button`)
	r.wants(t, "one group", `document.querySelectorAll('.cc-comparison section').length === 1`)
}

// keep puts the first hospital on the shortlist and writes a note.
func (r *recorder) keep(t *testing.T) {
	t.Helper()
	r.follow(t, `.cc-compared form button`)
	r.wants(t, "the shortlist", `location.pathname === '/shortlist' && document.querySelectorAll('main article').length === 1`)
	r.typed(t, `main textarea`, "Ask my sister")
	r.follow(t, `.cc-note-form button`)
	r.wants(t, "the note", `document.querySelector('main textarea').value === 'Ask my sister'`)
	r.well(t, "shortlist")
}

// share makes a code and gives the path of its copy.
func (r *recorder) share(t *testing.T) string {
	t.Helper()
	r.follow(t, `button[name=share]`)
	r.wants(t, "a code", `/^CC-[2-9A-Z]{4}-[2-9A-Z]{2}$/.test(document.querySelector('#share ~ p b').innerText)`)
	r.well(t, "shared")
	return eval[string](t, r, `document.querySelector('a[href^="/shortlist/shared/CC-"]').getAttribute('href')`)
}

// forget clears the list, which asks first.
func (r *recorder) forget(t *testing.T) {
	t.Helper()
	r.follow(t, `main a[href="/shortlist/clear"]`)
	r.well(t, "clear")
	r.follow(t, `main form button`)
	r.wants(t, "an empty list", `location.pathname === '/shortlist' && document.querySelectorAll('main article').length === 0`)
}

// well wants nothing wrong with the page that is open.
func (r *recorder) well(t *testing.T, what string) {
	t.Helper()
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		t.Errorf("%s at %s: %s", what, r.look, p)
	}
	shoot(t, r, "http://site/compare-"+what)
	r.scripts(t, r.look.scripts)
}

func TestAShortlistIsKeptByKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 2*time.Minute)
	r.open(t, siteURL(t)+comparison)
	r.tabTo(t, `!!document.activeElement.closest('.cc-compared form')`)
	r.press(t, kb.Enter)
	r.wants(t, "the shortlist", `location.pathname === '/shortlist' && document.querySelectorAll('main article').length === 1`)
	r.tabTo(t, `document.activeElement.tagName === 'TEXTAREA'`)
	r.press(t, "By keyboard")
	r.press(t, kb.Tab)
	r.press(t, kb.Enter)
	r.wants(t, "the note", `document.querySelector('main textarea')?.value === 'By keyboard' && location.search.includes('done=noted')`)
	r.quiet(t)
}

// box is the size of a page of a PDF in points.
var box = regexp.MustCompile(`/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)`)

// maxComparisonSheets holds every group of three hospitals.
const maxComparisonSheets = 6

func TestAComparisonPrintsLandscape(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, siteURL(t)+comparison)
	pdf, err := chromedp.Run(r.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	must(t, err)
	found := box.FindAllSubmatch(pdf, -1)
	if len(found) == 0 || len(found) > maxComparisonSheets {
		t.Errorf("prints on %d sheets", len(found))
	}
	for _, m := range found {
		w, _ := strconv.ParseFloat(string(m[1]), 64)
		h, _ := strconv.ParseFloat(string(m[2]), 64)
		if w <= h {
			t.Errorf("a sheet of %.0f by %.0f points", w, h)
		}
	}
}
