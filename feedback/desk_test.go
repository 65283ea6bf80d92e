package feedback_test

import (
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/feedback"
	"carecorridor/internal/fault"
	"carecorridor/models"
)

func person(role auth.Role) auth.Actor {
	return auth.Actor{Person: "p-" + string(role), Org: "alliance", Role: role}
}

var ben, meera = person(auth.Coordinator), person(auth.Verifier)

// actions are the audit rows of an action, newest first.
func (w *world) actions(t testing.TB, act auth.Action) []models.AuditRow {
	t.Helper()
	page, err := w.store.AuditPage(ctx, models.AuditFilter{Action: string(act)}, 100)
	must(t, err)
	return page.Rows
}

// belongs makes ben an editor of the hospital, whatever role he acts in now.
func (w *world) belongs(t testing.TB) {
	t.Helper()
	must(t, w.store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.AddOrganisation(&models.Organisation{ID: "org", Kind: "hospital", Name: "Marina", ProviderID: &w.provider, State: "active"}); err != nil {
			return err
		}
		sealed := append([]byte{1}, make([]byte, 40)...)
		if err := tx.AddPerson(&models.Person{ID: ben.Person, Email: sealed, EmailIndex: make([]byte, 20), Name: sealed, State: "active"}); err != nil {
			return err
		}
		return tx.AddMembership(&models.Membership{ID: "m", PersonID: ben.Person, OrgID: "org", Role: "provider_editor", State: "active"})
	}))
}

func TestAModeratorDecidesByNameAndTheTrailKeepsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "Nurse Devi was kind.")
		i := w.waiting(t)
		l, err := w.Rule(ctx, ben, feedback.Ruling{Text: i.ID, Version: i.Version, State: feedback.Redacted, Words: []string{"Nurse Devi"}, Reason: "It named a member of staff."})
		if err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		if c := w.summary(t).Comments[0]; c.Text != "[removed] was kind." {
			t.Errorf("%+v", c)
		}
		rows := w.actions(t, auth.FeedbackModerate)
		if len(rows) != 1 || rows[0].Person != ben.Person || rows[0].FactMap()["what"] != "redacted" || strings.Contains(rows[0].Facts, "Devi") {
			t.Errorf("%+v", rows)
		}
		log, err := w.Log(ctx, i.ID)
		if err != nil || len(log) != 1 || log[0].ByWhom != ben.Person {
			t.Errorf("%+v %v", log, err)
		}
		_, err = w.Rule(ctx, ben, feedback.Ruling{Text: i.ID, Version: i.Version, State: feedback.Published})
		want(t, err, fault.Conflict)
	})
}

func TestADecisionThatIsIncompleteSaysWhatToPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was right.")
		i := w.waiting(t)
		for field, r := range map[string]feedback.Ruling{
			"state":  {Text: i.ID, Version: i.Version},
			"reason": {Text: i.ID, Version: i.Version, State: feedback.Refused, Reason: "no"},
			"words":  {Text: i.ID, Version: i.Version, State: feedback.Redacted, Words: []string{"surgeon"}, Reason: "It named a surgeon."},
		} {
			if l, err := w.Rule(ctx, meera, r); err != nil || l.On(field) == "" {
				t.Errorf("%s: %v %v", field, l, err)
			}
		}
		if w.waiting(t).State != feedback.Held {
			t.Error("it was decided all the same")
		}
	})
}

func TestOnlyModeratorsModerate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was right.")
		i := w.waiting(t)
		for _, role := range []auth.Role{auth.Auditor, auth.Administrator, auth.SafetyReviewer, auth.ProviderOwner, auth.Referrer, auth.Patient} {
			_, err := w.Rule(ctx, person(role), feedback.Ruling{Text: i.ID, Version: i.Version, State: feedback.Published})
			want(t, err, fault.Forbidden)
			_, err = w.Texts(ctx, person(role), true)
			want(t, err, fault.Forbidden)
			_, _, err = w.Text(ctx, person(role), i.ID)
			want(t, err, fault.Forbidden)
		}
	})
}

func TestNobodyDecidesAboutTheirOwnHospital(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "The bill was right.")
		i, ref := w.waiting(t), w.report(t, wrong("The price is old."), "")
		w.belongs(t)
		_, err := w.Rule(ctx, ben, feedback.Ruling{Text: i.ID, Version: i.Version, State: feedback.Published})
		want(t, err, fault.Forbidden)
		_, err = w.Note(ctx, ben, ref, "I asked.")
		want(t, err, fault.Forbidden)
		_, err = w.Close(ctx, ben, ref, "It was right.")
		want(t, err, fault.Forbidden)
		want(t, w.Assign(ctx, meera, ref, "", ben.Person), fault.Forbidden)
		l, err := w.Rule(ctx, meera, feedback.Ruling{Text: i.ID, Version: i.Version, State: feedback.Published})
		if err != nil || !l.OK() {
			t.Fatal(l, err)
		}
	})
}

func TestAReportIsTakenNotedAndClosedInPublic(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Origin = "https://carecorridor.example"
		f := wrong("The price is old.")
		f.Email = "ann@example.com"
		ref := w.report(t, f, "")
		must(t, w.Assign(ctx, ben, ref, "", meera.Person))
		want(t, w.Assign(ctx, ben, ref, "", ben.Person), fault.Conflict)
		for range 2 { // sent twice
			if l, err := w.Note(ctx, meera, ref, "I asked the hospital."); err != nil || !l.OK() {
				t.Fatal(l, err)
			}
		}
		r, notes, err := w.Problem(ctx, meera, strings.ToLower(ref))
		if err != nil || r.Address != "ann@example.com" || r.AssignedTo != meera.Person || len(notes) != 1 {
			t.Fatalf("%+v %+v %v", r, notes, err)
		}
		if l, err := w.Close(ctx, meera, ref, " "); err != nil || l.On("outcome") == "" {
			t.Error(l, err)
		}
		if l, err := w.Close(ctx, meera, ref, "The hospital put the price right."); err != nil || !l.OK() {
			t.Fatal(l, err)
		}
		_, err = w.Close(ctx, ben, ref, "Again.")
		want(t, err, fault.Conflict)
		p, err := w.store.ProfileBySlug(ctx, slug)
		if err != nil || !strings.HasSuffix(p.Changes[0].What, "a price. What came of it: The hospital put the price right.") {
			t.Errorf("%+v %v", p.Changes, err)
		}
		o, err := w.Outcome(ctx, ref)
		if err != nil || o.Report.Outcome == "" || o.Report.Words != "" || o.Report.Email != nil {
			t.Errorf("%+v %v", o, err)
		}
		if r, _, err := w.Problem(ctx, meera, ref); err != nil || r.Address != "" {
			t.Errorf("%+v %v", r, err)
		}
	})
}

func TestOnlyThoseWhoHandleReportsReadThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ref := w.report(t, wrong("The price is old."), "")
		for _, role := range []auth.Role{auth.Auditor, auth.Administrator, auth.SafetyReviewer, auth.ProviderOwner, auth.Patient} {
			_, err := w.Problems(ctx, person(role), true)
			want(t, err, fault.Forbidden)
			_, _, err = w.Problem(ctx, person(role), ref)
			want(t, err, fault.Forbidden)
			_, err = w.Close(ctx, person(role), ref, "It was right.")
			want(t, err, fault.Forbidden)
			want(t, w.Assign(ctx, person(role), ref, "", "x"), fault.Forbidden)
		}
		_, _, err := w.Problem(ctx, ben, "CC-AAAA-AA")
		want(t, err, fault.Missing)
	})
}
