package servicetest

import (
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/referral"
)

func TestAFreshLookAtTheRegisterPassesTheEighthGateByItself(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Accepted, 0)
		g8 := func() referral.GateView {
			for _, g := range w.look(w.patient(id), id).Gates {
				if g.Gate == referral.G8 {
					return g
				}
			}
			return referral.GateView{}
		}
		if done, err := w.Tend(ctx); err != nil || done.Checked != 1 || !g8().Passed { // the certificate was seen two days ago
			w.t.Fatalf("%+v, %v, %+v", done, err, g8())
		}
		if done, err := w.service(nil).Tend(ctx); err != nil || done.Checked != 0 {
			w.t.Errorf("again: %+v, %v", done, err)
		}
		w.live(8 * aDay)
		if g8().Passed {
			w.t.Error("a look that is 10 days old still counts")
		}
		if _, err := testdb.SQL(w.t, w.url).Exec("UPDATE accreditations SET checked_on = '" + when.DateOf(w.clock.Now()).String() + "'"); err != nil {
			w.t.Fatal(err)
		}
		w.live(aDay)
		if !g8().Passed {
			w.t.Error("the new look does not count")
		}
	})
}
