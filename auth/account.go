package auth

import (
	"context"

	"carecorridor/internal/check"
	"carecorridor/models"
)

// Account is the person's own sign-in.
func (s *Service) Account(ctx context.Context, who Actor) (a Account, err error) {
	if err := own(who); err != nil {
		return a, err
	}
	p, err := s.Store.PersonByID(ctx, who.Person)
	if err != nil {
		return a, err
	}
	a.Version = p.Version
	if a.Name, err = s.nameOf(p.ID, p.Name); err == nil {
		a.Email, err = s.emailOf(p.ID, p.Email)
	}
	if err != nil {
		return a, err
	}
	if p.PasswordAt != nil {
		a.PasswordSet = *p.PasswordAt
	}
	if err := s.factorsInto(ctx, &a, p.ID); err != nil {
		return a, err
	}
	rows, err := s.Store.IdentitiesOf(ctx, p.ID)
	for _, r := range rows {
		for _, o := range s.OIDC {
			if o.Issuer == r.Issuer {
				a.Identities = append(a.Identities, o.Name)
			}
		}
	}
	return a, err
}

func (s *Service) factorsInto(ctx context.Context, a *Account, person string) error {
	f, err := s.Store.FactorsOf(ctx, person)
	if err != nil {
		return err
	}
	if f.Totp != nil {
		a.TOTP, a.TOTPSince = true, *f.Totp.ConfirmedAt
	}
	for _, k := range f.Passkeys {
		label, err := s.open("passkeys", "label", k.ID, k.Label)
		if err != nil {
			return err
		}
		a.Passkeys = append(a.Passkeys, PasskeyLine{ID: k.ID, Label: label, Added: k.CreatedAt, Used: k.UsedAt})
	}
	a.RecoveryLeft = f.Codes
	return nil
}

// change does something dangerous to the actor's own sign-in and writes to them that it was done. With counted it is a guess
// that may be wrong, and is counted as one.
func (s *Service) change(ctx context.Context, who Actor, what string, counted bool, do func(*models.Tx, *models.Person) error) error {
	if err := s.fresh(who); err != nil {
		return err
	}
	if counted {
		if err := s.countFactor(ctx, who.Person); err != nil {
			return err
		}
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		if counted {
			if err := tx.ForgetTries(s.counted("factor", p.ID)); err != nil {
				return err
			}
		}
		if err := audit(tx, who, AccountOwn, "person", p.ID, "", "what", what); err != nil {
			return err
		}
		return s.tellChanged(tx, p)
	})
}

// SetName changes the name colleagues see. Field of the problems: name.
func (s *Service) SetName(ctx context.Context, who Actor, name string, version int64) (check.List, error) {
	if err := own(who); err != nil {
		return nil, err
	}
	var l check.List
	name = needName(&l, "name", name)
	if !l.OK() {
		return l, nil
	}
	return nil, moved(s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		if p.Version != version {
			return ErrMoved
		}
		if p.Name, err = s.seal("people", "name", p.ID, name); err != nil {
			return err
		}
		if err := tx.SavePerson(p); err != nil {
			return err
		}
		return audit(tx, who, AccountOwn, "person", p.ID, "", "what", "set_name")
	}))
}

// ChangePassword ends the person's other sessions. Fields of the problems: old, new. Needs a fresh second factor.
func (s *Service) ChangePassword(ctx context.Context, who Actor, old, new string) (check.List, error) {
	if err := s.fresh(who); err != nil {
		return nil, err
	}
	a, err := s.Account(ctx, who)
	if err != nil {
		return nil, err
	}
	var l check.List
	s.needPassword(&l, "new", new, a.Name, a.Email)
	if err := s.countFactor(ctx, who.Person); err != nil {
		return nil, err
	}
	_, hash, err := s.passwordOf(ctx, address(a.Email))
	if err != nil {
		return nil, err
	}
	ok, _, err := s.hasher.matches(ctx, old, hash)
	if err != nil {
		return nil, err
	}
	if !ok {
		l.Add("old", "This is not your password now")
		return l, nil
	}
	if !l.OK() { // a new password that will not do is no wrong try
		return l, s.Store.Write(ctx, func(tx *models.Tx) error { return tx.ForgetTries(s.counted("factor", who.Person)) })
	}
	fresh, err := s.hasher.hash(ctx, new)
	if err != nil {
		return nil, err
	}
	return nil, s.change(ctx, who, "change_password", false, func(tx *models.Tx, p *models.Person) error {
		if err := tx.ForgetTries(s.counted("factor", p.ID)); err != nil {
			return err
		}
		if _, err := tx.EndSessions(p.ID, who.Session); err != nil {
			return err
		}
		return s.putPassword(tx, p, fresh)
	})
}

// putPassword keeps a new password's hash.
func (s *Service) putPassword(tx *models.Tx, p *models.Person, hash string) error {
	var err error
	if p.Password, err = s.seal("people", "password", p.ID, hash); err != nil {
		return err
	}
	now := tx.Now()
	p.PasswordAt = &now
	return moved(tx.SavePerson(p))
}
