package referral

import (
	"slices"
	"time"

	"carecorridor/auth"
)

// Gate is one of nine conditions before the journey (domain.md §2.3).
type Gate string

// Gates.
const (
	G1 Gate = "G1" // the patient and the clinician spoke
	G2 Gate = "G2" // results before the operation are reviewed
	G3 Gate = "G3" // aftercare is agreed before payment
	G4 Gate = "G4" // the GP knows, or the refusal is recorded with the warning
	G5 Gate = "G5" // insurance
	G6 Gate = "G6" // the right visa, 2 attendants at most
	G7 Gate = "G7" // vaccination and malaria advice
	G8 Gate = "G8" // the hospital is still eligible, checked in the last 7 days
	G9 Gate = "G9" // the plan for flying home
)

// GateRule says what a gate asks for, who may pass it, and how long its evidence lasts.
type GateRule struct {
	Gate     Gate
	Title    string
	Evidence []string // names of what has to be given with it
	Who      []auth.Role
	Days     int // evidence older than this does not count; 0: it lasts
}

// Gates are all nine, in order.
var Gates = []GateRule{
	{G1, "You spoke to the clinician who will treat you", []string{"date", "clinician", "language", "interpreter"}, patient, 0},
	{G2, "The hospital has reviewed your test results", []string{"date", "clinician", "result"}, doctor, 0},
	{G3, "Aftercare is agreed before you pay", []string{"who does what in the UK", "cost", "who pays for complications"}, patient, 0},
	{G4, "Your GP knows, or you decided otherwise", []string{"choice", "warning read"}, patient, 0},
	{G5, "Your insurance covers the treatment and its complications", []string{"insurer", "policy covers treatment", "insurer told"}, patient, 0},
	{G6, "You have the right visa", []string{"visa class", "attendants"}, patient, 0},
	{G7, "You have had advice on vaccinations and malaria", []string{"date", "given by"}, patient, 0},
	{G8, "The hospital is still eligible", []string{"register", "date"}, []auth.Role{auth.Verifier, auth.Coordinator, System}, 7},
	{G9, "There is a plan for flying home", []string{"earliest day", "companion", "airline form"}, doctor, 0},
}

// MaxAttendants is how many may travel on one medical visa (domain.md §2.3 G6).
const MaxAttendants = 2

// RuleOf a gate; ok is false for no gate.
func RuleOf(g Gate) (r GateRule, ok bool) {
	at := slices.IndexFunc(Gates, func(r GateRule) bool { return r.Gate == g })
	if at < 0 {
		return GateRule{}, false
	}
	return Gates[at], true
}

// passed reports whether a gate counts now.
func (r GateRule) passed(res GateResult, now time.Time) bool {
	return res.Passed && (r.Days == 0 || now.Sub(res.At) <= time.Duration(r.Days)*day)
}

// OpenGates are those not passed, or whose evidence is too old, in order.
func (f Facts) OpenGates() (out []Gate) {
	for _, r := range Gates {
		if !r.passed(f.Travel.Gates[r.Gate], f.Now) {
			out = append(out, r.Gate)
		}
	}
	return out
}

// gatesFor are the gates a role may pass, "" for none.
func gatesFor(r auth.Role) (out []string) {
	for _, g := range Gates {
		if slices.Contains(g.Who, r) {
			out = append(out, string(g.Gate))
		}
	}
	return out
}
