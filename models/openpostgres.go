package models

import (
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"carecorridor/internal/fault"
)

// openPostgres sets time-outs on the connection itself, so that a database that is gone or stuck ends a
// request instead of holding it.
func (s *Store) openPostgres(url string) (err error) {
	s.dialect = Postgres
	config, err := postgresConfig(url, s.o)
	if err != nil {
		return err
	}
	s.unbound = func() (*sql.DB, error) {
		free, err := postgresConfig(url, s.o)
		if err != nil {
			return nil, err
		}
		delete(free.RuntimeParams, "statement_timeout")
		return stdlib.OpenDB(*free), nil
	}
	s.pool = stdlib.OpenDB(*config)
	s.pool.SetMaxOpenConns(s.o.MaxConns)
	s.pool.SetMaxIdleConns(s.o.MaxConns)
	s.pool.SetConnMaxIdleTime(5 * time.Minute)
	s.pool.SetConnMaxLifetime(time.Hour)
	s.db, err = gorm.Open(postgres.New(postgres.Config{Conn: s.pool}), gormConfig())
	return asFault("open database", err)
}

func postgresConfig(url string, o Options) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The parser's message repeats the address, which may hold a password.
		return nil, fault.New(fault.Invalid, "open database", errors.New("address of PostgreSQL cannot be read"))
	}
	config.ConnectTimeout = o.ConnectTimeout
	config.RuntimeParams["application_name"] = "corridor"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["statement_timeout"] = strconv.FormatInt(o.StatementTimeout.Milliseconds(), 10)
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "60000"
	return config, nil
}
