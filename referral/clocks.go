package referral

import (
	"slices"
	"time"

	"carecorridor/internal/when"
)

// Clock is one running timer.
type Clock struct {
	Timer    Timer
	Provider string    // "" for the referral's own
	Since    time.Time // when it was started
	Base     time.Time // what its time is counted from: Since, or the start of a day such as the day of arrival
	Pauses   []Pause
	// Due is when it ends, worked out by Timings.Due; zero when it stands still. Whoever keeps the clocks fills it.
	Due time.Time
}

// Pause is a time in which a clock stands still. An open one has no To.
type Pause struct{ From, To time.Time }

// Paused reports whether a clock stands still.
func (c Clock) Paused() bool {
	return len(c.Pauses) > 0 && c.Pauses[len(c.Pauses)-1].To.IsZero()
}

// clock by name, nil when it does not run.
func (f *Facts) clock(t Timer, provider string) *Clock {
	at := slices.IndexFunc(f.Clocks, func(c Clock) bool { return c.Timer == t && c.Provider == provider })
	if at < 0 {
		return nil
	}
	return &f.Clocks[at]
}

// timeIsUp reports whether the clock that an event waits for has ended.
func timeIsUp(c Case) bool {
	var clock *Clock
	switch c.Line.Event {
	case Lapse:
		clock = c.F.clock(LapseDue, c.P.ID)
	case QuestionLapse:
		clock = c.F.clock(QuestionDue, c.P.ID)
	case Expire:
		clock = c.F.clock(idleTimer[c.F.State], "")
	}
	return clock != nil && !clock.Paused() && !clock.Due.IsZero() && !c.F.Now.Before(clock.Due)
}

// idleTimer is the one that expires each state.
var idleTimer = map[State]Timer{Draft: DraftIdle, AwaitingConsent: ConsentLink, Returned: ReturnedIdle, Deciding: DecidingIdle}

// clocks carries out the line's Clocks, and what follows from the facts: a hospital's clocks end with its answer, all end
// when the referral does, and those that must stand still do.
func (c Case) clocks(before Facts, in Input) (out []ClockChange) {
	if c.F.State == Closed && (before.State != Closed || c.F.Care.Died) {
		out = c.stopClocks(out, func(k Clock) bool { return !c.outlives(k.Timer) })
	}
	for _, op := range c.Line.Clocks {
		switch op.Op {
		case Stop:
			out = c.stopClocks(out, func(k Clock) bool {
				return k.Timer == op.Timer && (c.P == nil || k.Provider == "" || k.Provider == c.P.ID)
			})
		case Start:
			for _, id := range c.owners(op.Timer, in) {
				out = c.startClock(out, c.variant(op.Timer), id)
			}
		}
	}
	switch {
	case c.Line.Event == ReplyComplication && c.F.Care.Unreplied > 0:
		out = c.startClock(out, ComplicationDue, "")
	case c.Line.Event == ReviewComplication && c.F.Care.Complications > 0:
		out = c.startClock(out, ReviewDue, "")
	}
	out = c.stopClocks(out, c.answered)
	return c.standStill(out)
}

// outlives reports whether a timer goes on when its referral has ended: until copies are deleted, and until the overseas-care
// alert of a stay is over (domain.md §5.3). A death stops all.
func (c Case) outlives(t Timer) bool {
	return t == DeletionDue && c.F.Ending != EndDeceased || t == AlertReminder && c.F.Ending == EndCompleted && !c.F.Care.Died
}

func (c Case) stopClocks(out []ClockChange, which func(Clock) bool) []ClockChange {
	c.F.Clocks = slices.DeleteFunc(c.F.Clocks, func(k Clock) bool {
		if !which(k) {
			return false
		}
		out = append(out, ClockChange{Timer: k.Timer, Provider: k.Provider, Op: Stop, At: c.F.Now})
		return true
	})
	return out
}

func (c Case) startClock(out []ClockChange, t Timer, provider string) []ClockChange {
	k := Clock{Timer: t, Provider: provider, Since: c.F.Now, Base: c.base(t, provider)}
	c.F.Clocks = slices.DeleteFunc(c.F.Clocks, func(k Clock) bool { return k.Timer == t && k.Provider == provider })
	c.F.Clocks = append(c.F.Clocks, k)
	return append(out, ClockChange{Timer: t, Provider: provider, Op: Start, At: c.F.Now, Base: k.Base})
}

// owners are the hospitals for which a timer starts, or "" once.
func (c Case) owners(t Timer, in Input) (ids []string) {
	switch {
	case t == DeletionDue:
		for _, p := range c.F.Providers {
			if !p.SentAt.IsZero() && !p.Deleted && !p.Response.Live() && c.F.clock(DeletionDue, p.ID) == nil {
				ids = append(ids, p.ID)
			}
		}
		return ids
	case t == AlertReminder && !c.F.Care.Overnight:
		return nil // there is no alert to remember
	case (t == ComplicationDue || t == ReviewDue) && c.running(t):
		return nil // another report does not put off what the first one waits for
	case !perHospital[t]:
		return []string{""}
	case c.P != nil:
		return []string{c.P.ID}
	}
	return in.Hospitals
}

// running reports whether a timer of the referral's own has not come to its end.
func (c Case) running(t Timer) bool {
	k := c.F.clock(t, "")
	return k != nil && c.F.Now.Before(k.Due)
}

// variant is the timer for this priority, or for a triage that has to look at warning signs first.
func (c Case) variant(t Timer) Timer {
	switch {
	case t == DecisionDue && c.F.Priority == Soon:
		return DecisionDueSoon
	case t == TriageDue && c.F.Checks.RedFlags+c.F.Checks.Duplicates > 0:
		return TriageDueFlagged
	}
	return t
}

// base is what a timer's time is counted from.
func (c Case) base(t Timer, provider string) time.Time {
	d := when.Date{}
	switch t {
	case QuoteEnds:
		d = c.F.Provider(provider).QuoteUntil.AddDays(1)
	case TravelNear:
		d = c.F.Travel.Confirmed.Arrive
	case NotAdmitted:
		d = c.F.Travel.Confirmed.Admit
	case AlertReminder, ClosureDue:
		d = c.F.Care.DischargedOn
	}
	if !d.Known() {
		return c.F.Now
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, london).UTC()
}

// answered are clocks of hospitals that owe nothing any more, and of questions that are not open.
func (c Case) answered(k Clock) bool {
	if k.Provider == "" {
		return false
	}
	r := c.F.Provider(k.Provider).Response
	switch k.Timer {
	case DeletionDue:
		return r.Live() // it was sent it again
	case QuestionDue:
		return r != InfoRequested
	case QuoteEnds:
		return r != Offered
	case OpenDue:
		return r != Sent
	}
	return !r.Pending()
}

// standStill pauses and resumes: a hospital's own clocks while its question is open or it may not act, and whatever would run out on
// somebody while a safety hold keeps them from acting.
func (c Case) standStill(out []ClockChange) []ClockChange {
	for i := range c.F.Clocks {
		k := &c.F.Clocks[i]
		stand := c.F.Has(SafetyHold) && heldStill[k.Timer]
		if p := c.F.Provider(k.Provider); p != nil && hospitalWaits[k.Timer] {
			stand = stand || p.Response == InfoRequested
		}
		if p := c.F.Provider(k.Provider); p != nil && (hospitalWaits[k.Timer] || k.Timer == OpenDue) {
			stand = stand || c.F.Has(ConsentSuspended) || p.Eligibility.OnHold // it may not act
		}
		switch {
		case stand && !k.Paused():
			k.Pauses, k.Due = append(k.Pauses, Pause{From: c.F.Now}), time.Time{}
			out = append(out, ClockChange{Timer: k.Timer, Provider: k.Provider, Op: Halt, At: c.F.Now})
		case !stand && k.Paused():
			k.Pauses[len(k.Pauses)-1].To = c.F.Now
			out = append(out, ClockChange{Timer: k.Timer, Provider: k.Provider, Op: Resume, At: c.F.Now})
		}
	}
	return out
}
