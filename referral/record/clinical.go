package record

import (
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral/contact"
)

// Clinical is the reason and the history (domain.md §3.4).
type Clinical struct {
	hidden
	Problem        string      `json:"problem"`
	Condition      Code        `json:"condition"`
	Treatment      string      `json:"treatment"` // slug of the directory
	Question       string      `json:"question"`  // for the hospital
	Diagnosis      Diagnosis   `json:"diagnosis"`
	History        string      `json:"history"`
	Examination    string      `json:"examination"`
	Investigations string      `json:"investigations"`
	NoConditions   bool        `json:"no_other_conditions"`
	Conditions     []Code      `json:"other_conditions"`
	NoMedicines    bool        `json:"no_medicines"`
	Medicines      []Medicine  `json:"medicines"`
	NoAllergies    bool        `json:"no_known_allergies"`
	Allergies      []Allergy   `json:"allergies"`
	NoOperations   bool        `json:"no_operations"`
	Operations     []Operation `json:"operations"`
	HeightCM       float64     `json:"height_cm"`
	WeightKG       float64     `json:"weight_kg"`
	Smoking        string      `json:"smoking"`
	Alcohol        string      `json:"alcohol"`
	Pregnant       string      `json:"pregnant"`
	Living         string      `json:"living"` // who cares at home
}

// Code is words with a code, if there is one.
type Code struct {
	Text   string `json:"text"`
	System string `json:"system"`
	Code   string `json:"code"`
}

// Diagnosis is how sure it is.
type Diagnosis string

// Diagnoses. A suspected cancer stops: see StopCancer.
const (
	Confirmed    Diagnosis = "confirmed"
	Suspected    Diagnosis = "suspected"
	SelfReported Diagnosis = "self_reported"
)

// Medicine that is taken.
type Medicine struct {
	Drug      string `json:"drug"`
	Dose      string `json:"dose"`
	Route     string `json:"route"`
	Frequency string `json:"frequency"`
	Reason    string `json:"reason"`
}

// Allergy or intolerance.
type Allergy struct {
	Agent    string `json:"agent"`
	Reaction string `json:"reaction"`
	Severity string `json:"severity"`
}

// Severities of an allergy.
var Severities = []string{"mild", "moderate", "severe", "unknown"}

// Operation of the past, with what its anaesthetic showed.
type Operation struct {
	What      string    `json:"what"`
	On        when.Date `json:"on"`
	DateKnown bool      `json:"date_known"`
	Problems  string    `json:"problems"`
}

// Lists of choices.
var (
	Smokings   = []string{"never", "former", "current", "unknown"}
	Alcohols   = []string{"none", "within_14_units", "over_14_units", "unknown"}
	Pregnants  = []string{"not_applicable", "no", "yes", "possible"}
	MaxEntries = 50
)

// Check the clinical part. A patient who writes need not give examination and investigations. Fields are the JSON names,
// medicines.0.drug and so on.
func (c Clinical) Check(r Rules) (l check.List) {
	text(&l, "problem", "main problem", c.Problem, true)
	line(&l, "condition", "condition", c.Condition.Text)
	l.Need(c.Treatment != "", "treatment", "Select the treatment")
	l.Need(!check.Blank(c.Question), "question", "Enter what you want the hospital to answer")
	l.Text("question", "The question", check.Lines(c.Question), MaxAsked)
	choose(&l, "diagnosis", "Select how sure the diagnosis is", c.Diagnosis, Confirmed, Suspected, SelfReported)
	text(&l, "history", "history", c.History, r.ByReferrer)
	text(&l, "examination", "examination", c.Examination, r.ByReferrer)
	text(&l, "investigations", "investigations", c.Investigations, r.ByReferrer)
	c.checkLists(&l)
	l.Need(c.HeightCM >= 50 && c.HeightCM <= 250, "height_cm", "Enter the height in centimetres, from 50 to 250")
	l.Need(c.WeightKG >= 20 && c.WeightKG <= 400, "weight_kg", "Enter the weight in kilograms, from 20 to 400")
	choose(&l, "smoking", "Select about smoking", c.Smoking, Smokings...)
	choose(&l, "alcohol", "Select about alcohol", c.Alcohol, Alcohols...)
	choose(&l, "pregnant", "Select about pregnancy", c.Pregnant, Pregnants...)
	text(&l, "living", "description of who helps at home", c.Living, false)
	for _, x := range [][2]string{{"problem", c.Problem}, {"condition", c.Condition.Text}, {"question", c.Question}, {"history", c.History}, {"examination", c.Examination}, {"investigations", c.Investigations}, {"living", c.Living}} {
		kind := contact.Find(x[1])
		l.Need(kind == contact.None, x[0], "Take the %s out. A hospital is given contact details when its offer is accepted", kind)
	}
	return l
}

// checkLists: each list has entries, or somebody said that there are none. Never neither, never both.
func (c Clinical) checkLists(l *check.List) {
	either(l, "other_conditions", "Enter the other conditions, or select none known", c.NoConditions, len(c.Conditions))
	for i, x := range c.Conditions {
		name(l, "other_conditions."+strconv.Itoa(i)+".text", "condition", x.Text)
	}
	either(l, "medicines", "Enter the medicines, or select that none are taken", c.NoMedicines, len(c.Medicines))
	for i, x := range c.Medicines {
		at := "medicines." + strconv.Itoa(i) + "."
		name(l, at+"drug", "name of the medicine", x.Drug)
		name(l, at+"dose", "dose", x.Dose)
		name(l, at+"frequency", "number of times it is taken", x.Frequency)
		line(l, at+"route", "way it is taken", x.Route)
		line(l, at+"reason", "reason", x.Reason)
	}
	either(l, "allergies", "Enter the allergies, or select no known allergies", c.NoAllergies, len(c.Allergies))
	for i, x := range c.Allergies {
		at := "allergies." + strconv.Itoa(i) + "."
		name(l, at+"agent", "what the allergy is to", x.Agent)
		name(l, at+"reaction", "reaction", x.Reaction)
		choose(l, at+"severity", "Select how severe it was", x.Severity, Severities...)
	}
	either(l, "operations", "Enter the operations, or select that there were none", c.NoOperations, len(c.Operations))
	for i, x := range c.Operations {
		at := "operations." + strconv.Itoa(i) + "."
		name(l, at+"what", "operation", x.What)
		l.Need(x.On.Known() || !x.DateKnown, at+"on", "Enter the date of operation %d", i+1)
		line(l, at+"problems", "problems", x.Problems)
	}
}

func either(l *check.List, field, say string, none bool, entries int) {
	l.Need(none != (entries > 0), field, "%s", say)
	l.Need(entries <= MaxEntries, field, "Use no more than %d entries", MaxEntries)
}

// BMI from height and weight, 0 when either is missing.
func (c Clinical) BMI() float64 {
	if c.HeightCM <= 0 || c.WeightKG <= 0 {
		return 0
	}
	m := c.HeightCM / 100
	return c.WeightKG / (m * m)
}

// reviewDrugs raise a look by the safety reviewer: thin the blood, weaken the defence, or empty the stomach slowly.
var reviewDrugs = []string{"warfarin", "apixaban", "rivaroxaban", "edoxaban", "dabigatran", "heparin", "enoxaparin", "dalteparin", "clopidogrel", "ticagrelor", "prasugrel",
	"methotrexate", "azathioprine", "mycophenolate", "ciclosporin", "tacrolimus", "prednisolone", "adalimumab", "etanercept", "infliximab", "rituximab",
	"semaglutide", "liraglutide", "dulaglutide", "tirzepatide", "exenatide"}

// ReviewMedicines are those in the list that a safety reviewer looks at before it goes on.
func (c Clinical) ReviewMedicines() (out []string) {
	for _, m := range c.Medicines {
		for _, d := range reviewDrugs {
			if strings.Contains(strings.ToLower(m.Drug), d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// Unusual are values that are possible and seldom: the form asks once whether they are right, and does not refuse.
func (c Clinical) Unusual() (l check.List) {
	if b := c.BMI(); b != 0 && (b < 15 || b > 60) {
		l.Add("weight_kg", "Height and weight give a body mass index of %.0f. Is that right?", b)
	}
	l.Need(c.HeightCM == 0 || c.HeightCM >= 120 && c.HeightCM <= 210, "height_cm", "The height is %.0f cm. Is that right?", c.HeightCM)
	return l
}
