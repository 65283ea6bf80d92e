package servicetest

import (
	"fmt"
	"slices"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/referral"
)

// cast is everybody who may try something at a referral, in each role.
func (w *world) everybody(id string) []auth.Actor {
	return []auth.Actor{w.patient(id), w.Referrer, w.admin, w.Hospitals[0].Desk, actorOf("editor-marina", "org-marina", auth.ProviderEditor), w.Hospitals[0].Doctor, w.Coordinator, w.Safety, w.verifier, w.auditor,
		w.administrator, {Person: id, Role: referral.Receiver}}
}

// empty are inputs that no event takes: whoever may do it is told what is missing, who may not is turned away.
func empty(version, hospital int64, provider string, e referral.Event, who auth.Actor, s referral.State) referral.Input {
	in := referral.Input{Provider: provider, Version: version}
	if line, ok := referral.Line(e, s, who.Role); ok && line.About == referral.OneHospital {
		in.Version = hospital
	}
	return in
}

// In every state, each event tried by each role through the database has the answer that the rules give for the facts:
// offered to those to whom it is offered, refused to all others, and nothing half done.
func TestEveryEventOfEveryRoleInEveryStateIsAsTheTableSays(t *testing.T) {
	for i, state := range referral.States {
		t.Run(string(state), func(t *testing.T) {
			each(t, func(w *world) {
				id := w.at(state, i)
				tried, allowed := 0, 0
				for _, who := range w.everybody(id) {
					who = w.fresh(who)
					for _, e := range referral.Events {
						if slices.Contains([]referral.Event{referral.Create, referral.Amend, referral.AddDocument, referral.RemoveDocument, referral.AddHospital, referral.IssueLetter, referral.PrepareDischarge}, e) {
							continue // they have methods of their own
						}
						if !referral.Ever(e, who.Role) && state != referral.Triage {
							continue // refused by role alone, whatever the state: tried in one of them
						}
						tried++
						if w.try(id, who, e) {
							allowed++
						}
					}
				}
				if tried < 100 || allowed == 0 {
					w.t.Errorf("%d of %d allowed", allowed, tried)
				}
			})
		})
	}
}

// try compares one event with the rules, on facts that the service itself tells. What would really be done is not sent: a
// version that cannot be shows that it was only refused for that.
func (w *world) try(id string, who auth.Actor, e referral.Event) bool {
	w.t.Helper()
	allowed, provider, err := w.Allowed(ctx, who, id, e)
	must(w.t, err)
	before, err := w.store.ReferralByID(ctx, id)
	must(w.t, err)
	if line, ok := referral.Line(e, referral.State(before.State), who.Role); ok && allowed && (line.Adds || line.AtOnce) {
		return true // no version keeps it from being done: the walks do it
	}
	_, err = w.Do(ctx, who, id, e, empty(-1, -1, provider, e, who, referral.State(before.State)))
	kind := fault.KindOf(err)
	what := fmt.Sprintf("%s by %s in %s", e, who.Role, before.State)
	switch {
	case err == nil && !allowed:
		w.t.Errorf("%s was done", what)
	case allowed && kind != fault.Conflict:
		w.t.Errorf("%s is offered and then %v", what, err)
	case !allowed && kind != fault.Forbidden && kind != fault.Missing && kind != fault.Conflict:
		w.t.Errorf("%s is not offered, and answered %v", what, err)
	case !allowed && !referral.Ever(e, who.Role) && kind != fault.Forbidden && kind != fault.Missing:
		w.t.Errorf("%s: %v, want that the role does not include it", what, err)
	}
	if after, _ := w.store.ReferralByID(ctx, id); after.Version != before.Version || after.State != before.State {
		w.t.Errorf("%s moved the referral", what)
	}
	return allowed
}
