package referral

// Event is something that is done to a referral. Its word is what history and audit say.
type Event string

// Writing and sending.
const (
	Create          Event = "create"
	Amend           Event = "amend"        // the answers change
	AddDocument     Event = "add_document" // one file joins the set; hospitals see it after a new consent
	RemoveDocument  Event = "remove_document"
	SignOff         Event = "sign_off" // the named clinician signs; the patient is asked
	Submit          Event = "submit"   // the patient sends it
	Resubmit        Event = "resubmit" // after a return, consent still covers it
	GiveConsent     Event = "give_consent"
	WithdrawConsent Event = "withdraw_consent" // C4 to C6; C2 and C3 are WithdrawHospital, C1 is Withdraw
	ChooseGPShare   Event = "choose_gp_share"
	SuspendConsent  Event = "suspend_consent"
	ResumeConsent   Event = "resume_consent"
)

// The alliance's desk.
const (
	ClearFlags      Event = "clear_flags" // red flags were looked at by a safety reviewer
	ClearDuplicates Event = "clear_duplicates"
	Return          Event = "return"
	Exclude         Event = "exclude"
	Route           Event = "route"        // to hospitals the patient chose and agreed to
	AddHospital     Event = "add_hospital" // the patient chooses one more
	Hold            Event = "hold"
	ReviewHold      Event = "review_hold"
	LiftHold        Event = "lift_hold"
	HoldProvider    Event = "hold_provider" // accreditation in doubt at its source
	ClearProvider   Event = "clear_provider"
	HoldErasure     Event = "hold_erasure" // legal hold
	ReleaseErasure  Event = "release_erasure"
	Chase           Event = "chase" // a reminder or an escalation went out
	RequestErasure  Event = "request_erasure"
	ApproveErasure  Event = "approve_erasure" // twice, by two persons
	ReportError     Event = "report_error"    // it should never have been; a second person confirms with Void
	Void            Event = "void"
	RecordDeath     Event = "record_death"
	RetractDeath    Event = "retract_death" // the patient lives: the end stays, its outcome does not, and the patient can come in again
)

// Hospitals and the patient's choice.
const (
	Open             Event = "open"
	Ask              Event = "ask"
	Answer           Event = "answer"
	QuestionLapse    Event = "question_lapse" // nobody answered in time; the hospital goes on with what it has
	Advise           Event = "advise"         // in advice mode
	Offer            Event = "offer"          // opinion and quote, or a newer quote
	Decline          Event = "decline"
	Lapse            Event = "lapse"
	WithdrawHospital Event = "withdraw_hospital"
	ConfirmDeleted   Event = "confirm_deleted" // the hospital deleted its copy
	Message          Event = "message"
	WriteToDesk      Event = "write_to_desk" // patient or referrer and the alliance
	Compare          Event = "compare"
	ReadOpinion      Event = "read_opinion"
	ReadRisks        Event = "read_risks"
	AskRequote       Event = "ask_requote" // the quote ran out of time
	Accept           Event = "accept"
	ChooseAgain      Event = "choose_again"
	Convert          Event = "convert"    // advice becomes a referral
	EndAdvice        Event = "end_advice" // the advice was enough
	CloseDeclined    Event = "close_declined"
	CloseUnwanted    Event = "close_unwanted" // the patient took it back from every hospital
)

// Before and during the stay.
const (
	ProposeDates     Event = "propose_dates"
	ConfirmDates     Event = "confirm_dates"
	GivePassport     Event = "give_passport"
	IssueLetter      Event = "issue_letter" // visa invitation
	RevokeLetter     Event = "revoke_letter"
	PassGate         Event = "pass_gate"
	FailGate         Event = "fail_gate" // evidence turned out wrong, or too old
	MaterialChange   Event = "material_change"
	Reaccept         Event = "reaccept"
	Ready            Event = "ready"
	Postpone         Event = "postpone"
	Admit            Event = "admit"
	Treat            Event = "treat" // done or called off
	PrepareDischarge Event = "prepare_discharge"
	Discharge        Event = "discharge"
)

// Home again, and the ends.
const (
	ConfirmReceipt     Event = "confirm_receipt" // the patient has the package
	Deliver            Event = "deliver"         // the package reached the GP or another receiver's door
	Acknowledge        Event = "acknowledge"     // the GP says so
	SendLetter         Event = "send_letter"     // nobody acknowledged: by post
	ArriveHome         Event = "arrive_home"
	RecordFollowUp     Event = "record_follow_up"
	ReportComplication Event = "report_complication"
	ReplyComplication  Event = "reply_complication"
	ReviewComplication Event = "review_complication"
	AskFeedback        Event = "ask_feedback"
	Complete           Event = "complete"
	Withdraw           Event = "withdraw"
	Cancel             Event = "cancel"
	Expire             Event = "expire"
)

// Events are all of them: the rows of Table in the order they first appear there.
var Events = func() (all []Event) {
	seen := map[Event]bool{}
	for _, t := range Table {
		if !seen[t.Event] {
			seen[t.Event] = true
			all = append(all, t.Event)
		}
	}
	return all
}()
