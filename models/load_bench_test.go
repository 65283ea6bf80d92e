package models_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

// synthetic is n providers with a certificate and ten packages each.
func synthetic(b testing.TB, ids models.SourceIDs, n int) []models.ProviderBundle {
	out := make([]models.ProviderBundle, n)
	for i := range out {
		h := hospital(b, ids)
		h.Slug, h.Name, h.Origin, h.Sample = fmt.Sprintf("synthetic-%06d", i), fmt.Sprintf("Hospital %d", i), "synthetic", false
		h.Sites, h.Accreditations = h.Sites[:1], h.Accreditations[:1]
		h.Accreditations[0].Events = nil
		k := h.Packages[0]
		k.Items, h.Packages = nil, nil
		for j := range 10 {
			k.Name, k.AmountMinor = fmt.Sprintf("Package %d", j), int64(10000000+i*100+j)
			h.Packages = append(h.Packages, k)
		}
		out[i] = h
	}
	return out
}

// BenchmarkLoad measures a whole load of 30,000 providers and 300,000 packages, the same load again, and
// reading it for an index.
func BenchmarkLoad(b *testing.B) {
	const n = 30000
	for name, open := range map[string]func(testing.TB) *models.Store{"sqlite": testdb.SQLite, "postgres": testdb.Postgres} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s := open(b)
				furnish(b, s)
				var bundles []models.ProviderBundle
				load := func() time.Duration {
					write(b, s, func(tx *models.Tx) error {
						ids, _, err := world(tx)
						if bundles == nil {
							bundles = synthetic(b, ids, n)
						}
						return err
					})
					began := time.Now()
					write(b, s, func(tx *models.Tx) error { _, err := tx.PutProviders(bundles); return err })
					return time.Since(began)
				}
				b.ReportMetric(load().Seconds(), "load-s")
				b.ReportMetric(load().Seconds(), "again-s")
				began, packages := time.Now(), 0
				err := s.EachProvider(context.Background(), 0, 1000, func(bs []models.ProviderBundle) error {
					for _, p := range bs {
						packages += len(p.Packages)
					}
					return nil
				})
				if err != nil || packages < n*9 {
					b.Fatal(packages, err)
				}
				b.ReportMetric(time.Since(began).Seconds(), "read-s")
				if s.Dialect() == models.Postgres {
					b.ReportMetric(plainCopy(b, s).Seconds(), "copy-s")
				}
			}
		})
	}
}

// plainCopy is the limit: the same rows, streamed by COPY into the same tables of another database.
func plainCopy(b *testing.B, from *models.Store) time.Duration {
	reference := []string{"sources", "hubs", "airports", "cities", "specialties", "procedures"}
	measured := []string{"providers", "sites", "facts", "provider_specialties", "provider_languages", "provider_procedures", "accreditations", "packages", "changes"}
	var took time.Duration
	to := testdb.Postgres(b)
	onWire(b, from, func(out *pgconn.PgConn) {
		onWire(b, to, func(in *pgconn.PgConn) {
			ctx := context.Background()
			for _, query := range []string{"SET statement_timeout = 0", "BEGIN", "DELETE FROM catalogue_state"} {
				if _, err := in.Exec(ctx, query).ReadAll(); err != nil {
					b.Fatal(err)
				}
			}
			for i, table := range append(reference, measured...) {
				var rows bytes.Buffer
				if _, err := out.CopyTo(ctx, &rows, "COPY "+table+" TO STDOUT (FORMAT binary)"); err != nil {
					b.Fatal(err)
				}
				began := time.Now()
				if _, err := in.CopyFrom(ctx, &rows, "COPY "+table+" FROM STDIN (FORMAT binary)"); err != nil {
					b.Fatal(err)
				}
				if i >= len(reference) {
					took += time.Since(began)
				}
			}
			began := time.Now()
			if _, err := in.Exec(ctx, "COMMIT").ReadAll(); err != nil {
				b.Fatal(err)
			}
			took += time.Since(began)
		})
	})
	return took
}

func onWire(b *testing.B, s *models.Store, f func(*pgconn.PgConn)) {
	conn, err := s.SQL().Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(driver any) error { f(driver.(*stdlib.Conn).Conn().PgConn()); return nil })
	if err != nil {
		b.Fatal(err)
	}
}
