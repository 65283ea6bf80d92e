package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// consolePerson is who acts on the command line; it is no account's id.
const consolePerson = "console"

// consoleLinkTime is how long a link printed on the command line works: somebody must still carry it to its reader.
const consoleLinkTime = 24 * time.Hour

// allianceName of the one organisation of the staff.
const allianceName = "Care Corridor"

// Console is the actor of the command line, whose right is the right to run it.
func (s *Service) Console() Actor {
	return Actor{Person: consolePerson, Name: "Command line", Role: Administrator, SteppedUp: s.now()}
}

// AddAdministrator makes an account that administers the site and gives a link, for its owner alone, to choose a password and add a second
// factor. Somebody who has an account gets the role and signs in as before: link is "". Only for the command line.
func (s *Service) AddAdministrator(ctx context.Context, who Actor, email, name string) (link string, l check.List, err error) {
	if who.Person != consolePerson {
		return "", nil, fault.New(fault.Forbidden, "add administrator", nil)
	}
	email, name = needEmail(&l, "email", email), needName(&l, "name", name)
	if !l.OK() {
		return "", l, nil
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		org, err := s.alliance(tx)
		if err != nil {
			return err
		}
		p, err := tx.PersonByEmail(s.indexes(email))
		if fault.Is(err, fault.Missing) {
			p, err = s.addPerson(tx, email, name, "", false)
		}
		if err != nil {
			return err
		}
		by := models.Audited{Person: who.Person, Org: org, Role: string(who.Role)}
		if err := s.grant(tx, p, org, Administrator, by); fault.Is(err, fault.Conflict) {
			return fault.Say(fault.Conflict, "add administrator", "This person is an administrator already")
		} else if err != nil {
			return err
		}
		if len(p.Password) > 0 {
			return nil
		}
		token, err := s.begin(tx, "password", p.ID, nil, consoleLinkTime)
		link = s.Origin + PasswordPath(token)
		return err
	})
	return link, nil, err
}

// alliance finds or makes the organisation of the staff.
func (s *Service) alliance(tx *models.Tx) (string, error) {
	o, err := tx.Alliance()
	if fault.Is(err, fault.Missing) {
		return addOrganisation(tx, Organisation{Kind: Alliance, Name: allianceName, State: OrgActive})
	}
	return o.ID, err
}

// People are all accounts, by name.
func (s *Service) People(ctx context.Context, who Actor) ([]PersonLine, error) {
	if err := May(who, PeopleManage, ""); err != nil {
		return nil, err
	}
	rows, err := s.Store.PeopleRows(ctx)
	if err != nil {
		return nil, err
	}
	held, err := s.Store.HeldBy(ctx, "")
	if err != nil {
		return nil, err
	}
	roles := map[string][]Held{}
	for _, h := range held {
		roles[h.PersonID] = append(roles[h.PersonID], heldOf(h))
	}
	out := make([]PersonLine, len(rows))
	for i, r := range rows {
		out[i] = PersonLine{ID: r.ID, Locked: r.State != "active", SecondSet: r.Second, Roles: roles[r.ID], Created: r.CreatedAt}
		if out[i].Name, err = s.nameOf(r.ID, r.Name); err != nil {
			return nil, err
		}
		if out[i].Email, err = s.emailOf(r.ID, r.Email); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b PersonLine) int { return byName(a.Name, b.Name) })
	return out, nil
}

// PersonByEmail finds an account by its address: for the command line.
func (s *Service) PersonByEmail(ctx context.Context, who Actor, email string) (string, error) {
	if err := May(who, PeopleManage, ""); err != nil {
		return "", err
	}
	p, err := s.Store.PersonByEmail(ctx, s.indexes(address(email)))
	if err != nil {
		return "", err
	}
	return p.ID, nil
}

// Lock keeps a person from signing in and ends their sessions. Nobody locks themselves, and no organisation loses its last manager.
// Needs a fresh second factor and a reason.
func (s *Service) Lock(ctx context.Context, who Actor, person, why string) error {
	return s.administer(ctx, who, person, why, "lock", func(tx *models.Tx, p *models.Person) error {
		if err := notAlone(tx, p); err != nil {
			return err
		}
		p.State = "locked"
		if err := tx.SavePerson(p); err != nil {
			return err
		}
		if err := tx.DropChallenges(p.ID, "password", string(NeedFactor), string(NeedEnrol)); err != nil {
			return err
		}
		_, err := tx.EndSessions(p.ID, "")
		return err
	})
}

// notAlone keeps organisations managed when a person can act no more.
func notAlone(tx *models.Tx, p *models.Person) error {
	held, err := tx.HeldBy(p.ID)
	if err != nil {
		return err
	}
	for _, h := range held { // lock them, so that two managers are not locked at once
		if _, err := tx.OrganisationForUpdate(h.OrgID); err != nil {
			return err
		}
	}
	rows, err := tx.ManagedAlone(p.ID, []string{string(ProviderOwner), string(ReferrerAdmin), string(Administrator)})
	if err == nil && len(rows) > 0 {
		err = ErrLast
	}
	return err
}

// Unlock undoes Lock, and forgets wrong tries. Needs a fresh second factor and a reason.
func (s *Service) Unlock(ctx context.Context, who Actor, person, why string) error {
	return s.administer(ctx, who, person, why, "unlock", func(tx *models.Tx, p *models.Person) error {
		email, err := s.emailOf(p.ID, p.Email)
		if err != nil {
			return err
		}
		p.State = "active"
		return errors.Join(tx.SavePerson(p), tx.ForgetTries(s.counted("account", email), s.counted("factor", p.ID)))
	})
}

// ResetFactors forgets a person's second factors, ends their sessions and mails a link to set up new ones. The link is also
// given back, for the command line alone: a page never shows it. Needs a fresh second factor and a reason.
func (s *Service) ResetFactors(ctx context.Context, who Actor, person, why string) (link string, err error) {
	err = s.administer(ctx, who, person, why, "reset_factors", func(tx *models.Tx, p *models.Person) error {
		_, totpErr := tx.DropTotp(p.ID)
		_, keyErr := tx.DropPasskey(p.ID, "")
		_, endErr := tx.EndSessions(p.ID, "")
		if err := errors.Join(totpErr, keyErr, endErr, tx.SetRecoveryCodes(p.ID, nil),
			tx.DropChallenges(p.ID, "password", string(NeedFactor), string(NeedEnrol))); err != nil {
			return err
		}
		if who.Person != consolePerson {
			return s.mailLink(tx, p, "account_setup")
		}
		token, err := s.begin(tx, "password", p.ID, nil, consoleLinkTime)
		link = s.Origin + PasswordPath(token)
		return err
	})
	return link, err
}

// administer does something to somebody else's account.
func (s *Service) administer(ctx context.Context, who Actor, person, why, what string, do func(*models.Tx, *models.Person) error) error {
	if err := May(who, PeopleManage, ""); err != nil {
		return err
	}
	if err := s.Fresh(who); err != nil {
		return err
	}
	if person == who.Person {
		return fault.Say(fault.Forbidden, "administer", "Nobody does this to their own account. Ask a colleague")
	}
	if why = strings.TrimSpace(why); why == "" || utf8.RuneCountInString(why) > maxWhy {
		return fault.Say(fault.Invalid, "administer", "Give a reason, in 500 characters or fewer")
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(person)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return audit(tx, who, PeopleManage, "person", p.ID, why, "what", what)
	})
}
