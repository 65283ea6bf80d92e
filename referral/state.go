package referral

import "slices"

// State is where a referral stands (brief §7).
type State string

// States. None is before the first line of the table; Closed is the only end.
const (
	None            State = ""
	Draft           State = "draft"
	AwaitingConsent State = "awaiting_consent" // signed by the referrer, waits for the patient
	Triage          State = "triage"           // the alliance checks it
	Returned        State = "returned"         // back with who wrote it
	WithProviders   State = "with_providers"   // 1 to 5 hospitals have it
	Deciding        State = "deciding"         // the patient compares
	Accepted        State = "accepted"         // one offer is taken: dates and gates
	ReadyToTravel   State = "ready_to_travel"  // all gates passed
	Admitted        State = "admitted"
	Treated         State = "treated"   // the discharge package is missing
	Aftercare       State = "aftercare" // the package is complete and goes home with the patient
	Closed          State = "closed"    // with an Ending
)

// States are all twelve, in the order a referral usually passes.
var States = []State{Draft, AwaitingConsent, Triage, Returned, WithProviders, Deciding, Accepted, ReadyToTravel, Admitted, Treated, Aftercare, Closed}

// Rank is the place of a state on the way, 0 for None.
func (s State) Rank() int { return slices.Index(States, s) + 1 }

// Sets of states that lines of the table start from.
var (
	open        = States[:11]                                                                             // everything but closed
	beforeStay  = States[:8]                                                                              // not admitted yet
	beforeRoute = []State{Draft, AwaitingConsent, Triage, Returned}                                       // no hospital has it
	comparing   = []State{WithProviders, Deciding}                                                        // hospitals answer
	preparing   = []State{Accepted, ReadyToTravel}                                                        // one hospital is chosen
	afterStay   = []State{Treated, Aftercare}                                                             // the operation is over or was called off
	sent        = []State{WithProviders, Deciding, Accepted, ReadyToTravel, Admitted, Treated, Aftercare} // a hospital has it
)

// Response is where one hospital of the shortlist stands.
type Response string

// Responses. Unsent is on the shortlist and knows of nothing.
const (
	Unsent        Response = ""
	Sent          Response = "sent"
	Opened        Response = "opened"
	InfoRequested Response = "info_requested" // its question is open, its clock stands still
	Offered       Response = "offered"        // opinion and quote; in advice mode, the advice
	Declined      Response = "declined"
	Lapsed        Response = "lapsed"
	WithdrawnFrom Response = "withdrawn" // the patient took the request back
	Selected      Response = "selected"
	NotSelected   Response = "not_selected"
)

// Responses are all nine a hospital may have given or been given.
var Responses = []Response{Sent, Opened, InfoRequested, Offered, Declined, Lapsed, WithdrawnFrom, Selected, NotSelected}

// Pending reports whether the hospital still owes an answer.
func (r Response) Pending() bool { return r == Sent || r == Opened || r == InfoRequested }

// Live reports whether the hospital takes part: it may still answer, has offered, or is chosen.
func (r Response) Live() bool { return r.Pending() || r == Offered || r == Selected }

// Flag is set beside the state (brief §7).
type Flag string

// Flags.
const (
	SafetyHold        Flag = "safety_hold"        // nothing moves forward
	ConsentSuspended  Flag = "consent_suspended"  // nothing new is disclosed
	AccreditationHold Flag = "accreditation_hold" // a live hospital's accreditation is in doubt
	LegalHold         Flag = "legal_hold"         // nothing is erased
)

// Flags are all of them.
var Flags = []Flag{SafetyHold, ConsentSuspended, AccreditationHold, LegalHold}

// Ending is the outcome that a closed referral carries (brief §7).
type Ending string

// Endings.
const (
	EndCompleted      Ending = "completed"
	EndDeclined       Ending = "declined"  // no hospital offered
	EndWithdrawn      Ending = "withdrawn" // by the patient
	EndCancelled      Ending = "cancelled" // by the referrer or the alliance
	EndExpired        Ending = "expired"   // nobody did anything for too long
	EndExcluded       Ending = "excluded"  // a treatment that is not arranged here
	EndDeceased       Ending = "deceased"
	EndEnteredInError Ending = "entered_in_error" // locked, for the auditor alone
)

// Endings are all of them.
var Endings = []Ending{EndCompleted, EndDeclined, EndWithdrawn, EndCancelled, EndExpired, EndExcluded, EndDeceased, EndEnteredInError}

// Origin is who wrote the referral.
type Origin string

// Origins.
const (
	BySelf     Origin = "self"
	ByReferrer Origin = "referrer"
)

// Mode says whether a question is asked first.
type Mode string

// Modes. Advice can become a referral, with the patient's consent.
const (
	ForReferral Mode = "referral"
	ForAdvice   Mode = "advice"
)

// Priority is how soon. There is no urgent one: urgent care and suspected cancer stay on the NHS pathway (domain.md §3.1).
type Priority string

// Priorities.
const (
	Routine Priority = "routine"
	Soon    Priority = "soon"
)

// Priorities are all of them.
var Priorities = []Priority{Routine, Soon}
