//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// drafted begins a referral and fills in the pages named.
func (r *recorder) drafted(t *testing.T, number string, pages ...string) string {
	t.Helper()
	r.open(t, siteURL(t)+"/refer/new")
	r.press1(t, "Start")
	code := r.reference(t)
	for _, page := range pages {
		r.open(t, siteURL(t)+"/refer/"+code+"/"+page)
		r.answer(t, referAnswers(number)[page])
		r.goesOn(t)
		r.wants(t, "the page after "+page, fmt.Sprintf(`!document.querySelector('.cc-error-summary') && !location.pathname.endsWith(%q)`, "/"+page))
	}
	return code
}

// formSteps are the pages of the form in their order.
var formSteps = []string{"patient", "consent", "pathway", "clinical", "medicines", "travel"}

func TestADoubleClickAndTheBackButtonSendAReferralOnce(t *testing.T) {
	r := tab(t, looks[0], 10*time.Minute)
	r.canSign(t)
	r.atPractice(t, "Dr Tom Ashworth")
	code := r.drafted(t, "999 000 0379", formSteps...)
	r.open(t, siteURL(t)+"/refer/"+code+"/hospitals")
	r.press1(t, "Add")
	r.open(t, siteURL(t)+"/refer/"+code+"/check")
	r.answer(t, []referAnswer{{"statement", "yes"}, {"how", "link"}})
	eval[bool](t, r, `(() => { const b = [...document.querySelectorAll('main button')].find(b => b.innerText.startsWith('Confirm and send')); b.click(); b.click(); return true })()`)
	r.wants(t, "the confirmation", `document.querySelector('.cc-done__code')?.innerText === '`+code+`'`)
	r.back(t)
	r.wants(t, "the page before", `location.pathname.endsWith('/check') && document.readyState === 'complete'`)
	if eval[bool](t, r, `[...document.querySelectorAll('main button')].some(b => b.innerText.startsWith('Confirm and send'))`) { // as the browser kept it
		r.answer(t, []referAnswer{{"statement", "yes"}, {"how", "link"}})
		eval[bool](t, r, `(() => { [...document.querySelectorAll('main button')].find(b => b.innerText.startsWith('Confirm and send')).click(); return true })()`)
		r.wants(t, "the same confirmation", `document.querySelector('.cc-done__code')?.innerText === '`+code+`'`)
	}
	r.open(t, siteURL(t)+"/refer/"+code+"/timeline")
	if n := eval[int](t, r, `[...document.querySelectorAll('.cc-history b')].filter(b => b.innerText === 'Signed by the named clinician').length`); n != 1 {
		t.Errorf("signed %d times", n)
	}
}

func TestTwoTabsOfOnePageMeetInABrowser(t *testing.T) {
	for _, l := range []look{{1280, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 5*time.Minute)
			r.atPractice(t, "Dr Tom Ashworth")
			code := r.drafted(t, "999 000 0387", "pathway")
			at := siteURL(t) + "/refer/" + code + "/pathway"
			r.open(t, at)
			// The other tab: the same form, sent from there.
			sent := eval[int](t, r, `(async () => { const f = new FormData(document.querySelector('main form')); f.set('funding', 'charity'); f.set('do', 'save');
				return (await fetch(location.pathname, {method: 'POST', body: new URLSearchParams(f)})).status })()`)
			if sent != 200 {
				t.Fatalf("the other tab: status %d", sent)
			}
			r.answer(t, []referAnswer{{"funding", "employer"}})
			r.goesOn(t)
			r.wants(t, "both versions", `document.querySelector('h1').innerText === 'Somebody else changed this' && document.querySelector('main').innerText.includes('A charity') && document.querySelector('main').innerText.includes('An employer')`)
			r.standsRefused(t)
			r.press1(t, "Save what I wrote")
			r.open(t, at)
			r.wants(t, "what was typed here", `document.querySelector('main [name=funding]:checked').value === 'employer'`)
		})
	}
}

func TestStopPagesAndQuestionsAskedOnceStand(t *testing.T) {
	for _, l := range []look{{1280, true}, {320, false}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 8*time.Minute)
			r.atPractice(t, "Dr Tom Ashworth")
			code := r.drafted(t, "999 000 0395")
			for _, c := range []struct {
				page, heading string
				change        referAnswer
			}{
				{"pathway", "Suspected cancer and urgent care stay with the NHS", referAnswer{"kind", "urgent"}},
				{"pathway", "The NHS does not pay for treatment in India", referAnswer{"kind", "nhs_funded"}},
				{"consent", "We need to speak to you first", referAnswer{"capacity", "no"}},
				{"clinical", "This may be an emergency", referAnswer{"problem", "Crushing chest pain now"}},
				{"clinical", "We do not arrange this treatment", referAnswer{"problem", "He wants to buy a kidney from a donor"}},
				{"clinical", "Check before you save", referAnswer{"height_cm", "100"}},
			} {
				r.open(t, siteURL(t)+"/refer/"+code+"/"+c.page)
				r.answer(t, append(referAnswers("")[c.page], c.change))
				r.goesOn(t)
				r.wants(t, c.heading, fmt.Sprintf(`document.querySelector('h1').innerText.startsWith(%q)`, c.heading))
				r.standsRefused(t)
			}
		})
	}
}

func TestAPracticeAdministratorWritesForANamedClinicianInABrowser(t *testing.T) {
	r := tab(t, look{390, true}, 8*time.Minute)
	r.atPractice(t, "Grace Okafor")
	r.open(t, siteURL(t)+"/refer/new")
	r.stands(t)
	r.press1(t, "Start")
	r.wants(t, "what is missing", `document.querySelector('.cc-error-summary')?.innerText.includes('Select the clinician who will sign')`)
	r.standsRefused(t)
	eval[bool](t, r, `(() => { const s = document.querySelector('select[name=clinician]'); s.value = [...s.options].find(o => o.text.startsWith('Dr Tom Ashworth')).value; return true })()`)
	r.press1(t, "Start")
	code := r.reference(t)
	r.open(t, siteURL(t)+"/refer/"+code)
	r.wants(t, "the named clinician", `document.querySelector('main').innerText.includes('Named clinician, who signs: Dr Tom Ashworth')`)
	for _, page := range []string{"", "/clinician", "/check", "/end", "/attachments", "/hospitals"} {
		r.open(t, siteURL(t)+"/refer/"+code+page)
		r.stands(t)
	}
	r.open(t, siteURL(t)+"/refer/"+code+"/check")
	r.wants(t, "who signs", `document.querySelector('main').innerText.includes('Only the named clinician can sign')`)
}

// standsRefused is stands for a page that answers a form: it says no, and is drawn as well as any.
func (r *recorder) standsRefused(t *testing.T) {
	t.Helper()
	for _, p := range withoutBudget(r.inspect(t, pageRules)) {
		if !strings.Contains(p, "status of 4") {
			t.Errorf("%s at %s: %s", eval[string](t, r, `location.pathname`), r.look, p)
		}
	}
	r.scripts(t, r.look.scripts)
}
