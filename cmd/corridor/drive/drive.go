// Package drive sends HTTP requests over kept connections as fast as they are answered, and counts. It costs little
// itself: a request is bytes made beforehand, an answer is read and not kept. It is for measurements on
// loopback, not for talking to servers in general.
package drive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Plan says what to send and when to stop: at Count requests or after Time, whichever is first.
type Plan struct {
	Addr    string              // host:port
	Request func(n int) []byte  // the n-th request, whole; called by several goroutines
	Want    int                 // status every answer must have
	Clients int                 // connections at once
	Count   int                 // at most so many requests
	Time    time.Duration       // at most so long
	Warm    int                 // requests sent before and not counted
	See     func(answer Answer) // hears of answers to a single client; may be nil
}

// Figures is what came of a plan. Bytes is the mean size of a body.
type Figures struct {
	Requests int
	Took     time.Duration
	P50, P99 time.Duration
	Bytes    int
}

// PerSecond is the throughput.
func (f Figures) PerSecond() float64 {
	if f.Took <= 0 {
		return 0
	}
	return float64(f.Requests) / f.Took.Seconds()
}

// Drive runs p. Any answer with another status, and any broken connection, is an error: a fast failure is no speed.
func Drive(ctx context.Context, p Plan) (Figures, error) {
	ctx, cancel := context.WithTimeout(ctx, p.Time+30*time.Second)
	defer cancel()
	d := &run{Plan: p, ctx: ctx}
	if p.Warm > 0 {
		warm := &run{Plan: p, ctx: ctx}
		warm.Count, warm.until = p.Warm, time.Now().Add(p.Time)
		if err := warm.all(); err != nil {
			return Figures{}, err
		}
		d.from = p.Warm
	}
	began := time.Now()
	d.until = began.Add(p.Time)
	if err := d.all(); err != nil {
		return Figures{}, err
	}
	return d.figures(time.Since(began)), nil
}

type run struct {
	Plan
	ctx   context.Context
	from  int
	until time.Time
	next  atomic.Int64
	mu    sync.Mutex
	took  []time.Duration
	bytes int64
	errs  []error
}

func (d *run) all() error {
	var clients sync.WaitGroup
	for range d.Clients {
		clients.Go(func() {
			took, bytes, err := d.client()
			d.mu.Lock()
			defer d.mu.Unlock()
			d.took, d.bytes = append(d.took, took...), d.bytes+bytes
			if err != nil {
				d.errs = append(d.errs, err)
			}
		})
	}
	clients.Wait()
	return errors.Join(d.errs...)
}

func (d *run) client() (took []time.Duration, bytes int64, err error) {
	c, err := Dial(d.ctx, d.Addr)
	if err != nil {
		return nil, 0, err
	}
	defer c.Close()
	took = make([]time.Duration, 0, 1<<14)
	for d.ctx.Err() == nil {
		n := int(d.next.Add(1)) - 1
		if n >= d.Count || time.Now().After(d.until) {
			break
		}
		request := d.Request(d.from + n)
		began := time.Now()
		answer, err := c.Do(request)
		if err != nil {
			return took, bytes, err
		}
		took = append(took, time.Since(began))
		bytes += int64(answer.Bytes)
		if answer.Status != d.Want {
			return took, bytes, fmt.Errorf("status %d, want %d: %.120q", answer.Status, d.Want, request)
		}
		if d.See != nil {
			d.See(answer)
		}
	}
	return took, bytes, d.ctx.Err()
}

func (d *run) figures(took time.Duration) Figures {
	f := Figures{Requests: len(d.took), Took: took}
	if f.Requests == 0 {
		return f
	}
	slices.Sort(d.took)
	f.P50, f.P99 = d.took[f.Requests/2], d.took[f.Requests*99/100]
	f.Bytes = int(d.bytes / int64(f.Requests))
	return f
}
