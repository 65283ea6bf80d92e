package referral_test

import (
	"errors"
	"slices"
	"testing"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// reach is what nobody may write to the other side before an offer is accepted.
const reach = "Please call me on +91 98400 12345 or mail dr.rao@gmail.com"

func problemsAt(err error, field string) bool {
	var p *referral.Problems
	return errors.As(err, &p) && p.List.On(field) != ""
}

func TestNoWordsCarryContactDetailsBeforeAnAcceptance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		event referral.Event
		role  auth.Role
		from  referral.Response
		field string
		spoil func(*referral.Input)
	}{
		{referral.Ask, auth.ProviderOwner, referral.Opened, "text", func(in *referral.Input) { in.Text = reach }},
		{referral.Answer, auth.Patient, referral.InfoRequested, "text", func(in *referral.Input) { in.Text = reach }},
		{referral.Message, auth.Patient, referral.Opened, "text", func(in *referral.Input) { in.Text = reach }},
		{referral.Decline, auth.ProviderClinician, referral.Opened, "comment", func(in *referral.Input) { in.Comment = reach }},
		{referral.Offer, auth.ProviderClinician, referral.Opened, "text", func(in *referral.Input) { in.Text = reach }},
		{referral.Offer, auth.ProviderClinician, referral.Opened, "refund", func(in *referral.Input) { in.Quote.Refund = reach }},
		{referral.Offer, auth.ProviderClinician, referral.Opened, "lines.0.label", func(in *referral.Input) { in.Quote.Lines[0].Label = "Operation, ask www.sample.example" }},
	} {
		f := facts(referral.WithProviders)
		f.Providers[0] = hospitalAt(f.Providers[0].ID, c.from, noon)
		who := actor(c.role, noon)
		in := input(f, c.event, f.Providers[0].ID, who)
		if _, err := referral.Apply(who, f, c.event, in, noon); err != nil {
			t.Fatalf("%s without contact details: %v", c.event, err)
		}
		in.Quote = sample.Quote(f.Today())
		c.spoil(&in)
		if _, err := referral.Apply(who, f, c.event, in, noon); !problemsAt(err, c.field) {
			t.Errorf("%s with a phone number at %s: %v", c.event, c.field, err)
		}
	}
}

func TestAPriceChangesByAQuoteAlone(t *testing.T) {
	t.Parallel()
	f := facts(referral.Accepted)
	who := actor(auth.ProviderOwner, noon)
	in := input(f, referral.MaterialChange, f.Providers[0].ID, who)
	must(t, f, who, referral.MaterialChange, in)
	in.Text = "The price is now 9,900 pounds"
	if _, err := referral.Apply(who, f, referral.MaterialChange, in, noon); !problemsAt(err, "text") {
		t.Errorf("a price in words: %v", err)
	}
}

func TestTheDeskMayBeToldANumberAtAnyTime(t *testing.T) {
	t.Parallel()
	f := facts(referral.Triage)
	for _, who := range []auth.Role{auth.Patient, auth.Coordinator} {
		in := input(f, referral.WriteToDesk, "", actor(who, noon))
		in.Text = "My new number is 07700 900123, please call me there, not at home"
		must(t, f, actor(who, noon), referral.WriteToDesk, in)
	}
}

func TestEveryWordOfOneSideToTheOtherIsReadForTalkOfPayment(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	who := actor(auth.ProviderClinician, noon)
	for words, want := range map[string]bool{"Transfer £500 to my account first": true, "We have no bed": false} {
		in := input(f, referral.Decline, f.Providers[0].ID, who)
		in.Comment = words
		o, err := referral.Apply(who, f, referral.Decline, in, noon)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(o.Notices, referral.Told{To: referral.ToCoordinator, Key: "payment_words"}); got != want {
			t.Errorf("%q: %v", words, o.Notices)
		}
	}
	f = facts(referral.Accepted)
	desk := actor(auth.ProviderOwner, noon)
	in := input(f, referral.ProposeDates, f.Providers[0].ID, desk)
	in.Text = "Dr Sample Rao, pay me cash"
	o, err := referral.Apply(desk, f, referral.ProposeDates, in, noon)
	if err != nil || !slices.Contains(o.Notices, referral.Told{To: referral.ToCoordinator, Key: "payment_words"}) {
		t.Errorf("dates: %v, %v", o.Notices, err)
	}
}
