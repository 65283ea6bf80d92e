package servicetest

import (
	"slices"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/referral"
)

// A person looks the practice up as well: without that a number on the register opens nothing (domain.md §1.4, R1).
func TestAPracticeThatNobodySawAsActiveSendsNothing(t *testing.T) {
	each(t, func(w *world) {
		rule := func(change func(*referral.RegistrationRuling)) (referral.Registration, check.List) {
			w.t.Helper()
			all, err := w.Registrations(ctx, w.verifier)
			must(w.t, err)
			at := slices.IndexFunc(all, func(r referral.Registration) bool { return r.Person == w.Referrer.Person })
			if all[at].ODS != "V81999" {
				w.t.Errorf("the code to look up is %q", all[at].ODS)
			}
			ruling := referral.RegistrationRuling{Person: w.Referrer.Person, Version: all[at].Version, Found: true, Evidence: "gmc-uk.org", PracticeActive: true, PracticeEvidence: "ODS directory", On: w.Today()}
			change(&ruling)
			l, err := w.CheckRegistration(ctx, w.verifier, ruling)
			must(w.t, err)
			r, err := w.Registration(ctx, w.Referrer)
			must(w.t, err)
			return r, l
		}
		if _, l := rule(func(r *referral.RegistrationRuling) { r.PracticeEvidence = " " }); l.On("practice_evidence") == "" {
			w.t.Error("a practice nobody looked up is recorded as active")
		}
		if r, _ := rule(func(r *referral.RegistrationRuling) { r.PracticeActive = false }); r.Level != 0 || r.Fresh || r.State != "refused" || r.PracticeEvidence != "" {
			w.t.Errorf("not active: %+v", r)
		}
		if r, _ := rule(func(r *referral.RegistrationRuling) { r.Found, r.Evidence = false, "not on it" }); r.Level != 1 || r.Fresh {
			w.t.Errorf("active, and not on the register: %+v", r)
		}
		if r, l := rule(func(*referral.RegistrationRuling) {}); !l.OK() || r.Level != 2 || !r.Fresh || r.PracticeEvidence != "ODS directory" || r.CheckedOn != w.Today() {
			w.t.Errorf("both: %+v, %v", r, l)
		}
	})
}

// A check counts until a new one is decided: whoever changes a number is not kept from signing meanwhile, and signs with what was found.
func TestACheckCountsUntilTheNewOneIsDecided(t *testing.T) {
	each(t, func(w *world) {
		ask := func() {
			w.t.Helper()
			l, err := w.AskRegistration(ctx, w.Referrer, "GMC", "7654321")
			if err != nil || !l.OK() {
				w.t.Fatal(l, err)
			}
		}
		own := func() referral.Registration {
			w.t.Helper()
			r, err := w.Registration(ctx, w.Referrer)
			must(w.t, err)
			return r
		}
		held := func() (c *models.ProfessionalCheck) {
			w.t.Helper()
			must(w.t, w.store.Write(ctx, func(tx *models.Tx) (err error) {
				c, err = tx.ProfessionalCheck(w.Referrer.Person)
				return err
			}))
			return c
		}
		rule := func(version int64, found bool) error {
			l, err := w.CheckRegistration(ctx, w.verifier, referral.RegistrationRuling{Person: w.Referrer.Person, Version: version, Found: found, Evidence: "gmc-uk.org", PracticeActive: true, PracticeEvidence: "ODS directory", On: w.Today()})
			if err == nil && !l.OK() {
				w.t.Fatal(l)
			}
			return err
		}
		before, old := own(), held()
		ask()
		if r := own(); r.Level != 2 || !r.Fresh || r.State != "asked" || r.Number != "7654321" || r.CheckedOn != before.CheckedOn {
			w.t.Errorf("asked: %+v", r)
		}
		if c := held(); c.State != "checked" || !slices.Equal(c.Number, old.Number) {
			w.t.Error("the number that was found is no longer the one that counts")
		}
		all, err := w.Registrations(ctx, w.verifier)
		must(w.t, err)
		if all[0].Person != w.Referrer.Person || all[0].State != "asked" || all[0].Number != "7654321" {
			w.t.Errorf("the verifier reads %+v", all[0])
		}
		wantKind(w.t, rule(before.Version, true), fault.Conflict)
		must(w.t, rule(all[0].Version, true))
		if r, c := own(), held(); r.Level != 2 || !r.Fresh || r.State != "checked" || r.Number != "7654321" || c.AskedRegister != "" || c.AskedNumber != nil {
			w.t.Errorf("found: %+v", r)
		}
		ask()
		must(w.t, rule(own().Version, false))
		if r := own(); r.Level != 1 || r.Fresh || r.State != "refused" {
			w.t.Errorf("not found: %+v", r)
		}
		ask()
		if r := own(); r.Fresh || r.State != "asked" || r.Level != 0 || r.CheckedOn.Known() {
			w.t.Errorf("asked after a no: %+v", r)
		}
	})
}

// A check that grew old while a new one waits opens nothing.
func TestACheckThatWaitsMakesTheOldOneNoYounger(t *testing.T) {
	each(t, func(w *world) {
		l, err := w.AskRegistration(ctx, w.Referrer, "GMC", "7654321")
		if err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.clock.pass((referral.RegisterMaxDays + 1) * 24 * time.Hour)
		if r, err := w.Registration(ctx, w.Referrer); err != nil || r.Fresh || r.State != "asked" {
			w.t.Errorf("%+v, %v", r, err)
		}
	})
}

// R1 is a mailbox at a listed domain; R3 needs none (domain.md §1.4).
func TestAMailboxThatIsNotListedDraftsAndSignsNothing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 0)
		signs := func(s *referral.Service) error {
			v, err := s.Look(ctx, w.fresh(w.Referrer), id)
			must(w.t, err)
			_, err = s.Do(ctx, w.fresh(w.Referrer), id, referral.SignOff, referral.Input{Version: v.Version, Statement: true})
			return err
		}
		other := w.service(func(o *referral.Options) { o.Mailboxes = auth.MailDomains{"nhs.net", "ff.example"} })
		r, err := other.Registration(ctx, w.Referrer)
		if err != nil || r.Level != 0 || r.Fresh || r.Due || r.MailCounts || r.MailDomain != "staff.example" {
			w.t.Errorf("%+v, %v", r, err)
		}
		wantKind(w.t, signs(other), fault.Conflict)
		_, err = other.Start(ctx, w.Referrer, referral.NewReferral{Mode: referral.ForReferral})
		must(w.t, err)
		w.vouch(w.Referrer.Person, "3", w.clock.Now().Add(time.Hour))
		if r, err := other.Registration(ctx, w.Referrer); err != nil || r.Level != 3 || !r.Fresh {
			w.t.Errorf("signed in by a service of high identity: R%d, %v", r.Level, err)
		}
		w.clock.pass(2 * time.Hour)
		wantKind(w.t, signs(other), fault.Conflict)
		must(w.t, signs(w.Service))
	})
}

// Only a mailed link that was used proves a mailbox, for 180 days (domain.md §1.4); asking for a check does not.
func TestAskingForACheckProvesNoMailbox(t *testing.T) {
	each(t, func(w *world) {
		w.clock.pass(161 * 24 * time.Hour)
		l, err := w.AskRegistration(ctx, w.Referrer, "GMC", "1234567")
		if err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		r, err := w.Registration(ctx, w.Referrer)
		must(w.t, err)
		l, err = w.CheckRegistration(ctx, w.verifier, referral.RegistrationRuling{Person: w.Referrer.Person, Version: r.Version, Found: true, Evidence: "gmc-uk.org", PracticeActive: true, PracticeEvidence: "ODS directory", On: w.Today()})
		if err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		if r, err = w.Registration(ctx, w.Referrer); err != nil || r.Level != 2 || !r.MailboxOld || r.Fresh {
			w.t.Errorf("181 days after the last mailed link: %+v, %v", r, err)
		}
		must(w.t, w.store.Write(ctx, func(tx *models.Tx) error { return tx.MailboxProved(w.Referrer.Person, w.Today()) }))
		if r, err = w.Registration(ctx, w.Referrer); err != nil || r.MailboxOld || !r.Fresh || r.MailboxOn != w.Today() {
			w.t.Errorf("after a new one: %+v, %v", r, err)
		}
	})
}
