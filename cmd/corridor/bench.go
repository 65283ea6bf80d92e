package main

import (
	"context"
	"fmt"

	"carecorridor/catalogue/synthetic"
)

type benchCommand struct {
	Run       benchRun       `cmd:"" default:"withargs" help:"Measure pages, engines and loads on loopback; print a table and which goals are met."`
	Data      benchData      `cmd:"" help:"Add a deterministic synthetic catalogue to a database that holds the seed."`
	Referrals benchReferrals `cmd:"" help:"Measure how many events of referrals are written in a second."`
	Serve     benchServe     `cmd:"" hidden:"" help:"One server to be measured; ends when its input ends."`
	Bare      benchBare      `cmd:"" hidden:"" help:"The limit: a handler that writes given bytes; ends when its input ends."`
}

type benchData struct {
	Providers int    `default:"1000" help:"How many hospitals."`
	Packages  int    `default:"10" help:"Packages of each."`
	Seed      uint64 `default:"1" help:"Another number makes another catalogue."`
}

// Run writes the catalogue.
func (b *benchData) Run(ctx context.Context, c *Config) error {
	if b.Providers < 1 || b.Packages < 0 {
		return fmt.Errorf("bench data: want at least 1 provider and 0 packages")
	}
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	err = synthetic.Load(ctx, a.store, synthetic.Plan{Providers: b.Providers, Packages: b.Packages, Seed: b.Seed, Today: today(), Progress: progress("making")})
	if err == nil {
		fmt.Printf("added %d synthetic hospitals with %d packages each\n", b.Providers, b.Packages)
	}
	return err
}
