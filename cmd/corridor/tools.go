package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"
	"github.com/schollz/progressbar/v3"

	"carecorridor/catalogue/directory"
	"carecorridor/catalogue/seed"
	"carecorridor/internal/when"
)

// progress draws a bar on a terminal's error output; elsewhere it is silent.
func progress(what string) func(done, total int) {
	bar := progressbar.NewOptions(-1, progressbar.OptionSetDescription(what), progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100_000_000), progressbar.OptionClearOnFinish(), progressbar.OptionSetVisibility(terminal()))
	return func(done, total int) {
		if total > 0 && bar.GetMax() != total {
			bar.ChangeMax(total)
		}
		_ = bar.Set(done)
	}
}

func terminal() bool {
	s, err := os.Stderr.Stat()
	return err == nil && s.Mode()&os.ModeCharDevice != 0
}

// today is the day in India by which reports count running certificates.
func today() when.Date { return when.TodayIndia(when.System()) }

type migrateCommand struct{}

// Run migrates, and says to which version.
func (migrateCommand) Run(ctx context.Context, c *Config) error {
	store, err := openStore(ctx, c, c.logger(), nil)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	have, err := store.SchemaVersion(ctx)
	fmt.Printf("database schema is at version %d\n", have)
	return err
}

type seedCommand struct {
	Compile seedCompile `cmd:"" help:"Turn a folder of collected data into the compact files of this tree."`
	Load    seedLoad    `cmd:"" help:"Load the compiled facts into the database, in one transaction."`
}

type seedCompile struct {
	From string `required:"" type:"existingdir" help:"Folder with the collected data."`
	Out  string `default:"catalogue/seed/data" help:"Where the compiled files go."`
}

// Run compiles and prints the report.
func (s *seedCompile) Run() error {
	report, err := seed.Compile(s.From, s.Out)
	if err != nil {
		return err
	}
	return report.Write(os.Stdout, today())
}

type seedLoad struct {
	Samples bool `help:"Also load the sample hospitals of the demonstration."`
}

// Run loads and prints the report.
func (s *seedLoad) Run(ctx context.Context, c *Config) error {
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	report, err := seed.Load(ctx, a.store, seed.Options{Samples: s.Samples, Progress: progress("loading")})
	if err != nil {
		return err
	}
	return report.Write(os.Stdout, today())
}

type importCommand struct {
	Directory importDirectory `cmd:"" help:"Import the National Hospital Directory as unaccredited reference sites."`
	Register  importRegister  `cmd:"" help:"Compare a newer copy of a register with what is held; every difference waits for a check."`
}

type importDirectory struct {
	File string `arg:"" type:"existingfile" help:"The CSV file as published."`
}

// Run imports and prints the report.
func (d *importDirectory) Run(ctx context.Context, c *Config) error {
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	file, err := os.Open(d.File)
	if err != nil {
		return err
	}
	defer file.Close()
	report, err := directory.Import(ctx, a.store, file, filepath.Base(d.File), directory.Options{Progress: progress("importing")})
	if err != nil {
		return err
	}
	return report.Write(os.Stdout)
}

type reindexCommand struct{}

// Run rebuilds the index of the configured engine beside the one in use, then swaps.
func (reindexCommand) Run(ctx context.Context, c *Config) error {
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	a.openIndex()
	if a.meili == nil {
		fmt.Println("The memory engine is rebuilt by every server at its start; checking that it can be.")
	}
	total, err := a.store.CountProviders(ctx)
	if err != nil {
		return err
	}
	bar := progress("indexing")
	info, err := a.index.Rebuild(ctx, a.cat.Source(ctx, func(done int) { bar(done, total.Providers) }))
	if err != nil {
		return err
	}
	fmt.Printf("indexed %d hospitals and %d suggestions in %s\n", info.Docs, info.Entries, info.Took.Round(1_000_000))
	return nil
}

type doctorCommand struct{}

// Run prints each setting with its origin, then asks every part. It fails when something is wrong.
func (doctorCommand) Run(ctx context.Context, c *Config, parsed *kong.Context) error {
	fmt.Println("Settings")
	for _, s := range c.settings(parsed) {
		fmt.Printf("  %-26s %-40s %s\n", s.Env, s.Value, s.Origin)
	}
	fmt.Println("Checks")
	wrong := 0
	say := func(what string, err error, good string) {
		if err != nil {
			wrong++
			good = "WRONG: " + err.Error()
		}
		fmt.Printf("  %-26s %s\n", what, good)
	}
	say("configuration", c.Check(), "readable")
	c.examine(ctx, say)
	if wrong > 0 {
		return fmt.Errorf("doctor found %d thing(s) wrong", wrong)
	}
	return nil
}
