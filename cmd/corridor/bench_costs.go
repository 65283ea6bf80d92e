package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"

	"carecorridor/catalogue"
)

// costRounds is how many requests of a kind are counted.
const costRounds = 600

// nowhere is an answer nobody reads.
type nowhere struct {
	head   http.Header
	status int
}

func (w *nowhere) Header() http.Header         { return w.head }
func (w *nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (w *nowhere) WriteHeader(status int)      { w.status = status }

// costs counts what requests allocate inside the front door, the HTTP server's own work left out.
func costs(h http.Handler, ref *catalogue.Reference) (map[string]cost, error) {
	out := map[string]cost{}
	asked := questions(ref)
	for _, kind := range []string{"search", "suggest", "profile", "cached", "304"} {
		requests := make([]*http.Request, 2*costRounds)
		for i := range requests {
			requests[i] = httptest.NewRequest(http.MethodGet, pageOf(kind, asked, 1000, i), nil)
		}
		w := &nowhere{head: http.Header{}}
		ask := func(list []*http.Request, want int) error {
			for _, r := range list {
				clear(w.head)
				w.status = http.StatusOK
				if h.ServeHTTP(w, r); w.status != want {
					return fmt.Errorf("count allocations: %s: status %d", r.URL, w.status)
				}
			}
			return nil
		}
		want := http.StatusOK
		if kind == "304" {
			if err := ask(requests[:1], want); err != nil {
				return nil, err
			}
			want = http.StatusNotModified
			for _, r := range requests {
				r.Header.Set("If-None-Match", w.head.Get("Etag"))
			}
		}
		if err := ask(requests[:costRounds], want); err != nil {
			return nil, err
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		if err := ask(requests[costRounds:], want); err != nil {
			return nil, err
		}
		runtime.ReadMemStats(&after)
		out[kind] = cost{float64(after.Mallocs-before.Mallocs) / costRounds, float64(after.TotalAlloc-before.TotalAlloc) / costRounds}
	}
	return out, nil
}
