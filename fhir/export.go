package fhir

import (
	"crypto/sha1" // names by UUID version 5, no secret
	"encoding/hex"
	"html"
	"strings"
)

// Case is everything of one referral that goes into an export, as plain values. Times are RFC 3339, days YYYY-MM-DD.
type Case struct {
	ID, Reference string
	Version       string
	State, Ending string
	Reason        string // coded, of a closed one
	At            string // of the export
	Self          bool   // the patient wrote it
	Person        Person
	Practice      Org // of the referrer
	Asked         Asked
	Hospitals     []Hospital
	Consents      []Agreement
	Documents     []Document
	Events        []Event
	Sections      []Words // of the referral note, or of the discharge summary
	Discharged    bool    // the sections are a discharge summary
	Stay          *Stay   // Patient is filled in here
}

// Person is the patient.
type Person struct {
	NHSNumber, Family                         string
	Given                                     []string
	Born, Gender, Phone, Email                string
	AddressLines                              []string
	Postcode, Language, PracticeODS, Practice string
}

// Org is an organisation; Code is its ODS code or "".
type Org struct{ Name, Code string }

// Asked is what the referral asks for.
type Asked struct {
	Treatment, TreatmentCode, Condition, Question string
	Priority                                      string // routine or soon
	AuthoredOn, Earliest, Latest                  string
}

// Hospital is one of the shortlist.
type Hospital struct {
	ID, Name, Response, Reason string
	SentAt, ChangedAt, DueAt   string
	CaseNumber                 string // the hospital's own
}

// Agreement is one consent.
type Agreement struct {
	ID, Code, Hospital string // Hospital: id, for C2 and C3
	Words              string // exactly as shown
	GivenAt, EndedAt   string
	Items              []string // names of what it lists
}

// Document is one file.
type Document struct {
	ID, Name, Kind, Type, SHA256, At string
	Place                            string // of its content in the archive beside the bundle; "" when it is not there
}

// Event is one row of the audit trail.
type Event struct {
	ID, Action, At, Who, Role, Organisation string
	Read                                    bool // it changed nothing
}

// Words is one section; Key is from Sections.
type Words struct {
	Key, Text string
}

// Sections are the headings we write, with the codes of the International Patient Summary and LOINC where there is one.
var Sections = map[string]Coding{
	"reason":      {"http://loinc.org", "42349-1", "Reason for referral"},
	"hospital":    {"http://loinc.org", "8648-8", "Hospital course"},
	"clinician":   {"", "", "Responsible clinician"},
	"problems":    {"http://loinc.org", "11450-4", "Problem list"},
	"procedures":  {"http://loinc.org", "47519-4", "Procedures"},
	"devices":     {"http://loinc.org", "46264-8", "Medical devices"},
	"results":     {"http://loinc.org", "30954-2", "Diagnostic results"},
	"medicines":   {"http://loinc.org", "10160-0", "Medication use"},
	"antibiotics": {"", "", "Antibiotics given"},
	"allergies":   {"http://loinc.org", "48765-2", "Allergies and adverse reactions"},
	"transfusion": {"", "", "Blood products and tissue"},
	"wound":       {"", "", "Wound, drains and sutures"},
	"clots":       {"", "", "Prevention of blood clots"},
	"flight":      {"", "", "Fitness to fly"},
	"plan":        {"http://loinc.org", "18776-5", "Plan of care"},
	"signs":       {"", "", "Signs to act on"},
	"infection":   {"", "", "Infection control"},
	"alerts":      {"http://loinc.org", "104605-1", "Alerts"},
	"opinions":    {"", "", "Opinions and quotes"},
	"safety":      {"", "", "Safety questions"},
	"past":        {"http://loinc.org", "47519-4", "Procedures"},
	"examination": {"", "", "Examination"},
	"social":      {"", "", "Way of living"},
}

// needed are the sections that an International Patient Summary always has; an empty one says so.
var needed = []string{"problems", "allergies", "medicines"}

// Export is a case as a document bundle: the Composition first, then everything it speaks of.
func Export(c Case) Bundle {
	b := builder{c: c, bundle: Bundle{ResourceType: "Bundle", ID: id(c.ID, "bundle"), Type: "document", Timestamp: c.At,
		Identifier: &Identifier{System: ReferenceSystem, Value: c.Reference}}}
	b.add("composition", "", b.composition())
	b.add("patient", "", b.patient())
	b.add("site", "", Organization{ResourceType: "Organization", ID: id(c.ID, "site"), Name: "Care Corridor"})
	if !c.Self {
		b.add("practice", "", b.practice())
	}
	b.add("request", "", b.request())
	for _, h := range c.Hospitals {
		b.add("hospital", h.ID, Organization{ResourceType: "Organization", ID: id(c.ID, "hospital", h.ID), Name: h.Name})
		b.add("task", h.ID, b.task(h))
	}
	for _, a := range c.Consents {
		b.add("consent", a.ID, b.consent(a))
	}
	for _, d := range c.Documents {
		b.add("document", d.ID, b.document(d))
	}
	if c.Stay != nil {
		s := *c.Stay
		s.Patient = b.url("patient", "")
		f := OverseasStay(s)
		f.ID = id(c.ID, "flag")
		b.add("flag", "", f)
	}
	for _, e := range c.Events {
		b.add("audit", e.ID, b.event(e))
	}
	return b.bundle
}

type builder struct {
	c      Case
	bundle Bundle
}

func (b *builder) add(kind, of string, resource any) {
	b.bundle.Entry = append(b.bundle.Entry, Entry{b.url(kind, of), resource})
}

func (b *builder) url(kind, of string) string { return "urn:uuid:" + id(b.c.ID, kind, of) }

func (b *builder) ref(kind, of string) *Reference { return &Reference{Reference: b.url(kind, of)} }

// id is the same for the same thing in each export: a UUID of version 5 made from its names.
func id(names ...string) string {
	h := sha1.New()
	h.Write([]byte(Base))
	h.Write([]byte(strings.TrimRight(strings.Join(names, "\x00"), "\x00")))
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	x := hex.EncodeToString(u)
	return strings.Join([]string{x[:8], x[8:12], x[12:16], x[16:20], x[20:]}, "-")
}

func (b *builder) composition() Composition {
	c := Composition{ResourceType: "Composition", ID: id(b.c.ID, "composition"), Identifier: &Identifier{System: ReferenceSystem, Value: b.c.Reference}, Status: "final",
		Type: loinc("57133-1", "Referral note"), Subject: b.ref("patient", ""), Date: b.c.At, Author: []Reference{*b.ref("site", "")}, Title: "Referral " + b.c.Reference}
	if b.c.Discharged {
		c.Type, c.Title = loinc("18842-5", "Discharge summary"), "Discharge summary, referral "+b.c.Reference
	}
	said := map[string]bool{}
	for _, w := range b.c.Sections {
		said[w.Key] = true
		c.Section = append(c.Section, section(w))
	}
	for _, key := range needed {
		if !said[key] {
			c.Section = append(c.Section, section(Words{key, "Not provided"}))
		}
	}
	if b.c.Stay != nil {
		s := section(Words{"alerts", alertText})
		s.Entry = []Reference{*b.ref("flag", "")}
		c.Section = append(c.Section, s)
	}
	return c
}

func section(w Words) Section {
	code := Sections[w.Key]
	what := CodeableConcept{Text: code.Display}
	if code.Code != "" {
		what = CodeableConcept{Coding: []Coding{code}}
	}
	div := `<div xmlns="http://www.w3.org/1999/xhtml"><p>` + strings.ReplaceAll(html.EscapeString(w.Text), "\n", "<br/>") + `</p></div>`
	return Section{Title: code.Display, Code: &what, Text: &Narrative{"additional", div}}
}

func loinc(code, display string) CodeableConcept {
	return CodeableConcept{Coding: []Coding{{"http://loinc.org", code, display}}}
}
