package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"carecorridor/auth"
	"carecorridor/catalogue/register"
)

type importRegister struct {
	Body   string `arg:"" enum:"nabh" help:"Whose register: nabh."`
	File   string `arg:"" type:"existingfile" help:"A copy of the register as CSV, newer than what is held."`
	URL    string `help:"Where the copy came from, for the evidence of each check."`
	Shrunk bool   `help:"Accept a file that lacks more than a quarter of the certificates held."`
}

// console acts for whoever may run commands on the server: the trail says so.
var console = auth.Actor{Person: "console", Name: "Command line", Role: auth.Administrator}

// Run compares, puts every difference into the queue of checks and prints the report.
func (r *importRegister) Run(ctx context.Context, c *Config) error {
	a, err := openApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	file, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	bar := progress("reading")
	report, err := register.Import(ctx, a.store, console, file, register.Options{Name: filepath.Base(r.File), Size: info.Size(), URL: r.URL, Shrunk: r.Shrunk,
		Progress: func(done, total int64) { bar(int(done), int(total)) }})
	if err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	return report.Write(os.Stdout)
}
