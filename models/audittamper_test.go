package models_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/audit"
	"carecorridor/internal/testdb"
	"carecorridor/internal/token"
	"carecorridor/models"
)

// length of the chain that is tampered with.
const length = 7

// disarm takes the triggers away, as whoever owns the database can, and remembers the rows.
func disarm(t *testing.T, s *models.Store) (restore func()) {
	t.Helper()
	queries := []string{"ALTER TABLE audit_rows DISABLE TRIGGER USER", "ALTER TABLE audit_head DISABLE TRIGGER USER",
		"ALTER TABLE audit_rows DROP CONSTRAINT audit_rows_pkey", "ALTER TABLE audit_rows DROP CONSTRAINT audit_rows_seq_positive"}
	if s.Dialect() == models.SQLite {
		queries = []string{"DROP TRIGGER audit_rows_moves_head", "DROP TRIGGER audit_rows_written_once", "DROP TRIGGER audit_rows_kept",
			"DROP TRIGGER audit_head_follows", "DROP TRIGGER audit_head_kept", "DROP TRIGGER audit_head_one",
			"CREATE TABLE loose (seq INTEGER, at DATETIME, person, org, role, action, on_kind, on_id, subject, why, facts, prev_hash BLOB, hash BLOB)",
			"INSERT INTO loose SELECT * FROM audit_rows", "DROP TABLE audit_rows", "ALTER TABLE loose RENAME TO audit_rows"}
	}
	execAll(t, s, append(queries, "CREATE TABLE kept_rows AS SELECT * FROM audit_rows", "CREATE TABLE kept_head AS SELECT * FROM audit_head")...)
	return func() {
		execAll(t, s, "DELETE FROM audit_rows", "DELETE FROM audit_head", "INSERT INTO audit_rows SELECT * FROM kept_rows", "INSERT INTO audit_head SELECT * FROM kept_head")
	}
}

func execAll(t *testing.T, s *models.Store, queries ...string) {
	t.Helper()
	for _, q := range queries {
		if _, err := s.SQL().Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// tampering is one way to falsify the trail and the row that must be named.
type tampering struct {
	name string
	do   func(t *testing.T, s *models.Store)
	row  int64
	say  string
}

func statements(q ...string) func(*testing.T, *models.Store) {
	return func(t *testing.T, s *models.Store) { t.Helper(); execAll(t, s, q...) }
}

// otherwise is an SQL expression of another value of a column.
func otherwise(s *models.Store, column string) string {
	switch column {
	case "seq":
		return "seq + 1000"
	case "at":
		if s.Dialect() == models.SQLite {
			return "replace(at, '09:30', '09:31')"
		}
		return "at + interval '1 microsecond'"
	case "hash", "prev_hash":
		if s.Dialect() == models.SQLite {
			return "randomblob(32)"
		}
		return "sha256(" + column + ")"
	}
	return column + " || ' '"
}

func changedColumns(s *models.Store) (all []tampering) {
	_, columns := models.Shape[models.AuditRow]()
	for _, c := range columns {
		for _, at := range []int64{1, 4, length} {
			all = append(all, tampering{fmt.Sprintf("%s of row %d changed", c.Name, at),
				statements(fmt.Sprintf("UPDATE audit_rows SET %s = %s WHERE seq = %d", c.Name, otherwise(s, c.Name), at)), at, ""})
		}
	}
	return all
}

// rehashed changes a row and gives it the hash that it should then have.
func rehashed(seq int64) tampering {
	return tampering{fmt.Sprintf("row %d changed and hashed anew", seq), func(t *testing.T, s *models.Store) {
		t.Helper()
		rows, err := s.AuditRows(context.Background(), seq, 1)
		if err != nil {
			t.Fatal(err)
		}
		r := rows[0]
		r.Why = "another reason"
		_, err = s.SQL().Exec("UPDATE audit_rows SET why = $1, hash = $2 WHERE seq = $3", r.Why, r.Sum(), seq)
		if err != nil {
			t.Fatal(err)
		}
	}, seq, "new hash"}
}

const columnsBut = "at, person, org, role, action, on_kind, on_id, subject, why, facts, prev_hash, hash"

func copyOf(row int, as string) string {
	return fmt.Sprintf("INSERT INTO audit_rows (seq, %s) SELECT %s, %s FROM audit_rows WHERE seq = %d", columnsBut, as, columnsBut, row)
}

func moved() []tampering {
	return []tampering{
		{"first row removed", statements("DELETE FROM audit_rows WHERE seq = 1"), 1, "missing"},
		{"middle row removed", statements("DELETE FROM audit_rows WHERE seq = 4"), 4, "missing"},
		{"last row removed", statements("DELETE FROM audit_rows WHERE seq = 7"), 7, "missing"},
		{"last three removed", statements("DELETE FROM audit_rows WHERE seq > 4"), 5, "missing"},
		{"all removed", statements("DELETE FROM audit_rows"), 1, "missing"},
		{"middle row removed, the rest renumbered", statements("DELETE FROM audit_rows WHERE seq = 4", "UPDATE audit_rows SET seq = seq - 1 WHERE seq > 4"), 4, "row 5"},
		{"row inserted at the end", statements(copyOf(3, "8")), 8, "beyond"},
		{"row inserted far beyond", statements(copyOf(3, "800")), 800, "beyond"},
		{"row inserted before all", statements(copyOf(3, "0")), 0, "numbered from 1"},
		{"row numbered below nothing", statements(copyOf(3, "-9")), -9, "numbered from 1"},
		{"row there twice", statements(copyOf(4, "4")), 4, "twice"},
		{"row inserted in the middle", statements("UPDATE audit_rows SET seq = seq + 1 WHERE seq > 3", copyOf(2, "4")), 4, ""},
		{"neighbours swapped", statements("UPDATE audit_rows SET seq = CASE seq WHEN 3 THEN 4 ELSE 3 END WHERE seq IN (3, 4)"), 3, "row 4"},
		{"first and last swapped", statements("UPDATE audit_rows SET seq = CASE seq WHEN 1 THEN 7 ELSE 1 END WHERE seq IN (1, 7)"), 1, "content"},
		{"the head moved back", statements("UPDATE audit_head SET seq = 5, hash = (SELECT hash FROM audit_rows WHERE seq = 5)"), 6, "beyond"},
		{"the head moved on", statements("UPDATE audit_head SET seq = 9"), 8, "missing"},
		{"the head's hash changed", statements("UPDATE audit_head SET hash = (SELECT hash FROM audit_rows WHERE seq = 5)"), 7, "end"},
		{"the head removed", statements("DELETE FROM audit_head"), 8, "where the chain ends"},
		rehashed(1), rehashed(4), rehashed(length),
	}
}

// unreadable are values that only SQLite lets into a column of another type.
func unreadable(s *models.Store) []tampering {
	if s.Dialect() != models.SQLite {
		return nil
	}
	return []tampering{
		{"a time that is none", statements("UPDATE audit_rows SET at = 'yesterday' WHERE seq = 4"), 4, "cannot be read"},
		{"a text that is missing", statements("UPDATE audit_rows SET why = NULL WHERE seq = 4"), 4, ""},
	}
}

func TestEveryTamperingIsFoundAndItsRowNamed(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		trail(t, s, length)
		restore := disarm(t, s)
		for _, c := range slices.Concat(changedColumns(s), moved(), unreadable(s)) {
			if r := verified(t, s); r.Broken != nil || r.Rows != length {
				t.Fatalf("before %s: %+v", c.name, r)
			}
			c.do(t, s)
			r := verified(t, s)
			if r.Broken == nil || r.Broken.Seq != c.row || !strings.Contains(r.Broken.What, c.say) {
				t.Errorf("%s: %v, want row %d %q", c.name, r.Broken, c.row, c.say)
			}
			restore()
		}
	})
}

// forge writes the whole chain anew from a row on, head included: in itself nothing is wrong with it.
func forge(t *testing.T, s *models.Store, from int64) {
	t.Helper()
	ctx := context.Background()
	rows, err := s.AuditRows(ctx, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	prev := make([]byte, 32)
	for i := range rows {
		r := &rows[i]
		if r.Seq >= from {
			r.Person, r.PrevHash = "somebody else", prev
			r.Hash = r.Sum()
			if _, err := s.SQL().Exec("UPDATE audit_rows SET person = $1, prev_hash = $2, hash = $3 WHERE seq = $4", r.Person, r.PrevHash, r.Hash, r.Seq); err != nil {
				t.Fatal(err)
			}
		}
		prev = r.Hash
	}
	if _, err := s.SQL().Exec("UPDATE audit_head SET hash = $1", prev); err != nil {
		t.Fatal(err)
	}
}

func TestAnAnchorFindsAChainThatWasWrittenAnew(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		var file bytes.Buffer
		for _, n := range []int{2, 3, 2} { // anchors at 2, 5 and 7
			trail(t, s, n)
			a, err := audit.Now(ctx, s, signer(t), func() time.Time { return now })
			if err == nil {
				err = a.Write(&file)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		altered := strings.Replace(file.String(), `"seq":5`, `"seq":4`, 1)
		if _, err := audit.ReadAnchors(strings.NewReader(altered), signer(t), func() time.Time { return now }); err == nil || !strings.Contains(err.Error(), "line 2: not signed") {
			t.Errorf("an anchor whose words were changed: %v", err)
		}
		anchors, err := audit.ReadAnchors(&file, signer(t), func() time.Time { return now })
		if err != nil || len(anchors) != 3 {
			t.Fatalf("%v, %v", anchors, err)
		}
		if r := verified(t, s, anchors...); r.Broken != nil || r.Anchors != 3 {
			t.Errorf("%+v", r)
		}
		restore := disarm(t, s)
		forge(t, s, 4)
		if r := verified(t, s); r.Broken != nil {
			t.Errorf("the forgery is not whole: %s", r.Broken)
		}
		if r := verified(t, s, anchors...); r.Broken == nil || r.Broken.Seq != 5 || !strings.Contains(r.Broken.What, "after 2") {
			t.Errorf("%v", r.Broken)
		}
		restore()
		execAll(t, s, "DELETE FROM audit_rows WHERE seq > 6", "UPDATE audit_head SET seq = 6, hash = (SELECT hash FROM audit_rows WHERE seq = 6)")
		if r := verified(t, s, anchors...); r.Broken == nil || r.Broken.Seq != 7 || !strings.Contains(r.Broken.What, "missing") {
			t.Errorf("the end cut off: %v", r.Broken)
		}
	})
}

func signer(t *testing.T) *token.Signer {
	t.Helper()
	s, err := token.New(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestANumberThatIsThereTwiceIsFoundWhereverBatchesMeet(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for i := range 2100 {
				if err := tx.Audit(opened(i)); err != nil {
					return err
				}
			}
			return nil
		})
		restore := disarm(t, s)
		for _, row := range []int{999, 1000, 1001, 2000, 2100} {
			execAll(t, s, copyOf(row, fmt.Sprint(row)))
			if r := verified(t, s); r.Broken == nil || r.Broken.Seq != int64(row) || !strings.Contains(r.Broken.What, "twice") {
				t.Errorf("row %d: %v", row, r.Broken)
			}
			restore()
		}
	})
}
