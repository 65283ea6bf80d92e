package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"math/big"
	"strings"

	"carecorridor/models"
)

// Recovery codes: ten of sixteen symbols, 79 bits each, so that a hash without a key is enough.
const (
	recoveryCodes   = 10
	recoverySymbols = 16
	recoveryLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ" // none that is mistaken for another
)

// newCodes replaces a person's codes, and gives them as they are shown: XXXX-XXXX-XXXX-XXXX.
func (s *Service) newCodes(tx *models.Tx, person string) ([]string, error) {
	codes := make([]string, recoveryCodes)
	rows := make([]models.RecoveryCode, recoveryCodes)
	for i := range codes {
		codes[i] = newCode()
		rows[i] = models.RecoveryCode{ID: newID(), CodeHash: codeHash(person, codes[i])}
	}
	return codes, tx.SetRecoveryCodes(person, rows)
}

func newCode() string {
	var b strings.Builder
	for i := range recoverySymbols {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(recoveryLetters)))) // never fails (crypto/rand)
		b.WriteByte(recoveryLetters[n.Int64()])
	}
	return b.String()
}

// codeHash reads a code as people type it: any case, with or without hyphens and spaces.
func codeHash(person, typed string) []byte {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\u00a0\t‐‑–", r) {
			return -1
		}
		return r
	}, strings.ToUpper(typed))
	sum := sha256.Sum256([]byte("recovery " + person + " " + bare))
	return sum[:]
}

// byRecovery uses a code up.
func byRecovery(code string) proof {
	return func(tx *models.Tx, p *models.Person) (bool, error) {
		return tx.UseRecoveryCode(p.ID, codeHash(p.ID, code))
	}
}

// NewRecoveryCodes replaces all recovery codes; they are shown once. Needs a fresh second factor.
func (s *Service) NewRecoveryCodes(ctx context.Context, who Actor) (codes []string, err error) {
	err = s.change(ctx, who, "new_recovery_codes", false, func(tx *models.Tx, p *models.Person) error {
		codes, err = s.newCodes(tx, p.ID)
		return err
	})
	return codes, err
}
