package discharge

import (
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Severity is how bad a complication is, as who reports it says.
type Severity string

// Severities, worst first.
const (
	LifeThreat Severity = "life_threatening"
	Urgent     Severity = "urgent"    // today
	Worrying   Severity = "worrying"  // not urgent, getting worse or not going away
	Recovered  Severity = "recovered" // over, reported for the record
)

// Severities are all of them.
var Severities = []Severity{LifeThreat, Urgent, Worrying, Recovered}

// Advice is what to do first. It comes before the form, not after it.
type Advice struct {
	Call  string // "999", "111" or ""
	Title string
	Text  string
	Stop  bool // nothing is asked before this is read
}

// advice for each severity (domain.md §2.2 T29).
var advice = map[Severity]Advice{
	LifeThreat: {"999", "Call 999 now", "Do not wait for an answer here or from the hospital. Tell them that you had an operation abroad, and show your card.", true},
	Urgent:     {"111", "Call 111 now", "They can see you today. Tell them that you had an operation abroad, and show your card. We tell the hospital at the same time.", true},
	Worrying:   {"", "We tell the hospital now", "The hospital has 24 hours to answer. If it gets worse, call 111. In an emergency, call 999.", false},
	Recovered:  {"", "Thank you for telling us", "The hospital and our safety reviewer will read it.", false},
}

// AdviceFor a severity. One that is not known gets the most careful answer.
func AdviceFor(s Severity) Advice {
	if a, ok := advice[s]; ok {
		return a
	}
	return advice[LifeThreat]
}

// Complication is one report.
type Complication struct {
	Severity Severity  `json:"severity"`
	What     string    `json:"what"`
	Since    when.Date `json:"since"`
	Sought   string    `json:"sought"` // care that was sought, or ""
	Photos   []string  `json:"photos"` // hashes
	Read     bool      `json:"read"`   // the advice about 999 or 111 was read
}

// MaxWhat is how long the description may be, in characters.
const MaxWhat = 2000

// Check a report on a day. Fields: severity, read, what, since, sought.
func (c Complication) Check(today when.Date) (l check.List) {
	l.Need(slices.Contains(Severities, c.Severity), "severity", "Select how bad it is")
	l.Need(!AdviceFor(c.Severity).Stop || c.Read, "read", "Read first what to do now, then confirm that you have read it")
	l.Need(strings.TrimSpace(c.What) != "", "what", "Say what happened")
	l.Text("what", "What happened", check.Lines(c.What), MaxWhat)
	l.Need(c.Since.Known() && !today.Before(c.Since), "since", "Enter the day it started, today or in the past")
	l.Text("sought", "The care you sought", check.Lines(c.Sought), MaxWhat)
	return l
}

// Ladder is who is told when a hospital does not answer, in order (domain.md §5.4).
var Ladder = []string{"hospital", "medical_director", "safety_reviewer"}
