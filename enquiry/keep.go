package enquiry

import (
	"context"
	"errors"
	"slices"

	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// batch is how many of a kind are tended in one run; what is left waits for the next hour.
const batch = 500

// Tended counts what one run did.
type Tended struct{ Drafts, Delivered, Lapsed, Erased, Scanned int }

// Tend is the worker of jobs.TendEnquiries: it drops old drafts, delivers what a new contact allows, ends what
// nobody answered, erases what its time has passed, scans what was not scanned and empties the bucket. One that fails does
// not keep the others.
func (s *Service) Tend(ctx context.Context) (t Tended, err error) {
	for _, do := range []func(context.Context, *Tended) error{s.dropDrafts, s.deliverHeld, s.lapse, s.eraseDue, s.scanPending, s.dropCounts} {
		err = errors.Join(err, do(ctx, &t))
	}
	return t, errors.Join(err, s.emptyBucket(ctx))
}

func (s *Service) dropDrafts(ctx context.Context, t *Tended) error {
	ids, err := s.Store.EnquiriesBefore(ctx, string(IsDraft), s.days(-s.Terms.DraftDays), batch)
	for _, id := range ids {
		err = errors.Join(err, s.Store.Write(ctx, func(tx *models.Tx) error {
			e, err := tx.EnquiryForUpdate(id)
			if fault.Is(err, fault.Missing) || err == nil && (e.State != string(IsDraft) || !s.stale(e)) {
				return nil // saved, sent or dropped meanwhile
			}
			if err != nil {
				return err
			}
			t.Drafts++
			return tx.DropDraft(e)
		}))
	}
	return err
}

// deliverHeld sends requests whose hospital has a checked contact by now.
func (s *Service) deliverHeld(ctx context.Context, t *Tended) error {
	rows, err := s.Store.HeldRecipients(ctx)
	known := map[string]string{}
	for _, row := range rows {
		if _, asked := known[row.HospitalSlug]; !asked {
			address, e := s.address(ctx, row.HospitalSlug)
			err = errors.Join(err, e)
			known[row.HospitalSlug] = address
		}
		if known[row.HospitalSlug] == "" {
			continue
		}
		err = errors.Join(err, s.tend(ctx, row, Held, func(d *deed, r *models.EnquiryRecipient) error {
			t.Delivered++
			return s.deliver(d, r)
		}))
	}
	return err
}

// lapse ends requests that wait for somebody who does not come.
func (s *Service) lapse(ctx context.Context, t *Tended) error {
	var all error
	for _, wait := range []struct {
		state State
		days  int
	}{{Held, s.Terms.HeldDays}, {Sent, s.Terms.ReplyDays}, {Opened, s.Terms.ReplyDays}, {InfoRequested, s.Terms.InfoDays}, {Quoted, s.Terms.QuotedDays}} {
		before := s.days(-wait.days)
		rows, err := s.Store.IdleRecipients(ctx, []string{string(wait.state)}, before, batch)
		all = errors.Join(all, err)
		for _, row := range rows {
			all = errors.Join(all, s.tend(ctx, row, wait.state, func(d *deed, r *models.EnquiryRecipient) error {
				quotes, err := d.tx.QuotesOf(r.ID)
				if q := newest(quotes); err != nil || r.MovedAt.After(before) || q != nil && s.inDate(*q) {
					return err
				}
				t.Lapsed++
				return s.lapseOne(d, r)
			}))
		}
	}
	return all
}

func (s *Service) lapseOne(d *deed, r *models.EnquiryRecipient) error {
	told := State(r.State) != Held
	if err := s.step(d, r, Lapse, System, nil); err != nil {
		return err
	}
	if told {
		if err := s.tellHospital(d, r, letterClosed); err != nil {
			return err
		}
	}
	_, c, err := s.open(d.e)
	if err != nil {
		return err
	}
	return s.tellPatient(d.tx, d.e, c.Email, letterNews)
}

// tend runs the clock's action on a request that is still in its state.
func (s *Service) tend(ctx context.Context, row models.EnquiryRecipient, state State, do func(*deed, *models.EnquiryRecipient) error) error {
	return s.hold(ctx, row.EnquiryID, func(d *deed) error {
		r, err := d.pick(row.ID)
		if err != nil || State(r.State) != state {
			return nil // erased or moved meanwhile
		}
		return do(d, r)
	})
}

// eraseDue erases what may not be kept any longer (domain.md §4.5).
func (s *Service) eraseDue(ctx context.Context, t *Tended) error {
	unkept, err := s.Store.ClosedBefore(ctx, false, s.days(-s.Terms.UnkeptDays), batch)
	kept, more := s.Store.ClosedBefore(ctx, true, s.days(-s.Terms.KeptDays), batch)
	accepted, most := s.Store.EnquiriesBefore(ctx, string(IsAccepted), s.days(-s.Terms.AcceptedDays), batch)
	err = errors.Join(err, more, most)
	for _, id := range slices.Concat(unkept, kept, accepted) {
		err = errors.Join(err, s.hold(ctx, id, func(d *deed) error {
			due, err := s.due(d)
			if err != nil || !due {
				return err
			}
			t.Erased++
			return s.erase(d, System)
		}))
	}
	return err
}

func (s *Service) due(d *deed) (bool, error) {
	parts, err := d.tx.PartsOf(d.e.ID)
	if err != nil {
		return false, err
	}
	days := s.Terms.UnkeptDays
	if slices.ContainsFunc(parts.Consents, func(c models.EnquiryConsent) bool { return c.Kind == "keep_copy" && c.Given }) {
		days = s.Terms.KeptDays
	}
	switch Progress(d.e.State) {
	case IsAccepted:
		days = s.Terms.AcceptedDays
	case IsDraft, IsOpen:
		return false, nil
	}
	return d.e.UpdatedAt.Before(s.days(-days)), nil
}

// scanPending asks the scanner about documents it has not judged: it was away, or came later.
func (s *Service) scanPending(ctx context.Context, t *Tended) error {
	if s.Scanner == nil {
		return nil
	}
	ids, err := s.Store.UnscannedFiles(ctx, batch)
	for _, id := range ids {
		content, e := s.Files.Get(ctx, id)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		found, e := s.Scanner.Scan(ctx, content)
		if e != nil || found == files.Pending {
			return errors.Join(err, e) // it is away: so it is for the others
		}
		t.Scanned++
		err = errors.Join(err, s.Store.Write(ctx, func(tx *models.Tx) error { return tx.SetScan(id, string(found)) }))
	}
	return err
}

// triedDays is how long letters wait, whoever wrote them: the queue gives up long before. Until then they hold an address,
// sealed, that may be deleted everywhere else; then they hold nothing.
const triedDays = 7

func (s *Service) dropCounts(ctx context.Context, _ *Tended) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return errors.Join(tx.DropAttempts(s.days(-2)), tx.GiveUpMails(s.days(-triedDays)), tx.DropMails(s.days(-s.Terms.MailDays)))
	})
}

// sweep empties the bucket now if it can; Tend does what is left.
func (s *Service) sweep(ctx context.Context) {
	_ = s.emptyBucket(context.WithoutCancel(ctx)) // the list of removals stays until it worked
}

// emptyBucket removes contents whose rows are gone.
func (s *Service) emptyBucket(ctx context.Context) error {
	rows, err := s.Store.FileRemovals(ctx, batch)
	for _, r := range rows {
		if e := s.Files.Delete(ctx, r.ID); e != nil {
			err = errors.Join(err, e)
			continue
		}
		err = errors.Join(err, s.Store.Write(ctx, func(tx *models.Tx) error { return tx.DropFileRemoval(r.ID) }))
	}
	return err
}
