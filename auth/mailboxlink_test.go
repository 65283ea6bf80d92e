package auth_test

import (
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// A link that shows a mailbox works once, for whoever holds it, and opens nothing.
func TestAMailboxLinkShowsTheMailboxOnceAndDoesNothingElse(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		jo := o.join(ada.Actor, o.practice(ada.Actor, "A12345"), auth.Referrer, "jo@practice.example")
		o.must(o.store.Write(ctx, func(tx *models.Tx) error {
			return tx.PutProfessionalCheck(&models.ProfessionalCheck{PersonID: jo.Actor.Person, Level: 1, Register: "GMC", Number: models.Sealed{1, 2}, State: "asked"})
		}))
		shown := func() (on when.Date) {
			o.must(o.store.Write(ctx, func(tx *models.Tx) error {
				c, err := tx.ProfessionalCheck(jo.Actor.Person)
				if err == nil {
					on = c.MailboxOn
				}
				return err
			}))
			return on
		}
		ask := func() string {
			o.must(o.MailMailboxLink(ctx, jo.Actor, visit))
			mails := o.post()
			if len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "Show that this mailbox is yours") {
				o.t.Fatalf("%+v", mails)
			}
			return mails[0].token(o.t)
		}
		first, second := ask(), ask()
		o.must(o.MailboxLinkWorks(ctx, first))
		if on := shown(); on.Known() {
			o.t.Errorf("looking at the link shows the mailbox: %v", on)
		}
		o.refused(o.LinkWorks(ctx, first), auth.ErrLink)
		_, _, err := o.SetPassword(ctx, first, another, visit)
		o.refused(err, auth.ErrLink)
		o.must(o.ShowMailbox(ctx, first))
		if on := shown(); on != when.DateOf(o.now()) {
			o.t.Errorf("the mailbox was shown on %v", on)
		}
		for name, token := range map[string]string{"used": first, "another of the same person": second, "unknown": "x"} {
			o.refused(o.MailboxLinkWorks(ctx, token), auth.ErrLink)
			if err := o.ShowMailbox(ctx, token); err == nil {
				o.t.Errorf("a link works that is %s", name)
			}
		}
		_, err = o.Who(ctx, jo.Token)
		o.must(err) // the session went on
		late := ask()
		o.pass(time.Hour)
		o.refused(o.ShowMailbox(ctx, late), auth.ErrLink)
		o.taken(o.Forgot(ctx, "jo@practice.example", visit))
		o.refused(o.ShowMailbox(ctx, o.post()[0].token(o.t)), auth.ErrLink)
	})
}

// Links are counted together, whatever they are for, and nobody asks for another person's.
func TestMailboxLinksAreNotMailedWithoutEnd(t *testing.T) {
	each(t, func(o *office) {
		ada := o.administrator()
		for range 5 {
			o.must(o.MailMailboxLink(ctx, ada.Actor, visit))
		}
		o.refused(o.MailMailboxLink(ctx, ada.Actor, visit), auth.ErrTooMany)
		_, err := o.Forgot(ctx, ada.email, visit)
		o.refused(err, auth.ErrTooMany)
		if mails := o.post(); len(mails) != 5 {
			o.t.Errorf("%d mails", len(mails))
		}
		if err := o.MailMailboxLink(ctx, auth.Actor{}, visit); err == nil {
			o.t.Error("nobody gets a link")
		}
		o.pass(time.Hour)
		o.must(o.MailMailboxLink(ctx, ada.Actor, visit))
	})
}
