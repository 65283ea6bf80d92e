//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/pquerna/otp/totp"

	"carecorridor/internal/oidctest"
)

// office is a site without demonstration, at a name that browsers bind passkeys to.
type office struct {
	base, dir string
	env       []string
}

const officePassword = "lantern orchard velvet 9"

// accounts serves a site of its own, with a real OpenID provider beside it. env are more settings.
func accounts(t *testing.T, env ...string) *office {
	t.Helper()
	siteURL(t) // builds the program
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	must(t, l.Close())
	o := &office{base: fmt.Sprintf("http://localhost:%d", port), dir: t.TempDir()}
	client := oidctest.Register(t, o.base+"/sign-in/with/test/back")
	services, err := json.Marshal([]map[string]any{{"id": "test", "name": "Test ID", "issuer": client.Issuer, "client_id": client.ID, "secret": client.Secret, "second": []string{"mfa"}}})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(o.dir, "oidc.json"), services, 0o600))
	o.env = append(unconfigured(), fmt.Sprintf("CORRIDOR_ADDR=127.0.0.1:%d", port), "CORRIDOR_ORIGIN="+o.base, "CORRIDOR_VAR="+filepath.Join(o.dir, "var"), "CORRIDOR_OIDC_FILE="+filepath.Join(o.dir, "oidc.json"))
	o.env = append(o.env, env...)
	cmd := exec.Command(filepath.Join(siteDir, "corridor"), "serve", "--no-rate-limit")
	cmd.Dir, cmd.Env = o.dir, o.env
	_, stop, err := run("corridor with accounts", cmd)
	t.Cleanup(stop)
	must(t, err)
	return o
}

// administrator is the link that the command line prints for a new one.
func (o *office) administrator(t *testing.T, email string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(siteDir, "corridor"), "user", "add-administrator", "--email", email, "--name", "Ada Root")
	cmd.Dir, cmd.Env = o.dir, o.env
	out, err := cmd.CombinedOutput()
	at := address1.FindString(string(out))
	if err != nil || !strings.HasPrefix(at, o.base) {
		t.Fatalf("%v: %s", err, out)
	}
	return at
}

// app is an authenticator app; it never gives the same code twice.
type app struct {
	secret string
	last   int64
}

func (a *app) code(t *testing.T) string {
	t.Helper()
	const period = 30
	step := max(a.last+1, time.Now().Unix()/period)
	if ahead := step - time.Now().Unix()/period; ahead > 1 { // one step ahead is still taken
		time.Sleep(time.Until(time.Unix((step-1)*period, 0)))
	}
	a.last = step
	code, err := totp.GenerateCode(a.secret, time.Unix(step*period, 0))
	must(t, err)
	return code
}

// setUp follows the link to the end: password, app, recovery codes. look checks each page on the way.
func (r *recorder) setUp(t *testing.T, link string, look func()) *app {
	t.Helper()
	r.open(t, link)
	look()
	r.typed(t, `#password`, "short")
	r.press1(t, "Save the new password")
	r.wants(t, "a refusal", `!!document.querySelector('#password-error') && document.querySelector('#password').value === ''`)
	look()
	r.typed(t, `#password`, officePassword)
	r.press1(t, "Save the new password")
	look()
	a := &app{secret: strings.ReplaceAll(eval[string](t, r, `document.querySelector('.cc-secret').textContent`), " ", "")}
	r.typed(t, `#code`, a.code(t))
	r.press1(t, "Continue")
	r.wants(t, "ten codes", `document.querySelectorAll('.cc-codes li').length === 10`)
	look()
	r.press1(t, "I have kept my codes")
	r.lands(t)
	look()
	return a
}

// lands waits for the first page of an administrator's work.
func (r *recorder) lands(t *testing.T) {
	t.Helper()
	r.wants(t, "the desk", `location.pathname === '/desk'`)
}

// signsIn goes through address and password to the page of the second factor.
func (r *recorder) signsIn(t *testing.T, o *office, email string, look func()) {
	t.Helper()
	r.open(t, o.base+"/sign-in")
	look()
	r.typed(t, `#email`, email)
	r.press1(t, "Continue")
	look()
	r.typed(t, `#password`, officePassword)
	r.press1(t, "Continue")
	r.wants(t, "the second factor", `location.pathname === '/sign-in/confirm'`)
	look()
}

func (r *recorder) signsOut(t *testing.T) {
	t.Helper()
	r.mark(t, `.cc-bar-account button`, "Sign out")
	r.leave(t)
	r.wants(t, "signed out", `location.pathname === '/signed-out'`)
}

func TestAnAccountIsSetUpAndSignsInByPasswordAndCode(t *testing.T) {
	o := accounts(t)
	for i, l := range []look{{1280, true}, {1280, false}, {390, true}, {320, false}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			email := fmt.Sprintf("ada%d@example.org", i)
			r := tab(t, l, 6*time.Minute)
			stand := func() { r.stands(t) }
			a := r.setUp(t, o.administrator(t, email), stand)
			r.signsOut(t)
			stand()
			r.signsIn(t, o, email, stand)
			r.typed(t, `#code`, "000000")
			r.press1(t, "Continue")
			stand()
			r.typed(t, `#code`, a.code(t))
			r.press1(t, "Continue")
			r.lands(t)
			r.open(t, o.base+"/account")
			r.wants(t, "the account", `document.querySelector('main').innerText.includes('Ada Root')`)
			stand()
			for _, path := range []string{"/account/name", "/account/password", "/account/app", "/account/passkeys/new", "/account/recovery-codes", "/account/unsent", "/sign-out"} {
				r.open(t, o.base+path)
				stand()
			}
			for _, path := range []string{"/sign-in/forgotten", "/sign-in/mailed"} {
				r.open(t, o.base+path)
				stand()
			}
			shown := eval[bool](t, r, `!!document.querySelector('.cc-bar-account')`)
			if shown {
				t.Error("a page before the session shows an account")
			}
		})
	}
}

// authenticator gives the tab one that is built in and always says yes.
func (r *recorder) authenticator(t *testing.T) {
	t.Helper()
	_, err := chromedp.Call(r.ctx, webauthn.Enable, webauthn.EnableParams{})
	must(t, err)
	_, err = chromedp.Call(r.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
	must(t, err)
}

func TestAPasskeySignsInAtItsOwnOriginAlone(t *testing.T) {
	o := accounts(t)
	r := tab(t, looks[0], 5*time.Minute)
	r.authenticator(t)
	a := r.setUp(t, o.administrator(t, "mfa-ada@example.org"), func() {})
	r.open(t, o.base+"/account/passkeys/new")
	r.stands(t)
	r.press1(t, "Make a passkey")
	r.wants(t, "the passkey in the list", `document.querySelector('#factors table')?.innerText.includes('My passkey')`)
	r.stands(t)
	r.signsOut(t)
	r.signsIn(t, o, "mfa-ada@example.org", func() {})
	r.press1(t, "Use a passkey")
	r.lands(t)
	r.open(t, o.base+"/account")
	r.wants(t, "the passkey's use", `!document.querySelector('#factors table').innerText.includes('Not yet')`)
	r.signsOut(t)

	// The same site at another address: the browser knows the passkey, but says which origin asked, and we refuse.
	to, err := url.Parse(o.base)
	must(t, err)
	mirror := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(to); p.Out.Host = p.In.Host }})
	defer mirror.Close()
	false1 := &office{base: strings.Replace(mirror.URL, "127.0.0.1", "localhost", 1)}
	r.signsIn(t, false1, "mfa-ada@example.org", func() {})
	r.press1(t, "Use a passkey")
	r.wants(t, "a refusal", `document.querySelector('main, body').innerText.includes('The passkey was not accepted') || document.querySelector('.cc-error-summary')?.innerText.includes('not accepted')`)
	// At an address of another name the browser itself does not give it.
	false1.base = mirror.URL
	r.signsIn(t, false1, "mfa-ada@example.org", func() {})
	r.mark(t, `main button`, "Use a passkey")
	r.clicked(t, `[data-next]`)
	r.wants(t, "the browser's refusal", `document.querySelector('[data-passkey-failed]').innerText.includes('was not used')`)

	// Without it the app still signs in, and the passkey can be removed.
	r.signsIn(t, o, "mfa-ada@example.org", func() {})
	r.typed(t, `#code`, a.code(t))
	r.press1(t, "Continue")
	r.lands(t)
	r.open(t, o.base+"/account")
	r.mark(t, `#factors table a`, "Remove")
	r.leave(t)
	r.stands(t)
	r.press1(t, "Remove")
	r.wants(t, "no passkey", `document.querySelector('#factors').innerText.includes('You have no passkey')`)
}

func TestSomebodyKnownSignsInWithARealOpenIDProvider(t *testing.T) {
	o := accounts(t)
	for i, l := range []look{{1280, true}, {390, false}} {
		t.Run(l.String(), func(t *testing.T) {
			r := tab(t, l, 5*time.Minute)
			email := fmt.Sprintf("mfa-ada%d@example.org", i)
			r.setUp(t, o.administrator(t, email), func() {})
			r.signsOut(t)
			r.open(t, o.base+"/sign-in?back=/account/name")
			r.stands(t)
			r.elsewhere(t, email)
			r.wants(t, "the page asked for, without a code of ours", `location.pathname === '/account/name'`)
			r.open(t, o.base+"/account") // what the provider's own pages said in the console is forgotten here
			r.stands(t)
			r.wants(t, "the identity", `document.querySelector('#signing-in').innerText.includes('Test ID')`)

			stranger := tab(t, l, time.Minute)
			stranger.open(t, o.base+"/sign-in")
			stranger.elsewhere(t, "mfa-nobody@example.org")
			stranger.wants(t, "a refusal", `document.querySelector('main')?.innerText.includes('no account or invitation')`)
			stranger.open(t, o.base+"/sign-in/with/test/back?code=forged&state=forged")
			stranger.wants(t, "another", `document.querySelector('main')?.innerText.includes('did not work')`)
		})
	}
}

// What a provider does not vouch for is asked for here, or refused; an answer works once.
func TestWhatAProviderDoesNotVouchForIsAskedForHere(t *testing.T) {
	o := accounts(t)
	for name, want := range map[string]string{"ada@example.org": "/sign-in/set-up", "unproven-ada@example.org": "no account or invitation"} {
		o.administrator(t, name)
		jar, err := cookiejar.New(nil)
		must(t, err)
		first := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		begun, err := first.Get(o.base + "/sign-in/with/test?back=//evil.example")
		must(t, err)
		begun.Body.Close()
		back := oidctest.SignIn(t, &http.Client{Jar: jar}, begun.Header.Get("Location"), name)
		if !strings.HasPrefix(back, o.base+"/sign-in/with/test/back?") {
			t.Fatal(back)
		}
		follow := &http.Client{Jar: jar}
		if page, at := read(t, follow, back); !strings.Contains(page+at, want) {
			t.Errorf("%s: at %s:\n%.600s", name, at, page)
		}
		if page, _ := read(t, follow, back); !strings.Contains(page, "did not work") {
			t.Errorf("%s: the answer works twice", name)
		}
	}
}

// read opens a page without a browser, and gives it with its path.
func read(t *testing.T, client *http.Client, address string) (page, at string) {
	t.Helper()
	answer, err := client.Get(address)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	return string(body), answer.Request.URL.Path
}

// elsewhere signs in at the provider, and allows what it asks.
func (r *recorder) elsewhere(t *testing.T, name string) {
	t.Helper()
	r.followWords(t, "Sign in with Test ID")
	r.wants(t, "the provider", `!!document.querySelector('input[name=login]')`)
	r.typed(t, `input[name=login]`, name)
	r.typed(t, `input[name=password]`, "any")
	r.follow(t, `button[type=submit]`)
	r.wants(t, "the question what may be told", `document.readyState === 'complete' && !document.querySelector('input[name=login]') && !!document.querySelector('button[type=submit]')`)
	r.mark(t, `button[type=submit]`, "")
	r.leave(t)
}

func TestTheDemonstrationSignsInAsASamplePerson(t *testing.T) {
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			r := tab(t, l, 2*time.Minute)
			r.open(t, siteURL(t)+"/sign-in?back=/account")
			r.stands(t)
			r.press1(t, "Helen Marsh (sample)")
			r.wants(t, "the account", `location.pathname === '/account' && document.querySelector('.cc-bar-account').innerText.includes('Helen Marsh (sample), auditor')`)
			r.stands(t)
			r.signsOut(t)
			r.stands(t)
		})
	}
}

func TestSomebodySignsInWithTheKeyboardAlone(t *testing.T) {
	o := accounts(t)
	r := tab(t, looks[0], 3*time.Minute)
	a := r.setUp(t, o.administrator(t, "ada@example.org"), func() {})
	r.signsOut(t)
	r.open(t, o.base+"/")
	r.tabTo(t, `document.activeElement.innerText === 'Sign in'`)
	r.press(t, kb.Enter)
	at := func(path string) {
		r.wants(t, path, fmt.Sprintf(`location.pathname === %q && document.readyState === 'complete'`, path))
	}
	at("/sign-in")
	r.tabTo(t, `document.activeElement.id === 'email'`)
	r.press(t, "ada@example.org")
	r.press(t, kb.Enter)
	at("/sign-in/password")
	r.tabTo(t, `document.activeElement.id === 'password'`)
	r.press(t, officePassword)
	r.press(t, kb.Tab)
	r.wants(t, "the button that shows the password", `document.activeElement.getAttribute('aria-label') === 'Show password'`)
	r.press(t, " ")
	r.wants(t, "the password in clear", `document.querySelector('#password').type === 'text'`)
	r.press(t, kb.Enter)
	r.tabTo(t, `document.activeElement.innerText === 'Continue'`)
	r.press(t, kb.Enter)
	at("/sign-in/confirm")
	r.tabTo(t, `document.activeElement.id === 'code'`)
	r.press(t, a.code(t))
	r.press(t, kb.Enter)
	at("/desk")
	for _, s := range r.tabThrough(t) {
		if !s.Seen || !s.Marked || s.Name == "" {
			t.Errorf("stop %+v: must be seen, marked and named", s)
		}
	}
}

func TestAPageSaysTwoMinutesBeforeThatItsSessionEnds(t *testing.T) {
	o := accounts(t, "CORRIDOR_SESSION_IDLE=126s")
	r := tab(t, look{390, true}, 2*time.Minute)
	r.setUp(t, o.administrator(t, "ada@example.org"), func() {})
	r.wants(t, "the warning", `document.querySelector('dialog[open]')?.innerText.includes('signed out in 2 minutes')`)
	r.wants(t, "the same in the status line", `document.querySelector('#status').textContent.includes('signed out in 2 minutes')`)
	r.stands(t)
	must(t, chromedp.Do(r.ctx, chromedp.Click(chromedp.CSS(`dialog button`))))
	r.wants(t, "the page again", `!document.querySelector('dialog') && document.querySelector('#status').textContent.includes('still signed in')`)
}
