package referral

import (
	"context"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/models"
)

// PastDue counts the referrals with something late that the alliance's desk answers for: those of its worklist's
// "Past due". It opens no record.
func (s *Service) PastDue(ctx context.Context) (int, error) {
	_, n, err := s.Store.Worklist(ctx, models.WorkQuery{Desk: true, LateAt: s.now(), Timers: duties["desk"], Limit: 1}, "desk")
	return int(n), err
}

// Counted is how many lines a worklist has with a filter, for the actor's own side. It opens no record. ReferralView.
func (s *Service) Counted(ctx context.Context, who auth.Actor, f WorkFilter) (int, error) {
	q, err := s.scope(who, f)
	if err != nil {
		return 0, err
	}
	q.Limit = 1
	_, n, err := s.Store.Worklist(ctx, q, side(who.Role))
	return int(n), err
}

// Duties are what waits for a hospital: how many referrals have a time that runs for it, how many of them are late, and
// when the first is due.
type Duties struct {
	Waiting, Late int
	First         time.Time // zero when none waits
}

// farAhead is later than every time that may run.
const farAhead = 20 * 365 * 24 * time.Hour

// Duties counts what waits for the actor's hospital. It opens no record. ReferralView.
func (s *Service) Duties(ctx context.Context, who auth.Actor) (d Duties, err error) {
	q, err := s.scope(who, WorkFilter{})
	if err != nil || q.Hospital == "" {
		return d, err
	}
	q.LateAt, q.Limit = s.now(), 1
	_, late, err := s.Store.Worklist(ctx, q, "hospital")
	if err != nil {
		return d, err
	}
	q.LateAt = s.now().Add(farAhead)
	rows, waiting, err := s.Store.Worklist(ctx, q, "hospital")
	if err != nil || len(rows) == 0 {
		return d, err
	}
	clocks, err := s.Store.ReferralClocksOf(ctx, []string{rows[0].ID}, q.Timers)
	first := WorkRow{Provider: rows[0].HospitalID, Response: Response(rows[0].Response)}
	first.due(clocks[rows[0].ID], true, s.now())
	return Duties{Waiting: int(waiting), Late: int(late), First: first.Due}, err
}

// owes reports whether a timer is shown to the reader. A hospital sees its own, and once it is chosen those of the whole
// referral that its worklist counts.
func (l lens) owes(k Clock) bool {
	if l.side != "hospital" {
		return l.side != "receiver"
	}
	return k.Provider == l.own || k.Provider == "" && l.chosen() && slices.Contains(duties["hospital"], string(k.Timer))
}
