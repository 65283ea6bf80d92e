// Package testdb gives a test databases of its own: SQLite in a temporary file and PostgreSQL as
// CORRIDOR_TEST_POSTGRES names it. It is not for anything but tests.
package testdb

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"

	"carecorridor/models"
)

// Each runs f once on SQLite and once on PostgreSQL, each migrated, empty, and its own. A missing
// PostgreSQL fails the test.
func Each(t *testing.T, f func(t *testing.T, s *models.Store)) {
	t.Helper()
	EachWith(t, models.Options{}, f)
}

// EachWith is Each with options of the store.
func EachWith(t *testing.T, o models.Options, f func(t *testing.T, s *models.Store)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { f(t, open(t, url, o)) })
}

// EachURL is Each for a test that opens the database itself; it is migrated already.
func EachURL(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, sqliteURL(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, postgresURL(t, true)) })
}

// EachEmpty is EachURL on databases without any table.
func EachEmpty(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, "sqlite:"+filepath.Join(t.TempDir(), "corridor.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, postgresURL(t, false)) })
}

// SQLite is one migrated SQLite database.
func SQLite(t testing.TB) *models.Store {
	t.Helper()
	return open(t, sqliteURL(t), models.Options{})
}

// Postgres is one migrated PostgreSQL database.
func Postgres(t testing.TB) *models.Store {
	t.Helper()
	return open(t, postgresURL(t, true), models.Options{})
}

func open(t testing.TB, url string, o models.Options) *models.Store {
	t.Helper()
	s, err := models.Open(context.Background(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// migrated is the content of a SQLite file with all migrations, made once for the process.
var migrated = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "corridor-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "template.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

func migrate(url string) error {
	s, err := models.Open(context.Background(), url, models.Options{})
	if err != nil {
		return err
	}
	if err := s.Migrate(context.Background()); err != nil {
		return fmt.Errorf("%w (close: %v)", err, s.Close())
	}
	return s.Close()
}

func sqliteURL(t testing.TB) string {
	t.Helper()
	content, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "corridor.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

// numbers keeps databases of one process apart; the process id keeps those of several.
var numbers atomic.Int64

func postgresURL(t testing.TB, filled bool) string {
	t.Helper()
	admin, err := postgres()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("corridor_test_%d_%d", os.Getpid(), numbers.Add(1))
	query := "CREATE DATABASE " + name
	if filled {
		template, err := postgresTemplate()
		if err != nil {
			t.Fatal(err)
		}
		query += " TEMPLATE " + template
	}
	if _, err := admin.Exec(query); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	address, err := databaseURL(name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// postgres is a connection to the server's own database.
var postgres = sync.OnceValues(func() (*sql.DB, error) {
	address := os.Getenv("CORRIDOR_TEST_POSTGRES")
	if address == "" {
		return nil, fmt.Errorf("CORRIDOR_TEST_POSTGRES is not set: run tests by scripts/with-services go test ./…")
	}
	return sql.Open("pgx", address)
})

func databaseURL(name string) (string, error) {
	u, err := url.Parse(os.Getenv("CORRIDOR_TEST_POSTGRES"))
	if err != nil {
		return "", fmt.Errorf("CORRIDOR_TEST_POSTGRES cannot be read")
	}
	u.Path = "/" + name
	return u.String(), nil
}

// postgresTemplate is a migrated database that others are copied from. Its name says which schema it
// has, so every process with the same migrations uses the same one; a lock lets one of them make it.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	const lock = 4_115_020
	name := "corridor_template_" + models.SchemaID(models.Postgres)
	ctx := context.Background()
	db, err := postgres()
	if err != nil {
		return "", err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lock); err != nil {
		return "", err
	}
	defer conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", lock)
	var there bool
	err = conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there)
	if err != nil || there {
		return name, err
	}
	return name, makeTemplate(ctx, conn, name)
})

// makeTemplate gives the database its name only when it is whole.
func makeTemplate(ctx context.Context, conn *sql.Conn, name string) error {
	raw := strings.Replace(name, "template", "raw", 1)
	for _, query := range []string{"DROP DATABASE IF EXISTS " + raw + " WITH (FORCE)", "CREATE DATABASE " + raw} {
		if _, err := conn.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	address, err := databaseURL(raw)
	if err != nil {
		return err
	}
	if err := migrate(address); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+raw+" RENAME TO "+name)
	return err
}
