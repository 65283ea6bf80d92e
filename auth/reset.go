package auth

import (
	"context"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Asking for mailed links is counted apart from signing in: nobody is kept out by it.
const (
	linkRequests = 5
	linkSpan     = time.Hour
)

// Forgot mails a link to choose a new password, if there is such an account. Whether there is one is not told: nil
// either way, or ErrTooMany. Field of the problems: email.
func (s *Service) Forgot(ctx context.Context, email string, v Visit) (check.List, error) {
	var l check.List
	known := needEmail(&l, "email", email)
	if !l.OK() {
		return l, nil
	}
	var open bool
	err := s.Store.Write(ctx, func(tx *models.Tx) (err error) {
		if open, err = s.countLink(tx, known, v); err != nil || !open {
			return err
		}
		return s.later(tx, aboutPassword, known)
	})
	if err == nil && !open {
		err = ErrTooMany
	}
	return nil, err
}

// countLink notes that a link was asked for; false when there were too many, for the address or from where they were asked.
func (s *Service) countLink(tx *models.Tx, email string, v Visit) (bool, error) {
	fromHere, err := s.countAddress(tx, v)
	if err != nil {
		return false, err
	}
	n, err := tx.Try(s.counted("link", email), linkSpan)
	return fromHere && n <= linkRequests, err
}

// LinkWorks reports whether a link to choose a password still does, else ErrLink.
func (s *Service) LinkWorks(ctx context.Context, token string) error {
	_, err := s.Store.ChallengeByToken(ctx, hashOf(token), "password")
	return hide(err, ErrLink)
}

// SetPassword uses up a mailed link. All sessions end; the second factor is still asked for. Field of the problems: password.
func (s *Service) SetPassword(ctx context.Context, token, password string, v Visit) (step Step, l check.List, err error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), "password")
	if err != nil {
		return step, nil, hide(err, ErrLink)
	}
	p, err := s.Store.PersonByID(ctx, *c.PersonID)
	if err != nil {
		return step, nil, err
	}
	name, err := s.nameOf(p.ID, p.Name)
	if err != nil {
		return step, nil, err
	}
	email, err := s.emailOf(p.ID, p.Email)
	if err != nil {
		return step, nil, err
	}
	s.needPassword(&l, "password", password, name, email)
	if !l.OK() {
		return step, l, nil
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return step, nil, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		step, err = s.usePasswordLink(tx, token, email, hash)
		return err
	})
	return step, nil, err
}

func (s *Service) usePasswordLink(tx *models.Tx, token, email, hash string) (Step, error) {
	c, err := tx.TakeChallenge("password", hashOf(token))
	if err != nil {
		return Step{}, hide(err, ErrLink)
	}
	p, err := tx.PersonForUpdate(*c.PersonID)
	if err != nil {
		return Step{}, err
	}
	if p.State != "active" {
		return Step{}, ErrLink
	}
	if err := s.putPassword(tx, p, hash); err != nil {
		return Step{}, err
	}
	if err := tx.DropChallenges(p.ID, "password", string(NeedFactor), string(NeedEnrol)); err != nil {
		return Step{}, err
	}
	if _, err := tx.EndSessions(p.ID, ""); err != nil {
		return Step{}, err
	}
	if err := tx.ForgetTries(s.counted("account", email)); err != nil {
		return Step{}, err
	}
	if err := tx.MailboxProved(p.ID, when.DateOf(s.now())); err != nil {
		return Step{}, err
	}
	if err := tx.Audit(models.Audited{Person: p.ID, Action: string(AccountOwn), On: "person", ID: p.ID, Facts: map[string]string{"what": "password_by_link"}}); err != nil {
		return Step{}, err
	}
	if err := s.tellChanged(tx, p); err != nil {
		return Step{}, err
	}
	return s.next(tx, p, true)
}
