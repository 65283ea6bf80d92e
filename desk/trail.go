package desk

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"carecorridor/audit"
	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/jobs"
	"carecorridor/models"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Actions of the trail itself.
const (
	actVerify = "audit.verify"     // what the walk found; also the command line's
	actAsk    = "audit.verify.ask" // somebody asked for the walk
)

// trailPage is how many rows a page of the trail has.
const trailPage = 50

// TrailFilter chooses rows of the trail.
type TrailFilter struct {
	Person, Action, On, ID string
	From, To               time.Time
	Before                 int64
}

func (f TrailFilter) rows() models.AuditFilter {
	return models.AuditFilter{Person: f.Person, Action: f.Action, On: f.On, ID: f.ID, From: f.From, To: f.To, Before: f.Before}
}

// TrailRow is a row for people. Of a patient's record what it is about is masked.
type TrailRow struct {
	Seq                       int64
	At                        time.Time
	Person, Name, Role, Org   string
	Action, On, ID, Why, Hash string
	Facts                     map[string]string
	Masked                    bool
}

// Trail is a page of it, newest first.
type Trail struct {
	Rows []TrailRow
	Next int64 // Before of the next page, 0 when there is none
}

// Trail reads a page. AuditRead. Reading is itself in the trail.
func (s *Service) Trail(ctx context.Context, who auth.Actor, f TrailFilter) (Trail, error) {
	if err := auth.May(who, auth.AuditRead, ""); err != nil {
		return Trail{}, err
	}
	page, err := s.Store.AuditPage(ctx, f.rows(), trailPage)
	if err != nil {
		return Trail{}, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(audited(who, string(auth.AuditRead), "audit", "", "", map[string]string{"what": "read", "rows": itoa(len(page.Rows))}))
	})
	if err != nil {
		return Trail{}, err
	}
	out := Trail{Next: page.Next}
	out.Rows, err = s.trailRows(ctx, page.Rows, true)
	return out, err
}

func (s *Service) trailRows(ctx context.Context, rows []models.AuditRow, mask bool) ([]TrailRow, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Person)
	}
	names, err := s.NamesOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	orgs, err := s.orgNames(ctx)
	if err != nil {
		return nil, err
	}
	var out []TrailRow
	for _, r := range rows {
		t := TrailRow{Seq: r.Seq, At: r.At.UTC(), Person: r.Person, Name: names[r.Person], Role: r.Role, Org: orgs[r.Org], Action: r.Action, On: r.OnKind, ID: r.OnID, Why: r.Why,
			Facts: r.FactMap(), Hash: fmt.Sprintf("%x", r.Hash)}
		if r.Person == "console" {
			t.Name = "Command line"
		}
		if mask && r.Subject != "" {
			t.Masked, t.ID, t.Why, t.Facts = true, "", "", nil
			if r.Role == string(auth.Patient) {
				t.Person, t.Name = "", ""
			}
		}
		out = append(out, t)
	}
	return out, nil
}

func (s *Service) orgNames(ctx context.Context) (map[string]string, error) {
	rows, err := s.Store.OrganisationRows(ctx)
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Name
	}
	return out, err
}

// TrailRow reads one row, masked. Unknown is fault.Missing. AuditRead.
func (s *Service) TrailRow(ctx context.Context, who auth.Actor, seq int64) (TrailRow, error) {
	return s.trailRow(ctx, who, seq, true)
}

func (s *Service) trailRow(ctx context.Context, who auth.Actor, seq int64, mask bool) (TrailRow, error) {
	if err := auth.May(who, auth.AuditRead, ""); err != nil {
		return TrailRow{}, err
	}
	rows, err := s.Store.AuditRows(ctx, seq, 1)
	if err != nil {
		return TrailRow{}, err
	}
	if len(rows) == 0 || rows[0].Seq != seq {
		return TrailRow{}, fault.New(fault.Missing, "audit row", nil)
	}
	out, err := s.trailRows(ctx, rows, mask)
	if err != nil {
		return TrailRow{}, err
	}
	return out[0], nil
}

// MaxWhy is how long the reason for looking at a patient's row may be.
const MaxWhy = 500

// Reveal reads one row whole. The patient whose record it is about sees who looked, and why. AuditRead. Field of the
// problems: why.
func (s *Service) Reveal(ctx context.Context, who auth.Actor, seq int64, why string) (TrailRow, check.List, error) {
	row, err := s.trailRow(ctx, who, seq, true)
	if err != nil {
		return row, nil, err
	}
	why = strings.TrimSpace(check.Lines(why))
	var l check.List
	l.Need(len([]rune(why)) >= 10, "why", "Say why you need to see it, in 10 characters or more")
	l.Text("why", "The reason", why, MaxWhy)
	if !l.OK() {
		return row, l, nil
	}
	raw, err := s.Store.AuditRows(ctx, seq, 1)
	if err != nil || len(raw) == 0 {
		return row, nil, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		a := audited(who, string(auth.AuditRead), "audit", strconv.FormatInt(seq, 10), why, map[string]string{"what": "reveal"})
		a.Subject = raw[0].Subject
		return tx.Audit(a)
	})
	if err != nil {
		return row, nil, err
	}
	row, err = s.trailRow(ctx, who, seq, false)
	return row, nil, err
}

// ExportTrail writes the rows of a filter as CSV, patients' masked, and tells the trail. AuditRead.
func (s *Service) ExportTrail(ctx context.Context, who auth.Actor, f TrailFilter, w io.Writer) error {
	if err := auth.May(who, auth.AuditRead, ""); err != nil {
		return err
	}
	n, err := audit.MaskedCSV(ctx, s.Store, f.rows(), w)
	if err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(audited(who, "audit.export", "audit", "", "", map[string]string{"rows": itoa(n)}))
	})
}

// Verified is what the last walk along the chain found.
type Verified struct {
	At      time.Time // zero: never
	Rows    string
	Broken  string // "row 12", "" when the chain is whole
	Running bool   // it was asked for and has not ended
	Asked   time.Time
}

// Verified reads it. AuditRead.
func (s *Service) Verified(ctx context.Context, who auth.Actor) (v Verified, err error) {
	if err := auth.May(who, auth.AuditRead, ""); err != nil {
		return v, err
	}
	last, err := s.Store.LastAudited(ctx, actVerify)
	if err != nil && !fault.Is(err, fault.Missing) {
		return v, err
	}
	seq := int64(0)
	if err == nil {
		facts := last.FactMap()
		v.At, v.Rows, seq = last.At.UTC(), facts["rows"], last.Seq
		if facts["found"] != "nothing" {
			v.Broken = facts["found"]
		}
	}
	asked, err := s.Store.LastAudited(ctx, actAsk)
	if err == nil {
		v.Asked, v.Running = asked.At.UTC(), asked.Seq > seq
	}
	if fault.Is(err, fault.Missing) {
		err = nil
	}
	return v, err
}

// AskVerify queues a walk along the whole chain. AuditRead.
func (s *Service) AskVerify(ctx context.Context, who auth.Actor) error {
	if err := auth.May(who, auth.AuditRead, ""); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.Later(jobs.VerifyAudit{}); err != nil {
			return err
		}
		return tx.Audit(audited(who, actAsk, "audit", "", "", nil))
	})
}

// VerifyAudit is the worker of jobs.VerifyAudit: what it finds is in the trail. A chain that is broken is no error of the
// job: it would be run again.
func (s *Service) VerifyAudit(ctx context.Context) error {
	report, err := audit.Verify(ctx, s.Store, nil, nil)
	if err != nil {
		return err
	}
	facts := map[string]string{"rows": strconv.FormatInt(report.Rows, 10), "anchors": itoa(report.Anchors), "found": "nothing"}
	if report.Broken != nil {
		facts["found"] = "row " + strconv.FormatInt(report.Broken.Seq, 10)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.Audit(models.Audited{Role: "system", Action: actVerify, On: "audit", Facts: facts})
	})
}

// TrailActions are the actions that a filter offers, in the order of the alphabet.
func TrailActions() []string {
	out := []string{"account.sign_in", "account.tell", "audit.export", "audit.verify", "audit.verify.ask", "certificate.expire", "listing.file.read"}
	for _, r := range auth.Policy {
		out = append(out, string(r.Action))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
