package referral

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"carecorridor/internal/when"
	"carecorridor/letters"
	"carecorridor/models"
)

// erase forgets the content of a closed referral: what is left is its reference, dates, states and reasons, the consents
// with their words, and the trail. The documents' contents are noted for removal from the bucket.
func (d *deed) erase() error {
	if err := d.tx.EraseReferral(d.r.ID); err != nil {
		return err
	}
	if err := d.tx.DropReferralClock(d.r.ID, string(AlertReminder), ""); err != nil {
		return err // nobody can be reminded any more
	}
	d.r.NhsNumber, d.r.NhsNumberIndex, d.r.PersonKey, d.r.PersonKeyIndex, d.r.ErasedAt = nil, nil, nil, nil, optional(d.now)
	if err := d.tx.SaveErased(d.r); err != nil {
		return err
	}
	d.p.Sections, d.p.Files = nil, nil
	return d.tx.Audit(models.Audited{Role: string(System), Action: "referral.erased", On: "referral", ID: d.r.ID, Subject: d.r.ID, Facts: map[string]string{"ending": d.r.Ending}})
}

// erasedLetter tells a patient that what they asked for is done.
const erasedLetter = "care_erased"

// sayErased leaves a letter to the patient in the same transaction: afterwards nothing else knows where they can be written
// to. Those who died are not written to.
func (d *deed) sayErased() error {
	if d.s.Quiet || d.f.Care.Died {
		return nil
	}
	return d.s.office.Post(d.tx, erasedLetter, letters.Letter{To: d.rec.Patient.Email, Link: d.s.Origin + "/privacy"})
}

// Kinds of forgetting (domain.md §4.5).
const (
	ForgetDraft     = "draft"     // never sent
	ForgetUntreated = "untreated" // ended without treatment
	ForgetTreated   = "treated"
	ForgetPassport  = "passport" // after the journey
	ForgetNames     = "names"    // of staff and practice, in what is left of an erased one
)

// Forgotten is one thing that retention forgets, or would.
type Forgotten struct {
	Reference string
	What      string // a kind of forgetting
	Since     time.Time
	Held      bool // a legal hold keeps it
}

// Retain forgets what has been kept for as long as it may be. A dry run only says what that is. A legal hold stops it.
func (s *Service) Retain(ctx context.Context, dryRun bool) (out []Forgotten, err error) {
	closed, err := s.Store.ReferralsToForget(ctx)
	if err != nil {
		return nil, err
	}
	late, err := s.Store.ReferralsIn(ctx, string(Treated), string(Aftercare))
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Concat(closed, late) {
		found, e := s.retainOne(ctx, id, dryRun)
		out, err = append(out, found...), errors.Join(err, e)
	}
	if !dryRun {
		s.sweepFiles(ctx)
	}
	return out, err
}

// errDry undoes a transaction that only looked.
var errDry = errors.New("dry run")

func (s *Service) retainOne(ctx context.Context, id string, dryRun bool) (out []Forgotten, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		out = nil
		d, err := s.begin(tx, id, Clockwork)
		if err != nil {
			return err
		}
		for _, f := range d.overdue() {
			f.Reference, f.Held = d.r.Reference, d.f.Has(LegalHold)
			out = append(out, f)
			if dryRun || f.Held {
				continue
			}
			if err := d.forget(f.What); err != nil {
				return err
			}
		}
		if dryRun {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return out, err
}

// overdue is what has been kept for as long as it may be.
func (d *deed) overdue() (out []Forgotten) {
	t, r := d.s.Terms, d.r
	past := func(from time.Time, days int) bool { return !from.IsZero() && !d.now.Before(from.AddDate(0, 0, days)) }
	if home := d.homeAgain(); home.Known() && past(home.Time(), t.PassportDays) && d.hasSection(sectionPassport) {
		out = append(out, Forgotten{What: ForgetPassport, Since: home.Time()})
	}
	if r.ClosedAt == nil {
		return out
	}
	closed := *r.ClosedAt
	if r.ErasedAt != nil {
		if past(closed, t.SkeletonDays) && (r.Clinician != "" || r.CreatedBy != "" || r.OrgID != nil) {
			out = append(out, Forgotten{What: ForgetNames, Since: closed})
		}
		return out
	}
	what, days := ForgetUntreated, t.UntreatedDays
	switch {
	case r.SentAt == nil:
		what, days = ForgetDraft, t.DraftDays
	case d.f.Care.DischargedOn.Known() || d.f.Care.AdmittedOn.Known():
		what, days = ForgetTreated, t.TreatedDays
	}
	if what == ForgetTreated && d.mental() {
		days = max(days, t.MentalDays)
	}
	if past(closed, days) {
		out = append(out, Forgotten{What: what, Since: closed})
	}
	return out
}

// homeAgain is the day after which the passport is not needed: the journey home, or the end of a referral without one.
func (d *deed) homeAgain() when.Date {
	switch {
	case d.f.Care.DischargedOn.Known():
		if leave := d.f.Travel.Confirmed.Leave; d.f.Care.DischargedOn.Before(leave) {
			return leave
		}
		return d.f.Care.DischargedOn
	case d.r.ClosedAt != nil:
		return when.DateOf(d.r.ClosedAt.In(london))
	}
	return when.Date{}
}

func (d *deed) hasSection(name string) bool {
	return slices.ContainsFunc(d.p.Sections, func(x models.ReferralSection) bool { return x.Name == name })
}

// mental reports content about mental health, which is kept longer (domain.md §4.5).
func (d *deed) mental() bool {
	t, _ := d.s.Directory.Treatment(d.rec.Clinical.Treatment)
	words := strings.ToLower(d.rec.Clinical.Condition.Text + " " + d.rec.Clinical.Problem)
	return t.Specialty == "psychiatry" || strings.Contains(words, "depress") || strings.Contains(words, "psychos") || strings.Contains(words, "schizo") || strings.Contains(words, "bipolar")
}

func (d *deed) forget(what string) error {
	switch what {
	case ForgetPassport:
		if err := d.tx.DropSection(d.r.ID, sectionPassport); err != nil {
			return err
		}
		if err := d.tx.ForgetLetters(d.r.ID); err != nil {
			return err
		}
		d.p.Sections = slices.DeleteFunc(d.p.Sections, func(x models.ReferralSection) bool { return x.Name == sectionPassport })
		return d.tx.Audit(models.Audited{Role: string(System), Action: "referral.passport_forgotten", On: "referral", ID: d.r.ID, Subject: d.r.ID})
	case ForgetNames:
		d.r.Clinician, d.r.CreatedBy, d.r.OrgID = "", "", nil
		return d.tx.SaveErased(d.r)
	}
	return d.erase()
}

// Erased are the references of everything that was erased since a moment: the list that is played again on a restored
// backup (docs/runbooks/erasure.md).
func (s *Service) Erased(ctx context.Context, since time.Time) ([]string, error) {
	return s.Store.ErasedReferrals(ctx, since)
}

// EraseAgain erases what is on such a list and is there again after a restore. It says which were.
func (s *Service) EraseAgain(ctx context.Context, references []string) (done []string, err error) {
	for _, code := range references {
		err := s.Store.Write(ctx, func(tx *models.Tx) error {
			r, err := tx.ReferralByReference(code)
			if err != nil {
				return err
			}
			d, err := s.begin(tx, r.ID, Clockwork)
			if err != nil || d.r.ErasedAt != nil {
				return err
			}
			if d.f.State != Closed {
				return errors.New("it is open in this backup: close it first")
			}
			done = append(done, code)
			return d.erase()
		})
		if err != nil {
			return done, err
		}
	}
	s.sweepFiles(ctx)
	return done, nil
}
