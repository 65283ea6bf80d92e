package servicetest

import (
	"testing"
	"time"

	"carecorridor/referral"
	"carecorridor/referral/sample"
)

func TestAHospitalIsChasedForItsCopyAfterItsNoEndedTheReferral(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		for _, h := range w.Hospitals {
			w.do(h.Desk, id, referral.Open, referral.Input{})
			w.do(h.Doctor, id, referral.Decline, referral.Input{Reason: referral.NoCapacity, Comment: "Full."})
		}
		if v := w.look(w.patient(id), id); v.Ending != referral.EndDeclined {
			w.t.Fatal(v.State, v.Ending)
		}
		w.live(5 * aDay)
		for _, slug := range slugs {
			if got := countOf(w.keys("person = 'owner-"+slug+"'"), "deletion_unconfirmed"); got != 1 {
				w.t.Errorf("%s was asked %d times for its copy", slug, got)
			}
		}
	})
}

func TestTheAlertIsRemindedAfterAnEarlyClosing(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Closed, 0)
		if v := w.look(w.patient(id), id); v.Ending != referral.EndCompleted || v.Alert == nil {
			w.t.Fatal(v.Ending, v.Alert)
		}
		w.live(370 * aDay)
		if got := countOf(w.keys("to_kind = 'patient'"), "overseas_care_alert"); got != 3 {
			w.t.Errorf("%d reminders of the alert, want months 1, 6 and 11", got)
		}
		if n := countOf(w.keys("person = 'coordinator'"), "ready_to_close"); n != 0 {
			w.t.Errorf("asked %d times to close what is closed", n)
		}
	})
}

func TestASecondReportDoesNotPutOffTheAlarmOfTheFirst(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: "urgent", Text: "The wound is red and hot."})
		w.clock.pass(20 * time.Hour)
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: "urgent", Text: "It is worse."})
		w.clock.pass(5 * time.Hour)
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		if got := countOf(w.keys("person = 'safety'"), "complication_unanswered"); got != 1 {
			w.t.Errorf("%d alarms 25 hours after the first report", got)
		}
		w.do(w.patient(id), id, referral.ReportComplication, referral.Input{Severity: "urgent", Text: "Worse again."})
		w.live(2 * aDay)
		if got := countOf(w.keys("person = 'safety'"), "complication_unanswered"); got != 2 {
			w.t.Errorf("%d alarms after a report that came when the first alarm was over", got)
		}
	})
}

func TestNoJourneyIsAnnouncedForDaysThatWereGivenUp(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 1)
		w.do(w.patient(id), id, referral.GivePassport, referral.Input{Passport: sample.Passport(2, w.today())})
		old := w.look(w.patient(id), id).Travel.Confirmed
		w.do(w.Hospitals[0].Desk, id, referral.ProposeDates, referral.Input{Dates: referral.Dates{Arrive: old.Arrive.AddDays(60), Admit: old.Admit.AddDays(60), Leave: old.Leave.AddDays(60)}, Text: "Dr Sample Rao"})
		w.live(time.Duration(w.today().DaysUntil(old.Arrive)) * aDay)
		if got := countOf(w.keys("to_kind = 'patient'"), "travel_near"); got != 0 {
			w.t.Errorf("told %d times of a journey on days that are not agreed", got)
		}
	})
}

func TestATimerThatAHolidayMovedIsNotDueForEver(t *testing.T) {
	each(t, func(w *world) {
		w.at(referral.WithProviders, 0)
		a, err := w.Agreement(ctx, w.administrator, "org-marina")
		must(w.t, err)
		for d := range 30 {
			a.Holidays = append(a.Holidays, w.Today().AddDays(d))
		}
		if l, err := w.SetAgreement(ctx, w.administrator, a); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.clock.pass(3 * aDay)
		if _, err := w.Tend(ctx); err != nil {
			w.t.Fatal(err)
		}
		if ids, err := w.store.DueReferrals(ctx, w.clock.Now(), 10); err != nil || len(ids) != 0 {
			w.t.Errorf("still due after everything due was done: %v, %v", ids, err)
		}
	})
}
