//go:build e2e

package e2e

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"carecorridor/referral"
)

// selfMail is where the patient of these tests has their mails.
const selfMail = "meena@sample.example"

// uploads adds a document.
func (p *play) uploads(name string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), name)
	must(p.t, os.WriteFile(file, []byte(original), 0o600))
	must(p.t, chromedp.Do(p.ctx, chromedp.SetUploadFiles(chromedp.CSS(`#file`), []string{file})))
	p.pushes("Add")
	p.says(name)
	p.w.pass(p.t, 0) // it is scanned
}

// original is the document as the patient has it.
const original = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// saysNo: a hospital opens the referral and declines with a reason, in its own pages.
func (p *play) saysNo(h house) {
	p.t.Helper()
	p.signsIn(h.people)
	p.go1("/portal/referrals/" + p.code)
	p.pushes("Open the referral")
	p.go1("/portal/referrals/" + p.code + "/do/decline")
	p.fills("Decline the referral", referAnswer{"reason", string(referral.NoCapacity)}, referAnswer{"comment", "No theatre is free before June."})
}

// asksBack: a hospital has a question, its clock stands still for a week, and goes on with the patient's answer.
func (p *play) asksBack(h house) {
	p.t.Helper()
	p.signsIn(h.people)
	p.go1("/portal/referrals/" + p.code)
	p.pushes("Open the referral")
	for _, private := range []string{"Meena", selfMail, "07700 900123", "Sample Street"} {
		if eval[bool](p.t, p.recorder, fmt.Sprintf(`document.body.innerText.includes(%q)`, private)) {
			p.t.Errorf("a hospital reads %q before an offer is accepted", private)
		}
	}
	p.goesTo("Ask a question")
	p.fills("Send the question", referAnswer{"text", "Which knee is it?"})
	p.says("Stands still")
	p.w.pass(p.t, 7*oneDay) // longer than the five working days that it has
	p.comesBack()
	p.says("Answer a question")
	p.says("Until then its time to answer stands still")
	p.looks()
	p.goesTo("Answer the question")
	p.says("Which knee is it?")
	p.looks()
	p.refuses("Send my answer", "text")
	p.fills("Send my answer", referAnswer{"text", "The right one."})
	p.says("The right one.")
	p.signsIn(h.people)
	p.go1("/portal/referrals/" + p.code + "/messages")
	p.says("The right one.")
}

// comparesAnswers: one offer, one no, one silence, side by side and without any of them hidden.
func (p *play) comparesAnswers(three [3]house) {
	p.t.Helper()
	p.comesBack()
	p.says("No answer in time")
	p.says("No theatre is free before June.")
	p.looks()
	p.go1("/care/compare")
	if eval[bool](p.t, p.recorder, `[...document.querySelectorAll('main button')].some(b => b.innerText.startsWith('Compare the answers'))`) {
		p.pushes("Compare the answers")
	}
	for _, words := range []string{"£5,450", "Whole trip, about", "Complications", three[0].name, "No theatre is free before June."} {
		p.says(words)
	}
	p.looks()
	if n := p.printed(p.t); p.look.width == 1280 && (n < 1 || n > 4) {
		p.t.Errorf("the comparison prints on %d sheets", n)
	}
}

// acceptsOne: nothing is accepted before the opinion and the risks were read; afterwards there are 14 days to think again.
func (p *play) acceptsOne(three [3]house) {
	p.t.Helper()
	place := eval[string](p.t, p.recorder, `[...document.querySelectorAll('main a')].find(a => a.pathname.match(/^\/care\/hospital\/\d\/offer\//)).pathname.split('/')[3]`)
	p.go1("/care/hospital/" + place + "/accept")
	p.says("Before you can accept")
	p.looks()
	p.go1("/care/hospital/" + place + "/offer/1")
	p.looks()
	p.pushes("I have read this")
	p.looks()
	p.go1("/care/risks")
	p.looks()
	p.pushes("I have read this")
	p.go1("/care/hospital/" + place + "/accept")
	p.says("You can take this back for 14 days")
	p.looks()
	p.pushes("Accept this offer")
	p.confirms1()
	p.says("You can still change your mind")
	p.looks()
	p.signsIn(three[0].people)
	p.go1("/portal/referrals/" + p.code)
	p.says("Meena") // now, and not before
	p.comesBack()
}

// looksAround: every other page of a referral at this stage.
func (p *play) looksAround([3]house) {
	p.t.Helper()
	for _, page := range []string{"/care", "/care/travel/check/G1", "/care/travel/check/G3", "/care/travel/check/G5", "/care/travel/pack", "/care/messages", "/care/withdraw", "/care/pause", "/care/gp", "/care/problem", "/care/choose-again", "/care/documents"} {
		p.go1(page)
		p.looks()
	}
	p.go1("/care/travel/pack")
	if n := p.printed(p.t); p.look.width == 1280 && n != 1 && n != 2 {
		p.t.Errorf("the travel pack prints on %d sheets", n)
	}
	for _, m := range p.w.all {
		for _, word := range []string{"knee", "hospital", "meena", "quote", "offer"} {
			if m.To == selfMail && strings.Contains(strings.ToLower(m.Subject+m.Text), word) {
				p.t.Errorf("a mail says %q: %s", word, m.Text)
			}
		}
	}
}

// takesEverything: who looked, and one file with all of it.
func (p *play) takesEverything(three [3]house) {
	p.t.Helper()
	p.go1("/care/who-looked")
	for _, words := range []string{"clinician", "coordinator", "Read it"} {
		p.says(words)
	}
	p.says(three[0].people)
	p.looks()
	p.go1("/care/export")
	p.looks()
	all := p.downloads("Download everything", "referral-"+p.code+".zip")
	if got := string(all["referral-"+p.code+".pdf"]); !strings.HasPrefix(got, "%PDF-") {
		p.t.Errorf("the summary is no PDF: %.20q", got)
	}
	var bundle struct {
		ResourceType string
		Entry        []struct{ Resource struct{ ResourceType string } }
	}
	must(p.t, json.Unmarshal(all["referral-"+p.code+".fhir.json"], &bundle))
	kinds := map[string]int{}
	for _, e := range bundle.Entry {
		kinds[e.Resource.ResourceType]++
	}
	for kind, least := range map[string]int{"Patient": 1, "ServiceRequest": 1, "Consent": 7, "DocumentReference": 1} {
		if kinds[kind] < least {
			p.t.Errorf("%d of %s in the bundle, at least %d: %v", kinds[kind], kind, least, kinds)
		}
	}
	if bundle.ResourceType != "Bundle" {
		p.t.Errorf("the file holds a %q", bundle.ResourceType)
	}
	found := 0
	for name, content := range all {
		if strings.HasPrefix(name, "documents/") && strings.HasSuffix(name, "knee-x-ray.pdf") && string(content) == original {
			found++
		}
	}
	if found != 1 {
		p.t.Errorf("the document as it was sent is there %d times", found)
	}
}

// downloads presses a button and opens the archive that comes.
func (p *play) downloads(button, name string) map[string][]byte {
	p.t.Helper()
	dir := p.t.TempDir()
	_, err := chromedp.CallBrowser(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID, DownloadPath: dir})
	must(p.t, err)
	p.mark(p.t, `main button:not([aria-hidden])`, button)
	must(p.t, chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(`[data-next]`))))
	var archive *zip.ReadCloser
	for range 100 {
		if archive, err = zip.OpenReader(filepath.Join(dir, name)); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	must(p.t, err)
	defer archive.Close()
	out := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		must(p.t, err)
		out[f.Name], err = io.ReadAll(r)
		must(p.t, err)
	}
	return out
}

// takesItBack: the acceptance first, then this hospital's consent, which closes its page at once, then the whole; and asks for
// deletion.
func (p *play) takesItBack(three [3]house) {
	p.t.Helper()
	p.go1("/care/choose-again")
	p.says("You need no reason")
	p.pushes("Take it back and choose again")
	p.gone(three[0])
	p.comesBack()
	p.go1("/care/withdraw")
	p.pushes("Withdraw my referral")
	p.says("Closed")
	p.looks()
	p.go1("/care/erase")
	p.looks()
	p.pushes("Ask for deletion")
	p.says("Two of our staff must agree")
	p.looks()
}

// gone: the hospital's own page is one that is not there.
func (p *play) gone(h house) {
	p.t.Helper()
	p.signsIn(h.people)
	if got := p.open(p.t, p.w.base+"/portal/referrals/"+p.code); got != http.StatusNotFound {
		p.t.Errorf("a hospital whose consent was taken back gets status %d", got)
	}
}

// What the patient takes home prints: the card on one sheet in its own size.
func TestTheCardPrintsInTheSizeOfABankCard(t *testing.T) {
	t.Parallel()
	base, err := stories()
	must(t, err)
	r := tab(t, looks[0], time.Minute)
	r.open(t, base+"/stories/care/card")
	if n := r.printed(t); n != 1 {
		t.Errorf("the card prints on %d sheets", n)
	}
	if w := eval[float64](t, r, `document.querySelector('.cc-wallet').getBoundingClientRect().width`); w < 320 || w > 327 {
		t.Errorf("the card is %.0f px wide, a bank card 324", w)
	}
}
