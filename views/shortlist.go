package views

import (
	"strconv"

	"carecorridor/views/ui"
)

// Shortlist is what one visitor keeps (ux.md §6.6). The addresses are of its forms.
type Shortlist struct {
	Cards                                         []ListCard
	Gone                                          int // hospitals kept that are listed no longer
	Shared                                        *SharedCode
	Compare, Drop, Note, Clear, Share, Find, Open string
	Ask                                           string // starts an enquiry to those ticked; "" hides it
	Days, ShareDays, Most, Longest                int
}

// ListCard is a hospital in short, with the visitor's own note. Without a form's address it is only shown.
type ListCard struct {
	Slug, Name, URL, Place string
	Sample                 bool
	Marks                  []Mark
	Price                  string // "No price published", "Packages from £4,900 (Total knee replacement)"
	Caution                string
	Note                   string
	Problem                string // what is wrong with the note
}

// SharedCode is the code under which a copy can be opened.
type SharedCode struct {
	Code    string
	Address string // whole, to be copied
	Path    string
	Until   string // long day
}

// ShortlistClear asks before a list is emptied.
type ShortlistClear struct {
	Count        string // "3 hospitals"
	Action, Back string
	Shared       bool // a code exists and will stop working
}

// SharedForm asks for a code.
type SharedForm struct {
	Action, Code, Problem string
}

// SharedList is a copy of somebody's list, without notes.
type SharedList struct {
	Code    string
	Until   string
	Cards   []ListCard
	Gone    int
	Compare Anchor
}

// badges are the marks, the sample badge first.
func (c ListCard) badges() []Mark {
	if c.Sample {
		return append([]Mark{{Text: sampleBadge.Text, Look: LookWarn}}, c.Marks...)
	}
	return c.Marks
}

// gone says that hospitals have left the directory.
func gone(n int) string {
	if n == 1 {
		return "1 hospital of this list is no longer listed here."
	}
	return strconv.Itoa(n) + " hospitals of this list are no longer listed here."
}

// empty says how a hospital gets on the list.
func (s Shortlist) empty() ui.Empty {
	return ui.Empty{Title: "There is nothing on your shortlist", Text: []string{"Use “Add to shortlist” on a hospital. You can keep up to " + strconv.Itoa(s.Most) + ", write notes, and share the list.",
		"Your browser then keeps a cookie for " + strconv.Itoa(s.Days) + " days after the last change. Nothing is kept before that."},
		Links: []ui.Link{{Text: "Find a hospital", Href: s.Find}}}
}
