// Package rotation exchanges the keys that seal columns and documents and that make blind indexes, while the site
// runs. It is not for the key that signs cookies and links (internal/token), nor for keeping keysets (internal/seal).
package rotation

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/models"
)

// Rotation of one database, one box and one bucket. Only one may run at a time.
type Rotation struct {
	Store     *models.Store
	Box       *seal.Box
	Documents *files.Store // nil when there are none
	// Settle is how long something sealed may take to be committed. So long every replica has had a new key before it
	// is used, and the last look for values under the old key comes so long after the first that found none.
	Settle   time.Duration
	Progress func(what string, done, total int) // may be nil
}

// Report of a run.
type Report struct {
	Added, Promoted, Disabled, Destroyed []string // keys, such as "sealing 123"
	Values                               int      // of columns that were made anew
	Documents                            int      // of the bucket that were
	Orphans                              int      // documents under an old key that belong to no row; left alone
	Left                                 []string // values that do not open with any key, as "table.column id"
	Unindexed                            []string // blind indexes that cannot be made anew, likewise
}

// batch is how many values one transaction makes anew: few, so that nobody waits long for their rows.
const batch = 100

// rounds are how often values under an old key may come back before somebody has to look.
const rounds = 20

// Add puts a key into each keyset in which none waits to be used, and stops there: the first of two steps when
// replicas have copies of the keyset's file.
func (r *Rotation) Add(ctx context.Context) (Report, error) {
	var report Report
	for _, kind := range seal.Kinds {
		if waiting, older := standing(r.Box.Keys(kind)); waiting != 0 || len(older) > 0 {
			continue // a rotation that was begun is carried on
		}
		id, err := r.Box.Add(kind)
		if err != nil {
			return report, err
		}
		report.Added = append(report.Added, name(kind, id))
		if err := r.note(ctx, "keys.add", kind, id, nil); err != nil {
			return report, err
		}
	}
	return report, nil
}

// Run rotates: adds keys, promotes them, makes everything anew and disables the old keys. A run that was ended
// before is carried on where it was. When it returns an error everything still opens.
func (r *Rotation) Run(ctx context.Context) (Report, error) {
	report, err := r.Add(ctx)
	if err == nil {
		err = r.promote(ctx, &report)
	}
	if err == nil {
		err = r.renewAll(ctx, &report)
	}
	if err == nil {
		err = r.disable(ctx, &report)
	}
	return report, err
}

// standing reads a keyset: the key that waits to be promoted, and those in use that are to go.
func standing(keys []seal.Key) (waiting uint32, older []uint32) {
	primary := slices.IndexFunc(keys, func(k seal.Key) bool { return k.Primary })
	for i, k := range keys {
		switch {
		case !k.Enabled || k.Primary:
		case i > primary:
			waiting = k.ID
		default:
			older = append(older, k.ID)
		}
	}
	return waiting, older
}

func (r *Rotation) promote(ctx context.Context, report *Report) error {
	type key struct {
		kind seal.Kind
		id   uint32
	}
	var waits []key
	for _, kind := range seal.Kinds {
		if id, _ := standing(r.Box.Keys(kind)); id != 0 {
			waits = append(waits, key{kind, id})
		}
	}
	if len(waits) == 0 {
		return nil
	}
	if err := r.settle(ctx, "waiting until every replica has the new keys"); err != nil {
		return err
	}
	for _, k := range waits {
		if err := r.Box.Promote(k.kind, k.id); err != nil {
			return err
		}
		report.Promoted = append(report.Promoted, name(k.kind, k.id))
		if err := r.note(ctx, "keys.promote", k.kind, k.id, nil); err != nil {
			return err
		}
	}
	return nil
}

// renewAll goes over everything until nothing is left, twice with a pause between: what was sealed just before a
// key was promoted may be committed after the first look.
func (r *Rotation) renewAll(ctx context.Context, report *Report) error {
	settled := false
	for range rounds {
		found, err := r.round(ctx, report)
		switch {
		case err != nil:
			return err
		case found > 0:
			settled = false
		case settled:
			return nil
		default:
			if err := r.settle(ctx, "waiting for work under the old keys to end"); err != nil {
				return err
			}
			settled = true
		}
	}
	return fmt.Errorf("rotation: values under an old key keep coming: does every replica read the new keyset?")
}

// round makes everything anew once and says how much still was, or was written meanwhile, under an old key.
func (r *Rotation) round(ctx context.Context, report *Report) (found int, err error) {
	report.Left, report.Unindexed, report.Orphans = nil, nil, 0
	for _, c := range models.SealedColumns {
		n, err := r.column(ctx, c, report)
		if err != nil {
			return found, err
		}
		found += n
	}
	for _, b := range models.BlindIndexes {
		n, err := r.index(ctx, b, report)
		if err != nil {
			return found, err
		}
		found += n
	}
	n, err := r.documents(ctx, report)
	return found + n, err
}

func (r *Rotation) disable(ctx context.Context, report *Report) error {
	for _, kind := range seal.Kinds {
		_, older := standing(r.Box.Keys(kind))
		if kind == seal.Indexing && len(older) > 0 && len(report.Unindexed) > 0 {
			return fmt.Errorf("rotation: the old key of blind indexes stays in use: %d cannot be made anew, such as %s",
				len(report.Unindexed), report.Unindexed[0])
		}
		for _, id := range older {
			if err := r.Box.Disable(kind, id); err != nil {
				return err
			}
			report.Disabled = append(report.Disabled, name(kind, id))
			if err := r.note(ctx, "keys.disable", kind, id, report); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Rotation) settle(ctx context.Context, what string) error {
	const step = 200 * time.Millisecond
	for waited := time.Duration(0); waited < r.Settle; waited += step {
		r.progress(what, int(waited/step), int(r.Settle/step))
		t := time.NewTimer(min(step, r.Settle-waited))
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
	return ctx.Err()
}

func (r *Rotation) progress(what string, done, total int) {
	if r.Progress != nil {
		r.Progress(what, done, total)
	}
}

// note tells the audit trail.
func (r *Rotation) note(ctx context.Context, action string, kind seal.Kind, id uint32, report *Report) error {
	facts := map[string]string{"keyset": string(kind)}
	if report != nil {
		facts["values"], facts["documents"] = strconv.Itoa(report.Values), strconv.Itoa(report.Documents)
	}
	return r.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Role: "system", Action: action, On: "key", ID: fmt.Sprint(id), Facts: facts})
	})
}

func name(kind seal.Kind, id uint32) string { return fmt.Sprintf("%s %d", kind, id) }
