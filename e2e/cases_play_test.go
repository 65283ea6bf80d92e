//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"carecorridor/internal/when"
)

// play is a browser in which one person after another does their part.
type play struct {
	*recorder
	t    *testing.T
	w    *theatre
	code string
}

func (p *play) is(name string) {
	p.t.Helper()
	p.withoutCookies(p.t)
	p.open(p.t, p.w.base+"/sign-in")
	p.press(name)
}

// fits inspects the page that is open; a telephone's page must fit the narrowest one, too.
func (p *play) fits() {
	p.t.Helper()
	p.stands(p.t)
	if p.look.width != 390 {
		return
	}
	p.view(320)
	for _, wide := range eval[[]string](p.t, p.recorder, fmt.Sprintf(overflow, 320)) {
		p.t.Errorf("%s at 320 px: %s", eval[string](p.t, p.recorder, `location.pathname`), wide)
	}
	p.view(390)
}

func (p *play) view(width int64) {
	p.t.Helper()
	must(p.t, chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 900, chromedp.EmulateMobile, chromedp.EmulateTouch)))
}

func (p *play) go1(path string) {
	p.t.Helper()
	if got := p.open(p.t, p.w.base+path); got != http.StatusOK {
		p.t.Fatalf("%s: status %d\n%s", path, got, eval[string](p.t, p.recorder, `document.body.innerText.slice(0, 600)`))
	}
}

func (p *play) says(words string) {
	p.t.Helper()
	p.wants(p.t, words, fmt.Sprintf(`document.querySelector('main')?.innerText.includes(%q)`, words))
}

func (p *play) does(button string, answers ...referAnswer) {
	p.t.Helper()
	p.sends(p.press, button, answers)
}

// sends fills a form and sends it, with the pointer or by the keyboard.
func (p *play) sends(press func(string), button string, answers []referAnswer) {
	p.t.Helper()
	p.recorder.answer(p.t, answers)
	press(button)
	if bad := eval[string](p.t, p.recorder, `document.querySelector('.cc-error-summary')?.innerText ?? ''`); bad != "" {
		p.t.Fatalf("%s at %s: %s", button, eval[string](p.t, p.recorder, `location.pathname`), bad)
	}
}

// press presses a button; when the page moved under the pointer, once more.
func (p *play) press(words string) {
	p.t.Helper()
	p.mark(p.t, `main button:not([aria-hidden])`, words)
	p.leaves()
}

func (p *play) follows(words string) {
	p.t.Helper()
	p.mark(p.t, `main a`, words)
	p.leaves()
}

func (p *play) leaves() {
	p.t.Helper()
	before := eval[string](p.t, p.recorder, `location.href + performance.timeOrigin`)
	brief, stop := context.WithTimeout(p.ctx, 20*time.Second)
	defer stop()
	if _, err := chromedp.RunResponse(brief, chromedp.Click(chromedp.CSS(`[data-next]`))); err == nil {
		return
	}
	if eval[string](p.t, p.recorder, `location.href + performance.timeOrigin`) == before {
		p.leave(p.t)
	}
}

// on a page of the desk or the hospital's portal, which is looked at as well.
func (p *play) desk(parts ...string) {
	p.t.Helper()
	p.go1("/desk/referrals/" + strings.Join(append([]string{p.code}, parts...), "/"))
	p.fits()
}

func (p *play) portal(parts ...string) {
	p.t.Helper()
	p.go1("/portal/referrals/" + strings.Join(append([]string{p.code}, parts...), "/"))
	p.fits()
}

// patient comes in with a new link and a code, unless the session still holds.
func (p *play) patient() {
	p.t.Helper()
	p.comesIn(p.press, "meena@sample.example")
}

// comesIn is a patient with a new link and a code.
func (p *play) comesIn(press func(string), email string) {
	p.t.Helper()
	p.withoutCookies(p.t)
	p.go1("/care/link")
	p.sends(press, "Mail me a link", []referAnswer{{"reference", p.code}, {"email", email}})
	p.go1(strings.TrimPrefix(p.w.mailed(p.t, email, "https://example.org"), "https://example.org"))
	press("Mail me a code")
	p.sends(press, "Continue", []referAnswer{{"code", p.w.mailed(p.t, email, "Your code is ")[:6]}})
	p.wants(p.t, "the patient's page", `location.pathname === '/care'`)
}

func dayAnswers(name, by string, d when.Date) []referAnswer {
	return []referAnswer{{name + by + "day", fmt.Sprint(d.Day)}, {name + by + "month", fmt.Sprint(int(d.Month))}, {name + by + "year", fmt.Sprint(d.Year)}}
}
