package models

import (
	"context"

	"carecorridor/internal/when"
)

// RegisterTally counts the certificates of one body and programme that came from one kind of evidence, samples
// left out.
type RegisterTally struct {
	Body      string
	Programme string
	Level     string
	Evidence  string
	SourceID  int64     // one of the sources
	CheckedOn when.Date // newest
	Rows      int
	Running   int // valid at the snapshot and inside their days
}

// RegisterTallies counts certificates as they stand on day today, largest group first.
func (s *Store) RegisterTallies(ctx context.Context, today when.Date) ([]RegisterTally, error) {
	var rows []RegisterTally
	err := s.read(ctx).Raw(`SELECT a.body, a.programme, a.level, a.evidence, min(a.source_id) AS source_id, max(a.checked_on) AS checked_on, count(*) AS "rows",
		sum(CASE WHEN a.register_status = 'valid_at_snapshot' AND (a.valid_from IS NULL OR a.valid_from <= ?) AND a.valid_to >= ? THEN 1 ELSE 0 END) AS running
		FROM accreditations a JOIN providers p ON p.id = a.provider_id
		WHERE p.state = ? AND NOT p.sample
		GROUP BY a.body, a.programme, a.level, a.evidence ORDER BY count(*) DESC, a.body, a.programme`, today, today, Published).Scan(&rows).Error
	return rows, asFault("register tallies", err)
}

// PublishedSlugs are those of slugs that belong to a published provider.
func (s *Store) PublishedSlugs(ctx context.Context, slugs []string) (map[string]bool, error) {
	out := make(map[string]bool, len(slugs))
	if len(slugs) == 0 {
		return out, nil
	}
	var found []string
	err := s.read(ctx).Table("providers").Where("slug IN ? AND state = ?", slugs, Published).Pluck("slug", &found).Error
	for _, slug := range found {
		out[slug] = true
	}
	return out, asFault("published slugs", err)
}
