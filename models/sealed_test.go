package models_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/testdb"
	"carecorridor/models"
)

const postgresMarked = `SELECT r.relname || '.' || a.attname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
	JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'c' AND c.conname LIKE '%' || $1`

var column = regexp.MustCompile(`(?m)(?:^|,)\s*"?([a-z_]+)"? BLOB[^,\n]*CONSTRAINT [a-z_0-9]+(_sealed|_index_whole) CHECK`)

// marked are the columns, as table.column, whose CHECK has a name that ends so.
func marked(t *testing.T, s *models.Store, ending string) (all []string) {
	t.Helper()
	if s.Dialect() == models.Postgres {
		return strs(t, s, postgresMarked, ending)
	}
	for _, text := range strs(t, s, "SELECT name || ':' || sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%' || $1 || '%'", ending) {
		table, sql, _ := strings.Cut(text, ":")
		for _, m := range column.FindAllStringSubmatch(sql, -1) {
			if m[2] == ending {
				all = append(all, table+"."+m[1])
			}
		}
	}
	return all
}

func strs(t *testing.T, s *models.Store, query string, args ...any) (all []string) {
	t.Helper()
	rows, err := s.SQL().Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return all
}

func TestKeysRotateForEverySealedColumn(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		var listed, indexes []string
		for _, c := range models.SealedColumns {
			listed = append(listed, c.Table+"."+c.Column)
		}
		for _, b := range models.BlindIndexes {
			indexes = append(indexes, b.Table+"."+b.Column)
			if !slices.Contains(listed, b.Table+"."+b.Sealed) {
				t.Errorf("%s.%s is the index of a column that is not sealed", b.Table, b.Column)
			}
		}
		for ending, have := range map[string][]string{"_sealed": listed, "_index_whole": indexes} {
			want := marked(t, s, ending)
			slices.Sort(want)
			slices.Sort(have)
			if len(want) == 0 || !slices.Equal(want, have) {
				t.Errorf("columns with a CHECK named …%s:\n%v\nlisted in models/sealed.go:\n%v", ending, want, have)
			}
		}
	})
}

// A trigger that refuses every change of a row would keep its sealed columns under the old key for ever.
func TestNoTriggerRefusesASealedColumnItsNewKey(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		for _, c := range models.SealedColumns {
			query := fmt.Sprintf(`SELECT t.tgname || ' ' || p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
				WHERE t.tgrelid = '%s'::regclass AND NOT t.tgisinternal AND t.tgtype & 16 <> 0 AND p.proname = 'written_once'`, c.Table)
			if s.Dialect() == models.SQLite {
				query = fmt.Sprintf(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '%s' AND sql LIKE '%%BEFORE UPDATE%%'
					AND sql NOT LIKE '%%resealing%%' AND (sql LIKE '%%UPDATE ON%%' OR sql LIKE '%%UPDATE OF%% %s%%ON %s%%')`, c.Table, c.Column, c.Table)
			}
			if found := strs(t, s, query); len(found) > 0 {
				t.Errorf("%s.%s: %v; see quotes in migration 00009", c.Table, c.Column, found)
			}
		}
	})
}

func TestAQuoteIsWrittenOnceButForItsSeal(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, asked)
		attempt := func(gate bool, query string) error {
			return s.Write(t.Context(), func(tx *models.Tx) error {
				if gate {
					if err := tx.Exec("INSERT INTO resealing (id) VALUES (1)"); err != nil {
						return err
					}
				}
				if err := tx.Exec(query); err != nil {
					return err
				}
				return tx.Exec("DELETE FROM resealing")
			})
		}
		const seal, price = "UPDATE quotes SET body = x'0109' WHERE id = 'e'", "UPDATE quotes SET total_minor = 2 WHERE id = 'e'"
		reseal := seal
		if s.Dialect() == models.Postgres {
			reseal = strings.Replace(seal, "x'0109'", `'\x0109'`, 1)
		}
		if attempt(false, reseal) == nil || attempt(false, price) == nil || attempt(true, price) == nil {
			t.Error("a quote was changed")
		}
		if err := attempt(true, reseal); err != nil {
			t.Error(err)
		}
	})
}
