package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"carecorridor/auth"
)

// A page that is not for somebody's role says so in words and leads to where their own work begins.
func TestAPageForAnotherRoleLeadsToOnesOwnStart(t *testing.T) {
	t.Parallel()
	s := front(t)
	for role, c := range map[auth.Role]struct{ closed, start, to string }{
		auth.ReferrerAdmin:     {"/portal", "Referrals", "/refer/dashboard"},
		auth.Verifier:          {"/refer/dashboard", "Alliance desk", "/desk"},
		auth.ProviderClinician: {"/desk", "Hospital portal", "/portal"},
	} {
		v := s.as(t, role).open(c.closed).says("You do not have access to this page", "Your role does not include this")
		if v.status != http.StatusForbidden {
			t.Errorf("%s: status %d", role, v.status)
		}
		if got := v.link(c.start); got != c.to {
			t.Errorf("%s is led to %q", role, got)
		}
		v.follow(c.start).at(c.to)
		if v.open("/account").doc.Find("nav a[href='"+c.to+"']").Length() == 0 {
			t.Errorf("%s: the account does not lead back to work", role)
		}
	}
}

// as is a browser signed in as the sample person of a role; of a hospital, the first one's.
func (s *site) as(t testing.TB, role auth.Role) *visitor { t.Helper(); return s.signedIn(t, role, 0) }

// asOther is as for the second hospital: the same role, in an organisation that what belongs to the first is not of.
func (s *site) asOther(t testing.TB, role auth.Role) *visitor {
	t.Helper()
	return s.signedIn(t, role, 1)
}

// sample is the actor a browser of as (nth 0) or asOther (nth 1) has, to ask services as the same person.
func (s *site) sample(t testing.TB, role auth.Role, nth int) auth.DemoActor {
	t.Helper()
	all, err := s.people.DemoActors(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Role != role {
			continue
		}
		if nth == 0 {
			return a
		}
		nth--
	}
	t.Fatalf("there is no such sample person: %s", role)
	return auth.DemoActor{}
}

func (s *site) signedIn(t testing.TB, role auth.Role, nth int) *visitor {
	t.Helper()
	in, err := s.people.SignInAs(context.Background(), s.sample(t, role, nth).Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
	if err != nil {
		t.Fatal(err)
	}
	v := visit(t, s)
	at, err := url.Parse(v.base)
	if err != nil {
		t.Fatal(err)
	}
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: in.Token, Path: "/"}})
	return v
}
