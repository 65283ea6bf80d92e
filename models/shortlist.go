package models

import (
	"context"
	"time"

	"carecorridor/internal/fault"
)

// SharedShortlist is a copy of somebody's shortlist that others can open with its code until it ends. It holds
// no note and nothing about the person.
type SharedShortlist struct {
	Code      string `gorm:"primaryKey"` // CC-XXXX-XX
	Providers string // ids in the order of the list, "12,7,40"
	CreatedAt time.Time
	ExpiresAt time.Time
}

// AddSharedShortlist adds a copy and forgets those that have ended. A code that is taken is fault.Conflict.
func (tx *Tx) AddSharedShortlist(s *SharedShortlist) error {
	if err := tx.exec("DELETE FROM shared_shortlists WHERE expires_at <= ?", tx.now); err != nil {
		return err
	}
	s.CreatedAt = tx.now
	return create(tx, s)
}

// DropSharedShortlist forgets a copy; one that is not there is no error.
func (tx *Tx) DropSharedShortlist(code string) error {
	return tx.exec("DELETE FROM shared_shortlists WHERE code = ?", code)
}

// SharedShortlistByCode reads a copy. Unknown and ended are both fault.Missing.
func (s *Store) SharedShortlistByCode(ctx context.Context, code string) (*SharedShortlist, error) {
	const op = "shared shortlist"
	if badText(code) != "" {
		return nil, fault.New(fault.Missing, op, nil)
	}
	row := &SharedShortlist{}
	err := s.read(ctx).Where("code = ? AND expires_at > ?", code, s.o.Clock().UTC()).Take(row).Error
	return row, asFault(op, err)
}
