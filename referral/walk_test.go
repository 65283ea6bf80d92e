package referral_test

import (
	"math/rand"
	"slices"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/internal/workday"
	"carecorridor/referral"
)

// walker plays one referral after another with everybody at random, and looks after each step that nothing is
// broken that must hold.
type walker struct {
	t     *testing.T
	r     *rand.Rand
	f     referral.Facts
	now   time.Time
	cfg   referral.Timings
	steps int
	ended map[referral.Ending]int
	seen  map[referral.Event]int
	saw   map[referral.State]int
}

func begin(t *testing.T, seed int64) *walker {
	return &walker{t: t, r: rand.New(rand.NewSource(seed)), now: noon, cfg: referral.Usual(), ended: map[referral.Ending]int{}, seen: map[referral.Event]int{}, saw: map[referral.State]int{}}
}

// fresh starts a referral that may be sent, with two or three hospitals and no consent yet.
func (w *walker) fresh() {
	w.f = facts(referral.None)
	w.f.Now, w.f.Version, w.f.Consents, w.f.Choice.GPShare = w.now, 0, nil, ""
	w.f.Providers = nil
	for _, id := range []string{"h1", "h2", "h3"}[:2+w.r.Intn(2)] {
		w.f.Providers = append(w.f.Providers, hospitalAt(id, referral.Unsent, w.now))
	}
	w.renew()
	if w.r.Intn(2) == 0 {
		w.f.Origin, w.f.ReferrerOrg, w.f.Clinician = referral.BySelf, "", ""
	}
	if w.r.Intn(4) == 0 {
		w.f.Mode = referral.ForAdvice
	}
	if w.r.Intn(3) == 0 {
		w.f.Priority = referral.Soon
	}
}

// renew keeps what ages outside a referral up to date: checks of hospitals and referrers.
func (w *walker) renew() {
	today := when.DateOf(w.now)
	w.f.Writing.Referrer.CheckedOn, w.f.Writing.Referrer.MailboxOn = today.AddDays(-1), today.AddDays(-1)
	for i := range w.f.Providers {
		e := &w.f.Providers[i].Eligibility
		held := e.OnHold
		*e = hospitalAt("x", referral.Unsent, w.now).Eligibility
		e.OnHold = held
	}
}

// people who take part, with an outsider.
func (w *walker) people() (out []auth.Actor) {
	for _, r := range referral.Roles {
		out = append(out, actor(r, w.now))
	}
	for _, h := range []string{"h2", "h3", "h9"} {
		out = append(out, auth.Actor{Person: "doctor-" + h, Role: auth.ProviderClinician, Org: "org-" + h, SteppedUp: w.now})
	}
	second := actor(auth.Coordinator, w.now)
	second.Person = "second-coordinator"
	return append(out, second, auth.Actor{Person: "stranger", Role: auth.Patient, SteppedUp: w.now}, auth.Actor{Person: "nosy", Role: auth.Referrer, Org: "elsewhere", SteppedUp: w.now})
}

// step does one random thing: mostly something allowed, sometimes something that is not.
func (w *walker) step() {
	w.steps++
	w.f.Now = w.now
	w.saw[w.f.State]++
	people := w.people()
	who := people[w.r.Intn(len(people))]
	switch n := w.r.Intn(40); {
	case n < 4:
		w.nonsense(who)
	case n < 15 || n < 24 && w.f.State.Rank() != referral.WithProviders.Rank():
		w.forward(people)
	case n < 26:
		d := time.Duration(1+w.r.Intn(hoursIn(w.f.State))) * time.Hour
		if w.r.Intn(25) == 0 {
			d = 40 * 24 * time.Hour // everybody is on leave
		}
		w.pass(d)
	default:
		w.allowed(who)
	}
	if w.steps%401 == 0 {
		w.offersWhatItDoes()
	}
}

// hoursIn a state go by at once at most: much while hospitals answer, little while people write.
func hoursIn(s referral.State) int {
	switch s {
	case referral.WithProviders, referral.Deciding, referral.Accepted, referral.Returned:
		return 300
	}
	return 20
}

// onward are events that bring a referral along.
var onward = []referral.Event{referral.Create, referral.SignOff, referral.GiveConsent, referral.Submit, referral.Resubmit, referral.ClearFlags, referral.ClearDuplicates, referral.Route, referral.Open, referral.Answer,
	referral.Offer, referral.Advise, referral.Compare, referral.ReadOpinion, referral.ReadRisks, referral.Accept, referral.Convert, referral.AskRequote, referral.ReviewHold, referral.Postpone, referral.ProposeDates, referral.ConfirmDates, referral.GivePassport, referral.ChooseGPShare,
	referral.IssueLetter, referral.PassGate, referral.Reaccept, referral.Admit, referral.Treat, referral.Discharge, referral.ConfirmReceipt, referral.Acknowledge, referral.SendLetter, referral.RecordFollowUp, referral.ReplyComplication,
	referral.ReviewComplication, referral.AskFeedback, referral.Complete, referral.LiftHold, referral.ResumeConsent, referral.ClearProvider, referral.RequestErasure, referral.ApproveErasure}

// forward does something that somebody may do to bring it along.
func (w *walker) forward(people []auth.Actor) {
	for range 6 {
		who := people[w.r.Intn(len(people))]
		var some []referral.Action
		for _, a := range referral.AllowedActions(who, w.f) {
			if slices.Contains(onward, a.Event) {
				some = append(some, a)
			}
		}
		if len(some) == 0 {
			continue
		}
		a := some[w.r.Intn(len(some))]
		if a.Event == referral.GiveConsent && w.r.Intn(8) != 0 && len(w.f.MissingToSend()) == 0 {
			continue
		}
		o, err := referral.Apply(who, w.f, a.Event, w.input(a, who), w.now)
		if err != nil {
			w.t.Fatalf("step %d: %s offers %s to %s: %v", w.steps, w.f.State, a.Event, who.Role, err)
		}
		w.take(o, who)
		return
	}
}

// rare are events that would end or stop every walk early: they are taken up one time in so many.
var rare = map[referral.Event]int{referral.Withdraw: 8, referral.Cancel: 60, referral.Void: 60, referral.RecordDeath: 120, referral.Exclude: 2, referral.Expire: 2, referral.Hold: 8,
	referral.HoldProvider: 20, referral.SuspendConsent: 20, referral.WithdrawHospital: 12, referral.WithdrawConsent: 12, referral.Decline: 4, referral.ChooseAgain: 12, referral.MaterialChange: 8,
	referral.FailGate: 12, referral.Return: 3, referral.ReportError: 20, referral.Postpone: 1, referral.EndAdvice: 1, referral.Amend: 3, referral.AddDocument: 6, referral.RemoveDocument: 2, referral.Message: 3, referral.GiveConsent: 4, referral.WriteToDesk: 4, referral.Chase: 6, referral.HoldErasure: 20, referral.RevokeLetter: 2}

func (w *walker) allowed(who auth.Actor) {
	actions := referral.AllowedActions(who, w.f)
	if len(actions) == 0 {
		return
	}
	a := actions[w.r.Intn(len(actions))]
	if n := rare[a.Event]; n > 0 && w.r.Intn(n) != 0 {
		return
	}
	in := w.input(a, who)
	o, err := referral.Apply(who, w.f, a.Event, in, w.now)
	if err != nil {
		w.t.Fatalf("step %d: %s offers %s to %s: %v", w.steps, w.f.State, a.Event, who.Role, err)
	}
	w.take(o, who)
}

// nonsense tries any event, whoever and wherever: it is refused and changes nothing, or it is allowed.
func (w *walker) nonsense(who auth.Actor) {
	e := referral.Events[w.r.Intn(len(referral.Events))]
	provider := []string{"", "h1", "h2", "h3", "nobody"}[w.r.Intn(5)]
	before := w.f
	_, err := referral.Apply(who, w.f, e, referral.Input{Provider: provider, Version: w.f.Version}, w.now)
	if kind := fault.KindOf(err); err != nil && !slices.Contains([]fault.Kind{fault.Forbidden, fault.Missing, fault.Conflict, fault.Invalid}, kind) {
		w.t.Fatalf("%s by %s: %v", e, who.Role, err)
	}
	if before.Version != w.f.Version || before.State != w.f.State {
		w.t.Fatalf("%s: Apply changed what it was given", e)
	}
}

// pass lets time go by: whatever falls due is done, once, in order.
func (w *walker) pass(d time.Duration) {
	until := w.now.Add(d)
	for {
		at, clock, fire := w.next(until)
		if clock == nil {
			break
		}
		w.now = at
		w.f.Now = at
		w.due()
		line, _ := referral.Line(fire.Ends, w.f.State, referral.System)
		o, err := referral.Apply(referral.Clockwork, w.f, fire.Ends, referral.Input{Provider: clock.Provider}, w.now)
		if err == nil {
			w.take(o, referral.Clockwork)
			continue
		}
		if fire.Ends != referral.Ready && line.Event != "" && !w.f.Has(referral.SafetyHold) {
			w.t.Fatalf("%s is due and refused: %v", fire.Ends, err)
		}
		w.f.Clocks = slices.DeleteFunc(w.f.Clocks, func(k referral.Clock) bool { return k.Timer == clock.Timer && k.Provider == clock.Provider })
	}
	w.now = until
	w.f.Now = until
	w.renew()
}

// next is the first clock that ends with an event before a moment.
func (w *walker) next(until time.Time) (at time.Time, found *referral.Clock, fire referral.Fire) {
	for i := range w.f.Clocks {
		for _, x := range w.cfg.Fires(w.f.Clocks[i], workday.Both) {
			if x.Rung == -1 && !x.At.After(until) && (found == nil || x.At.Before(at)) {
				at, found, fire = x.At, &w.f.Clocks[i], x
			}
		}
	}
	if found != nil && at.Before(w.now) {
		at = w.now
	}
	if found != nil {
		found = &referral.Clock{Timer: found.Timer, Provider: found.Provider}
	}
	return at, found, fire
}

// due fills what persistence would: when clocks end.
func (w *walker) due() {
	for i := range w.f.Clocks {
		k := &w.f.Clocks[i]
		k.Due, _ = w.cfg.Due(*k, workday.Both)
	}
}

// take carries an outcome out, checks it, and does what follows.
func (w *walker) take(o referral.Outcome, who auth.Actor) {
	before := w.f
	w.seen[o.Event]++
	w.check(before, o, who)
	w.f = o.After
	w.due()
	if o.To == referral.Closed && o.From != referral.Closed {
		w.ended[o.Ending]++
	}
	for _, next := range o.Then {
		n, err := referral.Apply(referral.Clockwork, w.f, next.Event, referral.Input{Provider: next.Provider}, w.now)
		if err != nil {
			w.t.Fatalf("%s follows %s and is refused: %v", next.Event, o.Event, err)
		}
		w.take(n, referral.Clockwork)
	}
	w.outside(o)
}

// outside plays what other parts of the site do: an aftercare schedule is agreed once a hospital is chosen.
func (w *walker) outside(o referral.Outcome) {
	switch o.Event {
	case referral.Submit:
		w.f.Checks = referral.Checks{RedFlags: w.r.Intn(2), Duplicates: w.r.Intn(2)}
	case referral.Accept:
		w.f.Care.SchedulePlanned = true
	case referral.Discharge:
		w.f.Care.FollowUpsLeft = 2
	}
}

func TestRandomWalksBreakNothing(t *testing.T) {
	t.Parallel()
	w := begin(t, 20261122)
	const steps = 40_000
	walks := 0
	for w.steps < steps {
		w.fresh()
		walks++
		closedFor := 0
		for i := 0; i < 900 && closedFor < 25; i++ {
			w.step()
			if w.f.State == referral.Closed {
				closedFor++
			}
		}
	}
	t.Logf("%d walks, %d steps, endings %v, states %v", walks, w.steps, w.ended, w.saw)
	for _, e := range referral.Endings {
		if w.ended[e] == 0 {
			t.Errorf("no walk ended as %s", e)
		}
	}
	for _, s := range referral.States {
		if w.saw[s] == 0 {
			t.Errorf("no walk came to %s", s)
		}
	}
	var missed []referral.Event
	for _, e := range referral.Events {
		if w.seen[e] == 0 {
			missed = append(missed, e)
		}
	}
	if len(missed)*10 > len(referral.Events) { // each is done in the matrix; here they have to meet each other
		t.Errorf("of %d events no walk did %v", len(referral.Events), missed)
	}
}
