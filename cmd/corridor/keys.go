package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/models"
	"carecorridor/rotation"
)

// keysets says where the keys that seal are kept: where configured, and then they must exist, or in the var folder.
func (c *Config) keysets() seal.Files {
	if c.Keyset == "" {
		return seal.Files{Keyset: filepath.Join(c.Var, "keys", "sealing"), KEK: c.KEK, Make: true}
	}
	return seal.Files{Keyset: c.Keyset, KEK: c.KEK}
}

// box opens the keys that seal what people tell us.
func (c *Config) box() (*seal.Box, error) {
	box, err := c.keysets().Open()
	if err != nil && c.Keyset != "" {
		return nil, fmt.Errorf("CORRIDOR_KEYSET_FILE: %w (corridor keys make makes it)", err)
	}
	return box, err
}

type keysCommand struct {
	List   keysList   `cmd:"" help:"List the keys and what still needs each."`
	Rotate keysRotate `cmd:"" help:"Exchange the keys: new ones, everything sealed anew, old ones disabled. Carries on a rotation that was ended."`
	Retire keysRetire `cmd:"" help:"Destroy disabled keys that nothing needs any more."`
	Enable keysEnable `cmd:"" help:"Let a disabled key open again."`
	Make   keysMake   `cmd:"" help:"Make the configured keysets where they are missing."`
	Copy   keysCopy   `cmd:"" help:"Copy the keysets to another file, encrypted with another KEK or none."`
	Kek    keysKEK    `cmd:"" help:"Make a key that keysets are encrypted with."`
}

// withKeys runs f over the configured database, keysets and documents.
func withKeys(ctx context.Context, c *Config, f func(*rotation.Rotation) error) error {
	return withStore(ctx, c, func(store *models.Store) error {
		box, err := c.box()
		if err != nil {
			return err
		}
		documents, err := files.Folder(filepath.Join(c.Var, "files"), box)
		if err != nil {
			return err
		}
		defer documents.Close()
		return f(&rotation.Rotation{Store: store, Box: box, Documents: documents, Progress: stages()})
	})
}

// stages draws one bar after the other.
func stages() func(what string, done, total int) {
	var now string
	var bar func(done, total int)
	return func(what string, done, total int) {
		if what != now {
			now, bar = what, progress(what)
		}
		bar(done, total)
	}
}

type keysList struct{}

// Run prints ids and counts; a key itself is never shown.
func (keysList) Run(ctx context.Context, c *Config) error {
	return withKeys(ctx, c, func(r *rotation.Rotation) error {
		for _, kind := range seal.Kinds {
			for _, k := range r.Box.Keys(kind) {
				need, err := r.Needs(ctx, kind, k.ID)
				if err != nil {
					return err
				}
				fmt.Printf("%-8s %-10d %-9s %d values, %d documents, %d documents without a row\n", kind, k.ID, standingOf(k), need.Values, need.Documents, need.Orphans)
			}
		}
		return nil
	})
}

func standingOf(k seal.Key) string {
	switch {
	case k.Primary:
		return "primary"
	case k.Enabled:
		return "enabled"
	}
	return "disabled"
}

type keysRotate struct {
	AddOnly bool          `help:"Only add the new keys: when replicas have copies of the file, so that it can be copied before the keys are used."`
	Settle  time.Duration `default:"1m" help:"How long something sealed may take to be committed, and a copied keyset to be read."`
	Retire  bool          `help:"Destroy the old keys at the end. Backups made before do not open without them."`
	Forget  bool          `name:"forget-orphans" help:"With --retire: documents that belong to no row do not keep a key."`
}

// Run says what was done, also when it could not be finished.
func (k *keysRotate) Run(ctx context.Context, c *Config) error {
	return withKeys(ctx, c, func(r *rotation.Rotation) error {
		r.Settle = k.Settle
		if k.AddOnly {
			report, err := r.Add(ctx)
			printRotation(report)
			return err
		}
		report, err := r.Run(ctx)
		printRotation(report)
		if err != nil || !k.Retire {
			return err
		}
		report, err = r.Retire(ctx, k.Forget)
		printRotation(report)
		return err
	})
}

func printRotation(r rotation.Report) {
	for _, l := range []struct {
		what string
		keys []string
	}{{"added", r.Added}, {"promoted", r.Promoted}, {"disabled", r.Disabled}, {"destroyed", r.Destroyed}} {
		if len(l.keys) > 0 {
			fmt.Printf("%s: %s\n", l.what, strings.Join(l.keys, ", "))
		}
	}
	if n := r.Values + r.Documents; n > 0 {
		fmt.Printf("made anew: %d values, %d documents\n", r.Values, r.Documents)
	}
	if r.Orphans > 0 {
		fmt.Printf("left alone: %d documents that belong to no row\n", r.Orphans)
	}
	for _, id := range append(r.Left, r.Unindexed...) {
		fmt.Printf("cannot be made anew: %s\n", id)
	}
}

type keysRetire struct {
	Forget bool `name:"forget-orphans" help:"Documents that belong to no row do not keep a key."`
}

// Run destroys.
func (k *keysRetire) Run(ctx context.Context, c *Config) error {
	return withKeys(ctx, c, func(r *rotation.Rotation) error {
		report, err := r.Retire(ctx, k.Forget)
		printRotation(report)
		return err
	})
}

type keysEnable struct {
	Keyset string `arg:"" enum:"sealing,index" help:"sealing or index."`
	ID     uint32 `arg:"" help:"Number of the key, as listed."`
}

// Run enables.
func (k *keysEnable) Run(c *Config) error {
	box, err := c.box()
	if err != nil {
		return err
	}
	return box.Enable(seal.Kind(k.Keyset), k.ID)
}

type keysMake struct{}

// Run leaves keysets alone that are there.
func (keysMake) Run(c *Config) error {
	where := c.keysets()
	where.Make = true
	_, err := where.Open()
	if err == nil {
		fmt.Printf("keysets %s and %s-index are ready\n", where.Keyset, where.Keyset)
	}
	return err
}

type keysCopy struct {
	File string `arg:"" help:"File to make; the index's keyset is made beside it, ending in -index."`
	KEK  string `name:"with-kek" type:"existingfile" help:"Encrypt the copies with this key; without it they are in clear."`
}

// Run never replaces a file.
func (k *keysCopy) Run(c *Config) error {
	return c.keysets().CopyTo(seal.Files{Keyset: k.File, KEK: k.KEK})
}

type keysKEK struct {
	File string `arg:"" help:"File to make; for CORRIDOR_KEK_FILE."`
}

// Run never replaces a file.
func (k *keysKEK) Run() error { return seal.MakeKEK(k.File) }

// examineKeys says how the keysets are kept and whether a rotation is under way.
func (c *Config) examineKeys(say func(what string, err error, good string)) {
	box, err := c.box()
	if err == nil {
		err = box.Check()
	}
	if err != nil {
		say("keys", err, "")
		return
	}
	kept := "kept in clear, for their owner alone"
	if c.KEK != "" {
		kept = "encrypted with CORRIDOR_KEK_FILE"
	}
	for _, kind := range seal.Kinds {
		enabled := 0
		for _, k := range box.Keys(kind) {
			if k.Enabled {
				enabled++
			}
		}
		if enabled > 1 {
			kept += fmt.Sprintf("; a rotation of %s is not finished: run corridor keys rotate", kind)
		}
	}
	say("keys", nil, kept)
}
