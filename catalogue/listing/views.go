package listing

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// ViewKind is what is counted of a listing's public use.
type ViewKind string

// What is counted.
const (
	PageView      ViewKind = "page"      // the profile was opened
	ShortlistView ViewKind = "shortlist" // it was put on a shortlist
)

// views are counts in memory that are not written yet. Nothing about a visitor is among them.
type views struct {
	mu sync.Mutex
	n  map[viewed]int64
}

type viewed struct {
	slug string
	kind ViewKind
	day  when.Date
}

// Seen counts one use of a listing that exists. It only remembers: FlushViews writes.
func (s *Service) Seen(slug string, kind ViewKind) {
	s.views.add(viewed{slug, kind, s.Today()}, 1)
}

func (v *views) add(what viewed, n int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.n == nil {
		v.n = map[viewed]int64{}
	}
	v.n[what] += n
}

// FlushViews writes what was counted since the last time. What cannot be written is kept for the next time.
func (s *Service) FlushViews(ctx context.Context) error {
	s.views.mu.Lock()
	counted := s.views.n
	s.views.n = nil
	s.views.mu.Unlock()
	if len(counted) == 0 {
		return nil
	}
	var rows []models.ViewCount
	for what, n := range counted {
		rows = append(rows, models.ViewCount{Slug: what.slug, Kind: string(what.kind), Day: what.day, N: n})
	}
	slices.SortFunc(rows, func(a, b models.ViewCount) int { // replicas that write at once take the rows in one order
		return cmp.Or(cmp.Compare(a.Slug, b.Slug), cmp.Compare(a.Day.String(), b.Day.String()), cmp.Compare(a.Kind, b.Kind))
	})
	err := s.Store.Write(ctx, func(tx *models.Tx) error { return tx.AddViews(rows) })
	if err != nil {
		for what, n := range counted {
			s.views.add(what, n)
		}
	}
	return err
}
