package auth

import (
	"context"
	"slices"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// manage asks the policy whether the actor manages an organisation's people: their own, or any. What cannot be seen is not there.
func manage(who Actor, org string) (Action, error) {
	if Can(who.Role, PeopleManage) {
		return PeopleManage, May(who, PeopleManage, Near(who, org, ""))
	}
	return TeamManage, May(who, TeamManage, Near(who, org, ""))
}

// rolesOf are the roles of a kind of organisation.
func rolesOf(k Kind) []Role {
	return slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return KindOf(r) != k })
}

// RolesFor are the roles that people of an organisation may be given.
func RolesFor(k Kind) []Role { return rolesOf(k) }

// managerOf is the role without which an organisation of the kind cannot be managed.
func managerOf(k Kind) Role {
	switch k {
	case Hospital:
		return ProviderOwner
	case Practice:
		return ReferrerAdmin
	}
	return Administrator
}

// Invite mails an invitation. Inviting the same address to the same organisation again replaces the earlier one. Needs a fresh second factor.
func (s *Service) Invite(ctx context.Context, who Actor, f InviteForm) (check.List, error) {
	act, err := manage(who, f.Org)
	if err == nil {
		err = s.Fresh(who)
	}
	if err != nil {
		return nil, err
	}
	o, err := s.Store.OrganisationByID(ctx, f.Org)
	if err != nil {
		return nil, err
	}
	var l check.List
	l.Need(slices.Contains(rolesOf(Kind(o.Kind)), f.Role), "role", "Choose one of the roles")
	email := needEmail(&l, "email", f.Email)
	if email != "" && o.EmailDomain != "" {
		l.Need(strings.HasSuffix(email, "@"+o.EmailDomain), "email", "The address must end in @%s, which shows that it belongs to the organisation", o.EmailDomain)
	}
	l.Need(o.State == "active", "role", "The organisation is not active: nobody can be invited into it")
	if !l.OK() {
		return l, nil
	}
	mine, err := s.Store.PersonByEmail(ctx, s.indexes(email))
	if err == nil && mine.ID == who.Person {
		l.Add("email", "This is your own address. Nobody gives themselves a role: ask a colleague")
		return l, nil
	}
	if err != nil && !fault.Is(err, fault.Missing) {
		return nil, err
	}
	return nil, s.Store.Write(ctx, func(tx *models.Tx) error { return s.invite(tx, who, act, f, email) })
}

func (s *Service) invite(tx *models.Tx, who Actor, act Action, f InviteForm, email string) error {
	token, hash := newToken()
	i := &models.Invitation{ID: newID(), TokenHash: hash, OrgID: f.Org, Role: string(f.Role), EmailIndex: s.Box.Index(EmailPurpose, email),
		InvitedBy: who.Person, ExpiresAt: tx.Now().AddDate(0, 0, s.Limits.InviteDays)}
	var err error
	if i.Email, err = s.seal("invitations", "email", i.ID, email); err != nil {
		return err
	}
	if err := tx.AddInvitation(i, s.indexes(email)); err != nil {
		return err
	}
	if err := audit(tx, who, act, "organisation", f.Org, "", "what", "invite", "role", i.Role, "invitation", i.ID); err != nil {
		return err
	}
	return s.office.Post(tx, "account_invitation", letters.Letter{To: email, Link: s.Origin + InvitationPath(token),
		Values: map[string]string{"Until": when.DateOf(i.ExpiresAt).Long()}})
}

// Invitations of an organisation that wait, the newest first; those that ended by time are among them.
func (s *Service) Invitations(ctx context.Context, who Actor, org string) ([]InvitationLine, error) {
	if _, err := manage(who, org); err != nil {
		return nil, err
	}
	rows, err := s.Store.InvitationsOf(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []InvitationLine
	for _, i := range rows {
		email, err := s.open("invitations", "email", i.ID, i.Email)
		if err != nil {
			return nil, err
		}
		out = append(out, InvitationLine{ID: i.ID, Email: email, Role: Role(i.Role), Sent: i.CreatedAt, Until: i.ExpiresAt, Expired: !s.now().Before(i.ExpiresAt)})
	}
	return out, nil
}

// TakeBack ends an invitation that waits.
func (s *Service) TakeBack(ctx context.Context, who Actor, invitation string) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		i, err := tx.InvitationForUpdate(invitation)
		if err != nil {
			return err
		}
		act, err := manage(who, i.OrgID)
		if err != nil {
			return err
		}
		if err := gone(tx.TakeBackInvitation(i.ID)); err != nil {
			return err
		}
		return audit(tx, who, act, "organisation", i.OrgID, "", "what", "take_back", "invitation", i.ID)
	})
}

// Invitation reads what a mailed invitation is for; ErrLink when it does not work any more.
func (s *Service) Invitation(ctx context.Context, token string) (Invited, error) {
	i, err := s.Store.InvitationByToken(ctx, hashOf(token))
	if err != nil {
		return Invited{}, hide(err, ErrLink)
	}
	o, err := s.Store.OrganisationByID(ctx, i.OrgID)
	if err == nil && o.State != "active" {
		err = ErrLink
	}
	if err != nil {
		return Invited{}, err
	}
	out := Invited{OrgName: o.Name, Kind: Kind(o.Kind), Role: Role(i.Role), Until: i.ExpiresAt}
	if out.Email, err = s.open("invitations", "email", i.ID, i.Email); err != nil {
		return Invited{}, err
	}
	_, err = s.Store.PersonByEmail(ctx, s.indexes(out.Email))
	out.Known = err == nil
	return out, ignoreMissing(err)
}

func ignoreMissing(err error) error { return hide(err, nil) }
