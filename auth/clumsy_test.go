package auth_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/seal"
	"carecorridor/internal/testdb"
)

func TestLettersReachPeopleWhileTheKeysOfIndexesRotate(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		key, err := o.Box.Add(seal.Indexing)
		o.must(err)
		o.must(o.Box.Promote(seal.Indexing, key)) // rows still have the old index
		_, err = o.Forgot(ctx, ada.email, visit)
		o.must(err)
		if mails := to(o.post(), ada.email); len(mails) != 1 {
			o.t.Errorf("%d letters", len(mails))
		}
		ada.again()
	})
}

func TestATokenOfASessionThatWasEndedKeepsNoForm(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		form := auth.KeptForm{Path: "/portal", Fields: url.Values{"a": {"b"}}}
		thief, rested := ada.again(), ada.again()
		o.must(o.EndSession(ctx, ada.Actor, thief.Actor.Session))
		if kept, err := o.KeepForm(ctx, thief.Token, form); kept || err != nil {
			o.t.Errorf("who was put out leaves a form: %v, %v", kept, err)
		}
		o.pass(16 * time.Minute)
		if kept, err := o.KeepForm(ctx, rested.Token, form); !kept || err != nil {
			o.t.Errorf("who rested too long loses a form: %v, %v", kept, err)
		}
	})
}

func TestWhatWasTypedIsGoneOnceItsTimeIsOver(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		kept, err := o.KeepFormFor(ctx, ada.Actor, auth.KeptForm{Path: "/refer", Fields: url.Values{"history": {"asthma"}}})
		if !kept || err != nil {
			o.t.Fatal(kept, err)
		}
		left := func() (n int) {
			o.must(o.Tend(ctx))
			o.must(testdb.SQL(o.t, o.url).QueryRow("SELECT count(*) FROM challenges WHERE kind = 'form'").Scan(&n))
			return n
		}
		o.pass(24*time.Hour - time.Second)
		if left() != 1 {
			o.t.Error("forgotten too early")
		}
		o.pass(time.Second)
		if left() != 0 {
			o.t.Error("still in the database")
		}
	})
}

func TestANewPasswordThatWillNotDoIsNoWrongTry(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		for range 7 {
			l, err := o.ChangePassword(ctx, ada.Actor, password, "short")
			if err != nil || l.On("new") == "" || l.On("old") != "" {
				o.t.Fatal(l, err)
			}
		}
		if mails := o.post(); len(mails) != 0 {
			o.t.Errorf("%+v", mails)
		}
		l, err := o.ChangePassword(ctx, ada.Actor, password, another)
		o.taken(l, err)
	})
}

func TestTheOldPasswordIsNotGuessedBesideANewOneThatWillNotDo(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		for range 5 {
			l, err := o.ChangePassword(ctx, ada.Actor, another, "short")
			if err != nil || l.On("old") == "" {
				o.t.Fatal(l, err)
			}
		}
		_, err := o.ChangePassword(ctx, ada.Actor, password, "short")
		o.refused(err, auth.ErrFactor)
	})
}

func TestANameThatCannotBeSeenIsNoName(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		a, err := o.Account(ctx, ada.Actor)
		o.must(err)
		for _, name := range []string{"\u200b", " \u2060\u00ad ", "\u202eadA", "a\x00b", strings.Repeat("a", 5000)} {
			if l, err := o.SetName(ctx, ada.Actor, name, a.Version); err != nil || l.On("name") == "" {
				o.t.Errorf("%q: %v, %v", name, l, err)
			}
		}
		_, l, err := o.AddOrganisation(ctx, ada.confirmed(), auth.Organisation{Kind: auth.Practice, Name: "\u200b", ODS: "A12345"})
		if err != nil || l.On("name") == "" {
			o.t.Error(l, err)
		}
	})
}
