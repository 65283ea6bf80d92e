package handlers

import (
	"slices"
	"strings"

	"carecorridor/referral/discharge"
	"carecorridor/views/ui"
)

// packField is one field of a discharge package, by its path in it: "stay.ward", in a list "drug".
type packField struct {
	path, label, hint string
	kind              packKind
	options           []ui.Option
}

// packKind is how a field is asked for and kept.
type packKind int

// Kinds of field.
const (
	packLine  packKind = iota
	packArea           // words on more than one line
	packDate           // three inputs
	packTick           // true or false
	packOne            // one of the options
	packWords          // a list, a line each
	packMany           // some of the options
	packNums           // numbers, as in "12, 15"
	packCopy           // hash of one of the hospital's documents
)

// packList is entries of the same kind. None is the tick that says that there are none.
type packList struct {
	path, legend, one, none, noneLabel, hint string
	fields                                   []packField
}

// packPage is a page of the editor with the items of the validator that it answers (domain.md §5.2).
type packPage struct {
	slug, title string
	items       []int
	fields      []packField
	lists       []packList
	after       []packField // under the lists
}

var (
	packYesNo   = []ui.Option{{Text: "Select"}, {Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}}
	packMRIs    = []ui.Option{{Text: "Select"}, {Value: "safe", Text: "Safe"}, {Value: "conditional", Text: "With conditions"}, {Value: "unsafe", Text: "Not safe"}, {Value: "unknown", Text: "Not known"}}
	packSides   = []ui.Option{{Text: "Not paired"}, {Value: "left", Text: "Left"}, {Value: "right", Text: "Right"}, {Value: "both", Text: "Both"}}
	packChanges = []ui.Option{{Text: "Select"}, {Value: "continued", Text: "Continued"}, {Value: "started", Text: "Started"}, {Value: "changed", Text: "Changed"}, {Value: "stopped", Text: "Stopped"}}
	packUnits   = []ui.Option{{Value: "icu", Text: "Intensive care"}, {Value: "ward", Text: "Ward"}, {Value: "theatre", Text: "Operating theatre"}, {Value: "dialysis", Text: "Dialysis"}, {Value: "day_case", Text: "Day case"}}
)

// packPages are the editor's pages in order.
var packPages = []packPage{
	{slug: "stay", title: "Patient, stay and clinician", items: []int{1, 2, 3}, fields: []packField{
		{path: "identity.name", label: "Patient’s name", hint: "As your hospital wrote it. Name, birth date and number must match the referral in 2 of 3."},
		{path: "identity.born", label: "Date of birth", kind: packDate}, {path: "identity.number", label: "Passport or NHS number"},
		{path: "stay.admitted", label: "Admission", kind: packDate}, {path: "stay.discharged", label: "Discharge", kind: packDate}, {path: "stay.ward", label: "Ward or unit"}, {path: "stay.destination", label: "Destination", hint: "For example hotel, home, another hospital."},
		{path: "clinician.name", label: "Responsible clinician", hint: "Name, council and number as they were checked: on your listing, or of a colleague who signs here."}, {path: "clinician.council", label: "Council"}, {path: "clinician.number", label: "Registration number"},
		{path: "clinician.phone", label: "Phone, 24 hours a day"}, {path: "clinician.email", label: "Email address"}}},
	{slug: "treatment", title: "Diagnoses, procedures, implants", items: []int{4, 5, 6}, fields: []packField{
		{path: "family", label: "Kind of procedure", kind: packOne, options: familyOptions()}, {path: "keyhole", label: "The whole operation was by keyhole", kind: packTick},
		{path: "nothing_done", label: "The treatment did not take place", kind: packTick}, {path: "why_nothing_done", label: "Why it did not take place", hint: "Leave empty if it did.", kind: packArea}},
		lists: []packList{
			{path: "diagnoses", legend: "Final diagnoses", one: "diagnosis", fields: []packField{{path: "text", label: "Diagnosis"}, {path: "system", label: "Code system", hint: "For example SNOMED CT, ICD-10. Optional."}, {path: "code", label: "Code"}}},
			{path: "procedures", legend: "Procedures", one: "procedure", hint: "Leave empty if the treatment did not take place: tick that above and say why.", fields: []packField{{path: "name.text", label: "Procedure"}, {path: "paired", label: "Of an organ or limb that there are two of", kind: packTick},
				{path: "side", label: "Side", kind: packOne, options: packSides}, {path: "on", label: "Day", kind: packDate}, {path: "surgeon", label: "Surgeon"}, {path: "anaesthesia", label: "Anaesthetic"}, {path: "findings", label: "Findings", kind: packArea},
				{path: "complications", label: "Complications", hint: "Write none if there were none."}}},
			{path: "implants", legend: "Implants and devices", one: "implant", fields: []packField{{path: "maker", label: "Maker"}, {path: "model", label: "Model"}, {path: "lot", label: "Lot or serial number"}, {path: "udi", label: "Unique device identifier (UDI)"},
				{path: "mri", label: "MRI scanner", kind: packOne, options: packMRIs}, {path: "card", label: "The patient has the implant card", kind: packTick}}},
		}, after: []packField{{path: "implanted", label: "Was anything implanted?", kind: packOne, options: packYesNo}}},
	{slug: "results", title: "Results", items: []int{7}, lists: []packList{{path: "results", legend: "Results", one: "result", none: "no_results", noneLabel: "No test was sent",
		hint:   "A result that is still to come needs the name of who sends it, and by which day.",
		fields: []packField{{path: "name", label: "Test"}, {path: "final", label: "The result is final", kind: packTick}, {path: "words", label: "Result", kind: packArea}, {path: "owner", label: "Who sends it, if it is to come"}, {path: "by", label: "By which day", kind: packDate}}}}},
	{slug: "medicines", title: "Medicines, antibiotics, allergies", items: []int{8, 9, 10}, lists: []packList{
		{path: "medicines", legend: "Medicines at discharge", one: "medicine", none: "no_medicines", noneLabel: "No medicines", fields: []packField{{path: "drug", label: "Generic name"}, {path: "dose", label: "Dose"}, {path: "route", label: "Route"}, {path: "frequency", label: "Frequency"},
			{path: "form", label: "Form"}, {path: "duration", label: "Duration"}, {path: "indication", label: "Indication"}, {path: "change", label: "Change", kind: packOne, options: packChanges}, {path: "why", label: "Why it was started, changed or stopped"},
			{path: "uk_equivalent", label: "Name in the United Kingdom", hint: "Write none if there is none."}}},
		{path: "antibiotics", legend: "Antibiotics that were given", one: "antibiotic", none: "no_antibiotics", noneLabel: "No antibiotics were given", fields: []packField{{path: "agent", label: "Agent"}, {path: "atc", label: "ATC code", hint: "Optional."},
			{path: "from", label: "First day", kind: packDate}, {path: "to", label: "Last day", kind: packDate}, {path: "indication", label: "Indication"}, {path: "culture", label: "Culture", hint: "The result, or not taken."}}},
		{path: "allergies", legend: "Allergies and adverse reactions", one: "allergy", none: "no_known_allergies", noneLabel: "No known allergies", fields: []packField{{path: "agent", label: "To what"}, {path: "reaction", label: "Reaction"}, {path: "new", label: "New in this stay", kind: packTick}}}}},
	{slug: "home", title: "Going home", items: []int{11, 12, 13, 14, 15, 16}, fields: []packField{
		{path: "transfused", label: "Were blood, blood products or donated tissue used?", kind: packOne, options: packYesNo}, {path: "products", label: "Products and numbers"}, {path: "tissue_donor", label: "Where donated tissue was used"},
		{path: "wound.state", label: "State of the wound", kind: packArea}, {path: "wound.remains", label: "Drains and sutures that remain", hint: "Write nothing if nothing remains."}, {path: "wound.remove_on", label: "To be removed on", kind: packDate}, {path: "wound.remover", label: "Who removes them"},
		{path: "clots.plan", label: "Plan against blood clots", kind: packArea}, {path: "clots.anticoagulant", label: "Anticoagulant", hint: "Write none if there is none."}, {path: "clots.stop_on", label: "It stops on", kind: packDate}, {path: "clots.long_term", label: "It is long-term", kind: packTick},
		{path: "flight.earliest", label: "First day the patient may fly", kind: packDate}, {path: "flight.conditions", label: "Conditions for the flight", hint: "Write none if there are none."}, {path: "flight.medif", label: "Is the airline’s medical form needed?", kind: packOne, options: packYesNo},
		{path: "red_flags.signs", label: "Warning signs", kind: packArea}, {path: "red_flags.do", label: "What to do", kind: packArea}, {path: "red_flags.phone", label: "Emergency contact"}},
		lists: []packList{{path: "follow_ups", legend: "Tests and visits at home", one: "follow-up", hint: "Name each test: “bloods” alone does not say which.",
			fields: []packField{{path: "what", label: "Test or visit"}, {path: "on", label: "Day", kind: packDate}, {path: "ordered_by", label: "Who orders it"}, {path: "paid_by", label: "Who pays"}}}}},
	{slug: "infection", title: "Infection control", items: []int{17}, fields: []packField{
		{path: "infection.facility.name", label: "Facility"}, {path: "infection.facility.city", label: "City"}, {path: "infection.facility.country", label: "Country", hint: "Two letters, such as IN."}, {path: "infection.facility.admitted", label: "Admission", kind: packDate},
		{path: "infection.facility.discharged", label: "Discharge", kind: packDate}, {path: "infection.overnight", label: "Did the patient stay a night?", kind: packOne, options: packYesNo}, {path: "infection.units", label: "Units", kind: packMany, options: packUnits},
		{path: "infection.devices", label: "Lines, catheters and tubes", hint: "One on each line.", kind: packWords}, {path: "infection.no_devices", label: "None was used", kind: packTick},
		{path: "infection.tested", label: "Was the patient tested for resistant organisms?", kind: packOne, options: packYesNo}, {path: "infection.isolated", label: "Was the patient isolated?", kind: packOne, options: packYesNo},
		{path: "infection.elsewhere", label: "Was the patient in another hospital in the last 12 months?", kind: packOne, options: packYesNo}},
		lists: []packList{
			{path: "infection.organisms", legend: "Organisms that were found", one: "organism", hint: "Leave empty if none was found. What the laboratory wrote is passed on; nothing is concluded from it here.", fields: []packField{{path: "name.text", label: "Organism"}, {path: "specimen", label: "Specimen"},
				{path: "on", label: "Day", kind: packDate}, {path: "mechanism", label: "Resistance mechanism", hint: "Optional."}, {path: "laboratory", label: "Laboratory"}, {path: "report", label: "Laboratory’s report", kind: packCopy}}},
			{path: "infection.others", legend: "Other hospitals in the last 12 months", one: "hospital", fields: []packField{{path: "name", label: "Name"}, {path: "city", label: "City"}, {path: "country", label: "Country"}, {path: "admitted", label: "From", kind: packDate}, {path: "discharged", label: "To", kind: packDate}}}}},
	{slug: "copies", title: "Copies, language, the patient’s copy", items: []int{18, 19, 20}, fields: []packField{
		{path: "copies.operation_note", label: "Operation note", kind: packCopy}, {path: "copies.lab", label: "Laboratory results", kind: packCopy}, {path: "copies.imaging", label: "Imaging", kind: packCopy},
		{path: "copies.consent_form", label: "Signed consent form", kind: packCopy}, {path: "copies.final_bill", label: "Final bill", kind: packCopy},
		{path: "language", label: "Language of the package", kind: packOne, options: []ui.Option{{Text: "Select"}, {Value: "en", Text: "English"}, {Value: "other", Text: "Another language"}}},
		{path: "machine_translated", label: "Items whose words a machine translated", hint: "Numbers of items, such as 4, 16. Items 8 to 15 may not be.", kind: packNums},
		{path: "copy_given", label: "The patient has a copy", kind: packTick}, {path: "copy_signed", label: "The patient signed for it", kind: packTick}}},
	{slug: "aftercare", title: "Aftercare schedule"},
}

func familyOptions() []ui.Option {
	out := []ui.Option{{Text: "Select"}}
	for _, r := range discharge.FlightRules {
		out = append(out, ui.Option{Value: string(r.Family), Text: r.Title})
	}
	return out
}

func dischargePageOf(slug string) (packPage, bool) {
	i := slices.IndexFunc(packPages, func(p packPage) bool { return p.slug == slug })
	if i < 0 {
		return packPage{}, false
	}
	return packPages[i], true
}

// pageWithField is the page on which a problem of the validator is put right, by the path without the item's number.
func pageWithField(path string, item int) packPage {
	if path == "items" || strings.HasPrefix(path, "items.") {
		p, _ := dischargePageOf("aftercare")
		return p
	}
	for _, p := range packPages {
		holds := func(f packField) bool { return f.path == path }
		if slices.ContainsFunc(p.fields, holds) || slices.ContainsFunc(p.after, holds) || slices.ContainsFunc(p.lists, func(l packList) bool { return l.path == path || strings.HasPrefix(path, l.path+".") || l.none == path }) {
			return p
		}
	}
	i := slices.IndexFunc(packPages, func(p packPage) bool { return slices.Contains(p.items, item) })
	return packPages[max(i, 0)]
}
