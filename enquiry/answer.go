package enquiry

import (
	"context"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// Request is an enquiry as one hospital sees it: what the patient agreed to send, and nothing of other hospitals.
type Request struct {
	Reference string
	Hospital  Chosen
	State     State
	Submitted time.Time
	Due       time.Time // when it lapses unless the hospital answers; zero when it does not wait for the hospital
	// Closed: consent or need has ended, and everything below is empty.
	Closed   bool
	Answers  Answers  // without the hospitals and consents of the patient
	Contact  *Contact // nil until a quote is accepted or the patient agreed to share it
	Files    []File   // only those that are Safe open
	Messages []Message
	Quotes   []Quote
	Allowed  []Event
}

// Answer shows a request to the hospital that a link was made for. It changes nothing: see OpenRequest. Every failure
// of the link is ErrLink.
func (s *Service) Answer(ctx context.Context, link string) (Request, error) {
	r, e, err := s.asked(ctx, link)
	if err != nil {
		return Request{}, err
	}
	out := Request{Reference: *e.Reference, Hospital: Chosen{r.HospitalSlug, r.HospitalName, r.Sample}, State: State(r.State), Submitted: *e.SubmittedAt}
	if out.State.Ended() || out.State == Held {
		out.Closed = true
		return out, nil
	}
	out.Allowed = AllowedActions(out.State, Hospital)
	if out.State == Sent || out.State == Opened {
		out.Due = r.MovedAt.AddDate(0, 0, s.Terms.ReplyDays)
	}
	return out, s.fill(ctx, &out, r, e)
}

func (s *Service) fill(ctx context.Context, out *Request, r *models.EnquiryRecipient, e *models.Enquiry) error {
	a, c, err := s.open(e)
	if err != nil {
		return err
	}
	parts, err := s.Store.PartsOf(ctx, e.ID)
	if err != nil {
		return err
	}
	a.Hospitals, a.Consents, a.Done = nil, Consents{}, nil
	out.Answers = a
	if contactOpen(*r, parts.Consents) {
		out.Contact = &c
	}
	if out.Files, err = s.filesOf(parts.Files); err != nil {
		return err
	}
	if out.Messages, err = s.messages(r.ID, parts.Messages); err != nil {
		return err
	}
	out.Quotes, err = s.quotes(r.ID, parts.Quotes)
	return err
}

// asked is the door of everything a hospital does.
func (s *Service) asked(ctx context.Context, link string) (*models.EnquiryRecipient, *models.Enquiry, error) {
	id, err := s.idOf(forAnswer, link)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Store.RecipientByID(ctx, id)
	if err != nil {
		return nil, nil, hideMissing(err)
	}
	e, err := s.Store.EnquiryByID(ctx, r.EnquiryID)
	if err == nil && e.ErasedAt != nil {
		err = ErrLink
	}
	return r, e, hideMissing(err)
}

// OpenRequest notes that the hospital has read the request, and tells the patient's page. A second time is fine.
func (s *Service) OpenRequest(ctx context.Context, link string) error {
	return s.reply(ctx, link, "", func(d *deed, r *models.EnquiryRecipient) error {
		if State(r.State) != Sent {
			return nil
		}
		return s.step(d, r, Open, Hospital, nil)
	})
}

// AskMore writes to the patient. Sent twice it is one message. Field: message.
func (s *Service) AskMore(ctx context.Context, link, text string) (check.List, error) {
	if l := checkMessage(text); !l.OK() {
		_, _, err := s.asked(ctx, link)
		return l, err
	}
	return nil, s.reply(ctx, link, letterNews, func(d *deed, r *models.EnquiryRecipient) error {
		return s.write(d, r, AskMore, Hospital, check.Lines(text))
	})
}

// Decline says no, with a reason and perhaps words for the patient. Sent twice it is once.
func (s *Service) Decline(ctx context.Context, link string, no Refusal) (check.List, error) {
	if l := no.Check(); !l.OK() {
		_, _, err := s.asked(ctx, link)
		return l, err
	}
	return nil, s.reply(ctx, link, letterNews, func(d *deed, r *models.EnquiryRecipient) error {
		if State(r.State) == Declined && r.Reason == string(no.Reason) {
			return errDone
		}
		r.Reason = string(no.Reason)
		if err := s.step(d, r, Decline, Hospital, nil); err != nil || no.Comment == "" {
			return err
		}
		return s.say(d.tx, r, Hospital, check.Lines(no.Comment))
	})
}

// GiveQuote adds a version of the hospital's quote. after is the number of the newest version the hospital saw, 0 for
// the first one: when a colleague gave another one meanwhile it is ErrMoved and nothing is added. The same offer given
// twice is one version, and both are told its number.
func (s *Service) GiveQuote(ctx context.Context, link string, after int64, o Offer) (number int64, _ check.List, err error) {
	today := s.Today()
	if l := o.Check(today); !l.OK() {
		_, _, err := s.asked(ctx, link)
		return 0, l, err
	}
	err = s.reply(ctx, link, letterNews, func(d *deed, r *models.EnquiryRecipient) error {
		quotes, err := d.tx.QuotesOf(r.ID)
		if err != nil {
			return err
		}
		if number, err = s.given(quotes, after, o); err != nil {
			return err
		}
		if number > 0 {
			return errDone
		}
		if int64(len(quotes)) != after {
			return ErrMoved
		}
		number = after + 1
		if err := s.step(d, r, GiveQuote, Hospital, &number); err != nil {
			return err
		}
		q := &models.Quote{ID: newID(), RecipientID: r.ID, Number: number, Currency: string(o.Currency), TotalMinor: o.TotalMinor, IssuedOn: today, ValidUntil: o.ValidUntil}
		if q.Body, err = s.sealJSON(quotePlace(q.ID), o); err != nil {
			return err
		}
		return d.tx.AddQuote(q)
	})
	if err != nil {
		return 0, nil, err
	}
	return number, nil, nil
}

// AnswerFile opens a document for the hospital: only a safe one, and only while the request is open to it. One that is
// not scanned yet is ErrNotScanned.
func (s *Service) AnswerFile(ctx context.Context, link, file string) (Content, error) {
	r, e, err := s.asked(ctx, link)
	if err != nil {
		return Content{}, err
	}
	if State(r.State).Ended() || State(r.State) == Held {
		return Content{}, ErrLink
	}
	return s.fileOf(ctx, e.ID, file, func(f File) error {
		switch f.Scan {
		case files.Safe:
			return nil
		case files.Pending:
			return ErrNotScanned
		}
		return ErrLink
	})
}

// reply is what a hospital does to a request; then the patient is told.
func (s *Service) reply(ctx context.Context, link, template string, do func(*deed, *models.EnquiryRecipient) error) error {
	door, _, err := s.asked(ctx, link)
	if err != nil {
		return err
	}
	return once(s.hold(ctx, door.EnquiryID, func(d *deed) error {
		r, err := d.pick(door.ID)
		if err != nil {
			return err
		}
		if err := do(d, r); err != nil || template == "" {
			return err
		}
		_, c, err := s.open(d.e)
		if err != nil {
			return err
		}
		return s.tellPatient(d.tx, d.e, c.Email, template)
	}))
}
