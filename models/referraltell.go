package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"carecorridor/internal/fault"
)

// AddNotice adds a notice. The caller queues the job that mails one that waits, in the same transaction.
func (tx *Tx) AddNotice(n *ReferralNotice) error { return create(tx, n) }

// NoticeWaits reports whether somebody has an unsent mail about a referral already.
func (tx *Tx) NoticeWaits(referral, kind, person string) (bool, error) {
	var n int64
	err := tx.db.Table("referral_notices").Where("referral_id = ? AND to_kind = ? AND person = ? AND state = 'waiting'", referral, kind, person).Count(&n).Error
	return n > 0, asFault("notices", err)
}

// NoticeByID reads one. Unknown is fault.Missing.
func (s *Store) NoticeByID(ctx context.Context, id string) (*ReferralNotice, error) {
	return one("notice", func(n *ReferralNotice) error { return s.read(ctx).Where("id = ?", id).Take(n).Error })
}

// NoticeDone notes what became of a notice's mail, and of those that had joined it when it was begun.
func (tx *Tx) NoticeDone(n *ReferralNotice, state string, began time.Time) error {
	return asFault("write referral_notices", tx.exec(`UPDATE referral_notices SET state = ?, done_at = ? WHERE id = ?
		OR referral_id = ? AND to_kind = ? AND person = ? AND state = 'joined' AND at <= ?`, state, tx.now, n.ID, n.ReferralID, n.ToKind, n.Person, began.UTC()))
}

// NextNotice lets the oldest one that joined a notice, and was not settled with it, wait for a mail of its own: its id, ""
// for none. The caller queues the job, in the same transaction.
func (tx *Tx) NextNotice(n *ReferralNotice) (string, error) {
	var ids []string
	err := tx.db.Table("referral_notices").Where("referral_id = ? AND to_kind = ? AND person = ? AND state = 'joined'", n.ReferralID, n.ToKind, n.Person).
		Order("at, id").Limit(1).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return "", asFault("notices", err)
	}
	return ids[0], asFault("write referral_notices", tx.exec("UPDATE referral_notices SET state = 'waiting' WHERE id = ?", ids[0]))
}

// StaleNotices are at most n whose mail waits since before a moment, the oldest first.
func (tx *Tx) StaleNotices(before time.Time, n int) ([]ReferralNotice, error) {
	var rows []ReferralNotice
	return rows, asFault("notices", tx.locking().Where("state = 'waiting' AND at < ?", before.UTC()).Order("at, id").Limit(n).Find(&rows).Error)
}

// NoticeReplaced ends a notice for which another one stands: it is neither sent nor news any more.
func (tx *Tx) NoticeReplaced(n *ReferralNotice) error {
	return asFault("write referral_notices", tx.exec("UPDATE referral_notices SET state = 'dropped', done_at = ?, read_at = coalesce(read_at, ?) WHERE id = ? AND state = 'waiting'", tx.now, tx.now, n.ID))
}

// DropNotices takes back everything that was not sent yet.
func (tx *Tx) DropNotices(referral string) error {
	return asFault("write referral_notices", tx.exec("UPDATE referral_notices SET state = 'dropped', done_at = ? WHERE referral_id = ? AND state IN ('waiting', 'joined')", tx.now, referral))
}

// NoticesOf somebody that were not read yet, newest first; person "" and kind patient for a patient.
func (s *Store) NoticesOf(ctx context.Context, kind, person, referral string, n int) ([]ReferralNotice, error) {
	var rows []ReferralNotice
	db := s.read(ctx).Where("to_kind = ? AND person = ? AND read_at IS NULL", kind, person)
	if referral != "" {
		db = db.Where("referral_id = ?", referral)
	}
	return rows, asFault("notices", db.Order("at DESC, id DESC").Limit(n).Find(&rows).Error)
}

// ReadNotices notes that somebody has seen what was new of a referral.
func (tx *Tx) ReadNotices(referral, kind, person string) error {
	return asFault("write referral_notices", tx.exec("UPDATE referral_notices SET read_at = ? WHERE referral_id = ? AND to_kind = ? AND person = ? AND read_at IS NULL", tx.now, referral, kind, person))
}

// SectionsOf a referral.
func (tx *Tx) SectionsOf(referral string) ([]ReferralSection, error) {
	var rows []ReferralSection
	return rows, asFault("referral sections", tx.db.Where("referral_id = ?", referral).Find(&rows).Error)
}

// AddPatientLink adds a one-time link.
func (tx *Tx) AddPatientLink(l *PatientLink) error { return create(tx, l) }

// PatientLinkByToken reads one that was not used and has not ended at a moment. Else fault.Missing.
func (tx *Tx) PatientLinkByToken(hash []byte, now time.Time) (*PatientLink, error) {
	return one("patient link", func(l *PatientLink) error {
		return tx.locking().Where("token_hash = ? AND used_at IS NULL AND expires_at > ?", hash, now).Take(l).Error
	})
}

// PatientLinkKnown reports whether a link was made before, used or not.
func (tx *Tx) PatientLinkKnown(hash []byte) (bool, error) {
	var n int64
	err := tx.db.Table("patient_links").Where("token_hash = ?", hash).Count(&n).Error
	return n > 0, asFault("patient link", err)
}

// UsePatientLink ends a link.
func (tx *Tx) UsePatientLink(id string, at time.Time) error {
	return asFault("write patient_links", tx.exec("UPDATE patient_links SET used_at = ? WHERE id = ?", at, id))
}

// PutPatientCode makes a code the newest one of a referral.
func (tx *Tx) PutPatientCode(c *PatientCode) error {
	return asFault("write patient_codes", tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "referral_id"}}, UpdateAll: true}).Create(c).Error)
}

// PatientCode of a referral. None is fault.Missing.
func (tx *Tx) PatientCode(referral string) (*PatientCode, error) {
	return one("patient code", func(c *PatientCode) error { return tx.locking().Where("referral_id = ?", referral).Take(c).Error })
}

// DropPatientCode forgets the code of a referral.
func (tx *Tx) DropPatientCode(referral string) error {
	return asFault("write patient_codes", tx.exec("DELETE FROM patient_codes WHERE referral_id = ?", referral))
}

// AddPatientSession adds a patient's browser.
func (tx *Tx) AddPatientSession(p *PatientSession) error { return create(tx, p) }

// PatientSessionByToken reads one that has not ended. Else fault.Missing.
func (tx *Tx) PatientSessionByToken(hash []byte, now time.Time) (*PatientSession, error) {
	return one("patient session", func(p *PatientSession) error {
		return tx.locking().Where("token_hash = ? AND ended_at IS NULL AND expires_at > ?", hash, now).Take(p).Error
	})
}

// SavePatientSession writes when it was seen, made fresh and ended.
func (tx *Tx) SavePatientSession(p *PatientSession) error {
	return asFault("write patient_sessions", tx.exec("UPDATE patient_sessions SET seen_at = ?, stepped_up_at = ?, ended_at = ? WHERE id = ?", p.SeenAt, p.SteppedUpAt, p.EndedAt, p.ID))
}

// EndPatientSessions ends all of a referral's, its links and its code.
func (tx *Tx) EndPatientSessions(referral string) error {
	err := tx.exec("UPDATE patient_sessions SET ended_at = ? WHERE referral_id = ? AND ended_at IS NULL", tx.now, referral)
	if err == nil {
		err = tx.exec("UPDATE patient_links SET used_at = ? WHERE referral_id = ? AND used_at IS NULL", tx.now, referral)
	}
	if err == nil {
		err = tx.exec("DELETE FROM patient_codes WHERE referral_id = ?", referral)
	}
	return asFault("end patient sessions", err)
}

// HandbackByToken reads the one whose link this is, if it has not ended. Else fault.Missing.
func (tx *Tx) HandbackByToken(hash []byte, now time.Time) (*Handback, error) {
	if len(hash) == 0 {
		return nil, fault.New(fault.Missing, "handback", fmt.Errorf("no link"))
	}
	return one("handback", func(h *Handback) error {
		return tx.locking().Where("token_hash = ? AND expires_at > ?", Sealed(hash), now).Take(h).Error
	})
}

// SweepPatients forgets sessions, links and codes that ended before a moment, and notices whose mail was settled by
// then.
func (tx *Tx) SweepPatients(ended, settled time.Time) error {
	for _, x := range []struct {
		query string
		at    time.Time
	}{
		{"DELETE FROM patient_sessions WHERE expires_at < ? OR ended_at < ?", ended}, {"DELETE FROM patient_links WHERE expires_at < ? OR used_at < ?", ended},
		{"DELETE FROM patient_codes WHERE expires_at < ? OR expires_at < ?", ended}, {"DELETE FROM referral_notices WHERE done_at < ? AND at < ?", settled},
	} {
		if err := tx.exec(x.query, x.at, x.at); err != nil {
			return asFault("sweep patients", err)
		}
	}
	return nil
}

// ReferralByReference reads one as this transaction sees it. Unknown is fault.Missing.
func (tx *Tx) ReferralByReference(code string) (*Referral, error) {
	return one("referral", func(r *Referral) error { return tx.db.Where("reference = ?", code).Take(r).Error })
}

// ReferralPlain reads one without holding it. Unknown is fault.Missing.
func (tx *Tx) ReferralPlain(id string) (*Referral, error) {
	return one("referral", func(r *Referral) error { return tx.db.Where("id = ?", id).Take(r).Error })
}

// ContactChecked notes when a patient's address answered; the version does not move: no form shows it.
func (tx *Tx) ContactChecked(id string, at time.Time) error {
	return asFault("write referrals", tx.exec("UPDATE referrals SET contact_checked_at = ? WHERE id = ?", at, id))
}

// ReferralEvents are a referral's history, oldest first.
func (tx *Tx) ReferralEvents(id string) ([]ReferralEvent, error) {
	var rows []ReferralEvent
	return rows, asFault("referral events", tx.db.Where("referral_id = ?", id).Order("version").Find(&rows).Error)
}

// ReferralEntries are what was written, oldest first.
func (tx *Tx) ReferralEntries(id string) ([]ReferralEntry, error) {
	var rows []ReferralEntry
	return rows, asFault("referral entries", tx.db.Where("referral_id = ?", id).Order("version, id").Find(&rows).Error)
}

// NamesOf are the sealed names of people and the names of organisations, by id; unknown ones are left out.
func (tx *Tx) NamesOf(people, orgs []string) (names map[string][]byte, of map[string]string, err error) {
	return namesOf(tx.db, people, orgs)
}

// NamesOf is Tx.NamesOf outside a transaction.
func (s *Store) NamesOf(ctx context.Context, people, orgs []string) (names map[string][]byte, of map[string]string, err error) {
	return namesOf(s.read(ctx), people, orgs)
}

func namesOf(read *gorm.DB, people, orgs []string) (names map[string][]byte, of map[string]string, err error) {
	db := read.Session(&gorm.Session{})
	names, of = map[string][]byte{}, map[string]string{}
	var p []Person
	if err = db.Select("id, name").Where("id IN ?", people).Find(&p).Error; err == nil {
		var o []Organisation
		err = db.Select("id, name").Where("id IN ?", orgs).Find(&o).Error
		for _, x := range o {
			of[x.ID] = x.Name
		}
	}
	for _, x := range p {
		names[x.ID] = x.Name
	}
	return names, of, asFault("names", err)
}
