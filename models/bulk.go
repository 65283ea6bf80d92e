package models

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm/schema"

	"carecorridor/internal/when"
)

const (
	copyFrom  = 200   // rows from which PostgreSQL's COPY beats INSERT
	maxParams = 20000 // placeholders in one statement; SQLite allows 32,766 and PostgreSQL 65,535
	maxRows   = 500   // rows in one INSERT
)

// insert adds rows. The generated key is left to the database when the first row has none.
func insert[T any](tx *Tx, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	t := tableOf[T]()
	fields := t.fields
	if t.id != nil {
		if _, zero := t.id.ValueOf(tx.ctx, reflect.ValueOf(&rows[0]).Elem()); zero {
			fields = t.but("id")
		}
	}
	if tx.store.dialect == Postgres && len(rows) >= copyFrom {
		return copyRows(tx, t, fields, rows)
	}
	return insertRows(tx, t, fields, rows)
}

func insertRows[T any](tx *Tx, t *table, fields []*schema.Field, rows []T) error {
	each := min(maxRows, maxParams/len(fields))
	for len(rows) > 0 {
		n := min(each, len(rows))
		if err := insertSome(tx, t, fields, rows[:n], ""); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertSome is one INSERT; suffix is what may follow its values.
func insertSome[T any](tx *Tx, t *table, fields []*schema.Field, rows []T, suffix string) error {
	args := make([]any, 0, len(rows)*len(fields))
	var q strings.Builder
	fmt.Fprintf(&q, "INSERT INTO %s (%s) VALUES ", t.name, quoted(columns(fields)))
	for i := range rows {
		if i > 0 {
			q.WriteByte(',')
		}
		row := reflect.ValueOf(&rows[i]).Elem()
		for k, f := range fields {
			v, err := t.value(f, row)
			if err != nil {
				return err
			}
			args = append(args, v)
			q.WriteString(map[bool]string{true: "(", false: ","}[k == 0])
			q.WriteString(tx.store.placeholder(len(args)))
		}
		q.WriteByte(')')
	}
	q.WriteString(suffix)
	_, err := tx.sql.ExecContext(tx.ctx, q.String(), args...)
	return asFault("write "+t.name, err)
}

// placeholder is the n-th parameter. SQLite takes $1 as well, but as a name it looks up in a list, for each one.
func (s *Store) placeholder(n int) string {
	if s.dialect == SQLite {
		return "?"
	}
	return "$" + strconv.Itoa(n)
}

func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

// copyRows streams rows through PostgreSQL's COPY, inside the transaction: same connection, same checks.
func copyRows[T any](tx *Tx, t *table, fields []*schema.Field, rows []T) error {
	next := 0
	values := make([]any, len(fields))
	source := pgx.CopyFromFunc(func() ([]any, error) {
		if next == len(rows) {
			return nil, nil
		}
		row := reflect.ValueOf(&rows[next]).Elem()
		next++
		for i, f := range fields {
			v, err := t.value(f, row)
			if err != nil {
				return nil, err
			}
			values[i] = copyValue(f, v)
		}
		return values, nil
	})
	err := tx.conn.Raw(func(driver any) error {
		conn, ok := driver.(*stdlib.Conn)
		if !ok {
			return errors.New("connection is not pgx")
		}
		_, err := conn.Conn().CopyFrom(tx.ctx, pgx.Identifier{t.name}, columns(fields), source)
		return err
	})
	return asFault("write "+t.name, err)
}

// copyValue spares pgx reading a date from text.
func copyValue(f *schema.Field, v any) any {
	if text, ok := v.(string); ok && f.FieldType == reflect.TypeFor[when.Date]() {
		if d, err := when.ParseDate(text); err == nil {
			return d.Time()
		}
	}
	return v
}

// update writes all columns of rows that exist, found by their primary key.
func update[T any](tx *Tx, rows []T) error {
	t := tableOf[T]()
	var set []string
	for _, f := range t.fields {
		if !f.PrimaryKey {
			set = append(set, fmt.Sprintf(`"%[1]s" = excluded."%[1]s"`, f.DBName))
		}
	}
	suffix := fmt.Sprintf(" ON CONFLICT (%s) DO UPDATE SET %s", quoted(columns(t.schema.PrimaryFields)), strings.Join(set, ", "))
	each := min(maxRows, maxParams/len(t.fields))
	for len(rows) > 0 {
		n := min(each, len(rows))
		if err := insertSome(tx, t, t.fields, rows[:n], suffix); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// remove deletes rows by id.
func remove[T any](tx *Tx, ids []int64) error {
	for len(ids) > 0 {
		n := min(maxRows, len(ids))
		if err := tx.db.Delete(new(T), ids[:n]).Error; err != nil {
			return asFault("write "+tableOf[T]().name, err)
		}
		ids = ids[n:]
	}
	return nil
}

// nextIDs reserves n consecutive keys and gives the first. Bulk writers hold the catalogue's lock, so the
// sequence gives a run without holes; if another session took one in between, the run is asked for again.
func nextIDs[T any](tx *Tx, n int) (int64, error) {
	name := tableOf[T]().name
	if tx.store.dialect == SQLite {
		var last int64
		err := tx.sql.QueryRowContext(tx.ctx, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = $1), 0)", name).Scan(&last)
		return last + 1, asFault("write "+name, err)
	}
	const reserve = `SELECT min(v), max(v) FROM (
		SELECT nextval(pg_get_serial_sequence($1, 'id')) AS v FROM generate_series(1, $2::bigint)) AS run`
	for range tries {
		var first, last int64
		if err := tx.sql.QueryRowContext(tx.ctx, reserve, name, n).Scan(&first, &last); err != nil {
			return 0, asFault("write "+name, err)
		}
		if last-first+1 == int64(n) {
			return first, nil
		}
	}
	return 0, fmt.Errorf("write %s: keys: no run of %d", name, n)
}

// lock makes bulk writers wait for one another and lifts the time limit of single statements.
func (tx *Tx) lock() error {
	if tx.locked || tx.store.dialect == SQLite {
		return nil
	}
	tx.locked = true
	if err := tx.exec("SET LOCAL statement_timeout = 0"); err != nil {
		return asFault("lock catalogue", err)
	}
	return asFault("lock catalogue", tx.exec("SELECT 1 FROM catalogue_state WHERE id = 1 FOR UPDATE"))
}
