package referral

import (
	"slices"

	"carecorridor/internal/when"
)

// Mechanism is the instrument that allows the transfer of data to a hospital (domain.md §4.4).
type Mechanism string

// Mechanisms. Anything else allows nothing.
const (
	NoMechanism    Mechanism = ""
	IDTASigned     Mechanism = "idta_signed"
	AddendumSigned Mechanism = "addendum_signed"
)

// Eligibility is what decides whether a hospital may be sent a referral (domain.md §7.6). Counts and dates are
// of checked things alone.
type Eligibility struct {
	AccreditedUntil  when.Date // last day of a verified hospital-level accreditation of the very site
	Mechanism        Mechanism // signed with the hospital's legal entity
	RiskReviewedOn   when.Date // of the transfer risk assessment
	CheckedDoctors   int       // in the specialty
	EmergencyContact bool
	ComplaintOfficer bool
	PricesOf         when.Date // age of the price list
	OnHold           bool      // accreditation in doubt
	SevereCaseOpen   bool      // a severe safety case is not settled
}

// Ineligible is one reason why a hospital may not be sent a referral.
type Ineligible string

// Reasons, in the words of the coordinator's page.
const (
	NotAccredited    Ineligible = "no checked accreditation of this site that lasts until the journey"
	NoTransfer       Ineligible = "no signed agreement for the transfer of data"
	RiskReviewOld    Ineligible = "the transfer risk was not assessed in the last 365 days"
	NoCheckedDoctor  Ineligible = "no clinician of the specialty whose registration is checked"
	NoEmergencyLine  Ineligible = "no emergency contact"
	NoComplaintDesk  Ineligible = "no complaint officer"
	PricesOld        Ineligible = "the price list is older than 180 days"
	AccreditationOff Ineligible = "its accreditation is in doubt"
	SevereCase       Ineligible = "a severe safety case is not settled"
)

// Ages, in days, that make a hospital ineligible.
const (
	riskReviewDays = 365
	priceListDays  = 180
)

// Check lists what stands against a hospital on a day, for a journey that ends by until (the same day when no dates
// are known).
func (e Eligibility) Check(today, until when.Date) (out []Ineligible) {
	for _, c := range []struct {
		ok  bool
		why Ineligible
	}{
		{e.AccreditedUntil.Known() && !e.AccreditedUntil.Before(today) && !e.AccreditedUntil.Before(until), NotAccredited},
		{slices.Contains([]Mechanism{IDTASigned, AddendumSigned}, e.Mechanism), NoTransfer},
		{fresh(e.RiskReviewedOn, today, riskReviewDays), RiskReviewOld},
		{e.CheckedDoctors > 0, NoCheckedDoctor},
		{e.EmergencyContact, NoEmergencyLine},
		{e.ComplaintOfficer, NoComplaintDesk},
		{fresh(e.PricesOf, today, priceListDays), PricesOld},
		{!e.OnHold, AccreditationOff},
		{!e.SevereCaseOpen, SevereCase},
	} {
		if !c.ok {
			out = append(out, c.why)
		}
	}
	return out
}

// fresh reports whether something dated on is younger than days. A date to come is no date.
func fresh(on, today when.Date, days int) bool {
	return on.Known() && !today.Before(on) && on.DaysUntil(today) < days
}

// windowEnd is the last day the patient may still be away; today when that is not known.
func (t Travel) windowEnd(today when.Date) when.Date {
	last := today
	for _, d := range []when.Date{t.Window, t.Proposed.Leave, t.Confirmed.Leave} {
		if d.Known() && last.Before(d) {
			last = d
		}
	}
	return last
}
