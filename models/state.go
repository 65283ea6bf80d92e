package models

import (
	"context"
	"time"

	"carecorridor/internal/when"
)

// CatalogueState is the one row that says which generation the public data is.
type CatalogueState struct {
	ID         int64 `gorm:"primaryKey;autoIncrement:false"`
	Generation int64
	ChangedAt  time.Time
	FollowedOn when.Date // day up to which the shared index follows the calendar; zero: not known
}

// TableName is singular: there is one row.
func (CatalogueState) TableName() string { return "catalogue_state" }

// Generation moves by one with every transaction that changes public data.
func (s *Store) Generation(ctx context.Context) (int64, error) {
	state, err := s.State(ctx)
	return state.Generation, err
}

// State is the generation with the instant it began.
func (s *Store) State(ctx context.Context) (CatalogueState, error) {
	var state CatalogueState
	err := s.read(ctx).Take(&state, 1).Error
	return state, asFault("generation", err)
}

// SetFollowedOn keeps the day up to which the shared index follows the calendar.
func (s *Store) SetFollowedOn(ctx context.Context, day when.Date) error {
	return s.Write(ctx, func(tx *Tx) error {
		return tx.exec("UPDATE catalogue_state SET followed_on = ? WHERE id = 1", day)
	})
}
