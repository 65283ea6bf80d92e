package referral_test

import (
	"slices"

	"carecorridor/auth"
	"carecorridor/referral"
)

// backward are the events that a safety hold never stops, whatever else it does (domain.md §2.11 test 10).
var backward = []referral.Event{referral.Withdraw, referral.Cancel, referral.RecordDeath, referral.Message, referral.WriteToDesk, referral.Void, referral.Exclude, referral.Return, referral.FailGate,
	referral.Postpone, referral.Amend, referral.CloseUnwanted, referral.MaterialChange, referral.RevokeLetter}

// check says what must hold of every single step.
func (w *walker) check(before referral.Facts, o referral.Outcome, who auth.Actor) {
	w.t.Helper()
	fail := func(format string, args ...any) {
		w.t.Helper()
		w.t.Fatalf("step %d, %s in %s by %s: "+format, append([]any{w.steps, o.Event, before.State, who.Role}, args...)...)
	}
	if o.Version != before.Version+1 || o.After.Version != o.Version {
		fail("version %d > %d", before.Version, o.Version)
	}
	if before.State == referral.Closed && (o.To != referral.Closed || o.Ending != before.Ending && o.Event != referral.RetractDeath || len(o.Responses) > 0) {
		fail("a closed referral moved to %s, %s", o.To, o.Ending)
	}
	if (o.After.State == referral.Closed) != (o.After.Ending != "") {
		fail("state %s with ending %q", o.After.State, o.After.Ending)
	}
	if o.Audit.Action != "referral."+string(o.Event) || o.Audit.Facts["from"] != string(o.From) || o.Audit.Facts["to"] != string(o.To) || o.Audit.Facts["version"] == "" {
		fail("audit row %+v", o.Audit)
	}
	if o.To == referral.ReadyToTravel && o.After.Travel.LetterEnded {
		fail("ready to travel with a visa letter that ended")
	}
	w.checkDisclosure(o, fail)
	w.checkHold(before, o, fail)
	w.checkClocks(before, o, fail)
	w.checkEnd(before, o, fail)
	for _, r := range o.Responses {
		if r.Provider != o.Provider && o.Provider != "" && slices.Contains([]referral.Event{referral.Open, referral.Ask, referral.Offer, referral.Decline, referral.Answer, referral.Lapse, referral.WithdrawHospital}, o.Event) {
			fail("%s of another hospital", r.To)
		}
	}
	if n := count(o.After, referral.Selected); n > 1 {
		fail("%d hospitals are selected", n)
	}
}

// checkDisclosure: nothing reaches anybody without every consent for it, and nobody reads without.
func (w *walker) checkDisclosure(o referral.Outcome, fail func(string, ...any)) {
	for _, d := range o.Disclose {
		if o.After.Has(referral.ConsentSuspended) && d.To == referral.ToHospital {
			fail("disclosed to %s while sharing is suspended", d.Provider)
		}
		if d.To == referral.ToHospital && !o.After.AgreedFor(d.Provider, d.Set) {
			fail("disclosed %v to %s without consent", d.Set.Items, d.Provider)
		}
		for _, code := range d.Consents {
			if !code.PerHospital() && !o.After.Agreed(code, "") {
				fail("disclosed to %s without %s", d.To, code)
			}
		}
		early := o.After.State.Rank() < referral.Accepted.Rank()
		if early && (slices.Contains(d.Set.Items, referral.PartContact) || slices.Contains(d.Set.Items, referral.PartIdentity) || slices.Contains(d.Set.Items, referral.PartPassport)) {
			fail("identity before acceptance")
		}
	}
	for _, p := range o.After.Providers {
		if o.After.MayRead(p.ID) && !o.After.AgreedFor(p.ID, p.Disclosed) {
			fail("%s may read without consent", p.ID)
		}
	}
	for _, n := range o.Notices {
		if n.To == referral.ToHospital && o.After.Provider(n.Provider).SentAt.IsZero() {
			fail("%s is told and knows of nothing", n.Provider)
		}
	}
}

// checkHold: with a safety hold on nothing moves forward, and what is no move forward stays possible.
func (w *walker) checkHold(before referral.Facts, o referral.Outcome, fail func(string, ...any)) {
	if !before.Has(referral.SafetyHold) {
		return
	}
	if o.From != o.To && !slices.Contains(backward, o.Event) {
		fail("moved to %s under a safety hold", o.To)
	}
	for _, r := range o.Responses {
		if r.To == referral.Sent || r.To == referral.Offered && o.Event != referral.ChooseAgain || r.To == referral.Selected {
			fail("%s is %s under a safety hold", r.Provider, r.To)
		}
	}
	if before.State == referral.Closed {
		return
	}
	if patient := actor(auth.Patient, w.now); before.State != referral.Draft && !referral.Allowed(patient, before, referral.Withdraw, "") {
		fail("the patient cannot withdraw under a safety hold")
	}
	desk := actor(auth.Coordinator, w.now)
	if !referral.Allowed(desk, before, referral.RecordDeath, "") || before.State.Rank() < referral.Admitted.Rank() && !referral.Allowed(desk, before, referral.Cancel, "") {
		fail("the desk cannot cancel or record a death under a safety hold")
	}
}

// checkClocks: a hospital's own clocks stand still exactly while its question is open, it may not act or a hold is on, and
// everybody else's go on.
func (w *walker) checkClocks(before referral.Facts, o referral.Outcome, fail func(string, ...any)) {
	for _, k := range o.After.Clocks {
		own := referral.HospitalWaits(k.Timer) && o.After.Provider(k.Provider).Response == referral.InfoRequested
		held := o.After.Has(referral.SafetyHold) && referral.HeldStill(k.Timer)
		barred := k.Provider != "" && (referral.HospitalWaits(k.Timer) || k.Timer == referral.OpenDue) && (o.After.Has(referral.ConsentSuspended) || o.After.Provider(k.Provider).Eligibility.OnHold)
		if k.Paused() != (own || held || barred) {
			fail("clock %s %s paused %v", k.Timer, k.Provider, k.Paused())
		}
	}
	for _, c := range o.Clocks {
		if (o.Event == referral.Ask || o.Event == referral.Answer) && c.Provider != o.Provider {
			fail("touched the clock %s of %q", c.Timer, c.Provider)
		}
	}
	seen := map[string]bool{}
	for _, k := range o.After.Clocks {
		key := string(k.Timer) + k.Provider
		if seen[key] {
			fail("clock %s runs twice", key)
		}
		seen[key] = true
	}
	for _, p := range o.After.Providers {
		if p.Response.Pending() && o.After.State != referral.Closed && !seen[string(referral.LapseDue)+p.ID] {
			fail("%s owes an answer and no clock runs", p.ID)
		}
	}
}

// checkEnd: a death stops every timer and every message; any end leaves only the clocks of copies to be deleted, and a
// treatment that of its alert.
func (w *walker) checkEnd(before referral.Facts, o referral.Outcome, fail func(string, ...any)) {
	if o.To != referral.Closed || o.From == referral.Closed {
		return
	}
	if o.Ending == referral.EndDeceased {
		outside := slices.ContainsFunc(o.Notices, func(n referral.Told) bool { return n.To != referral.ToCoordinator })
		if !o.Silence || outside || len(o.After.Clocks) > 0 {
			fail("a death leaves notices %v, clocks %v", o.Notices, o.After.Clocks)
		}
	}
	for _, k := range o.After.Clocks {
		if k.Timer != referral.DeletionDue && !(k.Timer == referral.AlertReminder && o.Ending == referral.EndCompleted) {
			fail("clock %s runs on", k.Timer)
		}
	}
	for _, k := range before.Clocks {
		kept := slices.ContainsFunc(o.After.Clocks, func(x referral.Clock) bool { return x.Timer == k.Timer && x.Provider == k.Provider })
		if k.Timer == referral.DeletionDue && o.Ending != referral.EndDeceased && !kept {
			fail("nobody waits for the copy of %s any more", k.Provider)
		}
	}
	if o.Ending != referral.EndCompleted && o.Ending != referral.EndDeceased {
		for _, p := range o.After.Providers {
			if p.Response.Live() {
				fail("%s is still %s", p.ID, p.Response)
			}
		}
	}
}

func count(f referral.Facts, r referral.Response) (n int) {
	for _, p := range f.Providers {
		if p.Response == r {
			n++
		}
	}
	return n
}
