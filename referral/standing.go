package referral

import (
	"context"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// Standing is how a referral stands without a word of its record: state, flags, hospitals, where a request for erasure
// stands, and what the actor may do. It is for staff whom Look refuses by their role: legal hold, erasure, a hospital in
// doubt. Each is kept in the trail.
func (s *Service) Standing(ctx context.Context, who auth.Actor, idOrReference string) (v View, err error) {
	if err := auth.May(who, auth.ReferralStanding, auth.Any); err != nil {
		return v, err
	}
	err = s.acting(ctx, who, idOrReference, func(d *deed) error {
		if d.f.State == Draft {
			return fault.New(fault.Missing, "referral standing", nil) // nobody sent it yet
		}
		v = d.head()
		v.Age, v.Sex, v.Reason, v.Clinician, v.Erasure = -1, "", "", "", d.f.Erasure
		v.Actions = AllowedActions(who, d.f)
		for i, row := range d.p.Providers {
			p := d.f.Providers[i]
			v.Hospitals = append(v.Hospitals, HospitalView{ID: p.ID, Org: p.Org, Version: p.Version, Response: p.Response, Listed: listedOf(row), SentAt: p.SentAt, OnHold: p.Eligibility.OnHold})
		}
		if err := d.tx.ReadNotices(d.r.ID, "person", who.Person); err != nil {
			return err
		}
		return d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.standing", On: "referral", ID: d.r.ID, Subject: d.r.ID,
			Facts: map[string]string{"state": d.r.State}})
	})
	return v, err
}
