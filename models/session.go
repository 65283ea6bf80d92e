package models

import "context"

// SessionRow is a session beside whom it is for.
type SessionRow struct {
	Session
	PersonName      []byte // sealed
	PersonState     string
	Sample          bool
	Role            string
	MembershipState string
	OrgID           string
	OrgName         string
	OrgKind         string
	OrgState        string
	ProviderID      *int64
}

const sessionRows = `SELECT s.*, p.name AS person_name, p.state AS person_state, p.sample, m.role, m.state AS membership_state,
	o.id AS org_id, o.name AS org_name, o.kind AS org_kind, o.state AS org_state, o.provider_id
	FROM sessions s JOIN people p ON p.id = s.person_id JOIN memberships m ON m.id = s.membership_id JOIN organisations o ON o.id = m.org_id `

// SessionByToken reads a session that nobody ended and whose end has not come. Else fault.Missing.
func (s *Store) SessionByToken(ctx context.Context, token []byte) (*SessionRow, error) {
	return one("session", func(row *SessionRow) error {
		return s.read(ctx).Raw(sessionRows+"WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > ?", token, s.o.Clock().UTC()).Take(row).Error
	})
}

// SessionForUpdate is SessionByToken by id, in this transaction, of one person.
func (tx *Tx) SessionForUpdate(person, id string) (*Session, error) {
	return one("session", func(row *Session) error {
		return tx.locking().Where("id = ? AND person_id = ? AND ended_at IS NULL AND expires_at > ?", id, person, tx.now).Take(row).Error
	})
}

// SessionsOf a person that have not ended, the newest first.
func (s *Store) SessionsOf(ctx context.Context, person string) ([]SessionRow, error) {
	var rows []SessionRow
	err := s.read(ctx).Raw(sessionRows+"WHERE s.person_id = ? AND s.ended_at IS NULL AND s.expires_at > ? ORDER BY s.seen_at DESC, s.id", person, s.o.Clock().UTC()).Scan(&rows).Error
	return rows, asFault("sessions", err)
}

// AddSession begins one.
func (tx *Tx) AddSession(s *Session) error {
	s.CreatedAt, s.SeenAt = tx.now, tx.now
	return create(tx, s)
}

// SaveSession writes token, role, data and instants.
func (tx *Tx) SaveSession(s *Session) error {
	return asFault("write sessions", tx.db.Table("sessions").Where("id = ?", s.ID).Updates(map[string]any{
		"token_hash": s.TokenHash, "membership_id": s.MembershipID, "data": s.Data, "seen_at": tx.now, "stepped_up_at": s.SteppedUpAt,
	}).Error)
}

// SeeSession notes that a session is in use.
func (tx *Tx) SeeSession(id string) error {
	return asFault("write sessions", tx.exec("UPDATE sessions SET seen_at = ? WHERE id = ? AND seen_at < ?", tx.now, id, tx.now))
}

// EndSessions ends those of a person but the one kept (which may be ""), and counts them.
func (tx *Tx) EndSessions(person, kept string) (int, error) {
	return tx.endSessions("person_id = ? AND id <> ?", person, kept)
}

// EndSession ends one of a person; false when it had ended or is not theirs.
func (tx *Tx) EndSession(person, id string) (bool, error) {
	n, err := tx.endSessions("person_id = ? AND id = ?", person, id)
	return n > 0, err
}

// EndSessionsIn ends those in which one role is acted in.
func (tx *Tx) EndSessionsIn(membership string) (int, error) {
	return tx.endSessions("membership_id = ?", membership)
}

// EndSessionsFor ends those in which people act for an organisation.
func (tx *Tx) EndSessionsFor(org string) (int, error) {
	return tx.endSessions("membership_id IN (SELECT id FROM memberships WHERE org_id = ?)", org)
}

func (tx *Tx) endSessions(which string, args ...any) (int, error) {
	done := tx.db.Exec("UPDATE sessions SET ended_at = ? WHERE ended_at IS NULL AND "+which, append([]any{tx.now}, args...)...)
	return int(done.RowsAffected), asFault("write sessions", done.Error)
}

// LastMembership is the role a person acted in last, "" when never.
func (tx *Tx) LastMembership(person string) (string, error) {
	var ids []string
	err := tx.db.Table("sessions").Where("person_id = ?", person).Order("seen_at DESC, id DESC").Limit(1).Pluck("membership_id", &ids).Error
	if err != nil || len(ids) == 0 {
		return "", asFault("last role", err)
	}
	return ids[0], nil
}
