package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/desk"
	"carecorridor/enquiry"
	"carecorridor/feedback"
	"carecorridor/internal/files"
	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
	"carecorridor/referral"
	"carecorridor/search"
	"carecorridor/search/meili"
	"carecorridor/search/memory"
)

// app is the wired parts that the commands share.
type app struct {
	cfg    *Config
	log    *slog.Logger
	clock  when.Clock
	store  *models.Store
	cat    *catalogue.Catalogue
	memory search.Engine
	meili  search.Engine // nil when not configured
	index  *search.Index

	enquiries  *enquiry.Service
	referrals  *referral.Service // nil outside serve
	people     *auth.Service
	documents  *files.Store
	listings   *listing.Service
	retainedOn atomic.Pointer[when.Date] // the day on which retention last ran in this process
	desk       *desk.Service
	told       *feedback.Service

	listingLetters *letters.Office // nil without accounts

	follower atomic.Pointer[catalogue.Follower]
	builtOn  when.Date // the day the index's order is for; only the job that turns the day moves it
}

// openStore opens the configured database on the real clock. A missing var folder is made for SQLite.
func openStore(ctx context.Context, c *Config, log *slog.Logger, moved func(models.Moved)) (*models.Store, error) {
	return openStoreAt(ctx, c, log, when.System, moved)
}

func openStoreAt(ctx context.Context, c *Config, log *slog.Logger, clock when.Clock, moved func(models.Moved)) (*models.Store, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if strings.HasPrefix(c.Database(), "sqlite:") {
		if err := os.MkdirAll(c.Var, 0o700); err != nil {
			return nil, fmt.Errorf("var folder: %w", err)
		}
	}
	return models.Open(ctx, c.Database(), models.Options{Clock: clock, Logger: log, Moved: moved})
}

// openApp opens the database, checks its schema and loads the catalogue.
func openApp(ctx context.Context, c *Config) (*app, error) { return openAppAt(ctx, c, when.System) }

func openAppAt(ctx context.Context, c *Config, clock when.Clock) (*app, error) {
	a := &app{cfg: c, log: c.logger(), clock: clock}
	var err error
	if a.store, err = openStoreAt(ctx, c, a.log, clock, func(models.Moved) { a.moved() }); err != nil {
		return nil, err
	}
	if err = a.readySchema(ctx); err == nil {
		a.cat, err = catalogue.Open(ctx, a.store, a.clock, a.log)
	}
	if err != nil {
		a.store.Close()
		return nil, err
	}
	return a, nil
}

// readySchema migrates SQLite by itself; another database must be migrated on purpose.
func (a *app) readySchema(ctx context.Context) error {
	if a.store.Dialect() == models.SQLite {
		return a.store.Migrate(ctx)
	}
	return a.store.CheckSchema(ctx)
}

// engineWait is how long the first engine may take before the stand-in answers (search.md §7).
const engineWait = 400 * time.Millisecond

// openIndex starts the memory engine, and Meilisearch before it when configured.
func (a *app) openIndex() {
	a.memory = memory.New(search.Clock(a.clock))
	if a.cfg.MeiliURL == "" {
		a.index = search.NewIndex(a.memory, search.Clock(a.clock), 0)
		return
	}
	a.meili = meili.New(meili.Options{URL: a.cfg.MeiliURL, Key: a.cfg.MeiliKey, Clock: search.Clock(a.clock)})
	a.index = search.NewIndex(&search.Failover{Primary: a.meili, Fallback: a.memory, Deadline: engineWait, Clock: search.Clock(a.clock)}, search.Clock(a.clock), 0)
}

// moved wakes what follows the catalogue in this process, so that a change committed here is seen at once.
func (a *app) moved() {
	if f := a.follower.Load(); f != nil {
		f.Wake()
	}
}

func (a *app) close() {
	if a.index != nil {
		_ = a.index.Close()
	}
	if a.documents != nil {
		_ = a.documents.Close()
	}
	a.store.Close()
}
