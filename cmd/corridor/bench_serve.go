package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/handlers"
	"carecorridor/search"
	"carecorridor/search/meili"
	"carecorridor/search/memory"
)

// benchServe is the real front door over a database that exists, without rate limit.
type benchServe struct {
	Prefix  string `help:"Before the names of Meilisearch's indexes."`
	Jobs    bool   `help:"Work the job queue."`
	Profile string `help:"File for a CPU profile of the whole run."`
}

// served is what a child says once it listens.
type served struct {
	Addr  string
	Start time.Duration // filling the memory engine
	Costs map[string]cost
}

// cost is what one request of a kind allocates inside the handler.
type cost struct{ Allocs, Bytes float64 }

// Run serves until the input ends.
func (b *benchServe) Run(ctx context.Context, c *Config) error {
	if b.Profile != "" {
		f, err := os.Create(b.Profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	began := time.Now()
	b.index(a)
	if _, err := a.memory.Rebuild(ctx, a.cat.Source(ctx, nil)); err != nil {
		return err
	}
	a.builtOn = a.cat.Today() // or the job that turns the day would build it again while it is measured
	s := served{Start: time.Since(began)}
	front := handlers.New(a.cat, a.index, handlers.Config{Demo: true, NoRateLimit: true}, a.clock, a.log, a.ready)
	if a.meili == nil {
		if s.Costs, err = costs(front, a.cat.Reference()); err != nil {
			return err
		}
	}
	background, stop := context.WithCancel(ctx)
	defer stop()
	go a.follow(background)
	if b.Jobs {
		stopJobs, err := a.startJobs(background)
		if err != nil {
			return err
		}
		defer stopJobs()
	}
	return serveUntilEnd(ctx, front, s)
}

// index wires the engine to be measured: memory, or Meilisearch with a deadline that never falls back.
func (b *benchServe) index(a *app) {
	a.memory = memory.New(search.Clock(a.clock))
	a.index = search.NewIndex(a.memory, search.Clock(a.clock), 0)
	if a.cfg.MeiliURL != "" {
		a.meili = meili.New(meili.Options{URL: a.cfg.MeiliURL, Key: a.cfg.MeiliKey, Prefix: b.Prefix, Clock: search.Clock(a.clock)})
		a.index = search.NewIndex(a.meili, search.Clock(a.clock), 10*time.Second)
	}
}

// serveUntilEnd listens on a free port of loopback, tells it, and ends with the input or with ctx.
func serveUntilEnd(ctx context.Context, h http.Handler, s served) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader}
	s.Addr = l.Addr().String()
	if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop() }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// benchBare is Echo with nothing before it: what any page costs at least.
type benchBare struct{}

// Run reads a list of bodies and serves each at its number: as 200, or 304 to whoever has it.
func (benchBare) Run(ctx context.Context) error {
	var bodies [][]byte
	if err := json.NewDecoder(os.Stdin).Decode(&bodies); err != nil {
		return fmt.Errorf("bodies: %w", err)
	}
	e := echo.New()
	for i, body := range bodies {
		e.GET(fmt.Sprintf("/%d", i), func(c echo.Context) error {
			if c.Request().Header.Get("If-None-Match") != "" {
				return c.NoContent(http.StatusNotModified)
			}
			return c.HTMLBlob(http.StatusOK, body)
		})
	}
	return serveUntilEnd(ctx, e, served{})
}

// resident is the memory of a process in MB as the system counts it; 0 where it cannot be read.
func resident(pid int) int {
	if runtime.GOOS != "linux" {
		return 0
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int
	if _, err := fmt.Sscan(string(text), &size, &pages); err != nil {
		return 0
	}
	return pages * os.Getpagesize() >> 20
}
