package auth_test

import (
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

func TestASessionEndsWhenItRestsAndWhenItsDayIsOver(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		in := func(token string) bool {
			_, err := o.Who(ctx, token)
			if err != nil {
				o.refused(err, auth.ErrSession)
			}
			return err == nil
		}
		for range 40 {
			o.pass(12 * time.Minute) // always busy
			if o.now().Before(ada.Until) != in(ada.Token) {
				o.t.Fatalf("%v of %v", o.now(), ada.Until)
			}
		}
		resting := ada.again()
		o.pass(15*time.Minute - time.Second)
		if !in(resting.Token) {
			o.t.Error("ended early")
		}
		o.pass(15 * time.Minute)
		if in(resting.Token) || in("") || in("no such token") {
			o.t.Error("somebody is signed in")
		}
		if lines, err := o.Sessions(ctx, resting.Actor); err != nil || len(lines) != 0 {
			o.t.Errorf("%+v, %v", lines, err)
		}
	})
}

func TestSessionsAreListedAndEndedAtOnce(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		jo := o.join(ada.Actor, o.practice(ada.Actor, "A12345"), auth.Referrer, "jo@practice.example")
		here, there, third := ada.again(), ada.again(), ada.again()
		lines, err := o.Sessions(ctx, here.Actor)
		if err != nil || len(lines) != 4 {
			o.t.Fatalf("%+v, %v", lines, err)
		}
		for _, l := range lines {
			if l.Agent != "Firefox on Windows" || l.Current != (l.ID == here.Actor.Session) || l.Role != auth.Administrator {
				o.t.Errorf("%+v", l)
			}
		}
		o.must(o.EndSession(ctx, here.Actor, there.Actor.Session))
		_, err = o.Who(ctx, there.Token)
		o.refused(err, auth.ErrSession)
		o.kind(o.EndSession(ctx, here.Actor, there.Actor.Session), fault.Missing)
		o.kind(o.EndSession(ctx, here.Actor, jo.Actor.Session), fault.Missing)
		if _, err := o.Who(ctx, jo.Token); err != nil {
			o.t.Error("somebody else's session was ended:", err)
		}
		n, err := o.EndOthers(ctx, here.Actor)
		if err != nil || n != 2 {
			o.t.Error(n, err)
		}
		for _, gone := range []*colleague{ada, third} {
			_, err = o.Who(ctx, gone.Token)
			o.refused(err, auth.ErrSession)
		}
		o.must(o.SignOut(ctx, here.Token))
		o.must(o.SignOut(ctx, here.Token))
		_, err = o.Who(ctx, here.Token)
		o.refused(err, auth.ErrSession)
	})
}

func TestConfirmingGivesANewTokenAndOpensDangerousActionsForAWhile(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		o.pass(auth.StepUpFor)
		o.refused(o.Fresh(ada.Actor), auth.ErrStepUp)
		_, err := o.NewRecoveryCodes(ctx, ada.Actor)
		o.refused(err, auth.ErrStepUp)
		before := ada.Token
		who := ada.confirmed()
		if ada.Token == before || o.Fresh(who) != nil {
			o.t.Errorf("%+v", ada.SignedIn)
		}
		_, err = o.Who(ctx, before)
		o.refused(err, auth.ErrSession)
		now, err := o.Who(ctx, ada.Token)
		if err != nil || now.Session != who.Session || o.Fresh(now.Actor) != nil {
			o.t.Errorf("%+v, %v", now, err)
		}
		o.must(o.SetData(ctx, who, []byte("kept")))
		if now, err = o.Who(ctx, ada.Token); err != nil || string(now.Data) != "kept" {
			o.t.Errorf("%q, %v", now.Data, err)
		}
		o.kind(o.SetData(ctx, who, []byte(strings.Repeat("x", 5000))), fault.Invalid)
	})
}

func TestAPasswordIsChangedOnlyByWhoKnowsTheOldOne(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		elsewhere := ada.again()
		who := ada.confirmed()
		for old, next := range map[string]string{another: another, password: "Root Ada corridor"} {
			l, err := o.ChangePassword(ctx, who, old, next)
			if err != nil || l.OK() {
				o.t.Error(l, err)
			}
		}
		l, err := o.ChangePassword(ctx, who, password, another)
		o.taken(l, err)
		_, err = o.Who(ctx, elsewhere.Token)
		o.refused(err, auth.ErrSession)
		if _, err := o.Who(ctx, ada.Token); err != nil {
			o.t.Error("their own session ended:", err)
		}
		_, err = o.SignIn(ctx, ada.email, password, visit)
		o.refused(err, auth.ErrSignIn)
		if _, err := o.SignIn(ctx, ada.email, another, visit); err != nil {
			o.t.Error(err)
		}
	})
}

func TestANameIsChangedUnderTheVersionRead(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		a, err := o.Account(ctx, ada.Actor)
		o.must(err)
		for _, wrong := range []string{" ", strings.Repeat("a", 5000), "Ada\x00Root", "Ada\nRoot", "\u202Etoor"} {
			if l, err := o.SetName(ctx, ada.Actor, wrong, a.Version); err != nil || l.On("name") == "" {
				o.t.Errorf("%q: %v, %v", wrong, l, err)
			}
		}
		l, err := o.SetName(ctx, ada.Actor, "ادا Rút", a.Version)
		o.taken(l, err)
		_, err = o.SetName(ctx, ada.Actor, "Somebody Else", a.Version)
		o.refused(err, auth.ErrMoved)
		if now, err := o.Who(ctx, ada.Token); err != nil || now.Name != "ادا Rút" {
			o.t.Errorf("%q, %v", now.Name, err)
		}
	})
}
