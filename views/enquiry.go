package views

import (
	"github.com/a-h/templ"

	"carecorridor/views/ui"
)

// Part is anything that draws itself: a field, a group of choices, a caution.
type Part interface{ View() templ.Component }

// EnquiryForm is a page with one question or one decision (ux.md §6.8): steps of an enquiry, confirm pages,
// and what a hospital answers.
type EnquiryForm struct {
	Caption string // over the heading: "Step 2 of 8"
	Heading string // h1; empty when the first part is a group of choices that carries it
	Lead    []string
	Before  []Part // outside the form
	Action  string
	Keep    []ui.Hidden
	Parts   []Part
	Submit  string // words of the button
	Danger  bool   // the button deletes
	Other   Anchor // beside the button: "No, keep it"
	Foot    []string
}

// EnquiryStart says what an enquiry is before anything is asked.
type EnquiryStart struct {
	Notes     []string          // which hospitals were left out, and why
	Hospitals []EnquiryHospital // already chosen, from ?h=
	Action    string
	Keep      []ui.Hidden
	Unsent    string // "22 November 2026" when a draft is kept; "" for none
	Continue  string // address of the draft's next step
	Track     Anchor
	NoContact bool // one of Hospitals cannot be reached through us
}

// EnquiryHospital is a hospital in the list of those to ask.
type EnquiryHospital struct {
	Name, Place, URL, Slug string
	Sample                 bool
	Unreachable            bool // no checked contact: nothing can be sent
}

// EnquiryHospitals is the step that chooses up to three.
type EnquiryHospitals struct {
	Caption   string
	Action    string
	Notes     []string // which hospitals were left out, and why
	Keep      []ui.Hidden
	Had       []ui.Hidden // the hospitals chosen, in every form that is sent
	Problem   string      // what is wrong with the choice, shown beside the list
	Most      int
	Chosen    []EnquiryHospital
	Shortlist []EnquiryHospital
	Query     string
	Searched  bool
	Found     []EnquiryHospital
	Others    []ui.Link // near names, the search page
}

// EnquiryRecords is the step that takes documents.
type EnquiryRecords struct {
	Caption        string
	Action, Upload string
	Limits         []string // told before choosing
	Files          []EnquiryFile
	Refused        []string // a sentence about each file that was not taken
	Full           bool
}

// EnquiryFile is a document as its owner sees it.
type EnquiryFile struct {
	Name, Kind, Size string
	State            string // "Not scanned yet. No hospital can open it."
	RemoveValue      string
}

// EnquiryCheck is the page before sending.
type EnquiryCheck struct {
	Sections []EnquirySection
	Unsent   []EnquiryHospital // chosen, but no contact is held
	Sendable bool
	Action   string
	Keep     []ui.Hidden
	Letter   Anchor
}

// EnquirySection is a group of answers with links to change them.
type EnquirySection struct {
	Title string
	Facts ui.SummaryList
}

// EnquiryDone confirms.
type EnquiryDone struct {
	Code      string
	Sent      []EnquiryHospital
	Kept      []EnquiryHospital // not sent: no contact
	AnswerBy  string            // "30 November 2026"
	MailedTo  string            // "the address you gave", never the address itself on a printed page
	Track     Anchor
	Letter    Anchor
	Demo      []Anchor // only in the demonstration: the sample hospitals' own pages
	MailPlace string   // demonstration: where mails are written
}

// EnquiryStop says why this is not the right way, and what is. What was written comes back with either button.
type EnquiryStop struct {
	Heading   string
	Found     string // the reader's own words that led here
	Emergency bool   // 999
	Urgent    bool   // the GP, 111
	Text      []string
	Links     []Anchor
	Action    string
	Keep      []ui.Hidden // what was typed
	Continue  *ui.Button  // nil where nothing lifts the stop
	Explain   string      // before Continue
}

// EnquiryUnsent gives back what was typed and not taken, because things had changed.
type EnquiryUnsent struct {
	Heading string
	Text    []string
	Typed   []string // exactly as written
	Links   []Anchor
}

// EnquiryLetter is a letter for the patient to print and send.
type EnquiryLetter struct {
	To    []string
	Date  string
	Text  []string
	Facts ui.SummaryList
	Ask   []string
	Back  Anchor
}

// DateFields is a date in three inputs.
type DateFields struct {
	ID, Name, Legend, Hint, Error string
	Day, Month, Year              string
}

// CheckBox is one consent: a box of its own, never ticked for the reader.
type CheckBox struct {
	ID, Name, Text, Hint, Error string
	Value                       string // "yes" when empty
	Checked                     bool
}

// Subheading parts a long form.
type Subheading struct{ Text, Note string }

// Para is a paragraph between fields.
type Para string

// View draws the paragraph.
func (p Para) View() templ.Component { return paragraph(string(p)) }

// parts are the inputs of a date, each named after Name.
func (d DateFields) parts() []struct{ key, label, value, width string } {
	return []struct{ key, label, value, width string }{{"day", "Day", d.Day, "2"}, {"month", "Month", d.Month, "2"}, {"year", "Year", d.Year, "4"}}
}

func (f EnquiryForm) button() ui.Button {
	b := ui.Button{Text: f.Submit}
	if b.Text == "" {
		b.Text = "Save and continue"
	}
	if f.Danger {
		b.Look = "danger"
	}
	return b
}

func (c CheckBox) value() string {
	if c.Value == "" {
		return "yes"
	}
	return c.Value
}

func reachWords(h EnquiryHospital) string {
	if h.Unreachable {
		return "We hold no checked contact for this hospital yet, so we cannot send your enquiry to it."
	}
	return ""
}
