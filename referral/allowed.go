package referral

import (
	"slices"

	"carecorridor/auth"
)

// Action is something that somebody may do now: a button.
type Action struct {
	Event    Event
	Provider string   // id of the hospital's row it is about, "" for the referral
	StepUp   bool     // asks for a second factor first
	Options  []string // gates or reasons to choose from, where the event has such a choice
}

// AllowedActions are the events that somebody may do to a referral now, in the order of the table: exactly those that
// Apply accepts with a complete input. Nothing is listed for who has no part in the referral.
func AllowedActions(who auth.Actor, f Facts) (out []Action) {
	for _, line := range menu[stance{f.State, who.Role}] {
		for _, id := range candidates(who, &f, line) {
			c, err := admit(who, &f, line.Event, id)
			if err != nil {
				continue
			}
			out = append(out, Action{Event: line.Event, Provider: id, StepUp: line.StepUp, Options: options(c)})
		}
	}
	return out
}

// candidates are the hospitals a line could be about, or "" once.
func candidates(who auth.Actor, f *Facts, line *Transition) (ids []string) {
	if line.About == TheReferral {
		return []string{""}
	}
	for i := range f.Providers {
		if p := &f.Providers[i]; !slices.Contains(hospital, who.Role) || p.Org == who.Org {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func options(c Case) (out []string) {
	switch {
	case slices.Contains(c.Line.Needs, GateEvidence):
		return gatesFor(c.Who.Role)
	case slices.Contains(c.Line.Needs, Hospitals):
		return c.F.Routable()
	case slices.Contains(c.Line.Needs, ReasonFor) || slices.Contains(c.Line.Needs, ExclusionCode):
		for _, r := range ReasonsFor(c.Line.Event, c.Who.Role, c.F.Today()) {
			out = append(out, string(r.Code))
		}
	}
	return out
}

// Allowed reports whether one action is among AllowedActions.
func Allowed(who auth.Actor, f Facts, e Event, provider string) bool {
	_, err := admit(who, &f, e, provider)
	return err == nil
}

// Waiting are the guards that keep somebody from an event that the table gives them in this state: what a page shows
// as still to do. Nil when the event is possible, or not theirs here at all.
func Waiting(who auth.Actor, f Facts, e Event, provider string) (out []Guard) {
	line, ok := Line(e, f.State, who.Role)
	p := subject(who, &f, provider)
	if !ok || near(who, &f, p, e) == "" || line.About == OneHospital && p == nil {
		return nil
	}
	for _, g := range line.Guards {
		if !g.Holds(Case{who, &f, p, line}) {
			out = append(out, g)
		}
	}
	return out
}
