package referral

import (
	"context"
	"encoding/json"

	"carecorridor/auth"
	"carecorridor/internal/fault"
)

// ConsentWords are what the patient will be asked, for the practice that wrote the referral: to talk about before signing.
// Giving consent stays the patient's alone (ConsentTexts, GiveConsents).
func (s *Service) ConsentWords(ctx context.Context, who auth.Actor, id string) (out []ConsentText, err error) {
	err = s.reading(ctx, who, id, "consents", func(d *deed) error {
		if side(who.Role) != "referrer" {
			return fault.New(fault.Forbidden, "referral consents", nil)
		}
		out = d.consentTexts()
		return nil
	})
	return out, err
}

// stepIn is the part of the record that an event's facts name, "" for none.
func stepIn(facts string) string {
	var f struct {
		Step string `json:"step"`
	}
	_ = json.Unmarshal([]byte(facts), &f) // written by us; a row without one has no step
	return f.Step
}
