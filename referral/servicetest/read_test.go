package servicetest

import (
	"testing"

	"carecorridor/referral"
)

// A worklist says of one referral what its page says.
func TestAWorklistCountsTheMessagesThatThePageCounts(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.ReadyToTravel, 0)
		desk := w.Hospitals[0].Desk
		must(w.t, w.SawThread(ctx, desk, w.look(desk, id), referral.AllThreads))
		w.do(w.patient(id), id, referral.Postpone, referral.Input{Text: "My daughter is ill."})
		list, err := w.Worklist(ctx, desk, referral.WorkFilter{})
		must(w.t, err)
		if v := w.look(desk, id); v.Unread != 1 || len(list.Rows) != 1 || list.Rows[0].Unread != v.Unread {
			w.t.Errorf("the page %d, the list %+v", v.Unread, list.Rows)
		}
	})
}

// What was written stays new until its own thread was drawn: no other page of the referral counts as reading it.
func TestWhatWasWrittenIsNewUntilItsThreadIsSeen(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Deciding, 0)
		patient := w.patient(id)
		must(w.t, w.SawThread(ctx, patient, w.look(patient, id), referral.AllThreads))
		first := w.look(patient, id).Hospitals[0]
		write := func(words string) {
			w.t.Helper()
			w.do(w.Hospitals[0].Desk, id, referral.Message, referral.Input{Text: words})
		}
		unread := func(step string, all, own int) {
			w.t.Helper()
			v := w.look(patient, id)
			if v.Unread != all || v.Hospital(first.ID).Unread != own {
				w.t.Errorf("%s: %d new, %d of the hospital", step, v.Unread, v.Hospital(first.ID).Unread)
			}
		}
		unread("before", 0, 0)
		write("Is there somebody at home who can help?")
		unread("written", 1, 1)
		unread("looked at once more", 1, 1)
		seen := w.look(patient, id)
		must(w.t, w.SawThread(ctx, patient, seen, referral.DeskThread))
		unread("another thread seen", 1, 1)
		w.clock.pass(aDay)
		write("And for the first week?")
		must(w.t, w.SawThread(ctx, patient, seen, first.ID))
		unread("the page was drawn before the second message", 1, 1)
		must(w.t, w.SawThread(ctx, patient, w.look(patient, id), first.ID))
		unread("the thread seen", 0, 0)
		if v := w.look(w.Referrer, id); v.Unread == 0 {
			w.t.Error("one side read it for the other")
		}
	})
}
