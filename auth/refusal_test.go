package auth_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
)

func TestEveryRefusedSignInSaysTheSame(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		jo := o.join(ada.Actor, org, auth.Referrer, "jo@practice.example")
		o.join(ada.confirmed(), org, auth.Referrer, "locked@practice.example")
		id, err := o.PersonByEmail(ctx, ada.Actor, "locked@practice.example")
		o.must(err)
		o.must(o.Lock(ctx, ada.confirmed(), id, "left the surgery"))
		for email, word := range map[string]string{
			"nobody@practice.example": password, "jo@practice.example": another, "locked@practice.example": password,
			"": password, "not an address": password, jo.email: "", strings.Repeat("x", 4000) + "@x.example": strings.Repeat("p", 10000),
		} {
			_, err := o.SignIn(ctx, email, word, visit)
			o.refused(err, auth.ErrSignIn)
		}
		if _, err := o.SignIn(ctx, " JO@practice.example ", password, visit); err != nil {
			o.t.Error("the right one:", err)
		}
	})
}

func TestAnUnknownAddressQueuesAndCountsLikeAKnownOne(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		o.join(ada.Actor, o.practice(ada.Actor, "A12345"), auth.Referrer, "jo@practice.example")
		for _, email := range []string{"jo@practice.example", "nobody@practice.example"} {
			for range 5 {
				_, err := o.SignIn(ctx, email, another, visit)
				o.refused(err, auth.ErrSignIn)
			}
			_, err := o.Forgot(ctx, email, auth.Visit{Address: "192.0.2.9"})
			o.must(err)
		}
		var jobs, rows int
		db := testdb.SQL(o.t, o.url)
		o.must(db.QueryRow("SELECT count(*) FROM river_job WHERE kind = 'tell_person'").Scan(&jobs))
		o.must(db.QueryRow("SELECT count(*) FROM sign_in_tries").Scan(&rows))
		if jobs != 4 || rows != 2 {
			o.t.Errorf("%d jobs and %d counts for two addresses", jobs, rows)
		}
		if mails := o.post(); len(mails) != 2 || len(to(mails, "jo@practice.example")) != 2 {
			o.t.Errorf("%+v", mails)
		}
	})
}

func TestWrongTriesMakeAnAccountWaitLongerAndLonger(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		o.join(ada.Actor, o.practice(ada.Actor, "A12345"), auth.Referrer, "jo@practice.example")
		try := func(word string) error {
			_, err := o.SignIn(ctx, "jo@practice.example", word, auth.Visit{})
			return err
		}
		for range 5 {
			o.refused(try(another), auth.ErrSignIn)
		}
		o.refused(try(password), auth.ErrSignIn) // right, and too soon
		mails := o.post()
		if len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "Too many wrong tries") {
			o.t.Fatalf("%+v", mails)
		}
		o.pass(time.Minute)
		o.refused(try(another), auth.ErrSignIn) // the wait is over; the next one is longer
		o.pass(time.Minute)
		o.refused(try(password), auth.ErrSignIn)
		o.pass(time.Minute)
		o.must(try(password))
		for range 4 {
			o.refused(try(another), auth.ErrSignIn)
		}
		o.must(try(password)) // a right one made the count begin anew
		for range 6 {
			o.refused(try(another), auth.ErrSignIn)
		}
		o.pass(time.Hour)
		step, l, err := o.SetPassword(ctx, mails[0].token(o.t), another, visit)
		if err == nil {
			o.t.Error("a link older than an hour works", step, l)
		}
		o.pass(24*time.Hour + time.Second)
		o.must(try(password))
	})
}

// The ladder of referrers counts the day of the last mailed link (domain.md §1.4).
func TestAMailedLinkThatIsUsedProvesTheMailbox(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		jo := o.join(ada.Actor, o.practice(ada.Actor, "A12345"), auth.Referrer, "jo@practice.example")
		o.must(o.store.Write(ctx, func(tx *models.Tx) error {
			return tx.PutProfessionalCheck(&models.ProfessionalCheck{PersonID: jo.Actor.Person, Level: 1, Register: "GMC", Number: models.Sealed{1, 2}, State: "asked"})
		}))
		o.pass(200 * 24 * time.Hour)
		o.taken(o.Forgot(ctx, "jo@practice.example", visit))
		_, l, err := o.SetPassword(ctx, o.post()[0].token(o.t), another, visit)
		o.taken(l, err)
		o.must(o.store.Write(ctx, func(tx *models.Tx) error {
			c, err := tx.ProfessionalCheck(jo.Actor.Person)
			if err == nil && c.MailboxOn != when.DateOf(o.now()) {
				o.t.Errorf("the mailbox was shown on %v", c.MailboxOn)
			}
			return err
		}))
	})
}

func TestOneAddressCannotTryWithoutEnd(t *testing.T) {
	eachWith(t, auth.Options{Limits: auth.Limits{AddressTries: 3}}, func(o *office) {
		ada := o.administrator()
		for range 3 {
			_, err := o.SignIn(ctx, "nobody@practice.example", password, visit)
			o.refused(err, auth.ErrSignIn)
		}
		_, err := o.SignIn(ctx, ada.email, password, visit)
		o.refused(err, auth.ErrSignIn)
		_, err = o.Forgot(ctx, ada.email, visit)
		o.refused(err, auth.ErrTooMany)
		if _, err := o.SignIn(ctx, ada.email, password, auth.Visit{Address: "192.0.2.8"}); err != nil {
			o.t.Error("another address:", err)
		}
		o.pass(15 * time.Minute)
		if _, err := o.SignIn(ctx, ada.email, password, visit); err != nil {
			o.t.Error("later:", err)
		}
	})
}

func TestACodeWorksOnceAndOnlyNearItsTime(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		step := func() string {
			s, err := o.SignIn(ctx, ada.email, password, visit)
			o.must(err)
			return s.Token
		}
		code := ada.code()
		first := step()
		if _, err := o.GiveTOTP(ctx, first, code[:3]+" "+code[3:], visit); err != nil {
			o.t.Fatal(err)
		}
		_, err := o.GiveTOTP(ctx, first, ada.code(), visit)
		o.refused(err, auth.ErrStep)
		code = ada.code()
		_, err = o.GiveTOTP(ctx, step(), code, visit)
		o.must(err)
		_, err = o.GiveTOTP(ctx, step(), code, visit) // somebody looked over the shoulder
		o.refused(err, auth.ErrFactor)
		code = ada.code()
		o.pass(30 * time.Second)
		if _, err := o.GiveTOTP(ctx, step(), code, visit); err != nil {
			o.t.Error("one step late:", err)
		}
		code = ada.code()
		o.pass(60 * time.Second)
		_, err = o.GiveTOTP(ctx, step(), code, visit)
		o.refused(err, auth.ErrFactor)
		_, err = o.StepUpTOTP(ctx, ada.Actor, code)
		o.refused(err, auth.ErrFactor)
		late := step()
		o.pass(10 * time.Minute)
		_, err = o.GiveTOTP(ctx, late, ada.code(), visit)
		o.refused(err, auth.ErrStep)
	})
}

func TestGuessingCodesMakesTheFactorWait(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		step, err := o.SignIn(ctx, ada.email, password, visit)
		o.must(err)
		for range 5 {
			_, err := o.GiveTOTP(ctx, step.Token, "123", visit)
			o.refused(err, auth.ErrFactor)
		}
		_, err = o.GiveTOTP(ctx, step.Token, codeOf(o, ada.secret), visit) // right, and too soon
		o.refused(err, auth.ErrFactor)
		if mails := o.post(); len(mails) != 1 || mails[0].To != ada.email {
			o.t.Errorf("%+v", mails)
		}
		o.pass(time.Minute)
		if _, err := o.GiveTOTP(ctx, step.Token, ada.code(), visit); err != nil {
			o.t.Error("after the wait:", err)
		}
	})
}

func TestARecoveryCodeWorksOnceHoweverOftenItIsSentAtOnce(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		code := strings.ToLower(strings.ReplaceAll(ada.Codes[3], "-", " "))
		const windows = 4
		var steps [windows]string
		for i := range steps {
			s, err := o.SignIn(ctx, ada.email, password, visit)
			o.must(err)
			if !s.Recovery {
				o.t.Errorf("%+v", s)
			}
			steps[i] = s.Token
		}
		var in, out int
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, token := range steps {
			all.Go(func() {
				_, err := o.GiveRecovery(ctx, token, code, visit)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else {
					out++
					o.refused(err, auth.ErrFactor)
				}
			})
		}
		all.Wait()
		if in != 1 || out != windows-1 {
			o.t.Errorf("%d in, %d out", in, out)
		}
		old := ada.Codes[4]
		a, err := o.Account(ctx, ada.Actor)
		if err != nil || a.RecoveryLeft != 9 {
			o.t.Errorf("%+v, %v", a, err)
		}
		fresh, err := o.NewRecoveryCodes(ctx, ada.confirmed())
		if err != nil || len(fresh) != 10 {
			o.t.Fatal(fresh, err)
		}
		_, err = o.StepUpRecovery(ctx, ada.Actor, old)
		o.refused(err, auth.ErrFactor)
		if _, err := o.StepUpRecovery(ctx, ada.Actor, fresh[0]); err != nil {
			o.t.Error(err)
		}
	})
}

func TestAPasswordAloneNeverAddsTheFirstSecondFactor(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		org := o.practice(ada.Actor, "A12345")
		l, err := o.Invite(ctx, ada.Actor, auth.InviteForm{Org: org, Role: auth.Referrer, Email: "jo@practice.example"})
		o.taken(l, err)
		_, l, err = o.Accept(ctx, to(o.post(), "jo@practice.example")[0].token(o.t), "Jo", password, visit)
		o.taken(l, err) // and closes the window
		step, err := o.SignIn(ctx, "jo@practice.example", password, visit)
		if err != nil || step.Need != auth.NeedMail || step.Token != "" {
			o.t.Fatalf("%+v, %v", step, err)
		}
		mails := o.post()
		if len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "Finish setting up") {
			o.t.Fatalf("%+v", mails)
		}
		step, l, err = o.SetPassword(ctx, mails[0].token(o.t), another, visit)
		o.taken(l, err)
		o.enrol(step, "jo@practice.example")
		_, err = o.BeginFirstTOTP(ctx, step.Token)
		o.refused(err, auth.ErrStep)
	})
}

func TestAForgottenPasswordIsReplacedByMailAndKeepsTheSecondFactor(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		l, err := o.Forgot(ctx, "nonsense", visit)
		if err != nil || l.On("email") == "" {
			o.t.Error(l, err)
		}
		l, err = o.Forgot(ctx, "ROOT@corridor.example", visit)
		o.taken(l, err)
		token := o.post()[0].token(o.t)
		step, l, err := o.SetPassword(ctx, token, another, visit)
		o.taken(l, err)
		if step.Need != auth.NeedFactor || !step.TOTP {
			o.t.Fatalf("%+v", step)
		}
		_, err = o.Who(ctx, ada.Token)
		o.refused(err, auth.ErrSession)
		_, err = o.SignIn(ctx, ada.email, password, visit)
		o.refused(err, auth.ErrSignIn)
		if _, err := o.GiveTOTP(ctx, step.Token, ada.code(), visit); err != nil {
			o.t.Error(err)
		}
		if mails := o.post(); len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "Your sign-in has changed") {
			o.t.Errorf("%+v", mails)
		}
		for range 4 {
			_, err = o.Forgot(ctx, ada.email, visit)
			o.must(err)
		}
		_, err = o.Forgot(ctx, ada.email, visit)
		o.refused(err, auth.ErrTooMany)
	})
}
