package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/jobs"
)

// Dialect names the kind of database behind a Store.
type Dialect string

// Dialects.
const (
	Postgres Dialect = "postgres"
	SQLite   Dialect = "sqlite"
)

// Options of Open; every zero value has a default.
type Options struct {
	Clock            when.Clock    // when.System
	Logger           *slog.Logger  // discards
	MaxConns         int           // 16
	ConnectTimeout   time.Duration // 5 s, PostgreSQL
	StatementTimeout time.Duration // 15 s, PostgreSQL; bulk writes and migrations have none
	BusyTimeout      time.Duration // 10 s that a writer waits for another one, SQLite
	Moved            func(Moved)   // called after each commit that changed public data; may be nil, must be quick
}

// Moved is what a commit of this process changed. Other processes follow the generation and the jobs.
type Moved struct {
	Providers []int64 // whose search documents changed, by id
	All       bool    // reference data or very many providers changed: everything is to be read anew
}

func (o Options) filled() Options {
	if o.Clock == nil {
		o.Clock = when.System
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.MaxConns <= 0 {
		o.MaxConns = 16
	}
	if o.ConnectTimeout <= 0 {
		o.ConnectTimeout = 5 * time.Second
	}
	if o.StatementTimeout <= 0 {
		o.StatementTimeout = 15 * time.Second
	}
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = 10 * time.Second
	}
	return o
}

// Store is the open database. It is safe for concurrent use.
type Store struct {
	dialect Dialect
	db      *gorm.DB
	pool    *sql.DB
	keep    *sql.Conn // holds a database in memory alive; nil otherwise
	queue   *jobs.Queue
	o       Options
	unbound func() (*sql.DB, error) // another pool on the same database, without statement timeouts; nil: the same pool
}

// Open connects to "postgres://…", "sqlite:PATH" or "sqlite::memory:" and asks once whether it answers.
// It does not migrate. A database that cannot be reached is fault.Busy, an unreadable address fault.Invalid.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	s := &Store{o: o.filled()}
	var err error
	switch {
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		err = s.openPostgres(url)
	case strings.HasPrefix(url, "sqlite:"):
		err = s.openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"))
	default:
		err = fault.New(fault.Invalid, "open database", errors.New(`address must start with "postgres://" or "sqlite:"`))
	}
	if err == nil {
		s.queue, err = jobs.New(s.pool, string(s.dialect), s.o.Logger)
	}
	if err == nil {
		err = s.Ping(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// gormConfig is made anew for each database: one shared between two mixes their dialects (architecture.md §13).
func gormConfig() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard,
		DisableAutomaticPing:   true,
	}
}

// Work starts to work the job queue on this database.
func (s *Store) Work(ctx context.Context, w jobs.Workers, o jobs.Options) (*jobs.Runner, error) {
	return s.queue.Start(ctx, w, o)
}

// Dialect is the kind of database.
func (s *Store) Dialect() Dialect { return s.dialect }

// Ping asks the database for an answer, at most for the connect timeout.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.o.ConnectTimeout)
	defer cancel()
	return asFault("ping database", s.pool.PingContext(ctx))
}

// Close ends all connections.
func (s *Store) Close() error {
	if s.pool == nil {
		return nil
	}
	if s.keep != nil {
		_ = s.keep.Close() // the pool's own Close tells of anything that matters
	}
	if err := s.pool.Close(); err != nil {
		return fmt.Errorf("database close: %w", err)
	}
	return nil
}

// read is a session for single statements.
func (s *Store) read(ctx context.Context) *gorm.DB { return s.db.WithContext(ctx) }

func (s *Store) today() when.Date { return when.TodayIndia(s.o.Clock()) }
