package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/handlers"
)

// free are the actions of routes that need no session.
var free = []string{"public", "visitor"}

// theirs are addresses of something that belongs to the first sample hospital or practice, or to one person of it. Pages
// add theirs by own in an init of their tests: the same role of another organisation gets 404 there.
var theirs []belonging

type belonging struct {
	make  func(t *testing.T, s *site) (path string)
	roles []auth.Role
}

// own adds an address to what others must not find: make prepares it in a site and gives its path, roles are those
// whose people of a second organisation ask for it.
func own(make func(t *testing.T, s *site) string, roles ...auth.Role) {
	theirs = append(theirs, belonging{make, roles})
}

func init() {
	own(func(t *testing.T, s *site) string {
		return "/portal/team/" + s.actor(t, auth.ProviderEditor, 0).Membership
	}, auth.ProviderOwner)
}

var parameter = regexp.MustCompile(`[:*][a-zA-Z]*`)

// someday fills the parameters of a route with what is not there.
func someday(path string) string { return parameter.ReplaceAllString(path, "none") }

func (s *site) table() []handlers.Line {
	return handlers.Lines(s.cat, s.index, s.cfg, s.clock.Now)
}

// ask1 sends one request without following where it leads.
func ask1(h http.Handler, method, path, cookie string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(""))
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: cookie})
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// areas belong to one kind of organisation. Where a role of another kind has the action for its own pages, these are not there for it.
var areas = map[string]auth.Kind{"/portal": auth.Hospital, "/desk": auth.Alliance}

// refusal is the status with which a role is turned away at a route's door, 0 when the policy lets it through.
func refusal(line handlers.Line, role auth.Role) int {
	if !auth.Can(role, auth.Action(line.Access)) {
		return http.StatusForbidden
	}
	for area, kind := range areas {
		if (line.Path == area || strings.HasPrefix(line.Path, area+"/")) && auth.KindOf(role) != kind {
			return http.StatusNotFound
		}
	}
	return 0
}

// Every route of the table against every role and nobody: who has the action gets past the door, who has not is refused
// by 403, and nobody is led to sign in. What lies behind the door is the pages' own tests'.
func TestEveryRouteLetsInWhoThePolicyAllows(t *testing.T) {
	t.Parallel()
	each(t, everyRoute)
}

func everyRoute(t *testing.T, s *site) {
	asked, seen, tokens := 0, map[string]bool{}, map[auth.Role]string{}
	for _, line := range s.table() {
		if line.Access == free[0] || line.Access == free[1] {
			continue
		}
		seen[line.Access] = true
		act := auth.Action(line.Access)
		for _, role := range auth.Roles {
			if role == auth.Patient {
				continue // has no account
			}
			if tokens[role] == "" || strings.HasPrefix(line.Path, "/account") { // these end or renew the session
				tokens[role] = s.token(t, role)
			}
			w := ask1(s, line.Method, someday(line.Path), tokens[role])
			asked++
			switch want := refusal(line, role); {
			case want == 0 && (w.Code == http.StatusForbidden || w.Code >= 500 || toSignIn(w)):
				t.Errorf("%s %s: %s has %s and gets %d %s", line.Method, line.Path, role, act, w.Code, w.Header().Get("Location"))
			case want != 0 && w.Code != want:
				t.Errorf("%s %s: %s gets %d for %s, want %d", line.Method, line.Path, role, w.Code, act, want)
			case w.Header().Get("Cache-Control") != "no-store":
				t.Errorf("%s %s: Cache-Control %q", line.Method, line.Path, w.Header().Get("Cache-Control"))
			}
		}
		if w := ask1(s, line.Method, someday(line.Path), ""); !toSignIn(w) {
			t.Errorf("%s %s: nobody gets %d %s", line.Method, line.Path, w.Code, w.Header().Get("Location"))
		}
		asked++
	}
	if !seen[string(auth.AccountOwn)] || asked < 300 {
		t.Errorf("%d requests over %v: the table was not walked", asked, seen)
	}
	t.Logf("%d requests", asked)
}

func toSignIn(w *httptest.ResponseRecorder) bool {
	return w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/sign-in")
}

// Every form of the site, public ones too, is refused when another site's page sends it.
func TestEveryFormOfAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	s := alone(t)
	token := s.token(t, auth.Administrator)
	n := 0
	for _, line := range s.table() {
		if line.Method == http.MethodGet {
			continue
		}
		n++
		for _, from := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}, {"Sec-Fetch-Site", "", "Origin", "null"}} {
			if w := ask1(s, line.Method, someday(line.Path), token, from...); w.Code != http.StatusForbidden {
				t.Errorf("%s %s from %v: %d", line.Method, line.Path, from, w.Code)
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d forms", n)
	}
}

func TestRoutesThatNeedNoSessionAreThoseOnTheList(t *testing.T) {
	t.Parallel()
	for _, line := range front(t).table() {
		open := line.Access == free[0] || line.Access == free[1]
		for _, closed := range []string{"/portal", "/desk", "/account", "/cases"} {
			if inside := line.Path == closed || strings.HasPrefix(line.Path, closed+"/"); inside && open {
				t.Errorf("%s %s needs no session", line.Method, line.Path)
			}
		}
		if line.Access == free[0] && line.Method != http.MethodGet {
			t.Errorf("%s %s is public and changes something", line.Method, line.Path)
		}
	}
}

// What is another organisation's, and what is not there, are the same 404.
func TestWhatIsAnotherOrganisationsIsNotThere(t *testing.T) {
	t.Parallel()
	if len(theirs) == 0 {
		t.Fatal("no page has told what is its own")
	}
	for _, b := range theirs {
		each(t, func(t *testing.T, s *site) { b.onlyTheirs(t, s) })
	}
}

// onlyTheirs opens the address as people of its own organisation and of another.
func (b belonging) onlyTheirs(t *testing.T, s *site) {
	path := b.make(t, s)
	for _, role := range b.roles {
		if v := s.as(t, role).open(path); v.status != http.StatusOK {
			t.Errorf("%s: its own %s gets %d", path, role, v.status)
		}
		if other := s.asOther(t, role).open(path); other.status != http.StatusNotFound {
			t.Errorf("%s: %s of another organisation gets %d", path, role, other.status)
		}
	}
}

func TestSessionsAndPasskeysOfOthersAreNotThere(t *testing.T) {
	t.Parallel()
	s := alone(t)
	owner := s.actor(t, auth.ProviderOwner, 0)
	for _, role := range []auth.Role{auth.ProviderEditor, auth.Administrator} {
		v := s.as(t, role)
		v.post("/account/sessions/"+owner.Session, nil)
		if v.open("/account/passkeys/" + owner.Session); v.status != http.StatusNotFound {
			t.Errorf("status %d", v.status)
		}
	}
	if list, err := s.people.Sessions(t.Context(), owner); err != nil || len(list) == 0 {
		t.Errorf("somebody else ended the session: %v, %v", list, err)
	}
}

// token signs in as the sample person of a role and gives the session's token.
func (s *site) token(t testing.TB, role auth.Role) string {
	t.Helper()
	in, err := s.people.SignInAs(t.Context(), s.sample(t, role, 0).Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return in.Token
}
