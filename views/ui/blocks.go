package ui

import "github.com/a-h/templ"

// Rail is a section with its heading left and its children right on wide screens (profile pages).
type Rail struct {
	ID    string // of the section; its heading is "h-" + ID
	Title string
	Text  []string // small lines under the heading
	Links []Link
}

// Card is a white box; Level is its heading's level (2 or 3).
type Card struct {
	Title string
	Level int
	Text  string
	Link  Link
	Dark  bool
}

// QuoteCard is the raised card at the side of a page.
type QuoteCard struct {
	Title   string
	Note    string
	Lines   Lines
	Buttons []Button
	Links   []Link
}

// Button is a link or, without Href, a submit button of the form around it.
type Button struct {
	Text, Href  string
	Hidden      string
	Name, Value string // of a submit button
	Look        Look
	Icon        string // "search", "plus" or empty
}

// Look of a button.
type Look string

// Looks. Referrer is marigold and only for starting a referral.
const (
	Primary   Look = ""
	Secondary Look = "sec"
	Referrer  Look = "mg"
)

// StackTable is a table that becomes label and value rows on a phone.
type StackTable struct {
	Caption     string
	ShowCaption bool
	Head        []Column
	Rows        []Row
	Plain       bool // never stacks: two narrow columns
}

// Column is a column heading. Short is the label when stacked, Text when empty.
type Column struct {
	Text, Short string
	Number      bool
}

// Row is one line; the first cell is its heading.
type Row struct{ Cells []Cell }

// Cell is one value. Body replaces Text when it is set.
type Cell struct {
	Text, Note string
	Link       Link
	Missing    bool // "Not published": grey, never blank
	Strong     bool
	Body       templ.Component
}

// Caution is a marigold box about risk; children come after Text.
type Caution struct {
	Title string
	Level int // of the heading, 2 when 0
	Text  []string
	List  []string
	Link  Link
}

// Banner is a message about the page or about what was just done.
type Banner struct {
	Title   string // "Important", "Done"
	Text    []string
	Links   []Link
	Success bool
}

// Details hides its children behind words.
type Details struct {
	Summary string
	Open    bool
}

// Figure is a chart with its words; Wide and Narrow are two drawings switched by width, Table the same numbers.
type Figure struct {
	ID           string
	Title        string // the headline that says the message
	Level        int    // of the heading, 2 when 0
	Sub          string // measure, unit, date
	Key          []KeyItem
	Wide, Narrow templ.Component
	Table        *StackTable
	Source       SourceNote
	CSV          Link
}

// KeyItem is one sign of a chart's key: "in", "uk", "nhs", "prep", "op".
type KeyItem struct{ Class, Text string }

// Timeline is dated steps.
type Timeline struct {
	Items []Step
	Plain bool // outlined dots: a plan, not history
}

// Step is one of them. State: "", "done", "now" or "key".
type Step struct {
	Title, Text string
	DateTime    string // machine date of Title when Title is a date, e.g. "2026-11-03"
	State       string
	Link        Link
}

// Contents is the "On this page" list.
type Contents struct {
	Title string // "On this page" when empty
	Links []Link
}
