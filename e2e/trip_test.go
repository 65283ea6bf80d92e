//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The way of a patient who wants to know what a trip costs: for a real hospital without a price and for a sample
// hospital with one, everything in place and with scripts off, on a wide screen and on a telephone.
func TestAPatientWorksOutTheCostOfATrip(t *testing.T) {
	for _, l := range []look{{1280, true}, {390, true}, {1280, false}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 3*time.Minute)
			r.open(t, siteURL(t)+"/treatments/total-knee-replacement")
			r.follow(t, `main a[href^="/trip-cost?treatment=total-knee-replacement"]`)
			r.asks(t, "hospital")
			must(t, chromedp.Do(r.ctx, chromedp.SetValue(chromedp.CSS(`main select[name=hub]`), "chennai")))
			r.follow(t, `main form button`)
			r.picks(t, "from", "MAN")
			r.picks(t, "people", "2")
			r.nights(t)
			r.picks(t, "room", "3-star")
			r.asks(t, "month")
			r.follow(t, `main a[href*="month=unknown"]`)
			r.picks(t, "insurance", "unknown")
			r.wants(t, "a total", `location.pathname === '/trip-cost/result' && document.querySelectorAll('.cc-stat').length === 3`)
			r.wants(t, "an unknown line", `document.querySelector('main table').innerText.includes('Not known, ask')`)
			r.changes(t)
			r.quiet(t)
		})
	}
}

// asks wants the question of a step to be open.
func (r *recorder) asks(t *testing.T, step string) {
	t.Helper()
	r.wants(t, "the question "+step, `document.readyState === 'complete' && document.querySelector('main form input[name=asked]')?.value === '`+step+`'`)
}

// picks chooses one of a list and goes on.
func (r *recorder) picks(t *testing.T, step, value string) {
	t.Helper()
	r.asks(t, step)
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(`main input[name="`+step+`"][value="`+value+`"]`))))
	r.follow(t, `main form button`)
}

// nights gives a wrong answer first: it is kept and said, and the right one leads on.
func (r *recorder) nights(t *testing.T) {
	t.Helper()
	r.asks(t, "nights")
	r.wants(t, "the sourced stay filled in", `document.querySelector('#nights').value === '14 to 20'`)
	must(t, chromedp.Do(r.ctx, chromedp.SetValue(chromedp.CSS(`#nights`), "a few")))
	r.follow(t, `main form button`)
	r.wants(t, "the wrong answer kept", `document.title.startsWith('Error:') && document.querySelector('#nights').value === 'a few'`)
	must(t, chromedp.Do(r.ctx, chromedp.SetValue(chromedp.CSS(`#nights`), "14")))
	r.follow(t, `main form button`)
}

// changes takes one answer back, gives another and comes to another total; the back button undoes it.
func (r *recorder) changes(t *testing.T) {
	t.Helper()
	const total = `[...document.querySelectorAll('.cc-stat__v')].map(e => e.innerText).join()`
	before := eval[string](t, r, total)
	r.follow(t, `main aside a[href*="step=people"]`)
	r.picks(t, "people", "4")
	r.wants(t, "another total", `document.querySelectorAll('.cc-stat').length === 3 && `+total+` !== '`+before+`'`)
	r.back(t)
	r.asks(t, "people")
	r.back(t)
	r.wants(t, "the first total again", total+` === '`+before+`'`)
}

// back is the browser's back button; a page it kept whole is shown again without loading.
func (r *recorder) back(t *testing.T) {
	t.Helper()
	eval[chromedp.Void](t, r, `history.back()`)
}

func TestASuggestedTreatmentLeadsToTheNextQuestion(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[2], time.Minute)
	r.open(t, siteURL(t)+"/trip-cost?people=3")
	r.typed(t, `main input[name=q]`, "knee repl")
	r.wants(t, "suggestions", `document.querySelectorAll('[role=listbox] [role=option]').length > 0`)
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		t.Errorf("with suggestions open: %s", p)
	}
	r.follow(t, `[role=listbox] a[href*="treatment=total-knee-replacement"]`)
	r.asks(t, "hospital")
	r.wants(t, "the other answer kept", `location.search.includes('people=3')`)
	r.quiet(t)
}

// resultPages are itemised results in their states: a range, a package with cautions, next to nothing known.
var resultPages = []string{
	"/trip-cost/result?treatment=total-knee-replacement&hub=chennai&from=MAN&people=2&nights=unknown&room=unknown&month=unknown&insurance=unknown",
	"/trip-cost/result?treatment=total-knee-replacement&hospital=marigold-shore-hospital-chennai&from=LHR&people=4&nights=90&room=4-5-star&month=2028-03&insurance=no",
	"/trip-cost/result?treatment=unknown&hub=unknown",
}

func TestTheCostOfATripPrintsOnTwoSheets(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	for _, path := range resultPages {
		r.open(t, siteURL(t)+path)
		if n := r.printed(t); n < 1 || n > 2 {
			t.Errorf("%s prints on %d sheets", path, n)
		}
	}
}

func TestTripPagesAreSoundAtEveryWidth(t *testing.T) {
	visits := append([]string{
		"/trip-cost", "/trip-cost?asked=treatment&q=heart", "/trip-cost?asked=treatment&q=zzqq", "/trip-cost?treatment=kidney-transplant",
		"/trip-cost?treatment=total-knee-replacement", "/trip-cost?treatment=total-knee-replacement&asked=hospital&name=apollo",
		"/trip-cost?treatment=total-knee-replacement&hub=chennai", "/trip-cost?treatment=total-knee-replacement&hub=chennai&from=MAN&people=2&asked=nights&nights=abc",
		"/trip-cost?treatment=cabg&step=month", "/trip-cost?treatment=cabg&step=room", "/trip-cost?treatment=cabg&asked=insurance",
	}, resultPages...)
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 5*time.Minute)
			for _, path := range visits {
				r.check(t, siteURL(t)+path, 200)
			}
		})
	}
}
