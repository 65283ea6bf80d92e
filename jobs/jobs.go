// Package jobs is the queue of work that outlives a request: River on the same database as the data, so
// that a job is queued by the transaction that makes it necessary. It is not for the work itself: each worker is a
// function of the caller.
package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Args is a job: what to do and with what.
type Args interface {
	river.JobArgs
	same() (key string, value any) // the argument that makes two jobs the same; "" when the kind alone does
}

// IndexProvider brings the search document of one provider up to date, or removes it.
type IndexProvider struct {
	ID int64 `json:"id"`
}

// Kind names the job in the database.
func (IndexProvider) Kind() string { return "index_provider" }

func (a IndexProvider) same() (string, any) { return "id", a.ID }

// RebuildIndex makes the whole search index anew.
type RebuildIndex struct{}

// Kind names the job in the database.
func (RebuildIndex) Kind() string { return "rebuild_index" }

func (RebuildIndex) same() (string, any) { return "", nil }

// ExpireCertificates looks for certificates and packages whose validity changed with the Indian day.
type ExpireCertificates struct{}

// Kind names the job in the database.
func (ExpireCertificates) Kind() string { return "expire_certificates" }

func (ExpireCertificates) same() (string, any) { return "", nil }

// Queue adds jobs, and runs them once Start is called.
type Queue struct {
	db     *sql.DB
	lite   bool
	log    *slog.Logger
	client *river.Client[dbTx]
}

// New makes a queue on db; dialect is "postgres" or "sqlite". It asks the database nothing yet.
func New(db *sql.DB, dialect string, log *slog.Logger) (q *Queue, err error) {
	q = &Queue{db: db, lite: dialect == "sqlite", log: slog.New(quiet{log.Handler()})}
	q.client, err = q.make(&river.Config{Logger: q.log, SkipUnknownJobCheck: true, MaxAttempts: attempts})
	return q, err
}

// quiet keeps River's own comings and goings out of the log.
type quiet struct{ slog.Handler }

// Enabled lets warnings and errors through.
func (h quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs stays quiet.
func (h quiet) WithAttrs(a []slog.Attr) slog.Handler { return quiet{h.Handler.WithAttrs(a)} }

// WithGroup stays quiet.
func (h quiet) WithGroup(name string) slog.Handler { return quiet{h.Handler.WithGroup(name)} }

// make hides that the two drivers are two types.
func (q *Queue) make(c *river.Config) (*river.Client[dbTx], error) {
	c.PollOnly = true
	var client *river.Client[dbTx]
	var err error
	if q.lite {
		client, err = river.NewClient(riversqlite.New(q.db), c)
	} else {
		client, err = river.NewClient(riverdatabasesql.New(q.db), c)
	}
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	return client, nil
}

func (q *Queue) migrator(db *sql.DB) (*rivermigrate.Migrator[dbTx], error) {
	c := &rivermigrate.Config{Logger: q.log}
	if q.lite {
		return rivermigrate.New(riversqlite.New(db), c)
	}
	return rivermigrate.New(riverdatabasesql.New(db), c)
}

// Migrate makes or upgrades the queue's own tables through db. It takes no lock: only one may run at a time.
func (q *Queue) Migrate(ctx context.Context, db *sql.DB) error {
	m, err := q.migrator(db)
	if err != nil {
		return fmt.Errorf("job tables: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("job tables: %w", err)
	}
	return nil
}

// Versions are the newest version of the queue's tables in the database, 0 when there are none, and the
// one this program expects.
func (q *Queue) Versions(ctx context.Context) (have, want int, err error) {
	m, err := q.migrator(q.db)
	if err != nil {
		return 0, 0, err
	}
	for _, v := range m.AllVersions() {
		want = max(want, v.Version)
	}
	there := "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'river_migration'"
	if q.lite {
		there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'river_migration'"
	}
	var n int
	err = q.db.QueryRowContext(ctx, there).Scan(&n)
	if err == nil && n > 0 {
		err = q.db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM river_migration").Scan(&have)
	}
	if err != nil {
		return 0, want, fmt.Errorf("job tables: %w", err)
	}
	return have, want, nil
}

// errNoTx: a job outside a transaction would be worked before the data it is about exists.
var errNoTx = errors.New("job needs a transaction")
