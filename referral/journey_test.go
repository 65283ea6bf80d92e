package referral_test

import (
	"slices"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/referral"
)

// player goes through a case step by step, doing at once what follows.
type player struct {
	t *testing.T
	f referral.Facts
}

func (p *player) do(r auth.Role, e referral.Event, provider string) referral.Outcome {
	p.t.Helper()
	return p.by(actor(r, p.f.Now), e, provider, func(*referral.Input) {})
}

func (p *player) by(who auth.Actor, e referral.Event, provider string, change func(*referral.Input)) referral.Outcome {
	p.t.Helper()
	in := input(p.f, e, provider, who)
	change(&in)
	o, err := referral.Apply(who, p.f, e, in, p.f.Now)
	if err != nil {
		p.t.Fatalf("%s by %s in %s: %v (waits for %q)", e, who.Role, p.f.State, err, referral.Waiting(who, p.f, e, provider))
	}
	p.f = o.After
	for _, next := range o.Then {
		p.by(referral.Clockwork, next.Event, next.Provider, func(*referral.Input) {})
	}
	return o
}

func (p *player) consent(code referral.ConsentCode, provider string, more ...string) {
	p.t.Helper()
	p.by(actor(auth.Patient, p.f.Now), referral.GiveConsent, provider, func(in *referral.Input) {
		in.Consent, in.Provider, in.Items = code, provider, append(p.f.ConsentSet().Items, more...)
	})
}

func (p *player) at(s referral.State) {
	p.t.Helper()
	if p.f.State != s {
		p.t.Fatalf("in %s, want %s", p.f.State, s)
	}
}

func (p *player) days(n int) { p.f.Now = p.f.Now.AddDate(0, 0, n) }

// From a GP's draft to the last follow-up: one hospital of three declines, one is chosen, and the loop closes.
func TestAReferralGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	p := &player{t, facts(referral.None)}
	p.f.Consents, p.f.Version, p.f.Choice.GPShare = nil, 0, ""
	p.sendIt()
	p.choose()
	p.prepare()
	p.comeHome()
	if p.f.Ending != referral.EndCompleted {
		t.Errorf("ended as %s", p.f.Ending)
	}
}

// sendIt: a draft becomes a referral that the patient agreed to and two hospitals have.
func (p *player) sendIt() {
	p.do(auth.ReferrerAdmin, referral.Create, "")
	p.do(auth.Referrer, referral.Amend, "")
	p.do(auth.Referrer, referral.SignOff, "")
	p.at(referral.AwaitingConsent)
	for _, code := range []referral.ConsentCode{referral.C1, referral.C4, referral.C5} {
		p.consent(code, "")
	}
	for _, h := range []string{"h1", "h2"} {
		p.consent(referral.C2, h)
		p.consent(referral.C3, h)
	}
	p.do(auth.Patient, referral.ChooseGPShare, "")
	p.do(auth.Patient, referral.Submit, "")
	p.at(referral.Triage)
	p.by(actor(auth.Coordinator, p.f.Now), referral.Route, "", func(in *referral.Input) {
		if !slices.Equal(in.Hospitals, []string{"h1", "h2"}) {
			p.t.Errorf("routable %v: the third was not agreed to", in.Hospitals)
		}
	})
	p.at(referral.WithProviders)
}

// choose: one hospital asks and offers, the other declines, the offer is accepted.
func (p *player) choose() {
	h2 := auth.Actor{Person: "doctor-h2", Role: auth.ProviderClinician, Org: "org-h2"}
	p.do(auth.ProviderEditor, referral.Open, "h1")
	p.by(h2, referral.Open, "h2", func(*referral.Input) {})
	p.do(auth.ProviderClinician, referral.Ask, "h1")
	p.do(auth.Referrer, referral.Answer, "h1")
	p.do(auth.ProviderClinician, referral.Offer, "h1")
	p.at(referral.WithProviders)
	p.by(h2, referral.Decline, "h2", func(*referral.Input) {})
	p.at(referral.Deciding) // everybody spoke: the clockwork moved it
	p.do(auth.Patient, referral.ReadOpinion, "h1")
	p.do(auth.Patient, referral.ReadRisks, "")
	p.f.Care.SchedulePlanned = true
	p.do(auth.Patient, referral.Accept, "h1")
	p.at(referral.Accepted)
}

// prepare: dates, papers and the nine gates.
func (p *player) prepare() {
	p.do(auth.ProviderOwner, referral.ProposeDates, "h1")
	p.do(auth.Patient, referral.ConfirmDates, "")
	p.consent(referral.C2, "h1", referral.PartPassport)
	p.consent(referral.C3, "h1", referral.PartPassport)
	p.do(auth.Patient, referral.GivePassport, "")
	p.do(auth.ProviderEditor, referral.IssueLetter, "h1")
	p.days(15)
	for _, g := range referral.Gates {
		who, h := actor(g.Who[0], p.f.Now), ""
		if who.Role == auth.ProviderClinician {
			h = "h1"
		}
		p.by(who, referral.PassGate, h, func(in *referral.Input) {
			in.Gate, in.Evidence = g.Gate, map[string]string{}
			for _, name := range g.Evidence {
				in.Evidence[name] = "1"
			}
		})
	}
	p.at(referral.ReadyToTravel) // the last gate moved it
}

// comeHome: the stay, the package, the GP, a complication, the last follow-up.
func (p *player) comeHome() {
	t := p.t
	p.days(16)
	p.do(auth.ProviderOwner, referral.Admit, "h1")
	p.do(auth.ProviderClinician, referral.Treat, "h1")
	p.days(7)
	p.do(auth.ProviderClinician, referral.PrepareDischarge, "h1")
	o := p.do(auth.ProviderClinician, referral.Discharge, "h1")
	p.at(referral.Aftercare)
	if !p.f.Care.Delivered || o.Audit.Facts["package"] == "" || o.Audit.Facts["overnight"] != "true" {
		t.Errorf("package on its way %v, audit %v", p.f.Care.Delivered, o.Audit.Facts)
	}
	p.f.Care.FollowUpsLeft = 1
	if got := referral.Waiting(actor(auth.Coordinator, p.f.Now), p.f, referral.Complete, ""); !slices.Contains(got, referral.HandedBack) || !slices.Contains(got, referral.FollowUpOver) {
		t.Errorf("closing waits for %v", got)
	}
	p.do(auth.Patient, referral.ConfirmReceipt, "")
	p.do(referral.Receiver, referral.Acknowledge, "")
	p.do(auth.Patient, referral.ArriveHome, "")
	p.do(referral.Receiver, referral.ReportComplication, "")
	p.do(auth.ProviderClinician, referral.ReplyComplication, "h1")
	p.do(auth.SafetyReviewer, referral.ReviewComplication, "")
	p.do(auth.ProviderEditor, referral.RecordFollowUp, "h1")
	p.do(auth.Coordinator, referral.Complete, "")
	p.at(referral.Closed)
}

func TestAHospitalThatLosesItsAccreditationIsChosenAgain(t *testing.T) {
	t.Parallel()
	p := &player{t, facts(referral.ReadyToTravel)}
	p.by(actor(auth.Verifier, noon), referral.HoldProvider, "h1", func(*referral.Input) {})
	p.at(referral.Accepted)
	if !p.f.Choice.ChangePending || !p.f.Has(referral.AccreditationHold) {
		t.Fatal("the patient is not asked again")
	}
	patient := actor(auth.Patient, noon)
	if referral.Allowed(patient, p.f, referral.Reaccept, "") {
		t.Error("a hospital in doubt can be accepted again")
	}
	p.do(auth.Patient, referral.ChooseAgain, "")
	p.at(referral.Deciding)
	if p.f.Provider("h1").Response != referral.WithdrawnFrom || p.f.Provider("h2").Response != referral.Offered || p.f.AgreedFor("h1", set()) {
		t.Errorf("h1 %s, h2 %s", p.f.Provider("h1").Response, p.f.Provider("h2").Response)
	}
	if p.f.Has(referral.AccreditationHold) {
		t.Error("the flag stays though no hospital that takes part is in doubt")
	}
	in := facts(referral.Admitted)
	o := must(t, in, actor(auth.Verifier, noon), referral.HoldProvider, referral.Input{Provider: "h1", Version: 3, Text: "Suspended at its source"})
	if o.To != referral.Admitted || len(o.Then) > 0 || !slices.Contains(o.Notices, referral.Told{To: referral.ToSafetyReviewer, Key: "hospital_in_doubt"}) {
		t.Errorf("after admission: %s, %v, %v", o.To, o.Then, o.Notices)
	}
}

func TestAnOfferThatRanOutCannotBeAcceptedAndCanBeAskedForAgain(t *testing.T) {
	t.Parallel()
	p := &player{t, facts(referral.Deciding)}
	p.f.Choice.RisksReadAt = noon
	p.f.Provider("h1").QuoteUntil = when.DateOf(noon).AddDays(-1)
	patient := actor(auth.Patient, noon)
	if referral.Allowed(patient, p.f, referral.Accept, "h1") || p.f.State != referral.Deciding {
		t.Fatal("accepted out of date")
	}
	p.do(auth.Patient, referral.AskRequote, "h1")
	p.do(auth.ProviderClinician, referral.Offer, "h1")
	if referral.Allowed(patient, p.f, referral.Accept, "h1") {
		t.Error("accepted without reading the new quote")
	}
	p.do(auth.Patient, referral.ReadOpinion, "h1")
	p.do(auth.Patient, referral.Accept, "h1")
	p.at(referral.Accepted)
}

func TestOfTwoAcceptancesOneWins(t *testing.T) {
	t.Parallel()
	f := facts(referral.Deciding)
	f.Providers[1] = hospitalAt("h2", referral.Offered, noon)
	f.Choice.RisksReadAt = noon
	who := actor(auth.Patient, noon)
	first := must(t, f, who, referral.Accept, referral.Input{Provider: "h1", Number: 1, Version: 3})
	if _, err := referral.Apply(who, first.After, referral.Accept, referral.Input{Provider: "h2", Number: 1, Version: 3}, noon); err == nil {
		t.Error("the second acceptance is taken as well")
	}
	if _, err := referral.Apply(who, first.After, referral.Accept, referral.Input{Provider: "h1", Number: 1, Version: 3}, noon); err == nil {
		t.Error("a double click accepts twice")
	}
}

func TestAdviceBecomesAReferralWithEverythingChecked(t *testing.T) {
	t.Parallel()
	p := &player{t, facts(referral.WithProviders)}
	p.f.Mode = referral.ForAdvice
	p.f.Providers = p.f.Providers[:1]
	p.do(auth.ProviderClinician, referral.Advise, "h1")
	p.at(referral.Deciding)
	if referral.Allowed(actor(auth.Patient, noon), p.f, referral.Accept, "h1") {
		t.Error("advice is accepted like a quote")
	}
	excluded := p.f
	excluded.Writing.Stop = "surrogacy"
	if referral.Allowed(actor(auth.Patient, noon), excluded, referral.Convert, "") {
		t.Error("an excluded treatment comes in by way of advice")
	}
	p.do(auth.Patient, referral.Convert, "")
	p.at(referral.Triage)
	if p.f.Mode != referral.ForReferral || p.f.Provider("h1").Response != referral.Unsent || p.f.MayRead("h1") {
		t.Errorf("%s, %q", p.f.Mode, p.f.Provider("h1").Response)
	}
}

func TestErasureTakesTwoPersonsAndNoLegalHold(t *testing.T) {
	t.Parallel()
	p := &player{t, facts(referral.Closed)}
	p.do(auth.Patient, referral.RequestErasure, "")
	p.do(auth.Administrator, referral.HoldErasure, "")
	if referral.Allowed(actor(auth.Coordinator, noon), p.f, referral.ApproveErasure, "") {
		t.Error("erased under a legal hold")
	}
	p.do(auth.Administrator, referral.ReleaseErasure, "")
	if o := p.do(auth.Coordinator, referral.ApproveErasure, ""); o.Erase {
		t.Error("one person is enough")
	}
	if referral.Allowed(actor(auth.Coordinator, noon), p.f, referral.ApproveErasure, "") {
		t.Error("one person approves twice")
	}
	if o := p.do(auth.Administrator, referral.ApproveErasure, ""); !o.Erase {
		t.Error("two persons are not enough")
	}
}

func TestEveryHospitalGoneClosesIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		last referral.Event
		who  auth.Role
		want referral.Ending
	}{{referral.Decline, auth.ProviderClinician, referral.EndDeclined}, {referral.WithdrawHospital, auth.Patient, referral.EndWithdrawn}} {
		p := &player{t, facts(referral.WithProviders)}
		p.f.Providers = []referral.Provider{hospitalAt("h1", referral.Opened, noon), hospitalAt("h2", referral.WithdrawnFrom, noon)}
		p.do(c.who, c.last, "h1")
		if p.f.State != referral.Closed || p.f.Ending != c.want {
			t.Errorf("after %s: %s, %s", c.last, p.f.State, p.f.Ending)
		}
	}
}

func TestApplyChangesNothingItWasGiven(t *testing.T) {
	t.Parallel()
	f := facts(referral.WithProviders)
	f.Clocks = []referral.Clock{{Timer: referral.LapseDue, Provider: "h1", Since: noon, Base: noon, Pauses: []referral.Pause{{From: noon, To: noon.Add(time.Hour)}}}}
	before := facts(referral.WithProviders)
	must(t, f, actor(auth.ProviderClinician, noon), referral.Ask, referral.Input{Version: 3, Text: "Which side?"})
	must(t, f, actor(auth.Patient, noon), referral.Withdraw, referral.Input{Version: f.Version})
	if f.Provider("h1").Response != before.Provider("h1").Response || f.Version != before.Version || f.Clocks[0].Paused() || len(f.Clocks[0].Pauses) != 1 || !f.Consents[0].WithdrawnAt.IsZero() {
		t.Error("the facts changed")
	}
}
