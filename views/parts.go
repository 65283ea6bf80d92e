package views

// Anchor is a link in words that say where it goes. With an empty URL the words stand alone: a page that
// does not exist is never linked.
type Anchor struct {
	Text string
	URL  string
}

// Look is how a Mark is drawn. The words always say all; the look is decoration (ux.md §5.3).
type Look string

// Looks of a Mark.
const (
	LookOK   Look = "ok"   // checked on a register and running today: leaf with a tick
	LookSeen Look = "seen" // a certificate was seen, its register is not public: leaf, no tick
	LookWarn Look = "warn" // ends in 60 days or less, or its renewal is not confirmed: marigold
	LookBad  Look = "bad"  // suspended or lapsed: red
	LookInfo Look = "info" // a statement that is no certificate, e.g. "UK follow-up included"
	LookNone Look = "none" // outline: reported, applied for, checked on
)

// Mark is a badge: short words with a look.
type Mark struct {
	Text string
	Look Look
}

// Fact is one row of a list of facts. An empty Value is shown as "Not known", never left out.
type Fact struct {
	Label    string
	Value    string
	Note     string // smaller words under the value: a precision, a caution
	Dated    string // how old it is: "Dated January 2026, more than 90 days old, check it"; "" when nothing is said
	Stale    bool   // Dated is a caution
	Evidence string // who says so, in words: "Register", "Hospital says", "Directory, 2016"; "" for none
	Source   Anchor // where it was read; zero for none
	Unknown  string // words used instead of "Not known", e.g. "Not published. We asked on 2 May 2026."
}

// Notice is a caution block at the top of a page.
type Notice struct {
	Title string
	Text  []string // paragraphs
	Items []string // a bulleted list under the paragraphs
	Links []Anchor
}

// SourceRow is one line of a list of sources.
type SourceRow struct {
	What      string // what it feeds, e.g. "Certificates", "Beds"
	Source    Anchor // title, with its address when public
	Publisher string
	Licence   string // "" when none is stated
	Published string // as the source states it; "" is shown as "No date given"
	Retrieved string // day we read it, long form
	Note      string
}

// Event is one line of a dated list.
type Event struct {
	On   string // "3 November 2026"
	ISO  string // "2026-11-03", for <time>; "" when On is no full date
	What string
}
