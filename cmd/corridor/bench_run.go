package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/libtnb/sqlite"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/catalogue/synthetic"
	"carecorridor/cmd/corridor/drive"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/views/link"
)

// benchRun measures everything in one go: ratios hold between runs and machines, figures alone do not.
type benchRun struct {
	Quick    bool          `help:"Shorter and rougher: under two minutes, without PostgreSQL."`
	Limit    time.Duration `default:"8m" help:"Stop after so long and print what was measured until then."`
	Soak     time.Duration `help:"Keep the memory engine under load for so long before its memory is read again."`
	Small    int           `default:"1000" hidden:"" help:"Hospitals of the small catalogue."`
	Large    int           `default:"30000" hidden:"" help:"Hospitals of the large catalogue."`
	Meili    string        `env:"CORRIDOR_TEST_MEILI" help:"Meilisearch to measure beside; without it those rows are left out."`
	MeiliKey string        `name:"bench-meili-key" env:"CORRIDOR_TEST_MEILI_KEY" help:"Its key."`
	Postgres string        `env:"CORRIDOR_TEST_POSTGRES" help:"PostgreSQL to load into; without it the load is left out."`
}

// Limits of a whole run and of one measurement.
const (
	quickTime  = 2 * time.Minute
	mostAsked  = 400_000
	roundCount = 2 // the better of two rounds, peers in turn, so that a busy moment does not decide
	packages   = 10
)

// bencher holds what a run has found so far.
type bencher struct {
	*benchRun
	dir   string
	table results
}

// Run measures, prints and cleans up.
func (b *benchRun) Run(ctx context.Context) error {
	limit := b.Limit + b.Soak
	if b.Quick {
		limit = min(limit, quickTime)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	dir, err := os.MkdirTemp("", "corridor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	run := &bencher{benchRun: b, dir: dir, table: results{}}
	err = run.all(ctx)
	if ctx.Err() != nil {
		err = fmt.Errorf("stopped after %s: %w", limit, ctx.Err())
	}
	run.table.print(os.Stdout, b.Small, b.Large) // what was measured until then
	return err
}

func (b *bencher) all(ctx context.Context) error {
	for _, n := range []int{b.Small, b.Large} {
		if err := b.size(ctx, n); err != nil {
			return fmt.Errorf("%d hospitals: %w", n, err)
		}
	}
	if b.Postgres == "" || b.Quick {
		return nil
	}
	if err := b.load(ctx); err != nil {
		return fmt.Errorf("load into PostgreSQL: %w", err)
	}
	return nil
}

func (b *bencher) say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...)
}

// long is how long one measurement lasts.
func (b *bencher) long() time.Duration {
	if b.Quick {
		return 400 * time.Millisecond
	}
	return 1500 * time.Millisecond
}

// catalogue is one database of a size, with what is asked of it.
type benchCatalogue struct {
	n     int
	dir   string
	store *models.Store
	cat   *catalogue.Catalogue
	asked []url.Values
}

// fill makes the catalogue of n hospitals in a SQLite file.
func (b *bencher) fill(ctx context.Context, n int) (*benchCatalogue, error) {
	c := &benchCatalogue{n: n, dir: filepath.Join(b.dir, fmt.Sprint(n))}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return nil, err
	}
	var err error
	file := filepath.Join(c.dir, "corridor.db")
	if c.store, err = models.Open(ctx, "sqlite:"+file, models.Options{Clock: when.System}); err != nil {
		return nil, err
	}
	if err := c.store.Migrate(ctx); err != nil {
		return nil, err
	}
	if _, err := seed.Load(ctx, c.store, seed.Options{}); err != nil {
		return nil, err
	}
	if err := synthetic.Load(ctx, c.store, synthetic.Plan{Providers: n, Packages: packages, Seed: 1, Today: today()}); err != nil {
		return nil, err
	}
	// The indexes are built by hand below; a queued rebuild would disturb the measurement.
	if err := forgetJobs(ctx, file); err != nil {
		return nil, err
	}
	if c.cat, err = catalogue.Open(ctx, c.store, when.System, slog.New(slog.DiscardHandler)); err != nil {
		return nil, err
	}
	c.asked = questions(c.cat.Reference())
	return c, nil
}

func forgetJobs(ctx context.Context, file string) error {
	db, err := sql.Open(sqlite.DriverName, "file:"+file)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "DELETE FROM river_job")
	return err
}

// size measures one catalogue.
func (b *bencher) size(ctx context.Context, n int) error {
	b.say("making %d hospitals with %d packages each", n, packages)
	c, err := b.fill(ctx, n)
	if err != nil {
		return err
	}
	defer c.store.Close()
	var raw []rawSearch
	beside := b.Meili != "" && (n == b.Large || !b.Quick)
	if beside {
		if raw, err = b.buildMeili(ctx, c); err != nil {
			return err
		}
	}
	mem, err := start(ctx, "--var="+c.dir, "bench", "serve")
	if err != nil {
		return err
	}
	defer mem.stop()
	b.table.costs(n, mem.served)
	b.table.put(n, "start", mem.Start.Seconds())
	b.table.put(n, "rss idle", float64(resident(mem.pid())))
	bare, err := b.bare(ctx, mem)
	if err != nil {
		return err
	}
	defer bare.stop()
	var meili *child
	if beside {
		if meili, err = start(ctx, "--var="+c.dir, "--meili-url="+b.Meili, "--meili-key="+b.MeiliKey, "bench", "serve", "--prefix="+meiliPrefix(n)); err != nil {
			return err
		}
		defer meili.stop()
		if err := b.compare(c, mem, meili); err != nil {
			return err
		}
	}
	return b.measure(ctx, c, mem, bare, meili, raw)
}

// measure drives every row in turn, twice, then reads the memory and how soon a change is found.
func (b *bencher) measure(ctx context.Context, c *benchCatalogue, mem, bare, meili *child, raw []rawSearch) error {
	b.say("measuring pages of %d hospitals", c.n)
	rounds := roundCount
	if b.Quick {
		rounds = 1
	}
	for range rounds {
		for _, r := range b.rows(c, mem, bare, meili, raw) {
			f, err := drive.Drive(ctx, r.Plan)
			if err != nil {
				return fmt.Errorf("%s: %w", r.name, err)
			}
			b.table.better(c.n, r.name, f)
		}
	}
	if b.Soak > 0 && c.n == b.Large {
		b.say("soaking for %s", b.Soak)
		r := b.page(c, mem, "search", 16)
		r.Count, r.Time = 1<<40, b.Soak
		if _, err := drive.Drive(ctx, r.Plan); err != nil {
			return err
		}
	}
	b.table.put(c.n, "rss after", float64(resident(mem.pid())))
	mem.stop()
	if meili != nil {
		meili.stop()
	}
	return b.freshness(ctx, c)
}

// row is one measurement.
type row struct {
	name string
	drive.Plan
}

func (b *bencher) rows(c *benchCatalogue, mem, bare, meili *child, raw []rawSearch) []row {
	rows := []row{b.page(c, mem, "search", 1), b.page(c, mem, "search", 16)}
	if meili != nil {
		for _, clients := range []int{1, 16} {
			page := b.page(c, meili, "search", clients)
			page.name = "meili " + page.name
			rows = append(rows, b.raw(raw, clients, false), b.raw(raw, clients, true), page)
		}
		suggest := b.page(c, meili, "suggest", 16)
		suggest.name = "meili " + suggest.name
		rows = append(rows, suggest)
	}
	rows = append(rows, b.limit(bare, "bare search", "/0", 1), b.limit(bare, "bare search", "/0", 16))
	for _, clients := range []int{1, 16} {
		rows = append(rows, b.page(c, mem, "suggest", clients), b.page(c, mem, "profile", clients), b.limit(bare, "bare profile", "/1", clients),
			b.page(c, mem, "cached", clients), b.limit(bare, "bare cached", "/2", clients),
			b.notModified(mem, "304", pageOf("cached", nil, 0, 0), clients), b.notModified(bare, "bare 304", "/2", clients))
	}
	zipped := b.page(c, mem, "search", 16)
	zipped.name, zipped.Request = "search gzip c16", b.requests(c, mem, "search", "Accept-Encoding", "gzip, br")
	return append(rows, zipped)
}

// turn keeps addresses of all rounds apart, so that no page of one is in the cache of another.
var turn int

func (b *bencher) page(c *benchCatalogue, s *child, kind string, clients int) row {
	return row{fmt.Sprintf("%s c%d", kind, clients), drive.Plan{Addr: s.Addr, Want: 200, Clients: clients, Count: mostAsked, Time: b.long(),
		Warm: len(c.asked) / 4, Request: b.requests(c, s, kind)}}
}

func (b *bencher) requests(c *benchCatalogue, s *child, kind string, header ...string) func(int) []byte {
	turn++
	from := turn * 10_000_000
	from -= from % len(c.asked)
	if kind == "cached" {
		request := drive.Get(s.Addr, pageOf(kind, nil, 0, 0), header...)
		return func(int) []byte { return request }
	}
	return func(n int) []byte { return drive.Get(s.Addr, pageOf(kind, c.asked, c.n, from+n), header...) }
}

func (b *bencher) limit(s *child, name, path string, clients int) row {
	request := drive.Get(s.Addr, path)
	return row{fmt.Sprintf("%s c%d", name, clients), drive.Plan{Addr: s.Addr, Want: 200, Clients: clients, Count: mostAsked, Time: b.long(), Warm: 100,
		Request: func(int) []byte { return request }}}
}

func (b *bencher) notModified(s *child, name, path string, clients int) row {
	etag := s.etag
	if etag == "" {
		etag = `"x"`
	}
	request := drive.Get(s.Addr, path, "If-None-Match", etag)
	return row{fmt.Sprintf("%s c%d", name, clients), drive.Plan{Addr: s.Addr, Want: 304, Clients: clients, Count: mostAsked, Time: b.long(), Warm: 100,
		Request: func(int) []byte { return request }}}
}

// bare starts the limit with the bytes of a search page, a profile and the cached page.
func (b *bencher) bare(ctx context.Context, mem *child) (*child, error) {
	var bodies [][]byte
	for _, path := range []string{link.HospitalsPath, link.Hospital("synthetic-00001"), pageOf("cached", nil, 0, 0)} {
		a, err := mem.get(path)
		if err != nil {
			return nil, err
		}
		bodies, mem.etag = append(bodies, a.Body), a.ETag
	}
	text, err := json.Marshal(bodies)
	if err != nil {
		return nil, err
	}
	return startWith(ctx, text, "bench", "bare")
}

// compare asks both engines every question: the speed of a wrong answer is nothing.
func (b *bencher) compare(c *benchCatalogue, mem, meili *child) error {
	for _, v := range c.asked {
		one, err := mem.answer(v)
		if err != nil {
			return err
		}
		two, err := meili.answer(v)
		if err != nil {
			return err
		}
		if one.Total != two.Total || one.Fallback || two.Fallback || one.slugs() != two.slugs() {
			b.say("engines differ on %s: %d %s and %d %s", v.Encode(), one.Total, one.slugs(), two.Total, two.slugs())
			b.table.put(c.n, "differ", b.table[key{c.n, "differ"}].value+1)
		}
	}
	b.say("both engines answered %d questions", len(c.asked))
	return nil
}
