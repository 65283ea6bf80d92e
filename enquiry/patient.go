package enquiry

import (
	"context"

	"carecorridor/internal/check"
	"carecorridor/models"
)

// Accept takes one version of a hospital's quote. It must be the newest and in date, else ErrMoved; of two that are
// accepted at once one is ErrMoved, and the same one accepted twice is fine. The other hospitals are told that the request is closed, not who was chosen.
func (s *Service) Accept(ctx context.Context, code, link, recipient string, number int64) error {
	return s.act(ctx, code, link, func(d *deed) error {
		r, err := d.pick(recipient)
		if err != nil {
			return err
		}
		quotes, err := d.tx.QuotesOf(r.ID)
		if err != nil {
			return err
		}
		q := newest(quotes)
		if q != nil && q.Number == number && State(r.State) == Accepted {
			return errDone
		}
		if q == nil || q.Number != number || !s.inDate(*q) {
			return ErrMoved
		}
		if err := s.step(d, r, Accept, Patient, &number); err != nil {
			return err
		}
		if err := s.passOver(d, r.ID); err != nil {
			return err
		}
		return s.tellHospital(d, r, letterReply)
	})
}

// passOver ends every other request that is still alive.
func (s *Service) passOver(d *deed, chosen string) error {
	for i := range d.rows {
		r := &d.rows[i]
		if r.ID == chosen || State(r.State).Ended() {
			continue
		}
		told := State(r.State) != Held
		if err := s.step(d, r, PassOver, System, nil); err != nil {
			return err
		}
		if told {
			if err := s.tellHospital(d, r, letterClosed); err != nil {
				return err
			}
		}
	}
	return nil
}

// TurnDown says no to a hospital's quote. The others go on. Where the hospital was told so before nothing is done.
func (s *Service) TurnDown(ctx context.Context, code, link, recipient string) error {
	return s.act(ctx, code, link, func(d *deed) error {
		r, err := d.pick(recipient)
		if err != nil {
			return err
		}
		if State(r.State) == NotChosen {
			return errDone
		}
		if err := s.step(d, r, TurnDown, Patient, nil); err != nil {
			return err
		}
		return s.tellHospital(d, r, letterClosed)
	})
}

// AskAgain writes to a hospital: an answer, a question, a wish for another quote. Words that must not wait stop here
// as they do in the form; notNow are the warnings that were answered. Sent twice it is one message. Field: message.
func (s *Service) AskAgain(ctx context.Context, code, link, recipient, text string, notNow ...StopKind) (Refused, error) {
	refused := Refused{Problems: checkMessage(text)}
	if refused.OK() {
		refused.Stop = screen("", text, notNow)
	}
	if !refused.OK() {
		_, err := s.enter(ctx, code, link) // who may not write is told that first
		return refused, err
	}
	return refused, s.act(ctx, code, link, func(d *deed) error {
		r, err := d.pick(recipient)
		if err != nil {
			return err
		}
		if err := s.write(d, r, AskAgain, Patient, check.Lines(text)); err != nil {
			return err
		}
		return s.tellHospital(d, r, letterReply)
	})
}

// Withdraw takes back the request to one hospital, or with "" to all of them, and the consent for it. A second time
// is fine.
func (s *Service) Withdraw(ctx context.Context, code, link, recipient string) error {
	return s.act(ctx, code, link, func(d *deed) error {
		if recipient != "" {
			r, err := d.pick(recipient)
			if err != nil {
				return err
			}
			if State(r.State) == Withdrawn {
				return errDone
			}
			if err := s.withdraw(d, r); err != nil {
				return err
			}
			return d.tx.WithdrawConsents(d.e.ID, r.ID)
		}
		for i := range d.rows {
			if State(d.rows[i].State).Ended() {
				continue
			}
			if err := s.withdraw(d, &d.rows[i]); err != nil {
				return err
			}
		}
		return d.tx.WithdrawConsents(d.e.ID, "")
	})
}

func (s *Service) withdraw(d *deed, r *models.EnquiryRecipient) error {
	told := State(r.State) != Held
	if err := s.step(d, r, Withdraw, Patient, nil); err != nil || !told {
		return err
	}
	return s.tellHospital(d, r, letterClosed)
}

// Delete erases what the patient told us, what was answered and every document, at once and for good. Code, dates and
// the history without names stay. Hospitals that had the request are told to delete their copies. A second time is fine.
func (s *Service) Delete(ctx context.Context, code, link string) error {
	e, err := s.enter(ctx, code, link)
	if err != nil || e.ErasedAt != nil {
		return err
	}
	err = s.hold(ctx, e.ID, func(d *deed) error { return s.erase(d, Patient) })
	if err == nil {
		s.sweep(ctx)
	}
	return err
}

// erase forgets one enquiry. By the patient, those who have a copy are told; by the clock it is long closed.
func (s *Service) erase(d *deed, by Actor) error {
	if d.e.ErasedAt != nil {
		return nil
	}
	from := d.e.State
	if by == Patient {
		if err := s.farewell(d); err != nil {
			return err
		}
	}
	if err := d.tx.EraseEnquiry(d.e); err != nil {
		return err
	}
	return d.tx.AddEvent(&models.EnquiryEvent{EnquiryID: d.e.ID, Event: "erase", ByWhom: string(by), FromState: from, ToState: d.e.State})
}

func (s *Service) farewell(d *deed) error {
	for i := range d.rows {
		r := &d.rows[i]
		had := State(r.State) != Held // one that ended may have a copy too
		if !State(r.State).Ended() {
			if err := s.step(d, r, Withdraw, Patient, nil); err != nil {
				return err
			}
		}
		if had {
			if err := s.tellHospital(d, r, letterForget); err != nil {
				return err
			}
		}
	}
	_, c, err := s.open(d.e)
	if err != nil {
		return err
	}
	return s.tellPatient(d.tx, d.e, c.Email, letterErased)
}

// act is what a patient does to an enquiry that is not erased.
func (s *Service) act(ctx context.Context, code, link string, do func(*deed) error) error {
	door, err := s.enter(ctx, code, link)
	if err != nil {
		return err
	}
	return once(s.hold(ctx, door.ID, func(d *deed) error {
		if d.e.ErasedAt != nil {
			return ErrMoved
		}
		return do(d)
	}))
}
