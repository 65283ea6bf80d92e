package referral

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/models"
)

// Tended counts what Tend did.
type Tended struct {
	Fired   int // rungs and ends of timers
	Scanned int // documents judged
	Checked int // hospitals found eligible again before a journey
	Swept   int // contents removed from the bucket
}

// batch is how many referrals or documents one round takes.
const batch = 100

// Tend does what time alone makes due: timers, scans, the check of hospitals before a journey, sweeping. It may run in
// many processes at once, and may be killed at any moment: whatever is left is done by the next.
func (s *Service) Tend(ctx context.Context) (done Tended, err error) {
	for range 1000 {
		ids, e := s.Store.DueReferrals(ctx, s.now(), batch)
		if e != nil {
			return done, e
		}
		before := done.Fired
		for _, id := range ids {
			n, e := s.fire(ctx, id)
			done.Fired += n
			err = errors.Join(err, e) // one referral's trouble does not stop the others
		}
		if len(ids) < batch || done.Fired == before {
			break
		}
	}
	n, e := s.rescan(ctx)
	done.Scanned, err = n, errors.Join(err, e)
	n, e = s.recheck(ctx)
	done.Checked, err = n, errors.Join(err, e)
	done.Swept = s.sweepFiles(ctx)
	err = errors.Join(err, s.tellAnew(ctx))
	err = errors.Join(err, s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.SweepPatients(s.now().AddDate(0, 0, -1), s.now().AddDate(0, 0, -s.Terms.NoticeDays))
	}))
	return done, err
}

// due is one moment of one clock that has come and was not acted on.
type due struct {
	Fire
	timer    Timer
	provider string
}

// fire acts on everything of a referral that is due, in the order of time, in one transaction: each once, whoever else
// tries.
func (s *Service) fire(ctx context.Context, id string) (n int, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		n = 0
		d, err := s.begin(tx, id, Clockwork)
		if err != nil {
			return err
		}
		for range 200 {
			next := d.nextDue()
			if next == nil {
				return d.reschedule()
			}
			n++
			if err := d.act(*next); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// nextDue is the earliest moment that has come and was not acted on; nil when there is none.
func (d *deed) nextDue() *due {
	var first *due
	for _, k := range d.f.Clocks {
		row := d.clockRow(k.Timer, k.Provider)
		if row == nil {
			continue
		}
		for _, f := range d.s.Timings.Fires(k, d.calendar(k.Provider)) {
			if f.At.After(d.now) {
				break
			}
			if slices.Contains(strings.Fields(row.Done), strconv.Itoa(f.Rung)) {
				continue
			}
			if first == nil || f.At.Before(first.At) {
				first = &due{f, k.Timer, k.Provider}
			}
			break
		}
	}
	return first
}

// reschedule writes timers anew that seemed due and are not: a hospital's holidays or the configuration moved them. They
// would be looked at in every round, and enough of them would keep all others waiting.
func (d *deed) reschedule() error {
	for i := range d.p.Clocks {
		row := &d.p.Clocks[i]
		if row.NextAt == nil || row.NextAt.After(d.now) {
			continue
		}
		if err := d.putClock(d.f.clock(Timer(row.Timer), row.HospitalID), row); err != nil {
			return err
		}
	}
	return nil
}

func (d *deed) clockRow(t Timer, provider string) *models.ReferralClock {
	at := slices.IndexFunc(d.p.Clocks, func(r models.ReferralClock) bool { return r.Timer == string(t) && r.HospitalID == provider })
	if at < 0 {
		return nil
	}
	return &d.p.Clocks[at]
}

// act marks a moment as done and does what it is for. An end that the facts do not allow now is passed by: what would
// make it possible later asks for it again.
func (d *deed) act(x due) error {
	row := d.clockRow(x.timer, x.provider)
	row.Done = strings.TrimSpace(row.Done + " " + strconv.Itoa(x.Rung))
	if err := d.putClock(d.f.clock(x.timer, x.provider), row); err != nil {
		return err
	}
	if x.Rung >= 0 {
		return d.chase(x)
	}
	_, err := d.apply(Clockwork, x.Ends, Input{Provider: x.provider, Timer: x.timer}, "")
	if fault.Is(err, fault.Conflict) && !isRace(err) {
		return nil
	}
	return err
}

// isRace tells a row that somebody else saved first from a rule that does not allow.
func isRace(err error) bool {
	var e *fault.E
	return errors.As(err, &e) && e.Say == ""
}

// chase reminds or escalates, and keeps that it did.
func (d *deed) chase(x due) error {
	out, err := Apply(Clockwork, d.f, Chase, Input{Timer: x.timer, Rung: x.Rung}, d.now)
	if err != nil {
		return err
	}
	for _, to := range x.To {
		c := Case{Who: Clockwork, F: &out.After, P: out.After.Provider(x.provider)}
		for _, t := range resolve(to, c, d.f, Input{}) {
			t.Key = x.Key
			if t.Provider == "" {
				t.Provider = x.provider
			}
			out.Notices = append(out.Notices, t)
		}
	}
	return d.carry(Clockwork, Input{Timer: x.timer, Rung: x.Rung, Provider: x.provider}, out, "")
}

// scansFailed in a row mean that the scanner is away: the next round asks again. Fewer are documents that it cannot judge, which
// keep no others waiting.
const scansFailed = 3

// rescan asks the scanner about documents it has not judged. What is found unsafe is taken out of reach at once.
func (s *Service) rescan(ctx context.Context) (n int, err error) {
	if s.Scanner == nil {
		return 0, nil
	}
	rows, err := s.Store.UnscannedReferralFiles(ctx, batch)
	if err != nil {
		return 0, err
	}
	failed := 0 // in a row
	for _, row := range rows {
		content, e := s.Files.Get(ctx, row.ID)
		if e == nil {
			var found files.Scan
			if found, e = s.Scanner.Scan(ctx, content); e == nil {
				e = s.scanned(ctx, row, found)
				n++
			}
		}
		if failed++; e == nil || errors.Is(e, files.ErrMissing) {
			failed = 0
			continue
		}
		if err = errors.Join(err, e); failed == scansFailed {
			break
		}
	}
	return n, err
}

// scanned keeps a verdict. Who sent an unsafe document is told; the rules stop the referral until it is removed.
func (s *Service) scanned(ctx context.Context, row models.ReferralFile, found files.Scan) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		d, err := s.begin(tx, row.ReferralID, Clockwork)
		if err != nil {
			return err
		}
		fresh, err := tx.SetReferralScan(row.ID, string(found))
		if err != nil || !fresh || found == files.Safe {
			return err
		}
		to := ToCreator
		if row.HospitalID != nil {
			to = ToHospital
		}
		for _, t := range resolve(to, Case{Who: Clockwork, F: &d.f, P: d.f.Chosen()}, d.f, Input{}) {
			t.Key = "document_unsafe"
			if err := d.notice(t, ""); err != nil {
				return err
			}
		}
		return tx.Audit(models.Audited{Role: string(System), Action: "referral.document_unsafe", On: "referral", ID: d.r.ID, Subject: d.r.ID, Facts: map[string]string{"document": row.Hash}})
	})
}

// recheckAfter is how old the check of a chosen hospital may be before Tend looks again; gate G8 lasts 7 days.
const recheckAfter = 6 * 24 * time.Hour

// recheckEvery is how often a process looks: it is a question to each coming journey.
const recheckEvery = time.Hour

// recheck passes gate G8 for the hospitals of coming journeys when the register's own check is fresh, so that a person
// has to look only where it is not.
func (s *Service) recheck(ctx context.Context) (n int, err error) {
	now, last := s.now().Unix(), s.rechecked.Load()
	if now-last < int64(recheckEvery/time.Second) && now >= last || !s.rechecked.CompareAndSwap(last, now) {
		return 0, nil
	}
	ids, err := s.Store.ReferralsIn(ctx, string(WithProviders), string(Deciding), string(Accepted), string(ReadyToTravel))
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		ok, e := s.recheckOne(ctx, id)
		if ok {
			n++
		}
		err = errors.Join(err, e)
	}
	return n, err
}

func (s *Service) recheckOne(ctx context.Context, id string) (passed bool, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		passed = false
		d, err := s.begin(tx, id, Clockwork)
		if err == nil {
			err = d.holdIneligible()
		}
		if err != nil {
			return err
		}
		c, got := d.f.Chosen(), d.f.Travel.Gates[G8]
		if c == nil || c.Eligibility.OnHold || got.Passed && d.now.Sub(got.At) < recheckAfter {
			return nil
		}
		row := d.p.Providers[slices.IndexFunc(d.p.Providers, func(p models.ReferralProvider) bool { return p.ID == c.ID })]
		on, register, err := s.lookedUp(tx, row)
		if err != nil || !fresh(on, d.f.Today(), 7) || got.Passed && !got.At.Before(on.Time()) {
			return err
		}
		e, err := s.eligibility(tx, row, d.rec.Clinical.Treatment, d.f.Today())
		if err != nil || len(e.Check(d.f.Today(), d.f.Travel.windowEnd(d.f.Today()))) > 0 {
			return err
		}
		_, err = d.apply(Clockwork, PassGate, Input{Gate: G8, On: on, Evidence: map[string]string{"register": register, "date": on.String()}}, "")
		if fault.Is(err, fault.Conflict) && !isRace(err) {
			return nil
		}
		passed = err == nil
		return err
	})
	return passed, err
}

// remind tells those whom a running timer reminds first: a person does by hand what the clock does on its days.
func (d *deed) remind(in Input, out *Outcome) error {
	timing, running := d.s.Timings[in.Timer], false
	for _, k := range d.f.Clocks {
		if k.Timer != in.Timer || in.Provider != "" && k.Provider != "" && k.Provider != in.Provider || len(timing.Rungs) == 0 {
			continue
		}
		running = true
		c := Case{Who: Clockwork, F: &out.After, P: out.After.Provider(k.Provider)}
		for _, to := range timing.Rungs[0].To {
			for _, t := range resolve(to, c, d.f, Input{}) {
				t.Key, t.Provider = timing.Rungs[0].Key, firstOf(t.Provider, k.Provider)
				out.Notices = append(out.Notices, t)
			}
		}
	}
	if !running {
		return refuse(check.List{{Field: "timer", Say: "Select something that is waited for now"}})
	}
	return nil
}
