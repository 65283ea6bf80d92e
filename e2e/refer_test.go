//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// referAnswer is one answer of the form: the name of its field, and what is typed or chosen. The order is that of the page.
type referAnswer struct{ name, value string }

// referAnswers is a complete referral about somebody invented, page by page.
func referAnswers(number string) map[string][]referAnswer {
	year := fmt.Sprint(time.Now().Year() + 1)
	return map[string][]referAnswer{
		"patient": {{"nhs_number", number}, {"title", "Mrs"}, {"given", "Meena"}, {"family", "Sample"}, {"born-day", "14"}, {"born-month", "5"}, {"born-year", "1958"}, {"sex", "female"}, {"address", "1 Sample Street, Leicester"}, {"postcode", "LE1 6HX"},
			{"email", "meena@sample.example"}, {"phone", "07700 900123"}, {"gp_code", "V81999"}, {"gp_share", "share_all"}, {"interpreter", "no"}, {"safeguarding", "none"}},
		"consent": {{"capacity", "yes"}, {"contact_checked", "yes"}},
		"pathway": {{"kind", "self_funded"}, {"priority", "routine"}, {"funding", "self_pay"}, {"nhs_wait", "waiting"}, {"conflict", "none"}},
		"clinical": {{"treatment", "total-knee-replacement"}, {"condition.text", "Osteoarthritis of the right knee"}, {"diagnosis", "confirmed"}, {"problem", "Pain in the right knee for 4 years"}, {"question", "Is a replacement right?"}, {"history", "Worse on stairs; tablets and exercise tried"},
			{"examination", "Crepitus, bends to 95 degrees"}, {"investigations", "X-ray in 2026: loss of joint space"}, {"no_other_conditions", "yes"}, {"height_cm", "165"}, {"weight_kg", "72"}, {"smoking", "never"}, {"alcohol", "none"}, {"pregnant", "not_applicable"}},
		"medicines": {{"medicines.0.drug", "Paracetamol"}, {"medicines.0.dose", "1 g"}, {"medicines.0.frequency", "4 times a day"}, {"no_known_allergies", "yes"}, {"no_operations", "yes"}, {"vte.is", "no"}, {"anticoagulants.is", "no"}, {"anaesthetic_problems.is", "no"},
			{"mrsa", "negative"}, {"cpe", "not_tested"}, {"c_auris", "not_tested"}, {"blood_borne", "not_known"}, {"overnight_abroad.is", "no"}, {"overnight_uk.is", "no"}, {"fit_to_fly", "yes"}, {"no_implants", "yes"}},
		"travel": {{"earliest-day", "1"}, {"earliest-month", "3"}, {"earliest-year", year}, {"latest-day", "30"}, {"latest-month", "6"}, {"latest-year", year}, {"companions", "1"}, {"by_phone", "no"}},
	}
}

// atPractice signs in as somebody of a sample practice, whoever was signed in before.
func (r *recorder) atPractice(t *testing.T, name string) {
	t.Helper()
	r.withoutCookies(t)
	r.open(t, siteURL(t)+"/sign-in")
	r.press1(t, name)
	r.open(t, siteURL(t)+"/refer/dashboard")
	r.wants(t, "the worklists", `document.querySelector('h1').innerText === 'My referrals'`)
}

// canSign makes sure that the sample referrer was found on the register, by the pages of both people.
func (r *recorder) canSign(t *testing.T) {
	t.Helper()
	r.atPractice(t, "Dr Tom Ashworth")
	r.open(t, siteURL(t)+"/refer/verification")
	if eval[bool](t, r, `document.querySelector('main').innerText.includes('You can sign and send')`) {
		return
	}
	r.fill(t, "number", "1234567")
	r.press1(t, "Ask for a check")
	r.withoutCookies(t)
	r.open(t, siteURL(t)+"/sign-in")
	r.press1(t, "Meera Shah")
	r.open(t, siteURL(t)+"/desk/referrers")
	r.stands(t)
	r.followWords(t, "Dr Tom Ashworth")
	r.stands(t)
	r.answer(t, []referAnswer{{"found", "yes"}, {"evidence", "The register's own page"}, {"practice", "yes"}, {"practice_evidence", "The ODS directory's own page"}})
	r.press1(t, "Record this check")
	r.wants(t, "the check in the list", `document.querySelector('main').innerText.includes('Checked')`)
}

// answer fills a form as it stands in the page.
func (r *recorder) answer(t *testing.T, answers []referAnswer) {
	t.Helper()
	for _, a := range answers {
		ok := eval[bool](t, r, fmt.Sprintf(`(() => { const all = [...document.querySelectorAll('main [name=%q]:not([type=hidden])')]; const e = all.find(e => e.value === %q && /radio|checkbox/.test(e.type)) ?? all[0];
			if (!e) return false; const fold = e.closest('details'); if (fold) fold.open = true; if (/radio|checkbox/.test(e.type)) { e.checked = e.value === %q; return e.checked } e.value = %q; return true })()`, a.name, a.value, a.value, a.value))
		if !ok {
			t.Fatalf("%s has no field %s that takes %q", eval[string](t, r, `location.pathname`), a.name, a.value)
		}
	}
}

// goesOn presses the button under the form; the one in front of it is for the Enter key alone.
func (r *recorder) goesOn(t *testing.T) {
	t.Helper()
	r.mark(t, `main button:not([aria-hidden])`, "Save and continue")
	r.leave(t)
}

// reference is that of the referral in the address.
func (r *recorder) reference(t *testing.T) string {
	t.Helper()
	return eval[string](t, r, `location.pathname.split('/')[2]`)
}

// Every page of a referral on the way from the first button to the confirmation, with scripts on and off, wide and narrow.
func TestAReferrerSendsAReferralAndEveryPageStands(t *testing.T) {
	for i, l := range []look{{1280, true}, {390, false}, {320, true}, {1280, false}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 15*time.Minute)
			r.canSign(t)
			r.atPractice(t, "Dr Tom Ashworth")
			r.stands(t)
			r.followWords(t, "Start a referral")
			r.stands(t)
			r.press1(t, "Start")
			code := r.reference(t)
			r.goesOn(t) // refused: the errors are looked at too
			r.stands(t)
			all := referAnswers([]string{"999 000 0301", "999 000 0328", "999 000 0336", "999 000 0344"}[i])
			for _, page := range []string{"patient", "consent", "pathway", "clinical", "medicines", "travel"} {
				r.open(t, siteURL(t)+"/refer/"+code+"/"+page)
				r.stands(t)
				r.answer(t, all[page])
				r.goesOn(t)
				r.wants(t, "the page after "+page, fmt.Sprintf(`!document.querySelector('.cc-error-summary') && !location.pathname.endsWith(%q)`, "/"+page))
			}
			r.documents(t, code)
			r.open(t, siteURL(t)+"/refer/"+code+"/hospitals")
			r.press1(t, "Add")
			r.wants(t, "a hospital", `document.querySelectorAll('#chosen li').length === 1`)
			r.stands(t)
			r.open(t, siteURL(t)+"/refer/"+code)
			r.stands(t)
			r.wants(t, "everything but the signature", `/You have completed (\d+) of \d+ sections/.test(document.querySelector('main').innerText)`)
			r.open(t, siteURL(t)+"/refer/"+code+"/check")
			r.stands(t)
			r.answer(t, []referAnswer{{"statement", "yes"}, {"how", "link"}})
			r.press1(t, "Confirm and send to 1 hospital")
			r.wants(t, "the confirmation", `document.querySelector('.cc-done__code')?.innerText === '`+code+`'`)
			r.stands(t)
			for _, page := range []string{"timeline", "end", "patient"} {
				r.open(t, siteURL(t)+"/refer/"+code+"/"+page)
				r.stands(t)
			}
		})
	}
}

// documents adds one and looks at the list.
func (r *recorder) documents(t *testing.T, code string) {
	t.Helper()
	letter := filepath.Join(t.TempDir(), "letter.pdf")
	must(t, os.WriteFile(letter, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), 0o600))
	r.open(t, siteURL(t)+"/refer/"+code+"/attachments")
	r.stands(t)
	must(t, chromedp.Do(r.ctx, chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{letter})))
	r.press1(t, "Add these documents")
	r.wants(t, "the document", `document.querySelector('#documents')?.innerText.includes('letter.pdf')`)
	r.stands(t)
}

// keyboard counts what somebody presses, decides and waits for.
type keyboard struct {
	*recorder
	strokes, decided, pages int
}

// estimate is the time of a practised user by the keystroke-level model of Card, Moran and Newell (1980): 0.28 s a key
// for an average typist, 1.35 s to make up one's mind before an answer or a button, 1 s for each page to come.
// docs/referral-keystrokes.md says what it leaves out.
func (k *keyboard) estimate() time.Duration {
	return time.Duration(k.strokes)*280*time.Millisecond + time.Duration(k.decided)*1350*time.Millisecond + time.Duration(k.pages)*time.Second
}

func (k *keyboard) key(t *testing.T, keys string) {
	t.Helper()
	k.press(t, keys)
	k.strokes++
}

// to presses Tab until a field has the focus.
func (k *keyboard) to(t *testing.T, condition string) {
	t.Helper()
	for range 3 * maxStops {
		if eval[bool](t, k.recorder, `!!(`+condition+`)`) {
			return
		}
		k.key(t, kb.Tab)
	}
	t.Fatalf("the Tab key never reaches %s at %s", condition, eval[string](t, k.recorder, `location.pathname`))
}

// enters gives one answer: types it, goes to it among radios with the arrow keys, ticks it, or picks it by its first letters.
func (k *keyboard) enters(t *testing.T, a referAnswer) {
	t.Helper()
	k.decided++
	k.to(t, fmt.Sprintf(`document.activeElement.name === %q`, a.name))
	switch eval[string](t, k.recorder, `document.activeElement.type`) {
	case "radio":
		k.key(t, " ")
		for range 8 {
			if eval[bool](t, k.recorder, fmt.Sprintf(`document.activeElement.value === %q && document.activeElement.checked`, a.value)) {
				return
			}
			k.key(t, kb.ArrowDown)
		}
		t.Fatalf("the arrow keys never reach %s %s", a.name, a.value)
	case "checkbox":
		k.key(t, " ")
	case "select-one":
		words := eval[string](t, k.recorder, fmt.Sprintf(`[...document.activeElement.options].find(o => o.value === %q).text`, a.value))
		for _, letter := range strings.Split(words, "") {
			k.key(t, letter)
			if eval[bool](t, k.recorder, fmt.Sprintf(`document.activeElement.value === %q`, a.value)) {
				return
			}
		}
	default:
		k.press(t, a.value)
		k.strokes += len(a.value)
	}
}

// past skips what every page begins with, by the first link of the page.
func (k *keyboard) past(t *testing.T) {
	t.Helper()
	k.pages++
	k.key(t, kb.Tab)
	k.key(t, kb.Enter)
}

// goes presses Enter on what it has come to.
func (k *keyboard) goes(t *testing.T) {
	t.Helper()
	k.decided++
	k.key(t, kb.Enter)
}

// enough is how long a practised user may need.
const enough = 8 * time.Minute

func TestAPractisedReferrerSendsACompleteReferralByKeyboardAlone(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		l := look{1280, scripts}
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 15*time.Minute)
			r.canSign(t)
			r.atPractice(t, "Dr Tom Ashworth")
			k := &keyboard{recorder: r}
			began := time.Now()
			k.to(t, `document.activeElement.innerText === 'Start a referral' && document.activeElement.closest('main')`)
			k.goes(t)
			at := func(end string) {
				t.Helper()
				r.wants(t, end, fmt.Sprintf(`location.pathname.endsWith(%q) && document.readyState === 'complete'`, end))
				k.past(t)
			}
			at("/refer/new")
			k.to(t, `document.activeElement.innerText === 'Start'`)
			k.goes(t)
			all := referAnswers(map[bool]string{true: "999 000 0352", false: "999 000 0360"}[scripts])
			for _, page := range []string{"patient", "consent", "pathway", "clinical", "medicines"} {
				at("/" + page)
				for _, a := range all[page] {
					k.enters(t, a)
				}
				k.to(t, `document.activeElement.innerText === 'Save and continue' && document.activeElement.tabIndex === 0`)
				k.goes(t)
			}
			at("/attachments") // there are none
			k.to(t, `document.activeElement.innerText === 'Continue'`)
			k.goes(t)
			at("/hospitals")
			k.to(t, `document.activeElement.name === 'add'`)
			k.goes(t)
			r.wants(t, "a hospital", `document.querySelectorAll('#chosen li').length === 1 && document.readyState === 'complete'`)
			k.to(t, `document.activeElement.innerText === 'Continue'`)
			k.goes(t)
			at("/travel")
			for _, a := range all["travel"] {
				k.enters(t, a)
			}
			k.to(t, `document.activeElement.innerText === 'Save and continue' && document.activeElement.tabIndex === 0`)
			k.goes(t)
			at("/check")
			k.enters(t, referAnswer{"statement", "yes"})
			k.enters(t, referAnswer{"how", "link"})
			k.to(t, `document.activeElement.innerText.startsWith('Confirm and send')`)
			k.goes(t)
			r.wants(t, "the confirmation", `!!document.querySelector('.cc-done__code')`)
			t.Logf("%s: %d keys, %d decisions, %d pages, estimated %s; %s in this browser", l, k.strokes, k.decided, k.pages, k.estimate().Round(time.Second), time.Since(began).Round(time.Second))
			if k.estimate() > enough {
				t.Errorf("estimated %s, more than %s", k.estimate(), enough)
			}
		})
	}
}

// Everything that can have the focus on the longest page can be seen, and shows that it has it.
func TestTheKeyboardShowsWhereItIsOnAReferral(t *testing.T) {
	r := tab(t, looks[0], 3*time.Minute)
	r.atPractice(t, "Dr Tom Ashworth")
	for _, path := range []string{"/refer", "/refer/dashboard", "/refer/new", "/refer/verification"} {
		r.open(t, siteURL(t)+path)
		for _, s := range r.tabThrough(t) {
			if !s.Seen || !s.Marked || s.Name == "" {
				t.Errorf("%s: stop %+v: must be seen, marked and named", path, s)
			}
		}
	}
}
