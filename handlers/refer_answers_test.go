package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/sample"
	"carecorridor/views/link"
)

// walker brings referrals of the sample practice to a state, with the first sample hospital on the shortlist.
func (s *site) walker(t testing.TB) *sample.Walker {
	t.Helper()
	ctx := context.Background()
	w := &sample.Walker{Service: s.referrals, Treatment: "total-knee-replacement", Now: s.clock.Now, Pass: func(d time.Duration) { s.clock.Set(s.clock.Now().Add(d)) }}
	w.Referrer, w.Coordinator, w.Safety = s.actor(t, auth.Referrer, 0), s.actor(t, auth.Coordinator, 0), s.actor(t, auth.SafetyReviewer, 0)
	h := sample.Hospital{Desk: s.actor(t, auth.ProviderOwner, 0), Doctor: s.actor(t, auth.ProviderClinician, 0)}
	listed, err := s.cat.Cards(ctx, []int64{h.Desk.Provider}, "")
	if err != nil || len(listed) != 1 {
		t.Fatal(len(listed), err)
	}
	h.Slug = listed[0].Slug
	w.Hospitals = []sample.Hospital{h}
	year, specialty := 2010, "orthopaedics"
	sources, err := s.store.Sources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.Write(ctx, func(tx *models.Tx) error {
		return tx.PutClinician(models.Clinician{ID: "clinician-sample", ProviderID: h.Desk.Provider, Name: "Dr Sample Rao", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00000", RegisteredYear: &year,
			SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: s.referrals.Today().AddDays(-10), NextCheck: s.referrals.Today().AddDays(100), SourceID: sources[0].ID})
	}); err != nil {
		t.Fatal(err)
	}
	verifier, today := s.actor(t, auth.Verifier, 0), s.referrals.Today()
	for who, register := range map[auth.Actor]string{w.Referrer: "GMC", h.Doctor: "Indian council"} {
		l, err := s.referrals.AskRegistration(ctx, who, register, "1234567")
		if err != nil || !l.OK() {
			t.Fatal(l, err)
		}
	}
	all, err := s.referrals.Registrations(ctx, verifier)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if l, err := s.referrals.CheckRegistration(ctx, verifier, referral.RegistrationRuling{Person: r.Person, Version: r.Version, Found: true, Evidence: "register", PracticeActive: true, PracticeEvidence: "ODS directory", On: today}); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
	}
	l, err := s.referrals.SetAgreement(ctx, s.actor(t, auth.Administrator, 0), referral.Agreement{Org: h.Desk.Org, Mechanism: referral.IDTASigned, SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50),
		EmergencyContact: "+91 44 0000 0000", ComplaintOfficer: "Sample Officer"})
	if err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	return w
}

// brought is a browser of the referrer with a referral in a state.
func (s *site) brought(t testing.TB, state referral.State) (writing, *sample.Walker) {
	t.Helper()
	w := s.walker(t)
	id, err := w.To(t.Context(), state, 0, false)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.referrals.Look(t.Context(), w.Referrer, id)
	if err != nil {
		t.Fatal(err)
	}
	return writing{s.as(t, auth.Referrer), s, v.Reference}, w
}

// done is one event by somebody else.
func (w writing) done(who auth.Actor, e referral.Event, in referral.Input) {
	w.t.Helper()
	who.SteppedUp = w.s.clock.Now()
	v, err := w.s.referrals.Look(context.Background(), who, w.reference)
	if err != nil {
		w.t.Fatal(err)
	}
	in.Version = v.Version
	if auth.KindOf(who.Role) == auth.Hospital {
		in.Version = v.Hospitals[0].Version
	}
	if d, err := w.s.referrals.Do(context.Background(), who, v.ID, e, in); err != nil || !d.OK() {
		w.t.Fatalf("%s: %v %v", e, d.Problems, err)
	}
}

func TestAReturnedReferralIsChangedAndSentAgain(t *testing.T) {
	t.Parallel()
	w, _ := alone(t).brought(t, referral.Returned)
	w.open(w.on()).says("We sent this back to you", "More information is needed", "Please add a recent X-ray report.")
	w.open(link.ReferDashboard+"?list=returned").says("Sent back to you", "You change it and send it again")
	w.open(w.on("clinical")).send("Save and continue", url.Values{"investigations": {"X-ray of November 2026: bone on bone"}})
	w.open(w.on("check")).says("What did you change?")
	form := fieldsOf(w.doc.Find("#sign form"))
	if got := strings.Join(form["changed"], " "); got != "clinical medicines" {
		t.Errorf("ticked by what was changed: %q", got)
	}
	w.send("Confirm and send again", url.Values{"changed": {}}).refused("changed", "statement")
	w.send("Confirm and send again", url.Values{"changed": {"clinical"}, "statement": {"yes"}}).at(w.on("sent"))
	if v := w.looks(); v.State != referral.Triage {
		t.Errorf("state %s", v.State)
	}
}

func TestAHospitalsQuestionIsAnsweredAndMessagesGoBothWays(t *testing.T) {
	t.Parallel()
	w, c := alone(t).brought(t, referral.WithProviders)
	doctor := c.Hospitals[0].Doctor
	w.done(c.Hospitals[0].Desk, referral.Open, referral.Input{})
	w.done(doctor, referral.Ask, referral.Input{Text: "Which side, and is there an ECG?"})
	w.open(w.on("timeline")).says("asks for more information", "Which side, and is there an ECG?", "Answer the question", "Opened by", "The time stands still", "UK", "India")
	form := fieldsOf(w.doc.Find("form[action$='/answer']"))
	w.send("Send the answer", url.Values{"text": {""}})
	if w.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing: status %d", w.status)
	}
	form.Set("text", "The right side. The ECG is attached.")
	w.post(w.on("answer"), form).says("Your answer is sent", "The right side. The ECG is attached.")
	w.post(w.on("answer"), form) // the same again
	if n := strings.Count(w.words(), "The right side. The ECG is attached."); n > 2 {
		t.Errorf("the answer is there %d times", n)
	}
	w.open(w.on("timeline")).send("Send message", url.Values{"text": {"Please call me on 07700 900123"}})
	if w.status != http.StatusUnprocessableEntity || !strings.Contains(w.doc.Find("textarea").Text(), "07700 900123") {
		t.Errorf("a phone number before acceptance: status %d", w.status)
	}
	w.open(w.on("timeline")).send("Send message", url.Values{"text": {"Thank you for looking so soon."}}).says("Your message is sent", "Thank you for looking so soon.")
	w.done(doctor, referral.Message, referral.Input{Text: "You are welcome."})
	w.open(link.ReferDashboard).says("1 new message")
	w.open(w.on("timeline")).says("You are welcome.", "New")
	w.open(w.on("messages"))
	if !strings.HasPrefix(w.path, w.on("timeline")) {
		t.Errorf("at %s", w.path)
	}
}

func TestADeclineAndAnOpinionAreReadWithTheirReason(t *testing.T) {
	t.Parallel()
	w, c := alone(t).brought(t, referral.Deciding)
	w.open(w.on("timeline")).says("Opinion and quote given by", "A replacement of the right knee is suitable.", "The patient’s decision", "Expected by")
	w.done(c.Hospitals[0].Doctor, referral.Decline, referral.Input{Reason: referral.NoCapacity, Comment: "Our theatre is closed."})
	w.open(w.on("timeline")).says("No capacity", "Our theatre is closed.", "Closed")
}

func TestADischargePackageComesBackToTheReferrer(t *testing.T) {
	t.Parallel()
	w, _ := alone(t).brought(t, referral.Aftercare)
	w.as(t).open(w.on("timeline")).says("Discharge package", "Total replacement of the right knee", "Results still to come", "Histology", "Overseas-care alert")
}

func TestAComplicationIsReportedWith999First(t *testing.T) {
	t.Parallel()
	w, _ := alone(t).brought(t, referral.Aftercare)
	w = w.as(t)
	w.open(w.on("timeline")).follow("Report a complication").says("Call 999 if life is in danger").send("Report it", nil).refused("severity", "text")
	w.send("Report it", url.Values{"severity": {"worrying"}, "text": {"The wound is red."}}).says("our safety reviewer have been told", "Complication reported")
	if n := len(w.looks().Complaints); n != 1 {
		t.Errorf("%d reports", n)
	}
	early := alone(t).drafted(t, auth.Referrer)
	early.open(early.on("complication")).says("can be reported here after the treatment")
	if early.post(early.on("complication"), url.Values{"severity": {"worrying"}, "text": {"x"}}); early.status != http.StatusConflict {
		t.Errorf("before the treatment: %d", early.status)
	}
}

// as signs in again: the walk took longer than a session.
func (w writing) as(t testing.TB) writing {
	w.visitor = w.s.as(t, auth.Referrer)
	return w
}

func TestCancellingAsksWhyAndIsDoneOnce(t *testing.T) {
	t.Parallel()
	w, _ := alone(t).brought(t, referral.WithProviders)
	w.open(w.on("end")).send("Cancel this referral", nil).refused("reason")
	form := fieldsOf(w.doc.Find("form[action$='/end']").First())
	form.Set("reason", "health_changed")
	w.post(w.on("end"), form).refused("comment")
	form.Set("comment", "Surgery is too risky now.")
	w.post(w.on("end"), form).at(link.ReferDashboard + "?done=ended").says("The referral is closed")
	w.post(w.on("end"), form).at(link.ReferDashboard + "?done=ended") // again
	if v := w.looks(); v.Ending != referral.EndCancelled {
		t.Errorf("%s %s", v.State, v.Ending)
	}
	w.open(link.ReferDashboard + "?list=closed").says("Closed: cancelled")
}

func TestChangingAnswersWhileThePatientIsAskedTakesItBack(t *testing.T) {
	t.Parallel()
	w, _ := alone(t).brought(t, referral.AwaitingConsent)
	w.open(w.on("pathway")).says("The patient has been asked already").send("Save and continue", url.Values{"priority": {"soon"}})
	if v := w.looks(); v.State != referral.Draft || v.Priority != referral.Soon {
		t.Errorf("%s %s", v.State, v.Priority)
	}
}

func TestTheWorklistIsFilteredOrderedAndFoundByReference(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).fills("patient")
	v := w.open(link.ReferDashboard+"?list=drafts&mine=yes&sort=name").says("M.S.", "68 years", w.reference, "You complete it and sign")
	if v.doc.Find(".cc-sidenav a[aria-current]").Length() != 1 {
		t.Error("no worklist is marked as the one shown")
	}
	w.open(link.ReferDashboard + "?late=yes").says("You have no referrals here")
	w.open(link.ReferDashboard + "?reference=" + w.reference).says("M.S.")
	w.open(link.ReferDashboard + "?reference=1234").says("Enter the reference as it is written")
	w.open(link.ReferDashboard + "?list=nonsense&sort=nonsense&page=99999").says("M.S.")
	s.asOther(t, auth.Referrer).open(link.ReferDashboard).says("You have no referrals yet")
}

func TestNobodyChecksWithoutTheRoleAndAWrongNumberIsRefused(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.Referrer).open(link.ReferVerification).says("R0", "R1", "R2", "R3", "Missing").send("Ask for a check", url.Values{"number": {"12"}})
	v.refused("number")
	v.send("Ask for a check", url.Values{"number": {"7654321"}}).says("Your number is with our verifier")
	for _, role := range []auth.Role{auth.Referrer, auth.Coordinator, auth.ProviderOwner} {
		if one := s.as(t, role).open(link.DeskReferrers); one.status != http.StatusForbidden {
			t.Errorf("%s: %d", role, one.status)
		}
	}
	d := s.as(t, auth.Verifier).open(link.DeskReferrers).follow("Dr Tom Ashworth")
	d.send("Record this check", nil).refused("found", "evidence")
	d.send("Record this check", url.Values{"found": {"no"}, "evidence": {"not in the list"}}).says("Not confirmed")
	s.as(t, auth.Referrer).open(link.ReferVerification).says("We could not confirm your registration")
	if d.open(link.DeskReferrer("nobody")); d.status != http.StatusNotFound {
		t.Errorf("nobody: %d", d.status)
	}
}
