package auth

import (
	"fmt"

	"carecorridor/internal/fault"
)

// Action is something that the policy allows or refuses.
type Action string

// Relation is how near an actor is to the thing acted on.
type Relation string

// Relations, nearest first. A rule for Any covers the others.
const (
	OwnRecord Relation = "own_record"       // the actor's own account, referral or work
	OwnOrg    Relation = "own_organisation" // something of the organisation acted for
	Any       Relation = "any"
)

// Rule allows one action to one role for things that near.
type Rule struct {
	Action Action
	Role   Role
	On     Relation
}

// May reports whether an actor may do something to a thing that is near as on says ("" when it is not theirs
// at all). A role without the action is fault.Forbidden; a thing that is not theirs is fault.Missing, like one that
// does not exist (brief §8).
func May(a Actor, act Action, on Relation) error {
	near, ok := allowed[a.Role][act]
	switch {
	case !a.Signed() || !ok:
		return fault.Say(fault.Forbidden, "policy "+string(act), "Your role does not include this. Ask the person who manages your team's accounts.")
	case near == Any || near == on && on != "" || near == OwnOrg && on == OwnRecord:
		return nil
	}
	return fault.New(fault.Missing, "policy "+string(act), fmt.Errorf("%s has it for %s only", a.Role, near))
}

// Can reports whether a role has an action for anything at all: the coarse rule of a route or a menu.
func Can(r Role, act Action) bool {
	_, ok := allowed[r][act]
	return ok
}

// Near is the relation of an actor to something of an organisation and, when that matters, of a person.
func Near(a Actor, org, person string) Relation {
	switch {
	case person != "" && person == a.Person:
		return OwnRecord
	case org != "" && org == a.Org:
		return OwnOrg
	}
	return ""
}

// allowed is the table by role.
var allowed = func() map[Role]map[Action]Relation {
	all := map[Role]map[Action]Relation{}
	for _, r := range Policy {
		if all[r.Role] == nil {
			all[r.Role] = map[Action]Relation{}
		}
		if _, twice := all[r.Role][r.Action]; twice {
			panic(fmt.Sprintf("policy: %s for %s stands twice", r.Action, r.Role))
		}
		all[r.Role][r.Action] = r.On
	}
	return all
}()
