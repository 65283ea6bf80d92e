package models_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"testing"

	"carecorridor/audit"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func TestAMaskedExportTellsNothingOfAPatientsRecord(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			for _, a := range []models.Audited{
				{Person: "case", Role: "patient", Action: "referral.view", On: "referral", ID: "case", Subject: "case", Why: "own", Facts: map[string]string{"state": "triage"}},
				{Person: "p1", Role: "coordinator", Action: "referral.view", On: "referral", ID: "case", Subject: "case", Why: "worklist", Facts: map[string]string{"state": "triage"}},
				{Person: "p2", Role: "verifier", Action: "listing.edit", On: "listing", ID: "7", Why: "typing", Facts: map[string]string{"fields": "name"}},
			} {
				if err := tx.Audit(a); err != nil {
					return err
				}
			}
			return nil
		})
		var table bytes.Buffer
		if n, err := audit.MaskedCSV(context.Background(), s, models.AuditFilter{}, &table); err != nil || n != 3 {
			t.Fatalf("%d, %v", n, err)
		}
		rows, err := csv.NewReader(&table).ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%q, %v", rows, err)
		}
		const person, id, subject, why, facts = 2, 7, 8, 9, 10
		for i, wantPerson := range []string{"(masked)", "p1"} {
			r := rows[i+1]
			if r[person] != wantPerson || r[id] != "(masked)" || r[subject] != "(masked)" || r[why] != "(masked)" || r[facts] != "(masked)" {
				t.Errorf("%q", r)
			}
		}
		if r := rows[3]; r[person] != "p2" || r[id] != "7" || r[why] != "typing" || r[facts] != `{"fields":"name"}` {
			t.Errorf("%q", r)
		}
	})
}
