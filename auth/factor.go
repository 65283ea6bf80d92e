package auth

import (
	"context"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// proof judges a second factor inside the transaction that uses it up.
type proof func(tx *models.Tx, p *models.Person) (bool, error)

// countFactor notes a try of a person's second factor before it is judged; ErrFactor while they wait.
func (s *Service) countFactor(ctx context.Context, person string) error {
	var open bool
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		ok, began, err := s.count(tx, s.counted("factor", person))
		if open = ok; err != nil || !began {
			return err
		}
		p, err := tx.PersonForUpdate(person)
		if err != nil {
			return err
		}
		return s.askBack(tx, p, "account_waits")
	})
	if err == nil && !open {
		err = ErrFactor
	}
	return err
}

// give ends a sign-in with a second factor. A wrong one leaves the sign-in as it was, and is counted.
func (s *Service) give(ctx context.Context, token, how string, v Visit, right func(stepData) proof) (out SignedIn, err error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), string(NeedFactor))
	if err != nil {
		return out, hide(err, ErrStep)
	}
	if err := s.countFactor(ctx, *c.PersonID); err != nil {
		return out, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, d, err := s.takeStep(tx, NeedFactor, token)
		if err != nil {
			return err
		}
		if err := s.must(tx, p, right(d)); err != nil {
			return err
		}
		out, err = s.enterNow(tx, p, how, v)
		return err
	})
	return out, err
}

// must judges, and forgets wrong tries when the factor was right.
func (s *Service) must(tx *models.Tx, p *models.Person, right proof) error {
	ok, err := right(tx, p)
	if err == nil && !ok {
		err = ErrFactor
	}
	if err != nil {
		return err
	}
	return tx.ForgetTries(s.counted("factor", p.ID))
}

// GiveTOTP ends a sign-in with a code of an authenticator app.
func (s *Service) GiveTOTP(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return s.give(ctx, token, "totp", v, func(stepData) proof { return s.byTOTP(code) })
}

// GiveRecovery ends a sign-in with a recovery code, which then is used.
func (s *Service) GiveRecovery(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return s.give(ctx, token, "recovery", v, func(stepData) proof { return byRecovery(code) })
}

// FinishPasskey ends a sign-in with what the browser answered, as JSON.
func (s *Service) FinishPasskey(ctx context.Context, token string, answer []byte, v Visit) (SignedIn, error) {
	return s.give(ctx, token, "passkey", v, func(d stepData) proof { return s.byPasskey(d.Passkey, answer) })
}

// stepUp confirms that it is still the same person; the session's token is renewed.
func (s *Service) stepUp(ctx context.Context, who Actor, how string, right proof) (out SignedIn, err error) {
	if err := own(who); err != nil {
		return out, err
	}
	if err := s.countFactor(ctx, who.Person); err != nil {
		return out, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		if err := s.must(tx, p, right); err != nil {
			return err
		}
		now := tx.Now()
		out, err = s.renew(tx, who, func(row *models.Session) error {
			row.SteppedUpAt = &now
			return nil
		})
		if err != nil {
			return err
		}
		return audit(tx, who, AccountOwn, "session", who.Session, "", "what", "step_up", "by", how)
	})
	return out, err
}

// StepUpTOTP confirms with a code that it is still the same person; the session's token is renewed.
func (s *Service) StepUpTOTP(ctx context.Context, who Actor, code string) (SignedIn, error) {
	return s.stepUp(ctx, who, "totp", s.byTOTP(code))
}

// StepUpRecovery is StepUpTOTP with a recovery code.
func (s *Service) StepUpRecovery(ctx context.Context, who Actor, code string) (SignedIn, error) {
	return s.stepUp(ctx, who, "recovery", byRecovery(code))
}

// first ends a sign-in with the first second factor, which add adds. Recovery codes come with it.
func (s *Service) first(ctx context.Context, token, how string, v Visit, add func(tx *models.Tx, p *models.Person, d stepData) error) (out SignedIn, err error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), string(NeedEnrol))
	if err != nil {
		return out, hide(err, ErrStep)
	}
	if err := s.countFactor(ctx, *c.PersonID); err != nil {
		return out, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, d, err := s.takeStep(tx, NeedEnrol, token)
		if err != nil {
			return err
		}
		f, err := tx.FactorsOf(p.ID)
		if err != nil {
			return err
		}
		if f.Any() {
			return ErrStep // added meanwhile, by another window or another person
		}
		if err := add(tx, p, d); err != nil {
			return err
		}
		if err := tx.ForgetTries(s.counted("factor", p.ID)); err != nil {
			return err
		}
		codes, err := s.newCodes(tx, p.ID)
		if err != nil {
			return err
		}
		if out, err = s.enterNow(tx, p, how, v); err != nil {
			return err
		}
		out.Codes = codes
		return audit(tx, out.Actor, AccountOwn, "person", p.ID, "", "what", "add_"+how)
	})
	return out, err
}

// mayDrop keeps somebody from removing their only factor.
func mayDrop(f models.Factors, apps, keys int) error {
	left := len(f.Passkeys) - keys
	if f.Totp != nil {
		left += 1 - apps
	}
	if left < 1 {
		return ErrLastFactor
	}
	return nil
}

// gone is a factor that is not there.
func gone(ok bool, err error) error {
	if err == nil && !ok {
		return fault.New(fault.Missing, "second factor", nil)
	}
	return err
}
