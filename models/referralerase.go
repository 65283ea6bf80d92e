package models

import (
	"context"
	"time"
)

// EraseReferral removes the content of a referral: what was filled in, said, offered and handed over. Its own row,
// history, consents and the bare standing of its hospitals stay. The documents' contents are noted for removal.
func (tx *Tx) EraseReferral(id string) error {
	err := tx.exec("INSERT INTO file_removals (id, at) SELECT id, ? FROM referral_files WHERE referral_id = ?", tx.now, id)
	for _, table := range []string{"referral_files", "referral_sections", "referral_entries", "referral_offers", "referral_notices", "referral_letters", "discharge_packages",
		"amr_alerts", "handbacks", "aftercare_items", "complications", "patient_links", "patient_codes", "patient_sessions"} {
		if err == nil {
			err = tx.exec("DELETE FROM "+table+" WHERE referral_id = ?", id)
		}
	}
	return asFault("erase referral", err)
}

// SaveErased writes what erasing changes of a referral's own row; its version does not move, for nothing can be done
// with it any more.
func (tx *Tx) SaveErased(r *Referral) error {
	return asFault("write referrals", tx.db.Table("referrals").Where("id = ?", r.ID).Updates(map[string]any{
		"nhs_number": r.NhsNumber, "nhs_number_index": r.NhsNumberIndex, "person_key": r.PersonKey, "person_key_index": r.PersonKeyIndex,
		"erased_at": r.ErasedAt, "clinician": r.Clinician, "created_by": r.CreatedBy, "org_id": r.OrgID,
	}).Error)
}

// ForgetLetters removes the words of a referral's visa letters; their numbers stay, so that the public page goes on
// saying no.
func (tx *Tx) ForgetLetters(referral string) error {
	return asFault("write referral_letters", tx.exec("UPDATE referral_letters SET body = NULL WHERE referral_id = ?", referral))
}

// ErasedReferrals are the references of those erased since a moment, oldest first.
func (s *Store) ErasedReferrals(ctx context.Context, since time.Time) ([]string, error) {
	var codes []string
	return codes, asFault("erased referrals", s.read(ctx).Table("referrals").Where("erased_at >= ?", since.UTC()).Order("erased_at, id").Pluck("reference", &codes).Error)
}
