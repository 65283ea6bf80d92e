// Package desk is the pages of the alliance's staff (ux.md §6.15): checks, organisations, reviews, figures, reports. Like
// package views it decides nothing: words, addresses and formats come from the caller. It is not for a hospital's own pages
// (views/portal) nor for what the public sees (views).
package desk

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/ui"
)

// Page is one page of the desk: the menu beside its parts.
type Page struct {
	Menu    ui.SideNav
	Caption string // over the title: "Check of Marigold Shore Hospital"
	Title   string
	Tag     ui.Badge // without Text none is drawn
	Lead    []string
	Parts   []views.Part
}

// Form is fields that are sent together.
type Form struct {
	ID      string
	Action  string
	Files   bool // takes files
	Keep    []ui.Hidden
	Parts   []views.Part
	Buttons []ui.Button
	Other   ui.Link
}

// Filters is a form that asks for the same page with less in it.
type Filters struct {
	Action string
	Label  string // of the form, read out
	Fields []views.Part
	Keep   []ui.Hidden
	Clear  ui.Link // without Href nothing is filtered now
}

// Section is parts under a heading.
type Section struct {
	ID, Title string
	Text      []string
	Parts     []views.Part
}

// Box is a card with parts in it.
type Box struct {
	Title string
	Text  []string
	Parts []views.Part
}

// Tiles is a row of numbers that lead somewhere.
type Tiles []Tile

// Tile is one of them; Href may be empty.
type Tile struct {
	Value, Label, Note, Href string
	Urgent                   bool
}

// Charts are figures beside each other.
type Charts []ui.Figure

// Words are what somebody outside wrote, exactly as written.
type Words string

// Para is a paragraph.
type Para string

// Muted is a smaller paragraph.
type Muted string

// Links are links under each other.
type Links []ui.Link

// Hash is a long hexadecimal number.
type Hash string

// Press is a form that is one button.
type Press struct {
	Action string
	Keep   []ui.Hidden
	Button ui.Button
}

// Presses are buttons beside each other.
type Presses []Press

// Fold is parts behind words.
type Fold struct {
	Summary string
	Open    bool
	Parts   []views.Part
}

// Inline is a component as a part.
type Inline struct{ templ.Component }

// View is the component itself.
func (i Inline) View() templ.Component { return i.Component }

// Figures are rows with a range of numbers drawn to one scale: the steps of a funnel.
type Figures struct {
	Caption string
	Rows    []FigureRow
}

// FigureRow is one bar; Of is its share of the first, 0 to 100.
type FigureRow struct {
	Label, Value, Note string
	Of                 int
}
