package models

import (
	"context"
	"database/sql"
	"io/fs"
	"reflect"

	"carecorridor/internal/when"
)

// SQL is the pool, for tests that look below the Store.
func (s *Store) SQL() *sql.DB { return s.pool }

// MigrateTo stops at a version.
func (s *Store) MigrateTo(ctx context.Context, version int64) error { return s.migrateTo(ctx, version) }

// Newest is the newest version this program has.
func (s *Store) Newest() (int64, error) {
	p, err := s.provider(s.pool)
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, source := range p.ListSources() {
		newest = max(newest, source.Version)
	}
	return newest, nil
}

// MigrationNames are the file names of a dialect.
func MigrationNames(d Dialect) ([]string, error) { return fs.Glob(migrationFiles(d), "*.sql") }

// VersionTable is goose's own.
const VersionTable = versionTable

// Column of a row struct.
type Column struct {
	Name     string
	Nullable bool
	Key      bool
}

// Shape is what a row struct says of its table.
func Shape[T any]() (name string, columns []Column) {
	t := tableOf[T]()
	for _, f := range t.fields {
		columns = append(columns, Column{f.DBName, nullable(f.FieldType), f.PrimaryKey})
	}
	return t.name, columns
}

// nullable: pointers may be NULL, a date that is not known is, and a sealed column whose content was erased.
func nullable(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t == reflect.TypeFor[when.Date]() || t == reflect.TypeFor[Sealed]()
}

// Exec runs one statement in the transaction.
func (tx *Tx) Exec(query string, args ...any) error { return asFault("test", tx.exec(query, args...)) }

// Insert adds rows without comparing.
func Insert[T any](tx *Tx, rows ...T) error { return insert(tx, rows) }
