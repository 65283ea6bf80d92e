package referral

import (
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/referral/discharge"
	"carecorridor/referral/visa"
)

// Need is something that has to come with an event, in the words of the table. What is missing or wrong is a
// problem at a field, so the person can put it right: unlike a Guard, it does not take the button away.
type Need string

// Needs.
const (
	Statement        Need = "the clinician's statement"
	ChangedFields    Need = "what changed"
	WhichConsent     Need = "which consent, and for a hospital what it lists"
	WhichWithdrawal  Need = "which of the consents C4 to C6"
	GPChoice         Need = "what the GP gets, and for nothing that the warning was read"
	Text             Need = "words"
	ReasonFor        Need = "a coded reason"
	Comment          Need = "a comment where the event or the reason asks for one"
	ExclusionCode    Need = "a coded exclusion"
	Hospitals        Need = "which hospitals, each eligible and agreed to"
	NewHospital      Need = "a hospital that is not chosen yet"
	WhichTimer       Need = "which timer"
	OpinionText      Need = "a written opinion"
	WholeQuote       Need = "a complete quote"
	ThisQuote        Need = "the number of the newest quote"
	Letter           Need = "a message without contact details before acceptance"
	NewDates         Need = "dates in order, and the clinician"
	PassportOK       Need = "passport details that hold for the journey"
	LetterNumber     Need = "a letter number"
	WhichGate        Need = "which gate"
	GateEvidence     Need = "a gate of this role, and its evidence"
	AdmissionOK      Need = "day, hospital number and the foreign patient report"
	ProcedureOutcome Need = "whether it was done, and why not"
	WholePackage     Need = "a discharge package with all 20 items"
	OnDay            Need = "a day that has come"
	WhichItem        Need = "which item of the schedule"
	HowSevere        Need = "what happened and how bad it is"
	HowKnown         Need = "who confirmed it, and the day"
)

// MaxComment is how long a comment or message may be, in characters (domain.md §3).
const MaxComment = 2000

// needs says what is wrong with an input. The field names are those of Input, in small letters.
var needs map[Need]func(Input, Case) check.List

func init() {
	needs = map[Need]func(Input, Case) check.List{
		Statement: needStatement,
		ChangedFields: func(in Input, _ Case) (l check.List) {
			l.Need(len(in.Changed) > 0, "changed", "Say what has changed")
			return l
		},
		WhichConsent:     needConsent,
		WhichWithdrawal:  needWithdrawal,
		GPChoice:         needGPChoice,
		Text:             func(in Input, _ Case) check.List { return words("text", "text", in.Text, true) },
		ReasonFor:        needReason,
		Comment:          needComment,
		ExclusionCode:    needReason,
		Hospitals:        needHospitals,
		NewHospital:      needNewHospital,
		WhichTimer:       needTimer,
		OpinionText:      func(in Input, _ Case) check.List { return words("text", "opinion", in.Text, true) },
		WholeQuote:       needQuote,
		ThisQuote:        needThisQuote,
		Letter:           needLetter,
		NewDates:         needDates,
		PassportOK:       needPassport,
		LetterNumber:     needLetterNumber,
		WhichGate:        needGate,
		GateEvidence:     needEvidence,
		AdmissionOK:      needAdmission,
		ProcedureOutcome: needProcedure,
		WholePackage:     needPackage,
		OnDay:            needDay,
		WhichItem:        func(in Input, _ Case) (l check.List) { l.Need(in.Item != "", "item", "Select what was done"); return l },
		HowSevere:        needSeverity,
		HowKnown:         needSource,
	}
}

// problems are what all needs of a line find, in order.
func (t Transition) problems(in Input, c Case) (l check.List) {
	for _, n := range t.Needs {
		l = append(l, needs[n](in, c)...)
	}
	return append(l, in.contacts(c)...)
}

func words(field, what, s string, needed bool) (l check.List) {
	l.Need(!needed || !check.Blank(s), field, "Enter the %s", what)
	l.Text(field, "The "+what, check.Lines(s), MaxComment)
	return l
}

func needStatement(in Input, _ Case) (l check.List) {
	l.Need(in.Statement, "statement", "Confirm that what you wrote is complete and correct to the best of your knowledge")
	return l
}

func needConsent(in Input, c Case) (l check.List) {
	l.Need(slices.Contains(ConsentCodes, in.Consent), "consent", "Select what you agree to")
	if !in.Consent.PerHospital() {
		return l
	}
	l.Need(c.F.Provider(in.Provider) != nil, "provider", "Select the hospital")
	l.Need(len(in.Items) > 0, "items", "The consent must list what is shared")
	return l
}

func needWithdrawal(in Input, c Case) (l check.List) {
	l.Need(slices.Contains([]ConsentCode{C4, C5, C6}, in.Consent), "consent", "Select what you no longer agree to. To stop the referral, withdraw it; to stop one hospital, take it back from that hospital")
	if l.OK() {
		l.Need(c.F.Agreed(in.Consent, ""), "consent", "You have not agreed to this")
	}
	return l
}

func needGPChoice(in Input, _ Case) (l check.List) {
	l.Need(slices.Contains(GPShares, in.GPShare), "gp_share", "Select what your GP gets")
	l.Need(in.GPShare.Tells() || in.Warned, "warned", "Confirm that you have read what can happen when your GP does not know")
	return l
}

func needReason(in Input, c Case) (l check.List) {
	rules := ReasonsFor(c.Line.Event, c.Who.Role, c.F.Today())
	l.Need(slices.ContainsFunc(rules, func(r ReasonRule) bool { return r.Code == in.Reason }), "reason", "Select a reason")
	return l
}

// needComment: e-RS makes the comment of a returned referral mandatory, and so do we for a decline (domain.md §2.2).
func needComment(in Input, c Case) (l check.List) {
	must := c.Line.Event == Return || c.Line.Event == Decline
	for _, r := range Reasons {
		must = must || r.Code == in.Reason && r.Comment
	}
	return words("comment", "reason in your own words", in.Comment, must)
}

func needTimer(in Input, c Case) (l check.List) {
	l.Need(in.Timer != "", "timer", "Select what to chase")
	return l
}

func needThisQuote(in Input, c Case) (l check.List) {
	l.Need(c.P != nil && in.Number == c.P.Quote, "number", "This is not the newest quote. Read the newest one first")
	return l
}

// needLetter: the desk is no hospital, and people must be able to tell it where they can be reached alone (domain.md §9.2 A10).
func needLetter(in Input, c Case) check.List {
	if c.Line.Event == WriteToDesk {
		return words("text", "message", in.Text, true)
	}
	return CheckMessage(in.Text, c.F.State)
}

func needPassport(in Input, c Case) check.List {
	if in.Passport == nil {
		return check.List{{Field: "passport", Say: "Enter the passport details"}}
	}
	return in.Passport.Check(c.F.Now)
}

func needLetterNumber(in Input, _ Case) (l check.List) {
	_, ok := visa.ParseNumber(in.Letter)
	l.Need(ok, "letter", "The letter needs a number")
	return l
}

func needPackage(in Input, c Case) check.List {
	if in.Package == nil {
		return check.List{{Field: "package", Say: "The discharge package is missing"}}
	}
	p := *in.Package
	p.Known.Admitted, p.Known.NotTreated = c.F.Care.AdmittedOn, c.F.Care.NotTreated
	return p.Check(c.F.Today())
}

func needSeverity(in Input, _ Case) (l check.List) {
	l.Need(slices.Contains(discharge.Severities, in.Severity), "severity", "Select how bad it is")
	return append(l, words("text", "description of what happened", in.Text, true)...)
}

func needSource(in Input, c Case) (l check.List) {
	l.Need(strings.TrimSpace(in.Source) != "", "source", "Enter who told you")
	l.Line("source", "Who told you", in.Source, 200)
	l.Need(in.On.Known() && !c.F.Today().AddDays(1).Before(in.On), "on", "Enter the day the patient died, today or in the past") // India's day may be ahead
	l.Need(in.Confirmed, "confirmed", "Confirm that the report has been checked")
	return l
}
