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
		l, err := w.AskRegistration(ctx, w.Referrer, "GMC", "1234567")
		if r, e := w.Registration(ctx, w.Referrer); err != nil || e != nil || !l.OK() || r.Level != 0 || r.PracticeEvidence != "" {
			w.t.Errorf("asked again: %+v, %v, %v", r, err, e)
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
