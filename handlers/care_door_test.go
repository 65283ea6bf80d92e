package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/referral"
)

// What opens a record is a link and a code together; what does not work says nothing about why.
func TestALinkThatDoesNotWorkTellsNothing(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	asked := func(reference, email string) string {
		v := visit(t, w.s).open("/care/link").send("Mail me a link", url.Values{"reference": {reference}, "email": {email}})
		return v.at("/care/link/sent").words()
	}
	right := asked(w.reference(id), " Patient0@SAMPLE.example ")
	if before := len(w.s.careMail(t)); before == 0 {
		t.Fatal("no mail came")
	}
	before := len(w.s.careMail(t))
	for _, x := range [][2]string{{w.reference(id), "somebody@example.org"}, {"CC-2222-22", "patient0@sample.example"}, {"nonsense", "patient0@sample.example"}} {
		if got := asked(x[0], x[1]); got != right {
			t.Errorf("%v says something else:\n%s", x, got)
		}
	}
	if now := len(w.s.careMail(t)); now != before {
		t.Errorf("%d mails for what does not belong together", now-before)
	}
	link := linkTo(t, w.s.careMail(t), "patient0@sample.example")
	v := visit(t, w.s).open(link).send("Mail me a code", nil)
	v.send("Continue", url.Values{"code": {codeIn(t, w.s.careMail(t))}}).at("/care")
	used := visit(t, w.s).open(link).send("Mail me a code", nil)
	never := visit(t, w.s).open("/care/link/"+strings.Repeat("a", 43)).send("Mail me a code", nil)
	if used.status != http.StatusNotFound || never.status != used.status || never.words() != used.words() {
		t.Errorf("used %d %q, never issued %d %q", used.status, used.words(), never.status, never.words())
	}
	if h := visit(t, w.s).open(link); h.header.Get("Cache-Control") != "no-store" || strings.Contains(h.words(), "Sample") {
		t.Errorf("%v: %s", h.header, h.words())
	}
}

func TestCodesAreTriedFiveTimes(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := visit(t, w.s).open("/care/link").send("Mail me a link", url.Values{"reference": {w.reference(id)}, "email": {"patient0@sample.example"}})
	v.open(linkTo(t, w.s.careMail(t), "patient0@sample.example")).send("Mail me a code", nil)
	code := codeIn(t, w.s.careMail(t))
	wrong := map[bool]string{true: "111111", false: "222222"}[code != "111111"]
	for range 5 {
		v.send("Continue", url.Values{"code": {wrong}}).refused("code")
	}
	v.send("Continue", url.Values{"code": {code}}).refused("code")
	v.send("Mail me a new code", nil).at("/care/code?sent=yes").send("Continue", url.Values{"code": {" " + codeIn(t, w.s.careMail(t))[:3] + " " + codeIn(t, w.s.careMail(t))[3:]}}).at("/care")
	for range 6 {
		v.open("/care/link").send("Mail me a link", url.Values{"reference": {w.reference(id)}, "email": {"patient0@sample.example"}})
	}
	v.open(linkTo(t, w.s.careMail(t), "patient0@sample.example"))
	for range 5 {
		v.open("/care/code").send("Mail me a code", nil)
	}
	if v.status != http.StatusTooManyRequests {
		t.Errorf("status %d: %s", v.status, v.words())
	}
}

func TestNobodyWithoutASessionReadsAPageOfAPatient(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	w.to(referral.Aftercare)
	for _, p := range carePages {
		v := visit(t, w.s).open(p.path)
		if v.path != "/care" || v.status != http.StatusOK || strings.Contains(v.doc.Find("main").Text(), "knee") {
			t.Errorf("%s: %d at %s", p.path, v.status, v.path)
		}
		forged := visit(t, w.s).forgets("care", "/", strings.Repeat("b", 43)).open(p.path)
		if !strings.HasPrefix(forged.path, "/care/again") && forged.path != "/care" {
			t.Errorf("%s with a forged session: %d at %s", p.path, forged.status, forged.path)
		}
	}
	for _, path := range []string{"/care/request/you", "/care/consents", "/care/withdraw", "/care/hospital/1/accept", "/care/travel/passport", "/care/erase", "/care/problem"} {
		if v := visit(t, w.s).post(path, url.Values{"given": {"Typed words"}}); v.status != http.StatusConflict || !strings.Contains(v.words(), "Typed words") {
			t.Errorf("%s: %d %s", path, v.status, v.words())
		}
	}
	// people with accounts have no part here
	for _, role := range []auth.Role{auth.Referrer, auth.Coordinator, auth.ProviderClinician, auth.Administrator} {
		if v := w.s.as(t, role).open("/care/discharge"); v.path != "/care" {
			t.Errorf("%s at %s", role, v.path)
		}
	}
}

// A session rests for 30 minutes and lasts 12 hours. What was typed meanwhile is sent after the code.
func TestASessionEndsAndTheTextIsKept(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id)
	later := func(d time.Duration) { w.s.clock.Set(w.s.clock.Now().Add(d)) }
	later(29 * time.Minute)
	v.open("/care/messages").at("/care/messages")
	later(31 * time.Minute)
	v.send("Send", url.Values{"text": {"Is there anything that I can do meanwhile?"}})
	v.says("You were signed out", "What you typed is kept on this page").send("Mail me a code", nil).says("We have mailed you a code")
	v.send("Continue", url.Values{"code": {"000000"}}).refused("code")
	v.send("Continue", url.Values{"code": {codeIn(t, w.s.careMail(t))}}).at("/care/messages").says("Is there anything that I can do meanwhile?")
	later(31 * time.Minute)
	v.open("/care/who-looked").says("You were signed out").send("Mail me a code", nil).send("Continue", url.Values{"code": {codeIn(t, w.s.careMail(t))}}).at("/care/who-looked")
	later(13 * time.Hour)
	v.open("/care/who-looked").says("You were signed out").send("Mail me a code", nil)
	if v.status != http.StatusNotFound {
		t.Errorf("after 12 hours a code alone is mailed: %d %s", v.status, v.words())
	}
	v = w.enter(id)
	v.post("/care/leave", nil).at("/care/left")
	if v.open("/care/consents"); v.path != "/care" {
		t.Errorf("after signing out: %s", v.path)
	}
}

// There is one referral in a session: nothing of another one can be named.
func TestAnotherPatientsThingsAreNotThere(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	other, err := w.To(t.Context(), referral.Deciding, 1, false)
	if err != nil {
		t.Fatal(err)
	}
	mine := w.enter(w.to(referral.WithProviders))
	row := w.look(other).Hospitals[0].ID
	for _, path := range []string{"/care/documents/" + other, "/care/documents/none", "/care/hospital/9", "/care/hospital/0", "/care/hospital/" + row, "/care/hospital/1/offer/1", "/care/travel", "/care/discharge", "/care/travel/check/G2", "/care/aftercare/first_call", "/care/request/none"} {
		if mine.open(path); mine.status != http.StatusNotFound && mine.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", path, mine.status)
		}
	}
	before := w.look(other)
	mine.post("/care/consents", url.Values{"version": {"1"}, "agree": {"C2 " + row, "C3 " + row}})
	if after := w.look(other); after.Version != before.Version || mine.status < 400 {
		t.Errorf("a consent for another's hospital: %d", mine.status)
	}
}

// Taking back is never too late: what a hospital did while the page was open does not stop it.
func TestTakingBackCountsWhateverOthersDidMeanwhile(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id).open("/care/withdraw")
	w.s.as(t, auth.ProviderClinician).open("/portal/referrals/"+w.reference(id)).send("Open the referral", nil)
	v.send("Withdraw my referral", nil).at("/care")
	if got := w.look(id); got.State != referral.Closed || got.Ending != referral.EndWithdrawn {
		t.Errorf("%s, %s", got.State, got.Ending)
	}
	v.post("/care/withdraw", nil).at("/care") // pressed twice
}

// A pause that is asked for twice is a pause.
func TestPausingTwiceIsAPause(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id)
	for range 2 {
		v.post("/care/pause", url.Values{"do": {"pause"}}).at("/care").says("You paused sharing")
	}
}

// Proof of who somebody is has no place in a request that shows no name.
func TestNoProofOfIdentityIsAskedForBeforeAnOfferIsAccepted(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	v := w.enter(w.to(referral.WithProviders)).open("/care/documents").says("It then sees everything that stands in them")
	if v.doc.Find("option[value=id]").Length() != 0 {
		t.Error("it is asked for")
	}
	w = alone(t).walk(t)
	if v = w.enter(w.to(referral.Accepted)).open("/care/documents"); v.doc.Find("option[value=id]").Length() == 0 {
		t.Error("it cannot be given after an offer was accepted")
	}
}
