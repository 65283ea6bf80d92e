package models

import (
	"context"

	"gorm.io/gorm"
)

// Factors are the second factors of a person.
type Factors struct {
	Totp     *TotpSecret // nil when there is no authenticator app
	Passkeys []Passkey   // oldest first
	Codes    int         // recovery codes left
}

// Any reports whether there is one; recovery codes alone do not count.
func (f Factors) Any() bool { return f.Totp != nil || len(f.Passkeys) > 0 }

// FactorsOf a person.
func (s *Store) FactorsOf(ctx context.Context, person string) (Factors, error) {
	return factorsOf(s.read(ctx), person)
}

// FactorsOf is Store.FactorsOf as this transaction sees it.
func (tx *Tx) FactorsOf(person string) (Factors, error) { return factorsOf(tx.db, person) }

func factorsOf(db *gorm.DB, person string) (f Factors, err error) {
	var apps []TotpSecret
	var codes int64
	err = first(
		func() error { return db.Where("person_id = ? AND confirmed_at IS NOT NULL", person).Find(&apps).Error },
		func() error { return db.Where("person_id = ?", person).Order("created_at, id").Find(&f.Passkeys).Error },
		func() error {
			return db.Table("recovery_codes").Where("person_id = ? AND used_at IS NULL", person).Count(&codes).Error
		},
	)
	if len(apps) > 0 {
		f.Totp = &apps[0]
	}
	f.Codes = int(codes)
	return f, asFault("second factors", err)
}

// TotpInUse reads a person's authenticator app. None is fault.Missing.
func (tx *Tx) TotpInUse(person string) (*TotpSecret, error) {
	return one("authenticator", func(t *TotpSecret) error {
		return tx.locking().Where("person_id = ? AND confirmed_at IS NOT NULL", person).Take(t).Error
	})
}

// TotpOffered reads one that waits for its first code. None is fault.Missing.
func (tx *Tx) TotpOffered(person string) (*TotpSecret, error) {
	return one("authenticator", func(t *TotpSecret) error {
		return tx.locking().Where("person_id = ? AND confirmed_at IS NULL", person).Take(t).Error
	})
}

// OfferTotp adds one that waits for its first code, in place of another that waits.
func (tx *Tx) OfferTotp(t *TotpSecret) error {
	if err := tx.exec("DELETE FROM totp_secrets WHERE person_id = ? AND confirmed_at IS NULL", t.PersonID); err != nil {
		return asFault("write totp_secrets", err)
	}
	t.CreatedAt, t.ConfirmedAt = tx.now, nil
	return create(tx, t)
}

// ConfirmTotp takes an offered one into use, in place of the one before.
func (tx *Tx) ConfirmTotp(t *TotpSecret, step int64) error {
	if err := tx.exec("DELETE FROM totp_secrets WHERE person_id = ? AND confirmed_at IS NOT NULL", t.PersonID); err != nil {
		return asFault("write totp_secrets", err)
	}
	return asFault("write totp_secrets", tx.exec("UPDATE totp_secrets SET confirmed_at = ?, last_step = ? WHERE id = ?", tx.now, step, t.ID))
}

// UseTotp uses up the code of a step; false when that step, or a later one, was used already.
func (tx *Tx) UseTotp(id string, step int64) (bool, error) {
	return tx.did("write totp_secrets", "UPDATE totp_secrets SET last_step = ? WHERE id = ? AND last_step < ?", step, id, step)
}

// DropTotp forgets a person's authenticator apps.
func (tx *Tx) DropTotp(person string) (bool, error) {
	return tx.did("write totp_secrets", "DELETE FROM totp_secrets WHERE person_id = ?", person)
}

// PasskeysOf a person, oldest first.
func (tx *Tx) PasskeysOf(person string) ([]Passkey, error) {
	var rows []Passkey
	err := tx.locking().Where("person_id = ?", person).Order("created_at, id").Find(&rows).Error
	return rows, asFault("passkeys", err)
}

// AddPasskey adds p. One that is known already is fault.Conflict.
func (tx *Tx) AddPasskey(p *Passkey) error {
	p.CreatedAt, p.UsedAt = tx.now, nil
	return create(tx, p)
}

// UsePasskey keeps what the library says of it after a use.
func (tx *Tx) UsePasskey(id, credential string) error {
	return asFault("write passkeys", tx.exec("UPDATE passkeys SET credential = ?, used_at = ? WHERE id = ?", credential, tx.now, id))
}

// DropPasskey forgets one of a person, or with "" all; false when there was none.
func (tx *Tx) DropPasskey(person, id string) (bool, error) {
	return tx.did("write passkeys", "DELETE FROM passkeys WHERE person_id = ? AND (? = '' OR id = ?)", person, id, id)
}

// SetRecoveryCodes replaces all of a person's codes.
func (tx *Tx) SetRecoveryCodes(person string, rows []RecoveryCode) error {
	if err := tx.exec("DELETE FROM recovery_codes WHERE person_id = ?", person); err != nil || len(rows) == 0 {
		return asFault("write recovery_codes", err)
	}
	for i := range rows {
		rows[i].PersonID, rows[i].CreatedAt = person, tx.now
	}
	return asFault("write recovery_codes", tx.db.Create(&rows).Error)
}

// UseRecoveryCode uses a code up; false when the person has no such code left.
func (tx *Tx) UseRecoveryCode(person string, hash []byte) (bool, error) {
	return tx.did("write recovery_codes", "UPDATE recovery_codes SET used_at = ? WHERE person_id = ? AND code_hash = ? AND used_at IS NULL", tx.now, person, hash)
}
