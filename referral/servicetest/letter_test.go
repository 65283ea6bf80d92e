package servicetest

import (
	"testing"

	"carecorridor/referral"
	"carecorridor/referral/sample"
	"carecorridor/referral/visa"
)

func TestAVisaLetterNamesTheHospitalThatWasChosenAndACheckedDoctor(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 1)
		desk := w.Hospitals[0].Desk
		issue := func(change func(*visa.Letter)) referral.Done {
			l := sample.VisaLetter()
			change(&l)
			done, err := w.IssueLetter(ctx, w.fresh(desk), id, w.look(desk, id).Hospitals[0].Version, l)
			must(w.t, err)
			return done
		}
		for _, change := range []func(*visa.Letter){func(l *visa.Letter) { l.Doctor = "Dr Nobody" }, func(l *visa.Letter) { l.DoctorNumber = "99" }} {
			if done := issue(change); done.Problems.On("doctor_number") == "" {
				w.t.Errorf("a doctor whom nobody checked: %+v", done)
			}
		}
		if done := issue(func(l *visa.Letter) { l.Hospital = "Some Other Hospital, Mumbai" }); !done.OK() {
			w.t.Fatal(done.Problems)
		}
		if v := w.look(desk, id); v.Letter == nil || v.Letter.Words == nil || v.Letter.Words.Hospital != v.Hospitals[0].Listed.Name {
			w.t.Errorf("letter of %+v", v.Letter)
		}
	})
}
