package referral

import (
	"context"

	"carecorridor/models"
)

// A patient's session that was idle for too long is opened again by a code alone: the browser that holds its token is the
// one that came in by link and code. A session that was ended, or that is older than its whole length, needs a new link.

// SendCodeAgain mails a code to the patient whose session rested for too long. ErrLink, ErrTooMany.
func (s *Service) SendCodeAgain(ctx context.Context, token string) error {
	return hideLink(s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.PatientSessionByToken(tokenHash(token), s.now())
		if err != nil {
			return err
		}
		return s.sendCode(tx, row.ReferralID)
	}))
}

// EnterCodeAgain opens a new session in the place of one that rested for too long. ErrLink.
func (s *Service) EnterCodeAgain(ctx context.Context, token, code string) (out PatientSession, err error) {
	wrong := false
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.PatientSessionByToken(tokenHash(token), s.now())
		if err != nil {
			return err
		}
		ok, err := s.takeCode(tx, row.ReferralID, code)
		if wrong = !ok; err != nil || !ok {
			return err
		}
		r, err := s.addressAnswered(tx, row.ReferralID)
		if err != nil {
			return err
		}
		row.EndedAt = optional(s.now())
		if err := tx.SavePatientSession(row); err != nil {
			return err
		}
		out, err = s.openSession(tx, row.ReferralID, true)
		out.Reference = r.Reference
		return err
	})
	if err == nil && wrong {
		err = errWrongCode
	}
	return out, hideLink(err)
}
