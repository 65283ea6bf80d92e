package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
)

func TestSessionsAreListedAndEndAtOnce(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	m.send("I have kept my codes", nil)
	second, third := m.another(), m.another()
	m.signIn(second).at("/desk")
	m.signIn(third).at("/desk")
	m.open("/account")
	if n := m.doc.Find("#sessions tbody tr").Length(); n != 3 {
		t.Fatalf("%d sessions listed: %s", n, m.words())
	}
	end := m.doc.Find("#sessions td form").First().AttrOr("action", "")
	m.post(end, nil).at("/account?done=ended").says("The session has ended")
	m.post(end, nil).at("/account?done=ended") // pressed twice
	gone := 0
	for _, v := range []*visitor{second, third} {
		if v.open("/account"); strings.HasPrefix(v.path, "/sign-in") {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("%d sessions ended, want 1", gone)
	}
	m.send("End all other sessions", nil).at("/account?done=others")
	for _, v := range []*visitor{second, third} {
		if v.open("/account"); !strings.HasPrefix(v.path, "/sign-in") {
			t.Error("a session outlived End all other sessions")
		}
	}
	// Somebody else's session is not there.
	other := s.as(t, auth.Auditor)
	if other.post(end, nil); other.status != http.StatusOK {
		t.Errorf("status %d", other.status)
	}
	m.open("/account").at("/account")
}

func TestANameIsChangedAndNothingTypedIsLostWhenItChangedMeanwhile(t *testing.T) {
	t.Parallel()
	s := alone(t)
	first, second := s.as(t, auth.Auditor).open("/account/name"), s.as(t, auth.Auditor).open("/account/name")
	first.send("Save", url.Values{"name": {"Zoë  Ångström"}}).at("/account?done=name").says("Your name is changed", "Zoë Ångström")
	second.send("Save", url.Values{"name": {"Zoe A."}})
	if second.status != http.StatusConflict || second.doc.Find("#name").AttrOr("value", "") != "Zoe A." {
		t.Fatalf("%d: %s", second.status, second.words())
	}
	second.says("Your name is now “Zoë").send("Save", nil).says("Zoe A.")
	for _, name := range []string{"", "   ", strings.Repeat("Thiruvananthapuram", 278), "two\x00zeros", "a\u202eb"} {
		v := s.as(t, auth.Auditor).open("/account/name").send("Save", url.Values{"name": {name}}).refused("name")
		if name != "two\x00zeros" && v.doc.Find("#name").AttrOr("value", "") != name {
			t.Errorf("%.20q is gone", name)
		}
	}
	s.as(t, auth.Auditor).open("/account/name").send("Save", url.Values{"name": {"مستشفى النور"}}).says("مستشفى النور")
}

func TestAPasswordIsChangedByWhoKnowsIt(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	m.send("I have kept my codes", nil)
	other := m.another()
	m.signIn(other)
	m.open("/account/password").send("Change password", url.Values{"old": {"not the password"}, "new": {nextPassword}}).refused("old")
	m.send("Change password", url.Values{"old": {goodPassword}, "new": {"short"}}).refused("new")
	if m.doc.Find("#old").AttrOr("value", "") != "" {
		t.Error("a password was sent back")
	}
	m.send("Change password", url.Values{"old": {goodPassword}, "new": {nextPassword}}).at("/account?done=password")
	if other.open("/account"); !strings.HasPrefix(other.path, "/sign-in") {
		t.Error("another session outlived the password")
	}
}

func TestAnAppIsReplacedOnlyByItsFirstCodeAndTheLastFactorStays(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	m.send("I have kept my codes", nil)
	m.open("/account/app").send("Use this app", url.Values{"code": {"123456"}}).refused("code")
	fresh := strings.ReplaceAll(text(m.doc.Find(".cc-secret")), " ", "")
	if fresh == m.secret || fresh == "" {
		t.Fatal("no new secret")
	}
	m.signIn(m.another()).at("/desk") // the old one still works
	m.secret = fresh
	m.send("Use this app", url.Values{"code": {m.code()}}).at("/account?done=app")
	m.signIn(m.another()).at("/desk")
	m.open("/account/app/remove").send("Remove", nil)
	if m.status != http.StatusConflict || !strings.Contains(m.words(), "your only way") {
		t.Errorf("%d: %s", m.status, m.words())
	}
	m.open("/account/recovery-codes").send("Make new codes", nil).at("/account/recovery-codes/new")
	if kept := text(m.doc.Find(".cc-codes")); strings.Contains(kept, m.codes[0]) {
		t.Error("the old codes are shown again")
	}
	for _, path := range []string{"/account/passkeys/none", "/account/unsent/none/send"} {
		if m.open("/account"); path == "/account/unsent/none/send" {
			m.post(path, nil)
		} else {
			m.open(path)
		}
		if m.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, m.status)
		}
	}
}

func TestRecoveryCodesAreShownToNobodyWhoDidNotJustConfirm(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org") // leaves the page with the codes open
	s.clock.Set(s.clock.Now().Add(11 * time.Minute))
	for _, page := range []string{"", ".txt"} {
		m.open("/account/recovery-codes/new" + page).at("/account/step-up?back=%2Faccount%2Frecovery-codes%2Fnew" + page)
	}
	m.send("Continue", url.Values{"code": {m.code()}}).at("/account/recovery-codes/new.txt")
	if !strings.Contains(m.doc.Text(), m.codes[0]) {
		t.Error("who confirms gets no codes")
	}
}

func TestAnInvitationIsAcceptedOnceByItsReader(t *testing.T) {
	t.Parallel()
	s := alone(t)
	ctx := context.Background()
	owner := s.actor(t, auth.ProviderOwner, 0)
	invite := func(email string, role auth.Role) string {
		t.Helper()
		if bad, err := s.people.Invite(ctx, owner, auth.InviteForm{Org: owner.Org, Role: role, Email: email}); err != nil || !bad.OK() {
			t.Fatal(bad, err)
		}
		return linkTo(t, s.letters(t), email)
	}
	path := invite("new@hospital.example", auth.ProviderEditor)
	m := &member{visitor: visit(t, s).open(path), s: s, email: "new@hospital.example"}
	m.says(owner.OrgName, "Listing editor", "new@hospital.example", "29 November 2026")
	m.send("Accept and go on", url.Values{"name": {strings.Repeat("x", 5000)}, "password": {goodPassword}}).refused("name")
	m.send("Accept and go on", url.Values{"name": {"Nia New"}, "password": {"password1234"}}).refused("password")
	if m.doc.Find("#name").AttrOr("value", "") != "Nia New" || m.doc.Find("#password").AttrOr("value", "") != "" {
		t.Error("the name is gone, or the password is there")
	}
	m.send("Accept and go on", url.Values{"password": {goodPassword}})
	m.enrol().send("I have kept my codes", nil).open("/account").says("Nia New", "Listing editor", owner.OrgName)
	m.another().open(path).says("This link no longer works")

	// A known person gets one more role, and acts in one at a time.
	m.another().open(invite(m.email, auth.ProviderClinician)).says("You have an account already").send("Accept and go on", nil).at("/sign-in/password")
	before := cookieValue(t, m.visitor, "session")
	m.open("/account").says("Your roles", "You act in this role now").send("Act in this role Hospital clinician, "+owner.OrgName, nil)
	if m.open("/account"); cookieValue(t, m.visitor, "session") == before {
		t.Error("the session's token is the same in another role")
	}
	m.says("RoleHospital clinician")

	late := invite("late@hospital.example", auth.ProviderEditor)
	again := invite("late@hospital.example", auth.ProviderEditor)
	m.another().open(late).says("This link no longer works")
	s.clock.Set(s.clock.Now().AddDate(0, 0, 8))
	for _, path := range []string{late, again} {
		if v := m.another().open(path).says("This link no longer works"); v.status != http.StatusNotFound {
			t.Errorf("status %d", v.status)
		}
		if v := m.another().post(path, url.Values{"name": {"L"}, "password": {goodPassword}}); v.status != http.StatusNotFound {
			t.Errorf("status %d", v.status)
		}
	}
}

// actor is the sample person of a role, as services want them.
func (s *site) actor(t testing.TB, role auth.Role, nth int) auth.Actor {
	t.Helper()
	in, err := s.people.SignInAs(context.Background(), s.sample(t, role, nth).Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return in.Actor
}

func TestASessionThatRestsEndsAndStaysWhenAsked(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.Referrer).open("/account").at("/account")
	if bar := v.doc.Find(".cc-bar-account"); bar.AttrOr("data-idle", "") != "900" || bar.AttrOr("data-stay", "") != "/account/stay" {
		t.Errorf("the page does not know when its session ends")
	}
	for range 3 {
		s.clock.Set(s.clock.Now().Add(14 * time.Minute))
		if v.post("/account/stay", nil); v.status != http.StatusNoContent {
			t.Fatalf("status %d", v.status)
		}
	}
	s.clock.Set(s.clock.Now().Add(15*time.Minute + time.Second))
	v.open("/account?a=b").at("/sign-in?back=%2Faccount%3Fa%3Db&was=ended")
}
