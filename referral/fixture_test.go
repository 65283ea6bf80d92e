package referral_test

import (
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
	"carecorridor/referral/sample"
)

// noon of a Monday without a holiday anywhere near.
var noon = time.Date(2026, time.November, 9, 12, 0, 0, 0, time.UTC)

const caseID, practiceOrg = "case-1", "practice-1"

// actor of a role that has a part in the sample referral; hospitals are h1's people.
func actor(r auth.Role, now time.Time) auth.Actor {
	a := auth.Actor{Person: "person-" + string(r), Role: r, Org: "alliance", SteppedUp: now.Add(-time.Minute)}
	switch r {
	case auth.Patient, referral.Receiver:
		a.Person, a.Org = caseID, ""
	case auth.Referrer, auth.ReferrerAdmin:
		a.Org = practiceOrg
	case auth.ProviderOwner, auth.ProviderEditor, auth.ProviderClinician:
		a.Org = "org-h1"
	case referral.System:
		a = referral.Clockwork
		a.SteppedUp = now
	}
	return a
}

// hospitalAt is a hospital of the shortlist, eligible and agreed to, with a response.
func hospitalAt(id string, r referral.Response, now time.Time) referral.Provider {
	today := when.DateOf(now)
	p := referral.Provider{
		ID: id, Org: "org-" + id, Response: r, Version: 3, Doctors: []string{"person-provider_clinician", "doctor-" + id},
		Eligibility: referral.Eligibility{AccreditedUntil: today.AddDays(900), Mechanism: referral.IDTASigned, RiskReviewedOn: today.AddDays(-30), CheckedDoctors: 2,
			EmergencyContact: true, ComplaintOfficer: true, PricesOf: today.AddDays(-30)},
	}
	if r != referral.Unsent {
		p.SentAt, p.Disclosed = now.Add(-48*time.Hour), set()
	}
	if r == referral.Offered || r == referral.Selected || r == referral.NotSelected {
		p.Quote, p.OpinionRead, p.QuoteUntil = 1, 1, today.AddDays(40)
	}
	return p
}

func set() referral.Set {
	return referral.Set{Items: []string{referral.PartClinical, "doc-1"}}
}

// agreed are all consents that a referral to some hospitals can have.
func agreed(now time.Time, hospitals ...string) (out []referral.Consent) {
	at := now.Add(-72 * time.Hour)
	for _, code := range referral.ConsentCodes {
		if !code.PerHospital() {
			out = append(out, referral.Consent{Code: code, GivenAt: at})
			continue
		}
		for _, h := range hospitals {
			items := append(set().Items, referral.PartIdentity, referral.PartContact, referral.PartPassport)
			out = append(out, referral.Consent{Code: code, Provider: h, Items: items, GivenAt: at})
		}
	}
	return out
}

// facts are those of a referral by a referrer in a state, with nothing in its way.
func facts(s referral.State) referral.Facts {
	f := referral.Facts{
		ID: caseID, Reference: "CC-7K3M-9Q", Version: 7, Now: noon, State: s, Mode: referral.ForReferral, Origin: referral.ByReferrer, Priority: referral.Routine,
		CreatedAt: noon.Add(-96 * time.Hour), ReferrerOrg: practiceOrg, Clinician: "person-referrer", Consents: agreed(noon, "h1", "h2", "h3"), Set: set(),
		Writing: referral.Writing{Born: when.Date{Year: 1958, Month: 5, Day: 14}, CanConsent: true, ContactChecked: true,
			Referrer: referral.Ladder{Level: 2, MailboxOn: when.DateOf(noon).AddDays(-100), CheckedOn: when.DateOf(noon).AddDays(-10)}},
		Choice: referral.Choice{GPShare: referral.GPAll},
	}
	if s == referral.Closed {
		f.Ending = referral.EndWithdrawn
	}
	for i, r := range answersIn(s) {
		f.Providers = append(f.Providers, hospitalAt([]string{"h1", "h2", "h3"}[i], r, noon))
	}
	if s.Rank() >= referral.Accepted.Rank() && s != referral.Closed {
		f.Choice.AcceptedAt, f.Choice.RisksReadAt = noon.AddDate(0, 0, -30), noon.AddDate(0, 0, -31)
		d := when.DateOf(noon)
		f.Travel = referral.Travel{Proposed: dates(d), Confirmed: dates(d), Passport: true, Letter: true, Gates: map[referral.Gate]referral.GateResult{}}
		for _, g := range referral.Gates {
			f.Travel.Gates[g.Gate] = referral.GateResult{Passed: true, At: noon.Add(-24 * time.Hour)}
		}
	}
	if s == referral.Aftercare {
		f.Care = referral.Care{DischargedOn: when.DateOf(noon).AddDays(-3), Overnight: true, SchedulePlanned: true, AlertSent: true}
	}
	return f
}

func dates(d when.Date) referral.Dates {
	return referral.Dates{Arrive: d.AddDays(30), Admit: d.AddDays(31), Leave: d.AddDays(50)}
}

// answersIn are responses that hospitals may have in a state.
func answersIn(s referral.State) []referral.Response {
	switch {
	case s == referral.WithProviders:
		return []referral.Response{referral.Opened, referral.Sent, referral.Unsent}
	case s == referral.Deciding:
		return []referral.Response{referral.Offered, referral.Declined, referral.Unsent}
	case s == referral.Closed:
		return []referral.Response{referral.WithdrawnFrom, referral.Declined, referral.Unsent}
	case s.Rank() >= referral.Accepted.Rank():
		return []referral.Response{referral.Selected, referral.NotSelected, referral.Declined}
	}
	return []referral.Response{referral.Unsent, referral.Unsent, referral.Unsent}
}

// satisfy makes a guard hold without breaking the state.
func satisfy(g referral.Guard, f *referral.Facts, p *referral.Provider, who auth.Actor, line referral.Transition) {
	switch g {
	case referral.WrittenBySelf:
		f.Origin, f.ReferrerOrg, f.Clinician = referral.BySelf, "", ""
	case referral.WithinADay:
		f.CreatedAt = f.Now.Add(-time.Hour)
	case referral.FlagsOpen:
		f.Checks.RedFlags = 1
	case referral.DuplicatesOpen:
		f.Checks.Duplicates = 1
	case referral.SafetyHeld:
		f.Flags = append(f.Flags, referral.SafetyHold)
	case referral.Suspended:
		f.Flags = append(f.Flags, referral.ConsentSuspended)
	case referral.ErasureHeld:
		f.Flags = append(f.Flags, referral.LegalHold)
	case referral.ErrorReported:
		f.Erasure.ErrorBy = "somebody else"
	case referral.ErasureAsked:
		f.Erasure.AskedAt = f.Now.Add(-time.Hour)
	case referral.HadACopy:
		if p != nil && p.SentAt.IsZero() {
			p.SentAt = f.Now.Add(-time.Hour)
		}
	case referral.DeathKnown:
		f.Care.Died = true
	case referral.Doubted:
		if p == nil {
			p = f.Chosen()
		}
		p.Eligibility.OnHold = true
	case referral.AsksAdvice:
		f.Mode = referral.ForAdvice
	case referral.AnyOffer, referral.EverybodySpoke:
		for i := range f.Providers {
			f.Providers[i] = hospitalAt(f.Providers[i].ID, referral.Offered, f.Now)
		}
	case referral.NobodyLeft:
		respond(f, referral.Declined)
	case referral.NobodyWanted:
		respond(f, referral.WithdrawnFrom)
	case referral.QuoteOutOfDate:
		p.QuoteUntil = when.DateOf(f.Now).AddDays(-1)
	case referral.RisksWereRead:
		f.Choice.RisksReadAt = f.Now.Add(-time.Hour)
	case referral.ChangeWaits:
		f.Choice.ChangePending = true
	case referral.SchedulePlanned:
		f.Care.SchedulePlanned = true
	case referral.WasDelivered:
		f.Care.Delivered = true
	case referral.ComplicationOpen, referral.ReplyOwed:
		f.Care.Complications, f.Care.Unreplied = 1, 1
	case referral.HandedBack:
		f.Care.PatientHasIt, f.Care.Acknowledged = true, true
	case referral.FeedbackWasAsked:
		f.Care.FeedbackAsked = true
	case referral.RoomForOneMore:
		f.Providers = f.Providers[:len(f.Providers)-1]
	case referral.TimeIsUp:
		for _, t := range []referral.Timer{referral.DraftIdle, referral.ConsentLink, referral.ReturnedIdle, referral.DecidingIdle} {
			f.Clocks = append(f.Clocks, referral.Clock{Timer: t, Due: f.Now})
		}
		if p != nil {
			f.Clocks = append(f.Clocks, referral.Clock{Timer: referral.LapseDue, Provider: p.ID, Due: f.Now}, referral.Clock{Timer: referral.QuestionDue, Provider: p.ID, Due: f.Now})
		}
	}
}

func respond(f *referral.Facts, r referral.Response) {
	for i := range f.Providers {
		f.Providers[i] = hospitalAt(f.Providers[i].ID, r, f.Now)
	}
}

// input is a complete one for any event.
func input(f referral.Facts, e referral.Event, provider string, who auth.Actor) referral.Input {
	today := when.DateOf(f.Now)
	in := referral.Input{
		Provider: provider, Version: f.Version, Step: "patient", Document: "doc-2", Statement: true, Changed: []string{"clinical"}, Comment: "Because of this.", Text: "Some words.",
		Consent: referral.C5, Warned: true, GPShare: referral.GPDischargeOnly, Hospitals: f.Routable(), Timer: referral.DraftIdle, Quote: sample.Quote(today),
		New:   &referral.Provider{ID: "h9", Org: "org-h9"},
		Dates: dates(today), Letter: "CC-7K3M-9Q", Gate: referral.G1, On: today, Item: "first_call", Severity: discharge.Worrying, Source: "The hospital", Confirmed: true,
		Admission: &referral.Admission{On: today, HospitalNumber: "MRN 1", FormFiled: true}, Procedure: &referral.ProcedureDone{Done: true, On: today},
		Package:  sample.Package(today.AddDays(-6), today),
		Passport: &record.Passport{Name: "Meena Sample", Number: "123456789", Country: "GB", Expires: today.AddDays(1000), ByMission: record.AncestryNo},
	}
	in.Letter = letterNumber
	line, _ := referral.Line(e, f.State, who.Role)
	if p := f.Provider(provider); p != nil {
		in.Number = p.Quote
		if line.About == referral.OneHospital {
			in.Version = p.Version
		}
	}
	if e == referral.GiveConsent {
		in.Consent, in.Items = referral.C2, f.ConsentSet().Items
		if provider == "" && len(f.Providers) > 0 {
			in.Provider = f.Providers[0].ID
		}
	}
	if rules := referral.ReasonsFor(e, who.Role, today); len(rules) > 0 {
		in.Reason = rules[0].Code
	}
	for _, g := range referral.Gates {
		if slices.Contains(g.Who, who.Role) {
			in.Gate = g.Gate
			break
		}
	}
	in.Evidence = map[string]string{}
	if r, ok := referral.RuleOf(in.Gate); ok {
		for _, name := range r.Evidence {
			in.Evidence[name] = "1"
		}
	}
	return in
}
