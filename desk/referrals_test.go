package desk_test

import (
	"fmt"
	"testing"
	"time"

	"carecorridor/desk"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// referral writes a referral that was sent days ago and the hours after which it was passed on, answered and accepted.
func (w *world) referral(t *testing.T, n, days int, sample bool, hours ...int) {
	t.Helper()
	id := fmt.Sprintf("r-%d", n)
	sent := begin.AddDate(0, 0, -days)
	must(t, w.store.Write(ctx, func(tx *models.Tx) error {
		r := &models.Referral{ID: id, Reference: "CC-AAAA-" + id, State: "triage", Mode: "referral", Origin: "self", Priority: "routine", Progress: "{}", CreatedAt: sent, SentAt: &sent}
		if err := tx.AddReferral(r); err != nil {
			return err
		}
		p := &models.ReferralProvider{ID: id + "-h", ReferralID: id, Ord: 1, Org: "o", Slug: "h", Name: "H", Sample: sample, Version: 1}
		if err := tx.AddReferralProvider(p); err != nil {
			return err
		}
		if err := tx.AddReferralEvent(&models.ReferralEvent{ReferralID: id, Version: 1, Event: "submit", ToState: "triage", At: sent}); err != nil {
			return err
		}
		for i, event := range []string{"route", "offer", "accept"}[:len(hours)] {
			e := &models.ReferralEvent{ReferralID: id, Version: int64(i + 2), Event: event, At: sent.Add(time.Duration(hours[i]) * time.Hour)}
			if err := tx.AddReferralEvent(e); err != nil {
				return err
			}
		}
		if len(hours) < 3 {
			return nil
		}
		from := when.DateOf(sent)
		return tx.PutAmrAlert(&models.AmrAlert{ID: id, ReferralID: id, FromOn: from, UntilOn: from.AddDays(365), At: sent})
	}))
}

func TestReferralsAreCountedByStepAndFewAreHidden(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 5 {
			w.referral(t, n, 10, false, 10*(n+1), 10*(n+1)+24)
		}
		w.referral(t, 5, 10, false, 60, 70, 75)
		w.referral(t, 6, 400, false, 1, 2, 3) // before the 12 months, its alert ended
		w.referral(t, 7, 380, false, 1, 2, 3)
		w.referral(t, 8, 10, true, 1, 2, 3)
		st, err := w.Statistics(ctx, helen, false)
		must(t, err)
		want := []desk.Step{{Name: "Sent to the alliance", N: 6}, {Name: "Passed on to hospitals", N: 6}, {Name: "Answered with an offer or advice", N: 6}, {Name: "Accepted by the patient", N: desk.Few}, {Name: "Admitted"}}
		for i, s := range want {
			if st.Referrals.Steps[i] != s {
				t.Errorf("step %d: %+v, want %+v", i, st.Referrals.Steps[i], s)
			}
		}
		if first, third := st.Referrals.Times[0], st.Referrals.Times[2]; first.Median != 30*time.Hour || first.P90 != 60*time.Hour || third != (desk.Took{Name: "First offer to accepted", N: desk.Few}) {
			t.Errorf("%+v %+v", first, third)
		}
		if st.SampleReferrals != 1 || st.Alerts[0].N != desk.Few || st.Alerts[1].N != desk.Few {
			t.Errorf("%d left out, alerts %+v", st.SampleReferrals, st.Alerts)
		}
		if st, err = w.Statistics(ctx, helen, true); err != nil || st.Referrals.Steps[0].N != 7 || st.SampleReferrals != 0 {
			t.Errorf("with samples: %+v %v", st.Referrals.Steps[0], err)
		}
	})
}
