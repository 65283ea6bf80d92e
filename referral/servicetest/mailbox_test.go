package servicetest

import (
	"errors"
	"testing"

	"carecorridor/referral"
)

func TestALinkEndsWhenThePracticeWritesOnOrCorrectsTheAddress(t *testing.T) {
	each(t, func(w *world) {
		for n, change := range []func(*referral.Step, referral.View){
			func(s *referral.Step, v referral.View) {
				s.Part, s.Clinical = referral.InClinical, *v.Clinical
				s.Clinical.Question = "And the other knee?"
			},
			func(s *referral.Step, v referral.View) {
				s.Part, s.Patient, s.ContactChecked = referral.InPatient, *v.Patient, true
				s.Patient.Email = "right@sample.example"
			},
		} {
			id := w.at(referral.AwaitingConsent, n)
			link, err := w.LinkForPatient(ctx, w.Referrer, id)
			must(w.t, err)
			must(w.t, w.SendCode(ctx, link))
			v := w.look(w.Referrer, id)
			var step referral.Step
			change(&step, v)
			if saved, err := w.SaveStep(ctx, w.Referrer, id, v.Version, step); err != nil || !saved.OK() {
				w.t.Fatal(saved, err)
			}
			if err := w.SendCode(ctx, link); !errors.Is(err, referral.ErrLink) {
				w.t.Errorf("change %d: %v", n, err)
			}
		}
	})
}
