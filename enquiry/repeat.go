package enquiry

import (
	"bytes"
	"errors"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// What is sent twice, by a second click, by going back and sending again, or by a browser that tries again, is done
// once: whoever sends the same content about the same version finds it done. It needs no mark in the form, so a form
// that was loaded anew with the old words in it counts as well. The enquiry's lock makes two at once follow each other.

// errDone ends an action that was done before: nothing is written, nobody is told, and the sender sees success.
var errDone = errors.New("done before")

func once(err error) error {
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// sameWords is how long the same words again are the same message. Later, "Any news?" is a new one.
const sameWords = time.Hour

// heard reports whether who has said exactly this a short time ago, with nothing from the other side since.
func (s *Service) heard(tx *models.Tx, r *models.EnquiryRecipient, who Actor, text string) (bool, error) {
	rows, err := tx.MessagesOf(r.ID)
	if err != nil {
		return false, err
	}
	for i := len(rows) - 1; i >= 0; i-- {
		m := rows[i]
		if m.ByWhom != string(who) || tx.Now().Sub(m.At) > sameWords {
			return false, nil
		}
		before, err := s.Box.Open(messagePlace(m.ID), m.Body)
		if err != nil {
			return false, fault.New(fault.Broken, "open enquiry_messages", err)
		}
		if string(before) == text {
			return true, nil
		}
	}
	return false, nil
}

// given is the number of the version that is exactly this offer: the one after the version its sender had seen, or
// the newest. 0 when there is none.
func (s *Service) given(quotes []models.Quote, after int64, o Offer) (int64, error) {
	for _, q := range quotes {
		if q.Number != after+1 && q.Number != int64(len(quotes)) {
			continue
		}
		body, err := s.Box.Open(quotePlace(q.ID), q.Body)
		if err != nil {
			return 0, fault.New(fault.Broken, "open quotes", err)
		}
		if same, err := plain(o); err != nil || bytes.Equal(body, same) {
			return q.Number, err
		}
	}
	return 0, nil
}
