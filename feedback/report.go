package feedback

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"slices"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/internal/seal"
	"carecorridor/models"
)

// Limits of reports.
const (
	MaxReport   = 2000 // characters
	minReport   = 10
	maxEmail    = 254
	reportSpan  = time.Hour
	reportsEach = 5 // reports from one address in a span
)

// Abouts are what a report may be about, in the order in which they are offered.
var Abouts = []string{"price", "certificate", "claim", "other"}

// ReportForm is what a reader sends about a listing.
type ReportForm struct {
	Mark  string // random, made with the form; with the content it tells a second sending from a second report
	About string
	Words string
	Email string // optional; dropped unread when no box is there to seal it
}

// NewMark is the mark of a fresh form.
func NewMark() string { return rand.Text() }

// Check says what is wrong with f.
func (f ReportForm) Check() check.List {
	var l check.List
	l.Need(slices.Contains(Abouts, f.About), "about", "Choose what looks wrong")
	switch words := strings.TrimSpace(f.Words); {
	case words == "":
		l.Add("words", "Say what looks wrong")
	case len([]rune(words)) < minReport:
		l.Add("words", "Say a little more about what looks wrong, in %d characters or more", minReport)
	default:
		l.Text("words", "What you write", f.Words, MaxReport)
	}
	if f.Email != "" {
		a, err := mail.ParseAddress(f.Email)
		l.Need(err == nil && a.Address == f.Email && len(f.Email) <= maxEmail && strings.Contains(f.Email[strings.LastIndexByte(f.Email, '@'):], "."),
			"email", "Enter an email address in the form name@example.com, or leave it empty")
	}
	return l
}

// TakesEmail reports whether an email address can be kept.
func (s *Service) TakesEmail() bool { return s.box != nil }

// Report keeps a report about the listing slug and gives its reference. The same form sent twice gives the same
// reference. More than reportsEach in an hour from one network address is fault.TooMany; with an
// empty address nothing is counted.
func (s *Service) Report(ctx context.Context, slug string, f ReportForm, address string) (ref string, problems check.List, err error) {
	f.Words, f.Email = check.Lines(f.Words), strings.TrimSpace(f.Email)
	if problems = f.Check(); !problems.OK() {
		return "", problems, nil
	}
	p, err := s.store.ProfileBySlug(ctx, slug)
	if err != nil {
		return "", nil, err
	}
	r := models.Report{ID: rand.Text(), Form: f.hash(slug), ProviderID: p.ID, About: f.About, Words: f.Words}
	if f.Email != "" && s.box != nil {
		if r.Email, err = s.box.Seal(emailPlace(r.ID), []byte(f.Email)); err != nil {
			return "", nil, err
		}
	}
	if ref, err = s.sent(ctx, r.Form); ref != "" || err != nil {
		return ref, nil, err
	}
	if address != "" {
		err = s.limit(ctx, address)
	}
	if err != nil {
		return "", nil, err
	}
	for range 5 { // a reference that is taken is drawn again
		r.Reference = reference.New()
		err = s.store.Write(ctx, func(tx *models.Tx) error { return tx.AddReport(&r) })
		if !fault.Is(err, fault.Conflict) {
			return r.Reference, nil, err
		}
		if ref, again := s.sent(ctx, r.Form); ref != "" || again != nil {
			return ref, nil, again
		}
	}
	return "", nil, err
}

// sent is the reference of a form that was sent before, "" when it was not.
func (s *Service) sent(ctx context.Context, form string) (string, error) {
	r, err := s.store.ReportByForm(ctx, form)
	if fault.Is(err, fault.Missing) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return r.Reference, nil
}

// limit counts a try. The address is kept as a keyed hash only, for a span.
func (s *Service) limit(ctx context.Context, address string) error {
	keyed := sha256.Sum256([]byte(s.signer.Sign("report limit", []byte(address), time.Unix(0, 0))))
	name := "report " + hex.EncodeToString(keyed[:16])
	var tries int64
	err := s.store.Write(ctx, func(tx *models.Tx) (err error) {
		tries, err = tx.Try(name, reportSpan)
		return err
	})
	if err == nil && tries > reportsEach {
		err = fault.Say(fault.TooMany, "report", "There were many reports from your connection. Wait an hour, then send yours again.")
	}
	return err
}

// hash names what was sent, so that a changed text sent from the same form is another report.
func (f ReportForm) hash(slug string) string {
	sum := sha256.New()
	for _, part := range []string{f.Mark, slug, f.About, f.Words, f.Email} {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func emailPlace(id string) seal.Place {
	return seal.Place{Table: "reports", Column: "email", ID: id}
}

// Reported is a report as the desk reads it.
type Reported struct {
	models.ReportLine
	Address string // email of who wants to hear back, "" when not given or when no box is there to open it
}

// Reports lists the reports that wait, oldest first; with all those closed too.
func (s *Service) Reports(ctx context.Context, all bool) ([]Reported, error) {
	rows, err := s.store.Reports(ctx, all)
	if err != nil {
		return nil, err
	}
	var out []Reported
	for _, r := range rows {
		one := Reported{ReportLine: r}
		if one.Address, err = s.addressOf(r.Report); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// CloseReport says what came of a report. The email address is forgotten.
func (s *Service) CloseReport(ctx context.Context, ref, outcome, by string) error {
	problems := named(by)
	problems.Need(strings.TrimSpace(outcome) != "", "outcome", "Say what was done")
	problems.Text("outcome", "What was done", outcome, MaxReport)
	if err := asError("close report", problems); err != nil {
		return err
	}
	code, ok := reference.Parse(ref)
	if !ok {
		return fault.New(fault.Missing, "close report", nil)
	}
	return s.store.Write(ctx, func(tx *models.Tx) error { return tx.CloseReport(code, outcome, by) })
}
