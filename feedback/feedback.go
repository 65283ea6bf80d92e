// Package feedback is what people tell the alliance about a listing: feedback after a confirmed stay, with its
// moderation and the hospital's right of response, and reports of a problem. It is not for results of treatment,
// which are measured and never told in a comment (ux.md §0.6), and not for complaints about care.
package feedback

import (
	"errors"
	"time"

	"carecorridor/internal/seal"
	"carecorridor/internal/token"
	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// Rules of feedback (issue 3, item 7).
const (
	MinAnswers  = 5    // fewer answers than this give no figures
	MaxComment  = 1000 // characters of a comment or a response
	MaxReason   = 300  // characters of a public reason
	LinkDays    = 90   // days that an invitation can be used, unless told otherwise
	mostDays    = 365
	oldestStay  = 24  // months since the stay after which nobody is invited
	mostComment = 200 // texts shown on one listing
)

// ErrLink is every way in which a link to the form may fail: forged, cut, too old, or never made. Which one it was
// is not told.
var ErrLink = errors.New("feedback link no longer works")

// Service keeps the rules over the store. It is safe for concurrent use.
type Service struct {
	Origin string // public address of the site for links in mails, such as "https://example.org"; "" writes none

	store  *models.Store
	signer *token.Signer
	box    *seal.Box
	clock  when.Clock
	office *letters.Office // nil without a box
}

// New makes the service. A nil box means that no email address is asked for or kept with a report.
func New(store *models.Store, signer *token.Signer, box *seal.Box, clock when.Clock) *Service {
	s := &Service{store: store, signer: signer, box: box, clock: clock}
	if box != nil {
		var err error
		if s.office, err = letters.New(store, box, letterFiles, "letters"); err != nil {
			panic(err) // the files are embedded
		}
	}
	return s
}

// Answer to a question.
type Answer string

// Answers, the same for every question.
const (
	Yes    Answer = "yes"
	Partly Answer = "partly"
	No     Answer = "no"
)

// Answers in the order in which they are offered.
var Answers = []Answer{Yes, Partly, No}

// Question is one of the three fixed questions. Field is its name in a form.
type Question struct{ Field, Text string }

// Questions are about what a patient can judge. None is about the outcome of treatment.
var Questions = [3]Question{
	{"bill", "The bill matched the quote"},
	{"contact", "I knew who to call when I got home"},
	{"risks", "Risks were explained in a way I understood"},
}

// Months of a stay are written "2026-10".
const monthForm = "2006-01"

// Month makes "October 2026" of "2026-10", or gives s back when it is no month.
func Month(s string) string {
	t, err := time.Parse(monthForm, s)
	if err != nil {
		return s
	}
	return t.Format("January 2006")
}
