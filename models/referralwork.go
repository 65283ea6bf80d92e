package models

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// WorkQuery chooses referrals for a worklist. The scope comes first and is never widened by the rest: exactly one of
// Practice, Hospital and Desk is set.
type WorkQuery struct {
	Practice string // id of the practice: what it wrote
	Hospital string // id of the hospital's organisation: what it was sent
	Desk     bool   // everything that was sent to the alliance

	States    []string
	Responses []string // of the hospital
	Flag      string
	Clinician string
	Reference string
	LateAt    time.Time // only those with something due before this moment
	Timers    []string  // whose due times count; none: all
	Spoken    []string  // the events whose entries count as new messages
	Sort      string    // due | newest | oldest
	Limit     int
	Offset    int
}

// WorkRow is one referral of a worklist, with the hospital's own row when there is one.
type WorkRow struct {
	Referral
	HospitalID string
	Response   string
	Unread     int64
}

func (q WorkQuery) on(db *gorm.DB) *gorm.DB {
	db = db.Table("referrals AS r").Where("r.erased_at IS NULL")
	switch {
	case q.Practice != "":
		db = db.Where("r.org_id = ?", q.Practice)
	case q.Hospital != "":
		db = db.Joins("JOIN referral_providers AS p ON p.referral_id = r.id AND p.org = ? AND p.sent_at IS NOT NULL", q.Hospital).
			Where("r.ending <> 'entered_in_error' AND NOT (p.response IN ('', 'withdrawn', 'not_selected', 'lapsed', 'declined') AND p.deleted_at IS NOT NULL)")
	case q.Desk:
		db = db.Where("r.state <> 'draft' AND r.sent_at IS NOT NULL OR r.state = 'awaiting_consent'")
	default:
		db = db.Where("1 = 0")
	}
	if q.Flag != "" {
		db = db.Where("' ' || r.flags || ' ' LIKE ?", "% "+q.Flag+" %")
	}
	if q.Clinician != "" {
		db = db.Where("r.clinician = ?", q.Clinician)
	}
	if q.Reference != "" {
		db = db.Where("r.reference = ?", q.Reference)
	}
	if len(q.Responses) > 0 && q.Hospital != "" {
		db = db.Where("p.response IN ?", q.Responses)
	}
	if !q.LateAt.IsZero() {
		db = db.Where("("+q.due("min(c.due_at)")+") < ?", append(q.dueArgs(), q.LateAt)...)
	}
	return db
}

// due is the subquery for what is due first; of a hospital, on its own timers.
func (q WorkQuery) due(what string) string {
	sql := "SELECT " + what + " FROM referral_clocks c WHERE c.referral_id = r.id AND c.due_at IS NOT NULL"
	if q.Hospital != "" {
		sql += " AND (c.hospital_id = p.id OR c.hospital_id = '' AND p.response = 'selected')"
	}
	if len(q.Timers) > 0 {
		sql += " AND c.timer IN ?"
	}
	return sql
}

func (q WorkQuery) dueArgs() []any {
	if len(q.Timers) > 0 {
		return []any{q.Timers}
	}
	return nil
}

// Worklist reads a page of referrals and how many there are.
func (s *Store) Worklist(ctx context.Context, q WorkQuery, side string) ([]WorkRow, int64, error) {
	var total int64
	states := func(db *gorm.DB) *gorm.DB {
		if len(q.States) > 0 {
			return db.Where("r.state IN ?", q.States)
		}
		return db
	}
	if err := states(q.on(s.read(ctx))).Count(&total).Error; err != nil {
		return nil, 0, asFault("worklist", err)
	}
	columns := "r.*, "
	if q.Hospital != "" {
		columns += "p.id AS hospital_id, p.response, "
	}
	columns += "(SELECT count(*) FROM referral_entries e WHERE e.referral_id = r.id AND e.event IN ? AND e.read_" + side + "_at IS NULL"
	if q.Hospital != "" {
		columns += " AND e.hospital_id = p.id"
	}
	columns += ") AS unread"
	db := states(q.on(s.read(ctx))).Select(columns, q.Spoken)
	switch q.Sort {
	case "newest":
		db = db.Order("r.created_at DESC, r.id")
	case "oldest":
		db = db.Order("r.created_at, r.id")
	default:
		// "9" comes after every date: what has nothing due is last, on both databases
		db = db.Order(clause.OrderBy{Expression: clause.Expr{SQL: "coalesce(CAST((" + q.due("min(c.due_at)") + ") AS text), '9'), r.created_at, r.id", Vars: q.dueArgs()}})
	}
	var rows []WorkRow
	err := db.Limit(q.Limit).Offset(q.Offset).Scan(&rows).Error
	return rows, total, asFault("worklist", err)
}

// ReferralClocksOf are the running timers of many referrals that are due at some time, the first due first.
func (s *Store) ReferralClocksOf(ctx context.Context, referrals, timers []string) (map[string][]ReferralClock, error) {
	var rows []ReferralClock
	db := s.read(ctx).Where("referral_id IN ? AND due_at IS NOT NULL", referrals)
	if len(timers) > 0 {
		db = db.Where("timer IN ?", timers)
	}
	err := db.Order("due_at, timer").Find(&rows).Error
	out := map[string][]ReferralClock{}
	for _, r := range rows {
		out[r.ReferralID] = append(out[r.ReferralID], r)
	}
	return out, asFault("referral clocks", err)
}

// WorkCounts counts the referrals of a scope by state.
func (s *Store) WorkCounts(ctx context.Context, q WorkQuery) (map[string]int, error) {
	var rows []struct {
		State string
		N     int
	}
	err := q.on(s.read(ctx)).Select("r.state, count(*) AS n").Group("r.state").Scan(&rows).Error
	out := map[string]int{}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, asFault("worklist", err)
}

// SectionsNamed are sections of many referrals.
func (s *Store) SectionsNamed(ctx context.Context, referrals []string, names ...string) ([]ReferralSection, error) {
	var rows []ReferralSection
	return rows, asFault("referral sections", s.read(ctx).Where("referral_id IN ? AND name IN ?", referrals, names).Find(&rows).Error)
}

// DisclosedTo gives what a hospital was given of many referrals, by the referral's id.
func (s *Store) DisclosedTo(ctx context.Context, org string, referrals []string) (map[string]ReferralProvider, error) {
	var rows []ReferralProvider
	err := s.read(ctx).Where("org = ? AND referral_id IN ?", org, referrals).Find(&rows).Error
	out := map[string]ReferralProvider{}
	for _, r := range rows {
		out[r.ReferralID] = r
	}
	return out, asFault("disclosed", err)
}

// ReferralConsentsOf are the consents of many referrals.
func (s *Store) ReferralConsentsOf(ctx context.Context, referrals []string) (map[string][]ReferralConsent, error) {
	var rows []ReferralConsent
	err := s.read(ctx).Where("referral_id IN ?", referrals).Order("given_at, id").Find(&rows).Error
	out := map[string][]ReferralConsent{}
	for _, r := range rows {
		out[r.ReferralID] = append(out[r.ReferralID], r)
	}
	return out, asFault("consents", err)
}

// ProfessionalRow is a check beside the role and organisation it is for.
type ProfessionalRow struct {
	ProfessionalCheck
	Role    string
	OrgID   string
	OdsCode *string // of a practice
	Email   Sealed  // of the person
}

// ProfessionalChecks are all, of people who act as referrers or hospitals' clinicians now.
func (s *Store) ProfessionalChecks(ctx context.Context) ([]ProfessionalRow, error) {
	var rows []ProfessionalRow
	err := s.read(ctx).Table("professional_checks AS c").Select("c.*, m.role, m.org_id, o.ods_code, p.email").Joins("JOIN people AS p ON p.id = c.person_id").
		Joins("JOIN memberships AS m ON m.person_id = c.person_id AND m.state = 'active' AND m.role IN ('referrer', 'provider_clinician')").Joins("JOIN organisations AS o ON o.id = m.org_id").
		Order("c.updated_at, c.person_id, m.role").Scan(&rows).Error
	return rows, asFault("professional checks", err)
}
