package models_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func openStore(t testing.TB, url string) *models.Store {
	t.Helper()
	s, err := models.Open(context.Background(), url, models.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestBothDialectsHaveTheSameMigrations(t *testing.T) {
	t.Parallel()
	a, err := models.MigrationNames(models.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	b, err := models.MigrationNames(models.SQLite)
	if err != nil || len(a) == 0 || !slices.Equal(a, b) {
		t.Fatalf("%v\n%v, %v", a, b, err)
	}
	for i, name := range a {
		if !strings.HasPrefix(name, fmt.Sprintf("%05d_", i+1)) {
			t.Errorf("%s is not number %d", name, i+1)
		}
	}
}

func TestFourReplicasMigrateAtOnce(t *testing.T) {
	t.Parallel()
	testdb.EachEmpty(t, func(t *testing.T, url string) {
		first := openStore(t, url)
		if n, err := first.SchemaVersion(context.Background()); err != nil || n != 0 {
			t.Fatalf("empty database is version %d, %v", n, err)
		}
		errs := make([]error, 4)
		var all sync.WaitGroup
		for i := range errs {
			s := openStore(t, url)
			all.Go(func() { errs[i] = s.Migrate(context.Background()) })
		}
		all.Wait()
		for i, err := range errs {
			if err != nil {
				t.Errorf("replica %d: %v", i, err)
			}
		}
		if err := first.CheckSchema(context.Background()); err != nil {
			t.Error(err)
		}
		furnish(t, first)
	})
}

func TestADatabaseOfAnyOlderVersionIsRefusedAndThenUpgraded(t *testing.T) {
	t.Parallel()
	testdb.EachEmpty(t, func(t *testing.T, url string) {
		ctx := context.Background()
		s := openStore(t, url)
		newest, err := s.Newest()
		if err != nil {
			t.Fatal(err)
		}
		err = s.CheckSchema(ctx)
		wantKind(t, err, fault.Conflict)
		for version := int64(1); version < newest; version++ {
			if err := s.MigrateTo(ctx, version); err != nil {
				t.Fatal(err)
			}
			if version == 1 {
				write(t, s, func(tx *models.Tx) error {
					return tx.Exec("INSERT INTO sources (key, kind, title, publisher, url, licence, published_on, note) VALUES ('old', 'page', 'Old', '', '', '', '', '')")
				})
			}
			if err = s.CheckSchema(ctx); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "older") || !strings.Contains(err.Error(), "corridor migrate") {
				t.Fatalf("version %d: %v", version, err)
			}
		}
		if err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		if err := s.CheckSchema(ctx); err != nil {
			t.Fatal(err)
		}
		if rows, err := s.Sources(ctx); err != nil || len(rows) != 1 || rows[0].Key != "old" {
			t.Errorf("rows of the old version: %+v, %v", rows, err)
		}
		if err := s.Migrate(ctx); err != nil {
			t.Errorf("again: %v", err)
		}
	})
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		if _, err := s.SQL().Exec("INSERT INTO " + models.VersionTable + " (version_id, is_applied) VALUES (999, true)"); err != nil {
			t.Fatal(err)
		}
		err := s.CheckSchema(context.Background())
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "newer") {
			t.Fatal(err)
		}
		if err := s.Migrate(context.Background()); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "newer") {
			t.Errorf("migrating it: %v", err)
		}
	})
}

func TestANewerJobQueueIsRefused(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		if _, err := s.SQL().Exec("INSERT INTO river_migration (line, version) VALUES ('main', 999)"); err != nil {
			t.Fatal(err)
		}
		err := s.CheckSchema(context.Background())
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "job queue") {
			t.Fatal(err)
		}
	})
}
