package models

import (
	"context"
	"time"
)

// SeenInList is the action of the trail for a referral that a worklist showed to somebody.
const SeenInList = "referral.list"

// listedRows are those rows that are about one patient. The words are those of the index audit_rows_listed.
const listedRows = "action = 'referral.list' AND subject <> ''"

// aboutReferral chooses the rows of one. The second part lets SQLite use its index.
const aboutReferral = "subject = ? AND subject <> ''"

// ListedSince are the referrals that worklists showed to a person, in a role for an organisation, since a moment.
func (tx *Tx) ListedSince(person, org, role string, since time.Time) (map[string]bool, error) {
	var ids []string
	err := tx.db.Table("audit_rows").Where(listedRows+" AND person = ? AND at >= ? AND org = ? AND role = ?", person, since.UTC(), org, role).Distinct().Pluck("subject", &ids).Error
	out := map[string]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, asFault("audit rows", err)
}

// SeenRow is a row of the trail, and for worklists how many there are like it; the row itself is then the newest.
type SeenRow struct {
	AuditRow
	Times int64
}

// SeenRows are who read or changed a referral, newest first: at most limit rows, and one for each person whom worklists
// showed it, however often. So nobody's reading is pushed out by lists.
func (s *Store) SeenRows(ctx context.Context, referral string, limit int) ([]SeenRow, error) {
	var rows, lists []SeenRow
	err := s.read(ctx).Table("audit_rows").Select("*, 1 AS times").Where(aboutReferral+" AND action <> ?", referral, SeenInList).Order("seq DESC").Limit(limit).Scan(&rows).Error
	if err == nil {
		newest := s.read(ctx).Table("audit_rows").Select("max(seq) AS last, count(*) AS times").Where(aboutReferral+" AND action = ?", referral, SeenInList).Group("person, org, role")
		err = s.read(ctx).Table("audit_rows AS r").Select("r.*, n.times").Joins("JOIN (?) AS n ON n.last = r.seq", newest).Order("r.seq DESC").Scan(&lists).Error
	}
	return append(rows, lists...), asFault("audit rows", err)
}

// AuditedBefore reports whether the trail has a row of the same person, action, subject and facts as a.
func (tx *Tx) AuditedBefore(a Audited) (bool, error) {
	row, err := a.row()
	if err != nil {
		return false, err
	}
	var n int64
	err = tx.db.Table("audit_rows").Where(aboutReferral+" AND action = ? AND person = ? AND facts = ?", a.Subject, a.Action, a.Person, row.Facts).Count(&n).Error
	return n > 0, asFault("audit rows", err)
}
