package referral

import (
	"slices"

	"carecorridor/auth"
)

// Roles that no account has.
const (
	System   auth.Role = "system"   // the clock, or what follows from another event
	Receiver auth.Role = "receiver" // a GP or aftercare provider with the link of a handback
)

// FromAftercare is the Org of a Receiver whose link went to the aftercare provider; a GP's has none.
const FromAftercare = "aftercare"

// Clockwork is the actor of what happens by itself.
var Clockwork = auth.Actor{Person: "system", Role: System}

// Roles are all who may appear in the table.
var Roles = append(slices.Clone(auth.Roles), System, Receiver)

// Groups of roles.
var (
	patient   = []auth.Role{auth.Patient}
	clinician = []auth.Role{auth.Referrer}
	practice  = []auth.Role{auth.Referrer, auth.ReferrerAdmin}
	hospital  = []auth.Role{auth.ProviderOwner, auth.ProviderEditor, auth.ProviderClinician}
	doctor    = []auth.Role{auth.ProviderClinician}
	desk      = []auth.Role{auth.Coordinator, auth.SafetyReviewer}
	safety    = []auth.Role{auth.SafetyReviewer}
	clockwork = []auth.Role{System}
	receiver  = []auth.Role{Receiver}
)

// Transition is one line of the table: from where to where, who may, under which conditions, and what follows.
type Transition struct {
	Event   Event
	From    []State
	To      State // Stay keeps the state
	Who     []auth.Role
	Policy  auth.Action // what the policy table calls it; "" for roles without an account
	About   About       // whether it is about one hospital
	Guards  []Guard     // conditions on the facts: what fails them is not offered
	Needs   []Need      // what has to be sent along
	Stops   []Flag      // flags that stop it
	Clocks  []ClockOp   // timers that start and stop
	Tell    []Notice    // who is told; no word of content
	Records []string    // facts that the audit row holds, besides from, to and version
	Ending  Ending      // of a line that closes
	StepUp  bool        // needs a second factor given just now (domain.md §1.5)
	Adds    bool        // adds something and changes nothing a form shows: a stale version does not matter
	AtOnce  bool        // takes something back or protects somebody: nothing that happened meanwhile makes it wrong
	Quiet   bool        // changes nothing that anybody edits: forms that were open meanwhile stay good
}

// Stay is the To of a line that does not move the referral.
const Stay State = "stay"

// About says whether an event is about the referral or about one hospital of it.
type About int

// What an event is about.
const (
	TheReferral About = iota
	OneHospital
)

// Notice says who is told. What they get says only that there is something to read.
type Notice struct {
	To  Recipient
	Key string // name of the words on the page after signing in
}

// Recipient is who is told.
type Recipient string

// Recipients.
const (
	ToPatient        Recipient = "patient"
	ToReferrer       Recipient = "referrer" // the named clinician, while the patient allows it
	ToCreator        Recipient = "creator"  // who wrote it: patient or referrer
	ToHospital       Recipient = "hospital" // the one it is about, or the chosen one
	ToOtherHospitals Recipient = "other_hospitals"
	ToHospitals      Recipient = "hospitals" // all that take part
	ToMedicalHead    Recipient = "medical_director"
	ToCoordinator    Recipient = "coordinator"
	ToSafetyReviewer Recipient = "safety_reviewer"
	ToGP             Recipient = "gp"
	ToAftercare      Recipient = "aftercare" // the provider that the patient named
	ToWhoAsked       Recipient = "who_asked" // GP or aftercare provider who reported something by their link
	ToDPO            Recipient = "data_protection_officer"
)

// Recipients are all of them.
var Recipients = []Recipient{ToPatient, ToReferrer, ToCreator, ToHospital, ToOtherHospitals, ToHospitals, ToMedicalHead, ToCoordinator,
	ToSafetyReviewer, ToGP, ToAftercare, ToWhoAsked, ToDPO}

// tell makes notices with one key.
func tell(key string, to ...Recipient) (out []Notice) {
	for _, r := range to {
		out = append(out, Notice{r, key})
	}
	return out
}

// Target is where the line leads from s.
func (t Transition) Target(s State) State {
	if t.To == Stay {
		return s
	}
	return t.To
}

// key of a line for one state and one role.
type key struct {
	event Event
	state State
	role  auth.Role
}

// lines is Table by key, and ever what a role has in any state.
var lines, ever = func() (map[key]*Transition, map[Event]map[auth.Role]bool) {
	byKey, some := map[key]*Transition{}, map[Event]map[auth.Role]bool{}
	for i := range Table {
		t := &Table[i]
		for _, r := range t.Who {
			if some[t.Event] == nil {
				some[t.Event] = map[auth.Role]bool{}
			}
			some[t.Event][r] = true
			for _, s := range t.From {
				byKey[key{t.Event, s, r}] = t
			}
		}
	}
	return byKey, some
}()

// stance is a role at a state, and menu its lines in the order of Table.
type stance struct {
	state State
	role  auth.Role
}

var menu = func() map[stance][]*Transition {
	out := map[stance][]*Transition{}
	for i := range Table {
		t := &Table[i]
		for _, s := range t.From {
			for _, r := range t.Who {
				out[stance{s, r}] = append(out[stance{s, r}], t)
			}
		}
	}
	return out
}()

// Line is the one line for an event by a role from a state.
func Line(e Event, s State, r auth.Role) (Transition, bool) {
	if t := lines[key{e, s, r}]; t != nil {
		return *t, true
	}
	return Transition{}, false
}

// Ever reports whether a role has an event in any state.
func Ever(e Event, r auth.Role) bool { return ever[e][r] }

// Reply is one line of the hospitals' table: what an event does to a hospital's response.
type Reply struct {
	Event Event
	On    Scope
	From  []Response
	To    Response
	If    Guard // about that hospital; Always for everyone
}

// Scope says which hospitals an event changes.
type Scope string

// Scopes.
const (
	This   Scope = "the hospital it is about"
	Named  Scope = "the hospitals named"
	Others Scope = "the other hospitals"
	Every  Scope = "every hospital"
)
