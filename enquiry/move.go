package enquiry

import (
	"context"
	"fmt"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// deed is one action on an enquiry that nobody else changes meanwhile.
type deed struct {
	tx    *models.Tx
	e     *models.Enquiry
	rows  []models.EnquiryRecipient
	book  map[string]string // checked address of each hospital, by slug
	moved bool
}

// hold runs an action in one transaction that holds the enquiry, and brings the enquiry to where its hospitals are.
// Addresses are looked up before: a transaction that waits for another connection could wait for ever.
func (s *Service) hold(ctx context.Context, id string, do func(*deed) error) error {
	book, err := s.addresses(ctx, id)
	if err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		d := &deed{tx: tx, book: book}
		var err error
		if d.e, err = tx.EnquiryForUpdate(id); err != nil {
			return hideMissing(err)
		}
		if d.rows, err = tx.Recipients(id); err != nil {
			return err
		}
		if err := do(d); err != nil || !d.moved {
			return err
		}
		return s.settle(d)
	})
}

func (s *Service) addresses(ctx context.Context, id string) (map[string]string, error) {
	parts, err := s.Store.PartsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	book := map[string]string{}
	for _, r := range parts.Recipients {
		if book[r.HospitalSlug], err = s.address(ctx, r.HospitalSlug); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// address of a hospital, "" when none is held or it is not listed any more.
func (s *Service) address(ctx context.Context, slug string) (string, error) {
	found, err := s.Directory.Listing(ctx, slug)
	if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
		return "", nil
	}
	return found.Email, err
}

// step moves one hospital's request along the table and writes the history. What the table does not have is ErrMoved.
// Guards are the caller's: it has the facts.
func (s *Service) step(d *deed, r *models.EnquiryRecipient, e Event, who Actor, quote *int64) error {
	line, ok := State(r.State).After(e, who)
	if !ok {
		return ErrMoved
	}
	d.moved = true
	r.State = string(line.To)
	if e == Open {
		now := d.tx.Now()
		r.OpenedAt = &now
	}
	if err := d.tx.SaveRecipient(r); err != nil {
		return err
	}
	return d.tx.AddEvent(&models.EnquiryEvent{EnquiryID: r.EnquiryID, RecipientOrd: r.Ord, Event: string(e), ByWhom: string(who),
		FromState: string(line.From), ToState: string(line.To), QuoteNumber: quote})
}

// settle brings the enquiry to where its hospitals are.
func (s *Service) settle(d *deed) error {
	if d.e.ErasedAt != nil {
		return nil
	}
	var states []State
	for _, r := range d.rows {
		states = append(states, State(r.State))
	}
	if to := progressOf(states); string(to) != d.e.State {
		err := d.tx.AddEvent(&models.EnquiryEvent{EnquiryID: d.e.ID, Event: "settle", ByWhom: string(System), FromState: d.e.State, ToState: string(to)})
		if err != nil {
			return err
		}
		d.e.State, d.e.ClosedAt = string(to), nil
		if now := d.tx.Now(); to == IsClosed {
			d.e.ClosedAt = &now
		}
	}
	return d.tx.SaveEnquiry(d.e)
}

// pick is one of an enquiry's hospitals, by id.
func (d *deed) pick(id string) (*models.EnquiryRecipient, error) {
	for i := range d.rows {
		if d.rows[i].ID == id {
			return &d.rows[i], nil
		}
	}
	return nil, ErrLink
}

// write keeps a message once, and what it does to the request.
func (s *Service) write(d *deed, r *models.EnquiryRecipient, e Event, who Actor, text string) error {
	again, err := s.heard(d.tx, r, who, text)
	if err != nil {
		return err
	}
	if again {
		return errDone
	}
	if err := s.step(d, r, e, who, nil); err != nil {
		return err
	}
	return s.say(d.tx, r, who, text)
}

// say keeps a message.
func (s *Service) say(tx *models.Tx, r *models.EnquiryRecipient, who Actor, text string) error {
	m := &models.EnquiryMessage{ID: newID(), RecipientID: r.ID, ByWhom: string(who)}
	var err error
	if m.Body, err = s.Box.Seal(messagePlace(m.ID), []byte(text)); err != nil {
		return err
	}
	return tx.AddMessage(m)
}

// newest is the quote that counts; nil when there is none.
func newest(quotes []models.Quote) *models.Quote {
	if len(quotes) == 0 {
		return nil
	}
	return &quotes[len(quotes)-1]
}

// openOffer reads a quote and makes sure that its clear columns are the sealed ones.
func (s *Service) openOffer(q models.Quote) (o Offer, err error) {
	if err = s.openJSON(quotePlace(q.ID), q.Body, &o); err != nil {
		return o, err
	}
	if string(o.Currency) != q.Currency || o.TotalMinor != q.TotalMinor || o.ValidUntil != q.ValidUntil {
		return o, fault.New(fault.Broken, "open quotes", fmt.Errorf("quote %s: its columns are not what was sealed", q.ID))
	}
	return o, nil
}
