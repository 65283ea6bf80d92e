package referral

// Timer names a clock. How long it runs, and what it says on the way, is configuration (Timings).
type Timer string

// Timers.
const (
	DraftIdle        Timer = "draft_idle"
	ConsentLink      Timer = "consent_link"
	TriageDue        Timer = "triage_due"
	TriageDueFlagged Timer = "triage_due_flagged" // red flags or a duplicate wait
	ReturnedIdle     Timer = "returned_idle"
	OpenDue          Timer = "open_due"      // hospital: to open it
	DecisionDue      Timer = "decision_due"  // hospital: to answer, routine
	DecisionDueSoon  Timer = "decision_soon" // hospital: to answer, soon
	LapseDue         Timer = "lapse_due"     // hospital: after this it is passed over
	QuestionDue      Timer = "question_due"  // patient or referrer: to answer a hospital's question
	QuoteEnds        Timer = "quote_ends"    // runs to a date
	DecidingIdle     Timer = "deciding_idle"
	CoolingOff       Timer = "cooling_off"
	DatesDue         Timer = "dates_due" // hospital: to propose dates
	ReacceptDue      Timer = "reaccept_due"
	TravelNear       Timer = "travel_near"  // runs to the day of arrival
	NotAdmitted      Timer = "not_admitted" // from the planned day
	DischargeDue     Timer = "discharge_due"
	GPAcknowledge    Timer = "gp_acknowledge"
	FirstContact     Timer = "first_contact"
	AlertReminder    Timer = "alert_reminder" // overseas-care alert, 12 months
	ComplicationDue  Timer = "complication_reply"
	ReviewDue        Timer = "complication_review"
	HoldReview       Timer = "hold_review"
	DeletionDue      Timer = "deletion_confirmed" // hospital: to say that its copy is gone
	ClosureDue       Timer = "closure_due"
)

// ClockOp starts or stops a timer.
type ClockOp struct {
	Timer Timer
	Op    Op
}

// Op is what happens to a clock.
type Op string

// What may happen to a clock. Pause and resume follow from the facts: see clocks.go.
const (
	Start  Op = "start" // again from the beginning when it runs already
	Stop   Op = "stop"
	Halt   Op = "pause"
	Resume Op = "resume"
)

func start(timers ...Timer) []ClockOp { return ops(Start, timers) }
func stop(timers ...Timer) []ClockOp  { return ops(Stop, timers) }

func ops(o Op, timers []Timer) (out []ClockOp) {
	for _, t := range timers {
		out = append(out, ClockOp{t, o})
	}
	return out
}

// perHospital are the timers of which each hospital has its own.
var perHospital = map[Timer]bool{OpenDue: true, DecisionDue: true, DecisionDueSoon: true, LapseDue: true, QuestionDue: true, QuoteEnds: true, DeletionDue: true}

// hospitalWaits are the timers that stand still while the hospital's own question is open.
var hospitalWaits = map[Timer]bool{DecisionDue: true, DecisionDueSoon: true, LapseDue: true}

// heldStill are the timers that stand still while a safety hold is on: what they end in is stopped by the hold, so
// time must not run out on anybody.
var heldStill = map[Timer]bool{DraftIdle: true, ConsentLink: true, TriageDue: true, TriageDueFlagged: true, ReturnedIdle: true, OpenDue: true,
	DecisionDue: true, DecisionDueSoon: true, LapseDue: true, QuestionDue: true, DecidingIdle: true, DatesDue: true, ReacceptDue: true}
