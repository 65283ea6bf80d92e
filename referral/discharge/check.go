package discharge

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
)

// Item is one of the 20 things a package has (domain.md §5.2).
type Item struct {
	Number   int
	Title    string
	Required string // "always", or when
}

// Items are all 20, in order.
var Items = []Item{
	{1, "identity", "always"}, {2, "dates, ward and destination", "always"}, {3, "responsible clinician", "always"}, {4, "diagnoses", "always"},
	{5, "procedures", "always"}, {6, "implants and devices", "if there are any"}, {7, "results", "always"}, {8, "medicines", "always"},
	{9, "antibiotics", "always"}, {10, "allergies", "always"}, {11, "blood and tissue", "if there was any"}, {12, "wound", "always"},
	{13, "blood clots", "after an operation"}, {14, "fitness to fly", "always"}, {15, "follow-up", "always"}, {16, "warning signs", "always"},
	{17, "infection control", "always"}, {18, "copies", "the operation note"}, {19, "language", "always"}, {20, "the patient's copy", "always"},
}

// finder collects the problems of one item after another.
type finder struct {
	l    check.List
	item Item
}

// need notes a problem of the present item. Its field is the item's number and the name in the package.
func (f *finder) need(ok bool, field, format string, args ...any) {
	f.l.Need(ok, strconv.Itoa(f.item.Number)+"."+field, "Item %d, %s: %s", f.item.Number, f.item.Title, fmt.Sprintf(format, args...))
}

// given notes which of several words are missing.
func (f *finder) given(where string, named ...string) {
	for i := 0; i+1 < len(named); i += 2 {
		f.need(!empty(named[i+1]), where+strings.ReplaceAll(named[i], " ", "_"), "enter the %s", named[i])
	}
}

// Check a package on the day it is sent. Nothing goes home while a required item is missing: each problem names its
// item. Fields are "9.antibiotics", "8.medicines.0.dose" and so on.
func (p Package) Check(today when.Date) check.List {
	f := &finder{}
	for i, look := range []func(*finder, when.Date){
		p.identity, p.stay, p.clinician, p.diagnoses, p.procedures, p.implants, p.results, p.medicines, p.antibiotics, p.allergies,
		p.blood, p.wound, p.clots, p.flight, p.followUps, p.redFlags, p.infection, p.copies, p.language, p.patientCopy,
	} {
		f.item = Items[i]
		look(f, today)
	}
	return f.l
}

// Match compares who was treated with who was referred. Letter case, spaces and hyphens do not matter.
func Match(got, referred Identity) Matches {
	return Matches{
		Name:   bare(got.Name) != "" && bare(got.Name) == bare(referred.Name),
		Born:   got.Born.Known() && got.Born == referred.Born,
		Number: bare(got.Number) != "" && bare(got.Number) == bare(referred.Number),
	}
}

// Enough reports whether two of the three match; if not, the wrong patient may be meant and the referral is held.
func (m Matches) Enough() bool {
	n := 0
	for _, ok := range []bool{m.Name, m.Born, m.Number} {
		if ok {
			n++
		}
	}
	return n >= 2
}

// OfAnother reports whether a package names somebody who is not the referral's patient: at least two of name, birth date
// and number are given, and fewer than two match. With less it is not filled in yet.
func (p Package) OfAnother() bool {
	given := 0
	for _, there := range []bool{bare(p.Identity.Name) != "", p.Identity.Born.Known(), bare(p.Identity.Number) != ""} {
		if there {
			given++
		}
	}
	return given >= 2 && !p.Matches.Enough()
}

func (p Package) identity(f *finder, _ when.Date) {
	f.need(p.Matches.Enough(), "identity", "name, birth date and number must match the referral in at least 2 of 3")
}

func (p Package) stay(f *finder, today when.Date) {
	s := p.Stay
	f.need(s.Admitted.Known(), "admitted", "enter the day of admission")
	f.need(s.Discharged.Known(), "discharged", "enter the day of discharge")
	f.need(!s.Discharged.Known() || !s.Discharged.Before(s.Admitted), "discharged", "the discharge cannot be before the admission")
	f.need(!today.AddDays(1).Before(s.Discharged), "discharged", "the discharge cannot be in the future") // India's day may be ahead of ours
	if in := p.Known.Admitted; in.Known() && s.Admitted.Known() {                                         // a day either side: of midnight, and of the two countries
		near := !s.Admitted.Before(in.AddDays(-1)) && !in.AddDays(1).Before(s.Admitted)
		f.need(near, "admitted", "the admission was recorded on %s: enter that day", in.Long())
	}
	for i, x := range p.Procedures {
		inside := !x.On.Known() || !x.On.Before(s.Admitted) && !(s.Discharged.Known() && s.Discharged.Before(x.On))
		f.need(inside, "procedures."+strconv.Itoa(i)+".on", "the day of procedure %d must be between admission and discharge", i+1)
	}
	f.given("", "ward", s.Ward, "destination", s.Destination)
}

func (p Package) clinician(f *finder, _ when.Date) {
	c := p.Clinician
	f.given("clinician.", "name", c.Name, "council", c.Council, "number", c.Number, "phone", c.Phone, "email", c.Email)
	f.need(empty(c.Phone) || callable(c.Phone), "clinician.phone", "enter a phone number that is answered 24 hours a day, such as +91 44 0000 0000")
	f.need(empty(c.Email) || mailable(c.Email), "clinician.email", "enter an email address, such as ward@hospital.example")
	f.need(c.Checked, "clinician.number", "the registration of the clinician has not been checked")
	named := empty(c.Name) || empty(c.Council) || empty(c.Number)
	f.need(!c.Checked || named || p.Known.Has(Registered{c.Name, c.Council, c.Number}), "clinician.name",
		"name, council and number must be those of a clinician whose registration was checked%s", p.Known.Such())
}

func (p Package) diagnoses(f *finder, _ when.Date) {
	ok := slices.ContainsFunc(p.Diagnoses, func(d Coded) bool { return !empty(d.Text) })
	f.need(ok, "diagnoses", "enter at least 1 final diagnosis")
}

// twins are organs and limbs that there are two of, in words of procedures.
var twins = regexp.MustCompile(`(?i)\b(tkr|thr|tka|tha|tsr|uka|ukr|phaco\w*|iol|lasik|knees?|hips?|shoulders?|elbows?|wrists?|ankles?|hands?|foot|feet|legs?|arms?|thighs?|eyes?|cataracts?|corneal?|retinal?|ears?|cochlear|kidneys?|renal|nephrectomy|` +
	`ureter\w*|lungs?|lobectomy|breasts?|mastectomy|ovar\w+|testic\w+|testis|orchid\w+|inguinal|carpal|rotator|acl|menisc\w+|femor\w+|tibia\w*|humer\w+|radius|carotid|varicose)\b`)

// twinFamilies are always of one of two, whatever the words.
var twinFamilies = []Family{Joint, Cataract}

// sides of a paired organ.
var sides = []string{"left", "right", "both"}

func (p Package) procedures(f *finder, _ when.Date) {
	f.need(p.NothingDone != (len(p.Procedures) > 0), "procedures", "enter what was done, or that nothing was done and why, and not both")
	f.need(!p.NothingDone || !empty(p.WhyNothing), "why_nothing_done", "say why nothing was done")
	f.need(!p.NothingDone || p.Known.NotTreated, "nothing_done", "the treatment was recorded as done: enter it")
	for i, x := range p.Procedures {
		at := "procedures." + strconv.Itoa(i) + "."
		f.given(at, "name", x.Name.Text, "surgeon", x.Surgeon, "anaesthesia", x.Anaesthesia, "findings", x.Findings, "complications", x.Complications)
		f.need(x.On.Known(), at+"on", "enter the day of procedure %d", i+1)
		paired := x.Paired || twins.MatchString(x.Name.Text)
		f.need(!paired || slices.Contains(sides, x.Side), at+"side", "select the side of procedure %d: left, right or both", i+1)
	}
	_, known := RuleOf(p.Family)
	f.need(known, "family", "select the kind of procedure")
	sided := slices.ContainsFunc(p.Procedures, func(x Procedure) bool { return slices.Contains(sides, x.Side) })
	f.need(!slices.Contains(twinFamilies, p.Family) || len(p.Procedures) == 0 || sided, "procedures.0.side", "select the side of procedure 1: left, right or both")
}

func (p Package) implants(f *finder, _ when.Date) {
	f.need(p.Implanted != Unanswered, "implanted", "say whether anything was implanted")
	f.need(p.Implanted != Yes || len(p.Implants) > 0, "implants", "enter what was implanted")
	f.need(p.Implanted != No || len(p.Implants) == 0, "implanted", "implants are entered, so something was implanted")
	f.need(p.Implanted != No || p.Family != Joint || p.NothingDone, "implanted", "a joint that is replaced is an implant: enter it, or select another kind of procedure")
	f.need(p.Implanted != Yes || !p.NothingDone, "implanted", "nothing was done, so nothing was implanted")
	for i, x := range p.Implants {
		at := "implants." + strconv.Itoa(i) + "."
		f.given(at, "maker", x.Maker, "model", x.Model, "lot", x.Lot, "udi", x.UDI)
		f.need(slices.Contains([]string{"safe", "conditional", "unsafe", "unknown"}, x.MRI), at+"mri", "say whether implant %d may go into an MRI scanner", i+1)
		f.need(x.Card, at+"card", "give the patient the card of implant %d", i+1)
	}
}

func (p Package) results(f *finder, _ when.Date) {
	f.need(p.NoResults != (len(p.Results) > 0), "results", "enter the results, or that no test was sent, and not both")
	for i, x := range p.Results {
		at := "results." + strconv.Itoa(i) + "."
		f.given(at, "name", x.Name)
		if x.Final {
			f.given(at, "words", x.Words)
			continue
		}
		f.need(!empty(x.Owner) && x.By.Known(), at+"owner", "enter who sends result %d and by which day", i+1)
	}
}
