package servicetest

import (
	"slices"
	"testing"

	"carecorridor/internal/fault"
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

// standing of a journey: the state, and whether the newest letter's public page says valid.
func (w *world) journey(id string) (referral.State, bool) {
	w.t.Helper()
	v := w.look(w.Hospitals[0].Desk, id)
	valid, err := w.LetterValid(ctx, v.Letter.Number)
	must(w.t, err)
	return v.State, valid
}

func (w *world) wantJourney(id, step string, state referral.State, valid bool) {
	w.t.Helper()
	if s, ok := w.journey(id); s != state || ok != valid {
		w.t.Errorf("%s: %s, letter valid %v", step, s, ok)
	}
}

func (w *world) issue(id string) {
	w.t.Helper()
	desk := w.Hospitals[0].Desk
	done, err := w.IssueLetter(ctx, w.fresh(desk), id, w.look(desk, id).Hospitals[0].Version, sample.VisaLetter())
	if err != nil || !done.OK() {
		w.t.Fatal(done.Problems, err)
	}
}

// A patient whose letter was taken back is not ready to travel, hold or no hold, until it is issued anew.
func TestNobodyIsReadyToTravelWithALetterThatWasTakenBack(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 1)
		desk := w.Hospitals[0].Desk
		w.wantJourney(id, "before", referral.ReadyToTravel, true)
		w.do(w.Safety, id, referral.Hold, referral.Input{Text: "A result has to be looked at."})
		w.do(desk, id, referral.RevokeLetter, referral.Input{Text: "While it is held."})
		w.wantJourney(id, "taken back", referral.Accepted, false)
		w.do(w.Safety, id, referral.LiftHold, referral.Input{Text: "The result is in order."})
		w.wantJourney(id, "the hold is lifted", referral.Accepted, false)
		_, err := w.Do(ctx, w.fresh(desk), id, referral.Admit, w.versioned(desk, id, referral.Input{Admission: &referral.Admission{On: w.today(), HospitalNumber: "MRN-1", FormFiled: true}}))
		wantKind(w.t, err, fault.Conflict)
		w.issue(id)
		w.wantJourney(id, "issued anew", referral.ReadyToTravel, true)
		w.do(desk, id, referral.Admit, referral.Input{Admission: &referral.Admission{On: w.today(), HospitalNumber: "MRN-1", FormFiled: true}})
	})
}

func TestALetterThatFellWithADoubtIsIssuedAnewBeforeTheJourney(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 1)
		w.doubt(id, w.Hospitals[0].Slug)
		w.wantJourney(id, "in doubt", referral.Accepted, false)
		row := w.row(id, w.Hospitals[0].Slug)
		done, err := w.Do(ctx, w.verifier, id, referral.ClearProvider, referral.Input{Provider: row.ID, Version: row.Version, Text: "It is on the register."})
		if err != nil || !done.OK() {
			w.t.Fatal(done, err)
		}
		w.do(w.patient(id), id, referral.Reaccept, referral.Input{})
		w.wantJourney(id, "accepted again", referral.Accepted, false)
		w.issue(id)
		w.wantJourney(id, "issued anew", referral.ReadyToTravel, true)
	})
}

// A visa is for one passport: another one needs another letter, and the patient says again which visa they have.
func TestAnotherPassportNeedsAnotherLetterAndVisa(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 1)
		w.deliver()
		before := len(w.to("owner-marina@staff.example"))
		w.do(w.patient(id), id, referral.GivePassport, referral.Input{Passport: sample.Passport(2, w.today())})
		w.wantJourney(id, "another passport", referral.Accepted, false)
		w.deliver()
		if n := len(w.to("owner-marina@staff.example")); n != before+1 {
			w.t.Errorf("the hospital got %d mails", n-before)
		}
		w.issue(id)
		w.wantJourney(id, "without its visa", referral.Accepted, true)
		w.do(w.patient(id), id, referral.PassGate, referral.Input{Gate: referral.G6, On: w.today(), Evidence: map[string]string{"visa class": "e-Medical visa", "attendants": "1"}})
		w.wantJourney(id, "with its visa", referral.ReadyToTravel, true)
		if v := w.look(w.patient(id), id); slices.ContainsFunc(v.Gates, func(g referral.GateView) bool { return !g.Passed }) {
			w.t.Errorf("%+v", v.Gates)
		}
	})
}
