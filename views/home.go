package views

import (
	"carecorridor/views/ui"

	"github.com/a-h/templ"
)

// Home is the first page (ux.md §6.1).
type Home struct {
	Frame
	Heading       string // the h1
	Lead          string
	Search        ui.SearchBox
	Decide        []Advice // "Before you decide"
	Ladder        PriceLadder
	Checks        []Advice // "How every hospital is checked", in order
	ChecksLink    ui.Link
	Hubs          HubTable
	Professionals []HomeCard
}

// Advice is a heading, a sentence and perhaps where to read on.
type Advice struct {
	Title, Text string
	Link        ui.Link
}

// PriceLadder is India's whole trip beside UK self-pay, treatment by treatment. Without Rows Empty is said.
type PriceLadder struct {
	Title, Lead string
	Key         []ui.KeyItem
	Rows        []LadderRow
	Empty       string
	Source      ui.SourceNote
}

// LadderRow is one treatment. Figure is its bars (chart.LadderFigure); Said are words beside or instead of them.
type LadderRow struct {
	Name, Href string
	Figure     templ.Component
	Said       string // "India: not enough prices held yet. UK: £2,400 to £3,600."
	WaitLabel  string // "Half of patients in England wait"
	Wait       string // "27 weeks or less"
	WaitNote   string // "September 2026"
}

// HubTable is the hub cities as a table with a map beside it.
type HubTable struct {
	Title, Lead string
	Table       ui.StackTable
	Map         templ.Component
	Source      ui.SourceNote
}

// HomeCard is a panel for professionals.
type HomeCard struct {
	Title, Text string
	Button      ui.Button
	Dark        bool
}

// frame is the page's frame: bands across the whole width.
func (h Home) frame() Frame {
	f := h.Frame
	f.FullWidth = true
	if f.Title == "" {
		f.Title = h.Heading
	}
	return f
}
