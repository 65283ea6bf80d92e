package models

import "context"

// HeldCertificate is a certificate beside the listing it is of.
type HeldCertificate struct {
	Accreditation
	Slug, Name string
}

// HeldCertificates are all full accreditations of a body and programme, samples left out, by id.
func (s *Store) HeldCertificates(ctx context.Context, body, programme string) ([]HeldCertificate, error) {
	var rows []HeldCertificate
	err := s.read(ctx).Table("accreditations AS a").Select("a.*, p.slug, p.name").Joins("JOIN providers AS p ON p.id = a.provider_id").
		Where("a.body = ? AND a.programme = ? AND a.level = 'full' AND NOT p.sample AND p.origin <> 'synthetic'", body, programme).Order("a.id").Scan(&rows).Error
	return rows, asFault("held certificates", err)
}

// OpenFindings are the differences of a register that wait for a check.
func (tx *Tx) OpenFindings() ([]Verification, error) {
	var rows []Verification
	err := tx.locking().Where("kind = 'register' AND state IN ('waiting', 'second')").Order("id").Find(&rows).Error
	return rows, asFault("findings", err)
}

// FindingMarks are the marks of all differences that were found in a copy of a day, decided ones too.
func (tx *Tx) FindingMarks(snapshot string) (map[string]bool, error) {
	var marks []string
	err := tx.db.Table("verifications").Where("kind = 'register' AND mark LIKE ?", snapshot+" %").Pluck("mark", &marks).Error
	out := make(map[string]bool, len(marks))
	for _, m := range marks {
		out[m] = true
	}
	return out, asFault("findings", err)
}
