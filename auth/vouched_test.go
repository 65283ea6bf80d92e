package auth_test

import (
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

// jo is somebody who comes by the service with its second factor.
func jo(i *issuer) map[string]any {
	return map[string]any{"sub": "u-jo", "email": "jo@practice.example", "email_verified": true, "amr": []string{"mfa"}, "auth_time": i.now().Unix()}
}

// vouched invites jo, who comes in by the service and has no second factor here.
func (o *office) vouched(i *issuer) auth.SignedIn {
	o.t.Helper()
	ada := o.administrator()
	l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: o.practice(ada.Actor, "A12345"), Role: auth.Referrer, Email: "jo@practice.example"})
	o.taken(l, err)
	i.claims = jo(i)
	in, _, err := o.come(i)
	o.must(err)
	o.post()
	return in
}

func TestAnAnswerOfOneServiceIsNeverGivenToAnother(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		o.vouched(i)
		for what, c := range map[string]struct{ at, iss string }{"address": {"other", ""}, "issuer": {"nhs", "https://evil.example"}} {
			redirect, token, err := o.BeginOIDC(ctx, "nhs")
			o.must(err)
			back := i.visit(redirect)
			if c.iss != "" {
				back.Set("iss", c.iss)
			}
			if in, _, err := o.FinishOIDC(ctx, c.at, token, back, visit); err == nil || in.Token != "" {
				o.t.Errorf("an answer with another %s lets somebody in", what)
			}
			if _, unused := i.codes[back.Get("code")]; !unused {
				o.t.Errorf("the code of an answer with another %s was sent on", what)
			}
		}
		redirect, token, err := o.BeginOIDC(ctx, "nhs")
		o.must(err)
		back := i.visit(redirect)
		back.Set("iss", i.URL)
		if _, _, err := o.FinishOIDC(ctx, "nhs", token, back, visit); err != nil {
			o.t.Error(err)
		}
	})
}

func TestAServiceThatStillKnowsTheBrowserOpensNothingDangerous(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		o.must(o.Fresh(o.vouched(i).Actor))
		o.pass(time.Hour)
		in, _, err := o.come(i) // nobody was asked for anything: auth_time is as before
		o.must(err)
		o.refused(o.Fresh(in.Actor), auth.ErrStepUp)
		delete(i.claims, "auth_time")
		in, _, err = o.come(i)
		o.must(err)
		o.refused(o.Fresh(in.Actor), auth.ErrStepUp)

		again := func() (auth.SignedIn, error) {
			redirect, token, err := o.BeginOIDCAgain(ctx, "nhs")
			o.must(err)
			if !strings.Contains(redirect, "prompt=login") || !strings.Contains(redirect, "max_age=0") {
				o.t.Error(redirect)
			}
			in, _, err := o.FinishOIDC(ctx, "nhs", token, i.visit(redirect), visit)
			return in, err
		}
		if _, err := again(); !fault.Is(err, fault.Missing) {
			o.t.Error("without auth_time:", err)
		}
		i.claims["auth_time"] = o.now().Add(-2 * time.Minute).Unix()
		if _, err := again(); !fault.Is(err, fault.Missing) {
			o.t.Error("with an old auth_time:", err)
		}
		i.claims["auth_time"] = o.now().Add(20 * time.Second).Unix() // its clock is a little fast
		in, err = again()
		o.must(err)
		o.must(o.Fresh(in.Actor))
		o.pass(10 * time.Minute)
		o.refused(o.Fresh(in.Actor), auth.ErrStepUp) // Fresh asks the actor as it was read
	})
}

func TestSomebodyIsToldWhenAServiceOpensTheirAccount(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		ada := o.administrator()
		_, err := o.Forgot(ctx, ada.email, auth.Visit{})
		o.must(err)
		before := to(o.post(), ada.email)
		i.claims = map[string]any{"sub": "u-ada", "email": ada.email, "email_verified": true, "amr": []string{"mfa"}}
		_, _, err = o.come(i)
		o.must(err)
		if mails := to(o.post(), ada.email); len(mails) != 1 || !strings.Contains(mails[0].Text, "sign-in service that now opens it") {
			o.t.Errorf("%+v", mails)
		}
		o.refused(o.LinkWorks(ctx, before[0].token(o.t)), auth.ErrLink)
		if _, _, err = o.come(i); err != nil || len(o.post()) != 0 {
			o.t.Error("told again", err)
		}
	})
}

func TestAMailboxAloneOpensNoAccountThatAServiceVouchesFor(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		in := o.vouched(i)
		_, err := o.Forgot(ctx, "jo@practice.example", auth.Visit{})
		o.must(err)
		for range 5 {
			_, err := o.SignIn(ctx, "jo@practice.example", another, auth.Visit{})
			o.refused(err, auth.ErrSignIn)
			_, err = o.StepUpTOTP(ctx, in.Actor, "000000")
			o.refused(err, auth.ErrFactor)
		}
		mails := o.post()
		if len(mails) != 3 {
			o.t.Fatalf("%+v", mails)
		}
		for _, m := range mails {
			if m.Subject != "How you sign in" || links.MatchString(m.Text) || !strings.Contains(m.Text, origin+"/sign-in\n") {
				o.t.Errorf("%q %s", m.Subject, m.Text)
			}
		}
		root, err := o.PersonByEmail(ctx, o.Console(), "jo@practice.example")
		o.must(err)
		_, err = o.ResetFactors(ctx, o.Console(), root, "the service is no longer used")
		o.must(err)
	})
}

func TestANameFromAServiceThatCannotBeShownIsReplaced(t *testing.T) {
	eachOIDC(t, func(o *office, i *issuer) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		for n, name := range []string{"\u200b\u2060", "Dr\x00 Eve", "\u202eevE rD", "two\nlines"} {
			email := string(rune('a'+n)) + "@practice.example"
			l, err := o.Invite(ctx, ada.confirmed(), auth.InviteForm{Org: org, Role: auth.Referrer, Email: email})
			o.taken(l, err)
			i.claims = map[string]any{"sub": email, "email": email, "email_verified": true, "name": name, "amr": []string{"mfa"}}
			if in, _, err := o.come(i); err != nil || in.Actor.Name != email[:1] {
				o.t.Errorf("%q became %q, %v", name, in.Actor.Name, err)
			}
		}
	})
}
