package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/feedback"
	"carecorridor/models"
)

// deskTwins are addresses of the desk with the roles that may open them; all other roles of the staff may not.
var deskTwins = map[string][]auth.Role{
	"/desk":                   {auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/checks":            {auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/ending":            {auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/register":          {auth.Verifier, auth.Administrator},
	"/desk/organisations":     {auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/organisations/new": {auth.Administrator},
	"/desk/people":            {auth.Administrator},
	"/desk/texts":             {auth.SafetyReviewer, auth.Administrator},
	"/desk/figures":           {auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/figures/new":       {auth.Verifier, auth.Administrator},
	"/desk/problems":          {auth.Coordinator, auth.Verifier},
	"/desk/feedback":          {auth.Coordinator, auth.Verifier},
	"/desk/statistics":        {auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator},
	"/desk/audit":             {auth.Auditor, auth.Administrator},
	"/desk/audit.csv":         {auth.Auditor, auth.Administrator},
}

func TestEachPageOfTheDeskIsForItsRolesAndNoOthers(t *testing.T) {
	t.Parallel()
	s := alone(t)
	for _, role := range []auth.Role{auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator, auth.ProviderOwner, auth.ProviderEditor, auth.ProviderClinician, auth.Referrer, auth.ReferrerAdmin} {
		v := office{s.as(t, role)}
		for path, roles := range deskTwins {
			want := http.StatusForbidden
			for _, r := range roles {
				if r == role {
					want = http.StatusOK
				}
			}
			if got := v.status(t, path); got != want {
				t.Errorf("%s at %s: status %d, want %d", role, path, got, want)
			}
		}
	}
}

func TestTheMenuOfTheDeskHoldsOnlyWhatTheRoleMayOpen(t *testing.T) {
	t.Parallel()
	s := front(t)
	for _, role := range []auth.Role{auth.Coordinator, auth.SafetyReviewer, auth.Verifier, auth.Auditor, auth.Administrator} {
		v := office{s.as(t, role)}
		v.page(t, "/desk").Find(".cc-sidenav a").Each(func(_ int, a *goquery.Selection) {
			if got := v.status(t, a.AttrOr("href", "")); got != http.StatusOK {
				t.Errorf("%s: %s is in the menu, status %d", role, a.AttrOr("href", ""), got)
			}
		})
	}
}

func TestDangerousThingsAskForTheSecondFactor(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v, admin := office{s.as(t, auth.Verifier)}, office{s.as(t, auth.Administrator)}
	id := s.proposed(t, "about/beds", "336")
	form := decision(t, v, id, "verdict", "approve", "ticked", "register")
	person := s.sample(t, auth.Coordinator, 0).Person
	s.clock.Set(morning.Add(11 * time.Minute))
	for _, at := range []struct {
		v    office
		path string
		form url.Values
	}{{v, "/desk/checks/" + id, form}, {admin, "/desk/people/" + person + "/lock", url.Values{"why": {"They left."}}}} {
		to := at.v.leads(t, at.path, at.form)
		if !strings.HasPrefix(to, "/account/step-up") {
			t.Errorf("%s leads to %q", at.path, to)
		}
	}
	if item, err := s.listings.Item(context.Background(), s.actor(t, auth.Auditor, 0), id); err != nil || item.State != listing.Waiting {
		t.Error(item.State, err)
	}
}

func TestAnExpiredCertificateIsSeenAsExpired(t *testing.T) {
	t.Parallel()
	s := alone(t)
	meera, owen := office{s.as(t, auth.Verifier)}, office{s.signedIn(t, auth.Verifier, 1)}
	id := s.claimed(t)
	meera.posts(t, "/desk/checks/"+id, answered(decision(t, meera, id), lookedUp...), "/desk/checks?done=first")
	owen.posts(t, "/desk/checks/"+id, answered(decision(t, owen, id), lookedUp...), "/desk/checks?done=approved")
	who := s.actor(t, auth.ProviderEditor, 0)
	s.clock.Set(time.Date(2030, 1, 1, 9, 0, 0, 0, time.UTC))
	if _, err := s.listings.TurnDay(context.Background()); err != nil {
		t.Fatal(err)
	}
	words := text(s.page(t, s.slugOf(t, who.Provider)).Find("#accreditation"))
	if !strings.Contains(words, "Expired on 31 December 2029") {
		t.Errorf("%s", words)
	}
}

func TestAReportReachesTheDeskAndItsOutcomeThePublic(t *testing.T) {
	t.Parallel()
	s := alone(t)
	slug := strings.TrimPrefix(s.slugOf(t, s.actor(t, auth.ProviderEditor, 0).Provider), "/hospitals/")
	ref, bad, err := s.told.Report(context.Background(), slug, feedback.ReportForm{Mark: "m", About: "price", Words: "The price is old <b>now</b>.", Email: "ann@example.com"}, "")
	if err != nil || !bad.OK() {
		t.Fatal(bad, err)
	}
	v := office{s.as(t, auth.Coordinator)}
	at := "/desk/problems/" + ref
	doc := v.page(t, at)
	if words := text(doc.Find("main")); !strings.Contains(words, "The price is old <b>now</b>.") || !strings.Contains(words, "ann@example.com") {
		t.Errorf("%s", words)
	}
	form := formAt(doc, at+"/assign")
	form.Set("to", s.sample(t, auth.Coordinator, 0).Person)
	v.posts(t, at+"/assign", form, at+"?done=assigned")
	form.Set("to", s.sample(t, auth.Auditor, 0).Person)
	v.post(t, at+"/assign", form, http.StatusUnprocessableEntity)
	v.posts(t, at+"/note", url.Values{"note": {"I wrote to the hospital."}}, at+"?done=noted")
	v.post(t, at+"/close", url.Values{"outcome": {""}}, http.StatusUnprocessableEntity)
	v.posts(t, at+"/close", url.Values{"outcome": {"The hospital put the price right."}}, at+"?done=closed")
	if words := text(v.page(t, at).Find("main")); strings.Contains(words, "ann@example.com") || !strings.Contains(words, "I wrote to the hospital.") {
		t.Errorf("%s", words)
	}
	public := text(s.page(t, "/problems/"+ref).Find("main"))
	if !strings.Contains(public, "The hospital put the price right.") || strings.Contains(public, "The price is old") {
		t.Errorf("%s", public)
	}
	if words := text(s.page(t, s.slugOf(t, s.actor(t, auth.ProviderEditor, 0).Provider)).Find("#history")); !strings.Contains(words, "The hospital put the price right.") || strings.Contains(words, "I wrote") {
		t.Errorf("%s", words)
	}
	if got := s.get(t, "/problems/CC-AAAA-AA").Code; got != http.StatusNotFound {
		t.Errorf("an unknown reference: %d", got)
	}
}

func TestFeedbackIsModeratedByNamedPeople(t *testing.T) {
	t.Parallel()
	s := alone(t)
	ctx := context.Background()
	slug := strings.TrimPrefix(s.slugOf(t, s.actor(t, auth.ProviderEditor, 0).Provider), "/hospitals/")
	token, err := s.told.Invite(ctx, feedback.Confirmed{Slug: slug, Stayed: "2026-10", By: "Asha"})
	if err != nil {
		t.Fatal(err)
	}
	if bad, err := s.told.Send(ctx, token, feedback.Form{Answers: [3]feedback.Answer{"yes", "yes", "yes"}, Comment: "Nurse Devi was kind."}); err != nil || !bad.OK() {
		t.Fatal(bad, err)
	}
	v := office{s.as(t, auth.Coordinator)}
	href := v.page(t, "/desk/feedback").Find("main table a").First().AttrOr("href", "")
	doc := v.page(t, href)
	if words := text(doc.Find("main")); !strings.Contains(words, "Look twice: it may name a person: “Nurse Devi”") {
		t.Errorf("%s", words)
	}
	form := answered(formAt(doc, href), "state", "redacted", "words", "Nurse Asha", "reason", "It named a member of staff.")
	again := v.post(t, href, form, http.StatusUnprocessableEntity)
	if again.Find("#words[aria-invalid]").Length() != 1 || text(again.Find("#words")) != "Nurse Asha" {
		t.Error(text(again.Find("[data-error-summary]")))
	}
	v.posts(t, href, answered(form, "words", "Nurse Devi"), "/desk/feedback?done=decided")
	if words := text(s.page(t, s.slugOf(t, s.actor(t, auth.ProviderEditor, 0).Provider)).Find("#feedback")); !strings.Contains(words, "[removed] was kind.") || strings.Contains(words, "Devi") || !strings.Contains(words, "It named a member of staff.") {
		t.Errorf("%s", words)
	}
	if words := text(v.page(t, href).Find("#log")); !strings.Contains(words, "Ben Carter (sample)") {
		t.Errorf("%s", words)
	}
	v.post(t, href, form, http.StatusConflict)
}

func TestAReviewIsPublishedByAnotherPerson(t *testing.T) {
	t.Parallel()
	s := alone(t)
	ruth, sam := office{s.as(t, auth.SafetyReviewer)}, office{s.as(t, auth.Administrator)}
	at := "/desk/texts/guide/choosing"
	form := answered(formAt(ruth.page(t, at), at), "role", "Orthopaedic surgeon", "clinical", "yes", "next-year", "2040")
	if again := ruth.post(t, at, form, http.StatusUnprocessableEntity); again.Find("#next[aria-invalid]").Length() != 1 || again.Find("#role").AttrOr("value", "") != "Orthopaedic surgeon" {
		t.Error(text(again.Find("[data-error-summary]")))
	}
	ruth.posts(t, at, answered(form, "next-year", "2027", "next-month", "10"), at+"?done=proposed")
	decide := ruth.page(t, at).Find(`form[action^="/desk/reviews/"]`).AttrOr("action", "")
	keep := answered(formAt(ruth.page(t, at), decide), "do", "publish")
	ruth.post(t, decide, keep, http.StatusForbidden)
	if words := text(s.page(t, "/guide/choosing").Find("main")); strings.Contains(words, "Orthopaedic surgeon") {
		t.Error("it is public before a second person published it")
	}
	sam.posts(t, decide, keep, at+"?done=published")
	if err := s.cat.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if words := text(s.page(t, "/guide/choosing").Find("main")); !strings.Contains(words, "Orthopaedic surgeon") || !strings.Contains(words, "October 2027") {
		t.Errorf("%.600s", words)
	}
	sam.post(t, decide, keep, http.StatusConflict)
}

func TestANewerFigureCountsInTheTripAtOnce(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := office{s.as(t, auth.Verifier)}
	var at string
	v.page(t, "/desk/figures").Find("#visa a").Each(func(_ int, a *goquery.Selection) {
		if strings.Contains(a.Text(), "e-Medical visa fee") {
			at = a.AttrOr("href", "")
		}
	})
	form := answered(formAt(v.page(t, at), at), "unit", "USD", "typical", "one hundred", "title", "e-Visa fees", "publisher", "Government of India", "url", "https://indianvisaonline.example/fees", "as_of-day", "1", "as_of-month", "11", "as_of-year", "2026")
	if again := v.post(t, at, form, http.StatusUnprocessableEntity); again.Find("#typical[aria-invalid]").Length() != 1 || again.Find("#title").AttrOr("value", "") != "e-Visa fees" {
		t.Error(text(again.Find("[data-error-summary]")))
	}
	v.posts(t, at, answered(form, "typical", "$100"), at+"?done=figure")
	if err := s.cat.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if words := text(v.page(t, at).Find("main")); !strings.Contains(words, "US$100") || !strings.Contains(words, "Meera Shah (sample)") || !strings.Contains(words, "Government of India") {
		t.Errorf("%s", words)
	}
	row := s.cat.Reference().TripCosts
	found := false
	for _, c := range row {
		found = found || c.Item == "e-Medical visa fee, UK nationals" && c.Typical != nil && *c.Typical == 100
	}
	if !found {
		t.Error("trips are not added up with it")
	}
	v.post(t, at, answered(form, "typical", "120"), http.StatusConflict) // made before the newer figure
	back := answered(formAt(v.page(t, at), at+"/withdraw"), "why", "It was of another visa.")
	v.posts(t, at+"/withdraw", back, at+"?done=withdrawn")
	if words := text(v.page(t, at).Find("#history")); !strings.Contains(words, "Taken back") || !strings.Contains(words, "US$100") {
		t.Errorf("%s", words)
	}
}

func TestAnAdministratorAddsAHospitalAndInvitesItsOwner(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := office{s.as(t, auth.Administrator)}
	form := url.Values{"kind": {"hospital"}, "name": {"Medanta"}, "provider": {"/hospitals/nobody-nowhere"}}
	doc := v.post(t, "/desk/organisations/new", form, http.StatusUnprocessableEntity)
	if doc.Find("#provider[aria-invalid]").Length() != 1 || doc.Find("#name").AttrOr("value", "") != "Medanta" {
		t.Error(text(doc.Find("[data-error-summary]")))
	}
	form.Set("provider", "https://carecorridor.example/hospitals/medanta-the-medicity-gurugram")
	to := v.leads(t, "/desk/organisations/new", form)
	at, _, _ := strings.Cut(to, "?")
	v.post(t, at+"/invite", url.Values{"email": {"no address"}, "role": {"provider_owner"}}, http.StatusUnprocessableEntity)
	v.posts(t, at+"/invite", url.Values{"email": {"owner@medanta.example"}, "role": {"provider_owner"}}, at+"?done=invited")
	page := v.page(t, at)
	if !strings.Contains(text(page.Find("#people")), "owner@medanta.example") {
		t.Error(text(page.Find("#people")))
	}
	save := answered(formAt(page, at), "state", "paused")
	v.posts(t, at, save, at+"?done=saved")
	v.post(t, at, save, http.StatusConflict)
}

func TestAnAdministratorLocksAnAccountWithAReason(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v, ben := office{s.as(t, auth.Administrator)}, office{s.as(t, auth.Coordinator)}
	at := "/desk/people/" + s.sample(t, auth.Coordinator, 0).Person
	if again := v.post(t, at+"/lock", url.Values{"why": {" "}}, http.StatusUnprocessableEntity); again.Find("#why-lock[aria-invalid]").Length() != 1 {
		t.Error(text(again.Find("[data-error-summary]")))
	}
	v.posts(t, at+"/lock", url.Values{"why": {"They left the alliance."}}, at+"?done=locked")
	if ben.status(t, "/desk"); !strings.HasPrefix(ben.path, "/sign-in") {
		t.Error("the session goes on")
	}
	own := "/desk/people/" + s.sample(t, auth.Administrator, 0).Person
	v.post(t, own+"/lock", url.Values{"why": {"For a test."}}, http.StatusForbidden)
	v.posts(t, at+"/unlock", url.Values{"why": {"They came back."}}, at+"?done=unlocked")
}

func TestTheTrailMasksPatientsAndShowsWhoLooked(t *testing.T) {
	t.Parallel()
	s := alone(t)
	ctx := context.Background()
	err := s.store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Person: "p-1", Role: "coordinator", Action: "referral.view", On: "referral", ID: "ref-77", Subject: "ref-77", Why: "Triage of the week", Facts: map[string]string{"part": "letter"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.store.AuditPage(ctx, models.AuditFilter{Action: "referral.view"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	at := "/desk/audit/rows/" + strconv.FormatInt(page.Rows[0].Seq, 10)
	v := office{s.as(t, auth.Auditor)}
	for _, path := range []string{"/desk/audit?action=referral.view", at} {
		words := text(v.page(t, path).Find("main"))
		if strings.Contains(words, "ref-77") || strings.Contains(words, "Triage") || strings.Contains(words, "letter") {
			t.Errorf("%s shows %s", path, words)
		}
	}
	if csv := v.body(t, "/desk/audit.csv?action=referral.view"); strings.Contains(csv, "ref-77") || strings.Contains(csv, "Triage") || !strings.Contains(csv, "(masked)") {
		t.Error(csv)
	}
	v.post(t, at, url.Values{"why": {"why"}}, http.StatusUnprocessableEntity)
	doc := v.post(t, at, url.Values{"why": {"A complaint of the patient"}}, http.StatusOK)
	if words := text(doc.Find("main")); !strings.Contains(words, "ref-77") || !strings.Contains(words, "Triage of the week") {
		t.Errorf("%s", words)
	}
	seen, err := s.store.AuditPage(ctx, models.AuditFilter{Subject: "ref-77"}, 5)
	if err != nil || len(seen.Rows) != 2 || seen.Rows[0].Why != "A complaint of the patient" {
		t.Errorf("the patient cannot see it: %+v %v", seen.Rows, err)
	}
}

func TestTheChainIsVerifiedByAJobThatTheTrailTells(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := office{s.as(t, auth.Auditor)}
	v.posts(t, "/desk/audit/verify", nil, "/desk/audit?done=verifying")
	if words := text(v.page(t, "/desk/audit").Find("main")); !strings.Contains(words, "It is being verified since") {
		t.Error("the page does not say that it runs")
	}
	if err := s.desk.VerifyAudit(context.Background()); err != nil {
		t.Fatal(err)
	}
	if words := text(v.page(t, "/desk/audit").Find("main")); !strings.Contains(words, "each as it was written") || strings.Contains(words, "It is being verified") {
		t.Errorf("%.400s", words)
	}
}
