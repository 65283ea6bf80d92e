package catalogue_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/testdb"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/search/memory"
)

// applied counts the documents that an index is given, and can be out of order.
type applied struct {
	search.Engine
	docs   int
	broken error
}

func (a *applied) Upsert(ctx context.Context, docs []search.Doc) (search.Ticket, error) {
	if a.broken != nil {
		return search.Ticket{}, a.broken
	}
	a.docs += len(docs)
	return a.Engine.Upsert(ctx, docs)
}

func TestTheCalendarIsFollowedFromTheDayItWasFollowedTo(t *testing.T) {
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx := t.Context()
		if _, err := seed.Load(ctx, s, seed.Options{}); err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		clock := func() time.Time { return now }
		cat, err := catalogue.Open(ctx, s, clock, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		seen := &applied{Engine: memory.New(clock)}
		index := search.NewIndex(seen, clock, 0)
		if _, err := index.Rebuild(ctx, cat.Source(ctx, nil)); err != nil {
			t.Fatal(err)
		}
		follow := func(step string, most int, want bool) {
			t.Helper()
			seen.docs = 0
			if err := cat.ExpireDue(ctx, index); err != nil {
				t.Fatalf("%s: %v", step, err)
			}
			if (seen.docs > 0) != want || seen.docs > most {
				t.Errorf("%s: %d documents", step, seen.docs)
			}
		}
		ending := func(from, to when.Date) int {
			ids, err := s.ProvidersExpiring(ctx, from, to)
			if err != nil {
				t.Fatal(err)
			}
			return len(ids)
		}
		today := when.TodayIndia(now)
		weeks, days := ending(today.AddDays(-40), today), ending(today.AddDays(-1), today)
		if weeks <= days {
			t.Fatalf("the seed has nothing that ended within weeks: %d, %d", weeks, days)
		}
		seen.broken = errors.New("engine is down")
		if err := cat.ExpireDue(ctx, index); err == nil {
			t.Error("an engine that is down is no error")
		}
		seen.broken = nil
		follow("the first time, after one that failed", weeks, true)
		follow("again on the same day", days, days > 0)
		now = now.AddDate(0, 0, 30)
		off := ending(today.AddDays(-1), today.AddDays(30))
		follow("after 30 days of standing still", off, true)
		if seen.docs < ending(today.AddDays(1), today.AddDays(29)) {
			t.Errorf("some of the days were left out: %d of %d", seen.docs, off)
		}
	})
}
