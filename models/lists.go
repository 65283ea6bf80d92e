package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"carecorridor/internal/when"
)

// SlugLine is one published provider for a site map.
type SlugLine struct {
	ID        int64
	Slug      string
	UpdatedAt time.Time
	Confirmed bool // at least one full accreditation runs today
	Sample    bool
}

// confirmed is the rule of brief §5: valid at the snapshot and inside its days, and not entry level or a laboratory's.
const confirmed = `EXISTS (SELECT 1 FROM accreditations a WHERE a.provider_id = providers.id AND a.level = 'full'
	AND a.register_status = 'valid_at_snapshot' AND (a.valid_from IS NULL OR a.valid_from <= ?) AND a.valid_to >= ?)`

// ProviderSlugs lists published providers with an id above after, by id, at most limit.
func (s *Store) ProviderSlugs(ctx context.Context, after int64, limit int) ([]SlugLine, error) {
	var lines []SlugLine
	err := s.read(ctx).Table("providers").
		Select("id, slug, updated_at, sample, "+confirmed+" AS confirmed", s.today(), s.today()).
		Where("id > ? AND state = ?", after, Published).Order("id").Limit(limit).Scan(&lines).Error
	for i := range lines {
		lines[i].UpdatedAt = lines[i].UpdatedAt.UTC()
	}
	return lines, asFault("provider slugs", err)
}

// Counts says how many providers are published.
type Counts struct {
	Providers int // published, samples included
	Confirmed int // of them with a full accreditation that runs today
	Samples   int
}

// CountProviders counts published providers.
func (s *Store) CountProviders(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.read(ctx).Table("providers").Where("state = ?", Published).
		Select(`count(*) AS providers, coalesce(sum(CASE WHEN sample THEN 1 ELSE 0 END), 0) AS samples,
			coalesce(sum(CASE WHEN `+confirmed+` THEN 1 ELSE 0 END), 0) AS confirmed`, s.today(), s.today()).
		Scan(&c).Error
	return c, asFault("count providers", err)
}

// ProviderName is enough of a provider to compare names with it.
type ProviderName struct {
	ID       int64
	Slug     string
	Name     string
	Origin   string
	State    ListingState
	CitySlug string // of the main site, "" when there is none
	City     string
	Postcode string
}

// ProviderNames lists all providers, withdrawn ones included, by id.
func (s *Store) ProviderNames(ctx context.Context) ([]ProviderName, error) {
	return providerNames(s.read(ctx))
}

// ProviderNames lists all providers as the transaction sees them.
func (tx *Tx) ProviderNames() ([]ProviderName, error) { return providerNames(tx.db) }

func providerNames(db *gorm.DB) ([]ProviderName, error) {
	var names []ProviderName
	err := db.Table("providers p").
		Select(`p.id, p.slug, p.name, p.origin, p.state, coalesce(s.city_slug, '') AS city_slug,
			coalesce(c.name, '') AS city, coalesce(s.postcode, '') AS postcode`).
		Joins("LEFT JOIN sites s ON s.provider_id = p.id AND s.main").
		Joins("LEFT JOIN cities c ON c.slug = s.city_slug").Order("p.id").Scan(&names).Error
	return names, asFault("provider names", err)
}

// ProvidersExpiring are the ids of providers with a certificate or package that ends or begins on a day
// of the span, both ends included, by id: what was valid on one day may not be on the next.
func (s *Store) ProvidersExpiring(ctx context.Context, from, to when.Date) ([]int64, error) {
	var ids []int64
	err := s.read(ctx).Raw(`SELECT provider_id FROM accreditations WHERE valid_to BETWEEN @from AND @to
		UNION SELECT provider_id FROM accreditations WHERE valid_from BETWEEN @from AND @to
		UNION SELECT provider_id FROM packages WHERE live AND valid_to BETWEEN @from AND @to
		UNION SELECT provider_id FROM packages WHERE live AND valid_from BETWEEN @from AND @to
		ORDER BY provider_id`, map[string]any{"from": from, "to": to}).Scan(&ids).Error
	return ids, asFault("providers expiring", err)
}

// ProvidersUpdatedSince are the ids of providers whose row moved at t or later, withdrawn ones included,
// by id: with an overlap of some seconds, how another process follows what this one wrote.
func (s *Store) ProvidersUpdatedSince(ctx context.Context, t time.Time) ([]int64, error) {
	var ids []int64
	err := s.read(ctx).Table("providers").Where("updated_at >= ?", t.UTC()).Order("id").Pluck("id", &ids).Error
	return ids, asFault("providers updated", err)
}
