package models

import (
	"context"
	"time"

	"carecorridor/internal/when"
)

// ListingView is how often something public of a listing was used on one Indian day. It says nothing of who did.
type ListingView struct {
	ProviderID int64  `gorm:"primaryKey"`
	Day        string `gorm:"primaryKey"` // "2026-11-22"
	Kind       string `gorm:"primaryKey"` // page | shortlist
	N          int64
}

// ViewCount is uses that are to be added to a listing's day.
type ViewCount struct {
	Slug, Kind string
	Day        when.Date
	N          int64
}

// AddViews adds up; a listing that is gone meanwhile is left out.
func (tx *Tx) AddViews(all []ViewCount) error {
	for _, c := range all {
		err := tx.exec(`INSERT INTO listing_views (provider_id, day, kind, n) SELECT id, CAST(? AS text), CAST(? AS text), CAST(? AS bigint) FROM providers WHERE slug = ?
			ON CONFLICT (provider_id, day, kind) DO UPDATE SET n = listing_views.n + excluded.n`, c.Day.String(), c.Kind, c.N, c.Slug)
		if err != nil {
			return asFault("write listing_views", err)
		}
	}
	return nil
}

// ViewMonth is how often something was used in one month of India.
type ViewMonth struct {
	Month, Kind string // "2026-11"
	N           int64
}

// ListingViews adds up by month what was counted of a listing since a day.
func (s *Store) ListingViews(ctx context.Context, provider int64, since when.Date) ([]ViewMonth, error) {
	var out []ViewMonth
	err := s.read(ctx).Table("listing_views").Select("substr(day, 1, 7) AS month, kind, CAST(sum(n) AS bigint) AS n").
		Where("provider_id = ? AND day >= ?", provider, since.String()).Group("substr(day, 1, 7), kind").Scan(&out).Error
	return out, asFault("listing views", err)
}

// ReferralsPassedTo are when referrals were passed on to a listing since an instant, and nothing else of them.
func (s *Store) ReferralsPassedTo(ctx context.Context, provider int64, since time.Time) ([]time.Time, error) {
	var out []time.Time
	err := s.read(ctx).Table("referral_providers").Where("provider_id = ? AND sent_at >= ?", provider, since.UTC()).Order("sent_at").Pluck("sent_at", &out).Error
	return out, asFault("referrals passed on", err)
}
