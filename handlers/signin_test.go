package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"carecorridor/auth"
	"carecorridor/handlers"
	"carecorridor/internal/mail"
)

const (
	goodPassword = "lantern orchard velvet 9"
	nextPassword = "copper thistle meadow 4"
	ourOrigin    = "https://carecorridor.example"
)

// member is somebody with a real account: a password, an app, recovery codes, and a browser that is signed in.
type member struct {
	*visitor
	s             *site
	email, secret string
	codes         []string
}

// administrator is a new one, from the link that the command line prints to the end of setting up.
func (s *site) administrator(t testing.TB, email string) *member {
	t.Helper()
	path := s.consoleLink(t, email)
	m := &member{visitor: visit(t, s), s: s, email: email}
	m.open(path).send("Save the new password", url.Values{"password": {goodPassword}})
	return m.enrol()
}

func (s *site) consoleLink(t testing.TB, email string) string {
	t.Helper()
	address, bad, err := s.people.AddAdministrator(context.Background(), s.people.Console(), email, "Ada Root")
	if err != nil || !bad.OK() {
		t.Fatal(bad, err)
	}
	return strings.TrimPrefix(address, ourOrigin)
}

// enrol adds an app on the page that asks for the first second factor, and keeps the codes.
func (m *member) enrol() *member {
	m.t.Helper()
	m.at("/sign-in/set-up")
	m.secret = strings.ReplaceAll(text(m.doc.Find(".cc-secret")), " ", "")
	m.send("Continue", url.Values{"code": {m.code()}}).at("/account/recovery-codes/new")
	for _, li := range m.doc.Find(".cc-codes li").EachIter() {
		m.codes = append(m.codes, text(li))
	}
	return m
}

// code of the app now; the clock moves on first, so that none is asked for twice.
func (m *member) code() string {
	m.t.Helper()
	m.s.clock.Set(m.s.clock.Now().Add(time.Minute))
	code, err := totp.GenerateCode(m.secret, m.s.clock.Now())
	if err != nil {
		m.t.Fatal(err)
	}
	return code
}

// signIn goes through the pages; v may be any browser.
func (m *member) signIn(v *visitor) *visitor {
	m.t.Helper()
	v.open("/sign-in").send("Continue", url.Values{"email": {m.email}}).at("/sign-in/password")
	v.send("Continue", url.Values{"password": {goodPassword}}).at("/sign-in/confirm")
	return v.send("Continue", url.Values{"code": {m.code()}})
}

// letters are the mails that wait, as they would leave.
func (s *site) letters(t testing.TB) []mail.Message {
	t.Helper()
	ids, err := s.store.WaitingMails(context.Background(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var out postbag
	for _, id := range ids {
		if _, err := s.people.SendMail(context.Background(), &out, id); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

type postbag []mail.Message

func (b *postbag) Send(_ context.Context, m mail.Message) error {
	*b = append(*b, m)
	return nil
}

// linkTo is the path of the link in the newest letter to an address.
func linkTo(t testing.TB, all []mail.Message, address string) string {
	t.Helper()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To == address {
			_, rest, ok := strings.Cut(all[i].Text, ourOrigin)
			if !ok {
				t.Fatalf("no link in %q", all[i].Text)
			}
			return strings.Fields(rest)[0]
		}
	}
	t.Fatalf("no letter to %s among %d", address, len(all))
	return ""
}

func TestAnAccountIsSetUpByLinkAndSignsInWithPasswordAndCode(t *testing.T) {
	t.Parallel()
	s := alone(t)
	path := s.consoleLink(t, "ada@example.org")
	v := visit(t, s).open(path).at(path)
	if v.header.Get("Referrer-Policy") != "no-referrer" || v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", v.header)
	}
	v.send("Save the new password", url.Values{"password": {"short"}}).refused("password")
	v.send("Save the new password", url.Values{"password": {goodPassword}}).at("/sign-in/set-up").says("authenticator app", "passkey")
	visit(t, s).open(path).says("This link no longer works")

	secret := text(v.doc.Find(".cc-secret"))
	v.send("Continue", url.Values{"code": {""}}).refused("code")
	v.send("Continue", url.Values{"code": {"000000"}}).refused("code")
	if again := text(v.doc.Find(".cc-secret")); again != secret || v.doc.Find(".cc-qr svg path").Length() == 0 {
		t.Errorf("after a wrong code the app would have to be set up again: %q, then %q", secret, again)
	}
	m := &member{visitor: v, s: s, email: "ada@example.org", secret: strings.ReplaceAll(secret, " ", "")}
	m.send("Continue", url.Values{"code": {m.code()}}).at("/account/recovery-codes/new").open("/account/recovery-codes/new").says("Each works once")
	for _, li := range m.doc.Find(".cc-codes li").EachIter() {
		m.codes = append(m.codes, text(li))
	}
	if len(m.codes) != 10 {
		t.Fatalf("codes %v", m.codes)
	}
	m.open("/account/recovery-codes/new.txt")
	if kept := m.doc.Text(); !strings.Contains(kept, m.codes[0]) || !strings.Contains(m.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("file %q, %v", kept, m.header)
	}
	m.open("/account/recovery-codes/new").send("I have kept my codes", nil).at("/desk").open("/account").says("10 codes left")
	m.open("/account/recovery-codes/new").at("/account")

	m.send2("Sign out").at("/signed-out")
	if m.open("/account"); m.path != "/sign-in?back=%2Faccount" {
		t.Errorf("after signing out at %s", m.path)
	}
	m.signIn(m.visitor).at("/desk").open("/account").says("Ada Root", "Administrator", "This session")
}

// send2 presses a button outside main.
func (v *visitor) send2(words string) *visitor {
	v.t.Helper()
	for _, b := range v.doc.Find("form button").EachIter() {
		if text(b) == words {
			form := b.Closest("form")
			return v.post(form.AttrOr("action", ""), fieldsOf(form))
		}
	}
	v.t.Fatalf("%s has no button %q", v.path, words)
	return v
}

func TestACodeWorksOnceAndARecoveryCodeToo(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	v := m.another().open("/sign-in").send("Continue", url.Values{"email": {m.email}}).send("Continue", url.Values{"password": {goodPassword}})
	code := m.code()
	v.send("Continue", url.Values{"code": {code}}).at("/desk")
	again := m.another().open("/sign-in").send("Continue", url.Values{"email": {m.email}}).send("Continue", url.Values{"password": {goodPassword}})
	again.send("Continue", url.Values{"code": {code}}).refused("code")
	again.follow("I cannot use these").at("/sign-in/confirm?by=recovery")
	again.send("Continue", url.Values{"code": {"wrong"}}).refused("code")
	again.says("Recovery code")
	again.send("Continue", url.Values{"code": {m.codes[3]}}).at("/desk").open("/account").says("9 codes left")
	third := m.another().open("/sign-in").send("Continue", url.Values{"email": {m.email}}).send("Continue", url.Values{"password": {goodPassword}})
	third.open("/sign-in/confirm?by=recovery").send("Continue", url.Values{"code": {m.codes[3]}}).refused("code")
}

func TestEveryRefusalOfASignInReadsTheSame(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	var pages []string
	try := func(email, password string) {
		v := m.another().open("/sign-in").send("Continue", url.Values{"email": {email}}).at("/sign-in/password")
		v.send("Continue", url.Values{"password": {password}}).refused("password")
		if v.doc.Find("#email").AttrOr("value", "") != email || v.doc.Find("#password").AttrOr("value", "") != "" {
			t.Error("the address is not kept, or the password is")
		}
		pages = append(pages, strings.ReplaceAll(v.words(), email, "…"))
	}
	try(m.email, "not the password 1")
	try("nobody@example.org", "not the password 1")
	for range 8 {
		try(m.email, "not the password 1")
	}
	try(m.email, goodPassword) // it waits now
	for i, p := range pages {
		if p != pages[0] {
			t.Errorf("page %d differs:\n%s\n%s", i, p, pages[0])
		}
	}
	v := m.another().open("/sign-in").send("Continue", url.Values{"email": {"not an address"}}).refused("email")
	if v.doc.Find("#email").AttrOr("value", "") != "not an address" {
		t.Error("what was typed is gone")
	}
}

func TestAForgottenPasswordIsChosenAnewByMailWithoutTellingWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	known := m.another().open("/sign-in/forgotten").send("Mail me a link", url.Values{"email": {m.email}}).at("/sign-in/mailed").words()
	unknown := m.another().open("/sign-in/forgotten").send("Mail me a link", url.Values{"email": {"nobody@example.org"}}).at("/sign-in/mailed").words()
	if known != unknown {
		t.Error("the pages differ")
	}
	m.another().open("/sign-in/forgotten").send("Mail me a link", url.Values{"email": {"no"}}).refused("email")
	for range 5 {
		unknown = m.another().open("/sign-in/forgotten").send("Mail me a link", url.Values{"email": {"nobody@example.org"}}).words()
	}
	if !strings.Contains(unknown, "Wait 1 hour") {
		t.Errorf("asked 6 times: %s", unknown)
	}
	for _, bad := range []string{"/sign-in/reset/nothing", "/sign-in/mailbox/nothing", "/invitation/nothing", "/sign-in/reset/" + strings.Repeat("x", 3000)} {
		if v := m.another().open(bad).says("This link no longer works"); v.status != http.StatusNotFound {
			t.Errorf("%.40s: status %d", bad, v.status)
		}
	}
}

func TestAReturnPathNeverLeavesTheSite(t *testing.T) {
	t.Parallel()
	for back, want := range map[string]string{
		"/account": "/account", "/portal/packages?x=1&y=%2F": "/portal/packages?x=1&y=%2F", "/a#b": "/a", "/account/name": "/account/name",
		"": "", "https://evil.example": "", "//evil.example": "", `/\evil.example`: "", `\\evil.example`: "", "/\t/evil.example": "", "/%2f/evil.example": "",
		"javascript:alert(1)": "", "/sign-in": "", "/sign-in/password": "", "/sign-out": "", "evil.example": "", "http:/evil.example": "", "/a\r\nSet-Cookie: x=1": "",
		"/" + strings.Repeat("a", 3000): "", "/.//evil.example": "", "/..//evil.example": "", "/%5cevil.example": "",
	} {
		if got := handlers.OwnPath(back); got != want {
			t.Errorf("%q leads to %q, want %q", back, got, want)
		}
	}
	s := front(t)
	for _, back := range []string{"https://evil.example/", "//evil.example/", `/\evil.example/`} {
		page := newBrowser(s)
		w := page.do(t, "POST", "/sign-in/demonstration", url.Values{"person": {s.sample(t, auth.Auditor, 0).Person}, "back": {back}})
		if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || strings.Contains(to, "evil") {
			t.Errorf("%q: %d to %q", back, w.Code, to)
		}
	}
	page := newBrowser(s)
	w := page.do(t, "POST", "/sign-in/demonstration", url.Values{"person": {s.sample(t, auth.Auditor, 0).Person}, "back": {"/account/name?a=b"}})
	if to := w.Header().Get("Location"); to != "/account/name?a=b" {
		t.Errorf("back to %q", to)
	}
}

func TestTheDemonstrationsPeopleAreThereOnlyInTheDemonstration(t *testing.T) {
	t.Parallel()
	s := front(t)
	v := visit(t, s).open("/sign-in").says("Demonstration", "Verifier", "(sample)")
	v.post("/sign-in/demonstration", url.Values{"person": {"nobody"}})
	if v.status != http.StatusNotFound {
		t.Errorf("nobody: status %d", v.status)
	}
	cfg := s.cfg
	cfg.Demo = false
	plain := handlers.NewProbed(s.cat, s.index, cfg, s.clock.Now)
	if v := visit(t, plain).open("/sign-in"); strings.Contains(v.words(), "sample") {
		t.Error("sample people without the demonstration")
	}
	if v := visit(t, plain).post("/sign-in/demonstration", url.Values{"person": {s.sample(t, auth.Verifier, 0).Person}}); v.status != http.StatusNotFound {
		t.Errorf("status %d", v.status)
	}
}

func TestCookiesOfASessionAreBoundToTheSite(t *testing.T) {
	t.Parallel()
	s := front(t)
	for _, https := range []bool{true, false} {
		cfg := s.cfg
		cfg.HTTPS = https
		page := newBrowser(handlers.NewProbed(s.cat, s.index, cfg, s.clock.Now))
		w := page.do(t, "POST", "/sign-in/demonstration", url.Values{"person": {s.sample(t, auth.Auditor, 0).Person}})
		page.do(t, "POST", "/sign-in", url.Values{"email": {"ada@example.org"}})
		for _, name := range []string{"session", "signin"} {
			if https {
				name = "__Host-" + name
			}
			c := page.cookies[name]
			if c == nil {
				t.Fatalf("no cookie %s: %v", name, w.Result().Cookies())
			}
			if !c.HttpOnly || c.Secure != https || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("cookie %+v", c)
			}
			if strings.Contains(c.Value, "ada") {
				t.Error("the cookie holds the address in clear")
			}
		}
	}
}

func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	t.Parallel()
	s := alone(t)
	m := s.administrator(t, "ada@example.org")
	m.send("I have kept my codes", nil)
	before := cookieValue(t, m.visitor, "session")
	m.open("/sign-out").send("Sign out", nil).at("/signed-out")
	if _, err := s.people.Who(context.Background(), before); err == nil {
		t.Error("a session outlived signing out")
	}
	m.signIn(m.visitor)
	first := cookieValue(t, m.visitor, "session")
	if m.open("/sign-in?back=/account/name").path != "/account/name" {
		t.Errorf("signed in, and asked again at %s", m.path)
	}
	s.clock.Set(s.clock.Now().Add(16 * time.Minute)) // rested, so the page asks again
	m.signIn(m.visitor).at("/desk")
	if _, err := s.people.Who(context.Background(), first); err == nil || cookieValue(t, m.visitor, "session") == first {
		t.Error("the session before is still there")
	}
}

func TestPublicPagesAreTheSameForThoseWhoAreSignedIn(t *testing.T) {
	t.Parallel()
	s := front(t)
	v := s.as(t, auth.ProviderOwner)
	for _, path := range []string{"/", "/hospitals?q=knee", "/guide"} {
		body := v.open(path).doc.Text()
		if len(v.header.Values("Set-Cookie")) > 0 || v.header.Get("Cache-Control") == "no-store" {
			t.Errorf("%s: %v", path, v.header)
		}
		if body != visit(t, s).open(path).doc.Text() || strings.Contains(body, "Asha") || !strings.Contains(body, "Sign in") {
			t.Errorf("%s differs, or has no way to sign in", path)
		}
	}
}
