package models

import (
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"carecorridor/internal/fault"
	"carecorridor/internal/when"
)

// AddReferral adds a draft. A reference that is taken is fault.Conflict.
func (tx *Tx) AddReferral(r *Referral) error {
	r.Version, r.UpdatedAt = 1, tx.now
	return create(tx, r)
}

// ReferralForUpdate reads a referral by its id and keeps others from changing it, or anything that hangs on it, until
// the transaction ends. Unknown is fault.Missing.
func (tx *Tx) ReferralForUpdate(id string) (*Referral, error) {
	r := &Referral{}
	return r, asFault("referral", tx.locking().Where("id = ?", id).Take(r).Error)
}

// SaveReferral writes all that may change. A version that moved meanwhile is fault.Conflict; the version moves by one.
func (tx *Tx) SaveReferral(r *Referral) error {
	err := save[Referral](tx, r.ID, r.Version, map[string]any{
		"state": r.State, "mode": r.Mode, "priority": r.Priority, "ending": r.Ending, "reason": r.Reason, "org_id": r.OrgID, "clinician": r.Clinician,
		"created_by": r.CreatedBy, "flags": r.Flags, "progress": r.Progress, "nhs_number": r.NhsNumber, "nhs_number_index": r.NhsNumberIndex,
		"person_key": r.PersonKey, "person_key_index": r.PersonKeyIndex, "contact_checked_at": r.ContactCheckedAt, "updated_at": tx.now,
		"sent_at": r.SentAt, "closed_at": r.ClosedAt, "erased_at": r.ErasedAt,
	})
	if err == nil {
		r.Version++
		r.UpdatedAt = tx.now
	}
	return err
}

// PutSection writes a part of the record, whatever was there.
func (tx *Tx) PutSection(x *ReferralSection) error {
	return asFault("write referral_sections", tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}},
		DoUpdates: clause.AssignmentColumns([]string{"body", "version", "by_person", "at"})}).Create(x).Error)
}

// DropSection forgets a part of the record; none is fine.
func (tx *Tx) DropSection(referral, name string) error {
	return asFault("write referral_sections", tx.exec("DELETE FROM referral_sections WHERE referral_id = ? AND name = ?", referral, name))
}

// AddReferralProvider adds one hospital to a shortlist.
func (tx *Tx) AddReferralProvider(p *ReferralProvider) error {
	p.CreatedAt, p.MovedAt = tx.now, tx.now
	return create(tx, p)
}

// SaveReferralProvider writes all that may change, the version included: package referral counts it, under the lock of
// the referral.
func (tx *Tx) SaveReferralProvider(p *ReferralProvider) error {
	p.MovedAt = tx.now
	return asFault("write referral_providers", tx.db.Table("referral_providers").Where("id = ?", p.ID).Updates(map[string]any{
		"ord": p.Ord, "response": p.Response, "version": p.Version, "disclosed": p.Disclosed, "sent_at": p.SentAt, "opened_at": p.OpenedAt, "quote": p.Quote,
		"quote_until": p.QuoteUntil, "opinion_read": p.OpinionRead, "deleted_at": p.DeletedAt, "on_hold": p.OnHold, "hold_why": p.HoldWhy, "moved_at": tx.now,
	}).Error)
}

// DropReferralProvider takes a hospital off a shortlist that nobody has had.
func (tx *Tx) DropReferralProvider(id string) error {
	return asFault("write referral_providers", tx.exec("DELETE FROM referral_providers WHERE id = ? AND sent_at IS NULL", id))
}

// AddReferralConsent adds a consent that was given.
func (tx *Tx) AddReferralConsent(c *ReferralConsent) error { return create(tx, c) }

// EndReferralConsent notes when a consent ended.
func (tx *Tx) EndReferralConsent(id string, at time.Time) error {
	return asFault("write referral_consents", tx.exec("UPDATE referral_consents SET withdrawn_at = ? WHERE id = ?", at, id))
}

// DropConsentsOf forgets the consents for a hospital that is taken off the shortlist before anything was sent.
func (tx *Tx) DropConsentsOf(hospital string) error {
	return asFault("write referral_consents", tx.exec("DELETE FROM referral_consents WHERE hospital_id = ?", hospital))
}

// AddReferralFile adds a document's row; its content is in the bucket already. The same content twice is fault.Conflict.
func (tx *Tx) AddReferralFile(f *ReferralFile) error { return create(tx, f) }

// DropReferralFile removes a document and notes its content for removal. Unknown is fault.Missing.
func (tx *Tx) DropReferralFile(referral, id string) error {
	done := tx.db.Where("referral_id = ? AND id = ?", referral, id).Delete(&ReferralFile{})
	if done.Error != nil {
		return asFault("write referral_files", done.Error)
	}
	if done.RowsAffected == 0 {
		return fault.New(fault.Missing, "drop referral file", fmt.Errorf("no document %s", id))
	}
	return tx.RemoveContent(id)
}

// SetReferralScan writes what the scanner found, safe or blocked, and reports whether that was new.
func (tx *Tx) SetReferralScan(id, scan string) (bool, error) {
	done := tx.db.Exec("UPDATE referral_files SET scan = ?, scanned_at = ? WHERE id = ? AND scan = 'pending'", scan, tx.now, id)
	return done.RowsAffected == 1, asFault("write referral_files", done.Error)
}

// AddReferralEvent adds a line of history.
func (tx *Tx) AddReferralEvent(e *ReferralEvent) error {
	e.ID = 0
	return create(tx, e)
}

// AddReferralEntry adds what somebody wrote.
func (tx *Tx) AddReferralEntry(e *ReferralEntry) error { return create(tx, e) }

// ReadEntries notes that a side has read what was written until a moment: everything of a referral with hospital "", what
// belongs to no hospital with NoHospital, or one hospital's thread. Side is patient, referrer, hospital or desk.
func (tx *Tx) ReadEntries(referral, hospital, side string, until time.Time) error {
	column := map[string]string{"patient": "read_patient_at", "referrer": "read_referrer_at", "hospital": "read_hospital_at", "desk": "read_desk_at"}[side]
	if column == "" {
		return fault.New(fault.Invalid, "read entries", fmt.Errorf("side %q", side))
	}
	db := tx.db.Table("referral_entries").Where("referral_id = ? AND at <= ? AND "+column+" IS NULL", referral, until.UTC())
	switch hospital {
	case "":
	case NoHospital:
		db = db.Where("hospital_id IS NULL")
	default:
		db = db.Where("hospital_id = ?", hospital)
	}
	return asFault("write referral_entries", db.Update(column, tx.now).Error)
}

// NoHospital are the entries that belong to no hospital's thread.
const NoHospital = "-"

// AddReferralOffer adds a version of an offer.
func (tx *Tx) AddReferralOffer(o *ReferralOffer) error { return create(tx, o) }

// PutReferralClock starts a timer, or writes how it stands.
func (tx *Tx) PutReferralClock(c *ReferralClock) error {
	return asFault("write referral_clocks", tx.db.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "referral_id"}, {Name: "timer"}, {Name: "hospital_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"since", "base", "pauses", "done", "due_at", "next_at"})}).Create(c).Error)
}

// DropReferralClock ends a timer.
func (tx *Tx) DropReferralClock(referral, timer, hospital string) error {
	return asFault("write referral_clocks", tx.exec("DELETE FROM referral_clocks WHERE referral_id = ? AND timer = ? AND hospital_id = ?", referral, timer, hospital))
}

// AddReferralLetter adds a visa letter. A number that is taken is fault.Conflict.
func (tx *Tx) AddReferralLetter(l *ReferralLetter) error { return create(tx, l) }

// RevokeLetters ends what a referral's letters allow.
func (tx *Tx) RevokeLetters(referral string) error {
	return asFault("write referral_letters", tx.exec("UPDATE referral_letters SET revoked_at = ? WHERE referral_id = ? AND revoked_at IS NULL", tx.now, referral))
}

// AddDischargePackage adds a signed package.
func (tx *Tx) AddDischargePackage(p *DischargePackage) error { return create(tx, p) }

// PutAmrAlert writes the alert of a stay.
func (tx *Tx) PutAmrAlert(a *AmrAlert) error {
	return asFault("write amr_alerts", tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "referral_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"from_on", "until_on", "at"})}).Create(a).Error)
}

// PutHandback writes where a package goes and how far it came.
func (tx *Tx) PutHandback(h *Handback) error {
	return asFault("write handbacks", tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(h).Error)
}

// PutAftercareItems makes items the schedule of a referral; what was done of the old one stays with the same code.
func (tx *Tx) PutAftercareItems(referral string, items []AftercareItem) error {
	if err := tx.exec("DELETE FROM aftercare_items WHERE referral_id = ?", referral); err != nil || len(items) == 0 {
		return asFault("write aftercare_items", err)
	}
	return asFault("write aftercare_items", tx.db.Create(&items).Error)
}

// SaveAftercareItem notes what became of an item.
func (tx *Tx) SaveAftercareItem(i *AftercareItem) error {
	return asFault("write aftercare_items", tx.exec("UPDATE aftercare_items SET unreached = ?, done_at = ?, done_by_role = ? WHERE id = ?", i.Unreached, i.DoneAt, i.DoneByRole, i.ID))
}

// AddComplication adds a report.
func (tx *Tx) AddComplication(c *Complication) error { return create(tx, c) }

// AnswerComplication notes that the oldest open report of a referral was answered, or reviewed.
func (tx *Tx) AnswerComplication(referral string, reviewed bool) error {
	column := "replied_at"
	if reviewed {
		column = "reviewed_at"
	}
	return asFault("write complications", tx.exec("UPDATE complications SET "+column+" = ? WHERE id = (SELECT id FROM complications WHERE referral_id = ? AND "+column+" IS NULL ORDER BY at, id LIMIT 1)", tx.now, referral))
}

// PutHospitalTerms writes what was agreed with a hospital, under its version: 0 for the first time.
func (tx *Tx) PutHospitalTerms(t *HospitalTerms) error {
	t.UpdatedAt = tx.now
	if t.Version == 0 {
		t.Version = 1
		return create(tx, t)
	}
	done := tx.db.Table("hospital_terms").Where("org_id = ? AND version = ?", t.OrgID, t.Version).Updates(map[string]any{
		"mechanism": t.Mechanism, "signed_on": t.SignedOn, "risk_reviewed_on": t.RiskReviewedOn, "emergency_contact": t.EmergencyContact, "complaint_officer": t.ComplaintOfficer,
		"holidays": t.Holidays, "severe_case": t.SevereCase, "version": t.Version + 1, "updated_by": t.UpdatedBy, "updated_at": tx.now})
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, "write hospital_terms", fmt.Errorf("version %d is no longer the newest", t.Version))
	}
	t.Version++
	return asFault("write hospital_terms", done.Error)
}

// PutProfessionalCheck writes a check of a registration, under its version: 0 for the first time.
func (tx *Tx) PutProfessionalCheck(c *ProfessionalCheck) error {
	c.UpdatedAt = tx.now
	if c.Version == 0 {
		c.Version = 1
		return create(tx, c)
	}
	done := tx.db.Table("professional_checks").Where("person_id = ? AND version = ?", c.PersonID, c.Version).Updates(map[string]any{
		"level": c.Level, "register": c.Register, "number": c.Number, "mailbox_on": c.MailboxOn, "checked_on": c.CheckedOn, "checked_by": c.CheckedBy, "evidence": c.Evidence, "practice_evidence": c.PracticeEvidence,
		"state": c.State, "asked_register": c.AskedRegister, "asked_number": c.AskedNumber, "version": c.Version + 1, "updated_at": tx.now})
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.New(fault.Conflict, "write professional_checks", fmt.Errorf("version %d is no longer the newest", c.Version))
	}
	c.Version++
	return asFault("write professional_checks", done.Error)
}

// MailboxProved notes the day somebody used a link mailed to them, if their registration was ever asked for.
func (tx *Tx) MailboxProved(person string, on when.Date) error {
	return asFault("write professional_checks", tx.exec("UPDATE professional_checks SET mailbox_on = ?, version = version + 1 WHERE person_id = ?", on, person))
}

// FreePlaces makes room for another order of a shortlist: places are unique, so the old ones go out of the way first.
func (tx *Tx) FreePlaces(referral string) error {
	return asFault("write referral_providers", tx.exec("UPDATE referral_providers SET ord = ord + 5 WHERE referral_id = ?", referral))
}
