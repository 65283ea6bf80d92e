package referral

import (
	"slices"
	"time"

	"carecorridor/internal/when"
)

// effects are what events change beside state and responses.
var effects = map[Event]func(Case, Input){
	Create:           func(c Case, _ Input) { c.F.CreatedAt = c.F.Now },
	AddDocument:      func(c Case, in Input) { c.F.Set = c.F.Set.and(in.Document) },
	RemoveDocument:   removeDocument,
	GiveConsent:      giveConsent,
	WithdrawConsent:  func(c Case, in Input) { c.F.withdraw(func(x Consent) bool { return x.Code == in.Consent }) },
	WithdrawHospital: func(c Case, _ Input) { c.F.withdraw(func(x Consent) bool { return x.Provider == c.P.ID }) },
	ChooseGPShare:    func(c Case, in Input) { c.F.Choice.GPShare = in.GPShare },
	SuspendConsent:   func(c Case, _ Input) { c.F.flag(ConsentSuspended, true) },
	ResumeConsent:    func(c Case, _ Input) { c.F.flag(ConsentSuspended, false) },
	ClearFlags:       func(c Case, _ Input) { c.F.Checks.RedFlags = 0 },
	ClearDuplicates:  func(c Case, _ Input) { c.F.Checks.Duplicates = 0 },
	Route:            route,
	AddHospital:      func(c Case, in Input) { c.F.Providers = append(c.F.Providers, *in.New) },
	Hold:             func(c Case, _ Input) { c.F.flag(SafetyHold, true) },
	LiftHold:         func(c Case, _ Input) { c.F.flag(SafetyHold, false) },
	HoldProvider:     func(c Case, _ Input) { c.P.Eligibility.OnHold = true },
	ClearProvider:    func(c Case, _ Input) { c.P.Eligibility.OnHold = false },
	HoldErasure:      func(c Case, _ Input) { c.F.flag(LegalHold, true) },
	ReleaseErasure:   func(c Case, _ Input) { c.F.flag(LegalHold, false) },
	RequestErasure:   func(c Case, _ Input) { c.F.Erasure.AskedAt = c.F.Now },
	ApproveErasure:   approveErasure,
	ReportError:      func(c Case, _ Input) { c.F.Erasure.ErrorBy = c.Who.Person },
	Advise:           func(c Case, _ Input) { c.P.Quote++ },
	Offer:            func(c Case, in Input) { c.P.Quote++; c.P.QuoteUntil = in.Quote.ValidUntil },
	ConfirmDeleted:   func(c Case, _ Input) { c.P.Deleted = true },
	ReadOpinion:      func(c Case, _ Input) { c.P.OpinionRead = c.P.Quote },
	ReadRisks:        func(c Case, _ Input) { c.F.Choice.RisksReadAt = c.F.Now },
	Accept: func(c Case, _ Input) {
		c.F.Choice.AcceptedAt, c.P.Disclosed = c.F.Now, c.P.Disclosed.and(PartIdentity, PartContact)
	},
	ChooseAgain:        chooseAgain,
	Convert:            convert,
	ProposeDates:       proposeDates,
	ConfirmDates:       func(c Case, _ Input) { c.F.Travel.Confirmed = c.F.Travel.Proposed },
	GivePassport:       givePassport,
	IssueLetter:        func(c Case, _ Input) { c.F.Travel.Letter, c.F.Travel.LetterEnded = true, false },
	RevokeLetter:       func(c Case, _ Input) { c.F.endLetter() },
	PassGate:           passGate,
	FailGate:           func(c Case, in Input) { delete(c.F.Travel.Gates, in.Gate) },
	MaterialChange:     func(c Case, _ Input) { c.F.Choice.ChangePending = true; c.F.endLetter() },
	Reaccept:           func(c Case, _ Input) { c.F.Choice.ChangePending = false },
	Postpone:           func(c Case, _ Input) { c.F.newJourney(); c.F.Travel.Proposed = Dates{} },
	Admit:              func(c Case, in Input) { c.F.Care.AdmittedOn = in.Admission.On },
	Treat:              func(c Case, in Input) { c.F.Care.NotTreated = !in.Procedure.Done },
	Discharge:          discharged,
	ConfirmReceipt:     func(c Case, _ Input) { c.F.Care.PatientHasIt = true },
	Deliver:            func(c Case, _ Input) { c.F.Care.Delivered = true },
	Acknowledge:        func(c Case, _ Input) { c.F.Care.Acknowledged = true },
	SendLetter:         func(c Case, _ Input) { c.F.Care.Acknowledged = true },
	RecordFollowUp:     followUp,
	ReportComplication: reportComplication,
	ReplyComplication:  func(c Case, _ Input) { c.F.Care.Unreplied-- },
	ReviewComplication: reviewComplication,
	RecordDeath:        func(c Case, _ Input) { c.F.Care.Died = true },
	RetractDeath:       retractDeath,
	AskFeedback:        func(c Case, _ Input) { c.F.Care.FeedbackAsked = true },
}

// retractDeath: an end is one-way (brief §7), so what was closed by the mistake stays closed, as cancelled by the alliance.
func retractDeath(c Case, _ Input) {
	c.F.Care.Died = false
	if c.F.Ending == EndDeceased {
		c.F.Ending = EndCancelled
	}
}

func removeDocument(c Case, in Input) {
	c.F.Set = Set{slices.DeleteFunc(slices.Clone(c.F.Set.Items), func(x string) bool { return x == in.Document })}
}

func giveConsent(c Case, in Input) {
	given := Consent{Code: in.Consent, GivenAt: c.F.Now}
	if in.Consent.PerHospital() {
		given.Provider, given.Items = in.Provider, slices.Clone(in.Items)
	}
	c.F.Consents = append(c.F.Consents, given)
	if p := c.F.Provider(given.Provider); grows(*c.F, p) {
		p.Disclosed = p.Disclosed.and(c.F.Set.Items...)
	}
}

// grows reports whether a hospital that has the referral may now be shown documents it has not: consent covers the
// present set, and nothing stops disclosure.
func grows(f Facts, p *Provider) bool {
	return p != nil && p.Response.Live() && !f.Has(ConsentSuspended) && !f.Has(SafetyHold) && f.AgreedFor(p.ID, p.Disclosed.and(f.Set.Items...)) &&
		p.Disclosed.and(f.Set.Items...).Hash() != p.Disclosed.Hash()
}

// withdraw ends consents that are in force.
func (f *Facts) withdraw(which func(Consent) bool) {
	for i := range f.Consents {
		if x := &f.Consents[i]; which(*x) && x.inForce(f.Now) {
			x.WithdrawnAt = f.Now
		}
	}
}

func route(c Case, in Input) {
	for _, id := range in.Hospitals {
		p := c.F.Provider(id)
		p.SentAt, p.Disclosed, p.Deleted = c.F.Now, c.F.Set, false
	}
}

func approveErasure(c Case, _ Input) {
	c.F.Erasure.ApprovedBy = append(c.F.Erasure.ApprovedBy, c.Who.Person)
	c.F.Erasure.Done = len(c.F.Erasure.ApprovedBy) >= 2
}

// chooseAgain forgets what belonged to the choice. Consent for the hospital that was dropped ends with it.
func chooseAgain(c Case, _ Input) {
	for _, p := range c.F.Providers {
		if p.Response == WithdrawnFrom {
			c.F.withdraw(func(x Consent) bool { return x.Provider == p.ID })
		}
	}
	c.F.Choice.AcceptedAt, c.F.Choice.ChangePending = time.Time{}, false
	c.F.Travel = Travel{Window: c.F.Travel.Window, Gates: map[Gate]GateResult{}}
}

func convert(c Case, _ Input) {
	c.F.Mode = ForReferral
	for i := range c.F.Providers {
		if p := &c.F.Providers[i]; p.Response == Unsent {
			p.Quote, p.QuoteUntil, p.OpinionRead = 0, when.Date{}, 0
		}
	}
}

// proposeDates: other dates are another journey. The same ones again change nothing that was agreed for them.
func proposeDates(c Case, in Input) {
	if in.Dates != c.F.Travel.Proposed {
		c.F.newJourney()
	}
	c.F.Travel.Proposed, c.F.Travel.Confirmed = in.Dates, Dates{}
}

// journeyGates are those whose evidence is about the days of a journey, and about the clinician who comes with them.
var journeyGates = []Gate{G1, G5, G6, G7, G9}

// newJourney ends what was for the agreed dates alone: the letter for the visa and what was confirmed for those days.
func (f *Facts) newJourney() {
	if f.Travel.Confirmed.Known() || f.Travel.Letter {
		for _, g := range journeyGates {
			delete(f.Travel.Gates, g)
		}
	}
	f.Travel.Confirmed = Dates{}
	f.endLetter()
}

// endLetter: whoever had a letter needs another one before the journey, because the visa was asked for with it (domain.md
// §3.7: the hospital issues it anew on a change).
func (f *Facts) endLetter() {
	if f.Travel.Letter {
		f.Travel.Letter, f.Travel.LetterEnded = false, true
	}
}

// givePassport: a letter names the passport, and a visa is for one passport alone.
func givePassport(c Case, _ Input) {
	if c.F.Travel.Passport {
		delete(c.F.Travel.Gates, G6)
	}
	c.F.Travel.Passport = true
	c.F.endLetter()
	p := c.F.Chosen()
	p.Disclosed = p.Disclosed.and(PartPassport)
}

func passGate(c Case, in Input) {
	at := c.F.Now
	if in.On.Known() {
		at = in.On.Time()
	}
	c.F.Travel.Gates[in.Gate] = GateResult{Passed: true, At: at}
}

func discharged(c Case, in Input) {
	c.F.Care.DischargedOn, c.F.Care.Overnight = in.Package.Stay.Discharged, in.Package.Overnight()
	c.F.Care.AlertSent = c.F.Care.Overnight // the card, the paragraph for the GP and the Flag are parts of the package
}

// reviewComplication settles the oldest report: each has its own.
func reviewComplication(c Case, _ Input) {
	if c.F.Care.Complications--; c.F.Care.Complications == 0 {
		c.F.Care.AskedBy = ""
	}
}

func reportComplication(c Case, _ Input) {
	c.F.Care.Complications++
	c.F.Care.Unreplied++
	if c.Who.Role == Receiver {
		c.F.Care.AskedBy = firstOf(c.Who.Org, string(ToGP))
	}
}

func followUp(c Case, in Input) {
	switch {
	case in.Unreached:
		c.F.Care.Unreached++
	case c.F.Care.FollowUpsLeft > 0:
		c.F.Care.FollowUpsLeft--
		c.F.Care.Unreached = 0
	}
}
