package enquiry

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/internal/token"
	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// Listing is what an enquiry needs to know of a hospital.
type Listing struct {
	Slug, Name string
	Sample     bool
	Email      string // checked address for requests; "" when none is held
}

// Directory knows hospitals and treatments.
type Directory interface {
	// Listing of a published hospital; fault.Missing or fault.Gone else.
	Listing(ctx context.Context, slug string) (Listing, error)
	// Treatment is the name of a treatment.
	Treatment(slug string) (name string, ok bool)
}

// Terms are the times and limits of the service; every zero value has the default written beside it.
type Terms struct {
	DraftDays    int // a draft nobody touched is dropped: 7
	TrackDays    int // a patient's link works: 28
	AnswerDays   int // a hospital's link works: 120
	ReplyDays    int // a hospital that says nothing lapses: 14
	InfoDays     int // a patient who does not answer a hospital's question: 28
	HeldDays     int // a request that cannot be delivered: 90
	QuotedDays   int // after the quote and its date have passed: 60
	KeptDays     int // a closed enquiry, with the consent to keep it: 730 (domain.md §4.5)
	UnkeptDays   int // a closed enquiry without: 30
	AcceptedDays int // an enquiry that led to treatment: 2922
	MailDays     int // the note that mail was sent: 30
	Tries        int // wrong links for one code in an hour: 10
	LinkRequests int // requests for a new link for one code in an hour: 5
}

func (t Terms) filled() Terms {
	set := func(n *int, value int) {
		if *n <= 0 {
			*n = value
		}
	}
	set(&t.DraftDays, 7)
	set(&t.TrackDays, 28)
	set(&t.AnswerDays, 120)
	set(&t.ReplyDays, 14)
	set(&t.InfoDays, 28)
	set(&t.HeldDays, 90)
	set(&t.QuotedDays, 60)
	set(&t.KeptDays, 730)
	set(&t.UnkeptDays, 30)
	set(&t.AcceptedDays, 2922)
	set(&t.MailDays, 30)
	set(&t.Tries, 10)
	set(&t.LinkRequests, 5)
	return t
}

// Options of New. All but Scanner, Origin and Terms are needed.
type Options struct {
	Store     *models.Store
	Box       *seal.Box
	Tokens    *token.Signer
	Files     *files.Store
	Scanner   files.Scanner // nil: files stay pending and only their sender opens them
	Directory Directory
	Clock     when.Clock
	Origin    string // of links in mail, such as "https://example.org"
	Terms     Terms
}

// Service is everything that can be done with enquiries. It is safe for concurrent use.
type Service struct {
	Options
	office *letters.Office
}

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Box == nil || o.Tokens == nil || o.Files == nil || o.Directory == nil || o.Clock == nil {
		return nil, fmt.Errorf("enquiry service: a part is missing")
	}
	o.Terms = o.Terms.filled()
	office, err := letters.New(o.Store, o.Box, letterFiles, "letters")
	return &Service{o, office}, err
}

// Refused is why an input was not taken; the zero Refused means that it was.
type Refused struct {
	Problems check.List
	Stop     *Stop
}

// OK reports whether the input was taken.
func (r Refused) OK() bool { return r.Problems.OK() && r.Stop == nil }

// What a person may be told.
var (
	// ErrLink is every way in which a draft, code or link may fail. Which one it was is not told.
	ErrLink = fault.Say(fault.Missing, "enquiry link", "This link no longer works")
	// ErrMoved: somebody else was first, or the request is not in a state for this.
	ErrMoved = fault.Say(fault.Conflict, "enquiry", "This has changed since you opened the page. Look at it again")
	// ErrTooMany tries for one code.
	ErrTooMany = fault.Say(fault.TooMany, "enquiry", "Too many tries. Wait 1 hour")
	// ErrNotScanned: a document that only its sender may open yet.
	ErrNotScanned = fault.Say(fault.Forbidden, "enquiry file", "This document has not been checked for viruses yet")
)

// uk is where patients are: dates of forms are British days.
var uk = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC // a machine without zones: an hour off in summer
	}
	return l
}()

func (s *Service) now() time.Time { return s.Clock().UTC() }

// Today is the British day.
func (s *Service) Today() when.Date { return when.DateOf(s.now().In(uk)) }

func (s *Service) days(n int) time.Time { return s.now().AddDate(0, 0, n) }

// newID is made here and not by the database: sealed columns are bound to it.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Columns that are sealed.
func answersPlace(id string) seal.Place {
	return seal.Place{Table: "enquiries", Column: "answers", ID: id}
}
func contactPlace(id string) seal.Place {
	return seal.Place{Table: "enquiries", Column: "contact", ID: id}
}
func namePlace(id string) seal.Place {
	return seal.Place{Table: "enquiry_files", Column: "name", ID: id}
}
func messagePlace(id string) seal.Place {
	return seal.Place{Table: "enquiry_messages", Column: "body", ID: id}
}
func quotePlace(id string) seal.Place { return seal.Place{Table: "quotes", Column: "body", ID: id} }

// sealJSON writes a value for a column.
func (s *Service) sealJSON(at seal.Place, v any) ([]byte, error) {
	words, err := plain(v)
	if err != nil {
		return nil, err
	}
	return s.Box.Seal(at, words)
}

// plain is a value as it is before it is sealed; equal values are equal bytes.
func plain(v any) ([]byte, error) {
	words, err := json.Marshal(v)
	if err != nil {
		return nil, fault.New(fault.Broken, "seal", err)
	}
	return words, nil
}

// openJSON reads a column; empty leaves v as it is.
func (s *Service) openJSON(at seal.Place, sealed []byte, v any) error {
	if len(sealed) == 0 {
		return nil
	}
	plain, err := s.Box.Open(at, sealed)
	if err == nil {
		err = json.Unmarshal(plain, v)
	}
	if err != nil {
		return fault.New(fault.Broken, "open "+at.Table, err)
	}
	return nil
}

// Purposes keep the links of one kind from being used as those of another.
const (
	forDraft  = "enquiry draft"
	forTrack  = "enquiry track"
	forAnswer = "enquiry answer"
)

func (s *Service) link(purpose, id string, days int) string {
	raw, err := uuid.Parse(id)
	if err != nil {
		panic("enquiry: id " + id) // ids are made by newID
	}
	return s.Tokens.Sign(purpose, raw[:], s.days(days))
}

// idOf is the id in a link. Every failure is ErrLink.
func (s *Service) idOf(purpose, link string) (string, error) {
	raw, err := s.Tokens.Verify(purpose, link, s.now())
	if err != nil {
		return "", ErrLink
	}
	id, err := uuid.FromBytes(raw)
	if err != nil {
		return "", ErrLink
	}
	return id.String(), nil
}

// hideMissing makes a row that is gone the same failure as a link that is wrong.
func hideMissing(err error) error {
	if fault.Is(err, fault.Missing) {
		return ErrLink
	}
	return err
}
