// Package cases is the parts of referral pages for the people who work on them: the alliance's desk and the hospitals
// (ux.md §6.13 to §6.15). Like package views it decides nothing: words, addresses and formats come from the caller. It is
// not for a patient's own pages (views/care) nor for a practice's (views/refer).
package cases

import (
	"carecorridor/views"
	"carecorridor/views/ui"
)

// Watermark says on the page and on paper who looks at the record, and when.
type Watermark struct {
	Text  string // "Dr Leela Rao, Marigold Shore Hospital, 22 November 2026, 9:00am UK"
	Print string // what printing it means
}

// Record is the patient's record as far as the reader may see it.
type Record struct{ Sections []Section }

// Section is one part of it.
type Section struct {
	ID, Title string
	Facts     ui.SummaryList
	Lists     []List
}

// List is a named list in a section: medicines, allergies.
type List struct {
	Title string
	None  string // what is said instead of an empty list
	Items []string
}

// Acts are what can be done now, as links.
type Acts struct {
	ID, Title string
	Text      string // under the title, or instead of an empty list
	Items     []Act
}

// Act is one of them. First is the usual next step: a button.
type Act struct {
	Link  ui.Link
	Note  string
	First bool
}

// Thread is the messages with one side, oldest first, and a form to write.
type Thread struct {
	ID, Title, Note string
	Messages        []Message
	Empty           string
	Form            views.Part // nil when nothing can be written
}

// Message is one of them.
type Message struct {
	From, When, ISO, Text string
	What                  string // "Question", "Reason for returning it"; "" for a message
	Own, New              bool
	Caution               string // about words of payment
}

// Quote is a hospital's opinion with its price, as the patient reads it.
type Quote struct {
	ID, Title, Note string
	State           ui.Badge
	Opinion         string
	Total           string
	Lines           []QuoteGroup
	Facts           ui.SummaryList
	More            ui.Link
}

// QuoteGroup is lines of a quote: what must be paid, what may be chosen, what may come on top.
type QuoteGroup struct {
	Title string
	Lines ui.Lines
}

// QuoteLines is the table of charges while it is written, with the total worked out beside it.
type QuoteLines struct {
	Rows    []QuoteRow
	Error   string
	CanAdd  bool
	Options []ui.Option // kinds of lines
	Sum     QuoteSum
	Action  string // where the total is worked out
}

// QuoteRow is one charge.
type QuoteRow struct {
	ID, N               string
	Label, Amount, Kind string
	LabelBad, AmountBad string
}

// QuoteSum is the sum of the charges that must be paid, in words; it replaces itself while somebody writes.
type QuoteSum struct {
	Text string
	OK   bool
}

// Rows are entries of the same kind in a form: medicines, implants, results.
type Rows struct {
	ID, Legend, Hint, Error string
	Items                   []RowItem
	Add                     ui.Button // "Add another medicine"; without Text none
}

// RowItem is one entry.
type RowItem struct {
	Legend string
	Fields []views.Part
}

// Missing is what is still missing, each with a link to where it is written.
type Missing struct {
	ID, Title string
	Text      string
	Items     []ui.Link
	Advice    []string // what should be there and does not stop anything
}

// Columns are parts beside each other on wide screens.
type Columns struct{ Main, Side []views.Part }

// Sheet is a document to print: a visa invitation letter.
type Sheet struct {
	Title string
	Lead  []string
	Facts ui.SummaryList
	Foot  []string
}

// Fieldset is fields under one legend.
type Fieldset struct {
	Legend, Hint string
	Fields       []views.Part
}

// Alert is a box about risk: red flags, a safety hold.
type Alert struct {
	Title string
	Text  []string
	List  []string
	Link  ui.Link
}

// Reasons is whether something may be done, and why not.
type Reasons struct {
	OK   string // "Yes" when there are no reasons
	List []string
}

// Find is a form that asks for a page by one word: a reference.
type Find struct {
	Action string
	Field  ui.Field
	Button string
}

// Views are the choices of a worklist, each with how many it has.
type Views struct {
	Label string
	Items []ViewOf
}

// ViewOf is one of them.
type ViewOf struct {
	Text, Count, Href string
	Here              bool // shown below
	Urgent            bool
}
