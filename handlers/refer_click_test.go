package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/nhs"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/views/link"
)

// signed are how often a referral was signed.
func (w writing) signed() (n int) {
	for _, e := range w.looks().Timeline {
		if e.Event == referral.SignOff {
			n++
		}
	}
	return n
}

func TestTwoColleaguesWhoBeginInTheSameMomentHaveADraftEach(t *testing.T) {
	t.Parallel()
	s := alone(t)
	one, two := s.drafted(t, auth.Referrer), s.drafted(t, auth.ReferrerAdmin)
	if one.reference == two.reference {
		t.Fatalf("both write in %s", one.reference)
	}
	again := s.drafted(t, auth.Referrer)
	if again.reference != one.reference {
		t.Errorf("a second click of the first began %s beside %s", again.reference, one.reference)
	}
	s.clock.Set(s.clock.Now().Add(time.Minute))
	if later := s.drafted(t, auth.Referrer); later.reference == one.reference {
		t.Error("a minute later it is still the same draft")
	}
}

func TestADoubleClickOnSendSignsOnce(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	s.checked(t)
	form := fieldsOf(w.open(w.on("check")).doc.Find("#sign form"))
	form.Set("statement", "yes")
	form.Set("how", "link")
	var together sync.WaitGroup
	ended := make([]string, 4)
	for i := range ended {
		one := &visitor{t: t, client: w.client, base: w.base}
		together.Go(func() { ended[i] = one.post(w.on("check"), form).path })
	}
	together.Wait()
	if slices.ContainsFunc(ended, func(path string) bool { return path != w.on("sent") }) || w.signed() != 1 {
		t.Errorf("the clicks ended at %q; signed %d times", ended, w.signed())
	}
	w.open(w.on("patient")) // back, and on again
	if w.post(w.on("check"), form); w.path != w.on("sent") || w.signed() != 1 {
		t.Errorf("later at %s; signed %d times", w.path, w.signed())
	}
}

func TestWhatAColleagueChangedIsReadBeforeItIsSigned(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	s.checked(t)
	form := fieldsOf(w.open(w.on("check")).doc.Find("#sign form"))
	form.Set("statement", "yes")
	form.Set("how", "link")
	s.as(t, auth.ReferrerAdmin).open(w.on("pathway")).send("Save and continue", url.Values{"funding": {"charity"}})
	if w.post(w.on("check"), form); w.status != http.StatusConflict || w.signed() != 0 {
		t.Fatalf("status %d, signed %d times", w.status, w.signed())
	}
	w.says("Somebody changed this after you opened it", "Nothing was sent", "Funding and pathway", "A charity")
	kept := fieldsOf(w.doc.Find("#sign form"))
	if kept.Get("statement") != "yes" || kept.Get("how") != "link" {
		t.Errorf("what was chosen came back as %v", kept)
	}
	w.send("Confirm and send to 1 hospital", nil).at(w.on("sent"))
}

func TestNobodySignsBeforeAPersonFoundThemOnTheRegister(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	sends := func() *visitor {
		return w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}, "version": {w.version()}})
	}
	if sends(); w.status != http.StatusConflict || w.signed() != 0 {
		t.Errorf("before: status %d, signed %d times", w.status, w.signed())
	}
	w.says("You cannot send this yet", "Your registration has to be checked by a person")
	s.checked(t)
	s.clock.Set(s.clock.Now().AddDate(0, 0, referral.RegisterMaxDays+1))
	w.visitor = s.as(t, auth.Referrer)
	w.open(link.ReferVerification).says("more than 90 days old", "Too old")
	if sends(); w.signed() != 0 {
		t.Errorf("with a check that is too old: status %d, signed %d times", w.status, w.signed())
	}
}

func TestAMailboxElsewhereMayDraftAndIsToldWhichCount(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer).whole()
	s.checked(t)
	s.referrals.Mailboxes = auth.MailDomains{"nhs.net", "trust.example"}
	w.open(link.ReferVerification).says("Your mailbox does not count yet", "a mailbox at demo.example", "must end in @nhs.net or @trust.example", "Ask your practice administrator to invite you again", "Missing: your mailbox does not count", "because of your mailbox")
	w.open(w.on("check")).says("You cannot send this yet", "must end in @nhs.net or @trust.example")
	if w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}, "version": {w.version()}}); w.status != http.StatusConflict || w.signed() != 0 {
		t.Errorf("status %d, signed %d times", w.status, w.signed())
	}
	s.as(t, auth.Verifier).open(link.DeskReferrers).says("Checked, but the mailbox does not count")
	s.referrals.Mailboxes = auth.MailDomains{auth.SampleDomain}
	if w.open(w.on("check")); strings.Contains(w.words(), "must end in") {
		t.Error("a mailbox that counts is refused")
	}
}

// version of the referral as a form would have it.
func (w writing) version() string {
	form := fieldsOf(w.open(w.on("end")).doc.Find("main form").First())
	return form.Get("version")
}

func TestWhatIsSavedForLaterIsThereAgain(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	w.open(w.on("clinical")).send("Save and come back later", url.Values{"problem": {"Pain in the right knee"}, "height_cm": {"165"}})
	w.says("Saved. You can go on later.", "In progress")
	w.open(w.on("patient")).send("Save and come back later", url.Values{"family": {"Sample"}, "nhs_number": {"12"}}).says("Saved. You can go on later.")
	v := s.as(t, auth.Referrer).open(link.ReferDashboard + "?list=drafts").follow("S. referral " + w.reference)
	v.follow("Reason for referral and history")
	if form := fieldsOf(v.doc.Find("main form").First()); form.Get("problem") != "Pain in the right knee" || form.Get("height_cm") != "165" {
		t.Errorf("the page came back with %v", form)
	}
	v.open(w.on("patient"))
	if form := fieldsOf(v.doc.Find("main form").First()); form.Get("family") != "Sample" || form.Get("nhs_number") != "12" {
		t.Errorf("the page came back with %v", form)
	}
}

func TestAnNHSNumberThatCannotBeIsRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	for typed, want := range map[string]string{"999 000 001": "Enter an NHS number of 10 digits", "999 000 00188": "Enter an NHS number of 10 digits", "NHS number": "Enter an NHS number of 10 digits",
		"999 000 0019": string(nhs.WrongCheck), "4444444444": string(nhs.Repeated), "": "Enter the NHS number, or select why there is none"} {
		form := answersOf()["patient"]
		form.Set("nhs_number", typed)
		w.open(w.on("patient")).send("Save and continue", form).refused("nhs_number")
		if say := text(w.doc.Find("#nhs_number-error")); !strings.Contains(say, want) {
			t.Errorf("%q: %q", typed, say)
		}
		if kept := fieldsOf(w.doc.Find("main form").First()).Get("nhs_number"); kept != typed {
			t.Errorf("%q came back as %q", typed, kept)
		}
	}
	s.referrals.TestNumbers = false
	w.open(w.on("patient")).send("Save and continue", answersOf()["patient"]).refused("nhs_number")
	w.says("This NHS number is for tests only")
	s.referrals.TestNumbers = true
	w.fills("patient")
	if got := fieldsOf(w.open(w.on("patient")).doc.Find("main form").First()).Get("nhs_number"); got != "999 000 0018" {
		t.Errorf("shown as %q", got)
	}
	form := answersOf()["patient"]
	form.Set("nhs_number", "")
	form.Set("no_nhs_number", "nhs-number-not-known")
	w.open(w.on("patient")).send("Save and continue", form)
	if p := w.looks().Patient; p.NHSNumber != "" || p.NoNumber == "" {
		t.Errorf("without one it is kept as %q %q (status %d: %.300s)", p.NHSNumber, p.NoNumber, w.status, w.words())
	}
}

func TestTheTwentyFirstSignatureOfADayWaits(t *testing.T) {
	t.Parallel()
	s := alone(t)
	walk := s.walker(t)
	walk.Pass = func(time.Duration) {} // all on one day
	for range referral.MaxSigned {
		if _, err := walk.To(t.Context(), referral.AwaitingConsent, 0, false); err != nil {
			t.Fatal(err)
		}
	}
	w := s.drafted(t, auth.Referrer).whole()
	w.open(w.on("check")).says("You cannot send this yet", "You have signed 20 referrals today")
	if w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}, "version": {w.version()}}); w.status != http.StatusConflict || w.signed() != 0 {
		t.Errorf("status %d, signed %d times", w.status, w.signed())
	}
	s.clock.Set(s.clock.Now().AddDate(0, 0, 1))
	w.visitor = s.as(t, auth.Referrer)
	w.open(w.on("check")).send("Confirm and send to 1 hospital", url.Values{"statement": {"yes"}, "how": {"link"}}).at(w.on("sent"))
}

func TestTheThirtyFirstStartOfADayIsRefusedInWords(t *testing.T) {
	t.Parallel()
	s := alone(t)
	for range referral.MaxStarted {
		if _, err := s.referrals.Start(t.Context(), s.actor(t, auth.Referrer, 0), referral.NewReferral{}); err != nil {
			t.Fatal(err)
		}
	}
	s.clock.Set(s.clock.Now().Add(time.Minute)) // not the same click any more
	v := s.as(t, auth.Referrer).open(link.ReferNew).send("Start", url.Values{"mode": {string(referral.ForReferral)}})
	if v.status != http.StatusTooManyRequests {
		t.Errorf("status %d", v.status)
	}
	v.says("You have started 30 referrals today", "No other referral was started", "start more tomorrow").follow("Your drafts")
}

func TestWhatNobodyMayReferForIsNotInTheListOfTreatments(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	list := w.open(w.on("clinical")).doc.Find("select[name=treatment] option")
	if n := list.Length(); n < 200 {
		t.Fatalf("%d treatments", n)
	}
	for _, o := range list.EachIter() {
		if slices.Contains([]string{"wilms-tumour-surgery", "arterial-switch-operation", "stroke-thrombectomy", "fracture-fixation", "yoga-wellness-retreat", "kidney-transplant"}, o.AttrOr("value", "")) {
			t.Errorf("%s is offered", o.Text())
		}
	}
}

func TestAStopSpeaksToTheClinicianWhoReadsIt(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	form := answersOf()["pathway"]
	form.Set("kind", "urgent")
	w.open(w.on("pathway")).send("Save and continue", form).says("Use your usual urgent suspected cancer referral")
	if strings.Contains(w.words(), "Find a GP") || strings.Contains(w.words(), "your GP") {
		t.Error("a clinician is sent to a GP")
	}
}

// takesReferrals gives the second sample hospital what routing asks for, and returns its name in addresses.
func (s *site) takesReferrals(t *testing.T) string {
	t.Helper()
	desk, today, specialty, year := s.actor(t, auth.ProviderOwner, 1), s.referrals.Today(), "orthopaedics", 2010
	sources, err := s.store.Sources(t.Context())
	if err == nil {
		err = s.store.Write(t.Context(), func(tx *models.Tx) error {
			return tx.PutClinician(models.Clinician{ID: "clinician-second", ProviderID: desk.Provider, Name: "Dr Second Rao", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00001", RegisteredYear: &year,
				SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(100), SourceID: sources[0].ID})
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.referrals.SetAgreement(t.Context(), s.actor(t, auth.Administrator, 0), referral.Agreement{Org: desk.Org, Mechanism: referral.IDTASigned, SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50),
		EmergencyContact: "+91 44 0000 0000", ComplaintOfficer: "Sample Officer"})
	if err != nil || !l.OK() {
		t.Fatal(l, err)
	}
	listed, err := s.cat.Cards(t.Context(), []int64{desk.Provider}, "")
	if err != nil || len(listed) != 1 {
		t.Fatal(len(listed), err)
	}
	return listed[0].Slug
}

func TestAHospitalThatTakesNoReferralsSaysSoBeforeItIsChosen(t *testing.T) {
	t.Parallel()
	s := alone(t)
	able := s.takesReferrals(t)
	w := s.drafted(t, auth.Referrer).fills("clinical")
	first := w.open(w.on("hospitals")).doc.Find("#treatment li").First()
	if got := first.Find("button[name=add]").AttrOr("value", ""); got != able || !strings.Contains(first.Text(), "Takes referrals") {
		t.Errorf("first is %s: %s", got, text(first))
	}
	w.says("Cannot take referrals yet: it has not signed our agreement about records")
	w.post(w.on("hospitals"), url.Values{"add": {able}})
	if strings.Contains(text(w.doc.Find("#chosen")), "Cannot take") {
		t.Errorf("of one that can: %s", text(w.doc.Find("#chosen")))
	}
	w.post(w.on("hospitals"), url.Values{"add": {sampleA}}).says("Choose another hospital as well")
	w.open(w.on("hospitals") + "?q=" + url.QueryEscape("Sabarmati")).says("Cannot take referrals yet")
}
