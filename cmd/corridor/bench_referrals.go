package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// benchReferrals measures the write path of referrals: whole ones from the first line to the desk's triage, each event in
// a transaction of its own with history, audit chain, timers and notices, by several people at once.
type benchReferrals struct {
	For      time.Duration `default:"10s" help:"How long each measurement lasts."`
	People   int           `default:"4" help:"Who write at once."`
	Postgres string        `env:"CORRIDOR_TEST_POSTGRES" help:"PostgreSQL to measure beside SQLite; without it that row is left out."`
}

// Run prints one line for each database.
func (b *benchReferrals) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "corridor-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := b.measure(ctx, "SQLite", &Config{Addr: "127.0.0.1:0", Var: dir, LogLevel: "warn", MailFrom: "no-reply@carecorridor.example"}); err != nil {
		return err
	}
	if b.Postgres == "" {
		return nil
	}
	name := fmt.Sprintf("corridor_bench_referrals_%d", os.Getpid())
	admin, err := pgx.Connect(ctx, b.Postgres)
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return err
	}
	defer func() { _, _ = admin.Exec(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)") }() // a leftover of a measurement
	at, err := (&bencher{benchRun: &benchRun{Postgres: b.Postgres}}).database(name)
	if err != nil {
		return err
	}
	return b.measure(ctx, "PostgreSQL", &Config{Addr: "127.0.0.1:0", Var: dir + "/pg", DatabaseURL: at, LogLevel: "warn", MailFrom: "no-reply@carecorridor.example"})
}

func (b *benchReferrals) measure(ctx context.Context, name string, c *Config) error {
	if err := os.MkdirAll(c.Var, 0o700); err != nil {
		return err
	}
	if err := prepareDemo(ctx, c); err != nil {
		return err
	}
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.openEnquiries(); err != nil {
		return err
	}
	c.Origin = "http://localhost"
	if err := a.openPeople(true); err != nil {
		return err
	}
	if err := a.people.LoadSamples(ctx); err != nil {
		return err
	}
	o, err := a.referralOptions(true)
	if err != nil {
		return err
	}
	referrals, events, took, err := b.write(ctx, a, o)
	if err != nil {
		return err
	}
	per := took.Seconds()
	fmt.Printf("referral write path, %s, %d people: %.0f events/s, %.1f whole referrals/s (%d in %s)\n", name, b.People, float64(events)/per, float64(referrals)/per, referrals, took.Round(time.Second))
	return nil
}

// write lets people write referrals until the time is over.
func (b *benchReferrals) write(ctx context.Context, a *app, o referral.Options) (referrals, events int64, took time.Duration, err error) {
	before, err := a.store.CountReferralEvents(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	start := when.System()
	var next, done atomic.Int64
	var all sync.WaitGroup
	failed := make(chan error, b.People)
	for i := range b.People {
		// One clinician signs so many a day and no more: each walker has days of its own, in the past, since when they were looked up.
		shift, mine := -time.Duration(i)*24*time.Hour, 0
		w, err := sample.Walk(ctx, o, func() time.Time { return when.System().Add(shift) }, func(time.Duration) {})
		if err != nil || w == nil {
			return 0, 0, 0, fmt.Errorf("sample people: %w", err)
		}
		all.Go(func() {
			for when.System().Sub(start) < b.For {
				if _, err := w.To(ctx, referral.Triage, int(next.Add(1)), false); err != nil {
					failed <- err
					return
				}
				if mine++; mine%referral.MaxSigned == 0 {
					shift -= time.Duration(b.People) * 24 * time.Hour
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	took = when.System().Sub(start)
	close(failed)
	if err := <-failed; err != nil {
		return 0, 0, 0, err
	}
	after, err := a.store.CountReferralEvents(ctx)
	return done.Load(), after - before, took, err
}
