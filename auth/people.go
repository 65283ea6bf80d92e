package auth

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// PeopleOf an organisation, by name.
func (s *Service) PeopleOf(ctx context.Context, who Actor, org string) ([]Member, error) {
	if _, err := manage(who, org); err != nil {
		return nil, err
	}
	rows, err := s.Store.MembersOf(ctx, org)
	if err != nil {
		return nil, err
	}
	seen, err := s.Store.LastSeen(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []Member
	for _, r := range rows {
		m := Member{Membership: r.ID, Version: r.Version, Person: r.PersonID, Role: Role(r.Role), Paused: r.State != "active",
			Locked: r.PersonState != "active", SecondSet: r.Second, Since: r.CreatedAt}
		if m.Name, err = s.nameOf(r.PersonID, r.Name); err != nil {
			return nil, err
		}
		if m.Email, err = s.emailOf(r.PersonID, r.Email); err != nil {
			return nil, err
		}
		for i := range seen {
			if seen[i].MembershipID == r.ID {
				m.LastSeen = &seen[i].SeenAt
			}
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Member) int { return byName(a.Name, b.Name) })
	return out, nil
}

func byName(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) }

// SetRole gives a member another role of the same kind of organisation. Nobody changes their own. Needs a fresh second factor.
func (s *Service) SetRole(ctx context.Context, who Actor, membership string, role Role, version int64) error {
	return s.alter(ctx, who, membership, version, "set_role", func(tx *models.Tx, o *models.Organisation, m *models.Membership) error {
		if m.PersonID == who.Person {
			return fault.Say(fault.Forbidden, "set role", "Nobody changes their own role. Ask a colleague")
		}
		if !slices.Contains(rolesOf(Kind(o.Kind)), role) {
			return fault.Say(fault.Invalid, "set role", "Choose one of the roles")
		}
		held, err := tx.HeldBy(m.PersonID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.OrgID == o.ID && h.Role == string(role) {
				return fault.Say(fault.Invalid, "set role", "This person holds that role already")
			}
		}
		m.Role = string(role)
		return nil
	})
}

// PauseMember keeps a member from acting until ResumeMember; their sessions in it end at once. Needs a fresh second factor.
func (s *Service) PauseMember(ctx context.Context, who Actor, membership string, version int64) error {
	return s.alter(ctx, who, membership, version, "pause", func(_ *models.Tx, _ *models.Organisation, m *models.Membership) error {
		m.State = "paused"
		return nil
	})
}

// ResumeMember undoes PauseMember. Needs a fresh second factor.
func (s *Service) ResumeMember(ctx context.Context, who Actor, membership string, version int64) error {
	return s.alter(ctx, who, membership, version, "resume", func(_ *models.Tx, _ *models.Organisation, m *models.Membership) error {
		if m.PersonID == who.Person {
			return fault.Say(fault.Forbidden, "resume", "Nobody changes their own role. Ask a colleague")
		}
		m.State = "active"
		return nil
	})
}

// RemoveMember takes the role away for good; sessions in it end at once. The account stays. Needs a fresh second factor.
func (s *Service) RemoveMember(ctx context.Context, who Actor, membership string, version int64) error {
	return s.alter(ctx, who, membership, version, "remove", func(_ *models.Tx, _ *models.Organisation, m *models.Membership) error {
		m.State = "ended"
		return nil
	})
}

// alter changes a role somebody holds. The organisation is locked meanwhile, so that of two managers who remove each
// other one stays.
func (s *Service) alter(ctx context.Context, who Actor, membership string, version int64, what string,
	change func(*models.Tx, *models.Organisation, *models.Membership) error) error {
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		m, err := tx.MembershipForUpdate(membership)
		if err != nil {
			return err
		}
		act, err := manage(who, m.OrgID)
		if err == nil {
			err = s.Fresh(who)
		}
		if err != nil {
			return err
		}
		o, err := tx.OrganisationForUpdate(m.OrgID)
		if err != nil {
			return err
		}
		if m.Version != version {
			return ErrMoved
		}
		before := *m
		if err := change(tx, o, m); err != nil {
			return err
		}
		if err := tx.SaveMembership(m); err != nil {
			return err
		}
		if err := s.stillManaged(tx, o, before, *m); err != nil {
			return err
		}
		if _, err := tx.EndSessionsIn(m.ID); err != nil {
			return err
		}
		return audit(tx, who, act, "membership", m.ID, "", "what", what, "role", m.Role, "was", before.Role)
	})
	return moved(err)
}

// stillManaged keeps an organisation from losing the last person who can manage it.
func (s *Service) stillManaged(tx *models.Tx, o *models.Organisation, before, after models.Membership) error {
	manager := string(managerOf(Kind(o.Kind)))
	if before.Role != manager || before.State != "active" || after.Role == manager && after.State == "active" {
		return nil
	}
	n, err := tx.Managers(o.ID, manager)
	if err == nil && n == 0 {
		err = ErrLast
	}
	return err
}
