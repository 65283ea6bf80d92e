package referral

import (
	"slices"
	"time"

	"carecorridor/auth"
)

const day = 24 * time.Hour

// CoolingOffDays is how long a patient may take back an acceptance without a reason (domain.md §2.2 T19).
const CoolingOffDays = 14

var hospitalGuards = map[Guard]func(Case) bool{
	AsksAdvice:     func(c Case) bool { return c.F.Mode == ForAdvice },
	AsksTreatment:  func(c Case) bool { return c.F.Mode == ForReferral },
	Trusted:        func(c Case) bool { p := c.about(); return p != nil && !p.Eligibility.OnHold },
	StillEligible:  stillEligible,
	Doubted:        func(c Case) bool { p := c.about(); return p != nil && p.Eligibility.OnHold },
	StillAgreed:    func(c Case) bool { p := c.about(); return p != nil && c.F.AgreedFor(p.ID, p.Disclosed) },
	CheckedDoctor:  func(c Case) bool { p := c.about(); return p != nil && slices.Contains(p.Doctors, c.Who.Person) },
	AnyOffer:       func(c Case) bool { return c.F.count(Offered) > 0 },
	EverybodySpoke: func(c Case) bool { return c.F.count(Offered) > 0 && c.F.waiting() == 0 },
	NobodyLeft:     func(c Case) bool { return c.F.nobodyLeft() && c.F.count(Declined, Lapsed) > 0 },
	NobodyWanted:   func(c Case) bool { return c.F.nobodyLeft() && c.F.count(Declined, Lapsed) == 0 },
	HadACopy:       func(c Case) bool { return c.P != nil && !c.P.SentAt.IsZero() && !c.P.Deleted },
	OfferStands: func(c Case) bool {
		return c.P != nil && c.P.inDate(*c.F) && !c.P.Eligibility.OnHold && c.F.AgreedFor(c.P.ID, c.P.Disclosed)
	},
	IdentityAgreed: func(c Case) bool { return agreedWith(c, PartIdentity, PartContact) },
	PassportAgreed: func(c Case) bool { return agreedWith(c, PartPassport) },
	QuoteInDate:    func(c Case) bool { return c.P != nil && c.P.inDate(*c.F) },
	QuoteOutOfDate: func(c Case) bool { return c.P != nil && !c.P.inDate(*c.F) },
	OpinionWasRead: func(c Case) bool { return c.P != nil && c.P.Quote > 0 && c.P.OpinionRead == c.P.Quote },
	RisksWereRead:  func(c Case) bool { return !c.F.Choice.RisksReadAt.IsZero() },
}

var travelGuards = map[Guard]func(Case) bool{
	CoolingOffOver:   func(c Case) bool { return !c.F.Now.Before(c.F.CoolingOffEnds()) },
	ChangeWaits:      func(c Case) bool { return c.F.Choice.ChangePending },
	NoChangeWaits:    func(c Case) bool { return !c.F.Choice.ChangePending },
	DatesAreProposed: func(c Case) bool { return c.F.Travel.Proposed.Known() },
	DatesAreAgreed:   func(c Case) bool { return c.F.Travel.Confirmed.Known() },
	GPDecided:        func(c Case) bool { return c.F.Choice.GPShare != GPUnset },
	PassportGiven:    func(c Case) bool { return c.F.Travel.Passport },
	LetterInForce:    func(c Case) bool { return c.F.Travel.Letter },
	NoLetterOwed:     func(c Case) bool { return !c.F.Travel.LetterEnded },
	AllGatesPassed:   func(c Case) bool { return len(c.F.OpenGates()) == 0 },
}

// stillEligible: all that had to hold before the hospital was sent the referral, but for the age of its price list: its quote
// is in date.
func stillEligible(c Case) bool {
	p := c.about()
	return p != nil && len(p.stands(*c.F)) == 0
}

// stands is what stands against a hospital that takes part.
func (p Provider) stands(f Facts) []Ineligible {
	all := p.Eligibility.Check(f.Today(), f.Travel.windowEnd(f.Today()))
	return slices.DeleteFunc(all, func(why Ineligible) bool { return why == PricesOld })
}

// about is the hospital of a case: the one it is about, else the chosen one.
func (c Case) about() *Provider {
	if c.P != nil {
		return c.P
	}
	return c.F.Chosen()
}

// agreedWith reports whether consent covers more parts than the hospital has.
func agreedWith(c Case, more ...string) bool {
	p := c.about()
	return p != nil && c.F.AgreedFor(p.ID, p.Disclosed.and(more...))
}

// CoolingOffEnds is the moment from which an acceptance can no longer be taken back without a reason: the end of
// the 14th day after it, where the patient lives. Zero when nothing is accepted.
func (f Facts) CoolingOffEnds() time.Time {
	if f.Choice.AcceptedAt.IsZero() {
		return time.Time{}
	}
	y, m, d := f.Choice.AcceptedAt.In(london).Date()
	return time.Date(y, m, d+CoolingOffDays+1, 0, 0, 0, 0, london).UTC()
}

func (p Provider) inDate(f Facts) bool {
	return p.QuoteUntil.Known() && !p.QuoteUntil.Before(f.Today())
}

// count of hospitals with one of the responses.
func (f Facts) count(rs ...Response) (n int) {
	for _, p := range f.Providers {
		if slices.Contains(rs, p.Response) {
			n++
		}
	}
	return n
}

// waiting is how many hospitals may still answer: those that have it, and those it can still go to.
func (f Facts) waiting() int { return f.count(Sent, Opened, InfoRequested) + len(f.Routable()) }

// nobodyLeft: no hospital takes part any more and none can be sent it.
func (f Facts) nobodyLeft() bool {
	return f.waiting() == 0 && f.count(Offered, Selected) == 0 && f.count(Declined, Lapsed, WithdrawnFrom) > 0
}

// near is how near somebody is to a referral, and to one hospital's part of it (brief §8): not yours and not there
// look the same. A hospital is near once it has been sent the referral, until consent for it ends; one that only has to
// confirm a deletion stays near for that.
func near(who auth.Actor, f *Facts, p *Provider, e Event) auth.Relation {
	switch {
	case who.Role == System:
		return auth.Any
	case who.Role == Receiver && who.Org == FromAftercare && e == Acknowledge:
		return "" // the GP's practice acknowledges
	case who.Role == auth.Patient || who.Role == Receiver:
		return auth.Near(who, "", f.ID)
	case slices.Contains(practice, who.Role):
		return auth.Near(who, f.ReferrerOrg, "")
	case slices.Contains(hospital, who.Role):
		return nearHospital(who, p, e)
	}
	return auth.Any
}

func nearHospital(who auth.Actor, p *Provider, e Event) auth.Relation {
	if p == nil || p.SentAt.IsZero() {
		return ""
	}
	if (p.Response == WithdrawnFrom || p.Response == Unsent) && e != ConfirmDeleted { // unsent: what became of advice was taken back
		return ""
	}
	return auth.Near(who, p.Org, "")
}
