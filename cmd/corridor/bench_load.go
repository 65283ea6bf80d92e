package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"carecorridor/catalogue/seed"
	"carecorridor/catalogue/synthetic"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// loaded are the tables a load fills, parents first.
var loaded = []string{"providers", "sites", "facts", "provider_specialties", "provider_languages", "provider_procedures", "accreditations", "packages", "changes"}

// load measures the large catalogue into PostgreSQL beside plain COPY of the same rows into the same tables.
func (b *bencher) load(ctx context.Context) error {
	b.say("loading %d hospitals into PostgreSQL", b.Large)
	names := []string{fmt.Sprintf("corridor_bench_%d", time.Now().UnixNano()), fmt.Sprintf("corridor_bench_%d_copy", time.Now().UnixNano())}
	admin, err := pgx.Connect(ctx, b.Postgres)
	if err != nil {
		return err
	}
	defer admin.Close(context.WithoutCancel(ctx))
	var stores []*models.Store
	for _, name := range names {
		if _, err := admin.Exec(ctx, "CREATE DATABASE "+name); err != nil {
			return err
		}
		defer func() { _, _ = admin.Exec(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)") }()
		s, err := b.seeded(ctx, name)
		if err != nil {
			return err
		}
		defer s.Close()
		stores = append(stores, s)
	}
	plan := synthetic.Plan{Providers: b.Large, Packages: packages, Seed: 1, Today: today()}
	began := time.Now()
	if err := synthetic.Load(ctx, stores[0], plan); err != nil {
		return err
	}
	b.table.put(b.Large, "load", time.Since(began).Seconds())
	var took [2]time.Duration // the faster counts: one COPY alone was seen to take longer than the load it is to bound
	for i := range took {
		if took[i], err = b.copyRows(ctx, names[0], names[1]); err != nil {
			return err
		}
	}
	b.say("COPY took %v", took)
	b.table.put(b.Large, "copy", min(took[0], took[1]).Seconds())
	return b.sameRows(ctx, names[0], names[1])
}

// sameRows refuses a comparison in which one side wrote less than the other.
func (b *bencher) sameRows(ctx context.Context, one, two string) error {
	var counts [2][]int64
	for i, name := range []string{one, two} {
		conn, err := b.connect(ctx, name)
		if err != nil {
			return err
		}
		for _, table := range loaded {
			var n int64
			if err := conn.QueryRow(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
				return errors.Join(err, conn.Close(ctx))
			}
			counts[i] = append(counts[i], n)
		}
		if err := conn.Close(ctx); err != nil {
			return err
		}
	}
	b.say("rows of %v: loaded %v, copied %v", loaded, counts[0], counts[1])
	if !slices.Equal(counts[0], counts[1]) {
		return fmt.Errorf("the load wrote %v rows and the copy %v", counts[0], counts[1])
	}
	return nil
}

func (b *bencher) seeded(ctx context.Context, name string) (*models.Store, error) {
	address, err := b.database(name)
	if err != nil {
		return nil, err
	}
	s, err := models.Open(ctx, address, models.Options{Clock: when.System})
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	_, err = seed.Load(ctx, s, seed.Options{})
	return s, err
}

func (b *bencher) database(name string) (string, error) {
	u, err := url.Parse(b.Postgres)
	if err != nil {
		return "", fmt.Errorf("address of PostgreSQL cannot be read")
	}
	u.Path = "/" + name
	return u.String(), nil
}

// copyRows times COPY alone: the rows of one database into the emptied tables of the other.
func (b *bencher) copyRows(ctx context.Context, from, to string) (took time.Duration, err error) {
	out, err := b.connect(ctx, from)
	if err != nil {
		return 0, err
	}
	defer out.Close(context.WithoutCancel(ctx))
	in, err := b.connect(ctx, to)
	if err != nil {
		return 0, err
	}
	defer in.Close(context.WithoutCancel(ctx))
	reference := []string{"sources", "hubs", "airports", "cities", "specialties", "procedures"}
	for _, table := range append([]string{"providers"}, reference...) { // without the triggers of what is written once: the database is thrown away
		if _, err := in.Exec(ctx, "SET session_replication_role = replica; TRUNCATE "+table+" CASCADE; RESET session_replication_role"); err != nil {
			return 0, err
		}
	}
	if _, err := in.Exec(ctx, "BEGIN"); err != nil {
		return 0, err
	}
	for i, table := range append(slices.Clone(reference), loaded...) {
		var rows bytes.Buffer
		if _, err := out.PgConn().CopyTo(ctx, &rows, "COPY "+table+" TO STDOUT (FORMAT binary)"); err != nil {
			return 0, err
		}
		began := time.Now()
		if _, err := in.PgConn().CopyFrom(ctx, &rows, "COPY "+table+" FROM STDIN (FORMAT binary)"); err != nil {
			return 0, err
		}
		if i >= len(reference) {
			took += time.Since(began)
		}
	}
	began := time.Now()
	_, err = in.Exec(ctx, "COMMIT")
	return took + time.Since(began), err
}

func (b *bencher) connect(ctx context.Context, name string) (*pgx.Conn, error) {
	address, err := b.database(name)
	if err != nil {
		return nil, err
	}
	return pgx.Connect(ctx, address)
}
