package meili_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"carecorridor/search/searchtest"
)

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1000, 30000} {
		e, w := opened(b), searchtest.Catalogue(n, 10, 1)
		if _, err := e.Rebuild(context.Background(), w.Source()); err != nil {
			b.Fatal(err)
		}
		for _, m := range w.Mixes() {
			b.Run(fmt.Sprintf("%s/%d", m.Name, n), func(b *testing.B) {
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					start := time.Now()
					if _, err := e.Search(context.Background(), m.Queries[i%len(m.Queries)]); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			})
		}
		b.Run(fmt.Sprintf("upsert/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				k, err := e.Upsert(context.Background(), w.Docs[i%n:i%n+1])
				if err == nil {
					err = e.Wait(context.Background(), k)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
