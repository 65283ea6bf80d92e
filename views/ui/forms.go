package ui

import "github.com/a-h/templ"

// SearchBox is the big question of the home and treatments pages.
type SearchBox struct {
	ID      string // unique in the page
	Action  string
	Label   string // "Treatment or condition" when empty
	Hint    string
	Text    string
	Suggest string // address of suggestions; empty for none
	Places  []Option
	Keep    []Hidden
	Quick   []Link
	Lead    string // before Quick: "Often looked for:"
}

// FilterPanel is the form beside results.
type FilterPanel struct {
	Action  string
	Text    string
	Suggest string
	Applied int // filters in force, for the summary on phones
	Price   *PriceFilter
	Facets  []Facet
	Keep    []Hidden
}

// PriceFilter is a picture of the prices and two inputs; values and errors are as the reader left them.
type PriceFilter struct {
	Legend             string // "Package price in pounds"
	Sign               string // "£"
	Min, Max           string
	MinError, MaxError string
	Histogram          templ.Component // nil when there are too few prices
	Note               string          // what is counted, or why there is no picture
	Hint               string
}

// Facet is one group of filter values.
type Facet struct {
	Legend, Name string
	Hint         string
	Radio        bool
	Options      []FacetOption
	More         []FacetOption // behind "Show all"
	MoreText     string        // "Show all 14 languages"
}

// FacetOption is a value with what choosing it would give; Count is already formatted, empty for none.
type FacetOption struct {
	Value, Text, Count string
	Checked            bool
}

// Field is a labelled input with its hint and error.
type Field struct {
	ID, Name, Label, Hint, Error, Value string
	Type                                string // "text" when empty; "textarea", "select", "email", "tel", "search"
	Options                             []Option
	Autocomplete, InputMode, Prefix     string
	Rows                                int
	Width                               string // "", "10", "5"
	Optional                            bool
}

// Choices is radios or checkboxes under one legend.
type Choices struct {
	ID, Name, Legend, Hint, Error string
	Many                          bool // checkboxes
	PageHeading                   bool // the legend is the page's h1
	Options                       []Choice
}

// Choice is one of them.
type Choice struct {
	Value, Text, Hint string
	Checked           bool
}

// ErrorSummary is the list on top of main; Problems link to the fields' ids.
type ErrorSummary struct {
	Title    string // "There is a problem" when empty
	Problems []Problem
}

// Problem is one sentence and the id of the field it is about, or none.
type Problem struct{ Text, FieldID string }

// Suggestions is the list under a search box, also as a page fragment.
type Suggestions struct {
	Query  string
	Groups []SuggestionGroup
	Status string // "6 suggestions", read out
}

// SuggestionGroup is suggestions of one kind.
type SuggestionGroup struct {
	Title string
	Items []Suggestion
}

// Suggestion is one line. Href is where it leads with scripts off and on.
type Suggestion struct{ Text, Sub, Href string }
