package audit

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"carecorridor/models"
)

// line is a row as JSON has it: facts are an object, hashes hexadecimal.
type line struct {
	Seq      int64           `json:"seq"`
	At       time.Time       `json:"at"`
	Person   string          `json:"person"`
	Org      string          `json:"org"`
	Role     string          `json:"role"`
	Action   string          `json:"action"`
	On       string          `json:"on"`
	ID       string          `json:"id"`
	Subject  string          `json:"subject"`
	Why      string          `json:"why"`
	Facts    json.RawMessage `json:"facts"`
	PrevHash string          `json:"prev_hash"`
	Hash     string          `json:"hash"`
}

// heading are the columns of CSV.
var heading = []string{"seq", "at", "person", "org", "role", "action", "on", "id", "subject", "why", "facts", "prev_hash", "hash"}

// JSONL writes the rows that a filter chooses, oldest first, one line of JSON each, and says how many.
func JSONL(ctx context.Context, s *models.Store, f models.AuditFilter, w io.Writer) (int, error) {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return each(ctx, s, f, func(r *models.AuditRow) error {
		facts := json.RawMessage(r.Facts)
		if !json.Valid(facts) {
			facts, _ = json.Marshal(r.Facts) // tampered with: still to be seen
		}
		return out.Encode(line{r.Seq, r.At.UTC(), r.Person, r.Org, r.Role, r.Action, r.OnKind, r.OnID, r.Subject, r.Why, facts,
			hexOf(r.PrevHash), hexOf(r.Hash)})
	})
}

// CSV is JSONL as a table, for reading. What a spreadsheet would run as a formula gets an apostrophe, so JSONL is
// the one to compute hashes from.
func CSV(ctx context.Context, s *models.Store, f models.AuditFilter, w io.Writer) (int, error) {
	return table(ctx, s, f, w, func(*models.AuditRow) {})
}

// masked stands for what a row tells of a patient's record.
const masked = "(masked)"

// MaskedCSV is CSV for people who may read the trail and not the records: of rows about a patient's record it leaves out
// which one, why and every fact, and the patient's own id.
func MaskedCSV(ctx context.Context, s *models.Store, f models.AuditFilter, w io.Writer) (int, error) {
	return table(ctx, s, f, w, func(r *models.AuditRow) {
		if r.Subject == "" {
			return
		}
		r.OnID, r.Subject, r.Why, r.Facts = masked, masked, masked, masked
		if r.Role == "patient" {
			r.Person = masked
		}
	})
}

func table(ctx context.Context, s *models.Store, f models.AuditFilter, w io.Writer, mask func(*models.AuditRow)) (int, error) {
	out := csv.NewWriter(w)
	if err := out.Write(heading); err != nil {
		return 0, fmt.Errorf("audit export: %w", err)
	}
	n, err := each(ctx, s, f, func(r *models.AuditRow) error {
		mask(r)
		cells := []string{strconv.FormatInt(r.Seq, 10), r.At.UTC().Format(time.RFC3339Nano), r.Person, r.Org, r.Role, r.Action,
			r.OnKind, r.OnID, r.Subject, r.Why, r.Facts, hexOf(r.PrevHash), hexOf(r.Hash)}
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				cells[i] = "'" + c
			}
		}
		return out.Write(cells)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return n, err
}

func each(ctx context.Context, s *models.Store, f models.AuditFilter, use func(*models.AuditRow) error) (n int, err error) {
	for after := int64(math.MinInt64); ; {
		rows, err := s.AuditRowsOf(ctx, f, after, batch)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for i := range rows {
			if err := use(&rows[i]); err != nil {
				return n, fmt.Errorf("audit export: %w", err)
			}
			n++
		}
		after = rows[len(rows)-1].Seq
	}
}
