package servicetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/referral"
)

func TestALinkOfAPatientEndsAfterFourteenDays(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.AwaitingConsent, 0)
		w.deliver()
		link := w.linkIn(mailOfPatient, referral.PatientPath)
		w.clock.pass(14*aDay - time.Hour)
		must(w.t, w.SendCode(ctx, link))
		w.clock.pass(time.Hour)
		wantKind(w.t, w.SendCode(ctx, link), fault.Missing)
	})
}

func TestAPatientsSessionEndsAfterTwelveHoursHoweverBusy(t *testing.T) {
	each(t, func(w *world) {
		s, err := w.StartSelf(ctx, referral.ForReferral)
		must(w.t, err)
		for range 12*3 - 1 {
			w.clock.pass(20 * time.Minute)
			_, _, err = w.Patient(ctx, s.Token)
			must(w.t, err)
		}
		w.clock.pass(20 * time.Minute)
		_, _, err = w.Patient(ctx, s.Token)
		wantKind(w.t, err, fault.Missing)
	})
}

func TestAPracticesLinkEndsByTimeAndAtOnceWithItsAddress(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		const gp = "records@practice.example"
		set := func(address string) {
			if l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", address); err != nil || !l.OK() {
				w.t.Fatal(l, err)
			}
		}
		set(gp)
		w.deliver()
		link := w.linkIn(gp, referral.HandbackPath)
		w.clock.pass(60*aDay - time.Hour)
		_, err := w.Receiver(ctx, link)
		must(w.t, err)
		w.clock.pass(time.Hour)
		_, err = w.Receiver(ctx, link)
		wantKind(w.t, err, fault.Missing)

		set(gp)
		w.deliver()
		link = w.linkIn(gp, referral.HandbackPath)
		_, err = w.Receiver(ctx, link)
		must(w.t, err)
		set("other@practice.example")
		_, err = w.Receiver(ctx, link) // before a mail to the new address leaves
		wantKind(w.t, err, fault.Missing)
	})
}

func TestTheDeskReadsNoDraftAndNothingLongClosed(t *testing.T) {
	each(t, func(w *world) {
		draft := w.at(referral.Draft, 1)
		for _, who := range []auth.Actor{w.Coordinator, w.Safety} {
			_, err := w.Look(ctx, who, draft)
			wantKind(w.t, err, fault.Missing)
		}
		_, err := w.Standing(ctx, w.verifier, draft)
		wantKind(w.t, err, fault.Missing)

		id := w.at(referral.Triage, 0)
		w.do(w.patient(id), id, referral.Withdraw, referral.Input{})
		w.clock.pass(90 * aDay)
		w.look(w.Coordinator, id)
		w.clock.pass(aDay)
		if _, err := w.Look(ctx, w.Coordinator, id); !errors.Is(err, referral.ErrBreakGlass) {
			w.t.Error(err)
		}
	})
}

func TestHowAReferralStandsTellsNothingOfThePatient(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		v, err := w.Standing(ctx, w.verifier, id)
		must(w.t, err)
		if v.Age != -1 || v.Sex != "" || v.Patient != nil || v.Clinical != nil || v.Clinician != "" || len(v.Hospitals) != 3 || v.State != referral.WithProviders {
			w.t.Errorf("%+v", v)
		}
		if w.trail(id, "referral.standing") != 1 {
			w.t.Error("it is not in the trail")
		}
	})
}

func TestANewVisaLetterEndsTheOneBefore(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 0)
		first := w.look(w.patient(id), id).Letter.Number
		w.issue(id)
		if second := w.look(w.patient(id), id).Letter.Number; second == first {
			w.t.Error("it is the same letter")
		}
		if valid, err := w.LetterValid(ctx, first); err != nil || valid {
			w.t.Error(valid, err)
		}
	})
}

func TestAHospitalNeverReadsABudget(t *testing.T) {
	each(t, func(w *world) {
		id, err := w.To(ctx, referral.WithProviders, 0, true)
		must(w.t, err)
		who := w.Hospitals[0].Desk
		w.do(who, id, referral.Open, referral.Input{})
		if v := w.look(w.patient(id), id); v.Preferences.Budget == "" {
			w.t.Fatal("the patient gave none")
		}
		if v := w.look(who, id); v.Preferences == nil || v.Preferences.Budget != "" {
			w.t.Errorf("%+v", v.Preferences)
		}
	})
}

func TestOnlyWhatTheAllianceCheckedMakesARealHospitalEligible(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		hospital := w.providers["marina"]
		against := func() []referral.Ineligible {
			why, err := w.Against(ctx, w.Coordinator, id, []int64{hospital})
			must(w.t, err)
			return why[hospital]
		}
		if why := against(); len(why) != 0 {
			w.t.Fatal(why)
		}
		db := testdb.SQL(w.t, w.url)
		for _, x := range []struct {
			query string
			holds bool
		}{
			{"UPDATE providers SET sample = false, origin = 'nabh_register'", false}, // a register's copy alone
			{"UPDATE accreditations SET state = 'verified'", true},
			{"UPDATE accreditations SET state = 'val_fail'", false},
		} {
			if _, err := db.Exec(x.query); err != nil {
				w.t.Fatal(err)
			}
			if why := against(); slices.Contains(why, referral.NotAccredited) == x.holds {
				w.t.Errorf("%s: %q", x.query, why)
			}
		}
	})
}

func TestAClinicianWhoWasCheckedLongAgoSignsNoOpinion(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		who := w.Hospitals[0].Doctor
		w.do(who, id, referral.Open, referral.Input{})
		offer := referral.Input{Text: "You are suitable for this operation.", Quote: quote(w)}
		db := testdb.SQL(w.t, w.url)
		checked := func(days int) {
			_, err := db.Exec("UPDATE professional_checks SET checked_on = $1 WHERE person_id = $2", w.today().AddDays(-days).String(), who.Person)
			must(w.t, err)
		}
		checked(180)
		_, err := w.Do(ctx, w.fresh(who), id, referral.Offer, w.versioned(who, id, offer))
		wantKind(w.t, err, fault.Conflict)
		checked(179)
		w.do(who, id, referral.Offer, offer)
	})
}
