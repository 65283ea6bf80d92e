package rotation

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"carecorridor/internal/files"
	"carecorridor/internal/seal"
	"carecorridor/models"
)

// column seals what is stale of one column anew, and says how much there was and is.
func (r *Rotation) column(ctx context.Context, c models.SealedColumn, report *Report) (int, error) {
	prefix := seal.Prefix(r.Box.Primary(seal.Sealing))
	next := func(after any) (models.Renewed, error) {
		return r.Store.Reseal(ctx, c, prefix, after, batch, func(v models.StaleValue) ([]byte, error) {
			at := seal.Place{Table: c.Table, Column: c.Column, ID: v.ID}
			plain, err := r.Box.Open(at, v.Value)
			if err != nil {
				return nil, err
			}
			return r.Box.Seal(at, plain)
		})
	}
	return r.each(ctx, c.Table, c.Column, prefix, next, report, &report.Left)
}

// index computes what is stale of one blind index anew.
func (r *Rotation) index(ctx context.Context, b models.BlindIndex, report *Report) (int, error) {
	prefix := seal.IndexPrefix(r.Box.Primary(seal.Indexing))
	next := func(after any) (models.Renewed, error) {
		return r.Store.Reindex(ctx, b, prefix, after, batch, func(v models.StaleValue) ([]byte, error) { return r.reindexed(b, v) })
	}
	return r.each(ctx, b.Table, b.Column, prefix, next, report, &report.Unindexed)
}

// reindexed opens the value that an index is of. In which shape it was indexed is proved by the old index itself.
func (r *Rotation) reindexed(b models.BlindIndex, v models.StaleValue) ([]byte, error) {
	plain, err := r.Box.Open(seal.Place{Table: b.Table, Column: b.Sealed, ID: v.ID}, v.Aside)
	if err != nil {
		return nil, err
	}
	key, _ := seal.IndexKey(v.Value)
	for _, value := range []string{string(plain), strings.ToLower(strings.TrimSpace(string(plain)))} {
		if bytes.Equal(r.Box.IndexWith(key, b.Purpose, value), v.Value) {
			return r.Box.Index(b.Purpose, value), nil
		}
	}
	return nil, models.ErrLeft
}

// each runs batches until a column has nothing stale but what must be left.
func (r *Rotation) each(ctx context.Context, table, column string, prefix []byte, next func(any) (models.Renewed, error),
	report *Report, unopened *[]string) (int, error) {
	total, err := r.Store.CountStale(ctx, table, column, prefix)
	if err != nil || total == 0 {
		return 0, err
	}
	done, left := 0, 0
	for after := any(nil); ; {
		got, err := next(after)
		if err != nil {
			return done, err
		}
		for _, id := range got.Left {
			*unopened = append(*unopened, table+"."+column+" "+id)
		}
		done, left = done+got.Changed, left+len(got.Left)
		report.Values += got.Changed
		r.progress(table+"."+column, done+left, total)
		if after = got.After; after == nil {
			return max(done, total-left), nil // rows passed over count as found
		}
	}
}

// documents seals what is stale in the bucket anew.
func (r *Rotation) documents(ctx context.Context, report *Report) (found int, err error) {
	if r.Documents == nil {
		return 0, nil
	}
	primary, seen := r.Box.Primary(seal.Sealing), 0
	err = r.Documents.Each(ctx, func(id string, key uint32) error {
		seen++
		r.progress("documents", seen, 0)
		if key == primary {
			return nil
		}
		did, err := r.document(ctx, id, report)
		if did {
			found++
			report.Documents++
		}
		return err
	})
	return found, err
}

// document seals one anew. One without a row may be an upload under way or about to be removed: it is left alone.
func (r *Rotation) document(ctx context.Context, id string, report *Report) (did bool, err error) {
	wanted, err := r.Store.HasDocument(ctx, id)
	if err != nil {
		return false, err
	}
	if !wanted {
		report.Orphans++
		return false, nil
	}
	err = r.Documents.Reseal(ctx, id)
	switch {
	case errors.Is(err, files.ErrMissing):
		return false, nil
	case errors.Is(err, seal.ErrClosed):
		report.Left = append(report.Left, "document "+id)
		return false, nil
	case err != nil:
		return false, err
	}
	if wanted, err = r.Store.HasDocument(ctx, id); err == nil && !wanted {
		err = r.Documents.Delete(ctx, id) // its row went meanwhile, and its content may have come back
	}
	return true, err
}
