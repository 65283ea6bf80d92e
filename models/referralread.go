package models

import (
	"context"

	"gorm.io/gorm"

	"carecorridor/internal/when"
)

// ReferralParts are the rows that hang on one referral.
type ReferralParts struct {
	Sections      []ReferralSection
	Providers     []ReferralProvider // as the patient ordered them
	Consents      []ReferralConsent  // oldest first
	Files         []ReferralFile     // oldest first
	Clocks        []ReferralClock
	Offers        []ReferralOffer // by number
	Letters       []ReferralLetter
	Packages      []DischargePackage // by number
	Handbacks     []Handback
	Aftercare     []AftercareItem
	Complications []Complication
}

// ReferralByID reads one. Unknown is fault.Missing.
func (s *Store) ReferralByID(ctx context.Context, id string) (*Referral, error) {
	return one("referral", func(r *Referral) error { return s.read(ctx).Where("id = ?", id).Take(r).Error })
}

// ReferralByReference reads one. Unknown is fault.Missing.
func (s *Store) ReferralByReference(ctx context.Context, code string) (*Referral, error) {
	return one("referral", func(r *Referral) error { return s.read(ctx).Where("reference = ?", code).Take(r).Error })
}

// ReferralParts reads the rows of a referral.
func (s *Store) ReferralParts(ctx context.Context, id string) (ReferralParts, error) {
	return referralParts(s.read(ctx), id, true)
}

// ReferralParts reads what the rules need of a referral as this transaction sees it; offers and what follows them are
// left out.
func (tx *Tx) ReferralParts(id string) (ReferralParts, error) { return referralParts(tx.db, id, false) }

func referralParts(db *gorm.DB, id string, all bool) (p ReferralParts, err error) {
	find := func(into any, order string) {
		if err == nil {
			err = asFault("referral parts", db.Session(&gorm.Session{}).Where("referral_id = ?", id).Order(order).Find(into).Error)
		}
	}
	find(&p.Sections, "name")
	find(&p.Providers, "ord")
	find(&p.Consents, "given_at, id")
	find(&p.Files, "created_at, id")
	find(&p.Clocks, "timer, hospital_id")
	if !all {
		return p, err
	}
	find(&p.Offers, "hospital_id, number")
	find(&p.Letters, "issued_at, id")
	find(&p.Packages, "number")
	find(&p.Handbacks, "to_kind")
	find(&p.Aftercare, "ord")
	find(&p.Complications, "at, id")
	return p, err
}

// ReferralEvents are a referral's history, oldest first.
func (s *Store) ReferralEvents(ctx context.Context, id string) ([]ReferralEvent, error) {
	var rows []ReferralEvent
	return rows, asFault("referral events", s.read(ctx).Where("referral_id = ?", id).Order("version").Find(&rows).Error)
}

// LastReferralEvent is the newest one, nil for none.
func (tx *Tx) LastReferralEvent(id string) (*ReferralEvent, error) {
	var rows []ReferralEvent
	err := tx.db.Where("referral_id = ?", id).Order("version DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, asFault("referral events", err)
	}
	return &rows[0], nil
}

// MarkedReferralEvent is the newest one by a person with a mark, nil for none.
func (tx *Tx) MarkedReferralEvent(id, person, mark string) (*ReferralEvent, error) {
	var rows []ReferralEvent
	err := tx.db.Where("referral_id = ? AND by_person = ? AND mark = ?", id, person, mark).Order("version DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, asFault("referral events", err)
	}
	return &rows[0], nil
}

// ReferralEntries are what was written, oldest first.
func (s *Store) ReferralEntries(ctx context.Context, id string) ([]ReferralEntry, error) {
	var rows []ReferralEntry
	return rows, asFault("referral entries", s.read(ctx).Where("referral_id = ?", id).Order("version, id").Find(&rows).Error)
}

// ReferralFileByID reads a document's row. Unknown is fault.Missing.
func (s *Store) ReferralFileByID(ctx context.Context, id string) (*ReferralFile, error) {
	return one("referral file", func(f *ReferralFile) error { return s.read(ctx).Where("id = ?", id).Take(f).Error })
}

// UnscannedReferralFiles gives at most n documents that no scanner has judged, oldest first.
func (s *Store) UnscannedReferralFiles(ctx context.Context, n int) ([]ReferralFile, error) {
	var rows []ReferralFile
	return rows, asFault("unscanned files", s.read(ctx).Where("scan = 'pending'").Order("created_at, id").Limit(n).Find(&rows).Error)
}

// DueReferrals gives ids of at most n referrals with a timer that has something to do by now, the most overdue first.
func (s *Store) DueReferrals(ctx context.Context, n int) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("referral_clocks").Where("next_at <= ?", s.o.Clock().UTC()).Group("referral_id").Order("min(next_at), referral_id").Limit(n).Pluck("referral_id", &ids).Error
	return ids, asFault("due referrals", err)
}

// SamePerson gives ids of the referrals of whoever has one of the blind indexes, but one; open says that closed ones do
// not count, sent that drafts do not.
func (tx *Tx) SamePerson(but string, numbers, keys [][]byte, open, sent bool) ([]string, error) {
	var ids []string
	if len(numbers)+len(keys) == 0 {
		return nil, nil
	}
	db := tx.db.Table("referrals").Where("id <> ?", but)
	switch {
	case len(numbers) > 0 && len(keys) > 0:
		db = db.Where("nhs_number_index IN ? OR person_key_index IN ?", numbers, keys)
	case len(numbers) > 0:
		db = db.Where("nhs_number_index IN ?", numbers)
	default:
		db = db.Where("person_key_index IN ?", keys)
	}
	if open {
		db = db.Where("state <> 'closed'")
	}
	if sent {
		db = db.Where("sent_at IS NOT NULL")
	}
	return ids, asFault("same person", db.Order("created_at, id").Pluck("id", &ids).Error)
}

// HospitalFacts are the checked things about one hospital that decide whether it may be sent a referral.
type HospitalFacts struct {
	Sample         bool
	Published      bool
	Accreditations []Accreditation // hospital-level ones that the register showed valid
	Clinicians     []Clinician     // whose registration is checked
	PricesOf       when.Date       // the day the youngest price that is offered begins
	Terms          *HospitalTerms  // nil: nothing was agreed
	Doctors        []ProfessionalCheck
}

// HospitalFacts reads them for the listing and organisation of a hospital, either of which may be missing (0, "").
func (tx *Tx) HospitalFacts(provider int64, org string) (f HospitalFacts, err error) {
	var p []Provider
	if err = tx.db.Where("id = ?", provider).Find(&p).Error; err == nil && len(p) == 1 {
		f.Sample, f.Published = p[0].Sample, p[0].State == Published
		err = tx.listingFacts(provider, &f)
	}
	var terms []HospitalTerms
	if err == nil {
		err = tx.db.Where("org_id = ?", org).Find(&terms).Error
	}
	if len(terms) == 1 {
		f.Terms = &terms[0]
	}
	if err == nil {
		err = tx.db.Table("professional_checks AS c").Select("c.*").Joins("JOIN memberships AS m ON m.person_id = c.person_id").
			Where("m.org_id = ? AND m.role = 'provider_clinician' AND m.state = 'active' AND c.state = 'checked'", org).Scan(&f.Doctors).Error
	}
	return f, asFault("hospital facts", err)
}

func (tx *Tx) listingFacts(provider int64, f *HospitalFacts) error {
	err := tx.db.Where("provider_id = ? AND level = 'full' AND register_status = ?", provider, RegisterValid).Find(&f.Accreditations).Error
	if err == nil {
		err = tx.db.Where("provider_id = ? AND state IN ('verified', 'due')", provider).Find(&f.Clinicians).Error
	}
	var packages []Package
	if err == nil {
		err = tx.db.Where("provider_id = ? AND live AND NOT paused", provider).Find(&packages).Error
	}
	for _, p := range packages {
		if f.PricesOf.Before(p.ValidFrom) {
			f.PricesOf = p.ValidFrom
		}
	}
	return err
}
