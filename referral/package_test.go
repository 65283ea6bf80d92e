package referral_test

import (
	"slices"
	"testing"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/sample"
)

func TestRemindersOfTheAlertFollowANightInHospitalAlone(t *testing.T) {
	t.Parallel()
	for _, nights := range []int{0, 3} {
		f := facts(referral.Treated)
		f.Care.SchedulePlanned = true
		out := f.Today()
		f.Care.AdmittedOn = out.AddDays(-nights)
		who := actor(auth.ProviderClinician, noon)
		in := input(f, referral.Discharge, f.Providers[0].ID, who)
		in.Package = sample.Package(f.Care.AdmittedOn, out)
		if nights == 0 {
			in.Package.Infection.Night = discharge.No
		}
		o := must(t, f, who, referral.Discharge, in)
		got := slices.ContainsFunc(o.After.Clocks, func(k referral.Clock) bool { return k.Timer == referral.AlertReminder })
		if got != (nights > 0) || o.After.Care.Overnight != got {
			t.Errorf("%d nights: reminders %v, overnight %v", nights, got, o.After.Care.Overnight)
		}
	}
}

func TestThePackageIsHeldAgainstTheRecordedAdmissionAndTreatment(t *testing.T) {
	t.Parallel()
	f := facts(referral.Treated)
	f.Care.SchedulePlanned, f.Care.AdmittedOn = true, f.Today().AddDays(-6)
	who := actor(auth.ProviderClinician, noon)
	in := input(f, referral.Discharge, f.Providers[0].ID, who)
	in.Package = sample.Package(f.Today(), f.Today())
	in.Package.Infection.Night = discharge.No
	if _, err := referral.Apply(who, f, referral.Discharge, in, noon); !problemsAt(err, "17.infection.overnight") || !problemsAt(err, "2.admitted") {
		t.Errorf("a week in hospital written as one day: %v", err)
	}
	in.Package = sample.Package(f.Care.AdmittedOn, f.Today())
	in.Package.NothingDone, in.Package.WhyNothing, in.Package.Procedures = true, "Called off", nil
	in.Package.Implanted, in.Package.Implants = discharge.No, nil
	if _, err := referral.Apply(who, f, referral.Discharge, in, noon); !problemsAt(err, "5.nothing_done") {
		t.Errorf("an operation that was recorded as done: %v", err)
	}
	f.Care.NotTreated = true
	if _, err := referral.Apply(who, f, referral.Discharge, in, noon); err != nil {
		t.Errorf("nothing was done: %v", err)
	}
}

func TestAQuoteIsAnsweredByACheckedClinicianAndFollowsTheTreatmentThatWasAskedFor(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	who := actor(auth.ProviderClinician, noon)
	for field, spoil := range map[string]func(*referral.Quote){
		"by_registration": func(q *referral.Quote) { q.By.Registration = "made up 99" },
		"earliest_flight_days": func(q *referral.Quote) {
			q.Known.Family, q.Family, *q.EarliestFlight = discharge.HeartSurgery, discharge.Dental, 3
		},
	} {
		in := input(f, referral.Offer, f.Providers[0].ID, who)
		spoil(in.Quote)
		if _, err := referral.Apply(who, f, referral.Offer, in, noon); !problemsAt(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	in := input(f, referral.Offer, f.Providers[0].ID, who)
	in.Quote.By.Name = "Dr Nobody Unknown"
	if _, err := referral.Apply(who, f, referral.Offer, in, noon); !problemsAt(err, "by_registration") {
		t.Errorf("nobody answers: %v", err)
	}
}
