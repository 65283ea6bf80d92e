package auth_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/oidctest"
)

// practice is where those work who sign in there.
const practice = "@practice.example"

// browserAt signs somebody in at the provider, by the address that the site sends the browser to, and gives what comes back.
func browserAt(t *testing.T, redirect, name string) url.Values {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	back, err := url.Parse(oidctest.SignIn(t, &http.Client{Jar: jar}, redirect, name))
	if err != nil || !strings.HasSuffix(back.Path, "/back") {
		t.Fatal(back, err)
	}
	return back.Query()
}

func TestARealProviderLetsInWhoWasInvitedAndNobodyElse(t *testing.T) {
	c := oidctest.Register(t, origin+auth.OIDCPath("real"))
	eachWith(t, auth.Options{OIDC: []auth.OIDCProvider{{ID: "real", Name: "Staff sign-in", Issuer: c.Issuer, ClientID: c.ID, Secret: c.Secret, Second: []string{"mfa"}}}},
		func(o *office) {
			o.clock.Store(time.Now().UnixMicro()) // the provider's tokens are of today
			ada := o.administrator()
			org := o.practice(ada.Actor, "A12345")
			come := func(name string) (auth.SignedIn, auth.Step, error) {
				redirect, token, err := o.BeginOIDC(ctx, "real")
				o.must(err)
				return o.FinishOIDC(ctx, "real", token, browserAt(o.t, redirect, name+practice), visit)
			}
			_, _, err := come("mfa-stranger")
			o.refused(err, auth.ErrNoAccount)
			for _, name := range []string{"mfa-jo", "plain-kim", "unproven-lou"} {
				l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: org, Role: auth.Referrer, Email: name + practice})
				o.taken(l, err)
			}
			in, _, err := come("mfa-jo")
			if err != nil || in.Actor.Org != org || in.Actor.Role != auth.Referrer {
				o.t.Fatalf("%+v, %v", in, err)
			}
			if again, _, err := come("mfa-jo"); err != nil || again.Actor.Person != in.Actor.Person {
				o.t.Errorf("%+v, %v", again, err)
			}
			redirect, token, err := o.BeginOIDCAgain(ctx, "real")
			o.must(err)
			if in, _, err = o.FinishOIDC(ctx, "real", token, browserAt(o.t, redirect, "mfa-jo"+practice), visit); err != nil || o.Fresh(in.Actor) != nil {
				o.t.Errorf("who confirms at the service is not known to have: %+v, %v", in, err)
			}
			if in, step, err := come("plain-kim"); err != nil || in.Token != "" || step.Need != auth.NeedEnrol {
				o.t.Errorf("%+v, %+v, %v", in, step, err)
			}
			_, _, err = come("unproven-lou")
			o.refused(err, auth.ErrNoAccount)
		})
}
