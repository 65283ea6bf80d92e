// Package catalogue is what a listing may say and what may be done to it: which certificate counts, which
// price may be shown, what a trip costs, what the index holds. It is not for SQL (models), words of pages
// (views) or HTTP (handlers).
package catalogue

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// Catalogue answers about listings from the store, with the reference data held in memory.
type Catalogue struct {
	store *models.Store
	clock when.Clock
	log   *slog.Logger

	state   atomic.Pointer[state]
	loading sync.Mutex
	cards   *cardCache
}

// state is one consistent view: reference data, the catalogue's generation and the day.
type state struct {
	ref        *Reference
	generation int64
	today      when.Date
	version    string
	twins      map[models.SharedName]bool // names that several listings of a town have
}

// Open loads the reference data. Call Watch to follow changes.
func Open(ctx context.Context, store *models.Store, clock when.Clock, log *slog.Logger) (*Catalogue, error) {
	c := &Catalogue{store: store, clock: clock, log: log, cards: newCardCache()}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Refresh brings the view up to the store's generation and today's date; it does nothing when neither moved.
func (c *Catalogue) Refresh(ctx context.Context) error {
	generation, err := c.store.Generation(ctx)
	if err != nil {
		return fmt.Errorf("catalogue generation: %w", err)
	}
	today := when.TodayIndia(c.clock())
	if s := c.state.Load(); s != nil && s.generation == generation && s.today == today {
		return nil
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	var before *Reference
	if s := c.state.Load(); s != nil {
		before = s.ref
	}
	ref, err := loadReference(ctx, c.store, before)
	if err != nil {
		return err
	}
	shared, err := c.store.SharedNames(ctx)
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	twins := make(map[models.SharedName]bool, len(shared))
	for _, n := range shared {
		twins[n] = true
	}
	c.cards.drop()
	c.state.Store(&state{ref: ref, generation: ref.Generation, today: today, twins: twins,
		version: strconv.FormatInt(ref.Generation, 36) + "." + strconv.Itoa(today.Day)})
	return nil
}

// Watch refreshes every interval until ctx ends: changes made by other replicas, and the turn of the day.
func (c *Catalogue) Watch(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.Refresh(ctx); err != nil && ctx.Err() == nil {
				c.log.Warn("catalogue not refreshed", "error", err.Error())
			}
		}
	}
}

// Reference is the reference data of the present view.
func (c *Catalogue) Reference() *Reference { return c.state.Load().ref }

// Version names the present view; it changes whenever any public page may.
func (c *Catalogue) Version() string { return c.state.Load().version }

// Today is the day in India by which certificates are judged.
func (c *Catalogue) Today() when.Date { return c.state.Load().today }
