package models

import (
	"context"
	"time"

	"carecorridor/internal/when"
)

// ReferralSteps are when a referral first came to each step, without anything of the patient; nil: not yet.
type ReferralSteps struct {
	Sample                                                                     bool
	SentAt                                                                     time.Time
	RoutedAt, OfferedAt, AcceptedAt, AdmittedAt, HomeAt, AcknowledgedAt, Ended *time.Time
}

// note keeps the first time of a step.
func (r *ReferralSteps) note(event, to string, at time.Time) {
	step := map[string]**time.Time{"route": &r.RoutedAt, "offer": &r.OfferedAt, "advise": &r.OfferedAt, "accept": &r.AcceptedAt, "admit": &r.AdmittedAt, "discharge": &r.HomeAt,
		"acknowledge": &r.AcknowledgedAt}[event]
	if step != nil && *step == nil {
		*step = &at
	}
	if to == "closed" && r.Ended == nil {
		r.Ended = &at
	}
}

// onlySamples reports referrals that went to invented hospitals.
const onlySamples = "EXISTS (SELECT 1 FROM referral_providers p WHERE p.referral_id = r.id AND p.sample)"

// ReferralSteps gives the steps of every referral that its patient sent since an instant, oldest first. Those entered in error are left out.
func (s *Store) ReferralSteps(ctx context.Context, since time.Time) ([]ReferralSteps, error) {
	type line struct {
		ID      string
		SentAt  time.Time
		Sample  bool
		Event   string
		ToState string
		At      time.Time
	}
	var lines []line
	err := s.read(ctx).Raw(`SELECT r.id, r.sent_at, `+onlySamples+` AS sample, v.event, v.to_state, v.at FROM referrals r
		JOIN referral_events v ON v.referral_id = r.id
		WHERE r.sent_at >= ? AND r.ending <> 'entered_in_error' AND (v.to_state IN ('triage', 'closed') OR v.event IN ('route', 'offer', 'advise', 'accept', 'admit', 'discharge', 'acknowledge'))
		ORDER BY r.sent_at, r.id, v.version`, since.UTC()).Scan(&lines).Error
	var out []ReferralSteps
	for i, l := range lines {
		if i == 0 || l.ID != lines[i-1].ID {
			out = append(out, ReferralSteps{Sample: l.Sample, SentAt: l.SentAt.UTC()})
		}
		out[len(out)-1].note(l.Event, l.ToState, l.At.UTC())
	}
	return out, asFault("referral steps", err)
}

// AmrAlertDays are the days of an overseas-care alert.
type AmrAlertDays struct {
	FromOn, UntilOn when.Date
	Sample          bool
}

// AmrAlertDays gives the alerts that run on a day or later. It says nothing of whose they are.
func (s *Store) AmrAlertDays(ctx context.Context, on when.Date) ([]AmrAlertDays, error) {
	var out []AmrAlertDays
	err := s.read(ctx).Raw("SELECT a.from_on, a.until_on, "+onlySamples+" AS sample FROM amr_alerts a JOIN referrals r ON r.id = a.referral_id WHERE a.until_on >= ? ORDER BY a.from_on, a.id", on).Scan(&out).Error
	return out, asFault("alerts", err)
}
