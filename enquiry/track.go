package enquiry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/reference"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Tracked is an enquiry as its patient sees it.
type Tracked struct {
	Reference string
	Link      string // a fresh token: it works from now for as long as the terms say
	Progress  Progress
	Submitted time.Time
	Erased    bool // then everything below is empty but History
	Answers   Answers
	Contact   Contact
	Files     []File
	Hospitals []TrackedHospital
	History   []Happening // oldest first
}

// TrackedHospital is one hospital of an enquiry as the patient sees it.
type TrackedHospital struct {
	ID       string // of this request, for the actions below; it opens nothing by itself
	Hospital Chosen
	State    State
	Since    time.Time     // of the state, or of the last message
	Reason   DeclineReason // when Declined
	Messages []Message     // oldest first
	Quotes   []Quote       // oldest first; the last one counts
	Allowed  []Event       // what the patient may do now, guards passed
	Contact  bool          // the hospital may see name and contact
}

// Newest is the quote that counts, nil when there is none.
func (h TrackedHospital) Newest() *Quote {
	if len(h.Quotes) == 0 {
		return nil
	}
	return &h.Quotes[len(h.Quotes)-1]
}

// Quote is one version of an offer.
type Quote struct {
	Number int64 // 1, 2, …
	Offer
	IssuedOn when.Date
	At       time.Time
	InDate   bool // today, in the UK
	Newest   bool
}

// Message between a patient and a hospital.
type Message struct {
	By   Actor // Patient or Hospital
	Text string
	At   time.Time
	// AsksForMoney: the words look like bank details. We never ask for deposits; the page says so (domain.md §9.2 A6).
	AsksForMoney bool
}

// Happening is a line of history.
type Happening struct {
	Event    string // an Event, or submit, settle, erase
	By       Actor
	Ord      int64 // which hospital, from 1; 0: the enquiry as a whole
	From, To string
	Quote    int64 // number, 0 when it is not about one
	At       time.Time
}

// Track opens a patient's page by the code and the token that was mailed. Every failure is ErrLink, or
// ErrTooMany after too many of them for one code.
func (s *Service) Track(ctx context.Context, code, link string) (Tracked, error) {
	e, err := s.enter(ctx, code, link)
	if err != nil {
		return Tracked{}, err
	}
	return s.tracked(ctx, e)
}

// enter is the door of everything a patient does. A right link is never held up by somebody else's wrong ones.
func (s *Service) enter(ctx context.Context, code, link string) (*models.Enquiry, error) {
	known, wellFormed := reference.Parse(code)
	id, err := s.idOf(forTrack, link)
	if err == nil && wellFormed {
		e, err := s.Store.EnquiryByID(ctx, id)
		if err == nil && e.Reference != nil && *e.Reference == known {
			return e, nil
		}
		if err != nil && !fault.Is(err, fault.Missing) {
			return nil, err
		}
	}
	if !wellFormed {
		known = "malformed"
	}
	if err := s.count(ctx, "track "+known, s.Terms.Tries); err != nil && wellFormed {
		return nil, err
	}
	return nil, ErrLink
}

// attemptSpan is how long tries are counted together.
const attemptSpan = time.Hour

// count notes one try; more than most in an hour are ErrTooMany. The name is kept as a hash.
func (s *Service) count(ctx context.Context, name string, most int) error {
	sum := sha256.Sum256([]byte(name))
	var tries int64
	err := s.Store.Write(ctx, func(tx *models.Tx) (err error) {
		tries, err = tx.Try(hex.EncodeToString(sum[:]), attemptSpan)
		return err
	})
	if err == nil && tries > int64(most) {
		return ErrTooMany
	}
	return err
}

// SendLink mails a new link when code and email address belong together. Whether they do is not told: the answer is
// nil either way, or ErrTooMany. Field of the problems: code, email.
func (s *Service) SendLink(ctx context.Context, code, email string) (check.List, error) {
	var l check.List
	known, ok := reference.Parse(code)
	l.Need(ok, "code", "Enter your code, like CC-7K3M-9Q. Check each letter: one of them may be wrong")
	l.Need(emailOK(email), "email", "Enter the email address you gave us, like name@example.com")
	if !l.OK() {
		return l, nil
	}
	if err := s.count(ctx, "link "+known, s.Terms.LinkRequests); err != nil {
		return nil, err
	}
	e, err := s.Store.EnquiryByReference(ctx, known)
	if fault.Is(err, fault.Missing) || err == nil && e.ErasedAt != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	_, c, err := s.open(e)
	if err != nil || !strings.EqualFold(c.Email, strings.TrimSpace(email)) {
		return nil, err
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error { return s.tellPatient(tx, e, c.Email, letterLink) })
}

func (s *Service) tracked(ctx context.Context, e *models.Enquiry) (t Tracked, err error) {
	t = Tracked{Reference: *e.Reference, Link: s.link(forTrack, e.ID, s.Terms.TrackDays), Progress: Progress(e.State), Submitted: *e.SubmittedAt, Erased: e.ErasedAt != nil}
	parts, err := s.Store.PartsOf(ctx, e.ID)
	if err != nil {
		return t, err
	}
	t.History = happenings(parts.Events)
	if t.Answers, t.Contact, err = s.open(e); err != nil {
		return t, err
	}
	if t.Files, err = s.filesOf(parts.Files); err != nil {
		return t, err
	}
	for _, r := range parts.Recipients {
		h, err := s.trackedHospital(r, parts)
		if err != nil {
			return t, err
		}
		t.Hospitals = append(t.Hospitals, h)
	}
	return t, nil
}

func (s *Service) trackedHospital(r models.EnquiryRecipient, parts *models.EnquiryParts) (h TrackedHospital, err error) {
	h = TrackedHospital{ID: r.ID, Hospital: Chosen{r.HospitalSlug, r.HospitalName, r.Sample}, State: State(r.State), Since: r.MovedAt,
		Reason: DeclineReason(r.Reason), Contact: contactOpen(r, parts.Consents)}
	if h.Messages, err = s.messages(r.ID, parts.Messages); err != nil {
		return h, err
	}
	if h.Quotes, err = s.quotes(r.ID, parts.Quotes); err != nil {
		return h, err
	}
	for _, e := range AllowedActions(h.State, Patient) {
		if n := h.Newest(); e == Accept && (n == nil || !n.InDate) {
			continue
		}
		h.Allowed = append(h.Allowed, e)
	}
	return h, nil
}

// contactOpen: after acceptance, or with the patient's consent for it.
func contactOpen(r models.EnquiryRecipient, consents []models.EnquiryConsent) bool {
	if State(r.State) == Accepted {
		return true
	}
	live := State(r.State) != Held && !State(r.State).Ended()
	return live && slices.ContainsFunc(consents, func(c models.EnquiryConsent) bool {
		return c.Kind == "direct_contact" && c.Given && c.WithdrawnAt == nil
	})
}

// bank finds account numbers and ways to pay in a message.
var bank = regexp.MustCompile(`(?i)\b([A-Z]{2}\d{2}[ ]?([A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}|IBAN|IFSC|SWIFT( code)?|sort code|account (number|no\.?)|\d{2}-\d{2}-\d{2}|UPI|western union|moneygram|bitcoin|crypto|advance payment|deposit)\b`)

func (s *Service) messages(recipient string, rows []models.EnquiryMessage) (out []Message, err error) {
	for _, m := range rows {
		if m.RecipientID != recipient {
			continue
		}
		text, err := s.Box.Open(messagePlace(m.ID), m.Body)
		if err != nil {
			return nil, fault.New(fault.Broken, "open enquiry_messages", err)
		}
		out = append(out, Message{By: Actor(m.ByWhom), Text: string(text), At: m.At, AsksForMoney: m.ByWhom == string(Hospital) && bank.Match(text)})
	}
	return out, nil
}

func (s *Service) quotes(recipient string, rows []models.Quote) (out []Quote, err error) {
	for _, q := range rows {
		if q.RecipientID != recipient {
			continue
		}
		offer, err := s.openOffer(q)
		if err != nil {
			return nil, err
		}
		out = append(out, Quote{Number: q.Number, Offer: offer, IssuedOn: q.IssuedOn, At: q.At, InDate: s.inDate(q)})
	}
	if len(out) > 0 {
		out[len(out)-1].Newest = true
	}
	return out, nil
}

// inDate: the last day counts, as it is in the UK.
func (s *Service) inDate(q models.Quote) bool { return !q.ValidUntil.Before(s.Today()) }

func happenings(rows []models.EnquiryEvent) []Happening {
	out := make([]Happening, len(rows))
	for i, r := range rows {
		out[i] = Happening{Event: r.Event, By: Actor(r.ByWhom), Ord: r.RecipientOrd, From: r.FromState, To: r.ToState, At: r.At}
		if r.QuoteNumber != nil {
			out[i].Quote = *r.QuoteNumber
		}
	}
	return out
}

// TrackFile gives a document back to the patient who sent it. One that is not there, or was blocked, is ErrLink.
func (s *Service) TrackFile(ctx context.Context, code, link, file string) (Content, error) {
	e, err := s.enter(ctx, code, link)
	if err != nil {
		return Content{}, err
	}
	return s.fileOf(ctx, e.ID, file, func(f File) error {
		if f.Scan == files.Blocked {
			return ErrLink
		}
		return nil
	})
}

func (s *Service) fileOf(ctx context.Context, enquiry, file string, may func(File) error) (Content, error) {
	parts, err := s.Store.PartsOf(ctx, enquiry)
	if err != nil {
		return Content{}, err
	}
	list, err := s.filesOf(parts.Files)
	if err != nil {
		return Content{}, err
	}
	for _, f := range list {
		if f.ID == file {
			if err := may(f); err != nil {
				return Content{}, err
			}
		}
	}
	return s.content(ctx, list, file)
}

// SampleLinks are the answer tokens of the sample hospitals of an enquiry, by request id: the demonstration shows
// them so that one visitor can try both sides. There are none of real hospitals.
func (s *Service) SampleLinks(ctx context.Context, code, link string) (map[string]string, error) {
	e, err := s.enter(ctx, code, link)
	if err != nil {
		return nil, err
	}
	parts, err := s.Store.PartsOf(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range parts.Recipients {
		if r.Sample && State(r.State) != Held {
			out[r.ID] = s.link(forAnswer, r.ID, s.Terms.AnswerDays)
		}
	}
	return out, nil
}
