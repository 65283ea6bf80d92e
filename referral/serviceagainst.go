package referral

import (
	"context"
	"fmt"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Against says for hospitals of the directory, by their id, what would keep a referral from being sent there as things
// are: the rule of routing, asked before anybody chooses. A hospital that could be sent it has no entry. What is read
// is the directory's; whoever may look at the referral may ask.
func (s *Service) Against(ctx context.Context, who auth.Actor, idOrReference string, providers []int64) (out map[int64][]Ineligible, err error) {
	err = s.acting(ctx, who, idOrReference, func(d *deed) error {
		if err := d.mayLook(who); err != nil {
			return err
		}
		out = map[int64][]Ineligible{}
		for _, id := range providers {
			org := fmt.Sprintf("listing:%d", id)
			o, err := d.tx.OrganisationOf(id)
			if err == nil {
				org = o.ID
			} else if !fault.Is(err, fault.Missing) {
				return err
			}
			e, err := s.eligibility(d.tx, models.ReferralProvider{Org: org, ProviderID: &id}, d.rec.Clinical.Treatment, d.f.Today())
			if err != nil {
				return err
			}
			if why := e.Check(d.f.Today(), d.f.Travel.windowEnd(d.f.Today())); len(why) > 0 {
				out[id] = why
			}
		}
		return nil
	})
	return out, err
}
