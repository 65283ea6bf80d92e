package models

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"carecorridor/internal/fault"
)

//go:embed migrations
var migrations embed.FS

// versionTable is goose's own.
const versionTable = "goose_db_version"

// lockMinutes is how long a replica waits for another one that migrates.
const lockMinutes = 10

func migrationFiles(d Dialect) fs.FS {
	sub, err := fs.Sub(migrations, "migrations/"+string(d))
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// SchemaID is a short name of the schema this program expects: it changes with any migration file.
func SchemaID(d Dialect) string {
	sum := sha256.New()
	files := migrationFiles(d)
	names, err := fs.Glob(files, "*.sql")
	for _, name := range names {
		var text []byte
		if text, err = fs.ReadFile(files, name); err != nil {
			break
		}
		sum.Write(text)
	}
	if err != nil {
		panic(err) // the files are embedded
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// Migrate brings the database to the schema of this program, the job queue's tables included. Any number
// of replicas may call it at once: on PostgreSQL one works and the others wait, asking every second.
func (s *Store) Migrate(ctx context.Context) error { return s.migrateTo(ctx, goose.MaxVersion) }

func (s *Store) migrateTo(ctx context.Context, version int64) error {
	pool := s.pool
	if s.unbound != nil {
		free, err := s.unbound()
		if err != nil {
			return err
		}
		defer free.Close()
		pool = free
	}
	unlock, err := s.lockMigrations(ctx, pool)
	if err != nil {
		return asFault("migrate", err)
	}
	err = s.migrateLocked(ctx, pool, version)
	return asFault("migrate", errors.Join(err, unlock()))
}

func (s *Store) migrateLocked(ctx context.Context, pool *sql.DB, version int64) error {
	if err := s.notNewer(ctx); err != nil {
		return err
	}
	p, err := s.provider(pool)
	if err != nil {
		return err
	}
	if version == goose.MaxVersion {
		_, err = p.Up(ctx)
	} else {
		_, err = p.UpTo(ctx, version)
	}
	if err != nil {
		return err
	}
	return s.queue.Migrate(ctx, pool)
}

// notNewer refuses a database that a newer program has migrated: this one does not know what it may write there.
func (s *Store) notNewer(ctx context.Context) error {
	if err := s.CheckSchema(ctx); errors.Is(err, errNewer) {
		return err
	}
	return nil
}

func (s *Store) provider(pool *sql.DB) (*goose.Provider, error) {
	dialect := goose.DialectPostgres
	if s.dialect == SQLite {
		dialect = goose.DialectSQLite3
	}
	return goose.NewProvider(dialect, pool, migrationFiles(s.dialect),
		goose.WithDisableGlobalRegistry(true), goose.WithSlog(s.o.Logger))
}

// lockMigrations holds a session of its own because the lock belongs to the session, and covers both
// goose and River, which has no lock.
func (s *Store) lockMigrations(ctx context.Context, pool *sql.DB) (unlock func() error, err error) {
	if s.dialect == SQLite {
		return s.lockFile(ctx)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, lockMinutes*60))
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		conn.Close()
		return nil, err
	}
	return func() error {
		return errors.Join(locker.SessionUnlock(context.WithoutCancel(ctx), conn), conn.Close())
	}, nil
}

// lockFile keeps two processes from migrating one SQLite file at once: the row is the lock, and one left
// behind by a process that died is taken over after a minute.
func (s *Store) lockFile(ctx context.Context) (unlock func() error, err error) {
	const table = "CREATE TABLE IF NOT EXISTS migration_lock (id INTEGER PRIMARY KEY, taken_at INTEGER NOT NULL)"
	const take = `INSERT INTO migration_lock (id, taken_at) VALUES (1, unixepoch())
		ON CONFLICT (id) DO UPDATE SET taken_at = excluded.taken_at WHERE taken_at < unixepoch() - 60`
	if _, err := s.pool.ExecContext(ctx, table); err != nil {
		return nil, err
	}
	for {
		done, err := s.pool.ExecContext(ctx, take)
		if err != nil {
			return nil, err
		}
		if n, err := done.RowsAffected(); err != nil || n == 1 {
			return func() error {
				_, err := s.pool.ExecContext(context.WithoutCancel(ctx), "DELETE FROM migration_lock")
				return err
			}, err
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// SchemaVersion is the number of the newest migration the database has, 0 when it is empty.
func (s *Store) SchemaVersion(ctx context.Context) (int64, error) {
	there := "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
	if s.dialect == SQLite {
		there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1"
	}
	var n, version int64
	err := s.pool.QueryRowContext(ctx, there, versionTable).Scan(&n)
	if err == nil && n > 0 {
		err = s.pool.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+versionTable+" WHERE is_applied").Scan(&version)
	}
	return version, asFault("schema version", err)
}

// CheckSchema refuses a database that is older or newer than this program.
func (s *Store) CheckSchema(ctx context.Context) error {
	have, err := s.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	p, err := s.provider(s.pool)
	if err != nil {
		return asFault("check schema", err)
	}
	sources := p.ListSources()
	if err := compare("database schema", have, sources[len(sources)-1].Version); err != nil {
		return err
	}
	haveJobs, wantJobs, err := s.queue.Versions(ctx)
	if err != nil {
		return asFault("check schema", err)
	}
	return compare("job queue schema", int64(haveJobs), int64(wantJobs))
}

var errNewer = errors.New("newer")

func compare(what string, have, want int64) error {
	switch {
	case have < want:
		return fault.New(fault.Conflict, "check schema",
			fmt.Errorf("%s is version %d, older than version %d of this program: run \"corridor migrate\"", what, have, want))
	case have > want:
		return fault.New(fault.Conflict, "check schema",
			fmt.Errorf("%s is version %d, %w than version %d of this program: run a newer program", what, have, errNewer, want))
	}
	return nil
}
