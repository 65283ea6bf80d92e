package models_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

// BenchmarkWrite compares a transaction that adds one row with the same one that is audited: writers of audited
// transactions wait for each other at the end of the chain.
func BenchmarkWrite(b *testing.B) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		for _, audited := range []bool{false, true} {
			for _, writers := range []int{1, 16} {
				b.Run(fmt.Sprintf("%s/audited=%v/writers=%d", dialect, audited, writers), func(b *testing.B) {
					s := benchStore(b, dialect)
					b.ReportAllocs()
					b.ResetTimer() // making a database is no part of it
					var all sync.WaitGroup
					left := atomic.Int64{}
					left.Store(int64(b.N))
					for range writers {
						all.Go(func() {
							for left.Add(-1) >= 0 {
								if err := s.Write(context.Background(), func(tx *models.Tx) error { return thin(tx, audited) }); err != nil {
									b.Error(err)
									return
								}
							}
						})
					}
					all.Wait()
					b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
				})
			}
		}
	}
}

func benchStore(b *testing.B, dialect string) *models.Store {
	b.Helper()
	if dialect == "sqlite" {
		return testdb.SQLite(b)
	}
	return testdb.Postgres(b)
}

var thins atomic.Int64

// thin adds one row.
func thin(tx *models.Tx, audited bool) error {
	err := tx.Exec("INSERT INTO sources (key, kind, title, publisher, url, licence, published_on, note) VALUES (?, 'page', 'T', '', '', '', '', '')", fmt.Sprint(thins.Add(1)))
	if err != nil || !audited {
		return err
	}
	return tx.Audit(opened(1))
}
