package listing

import (
	"slices"

	"carecorridor/catalogue/pricelist"
)

// FieldKind says how a field is written and checked.
type FieldKind string

// Kinds of fields.
const (
	Line     FieldKind = "line"     // one line of text
	Text     FieldKind = "text"     // several lines
	Lines    FieldKind = "lines"    // one thing a line
	Choice   FieldKind = "choice"   // one of Options
	Pounds   FieldKind = "pounds"   // "5450" or "5450.50"
	Rupees   FieldKind = "rupees"   // "526750"
	Day      FieldKind = "day"      // "2026-12-31"
	Whole    FieldKind = "whole"    // a whole number, Least..Most
	Web      FieldKind = "web"      // https address
	Phone    FieldKind = "phone"    // with country code
	File     FieldKind = "file"     // id of an uploaded file
	Flag     FieldKind = "flag"     // "yes" or ""
	Term     FieldKind = "term"     // slug of a treatment or specialty
	Standard FieldKind = "standard" // "yes", "no" (not needed), "on top: £210 per night" or ""
)

// Option is one answer of a Choice.
type Option struct{ Value, Text string }

// Field is one value of a section or of each of its entries.
type Field struct {
	Name, Label string
	Hint        string
	Kind        FieldKind
	Least, Most int // characters of a text (default 200), or limits of a whole number
	Options     []Option
	Needed      bool // to be sent for checking
	Trivial     bool // goes live without a check (ux.md §6.14)
}

// Section is one page of the editor.
type Section struct {
	Name, Title string
	Entries     string // what one entry is called ("package"); "" when the section is one form
	Fixed       bool   // entries are the ones of Known, none can be made
	Known       []Option
	Fields      []Field
	Checks      []Check // the checklist of its checks
	SecondNew   string  // why a second person checks a new entry, "" when one is enough
	SecondAny   string  // why a second person checks every change
	Most        int     // entries at most
}

// Removed is the field of every entry that takes it away: "yes" removes it.
const Removed = "removed"

var yesNo = []Option{{"yes", "Yes"}, {"no", "No"}}

var claimChecks = []Check{{"source", "The hospital says it in writing on its own page or letter"}, {"plain", "The words promise nothing that cannot be shown"}}

// thisYear as the Most of a field is the year that runs.
const thisYear = 9999

// Sections are the whole listing, in the order of the editor's menu.
var Sections = []Section{
	{Name: "about", Title: "Hospital details", Fields: []Field{
		{Name: "name", Label: "Name", Kind: Line, Needed: true, Most: 200, Hint: "As on the certificate or register"},
		{Name: "phone", Label: "Telephone", Kind: Phone, Trivial: true, Most: 30, Hint: "With the country code, such as +91 44 5550 0123"},
		{Name: "website", Label: "Website", Kind: Web, Most: 300},
		{Name: "address", Label: "Street address", Kind: Line, Most: 300},
		{Name: "postcode", Label: "PIN code", Kind: Line, Most: 6, Hint: "6 digits"},
		{Name: "beds", Label: "Beds", Kind: Whole, Least: 1, Most: 10000},
		{Name: "year_established", Label: "Opened", Kind: Whole, Least: 1600, Most: thisYear},
		{Name: "note", Label: "About the hospital", Kind: Text, Most: 1000},
		{Name: "emergency", Label: "Telephone for emergencies of patients", Kind: Phone, Trivial: true, Most: 30},
		{Name: "complaints", Label: "Who to complain to", Kind: Line, Most: 200, Hint: "The post and how to reach it, not a person’s own number"},
	}, Checks: []Check{{"register", "It agrees with the register or the hospital’s own page"}}},
	{Name: "specialty", Title: "Specialties", Entries: "specialty", Most: 60, Fields: []Field{{Name: "listed", Label: "Listed", Kind: Flag}},
		Checks: []Check{{"page", "The hospital’s own page lists it"}}},
	{Name: "procedure", Title: "Treatments", Entries: "treatment", Most: 500, Fields: []Field{{Name: "listed", Label: "Offered", Kind: Flag}},
		Checks: []Check{{"page", "The hospital’s own page lists it"}, {"allowed", "It is not a treatment that we exclude"}}},
	packages,
	certificates,
	clinicians,
	measures,
	{Name: "aftercare", Title: "Aftercare", Entries: "promise", Fixed: true, Known: []Option{
		{"contact", "Who patients call after they go home, and how soon they answer"}, {"discharge_letter", "Discharge letter for the GP"},
		{"complication_policy", "If there is a complication"}, {"uk_follow_up", "Follow-up in the UK"}, {"video_calls", "Video calls after going home"},
		{"records", "Copies of scans and records"}, {"implant_card", "Implant card"},
	}, Fields: []Field{{Name: "promise", Label: "What you promise", Kind: Text, Most: 500}, {Name: "note", Label: "Conditions", Kind: Line, Most: 300}},
		Checks: claimChecks},
	{Name: "language", Title: "Languages", Entries: "language", Most: 60, Fields: []Field{{Name: "listed", Label: "Spoken", Kind: Flag}},
		Checks: []Check{{"page", "The hospital says who speaks it and when"}}},
	{Name: "service", Title: "Services", Entries: "service", Fixed: true, Known: []Option{
		{"airport_pickup", "Airport pick-up"}, {"interpreters", "Interpreters"}, {"visa_invitation_letter", "Visa invitation letter"},
		{"international_patient_desk", "Desk for patients from abroad"}, {"telemedicine", "Video consultation"},
		{"record_review_before_travel", "Review of records before travel"}, {"companion_stay", "Room for a companion"},
		{"accommodation_help", "Help with a place to stay"}, {"travel_planning_help", "Help with travel plans"}, {"frro_registration_help", "Help with registration as a foreigner"},
	}, Fields: []Field{{Name: "offered", Label: "Offered", Kind: Choice, Options: yesNo}, {Name: "note", Label: "Conditions", Kind: Line, Most: 300}},
		Checks: claimChecks},
	{Name: "amr", Title: "Infection and antibiotics", Entries: "statement", Fixed: true, Known: []Option{
		{"stewardship_programme", "Antimicrobial stewardship programme"}, {"screening_on_admission", "Screening for resistant bacteria on admission"},
	}, Fields: []Field{{Name: "value", Label: "What you do", Kind: Line, Most: 300}, {Name: "note", Label: "Details", Kind: Line, Most: 300}}, Checks: claimChecks},
	{Name: "photo", Title: "Photos", Entries: "photo", Most: 12, Fields: []Field{
		{Name: "file", Label: "Photo", Kind: File, Needed: true},
		{Name: "alt", Label: "What the photo shows, for people who cannot see it", Kind: Line, Needed: true, Trivial: true, Most: 200},
		{Name: "taken", Label: "Year it was taken", Kind: Whole, Least: 1950, Most: thisYear},
	}, Checks: []Check{{"place", "It shows this hospital"}, {"people", "Nobody can be known by it who did not agree"}, {"alt", "The words say what it shows"}}},
}

var packages = Section{Name: "package", Title: "Packages and prices", Entries: "package", Most: 10000, Fields: slices.Concat([]Field{
	{Name: pricelist.FieldProcedure, Label: "Treatment", Kind: Term, Needed: true},
	{Name: pricelist.FieldName, Label: "Name of the package", Kind: Line, Needed: true, Most: pricelist.MaxName},
	{Name: pricelist.FieldRoom, Label: "Room", Kind: Choice, Options: same(pricelist.Rooms)},
	{Name: pricelist.FieldGBP, Label: "Full price, £", Kind: Pounds},
	{Name: pricelist.FieldINR, Label: "Full price, ₹", Kind: Rupees},
	{Name: pricelist.FieldFrom, Label: "Valid from", Kind: Day},
	{Name: pricelist.FieldTo, Label: "Valid until", Kind: Day, Needed: true},
	{Name: pricelist.FieldNights, Label: "Nights in hospital", Kind: Whole, Least: 0, Most: pricelist.MaxNights},
	{Name: pricelist.FieldDays, Label: "Days in India", Kind: Whole, Least: 1, Most: pricelist.MaxDays},
	{Name: pricelist.FieldImplant, Label: "Implant", Kind: Line, Most: pricelist.MaxWords, Hint: "Maker and model"},
	{Name: pricelist.FieldAssessedAt, Label: "Where the assessment before surgery is", Kind: Line, Most: pricelist.MaxWords},
	{Name: pricelist.FieldAssessedWhen, Label: "When the assessment before surgery is", Kind: Line, Most: pricelist.MaxWords},
}, standardFields(), []Field{
	{Name: pricelist.FieldAlso, Label: "Also included", Kind: Lines, Most: 4000, Hint: "One thing a line"},
	{Name: pricelist.FieldLeavesOut, Label: "Not included", Kind: Lines, Most: 4000, Hint: "One thing a line"},
	{Name: pricelist.FieldOnTop, Label: "May come on top", Kind: Lines, Most: 4000, Hint: "One thing a line, with its price: Intensive care: £210 per night"},
}), Checks: []Check{{"letter", "The hospital’s price list, letter or own statement shows this price"}, {"whole", "All that must be paid is inside it"}, {"dates", "The dates agree with it"}}}

var certificates = Section{Name: "certificate", Title: "Accreditation", Entries: "certificate", Most: 40, Fields: []Field{
	{Name: "body", Label: "Who issued it", Kind: Choice, Needed: true, Options: []Option{{"NABH", "NABH"}, {"JCI", "JCI"}, {"NABL", "NABL (laboratory)"}, {"QAI", "QAI"}, {"other", "Another body"}}},
	{Name: "programme", Label: "Programme", Kind: Line, Needed: true, Most: 100, Hint: "Such as Hospital, Eye care, Dental"},
	{Name: "level", Label: "What it is", Kind: Choice, Needed: true, Options: []Option{{"full", "Accreditation"}, {"entry", "Entry-level certification"}, {"laboratory", "Laboratory"}, {"other", "Something else"}}},
	{Name: "number", Label: "Certificate number", Kind: Line, Needed: true, Most: 60},
	{Name: "scope", Label: "What it covers, in its own words", Kind: Text, Most: 500},
	{Name: "legal_entity", Label: "Name on the certificate", Kind: Line, Needed: true, Most: 200},
	{Name: "site_address", Label: "Address on the certificate", Kind: Line, Most: 300},
	{Name: "valid_from", Label: "Valid from", Kind: Day},
	{Name: "valid_to", Label: "Valid until", Kind: Day, Needed: true},
	{Name: "file", Label: "The certificate as a file", Kind: File, Needed: true},
}, Checks: []Check{{"register", "Found on the body’s own register, not through a search engine or the hospital’s page"}, {"name", "Name agrees"}, {"address", "Address agrees"},
	{"scope", "Scope agrees"}, {"dates", "Dates agree"}}, SecondNew: "It is the first time we show this certificate"}

var clinicians = Section{Name: "clinician", Title: "Surgeons and other clinicians", Entries: "clinician", Most: 500, Fields: []Field{
	{Name: "name", Label: "Name", Kind: Line, Needed: true, Most: 150, Hint: "As on the register"},
	{Name: "qualification", Label: "Qualifications", Kind: Line, Needed: true, Most: 200},
	{Name: "council", Label: "Council", Kind: Line, Needed: true, Most: 150, Hint: "Such as Tamil Nadu Medical Council"},
	{Name: "registration", Label: "Registration number", Kind: Line, Needed: true, Most: 40},
	{Name: "year", Label: "Year of registration", Kind: Whole, Least: 1940, Most: thisYear},
	{Name: "specialty", Label: "Specialty", Kind: Term},
	{Name: "link", Label: "Address of the register’s entry", Kind: Web, Most: 300},
}, Checks: []Check{{"council", "Found on the council’s register"}, {"name", "Name agrees"}, {"number", "Number agrees"}, {"qualification", "Qualifications agree"}, {"open", "The registration is in force"}}}

var measures = Section{Name: "measure", Title: "Quality measures", Entries: "measure", Most: 60, Fields: []Field{
	{Name: "title", Label: "What was counted", Kind: Line, Needed: true, Most: 150, Hint: "Such as infections of the wound within 90 days"},
	{Name: "procedure", Label: "Treatment", Kind: Term},
	{Name: "numerator", Label: "How many had it", Kind: Whole, Needed: true, Least: 0, Most: 10_000_000},
	{Name: "denominator", Label: "Out of how many", Kind: Whole, Needed: true, Least: 1, Most: 10_000_000},
	{Name: "period_from", Label: "First day", Kind: Day, Needed: true},
	{Name: "period_to", Label: "Last day", Kind: Day, Needed: true},
	{Name: "method", Label: "How it was counted", Kind: Text, Needed: true, Most: 800},
}, Checks: []Check{{"figures", "Both figures are in a report that we have seen"}, {"period", "The period agrees"}, {"method", "The method says who was counted and who was not"}},
	SecondAny: "It is an outcome figure"}

// standardFields are the nine things that a full price answers for (mock listing-editor; domain.md §9.2 A7).
func standardFields() []Field {
	var out []Field
	for _, i := range pricelist.Items {
		out = append(out, Field{Name: pricelist.FieldIncludes + i.Key, Label: i.Label, Kind: Standard})
	}
	return out
}

func same(values []string) []Option {
	var out []Option
	for _, v := range values {
		out = append(out, Option{v, v})
	}
	return out
}

// SectionOf finds a section by name.
func SectionOf(name string) (Section, bool) {
	i := slices.IndexFunc(Sections, func(s Section) bool { return s.Name == name })
	if i < 0 {
		return Section{}, false
	}
	return Sections[i], true
}

// Removable reports whether entries can be taken out. A certificate is never: it ends, and its history stays.
func (s Section) Removable() bool { return s.Entries != "" && !s.Fixed && s.Name != "certificate" }

// Field finds a field by name; every section with removable entries has Removed as well.
func (s Section) Field(name string) (Field, bool) {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
	if i >= 0 {
		return s.Fields[i], true
	}
	if name == Removed && s.Removable() {
		return Field{Name: Removed, Label: "Taken out", Kind: Flag}, true
	}
	return Field{}, false
}
