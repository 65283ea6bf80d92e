package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"carecorridor/internal/when"
)

// ListingByID reads a listing whole, withdrawn ones too, with the sources its rows name. Unknown is fault.Missing.
func (s *Store) ListingByID(ctx context.Context, provider int64) (*Profile, error) {
	db := s.read(ctx)
	one := make([]ProviderBundle, 1)
	if err := db.Where("id = ?", provider).Take(&one[0].Provider).Error; err != nil {
		return nil, asFault("listing", err)
	}
	p := &Profile{Sources: make(map[int64]Source)}
	ids := []int64{provider}
	err := first(
		func() error { return children(db, ids, one) },
		func() error { return people(db, ids, one) },
		func() error { return places(db, one) },
		func() error { p.ProviderBundle = one[0]; return s.sourcesOf(ctx, p) },
	)
	return p, asFault("listing", err)
}

// Drafts are a listing's proposed values, by path.
func (s *Store) Drafts(ctx context.Context, provider int64) ([]ListingDraft, error) {
	return drafts(s.read(ctx), provider)
}

func drafts(db *gorm.DB, provider int64) ([]ListingDraft, error) {
	var rows []ListingDraft
	err := db.Where("provider_id = ?", provider).Order("path").Find(&rows).Error
	for i := range rows {
		rows[i].At = rows[i].At.UTC()
	}
	return rows, asFault("drafts", err)
}

// VerificationFilter narrows a list of checks; zero fields do not.
type VerificationFilter struct {
	States   []string
	Kind     string
	Section  string // first part of the unit
	Provider int64
	NotBy    string // leaves out what this person wrote or approved first
	NotOrg   int64  // leaves out this listing's
	After    string // id of the last one of the page before
}

// VerificationLine is a check beside the listing it is about.
type VerificationLine struct {
	Verification
	Slug, Hospital string // "" when it is not listed yet
}

// Verifications reads checks, oldest first, at most limit.
func (s *Store) Verifications(ctx context.Context, f VerificationFilter, limit int) ([]VerificationLine, error) {
	db := f.on(s.read(ctx)).Select("v.*, coalesce(p.slug, '') AS slug, coalesce(p.name, v.name) AS hospital").
		Joins("LEFT JOIN providers AS p ON p.id = v.provider_id")
	if f.After != "" {
		db = db.Where("(v.sent_at, v.id) > (SELECT w.sent_at, w.id FROM verifications w WHERE w.id = ?)", f.After)
	}
	var rows []VerificationLine
	err := db.Order("v.sent_at, v.id").Limit(limit).Scan(&rows).Error
	return rows, asFault("verifications", err)
}

// CountVerifications counts what a filter finds and gives the first day of it; After does not matter.
func (s *Store) CountVerifications(ctx context.Context, f VerificationFilter) (n int64, oldest time.Time, err error) {
	if err = f.on(s.read(ctx)).Count(&n).Error; err != nil || n == 0 {
		return n, oldest, asFault("verifications", err)
	}
	var one Verification
	err = f.on(s.read(ctx)).Select("v.sent_at").Order("v.sent_at, v.id").Limit(1).Scan(&one).Error
	return n, one.SentAt.UTC(), asFault("verifications", err)
}

func (f VerificationFilter) on(db *gorm.DB) *gorm.DB {
	db = db.Table("verifications AS v")
	if len(f.States) > 0 {
		db = db.Where("v.state IN ?", f.States)
	}
	if f.Kind != "" {
		db = db.Where("v.kind = ?", f.Kind)
	}
	if f.Section != "" {
		db = db.Where("v.unit LIKE ?", f.Section+"/%")
	}
	if f.Provider != 0 {
		db = db.Where("v.provider_id = ?", f.Provider)
	}
	if f.NotBy != "" {
		db = db.Where("v.first_by <> ? AND ' ' || v.sent_by || ' ' NOT LIKE ?", f.NotBy, "% "+f.NotBy+" %")
	}
	if f.NotOrg != 0 {
		db = db.Where("(v.provider_id IS NULL OR v.provider_id <> ?)", f.NotOrg)
	}
	return db
}

// VerificationByID reads a check. Unknown is fault.Missing.
func (s *Store) VerificationByID(ctx context.Context, id string) (VerificationLine, error) {
	var row VerificationLine
	err := s.read(ctx).Table("verifications AS v").Select("v.*, coalesce(p.slug, '') AS slug, coalesce(p.name, v.name) AS hospital").
		Joins("LEFT JOIN providers AS p ON p.id = v.provider_id").Where("v.id = ?", id).Take(&row).Error
	return row, asFault("verification", err)
}

// VerificationsOf are the newest checks of a listing, newest first.
func (s *Store) VerificationsOf(ctx context.Context, provider int64, limit int) ([]Verification, error) {
	var rows []Verification
	err := s.read(ctx).Where("provider_id = ?", provider).Order("sent_at DESC, id DESC").Limit(limit).Find(&rows).Error
	return rows, asFault("verifications", err)
}

// VerificationGroup is what waits of one listing.
type VerificationGroup struct {
	ProviderID int64
	Slug, Name string
	Items      int
	Oldest     time.Time
}

// VerificationGroups are the listings of which something waits, oldest first.
func (s *Store) VerificationGroups(ctx context.Context, limit int) ([]VerificationGroup, error) {
	var rows []VerificationGroup
	err := s.read(ctx).Raw(`SELECT g.provider_id, p.slug, p.name, g.items, v.sent_at AS oldest
		FROM (SELECT provider_id, count(*) AS items, min(id) AS first FROM verifications
			WHERE state IN ('waiting', 'second') AND provider_id IS NOT NULL GROUP BY provider_id) g
		JOIN providers p ON p.id = g.provider_id JOIN verifications v ON v.id = g.first
		ORDER BY v.sent_at, g.provider_id LIMIT ?`, limit).Scan(&rows).Error
	for i := range rows {
		rows[i].Oldest = rows[i].Oldest.UTC()
	}
	return rows, asFault("verifications", err)
}

// ListingFileByID reads a file's row. Unknown is fault.Missing.
func (s *Store) ListingFileByID(ctx context.Context, id string) (*ListingFile, error) {
	f := &ListingFile{}
	err := s.read(ctx).Where("id = ?", id).Take(f).Error
	return f, asFault("listing file", err)
}

// ListingFiles are all files of a listing, oldest first.
func (s *Store) ListingFiles(ctx context.Context, provider int64) ([]ListingFile, error) {
	var rows []ListingFile
	err := s.read(ctx).Where("provider_id = ?", provider).Order("created_at, id").Find(&rows).Error
	return rows, asFault("listing files", err)
}

// UnscannedListingFiles wait for a virus scan, oldest first, at most n.
func (s *Store) UnscannedListingFiles(ctx context.Context, n int) ([]ListingFile, error) {
	var rows []ListingFile
	err := s.read(ctx).Where("scan = 'pending'").Order("created_at, id").Limit(n).Find(&rows).Error
	return rows, asFault("listing files", err)
}

// PhotoByFile reads the public photo that shows a file. Unknown is fault.Missing.
func (s *Store) PhotoByFile(ctx context.Context, file string) (*Photo, error) {
	p := &Photo{}
	err := s.read(ctx).Where("file_id = ? AND EXISTS (SELECT 1 FROM providers WHERE providers.id = photos.provider_id AND state = 'published')", file).Take(p).Error
	return p, asFault("photo", err)
}

// PriceChanges of a listing, newest first.
func (s *Store) PriceChanges(ctx context.Context, provider int64) ([]PriceChange, error) {
	var rows []PriceChange
	err := s.read(ctx).Where("provider_id = ?", provider).Order("at DESC, id DESC").Find(&rows).Error
	for i := range rows {
		rows[i].At = rows[i].At.UTC()
	}
	return rows, asFault("price changes", err)
}

// tracked certificates are those the alliance checked, and of listings that are kept here or are samples: for
// others an end date in an old copy of a register says nothing of a renewal (brief §5).
const tracked = `(a.state IN ('verified', 'due') OR a.state = '' AND a.register_status = 'valid_at_snapshot'
	AND EXISTS (SELECT 1 FROM providers p WHERE p.id = a.provider_id AND (p.kept OR p.sample)))`

// CertificatesEnded are tracked certificates with an id above after whose last day is before a day, by id, at most n.
func (s *Store) CertificatesEnded(ctx context.Context, before when.Date, after int64, n int) ([]Accreditation, error) {
	var rows []Accreditation
	err := s.read(ctx).Table("accreditations AS a").Where(tracked+" AND a.valid_to < ? AND a.id > ?", before, after).Order("a.id").Limit(n).Scan(&rows).Error
	return rows, asFault("certificates ended", err)
}

// CertificatesEnding are tracked certificates that end on a day of the span, both ends included, by id.
func (s *Store) CertificatesEnding(ctx context.Context, from, to when.Date) ([]Accreditation, error) {
	var rows []Accreditation
	err := s.read(ctx).Table("accreditations AS a").Where(tracked+" AND a.valid_to BETWEEN ? AND ?", from, to).Order("a.id").Scan(&rows).Error
	return rows, asFault("certificates ending", err)
}

// CertificatesToCheck are checked certificates whose next check is on a day or before, or that end by another
// day and are not marked yet, by id, at most n.
func (s *Store) CertificatesToCheck(ctx context.Context, checkBy, endBy when.Date, n int) ([]Accreditation, error) {
	var rows []Accreditation
	err := s.read(ctx).Table("accreditations AS a").
		Where("a.state = 'verified' AND (a.next_check <= ? OR a.valid_to <= ?)", checkBy, endBy).Order("a.id").Limit(n).Scan(&rows).Error
	return rows, asFault("certificates to check", err)
}

// CliniciansToCheck are clinicians whose next check is on a day or before and that are not marked yet, by id, at most n.
func (s *Store) CliniciansToCheck(ctx context.Context, by when.Date, n int) ([]Clinician, error) {
	var rows []Clinician
	err := s.read(ctx).Where("state = 'verified' AND next_check <= ?", by).Order("id").Limit(n).Find(&rows).Error
	return rows, asFault("clinicians to check", err)
}

// Reminded reports whether the owners were told of an end at this distance.
func (tx *Tx) Reminded(accreditation int64, until string, days int64) (bool, error) {
	var n int64
	err := tx.db.Table("certificate_reminders").Where("accreditation_id = ? AND until = ? AND days = ?", accreditation, until, days).Count(&n).Error
	return n > 0, asFault("reminders", err)
}

// Profile is Store.ListingByID as this transaction sees it.
func (tx *Tx) Profile(provider int64) (*Profile, error) {
	b, err := tx.ListingForUpdate(provider)
	if err != nil {
		return nil, err
	}
	p := &Profile{ProviderBundle: *b, Sources: make(map[int64]Source)}
	var rows []Source
	if err := tx.db.Where("id IN ?", keys(p.sourceIDs())).Find(&rows).Error; err != nil {
		return nil, asFault("sources", err)
	}
	for _, r := range rows {
		p.Sources[r.ID] = r
	}
	return p, nil
}

// OwnersOf are the people who own a listing's organisation now and may sign in, samples left out.
func (tx *Tx) OwnersOf(provider int64) ([]Person, error) {
	var rows []Person
	err := tx.db.Raw(`SELECT DISTINCT p.* FROM people p JOIN memberships m ON m.person_id = p.id AND m.state = 'active' AND m.role = 'provider_owner'
		JOIN organisations o ON o.id = m.org_id AND o.state = 'active' AND o.provider_id = ?
		WHERE p.state = 'active' AND NOT p.sample ORDER BY p.id`, provider).Scan(&rows).Error
	return rows, asFault("owners", err)
}

// BelongsTo reports whether a person holds or held a role at the organisation of a listing.
func (s *Store) BelongsTo(ctx context.Context, person string, provider int64) (bool, error) {
	var n int64
	err := s.read(ctx).Table("memberships AS m").Joins("JOIN organisations AS o ON o.id = m.org_id").
		Where("m.person_id = ? AND o.provider_id = ?", person, provider).Count(&n).Error
	return n > 0, asFault("belongs", err)
}
