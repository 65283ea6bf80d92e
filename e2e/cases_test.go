//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
)

const oneDay = 24 * time.Hour

// One referral from the first line to its end, each person in turn, on PostgreSQL, with a clock that goes on for months.
func TestAReferralFromDraftToClosedWithEachPersonInTurn(t *testing.T) {
	t.Parallel()
	for i, l := range []look{{1280, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			testdb.EachURL(t, func(t *testing.T, address string) {
				if !strings.HasPrefix(address, "postgres") {
					return // the same journeys run on SQLite without a browser
				}
				p := &play{recorder: tab(t, l, 20*time.Minute), t: t, w: stage(t, address)} // of its own: the first ends a year later
				number := []string{"999 000 0301", "999 000 0328"}[i]
				for _, act := range []struct {
					title string
					do    func()
				}{{"refers", func() { p.refers(number) }}, {"consents", p.consents}, {"is routed", p.isRouted}, {"is offered", p.isOffered}, {"accepts", p.accepts}, {"prepares", p.prepares}, {"stays", p.stays}, {"comes home", p.comesHome}} {
					t.Logf("%s on %s", act.title, p.w.Now().Format(time.DateOnly))
					act.do()
				}
			})
		})
	}
}

// refers: the GP writes, signs and sends.
func (p *play) refers(number string) {
	p.t.Helper()
	p.is("Dr Tom Ashworth")
	p.go1("/refer/new")
	p.press("Start")
	p.code = p.reference(p.t)
	all := referAnswers(number)
	for _, page := range []string{"patient", "consent", "pathway", "clinical", "medicines", "travel"} {
		p.go1("/refer/" + p.code + "/" + page)
		p.does("Save and continue", all[page]...)
	}
	p.go1("/refer/" + p.code + "/hospitals")
	eval[chromedp.Void](p.t, p.recorder, fmt.Sprintf(`(() => { const f = document.querySelector('main form:has(button[name=add])'); const b = f.querySelector('button[name=add]'); b.value = %q })()`, p.w.slug))
	p.press("Add")
	p.go1("/refer/" + p.code + "/check")
	p.does("Confirm and send to 1 hospital", referAnswer{"statement", "yes"}, referAnswer{"how", "link"})
}

// consents: the patient reads and agrees, and sends it.
func (p *play) consents() {
	p.t.Helper()
	p.patient()
	p.agrees()
	p.go1("/care/request/check")
	p.press("Send")
	p.wants(p.t, "sent", `location.search.includes('done=sent')`)
}

func (p *play) agrees() {
	p.t.Helper()
	p.go1("/care/consents")
	p.fits()
	eval[chromedp.Void](p.t, p.recorder, `document.querySelectorAll('input[name=agree]').forEach(e => e.checked = true)`)
	p.press("I agree to what I ticked")
	p.confirms()
}

// confirms enters a mailed code where a second factor is asked for.
func (p *play) confirms() {
	p.t.Helper()
	if eval[bool](p.t, p.recorder, `document.querySelector('h1').innerText.startsWith('Confirm that it is you')`) {
		p.does("Continue", referAnswer{"code", p.w.mailed(p.t, "meena@sample.example", "Your code is ")[:6]})
	}
}

// isRouted: the coordinator checks and sends on.
func (p *play) isRouted() {
	p.t.Helper()
	p.is("Ben Carter")
	p.go1("/desk/referrals")
	p.fits()
	p.follows(p.code)
	p.fits()
	p.says("SAMPLE, Meena")
	if eval[bool](p.t, p.recorder, `document.body.innerText.includes('Settle the possible duplicates')`) {
		p.follows("Settle the possible duplicates")
		p.fits()
		p.does("Save", referAnswer{"text", "The earlier one is of another year."})
	}
	p.follows("Send it to hospitals")
	p.fits()
	p.press("Send it to the hospitals I ticked")
	p.wants(p.t, "a refusal", `document.title.startsWith('Error: ')`)
	p.fits()
	eval[chromedp.Void](p.t, p.recorder, `document.querySelectorAll('input[name=hospitals]').forEach(e => e.checked = true)`)
	p.press("Send it to the hospitals I ticked")
	p.says("With hospitals")
}

// isOffered: the hospital opens, asks, is answered, and its clinician signs opinion and quote.
func (p *play) isOffered() {
	p.t.Helper()
	p.is("Vikram Iyer")
	p.go1("/portal/referrals")
	p.fits()
	p.follows(p.code)
	p.fits()
	p.press("Open the referral")
	p.says("Opened by Vikram Iyer")
	p.fits()
	p.follows("Ask a question")
	p.fits()
	p.does("Send the question", referAnswer{"text", "Which knee is it?"})
	p.says("Stands still")
	p.w.pass(p.t, oneDay)
	p.patient()
	p.go1("/care/hospital/1")
	p.does("Send my answer", referAnswer{"text", "The right one."})
	p.is("Dr Leela Rao")
	p.portal("messages")
	p.says("The right one.")
	p.does("Send message", referAnswer{"text", "Thank you, we answer this week."})
	p.portal("offer")
	p.recorder.answer(p.t, p.offerAnswers())
	p.charges()
	p.press("Preview it as the patient reads it")
	p.wants(p.t, "the preview", `document.querySelector('h1').innerText.startsWith('Check it before')`)
	p.fits()
	p.press("Sign and give it to the patient")
	p.says("Offer given")
	p.portal()
}

func (p *play) offerAnswers() []referAnswer {
	return append([]referAnswer{{"text", "A replacement of the right knee is suitable. The risks were weighed."}, {"currency", "GBP"}, {"total", "5,450"}, {"includes", "surgeon"}, {"excludes", "Flights and visa."}, {"family", "joint_replacement"}, {"anaesthesia", "regional"},
		{"stay_nights", "5"}, {"earliest_flight_days", "14"}, {"days_in_india", "21"}, {"assessed_at", "by video"}, {"assessed_when", "any weekday"}, {"complications", "included_30d"}, {"complications_text", "Treated without a charge."}, {"refund", "Everything until admission."},
		{"by_role", "Orthopaedic surgeon"}, {"by_registration", "TNMC 12345"}, {"no_commission", "yes"}}, dayAnswers("valid_until", "_", when.DateOf(p.w.Now()).AddDays(70))...)
}

// charges are typed as a person does; with scripts the sum is there while they are written, without by the button.
func (p *play) charges() {
	p.t.Helper()
	p.typed(p.t, `#row-0-label`, "Operation and room")
	p.typed(p.t, `#row-0-amount`, "5,450")
	if !p.look.scripts {
		p.press("Work out the total")
	}
	p.wants(p.t, "the sum", `document.querySelector('#quote-sum').innerText.includes('add up to £5,450. The total is the same.')`)
	p.fits()
}

// accepts: the patient reads opinion and risks, and takes the offer.
func (p *play) accepts() {
	p.t.Helper()
	p.patient()
	p.go1("/care/hospital/1/offer/1")
	p.says("A replacement of the right knee is suitable.")
	p.says("£5,450")
	p.fits()
	p.press("I have read this")
	p.go1("/care/risks")
	p.fits()
	p.press("I have read this")
	p.go1("/care/hospital/1/accept")
	p.fits()
	p.press("Accept this offer")
	p.confirms()
	p.says("You accepted the offer of")
	p.says("you can take back your acceptance")
	p.fits()
}
