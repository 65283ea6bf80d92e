package listing

import (
	"context"
	"time"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// PriceChange is one step of a price's public history.
type PriceChange struct {
	At        time.Time
	Package   string // key of the entry
	Procedure string // slug
	Name      string
	Old, New  *money.Amount // nil: was not, or is no longer, offered
	ValidTo   when.Date
}

// Prices is the public history of a listing's prices, newest first.
func (s *Service) Prices(ctx context.Context, provider int64) ([]PriceChange, error) {
	rows, err := s.Store.PriceChanges(ctx, provider)
	out := make([]PriceChange, len(rows))
	for i, r := range rows {
		out[i] = PriceChange{At: r.At, Package: r.PackageKey, Procedure: r.ProcedureSlug, Name: r.Name, Old: amount(r.OldMinor, r.OldCurrency), New: amount(r.NewMinor, r.NewCurrency), ValidTo: r.ValidTo}
	}
	return out, err
}

func amount(minor *int64, c money.Currency) *money.Amount {
	if minor == nil {
		return nil
	}
	return &money.Amount{Minor: *minor, Currency: c}
}
