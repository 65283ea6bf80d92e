package views

// Cited is a source of a text. ID is the anchor that "[1]" in the text leads to, e.g. "s1".
type Cited struct {
	ID        string
	Source    Anchor // title, with its address
	Publisher string
	Date      string // as the source states it; "" is shown as "no date given"
	Read      string // day we read it, long form
	Note      string // what to know before relying on it
}

// Reviewed says who wrote a text, who looked at it and when it is looked at again.
type Reviewed struct {
	Author   string // role, e.g. "Health writer, Care Corridor"
	Clinical string // role of the clinician who reviewed it; "" says that none has
	On, Next string // days, long form
	History  []Event
}

// GuideHub is the entrance of the travel and safety guide.
type GuideHub struct {
	Chapters  []GuideEntry
	Checklist Anchor
	Reviewed  string // the oldest day of review among the chapters, long form
}

// GuideEntry is one chapter in a list.
type GuideEntry struct {
	Number  int
	Title   string
	Summary string
	URL     string
	Current bool
}

// GuideChapter is one chapter. Body is markup that was sanitised where it was made.
type GuideChapter struct {
	Number, Of int
	Title      string
	Lead       string
	Contents   []Anchor // sections of the body: "#p-…"
	Body       string
	Chapters   []GuideEntry // all of them, this one Current
	Checklist  Anchor
	Prev, Next Anchor // zero at the ends
	Sources    []Cited
	Reviewed   Reviewed
}

// GuideChecklist is the list that prints on one A4 page.
type GuideChecklist struct {
	Title    string
	Lead     string
	Body     string   // sanitised markup
	Blanks   []string // what to fill in on the card by hand, e.g. "Hospital and city"
	Back     Anchor
	Reviewed Reviewed
	Address  string // where this came from, for paper
}

// chapterOf is the small line over the title.
func (c GuideChapter) chapterOf() string {
	return "Chapter " + itoa(c.Number) + " of " + itoa(c.Of)
}
