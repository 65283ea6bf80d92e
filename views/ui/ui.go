// Package ui is the parts that pages are made of (ux.md §5): each is a plain struct whose View method
// draws it. Callers make every decision (words, formats, links); a part only lays out what it is given.
// It is not for whole pages and it knows no hospital, price or database.
package ui

// Link is an address and its words. Hidden is read out after Text, for links that repeat in a list.
type Link struct{ Text, Href, Hidden string }

// Set reports whether there is anything to link to.
func (l Link) Set() bool { return l.Href != "" }

// Option is one value of a select or a radio list.
type Option struct {
	Value, Text string
	Selected    bool
}

// Hidden is state a form carries without showing it.
type Hidden struct{ Name, Value string }

// Tone chooses a badge's colours; the words must say it all (ux.md §5.3).
type Tone string

// Tones. Checked has a tick: only for what the body's own register shows.
const (
	Checked Tone = "checked"
	Seen    Tone = "seen" // certificate seen, register not public: leaf without tick
	Info    Tone = "info"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
	Neutral Tone = "none" // applied for, sample, checked on
)

// Badge is a short label.
type Badge struct {
	Tone Tone
	Text string
	Lang string // of Text when it is not English, e.g. "hi"
}

// Badges is a row of them.
type Badges []Badge

// Fact is a label and its value. Missing draws the value as unknown: say what is not known in Value.
type Fact struct {
	Label, Value string
	Note         string // small line under the value
	Link         Link   // after the value
	Number       bool   // tabular figures
	Missing      bool
	Strong       bool // a total
}

// FactList is facts in two or three columns, as on a result card.
type FactList []Fact

// Lines is facts with the label left and the value right, as in a quote card.
type Lines []Fact

// SummaryList is facts as rows with room for sentences.
type SummaryList []Fact

// PriceBlock is the tinted price corner of a result card. With NoPrice the heading says so and Price is empty.
type PriceBlock struct {
	Label   string // "Full hospital package", "No price published"
	Price   string // "£5,450 to £6,900"
	Note    string // "Taxes and implant included"
	NoPrice bool
	Context []Fact // "Indicative range in India" → "£4,100 to £6,000"; "Whole trip for 2, about"
	Link    Link   // "Where the range comes from"
	Ask     Link   // "Ask for a quote"
}

// ResultCard is one hospital in a list.
type ResultCard struct {
	ID        string // unique in the page, e.g. the slug
	Name      string
	Lang      string
	Href      string
	Place     string // "Chennai, 9 km from the airport"
	Sample    bool   // draws the Sample badge first
	Badges    Badges
	Facts     FactList
	Price     PriceBlock
	Why       string // why it is here: "Lists orthopaedics, publishes no price"
	Compare   *Toggle
	Shortlist *Toggle
	Checked   string // "Listing checked 3 November 2026"
	Ready     string // Body as it was drawn before; "" draws it now
}

// Toggle is a one-button form on a card, or a link when Href is set; both work with scripts off.
type Toggle struct {
	Href   string
	Action string
	Name   string
	Value  string
	Text   string // "Add to shortlist"
	On     bool
}

// Chip is one part of the question as understood, with the address of the page without it.
type Chip struct{ Text, RemoveHref string }

// Chips is the row above results. ClearHref is empty when there is nothing to clear.
type Chips struct {
	Items     []Chip
	ClearHref string
}

// Pagination is numbered pages. A gap is an item with neither number nor link.
type Pagination struct {
	Label      string // of the landmark, default "Pagination"
	Items      []PageItem
	Prev, Next string
}

// PageItem is one number.
type PageItem struct {
	Number  int
	Href    string
	Current bool
}

// SourceNote is where a figure comes from; Stale draws it as overdue.
type SourceNote struct {
	Text  string // "Prices from 42 hospitals, updated 18 November 2026."
	Links []Link
	Stale bool
}

// StatTile is one number with words.
type StatTile struct{ Value, Label, Note string }

// Empty says what would be here, why it is not, and what to do next.
type Empty struct {
	Title string
	Text  []string
	Links []Link
}
