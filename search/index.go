package search

import (
	"context"
	"errors"
	"time"
)

// Clock gives the present instant; engines and the index are handed one.
type Clock func() time.Time

// Index is what the rest of the product asks: it normalises every query, gives each question a deadline
// and counts the time it took. Engines behind it only translate.
type Index struct {
	engine   Engine
	clock    Clock
	deadline time.Duration
}

// NewIndex wraps engine. Questions are given deadline; 0 means two seconds, enough for Failover to try
// its second choice.
func NewIndex(engine Engine, clock Clock, deadline time.Duration) *Index {
	if deadline <= 0 {
		deadline = 2 * time.Second
	}
	return &Index{engine, clock, deadline}
}

// Search answers q after normalising it. Page.Took is the whole time as the caller felt it.
func (x *Index) Search(ctx context.Context, q Query) (Page, error) {
	q, err := q.Normalise()
	if err != nil {
		return Page{}, err
	}
	ctx, done := context.WithTimeout(ctx, x.deadline)
	defer done()
	start := x.clock()
	p, err := x.engine.Search(ctx, q)
	p.Took = x.clock().Sub(start)
	return p, err
}

// Suggest answers at most perKind lines of each kind, kinds in the order of Kinds.
func (x *Index) Suggest(ctx context.Context, text string, perKind int) ([]Suggestion, error) {
	ctx, done := context.WithTimeout(ctx, x.deadline)
	defer done()
	return x.engine.Suggest(ctx, text, min(max(perKind, 1), MaxPerPage))
}

// Apply upserts and deletes, and returns when both can be found. Either list may be empty.
func (x *Index) Apply(ctx context.Context, docs []Doc, gone []string) error {
	var tickets []Ticket
	if len(docs) > 0 {
		t, err := x.engine.Upsert(ctx, docs)
		if err != nil {
			return err
		}
		tickets = append(tickets, t)
	}
	if len(gone) > 0 {
		t, err := x.engine.Delete(ctx, gone)
		if err != nil {
			return err
		}
		tickets = append(tickets, t)
	}
	var errs []error
	for _, t := range tickets {
		errs = append(errs, x.engine.Wait(ctx, t))
	}
	return errors.Join(errs...)
}

// Rebuild replaces everything by what src streams.
func (x *Index) Rebuild(ctx context.Context, src Source) (BuildInfo, error) {
	return x.engine.Rebuild(ctx, src)
}

// Health is the engine's own view of itself.
func (x *Index) Health(ctx context.Context) Health { return x.engine.Health(ctx) }

// Close frees what the engine holds.
func (x *Index) Close() error { return x.engine.Close() }
