package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"carecorridor/catalogue"
	"carecorridor/catalogue/seed"
	"carecorridor/handlers"
	"carecorridor/search"
)

type serveCommand struct {
	Demo        bool   `help:"Demonstration: migrate and seed by itself, add clearly marked sample hospitals." env:"CORRIDOR_DEMO"`
	Jobs        bool   `help:"Run background jobs in this process." default:"true" negatable:""`
	NoRateLimit bool   `help:"Do not limit requests from one address: for measurements on loopback." hidden:""`
	ClockFile   string `help:"Demonstration: a file that says how far ahead of the real time the clock runs, such as 1008h. It is read again every second." hidden:""`
}

// Time limits of the server: slow or idle clients must not be held for ever (performance.md, traps).
const (
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 90 * time.Second
	drainTime  = 15 * time.Second
	maxHeader  = 32 << 10
	// followEvery is how often a replica looks whether another one changed the catalogue.
	followEvery = 25 * time.Millisecond
)

// Run serves until it is told to stop, then lets running requests end.
func (s *serveCommand) Run(ctx context.Context, c *Config) error {
	if err := c.Check(); err != nil {
		return err
	}
	if s.ClockFile != "" && !s.Demo {
		return errors.New("clock file: only the demonstration may move its clock (--demo)")
	}
	clock, err := openClock(s.ClockFile)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Addr) // first: a busy port is said before anything is done
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer l.Close()
	if c.Origin == "" {
		c.Origin = "http://" + reachable(l.Addr().String())
	}
	if s.Demo {
		if err := prepareDemo(ctx, c); err != nil {
			return err
		}
	}
	a, err := openAppAt(ctx, c, clock.Now)
	if err != nil {
		return err
	}
	defer a.close()
	a.openIndex()
	if err := a.fillIndex(ctx); err != nil {
		return err
	}
	if err := a.openEnquiries(); err != nil {
		return err
	}
	if err := a.openPeople(s.Demo); err != nil {
		return err
	}
	if s.Demo {
		if err := a.people.LoadSamples(ctx); err != nil {
			return err
		}
	}
	if err := a.openReferrals(s.Demo); err != nil {
		return err
	}
	if s.Demo {
		if err := a.loadReferralSamples(ctx); err != nil {
			return err
		}
	}
	if err := a.openListings(); err != nil {
		return err
	}
	if err := a.openDesk(); err != nil {
		return err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go a.follow(background)
	go a.followClock(background, clock)
	defer a.keepViews(background)()
	if s.Jobs {
		stopJobs, err := a.startJobs(background)
		if err != nil {
			return err
		}
		defer stopJobs()
	}
	return a.listen(ctx, s, l)
}

// reachable is an address that a browser on this machine can open. This machine is written as localhost, because
// passkeys are bound to a name and never to a number.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

// prepareDemo makes the demonstration run with nothing done by hand, whatever the database.
func prepareDemo(ctx context.Context, c *Config) error {
	store, err := openStore(ctx, c, c.logger(), nil)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	report, err := seed.Load(ctx, store, seed.Options{Samples: true})
	if err != nil {
		return err
	}
	return report.Write(os.Stderr, today())
}

func (a *app) listen(ctx context.Context, s *serveCommand, l net.Listener) error {
	proxies, err := a.cfg.proxies()
	if err != nil {
		return err
	}
	tokens, err := a.cfg.signer()
	if err != nil {
		return err
	}
	if s.Demo {
		if err := a.told.LoadSamples(ctx); err != nil {
			return err
		}
	}
	front := handlers.New(a.cat, a.index, handlers.Config{Origin: a.cfg.Origin, Texts: a.desk.Texts, Tokens: tokens, Feedback: a.told, Enquiries: a.enquiries, Listings: a.listings, Referrals: a.referrals, Desk: a.desk, People: a.people, MailFolder: a.mailShown(), Demo: s.Demo, NoRateLimit: s.NoRateLimit, TrustedProxies: proxies,
		HTTPS: strings.HasPrefix(a.cfg.Origin, "https://"), Contact: a.cfg.Contact}, a.clock, a.log, a.ready)
	server := &http.Server{Handler: front, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader}
	fmt.Printf("listening on http://%s\n", reachable(l.Addr().String()))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(drain); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// ready says whether this replica can answer: its database answers and some engine holds the catalogue.
func (a *app) ready(ctx context.Context) error {
	if err := a.store.Ping(ctx); err != nil {
		return err
	}
	if h := a.memory.Health(ctx); !h.OK {
		return fmt.Errorf("memory engine: %s", h.Detail)
	}
	return nil
}

// fillIndex builds the memory engine from SQL, and Meilisearch when it does not hold what SQL holds.
func (a *app) fillIndex(ctx context.Context) error {
	if _, err := a.memory.Rebuild(ctx, a.cat.Source(ctx, nil)); err != nil {
		return fmt.Errorf("memory index: %w", err)
	}
	a.builtOn = a.cat.Today()
	if a.meili == nil {
		return nil
	}
	h := a.meili.Health(ctx)
	if h.OK && h.Docs == a.memory.Health(ctx).Docs {
		return nil
	}
	if _, err := a.meili.Rebuild(ctx, a.cat.Source(ctx, nil)); err != nil {
		a.log.Warn("meilisearch not built, the memory engine answers", "error", err.Error())
	}
	return nil
}

// follow keeps this replica's view and memory engine at the database's state, whoever changed it.
func (a *app) follow(ctx context.Context) {
	f := catalogue.NewFollower(a.cat, func(ctx context.Context, docs []search.Doc, gone []string) error {
		_, err := a.memory.Upsert(ctx, docs)
		if err == nil && len(gone) > 0 {
			_, err = a.memory.Delete(ctx, gone)
		}
		return err
	}, func(ctx context.Context) error {
		_, err := a.memory.Rebuild(ctx, a.cat.Source(ctx, nil))
		return err
	})
	a.follower.Store(f)
	f.Run(ctx, followEvery)
}
