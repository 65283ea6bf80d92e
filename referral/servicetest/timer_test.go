package servicetest

import (
	"slices"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// live lets time pass in steps of some hours with the worker running, each time by a service that has just started.
func (w *world) live(d time.Duration) {
	w.t.Helper()
	for end := w.clock.Now().Add(d); w.clock.Now().Before(end); {
		w.clock.pass(min(12*time.Hour, end.Sub(w.clock.Now())))
		if _, err := w.service(nil).Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
	}
}

// keys of the notices to a kind of recipient, oldest first.
func (w *world) keys(where string) []string {
	return w.ids("SELECT key FROM referral_notices WHERE " + where + " ORDER BY at, id")
}

func countOf(all []string, key string) (n int) {
	for _, k := range all {
		if k == key {
			n++
		}
	}
	return n
}

func TestEveryTimerThatEndsAReferralDoesSoOnce(t *testing.T) {
	for _, c := range []struct {
		state  referral.State
		before time.Duration // it is still open
		after  time.Duration // more: and now it is not
		ending referral.Ending
	}{
		{referral.Draft, 29 * aDay, 2 * aDay, referral.EndExpired},
		{referral.AwaitingConsent, 13 * aDay, 2 * aDay, referral.EndExpired},
		{referral.Returned, 27 * aDay, 2 * aDay, referral.EndExpired},
		{referral.WithProviders, 13 * aDay, 3 * aDay, referral.EndDeclined}, // 10 working days: nobody answered
		{referral.Deciding, 59 * aDay, 2 * aDay, referral.EndExpired},
	} {
		t.Run(string(c.state), func(t *testing.T) {
			each(t, func(w *world) {
				id := w.at(c.state, 0)
				w.live(c.before)
				if r, err := w.store.ReferralByID(ctx, id); err != nil || r.State != string(c.state) {
					w.t.Fatalf("too early: %s %s, %v", r.State, r.Ending, err)
				}
				w.live(c.after)
				r, err := w.store.ReferralByID(ctx, id)
				if err != nil || r.State != "closed" || r.Ending != string(c.ending) {
					w.t.Fatalf("%s %s, %v", r.State, r.Ending, err)
				}
				w.live(10 * aDay)
				if again, _ := w.store.ReferralByID(ctx, id); again.Ending != r.Ending {
					w.t.Error("it ended twice")
				}
			})
		})
	}
}

func TestRemindersComeOnTheirDaysAndOnce(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.AwaitingConsent, 0)
		w.live(13 * aDay)
		if got := countOf(w.keys("to_kind = 'patient'"), "consent_waits"); got != 3 {
			w.t.Errorf("%d reminders, want those of days 3, 7 and 12", got)
		}
	})
}

func TestHospitalsAreChasedThenEscalatedThenPassedOver(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[0].Doctor, id, referral.Offer, referral.Input{Text: "Suitable.", Quote: quote(w)})
		w.live(16 * aDay)
		v := w.look(w.patient(id), id)
		if v.State != referral.Deciding || w.row(id, "marina").Response != referral.Offered || w.row(id, "lotus").Response != referral.Lapsed {
			w.t.Errorf("%s, %s, %s", v.State, w.row(id, "marina").Response, w.row(id, "lotus").Response)
		}
		hospital, desk := w.keys("person = 'owner-lotus'"), w.keys("person = 'coordinator'")
		for _, key := range []string{"not_opened", "answer_due", "answer_late", "answer_last_call"} {
			if !slices.Contains(hospital, key) {
				w.t.Errorf("lotus was not told %s: %v", key, hospital)
			}
		}
		if !slices.Contains(desk, "not_opened") || !slices.Contains(desk, "answer_late") {
			w.t.Errorf("not escalated: %v", desk)
		}
		if slices.Contains(w.keys("person = 'owner-marina'"), "answer_late") {
			w.t.Error("a hospital that answered is chased")
		}
	})
}

func TestAQuestionStopsThatHospitalsClockAlone(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[0].Desk, id, referral.Ask, referral.Input{Text: "Which knee is it?"})
		paused := func() (n int) {
			for _, k := range w.look(w.Coordinator, id).Clocks {
				if k.Paused {
					n++
				}
			}
			return n
		}
		if paused() != 2 {
			w.t.Errorf("%d clocks stand still", paused())
		}
		w.live(9 * aDay)
		w.do(w.patient(id), id, referral.Answer, referral.Input{Provider: w.row(id, "marina").ID, Text: "The right one."})
		if paused() != 0 {
			w.t.Errorf("%d clocks stand still after the answer", paused())
		}
		w.live(7 * aDay) // 16 days after it was sent: the others are passed over
		if a, b := w.row(id, "marina").Response, w.row(id, "lotus").Response; a != referral.Opened || b != referral.Lapsed {
			w.t.Errorf("marina %s, lotus %s", a, b)
		}
	})
}

func TestAQuestionThatNobodyAnswersLapses(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.do(w.Hospitals[0].Desk, id, referral.Open, referral.Input{})
		w.do(w.Hospitals[0].Desk, id, referral.Ask, referral.Input{Text: "Which knee is it?"})
		w.live(11 * aDay)
		if v := w.look(w.patient(id), id); count(v, referral.QuestionLapse) != 1 || w.row(id, "marina").Response != referral.Opened {
			w.t.Errorf("%d, %s", count(v, referral.QuestionLapse), w.row(id, "marina").Response)
		}
	})
}

func TestASafetyHoldStopsTheClocksAndTheyGoOnAfterIt(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Triage, 0)
		w.do(w.Safety, id, referral.Hold, referral.Input{Text: "The medicines must be looked at."})
		w.live(20 * aDay)
		v := w.look(w.Safety, id)
		if v.State != referral.Triage {
			w.t.Fatal(v.State)
		}
		if got := countOf(w.keys("person = 'safety'"), "hold_to_review"); got == 0 {
			w.t.Error("nobody was asked to review the hold")
		}
		_, err := w.Do(ctx, w.Coordinator, id, referral.Route, w.versioned(w.Coordinator, id, referral.Input{Hospitals: []string{v.Hospitals[0].ID}}))
		wantKind(w.t, err, fault.Conflict)
		w.do(w.Safety, id, referral.LiftHold, referral.Input{Text: "It is fine."})
		before := countOf(w.keys("person = 'coordinator'"), "triage_late")
		w.live(6 * aDay)
		if countOf(w.keys("person = 'coordinator'"), "triage_late") == before {
			w.t.Error("the triage clock did not go on")
		}
	})
}

func TestBankHolidaysAreNotWorkingDays(t *testing.T) {
	each(t, func(w *world) {
		w.clock.set(time.Date(2026, time.December, 22, 9, 0, 0, 0, time.UTC)) // a Tuesday; Christmas Day, Boxing Day's Monday and New Year follow
		id := w.at(referral.WithProviders, 0)
		found := false
		for _, k := range w.look(w.Coordinator, id).Clocks {
			if k.Timer != referral.DecisionDue {
				continue
			}
			found = true
			if got := k.Due.UTC().Format("2006-01-02"); got != "2026-12-31" { // 23, 24, 29, 30, 31
				w.t.Errorf("5 working days from 22 December end on %s", got)
			}
		}
		if !found {
			w.t.Error("no hospital's answer is waited for")
		}
	})
}

func TestAHospitalsOwnHolidayCounts(t *testing.T) {
	each(t, func(w *world) {
		a, err := w.Agreement(ctx, w.administrator, "org-marina")
		must(w.t, err)
		a.Holidays = append(a.Holidays, w.Today().AddDays(1))
		if l, err := w.SetAgreement(ctx, w.administrator, a); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		_, err = w.SetAgreement(ctx, w.Coordinator, a)
		wantKind(w.t, err, fault.Forbidden)
		id := w.at(referral.WithProviders, 0)
		due := map[string]time.Time{}
		for _, k := range w.look(w.Coordinator, id).Clocks {
			if k.Timer == referral.DecisionDue {
				due[k.Hospital] = k.Due
			}
		}
		if !due[w.row(id, "marina").ID].After(due[w.row(id, "lotus").ID]) {
			w.t.Errorf("%v", due)
		}
	})
}

func TestTheAlertIsRemindedAndTheCaseIsOfferedForClosing(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.Aftercare, 0)
		w.live(370 * aDay)
		if got := countOf(w.keys("to_kind = 'patient'"), "overseas_care_alert"); got != 3 {
			w.t.Errorf("%d reminders of the alert, want months 1, 6 and 11", got)
		}
		if countOf(w.keys("person = 'coordinator'"), "ready_to_close") != 1 {
			w.t.Error("nobody was asked to close it")
		}
	})
}

func TestAComplicationWithoutAnAnswerIsEscalated(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: "urgent", Text: "The wound is red and hot."})
		w.live(2 * aDay)
		if countOf(w.keys("person = 'safety'"), "complication_unanswered") != 1 || countOf(w.keys("person = 'owner-marina'"), "complication_unanswered") == 0 {
			w.t.Errorf("%v", w.keys("person = 'safety'"))
		}
		w.do(w.Hospitals[0].Doctor, id, referral.ReplyComplication, referral.Input{Text: "Please send a photo."})
		w.do(w.Safety, id, referral.ReviewComplication, referral.Input{Text: "Followed up."})
		v := w.look(w.Safety, id)
		if len(v.Complaints) != 1 || v.Complaints[0].Replied.IsZero() || v.Complaints[0].Reviewed.IsZero() || v.Care.Complications != 0 {
			w.t.Errorf("%+v", v.Complaints)
		}
	})
}

func TestTwoWorkersAtOnceDoEachThingOnce(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.clock.pass(20 * aDay)
		errs := make(chan error, 4)
		for range 4 {
			worker := w.service(nil)
			go func() { _, err := worker.Tend(ctx); errs <- err }()
		}
		for range 4 {
			if err := <-errs; err != nil {
				w.t.Error(err)
			}
		}
		events := w.ids("SELECT event FROM referral_events WHERE referral_id = '" + id + "'")
		if countOf(events, "lapse") != 3 || countOf(events, "close_declined") != 1 {
			w.t.Errorf("%v", events)
		}
		if got := countOf(w.keys("person = 'owner-lotus'"), "answer_last_call"); got != 1 {
			w.t.Errorf("%d last calls", got)
		}
	})
}

func quote(w *world) *referral.Quote { return sample.Quote(w.Today()) }
