package models

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"carecorridor/internal/fault"
)

// create adds one row as it is.
func create[T any](tx *Tx, row *T) error {
	return asFault("write "+tableOf[T]().name, tx.db.Create(row).Error)
}

// save writes columns of one row whose version is still the one read; the caller moves its own copy on nil.
func save[T any](tx *Tx, id string, version int64, set map[string]any) error {
	name := tableOf[T]().name
	set["version"] = version + 1
	done := tx.db.Table(name).Where("id = ? AND version = ?", id, version).Updates(set)
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, "write "+name, fmt.Errorf("row %s: version %d is no longer the newest", id, version))
	}
	return asFault("write "+name, done.Error)
}

// AddEnquiry adds a draft.
func (tx *Tx) AddEnquiry(e *Enquiry) error {
	e.Version, e.CreatedAt, e.UpdatedAt = 1, tx.now, tx.now
	return create(tx, e)
}

// EnquiryForUpdate reads an enquiry and keeps others from changing it, or anything that hangs on it, until
// the transaction ends. Unknown is fault.Missing.
func (tx *Tx) EnquiryForUpdate(id string) (*Enquiry, error) {
	e := &Enquiry{}
	err := tx.locking().Where("id = ?", id).Take(e).Error
	return e, asFault("enquiry", err)
}

// locking is for reads that are followed by writes. SQLite has one writer, which this transaction is.
func (tx *Tx) locking() *gorm.DB {
	if tx.store.dialect == SQLite {
		return tx.db
	}
	return tx.db.Clauses(clause.Locking{Strength: "UPDATE"})
}

// SaveEnquiry writes all that may change. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveEnquiry(e *Enquiry) error {
	err := save[Enquiry](tx, e.ID, e.Version, map[string]any{
		"reference": e.Reference, "state": e.State, "answers": e.Answers, "contact": e.Contact, "updated_at": tx.now,
		"submitted_at": e.SubmittedAt, "closed_at": e.ClosedAt, "erased_at": e.ErasedAt,
	})
	if err == nil {
		e.Version++
		e.UpdatedAt = tx.now
	}
	return err
}

// AddRecipient adds one hospital to an enquiry.
func (tx *Tx) AddRecipient(r *EnquiryRecipient) error {
	r.Version, r.CreatedAt, r.MovedAt = 1, tx.now, tx.now
	return create(tx, r)
}

// Recipients of an enquiry, as the patient ordered them.
func (tx *Tx) Recipients(enquiry string) ([]EnquiryRecipient, error) {
	return recipients(tx.db, enquiry)
}

// SaveRecipient writes state, reason and instants. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveRecipient(r *EnquiryRecipient) error {
	err := save[EnquiryRecipient](tx, r.ID, r.Version, map[string]any{
		"state": r.State, "reason": r.Reason, "moved_at": tx.now, "opened_at": r.OpenedAt,
	})
	if err == nil {
		r.Version++
		r.MovedAt = tx.now
	}
	return err
}

// AddConsent adds an answer to a question of consent.
func (tx *Tx) AddConsent(c *EnquiryConsent) error {
	c.At = tx.now
	return create(tx, c)
}

// WithdrawConsents ends what one hospital, or with "" everybody, was allowed; but not that a copy is kept here, which is
// for the patient to come back to and ends by deleting.
func (tx *Tx) WithdrawConsents(enquiry, recipient string) error {
	db := tx.db.Table("enquiry_consents").Where("enquiry_id = ? AND given AND withdrawn_at IS NULL AND kind <> 'keep_copy'", enquiry)
	if recipient != "" {
		db = db.Where("recipient_id = ?", recipient)
	}
	return asFault("write enquiry_consents", db.Update("withdrawn_at", tx.now).Error)
}

// AddMessage adds a line between a patient and a hospital.
func (tx *Tx) AddMessage(m *EnquiryMessage) error {
	m.At = tx.now
	return create(tx, m)
}

// MessagesOf gives what a patient and one hospital wrote, oldest first.
func (tx *Tx) MessagesOf(recipient string) ([]EnquiryMessage, error) {
	var rows []EnquiryMessage
	err := tx.db.Where("recipient_id = ?", recipient).Order("at, id").Find(&rows).Error
	return rows, asFault("enquiry messages", err)
}

// AddEvent adds a line of history.
func (tx *Tx) AddEvent(e *EnquiryEvent) error {
	e.ID, e.At = 0, tx.now
	return create(tx, e)
}

// EraseEnquiry removes everything of an enquiry but its own row, which keeps reference and dates, and its
// history. The documents' contents are noted for removal from the bucket.
func (tx *Tx) EraseEnquiry(e *Enquiry) error {
	if err := tx.dropParts(e.ID); err != nil {
		return err
	}
	now := tx.now
	e.State, e.Answers, e.Contact, e.ErasedAt = "closed", nil, nil, &now
	if e.ClosedAt == nil {
		e.ClosedAt = &now
	}
	return tx.SaveEnquiry(e)
}

// DropDraft removes a draft without a trace. An enquiry that was submitted is fault.Conflict.
func (tx *Tx) DropDraft(e *Enquiry) error {
	if e.State != "draft" {
		return fault.New(fault.Conflict, "drop draft", fmt.Errorf("enquiry %s was submitted", e.ID))
	}
	if err := tx.dropParts(e.ID); err != nil {
		return err
	}
	return asFault("write enquiries", tx.exec("DELETE FROM enquiries WHERE id = ?", e.ID))
}

func (tx *Tx) dropParts(enquiry string) error {
	err := tx.exec("INSERT INTO file_removals (id, at) SELECT id, ? FROM enquiry_files WHERE enquiry_id = ?", tx.now, enquiry)
	for _, table := range []string{"enquiry_files", "enquiry_consents", "enquiry_recipients"} {
		if err == nil {
			err = tx.exec("DELETE FROM "+table+" WHERE enquiry_id = ?", enquiry)
		}
	}
	return asFault("erase enquiry", err)
}

// Try counts one try of name and says how many there were in this span of time, this one included.
func (tx *Tx) Try(name string, span time.Duration) (int64, error) {
	var tries int64
	err := tx.db.Raw(`INSERT INTO attempts (name, span_at, tries) VALUES (?, ?, 1)
		ON CONFLICT (name, span_at) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries`, name, tx.now.Truncate(span)).Scan(&tries).Error
	return tries, asFault("count attempts", err)
}
