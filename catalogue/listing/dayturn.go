package listing

import (
	"context"
	"strconv"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// ReminderDays are how long before a certificate's last day its owners are told (ux.md §6.14), farthest first.
var ReminderDays = []int{90, 60, 30, 7}

// Turned counts what a day brought.
type Turned struct {
	Expired   int // certificates whose last day is over
	Due       int // certificates and clinicians put into the queue to be looked up again
	Reminders int // letters queued
	Scanned   int // files that a scan judged
}

// dayBatch is how many rows are read at once; each is then done in a transaction of its own.
const dayBatch = 200

// TurnDay does what time alone makes due: certificates that ended, reminders, what is to be checked again, files that
// wait for a scan. It may run at any time and as often as wanted: a server that was off catches up.
func (s *Service) TurnDay(ctx context.Context) (Turned, error) {
	var t Turned
	for _, step := range []func(context.Context, *Turned) error{s.expire, s.remind, s.fallDue, s.cliniciansDue, s.scan} {
		if err := step(ctx, &t); err != nil {
			return t, err
		}
	}
	return t, nil
}

func (s *Service) expire(ctx context.Context, t *Turned) error {
	after := int64(0)
	for {
		rows, err := s.Store.CertificatesEnded(ctx, s.Today(), after, dayBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			if err := s.expireOne(ctx, row); err != nil {
				return err
			}
			t.Expired++
			after = row.ID
		}
	}
}

func (s *Service) expireOne(ctx context.Context, row models.Accreditation) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		w, a, err := s.heldCertificate(tx, row)
		if err != nil || a == nil || !a.ValidTo.Before(s.Today()) {
			return err
		}
		if _, can := CertificateAfter(a.State, Expire); !can {
			return nil
		}
		if err := s.lose(w, a, Expire); err != nil {
			return err
		}
		if err := s.tellOnce(w, a, 0); err != nil {
			return err
		}
		return tx.Audit(bySystem("certificate.expire", w.b.ID, a))
	})
}

// heldCertificate is a certificate of a listing that nobody else changes now; nil when it is gone.
func (s *Service) heldCertificate(tx *models.Tx, row models.Accreditation) (*work, *models.Accreditation, error) {
	w, err := s.open(tx, row.ProviderID)
	if err != nil {
		return nil, nil, err
	}
	return w, w.certificate(CertificateKey(row)), nil
}

func bySystem(action string, provider int64, a *models.Accreditation) models.Audited {
	return models.Audited{Role: "system", Action: action, On: "listing", ID: strconv.FormatInt(provider, 10),
		Facts: map[string]string{"certificate": CertificateKey(*a), "until": a.ValidTo.String()}}
}

// remind tells owners once at each distance. A certificate met late is told of at the nearest distance that is past, not at all of them.
func (s *Service) remind(ctx context.Context, t *Turned) error {
	if s.Tell == nil {
		return nil
	}
	today := s.Today()
	rows, err := s.Store.CertificatesEnding(ctx, today, today.AddDays(ReminderDays[0]))
	if err != nil {
		return err
	}
	for _, row := range rows {
		days := reminderOf(today.DaysUntil(row.ValidTo))
		told := false
		err := s.Store.Write(ctx, func(tx *models.Tx) error {
			told = false
			w, a, err := s.heldCertificate(tx, row)
			if err != nil || a == nil {
				return err
			}
			before, err := tx.Reminded(a.ID, a.ValidTo.String(), int64(days))
			if err != nil || before {
				return err
			}
			told = true
			return s.tellOnce(w, a, days)
		})
		if err != nil {
			return err
		}
		if told {
			t.Reminders++
		}
	}
	return nil
}

// reminderOf is the reminder that is due so many days before the end.
func reminderOf(left int) int {
	due := ReminderDays[0]
	for _, d := range ReminderDays {
		if left <= d {
			due = d
		}
	}
	return due
}

// tellOnce queues a letter and notes it in the same transaction. Where nobody has an account nobody was told, and the
// next day tries again.
func (s *Service) tellOnce(w *work, a *models.Accreditation, days int) error {
	if s.Tell == nil {
		return nil
	}
	letter := Letter{Template: LetterEnds, Days: s.Today().DaysUntil(a.ValidTo)}
	if days == 0 {
		letter = Letter{Template: LetterEnded}
	}
	told, err := s.Tell(w.tx, w.b.ID, letter)
	if err != nil || told == 0 {
		return err
	}
	return w.tx.AddReminder(models.CertificateReminder{AccreditationID: a.ID, Until: a.ValidTo.String(), Days: int64(days), Told: int64(told)})
}

// fallDue puts certificates into the queue that are to be looked up again (domain.md §7.4, §7.5).
func (s *Service) fallDue(ctx context.Context, t *Turned) error {
	today := s.Today()
	rows, err := s.Store.CertificatesToCheck(ctx, today.AddDays(DueBeforeCheck), today.AddDays(DueBeforeEnd), dayBatch*10)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if !isDue(row, today) {
			continue
		}
		err := s.Store.Write(ctx, func(tx *models.Tx) error {
			w, a, err := s.heldCertificate(tx, row)
			if err != nil || a == nil || a.State != verified || !isDue(*a, today) {
				return err
			}
			if err := w.step(a, FallDue, today, ""); err != nil {
				return err
			}
			return w.queueRecheck("certificate/"+CertificateKey(*a), diffsOf("certificate", CertificateKey(*a), certificateFields(*a)))
		})
		if err != nil {
			return err
		}
		t.Due++
	}
	return nil
}

// isDue: the next check comes near, or the end does and nobody looked since it came near.
func isDue(a models.Accreditation, today when.Date) bool {
	ends := a.ValidTo.AddDays(-DueBeforeEnd)
	return a.NextCheck.Known() && !today.Before(a.NextCheck.AddDays(-DueBeforeCheck)) ||
		a.ValidTo.Known() && !today.Before(ends) && a.CheckedOn.Before(ends)
}

func (s *Service) cliniciansDue(ctx context.Context, t *Turned) error {
	rows, err := s.Store.CliniciansToCheck(ctx, s.Today(), dayBatch*10)
	if err != nil {
		return err
	}
	for _, row := range rows {
		err := s.Store.Write(ctx, func(tx *models.Tx) error {
			w, err := s.open(tx, row.ProviderID)
			if err != nil {
				return err
			}
			c, err := w.clinician(row.ID)
			if err != nil || c.State != models.CertificateVerified {
				return nil // taken out, or marked meanwhile
			}
			c.State = models.CertificateDue
			if err := tx.PutClinician(*c); err != nil {
				return err
			}
			return w.queueRecheck("clinician/"+c.ID, diffsOf("clinician", c.ID, w.public("clinician/"+c.ID)))
		})
		if err != nil {
			return err
		}
		t.Due++
	}
	return nil
}

// diffsOf shows what is public, for somebody to hold against the register: nothing is new in it.
func diffsOf(section, key string, fields map[string]string) []Diff {
	in, _ := SectionOf(section)
	var out []Diff
	for _, f := range in.Fields {
		if value := fields[f.Name]; value != "" && f.Kind != File {
			out = append(out, Diff{Path: PathOf(section, key, f.Name), Label: f.Label, Old: value, New: value})
		}
	}
	return out
}

// queueRecheck asks for a second look, unless one is asked for already.
func (w *work) queueRecheck(unit string, diffs []Diff) error {
	open, err := w.tx.OpenVerification(w.b.ID, unit, string(KindRecheck))
	if err != nil || open != nil {
		return err
	}
	v := &models.Verification{ID: NewKey(), ProviderID: &w.b.ID, Kind: string(KindRecheck), Unit: unit, State: string(Waiting), Evidence: "{}"}
	if v.Fields, err = packed(diffs); err != nil {
		return err
	}
	return w.tx.AddVerification(v)
}
