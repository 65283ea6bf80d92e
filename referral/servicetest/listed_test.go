package servicetest

import (
	"maps"
	"slices"
	"testing"

	"carecorridor/auth"
	"carecorridor/models"
	"carecorridor/referral"
)

// listed are the lines of who looked that come from worklists, by person.
func (w *world) listed(id string) map[string]int {
	w.t.Helper()
	lines, err := w.WhoLooked(ctx, w.patient(id), id)
	must(w.t, err)
	out := map[string]int{}
	for _, l := range lines {
		if l.What == "referral.list" {
			out[l.Person] += l.Days
		}
	}
	return out
}

func (w *world) list(who auth.Actor) []referral.WorkRow {
	w.t.Helper()
	list, err := w.Worklist(ctx, who, referral.WorkFilter{})
	must(w.t, err)
	return list.Rows
}

// Worklists name the patient, or say the age and the treatment: whoever saw that is among those who looked.
func TestWhoSawAPatientInAWorklistIsAmongThoseWhoLooked(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		if got := w.listed(id); len(got) != 0 {
			w.t.Fatalf("before anybody looked: %v", got)
		}
		for range 2 { // once a day is enough
			for _, who := range []auth.Actor{w.Referrer, w.Coordinator, w.Hospitals[0].Desk} {
				if rows := w.list(who); len(rows) != 1 || rows[0].Age < 18 || rows[0].Treatment == "" {
					w.t.Fatalf("%s: %+v", who.Role, rows)
				}
			}
		}
		want := map[string]int{"Name of referrer-1": 1, "Name of coordinator": 1, "Name of owner-marina": 1}
		if got := w.listed(id); !maps.Equal(got, want) {
			w.t.Errorf("%v", got)
		}
		w.clock.pass(aDay)
		w.list(w.Coordinator)
		want["Name of coordinator"] = 2
		if got := w.listed(id); !maps.Equal(got, want) {
			w.t.Errorf("a day later: %v", got)
		}
		if n := len(w.ids("SELECT seq FROM audit_rows WHERE action = 'referral.list' AND on_kind = 'worklist'")); n != 7 {
			w.t.Errorf("%d reads of a list, want 7", n)
		}
	})
}

// The twin: a line that shows nothing of the patient is nobody's reading of them.
func TestALineWithNothingOfThePatientIsNotAReadingOfThem(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.AwaitingConsent, 0)
		if rows := w.list(w.Coordinator); len(rows) != 1 || rows[0].Name != "" || rows[0].Age >= 0 || rows[0].Treatment != "" {
			w.t.Fatalf("before consent: %+v", rows)
		}
		id2 := w.at(referral.WithProviders, 1)
		h := w.Hospitals[0]
		w.do(w.patient(id2), id2, referral.WithdrawHospital, referral.Input{Provider: w.row(id2, h.Slug).ID})
		rows := w.list(h.Desk)
		if len(rows) != 1 || rows[0].ID != id2 || rows[0].Name != "" || rows[0].Age >= 0 || rows[0].Treatment != "" {
			w.t.Fatalf("after the consent: %+v", rows)
		}
		if a, b := w.listed(id), w.listed(id2); len(a)+len(b) != 0 {
			w.t.Errorf("%v, %v", a, b)
		}
	})
}

// A year of worklists hides nobody: they are one line for each person, and the reads stay.
func TestManyWorklistsPushNoReadingOut(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.WithProviders, 0)
		w.look(w.Hospitals[0].Desk, id)
		for range 30 {
			w.list(w.Coordinator)
			w.clock.pass(aDay)
		}
		rows, err := w.store.SeenRows(ctx, id, 3)
		must(w.t, err)
		if at := slices.IndexFunc(rows, func(r models.SeenRow) bool { return r.Action == "referral.view" }); len(rows) != 4 || at < 0 || rows[3].Times != 30 {
			w.t.Errorf("%+v", rows)
		}
	})
}

// A case and the worklist tell a hospital the same times; others' times stay others'.
func TestAChosenHospitalSeesTheTimesThatItsWorklistCounts(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Treated, 0)
		desk := w.Hospitals[0].Desk
		row := w.list(desk)[0]
		if row.DueTimer != referral.DischargeDue {
			w.t.Fatalf("%+v", row)
		}
		timers := func(id string) (out []referral.Timer) {
			for _, c := range w.look(desk, id).Clocks {
				out = append(out, c.Timer)
			}
			return out
		}
		if got := timers(id); !slices.Contains(got, referral.DischargeDue) || slices.Contains(got, referral.GPAcknowledge) {
			w.t.Errorf("%v", got)
		}
		before := w.at(referral.WithProviders, 1)
		if got := timers(before); slices.Contains(got, referral.TriageDue) || slices.Contains(got, referral.DischargeDue) {
			w.t.Errorf("before a choice: %v", got)
		}
	})
}
