package referral

import (
	"fmt"
	"strings"

	"carecorridor/fhir"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
	"carecorridor/referral/record"
)

// sections gathers the headings of a document in their order; what is empty is left out.
type sections []fhir.Words

func (s *sections) add(key string, lines ...string) {
	if lines = filled(lines...); len(lines) > 0 {
		*s = append(*s, fhir.Words{Key: key, Text: strings.Join(lines, "\n")})
	}
}

// said is a line of named parts: "Side: right". Parts without a value are left out; none at all is no line.
func said(parts ...string) string {
	var out []string
	for i := 0; i+1 < len(parts); i += 2 {
		name, value := parts[i], strings.TrimSpace(parts[i+1])
		if value == "" {
			continue
		}
		if name != "" {
			value = name + ": " + value
		}
		out = append(out, value)
	}
	return strings.Join(out, "; ")
}

func dayLong(d when.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Long()
}

// none are words for what was answered with "there is none": never the same as what was not answered (domain.md §3.4).
func none(is bool, words string, lines []string) []string {
	if is && len(lines) == 0 {
		return []string{words}
	}
	return lines
}

// each is a line for each entry.
func each[T any](all []T, line func(T) string) (out []string) {
	for _, one := range all {
		out = append(out, line(one))
	}
	return out
}

// fhirSections are the headings of a patient summary; of a discharged patient those of the package, in the order of domain.md §5.2.
func (v View) fhirSections() []fhir.Words {
	var s sections
	switch {
	case v.Package != nil:
		s.discharged(*v.Package)
	case v.Clinical != nil:
		s.referred(*v.Clinical, v.Safety)
	}
	s.add("opinions", v.opinionLines()...)
	return s
}

func (s *sections) discharged(p discharge.Package) {
	s.add("hospital", said("Admitted", dayLong(p.Stay.Admitted), "Discharged", dayLong(p.Stay.Discharged), "Ward", p.Stay.Ward, "Went to", p.Stay.Destination))
	c := p.Clinician
	s.add("clinician", said("", c.Name, "Council", c.Council, "Number", c.Number, "Telephone at any hour", c.Phone, "Email", c.Email))
	s.add("problems", each(p.Diagnoses, func(d discharge.Coded) string { return codedWords(d.Text, d.System, d.Code) })...)
	s.add("procedures", each(p.Procedures, procedureLine)...)
	s.add("devices", none(p.Implanted == discharge.No, "Nothing was implanted", each(p.Implants, func(i discharge.Implant) string {
		return said("Maker", i.Maker, "Model", i.Model, "Lot or serial number", i.Lot, "UDI", i.UDI, "MRI", i.MRI)
	}))...)
	s.add("results", none(p.NoResults, "No test was sent", each(p.Results, resultLine))...)
	s.add("medicines", none(p.NoMedicines, "No medicines at discharge", each(p.Medicines, func(m discharge.Medicine) string {
		return said("", strings.Join(filled(m.Drug, m.Dose, m.Form, m.Route, m.Frequency), ", "), "For", m.Duration, "Because of", m.Indication, "Change", strings.Join(filled(m.Change, m.Why), ", "), "In the United Kingdom", m.UKEquivalent)
	}))...)
	s.add("antibiotics", none(p.NoAntibiot, "None given", each(p.Antibiotics, func(a discharge.Antibiotic) string {
		return said("", codedWords(a.Agent, "ATC", a.ATC), "From", dayLong(a.From), "To", dayLong(a.To), "Because of", a.Indication, "Culture", a.Culture)
	}))...)
	s.add("allergies", none(p.NoAllergies, "No known allergies", each(p.Allergies, func(a discharge.Allergy) string { return said("", a.Agent, "Reaction", a.Reaction) }))...)
	s.add("transfusion", said("Transfused", string(p.Transfused), "Products", p.Products, "Tissue", p.TissueDonor))
	s.add("wound", said("State", p.Wound.State, "Remains", p.Wound.Remains, "To be removed on", dayLong(p.Wound.RemoveOn), "By", p.Wound.Remover))
	stop := dayLong(p.Clots.StopOn)
	if p.Clots.LongTerm {
		stop = "no stop date: long term"
	}
	s.add("clots", said("Plan", p.Clots.Plan, "Anticoagulant", p.Clots.Anticoagulant, "Until", stop))
	s.add("flight", said("Not before", dayLong(p.Flight.Earliest), "Conditions", p.Flight.Conditions, "Airline’s medical form", string(p.Flight.AirForm)))
	s.add("plan", each(p.FollowUps, func(f discharge.FollowUp) string {
		return said("", f.What, "On", dayLong(f.On), "Ordered by", f.OrderedBy, "Paid by", f.PaidBy)
	})...)
	s.add("signs", p.RedFlags.Signs, said("What to do", p.RedFlags.Do, "Telephone", p.RedFlags.Phone))
	s.add("infection", infectionLines(p.Infection)...)
}

func codedWords(text, system, code string) string {
	if code == "" {
		return text
	}
	return text + " (" + strings.TrimSpace(system+" "+code) + ")"
}

func procedureLine(x discharge.Procedure) string {
	return said("", codedWords(x.Name.Text, x.Name.System, x.Name.Code), "Side", x.Side, "On", dayLong(x.On), "Surgeon", x.Surgeon, "Anaesthesia", x.Anaesthesia, "Findings", x.Findings, "Complications", x.Complications)
}

// resultLine: a result that is not there yet must not read like one.
func resultLine(r discharge.Result) string {
	if r.Final {
		return said(r.Name, r.Words)
	}
	return r.Name + ": PENDING, no result yet; " + said("", r.Words, "Will be sent by", r.Owner, "Until", dayLong(r.By))
}

func infectionLines(i discharge.Infection) []string {
	place := func(f discharge.Facility) string {
		return said("", strings.Join(filled(f.Name, f.City, f.Country), ", "), "From", dayLong(f.Admitted), "To", dayLong(f.Discharged))
	}
	lines := []string{said("A night or more in hospital", string(i.Night), "Where", place(i.Facility)), said("Units", worded(strings.Join(i.Units, ", ")), "Lines and catheters", strings.Join(none(i.NoDevices, "none used", i.Devices), ", ")),
		said("Tested for resistant organisms", string(i.Tested), "Isolated", string(i.Isolated), "Stayed elsewhere abroad in 12 months", string(i.Elsewhere))}
	for _, o := range i.Organisms {
		lines = append(lines, said("Found", codedWords(o.Name.Text, o.Name.System, o.Name.Code), "Specimen", o.Specimen, "On", dayLong(o.On), "Mechanism", o.Mechanism, "Laboratory", o.Laboratory))
	}
	return append(lines, each(i.Others, func(f discharge.Facility) string { return said("Also stayed at", place(f)) })...)
}

func (s *sections) referred(c record.Clinical, safety *record.Safety) {
	s.add("reason", c.Problem, c.Question)
	s.add("problems", append([]string{said("", codedWords(c.Condition.Text, c.Condition.System, c.Condition.Code), "Diagnosis", worded(string(c.Diagnosis)), "History", c.History)},
		none(c.NoConditions, "No other conditions known", each(c.Conditions, func(x record.Code) string { return codedWords(x.Text, x.System, x.Code) }))...)...)
	s.add("examination", c.Examination)
	s.add("results", c.Investigations)
	s.add("past", none(c.NoOperations, "No operations before", each(c.Operations, func(o record.Operation) string {
		return said("", o.What, "On", dayLong(o.On), "Anaesthetic", o.Problems)
	}))...)
	s.add("medicines", none(c.NoMedicines, "None taken", each(c.Medicines, func(m record.Medicine) string {
		return said("", strings.Join(filled(m.Drug, m.Dose, m.Route, m.Frequency), ", "), "Because of", m.Reason)
	}))...)
	s.add("allergies", none(c.NoAllergies, "No known allergies", each(c.Allergies, func(a record.Allergy) string {
		return said("", a.Agent, "Reaction", a.Reaction, "Severity", a.Severity)
	}))...)
	s.add("social", said("Smoking", worded(c.Smoking), "Alcohol", worded(c.Alcohol), "At home", c.Living))
	if safety == nil {
		return
	}
	answer := func(a record.Answer) string { return strings.Join(filled(worded(string(a.Is)), a.Words), ", ") }
	s.add("safety", said("Blood clots", answer(safety.Clots)), said("Anticoagulants", answer(safety.Anticoagulants)), said("MRSA", worded(string(safety.MRSA)), "CPE", worded(string(safety.CPE)), "Candidozyma auris", worded(string(safety.CAuris)), "Blood-borne virus", worded(string(safety.BloodBorne))),
		said("A night in a healthcare facility abroad in 12 months", answer(safety.Abroad)), said("Problems with anaesthetics", answer(safety.Anaesthetic)))
}

// opinionLines are what hospitals answered, with the total of the quote.
func (v View) opinionLines() (out []string) {
	for _, h := range v.Hospitals {
		for _, o := range h.Offers {
			total := ""
			if o.Quote != nil {
				total = fmt.Sprint(o.Quote.Total())
			}
			out = append(out, said(h.Listed.Name, o.Text, "By", o.ByName, "On", moment(o.At), "Total of the quote", total))
		}
	}
	return out
}
