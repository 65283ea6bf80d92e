// Package care is a patient's own pages: where the referral stands in plain words, what they agree to, quotes side by
// side, what to do before the journey and after it, and what their GP is handed. Like package views it decides nothing.
// It is not for professionals' pages of a referral.
package care

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/ui"
)

// Overview is the first page: where things stand, and what the patient can do.
type Overview struct {
	Reference string
	State     ui.Badge
	Said      []string     // where it stands, in plain words
	Holds     []ui.Caution // pauses, with why
	Next      []Do         // what waits for the patient, first things first
	Ends      string       // until when the patient has time, where it ends by itself
	Expected  string       // what others owe and by when
	Hospitals []Hospital
	Timeline  ui.Timeline
	Facts     ui.SummaryList
	Links     []Links
	Demo      []ui.Link
}

// Do is one thing to do: a heading, a sentence and a button.
type Do struct {
	Title, Text string
	Button      ui.Button
	Urgent      bool
}

// Links is a group of links under a heading.
type Links struct {
	Title string
	Links []ui.Link
}

// Hospital is one hospital of the patient's list.
type Hospital struct {
	ID     string // of the section
	Name   string
	Place  string
	URL    string
	Sample bool
	State  ui.Badge
	Said   []string
	Total  ui.Lines
	Unread string // "1 new message"
	Links  []ui.Link
}

// Consents is the page of what the patient agrees to.
type Consents struct {
	Lead    []string
	Action  string
	Keep    []ui.Hidden
	Groups  []ConsentGroup
	CanGive bool   // there is a box to tick
	Submit  string // words of the button
	Hint    string // what happens on pressing it
	After   []views.Part
	Back    ui.Link
}

// ConsentGroup is consents under one heading: one hospital's, or those that are about none.
type ConsentGroup struct {
	Title, Note string
	Problem     string
	Consents    []Consent
}

// Consent is one, with the exact words that are stored when it is given. No box is ever ticked for the reader.
type Consent struct {
	ID, Name, Value string
	Title           string
	For             string   // the hospital it is about
	Words           []string // paragraphs of the exact text
	Items           []string // what it lists
	Needed          string   // "Needed to send", "You choose"
	Given           string   // "You agreed on 22 November 2026, 9:00am UK", empty when it is not in force
	Ended           string   // "You took it back on …", empty when never given
	Ticked          bool     // by the reader, on a page shown again
	Withdraw        *Press
}

// Press is a form that is one button.
type Press struct {
	Action string
	Keep   []ui.Hidden
	Button ui.Button
	Lead   string // over the button
}

// Compare is quotes side by side.
type Compare struct {
	Lead   []string
	Table  ui.StackTable
	Notes  []ui.Caution // what stands against one of them
	Cards  []Hospital   // what can be done with each
	Others []Hospital   // those without a quote
	Trip   []Trip
	Back   ui.Link
}

// Trip is a whole-trip cost with its lines.
type Trip struct {
	Title string
	Lines ui.Lines
	Notes []string
}

// Travel is the checklist before the journey.
type Travel struct {
	Lead    []string
	Notices []ui.Caution
	Dates   ui.SummaryList
	Do      []Do
	Done    string // "5 of 9 done"
	Gates   []Gate
	Papers  ui.SummaryList
	Links   []ui.Link
	Back    ui.Link
}

// Gate is one line of the checklist.
type Gate struct {
	ID, Title string
	Who       string // "You", "The hospital", "We check this"
	Status    string // "Done", "To do"
	Done      bool
	Facts     ui.SummaryList
	Link      ui.Link
}

// Card is the overseas-care card, wallet size.
type Card struct {
	Name  string
	Text  string
	Until string
	Phone string // the hospital's, day and night
	Lead  []string
	Back  ui.Link
}

// Sheet is a page of sections that also prints: a package, a travel pack, answers to check.
type Sheet struct {
	Caption  string
	Heading  string
	Lead     []string
	Before   []views.Part
	Sections []Section
	Do       []views.Part // forms and buttons after the sections
	Foot     []string
	Back     ui.Link
	Print    bool // a line says that it is made for paper
	Wide     bool
}

// Section is a part of a Sheet.
type Section struct {
	ID, Title string
	Text      []string
	List      []string
	Facts     ui.SummaryList
	Tables    []ui.StackTable
	Parts     []views.Part
	Links     []ui.Link
}

// Thread is messages of one conversation.
type Thread struct {
	Title string
	Items []views.Message
	Empty string
}

// Documents is the page of documents.
type Documents struct {
	Lead           []string
	Action, Upload string
	Keep           []ui.Hidden
	Files          []File
	Kinds          []ui.Option
	Kind           string // what is wrong with the kind
	Refused        []string
	Full           bool
	Accept         string
	Limits         string
	After          []views.Part
	Go             *ui.Button // on to the next step
	Back           ui.Link
}

// File is a document as its owner sees it.
type File struct {
	Name, Kind, Size string
	State            string
	Blocked          bool
	Open             string // address, "" while nobody may
	Remove           string // value of its button, "" when it may not be removed
	From             string // who added it, "" for the reader
}

// Verify is the public page about a visa letter: valid or not, and nothing else.
type Verify struct {
	Action  string
	Number  string
	Problem string
	Asked   bool
	Valid   bool
	On      string // the day of the answer
}

// Way is advice that comes before a form: 999, 111.
type Way struct {
	Title string
	Text  []string
	Call  string // "999", "111" or ""
}

// Box is one consent-like box with words beside it, for a form.
type Box = views.CheckBox

// QR is a QR code with what it holds in words.
type QR struct {
	Size  int    // of the picture in modules
	Path  string // of its dark modules, for an SVG
	Label string
}

// Group is several fields of one entry of a list, such as one medicine.
type Group struct {
	ID     string
	Legend string
	Parts  []views.Part
}

// More adds an empty entry to a list; it posts the form it is in.
type More struct{ Text, Value string }

// Paragraph is words between parts.
type Paragraph string

// Sections draws sections inside a form page.
type Sections []Section

// Errors says what is wrong with a group that has no field of its own; ID is where the summary leads.
type Errors struct{ ID, Title, Error, Hint string }

// component of a part, so that parts can stand in slices of components.
func component(p views.Part) templ.Component { return p.View() }

// FormPart is a form among the sections of a page.
type FormPart struct {
	Action string
	Keep   []ui.Hidden
	Parts  []views.Part
	Button ui.Button
}

// Demo is the demonstration's invented patients, each a button.
type Demo struct {
	Action   string
	Patients []DemoPatient
}

// DemoPatient is one of them.
type DemoPatient struct{ Reference, Name, State string }

// Enter is what the Enter key presses in a form whose first visible button does something else. Nobody sees or hears it.
type Enter struct{ Text string }
