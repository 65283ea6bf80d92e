package handlers_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/nhs"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/views/link"
)

func init() {
	own(func(t *testing.T, s *site) string { return link.Referral(s.drafted(t, auth.Referrer).reference) }, auth.Referrer, auth.ReferrerAdmin)
	own(func(t *testing.T, s *site) string {
		return link.Referral(s.drafted(t, auth.Referrer).reference, "timeline")
	}, auth.Referrer)
	own(func(t *testing.T, s *site) string {
		return link.Referral(s.drafted(t, auth.ReferrerAdmin).reference, "patient")
	}, auth.ReferrerAdmin)
}

// answersOf is every page of the form, filled in about somebody invented.
func answersOf() map[string]url.Values {
	return map[string]url.Values{
		"patient": {"nhs_number": {"999 000-0018"}, "title": {"Mrs"}, "given": {"Meena"}, "family": {"Sample"}, "born-day": {"14"}, "born-month": {"5"}, "born-year": {"1958"}, "sex": {"female"}, "address": {"1 Sample Street\nLeicester"},
			"postcode": {"le16hx"}, "email": {"meena@sample.example"}, "phone": {"07700 900123"}, "gp_code": {"v81999"}, "gp_share": {"share_all"}, "language": {"en"}, "interpreter": {"no"}, "safeguarding": {"none"}},
		"consent": {"capacity": {"yes"}, "contact_checked": {"yes"}},
		"pathway": {"kind": {"self_funded"}, "priority": {"routine"}, "funding": {"self_pay"}, "nhs_wait": {"waiting"}, "conflict": {"none"}},
		"clinical": {"treatment": {"total-knee-replacement"}, "condition.text": {"Osteoarthritis of the right knee"}, "diagnosis": {"confirmed"}, "problem": {"Pain in the right knee"}, "question": {"Is a replacement right?"}, "history": {"4 years, worse on stairs"},
			"examination": {"Crepitus"}, "investigations": {"X-ray in 2026"}, "no_other_conditions": {"yes"}, "height_cm": {"165"}, "weight_kg": {"72.5"}, "smoking": {"never"}, "alcohol": {"none"}, "pregnant": {"not_applicable"}},
		"medicines": {"medicines.n": {"2"}, "medicines.0.drug": {""}, "medicines.1.drug": {"Paracetamol"}, "medicines.1.dose": {"1 g"}, "medicines.1.frequency": {"4 times a day"}, "no_known_allergies": {"yes"}, "no_operations": {"yes"},
			"vte.is": {"no"}, "anticoagulants.is": {"no"}, "anaesthetic_problems.is": {"no"}, "mrsa": {"negative"}, "cpe": {"not_tested"}, "c_auris": {"not_tested"}, "blood_borne": {"not_known"}, "overnight_abroad.is": {"no"}, "overnight_uk.is": {"no"},
			"fit_to_fly": {"yes"}, "no_implants": {"yes"}},
		"travel": {"earliest-day": {"1"}, "earliest-month": {"3"}, "earliest-year": {"2027"}, "latest-day": {"30"}, "latest-month": {"6"}, "latest-year": {"2027"}, "companions": {"0"}, "by_phone": {"no"}},
	}
}

// refPages are the pages of the form in their order.
var refPages = []string{"patient", "consent", "pathway", "clinical", "medicines", "travel"}

// writing is a browser with a referral it began.
type writing struct {
	*visitor
	s         *site
	reference string
}

// drafted begins a referral as the sample person of a role.
func (s *site) drafted(t testing.TB, role auth.Role) writing {
	t.Helper()
	v := s.as(t, role).open(link.ReferNew)
	fill := url.Values{"mode": {"referral"}}
	if role == auth.ReferrerAdmin {
		fill.Set("clinician", s.sample(t, auth.Referrer, 0).Person)
	}
	v.send("Start", fill)
	if v.status != http.StatusOK || !strings.HasSuffix(v.path, "/patient") {
		t.Fatalf("at %s with status %d:\n%.600s", v.path, v.status, v.words())
	}
	return writing{v, s, strings.Split(v.path, "/")[2]}
}

func (w writing) on(parts ...string) string { return link.Referral(w.reference, parts...) }

// fills pages of the form as they stand.
func (w writing) fills(pages ...string) writing {
	w.t.Helper()
	all := answersOf()
	for _, p := range pages {
		w.open(w.on(p)).send("Save and continue", all[p])
		if w.status != http.StatusOK || w.path == w.on(p) {
			w.t.Fatalf("%s: status %d at %s:\n%.1500s", p, w.status, w.path, w.words())
		}
	}
	return w
}

// whole fills everything and chooses a hospital.
func (w writing) whole() writing {
	w.t.Helper()
	w.fills(refPages...)
	w.post(w.on("hospitals"), url.Values{"add": {sampleA}})
	return w
}

// looks is the referral as its referrer sees it.
func (w writing) looks() referral.View {
	w.t.Helper()
	v, err := w.s.referrals.Look(context.Background(), w.s.actor(w.t, auth.Referrer, 0), w.reference)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// checked records that the sample referrer was found on the register, by the pages of both.
func (s *site) checked(t testing.TB) {
	t.Helper()
	s.as(t, auth.Referrer).open(link.ReferVerification).send("Ask for a check", url.Values{"register": {"GMC"}, "number": {"1234567"}}).says("With our verifier")
	v := s.as(t, auth.Verifier).open(link.DeskReferrers).says("Waits for a check")
	v.follow("Dr Tom Ashworth").send("Record this check", url.Values{"found": {"yes"}, "evidence": {"The register's own page"}}).refused("practice")
	v.send("Record this check", url.Values{"found": {"yes"}, "evidence": {"The register's own page"}, "practice": {"yes"}, "practice_evidence": {"The ODS directory's own page"}}).at(link.DeskReferrers + "?done=checked")
	s.as(t, auth.Referrer).open(link.ReferVerification).says("You need this only when your number has changed")
}

func TestAReferrerWritesSignsAndSends(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	w.open(w.on()).says("You have completed 0 of 8 sections", "Cannot start yet", "Do not use this service for")
	w.whole()
	w.open(w.on()).says("You have completed 7 of 8 sections", "SAMPLE, Meena (Mrs)", "14 May 1958 (68 years)", "999 000 0018", "1 hospital chosen")
	w.open(w.on("check")).says("Osteoarthritis of the right knee", "Paracetamol, 1 g, 4 times a day", "No known allergies", "72.5", "Your registration has to be checked")
	s.checked(t)
	w.open(w.on("check")).send("Confirm and send to 1 hospital", nil).refused("statement", "how")
	w.send("Confirm and send to 1 hospital", url.Values{"statement": {"yes"}, "how": {"here"}}).at(w.on("sent") + "?how=here")
	w.says("Referral signed", w.reference, "The patient is here now", "What happens next")
	w.send("Open the consents on this device", nil).says("Hand this device to the patient")
	if to := w.link("Open the consents"); !strings.HasPrefix(to, "/care/link/") {
		t.Errorf("the consents are at %s", to)
	}
	if v := w.looks(); v.State != referral.AwaitingConsent || v.Patient.NHSNumber != "9990000018" || v.Patient.Postcode != "LE1 6HX" || v.Clinical.Condition.Text == "" || len(v.Clinical.Medicines) != 1 {
		t.Errorf("kept as %s %+v", v.State, v.Clinical)
	}
	w.open(w.on("check")).post(w.on("check"), url.Values{"version": {"1"}, "statement": {"yes"}, "how": {"link"}}).at(w.on("sent")) // the same button again
	w.open(link.ReferDashboard+"?list=consent").says("M.S.", "Waiting for the patient’s consent", "The patient reads the consents")
	if strings.Contains(w.words(), "Meena") {
		t.Error("the list shows a name")
	}
}

func TestEachPageOfAReferralKeepsWhatWasTypedAndSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	for page, want := range map[string][]string{
		"patient": {"nhs_number", "given", "family", "born", "sex", "address", "postcode", "email", "phone", "gp_code", "gp_share", "interpreter", "safeguarding"}, "consent": {"capacity", "contact_checked"},
		"pathway": {"kind", "priority", "funding", "nhs_wait", "conflict"}, "clinical": {"treatment", "problem", "question", "diagnosis", "history", "examination", "other_conditions", "height_cm", "weight_kg", "smoking"},
		"medicines": {"medicines", "allergies", "operations", "vte", "mrsa", "overnight_abroad", "fit_to_fly", "implants"}, "travel": {"earliest", "latest", "companions", "by_phone"},
	} {
		w.open(w.on(page)).send("Save and continue", nil).refused(want...)
	}
	w.open(w.on("patient")).send("Save and continue", url.Values{"nhs_number": {"999 000 0019"}, "given": {"<b>Ann"}, "born-day": {"31"}, "born-month": {"2"}, "born-year": {"1960"}, "no_gp": {"yes"}}).refused("nhs_number", "born")
	w.says(string(nhs.WrongCheck), "must be a real date")
	if form := fieldsOf(w.doc.Find("main form").First()); form.Get("given") != "<b>Ann" || form.Get("born-day") != "31" || form.Get("no_gp") != "yes" || form.Get("nhs_number") != "999 000 0019" {
		t.Errorf("the form came back with %v", form)
	}
	if n := len(w.looks().Timeline); n != 1 {
		t.Errorf("a refused page left %d events", n)
	}
}

func TestEntriesAreAddedAndRemovedWithoutScripts(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	w.open(w.on("medicines")).post(w.on("medicines"), url.Values{"medicines.n": {"1"}, "medicines.0.drug": {"Apixaban"}, "do": {"add:medicines"}, "vte.words": {"in 2019"}})
	form := fieldsOf(w.doc.Find("main form").First())
	if form.Get("medicines.n") != "2" || form.Get("medicines.0.drug") != "Apixaban" || form.Get("vte.words") != "in 2019" {
		t.Fatalf("added: %v", form)
	}
	form.Set("medicines.1.drug", "Ramipril")
	form.Set("do", "remove:medicines:0")
	w.post(w.on("medicines"), form)
	if form = fieldsOf(w.doc.Find("main form").First()); form.Get("medicines.n") != "1" || form.Get("medicines.0.drug") != "Ramipril" {
		t.Errorf("removed: %v", form)
	}
}

func TestWhatThisServiceIsNotForLeadsElsewhere(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	with := func(page string, change url.Values) *visitor {
		form := answersOf()[page]
		maps.Copy(form, change)
		return w.open(w.on(page)).send("Save and continue", form)
	}
	stops := func(v *visitor, words ...string) {
		t.Helper()
		if v.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", v.path, v.status)
		}
		v.says(words...)
	}
	stops(with("pathway", url.Values{"kind": {"urgent"}}), "Suspected cancer and urgent care stay with the NHS")
	stops(with("pathway", url.Values{"kind": {"nhs_funded"}}), "The NHS does not pay for treatment in India")
	stops(with("consent", url.Values{"capacity": {"no"}}), "We need to speak to you first")
	stops(with("clinical", url.Values{"diagnosis": {"suspected"}, "condition.text": {"Carcinoma of the colon"}}), "Suspected cancer")
	stops(with("clinical", url.Values{"problem": {"He wants to buy a kidney from a donor"}}), "We do not arrange this treatment")
	if v := w.looks(); v.Pathway != nil || v.Clinical != nil {
		t.Error("an answer that stops was kept")
	}
	stops(with("clinical", url.Values{"problem": {"Crushing chest pain now"}}), "This may be an emergency", "Call 999")
	w.send("Go back and change the answer", nil).says("Reason for referral and history")
	if got := fieldsOf(w.doc.Find("main form").First()).Get("problem"); got != "Crushing chest pain now" {
		t.Errorf("came back with %q", got)
	}
	with("clinical", url.Values{"problem": {"Crushing chest pain now"}}).send("It is not so: save and continue", nil)
	if v := w.looks(); v.Clinical == nil || v.Stop != nil {
		t.Errorf("what was answered stops still: %+v", v.Stop)
	}
	w.open(w.on("medicines")).send("Save and continue", answersOf()["medicines"])
	if w.status != http.StatusOK {
		t.Errorf("the next page asks again: %d", w.status)
	}
}

func TestAnUnlikelyValueIsAskedOnceAndNotRefused(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	form := answersOf()["clinical"]
	form.Set("height_cm", "100")
	w.open(w.on("clinical")).send("Save and continue", form).says("Check before you save", "The height is 100 cm", "Nothing is saved yet")
	if w.looks().Clinical != nil {
		t.Fatal("it was kept before it was answered")
	}
	w.send("It is right: save it", nil)
	if v := w.looks(); v.Clinical == nil || v.Clinical.HeightCM != 100 {
		t.Errorf("kept %+v", v.Clinical)
	}
}

func TestTwoTabsShowBothVersionsAndLoseNothing(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer).fills("pathway")
	one, two := w.visitor, &visitor{t: t, client: w.client, base: w.base}
	one.open(w.on("pathway"))
	two.open(w.on("pathway"))
	mine, theirs := fieldsOf(one.doc.Find("main form").First()), fieldsOf(two.doc.Find("main form").First())
	theirs.Set("funding", "charity")
	two.post(w.on("pathway"), theirs)
	mine.Set("funding", "employer")
	one.post(w.on("pathway"), mine)
	if one.status != http.StatusConflict {
		t.Fatalf("status %d at %s", one.status, one.path)
	}
	one.says("Somebody else changed this", "A charity", "An employer")
	if v := w.looks(); v.Pathway.Funding != "charity" {
		t.Errorf("kept %s", v.Pathway.Funding)
	}
	one.send("Save what I wrote", nil)
	events := len(w.looks().Timeline)
	if v := w.looks(); v.Pathway.Funding != "employer" {
		t.Errorf("kept %s", v.Pathway.Funding)
	}
	one.post(w.on("pathway"), mine) // the same form again: back button, double click
	if v := w.looks(); one.status != http.StatusOK || len(v.Timeline) != events || v.Pathway.Funding != "employer" {
		t.Errorf("status %d, %d events, %s", one.status, len(v.Timeline)-events, v.Pathway.Funding)
	}
	// Another page that was saved meanwhile stands in nobody's way.
	one.open(w.on("travel"))
	kept := fieldsOf(one.doc.Find("main form").First())
	w.fills("clinical")
	maps.Copy(kept, answersOf()["travel"])
	if one.post(w.on("travel"), kept); one.status != http.StatusOK || w.looks().Preferences == nil {
		t.Errorf("status %d", one.status)
	}
}

func TestADoubleClickBeginsOneReferral(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.Referrer).open(link.ReferNew)
	var together sync.WaitGroup
	for range 4 {
		one := &visitor{t: t, client: v.client, base: v.base}
		together.Go(func() { one.post(link.ReferNew, url.Values{"mode": {"referral"}}) })
	}
	together.Wait()
	work, err := s.referrals.Worklist(t.Context(), s.actor(t, auth.Referrer, 0), referral.WorkFilter{})
	if err != nil || work.Total != 1 {
		t.Errorf("%d referrals, %v", work.Total, err)
	}
}

func TestAnAdministratorWritesForANamedClinicianAndCannotSign(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.as(t, auth.ReferrerAdmin).open(link.ReferNew).send("Start", nil).refused("clinician")
	w := s.drafted(t, auth.ReferrerAdmin).whole()
	w.open(w.on()).says("Named clinician, who signs: Dr Tom Ashworth")
	w.open(w.on("check")).says("Only the named clinician can sign: Dr Tom Ashworth")
	if w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}}); w.status != http.StatusForbidden {
		t.Errorf("signing by an administrator: %d", w.status)
	}
	s.checked(t)
	v := s.as(t, auth.Referrer).open(w.on("check")).send("Confirm and send to 1 hospital", url.Values{"statement": {"yes"}, "how": {"link"}})
	v.at(w.on("sent")).says("Referral signed")
}

func TestSomebodyOfAnotherPracticeGets404AndIsWrittenDown(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	other := s.asOther(t, auth.Referrer)
	for _, path := range []string{"", "patient", "check", "timeline", "print", "attachments", "hospitals", "end", "sent"} {
		if other.open(w.on(strings.Fields(path)...)); other.status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, other.status)
		}
	}
	if other.post(w.on("patient"), answersOf()["patient"]); other.status != http.StatusNotFound {
		t.Errorf("a form: status %d", other.status)
	}
	person := s.sample(t, auth.Referrer, 1).Person
	found, err := s.store.AuditRowsOf(t.Context(), models.AuditFilter{Action: "referral.refused"}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range found {
		if row.Person == person && row.OnID == w.looks().ID {
			n++
		}
	}
	if n < 10 {
		t.Errorf("%d rows say that somebody of another practice tried", n)
	}
}
