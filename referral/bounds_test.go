package referral_test

import (
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/referral"
)

// stopped is a refusal of an event on the facts.
func stopped(t *testing.T, f referral.Facts, who auth.Actor, e referral.Event, in referral.Input, k fault.Kind) {
	t.Helper()
	if _, err := referral.Apply(who, f, e, in, f.Now); !fault.Is(err, k) {
		t.Errorf("%s by %s: %v, want %v", e, who.Role, err, k)
	}
}

func TestFiveHospitalsAreTheMost(t *testing.T) {
	t.Parallel()
	f, who := facts(referral.Triage), actor(auth.Patient, noon)
	for _, id := range []string{"h4", "h5"} {
		must(t, f, who, referral.AddHospital, input(f, referral.AddHospital, "", who))
		f.Providers = append(f.Providers, hospitalAt(id, referral.Unsent, noon))
	}
	stopped(t, f, who, referral.AddHospital, input(f, referral.AddHospital, "", who), fault.Conflict)
}

func TestAPatientIsOfAgeFromTheEighteenthBirthday(t *testing.T) {
	t.Parallel()
	f, who := facts(referral.Draft), actor(auth.Referrer, noon)
	today := f.Today()
	f.Writing.Born = when.Date{Year: today.Year - 18, Month: today.Month, Day: today.Day}
	must(t, f, who, referral.SignOff, input(f, referral.SignOff, "", who))
	f.Writing.Born = f.Writing.Born.AddDays(1)
	stopped(t, f, who, referral.SignOff, input(f, referral.SignOff, "", who), fault.Conflict)
}

func TestWhoReportedAnErrorDoesNotVoidIt(t *testing.T) {
	t.Parallel()
	f, who := facts(referral.WithProviders), actor(auth.Coordinator, noon)
	f.Erasure.ErrorBy = who.Person
	in := input(f, referral.Void, "", who)
	stopped(t, f, who, referral.Void, in, fault.Conflict)
	f.Erasure.ErrorBy = "another"
	must(t, f, who, referral.Void, in)
}

func TestAHospitalReadsOnlyWhileItTakesPartAndNothingIsPausedOrWrong(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*referral.Facts){
		"sharing is paused":   func(f *referral.Facts) { f.Flags = []referral.Flag{referral.ConsentSuspended} },
		"it was an error":     func(f *referral.Facts) { f.State, f.Ending = referral.Closed, referral.EndEnteredInError },
		"it was taken back":   func(f *referral.Facts) { f.Providers[0].Response = referral.WithdrawnFrom },
		"it was never sent":   func(f *referral.Facts) { f.Providers[0].SentAt = time.Time{} },
		"consent was refused": func(f *referral.Facts) { f.Consents[0].WithdrawnAt = f.Now },
	} {
		f := facts(referral.WithProviders)
		if !f.MayRead("h1") {
			t.Fatal("the hospital that opened it may not read it")
		}
		if change(&f); f.MayRead("h1") {
			t.Errorf("%s, and the hospital reads on", what)
		}
	}
	f := facts(referral.WithProviders)
	if o := must(t, f, actor(auth.Patient, noon), referral.SuspendConsent, referral.Input{Version: f.Version}); len(o.Revoke) != 2 {
		t.Errorf("a pause takes the view from %q", o.Revoke)
	}
}

func TestAHospitalDoesNothingInTheNameOfAnother(t *testing.T) {
	t.Parallel()
	f, who := facts(referral.WithProviders), actor(auth.ProviderOwner, noon)
	in := input(f, referral.Ask, "h1", who)
	must(t, f, who, referral.Ask, in)
	in.Provider = "h2"
	stopped(t, f, who, referral.Ask, in, fault.Missing)
}

func TestEachAnswerBeforeTheJourneyIsChecked(t *testing.T) {
	t.Parallel()
	patient, desk := actor(auth.Patient, noon), actor(auth.ProviderOwner, noon)
	for what, c := range map[string]struct {
		state  referral.State
		who    auth.Actor
		event  referral.Event
		change func(*referral.Input)
	}{
		"three attendants": {referral.Accepted, patient, referral.PassGate, func(in *referral.Input) {
			in.Gate, in.Evidence = referral.G6, map[string]string{"visa class": "e-Medical", "attendants": "3"}
		}},
		"admission before the arrival":    {referral.Accepted, desk, referral.ProposeDates, func(in *referral.Input) { in.Dates.Admit = in.Dates.Arrive.AddDays(-1) }},
		"home on the day of admission":    {referral.Accepted, desk, referral.ProposeDates, func(in *referral.Input) { in.Dates.Leave = in.Dates.Admit }},
		"the report of a foreign patient": {referral.ReadyToTravel, desk, referral.Admit, func(in *referral.Input) { in.Admission.FormFiled = false }},
	} {
		f, provider := facts(c.state), ""
		if c.who.Role == desk.Role {
			provider = "h1"
		}
		in := input(f, c.event, provider, c.who)
		if in.Gate != "" && c.event == referral.PassGate {
			in.Gate, in.Evidence = referral.G6, map[string]string{"visa class": "e-Medical", "attendants": "2"}
		}
		must(t, f, c.who, c.event, in)
		c.change(&in)
		t.Run(what, func(t *testing.T) { stopped(t, f, c.who, c.event, in, fault.Invalid) })
	}
}
