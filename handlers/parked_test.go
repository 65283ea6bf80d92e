package handlers_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/handlers"
)

// desk is a form of the tests: what it was sent, and by whom.
type desk struct {
	mu   sync.Mutex
	sent []url.Values
	by   []string
}

func (d *desk) answer(c echo.Context, who auth.Actor) error {
	if c.Request().Method == http.MethodGet {
		return c.HTML(http.StatusOK, "<main>form of "+who.Name+"</main>")
	}
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent, d.by = append(d.sent, form), append(d.by, who.Person)
	if form.Get("price") == "a lot" {
		return c.HTML(http.StatusUnprocessableEntity, "<main>price again: "+form.Get("price")+"</main>")
	}
	return c.Redirect(http.StatusSeeOther, "/probe/done?of="+c.Param("id"))
}

// dangerous answers only those whose second factor is fresh.
func (d *desk) dangerous(s *site) func(echo.Context, auth.Actor) error {
	return func(c echo.Context, who auth.Actor) error {
		if c.Request().Method == http.MethodPost {
			if _, err := c.FormParams(); err != nil { // as a page does that reads its form first
				return err
			}
			if err := s.people.Fresh(who); err != nil {
				return err
			}
		}
		return d.answer(c, who)
	}
}

// probed is a site of its own with the desk's forms.
func probed(t testing.TB) (*site, *desk) {
	t.Helper()
	s, d := alone(t), &desk{}
	s.Handler = handlers.NewProbed(s.cat, s.index, s.cfg, s.clock.Now,
		handlers.Probe{Path: "/probe/:id", Action: auth.ListingEdit, Do: d.answer}, handlers.Probe{Path: "/danger/:id", Action: auth.DeskView, Do: d.dangerous(s)})
	return s, d
}

// as signs the browser in as a sample person by the demonstration's button.
func (v *visitor) demo(s *site, role auth.Role, nth int) *visitor {
	v.t.Helper()
	name := s.sample(v.t, role, nth).Person
	for _, b := range v.doc.Find("main form button[name=person]").EachIter() {
		if b.AttrOr("value", "") == name {
			values := fieldsOf(b.Closest("form"))
			values.Set("person", name)
			return v.post("/sign-in/demonstration", values)
		}
	}
	v.t.Fatalf("%s has no button for %s", v.path, role)
	return v
}

var typedForm = url.Values{"price": {"₹4,50,000"}, "note": {"बहुत ज़रूरी\nsecond line"}, "new_password": {"hush hush hush"}, "version": {"7"}, "tags": {"a", "b"}}

func TestAFormOfASessionThatEndedIsKeptAndSentBySameHand(t *testing.T) {
	t.Parallel()
	s, d := probed(t)
	v := s.as(t, auth.ProviderEditor).open("/probe/1")
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	v.post("/probe/1?from=list", typedForm).at("/sign-in?back=%2Faccount%2Funsent&was=kept").says("What you typed is kept")
	if len(d.sent) != 0 {
		t.Fatal("the form was taken without a session")
	}
	// Another person in the same browser sees nothing of it.
	other := v.demo(s, auth.ProviderOwner, 0).at("/account/unsent").says("nothing waiting")
	if strings.Contains(other.words(), "4,50,000") {
		t.Fatal("another person sees it")
	}
	other.send2("Sign out")
	v.open("/sign-in?back=/account/unsent").demo(s, auth.ProviderEditor, 0).at("/account/unsent")
	v.says("/probe/1", "₹4,50,000", "बहुत ज़रूरी", "Price", "Tags").says("Passwords and codes are never kept")
	if strings.Contains(v.words(), "hush") || strings.Contains(v.words(), "Version") {
		t.Errorf("a password, or what nobody typed, is shown: %s", v.words())
	}
	v.send("Send it now For the page /probe/1", nil).at("/probe/done?of=1")
	if len(d.sent) != 1 || d.by[0] != s.sample(t, auth.ProviderEditor, 0).Person {
		t.Fatalf("sent %v by %v", d.sent, d.by)
	}
	got := d.sent[0]
	if got.Get("price") != "₹4,50,000" || got.Get("version") != "7" || len(got["tags"]) != 2 || got.Has("new_password") || got.Get("from") != "list" {
		t.Errorf("sent %v", got)
	}
	v.open("/account/unsent").says("nothing waiting")
}

func TestAKeptFormThatIsRefusedGoesBackToItsPageAndAnotherCanBeDeleted(t *testing.T) {
	t.Parallel()
	s, d := probed(t)
	v := s.as(t, auth.ProviderEditor)
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	v.post("/probe/2", url.Values{"price": {"a lot"}})
	v.open("/sign-in").demo(s, auth.ProviderEditor, 0).at("/account/unsent")
	if v.send("Send it now For the page /probe/2", nil); v.status != http.StatusUnprocessableEntity || !strings.Contains(v.words(), "price again: a lot") {
		t.Errorf("%d: %s", v.status, v.words())
	}
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	v.post("/probe/3", url.Values{"price": {"5"}}).open("/sign-in").demo(s, auth.ProviderEditor, 0).at("/account/unsent").send("Delete it For the page /probe/3", nil).says("deleted")
	v.open("/account/unsent").says("nothing waiting")
	if len(d.sent) != 1 {
		t.Errorf("sent %v", d.sent)
	}
}

func TestFilesOfAKeptFormAreNotKeptAndItsFieldsAre(t *testing.T) {
	t.Parallel()
	s, d := probed(t)
	v := s.as(t, auth.ProviderEditor)
	s.clock.Set(s.clock.Now().Add(16 * time.Minute))
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("price", "₹5")
	part, _ := w.CreateFormFile("certificate", "certificate.pdf")
	_, _ = part.Write(pdfFile)
	_ = w.WriteField("note", "after the file")
	_ = w.Close()
	v.read(v.client.Post(v.base+"/probe/4", w.FormDataContentType(), &body)).says("What you typed is kept")
	v.demo(s, auth.ProviderEditor, 0).says("Files are not kept", "after the file").send("Send it now For the page /probe/4", nil).at("/probe/done?of=4")
	if len(d.sent) != 1 || d.sent[0].Get("price") != "₹5" || d.sent[0].Get("note") != "after the file" {
		t.Errorf("sent %v", d.sent)
	}
}

func TestNothingIsKeptForNobody(t *testing.T) {
	t.Parallel()
	s, _ := probed(t)
	v := visit(t, s).post("/probe/1", typedForm).at("/sign-in?was=lost").says("What you sent was not saved")
	at, _ := url.Parse(v.base)
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: "forged", Path: "/"}})
	v.post("/probe/1", typedForm).at("/sign-in?was=lost")
	v.open("/probe/1?x=1").at("/sign-in?back=%2Fprobe%2F1%3Fx%3D1&was=ended").says("You were signed out")
	w := newBrowser(s).do(t, "GET", "/probe/1", nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestAPartOfAPageSendsTheWholeBrowserToSignIn(t *testing.T) {
	t.Parallel()
	w := front(t).get(t, "/account", "HX-Request", "true")
	if w.Code != http.StatusUnauthorized || w.Header().Get("HX-Redirect") != "/sign-in?back=%2Faccount" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestDangerousActionsAskForTheSecondFactorAgainAndGoOn(t *testing.T) {
	t.Parallel()
	s, d := probed(t)
	m := s.administrator(t, "ada@example.org")
	m.send("I have kept my codes", nil)
	m.open("/account/password").at("/account/password")
	s.clock.Set(s.clock.Now().Add(11 * time.Minute))
	m.open("/account/password").at("/account/step-up?back=%2Faccount%2Fpassword")
	m.send("Continue", url.Values{"code": {"000000"}}).refused("code")
	before := cookieValue(t, m.visitor, "session")
	m.send("Continue", url.Values{"code": {m.code()}}).at("/account/password")
	if now := cookieValue(t, m.visitor, "session"); now == before {
		t.Error("the session's token is the same after stepping up")
	}
	thief := m.another()
	at, _ := url.Parse(m.base)
	thief.client.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: before, Path: "/"}})
	if thief.open("/account"); !strings.HasPrefix(thief.path, "/sign-in") {
		t.Error("the token before still works")
	}
	s.clock.Set(s.clock.Now().Add(11 * time.Minute))
	m.post("/danger/9", url.Values{"price": {"6"}}).at("/account/step-up?back=%2Faccount%2Funsent")
	m.send("Continue", url.Values{"code": {m.code()}}).at("/account/unsent").send("Send it now For the page /danger/9", nil)
	if len(d.sent) != 1 || d.sent[0].Get("price") != "6" {
		t.Errorf("sent %v", d.sent)
	}
}

func cookieValue(t testing.TB, v *visitor, name string) string {
	t.Helper()
	at, err := url.Parse(v.base)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.client.Jar.Cookies(at) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}
