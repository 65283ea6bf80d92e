package models

import (
	"time"

	"carecorridor/internal/fault"
)

// one runs a read of one row; none is fault.Missing.
func one[T any](op string, find func(row *T) error) (*T, error) {
	row := new(T)
	return row, asFault(op, find(row))
}

// did runs a statement and says whether it touched a row.
func (tx *Tx) did(op, query string, args ...any) (bool, error) {
	done := tx.db.Exec(query, args...)
	return done.RowsAffected > 0, asFault(op, done.Error)
}

// AddOrganisation adds o. A listing, ODS code or alliance that is there already is fault.Conflict.
func (tx *Tx) AddOrganisation(o *Organisation) error {
	o.Version, o.CreatedAt, o.UpdatedAt = 1, tx.now, tx.now
	return create(tx, o)
}

// OrganisationForUpdate keeps others from changing the organisation, and who manages it, until the transaction ends.
func (tx *Tx) OrganisationForUpdate(id string) (*Organisation, error) {
	return one("organisation", func(o *Organisation) error { return tx.locking().Where("id = ?", id).Take(o).Error })
}

// SaveOrganisation writes name, email domain and state. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveOrganisation(o *Organisation) error {
	err := save[Organisation](tx, o.ID, o.Version, map[string]any{
		"name": o.Name, "email_domain": o.EmailDomain, "state": o.State, "updated_at": tx.now,
	})
	if err == nil {
		keep(tx, o)
		o.Version++
		o.UpdatedAt = tx.now
	}
	return err
}

// Alliance is the organisation of the staff; fault.Missing when there is none yet.
func (tx *Tx) Alliance() (*Organisation, error) {
	return one("alliance", func(o *Organisation) error { return tx.locking().Where("kind = 'alliance'").Take(o).Error })
}

// AddPerson adds an account. An address that has one already is fault.Conflict.
func (tx *Tx) AddPerson(p *Person) error {
	p.Version, p.CreatedAt, p.UpdatedAt = 1, tx.now, tx.now
	return create(tx, p)
}

// PersonForUpdate reads an account and keeps others from changing it until the transaction ends.
func (tx *Tx) PersonForUpdate(id string) (*Person, error) {
	return one("person", func(p *Person) error { return tx.locking().Where("id = ?", id).Take(p).Error })
}

// PersonByEmail finds an account by any of the blind indexes of an address. Unknown is fault.Missing.
func (tx *Tx) PersonByEmail(indexes [][]byte) (*Person, error) {
	return one("person", func(p *Person) error { return tx.locking().Where("email_index IN ?", indexes).Take(p).Error })
}

// SavePerson writes name, password and state. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SavePerson(p *Person) error {
	err := save[Person](tx, p.ID, p.Version, map[string]any{
		"name": p.Name, "password": p.Password, "password_at": p.PasswordAt, "state": p.State, "updated_at": tx.now,
	})
	if err == nil {
		keep(tx, p)
		p.Version++
		p.UpdatedAt = tx.now
	}
	return err
}

// AddMembership gives somebody a role. One they hold already there is fault.Conflict.
func (tx *Tx) AddMembership(m *Membership) error {
	m.Version, m.CreatedAt, m.EndedAt = 1, tx.now, nil
	return create(tx, m)
}

// MembershipForUpdate reads a role that has not ended. Unknown is fault.Missing.
func (tx *Tx) MembershipForUpdate(id string) (*Membership, error) {
	return one("membership", func(m *Membership) error {
		return tx.locking().Where("id = ? AND state <> 'ended'", id).Take(m).Error
	})
}

// SaveMembership writes role and state. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveMembership(m *Membership) error {
	ended := m.EndedAt
	if m.State == "ended" {
		ended = &tx.now
	}
	err := save[Membership](tx, m.ID, m.Version, map[string]any{"role": m.Role, "state": m.State, "ended_at": ended})
	if err == nil {
		keep(tx, m)
		m.Version++
		m.EndedAt = ended
	}
	return err
}

// Managers counts people who can act in a role for an organisation now. Lock the organisation first.
func (tx *Tx) Managers(org, role string) (int64, error) {
	var n int64
	err := tx.db.Raw(`SELECT count(*) FROM memberships m JOIN people p ON p.id = m.person_id
		WHERE m.org_id = ? AND m.role = ? AND m.state = 'active' AND p.state = 'active'`, org, role).Scan(&n).Error
	return n, asFault("count managers", err)
}

// ManagedAlone are organisations that nobody could manage if a person could not act: pairs of id and role.
func (tx *Tx) ManagedAlone(person string, roles []string) ([]Membership, error) {
	var rows []Membership
	err := tx.db.Raw(`SELECT m.* FROM memberships m WHERE m.person_id = ? AND m.role IN ? AND m.state = 'active' AND NOT EXISTS
		(SELECT 1 FROM memberships o JOIN people p ON p.id = o.person_id
			WHERE o.org_id = m.org_id AND o.role = m.role AND o.state = 'active' AND p.state = 'active' AND o.person_id <> m.person_id)`,
		person, roles).Scan(&rows).Error
	return rows, asFault("managed alone", err)
}

// CountTry adds one try of name, after forgetting those whose last was before since, and reads how many there are now. While name
// waits, tries do not count.
func (tx *Tx) CountTry(name string, since time.Time) (*SignInTry, error) {
	if err := tx.exec("DELETE FROM sign_in_tries WHERE name = ? AND last_at < ?", name, since); err != nil {
		return nil, asFault("count tries", err)
	}
	t := &SignInTry{}
	err := tx.db.Raw(`INSERT INTO sign_in_tries (name, tries, last_at) VALUES (?, 1, ?)
		ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at,
			tries = sign_in_tries.tries + CASE WHEN sign_in_tries.waits_until > excluded.last_at THEN 0 ELSE 1 END RETURNING *`,
		name, tx.now).Scan(t).Error
	return t, asFault("count tries", err)
}

// Wait keeps further tries of name waiting.
func (tx *Tx) Wait(name string, until time.Time) error {
	return asFault("count tries", tx.exec("UPDATE sign_in_tries SET waits_until = ? WHERE name = ?", until, name))
}

// ForgetTries of the names.
func (tx *Tx) ForgetTries(names ...string) error {
	return asFault("count tries", tx.exec("DELETE FROM sign_in_tries WHERE name IN ?", names))
}

// AddChallenge adds c; one with the same token is replaced.
func (tx *Tx) AddChallenge(c *Challenge) error {
	if err := tx.exec("DELETE FROM challenges WHERE token_hash = ?", c.TokenHash); err != nil {
		return asFault("write challenges", err)
	}
	c.CreatedAt = tx.now
	return create(tx, c)
}

// SaveChallenge writes the data.
func (tx *Tx) SaveChallenge(c *Challenge) error {
	return asFault("write challenges", tx.exec("UPDATE challenges SET data = ? WHERE id = ?", c.Data, c.ID))
}

// TakeChallenge reads one of a kind that has not ended and removes it: whoever gets it is the only one. None is fault.Missing.
func (tx *Tx) TakeChallenge(kind string, token []byte) (*Challenge, error) {
	c, err := one("challenge", func(c *Challenge) error {
		return tx.locking().Where("token_hash = ? AND kind = ? AND expires_at > ?", token, kind, tx.now).Take(c).Error
	})
	if err != nil {
		return c, err
	}
	mine, err := tx.did("write challenges", "DELETE FROM challenges WHERE id = ?", c.ID)
	if err == nil && !mine {
		err = fault.New(fault.Missing, "challenge", nil)
	}
	return c, err
}

// DropChallenges of a person, of the kinds.
func (tx *Tx) DropChallenges(person string, kinds ...string) error {
	return asFault("write challenges", tx.exec("DELETE FROM challenges WHERE person_id = ? AND kind IN ?", person, kinds))
}

// DropStaleSignIns forgets tries, sessions and invitations that ended before an instant, and challenges that have ended: they hold what people typed.
func (tx *Tx) DropStaleSignIns(before time.Time) error {
	if err := tx.exec("DELETE FROM challenges WHERE expires_at <= ?", tx.now); err != nil {
		return asFault("drop stale sign-ins", err)
	}
	for _, query := range []string{
		"DELETE FROM sign_in_tries WHERE last_at < ?",
		"DELETE FROM sessions WHERE expires_at < ?", "DELETE FROM invitations WHERE expires_at < ?",
	} {
		if err := tx.exec(query, before); err != nil {
			return asFault("drop stale sign-ins", err)
		}
	}
	return nil
}

// AddInvitation adds i; earlier ones of the same address to the same organisation that wait are taken back.
func (tx *Tx) AddInvitation(i *Invitation, indexes [][]byte) error {
	err := tx.exec("UPDATE invitations SET taken_back_at = ? WHERE org_id = ? AND email_index IN ? AND used_at IS NULL AND taken_back_at IS NULL",
		tx.now, i.OrgID, indexes)
	if err != nil {
		return asFault("write invitations", err)
	}
	i.CreatedAt = tx.now
	return create(tx, i)
}

// waiting is an invitation that can still be used.
const waiting = "used_at IS NULL AND taken_back_at IS NULL AND expires_at > ?"

// InvitationForUpdate reads one that can still be used. Else fault.Missing.
func (tx *Tx) InvitationForUpdate(id string) (*Invitation, error) {
	return one("invitation", func(i *Invitation) error {
		return tx.locking().Where("id = ? AND "+waiting, id, tx.now).Take(i).Error
	})
}

// InvitationByToken is InvitationForUpdate by the hash of its token.
func (tx *Tx) InvitationByToken(token []byte) (*Invitation, error) {
	return one("invitation", func(i *Invitation) error {
		return tx.locking().Where("token_hash = ? AND "+waiting, token, tx.now).Take(i).Error
	})
}

// InvitationsFor an address that can still be used, oldest first.
func (tx *Tx) InvitationsFor(indexes [][]byte) ([]Invitation, error) {
	var rows []Invitation
	err := tx.locking().Where("email_index IN ? AND "+waiting, indexes, tx.now).Order("created_at, id").Find(&rows).Error
	return rows, asFault("invitations", err)
}

// UseInvitation uses it up; false when somebody was first.
func (tx *Tx) UseInvitation(id string) (bool, error) {
	return tx.did("write invitations", "UPDATE invitations SET used_at = ? WHERE id = ? AND "+waiting, tx.now, id, tx.now)
}

// TakeBackInvitation ends it; false when it had ended.
func (tx *Tx) TakeBackInvitation(id string) (bool, error) {
	return tx.did("write invitations", "UPDATE invitations SET taken_back_at = ? WHERE id = ? AND "+waiting, tx.now, id, tx.now)
}

// AddIdentity links a person to a sign-in service. One that is linked already is fault.Conflict.
func (tx *Tx) AddIdentity(i *Identity) error {
	i.CreatedAt = tx.now
	return create(tx, i)
}

// IdentityBy finds whom an issuer means. Unknown is fault.Missing.
func (tx *Tx) IdentityBy(issuer string, indexes [][]byte) (*Identity, error) {
	return one("identity", func(i *Identity) error {
		return tx.db.Where("issuer = ? AND subject_index IN ?", issuer, indexes).Take(i).Error
	})
}

// HasIdentity reports whether a person is linked to one of the issuers.
func (tx *Tx) HasIdentity(person string, issuers []string) (bool, error) {
	var n int64
	err := tx.db.Table("identities").Where("person_id = ? AND issuer IN ?", person, issuers).Count(&n).Error
	return n > 0, asFault("identities", err)
}

// AddAssertion keeps what an issuer said.
func (tx *Tx) AddAssertion(a *IdentityAssertion) error {
	a.AssertedAt = tx.now
	return create(tx, a)
}
