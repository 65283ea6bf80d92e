package referral

import (
	"context"

	"carecorridor/models"
)

// PastDue counts the referrals with something late that the alliance's desk answers for: those of its worklist's
// "Past due". It opens no record.
func (s *Service) PastDue(ctx context.Context) (int, error) {
	_, n, err := s.Store.Worklist(ctx, models.WorkQuery{Desk: true, LateAt: s.now(), Timers: duties["desk"], Limit: 1}, "desk")
	return int(n), err
}

// Flagged counts the referrals that have a flag: those of its list at the alliance's desk. It opens no record.
func (s *Service) Flagged(ctx context.Context, f Flag) (int, error) {
	_, n, err := s.Store.Worklist(ctx, models.WorkQuery{Desk: true, Flag: string(f), Limit: 1}, "desk")
	return int(n), err
}
