package auth

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"carecorridor/internal/fault"
	"carecorridor/models"
)

// What authenticator apps take without settings: RFC 6238 with SHA-1, 6 digits, 30 seconds.
const (
	totpPeriod = 30
	totpIssuer = "Care Corridor"
)

// stepOf is the 30-second step for which a code is right, allowing for a clock one step off either way (RFC 6238 §5.2).
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, code)
	for _, off := range []int64{0, -1, 1} {
		at := now.Unix()/totpPeriod + off
		want, err := totp.GenerateCode(secret, time.Unix(at*totpPeriod, 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(code), []byte(want)) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}

// byTOTP uses up the code of a step: neither it nor an earlier one works again.
func (s *Service) byTOTP(code string) proof {
	return func(tx *models.Tx, p *models.Person) (bool, error) {
		app, err := tx.TotpInUse(p.ID)
		if err != nil {
			return false, hide(err, ErrFactor)
		}
		secret, err := s.open("totp_secrets", "secret", app.ID, app.Secret)
		if err != nil {
			return false, err
		}
		step, ok := stepOf(secret, code, tx.Now())
		if !ok {
			return false, nil
		}
		return tx.UseTotp(app.ID, step)
	}
}

// offerTOTP makes a secret that waits for its first code.
func (s *Service) offerTOTP(tx *models.Tx, p *models.Person) (TOTPSetup, error) {
	email, err := s.emailOf(p.ID, p.Email)
	if err != nil {
		return TOTPSetup{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: email, SecretSize: 20, Period: totpPeriod})
	if err != nil {
		return TOTPSetup{}, fault.New(fault.Broken, "authenticator", err)
	}
	row := &models.TotpSecret{ID: newID(), PersonID: p.ID}
	if row.Secret, err = s.seal("totp_secrets", "secret", row.ID, key.Secret()); err != nil {
		return TOTPSetup{}, err
	}
	if err := tx.OfferTotp(row); err != nil {
		return TOTPSetup{}, err
	}
	return TOTPSetup{Secret: key.Secret(), URI: key.URL()}, nil
}

// confirmTOTP takes the offered secret into use with its first code.
func (s *Service) confirmTOTP(tx *models.Tx, p *models.Person, code string) error {
	app, err := tx.TotpOffered(p.ID)
	if err != nil {
		return hide(err, ErrFactor)
	}
	secret, err := s.open("totp_secrets", "secret", app.ID, app.Secret)
	if err != nil {
		return err
	}
	step, ok := stepOf(secret, code, tx.Now())
	if !ok {
		return ErrFactor
	}
	return tx.ConfirmTotp(app, step)
}

// BeginFirstTOTP offers an authenticator app to a person whose step is NeedEnrol.
func (s *Service) BeginFirstTOTP(ctx context.Context, token string) (out TOTPSetup, err error) {
	c, err := s.Store.ChallengeByToken(ctx, hashOf(token), string(NeedEnrol))
	if err != nil {
		return out, hide(err, ErrStep)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(*c.PersonID)
		if err != nil {
			return err
		}
		out, err = s.offerTOTP(tx, p)
		return err
	})
	return out, err
}

// FinishFirstTOTP ends the sign-in with the app's first code; Codes of the result are shown once.
func (s *Service) FinishFirstTOTP(ctx context.Context, token, code string, v Visit) (SignedIn, error) {
	return s.first(ctx, token, "totp", v, func(tx *models.Tx, p *models.Person, _ stepData) error { return s.confirmTOTP(tx, p, code) })
}

// NewTOTP offers an authenticator app; the one in use stays until ConfirmTOTP. Needs a fresh second factor.
func (s *Service) NewTOTP(ctx context.Context, who Actor) (out TOTPSetup, err error) {
	if err := s.fresh(who); err != nil {
		return out, err
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		p, err := tx.PersonForUpdate(who.Person)
		if err != nil {
			return err
		}
		out, err = s.offerTOTP(tx, p)
		return err
	})
	return out, err
}

// ConfirmTOTP takes the new app into use with its first code. Needs a fresh second factor.
func (s *Service) ConfirmTOTP(ctx context.Context, who Actor, code string) error {
	return s.change(ctx, who, "add_totp", true, func(tx *models.Tx, p *models.Person) error { return s.confirmTOTP(tx, p, code) })
}

// RemoveTOTP forgets the app; ErrLastFactor when there is no passkey. Needs a fresh second factor.
func (s *Service) RemoveTOTP(ctx context.Context, who Actor) error {
	return s.change(ctx, who, "remove_totp", false, func(tx *models.Tx, p *models.Person) error {
		f, err := tx.FactorsOf(p.ID)
		if err == nil {
			err = mayDrop(f, 1, 0)
		}
		if err != nil {
			return err
		}
		return gone(tx.DropTotp(p.ID))
	})
}
