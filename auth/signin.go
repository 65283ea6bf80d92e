package auth

import (
	"context"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// What a person is told of by mail without anybody learning that there is such a person (jobs.TellPerson).
const (
	aboutWaits    = "waits"
	aboutPassword = "password"
)

// SignIn checks address and password. Every refusal is ErrSignIn, and does the same work: one count, one look-up, one password.
func (s *Service) SignIn(ctx context.Context, email, password string, v Visit) (Step, error) {
	known := address(email)
	if known == "" {
		known = "none" // counted and looked up like any other
	}
	name := s.counted("account", known)
	var open, fromHere bool
	err := s.Store.Write(ctx, func(tx *models.Tx) (err error) {
		fromHere, err = s.countAddress(tx, v)
		if err != nil {
			return err
		}
		ok, began, err := s.count(tx, name)
		if open = ok; err == nil && began {
			err = s.later(tx, aboutWaits, known)
		}
		return err
	})
	if err == nil && !fromHere {
		err = ErrSignIn // whatever the address of the person: no password need be computed
	}
	if err != nil {
		return Step{}, err
	}
	p, hash, err := s.passwordOf(ctx, known)
	if err != nil {
		return Step{}, err
	}
	ok, old, err := s.hasher.matches(ctx, password, hash)
	if err != nil {
		return Step{}, err
	}
	if !ok || !open || p.State != "active" {
		return Step{}, ErrSignIn
	}
	return s.proven(ctx, p, name, password, old)
}

// passwordOf an address; nothing when there is no account or no password.
func (s *Service) passwordOf(ctx context.Context, email string) (*models.Person, string, error) {
	p, err := s.Store.PersonByEmail(ctx, s.indexes(email))
	if err != nil {
		if fault.Is(err, fault.Missing) {
			return &models.Person{}, "", nil
		}
		return nil, "", err
	}
	if len(p.Password) == 0 {
		return p, "", nil
	}
	hash, err := s.open("people", "password", p.ID, p.Password)
	return p, hash, err
}

// proven: the password was right. A hash of old parameters is made anew while the password is at hand.
func (s *Service) proven(ctx context.Context, p *models.Person, name, password string, old bool) (step Step, err error) {
	var fresh string
	if old {
		if fresh, err = s.hasher.hash(ctx, password); err != nil {
			return Step{}, err
		}
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.ForgetTries(name); err != nil {
			return err
		}
		if fresh != "" {
			if err := s.rehash(tx, p.ID, fresh); err != nil {
				return err
			}
		}
		step, err = s.next(tx, p, false)
		return err
	})
	return step, err
}

func (s *Service) rehash(tx *models.Tx, person, hash string) error {
	p, err := tx.PersonForUpdate(person)
	if err != nil {
		return err
	}
	if p.Password, err = s.seal("people", "password", p.ID, hash); err != nil {
		return err
	}
	return tx.SavePerson(p)
}

// next is what somebody must do after the first factor. A password alone never lets anybody add the first second factor: without a proven
// mailbox the way goes through a mailed link.
func (s *Service) next(tx *models.Tx, p *models.Person, mailbox bool) (Step, error) {
	f, err := tx.FactorsOf(p.ID)
	if err != nil {
		return Step{}, err
	}
	step := Step{Need: NeedFactor, TOTP: f.Totp != nil, Passkey: len(f.Passkeys) > 0 && s.passkeys != nil, Recovery: f.Codes > 0}
	life := s.Limits.StepTime
	switch {
	case f.Any():
	case mailbox:
		step.Need, life = NeedEnrol, s.Limits.EnrolTime
	default:
		return Step{Need: NeedMail}, s.askBack(tx, p, "account_setup")
	}
	step.Until = tx.Now().Add(life)
	step.Token, err = s.begin(tx, string(step.Need), p.ID, stepData{}, life)
	return step, err
}

// stepData is what a sign-in on its way remembers.
type stepData struct {
	Passkey []byte `json:"passkey,omitempty"` // the library's own, of a ceremony begun
}

// StepOf reads a sign-in that is on its way; ErrStep when there is none.
func (s *Service) StepOf(ctx context.Context, token string) (Step, error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), string(NeedFactor), string(NeedEnrol))
	if err != nil {
		return Step{}, hide(err, ErrStep)
	}
	f, err := s.Store.FactorsOf(ctx, *c.PersonID)
	if err != nil {
		return Step{}, err
	}
	return Step{Token: token, Need: Need(c.Kind), TOTP: f.Totp != nil, Passkey: len(f.Passkeys) > 0 && s.passkeys != nil,
		Recovery: f.Codes > 0, Until: c.ExpiresAt}, nil
}

// takeStep uses a sign-in up, and reads whose it is. Only an active person's counts.
func (s *Service) takeStep(tx *models.Tx, need Need, token string) (*models.Person, stepData, error) {
	var d stepData
	c, err := tx.TakeChallenge(string(need), hashOf(token))
	if err != nil {
		return nil, d, hide(err, ErrStep)
	}
	if err := s.dataOf(c, &d); err != nil {
		return nil, d, err
	}
	p, err := tx.PersonForUpdate(*c.PersonID)
	if err == nil && p.State != "active" {
		err = ErrStep
	}
	return p, d, err
}
