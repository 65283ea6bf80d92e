package servicetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"carecorridor/models"
	"carecorridor/referral"
)

// Two services on two connections to one database are two servers.
func TestADoubleClickThatReachesTwoServersBeginsOneDraft(t *testing.T) {
	each(t, func(w *world) {
		second, err := models.Open(ctx, w.url, models.Options{Clock: w.clock.Now})
		must(w.t, err)
		w.t.Cleanup(func() { _ = second.Close() })
		servers := []*referral.Service{w.Service, w.service(func(o *referral.Options) { o.Store = second })}
		click := referral.NewReferral{Mode: referral.ForReferral, Click: 10 * time.Second}
		var together sync.WaitGroup
		made := make([]referral.Started, 8)
		for i := range made {
			together.Go(func() {
				var err error
				if made[i], err = servers[i%2].Start(ctx, w.Referrer, click); err != nil {
					w.t.Error(err)
				}
			})
		}
		together.Wait()
		for _, one := range made[1:] {
			if one != made[0] {
				w.t.Errorf("one click is %s, another %s", made[0].Reference, one.Reference)
			}
		}
		begins := func(why string, same bool, n referral.NewReferral) {
			w.t.Helper()
			if one, err := servers[1].Start(ctx, w.Referrer, n); err != nil || (one == made[0]) != same {
				w.t.Errorf("%s: %s after %s, %v", why, one.Reference, made[0].Reference, err)
			}
		}
		begins("again", true, click)
		begins("a question instead", false, referral.NewReferral{Mode: referral.ForAdvice, Click: click.Click})
		begins("no click", false, referral.NewReferral{Mode: referral.ForReferral})
		colleague, err := servers[1].Start(ctx, w.admin, referral.NewReferral{Mode: referral.ForReferral, Clinician: w.Referrer.Person, Click: click.Click})
		if err != nil || colleague == made[0] {
			w.t.Errorf("a colleague writes in it: %v", err)
		}
		w.clock.pass(click.Click)
		begins("later", false, click)
	})
}

func TestOnePersonStartsSoManyReferralsADayAndNoMore(t *testing.T) {
	each(t, func(w *world) {
		var together sync.WaitGroup
		refused := make([]error, referral.MaxStarted+3)
		for i := range refused {
			together.Go(func() { _, refused[i] = w.Start(ctx, w.Referrer, referral.NewReferral{}) })
		}
		together.Wait()
		n := 0
		for _, err := range refused {
			if errors.Is(err, referral.ErrManyDrafts) {
				n++
			} else if err != nil {
				w.t.Error(err)
			}
		}
		if n != 3 {
			w.t.Errorf("%d of %d are refused", n, len(refused))
		}
		_, err := w.Start(ctx, w.otherReferrer, referral.NewReferral{})
		must(w.t, err)
		w.clock.pass(24 * time.Hour)
		_, err = w.Start(ctx, w.Referrer, referral.NewReferral{})
		must(w.t, err)
	})
}
