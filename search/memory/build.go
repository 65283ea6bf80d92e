package memory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"carecorridor/search"
)

// build makes a generation of everything src streams.
func build(ctx context.Context, src search.Source) (*generation, search.BuildInfo, error) {
	ed := startEdit(nil)
	records, err := ed.collect(ctx, src)
	if err != nil {
		return nil, search.BuildInfo{}, err
	}
	var entries []search.Entry
	if src.Entries != nil {
		for e, err := range src.Entries {
			if err = cmp.Or(err, ctxErr(ctx)); err != nil {
				return nil, search.BuildInfo{}, err
			}
			entries = append(entries, e)
		}
	}
	ed.lay(records)
	g := ed.finish(0, time.Time{})
	for k := range g.values {
		for _, v := range g.values[k].list {
			v.docs.RunOptimize()
		}
	}
	g.hints = newHints(entries)
	return g, search.BuildInfo{Docs: len(records), Entries: len(entries)}, nil
}

// collect reads all documents; of two with one id the later counts.
func (ed *edit) collect(ctx context.Context, src search.Source) ([]*record, error) {
	records := make([]*record, 0, src.Total)
	at := make(map[string]int, src.Total)
	if src.Docs == nil {
		return nil, nil
	}
	for d, err := range src.Docs {
		if err = cmp.Or(err, ctxErr(ctx)); err != nil {
			return nil, err
		}
		if err := d.Check(); err != nil {
			return nil, err
		}
		if i, twice := at[d.ID]; twice {
			records[i] = ed.record(d)
			continue
		}
		at[d.ID] = len(records)
		records = append(records, ed.record(d))
		if n := len(records); src.Moved != nil && n%500 == 0 {
			src.Moved(n)
		}
	}
	if src.Moved != nil {
		src.Moved(len(records))
	}
	return records, nil
}

// lay gives out slots so that neighbours are neighbours: the bitmaps of a state or city become a few
// runs, which are counted much faster than scattered bits.
func (ed *edit) lay(records []*record) {
	place := func(r *record) (string, string) { return ed.first(r, state), ed.first(r, city) }
	slices.SortFunc(records, func(a, b *record) int {
		as, ac := place(a)
		bs, bc := place(b)
		return cmp.Or(cmp.Compare(as, bs), cmp.Compare(ac, bc), cmp.Compare(a.ord, b.ord))
	})
	for _, r := range records {
		ed.put(ed.slot(), r)
	}
}

func (ed *edit) first(r *record, k kind) string {
	if v := r.of(k); len(v) > 0 {
		return ed.g.values[k].list[v[0]].text
	}
	return ""
}
