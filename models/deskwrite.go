package models

import (
	"fmt"

	"carecorridor/internal/fault"
)

// AddContentReview adds a review that another person is to publish. Another one that waits for the same text is
// fault.Conflict.
func (tx *Tx) AddContentReview(r *ContentReview) error {
	r.Version, r.At, r.State = 1, tx.now, "proposed"
	return create(tx, r)
}

// ContentReviewForUpdate reads a review and keeps others from changing it. Unknown is fault.Missing.
func (tx *Tx) ContentReviewForUpdate(id string) (*ContentReview, error) {
	r := &ContentReview{}
	err := tx.locking().Where("id = ?", id).Take(r).Error
	return r, asFault("content review", err)
}

// DecideContentReview publishes or refuses a review. A version that moved meanwhile is fault.Conflict. What is
// published changes public pages.
func (tx *Tx) DecideContentReview(r *ContentReview) error {
	r.DecidedAt = &tx.now
	err := save[ContentReview](tx, r.ID, r.Version, map[string]any{"state": r.State, "decided_by": r.DecidedBy, "decided_at": r.DecidedAt, "reason": r.Reason})
	if err == nil {
		r.Version++
	}
	tx.BumpGeneration()
	return err
}

// AddReferenceFigure adds a figure, which counts from now on.
func (tx *Tx) AddReferenceFigure(f *ReferenceFigure) error {
	f.ID, f.At = 0, tx.now
	tx.BumpGeneration()
	return create(tx, f)
}

// AssignReport says who looks into an open report; was is who did as the page showed it. Somebody else meanwhile, or
// closed, is fault.Conflict.
func (tx *Tx) AssignReport(reference, was, to string) error {
	done := tx.db.Table("reports").Where("reference = ? AND assigned_to = ? AND closed_at IS NULL", reference, was).Update("assigned_to", to)
	if done.Error != nil || done.RowsAffected == 1 {
		return asFault("write reports", done.Error)
	}
	return fault.New(fault.Conflict, "assign report", fmt.Errorf("report %s is closed or was given to somebody", reference))
}

// ReportForUpdate reads a report and keeps others from changing it. Unknown is fault.Missing.
func (tx *Tx) ReportForUpdate(reference string) (*Report, error) {
	r := &Report{}
	err := tx.locking().Where("reference = ?", reference).Take(r).Error
	return r, asFault("report", err)
}

// AddReportNote adds a note.
func (tx *Tx) AddReportNote(n *ReportNote) error {
	n.ID, n.At = 0, tx.now
	return create(tx, n)
}
