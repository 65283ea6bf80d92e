// Package listing is how a hospital keeps its entry in the directory: a draft of single values beside what is
// public, sending it for checking, the alliance's checks with evidence and a second person, certificates with their
// dates, and what time alone makes due. It is not for what the public sees of a listing (catalogue), nor for accounts
// (auth) or pages (handlers).
package listing

import (
	"context"
	"embed"
	"fmt"
	"strconv"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/check"
	"carecorridor/internal/files"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Options of New. Store, Catalogue and Clock are needed; the rest may be left out.
type Options struct {
	Store     *models.Store
	Catalogue *catalogue.Catalogue
	Clock     when.Clock

	Files   *files.Store  // certificates, photos and evidence; without it nothing can be uploaded
	Scanner files.Scanner // nil: files stay pending and only their own organisation opens them

	// Names gives the names of people by id, for "Asha changed this at 4:10pm"; who is not in the answer stays without a name.
	Names func(ctx context.Context, people []string) (map[string]string, error)
	// Belongs reports whether a person has a role at the hospital of a listing, whatever role they act in now.
	Belongs func(ctx context.Context, person string, provider int64) (bool, error)
	// Tell queues a letter to the owners of a listing in tx and says how many people it goes to.
	Tell func(tx *models.Tx, provider int64, letter Letter) (told int, err error)
	// Flag marks the open referrals of a listing when a certificate of it ends, is suspended or is withdrawn.
	Flag func(tx *models.Tx, provider int64, why string) error
	// Lift ends those marks when a checker has found that an accreditation of the hospital runs again.
	Lift func(tx *models.Tx, provider int64, checker auth.Actor) error
}

// LetterFiles are the words of the letters (package letters).
//
//go:embed letters/*.txt
var LetterFiles embed.FS

// Names of the letters.
const (
	LetterEnds     = "listing_certificate_ends"
	LetterEnded    = "listing_certificate_ended"
	LetterSentBack = "listing_sent_back"
)

// Letter is what the owners of a listing are told. It names no hospital and no certificate (brief §11).
type Letter struct {
	Template string // a name of LetterFiles, without its ending
	Days     int    // until the certificate ends, else 0
}

// Values are the words of its template.
func (l Letter) Values() map[string]string {
	return map[string]string{"Days": strconv.Itoa(l.Days)}
}

// Service is everything that is done with drafts and checks. It is safe for concurrent use. Every method that takes
// an actor asks the policy first: a listing of another organisation is fault.Missing.
type Service struct {
	Options
	views views
}

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Catalogue == nil || o.Clock == nil {
		return nil, fmt.Errorf("listing service: a part is missing")
	}
	return &Service{Options: o}, nil
}

// Edit is one value that a form sends: what it showed and what it is to be.
type Edit struct {
	Path  Path
	Seen  string // the value the form was made with: draft if there was one, else live
	Value string
}

// State of a change in the draft.
type State string

// States of a change. An approved one leaves the draft: it is live.
const (
	Drafted  State = "draft"
	Sent     State = "sent"      // waits for the alliance; editing it takes it back into the draft
	SentBack State = "sent_back" // with a reason; editing it makes it a draft again
	Rejected State = "rejected"  // with a reason
)

// Change is one value that differs from what is public.
type Change struct {
	Path   Path
	Live   string // "" when there is none
	Value  string // "" empties the field
	State  State
	Reason string // of SentBack and Rejected
	By     string // id of the person who wrote it last
	ByName string // "" when not known
	At     time.Time
	Item   string // id of the check it is part of, "" when none
}

// Draft is a listing with its public values and what is proposed beside them.
type Draft struct {
	Provider   int64
	Slug, Name string
	Sample     bool
	Live       Values
	Changes    []Change // in the order of Sections, then of keys and fields

	at  map[Path]int // of Changes, once they are in order
	ref *catalogue.Reference
}

// Conflict is a value that somebody else changed while this form was open. Nothing of either is lost: Yours is for the
// page to show again, Theirs is in the draft.
type Conflict struct {
	Path          Path
	Theirs, Yours string
	By, ByName    string
	At            time.Time // zero when the public value moved
}

// Question is something unusual that a person must confirm; it is no error.
type Question struct {
	Path Path
	Say  string
}

// Saved is what came of a save. With Problems or Questions nothing was written. Conflicts were left out, all else kept.
type Saved struct {
	Kept      []Path
	Conflicts []Conflict
	Problems  check.List // Field is the path
	Questions []Question
}

// OK reports whether everything was kept.
func (s Saved) OK() bool { return len(s.Conflicts)+len(s.Questions) == 0 && s.Problems.OK() }

// near is the relation of an actor to a listing.
func near(who auth.Actor, provider int64) auth.Relation {
	if who.Provider == 0 || who.Provider != provider {
		return ""
	}
	return auth.Near(who, who.Org, "")
}

func (s *Service) now() time.Time { return s.Clock().UTC() }

// Today is the Indian day, by which certificates and prices are judged.
func (s *Service) Today() when.Date { return when.TodayIndia(s.now()) }
