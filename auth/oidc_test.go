package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net/url"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// eachOIDC is a team at a site that knows one sign-in service.
func eachOIDC(t *testing.T, f func(o *office, i *issuer)) {
	t.Helper()
	i := newIssuer(t)
	eachWith(t, auth.Options{OIDC: []auth.OIDCProvider{{ID: "nhs", Name: "Staff sign-in", Issuer: i.URL, ClientID: "corridor", Secret: "s3cret",
		Second: []string{"mfa", "AAL2_ANY"}, LevelClaim: "id_assurance_level"}}}, func(o *office) {
		i.now, i.spoil, i.signer, i.userinfo = o.now, nil, nil, nil
		f(o, i)
	})
}

// come signs somebody in by the service.
func (o *office) come(i *issuer) (auth.SignedIn, auth.Step, error) {
	o.t.Helper()
	redirect, token, err := o.BeginOIDC(ctx, "nhs")
	o.must(err)
	return o.FinishOIDC(ctx, "nhs", token, i.visit(redirect), visit)
}

func TestAnInvitedPersonComesInByASignInService(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		i.claims = map[string]any{"sub": "u-1", "email": "Jo@Practice.example", "email_verified": true, "name": "Jo Grant", "amr": []string{"pwd", "mfa"}, "id_assurance_level": 3}
		_, _, err := o.come(i)
		o.refused(err, auth.ErrNoAccount)
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: org, Role: auth.Referrer, Email: "jo@practice.example"})
		o.taken(l, err)
		i.claims["email_verified"] = false
		_, _, err = o.come(i)
		o.refused(err, auth.ErrNoAccount)
		i.claims["email_verified"] = true
		in, step, err := o.come(i)
		if err != nil || in.Token == "" || step.Token != "" || in.Actor.Name != "Jo Grant" || in.Actor.Role != auth.Referrer || in.Actor.Org != org {
			o.t.Fatalf("%+v, %+v, %v", in, step, err)
		}
		if a, err := o.Account(ctx, in.Actor); err != nil || len(a.Identities) != 1 || a.Identities[0] != "Staff sign-in" || a.Email != "jo@practice.example" {
			o.t.Errorf("%+v, %v", a, err)
		}
		o.must(o.store.Write(ctx, func(tx *models.Tx) error {
			a, err := tx.AssertionOf(in.Actor.Person)
			if err == nil && (a.Level != "3" || !a.ExpiresAt.Equal(o.now().Add(8*time.Hour))) {
				o.t.Errorf("%q, %v", a.Level, a.ExpiresAt)
			}
			return err
		}))
		i.claims["email"], i.claims["email_verified"] = "jo.new@elsewhere.example", false // the link is the subject's
		if again, _, err := o.come(i); err != nil || again.Actor.Person != in.Actor.Person {
			o.t.Errorf("%+v, %v", again, err)
		}
		o.must(o.Lock(ctx, ada.confirmed(), in.Actor.Person, "left"))
		_, _, err = o.come(i)
		o.refused(err, auth.ErrSignIn)
	})
}

func TestAServiceWithoutASecondFactorIsFollowedByOurs(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		ada := o.administrator()
		i.claims = map[string]any{"sub": "u-ada", "acr": "AAL1"}
		i.userinfo = map[string]any{"sub": "u-ada", "email": ada.email, "email_verified": "true"}
		in, step, err := o.come(i)
		if err != nil || in.Token != "" || step.Need != auth.NeedFactor || !step.TOTP {
			o.t.Fatalf("%+v, %+v, %v", in, step, err)
		}
		if _, err := o.GiveTOTP(ctx, step.Token, ada.code(), visit); err != nil {
			o.t.Error(err)
		}
		i.userinfo = map[string]any{"sub": "somebody else", "email": ada.email, "email_verified": true}
		_, _, err = o.come(i)
		o.kind(err, fault.Missing)
	})
}

func TestWhatAServiceSaysMustFitWhatWasAsked(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		ada := o.administrator()
		i.claims = map[string]any{"sub": "u-ada", "email": ada.email, "email_verified": true, "amr": []string{"mfa"}}
		for what, spoil := range map[string]func(map[string]any){
			"nonce":    func(c map[string]any) { c["nonce"] = "another" },
			"audience": func(c map[string]any) { c["aud"] = "another" },
			"issuer":   func(c map[string]any) { c["iss"] = "https://another.example" },
			"age":      func(c map[string]any) { c["exp"] = o.now().Add(-time.Hour).Unix() },
		} {
			i.spoil = spoil
			if in, _, err := o.come(i); !fault.Is(err, fault.Missing) || in.Token != "" {
				o.t.Errorf("wrong %s: %v", what, err)
			}
		}
		i.spoil = nil
		other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		o.must(err)
		i.signer = other
		if _, _, err := o.come(i); !fault.Is(err, fault.Missing) {
			o.t.Error("a forged signature:", err)
		}
		i.signer = nil
		redirect, token, err := o.BeginOIDC(ctx, "nhs")
		o.must(err)
		back := i.visit(redirect)
		for what, q := range map[string]url.Values{"state": {"code": back["code"], "state": {"x"}}, "code": {"state": back["state"]},
			"refusal": {"error": {"access_denied"}, "state": back["state"], "code": back["code"]}} {
			_, fresh, err := o.BeginOIDC(ctx, "nhs")
			o.must(err)
			_, _, err = o.FinishOIDC(ctx, "nhs", fresh, q, visit)
			if !fault.Is(err, fault.Missing) {
				o.t.Errorf("wrong %s: %v", what, err)
			}
		}
		_, _, err = o.FinishOIDC(ctx, "nhs", "no such token", back, visit)
		o.refused(err, auth.ErrStep)
		if _, _, err = o.FinishOIDC(ctx, "nhs", token, back, visit); err != nil {
			o.t.Error(err)
		}
		_, _, err = o.FinishOIDC(ctx, "nhs", token, back, visit) // the same answer again
		o.refused(err, auth.ErrStep)
		redirect, token, err = o.BeginOIDC(ctx, "nhs")
		o.must(err)
		back = i.visit(redirect)
		o.pass(10 * time.Minute)
		_, _, err = o.FinishOIDC(ctx, "nhs", token, back, visit)
		o.refused(err, auth.ErrStep)
		_, _, err = o.BeginOIDC(ctx, "unknown")
		o.kind(err, fault.Missing)
	})
}

func TestAServiceThatIsAwayIsSaidAndAskedAgain(t *testing.T) {
	i := newIssuer(t)
	away := i.URL
	i.Close()
	eachWith(t, auth.Options{OIDC: []auth.OIDCProvider{{ID: "nhs", Name: "Staff sign-in", Issuer: away, ClientID: "corridor"}}}, func(o *office) {
		_, _, err := o.BeginOIDC(ctx, "nhs")
		o.kind(err, fault.Busy)
		if p := o.Providers(); len(p) != 1 || p[0].Secret != "" {
			o.t.Errorf("%+v", p)
		}
	})
}
