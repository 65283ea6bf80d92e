package servicetest

import (
	"testing"

	"carecorridor/referral"
)

func TestOneReferralGoesFromTheFirstLineToTheEnd(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Closed, 0)
		v := w.look(w.patient(id), id)
		if v.State != referral.Closed || v.Ending != referral.EndCompleted || v.Package == nil || v.Alert == nil || v.Letter == nil {
			w.t.Errorf("%+v", v.State)
		}
	})
}
