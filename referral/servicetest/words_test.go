package servicetest

import (
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
	"carecorridor/referral/sample"
)

// clinicalOf is the sample's clinical part.
func clinicalOf(w *world) referral.Step {
	steps := sample.Steps(0, w.Treatment, w.Today(), false)
	return steps[slices.IndexFunc(steps, func(s referral.Step) bool { return s.Part == referral.InClinical })]
}

func TestWordsThatAreReadAndAnsweredGoToTheSafetyReviewer(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 1)
		step := clinicalOf(w)
		step.Clinical.Examination = "Can you arrange a kidney from a donor?"
		saved, err := w.SaveStep(ctx, w.Referrer, id, w.look(w.Referrer, id).Version, step)
		must(w.t, err)
		if saved.Stop == nil || saved.Stop.Code != "excluded:organ_trade" {
			w.t.Fatalf("no stop: %+v", saved)
		}
		step.NotNow = []record.StopCode{saved.Stop.Code}
		saved, err = w.SaveStep(ctx, w.Referrer, id, w.look(w.Referrer, id).Version, step)
		must(w.t, err)
		if !saved.OK() {
			w.t.Fatal(saved.Problems)
		}
		w.do(w.Referrer, id, referral.SignOff, referral.Input{Statement: true})
		texts, err := w.ConsentTexts(ctx, w.patient(id), id)
		must(w.t, err)
		var all []referral.ConsentChoice
		for _, x := range texts {
			all = append(all, referral.ConsentChoice{Code: x.Code, Hospital: x.Hospital})
		}
		_, err = w.GiveConsents(ctx, w.patient(id), id, w.look(w.patient(id), id).Version, all, "link")
		must(w.t, err)
		w.do(w.patient(id), id, referral.Submit, referral.Input{})
		if v := w.look(w.Safety, id); !slices.Contains(v.RedFlags, "words_of_organ_trade") || v.Checks.RedFlags == 0 {
			w.t.Errorf("flags %v, %d to look at", v.RedFlags, v.Checks.RedFlags)
		}
	})
}

func TestAPartLeftForLaterIsNotKeptAtAnySize(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Draft, 1)
		step := clinicalOf(w)
		step.Leave, step.Clinical.History, step.Clinical.Problem = true, strings.Repeat("a", 500_000), "a\x00b"
		saved, err := w.SaveStep(ctx, w.Referrer, id, w.look(w.Referrer, id).Version, step)
		must(w.t, err)
		if saved.Problems.On("history") == "" || saved.Problems.On("problem") == "" {
			w.t.Errorf("kept: %v", saved.Problems)
		}
		if got := w.look(w.Referrer, id).Clinical.History; len(got) > 100 {
			w.t.Errorf("%d characters are kept", len(got))
		}
	})
}

func TestADischargePackageNamesACheckedClinicianAndScannedDocuments(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Treated, 1)
		h := w.Hospitals[0]
		v := w.look(h.Doctor, id)
		p := sample.Package(v.Care.AdmittedOn, w.Today())
		who := sample.Patient(1)
		p.Identity = discharge.Identity{Name: who.Given + " " + who.Family, Born: who.Born, Number: who.NHSNumber}
		p.Clinician.Name, p.Copies.OperationNote = "Dr Nobody", "nonsense"
		p.Known = discharge.Known{Documents: []string{"nonsense"}, Clinicians: []discharge.Registered{{Name: "Dr Nobody", Council: p.Clinician.Council, Number: p.Clinician.Number}}}
		saved, err := w.SaveDischarge(ctx, h.Doctor, id, v.Hospitals[0].Version, *p, sample.PlanOf(p.Family, p.Stay.Discharged))
		must(w.t, err)
		for _, l := range []check.List{saved.Problems, w.look(h.Doctor, id).DraftFound} {
			if l.On("3.clinician.name") == "" || l.On("18.copies.operation_note") == "" || len(l) != 2 {
				w.t.Errorf("found: %v", l)
			}
		}
		done, err := w.Do(ctx, w.fresh(h.Doctor), id, referral.Discharge, w.versioned(h.Doctor, id, referral.Input{}))
		must(w.t, err)
		if done.Problems.On("18.copies.operation_note") == "" {
			w.t.Errorf("signed: %+v", done)
		}
	})
}

// Papers of two people may have been mixed up: the safety reviewer is told once of one attempt, without a word of either.
func TestADischargePackageOfAnotherPatientIsRefusedAndTold(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Treated, 1)
		h := w.Hospitals[0]
		sign := func(who discharge.Identity) referral.Done {
			w.t.Helper()
			v := w.look(h.Doctor, id)
			p := sample.Package(v.Care.AdmittedOn, w.Today())
			p.Identity = who
			_, err := w.SaveDischarge(ctx, h.Doctor, id, v.Hospitals[0].Version, *p, sample.PlanOf(p.Family, p.Stay.Discharged))
			must(w.t, err)
			done, err := w.Do(ctx, w.fresh(h.Doctor), id, referral.Discharge, w.versioned(h.Doctor, id, referral.Input{Package: p}))
			must(w.t, err)
			return done
		}
		told := func() int {
			return len(w.ids("SELECT id FROM referral_notices WHERE key = 'wrong_patient' AND to_kind = 'person' AND person = 'safety'"))
		}
		right := sample.Patient(1)
		unfinished := discharge.Identity{Name: right.Given + " " + right.Family}
		if done := sign(unfinished); done.OK() || told() != 0 {
			w.t.Fatalf("not filled in yet: %+v, told %d", done, told())
		}
		other := discharge.Identity{Name: "Somebody Else", Born: right.Born, Number: "9990000182"}
		for range 2 {
			if done := sign(other); done.Problems.On("1.identity") == "" || w.look(h.Doctor, id).State != referral.Treated {
				w.t.Errorf("%+v", done)
			}
		}
		if told() != 1 {
			w.t.Errorf("told %d times of one attempt", told())
		}
		other.Number = "9990000190"
		sign(other)
		if told() != 2 {
			w.t.Errorf("told %d times of two", told())
		}
		w.deliver()
		mails := w.to("safety@staff.example")
		if len(mails) != 1 || strings.Contains(mails[0], "Somebody") || strings.Contains(mails[0], "ischarge") {
			w.t.Errorf("%q", mails)
		}
		lines, err := w.WhoLooked(ctx, w.patient(id), id)
		must(w.t, err)
		if n := len(slices.DeleteFunc(lines, func(l referral.Looked) bool { return l.What != "referral.wrong_patient" })); n != 2 {
			w.t.Errorf("%d lines in who looked", n)
		}
	})
}
