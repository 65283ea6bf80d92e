package servicetest

import (
	"context"
	"testing"
	"time"

	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/models"
	"carecorridor/referral"
)

// meanwhile is a mail server that takes its time: something happens before it answers.
type meanwhile struct {
	*mailbox
	happens func()
}

func (m meanwhile) Send(ctx context.Context, x mail.Message) error {
	m.happens()
	return m.mailbox.Send(ctx, x)
}

func TestWhatHappensWhileAMailIsSentHasAMailOfItsOwn(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.deliver()
		before := len(w.to(mailOfPatient))
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		server := meanwhile{w.mail, func() {
			w.clock.pass(time.Second)
			w.do(w.Hospitals[1].Desk, id, referral.Open, referral.Input{})
		}}
		for _, n := range w.ids("SELECT id FROM referral_notices WHERE state = 'waiting' AND to_kind = 'patient'") {
			must(w.t, w.Tell(ctx, server, n))
		}
		w.deliver()
		if got := len(w.to(mailOfPatient)) - before; got != 2 {
			w.t.Errorf("%d mails, want one for what was there before and one for what came meanwhile", got)
		}
	})
}

// beside runs do in a transaction, and job beside it before the commit: job is given time to come as far as it can.
func (w *world) beside(do func(*models.Tx) error, job func() error) {
	w.t.Helper()
	done := make(chan error, 1)
	must(w.t, w.store.Write(ctx, func(tx *models.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		go func() { done <- job() }()
		select {
		case err := <-done:
			done <- err
		case <-time.After(300 * time.Millisecond):
		}
		return nil
	}))
	must(w.t, <-done)
}

func TestANoticeThatJoinsAMailJustSettledIsNotLost(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.deliver()
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		waiting := w.ids("SELECT id FROM referral_notices WHERE state = 'waiting' AND to_kind = 'patient'")
		w.beside(func(tx *models.Tx) error {
			if _, err := tx.ReferralForUpdate(id); err != nil {
				return err
			}
			return tx.AddNotice(&models.ReferralNotice{ID: "joins", ReferralID: id, ToKind: "patient", Key: "opened", State: "joined", At: w.clock.Now().Add(time.Second)})
		}, func() error { return w.Tell(ctx, w.mail, waiting[0]) })
		w.deliver()
		if left := w.ids("SELECT id FROM referral_notices WHERE state IN ('joined', 'waiting')"); len(left) != 0 {
			w.t.Errorf("nobody is told of %v", left)
		}
	})
}

func TestACorrectedAddressOfAPracticeIsNotUndoneByAMailOnItsWay(t *testing.T) {
	each(t, func(w *world) {
		const wrong, right = "records@wrong.example", "records@right.example"
		id := w.at(referral.Aftercare, 0)
		w.deliver()
		if l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", wrong); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		waiting := w.ids("SELECT id FROM referral_notices WHERE state = 'waiting' AND to_kind = 'gp'")
		w.beside(func(tx *models.Tx) error {
			rows, err := tx.HandbacksOf(id)
			if err != nil {
				return err
			}
			h := rows[0]
			if h.Address, err = w.box.Seal(seal.Place{Table: "handbacks", Column: "address", ID: h.ID}, []byte(right)); err != nil {
				return err
			}
			return tx.PutHandback(&h)
		}, func() error { return w.Tell(ctx, w.mail, waiting[0]) })
		if got := w.look(w.Coordinator, id).Handbacks[0].Address; got != right || len(w.to(wrong)) != 0 {
			w.t.Errorf("the package goes to %s, %d mails to the wrong practice", got, len(w.to(wrong)))
		}
	})
}
