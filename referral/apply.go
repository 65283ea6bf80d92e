package referral

import (
	"fmt"
	"slices"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
)

// Outcome is everything that one event does. It is to be carried out whole, in one transaction.
type Outcome struct {
	Event     Event
	Provider  string // id of the hospital's row it was about
	From, To  State
	Version   int64 // of the referral afterwards
	Ending    Ending
	Responses []ResponseChange
	Set       []Flag // flags that are on now and were not
	Cleared   []Flag
	Clocks    []ClockChange
	Notices   []Told
	Silence   bool // everything still queued to anybody is dropped: the patient died
	Disclose  []Disclosure
	Revoke    []string // ids of hospitals' rows that may no longer read
	Erase     bool     // two persons approved: forget the content now
	Audit     Record   // the one row of the audit trail
	Then      []Following
	After     Facts // as they are now
}

// ResponseChange is a hospital's new response.
type ResponseChange struct {
	Provider string
	From, To Response
	Version  int64 // of the hospital's row afterwards
}

// ClockChange is a timer that starts, stops, pauses or goes on.
type ClockChange struct {
	Timer    Timer
	Provider string // "" for the referral's own
	Op       Op
	At       time.Time
	Base     time.Time // Start: what the time is counted from
}

// Told is one notice to send: that there is something to read, and nothing more.
type Told struct {
	To       Recipient
	Provider string // which hospital, for the hospital recipients
	Key      string
}

// Disclosure is what somebody gets to see that they could not see before, and the consents that allow it.
type Disclosure struct {
	To       Recipient
	Provider string
	Set      Set
	Consents []ConsentCode
}

// Record is the audit row of one event, without who and when. Nothing in it is personal.
type Record struct {
	Action string // "referral." and the event
	Why    string // coded reason
	Facts  map[string]string
}

// Following is an event that the clockwork does at once because of this one. Each is its own Apply.
type Following struct {
	Event    Event
	Provider string
}

// Problems is an input that has to be put right. The referral is as it was.
type Problems struct{ List check.List }

func (p *Problems) Error() string { return "input: " + p.List.String() }

// Errors of Apply beside Problems. Each has its fault kind: a role without the event is Forbidden, a referral or hospital
// that is not theirs is Missing, a state, flag, guard or version that does not allow it is Conflict.
var (
	ErrStepUp = fault.Say(fault.Forbidden, "referral step up", "Confirm that it is you, then do this again.")
	ErrStale  = fault.Say(fault.Conflict, "referral version", "Somebody changed this after you opened it. Check what is new, then do it again.")
)

// Apply is what an event by somebody does to a referral at a moment, or why it cannot be. It changes nothing itself.
func Apply(who auth.Actor, f Facts, e Event, in Input, now time.Time) (Outcome, error) {
	f = f.clone()
	f.Now = now
	c, err := admit(who, &f, e, in.Provider)
	if err != nil {
		return Outcome{}, err
	}
	if err := c.fresh(in); err != nil {
		return Outcome{}, err
	}
	if c.Line.StepUp && !who.Fresh(now) {
		return Outcome{}, ErrStepUp
	}
	if l := c.Line.problems(in, c); !l.OK() {
		return Outcome{}, fault.New(fault.Invalid, "referral "+string(e), &Problems{l})
	}
	return carry(c, in), nil
}

// admit finds the line that allows an event, in the order in which a refusal says least: nearness, role, state, hospital,
// flags, guards.
func admit(who auth.Actor, f *Facts, e Event, provider string) (Case, error) {
	op := "referral " + string(e)
	p := subject(who, f, provider)
	relation := near(who, f, p, e)
	if relation == "" && who.Signed() {
		return Case{}, fault.New(fault.Missing, op, nil) // before the role: that it exists is not theirs to know
	}
	if !who.Signed() || !Ever(e, who.Role) {
		return Case{}, fault.Say(fault.Forbidden, op, "Your role does not include this.")
	}
	line, ok := Line(e, f.State, who.Role)
	if !ok {
		return Case{}, fault.Say(fault.Conflict, op, "This is not possible at this stage.")
	}
	if line.Policy != "" {
		if err := auth.May(who, line.Policy, relation); err != nil {
			return Case{}, err
		}
	}
	if line.About == OneHospital && p == nil {
		return Case{}, fault.New(fault.Missing, op, nil)
	}
	if line.About == TheReferral {
		p = nil
	}
	c := Case{who, f, p, line}
	return c, c.stopped(op)
}

// subject is the hospital that is meant: for a hospital's own people always theirs.
func subject(who auth.Actor, f *Facts, id string) *Provider {
	p := f.Provider(id)
	if !slices.Contains(hospital, who.Role) {
		return p
	}
	if id != "" && (p == nil || p.Org != who.Org) {
		return nil
	}
	at := slices.IndexFunc(f.Providers, func(p Provider) bool { return p.Org == who.Org && who.Org != "" })
	if at < 0 {
		return nil
	}
	return &f.Providers[at]
}

// stopped says why a line cannot be followed now.
func (c Case) stopped(op string) error {
	if !c.Line.answers(c.P) {
		return fault.Say(fault.Conflict, op, "This is not possible for this hospital now.")
	}
	for _, x := range c.Line.Stops {
		if c.F.Has(x) {
			return fault.Say(fault.Conflict, op, flagWords[x])
		}
	}
	for _, g := range c.Line.Guards {
		if !g.Holds(c) {
			return fault.Say(fault.Conflict, op, fmt.Sprintf("This is not possible yet. It needs this first: %s.", g))
		}
	}
	return nil
}

var flagWords = map[Flag]string{
	SafetyHold:        "This referral is paused for a safety check. Nothing can move forward until that is done.",
	ConsentSuspended:  "The patient has paused sharing. Nothing new can be shared until they say so.",
	AccreditationHold: "This is paused while the hospital's accreditation is checked.",
	LegalHold:         "A legal hold is on. Nothing can be erased.",
}

// answers reports whether the hospital's response allows the event: the hospitals' table names the responses, or
// does not speak of the event.
func (t Transition) answers(p *Provider) bool {
	if t.About != OneHospital {
		return true
	}
	named := false
	for _, r := range Replies {
		if r.Event != t.Event || r.On != This {
			continue
		}
		if slices.Contains(r.From, p.Response) {
			return true
		}
		named = true
	}
	return !named
}

// fresh refuses a form that was shown before the last change. Reminders and messages meanwhile are no such change.
func (c Case) fresh(in Input) error {
	if c.Line.Adds || c.Line.AtOnce || c.Who.Role == System || c.F.State == None {
		return nil
	}
	since, now := c.F.Edited, c.F.Version
	if since == 0 {
		since = now
	}
	if c.P != nil {
		since, now = c.P.Version, c.P.Version
	}
	if in.Version < since || in.Version > now {
		return ErrStale
	}
	return nil
}
