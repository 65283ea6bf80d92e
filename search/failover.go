package search

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// Failover asks Primary and, when that is down or slow, Fallback. Writes go to both; what happens to the
// fallback never fails a write. It is an Engine.
type Failover struct {
	Primary, Fallback Engine
	// Deadline is how long Primary may take for one question; 0 means 400 ms.
	Deadline time.Duration
	// Rest is how long Primary is left alone after it failed; 0 means two seconds.
	Rest  time.Duration
	Clock Clock

	resting atomic.Int64 // Unix nanoseconds until which Primary is not asked
}

// Search asks Primary first; an answer of Fallback has Page.Fallback set.
func (f *Failover) Search(ctx context.Context, q Query) (Page, error) {
	return ask(ctx, f, func(ctx context.Context, e Engine) (Page, error) {
		p, err := e.Search(ctx, q)
		p.Fallback = e == f.Fallback
		return p, err
	})
}

// Suggest asks Primary first.
func (f *Failover) Suggest(ctx context.Context, text string, perKind int) ([]Suggestion, error) {
	return ask(ctx, f, func(ctx context.Context, e Engine) ([]Suggestion, error) {
		return e.Suggest(ctx, text, perKind)
	})
}

func ask[T any](ctx context.Context, f *Failover, question func(context.Context, Engine) (T, error)) (T, error) {
	if f.down() {
		return question(ctx, f.Fallback)
	}
	limit := f.Deadline
	if limit <= 0 {
		limit = 400 * time.Millisecond
	}
	short, done := context.WithTimeout(ctx, limit)
	defer done()
	v, err := question(short, f.Primary)
	if !elsewhere(err) || ctx.Err() != nil {
		return v, err
	}
	f.rest()
	return question(ctx, f.Fallback)
}

// elsewhere reports whether err is worth asking another engine.
func elsewhere(err error) bool {
	return errors.Is(err, ErrUnavailable) || errors.Is(err, ErrTimeout) || errors.Is(err, ErrNotReady)
}

func (f *Failover) down() bool { return f.Clock().UnixNano() < f.resting.Load() }

func (f *Failover) rest() {
	d := f.Rest
	if d <= 0 {
		d = 2 * time.Second
	}
	f.resting.Store(f.Clock().Add(d).UnixNano())
}

// Upsert writes to both engines; the ticket and the error are Primary's.
func (f *Failover) Upsert(ctx context.Context, docs []Doc) (Ticket, error) {
	_, _ = f.Fallback.Upsert(ctx, docs)
	return f.Primary.Upsert(ctx, docs)
}

// Delete removes from both engines; the ticket and the error are Primary's.
func (f *Failover) Delete(ctx context.Context, ids []string) (Ticket, error) {
	_, _ = f.Fallback.Delete(ctx, ids)
	return f.Primary.Delete(ctx, ids)
}

// Wait waits for Primary.
func (f *Failover) Wait(ctx context.Context, t Ticket) error { return f.Primary.Wait(ctx, t) }

// Health is Primary's; Detail says how Fallback is when Primary is not well.
func (f *Failover) Health(ctx context.Context) Health {
	h := f.Primary.Health(ctx)
	if b := f.Fallback.Health(ctx); !h.OK && b.OK {
		h.Detail += "; " + b.Engine + " answers instead"
	}
	return h
}

// Close closes both.
func (f *Failover) Close() error { return errors.Join(f.Primary.Close(), f.Fallback.Close()) }
