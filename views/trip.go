package views

import (
	"carecorridor/views/chart"
	"carecorridor/views/ui"
)

// TripQuestion is one question about a trip (ux.md §6.7). Choices or Search and Field ask it; Stop ends the way.
type TripQuestion struct {
	Title   string // the question
	Number  int    // of Of
	Of      int
	Lead    []string
	Action  string
	Keep    []ui.Hidden // the other answers
	Search  *TripSearch
	Field   *ui.Field
	Choices *ui.Choices
	Or      string // between Search and Field
	Quick   []Anchor
	QuickOf string // words before Quick
	Skip    Anchor // "I don't know"
	Back    Anchor // the question before
	Answers []TripAnswer
	Stop    *Exclusion
	Sources []Anchor
}

// TripSearch is a text field with suggestions.
type TripSearch struct {
	ID, Name, Label, Hint, Error, Value, Suggest string
}

// TripAnswer is one answer with the way to change it.
type TripAnswer struct {
	Label, Value, Note string
	Change             Anchor
}

// TripResult is the itemised cost of a trip.
type TripResult struct {
	Heading string
	Lead    string
	Sample  bool
	Notices []Notice
	Totals  []ui.StatTile // low, likely, high; none when nothing can be totalled
	Leaves  string        // what the total leaves out
	Missing *Notice       // what is missing and what to ask for
	Lines   []TripRow
	Total   TripRow
	Costs   chart.Costs
	Wait    Fact
	UK      Fact
	CostBy  string
	Rates   []TripFigure
	Assumed []string
	Ask     []string
	Answers []TripAnswer
	Next    []Anchor
}

// TripRow is one line of the itemised table, in words. Unknown is set when no figure is held.
type TripRow struct {
	Label             string
	Low, Likely, High string
	Unknown           string
	Note              string
	Figures           []TripFigure
}

// TripFigure is a figure as its source published it.
type TripFigure struct {
	Words  string // "US$45 per night, 3-star hotel"
	Dated  string // "Dated October 2025, more than 90 days old, check it"
	Stale  bool   // Dated is a caution
	Source Anchor
}
