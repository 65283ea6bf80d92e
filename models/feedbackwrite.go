package models

import (
	"fmt"

	"carecorridor/internal/fault"
)

// AddFeedbackInvitation adds an invitation; EndsAt is the caller's.
func (tx *Tx) AddFeedbackInvitation(i *FeedbackInvitation) error {
	i.MadeAt, i.UsedAt = tx.now, nil
	tx.BumpGeneration()
	return create(tx, i)
}

// AddFeedback uses up an invitation and adds what the person sent; comment may be nil. An invitation that was
// used or has ended is fault.Conflict.
func (tx *Tx) AddFeedback(f *Feedback, comment *FeedbackText) error {
	done := tx.db.Table("feedback_invitations").Where("id = ? AND used_at IS NULL AND ends_at >= ?", f.InvitationID, tx.now).Update("used_at", tx.now)
	if done.Error != nil {
		return asFault("write feedback_invitations", done.Error)
	}
	if done.RowsAffected != 1 {
		return fault.New(fault.Conflict, "write feedback", fmt.Errorf("invitation is used or has ended"))
	}
	f.ID, f.SentAt = 0, tx.now
	tx.BumpGeneration()
	if err := create(tx, f); err != nil || comment == nil {
		return err
	}
	comment.FeedbackID = f.ID
	return tx.AddFeedbackText(comment)
}

// AddFeedbackText adds a text that is held for a moderator.
func (tx *Tx) AddFeedbackText(t *FeedbackText) error {
	t.ID, t.State, t.Version, t.WrittenAt, t.DecidedAt = 0, "held", 1, tx.now, nil
	return create(tx, t)
}

// FeedbackByID reads one person's feedback. Unknown is fault.Missing.
func (tx *Tx) FeedbackByID(id int64) (*Feedback, error) {
	f := &Feedback{}
	err := tx.locking().Where("id = ?", id).Take(f).Error
	return f, asFault("feedback", err)
}

// FeedbackTextByID reads a text. Unknown is fault.Missing.
func (tx *Tx) FeedbackTextByID(id int64) (*FeedbackText, error) {
	t := &FeedbackText{}
	err := tx.locking().Where("id = ?", id).Take(t).Error
	return t, asFault("feedback text", err)
}

// FeedbackTexts reads the comment and the response of one feedback, in that order.
func (tx *Tx) FeedbackTexts(feedback int64) ([]FeedbackText, error) {
	var rows []FeedbackText
	err := tx.locking().Where("feedback_id = ?", feedback).Order("kind, id").Find(&rows).Error
	return rows, asFault("feedback texts", err)
}

// SaveFeedbackText writes what may change of a text. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveFeedbackText(t *FeedbackText) error {
	err := save[FeedbackText](tx, fmt.Sprint(t.ID), t.Version, map[string]any{
		"body": t.Body, "state": t.State, "shown": t.Shown, "reason": t.Reason, "written_by": t.WrittenBy, "decided_at": t.DecidedAt,
	})
	if err == nil {
		t.Version++
	}
	tx.BumpGeneration()
	return err
}

// AddFeedbackDecision adds a line to the log.
func (tx *Tx) AddFeedbackDecision(d *FeedbackDecision) error {
	d.ID, d.At = 0, tx.now
	return create(tx, d)
}

// WithdrawFeedback takes one person's feedback out of every figure.
func (tx *Tx) WithdrawFeedback(f *Feedback) error {
	tx.BumpGeneration()
	return asFault("write feedback", tx.exec("UPDATE feedback SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL", tx.now, f.ID))
}
