package rotation

import (
	"context"
	"fmt"

	"carecorridor/internal/seal"
	"carecorridor/models"
)

// Need is how much still needs a key.
type Need struct {
	Values    int // of columns
	Documents int // that belong to a row
	Orphans   int // documents that belong to none
}

// Needs counts what is sealed, or indexed, with a key, by looking at all of it.
func (r *Rotation) Needs(ctx context.Context, kind seal.Kind, id uint32) (Need, error) {
	var need Need
	if kind == seal.Indexing {
		for _, b := range models.BlindIndexes {
			n, err := r.Store.CountWith(ctx, b.Table, b.Column, seal.IndexPrefix(id))
			if err != nil {
				return need, err
			}
			need.Values += n
		}
		return need, nil
	}
	for _, c := range models.SealedColumns {
		n, err := r.Store.CountWith(ctx, c.Table, c.Column, seal.Prefix(id))
		if err != nil {
			return need, err
		}
		need.Values += n
	}
	if r.Documents == nil {
		return need, nil
	}
	return need, r.Documents.Each(ctx, func(document string, key uint32) error {
		if key != id {
			return nil
		}
		wanted, err := r.Store.HasDocument(ctx, document)
		if wanted {
			need.Documents++
		} else {
			need.Orphans++
		}
		return err
	})
}

// Retire destroys every disabled key, once a look at everything shows that nothing needs it. With forget, documents
// that belong to no row do not keep a key: they never open again. Backups made before the rotation do not
// open without the old keys either.
func (r *Rotation) Retire(ctx context.Context, forget bool) (Report, error) {
	var report Report
	for _, kind := range seal.Kinds {
		for _, k := range r.Box.Keys(kind) {
			if k.Enabled {
				continue
			}
			need, err := r.Needs(ctx, kind, k.ID)
			if err != nil {
				return report, err
			}
			if need.Values+need.Documents > 0 || need.Orphans > 0 && !forget {
				return report, fmt.Errorf("rotation: key %s is still needed by %d values, %d documents and %d documents without a row",
					name(kind, k.ID), need.Values, need.Documents, need.Orphans)
			}
			if err := r.Box.Destroy(kind, k.ID); err != nil {
				return report, err
			}
			report.Destroyed = append(report.Destroyed, name(kind, k.ID))
			if err := r.note(ctx, "keys.destroy", kind, k.ID, nil); err != nil {
				return report, err
			}
		}
	}
	return report, nil
}
