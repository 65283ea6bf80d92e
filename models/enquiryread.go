package models

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// EnquiryByID reads an enquiry. Unknown is fault.Missing.
func (s *Store) EnquiryByID(ctx context.Context, id string) (*Enquiry, error) {
	e := &Enquiry{}
	err := s.read(ctx).Where("id = ?", id).Take(e).Error
	return e, asFault("enquiry", err)
}

// EnquiryByReference reads an enquiry by the code people know. Unknown is fault.Missing.
func (s *Store) EnquiryByReference(ctx context.Context, reference string) (*Enquiry, error) {
	e := &Enquiry{}
	err := s.read(ctx).Where("reference = ?", reference).Take(e).Error
	return e, asFault("enquiry", err)
}

// RecipientByID reads one hospital of an enquiry. Unknown is fault.Missing.
func (s *Store) RecipientByID(ctx context.Context, id string) (*EnquiryRecipient, error) {
	r := &EnquiryRecipient{}
	err := s.read(ctx).Where("id = ?", id).Take(r).Error
	return r, asFault("enquiry recipient", err)
}

// EnquiryParts is everything that hangs on an enquiry, each list in its order.
type EnquiryParts struct {
	Recipients []EnquiryRecipient
	Consents   []EnquiryConsent
	Files      []EnquiryFile
	Messages   []EnquiryMessage // oldest first
	Quotes     []Quote          // by recipient, oldest first
	Events     []EnquiryEvent   // oldest first
}

// PartsOf reads what hangs on an enquiry.
func (s *Store) PartsOf(ctx context.Context, enquiry string) (*EnquiryParts, error) {
	p, err := partsOf(s.read(ctx), enquiry)
	return p, asFault("enquiry parts", err)
}

// PartsOf is Store.PartsOf as this transaction sees it.
func (tx *Tx) PartsOf(enquiry string) (*EnquiryParts, error) {
	p, err := partsOf(tx.db, enquiry)
	return p, asFault("enquiry parts", err)
}

func partsOf(db *gorm.DB, enquiry string) (*EnquiryParts, error) {
	p := &EnquiryParts{}
	rows, err := recipients(db, enquiry)
	p.Recipients = rows
	const ofRecipients = "recipient_id IN (SELECT id FROM enquiry_recipients WHERE enquiry_id = ?)"
	if err == nil {
		err = first(
			func() error { return db.Where("enquiry_id = ?", enquiry).Order("id").Find(&p.Consents).Error },
			func() error { return db.Where("enquiry_id = ?", enquiry).Order("id").Find(&p.Files).Error },
			func() error { return db.Where(ofRecipients, enquiry).Order("at, id").Find(&p.Messages).Error },
			func() error {
				return db.Where(ofRecipients, enquiry).Order("recipient_id, number").Find(&p.Quotes).Error
			},
			func() error { return db.Where("enquiry_id = ?", enquiry).Order("id").Find(&p.Events).Error },
		)
	}
	return p, err
}

func recipients(db *gorm.DB, enquiry string) ([]EnquiryRecipient, error) {
	var rows []EnquiryRecipient
	err := db.Where("enquiry_id = ?", enquiry).Order("ord").Find(&rows).Error
	return rows, asFault("enquiry recipients", err)
}

// EnquiriesBefore gives ids of at most n enquiries of a state, not erased, that nobody touched since an instant, oldest first.
func (s *Store) EnquiriesBefore(ctx context.Context, state string, since time.Time, n int) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("enquiries").Where("state = ? AND updated_at < ? AND erased_at IS NULL", state, since).
		Order("updated_at, id").Limit(n).Pluck("id", &ids).Error
	return ids, asFault("stale enquiries", err)
}

// ClosedBefore is EnquiriesBefore for closed ones whose patient agreed, or did not, that a copy is kept.
func (s *Store) ClosedBefore(ctx context.Context, kept bool, since time.Time, n int) ([]string, error) {
	const consent = "EXISTS (SELECT 1 FROM enquiry_consents c WHERE c.enquiry_id = enquiries.id AND c.kind = 'keep_copy' AND c.given)"
	var ids []string
	err := s.read(ctx).Table("enquiries").Where("state = 'closed' AND updated_at < ? AND erased_at IS NULL AND "+consent+" = ?", since, kept).
		Order("updated_at, id").Limit(n).Pluck("id", &ids).Error
	return ids, asFault("stale enquiries", err)
}

// IdleRecipients gives at most n hospitals in one of the states that nothing happened to since an instant.
func (s *Store) IdleRecipients(ctx context.Context, states []string, since time.Time, n int) ([]EnquiryRecipient, error) {
	var rows []EnquiryRecipient
	err := s.read(ctx).Where("state IN ? AND moved_at < ?", states, since).Order("moved_at, id").Limit(n).Find(&rows).Error
	return rows, asFault("idle recipients", err)
}

// HeldRecipients gives every request that waits for a hospital's checked contact.
func (s *Store) HeldRecipients(ctx context.Context) ([]EnquiryRecipient, error) {
	var rows []EnquiryRecipient
	err := s.read(ctx).Where("state = 'held'").Order("created_at, id").Find(&rows).Error
	return rows, asFault("held recipients", err)
}

// Tries of name in the span of time that holds now.
func (s *Store) Tries(ctx context.Context, name string, span time.Duration) (int64, error) {
	var n int64
	err := s.read(ctx).Table("attempts").Where("name = ? AND span_at = ?", name, s.o.Clock().UTC().Truncate(span)).
		Select("coalesce(sum(tries), 0)").Scan(&n).Error
	return n, asFault("count attempts", err)
}

// DropAttempts forgets counts older than an instant.
func (tx *Tx) DropAttempts(before time.Time) error {
	return asFault("write attempts", tx.exec("DELETE FROM attempts WHERE span_at < ?", before))
}

// RequestLine is a request as an inbox lists it.
type RequestLine struct {
	ID          string
	Reference   string
	State       string
	SubmittedAt time.Time
	MovedAt     time.Time
}

// RequestsTo are the requests that reached a hospital: those it has not answered first, the oldest of them on top.
func (s *Store) RequestsTo(ctx context.Context, slug string, n int) ([]RequestLine, error) {
	var rows []RequestLine
	err := s.read(ctx).Raw(`SELECT r.id, e.reference, r.state, e.submitted_at, r.moved_at FROM enquiry_recipients r JOIN enquiries e ON e.id = r.enquiry_id
		WHERE r.hospital_slug = ? AND r.state <> 'held' AND e.erased_at IS NULL AND e.reference IS NOT NULL
		ORDER BY CASE WHEN r.state IN ('sent', 'opened') THEN 0 ELSE 1 END, CASE WHEN r.state IN ('sent', 'opened') THEN r.moved_at END, r.moved_at DESC, r.id LIMIT ?`, slug, n).Scan(&rows).Error
	return rows, asFault("requests to a hospital", err)
}
