package models

import (
	"context"
	"time"

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

// ReferencesOf referrals, by their ids.
func (s *Store) ReferencesOf(ctx context.Context, ids []string) (map[string]string, error) {
	var rows []Referral
	err := s.read(ctx).Select("id, reference").Where("id IN ?", ids).Find(&rows).Error
	out := map[string]string{}
	for _, r := range rows {
		out[r.ID] = r.Reference
	}
	return out, asFault("referrals", err)
}

// ReferralParts reads what the rules need of a referral as this transaction sees it; offers and what follows them are
// left out.
func (tx *Tx) ReferralParts(id string) (p ReferralParts, err error) {
	err = tx.parts(id, part{&p.Sections, "name"}, part{&p.Providers, "ord"}, part{&p.Consents, "given_at, id"}, part{&p.Files, "created_at, id"}, part{&p.Clocks, "timer, hospital_id"})
	return p, err
}

// RestOfReferral adds what ReferralParts leaves out.
func (tx *Tx) RestOfReferral(id string, p *ReferralParts) error {
	return tx.parts(id, part{&p.Offers, "hospital_id, number"}, part{&p.Letters, "issued_at, id"}, part{&p.Packages, "number"}, part{&p.Handbacks, "to_kind"}, part{&p.Aftercare, "ord"},
		part{&p.Complications, "at, id"})
}

// part is where rows of one kind go, and their order.
type part struct {
	into  any
	order string
}

func (tx *Tx) parts(id string, all ...part) error {
	for _, x := range all {
		if err := tx.db.Where("referral_id = ?", id).Order(x.order).Find(x.into).Error; err != nil {
			return asFault("referral parts", err)
		}
	}
	return nil
}

// LastReferralEvent is the newest one that a role did not do by itself, nil for none.
func (tx *Tx) LastReferralEvent(id, butRole string) (*ReferralEvent, error) {
	var rows []ReferralEvent
	err := tx.db.Where("referral_id = ? AND by_role <> ?", id, butRole).Order("version DESC").Limit(1).Find(&rows).Error
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

// SignedBy counts the lines of history with an event by a person between two moments.
func (tx *Tx) SignedBy(person, event string, since, until time.Time) (int, error) {
	var n int64
	err := tx.db.Table("referral_events").Where("by_person = ? AND event = ? AND at BETWEEN ? AND ?", person, event, since.UTC(), until.UTC()).Count(&n).Error
	return int(n), asFault("referral events", err)
}

// ReferralsBegunBy are those that a person of a practice began between two moments, the newest first.
func (tx *Tx) ReferralsBegunBy(person string, since, until time.Time) ([]Referral, error) {
	var rows []Referral
	err := tx.db.Table("referrals AS r").Select("r.*").Joins("JOIN referral_events AS e ON e.referral_id = r.id AND e.by_person = ? AND e.event = 'create' AND e.at BETWEEN ? AND ?", person, since.UTC(), until.UTC()).
		Order("r.created_at DESC, r.id").Scan(&rows).Error
	return rows, asFault("referrals", err)
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

// DueReferrals gives ids of at most n referrals with a timer that has something to do by a moment, the most overdue first.
func (s *Store) DueReferrals(ctx context.Context, now time.Time, n int) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("referral_clocks").Where("next_at <= ?", now.UTC()).Group("referral_id").Order("min(next_at), referral_id").Limit(n).Pluck("referral_id", &ids).Error
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
	var shut int64
	if err == nil {
		err = tx.db.Table("organisations").Where("id = ? AND state <> 'active'", org).Count(&shut).Error
		f.Published = f.Published && shut == 0
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

// PeopleIn are the ids of those who act now in one of the roles for an organisation, or with "" for the alliance.
func (tx *Tx) PeopleIn(org string, roles ...string) ([]string, error) {
	db := tx.db.Table("memberships AS m").Joins("JOIN organisations AS o ON o.id = m.org_id AND o.state = 'active'").
		Joins("JOIN people AS p ON p.id = m.person_id AND p.state = 'active'").Where("m.state = 'active' AND m.role IN ?", roles)
	if org == "" {
		db = db.Where("o.kind = 'alliance'")
	} else {
		db = db.Where("o.id = ?", org)
	}
	var ids []string
	return ids, asFault("people of an organisation", db.Distinct().Order("m.person_id").Pluck("m.person_id", &ids).Error)
}

// ProfessionalCheck of a person; nil when there is none.
func (tx *Tx) ProfessionalCheck(person string) (*ProfessionalCheck, error) {
	var rows []ProfessionalCheck
	err := tx.db.Where("person_id = ?", person).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, asFault("professional check", err)
	}
	return &rows[0], nil
}

// AddressOf a person, sealed. Unknown is fault.Missing.
func (tx *Tx) AddressOf(person string) (Sealed, error) {
	p, err := one("person", func(p *Person) error { return tx.db.Select("email").Where("id = ?", person).Take(p).Error })
	if err != nil {
		return nil, err
	}
	return p.Email, nil
}

// HospitalTermsOf an organisation; nil when nothing was agreed.
func (tx *Tx) HospitalTermsOf(org string) (*HospitalTerms, error) {
	var rows []HospitalTerms
	err := tx.db.Where("org_id = ?", org).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, asFault("hospital terms", err)
	}
	return &rows[0], nil
}

// HandbacksOf a referral, which nobody else changes until the transaction ends: they are written whole.
func (tx *Tx) HandbacksOf(referral string) ([]Handback, error) {
	var rows []Handback
	return rows, asFault("handbacks", tx.locking().Where("referral_id = ?", referral).Order("to_kind").Find(&rows).Error)
}

// AftercareOf a referral, in order.
func (tx *Tx) AftercareOf(referral string) ([]AftercareItem, error) {
	var rows []AftercareItem
	return rows, asFault("aftercare", tx.db.Where("referral_id = ?", referral).Order("ord").Find(&rows).Error)
}

// ReferralLetterByNumber reads a visa letter. Unknown is fault.Missing.
func (s *Store) ReferralLetterByNumber(ctx context.Context, number string) (*ReferralLetter, error) {
	return one("visa letter", func(l *ReferralLetter) error { return s.read(ctx).Where("number = ?", number).Take(l).Error })
}

// ReferralsIn gives the ids of all referrals in some states, oldest first.
func (s *Store) ReferralsIn(ctx context.Context, states ...string) ([]string, error) {
	var ids []string
	return ids, asFault("referrals", s.read(ctx).Table("referrals").Where("state IN ?", states).Order("created_at, id").Pluck("id", &ids).Error)
}

// OpenReferralsAt gives the ids of the referrals that are not closed and at which a listing takes part.
func (tx *Tx) OpenReferralsAt(provider int64) ([]string, error) {
	var ids []string
	err := tx.db.Table("referral_providers AS p").Joins("JOIN referrals AS r ON r.id = p.referral_id AND r.state <> 'closed'").
		Where("p.provider_id = ? AND p.response IN ('sent', 'opened', 'info_requested', 'offered', 'selected')", provider).Order("r.id").Pluck("r.id", &ids).Error
	return ids, asFault("open referrals", err)
}

// CountReferrals counts all.
func (s *Store) CountReferrals(ctx context.Context) (int64, error) {
	var n int64
	return n, asFault("referrals", s.read(ctx).Table("referrals").Count(&n).Error)
}

// CountReferralEvents counts the lines of all histories.
func (s *Store) CountReferralEvents(ctx context.Context) (int64, error) {
	var n int64
	return n, asFault("referral events", s.read(ctx).Table("referral_events").Count(&n).Error)
}

// ReferralsToForget are the ids of closed ones that hold anything that may have to be forgotten some day, oldest first.
func (s *Store) ReferralsToForget(ctx context.Context) ([]string, error) {
	var ids []string
	err := s.read(ctx).Table("referrals").Where("state = 'closed' AND (erased_at IS NULL OR clinician <> '' OR created_by <> '' OR org_id IS NOT NULL)").Order("closed_at, id").Pluck("id", &ids).Error
	return ids, asFault("referrals", err)
}
