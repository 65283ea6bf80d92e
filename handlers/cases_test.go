package handlers_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

func init() {
	hospital := []auth.Role{auth.ProviderOwner, auth.ProviderEditor, auth.ProviderClinician}
	for _, part := range []string{"", "/messages"} {
		own(func(t *testing.T, s *site) string {
			w := s.walk(t)
			return "/portal/referrals/" + w.reference(w.to(referral.WithProviders)) + part
		}, hospital[len(part)%3], hospital[2])
	}
}

// walking is a site whose sample people bring referrals on their way.
type walking struct {
	*sample.Walker
	t testing.TB
	s *site
}

const kneeReplacement = "total-knee-replacement"

// walk makes the first sample hospital eligible, verifies its clinician and the sample referrer, and gives the walker.
func (s *site) walk(t testing.TB) *walking {
	t.Helper()
	ctx, admin := context.Background(), s.actor(t, auth.Administrator, 0)
	h := sample.Hospital{Desk: s.actor(t, auth.ProviderEditor, 0), Doctor: s.actor(t, auth.ProviderClinician, 0)}
	today := when.DateOf(s.clock.Now())
	a := referral.Agreement{Org: h.Desk.Org, Mechanism: referral.IDTASigned, SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50), EmergencyContact: "+91 44 0000 0000", ComplaintOfficer: "Sample Officer"}
	old, err := s.referrals.Agreement(ctx, admin, a.Org)
	if err != nil {
		t.Fatal(err)
	}
	a.Version = old.Version
	if l, err := s.referrals.SetAgreement(ctx, admin, a); err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	for _, who := range []auth.Actor{h.Doctor, s.actor(t, auth.Referrer, 0)} {
		s.registered(t, who)
	}
	h.Slug = s.listingOf(t, h.Desk)
	w := &walking{t: t, s: s}
	w.Walker = &sample.Walker{Service: s.referrals, Treatment: kneeReplacement, Now: s.clock.Now, Pass: func(d time.Duration) { s.clock.Set(s.clock.Now().Add(d)) }, Answered: s.referrals.ContactAnswered,
		Cast: sample.Cast{Referrer: s.actor(t, auth.Referrer, 0), Coordinator: s.actor(t, auth.Coordinator, 0), Safety: s.actor(t, auth.SafetyReviewer, 0), Hospitals: []sample.Hospital{h}}}
	return w
}

// registered records that a verifier found somebody on the register.
func (s *site) registered(t testing.TB, who auth.Actor) {
	t.Helper()
	ctx := context.Background()
	register := map[auth.Role]string{auth.Referrer: "GMC", auth.ProviderClinician: "Indian council"}[who.Role]
	if l, err := s.referrals.AskRegistration(ctx, who, register, map[string]string{"GMC": "1234567"}[register]+map[bool]string{true: "TNMC 12345"}[register != "GMC"]); err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	verifier := s.actor(t, auth.Verifier, 0)
	all, err := s.referrals.Registrations(ctx, verifier)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Person != who.Person {
			continue
		}
		if l, err := s.referrals.CheckRegistration(ctx, verifier, referral.RegistrationRuling{Person: r.Person, Version: r.Version, Found: true, Evidence: "The register's own page", PracticeActive: true, PracticeEvidence: "ODS directory", On: s.referrals.Today()}); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		return
	}
	t.Fatalf("nobody to check: %s", who.Role)
}

// listingOf is the slug of a hospital's listing; it is given a clinician whose registration counts.
func (s *site) listingOf(t testing.TB, who auth.Actor) string {
	t.Helper()
	o, err := s.listings.Overview(context.Background(), who, who.Provider)
	if err != nil {
		t.Fatal(err)
	}
	specialty, year, today := "orthopaedics", 2010, when.DateOf(s.clock.Now())
	err = s.store.Write(context.Background(), func(tx *models.Tx) error {
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "referral-test", Kind: "sample", Title: "Invented"}})
		if err != nil {
			return err
		}
		return tx.PutClinician(models.Clinician{ID: "clinician-of-a-test", ProviderID: who.Provider, Name: "Dr Sample Rao", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00000", RegisteredYear: &year,
			SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(100), SourceID: ids[1]})
	})
	if err != nil {
		t.Fatal(err)
	}
	return o.Slug
}

// to brings a new referral to a state and gives its id.
func (w *walking) to(state referral.State) string {
	w.t.Helper()
	id, err := w.To(context.Background(), state, 0, false)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *walking) reference(id string) string {
	w.t.Helper()
	r, err := w.s.store.ReferralByID(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return r.Reference
}

// look is the referral as the coordinator sees it.
func (w *walking) look(id string) referral.View {
	w.t.Helper()
	v, err := w.Look(context.Background(), w.Coordinator, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// patientDoes is one event by the patient.
func (w *walking) patientDoes(id string, e referral.Event, in referral.Input) {
	w.t.Helper()
	p := sample.PatientOf(id, w.s.clock.Now())
	v, err := w.Look(context.Background(), p, id)
	if err != nil {
		w.t.Fatal(err)
	}
	in.Version = v.Version
	if h := v.Hospital(in.Provider); h != nil {
		in.Version = h.Version
	}
	if done, err := w.Do(context.Background(), p, id, e, in); err != nil || !done.OK() {
		w.t.Fatal(e, done.Problems, err)
	}
}

// trail counts rows of the trail about a referral.
func (w *walking) trail(id, action string) int {
	w.t.Helper()
	page, err := w.s.store.AuditPage(context.Background(), models.AuditFilter{Subject: id, Action: action}, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(page.Rows)
}

func TestTheDeskSeesWhatWaitsAndSendsItOn(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Triage)
	ref := w.reference(id)
	v := w.s.as(t, auth.Coordinator).open("/desk/referrals").says("Meena", "To check", ref)
	if text(v.doc.Find(".cc-sidenav a[aria-current]")) != "Referrals" {
		t.Errorf("menu: %s", text(v.doc.Find(".cc-sidenav")))
	}
	before := w.trail(id, "referral.view")
	v.follow(ref).says("SAMPLE, Meena", "Referred by Dr Tom Ashworth", "Total knee replacement", "Consents", "This hospital may have the items listed", "Not sent", "Who paysThe patient", "NHS waiting list")
	if w.trail(id, "referral.view") != before+1 {
		t.Error("the look is not in the trail")
	}
	v.follow("Send it to hospitals").send("Send it to the hospitals I ticked", nil).refused("hospitals")
	row := w.look(id).Hospitals[0].ID
	v.send("Send it to the hospitals I ticked", url.Values{"hospitals": {row}}).at("/desk/referrals/"+ref+"?done=route").says("Sent to the hospitals you chose", "With hospitals", "Sent, not opened", "Hospital answers")
	if got := w.look(id); got.State != referral.WithProviders {
		t.Errorf("state %s", got.State)
	}
	v.open("/desk/referrals/" + ref + "/do/return")
	if v.status != 409 {
		t.Errorf("returning what was sent on: %d", v.status)
	}
	v.says("is not possible now")
	if refused := w.s.as(t, auth.Verifier).open("/desk/referrals"); refused.status != 403 {
		t.Errorf("a verifier's worklist: %d", refused.status)
	}
}

func TestAReferralIsReturnedWithAReasonAndAComment(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Triage)
	at := "/desk/referrals/" + w.reference(id)
	v := w.s.as(t, auth.Coordinator).open(at).follow("Return it")
	v.send("Return the referral", url.Values{"reason": {"info_incomplete"}}).refused("comment")
	if v.doc.Find("input[value=info_incomplete][checked]").Length() != 1 {
		t.Error("the reason that was chosen is lost")
	}
	v.send("Return the referral", url.Values{"comment": {"Please add an X-ray."}}).at(at+"?done=return").says("Returned", "It was returned (more information is needed)")
	if got := w.look(id); got.State != referral.Returned {
		t.Errorf("state %s", got.State)
	}
}

func TestTwoPeopleOfTheDeskDoOneThingAndBothSeeWhatHappened(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Triage)
	at := "/desk/referrals/" + w.reference(id)
	one, two := w.s.as(t, auth.SafetyReviewer).open(at).follow("Place a safety hold"), w.s.as(t, auth.Coordinator).open(at).follow("Return it")
	form := fieldsOf(one.doc.Find("main form").First())
	form.Set("text", "Anticoagulant to be checked by Monday.")
	one.post(at+"/do/hold", form).at(at+"?done=hold").says("Safety hold", "Nothing moves forward")
	one.post(at+"/do/hold", form).at(at + "?done=hold") // the button again: one hold
	if n := countEvents(w.look(id), referral.Hold); n != 1 {
		t.Errorf("%d holds", n)
	}
	two.send("Return the referral", url.Values{"reason": {"other"}, "comment": {"Typed before the hold."}})
	if two.status != 409 {
		t.Fatalf("a stale form: %d", two.status)
	}
	two.says("This changed after you opened the page", "A safety hold was placed")
	if got := two.doc.Find("#comment").Text(); got != "Typed before the hold." {
		t.Errorf("typed words: %q", got)
	}
	two.send("Return the referral", nil).at(at + "?done=return")
}

func countEvents(v referral.View, e referral.Event) (n int) {
	for _, x := range v.Timeline {
		if x.Event == e {
			n++
		}
	}
	return n
}

func TestOnlyASafetyReviewerHoldsExcludesAndBreaksTheGlass(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Triage)
	at := "/desk/referrals/" + w.reference(id)
	coordinator := w.s.as(t, auth.Coordinator)
	for _, event := range []string{"hold", "exclude", "clear_flags"} {
		if coordinator.post(at+"/do/"+event, url.Values{"text": {"x"}, "reason": {"surrogacy"}, "version": {"1"}}); coordinator.status != 403 {
			t.Errorf("a coordinator does %s: %d", event, coordinator.status)
		}
	}
	w.s.as(t, auth.SafetyReviewer).open(at).follow("Close it: not arranged here").send("Close the referral", url.Values{"reason": {"surrogacy"}}).at(at + "?done=exclude").says("Closed: not arranged here")
	w.s.clock.Set(w.s.clock.Now().AddDate(0, 0, 100))
	v := w.s.as(t, auth.SafetyReviewer).open(at)
	if v.status != 403 || strings.Contains(v.words(), "Meena") {
		t.Fatalf("an old referral: %d\n%s", v.status, v.words())
	}
	v.says("not on a worklist", "the patient can read that").send("Open it and report this", url.Values{"why": {"curious"}}).refused("why")
	v.send("Open it and report this", url.Values{"why": {"A complaint names this referral and its dates."}}).says("Opened with a reason", "SAMPLE, Meena")
	if w.trail(id, "referral.breakglass") != 1 {
		t.Error("no row of the trail about it")
	}
	told := w.s.as(t, auth.Administrator).open("/desk").says("New in referrals", "Opened with a reason, without being on a worklist").follow(w.reference(id)).says("Your role sees how the referral stands")
	if strings.Contains(told.open("/desk").words(), "Opened with a reason") {
		t.Error("what was read is still new")
	}
	if strings.Contains(w.s.as(t, auth.Auditor).open("/desk").words(), "New in referrals") {
		t.Error("an auditor has news of referrals")
	}
	old := w.s.as(t, auth.Coordinator).open(at).says("A clinical safety reviewer can open it")
	if old.status != 403 {
		t.Errorf("a coordinator: %d", old.status)
	}
	w.s.as(t, auth.Auditor).open("/desk/access-log?reference="+url.QueryEscape(w.reference(id))).says("A complaint names this referral", "Dr Ruth Hughes")
	if c := w.s.as(t, auth.Coordinator).open("/desk/access-log"); c.status != 403 {
		t.Errorf("a coordinator reads the access log: %d", c.status)
	}
}

func TestAnAdministratorHoldsErasureWithoutSeeingTheRecord(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/desk/referrals/" + w.reference(id)
	v := w.s.as(t, auth.Administrator).open("/desk/safeguards?reference="+w.reference(id)).says("Your role sees how the referral stands", "With hospitals")
	for _, secret := range []string{"Meena", "Sample Street", "knee", "999 000"} {
		if strings.Contains(strings.ToLower(v.words()), strings.ToLower(secret)) {
			t.Errorf("an administrator reads %q", secret)
		}
	}
	v.follow("Place a legal hold").send("Place the hold", url.Values{"text": {"A claim is expected."}})
	if !strings.HasPrefix(v.path, "/account/step-up") && v.path != at+"?done=hold_erasure" {
		t.Errorf("at %s with status %d:\n%.500s", v.path, v.status, v.words())
	}
}

// The door of a referral's pages at the desk and the service behind it agree about every role of the alliance.
func TestEveryRoleOfTheDeskGetsTheReferralThatItsServiceGives(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.WithProviders)
	at := "/desk/referrals/" + w.reference(id)
	for role, want := range map[auth.Role]struct {
		status int
		record bool
	}{auth.Coordinator: {200, true}, auth.SafetyReviewer: {200, true}, auth.Verifier: {200, false}, auth.Administrator: {200, false}, auth.Auditor: {403, false}} {
		v := w.s.as(t, role).open(at)
		if record := strings.Contains(v.words(), "SAMPLE, Meena"); v.status != want.status || record != want.record {
			t.Errorf("%s: status %d, record shown %v", role, v.status, record)
		}
		who := w.s.actor(t, role, 0)
		_, look := w.s.referrals.Look(t.Context(), who, id)
		_, standing := w.s.referrals.Standing(t.Context(), who, id)
		if (look == nil) != want.record || (standing == nil) != (want.status == 200) {
			t.Errorf("%s: the service says %v and %v", role, look, standing)
		}
		if v.open(at + "/do/hold_erasure"); role == auth.Auditor && v.status != 403 || role == auth.Administrator && v.status != 200 {
			t.Errorf("%s asks for a legal hold: %d", role, v.status)
		}
		if v.post(at+"/do/hold_erasure", url.Values{"text": {"x"}}); role != auth.Administrator && v.status != 403 {
			t.Errorf("%s places a legal hold: %d", role, v.status)
		}
	}
}
