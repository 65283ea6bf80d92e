package servicetest

import (
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/referral"
)

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
