package models

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"carecorridor/internal/fault"
)

// ListingForUpdate reads a listing whole, withdrawn ones too, and keeps others from changing it, its draft or its
// checks until the transaction ends. Unknown is fault.Missing.
func (tx *Tx) ListingForUpdate(provider int64) (*ProviderBundle, error) {
	one := make([]ProviderBundle, 1)
	if err := tx.locking().Where("id = ?", provider).Take(&one[0].Provider).Error; err != nil {
		return nil, asFault("listing", err)
	}
	ids := []int64{provider}
	err := first(
		func() error { return children(tx.db, ids, one) },
		func() error { return people(tx.db, ids, one) },
		func() error { return places(tx.db, one) },
	)
	return &one[0], asFault("listing", err)
}

// KeepListing says that a listing was changed here: its own row has the next version and the seed leaves it alone.
func (tx *Tx) KeepListing(provider int64) error {
	tx.touch(provider, false)
	return asFault("write providers", tx.exec("UPDATE providers SET kept = true WHERE id = ?", provider))
}

// EnsureSource finds a source by its key, or adds it. What is there is left as it is: other facts may rest on it.
func (tx *Tx) EnsureSource(src Source) (int64, error) {
	var ids []int64
	if err := tx.db.Table("sources").Where("key = ?", src.Key).Pluck("id", &ids).Error; err != nil {
		return 0, asFault("source", err)
	}
	if len(ids) > 0 {
		return ids[0], nil
	}
	src.ID = 0
	if err := create(tx, &src); err != nil {
		return 0, err
	}
	tx.BumpGeneration()
	return src.ID, nil
}

// SetSite writes what a hospital may change of its main site. The point on the map stays: it is the alliance's.
func (tx *Tx) SetSite(site Site) error {
	tx.touch(site.ProviderID, false)
	return asFault("write sites", tx.db.Table("sites").Where("id = ?", site.ID).
		Updates(map[string]any{"address": site.Address, "postcode": site.Postcode, "source_id": site.SourceID}).Error)
}

// SetFact writes the statement of a name about the hospital itself in place of those held. A nil fact removes them.
func (tx *Tx) SetFact(provider int64, name string, f *Fact) error {
	tx.touch(provider, false)
	err := tx.exec("DELETE FROM facts WHERE provider_id = ? AND name = ? AND scope = 'hospital'", provider, name)
	if err != nil || f == nil {
		return asFault("write facts", err)
	}
	f.ID, f.ProviderID, f.Name, f.Scope = 0, provider, name, "hospital"
	return insert(tx, []Fact{*f})
}

// SetSpecialty lists a specialty, or takes it out.
func (tx *Tx) SetSpecialty(r ProviderSpecialty, listed bool) error {
	return setListed(tx, r.ProviderID, "provider_specialties", "specialty_slug", r.SpecialtySlug, r, listed)
}

// SetProcedure lists a treatment, or takes it out.
func (tx *Tx) SetProcedure(r ProviderProcedure, listed bool) error {
	return setListed(tx, r.ProviderID, "provider_procedures", "procedure_slug", r.ProcedureSlug, r, listed)
}

// SetLanguage lists a language, or takes it out.
func (tx *Tx) SetLanguage(r ProviderLanguage, listed bool) error {
	return setListed(tx, r.ProviderID, "provider_languages", "language", r.Language, r, listed)
}

func setListed[T any](tx *Tx, provider int64, table, column, value string, row T, listed bool) error {
	tx.touch(provider, false)
	err := tx.exec("DELETE FROM "+table+" WHERE provider_id = ? AND "+column+" = ?", provider, value)
	if err != nil || !listed {
		return asFault("write "+table, err)
	}
	return insert(tx, []T{row})
}

// DropPackage takes a package out.
func (tx *Tx) DropPackage(p Package) error {
	tx.touch(p.ProviderID, false)
	return asFault("write packages", tx.exec("DELETE FROM packages WHERE id = ?", p.ID))
}

// SaveAccreditation adds a certificate when its ID is 0, else writes all of it. Its history stays.
func (tx *Tx) SaveAccreditation(a *Accreditation) error {
	tx.touch(a.ProviderID, false)
	if a.ID == 0 {
		return create(tx, a)
	}
	return update(tx, []Accreditation{*a})
}

// AddAccreditationEvent adds a line to a certificate's public history.
func (tx *Tx) AddAccreditationEvent(provider int64, e AccreditationEvent) error {
	tx.touch(provider, false)
	e.ID = 0
	return insert(tx, []AccreditationEvent{e})
}

// PutClinician adds or writes a clinician.
func (tx *Tx) PutClinician(c Clinician) error { return putOne(tx, c.ProviderID, c) }

// PutMeasure adds or writes a quality measure.
func (tx *Tx) PutMeasure(m QualityMeasure) error { return putOne(tx, m.ProviderID, m) }

// PutPhoto adds or writes a photo.
func (tx *Tx) PutPhoto(p Photo) error { return putOne(tx, p.ProviderID, p) }

func putOne[T any](tx *Tx, provider int64, row T) error {
	tx.touch(provider, false)
	return update(tx, []T{row})
}

// DropEntry removes a clinician, measure or photo; table is its table.
func (tx *Tx) DropEntry(provider int64, table, id string) error {
	switch table {
	case "clinicians", "quality_measures", "photos":
	default:
		return fault.New(fault.Broken, "drop entry", fmt.Errorf("table %q", table))
	}
	tx.touch(provider, false)
	return asFault("write "+table, tx.exec("DELETE FROM "+table+" WHERE provider_id = ? AND id = ?", provider, id))
}

// AddPriceChange adds a step of a price's history.
func (tx *Tx) AddPriceChange(c PriceChange) error {
	c.ID, c.At = 0, tx.now
	return insert(tx, []PriceChange{c})
}

// Drafts are a listing's proposed values, by path.
func (tx *Tx) Drafts(provider int64) ([]ListingDraft, error) { return drafts(tx.db, provider) }

// PutDraft adds or writes one proposed value.
func (tx *Tx) PutDraft(d ListingDraft) error { return putDrafts(tx, []ListingDraft{d}) }

// PutDrafts adds or writes proposed values.
func (tx *Tx) PutDrafts(ds []ListingDraft) error { return putDrafts(tx, ds) }

func putDrafts(tx *Tx, ds []ListingDraft) error {
	if len(ds) == 0 {
		return nil
	}
	return asFault("write listing_drafts", tx.db.Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(ds, maxRows).Error)
}

// DropDrafts removes proposed values by path.
func (tx *Tx) DropDrafts(provider int64, paths []string) error {
	for start := 0; start < len(paths); start += maxRows {
		err := tx.exec("DELETE FROM listing_drafts WHERE provider_id = ? AND path IN ?", provider, paths[start:min(start+maxRows, len(paths))])
		if err != nil {
			return asFault("write listing_drafts", err)
		}
	}
	return nil
}

// AddVerification adds a check; SentAt is Now.
func (tx *Tx) AddVerification(v *Verification) error {
	v.Version, v.SentAt = 1, tx.now
	return create(tx, v)
}

// AddVerifications adds checks that were made by a file; SentAt is Now.
func (tx *Tx) AddVerifications(vs []Verification) error {
	for i := range vs {
		vs[i].Version, vs[i].SentAt = 1, tx.now
	}
	if len(vs) == 0 {
		return nil
	}
	return asFault("write verifications", tx.db.CreateInBatches(vs, maxRows).Error)
}

// VerificationForUpdate reads a check and keeps others from changing it. Unknown is fault.Missing.
func (tx *Tx) VerificationForUpdate(id string) (*Verification, error) {
	v := &Verification{}
	err := tx.locking().Where("id = ?", id).Take(v).Error
	return v, asFault("verification", err)
}

// SaveVerification writes all that may change of a check. A version that moved meanwhile is fault.Conflict.
func (tx *Tx) SaveVerification(v *Verification) error {
	err := save[Verification](tx, v.ID, v.Version, map[string]any{
		"provider_id": v.ProviderID, "fields": v.Fields, "state": v.State, "evidence": v.Evidence, "ticked": v.Ticked, "reason": v.Reason,
		"second_why": v.SecondWhy, "first_by": v.FirstBy, "first_at": v.FirstAt, "decided_by": v.DecidedBy, "decided_at": v.DecidedAt,
	})
	if err == nil {
		v.Version++
	}
	return err
}

// OpenVerification is the check that waits for a unit of a listing, nil when none does.
func (tx *Tx) OpenVerification(provider int64, unit, kind string) (*Verification, error) {
	v := &Verification{}
	err := tx.locking().Where("provider_id = ? AND unit = ? AND kind = ? AND state IN ('waiting', 'second')", provider, unit, kind).Take(v).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	return v, asFault("verification", err)
}

// AddListingFile adds a file's row.
func (tx *Tx) AddListingFile(f *ListingFile) error {
	f.CreatedAt = tx.now
	return create(tx, f)
}

// ScannedListingFile says what a scan of a waiting file found: safe or blocked.
func (tx *Tx) ScannedListingFile(id, scan string) error {
	return asFault("write listing_files", tx.exec("UPDATE listing_files SET scan = ? WHERE id = ? AND scan = 'pending'", scan, id))
}

// AddReminder notes that people were told of a certificate's end. Told already is fault.Conflict.
func (tx *Tx) AddReminder(r CertificateReminder) error {
	r.At = tx.now
	return create(tx, &r)
}

// PausePackages stops, or with off set again offers, the packages of a listing and says how many. What the hospital
// itself took out stays out.
func (tx *Tx) PausePackages(provider int64, off bool) (int64, error) {
	query := "UPDATE packages SET live = true, paused = false, version = version + 1 WHERE provider_id = ? AND paused"
	if off {
		query = "UPDATE packages SET live = false, paused = true, version = version + 1 WHERE provider_id = ? AND live"
	}
	done := tx.db.Exec(query, provider)
	if done.RowsAffected > 0 {
		tx.touch(provider, false)
	}
	return done.RowsAffected, asFault("write packages", done.Error)
}

// ClaimListing says that a hospital keeps its listing from now on: the compiled seed leaves it alone. Nothing public moves.
func (tx *Tx) ClaimListing(provider int64) error {
	return asFault("write providers", tx.exec("UPDATE providers SET kept = true WHERE id = ? AND NOT kept", provider))
}

// SlugTaken reports whether a listing has this address already.
func (tx *Tx) SlugTaken(slug string) (bool, error) {
	var n int64
	err := tx.db.Table("providers").Where("slug = ?", slug).Count(&n).Error
	return n > 0, asFault("slug", err)
}

// Towns are all cities.
func (tx *Tx) Towns() ([]City, error) {
	var rows []City
	err := tx.db.Find(&rows).Error
	return rows, asFault("cities", err)
}

// HubSlugs are all hubs.
func (tx *Tx) HubSlugs() (map[string]bool, error) {
	var slugs []string
	err := tx.db.Table("hubs").Pluck("slug", &slugs).Error
	out := make(map[string]bool, len(slugs))
	for _, s := range slugs {
		out[s] = true
	}
	return out, asFault("hubs", err)
}

// AddCity adds a town without any listing yet.
func (tx *Tx) AddCity(c City) error {
	tx.BumpGeneration()
	return create(tx, &c)
}

// CountListingFiles counts a listing's files.
func (tx *Tx) CountListingFiles(provider int64) (int64, error) {
	var n int64
	err := tx.db.Table("listing_files").Where("provider_id = ?", provider).Count(&n).Error
	return n, asFault("listing files", err)
}
