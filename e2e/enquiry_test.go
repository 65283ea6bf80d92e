//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Invented hospitals that the journeys ask.
const (
	asked    = "marigold-shore-hospital-chennai"
	askedToo = "hooghly-view-hospital-kolkata"
)

// From the home page to an accepted quote, both sides, on a wide screen and on the narrowest, with scripts on and off.
func TestAPatientAsksComparesAndAccepts(t *testing.T) {
	for _, l := range []look{{1280, true}, {1280, false}, {390, false}, {320, true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 6*time.Minute)
			r.fromHomeToForm(t)
			r.throughTheForm(t)
			sent := eval[string](t, r, `location.href`)
			answers := eval[[]string](t, r, `[...document.querySelectorAll('.cc-demo a')].map(a => a.href)`)
			if len(answers) != 2 {
				t.Fatalf("%d answer links at %s", len(answers), sent)
			}
			r.stands(t)
			mine := eval[string](t, r, `[...document.querySelectorAll('main a.cc-btn')].find(a => a.textContent.includes('See your enquiry')).href`)
			for _, answer := range answers {
				r.answers(t, answer)
			}
			r.open(t, mine)
			r.stands(t)
			r.followWords(t, "Compare 2 quotes")
			r.stands(t)
			r.open(t, mine)
			r.followWords(t, "Read the quote")
			r.stands(t)
			if n := r.printed(t); n < 1 || n > 2 {
				t.Errorf("the quote prints on %d sheets", n)
			}
			r.followWords(t, "Accept the quote")
			r.stands(t)
			r.press1(t, "Accept this quote")
			r.wants(t, "the quote accepted", `document.querySelector('main').textContent.includes('Quote accepted')`)
			r.stands(t)
		})
	}
}

func (r *recorder) fromHomeToForm(t *testing.T) {
	t.Helper()
	r.open(t, siteURL(t)+"/")
	r.typed(t, `main form[role=search] input[name=q]`, "knee replacement chennai")
	r.follow(t, `main form[role=search] button`)
	r.wants(t, "a way to ask", `!!document.querySelector('#results a[href^="/enquiry/start"]')`)
	r.open(t, siteURL(t)+"/enquiry/start?h="+asked+"&h="+askedToo+"&treatment=total-knee-replacement")
	r.stands(t)
	r.press1(t, "Start now")
	r.stands(t)
}

// throughTheForm answers every step and sends.
func (r *recorder) throughTheForm(t *testing.T) {
	t.Helper()
	r.throughTheFormAs(t, "asha@example.org")
}

func (r *recorder) throughTheFormAs(t *testing.T, email string) {
	t.Helper()
	r.typed(t, `#q`, "hospital chennai")
	r.press1(t, "Search")
	r.wants(t, "hospitals found", `document.querySelectorAll('main button[name=add]').length > 0`)
	r.stands(t)
	r.press1(t, "Continue")
	r.wants(t, "the treatment carried along", `document.querySelector('#treatment').value === 'total-knee-replacement'`)
	r.typed(t, `#problem`, "Worn right knee since 2023.")
	r.savedStep(t)
	r.clicked(t, `input[name=doctor][value=yes]`)
	r.savedStep(t)
	r.savedStep(t) // nothing filled in: refused, with the focus on the summary
	r.wants(t, "an error summary", `document.title.startsWith('Error: ') && !!document.querySelector('.cc-error-summary')`)
	if r.look.scripts {
		r.wants(t, "focus on the summary", `document.activeElement.matches('[data-error-summary]')`)
	}
	r.stands(t)
	r.clicked(t, `#open`)
	r.savedStep(t)
	r.clicked(t, `input[name=for][value=self]`)
	r.clicked(t, `input[name=companions][value="1"]`)
	r.savedStep(t)
	r.typed(t, `#name`, "Asha Patel")
	r.typed(t, `#email`, email)
	r.clicked(t, `input[name=by][value=email]`)
	r.savedStep(t)
	r.stands(t)
	r.press1(t, "Continue without records")
	for i := range eval[int](t, r, `document.querySelectorAll('input[name=send]').length`) {
		r.clicked(t, fmt.Sprintf(`#send%s`, map[int]string{0: "", 1: "-2", 2: "-3"}[i]))
	}
	r.stands(t)
	r.savedStep(t)
	r.stands(t)
	r.press1(t, "Send my enquiry")
	r.wants(t, "a code", `/^CC-[2-9A-Z]{4}-[2-9A-Z]{2}$/.test(document.querySelector('.cc-done__code').textContent.trim())`)
}

// answers is the hospital: opens, quotes, and gives.
func (r *recorder) answers(t *testing.T, address string) {
	t.Helper()
	r.open(t, address)
	r.stands(t)
	r.press1(t, "Open the request")
	r.stands(t)
	r.followWords(t, "Give a quote")
	r.typed(t, `#row-0-label`, "Surgeon, theatre, implant and 5 nights")
	r.typed(t, `#row-0-amount`, "4,50,000")
	r.typed(t, `#total`, "4,00,000")
	year := eval[int](t, r, `new Date().getFullYear() + 1`)
	for field, text := range map[string]string{"valid_until": "1", "valid_until-month": "3", "valid_until-year": fmt.Sprint(year), "complications_text": "In our hospital.", "refund": "All of it.", "excludes": "Flights.",
		"assessed_at": "By video", "assessed_when": "Within 2 weeks", "by_name": "Dr Invented", "by_role": "Surgeon"} {
		r.typed(t, `[id="`+field+`"]`, text)
	}
	r.clicked(t, `input[name=complications][value=included_30d]`)
	r.clicked(t, `#no_commission`)
	r.press1(t, "Preview the quote")
	r.wants(t, "the wrong total refused", `!!document.querySelector('.cc-error-summary a[href="#total"]')`)
	r.stands(t)
	eval[chromedp.Void](t, r, `document.querySelector('#total').value = ''`)
	r.typed(t, `#total`, "4,50,000")
	r.press1(t, "Preview the quote")
	r.stands(t)
	r.press1(t, "Give this quote to the patient")
	r.wants(t, "the quote given", `document.querySelector('main').textContent.includes('Version 1')`)
}

// The whole form with no pointer: Tab, Space, letters and Enter alone.
func TestAnEnquiryIsWrittenWithTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	r := tab(t, looks[0], 4*time.Minute)
	r.open(t, siteURL(t)+"/enquiry/start?h="+asked)
	button := func(words string) {
		r.tabTo(t, fmt.Sprintf(`document.activeElement.matches('main button') && document.activeElement.innerText.startsWith(%q)`, words))
		before := eval[string](t, r, `location.href`)
		r.press(t, kb.Enter)
		r.wants(t, "another page after "+words, fmt.Sprintf(`location.href !== %q && document.readyState === 'complete'`, before))
	}
	field := func(id, text string) {
		r.tabTo(t, fmt.Sprintf(`document.activeElement.id === %q`, id))
		r.press(t, text)
	}
	button("Start now")
	button("Continue")
	field("problem", "Worn knee")
	button("Save")
	field("doctor", " ")
	button("Save")
	field("open", " ")
	button("Save")
	field("for", " ")
	field("companions", " ")
	button("Save")
	field("name", "Asha")
	field("email", "asha@example.org")
	field("by", " ")
	button("Save")
	button("Continue")
	field("send", " ")
	button("Save")
	button("Send my enquiry")
	r.wants(t, "a code", `!!document.querySelector('.cc-done__code')`)
}

// stands looks at the page as the walk does; a page that was refused says so in the console, which is no fault.
func (r *recorder) stands(t *testing.T) {
	t.Helper()
	where := eval[string](t, r, `location.pathname`)
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		if !strings.Contains(p, "status of 422") {
			t.Errorf("%s at %s: %s", where, r.look, p)
		}
	}
	shoot(t, r, "http://"+"enquiry"+where)
	r.scripts(t, r.look.scripts)
}

// savedStep presses the button that every step has.
func (r *recorder) savedStep(t *testing.T) { t.Helper(); r.press1(t, "Save and continue") }

// press1 presses the button with these words and waits for the page it leads to.
func (r *recorder) press1(t *testing.T, words string) {
	t.Helper()
	r.mark(t, `main button`, words)
	r.leave(t)
}

// followWords follows the link that begins with these words.
func (r *recorder) followWords(t *testing.T, words string) {
	t.Helper()
	r.mark(t, `main a`, words)
	r.leave(t)
}

// mark names the first element with the words, so that it can be clicked as a person would.
func (r *recorder) mark(t *testing.T, css, words string) {
	t.Helper()
	found := eval[bool](t, r, fmt.Sprintf(`(() => { document.querySelectorAll('[data-next]').forEach(e => e.removeAttribute('data-next'));
		const e = [...document.querySelectorAll(%q)].find(e => e.innerText.trim().startsWith(%q)); if (e) e.dataset.next = ''; return !!e; })()`, css, words))
	if !found {
		t.Fatalf("%s has no %s %q", eval[string](t, r, `location.href`), css, words)
	}
}

// leave clicks what was marked and waits for a page, whatever its status.
func (r *recorder) leave(t *testing.T) {
	t.Helper()
	if _, err := chromedp.RunResponse(r.ctx, chromedp.Click(chromedp.CSS(`[data-next]`))); err != nil {
		t.Fatal(err)
	}
}

// withoutCookies makes the browser forget all of them.
func (r *recorder) withoutCookies(t *testing.T) {
	t.Helper()
	_, err := chromedp.Call(r.ctx, network.ClearBrowserCookies, cdp.Empty{})
	must(t, err)
}

func (r *recorder) clicked(t *testing.T, css string) {
	t.Helper()
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(css))))
}
