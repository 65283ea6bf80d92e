package views

import "carecorridor/views/ui"

// Hospitals is the results page (ux.md §6.2). Only the part under #results is sent to htmx.
type Hospitals struct {
	Frame
	Heading string // "Knee replacement in India"
	Lead    string // "8 of 24 hospitals match your filters."
	Links   []ui.Link
	Filters ui.FilterPanel
	Results Results
}

// Results is the list with what was understood and what was left out.
type Results struct {
	Engine    *ui.Banner // the usual engine is down: results may be less exact or older
	Unknown   []Unknown  // words nothing was found for
	Notes     []Note     // other things the reader should know
	Chips     ui.Chips
	Showing   string // "Showing 1 to 10 of 24"; also read out after an update
	First     int    // number of the first card, 11 on page 2 of 10 a page
	Order     Order
	Compare   *CompareBar
	Cards     []ui.ResultCard
	Empty     *NoResults
	Pages     ui.Pagination
	Source    ui.SourceNote // "Index of 22 November 2026, 8:04am."
	FiltersIn string        // "Filters: JCI, Chennai", only printed
}

// Unknown is a word that was not understood and what it may have meant.
type Unknown struct {
	Word  string
	Means []ui.Link
}

// Note is a sentence with a link, e.g. "12 more hospitals list orthopaedics but publish no price." "Show them".
type Note struct {
	Text string
	Link ui.Link
}

// Order says how the list is ordered, why, and offers the other orders as a plain form.
type Order struct {
	Action  string
	Options []ui.Option
	Keep    []ui.Hidden
	Why     string   // one sentence, always shown
	WhyLong []string // "Why this order", opened on demand
	Link    ui.Link  // the full rule
}

// CompareBar says how many hospitals are chosen.
type CompareBar struct {
	Text  string
	Link  ui.Link // none while there are too few
	Hint  string
	Clear ui.Link
}

// NoResults is the empty list: what each filter costs, and what is near.
type NoResults struct {
	Title   string // "No hospitals match all your filters"
	Text    string
	Remove  []ui.Link // "Remove JCI: 6 hospitals"
	Nearest []ui.Link // treatments close to what was asked
	// Signposts are where to turn instead, outside this site.
	Signposts []ui.Link
	Help      ui.Link
}

// frame is the page's frame with what every results page needs: htmx.
func (h Hospitals) frame() Frame {
	f := h.Frame
	f.Live = true
	if f.Title == "" {
		f.Title = h.Heading
	}
	return f
}
