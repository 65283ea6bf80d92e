package referral

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/letters"
	"carecorridor/models"
	"carecorridor/referral/record"
)

// A patient has no account: whoever holds the link that was mailed, and then reads the code that is mailed to the same
// address, is the patient (brief §8). The link works once, the code for minutes, the session for hours.

// PatientSession is a patient's browser. Token belongs into a cookie, never into an address.
type PatientSession struct {
	Token     string // only when it is new
	Referral  string
	Reference string
	IdleAt    time.Time // ends then if nothing is done
	Until     time.Time // ends then whatever is done
	Checked   bool      // a code was entered in it
}

// StartSelf makes a draft of a patient who writes alone, and a session for their browser. Consents ask for a code first.
func (s *Service) StartSelf(ctx context.Context, mode Mode) (out PatientSession, err error) {
	f := Facts{ID: newID(), Mode: modeOf(mode), Origin: BySelf, Priority: Routine}
	who := auth.Actor{Person: f.ID, Role: auth.Patient}
	started, err := s.create(ctx, who, f, nil, func(d *deed) error {
		out, err = s.openSession(d.tx, f.ID, false)
		return err
	})
	out.Reference = started.Reference
	return out, err
}

func (s *Service) openSession(tx *models.Tx, referral string, checked bool) (PatientSession, error) {
	token, hash := newToken()
	now := s.now()
	row := &models.PatientSession{ID: newID(), ReferralID: referral, TokenHash: hash, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(s.Terms.PatientLong)}
	if checked {
		row.SteppedUpAt = &now
	}
	return PatientSession{Token: token, Referral: referral, IdleAt: now.Add(s.Terms.PatientIdle), Until: row.ExpiresAt, Checked: checked}, tx.AddPatientSession(row)
}

// hideLink makes every failure of a secret the same one.
func hideLink(err error) error {
	if fault.Is(err, fault.Missing) {
		return ErrLink
	}
	return err
}

// AskLink mails a new link when the address is that of the referral. It answers the same either way, and ErrTooMany when
// a reference was tried too often.
func (s *Service) AskLink(ctx context.Context, typed, email string) error {
	code, ok := reference.Parse(typed)
	if !ok {
		return nil
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		if n, err := tx.Try(s.tryName("ask", code), time.Hour); err != nil || n > int64(s.Terms.LookupsAnHour) {
			return firstError(err, ErrTooMany)
		}
		r, err := tx.ReferralByReference(code)
		if fault.Is(err, fault.Missing) || err == nil && (r.ErasedAt != nil || r.Ending == string(EndEnteredInError) || died(r)) {
			return nil
		}
		if err != nil {
			return err
		}
		p, err := s.patientOf(tx, r.ID)
		if err != nil || !hmac.Equal([]byte(plainAddress(p.Email)), []byte(plainAddress(email))) || p.Email == "" {
			return err
		}
		token, hash := newToken()
		if err := tx.AddPatientLink(&models.PatientLink{ID: newID(), ReferralID: r.ID, TokenHash: hash, CreatedAt: s.now(), ExpiresAt: s.now().AddDate(0, 0, s.Terms.LinkDays)}); err != nil {
			return err
		}
		return s.office.Post(tx, linkLetter, letters.Letter{To: p.Email, Link: s.Origin + PatientPath + token})
	})
}

// Letters that let a patient in.
const (
	linkLetter = "care_link"
	codeLetter = "care_code"
)

func plainAddress(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// tryName counts tries without keeping what was tried.
func (s *Service) tryName(what, of string) string {
	return "referral " + what + " " + hexOf(s.Box.Index("referrals.try", of))
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) patientOf(tx *models.Tx, id string) (p record.Patient, err error) {
	rows, err := tx.SectionsOf(id)
	if err == nil {
		err = s.section(rows, string(InPatient), &p)
	}
	return p, err
}

// SendCode mails a code to the patient a link belongs to. ErrLink, ErrTooMany.
func (s *Service) SendCode(ctx context.Context, link string) error {
	return hideLink(s.Store.Write(ctx, func(tx *models.Tx) error {
		l, err := tx.PatientLinkByToken(tokenHash(link), s.now())
		if err != nil {
			return err
		}
		return s.sendCode(tx, l.ReferralID)
	}))
}

// SendStepUpCode mails a code to a signed-in patient; StepUp takes it.
func (s *Service) SendStepUpCode(ctx context.Context, who auth.Actor) error {
	if who.Role != auth.Patient {
		return fault.New(fault.Forbidden, "referral code", nil)
	}
	return hideLink(s.Store.Write(ctx, func(tx *models.Tx) error { return s.sendCode(tx, who.Person) }))
}

func (s *Service) sendCode(tx *models.Tx, id string) error {
	if n, err := tx.Try(s.tryName("code", id), time.Hour); err != nil || n > int64(s.Terms.CodesAnHour) {
		return firstError(err, ErrTooMany)
	}
	p, err := s.patientOf(tx, id)
	if err != nil || p.Email == "" {
		return firstError(err, ErrLink)
	}
	if n, err := tx.Try(s.tryName("codes to", plainAddress(p.Email)), time.Hour); err != nil || n > 2*int64(s.Terms.CodesAnHour) {
		return firstError(err, ErrTooMany) // however many drafts name a stranger's address
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return fault.New(fault.Broken, "referral code", err)
	}
	code := fmt.Sprintf("%06d", n)
	if err := tx.PutPatientCode(&models.PatientCode{ReferralID: id, CodeHash: s.codeHash(id, code), CreatedAt: s.now(), ExpiresAt: s.now().Add(s.Terms.CodeTime)}); err != nil {
		return err
	}
	return s.office.Post(tx, codeLetter, letters.Letter{To: p.Email, Values: map[string]string{"code": code}})
}

// codeHash is keyed: six digits alone could be found from a plain hash.
func (s *Service) codeHash(id, code string) []byte {
	return tokenHash(hexOf(s.Box.Index("referrals.code", id+" "+code)))
}

// errWrongCode is kept apart so that the try is counted before it is told as ErrLink.
var errWrongCode = fault.New(fault.Missing, "referral code", nil)

// takeCode checks a typed code and uses it up. A wrong one counts: the transaction is to be kept.
func (s *Service) takeCode(tx *models.Tx, id, typed string) (ok bool, err error) {
	c, err := tx.PatientCode(id)
	if fault.Is(err, fault.Missing) {
		return false, nil
	}
	if err != nil || !s.now().Before(c.ExpiresAt) || c.Tries >= int64(s.Terms.CodeTries) {
		return false, err
	}
	if hmac.Equal(c.CodeHash, s.codeHash(id, digits(typed))) {
		return true, tx.DropPatientCode(id)
	}
	c.Tries++
	return false, tx.PutPatientCode(c)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// EnterCode opens a session with a link and the code that was mailed. The link is used up; the address is checked by it.
func (s *Service) EnterCode(ctx context.Context, link, code string) (out PatientSession, err error) {
	wrong := false
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		l, err := tx.PatientLinkByToken(tokenHash(link), s.now())
		if err != nil {
			return err
		}
		ok, err := s.takeCode(tx, l.ReferralID, code)
		if wrong = !ok; err != nil || !ok {
			return err
		}
		if err := tx.UsePatientLink(l.ID, s.now()); err != nil {
			return err
		}
		r, err := s.addressAnswered(tx, l.ReferralID)
		if err != nil {
			return err
		}
		out, err = s.openSession(tx, l.ReferralID, true)
		out.Reference = r.Reference
		return err
	})
	if err == nil && wrong {
		err = errWrongCode
	}
	return out, hideLink(err)
}

// addressAnswered notes that the patient reads mail at the address of the record.
func (s *Service) addressAnswered(tx *models.Tx, id string) (*models.Referral, error) {
	r, err := tx.ReferralForUpdate(id)
	if err != nil || r.ContactCheckedAt != nil {
		return r, err
	}
	return r, tx.ContactChecked(id, s.now())
}

// Patient is who holds a session. A session that ended, or was idle for too long, is ErrLink.
func (s *Service) Patient(ctx context.Context, token string) (who auth.Actor, out PatientSession, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.PatientSessionByToken(tokenHash(token), s.now())
		if err != nil {
			return err
		}
		if !s.now().Before(row.SeenAt.Add(s.Terms.PatientIdle)) {
			return ErrLink
		}
		r, err := s.referralOfPatient(tx, row.ReferralID)
		if err != nil {
			return err
		}
		who = auth.Actor{Person: row.ReferralID, Role: auth.Patient, Session: row.ID}
		if row.SteppedUpAt != nil {
			who.SteppedUp = *row.SteppedUpAt
		}
		out = PatientSession{Referral: row.ReferralID, Reference: r.Reference, Until: row.ExpiresAt, Checked: row.SteppedUpAt != nil}
		row.SeenAt = s.now()
		out.IdleAt = row.SeenAt.Add(s.Terms.PatientIdle)
		return tx.SavePatientSession(row)
	})
	return who, out, hideLink(err)
}

func (s *Service) referralOfPatient(tx *models.Tx, id string) (*models.Referral, error) {
	r, err := tx.ReferralPlain(id)
	if err == nil && r.ErasedAt != nil {
		err = ErrLink
	}
	return r, err
}

// StepUp makes a session fresh for ten minutes with a code. It checks the address as well.
func (s *Service) StepUp(ctx context.Context, token, code string) error {
	wrong := false
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.PatientSessionByToken(tokenHash(token), s.now())
		if err != nil {
			return err
		}
		ok, err := s.takeCode(tx, row.ReferralID, code)
		if wrong = !ok; err != nil || !ok {
			return err
		}
		if _, err := s.addressAnswered(tx, row.ReferralID); err != nil {
			return err
		}
		row.SteppedUpAt, row.SeenAt = optional(s.now()), s.now()
		return tx.SavePatientSession(row)
	})
	if err == nil && wrong {
		err = errWrongCode
	}
	return hideLink(err)
}

// LeavePatient ends a session; one that ended is fine.
func (s *Service) LeavePatient(ctx context.Context, token string) error {
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		row, err := tx.PatientSessionByToken(tokenHash(token), s.now())
		if err != nil {
			return err
		}
		row.EndedAt = optional(s.now())
		return tx.SavePatientSession(row)
	})
	if fault.Is(err, fault.Missing) {
		return nil
	}
	return err
}

// LinkForPatient is a one-time link for a patient who is present ("here now"); the code still goes to their own mail.
func (s *Service) LinkForPatient(ctx context.Context, who auth.Actor, id string) (link string, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		if err := auth.May(who, auth.ReferralEdit, auth.Near(who, d.f.ReferrerOrg, "")); err != nil {
			return err
		}
		if d.f.State != AwaitingConsent {
			return fault.Say(fault.Conflict, "referral link", "The referral is not waiting for the patient.")
		}
		token, hash := newToken()
		link = token
		if err := d.tx.AddPatientLink(&models.PatientLink{ID: newID(), ReferralID: d.r.ID, TokenHash: hash, CreatedAt: d.now, ExpiresAt: d.now.Add(time.Hour)}); err != nil {
			return err
		}
		return d.read1(who, "referral.link_here", "")
	})
	return link, err
}

// Receiver is who holds the link of a handback: pass the actor to Look and Do (Acknowledge, RecordFollowUp,
// ReportComplication). ErrLink.
func (s *Service) Receiver(ctx context.Context, link string) (who auth.Actor, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		h, err := tx.HandbackByToken(tokenHash(link), s.now())
		if err != nil {
			return err
		}
		if r, err := s.referralOfPatient(tx, h.ReferralID); err != nil || State(r.State) == Closed && Ending(r.Ending) != EndCompleted {
			return firstError(err, ErrLink)
		}
		who = auth.Actor{Person: h.ReferralID, Role: Receiver}
		if h.ToKind == FromAftercare {
			who.Org = FromAftercare
		}
		if h.OpenedAt != nil {
			return nil
		}
		h.OpenedAt = optional(s.now())
		return tx.PutHandback(h)
	})
	return who, hideLink(err)
}

// ContactAnswered notes that the patient of a sample reads mail at the address of the record: samples have no mailbox.
// A service that tells people anything refuses it.
func (s *Service) ContactAnswered(ctx context.Context, id string) error {
	if !s.Quiet {
		return fault.New(fault.Forbidden, "referral contact", nil)
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		_, err := s.addressAnswered(tx, id)
		return err
	})
}
