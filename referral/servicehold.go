package referral

import (
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// FlagHospital holds the open referrals at a listing whose certificate ended, was suspended or withdrawn, inside the
// transaction that ended it: both are kept, or neither. The patients are told that there is something to read. The hold is
// lifted by whoever verifies the certificate anew (event ClearProvider).
func (s *Service) FlagHospital(tx *models.Tx, provider int64, why string) error {
	ids, err := tx.OpenReferralsAt(provider)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := s.begin(tx, id, Clockwork)
		if err != nil {
			return err
		}
		for i, row := range d.p.Providers {
			if row.ProviderID == nil || *row.ProviderID != provider || !d.f.Providers[i].Response.Live() {
				continue
			}
			_, err := d.apply(Clockwork, HoldProvider, Input{Provider: row.ID, Text: "Accreditation: " + why}, "")
			if err != nil && !(fault.Is(err, fault.Conflict) && !isRace(err)) {
				return err // held already is fine
			}
			break
		}
	}
	return nil
}

// ClearHospital lifts those holds inside the transaction in which a verifier confirmed the certificate anew.
func (s *Service) ClearHospital(tx *models.Tx, provider int64, who auth.Actor) error {
	ids, err := tx.OpenReferralsAt(provider)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := s.begin(tx, id, who)
		if err != nil {
			return err
		}
		for i, row := range d.p.Providers {
			if row.ProviderID == nil || *row.ProviderID != provider || !d.f.Providers[i].Eligibility.OnHold {
				continue
			}
			in := Input{Provider: row.ID, Version: d.f.Providers[i].Version, Text: "The certificate was verified again"}
			_, err := d.apply(who, ClearProvider, in, "")
			if err != nil && !(fault.Is(err, fault.Conflict) && !isRace(err)) {
				return err
			}
			break
		}
	}
	return nil
}

// holdIneligible holds the referral at hospitals that take part and no longer may: one that closed, left the directory,
// or whose agreement, emergency contact or safety record changed. The patient is told; a verifier lifts it.
func (d *deed) holdIneligible() error {
	if !slices.Contains([]State{WithProviders, Deciding, Accepted, ReadyToTravel}, d.f.State) {
		return nil
	}
	for _, row := range d.p.Providers {
		p := d.f.Provider(row.ID)
		against := p.stands(d.f)
		if !p.Response.Live() || p.Eligibility.OnHold || len(against) == 0 {
			continue
		}
		_, err := d.apply(Clockwork, HoldProvider, Input{Provider: row.ID, Text: "Eligibility: " + joinedWords(against)}, "")
		if err != nil && !(fault.Is(err, fault.Conflict) && !isRace(err)) {
			return err
		}
	}
	return nil
}

func joinedWords(all []Ineligible) string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = string(x)
	}
	return strings.Join(words, "; ")
}
