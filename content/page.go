package content

import "carecorridor/internal/when"

// HTML is markup made here from checked Markdown and sanitised: it may be written to a page as it is.
type HTML string

// Page is what every text has.
type Page struct {
	Slug    string // the last part of its address and the name of its file
	Title   string
	Summary string // one sentence without figures, also the description of the page
	// AuthorRole is who wrote it and checked it against its sources on ReviewedOn.
	AuthorRole string
	// ClinicalReview is the role of the clinician who reviewed it, empty while none has.
	ClinicalReview string
	ReviewedOn     when.Date
	NextReview     when.Date
	Sources        []Source
	History        []Change // newest first
	Body           HTML
	Contents       []Heading
	Text           string // the words of the body, for checks and search
}

// Source is where a fact was read. ID is "s1" for the first, in order; texts refer to it as [s1].
type Source struct {
	ID        string
	Title     string
	Publisher string
	URL       string
	Date      string    // of the source as it states it, e.g. "19 March 2025", "2017"; empty when it states none
	Accessed  when.Date // day we read it; not known when we have not read it ourselves, which Note then says
	Note      string    // what to know before relying on it, e.g. "news report of the study"
}

// Change is one line of a text's history.
type Change struct {
	On   when.Date
	What string
}

// Heading is a section of the body, for the list of contents.
type Heading struct{ ID, Text string }

// Chapter is one part of the guide.
type Chapter struct {
	Page
	Number int
}

// Checklist is the printable list; its parts are lists of short lines.
type Checklist struct {
	Page
}

// Article is one model of care. The summary fields are inline markup with references.
type Article struct {
	Page
	Topic     string // one of Topics
	Specialty string
	Country   string
	Where     string // place and organisation
	Evidence  Evidence
	Problem   HTML
	What      HTML
	Results   []HTML // each with its number of patients, period and source
	Cost      HTML   // cost per case, or that none was found
	Staff     HTML
	Carbon    HTML
	Transfer  []HTML // what would have to be true to copy it
}

// Evidence is how far the results can be relied on.
type Evidence string

// Levels, strongest first.
const (
	Controlled  Evidence = "controlled"
	Comparative Evidence = "comparative"
	Observed    Evidence = "observed"
	Reported    Evidence = "reported"
)

// EvidenceLevels in the order of the filter.
var EvidenceLevels = []Evidence{Controlled, Comparative, Observed, Reported}

var evidenceWords = map[Evidence][2]string{
	Controlled:  {"Compared with a control group", "A study set the results beside those of similar patients or hospitals in the same period."},
	Comparative: {"Before and after, or modelled", "Results were set beside an earlier period, another place or a model. Other changes may explain part of the difference."},
	Observed:    {"Observed, no comparison", "Results were counted and published, without a comparison."},
	Reported:    {"Reported by the organisation or the press", "Nobody independent has tested the figures that we found."},
}

// Label is the level in a few words.
func (e Evidence) Label() string { return evidenceWords[e][0] }

// Meaning is the level in a sentence.
func (e Evidence) Meaning() string { return evidenceWords[e][1] }

// Topics of the models of care.
var Topics = []string{
	"High-volume surgery", "Remote care and follow-up", "Care close to home", "Buying together",
	"Infection and antibiotics", "Maternity", "Devices", "Emergency access",
}
