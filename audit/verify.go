// Package audit proves that the audit trail is what was written: it walks the chain, signs anchors of its end, and
// exports it. It is not for writing rows (models.Tx.Audit) nor for pages that show them (models.Store.AuditPage).
package audit

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// batch is how many rows are held at once, however long the chain is.
const batch = 1000

// Finding is the first row that is not as it was written.
type Finding struct {
	Seq  int64 // number of the row; of one that is missing, the number it had
	What string
}

// String is one line for people.
func (f Finding) String() string { return fmt.Sprintf("row %d: %s", f.Seq, f.What) }

// Report of a walk along the chain.
type Report struct {
	Rows    int64 // that were walked
	Head    int64 // number of the newest row when the walk began
	Anchors int   // that were met on the way
	Broken  *Finding
}

// Verify walks the whole chain in constant memory and finds the first row that was changed, removed, inserted or
// moved. Rows written meanwhile are left for the next walk. Anchors, sorted or not, catch what the chain alone cannot: rows
// that were all written anew. Progress may be nil.
func Verify(ctx context.Context, s *models.Store, anchors []Anchor, progress func(done, total int)) (Report, error) {
	span, err := s.AuditSpan(ctx)
	if err != nil {
		return Report{}, err
	}
	w := newWalk(span, anchors)
	for w.report.Broken == nil {
		rows, err := w.read(ctx, s)
		if err != nil {
			return w.report, err
		}
		for i := range rows {
			if w.step(&rows[i]); w.report.Broken != nil {
				return w.report, nil
			}
		}
		if len(rows) == 0 || w.last.Seq >= span.Highest {
			w.end()
			break
		}
		if progress != nil {
			progress(int(w.report.Rows), int(span.Seq))
		}
	}
	return w.report, nil
}

// read gives the next rows. One that cannot be read, as SQLite lets any value into any column, is a finding.
func (w *walk) read(ctx context.Context, s *models.Store) ([]models.AuditRow, error) {
	rows, err := w.batch(ctx, s, batch)
	if !fault.Is(err, fault.Broken) {
		return rows, err
	}
	rows, err = w.batch(ctx, s, 1) // one by one, to name it
	if fault.Is(err, fault.Broken) {
		w.broken(w.last.Seq+1, "it cannot be read: %v", err)
		return nil, nil
	}
	return rows, err
}

// batch reads n rows after the last one. The batch begins with that one again, so that a number that is there
// twice is met twice wherever batches end.
func (w *walk) batch(ctx context.Context, s *models.Store, n int) ([]models.AuditRow, error) {
	if !w.met {
		return s.AuditRows(ctx, math.MinInt64, n)
	}
	rows, err := s.AuditRows(ctx, w.last.Seq, n+1)
	if len(rows) > 0 && rows[0].Seq == w.last.Seq && bytes.Equal(rows[0].Hash, w.last.Hash) {
		rows = rows[1:]
	}
	return rows, err
}

// walk is where a verification stands.
type walk struct {
	span    models.AuditSpan
	anchors map[int64]Anchor
	before  int64 // number of the anchor met last
	last    models.AuditRow
	met     bool // any row
	endless bool // the head is gone
	report  Report
}

func newWalk(span models.AuditSpan, anchors []Anchor) *walk {
	w := &walk{span: span, anchors: map[int64]Anchor{}, endless: span.Seq < 0}
	if w.endless {
		w.span.Seq = span.Highest
	}
	w.report.Head = w.span.Seq
	w.last.Hash = make([]byte, 32) // what the first row follows
	for _, a := range anchors {
		if old, twice := w.anchors[a.Seq]; twice && old.Hash != a.Hash {
			w.broken(a.Seq, "two anchors hold different hashes of it")
		}
		w.anchors[a.Seq] = a
	}
	return w
}

func (w *walk) broken(seq int64, what string, args ...any) {
	if w.report.Broken == nil {
		w.report.Broken = &Finding{seq, fmt.Sprintf(what, args...)}
	}
}

// step compares one row with the one before.
func (w *walk) step(r *models.AuditRow) {
	next := w.last.Seq + 1
	switch {
	case w.met && r.Seq == w.last.Seq:
		w.broken(r.Seq, "it is there twice")
	case r.Seq < next:
		w.broken(r.Seq, "it was not written by this program: rows are numbered from 1")
	case r.Seq > w.span.Highest:
		return // written since the walk began
	case r.Seq > next && next <= w.span.Seq:
		w.broken(next, "it is missing")
	case r.Seq > w.span.Seq:
		w.broken(r.Seq, "it is beyond the end of the chain, which is row %d", w.span.Seq)
	case !bytes.Equal(r.Sum(), r.Hash):
		w.changed(r)
	case !bytes.Equal(r.PrevHash, w.last.Hash) && w.met:
		w.broken(w.last.Seq, "it was changed and given a new hash: row %d holds the one it had", r.Seq)
	case !bytes.Equal(r.PrevHash, w.last.Hash):
		w.broken(r.Seq, "it does not begin the chain")
	}
	w.anchored(r)
	w.last, w.met = *r, true
	w.report.Rows++
}

// changed says of a row whose hash is not that of its content what may be known.
func (w *walk) changed(r *models.AuditRow) {
	for _, d := range []int64{-1, 1} {
		was := *r
		was.Seq += d
		switch {
		case !bytes.Equal(was.Sum(), r.Hash):
		case d < 0 && w.met:
			w.broken(was.Seq, "it was inserted: the one after it was written as row %d", was.Seq)
		default:
			w.broken(r.Seq, "it was written as row %d", was.Seq)
		}
	}
	w.broken(r.Seq, "its content is not what was written")
}

func (w *walk) anchored(r *models.AuditRow) {
	a, ok := w.anchors[r.Seq]
	if !ok {
		return
	}
	if a.Hash != hexOf(r.Hash) {
		w.broken(r.Seq, "it is not the row that was anchored on %s: rows after %d were written anew", a.At.Format("2 January 2006"), w.before)
	}
	w.before = r.Seq
	w.report.Anchors++
}

// end compares the last row with the head and with anchors beyond it.
func (w *walk) end() {
	last := w.last.Seq
	switch {
	case w.endless:
		w.broken(last+1, "the record of where the chain ends is missing, so nobody knows whether there were more rows")
	case last < w.span.Seq:
		w.broken(last+1, "it is missing: the chain had %d rows", w.span.Seq)
	case !bytes.Equal(w.last.Hash, w.span.Hash):
		w.broken(last, "it was changed and given a new hash, or the record of the chain's end was")
	}
	for seq := range w.anchors {
		if seq > last {
			w.broken(last+1, "it is missing: an anchor holds row %d", seq)
		}
	}
}
