package memory_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/memory"
	"carecorridor/search/searchtest"
)

func filled(b testing.TB, n int) (*memory.Engine, searchtest.World) {
	w := searchtest.Catalogue(n, 10, 1)
	e := memory.New(when.System)
	if _, err := e.Rebuild(context.Background(), w.Source()); err != nil {
		b.Fatal(err)
	}
	return e, w
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1000, 30000} {
		e, w := filled(b, n)
		for _, m := range w.Mixes() {
			b.Run(fmt.Sprintf("%s/%d", m.Name, n), func(b *testing.B) {
				b.ReportAllocs()
				took := make([]time.Duration, 0, 1<<16)
				for i := 0; b.Loop(); i++ {
					start := time.Now()
					if _, err := e.Search(context.Background(), m.Queries[i%len(m.Queries)]); err != nil {
						b.Fatal(err)
					}
					if len(took) < cap(took) {
						took = append(took, time.Since(start))
					}
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns")
				b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
			})
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	for _, n := range []int{1000, 30000} {
		e, _ := filled(b, n)
		typed := []string{"k", "kn", "kne", "hosp", "heart byp", "madr", "orthopeadics", "xyzzyq", "ba", "bade"}
		for _, text := range typed {
			b.Run(fmt.Sprintf("%s/%d", text, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := e.Suggest(context.Background(), text, 5); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkUpsert(b *testing.B) {
	for _, size := range []int{1, 100} {
		e, w := filled(b, 30000)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				from := i * size % 20000
				if _, err := e.Upsert(context.Background(), w.Docs[from:from+size]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRebuild(b *testing.B) {
	w := searchtest.Catalogue(30000, 10, 1)
	for b.Loop() {
		if _, err := memory.New(when.System).Rebuild(context.Background(), w.Source()); err != nil {
			b.Fatal(err)
		}
	}
}

var _ search.Engine = (*memory.Engine)(nil)
