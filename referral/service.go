package referral

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/mail"
	"carecorridor/internal/seal"
	"carecorridor/internal/when"
	"carecorridor/internal/workday"
	"carecorridor/letters"
	"carecorridor/models"
	"carecorridor/referral/discharge"
)

// Directory knows hospitals and treatments.
type Directory interface {
	// Listed is a published hospital; fault.Missing or fault.Gone else.
	Listed(ctx context.Context, slug string) (Listed, error)
	// Treatment names a treatment and the kind of procedure that aftercare and flying go by.
	Treatment(slug string) (t Treatment, ok bool)
}

// Listed is what a referral keeps of a hospital's listing when it is chosen.
type Listed struct {
	Provider   int64  `json:"provider"`
	Slug       string `json:"slug"`
	Name       string `json:"name"`
	City       string `json:"city"`
	Sample     bool   `json:"sample"`
	Accredited string `json:"accredited"` // certificate in words, with its last day
	Price      string `json:"price"`      // of the treatment, in words, or ""
}

// Treatment of the directory.
type Treatment struct {
	Name      string
	Specialty string
	Family    discharge.Family
}

// Terms are times and limits of the service; every zero value has the default written beside it.
type Terms struct {
	LinkDays      int           // a patient's link works: 14
	CodeTime      time.Duration // a mailed code: 15 minutes
	CodeTries     int           // wrong codes before a new one is needed: 5
	CodesAnHour   int           // codes mailed for one referral in an hour: 5
	LookupsAnHour int           // tries to find a referral by reference and address, for one reference: 10
	PatientIdle   time.Duration // 30 minutes (domain.md §1.5)
	PatientLong   time.Duration // 12 hours
	HandbackDays  int           // a GP's link works: 60
	DeskDays      int           // staff see a closed referral without break-glass: 90
	DraftDays     int           // content of a draft that was never sent, after it ended: 0
	UntreatedDays int           // content of a referral without treatment, after it ended: 730 (domain.md §4.5)
	TreatedDays   int           // content of a treated one: 2922
	MentalDays    int           // with mental-health content: 7305
	SkeletonDays  int           // names of staff and practice in what is left: 2922
	PassportDays  int           // passport, after the journey home: 90
	NoticeDays    int           // notes that mail was sent: 90
}

func (t Terms) filled() Terms {
	for n, value := range map[*int]int{&t.LinkDays: 14, &t.CodeTries: 5, &t.CodesAnHour: 5, &t.LookupsAnHour: 10, &t.HandbackDays: 60, &t.DeskDays: 90,
		&t.UntreatedDays: 730, &t.TreatedDays: 2922, &t.MentalDays: 7305, &t.SkeletonDays: 2922, &t.PassportDays: 90, &t.NoticeDays: 90} {
		if *n <= 0 {
			*n = value
		}
	}
	for d, value := range map[*time.Duration]time.Duration{&t.CodeTime: 15 * time.Minute, &t.PatientIdle: 30 * time.Minute, &t.PatientLong: 12 * time.Hour} {
		if *d <= 0 {
			*d = value
		}
	}
	return t
}

// Options of New. Store, Box, Files, Directory and Clock are needed.
type Options struct {
	Store       *models.Store
	Box         *seal.Box
	Files       *files.Store
	Scanner     files.Scanner // nil: documents stay pending and only who sent them opens them
	Directory   Directory
	Clock       when.Clock
	Calendar    Calendar // workday.Both when nil; a hospital's own holidays are added to that alone
	Timings     Timings  // Usual when nil
	Terms       Terms
	Origin      string           // of links in mail, such as "https://example.org"
	Mailboxes   auth.MailDomains // mailboxes there show that a referrer works in UK health; nobody's counts when empty
	TestNumbers bool             // NHS numbers from 999 000 0000 are taken: never in production
	Quiet       bool             // nobody is told anything: for samples
}

// Service is everything that can be done with referrals. It is safe for concurrent use. Every method that takes an
// actor asks the policy and the table first, does all of one event in one transaction, and writes the audit trail.
type Service struct {
	Options
	office *letters.Office

	rechecked atomic.Int64 // second of the last look at hospitals of coming journeys, by this process
}

// New makes the service.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Box == nil || o.Files == nil || o.Directory == nil || o.Clock == nil {
		return nil, fmt.Errorf("referral service: a part is missing")
	}
	o.Terms = o.Terms.filled()
	if o.Timings == nil {
		o.Timings = Usual()
	}
	if l := o.Timings.Check(); !l.OK() {
		return nil, fmt.Errorf("referral timers: %s", l)
	}
	if o.Calendar == nil {
		o.Calendar = workday.Both
	}
	s := &Service{Options: o}
	var err error
	s.office, err = letters.New(o.Store, o.Box, letterFiles, "letters")
	return s, err
}

// SendMail is this package's part of the mail queue: codes and links to patients.
func (s *Service) SendMail(ctx context.Context, sender mail.Sender, id string) (mine bool, err error) {
	return s.office.Send(ctx, sender, id)
}

// What a person may be told.
var (
	// ErrLink is every way in which a link, code or session of a patient may fail. Which one it was is not told.
	ErrLink = fault.Say(fault.Missing, "referral link", "This link or code does not work. Ask for a new one.")
	// ErrTooMany tries.
	ErrTooMany = fault.Say(fault.TooMany, "referral", "There were too many tries. Wait 1 hour, then ask for a new link.")
	// ErrNotScanned: a document that only who sent it may open yet.
	ErrNotScanned = fault.Say(fault.Forbidden, "referral file", "This document has not been checked for viruses yet. Try again later.")
	// ErrPaused: the patient suspended sharing, so a hospital reads nothing.
	ErrPaused = fault.Say(fault.Forbidden, "referral", "The patient has paused sharing. You can see the referral again if they resume it.")
	// ErrBreakGlass: staff have no worklist reason to open it.
	ErrBreakGlass = fault.Say(fault.Forbidden, "referral", "This referral is not on a worklist. A safety reviewer can open it by giving a reason, which is reported.")
)

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Microsecond) }

// Today is the British day.
func (s *Service) Today() when.Date { return when.DateOf(s.now().In(london)) }

// newID is made here and not by the database: sealed columns are bound to it.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// sealJSON writes a value for a column.
func (s *Service) sealJSON(table, column, id string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fault.New(fault.Broken, "seal "+table, err)
	}
	return s.Box.Seal(seal.Place{Table: table, Column: column, ID: id}, plain)
}

// sealText writes words for a column.
func (s *Service) sealText(table, column, id, text string) ([]byte, error) {
	return s.Box.Seal(seal.Place{Table: table, Column: column, ID: id}, []byte(text))
}

// openText reads what sealText wrote; empty is "".
func (s *Service) openText(table, column, id string, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	plain, err := s.Box.Open(seal.Place{Table: table, Column: column, ID: id}, sealed)
	if err != nil {
		return "", fault.New(fault.Broken, "open "+table, err)
	}
	return string(plain), nil
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// openJSON reads a column; empty leaves v as it is.
func (s *Service) openJSON(table, column, id string, sealed []byte, v any) error {
	if len(sealed) == 0 {
		return nil
	}
	plain, err := s.Box.Open(seal.Place{Table: table, Column: column, ID: id}, sealed)
	if err == nil {
		err = json.Unmarshal(plain, v)
	}
	if err != nil {
		return fault.New(fault.Broken, "open "+table, err)
	}
	return nil
}
