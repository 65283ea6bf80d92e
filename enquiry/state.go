package enquiry

import "slices"

// State is where a request to one hospital stands.
type State string

// States. Declined, Lapsed, Withdrawn and NotChosen are ends.
const (
	Held          State = "held" // no checked contact of the hospital is known: nothing was sent
	Sent          State = "sent"
	Opened        State = "opened"
	InfoRequested State = "info_requested" // the patient is to answer
	Quoted        State = "quoted"
	Declined      State = "declined" // by the hospital
	Lapsed        State = "lapsed"
	Withdrawn     State = "withdrawn" // by the patient
	Accepted      State = "accepted"
	NotChosen     State = "not_chosen"
)

// States are all of them, in the order a request usually passes.
var States = []State{Held, Sent, Opened, InfoRequested, Quoted, Accepted, Declined, Lapsed, Withdrawn, NotChosen}

// Ended reports whether nothing can happen any more.
func (s State) Ended() bool {
	return s == Declined || s == Lapsed || s == Withdrawn || s == NotChosen
}

// Actor is who does something.
type Actor string

// Actors.
const (
	Patient  Actor = "patient"
	Hospital Actor = "hospital" // the one the request went to
	System   Actor = "system"   // a clock, or what follows from another event
)

// Actors are all of them.
var Actors = []Actor{Patient, Hospital, System}

// Event is something that is done to a request.
type Event string

// Events.
const (
	Deliver   Event = "deliver"   // a checked contact became known, or was known from the beginning
	Open      Event = "open"      // the hospital reads it
	AskMore   Event = "ask_more"  // the hospital writes to the patient
	AskAgain  Event = "ask_again" // the patient writes to the hospital, to answer or to ask
	GiveQuote Event = "quote"     // the hospital gives a quote, or a newer one
	Decline   Event = "decline"   // the hospital says no, with a reason
	Accept    Event = "accept"    // the patient takes the newest quote
	TurnDown  Event = "turn_down" // the patient says no to a hospital's quote
	PassOver  Event = "pass_over" // another hospital was chosen
	Withdraw  Event = "withdraw"  // the patient takes back the request and the consent
	Lapse     Event = "lapse"     // nothing happened for too long
)

// Events are all of them.
var Events = []Event{Deliver, Open, AskMore, AskAgain, GiveQuote, Decline, Accept, TurnDown, PassOver, Withdraw, Lapse}

// Guard is a condition beside state and actor.
type Guard string

// Guards.
const (
	Always       Guard = ""
	WithText     Guard = "a message is written"
	WithReason   Guard = "a reason is given, and a comment where the reason is other"
	WholeQuote   Guard = "the quote is complete, its total is the sum of its lines, and it holds 30 days"
	NewestInDate Guard = "the quote is the newest one and in date"
	HasContact   Guard = "a checked contact of the hospital is known"
	OtherChosen  Guard = "another hospital of the enquiry was chosen"
	Idle         Guard = "nothing happened for the time the terms set, and no quote is in date"
)

// Transition is one line of the table: who may do what, from where to where, and under which condition.
type Transition struct {
	From  State
	Event Event
	Who   Actor
	To    State
	Guard Guard
}

// Table is the whole of it: what is not here cannot be done. Buttons, guards, history and the tests come from it.
var Table = []Transition{
	{Held, Deliver, System, Sent, HasContact},
	{Sent, Open, Hospital, Opened, Always},

	{Opened, AskMore, Hospital, InfoRequested, WithText},
	{InfoRequested, AskMore, Hospital, InfoRequested, WithText},
	{Quoted, AskMore, Hospital, Quoted, WithText},
	{Accepted, AskMore, Hospital, Accepted, WithText},

	{Opened, AskAgain, Patient, Opened, WithText},
	{InfoRequested, AskAgain, Patient, Opened, WithText},
	{Quoted, AskAgain, Patient, Quoted, WithText},
	{Accepted, AskAgain, Patient, Accepted, WithText},

	{Opened, GiveQuote, Hospital, Quoted, WholeQuote},
	{InfoRequested, GiveQuote, Hospital, Quoted, WholeQuote},
	{Quoted, GiveQuote, Hospital, Quoted, WholeQuote},

	{Opened, Decline, Hospital, Declined, WithReason},
	{InfoRequested, Decline, Hospital, Declined, WithReason},
	{Quoted, Decline, Hospital, Declined, WithReason},

	{Quoted, Accept, Patient, Accepted, NewestInDate},
	{Quoted, TurnDown, Patient, NotChosen, Always},

	{Held, PassOver, System, NotChosen, OtherChosen},
	{Sent, PassOver, System, NotChosen, OtherChosen},
	{Opened, PassOver, System, NotChosen, OtherChosen},
	{InfoRequested, PassOver, System, NotChosen, OtherChosen},
	{Quoted, PassOver, System, NotChosen, OtherChosen},

	{Held, Withdraw, Patient, Withdrawn, Always},
	{Sent, Withdraw, Patient, Withdrawn, Always},
	{Opened, Withdraw, Patient, Withdrawn, Always},
	{InfoRequested, Withdraw, Patient, Withdrawn, Always},
	{Quoted, Withdraw, Patient, Withdrawn, Always},
	{Accepted, Withdraw, Patient, Withdrawn, Always},

	{Held, Lapse, System, Lapsed, Idle},
	{Sent, Lapse, System, Lapsed, Idle},
	{Opened, Lapse, System, Lapsed, Idle},
	{InfoRequested, Lapse, System, Lapsed, Idle},
	{Quoted, Lapse, System, Lapsed, Idle},
}

// After is the line of the table for an event, ok false when who may not do it from there.
func (s State) After(e Event, who Actor) (t Transition, ok bool) {
	at := slices.IndexFunc(Table, func(t Transition) bool { return t.From == s && t.Event == e && t.Who == who })
	if at < 0 {
		return Transition{}, false
	}
	return Table[at], true
}

// AllowedActions are the events that who may try from a state, in the table's order. Guards are still to pass.
func AllowedActions(s State, who Actor) []Event {
	var out []Event
	for _, t := range Table {
		if t.From == s && t.Who == who {
			out = append(out, t.Event)
		}
	}
	return out
}

// Progress is where the enquiry as a whole stands; it follows from its hospitals.
type Progress string

// Progress of an enquiry.
const (
	IsDraft    Progress = "draft"
	IsOpen     Progress = "open"
	IsAccepted Progress = "accepted"
	IsClosed   Progress = "closed"
)

// progressOf: accepted when one is, open while one can still answer, else closed.
func progressOf(states []State) Progress {
	if slices.Contains(states, Accepted) {
		return IsAccepted
	}
	if slices.ContainsFunc(states, func(s State) bool { return !s.Ended() }) {
		return IsOpen
	}
	return IsClosed
}
