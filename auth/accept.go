package auth

import (
	"context"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Accept uses up an invitation. A new person gives name and password and goes on with the Step; a known one (Invited.Known)
// gets the role and signs in as usual, the Step is empty. Fields of the problems: name, password.
func (s *Service) Accept(ctx context.Context, token, name, password string, v Visit) (step Step, l check.List, err error) {
	for range 2 { // the account may be made while the form is read: then it is a known person's
		in, err := s.Invitation(ctx, token)
		if err != nil {
			return step, nil, err
		}
		var hash string
		if !in.Known {
			name = needName(&l, "name", name)
			s.needPassword(&l, "password", password, name, in.Email)
			if !l.OK() {
				return step, l, nil
			}
			if hash, err = s.hasher.hash(ctx, password); err != nil {
				return step, nil, err
			}
		}
		err = s.Store.Write(ctx, func(tx *models.Tx) error {
			step, err = s.accept(tx, token, in, name, hash)
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			return step, nil, err
		}
	}
	return step, nil, ErrLink
}

func (s *Service) accept(tx *models.Tx, token string, in Invited, name, hash string) (Step, error) {
	i, err := tx.InvitationByToken(hashOf(token))
	if err != nil {
		return Step{}, hide(err, ErrLink)
	}
	p, err := s.invited(tx, in.Email, name, hash, in.Known)
	if err != nil {
		return Step{}, err
	}
	if err := s.join(tx, i, p, "invitation"); err != nil {
		return Step{}, err
	}
	if in.Known {
		return Step{}, nil
	}
	return s.next(tx, p, true)
}

// invited finds or makes the account of an invited address.
func (s *Service) invited(tx *models.Tx, email, name, hash string, known bool) (*models.Person, error) {
	p, err := tx.PersonByEmail(s.indexes(email))
	if err == nil && !known {
		return nil, fault.New(fault.Conflict, "accept invitation", nil) // made meanwhile
	}
	if err == nil || !fault.Is(err, fault.Missing) {
		return p, err
	}
	return s.addPerson(tx, email, name, hash, false)
}

// addPerson makes an account; without a hash it has no password yet.
func (s *Service) addPerson(tx *models.Tx, email, name, hash string, sample bool) (*models.Person, error) {
	p := &models.Person{ID: newID(), EmailIndex: s.Box.Index(EmailPurpose, email), State: "active", Sample: sample}
	var err error
	if p.Email, err = s.seal("people", "email", p.ID, email); err != nil {
		return nil, err
	}
	if p.Name, err = s.seal("people", "name", p.ID, name); err != nil {
		return nil, err
	}
	if hash != "" {
		now := tx.Now()
		p.PasswordAt = &now
		if p.Password, err = s.seal("people", "password", p.ID, hash); err != nil {
			return nil, err
		}
	}
	return p, tx.AddPerson(p)
}

// join uses up an invitation and gives its role. Who holds the role already keeps it.
func (s *Service) join(tx *models.Tx, i *models.Invitation, p *models.Person, how string) error {
	used, err := tx.UseInvitation(i.ID)
	if err == nil && !used {
		err = ErrLink
	}
	if err != nil {
		return err
	}
	held, err := tx.HeldBy(p.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.OrgID == i.OrgID && h.Role == i.Role {
			return nil
		}
	}
	return s.grant(tx, p, i.OrgID, Role(i.Role), models.Audited{Person: p.ID, Org: i.OrgID, Role: i.Role, Facts: map[string]string{"by": how, "invitation": i.ID}})
}

// grant gives somebody a role; by says who did it.
func (s *Service) grant(tx *models.Tx, p *models.Person, org string, role Role, by models.Audited) error {
	m := &models.Membership{ID: newID(), PersonID: p.ID, OrgID: org, Role: string(role), State: "active"}
	if err := tx.AddMembership(m); err != nil {
		return err
	}
	if by.Facts == nil {
		by.Facts = map[string]string{}
	}
	by.Action, by.On, by.ID, by.Facts["what"], by.Facts["role"] = "team.join", "membership", m.ID, "join", string(role)
	return tx.Audit(by)
}
