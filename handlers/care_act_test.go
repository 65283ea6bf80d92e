package handlers_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/mail"
	"carecorridor/jobs"
	"carecorridor/referral"
)

// The whole choice in the browser: read, compare, read what can go wrong, accept, take it back within 14 days.
func TestAPatientComparesAcceptsAndTakesItBack(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Deciding)
	v := w.enter(id).says("Your decision", "Compare the answers")
	v.open("/care/compare").says("Total you must pay", "£5,450", "Whole trip, about", "May come on top", "Complications", "Included for 30 days", "Refund", "First flight home", "14 days after the operation", "Dr Sample Rao", "In India in all", "21 days")
	if n := v.doc.Find(".cc-careq tbody tr").Length(); n < 12 {
		t.Errorf("%d lines in the comparison", n)
	}
	v.open("/care/hospital/1/accept").says("Before you can accept", "Read the clinician’s opinion", "Read what can go wrong")
	v.open("/care/hospital/1/offer/1").says("The clinician’s opinion", "Operation, surgeon and anaesthetist", "Not published by the hospital", "Deposit None"[:7]).send("I have read this", nil).at("/care/hospital/1")
	v.open("/care/risks").says("Germs", "Flying after joint replacement", "Royal Orthopaedic Hospital").send("I have read this", nil).at("/care/compare")
	v.open("/care/hospital/1/accept").says("You can take this back for 14 days", "We ask for no deposit")
	two := v.doc.Find("main form").First()
	form := fieldsOf(two)
	v.send("Accept this offer", nil).at("/care/travel").says("You can still change your mind", "of 9 points are done")
	v.post("/care/hospital/1/accept", form).at("/care/travel") // the button again
	if n := countEvents(w.look(id), referral.Accept); n != 1 {
		t.Errorf("accepted %d times", n)
	}
	v.open("/care/choose-again").says("You need no reason").send("Take it back and choose again", nil)
	if got := w.look(id); got.State != referral.Deciding {
		t.Errorf("state %s at %s: %s", got.State, v.path, v.words())
	}
}

// An act that matters asks for a code when the last one is older than 10 minutes, and carries on with it.
func TestAcceptingAsksForACodeAgain(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Deciding)
	v := w.enter(id)
	v.open("/care/hospital/1/offer/1").send("I have read this", nil).open("/care/risks").send("I have read this", nil).open("/care/hospital/1/accept")
	w.s.clock.Set(w.s.clock.Now().Add(11 * 60e9))
	v.send("Accept this offer", nil).says("Confirm that it is you", "We have mailed you a code")
	if got := w.look(id); got.State != referral.Deciding {
		t.Fatalf("accepted without a code: %s", got.State)
	}
	v.send("Continue", url.Values{"code": {codeIn(t, w.s.careMail(t))}}).at("/care/travel")
	if got := w.look(id); got.State != referral.Accepted {
		t.Errorf("state %s", got.State)
	}
}

// What is taken back counts at once: the hospital that had the page open reads nothing more.
func TestConsentTakenBackCountsAtOnce(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	hospital := w.s.as(t, auth.ProviderClinician).open(at)
	if hospital.status != http.StatusOK {
		t.Fatalf("the hospital before: %d", hospital.status)
	}
	v := w.enter(id)
	v.open("/care/pause").says("Pause all sharing?").send("Pause sharing", nil).at("/care").says("You paused sharing")
	if hospital.open(at); hospital.status != http.StatusForbidden {
		t.Errorf("while sharing is paused: %d", hospital.status)
	}
	v.open("/care/pause").send("Go on with sharing", nil).at("/care")
	if hospital.open(at); hospital.status != http.StatusOK {
		t.Errorf("after it goes on: %d", hospital.status)
	}
	v.open("/care/consents").says("Take this back").follow("Take this back (this hospital may have").at("/care/hospital/1/withdraw").send("Take it back", nil)
	if hospital.open(at); hospital.status != http.StatusNotFound {
		t.Errorf("after consent was taken back: %d", hospital.status)
	}
	v.open("/care/consents").says("took it back on")
	v.open("/care/hospital/1").says("You took it back from this hospital")
}

func TestOtherConsentsEndByOneButton(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id).open("/care/consents")
	v.send("Take this back (my GP or aftercare provider gets the discharge papers)", nil).at("/care/consents?done=back").says("You took it back. It counts from now.")
	for _, c := range w.look(id).Consents {
		if c.Code == referral.C5 && c.InForce {
			t.Error("C5 is still in force")
		}
	}
	v.open("/care/gp").send("Save", url.Values{"gp_share": {"do_not_share"}}).refused("warned")
	if v.doc.Find("#gp_share-3[checked], input[value=do_not_share][checked]").Length() == 0 {
		t.Error("the choice is lost")
	}
	v.send("Save", url.Values{"warned": {"yes"}}).at("/care/consents?done=gp").says("What your GP gets: nothing")
}

// Whoever is in a hospital's care cannot take back its consent alone: the page says so and what can be done instead, and
// that works.
func TestInsteadOfTakingBackFromTheHospitalThatTreats(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Admitted)
	at := "/portal/referrals/" + w.reference(id)
	hospital := w.s.as(t, auth.ProviderEditor).open(at).says("In hospital")
	v := w.enter(id).open("/care/consents").says("If you no longer want", "cannot be taken back alone", "Pause all sharing", "it cannot send your discharge papers here", "Withdraw the whole referral", "Ask us to restrict", "Questions and complaints about your data")
	if strings.Contains(v.words(), "You can take back each one at any time") {
		t.Error("the page promises what it does not do")
	}
	v.follow("Pause all sharing for a while").send("Pause sharing", nil).at("/care")
	if hospital.open(at); hospital.status == http.StatusOK || strings.Contains(hospital.words(), "SAMPLE, Meena") {
		t.Errorf("during the pause the hospital reads it: %d", hospital.status)
	}
	v.open("/care/pause").send("Go on with sharing", nil)
	hospital.open(at).says("In hospital")
	v.open("/care/messages").send("Send", url.Values{"text": {"Please restrict what the hospital may do with my photographs."}}).says("Please restrict")
	v.open("/care/withdraw").says("its own record of that it keeps").send("Withdraw my referral", nil).at("/care").says("Closed")
	if hospital.open(at); strings.Contains(hospital.words(), "SAMPLE, Meena") {
		t.Errorf("after the withdrawal the hospital reads it: %d", hospital.status)
	}
	v.open("/care/messages").says("Questions and complaints about your data")
}

func TestAPatientIsToldWhenAReferralEndsByItself(t *testing.T) {
	t.Parallel()
	for _, at := range []struct {
		state referral.State
		words string
	}{{referral.AwaitingConsent, "If you have not agreed and sent it by"}, {referral.Returned, "They send it again. You need to do nothing now."}, {referral.WithProviders, ""}, {referral.Deciding, "If nothing is done by"}} {
		w := alone(t).walk(t)
		v := w.enter(w.to(at.state))
		if ends := strings.Contains(v.words(), "it ends by itself"); ends != (at.words != "") || !strings.Contains(v.words(), at.words) {
			t.Errorf("%s: %.900s", at.state, v.words())
		}
	}
}

func TestWithdrawingEndsEverything(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/portal/referrals/" + w.reference(id)
	v := w.enter(id).open("/care/erase").says("Your referral is still open")
	v.open("/care/withdraw").says("ends at once and for good")
	form := fieldsOf(v.doc.Find("main form").First())
	v.send("Withdraw my referral", url.Values{"reason": {"cost"}}).at("/care").says("Closed", "You withdrew this referral")
	v.post("/care/withdraw", form)
	if n := countEvents(w.look(id), referral.Withdraw); n != 1 {
		t.Errorf("withdrawn %d times", n)
	}
	if h := w.s.as(t, auth.ProviderEditor).open(at); h.status == http.StatusOK && strings.Contains(h.words(), "Pain in the right knee") {
		t.Errorf("the hospital still reads it: %d", h.status)
	}
	v.open("/care/erase").says("Two of our staff must agree").send("Ask for deletion", nil).at("/care/erase").says("You asked us on")
}

func TestAStepChangedElsewhereShowsBothAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s)
	fillRequest(t, v)
	tab := v.open("/care/request/problem")
	stale := fieldsOf(tab.doc.Find("main form").First())
	v.send("Save and continue", url.Values{"problem": {"Changed in the first tab."}})
	stale.Set("problem", "Typed in the second tab.")
	v.post("/care/request/problem", stale)
	if v.status != http.StatusConflict {
		t.Fatalf("status %d at %s", v.status, v.path)
	}
	v.says("This page was changed after you opened it", "Changed in the first tab.", "Typed in the second tab.")
	if got := v.doc.Find("#problem").Text(); got != "Typed in the second tab." {
		t.Errorf("typed words: %q", got)
	}
	v.send("Save and continue", nil).open("/care/request/check").says("Typed in the second tab.")
}

func TestStopPagesComeBeforeAnythingIsKept(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := visit(t, s).open("/care/new").send("Start now", url.Values{"mode": {"referral"}})
	v.open("/care/request/way").send("Save and continue", url.Values{"kind": {"nhs_funded"}, "priority": {"routine"}, "funding": {"self_pay"}, "nhs_wait": {"none"}}).says("The NHS does not pay for treatment in India")
	v.open("/care/request/way").send("Save and continue", url.Values{"kind": {"urgent"}, "priority": {"routine"}, "funding": {"self_pay"}, "nhs_wait": {"none"}}).says("Suspected cancer and urgent care stay with the NHS")
	v.open("/care/request/problem").send("Save and continue", url.Values{"treatment": {kneeReplacement}, "problem": {"I have crushing chest pain right now."}, "diagnosis": {"self_reported"}, "question": {"Help?"}}).says("Call 999")
	if v.doc.Find("main form input[name=problem]").AttrOr("value", "") == "" {
		t.Error("what was typed is lost")
	}
	v.send("Change what I wrote", nil)
	if got := v.doc.Find("#problem").Text(); !strings.Contains(got, "crushing") {
		t.Errorf("typed words: %q", got)
	}
	if v.open("/care/request").says("Your request"); strings.Contains(v.words(), "crushing") {
		t.Error("kept")
	}
	v.open("/care/request/you").send("Save and continue", url.Values{"given": {"Kid"}, "born_day": {"1"}, "born_month": {"1"}, "born_year": {"2015"}}).refused("born", "family")
	if v.doc.Find("#given").AttrOr("value", "") != "Kid" {
		t.Error("typed values are lost")
	}
	v.open("/care/request/health").send("Add more medicines", url.Values{"medicines.drug": {"Aspirin"}})
	if v.doc.Find("fieldset[id^=medicines-]").Length() < 3 || v.doc.Find("[id='medicines.0.drug']").AttrOr("value", "") != "Aspirin" {
		t.Errorf("rows: %d", v.doc.Find("fieldset[id^=medicines-]").Length())
	}
	v.send("Save and continue", nil).refused("medicines.0.dose", "allergies", "height_cm")
}

// sendDocument uploads to the patient's documents.
func (v *visitor) sendDocument(kind, name string, content []byte) *visitor {
	v.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	_ = m.WriteField("kind", kind)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err != nil || m.Close() != nil {
		v.t.Fatal(err)
	}
	return v.read(v.client.Post(v.base+"/care/documents/add", m.FormDataContentType(), &body))
}

func TestDocumentsAreTheirOwnersUntilTheyAreCheckedAndAgreedTo(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id).open("/care/documents")
	had := v.doc.Find(".cc-chosen li").Length()
	v.sendDocument("imaging", "knee.pdf", []byte("%PDF-1.4 a knee of nobody")).at("/care/documents").says("knee.pdf", "Being checked for viruses", "Hospitals do not see everything yet")
	v.sendDocument("imaging", "knee.exe", []byte("MZ not a document"))
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", v.status)
	}
	v.says("knee.exe is not a PDF")
	if n := v.doc.Find(".cc-chosen li").Length(); n != had+1 {
		t.Errorf("%d documents, want %d", n, had+1)
	}
	v.follow("knee.pdf")
	if v.status != http.StatusOK || !strings.HasPrefix(v.header.Get("Content-Disposition"), "attachment") || v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("its owner: %d %v", v.status, v.header)
	}
	if h := w.s.as(t, auth.ProviderClinician).open("/portal/referrals/" + w.reference(id)); strings.Contains(h.words(), "knee.pdf") {
		t.Error("a hospital knows of a document that the patient has not agreed to")
	}
	v.open("/care/consents").says("before something was added to what would be shared")
}

func TestAPatientWritesToAHospitalAndSeesWhoLooked(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Deciding)
	v := w.enter(id).open("/care/hospital/1").send("Send", url.Values{"text": {"Call me on 07700 900123"}})
	v.refused("text").says("Take the phone number out")
	v.send("Send", url.Values{"text": {"How long is the scar?"}}).at("/care/hospital/1").says("How long is the scar?")
	v.post("/care/hospital/1/message", url.Values{"text": {"How long is the scar?"}})
	if n := countEvents(w.look(id), referral.Message); n != 1 {
		t.Errorf("%d messages", n)
	}
	v.open("/care/hospital/1").send("Send", url.Values{"text": {"I think that I want to kill myself"}}).says("999", "Samaritans")
	w.s.as(t, auth.ProviderClinician).open("/portal/referrals/" + w.reference(id))
	v.open("/care/who-looked").says("Dr Leela Rao (sample), hospital clinician", "Read it", "Ben Carter (sample), coordinator")
}

// The public page says valid or not, and the same of what was taken back and of what never was.
func TestAVisaLetterIsValidOrNotAndNothingElse(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.ReadyToTravel)
	v := w.enter(id).open("/care/travel")
	number := w.look(id).Letter.Number
	v.says(number).open("/care/travel/letter.pdf")
	if v.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%v", v.header)
	}
	v.open("/care/travel/pack").says("For the journey", number, "Allergies", "112 for emergencies")
	public := visit(t, w.s).open("/visa-letter").send("Check this letter", url.Values{"number": {strings.ToLower(number)}}).at("/visa-letter/" + number).says("This letter is valid")
	for _, secret := range []string{"Meena", "Sample", "Marigold", "knee", "passport"} {
		if strings.Contains(public.doc.Find("main").Text(), secret) {
			t.Errorf("the page tells %q", secret)
		}
	}
	never := visit(t, w.s).open("/visa-letter/VL-2222-2222-22")
	v2, err := w.Look(context.Background(), w.Hospitals[0].Desk, id)
	if err != nil {
		t.Fatal(err)
	}
	if done, err := w.Do(context.Background(), w.Hospitals[0].Desk, id, referral.RevokeLetter, referral.Input{Version: v2.Hospitals[0].Version, Provider: v2.Hospitals[0].ID, Text: "The dates changed."}); err != nil || !done.OK() {
		t.Fatal(done.Problems, err)
	}
	gone := public.open("/visa-letter/" + number).says("This letter is not valid")
	if strings.ReplaceAll(gone.words(), number, "") != strings.ReplaceAll(never.words(), "VL-2222-2222-22", "") || gone.status != never.status {
		t.Errorf("taken back:\n%s\nnever issued:\n%s", gone.words(), never.words())
	}
	public.open("/visa-letter").send("Check this letter", url.Values{"number": {"nonsense"}})
	if public.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", public.status)
	}
}

// handLink is the GP's link after the desk said where the papers go.
func (w *walking) handLink(id string) string {
	w.t.Helper()
	if l, err := w.SetHandback(context.Background(), w.Coordinator, id, "gp", "records@practice.example"); err != nil || !l.OK() {
		w.t.Fatal(l, err)
	}
	return linkTo(w.t, w.s.told1(w.t, "records@practice.example"), "records@practice.example")
}

// told1 runs the queue until somebody has a mail, and gives what was sent.
func (s *site) told1(t testing.TB, address string) (out []mail.Message) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	found := make(chan postbag, 1000)
	runner, err := s.store.Work(ctx, jobs.Workers{
		IndexProvider: func(context.Context, int64) error { return nil }, RebuildIndex: func(context.Context) error { return nil }, ExpireCertificates: func(context.Context) error { return nil },
		TellReferral: func(ctx context.Context, id string) error {
			var sent postbag
			err := s.referrals.Tell(ctx, &sent, id)
			found <- sent
			return err
		},
	}, jobs.Options{Poll: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer runner.Stop(context.Background())
	for {
		select {
		case <-ctx.Done():
			t.Fatalf("no mail to %s", address)
		case more := <-found:
			out = append(out, more...)
			if slices.ContainsFunc(out, func(m mail.Message) bool { return m.To == address }) {
				return out
			}
		}
	}
}

func TestAGPReadsAcknowledgesAndAsksByALink(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Aftercare)
	link := w.handLink(id)
	gp := visit(t, w.s).open(link).at("/handback/package/papers").says("Overseas healthcare alert", "Apixaban 2.5 mg", "999 000", "You are not asked to prescribe")
	if zip := visit(t, w.s).open(link).open("/handback/package/archive"); zip.status != http.StatusOK || zip.header.Get("Content-Type") != "application/zip" {
		t.Errorf("the archive of the papers: %d", zip.status)
	}
	gp.send("Acknowledge these papers", nil).refused("by").send("Acknowledge these papers", url.Values{"by": {"Dr Example, GP partner"}}).at("/handback/package/papers?done=acknowledged").says("The patient is told")
	gp.send("Send", url.Values{"text": {"Who takes the clips out?"}}).refused("severity")
	if !strings.Contains(gp.doc.Find("#text").Text(), "clips") {
		t.Error("typed words are lost")
	}
	gp.send("Send", url.Values{"severity": {"worrying"}}).at("/handback/package/papers?done=told")
	v := w.enter(id).open("/care/aftercare").says("Your GP confirmed the papers", "Who takes the clips out?")
	v.open("/care/gp").send("Save", url.Values{"gp_share": {"do_not_share"}, "warned": {"yes"}})
	if gp.open("/handback/package/papers"); gp.status != http.StatusNotFound {
		t.Errorf("papers that are no longer shared: %d", gp.status)
	}
	dead := visit(t, w.s).open(link)
	never := visit(t, w.s).open("/handback/" + strings.Repeat("c", 43))
	if never.status != http.StatusNotFound || never.words() != dead.words() && dead.status == http.StatusNotFound {
		t.Errorf("%d %q, %d %q", dead.status, dead.words(), never.status, never.words())
	}
}

func TestPapersCardAndAftercareOfThePatient(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Aftercare)
	v := w.enter(id).open("/care/discharge").says("Overseas healthcare alert until", "Osteoarthritis of the right knee", "Still to come", "A prescription from India is not valid")
	if strings.Contains(v.words(), "I have received it") {
		v.send("I have received it", nil).at("/care/discharge?done=received").says("You confirmed that you have the papers")
	}
	if got := w.look(id); !got.Care.PatientHasIt {
		t.Error("the patient has not confirmed")
	}
	v.open("/care/card").says("Overseas healthcare alert", "I stayed overnight in a hospital in India", "Emergency in the UK: 999")
	v.open("/care/problem").says("Call 999 now", "Call 111 if it cannot wait").send("Tell the hospital and Care Corridor", url.Values{"severity": {"urgent"}, "what": {"The wound leaks."}}).refused("read", "since")
	day := w.s.clock.Now()
	v.send("Tell the hospital and Care Corridor", url.Values{"read": {"yes"}, "since_day": {day.Format("2")}, "since_month": {day.Format("1")}, "since_year": {day.Format("2006")}, "sought": {"Called 111"}}).says("We have told the hospital", "Call 111 now")
	v.open("/care/aftercare").says("The wound leaks.", "Called 111", "Wound check")
	if n := len(w.look(id).Complaints); n != 1 {
		t.Errorf("%d reports", n)
	}
}
