// Package memory is the search engine that lives in the program: bitmaps per attribute value, sorted
// price lists per node, sorted words. It serves alone where nothing else is configured and stands in when
// Meilisearch is down. It keeps nothing on disk: Rebuild fills it from the database at start.
package memory

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"carecorridor/search"
)

// Name is Page.Engine of every answer.
const Name = "memory"

// Engine answers from one immutable generation; writers make the next one beside it and swap.
type Engine struct {
	clock   search.Clock
	writing sync.Mutex
	current atomic.Pointer[generation]
	number  atomic.Int64
}

// New is an empty engine: it answers ErrNotReady until the first Rebuild or Upsert.
func New(clock search.Clock) *Engine { return &Engine{clock: clock} }

func (e *Engine) ready(ctx context.Context) (*generation, error) {
	if err := ctxErr(ctx); err != nil {
		return nil, err
	}
	g := e.current.Load()
	if g == nil {
		return nil, search.ErrNotReady
	}
	return g, nil
}

func ctxErr(ctx context.Context) error {
	err := ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", search.ErrTimeout, err)
	}
	return err
}

// Search answers q, which it normalises.
func (e *Engine) Search(ctx context.Context, q search.Query) (search.Page, error) {
	q, err := q.Normalise()
	if err != nil {
		return search.Page{}, err
	}
	g, err := e.ready(ctx)
	if err != nil {
		return search.Page{}, err
	}
	start := e.clock()
	p := g.search(q)
	p.Engine, p.AsOf = Name, g.asOf
	p.Took = e.clock().Sub(start)
	return p, nil
}

// Suggest answers at most perKind lines of each kind for what was typed so far.
func (e *Engine) Suggest(ctx context.Context, text string, perKind int) ([]search.Suggestion, error) {
	g, err := e.ready(ctx)
	if err != nil {
		return nil, err
	}
	return g.hints.suggest(text, perKind), nil
}

// Upsert replaces whole documents; they are found when it returns. One bad document refuses all.
func (e *Engine) Upsert(ctx context.Context, docs []search.Doc) (search.Ticket, error) {
	for _, d := range docs {
		if err := d.Check(); err != nil {
			return search.Ticket{}, err
		}
	}
	return e.change(ctx, docs, nil)
}

// Delete removes documents by id; an id that is not there is no error.
func (e *Engine) Delete(ctx context.Context, ids []string) (search.Ticket, error) {
	return e.change(ctx, nil, ids)
}

func (e *Engine) change(ctx context.Context, docs []search.Doc, gone []string) (search.Ticket, error) {
	if err := ctxErr(ctx); err != nil {
		return search.Ticket{}, err
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	n := e.number.Add(1)
	ed := startEdit(e.current.Load())
	ed.remove(gone)
	ed.upsert(docs)
	e.current.Store(ed.finish(n, e.clock()))
	return search.Ticket{ID: n}, nil
}

// Wait returns at once: a write is applied before its ticket exists.
func (e *Engine) Wait(ctx context.Context, _ search.Ticket) error { return ctxErr(ctx) }

// Rebuild makes a new generation of what src streams and swaps it in; on any error the old one stays.
// Readers never wait; writers do.
func (e *Engine) Rebuild(ctx context.Context, src search.Source) (search.BuildInfo, error) {
	e.writing.Lock()
	defer e.writing.Unlock()
	start := e.clock()
	g, info, err := build(ctx, src)
	if err != nil {
		return search.BuildInfo{}, err
	}
	g.number, g.asOf = e.number.Add(1), e.clock()
	e.current.Store(g)
	info.Took = g.asOf.Sub(start)
	return info, nil
}

// Health says how many documents the current generation holds.
func (e *Engine) Health(context.Context) search.Health {
	g := e.current.Load()
	if g == nil {
		return search.Health{Engine: Name, Version: runtime.Version(), Detail: "not built yet"}
	}
	return search.Health{
		OK: true, Engine: Name, Version: runtime.Version(),
		Docs: len(g.best.perm), Generation: fmt.Sprint(g.number),
	}
}

// Close drops everything.
func (e *Engine) Close() error {
	e.current.Store(nil)
	return nil
}
