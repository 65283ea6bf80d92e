package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/internal/mail"
	"carecorridor/referral"
)

const (
	sampleB      = "hooghly-view-hospital-kolkata"
	patientEmail = "meena.example@example.org"
)

// careSent keeps the mails of each site that have left.
var careSent sync.Map

// careMail are the mails of referrals, as they left, oldest first.
func (s *site) careMail(t testing.TB) []mail.Message {
	t.Helper()
	ids, err := s.store.WaitingMails(context.Background(), 500)
	if err != nil {
		t.Fatal(err)
	}
	had, _ := careSent.LoadOrStore(s, postbag(nil))
	out := had.(postbag)
	for _, id := range ids {
		if _, err := s.referrals.SendMail(context.Background(), &out, id); err != nil {
			t.Fatal(err)
		}
	}
	careSent.Store(s, out)
	return out
}

// codeIn is the code of the newest mail that has one.
func codeIn(t testing.TB, all []mail.Message) string {
	t.Helper()
	for i := len(all) - 1; i >= 0; i-- {
		if _, rest, ok := strings.Cut(all[i].Text, "Your code is "); ok {
			return rest[:6]
		}
	}
	t.Fatalf("no code in %d mails", len(all))
	return ""
}

// fillRequest goes through every page of a request of one's own.
func fillRequest(t testing.TB, v *visitor) {
	t.Helper()
	v.open("/care/new").send("Start now", url.Values{"mode": {"referral"}}).at("/care/request")
	v.open("/care/request/you").send("Save and continue", url.Values{"given": {"Meena"}, "family": {"Example"}, "born_day": {"14"}, "born_month": {"5"}, "born_year": {"1958"}, "sex": {"female"}, "no_nhs_number": {"nhs-number-not-known"},
		"address": {"1 Sample Road\nLeicester"}, "postcode": {"le1 6hx"}, "email": {patientEmail}, "phone": {"07700 900123"}}).at("/care/request/care")
	v.send("Save and continue", url.Values{"gp_name": {"Sample Road Surgery, Leicester"}, "gp_share": {"share_all"}, "language": {"gu"}, "interpreter": {"no"}, "capacity": {"yes"}, "safeguarding": {"none"}}).at("/care/request/way")
	v.send("Save and continue", url.Values{"kind": {"self_funded"}, "priority": {"routine"}, "funding": {"self_pay"}, "nhs_wait": {"waiting"}}).at("/care/request/problem")
	v.send("Save and continue", url.Values{"treatment": {"total-knee-replacement"}, "problem": {"My right knee hurts on stairs since 2023."}, "diagnosis": {"confirmed"}, "question": {"Can you replace it, and what would it cost?"}}).at("/care/request/health")
	v.send("Save and continue", url.Values{"no_other_conditions": {"yes"}, "no_known_allergies": {"yes"}, "no_operations": {"yes"}, "medicines.drug": {"Amlodipine"}, "medicines.dose": {"5 mg"}, "medicines.frequency": {"every morning"},
		"height_cm": {"162"}, "weight_kg": {"71,5"}, "smoking": {"never"}, "alcohol": {"none"}, "pregnant": {"not_applicable"}}).at("/care/request/safety")
	safety := url.Values{"fit_to_fly": {"yes"}, "no_implants": {"yes"}}
	for _, q := range []string{"vte", "anticoagulants", "anaesthetic_problems", "overnight_abroad", "overnight_uk"} {
		safety.Set(q, "no")
	}
	for _, q := range []string{"mrsa", "cpe", "c_auris", "blood_borne"} {
		safety.Set(q, "not_tested")
	}
	v.send("Save and continue", safety).at("/care/request/journey")
	v.send("Save and continue", url.Values{"earliest_day": {"1"}, "earliest_month": {"2"}, "earliest_year": {"2027"}, "latest_day": {"30"}, "latest_month": {"4"}, "latest_year": {"2027"}, "companions": {"1"}, "by_phone": {"no"}}).at("/care/request")
}

func TestAPatientWritesARequestAgreesAndSendsIt(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s)
	fillRequest(t, v)
	v.says("You have completed 7 of", "Who you are")
	for _, slug := range []string{sampleA, sampleB} {
		v.open("/care/request/hospitals").post("/care/request/hospitals", url.Values{"add": {slug}, "version": {v.doc.Find("input[name=version]").First().AttrOr("value", "")}}).at("/care/request/hospitals")
	}
	v.open("/care/consents")
	if v.status != http.StatusOK || v.doc.Find("input[type=checkbox][name=agree]").Length() < 6 || v.doc.Find("input[name=agree][checked]").Length() != 0 {
		t.Fatalf("%d: %s", v.status, v.words())
	}
	v.submit("/care/consents", url.Values{}).refused("give")
	var all []string
	v.doc.Find("input[name=agree]").Each(func(_ int, b *goquery.Selection) { all = append(all, b.AttrOr("value", "")) })
	v.open("/care/consents").submit("/care/consents", url.Values{"agree": all})
	v.says("Confirm that it is you", "What you typed is kept on this page")
	v.send("Continue", url.Values{"code": {"000000"}}).refused("code")
	v.send("Continue", url.Values{"code": {codeIn(t, s.careMail(t))}}).at("/care/consents?done=given").says("We have kept what you agreed to", "You agreed")
	v.open("/care/request/check").says("Meena", "Amlodipine", "Sample Road Surgery", "Total knee", "LE1 6HX", "Other illnessesNone that I know of", "Send it").send("Send my request", nil).at("/care?done=sent").says("Being checked", "You sent it to us")
}

// submit posts fields to an address with the version that the page has.
func (v *visitor) submit(path string, form url.Values) *visitor {
	v.t.Helper()
	form.Set("version", v.doc.Find("input[name=version]").First().AttrOr("value", ""))
	return v.post(path, form)
}

// enter comes in as the patient of a referral: a new link, the code, the session.
func (w *walking) enter(id string) *visitor {
	w.t.Helper()
	v := visit(w.t, w.s)
	v.open("/care/link").send("Mail me a link", url.Values{"reference": {w.reference(id)}, "email": {"patient0@sample.example"}}).at("/care/link/sent")
	v.open(linkTo(w.t, w.s.careMail(w.t), "patient0@sample.example")).at("/care/code").says("Confirm that it is you")
	v.send("Mail me a code", nil).at("/care/code?sent=yes")
	v.send("Continue", url.Values{"code": {codeIn(w.t, w.s.careMail(w.t))}})
	if !strings.HasPrefix(v.path, "/care") || v.status != http.StatusOK {
		w.t.Fatalf("entering: %d at %s\n%.500s", v.status, v.path, v.words())
	}
	return v.at("/care")
}

// pages of a patient, and the first state in which each is there.
var carePages = []struct {
	path string
	from referral.State
	to   referral.State
}{
	{"/care", referral.AwaitingConsent, referral.Closed}, {"/care/documents", referral.AwaitingConsent, referral.Closed}, {"/care/consents", referral.AwaitingConsent, referral.Closed}, {"/care/who-looked", referral.AwaitingConsent, referral.Closed},
	{"/care/messages", referral.AwaitingConsent, referral.Closed}, {"/care/hospital/1", referral.AwaitingConsent, referral.Closed}, {"/care/export", referral.AwaitingConsent, referral.Closed}, {"/care/erase", referral.AwaitingConsent, referral.Closed},
	{"/care/gp", referral.AwaitingConsent, referral.Closed}, {"/care/pause", referral.AwaitingConsent, referral.Closed}, {"/care/withdraw", referral.AwaitingConsent, referral.Closed}, {"/care/request/check", referral.AwaitingConsent, referral.Closed},
	{"/care/risks", referral.Deciding, referral.Closed}, {"/care/compare", referral.Deciding, referral.Closed}, {"/care/hospital/1/offer/1", referral.Deciding, referral.Closed}, {"/care/hospital/1/offer/1/pdf", referral.Deciding, referral.Closed}, {"/care/hospital/1/accept", referral.Deciding, referral.Closed},
	{"/care/travel", referral.Accepted, referral.Closed}, {"/care/travel/pack", referral.Accepted, referral.Closed}, {"/care/travel/check/G1", referral.Accepted, referral.Closed}, {"/care/travel/check/G5", referral.Accepted, referral.Closed}, {"/care/travel/passport", referral.Accepted, referral.Closed},
	{"/care/travel/letter.pdf", referral.ReadyToTravel, referral.Closed}, {"/care/discharge", referral.Aftercare, referral.Closed}, {"/care/card", referral.Aftercare, referral.Closed}, {"/care/aftercare", referral.Aftercare, referral.Closed}, {"/care/aftercare/home", referral.Aftercare, referral.Closed},
	{"/care/problem", referral.AwaitingConsent, referral.Closed},
}

func TestEveryPageOfThePatientIsThereInEveryStateThatHasIt(t *testing.T) {
	t.Parallel()
	for _, state := range referral.States[1:] {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			w := alone(t).walk(t)
			v := w.enter(w.to(state))
			if got := v.header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control %q", got)
			}
			for _, p := range carePages {
				v.open(p.path)
				if there := state.Rank() >= p.from.Rank(); there && v.status != http.StatusOK || !there && v.status != http.StatusNotFound && v.status != http.StatusOK {
					t.Errorf("%s in %s: %d\n%.300s", p.path, state, v.status, v.words())
				}
				for _, sign := range []string{"%!", "<nil>", "map[", "•••"} {
					if strings.Contains(v.words(), sign) {
						t.Errorf("%s in %s says %q: %.600s", p.path, state, sign, v.words())
					}
				}
			}
		})
	}
}
