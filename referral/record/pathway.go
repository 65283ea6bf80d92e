package record

import (
	"regexp"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

var (
	languageShape = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	ubrnShape     = regexp.MustCompile(`^\d{12}$`)
)

// Pathway is who pays, how soon, and where the NHS stands (domain.md §3.1, §3.5, ux.md §6.12).
type Pathway struct {
	hidden
	Kind        PathwayKind `json:"kind"`
	Priority    string      `json:"priority"` // routine or soon
	Funding     Funding     `json:"funding"`
	Insurer     string      `json:"insurer"`
	NHSWait     NHSWait     `json:"nhs_wait"`
	NHSDecision string      `json:"nhs_decision"` // what the NHS decided, in words
	UBRN        string      `json:"ubrn"`         // e-RS number; never looked up
	Conflict    Conflict    `json:"conflict"`
	ConflictOf  string      `json:"conflict_of"`
}

// PathwayKind is what is asked for.
type PathwayKind string

// Kinds. NHSFunded and Urgent lead to stop pages.
const (
	SelfFunded    PathwayKind = "self_funded"
	SecondOpinion PathwayKind = "second_opinion"
	NHSPays       PathwayKind = "nhs_funded"
	UrgentCare    PathwayKind = "urgent"
)

// Funding is who pays.
type Funding string

// Fundings.
const (
	PaysSelf     Funding = "self_pay"
	PaysInsurer  Funding = "insurer"
	PaysEmployer Funding = "employer"
	PaysCharity  Funding = "charity"
)

// NHSWait is where the patient stands with the NHS. A place there is not to be given up before a decision.
type NHSWait string

// Places.
const (
	NotWaiting   NHSWait = "none"
	Waiting      NHSWait = "waiting"
	NotSeenYet   NHSWait = "referred_not_seen"
	NHSDischarge NHSWait = "discharged"
	WaitUnknown  NHSWait = "unknown"
)

// Conflict is a referrer's declaration (GMP 94 to 96). A payment stops the referral.
type Conflict string

// Declarations.
const (
	NoConflict  Conflict = "none"
	HasConflict Conflict = "declared"
	IsPaid      Conflict = "paid"
)

// Check the pathway. A stop page may still follow: see StopFor. Fields are the JSON names.
func (p Pathway) Check(r Rules) (l check.List) {
	choose(&l, "kind", "Select what is asked for", p.Kind, SelfFunded, SecondOpinion, NHSPays, UrgentCare)
	choose(&l, "priority", "Select routine or soon", p.Priority, "routine", "soon")
	choose(&l, "funding", "Select who pays", p.Funding, PaysSelf, PaysInsurer, PaysEmployer, PaysCharity)
	line(&l, "insurer", "name of the insurer", p.Insurer)
	l.Need(p.Funding != PaysInsurer || strings.TrimSpace(p.Insurer) != "", "insurer", "Enter the name of the insurer")
	choose(&l, "nhs_wait", "Select whether the patient is waiting for the NHS", p.NHSWait, NotWaiting, Waiting, NotSeenYet, NHSDischarge, WaitUnknown)
	text(&l, "nhs_decision", "NHS decision", p.NHSDecision, false)
	l.Need(p.UBRN == "" || ubrnShape.MatchString(strings.ReplaceAll(p.UBRN, " ", "")), "ubrn", "The e-RS number has 12 digits. You can leave it out")
	if r.ByReferrer {
		choose(&l, "conflict", "Select whether you have a conflict of interest", p.Conflict, NoConflict, HasConflict, IsPaid)
		text(&l, "conflict_of", "conflict of interest", p.ConflictOf, p.Conflict == HasConflict)
		l.Need(p.Conflict != IsPaid, "conflict", "You cannot refer a patient if you are paid for it (Good medical practice 96)")
	}
	return l
}

// Preferences are how and when (domain.md §3.5). The budget is never sent to a hospital.
type Preferences struct {
	hidden
	Budget     string    `json:"budget"`
	Earliest   when.Date `json:"earliest"`
	Latest     when.Date `json:"latest"`
	Companions *int      `json:"companions"`
	Diet       string    `json:"diet"`
	Faith      string    `json:"faith"`
	Clinician  string    `json:"clinician"` // gender of clinician that is wished for
	ByPhone    YesNo     `json:"by_phone"`  // hospitals are bound to it
}

// Limits of preferences.
const (
	EarliestDays  = 28 // visa and vaccinations take 4 to 6 weeks
	LatestDays    = 730
	MaxCompanions = 2 // attendant visas
)

// Budgets are the bands, for the patient's own search alone.
var Budgets = []string{"", "under_5000", "5000_10000", "10000_20000", "over_20000", "untold"}

// Check the preferences. Fields are the JSON names.
func (p Preferences) Check(r Rules) (l check.List) {
	choose(&l, "budget", "Select a budget, or prefer not to say", p.Budget, Budgets...)
	first, last := r.Today.AddDays(EarliestDays), r.Today.AddDays(LatestDays)
	l.Need(p.Earliest.Known() && !p.Earliest.Before(first), "earliest", "Enter the first day of travel. It must be %s or later: a visa and vaccinations take 4 to 6 weeks", first.Long())
	l.Need(p.Latest.Known() && !p.Latest.Before(p.Earliest), "latest", "Enter the last day of travel, on or after the first")
	l.Need(!last.Before(p.Latest), "latest", "The last day must be %s or earlier", last.Long())
	l.Need(p.Companions != nil && *p.Companions >= 0 && *p.Companions <= MaxCompanions, "companions", "Select how many people travel with the patient: up to %d can on a medical visa", MaxCompanions)
	for _, x := range []struct{ field, what, text string }{{"diet", "diet", p.Diet}, {"faith", "faith needs", p.Faith}, {"clinician", "wish about the clinician", p.Clinician}} {
		line(&l, x.field, x.what, x.text)
	}
	choose(&l, "by_phone", "Select whether hospitals may phone", p.ByPhone, Yes, No)
	return l
}
