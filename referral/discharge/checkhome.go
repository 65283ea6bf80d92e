package discharge

import (
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/plain"
	"carecorridor/internal/when"
)

func (p Package) medicines(f *finder, _ when.Date) {
	f.need(p.NoMedicines != (len(p.Medicines) > 0), "medicines", "enter the medicines, or that there are none, and not both")
	for i, x := range p.Medicines {
		at := "medicines." + strconv.Itoa(i) + "."
		f.given(at, "drug", x.Drug)
		f.need(slices.Contains([]string{"continued", "started", "changed", "stopped"}, x.Change), at+"change", "say whether medicine %d was continued, started, changed or stopped", i+1)
		f.need(x.Change == "continued" || !empty(x.Why), at+"why", "say why medicine %d was started, changed or stopped", i+1)
		if x.Change == "stopped" {
			continue
		}
		f.given(at, "dose", x.Dose, "route", x.Route, "frequency", x.Frequency, "form", x.Form, "duration", x.Duration, "indication", x.Indication)
		f.need(!empty(x.UKEquivalent), at+"uk_equivalent", "enter what medicine %d is called in the United Kingdom, or none", i+1)
	}
}

// courseDays after the discharge is as long as a course of antibiotics may go on.
const courseDays = 365

func (p Package) antibiotics(f *finder, _ when.Date) {
	f.need(p.NoAntibiot != (len(p.Antibiotics) > 0), "antibiotics", "enter the antibiotics, or that none were given")
	for i, x := range p.Antibiotics {
		at := "antibiotics." + strconv.Itoa(i) + "."
		f.given(at, "agent", x.Agent, "indication", x.Indication, "culture", x.Culture)
		f.need(x.From.Known() && x.To.Known() && !x.To.Before(x.From), at+"from", "enter the first and last day of antibiotic %d", i+1)
		out := p.Stay.Discharged
		f.need(!out.Known() || !x.From.Known() || !out.Before(x.From), at+"from", "antibiotic %d was given in the stay, so it began before the discharge", i+1)
		f.need(!out.Known() || !x.To.Known() || !out.AddDays(courseDays).Before(x.To), at+"to", "the last day of antibiotic %d is more than a year after the discharge", i+1)
	}
}

func (p Package) allergies(f *finder, _ when.Date) {
	f.need(p.NoAllergies != (len(p.Allergies) > 0), "allergies", "enter the allergies, or that none are known")
	for i, x := range p.Allergies {
		f.given("allergies."+strconv.Itoa(i)+".", "agent", x.Agent, "reaction", x.Reaction)
	}
}

func (p Package) blood(f *finder, _ when.Date) {
	f.need(p.Transfused != Unanswered, "transfused", "say whether blood, blood products or donated tissue were used")
	used := !empty(p.Products) && !none(p.Products) || !empty(p.TissueDonor) && !none(p.TissueDonor)
	f.need(p.Transfused != Yes || used, "products", "enter the products and their numbers")
	f.need(p.Transfused != No || !used, "transfused", "products or tissue are entered, so some were used")
}

func (p Package) wound(f *finder, _ when.Date) {
	w := p.Wound
	f.given("wound.", "state", w.State)
	f.need(!empty(w.Remains), "wound.remains", "say which drains and sutures remain, or nothing")
	if none(w.Remains) || empty(w.Remains) {
		return
	}
	f.need(w.RemoveOn.Known(), "wound.remove_on", "enter when what remains is removed")
	f.need(!w.RemoveOn.Known() || !w.RemoveOn.Before(p.Stay.Discharged), "wound.remove_on", "what remains at the discharge is removed on that day or later")
	f.need(!empty(w.Remover), "wound.remover", "enter who removes it")
}

// none reports whether words say that there is nothing.
func none(s string) bool {
	return slices.Contains([]string{"none", "nothing", "no"}, strings.ToLower(strings.TrimSpace(s)))
}

func (p Package) clots(f *finder, _ when.Date) {
	if p.NothingDone || !p.surgery() {
		return
	}
	f.given("clots.", "plan", p.Clots.Plan)
	f.need(!empty(p.Clots.Anticoagulant), "clots.anticoagulant", "enter the anticoagulant, or none")
	thinned := !empty(p.Clots.Anticoagulant) && !none(p.Clots.Anticoagulant)
	listed := len(p.Medicines) > 0 || p.NoMedicines // else item 8 asks for them
	f.need(!thinned || !listed || p.takes(p.Clots.Anticoagulant), "clots.anticoagulant", "enter the anticoagulant among the medicines too, so that nobody who reads them misses it")
	f.need(!thinned || p.Clots.StopOn.Known() || p.Clots.LongTerm, "clots.stop_on", "enter the day the anticoagulant stops, or that it is long-term")
}

// takes reports whether a drug of some words is among the medicines that go on.
func (p Package) takes(words string) bool {
	said := bare(words)
	return slices.ContainsFunc(p.Medicines, func(m Medicine) bool {
		for w := range strings.FieldsSeq(plain.Name(m.Drug)) {
			if w = bare(w); len(w) > 3 && strings.Contains(said, w) {
				return m.Change != "stopped"
			}
		}
		return false
	})
}

func (p Package) flight(f *finder, _ when.Date) {
	f.need(p.Flight.Earliest.Known(), "flight.earliest", "enter the first day the patient may fly")
	days, known := Strictest(p.Keyhole, p.Family, p.Known.Family)
	if at := p.lastProcedure(); known && at.Known() && p.Flight.Earliest.Known() {
		least := at.AddDays(days)
		f.need(!p.Flight.Earliest.Before(least), "flight.earliest", "after this kind of procedure the first flight is on %s or later", least.Long())
	}
	f.need(!p.Flight.Earliest.Known() || !p.Flight.Earliest.Before(p.Stay.Discharged), "flight.earliest", "the first flight cannot be before the discharge")
	f.given("flight.", "conditions", p.Flight.Conditions)
	f.need(p.Flight.AirForm != Unanswered, "flight.medif", "say whether the airline's medical form is needed")
}

func (p Package) lastProcedure() (last when.Date) {
	for _, x := range p.Procedures {
		if !last.Known() || last.Before(x.On) {
			last = x.On
		}
	}
	return last
}

func (p Package) followUps(f *finder, _ when.Date) {
	f.need(len(p.FollowUps) > 0, "follow_ups", "enter each test and visit by name and day")
	for i, x := range p.FollowUps {
		at := "follow_ups." + strconv.Itoa(i) + "."
		f.given(at, "what", x.What, "ordered by", x.OrderedBy, "paid by", x.PaidBy)
		f.need(!vague(x.What), at+"what", "name the tests of follow-up %d: %q alone does not say which", i+1, strings.TrimSpace(x.What))
		f.need(x.On.Known(), at+"on", "enter the day of follow-up %d", i+1)
		f.need(!x.On.Known() || !x.On.Before(p.Stay.Discharged), at+"on", "follow-up %d cannot be before the discharge", i+1)
	}
}

func (p Package) redFlags(f *finder, _ when.Date) {
	f.given("red_flags.", "signs", p.RedFlags.Signs, "phone", p.RedFlags.Phone)
	f.need(!empty(p.RedFlags.Do), "red_flags.do", "enter what to do about the signs")
	f.need(empty(p.RedFlags.Phone) || digits(p.RedFlags.Phone) >= 3, "red_flags.phone", "enter a phone number for an emergency")
}

func (p Package) copies(f *finder, _ when.Date) {
	f.need(p.Copies.OperationNote != "" || p.NothingDone, "copies.operation_note", "add the operation note")
	for _, c := range []struct{ field, name, hash string }{{"operation_note", "operation note", p.Copies.OperationNote}, {"lab", "laboratory results", p.Copies.Lab}, {"imaging", "imaging", p.Copies.Imaging},
		{"consent_form", "signed consent form", p.Copies.ConsentForm}, {"final_bill", "final bill", p.Copies.FinalBill}} {
		f.document("copies."+c.field, c.name, c.hash, p.Known)
	}
}

// document: a copy is one of this hospital's own documents, scanned and safe.
func (f *finder) document(field, name, hash string, k Known) {
	f.need(hash == "" || slices.Contains(k.Documents, hash), field, "the %s must be one of your hospital's documents that was scanned and is safe. Add it, or wait for the scan", name)
}

// MissingCopies are documents that should be there and do not stop the package.
func (p Package) MissingCopies() (out []string) {
	for _, c := range []struct{ name, hash string }{{"laboratory results", p.Copies.Lab}, {"imaging", p.Copies.Imaging},
		{"signed consent form", p.Copies.ConsentForm}, {"final bill", p.Copies.FinalBill}} {
		if c.hash == "" {
			out = append(out, c.name)
		}
	}
	return out
}

func (p Package) language(f *finder, _ when.Date) {
	f.need(p.Language == "en", "language", "write the package in English")
	for _, n := range p.Translated {
		f.need(n < 8 || n > 15, "machine_translated", "item %d may not be translated by a machine: write it in English or have a person translate it", n)
	}
}

func (p Package) patientCopy(f *finder, _ when.Date) {
	f.need(p.CopyGiven, "copy_given", "give the patient a copy")
	f.need(p.CopySigned, "copy_signed", "ask the patient to sign for the copy")
}

// holds reports whether slug is word, or has it as a whole part.
func holds(slug, word string) bool {
	return strings.Contains("-"+slug+"-", "-"+word+"-")
}
