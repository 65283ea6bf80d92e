package referral

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// listedOf is a hospital as it was listed when it was chosen.
func listedOf(row models.ReferralProvider) (l Listed) {
	_ = json.Unmarshal([]byte(row.Snapshot), &l) // written by us; a row without one has its columns
	l.Slug, l.Name, l.Sample = row.Slug, row.Name, row.Sample
	if row.ProviderID != nil {
		l.Provider = *row.ProviderID
	}
	return l
}

// Choose makes hospitals the shortlist, in the patient's order, while nobody has it. Consents stay with the hospitals that stay.
// Field of problems: hospitals.
func (s *Service) Choose(ctx context.Context, who auth.Actor, id string, version int64, slugs []string) (saved Saved, err error) {
	listed, l, err := s.listed(ctx, slugs)
	if err != nil || !l.OK() {
		return Saved{Problems: l}, err
	}
	err = s.acting(ctx, who, id, func(d *deed) error {
		in := Input{Version: version, Step: "shortlist"}
		mark := s.mark(Amend, slugs)
		if again, err := d.repeated(who, Amend, in, mark); again || err != nil {
			saved = Saved{Version: d.f.Version}
			return err
		}
		if _, err := d.apply(who, Amend, in, mark); err != nil {
			return err
		}
		saved = Saved{Version: d.f.Version}
		err := d.choose(listed)
		saved.Problems = problemsOf(err)
		return err
	})
	return saved, refusedOnly(err)
}

// listed reads the listings before the transaction: one that waits for another connection could wait for ever.
func (s *Service) listed(ctx context.Context, slugs []string) (out []Listed, l check.List, err error) {
	l.Need(len(slugs) > 0, "hospitals", "Choose at least 1 hospital")
	l.Need(len(slugs) <= MaxHospitals, "hospitals", "Choose no more than %d hospitals", MaxHospitals)
	for i, slug := range slugs {
		if slices.Contains(slugs[:i], slug) {
			continue
		}
		found, err := s.Directory.Listed(ctx, slug)
		if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
			l.Add("hospitals", "A hospital you chose is not listed any more. Choose another one")
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		out = append(out, found)
	}
	return out, l, nil
}

// choose makes the rows fit. Places are freed before they are given anew.
func (d *deed) choose(want []Listed) error {
	var kept []models.ReferralProvider
	for _, row := range d.p.Providers {
		if slices.ContainsFunc(want, func(l Listed) bool { return l.Slug == row.Slug }) || row.SentAt != nil {
			kept = append(kept, row)
			continue
		}
		if err := d.tx.DropConsentsOf(row.ID); err != nil {
			return err
		}
		if err := d.tx.DropReferralProvider(row.ID); err != nil {
			return err
		}
	}
	if len(kept) > 0 {
		if err := d.tx.FreePlaces(d.r.ID); err != nil {
			return err
		}
	}
	place := int64(0)
	for _, l := range want {
		place++
		at := slices.IndexFunc(kept, func(r models.ReferralProvider) bool { return r.Slug == l.Slug })
		if at >= 0 {
			kept[at].Ord = place
			if err := d.tx.SaveReferralProvider(&kept[at]); err != nil {
				return err
			}
			continue
		}
		row, err := d.hospitalRow(l, place)
		if err != nil {
			return err
		}
		if err := d.tx.AddReferralProvider(row); err != nil {
			return err
		}
	}
	return d.placeOthers(kept, want, place)
}

// placeOthers keeps those behind the wanted ones that had the referral once and are not wanted any more.
func (d *deed) placeOthers(kept []models.ReferralProvider, want []Listed, place int64) error {
	for i := range kept {
		if slices.ContainsFunc(want, func(l Listed) bool { return l.Slug == kept[i].Slug }) {
			continue
		}
		if place++; place > MaxHospitals {
			return refuse(check.List{{Field: "hospitals", Say: fmt.Sprintf("Choose no more than %d hospitals, those that had it before included", MaxHospitals)}})
		}
		kept[i].Ord = place
		if err := d.tx.SaveReferralProvider(&kept[i]); err != nil {
			return err
		}
	}
	return nil
}

// hospitalRow is a new row for a listing. A hospital without an organisation here cannot be sent anything; it can be
// chosen, and the desk sees why it cannot.
func (d *deed) hospitalRow(l Listed, place int64) (*models.ReferralProvider, error) {
	snapshot, err := json.Marshal(l)
	if err != nil {
		return nil, fault.New(fault.Broken, "listing snapshot", err)
	}
	org := fmt.Sprintf("listing:%d", l.Provider)
	o, err := d.tx.OrganisationOf(l.Provider)
	if err == nil {
		org = o.ID
	} else if !fault.Is(err, fault.Missing) {
		return nil, err
	}
	return &models.ReferralProvider{ID: newID(), ReferralID: d.r.ID, Ord: place, Org: org, ProviderID: &l.Provider, Slug: l.Slug, Name: l.Name, Sample: l.Sample, Version: 1,
		Snapshot: string(snapshot)}, nil
}

// AddHospital is the patient's choice of one more hospital later on. Field: hospital.
func (s *Service) AddHospital(ctx context.Context, who auth.Actor, id string, version int64, slug string) (done Done, err error) {
	listed, l, err := s.listed(ctx, []string{slug})
	if err != nil || !l.OK() {
		return Done{Problems: check.List{{Field: "hospital", Say: "This hospital is not listed any more. Choose another one"}}}, err
	}
	err = s.acting(ctx, who, id, func(d *deed) error {
		row, err := d.hospitalRow(listed[0], int64(len(d.p.Providers)+1))
		if err != nil {
			return err
		}
		d.newHospital = row
		in := Input{Version: version, New: &Provider{ID: row.ID, Org: row.Org, Version: 1}}
		mark := s.mark(AddHospital, slug)
		if again, err := d.repeated(who, AddHospital, in, mark); again || err != nil {
			done = Done{Repeated: again, State: d.f.State, Version: d.f.Version}
			return err
		}
		_, err = d.apply(who, AddHospital, in, mark)
		done = Done{Problems: problemsOf(err), State: d.f.State, Version: d.f.Version}
		return err
	})
	return done, refusedOnly(err)
}
