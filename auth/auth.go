// Package auth says who somebody is and what they may do: roles, the one policy table, passwords, second
// factors, passkeys, invitations and sessions. It is not for HTTP, and not for what a role may do next on a
// referral, which hangs on its state as well (package referral).
package auth

import "time"

// Role is what a person does for one organisation (brief §8, domain.md §1.3).
type Role string

// Roles. A person may hold several, and acts in one at a time.
const (
	Patient           Role = "patient" // by one-time link and code, no account
	Referrer          Role = "referrer"
	ReferrerAdmin     Role = "referrer_admin"
	ProviderOwner     Role = "provider_owner"
	ProviderEditor    Role = "provider_editor"
	ProviderClinician Role = "provider_clinician"
	Coordinator       Role = "coordinator"
	SafetyReviewer    Role = "safety_reviewer"
	Verifier          Role = "verifier"
	Auditor           Role = "auditor"
	Administrator     Role = "administrator"
)

// Roles are all of them.
var Roles = []Role{Patient, Referrer, ReferrerAdmin, ProviderOwner, ProviderEditor, ProviderClinician,
	Coordinator, SafetyReviewer, Verifier, Auditor, Administrator}

// Kind is what sort of organisation somebody acts for.
type Kind string

// Kinds of organisation.
const (
	Hospital Kind = "hospital" // one listing of the directory
	Practice Kind = "practice" // an NHS or UK organisation with an ODS code
	Alliance Kind = "alliance" // the staff behind the site; there is one
)

// KindOf is the sort of organisation a role belongs to; a patient belongs to none.
func KindOf(r Role) Kind {
	switch r {
	case Referrer, ReferrerAdmin:
		return Practice
	case ProviderOwner, ProviderEditor, ProviderClinician:
		return Hospital
	case Coordinator, SafetyReviewer, Verifier, Auditor, Administrator:
		return Alliance
	}
	return ""
}

// Actor is a person acting in one role for one organisation. The zero value may do nothing.
type Actor struct {
	Person     string // id of the account; of a patient, the id of the referral the link is for
	Name       string // as shown to colleagues; never to be logged
	Org        string // id of the organisation, "" for a patient
	OrgName    string
	Provider   int64 // the listing of a hospital's organisation, else 0
	Role       Role
	Session    string    // id of the session row, "" outside the browser
	SteppedUp  time.Time // when a second factor was last given
	Membership string    // id of the role held
}

// Signed reports whether there is anybody.
func (a Actor) Signed() bool { return a.Person != "" && a.Role != "" }

// StepUpFor is how long a fresh second factor opens dangerous actions (domain.md §1.5).
const StepUpFor = 10 * time.Minute

// Fresh reports whether the second factor is recent enough for a dangerous action.
func (a Actor) Fresh(now time.Time) bool {
	return !a.SteppedUp.IsZero() && now.Sub(a.SteppedUp) < StepUpFor
}
