package models

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/libtnb/sqlite"
	"gorm.io/gorm"

	"carecorridor/internal/fault"
)

// memories numbers databases in memory, so that two of one process are never the same one.
var memories atomic.Int64

func (s *Store) openSQLite(ctx context.Context, path string) (err error) {
	s.dialect = SQLite
	if path == "" {
		return fault.New(fault.Invalid, "open database", fmt.Errorf("address sqlite: names no file"))
	}
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?"
	if path == ":memory:" {
		name = fmt.Sprintf("file:/corridor-%d?vfs=memdb&", memories.Add(1))
	} else if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fault.New(fault.Invalid, "open database", err)
	}
	s.pool, err = sql.Open(sqlite.DriverName, name+s.sqliteParams())
	if err != nil {
		return asFault("open database", err)
	}
	s.pool.SetMaxOpenConns(s.o.MaxConns)
	s.pool.SetMaxIdleConns(s.o.MaxConns)
	if path == ":memory:" {
		if s.keep, err = s.pool.Conn(ctx); err != nil {
			return asFault("open database", err)
		}
	}
	s.db, err = gorm.Open(sqlite.New(sqlite.Config{Conn: s.pool}), gormConfig())
	return asFault("open database", err)
}

// sqliteParams: busy_timeout comes first because changing the journal already needs a lock. Transactions
// take the write lock at once, or two that began by reading could not both go on. Times are written in one zone and
// one shape, or they would not sort.
func (s *Store) sqliteParams() string {
	return strings.Join([]string{
		fmt.Sprintf("_pragma=busy_timeout(%d)", s.o.BusyTimeout.Milliseconds()),
		"_pragma=journal_mode(WAL)", "_pragma=synchronous(NORMAL)", "_pragma=foreign_keys(1)",
		"_pragma=cache_size(-16000)", "_txlock=immediate", "_time_format=sqlite", "_timezone=UTC",
		"_texttotime=1", "_inttotime=1",
	}, "&")
}
