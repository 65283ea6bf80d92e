package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search"
)

// Apply writes documents to an index and removes others; it returns when both can be found.
type Apply func(ctx context.Context, docs []search.Doc, gone []string) error

// Index brings the documents of some providers up to date in an index: what is published now, and nothing of what
// is not. It reads the present rows, so late, repeated or reordered calls give the same index.
func (c *Catalogue) Index(ctx context.Context, index *search.Index, ids []int64) error {
	if err := c.Refresh(ctx); err != nil {
		return err
	}
	return c.apply(ctx, index.Apply, ids)
}

func (c *Catalogue) apply(ctx context.Context, apply Apply, ids []int64) error {
	s := c.state.Load()
	for part := range slices.Chunk(ids, docBatch) {
		bundles, err := c.store.ProviderBundles(ctx, part)
		if err != nil {
			return fmt.Errorf("index providers: %w", err)
		}
		there := make(map[int64]bool, len(bundles))
		docs := make([]search.Doc, 0, len(bundles))
		for i := range bundles {
			there[bundles[i].ID] = true
			docs = append(docs, s.document(&bundles[i]))
		}
		var gone []string
		for _, id := range part {
			if !there[id] {
				gone = append(gone, strconv.FormatInt(id, 10))
			}
		}
		if err := apply(ctx, docs, gone); err != nil {
			return fmt.Errorf("index providers: %w", err)
		}
	}
	return nil
}

// expiryReach is how far back is looked when nobody knows up to which day the index follows the calendar.
const expiryReach = 40

// ExpireDue re-indexes hospitals whose certificates or packages began or ended since it last came to its end, so that
// filters follow the calendar; days of a server that was off are caught up with. Cards and profiles judge the day
// themselves and need no job.
func (c *Catalogue) ExpireDue(ctx context.Context, index *search.Index) error {
	if err := c.Refresh(ctx); err != nil {
		return err
	}
	state, err := c.store.State(ctx)
	if err != nil {
		return err
	}
	today := c.Today()
	from := today.AddDays(-expiryReach)
	if done := state.FollowedOn; done.Known() && !today.Before(done) {
		from = done.AddDays(-1) // what was good until that day has ended since
	}
	ids, err := c.store.ProvidersExpiring(ctx, from, today)
	if err != nil {
		return fmt.Errorf("expiring certificates: %w", err)
	}
	if err := c.apply(ctx, index.Apply, ids); err != nil {
		return err
	}
	if state.FollowedOn == today {
		return nil
	}
	return c.store.SetFollowedOn(ctx, today)
}

// Follower keeps one process's own engine at the state of the database, whoever changed it.
type Follower struct {
	cat     *Catalogue
	apply   Apply
	rebuild func(context.Context) error
	wake    chan struct{}
	seen    int64
	since   time.Time
	day     when.Date
}

// overlap is re-read each time, so that a transaction that committed late is not missed.
const overlap = 5 * time.Second

// NewFollower starts from what the catalogue shows now. rebuild makes the engine anew when the day turns: certificates
// end, and the order among equals changes.
func NewFollower(c *Catalogue, apply Apply, rebuild func(context.Context) error) *Follower {
	s := c.state.Load()
	return &Follower{cat: c, apply: apply, rebuild: rebuild, wake: make(chan struct{}, 1), seen: s.generation, since: c.clock().Add(-overlap), day: s.today}
}

// Wake asks for a look at once: this process has just committed a change.
func (f *Follower) Wake() {
	select {
	case f.wake <- struct{}{}:
	default: // one is already due
	}
}

// Run looks when woken, and every interval for what others changed, until ctx ends.
func (f *Follower) Run(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		case <-tick.C:
		}
		if err := f.Step(ctx); err != nil && ctx.Err() == nil {
			f.cat.log.Warn("catalogue not followed", "error", err.Error())
		}
	}
}

// Step catches up once: with changed listings when the generation moved, with the calendar when the day turned.
func (f *Follower) Step(ctx context.Context) error {
	now := f.cat.clock()
	if err := f.cat.Refresh(ctx); err != nil {
		return err
	}
	s := f.cat.state.Load()
	if s.generation != f.seen {
		ids, err := f.cat.store.ProvidersUpdatedSince(ctx, f.since)
		if err != nil {
			return err
		}
		if err := f.cat.apply(ctx, f.apply, ids); err != nil {
			return err
		}
		f.seen, f.since = s.generation, now.Add(-overlap)
	}
	if s.today != f.day {
		if err := f.rebuild(ctx); err != nil {
			return err
		}
		f.day = s.today
	}
	return nil
}

// Tally counts listings and certificates as they stand today.
type Tally struct {
	Providers, Confirmed, Unconfirmed, Certificates int
	Registers                                       []models.RegisterTally
}

// Tally counts what the directory holds, samples left out.
func (c *Catalogue) Tally(ctx context.Context) (Tally, error) {
	today := c.Today()
	t := Tally{}
	var err error
	if t.Registers, err = c.store.RegisterTallies(ctx, today); err != nil {
		return t, fmt.Errorf("tally: %w", err)
	}
	err = c.eachListing(ctx, func(l models.SlugLine) {
		if !l.Sample {
			t.Providers++
		}
		if !l.Sample && l.Confirmed {
			t.Confirmed++
		}
	})
	if err != nil {
		return t, err
	}
	t.Unconfirmed = t.Providers - t.Confirmed
	for _, r := range t.Registers {
		t.Certificates += r.Rows
	}
	return t, nil
}

// ListingPage is a page for the sitemap.
type ListingPage struct {
	Path    string
	Changed time.Time
}

// ListingPages lists the profiles that search engines may show, in parts of size: published, real, confirmed.
func (c *Catalogue) ListingPages(ctx context.Context, size int) ([][]ListingPage, error) {
	var pages []ListingPage
	err := c.eachListing(ctx, func(l models.SlugLine) {
		if l.Confirmed && !l.Sample {
			pages = append(pages, ListingPage{l.Slug, l.UpdatedAt})
		}
	})
	return slices.Collect(slices.Chunk(pages, size)), err
}

// slugBatch is how many listings are read at once.
const slugBatch = 5000

// eachListing visits every published listing by id.
func (c *Catalogue) eachListing(ctx context.Context, visit func(models.SlugLine)) error {
	after := int64(0)
	for {
		batch, err := c.store.ProviderSlugs(ctx, after, slugBatch)
		if err != nil {
			return fmt.Errorf("listings: %w", err)
		}
		for _, l := range batch {
			visit(l)
		}
		if len(batch) < slugBatch {
			return nil
		}
		after = batch[len(batch)-1].ID
	}
}
