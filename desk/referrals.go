package desk

import (
	"context"
	"slices"
	"time"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// countReferrals adds the referrals and the overseas-care alerts to the statistics. Neither is about one person: what
// fewer than five had is Few.
func (s *Service) countReferrals(ctx context.Context, st *Statistics, samples bool) error {
	all, err := s.Store.ReferralSteps(ctx, st.Since)
	if err != nil {
		return err
	}
	alerts, err := s.Store.AmrAlertDays(ctx, when.DateOf(st.Since))
	if err != nil {
		return err
	}
	if !samples {
		before := len(all)
		all = slices.DeleteFunc(all, func(r models.ReferralSteps) bool { return r.Sample })
		alerts = slices.DeleteFunc(alerts, func(a models.AmrAlertDays) bool { return a.Sample })
		st.SampleReferrals = before - len(all)
	}
	st.Referrals, st.Alerts = referralFunnel(all), alertSteps(alerts, s.today(), when.DateOf(st.Since))
	return nil
}

func referralFunnel(all []models.ReferralSteps) Funnel {
	f := Funnel{Title: "Referrals", Steps: []Step{{"Sent to the alliance", hide(len(all))}}}
	step := func(name, from string, at, since func(models.ReferralSteps) *time.Time) {
		n, times := 0, []time.Duration{}
		for _, r := range all {
			if at(r) == nil {
				continue
			}
			n++
			if begun := since(r); begun != nil {
				times = append(times, at(r).Sub(*begun))
			}
		}
		f.Steps = append(f.Steps, Step{name, hide(n)})
		f.Times = append(f.Times, hidden(took(from, times)))
	}
	sent := func(r models.ReferralSteps) *time.Time { return &r.SentAt }
	routed := func(r models.ReferralSteps) *time.Time { return r.RoutedAt }
	offered := func(r models.ReferralSteps) *time.Time { return r.OfferedAt }
	accepted := func(r models.ReferralSteps) *time.Time { return r.AcceptedAt }
	admitted := func(r models.ReferralSteps) *time.Time { return r.AdmittedAt }
	home := func(r models.ReferralSteps) *time.Time { return r.HomeAt }
	step("Passed on to hospitals", "Sent to passed on", routed, sent)
	step("Answered with an offer or advice", "Passed on to first offer or advice", offered, routed)
	step("Accepted by the patient", "First offer to accepted", accepted, offered)
	step("Admitted", "Accepted to admitted", admitted, accepted)
	step("Discharged with a whole package", "Admitted to discharged", home, admitted)
	step("Package acknowledged by the GP", "Discharged to acknowledged", func(r models.ReferralSteps) *time.Time { return r.AcknowledgedAt }, home)
	step("Closed, whatever the end", "Sent to closed", func(r models.ReferralSteps) *time.Time { return r.Ended }, sent)
	return f
}

func alertSteps(all []models.AmrAlertDays, today, since when.Date) []Step {
	begun, running := 0, 0
	for _, a := range all {
		if !a.FromOn.Before(since) {
			begun++
		}
		if !a.UntilOn.Before(today) && !today.Before(a.FromOn) {
			running++
		}
	}
	return []Step{{"Alerts that began in these 12 months", hide(begun)}, {"Alerts that run today", hide(running)}}
}

func hide(n int) int {
	if n > 0 && n < few {
		return Few
	}
	return n
}

func hidden(t Took) Took {
	if hide(t.N) == Few {
		return Took{Name: t.Name, N: Few}
	}
	return t
}
