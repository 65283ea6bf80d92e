package models

import (
	"context"
	"fmt"
	"time"

	"carecorridor/internal/fault"
)

// AddFile adds a document's row; its content is in the bucket already.
func (tx *Tx) AddFile(f *EnquiryFile) error {
	f.CreatedAt = tx.now
	return create(tx, f)
}

// DropFile removes a document of an enquiry and notes its content for removal. Unknown is fault.Missing.
func (tx *Tx) DropFile(enquiry, id string) error {
	done := tx.db.Where("enquiry_id = ? AND id = ?", enquiry, id).Delete(&EnquiryFile{})
	if done.Error != nil {
		return asFault("write enquiry_files", done.Error)
	}
	if done.RowsAffected == 0 {
		return fault.New(fault.Missing, "drop file", fmt.Errorf("no document %s", id))
	}
	return tx.RemoveContent(id)
}

// RemoveContent notes that a document's content is to be removed from the bucket.
func (tx *Tx) RemoveContent(id string) error {
	return create(tx, &FileRemoval{ID: id, At: tx.now})
}

// SetScan writes what the scanner found, safe or blocked.
func (tx *Tx) SetScan(id, scan string) error {
	return asFault("write enquiry_files", tx.exec("UPDATE enquiry_files SET scan = ?, scanned_at = ? WHERE id = ?", scan, tx.now, id))
}

// UnscannedFiles gives ids of at most n documents that no scanner has judged, oldest first.
func (s *Store) UnscannedFiles(ctx context.Context, n int) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("enquiry_files").Where("scan = 'pending'").Order("created_at, id").Limit(n).Pluck("id", &ids).Error
	return ids, asFault("unscanned files", err)
}

// FileRemovals gives at most n contents that are to leave the bucket.
func (s *Store) FileRemovals(ctx context.Context, n int) ([]FileRemoval, error) {
	var rows []FileRemoval
	err := s.read(ctx).Order("at, id").Limit(n).Find(&rows).Error
	return rows, asFault("file removals", err)
}

// DropFileRemoval notes that the bucket has forgotten a content.
func (tx *Tx) DropFileRemoval(id string) error {
	return asFault("write file_removals", tx.exec("DELETE FROM file_removals WHERE id = ?", id))
}

// AddMail adds a letter that waits. The caller queues the job that sends it in the same transaction.
func (tx *Tx) AddMail(m *Mail) error {
	m.CreatedAt, m.Outcome = tx.now, "waiting"
	return create(tx, m)
}

// MailByID reads a letter. Unknown is fault.Missing.
func (s *Store) MailByID(ctx context.Context, id string) (*Mail, error) {
	m := &Mail{}
	err := s.read(ctx).Where("id = ?", id).Take(m).Error
	return m, asFault("mail", err)
}

// WaitingMails gives ids of at most n letters that are not sent, oldest first.
func (s *Store) WaitingMails(ctx context.Context, n int) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("mails").Where("outcome = 'waiting'").Order("created_at, id").Limit(n).Pluck("id", &ids).Error
	return ids, asFault("waiting mails", err)
}

// MailDone notes the outcome, sent or refused, and drops address and contents.
func (tx *Tx) MailDone(id, outcome string) error {
	return asFault("write mails", tx.exec("UPDATE mails SET outcome = ?, done_at = ?, letter = NULL WHERE id = ? AND outcome = 'waiting'",
		outcome, tx.now, id))
}

// GiveUpMails ends letters that wait since before a moment: address and contents are dropped.
func (tx *Tx) GiveUpMails(before time.Time) error {
	return asFault("write mails", tx.exec("UPDATE mails SET outcome = 'refused', done_at = ?, letter = NULL WHERE outcome = 'waiting' AND created_at < ?", tx.now, before.UTC()))
}

// DropMails forgets that mail was sent before an instant.
func (tx *Tx) DropMails(before time.Time) error {
	return asFault("write mails", tx.exec("DELETE FROM mails WHERE done_at < ?", before))
}
