package testdb

import (
	"database/sql"
	"strings"
	"testing"
)

// Cells is everything that a query finds, cell by cell as text: for a test that looks for what must not be there.
func Cells(t testing.TB, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		into := make([]any, len(names))
		for i := range into {
			into[i] = new(sql.RawBytes)
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, x := range into {
			out = append(out, string(*x.(*sql.RawBytes)))
		}
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

// Dump is every cell of every table, by table.
func Dump(t testing.TB, url string) map[string]string {
	t.Helper()
	db := SQL(t, url)
	query := "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	if strings.HasPrefix(url, "sqlite:") {
		query = "SELECT name FROM sqlite_master WHERE type = 'table'"
	}
	out := map[string]string{}
	for _, table := range Cells(t, db, query) {
		out[table] = strings.Join(Cells(t, db, "SELECT * FROM "+table), "\n")
	}
	return out
}
