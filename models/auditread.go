package models

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"
)

// AuditFilter chooses rows; what is zero does not matter.
type AuditFilter struct {
	Person, Org, Action string
	On, ID              string // kind of thing, and which one
	Subject             string // the referral whose record was touched
	From, To            time.Time
	Before              int64 // the cursor: rows before this one, AuditPage's Next of the page before
}

// AuditPage is a page of rows, newest first.
type AuditPage struct {
	Rows []AuditRow
	Next int64 // what Before is for the next page; 0 when there is none
}

// AuditPage reads at most limit rows (1 to 1,000), newest first: for the desk, and for patients who ask who looked.
// From is the first instant that counts, To the first that no longer does.
func (s *Store) AuditPage(ctx context.Context, f AuditFilter, limit int) (AuditPage, error) {
	limit = min(max(limit, 1), 1000)
	var page AuditPage
	err := f.on(s.read(ctx)).Order("seq DESC").Limit(limit + 1).Find(&page.Rows).Error
	if len(page.Rows) > limit {
		page.Rows = page.Rows[:limit]
		page.Next = page.Rows[limit-1].Seq
	}
	return page, asFault("audit page", err)
}

func (f AuditFilter) on(db *gorm.DB) *gorm.DB {
	for _, c := range []struct{ column, value string }{{"person", f.Person}, {"org", f.Org}, {"action", f.Action},
		{"on_kind", f.On}, {"on_id", f.ID}, {"subject", f.Subject}} {
		if badText(c.value) != "" {
			return db.Where("1 = 0") // no database holds it
		}
		if c.value != "" {
			db = db.Where(c.column+" = ?", c.value)
		}
	}
	if f.Subject != "" {
		db = db.Where("subject <> ''") // lets SQLite use its index
	}
	if !f.From.IsZero() {
		db = db.Where("at >= ?", f.From.UTC())
	}
	if !f.To.IsZero() {
		db = db.Where("at < ?", f.To.UTC())
	}
	if f.Before > 0 {
		db = db.Where("seq < ?", f.Before)
	}
	return db
}

// FactMap are the row's facts.
func (r *AuditRow) FactMap() map[string]string {
	facts := map[string]string{}
	_ = json.Unmarshal([]byte(r.Facts), &facts) // only a row that was tampered with fails, and Verify tells of it
	return facts
}

// AuditSpan is the chain's end and which rows there are, read at one instant.
type AuditSpan struct {
	Seq     int64  // by the head; -1 when the head is gone
	Hash    []byte // by the head
	Highest int64  // number among the rows, 0 when there is none
}

// AuditSpan reads where the chain ends.
func (s *Store) AuditSpan(ctx context.Context) (AuditSpan, error) {
	var a AuditSpan
	err := s.read(ctx).Raw(`SELECT coalesce((SELECT seq FROM audit_head WHERE id = 1), -1) AS seq,
		(SELECT hash FROM audit_head WHERE id = 1) AS hash, coalesce((SELECT max(seq) FROM audit_rows), 0) AS highest`).Scan(&a).Error
	return a, asFault("audit head", err)
}

// AuditRows reads at most n rows from a number on, in order. A forged row may have any number.
func (s *Store) AuditRows(ctx context.Context, from int64, n int) ([]AuditRow, error) {
	var rows []AuditRow
	err := s.read(ctx).Where("seq >= ?", from).Order("seq").Limit(n).Find(&rows).Error
	return rows, asFault("audit rows", err)
}

// AuditRowsOf is AuditRows for those that a filter chooses.
func (s *Store) AuditRowsOf(ctx context.Context, f AuditFilter, after int64, n int) ([]AuditRow, error) {
	var rows []AuditRow
	err := f.on(s.read(ctx)).Where("seq > ?", after).Order("seq").Limit(n).Find(&rows).Error
	return rows, asFault("audit rows", err)
}

// LastAudited is the newest row of an action. None is fault.Missing.
func (s *Store) LastAudited(ctx context.Context, action string) (*AuditRow, error) {
	r := &AuditRow{}
	err := s.read(ctx).Where("action = ?", action).Order("seq DESC").Take(r).Error
	return r, asFault("audit row", err)
}
