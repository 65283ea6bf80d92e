// Package refer is the pages on which NHS referrers write and follow referrals (ux.md §6.11 to §6.13). Like package
// views it decides nothing: words, addresses and formats come from the caller. It is not for patients' pages, nor for
// those of hospitals and the alliance's desk.
package refer

import (
	"carecorridor/views"
	"carecorridor/views/ui"
)

// Page is one page: its parts under a heading, and what stands beside them.
type Page struct {
	Patient *ui.Identity // whose referral it is; nil before there is a name
	Caption string       // over the heading: "Referral CC-7F4K-29, draft saved at 10:42am today"
	Title   string       // h1
	Lead    []string
	Parts   []views.Part
	Side    []views.Part // beside the parts; without any the page is one narrow column
	Wide    bool         // one column as wide as the page: tables
}

// Start is the public start page.
type Start struct {
	Lead     string
	Who      []string
	Not      []string
	Need     []string
	Minutes  string // "About 8 minutes"
	Begin    ui.Button
	Links    []ui.Link
	Next     ui.Timeline
	Question []ui.Link
}

// Form is fields that are sent together.
type Form struct {
	ID      string
	Action  string
	Files   bool // takes files
	Search  bool // a search: sent by GET, its field and button on one line where there is room
	Label   string
	Enter   *ui.Button // what the Enter key presses, when another button stands before it
	Keep    []ui.Hidden
	Parts   []views.Part
	Buttons []ui.Button
	Other   ui.Link
}

// Group is parts under a heading of level 2.
type Group struct {
	ID, Title, Note string
	Parts           []views.Part
}

// Card is a white box beside or between the parts.
type Card struct {
	Title string
	Text  []string
	Parts []views.Part
	Links []ui.Link
}

// Ring says how many sections are done; the drawing repeats the words.
type Ring struct {
	Done, Of int
	Strong   string
	Text     string
}

// Tasks is the list of sections.
type Tasks ui.TaskList

// Row is buttons and links on a line.
type Row struct {
	Buttons []ui.Button
	Links   []ui.Link
}

// Words is a paragraph with a link behind it.
type Words struct {
	Text   string
	Strong string // before Text
	Link   ui.Link
	Mute   bool
}

// Inline is choices on one line where there is room.
type Inline struct{ ui.Choices }

// Columns are fields beside each other where there is room.
type Columns []views.Part

// Fold hides parts that are seldom needed.
type Fold struct {
	Summary string
	Open    bool
	Parts   []views.Part
}

// Repeat is a list of alike entries, each a group of fields, or the box that says there are none.
type Repeat struct {
	ID, Legend, Hint, Error string
	None                    *views.CheckBox
	Entries                 []Entry
	Count                   ui.Hidden
	Add                     ui.Button
}

// Entry is one of them.
type Entry struct {
	Legend string // "Medicine 1"
	Error  string
	Parts  []views.Part
	Remove *ui.Button
}

// Files are documents with what is known of them.
type Files []File

// File is one document.
type File struct {
	Name   string
	Href   string // "" while it may not be opened
	About  string // "Referral letter, 240 KB, added on 22 November 2026"
	State  ui.Badge
	Note   string
	Remove *Press
}

// Hospitals are hospitals as short cards with one button each.
type Hospitals []Hospital

// Hospital is one of them.
type Hospital struct {
	Name, Place, Href string
	Sample            bool
	Facts             []string
	Warning           string
	Press             []Press
}

// Press is a form that is one button.
type Press struct {
	Action string
	Keep   []ui.Hidden
	Button ui.Button
}

// Pressed are one-button forms under each other.
type Pressed []Press

// Answers is the summary card of a section.
type Answers struct {
	Title  string
	Change ui.Link
	Facts  ui.SummaryList
	Status ui.Badge // "There is a problem"; without Text none is drawn
}

// Panel confirms.
type Panel struct{ Title, Text, Code string }

// History is what happened, newest first.
type History struct {
	Empty string
	Items []Happened
}

// Happened is one event, or one that is expected.
type Happened struct {
	Title    string
	At, ISO  string
	Who      string
	Text     string
	Expected bool
	Late     bool
	Link     ui.Link
}

// Thread is the messages with one hospital or with the alliance.
type Thread struct {
	ID, Title string
	Note      string
	Messages  []Message
	Parts     []views.Part // the form to write another
}

// Message is one of them.
type Message struct {
	Who, At, Text string
	Kind          string // "Question", "Reason"
	State         string // "Read by the hospital"
	Own, New      bool
}

// Stop is a page that leads elsewhere instead of on.
type Stop struct {
	Emergency bool
	Text      []string
	Found     string // the words that led here
	Links     []ui.Link
}

// Check is what was asked once more because it is seldom.
type Check []string

// Filter is the form over a worklist.
type Filter struct {
	Action string
	Label  string
	Keep   []ui.Hidden
	Ticks  []views.CheckBox
	Parts  []views.Part
	Button ui.Button
}

// Two is two groups beside each other where there is room.
type Two struct{ Left, Right Group }

// Dashboard is the practice's referrals.
type Dashboard struct {
	Title  string // of the worklist
	Menu   ui.SideNav
	Start  ui.Button
	Filter Filter
	Table  ui.Worklist
	Pages  ui.Pagination
}
