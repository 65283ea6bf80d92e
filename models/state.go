package models

import (
	"context"
	"time"
)

// CatalogueState is the one row that says which generation the public data is.
type CatalogueState struct {
	ID         int64 `gorm:"primaryKey;autoIncrement:false"`
	Generation int64
	ChangedAt  time.Time
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
