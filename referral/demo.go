package referral

import (
	"context"
	"slices"
	"strings"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

// sampleDomain is where invented patients have their addresses: no mail can reach it (RFC 2606).
const sampleDomain = "@sample.example"

// SamplePatient is an invented patient whom the demonstration offers to play.
type SamplePatient struct {
	Reference string
	Name      string
	State     State
}

// SamplePatients are the invented patients, in the order of their states. There are none where test numbers are not taken,
// which is everywhere but in the demonstration.
func (s *Service) SamplePatients(ctx context.Context) (out []SamplePatient, err error) {
	if !s.TestNumbers {
		return nil, nil
	}
	var states []string
	for _, x := range States {
		states = append(states, string(x))
	}
	ids, err := s.Store.ReferralsIn(ctx, states...)
	for _, id := range ids {
		if err != nil {
			break
		}
		err = s.Store.Write(ctx, func(tx *models.Tx) error {
			r, p, err := s.samplePatient(tx, id)
			if err == nil {
				out = append(out, SamplePatient{r.Reference, p, State(r.State)})
			}
			if fault.Is(err, fault.Missing) {
				return nil
			}
			return err
		})
	}
	slices.SortStableFunc(out, func(a, b SamplePatient) int { return a.State.Rank() - b.State.Rank() })
	return out, err
}

// samplePatient is an invented patient; fault.Missing for anybody else.
func (s *Service) samplePatient(tx *models.Tx, id string) (*models.Referral, string, error) {
	r, err := tx.ReferralPlain(id)
	if err != nil {
		return nil, "", err
	}
	p, err := s.patientOf(tx, id)
	if err == nil && (r.ErasedAt != nil || !strings.HasSuffix(p.Email, sampleDomain)) {
		err = fault.New(fault.Missing, "sample patient", nil)
	}
	return r, strings.TrimSpace(p.Given + " " + p.Family), err
}

// OpenAsSample opens a session of an invented patient without link or code, for the demonstration. fault.Missing for every
// other reference, and everywhere but there.
func (s *Service) OpenAsSample(ctx context.Context, reference string) (out PatientSession, err error) {
	if !s.TestNumbers {
		return out, fault.New(fault.Missing, "sample patient", nil)
	}
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		r, err := tx.ReferralByReference(reference)
		if err != nil {
			return err
		}
		if _, _, err := s.samplePatient(tx, r.ID); err != nil {
			return err
		}
		out, err = s.openSession(tx, r.ID, true)
		out.Reference = r.Reference
		if err == nil {
			err = tx.Audit(models.Audited{Person: r.ID, Role: string(auth.Patient), Action: "referral.sample_session", On: "referral", ID: r.ID, Subject: r.ID})
		}
		return err
	})
	return out, err
}
