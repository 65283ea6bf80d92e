package search

import (
	"context"
	"iter"
	"sync"
)

// Rebuild streams src once into both engines. The outcome is Primary's; a source that fails leaves both
// as they were.
func (f *Failover) Rebuild(ctx context.Context, src Source) (BuildInfo, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	first, second := newFeed(src), newFeed(Source{Total: src.Total})
	var info BuildInfo
	var err error
	var both sync.WaitGroup
	both.Go(func() { info, err = f.Primary.Rebuild(ctx, first.source()); first.leave() })
	both.Go(func() { _, _ = f.Fallback.Rebuild(ctx, second.source()); second.leave() })
	pour(src.Docs, first.docs, second.docs, first.gone, second.gone)
	pour(src.Entries, first.entries, second.entries, first.gone, second.gone)
	both.Wait()
	return info, err
}

type item[T any] struct {
	value T
	err   error
}

// feed is one engine's end of a shared stream.
type feed struct {
	docs    chan item[Doc]
	entries chan item[Entry]
	gone    chan struct{} // closed when the engine listens no more
	from    Source
}

func newFeed(from Source) *feed {
	return &feed{make(chan item[Doc], 64), make(chan item[Entry], 64), make(chan struct{}), from}
}

func (d *feed) leave() { close(d.gone) }

func (d *feed) source() Source {
	return Source{Docs: drain(d.docs), Entries: drain(d.entries), Total: d.from.Total, Moved: d.from.Moved}
}

func drain[T any](c chan item[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v := range c {
			if !yield(v.value, v.err) {
				return
			}
		}
	}
}

// pour sends every item of in to both channels, dropping what an engine that has left would not take.
func pour[T any](in iter.Seq2[T, error], a, b chan item[T], aGone, bGone chan struct{}) {
	defer close(a)
	defer close(b)
	if in == nil {
		return
	}
	for v, err := range in {
		x := item[T]{v, err}
		left := send(a, x, aGone)
		if !send(b, x, bGone) && !left || err != nil {
			return
		}
	}
}

func send[T any](c chan item[T], x item[T], gone chan struct{}) bool {
	select {
	case c <- x:
		return true
	case <-gone:
		return false
	}
}
