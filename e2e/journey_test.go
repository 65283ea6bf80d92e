//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The way of a patient who types a treatment and ends at its page, with everything in place and with
// scripts off, on a wide screen and on a telephone.
func TestAPatientFindsAHospitalAndItsTreatment(t *testing.T) {
	for _, l := range []look{{1280, true}, {390, true}, {1280, false}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 3*time.Minute)
			r.open(t, siteURL(t)+"/")
			r.typed(t, `main form[role=search] input[name=q]`, "knee replacement under £9,000")
			r.follow(t, `main form[role=search] button`)
			r.wants(t, "results", `location.pathname === '/hospitals' && document.querySelectorAll('#results article').length > 0`)
			r.wants(t, "the question understood", `document.querySelectorAll('#results .cc-chips a').length > 0`)
			filterByNABH(t, r)
			removeAChip(t, r)
			r.follow(t, `#results article h3 a`)
			r.wants(t, "a profile", `/^\/hospitals\/[a-z0-9-]+$/.test(location.pathname) && !!document.querySelector('main h1')`)
			r.open(t, siteURL(t)+"/treatments/total-knee-replacement")
			r.wants(t, "figures", `document.querySelectorAll('main figure svg[role=img]').length >= 2`)
			r.follow(t, `main a[href^="/hospitals?"][href*="treatment=total-knee-replacement"]`)
			r.wants(t, "results for the treatment", `location.search.includes('treatment=total-knee-replacement')`)
			r.quiet(t)
		})
	}
}

// filterByNABH ticks a certificate; with scripts the results follow at once, without them the button sends the form.
func filterByNABH(t *testing.T, r *recorder) {
	t.Helper()
	if !eval[bool](t, r, `document.querySelector('#filters input[name=accreditation]').checkVisibility()`) {
		must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(`#filters details > summary`))))
	}
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(`#filters input[name=accreditation][value=NABH]`))))
	if !r.look.scripts {
		r.follow(t, `#filters button[type=submit]`)
	}
	r.wants(t, "the filter in the address", `new URLSearchParams(location.search).getAll('accreditation').includes('NABH')`)
	r.wants(t, "results after the filter", `document.querySelectorAll('#results article').length > 0`)
}

// removeAChip takes one condition away and wants one chip fewer.
func removeAChip(t *testing.T, r *recorder) {
	t.Helper()
	const chips = `document.querySelectorAll('#results .cc-chips a').length`
	before := eval[int](t, r, chips)
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(`#results .cc-chips a`))))
	r.wants(t, "one chip fewer", fmt.Sprintf(`document.readyState === 'complete' && %s < %d`, chips, before))
}

func TestASuggestionLeadsOn(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], time.Minute)
	r.open(t, siteURL(t)+"/")
	r.typed(t, `main form[role=search] input[name=q]`, "knee rep")
	r.wants(t, "suggestions", `document.querySelectorAll('[role=listbox] [role=option]').length > 0`)
	r.wants(t, "an open combobox", `document.activeElement.getAttribute('aria-expanded') === 'true'`)
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		t.Errorf("with suggestions open: %s", p)
	}
	r.press(t, kb.ArrowDown)
	r.wants(t, "an active suggestion", `document.querySelector('[role=option][aria-selected=true]')?.id === document.activeElement.getAttribute('aria-activedescendant')`)
	r.press(t, kb.Escape)
	r.wants(t, "a closed list", `document.activeElement.getAttribute('aria-expanded') === 'false'`)
	r.press(t, "l")
	r.wants(t, "an open list again", `document.activeElement.getAttribute('aria-expanded') === 'true'`)
	r.press(t, kb.ArrowDown)
	r.press(t, kb.Enter)
	r.wants(t, "the page of the suggestion", `location.pathname !== '/' && document.readyState === 'complete'`)
	r.quiet(t)
}

// typed fills a field as a person would, letter by letter.
func (r *recorder) typed(t *testing.T, field, text string) {
	t.Helper()
	must(t, chromedp.Do(r.ctx, chromedp.SendKeys(chromedp.CSS(field), text)))
}

// follow clicks something that leads to another page and waits for that page.
func (r *recorder) follow(t *testing.T, css string) {
	t.Helper()
	answer, err := chromedp.RunResponse(r.ctx, chromedp.Click(chromedp.CSS(css)))
	if err != nil || answer == nil || answer.Status != 200 {
		t.Fatalf("follow %s: %v %+v", css, err, answer)
	}
}

func (r *recorder) press(t *testing.T, keys string) {
	t.Helper()
	must(t, chromedp.Do(r.ctx, chromedp.KeyEvent(keys)))
}

// wants waits up to ten seconds until the condition holds in the page.
func (r *recorder) wants(t *testing.T, what, condition string) {
	t.Helper()
	for range 100 {
		// A page on its way out answers with an error: asked again, the new page answers.
		if ok, err := chromedp.Run(r.ctx, chromedp.Evaluate[bool](`!!(`+condition+`)`)); err == nil && ok {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	at, _ := chromedp.Run(r.ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.querySelector('main') || document.body).innerText.replace(/\s+/g, " ").slice(0, 300)`))
	t.Fatalf("no %s at %s", what, at)
}

// quiet wants that nothing was said in the console on the whole way.
func (r *recorder) quiet(t *testing.T) {
	t.Helper()
	for _, p := range withoutBudget(r.problems()) {
		t.Error(p)
	}
}

// withoutBudget leaves out weight and requests, which are limits of the first view of a page alone.
func withoutBudget(problems []string) []string {
	return slices.DeleteFunc(problems, func(p string) bool {
		return strings.HasPrefix(p, "weight:") || strings.HasPrefix(p, "requests:")
	})
}
