package models

import (
	"context"
	"fmt"
	"time"

	"carecorridor/internal/fault"
)

// Report is a problem that a reader sees with a listing. The id is made by the caller because the sealed email
// address is bound to it.
type Report struct {
	ID         string
	Reference  string // CC-XXXX-XX
	Form       string // hash of the form as it was sent: sent twice it is one report
	ProviderID int64
	About      string // price | certificate | claim | other
	Words      string
	Email      Sealed // dropped when the report is closed
	Outcome    string // what the desk did; "" while it waits
	ClosedBy   string
	SentAt     time.Time
	ClosedAt   *time.Time
	AssignedTo string // who at the desk looks into it, "" nobody yet
}

// ReportLine is a report beside the listing it is about.
type ReportLine struct {
	Report
	Slug, Name string
}

// AddReport adds a report. A form or reference that exists already is fault.Conflict.
func (tx *Tx) AddReport(r *Report) error {
	r.SentAt = tx.now
	return create(tx, r)
}

// CloseReport says what came of a report and forgets the address of who sent it. Unknown is fault.Missing,
// closed already fault.Conflict.
func (tx *Tx) CloseReport(reference, outcome, by string) error {
	done := tx.db.Table("reports").Where("reference = ? AND closed_at IS NULL", reference).
		Updates(map[string]any{"outcome": outcome, "closed_by": by, "closed_at": tx.now, "email": nil})
	if done.Error != nil || done.RowsAffected == 1 {
		return asFault("write reports", done.Error)
	}
	var n int64
	if err := tx.db.Table("reports").Where("reference = ?", reference).Count(&n).Error; err != nil {
		return asFault("write reports", err)
	}
	if n == 0 {
		return fault.New(fault.Missing, "close report", fmt.Errorf("no report %s", reference))
	}
	return fault.New(fault.Conflict, "close report", fmt.Errorf("report %s is closed", reference))
}

// ReportByForm reads the report that a form made. Unknown is fault.Missing.
func (s *Store) ReportByForm(ctx context.Context, form string) (*Report, error) {
	r := &Report{}
	err := s.read(ctx).Where("form = ?", form).Take(r).Error
	return r, asFault("report", err)
}

// Reports reads the reports that wait, oldest first; with all also those closed.
func (s *Store) Reports(ctx context.Context, all bool) ([]ReportLine, error) {
	db := s.read(ctx).Table("reports AS r").Select("r.*, p.slug, p.name").Joins("JOIN providers AS p ON p.id = r.provider_id").Order("r.sent_at, r.id")
	if !all {
		db = db.Where("r.closed_at IS NULL")
	}
	var rows []ReportLine
	err := db.Scan(&rows).Error
	return rows, asFault("reports", err)
}
