package auth_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

func TestTheFirstAdministratorSetsPasswordAndSecondFactorByOneLink(t *testing.T) {
	each(t, func(o *office) {
		link, l, err := o.AddAdministrator(ctx, o.Console(), " Root@Corridor.Example ", "Ada Root")
		o.taken(l, err)
		token, ok := strings.CutPrefix(link, origin+auth.PasswordPath(""))
		if !ok {
			o.t.Fatal(link)
		}
		o.must(o.LinkWorks(ctx, token))
		_, l, err = o.SetPassword(ctx, token, "short", visit)
		if err != nil || l.On("password") == "" {
			o.t.Fatal(l, err)
		}
		step, l, err := o.SetPassword(ctx, token, password, visit)
		o.taken(l, err)
		o.refused(o.LinkWorks(ctx, token), auth.ErrLink)
		_, _, err = o.SetPassword(ctx, token, another, visit)
		o.refused(err, auth.ErrLink)
		ada := o.enrol(step, "root@corridor.example")
		if len(ada.Codes) != 10 || ada.Actor.Role != auth.Administrator || ada.Actor.Name != "Ada Root" || ada.Actor.OrgName == "" {
			o.t.Fatalf("%+v", ada.SignedIn)
		}
		now, err := o.Who(ctx, ada.Token)
		if err != nil || now.Actor != ada.Actor || now.Until != ada.Until {
			o.t.Fatalf("%+v, %v", now, err)
		}
		_, _, err = o.AddAdministrator(ctx, o.Console(), "root@corridor.example", "Ada Root")
		o.kind(err, fault.Conflict)
		_, _, err = o.AddAdministrator(ctx, ada.confirmed(), "eve@corridor.example", "Eve")
		o.kind(err, fault.Forbidden)
		want := []string{"team.join join", "account.own password_by_link", "account.sign_in", "account.own add_totp"}
		if got := o.audited(); !slices.Equal(got[:4], want) {
			o.t.Errorf("%v", got)
		}
	})
}

func TestSomebodyInvitedSignsInWithPasswordAndCode(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: org, Role: auth.ReferrerAdmin, Email: "jo@practice.example"})
		o.taken(l, err)
		mails := to(o.post(), "jo@practice.example")
		if len(mails) != 1 || strings.Contains(mails[0].Text+mails[0].Subject, "Surgery") || !strings.Contains(mails[0].Text, "30 November 2026") {
			o.t.Fatalf("%+v", mails)
		}
		in, err := o.Invitation(ctx, mails[0].token(o.t))
		if err != nil || in.OrgName != "Surgery A12345" || in.Role != auth.ReferrerAdmin || in.Email != "jo@practice.example" || in.Known {
			o.t.Fatalf("%+v, %v", in, err)
		}
		step, l, err := o.Accept(ctx, mails[0].token(o.t), " Jo Grant ", password, visit)
		o.taken(l, err)
		setup, err := o.BeginFirstTOTP(ctx, step.Token)
		o.must(err)
		if !strings.HasPrefix(setup.URI, "otpauth://totp/Care%20Corridor:jo@practice.example?") {
			o.t.Error(setup.URI)
		}
		_, err = o.FinishFirstTOTP(ctx, step.Token, "000000", visit)
		o.refused(err, auth.ErrFactor)
		signed, err := o.FinishFirstTOTP(ctx, step.Token, codeOf(o, setup.Secret), visit)
		o.must(err)
		if signed.Actor.Name != "Jo Grant" || signed.Actor.Org != org || signed.Actor.Role != auth.ReferrerAdmin || !signed.Actor.Fresh(o.now()) {
			o.t.Errorf("%+v", signed.Actor)
		}
		jo := (&colleague{signed, o, "jo@practice.example", setup.Secret}).again()
		if jo.Token == signed.Token || jo.Codes != nil {
			o.t.Errorf("%+v", jo.SignedIn)
		}
		a, err := o.Account(ctx, jo.Actor)
		if err != nil || a.Email != "jo@practice.example" || !a.TOTP || a.RecoveryLeft != 10 || a.PasswordSet.IsZero() {
			o.t.Errorf("%+v, %v", a, err)
		}
		_, err = o.Invitation(ctx, mails[0].token(o.t))
		o.refused(err, auth.ErrLink)
		_, _, err = o.Accept(ctx, mails[0].token(o.t), "Jo", another, visit)
		o.refused(err, auth.ErrLink)
	})
}

func TestAnInvitationEndsByTimeByHandAndByAnotherOne(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		invite := func() string {
			l, err := o.Invite(ctx, ada.confirmed(), auth.InviteForm{Org: org, Role: auth.Referrer, Email: "jo@practice.example"})
			o.taken(l, err)
			mails := to(o.post(), "jo@practice.example")
			return mails[0].token(o.t)
		}
		dead := func(token string) {
			o.t.Helper()
			_, err := o.Invitation(ctx, token)
			o.refused(err, auth.ErrLink)
			_, _, err = o.Accept(ctx, token, "Jo", password, visit)
			o.refused(err, auth.ErrLink)
		}
		first := invite()
		second := invite()
		dead(first)
		waiting, err := o.Invitations(ctx, ada.Actor, org)
		if err != nil || len(waiting) != 1 || waiting[0].Email != "jo@practice.example" || waiting[0].Expired {
			o.t.Fatalf("%+v, %v", waiting, err)
		}
		o.must(o.TakeBack(ctx, ada.Actor, waiting[0].ID))
		dead(second)
		o.kind(o.TakeBack(ctx, ada.Actor, waiting[0].ID), fault.Missing)
		third := invite()
		o.pass(7*24*time.Hour + time.Second)
		dead(third)
		dead("nothing")
	})
}

func TestAnInvitationIsRefusedWithReasons(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		id, l, err := o.AddOrganisation(ctx, ada.Actor, auth.Organisation{Kind: auth.Practice, Name: "Surgery", ODS: "a12345", EmailDomain: "@NHS.net"})
		o.taken(l, err)
		for field, f := range map[string]auth.InviteForm{
			"email": {Org: id, Role: auth.Referrer, Email: "jo@gmail.example"},
			"role":  {Org: id, Role: auth.Administrator, Email: "jo@nhs.net"},
		} {
			if l, err := o.Invite(ctx, ada.Actor, f); err != nil || l.On(field) == "" {
				o.t.Errorf("%s: %v, %v", field, l, err)
			}
		}
		for _, email := range []string{"", "jo", "jo@nhs", "jo@@nhs.net", "Jo <jo@nhs.net>", "jo nhs@nhs.net", strings.Repeat("j", 250) + "@nhs.net"} {
			if l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: id, Role: auth.Referrer, Email: email}); err != nil || l.On("email") == "" {
				o.t.Errorf("%q: %v, %v", email, l, err)
			}
		}
		alliance := ada.Actor.Org
		if l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: alliance, Role: auth.Verifier, Email: "root@corridor.example"}); err != nil || l.On("email") == "" {
			o.t.Error("somebody gave themselves a role:", l, err)
		}
		jo := o.join(ada.Actor, id, auth.ReferrerAdmin, "jo@nhs.net")
		_, err = o.Invite(ctx, jo.Actor, auth.InviteForm{Org: alliance, Role: auth.Verifier, Email: "eve@x.example"})
		o.kind(err, fault.Missing)
		o.pass(auth.StepUpFor)
		_, err = o.Invite(ctx, jo.Actor, auth.InviteForm{Org: id, Role: auth.Referrer, Email: "eve@nhs.net"})
		o.refused(err, auth.ErrStepUp)
	})
}

func TestAKnownPersonGetsASecondRoleAndActsInOneAtATime(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		one, two := o.practice(ada.Actor, "A12345"), o.practice(ada.Actor, "B12345")
		jo := o.join(ada.Actor, one, auth.Referrer, "jo@practice.example")
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: two, Role: auth.Referrer, Email: "jo@practice.example"})
		o.taken(l, err)
		token := to(o.post(), "jo@practice.example")[0].token(o.t)
		in, err := o.Invitation(ctx, token)
		if err != nil || !in.Known {
			o.t.Fatalf("%+v, %v", in, err)
		}
		step, l, err := o.Accept(ctx, token, "Mallory", another, visit)
		o.taken(l, err)
		if step.Token != "" {
			o.t.Error("an invitation signed a known person in")
		}
		if a, _ := o.Account(ctx, jo.Actor); a.Name != "Name of jo@practice.example" {
			o.t.Errorf("an invitation changed the name to %q", a.Name)
		}
		held, err := o.Roles(ctx, jo.Actor)
		if err != nil || len(held) != 2 || !held[0].Current || held[1].Current || held[1].Org != two {
			o.t.Fatalf("%+v, %v", held, err)
		}
		o.must(o.SetData(ctx, jo.Actor, []byte("of the first role")))
		switched, err := o.Switch(ctx, jo.Actor, held[1].Membership)
		if err != nil || switched.Actor.Org != two || switched.Token == jo.Token {
			o.t.Fatalf("%+v, %v", switched, err)
		}
		_, err = o.Who(ctx, jo.Token)
		o.refused(err, auth.ErrSession)
		now, err := o.Who(ctx, switched.Token)
		if err != nil || now.Org != two || now.Data != nil {
			o.t.Errorf("%+v, %v", now, err)
		}
		adas, err := o.Roles(ctx, ada.Actor)
		o.must(err)
		_, err = o.Switch(ctx, switched.Actor, adas[0].Membership)
		o.kind(err, fault.Missing)
		if next := jo.again(); next.Actor.Org != two {
			o.t.Error("the role acted in last was forgotten")
		}
	})
}
