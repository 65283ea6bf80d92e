package models_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/audit"
	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func opened(id int) models.Audited {
	return models.Audited{Person: "p1", Org: "o1", Role: "coordinator", Action: "referral.view", On: "referral", ID: fmt.Sprint("r", id),
		Subject: fmt.Sprint("r", id%2), Why: "worklist", Facts: map[string]string{"version": "3", "fields": "name"}}
}

// trail writes rows numbered from 1, one transaction each.
func trail(t testing.TB, s *models.Store, n int) {
	t.Helper()
	for i := range n {
		err := s.Write(context.Background(), func(tx *models.Tx) error { return tx.Audit(opened(i + 1)) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func verified(t testing.TB, s *models.Store, anchors ...audit.Anchor) audit.Report {
	t.Helper()
	r, err := audit.Verify(context.Background(), s, anchors, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnAuditRowIsKeptWithWhatItTellsOfOrNotAtAll(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		undo := errors.New("undo")
		err := s.Write(ctx, func(tx *models.Tx) error { return errors.Join(tx.Audit(opened(1)), undo) })
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		if r := verified(t, s); r.Rows != 0 || r.Broken != nil {
			t.Errorf("%+v", r)
		}
		write(t, s, func(tx *models.Tx) error { return errors.Join(tx.Audit(opened(1)), tx.Audit(opened(2))) })
		rows, err := s.AuditRows(ctx, 1, 10)
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		r := rows[1]
		if r.Seq != 2 || !r.At.Equal(now) || r.Person != "p1" || r.Org != "o1" || r.Role != "coordinator" || r.Action != "referral.view" ||
			r.OnKind != "referral" || r.OnID != "r2" || r.Subject != "r0" || r.Why != "worklist" || r.Facts != `{"fields":"name","version":"3"}` ||
			r.FactMap()["version"] != "3" || !bytes.Equal(r.PrevHash, rows[0].Hash) || !bytes.Equal(r.Sum(), r.Hash) {
			t.Errorf("%+v", r)
		}
		if got := verified(t, s); got.Rows != 2 || got.Head != 2 || got.Broken != nil {
			t.Errorf("%+v", got)
		}
	})
}

func TestAuditRowsThatCannotBeKeptUndoTheWrite(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		for name, bad := range map[string]models.Audited{
			"no action":      {On: "listing"},
			"no kind":        {Action: "listing.edit"},
			"a NUL byte":     {Action: "listing.edit", On: "listing", ID: "a\x00b"},
			"broken UTF-8":   {Action: "listing.edit", On: "listing", Why: "\xff"},
			"a long reason":  {Action: "listing.edit", On: "listing", Why: strings.Repeat("ü", 1001)},
			"too many facts": {Action: "listing.edit", On: "listing", Facts: map[string]string{"a": strings.Repeat("x", 8000)}},
		} {
			err := s.Write(context.Background(), func(tx *models.Tx) error { return tx.Audit(bad) })
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if r := verified(t, s); r.Rows != 0 {
			t.Errorf("%+v", r)
		}
	})
}

func TestTheDatabaseRefusesToChangeTheTrail(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		trail(t, s, 3)
		attempts := []string{
			"UPDATE audit_rows SET why = 'other' WHERE seq = 2", "DELETE FROM audit_rows WHERE seq = 3", "DELETE FROM audit_rows",
			"UPDATE audit_head SET seq = 2", "UPDATE audit_head SET seq = 4", "UPDATE audit_head SET hash = prev_hash FROM audit_rows WHERE audit_rows.seq = 3",
			"DELETE FROM audit_head", "INSERT INTO audit_head SELECT 2, seq, hash FROM audit_head",
			"INSERT INTO audit_rows SELECT 9, at, person, org, role, action, on_kind, on_id, subject, why, facts, prev_hash, hash FROM audit_rows WHERE seq = 3",
			"INSERT INTO audit_rows SELECT 4, at, person, org, role, action, on_kind, on_id, subject, why, facts, prev_hash, hash FROM audit_rows WHERE seq = 3",
		}
		if s.Dialect() == models.Postgres {
			attempts = append(attempts, "TRUNCATE audit_rows", "TRUNCATE audit_head")
		} else {
			attempts = append(attempts, "INSERT OR REPLACE INTO audit_head SELECT id, 2, hash FROM audit_head", "UPDATE OR REPLACE audit_rows SET seq = 1 WHERE seq = 2",
				"INSERT OR REPLACE INTO audit_rows SELECT 2, at, person, org, role, action, on_kind, on_id, subject, 'other', facts, prev_hash, hash FROM audit_rows WHERE seq = 2")
		}
		for _, query := range attempts {
			if _, err := s.SQL().Exec(query); err == nil {
				t.Errorf("%s: done", query)
			}
		}
		if r := verified(t, s); r.Rows != 3 || r.Broken != nil {
			t.Errorf("%+v", r)
		}
	})
}

func TestWritersAtOnceMakeOneChain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() {
				for n := range 10 {
					errs[i] = errors.Join(errs[i], s.Write(context.Background(), func(tx *models.Tx) error {
						return errors.Join(tx.Audit(opened(n)), tx.Audit(opened(n+1)))
					}))
				}
			})
		}
		for range 3 {
			if r := verified(t, s); r.Broken != nil {
				t.Errorf("while rows are written: %s", r.Broken)
			}
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if r := verified(t, s); r.Rows != 160 || r.Broken != nil {
			t.Errorf("%+v", r)
		}
	})
}

func TestManyRowsOfOneTransactionFollowEachOther(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for i := range 2345 {
				if err := tx.Audit(opened(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if r := verified(t, s); r.Rows != 2345 || r.Broken != nil {
			t.Errorf("%+v", r)
		}
	})
}

func TestAuditPagesAreNewestFirstAndFiltered(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		trail(t, s, 9)
		write(t, s, func(tx *models.Tx) error {
			return tx.Audit(models.Audited{Person: "p2", Org: "o2", Action: "listing.edit", On: "listing", ID: "7"})
		})
		seqs := func(f models.AuditFilter, limit int) (got []int64, next int64) {
			page, err := s.AuditPage(ctx, f, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				got = append(got, r.Seq)
			}
			return got, page.Next
		}
		for name, c := range map[string]struct {
			f     models.AuditFilter
			limit int
			want  []int64
			next  int64
		}{
			"all":            {models.AuditFilter{}, 4, []int64{10, 9, 8, 7}, 7},
			"the next page":  {models.AuditFilter{Before: 7}, 4, []int64{6, 5, 4, 3}, 3},
			"the last page":  {models.AuditFilter{Before: 3}, 4, []int64{2, 1}, 0},
			"a person":       {models.AuditFilter{Person: "p2"}, 4, []int64{10}, 0},
			"an org":         {models.AuditFilter{Org: "o2"}, 4, []int64{10}, 0},
			"an action":      {models.AuditFilter{Action: "listing.edit"}, 4, []int64{10}, 0},
			"a thing":        {models.AuditFilter{On: "referral", ID: "r5"}, 4, []int64{5}, 0},
			"a patient":      {models.AuditFilter{Subject: "r1"}, 9, []int64{9, 7, 5, 3, 1}, 0},
			"nobody":         {models.AuditFilter{Person: "p\x00"}, 9, nil, 0},
			"from that time": {models.AuditFilter{From: now, Person: "p2"}, 9, []int64{10}, 0},
			"before it":      {models.AuditFilter{To: now}, 9, nil, 0},
			"up to later":    {models.AuditFilter{To: now.Add(time.Microsecond), Action: "listing.edit"}, 9, []int64{10}, 0},
		} {
			if got, next := seqs(c.f, c.limit); !slices.Equal(got, c.want) || next != c.next {
				t.Errorf("%s: %v, next %d", name, got, next)
			}
		}
	})
}

func TestAnExportHoldsEveryRowAndRunsNoFormula(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		trail(t, s, 2)
		write(t, s, func(tx *models.Tx) error {
			return tx.Audit(models.Audited{Action: "referral.breakglass", On: "referral", Why: `=HYPERLINK("x"), "now"`})
		})
		var lines, table bytes.Buffer
		if n, err := audit.JSONL(ctx, s, models.AuditFilter{}, &lines); err != nil || n != 3 {
			t.Fatalf("%d, %v", n, err)
		}
		if n, err := audit.CSV(ctx, s, models.AuditFilter{Action: "referral.breakglass"}, &table); err != nil || n != 1 {
			t.Fatalf("%d, %v", n, err)
		}
		rows, err := csv.NewReader(&table).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][9] != `'=HYPERLINK("x"), "now"` {
			t.Errorf("%q, %v", rows, err)
		}
		last := lines.String()[strings.LastIndex(strings.TrimSpace(lines.String()), "\n")+1:]
		var got struct{ At, Why, Hash string }
		if err := json.Unmarshal([]byte(last), &got); err != nil || got.Why != `=HYPERLINK("x"), "now"` || got.At != "2026-11-22T09:30:00.123456Z" || len(got.Hash) != 64 {
			t.Errorf("%s, %v", last, err)
		}
	})
}
