package referral_test

import (
	"slices"
	"testing"

	"carecorridor/auth"
	"carecorridor/fhir"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
)

// What a page asks and what the rules know are the same words.
func TestTheFormAndTheRulesAgree(t *testing.T) {
	t.Parallel()
	rules := record.Rules{Today: when.DateOf(noon), MaxHospitals: referral.MaxHospitals}
	for _, share := range referral.GPShares {
		p := record.Patient{GPShare: string(share), NoGP: share == referral.GPNone}
		if say := p.Check(rules).On("gp_share"); say != "" {
			t.Errorf("%s: %s", share, say)
		}
	}
	for _, priority := range referral.Priorities {
		if say := (record.Pathway{Priority: string(priority)}).Check(rules).On("priority"); say != "" {
			t.Errorf("%s: %s", priority, say)
		}
	}
	if record.AdultAge != referral.AdultAge {
		t.Error("two ages")
	}
}

func TestEveryStateAndEndingHasItsFHIRStatus(t *testing.T) {
	t.Parallel()
	for _, s := range referral.States {
		for _, e := range referral.Endings {
			for _, r := range referral.Responses {
				if fhir.RequestStatus(string(s), string(e)) == "unknown" || fhir.TaskStatus(string(r), string(s), string(e)) == "unknown" {
					t.Errorf("%s %s %s is unknown to FHIR", s, e, r)
				}
			}
		}
	}
}

// The table speaks only of guards, needs, timers, recipients and facts that exist.
func TestTheTableSpeaksOfWhatExists(t *testing.T) {
	t.Parallel()
	usual := referral.Usual()
	for _, line := range referral.Table {
		for _, op := range line.Clocks {
			if _, ok := usual[op.Timer]; !ok {
				t.Errorf("%s: timer %s has no timing", line.Event, op.Timer)
			}
		}
		for _, n := range line.Tell {
			if !slices.Contains(referral.Recipients, n.To) || n.Key == "" {
				t.Errorf("%s: tells %v", line.Event, n)
			}
		}
	}
	for e := range referral.Effects {
		if !slices.Contains(referral.Events, e) {
			t.Errorf("%s has an effect and no line", e)
		}
	}
	for name, timing := range usual {
		if timing.Ends == "" {
			continue
		}
		if !referral.Ever(timing.Ends, referral.System) {
			t.Errorf("%s ends in %s, which the clockwork may not do", name, timing.Ends)
		}
	}
}

// Every audit row holds what its line promises to record.
func TestEveryLineRecordsWhatItPromises(t *testing.T) {
	t.Parallel()
	eachLine(func(line referral.Transition, s referral.State, r auth.Role) {
		f, who, provider := ready(line, s, r)
		o, err := referral.Apply(who, f, line.Event, input(f, line.Event, provider, who), noon)
		if err != nil {
			t.Fatalf("%s %s %s: %v", s, line.Event, r, err)
		}
		for _, name := range append([]string{"from", "to", "version"}, line.Records...) {
			value, ok := o.Audit.Facts[name]
			if !ok || value == "" && s != referral.None && name != "reason" && name != "reported_by" {
				t.Errorf("%s %s %s: %s is %q", s, line.Event, r, name, value)
			}
		}
	})
}

func BenchmarkAllowedActions(b *testing.B) {
	f, who := facts(referral.WithProviders), actor(auth.Patient, noon)
	for b.Loop() {
		referral.AllowedActions(who, f)
	}
}

func BenchmarkApply(b *testing.B) {
	f, who := facts(referral.WithProviders), actor(auth.ProviderClinician, noon)
	in := input(f, referral.Offer, "h1", who)
	for b.Loop() {
		if _, err := referral.Apply(who, f, referral.Offer, in, noon); err != nil {
			b.Fatal(err)
		}
	}
}
