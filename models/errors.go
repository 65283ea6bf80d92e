package models

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	moderncsqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"carecorridor/internal/fault"
)

// asFault gives a database error its kind. Errors that have one already, and nil, pass unchanged.
func asFault(op string, err error) error {
	var known *fault.E
	if err == nil || errors.As(err, &known) {
		return err
	}
	return fault.New(kindOf(err), op, err)
}

func kindOf(err error) fault.Kind {
	var pg *pgconn.PgError
	var lite *moderncsqlite.Error
	var refused *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return fault.Missing
	case errors.As(err, &pg):
		return postgresKind(pg.Code)
	case errors.As(err, &lite):
		return sqliteKind(lite.Code())
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.As(err, &refused),
		errors.As(err, &network), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, sql.ErrTxDone), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF):
		return fault.Busy
	}
	return fault.Broken
}

// postgresKind reads the SQLSTATE (PostgreSQL manual, appendix A). Class 22 is a value the column cannot
// hold: a NUL byte, broken UTF-8, a number out of range.
func postgresKind(code string) fault.Kind {
	switch {
	case code == "23505":
		return fault.Conflict
	case strings.HasPrefix(code, "23"), strings.HasPrefix(code, "22"):
		return fault.Invalid
	case code == "40001", code == "40P01", code == "55P03", code == "57014",
		strings.HasPrefix(code, "57P"), strings.HasPrefix(code, "53"), strings.HasPrefix(code, "08"):
		return fault.Busy
	}
	return fault.Broken
}

func sqliteKind(code int) fault.Kind {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return fault.Conflict
	}
	switch code & 0xff {
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH:
		return fault.Invalid
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT:
		return fault.Busy
	}
	return fault.Broken
}

// worthRetrying: the database undid the transaction because of another one, and the same work may now pass.
func worthRetrying(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	var lite *moderncsqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_BUSY
}

// invalid names the column that cannot be stored.
func invalid(table, column, reason string) error {
	return fault.New(fault.Invalid, "write "+table, fmt.Errorf("%s: %s", column, reason))
}
