package desk_test

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/content"
	"carecorridor/desk"
	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

var begin = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

var ctx = context.Background()

// clock can be moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is a service over a database with one cost of a trip.
type world struct {
	*desk.Service
	store *models.Store
	cat   *catalogue.Catalogue
	clock *clock
}

func person(role auth.Role) auth.Actor {
	return auth.Actor{Person: "p-" + string(role), Org: "alliance", Role: role, SteppedUp: begin}
}

var ruth, sam, meera, helen = person(auth.SafetyReviewer), person(auth.Administrator), person(auth.Verifier), person(auth.Auditor)

func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	at := &clock{now: begin}
	testdb.EachWith(t, models.Options{Clock: at.Now}, func(t *testing.T, s *models.Store) {
		at.mu.Lock()
		at.now = begin
		at.mu.Unlock()
		f(t, open(t, s, at))
	})
}

func open(t *testing.T, s *models.Store, at *clock) *world {
	t.Helper()
	w := &world{store: s, clock: at}
	must(t, s.Write(ctx, func(tx *models.Tx) error {
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "page", Kind: "page", Title: "A page"}})
		if err != nil {
			return err
		}
		costs := []models.TripCost{{Kind: "visa", Item: catalogue.VisaFee, Scope: "India", Unit: "USD", Per: "per person", SourceID: 1}}
		if err := models.Exchange(ids, costs); err != nil {
			return err
		}
		_, err = tx.PutTripCosts(costs)
		return err
	}))
	var err error
	w.cat, err = catalogue.Open(ctx, s, at.Now, slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(t, err)
	texts, err := content.Load()
	must(t, err)
	w.Service, err = desk.New(desk.Options{Store: s, Catalogue: w.cat, Texts: texts, Clock: at.Now})
	must(t, err)
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got %v (%v), want %v", err, fault.KindOf(err), k)
	}
}

func (w *world) refresh(t testing.TB) {
	t.Helper()
	must(t, w.cat.Refresh(ctx))
}
