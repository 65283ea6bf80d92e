package models

import "context"

// AddQuote adds a version. A number that exists is fault.Conflict.
func (tx *Tx) AddQuote(q *Quote) error {
	q.At = tx.now
	return create(tx, q)
}

// QuotesOf gives a hospital's versions, oldest first.
func (tx *Tx) QuotesOf(recipient string) ([]Quote, error) {
	var rows []Quote
	err := tx.db.Where("recipient_id = ?", recipient).Order("number").Find(&rows).Error
	return rows, asFault("quotes", err)
}

// QuotesOf gives a hospital's versions, oldest first.
func (s *Store) QuotesOf(ctx context.Context, recipient string) ([]Quote, error) {
	var rows []Quote
	err := s.read(ctx).Where("recipient_id = ?", recipient).Order("number").Find(&rows).Error
	return rows, asFault("quotes", err)
}
