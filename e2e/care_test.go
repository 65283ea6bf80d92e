//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"carecorridor/auth"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/referral"
	invented "carecorridor/referral/sample"
)

// A patient asks three hospitals without any doctor: one asks back and offers, one says no, one never answers. The patient
// accepts the first, reads who looked, takes everything along, and takes everything back. On a telephone with scripts, where
// the whole form is written by keyboard, and on a wide screen without; every page on the way is looked at.
func TestAPatientAsksThreeHospitalsAndAcceptsOne(t *testing.T) {
	t.Parallel()
	testdb.EachURL(t, func(t *testing.T, address string) {
		if !strings.HasPrefix(address, "postgres") {
			return // the same steps run on SQLite without a browser
		}
		w := stage(t, address)
		three := w.houses(t)
		for _, l := range []look{{390, true}, {1280, false}} {
			t.Run(l.String(), func(t *testing.T) {
				p := &play{recorder: tab(t, l, 10*time.Minute), t: t, w: w}
				for _, act := range []struct {
					title string
					do    func([3]house)
				}{{"asks", p.writesAlone}, {"chooses hospitals", p.choosesHospitals}, {"agrees", p.agreesToEach}, {"is answered", p.areAnswered}, {"compares", p.comparesAnswers}, {"accepts", p.acceptsOne}, {"looks around", p.looksAround}, {"takes everything", p.takesEverything}, {"takes it back", p.takesItBack}} {
					began := time.Now()
					act.do(three)
					t.Logf("%s: %s in the browser, %s on the clock", act.title, time.Since(began).Round(time.Second), w.Now().Format(time.DateOnly))
				}
			})
		}
	})
}

// pushes goes to a button with the keyboard and presses Enter.
func (p *play) pushes(words string) { p.t.Helper(); p.enters1(`main button:not([aria-hidden])`, words) }

// goesTo does the same with a link.
func (p *play) goesTo(words string) { p.t.Helper(); p.enters1(`main a`, words) }

func (p *play) enters1(css, words string) {
	p.t.Helper()
	p.mark(p.t, css, words)
	p.chosen()
}

// chosen presses Enter on what was marked, and waits for the page that follows.
func (p *play) chosen() {
	p.t.Helper()
	eval[chromedp.Void](p.t, p.recorder, `(() => { const e = document.querySelector('[data-next]'); e.scrollIntoView({block: 'center', behavior: 'instant'}); e.focus() })()`)
	brief, stop := context.WithTimeout(p.ctx, 40*time.Second)
	defer stop()
	if _, err := chromedp.RunResponse(brief, chromedp.KeyEvent(kb.Enter)); err != nil {
		p.t.Fatalf("%s: Enter on %s: %v", eval[string](p.t, p.recorder, `location.pathname`), eval[string](p.t, p.recorder, `document.querySelector('[data-next]')?.innerText ?? 'what was there'`), err)
	}
}

// fills a form and sends it; nothing may have to be put right.
func (p *play) fills(button string, answers ...referAnswer) {
	p.t.Helper()
	p.sends(p.pushes, button, answers)
}

// refuses sends a form that has to be put right: the errors are looked at, too.
func (p *play) refuses(button string, fields ...string) {
	p.t.Helper()
	p.pushes(button)
	p.wants(p.t, "a refusal", `document.title.startsWith('Error: ')`)
	for _, f := range fields {
		p.wants(p.t, "the problem of "+f, fmt.Sprintf(`document.querySelector('.cc-error-summary a[href^="#%s"]')`, f))
	}
	p.looks()
}

// looks inspects the page as it is, and on a telephone as narrow as 320 pixels, too.
func (p *play) looks() {
	p.t.Helper()
	p.stands(p.t)
	if p.look.width != 390 {
		return
	}
	must(p.t, chromedp.Do(p.ctx, chromedp.EmulateViewport(320, 900, chromedp.EmulateMobile, chromedp.EmulateTouch)))
	for _, bad := range eval[[]string](p.t, p.recorder, fmt.Sprintf(overflow, 320)) {
		p.t.Errorf("%s at 320 px: %s", eval[string](p.t, p.recorder, `location.pathname`), bad)
	}
	must(p.t, chromedp.Do(p.ctx, chromedp.EmulateViewport(390, 900, chromedp.EmulateMobile, chromedp.EmulateTouch)))
}

// writesAlone: from the entrance to the last question. With scripts, the answers are typed by keyboard alone.
func (p *play) writesAlone([3]house) {
	p.t.Helper()
	p.withoutCookies(p.t)
	p.go1("/care")
	p.looks()
	p.goesTo("Start your own request")
	p.looks()
	p.refuses("Start now", "mode")
	p.fills("Start now", referAnswer{"mode", "referral"})
	p.looks()
	k := &keyboard{recorder: p.recorder}
	for i, step := range selfAnswers(when.DateOf(p.w.Now())) {
		p.go1("/care/request/" + step.page)
		p.looks()
		if i == 0 {
			p.refuses("Save and continue", "given", "family", "born")
			p.go1("/care/request/" + step.page)
		}
		if !p.look.scripts {
			p.fills("Save and continue", step.answers...)
			continue
		}
		p.wants(p.t, "a page at rest", `document.readyState === 'complete' && document.activeElement === document.body`)
		k.past(p.t)
		for _, a := range step.answers {
			k.enters(p.t, a)
		}
		k.to(p.t, `document.activeElement.innerText === 'Save and continue' && document.activeElement.tabIndex === 0`)
		k.key(p.t, kb.Enter)
		p.wants(p.t, "the page after "+step.page, fmt.Sprintf(`location.pathname !== '/care/request/%s' && document.readyState === 'complete'`, step.page))
	}
	if p.look.scripts {
		t := time.Duration(k.strokes) * time.Minute / 200
		p.t.Logf("%d keystrokes for the whole form; %s for somebody who presses 200 keys a minute", k.strokes, t.Round(time.Second))
	}
}

// choosesHospitals finds the three by name, and adds a document.
func (p *play) choosesHospitals(three [3]house) {
	p.t.Helper()
	for i, h := range three {
		p.go1("/care/request/hospitals")
		p.fills("Search", referAnswer{"q", h.name})
		eval[chromedp.Void](p.t, p.recorder, fmt.Sprintf(`(() => { document.querySelectorAll('[data-next]').forEach(e => e.removeAttribute('data-next')); document.querySelector('main button[name=add][value=%q]').dataset.next = '' })()`, h.slug))
		p.chosen()
		p.wants(p.t, "one more hospital", fmt.Sprintf(`document.querySelectorAll('main button[name=remove]').length === %d`, i+1))
	}
	p.looks()
	p.go1("/care/documents")
	p.looks()
	p.uploads("knee-x-ray.pdf")
	p.looks()
}

// agreesToEach: nothing is ticked before; every consent is an answer of its own, for each hospital; then it is sent.
func (p *play) agreesToEach(three [3]house) {
	p.t.Helper()
	p.go1("/care/consents")
	for _, h := range three {
		p.says(h.name)
	}
	p.wants(p.t, "no box that is ticked", `document.querySelectorAll('input[name=agree]').length === 9 && !document.querySelector('input[name=agree]:checked')`)
	p.refuses("I agree to what I ticked")
	eval[chromedp.Void](p.t, p.recorder, `document.querySelectorAll('input[name=agree]').forEach(e => e.checked = true)`)
	p.pushes("I agree to what I ticked")
	p.wants(p.t, "a code to be asked for", `document.querySelector('h1').innerText.startsWith('Confirm that it is you')`)
	p.looks()
	p.confirms1()
	p.wants(p.t, "consents that are kept", `location.search === '?done=given'`)
	p.looks()
	p.go1("/care/request/check")
	p.looks()
	p.pushes("Send my request")
	p.says("Being checked")
	p.looks()
	p.code = strings.Fields(eval[string](p.t, p.recorder, `document.querySelector('h1').innerText`))[2]
}

// confirms1 enters the mailed code.
func (p *play) confirms1() {
	p.t.Helper()
	if eval[bool](p.t, p.recorder, `document.querySelector('h1').innerText.startsWith('Confirm that it is you')`) {
		p.fills("Continue", referAnswer{"code", p.w.mailed(p.t, selfMail, "Your code is ")[:6]})
	}
}

// comesBack enters with a new link and a code.
func (p *play) comesBack() {
	p.t.Helper()
	p.comesIn(p.pushes, selfMail)
}

// signsIn is a sample person of a hospital or the desk.
func (p *play) signsIn(name string) {
	p.t.Helper()
	p.withoutCookies(p.t)
	p.go1("/sign-in")
	p.pushes(name)
}

// desk view of the referral, and one hospital in it.
func (p *play) seen(by auth.Actor) referral.View {
	p.t.Helper()
	v, err := p.w.referrals.Look(context.Background(), by, p.code)
	must(p.t, err)
	return v
}

func (p *play) partOf(v referral.View, h house) referral.HospitalView {
	p.t.Helper()
	at := slices.IndexFunc(v.Hospitals, func(x referral.HospitalView) bool { return x.Listed.Slug == h.slug })
	if at < 0 {
		p.t.Fatalf("%s is not on the list", h.name)
	}
	return v.Hospitals[at]
}

// acts carries out what belongs to another person's pages, which have tests of their own.
func (p *play) acts(who auth.Actor, e referral.Event, in referral.Input) {
	p.t.Helper()
	done, err := p.w.referrals.Do(context.Background(), who, p.code, e, in)
	if err != nil || !done.OK() {
		p.t.Fatal(e, done.Problems, err)
	}
}

// areAnswered: the desk sends it on. One hospital says no, one asks, is answered and offers, and time runs out on the third.
func (p *play) areAnswered(three [3]house) {
	p.t.Helper()
	desk := p.w.actor(p.t, auth.Coordinator)
	v := p.seen(desk)
	if _, ok := v.May(referral.ClearDuplicates, ""); ok { // the same patient in another width
		p.acts(desk, referral.ClearDuplicates, referral.Input{Version: v.Version, Text: "Another one of the same tests."})
		v = p.seen(desk)
	}
	var ids []string
	for _, h := range three {
		ids = append(ids, p.partOf(v, h).ID)
	}
	p.acts(desk, referral.Route, referral.Input{Version: v.Version, Hospitals: ids})
	p.saysNo(three[1])
	p.asksBack(three[0])
	x := p.partOf(p.seen(desk), three[0])
	quote := invented.Quote(p.w.referrals.Today())
	quote.ValidUntil = p.w.referrals.Today().AddDays(90)
	p.acts(three[0].doctor, referral.Offer, referral.Input{Provider: x.ID, Version: x.Version, Text: "A replacement is suitable. The risks were weighed.", Quote: quote})
	p.comesBack()
	p.says("Has answered")
	p.looks()
	p.w.pass(p.t, 21*oneDay) // ten working days of both countries, and more
	if x := p.partOf(p.seen(desk), three[2]); x.Response != referral.Lapsed {
		p.t.Fatalf("the third hospital: %s", x.Response)
	}
}
