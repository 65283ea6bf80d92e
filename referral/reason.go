package referral

import (
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/when"
)

// Reason is a coded reason for returning, declining, cancelling or excluding (domain.md §2.4).
type Reason string

// Reasons to return or to decline.
const (
	InfoIncomplete   Reason = "info_incomplete"
	TestsMissing     Reason = "prereq_not_done"
	NotSuitable      Reason = "not_clinically_suitable"
	NotEligible      Reason = "not_eligible"
	NoCapacity       Reason = "no_capacity"
	DatesNotSuitable Reason = "dates_not_suitable"
	TravelRisk       Reason = "distance_travel_risk"
	PatientChoice    Reason = "patient_choice"
	CouldNotReach    Reason = "could_not_contact"
	NotOffered       Reason = "treatment_not_offered"
	BetterInUK       Reason = "better_in_uk"
	ExcludedByPolicy Reason = "excluded_by_policy"
	OtherReason      Reason = "other"
)

// Reasons to cancel.
const (
	NoLongerNeeded    Reason = "no_longer_needed"
	RaisedInError     Reason = "raised_in_error"
	GoingNHS          Reason = "going_elsewhere_uk_nhs"
	GoingPrivate      Reason = "going_elsewhere_uk_private"
	GoingOtherCountry Reason = "going_other_country"
	Cost              Reason = "cost"
	HealthChanged     Reason = "health_changed"
	VisaRefused       Reason = "visa_refused"
	InsurerRefused    Reason = "insurer_refused"
	LostAccreditation Reason = "provider_lost_accreditation"
	Safety            Reason = "safety"
)

// Reasons to exclude: what is not arranged here (domain.md §9.1).
const (
	OrganTransplant  Reason = "organ_transplant"
	OrganTrade       Reason = "organ_trade"
	Surrogacy        Reason = "surrogacy"
	SexSelection     Reason = "sex_selection"
	UnprovenCell     Reason = "unproven_cell_therapy"
	AssistedDying    Reason = "assisted_dying"
	SuspectedCancer  Reason = "suspected_cancer"
	EmergencyCare    Reason = "emergency"
	UnderAge         Reason = "under_18"
	NHSFunded        Reason = "nhs_funded"
	ExperimentalOnly Reason = "experimental_outside_trial"
)

// ReasonRule says how a reason may be used. A rule is never deleted: it ends, so that old records keep their words.
type ReasonRule struct {
	Code        Reason
	Label       string // as it is shown
	For         []Event
	Who         []auth.Role
	Comment     bool      // words are needed with it, even where the event does not ask for them
	From, Until when.Date // effective dates; an unknown Until is open
}

// effective is the day the first list came into force.
var effective = when.Date{Year: 2026, Month: 11, Day: 1}

var (
	refusing   = []Event{Return, Decline}
	refusers   = slices.Concat(desk, doctor)
	cancelling = []Event{Cancel}
	cancellers = slices.Concat(clinician, desk)
)

// Reasons are all rules. A patient who withdraws needs none and may use any of the cancelling ones.
var Reasons = []ReasonRule{
	{Code: InfoIncomplete, Label: "More information is needed", For: refusing, Who: refusers, Comment: true},
	{Code: TestsMissing, Label: "Tests that are needed first have not been done", For: refusing, Who: refusers, Comment: true},
	{Code: NotSuitable, Label: "Not clinically suitable", For: refusing, Who: refusers, Comment: true},
	{Code: NotEligible, Label: "Not eligible", For: refusing, Who: refusers, Comment: true},
	{Code: NoCapacity, Label: "No capacity", For: []Event{Decline}, Who: doctor, Comment: true},
	{Code: DatesNotSuitable, Label: "The dates cannot be met", For: []Event{Decline}, Who: doctor, Comment: true},
	{Code: TravelRisk, Label: "The journey is too great a risk", For: refusing, Who: refusers, Comment: true},
	{Code: PatientChoice, Label: "The patient’s choice", For: refusing, Who: refusers, Comment: true},
	{Code: CouldNotReach, Label: "The patient or referrer could not be reached", For: refusing, Who: refusers, Comment: true},
	{Code: NotOffered, Label: "The treatment is not offered", For: []Event{Decline}, Who: doctor, Comment: true},
	{Code: BetterInUK, Label: "Treatment in the United Kingdom is better for this patient", For: refusing, Who: refusers, Comment: true},
	{Code: ExcludedByPolicy, Label: "Not allowed by policy", For: refusing, Who: refusers, Comment: true},
	{Code: OtherReason, Label: "Another reason", For: []Event{Return, Decline, Cancel}, Who: slices.Concat(clinician, desk, doctor), Comment: true},

	{Code: NoLongerNeeded, Label: "No longer needed", For: cancelling, Who: cancellers},
	{Code: RaisedInError, Label: "Raised in error", For: cancelling, Who: cancellers, Comment: true},
	{Code: GoingNHS, Label: "Treatment on the NHS instead", For: cancelling, Who: cancellers},
	{Code: GoingPrivate, Label: "Private treatment in the United Kingdom instead", For: cancelling, Who: cancellers},
	{Code: GoingOtherCountry, Label: "Treatment in another country instead", For: cancelling, Who: cancellers},
	{Code: Cost, Label: "Cost", For: cancelling, Who: cancellers},
	{Code: HealthChanged, Label: "The patient's health has changed", For: cancelling, Who: cancellers, Comment: true},
	{Code: VisaRefused, Label: "The visa was refused", For: cancelling, Who: cancellers},
	{Code: InsurerRefused, Label: "The insurer refused", For: cancelling, Who: cancellers},
	{Code: LostAccreditation, Label: "The hospital lost its accreditation", For: cancelling, Who: desk},
	{Code: Safety, Label: "Safety", For: cancelling, Who: cancellers, Comment: true},

	{Code: OrganTransplant, Label: "Organ transplant", For: []Event{Exclude}, Who: safety},
	{Code: OrganTrade, Label: "Trade in organs", For: []Event{Exclude}, Who: safety},
	{Code: Surrogacy, Label: "Surrogacy", For: []Event{Exclude}, Who: safety},
	{Code: SexSelection, Label: "Choice of a baby's sex", For: []Event{Exclude}, Who: safety},
	{Code: UnprovenCell, Label: "Unproven cell therapy", For: []Event{Exclude}, Who: safety},
	{Code: AssistedDying, Label: "Assisted dying", For: []Event{Exclude}, Who: safety},
	{Code: SuspectedCancer, Label: "Suspected cancer: the NHS urgent pathway is faster", For: []Event{Exclude}, Who: safety},
	{Code: EmergencyCare, Label: "Emergency or urgent care", For: []Event{Exclude}, Who: safety},
	{Code: UnderAge, Label: "Under 18", For: []Event{Exclude}, Who: safety},
	{Code: NHSFunded, Label: "Treatment that the NHS would pay for", For: []Event{Exclude}, Who: safety},
	{Code: ExperimentalOnly, Label: "Experimental treatment outside a trial", For: []Event{Exclude}, Who: safety},
}

// in force on a day.
func (r ReasonRule) inForce(on when.Date) bool {
	first := r.From
	if !first.Known() {
		first = effective
	}
	return !on.Before(first) && (!r.Until.Known() || !r.Until.Before(on))
}

// ReasonsFor are the rules that a role may use for an event on a day, in order.
func ReasonsFor(e Event, role auth.Role, on when.Date) (out []ReasonRule) {
	for _, r := range Reasons {
		if slices.Contains(r.For, e) && slices.Contains(r.Who, role) && r.inForce(on) {
			out = append(out, r)
		}
	}
	return out
}

// LabelOf a reason, as it was called, also after it ended; the code itself when it is unknown.
func LabelOf(code Reason) string {
	at := slices.IndexFunc(Reasons, func(r ReasonRule) bool { return r.Code == code })
	if at < 0 {
		return string(code)
	}
	return Reasons[at].Label
}
