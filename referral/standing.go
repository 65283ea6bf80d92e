package referral

import (
	"context"
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// standingFor are the actions of people of the alliance who see no record and act on a referral all the same: legal hold,
// erasure, a hospital in doubt.
var standingFor = []auth.Action{auth.ReferralLegalHold, auth.ReferralErase, auth.VerificationCheck}

// Standing is how a referral stands without a word of its record: state, flags, hospitals, where a request for erasure
// stands, and what the actor may do. It is for staff whom Look refuses by their role. Each is kept in the trail.
func (s *Service) Standing(ctx context.Context, who auth.Actor, idOrReference string) (v View, err error) {
	allowed := func(a auth.Action) bool { return auth.May(who, a, auth.Any) == nil }
	if !slices.ContainsFunc(standingFor, allowed) {
		return v, fault.New(fault.Missing, "referral standing", nil)
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
		return d.tx.Audit(models.Audited{Person: who.Person, Org: who.Org, Role: string(who.Role), Action: "referral.standing", On: "referral", ID: d.r.ID, Subject: d.r.ID,
			Facts: map[string]string{"state": d.r.State}})
	})
	return v, err
}
