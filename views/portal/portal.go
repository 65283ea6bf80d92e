// Package portal is the pages on which a hospital keeps its listing (ux.md §6.14). Like package views it decides nothing:
// words, addresses and formats come from the caller. It is not for what the public sees of a hospital (views).
package portal

import (
	"carecorridor/views"
	"carecorridor/views/ui"
)

// Page is one page of the portal: the menu beside its parts.
type Page struct {
	Menu  ui.SideNav
	Title string
	Tag   ui.Badge // "Draft, not live"; without Text none is drawn
	Lead  string   // "Saved by you at 4:12pm today. 3 changes from the live listing."
	More  ui.Link  // "See what has changed"
	Parts []views.Part
}

// Form is fields that are sent together.
type Form struct {
	ID      string // named by a Bar that stands elsewhere; "" for none
	Action  string
	Files   bool // takes files
	Keep    []ui.Hidden
	Parts   []views.Part
	Buttons []ui.Button
	Other   ui.Link // beside the buttons
}

// Bar is the bar at the foot of an editor; its submit buttons send the form called For, "" for the form around it.
type Bar struct {
	For          string
	Strong, Text string
	Buttons      []ui.Button
}

// Group is parts under a heading.
type Group struct {
	ID, Title, Note string
	Parts           []views.Part
}

// Columns are cards beside each other.
type Columns []views.Part

// Box is a card with parts in it.
type Box struct {
	Title, Text string
	Ticks       []string
	Parts       []views.Part
	Foot        string
	Links       []ui.Link
}

// Prices is the table of packages in which a price is changed at once.
type Prices struct {
	Rows []PriceRow
	Edit bool // false: for people who may only look
}

// PriceRow is one package.
type PriceRow struct {
	Name   string
	Note   string // "Includes 9 items"
	Href   string // of its whole form
	Room   string
	GBP    Value
	INR    Value
	Until  Value
	Status ui.Badge
	Wrong  bool
}

// Value is one input of a table with what it showed when the page was made.
type Value struct {
	Path  string // name of the input
	ID    string
	Label string // for people who cannot see the table
	Text  string // typed or held
	Seen  string
	Was   string // "was £5,290"
	Error string
}

// Ticks are boxes under one legend, many of them, in columns.
type Ticks struct {
	ID, Legend, Hint, Error string
	Boxes                   []Tick
}

// Tick is one of them. Seen is what it was when the page was made: "yes" or "".
type Tick struct {
	Path, ID, Text, Note string
	Checked              bool
	Seen                 string
}

// Included is the standard items of a full price, each with its answer.
type Included struct {
	Legend, Hint string
	Items        []Item
}

// Item is one standard item.
type Item struct {
	Path, ID, Label string
	Answer          string // yes | no | on_top | ""
	Charge          string // "£210 per night", with on_top
	Seen            string
	Was             string
	Error           string
}

// Entries are the entries of a section as cards: certificates, clinicians, measures, photos.
type Entries struct {
	Items []Entry
	Empty ui.Empty
}

// Entry is one of them.
type Entry struct {
	ID      string
	Title   string
	Href    string // of its form
	Act     string // words of the link: "Change"
	Status  ui.Badge
	Picture string // address of a small photo, with Alt
	Alt     string
	Facts   ui.SummaryList
	Reason  string // why the alliance sent it back
	History []views.Event
}

// Changed are changes under the name of what they are about, with a button to take them back.
type Changed struct {
	ID, Title string
	Status    ui.Badge
	Reason    string
	Table     ui.Compare
	Change    ui.Link
	Discard   *Press
}

// Press is a form that is one button.
type Press struct {
	Action string
	Keep   []ui.Hidden
	Button ui.Button
}

// Tiles is a row of numbers.
type Tiles []ui.StatTile

// ToDo is the list of what waits.
type ToDo []ToDoItem

// ToDoItem is one line.
type ToDoItem struct {
	Text   string
	Link   ui.Link
	Badge  ui.Badge
	Detail string
}

// Parts12 is how whole a listing is: each part with whether it is there.
type Parts12 []Part12

// Part12 is one of the parts.
type Part12 struct {
	Text string
	Href string
	Done bool
}

// Row is buttons and links on a line.
type Row []ui.Button

// Words is a paragraph with a link behind it.
type Words struct {
	Text string
	Link ui.Link
	Mute bool
}

// Reason is why the alliance sent something back.
type Reason struct{ Title, Text string }
