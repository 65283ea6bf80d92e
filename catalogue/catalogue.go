// Package catalogue is what a listing may say and what may be done to it: which certificate counts, which
// price may be shown, what a trip costs, what the index holds. It is not for SQL (models), words of pages
// (views) or HTTP (handlers).
package catalogue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

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
	if _, current, err := c.seen(ctx); err != nil || current {
		return err
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	now, current, err := c.seen(ctx)
	if err != nil || current { // another has read it meanwhile
		return err
	}
	return c.load(ctx, now)
}

// seen is the state's name as it must be now, and whether the view has it.
func (c *Catalogue) seen(ctx context.Context) (now state, current bool, err error) {
	if now.generation, err = c.store.Generation(ctx); err != nil {
		return now, false, fmt.Errorf("catalogue generation: %w", err)
	}
	now.today = when.TodayIndia(c.clock())
	s := c.state.Load()
	return now, s != nil && s.generation == now.generation && s.today == now.today, nil
}

// load reads the view of a generation or a later one; then it is soon read again. Names are counted beside the reference
// data: at 30,000 hospitals each takes as long as the other.
func (c *Catalogue) load(ctx context.Context, now state) error {
	var before *Reference
	if s := c.state.Load(); s != nil {
		before = s.ref
	}
	var shared []models.SharedName
	counting, countingCtx := errgroup.WithContext(ctx)
	counting.Go(func() (err error) { shared, err = c.store.SharedNames(countingCtx); return err })
	ref, err := loadReference(ctx, c.store, before)
	if err := errors.Join(err, counting.Wait()); err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	now.ref, now.twins = ref, make(map[models.SharedName]bool, len(shared))
	for _, n := range shared {
		now.twins[n] = true
	}
	now.version = strconv.FormatInt(now.generation, 36) + "." + strconv.Itoa(now.today.Day)
	c.cards.drop()
	c.state.Store(&now)
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
