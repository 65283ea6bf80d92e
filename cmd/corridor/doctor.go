package main

import (
	"context"
	"fmt"
	"os"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// examine asks each configured part whether it works.
func (c *Config) examine(ctx context.Context, say func(what string, err error, good string)) {
	if c.Check() != nil {
		return
	}
	if c.DatabaseURL == "" {
		say("var folder", writable(c.Var), c.Var+" can be written")
	}
	log := c.logger()
	store, err := openStore(ctx, c, log, nil)
	if err != nil {
		say("database", err, "")
		return
	}
	defer store.Close()
	say("database", store.Ping(ctx), string(store.Dialect())+" answers")
	if err := store.CheckSchema(ctx); err != nil {
		say("schema", err, "")
		return
	}
	have, err := store.SchemaVersion(ctx)
	say("schema", err, fmt.Sprintf("version %d, as this program expects", have))
	n, err := store.CountProviders(ctx)
	say("catalogue", err, fmt.Sprintf("%d hospitals and clinics", n.Providers))
	c.examineContacts(ctx, store, say)
	_, err = c.timings()
	say("timers", err, map[bool]string{true: "the usual ones", false: c.TimersFile}[c.TimersFile == ""])
	c.examineIndex(ctx, store, n.Providers, say)
	c.examinePeople(ctx, store, say)
	c.examineKeys(say)
	examineAudit(ctx, store, say)
}

func (c *Config) examineIndex(ctx context.Context, store *models.Store, want int, say func(string, error, string)) {
	a := &app{cfg: c, log: c.logger(), clock: when.System, store: store}
	a.openIndex()
	defer a.index.Close()
	if a.meili == nil {
		say("search", nil, "memory engine, built at each start")
		return
	}
	h := a.meili.Health(ctx)
	var err error
	switch {
	case !h.OK:
		err = fmt.Errorf("meilisearch at %s: %s (the memory engine answers meanwhile)", c.MeiliURL, h.Detail)
	case h.Docs != want:
		err = fmt.Errorf("meilisearch holds %d hospitals, the database %d: run corridor reindex", h.Docs, want)
	}
	say("search", err, fmt.Sprintf("meilisearch %s, %d hospitals", h.Version, h.Docs))
}

func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}
