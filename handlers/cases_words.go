package handlers

import (
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views/ui"
)

// caseStates are the states as staff and hospitals read them.
var caseStates = map[referral.State]ui.Badge{
	referral.Draft: {Tone: ui.Neutral, Text: "Draft"}, referral.AwaitingConsent: {Tone: ui.Neutral, Text: "Waits for the patient"}, referral.Triage: {Tone: ui.Warn, Text: "To check"},
	referral.Returned: {Tone: ui.Neutral, Text: "Returned"}, referral.WithProviders: {Tone: ui.Info, Text: "With hospitals"}, referral.Deciding: {Tone: ui.Info, Text: "Patient decides"},
	referral.Accepted: {Tone: ui.Info, Text: "Accepted, dates and conditions"}, referral.ReadyToTravel: {Tone: ui.Seen, Text: "Ready to travel"}, referral.Admitted: {Tone: ui.Info, Text: "In hospital"},
	referral.Treated: {Tone: ui.Warn, Text: "Treated, discharge package due"}, referral.Aftercare: {Tone: ui.Info, Text: "Aftercare"}, referral.Closed: {Tone: ui.Neutral, Text: "Closed"},
}

var caseEndings = map[referral.Ending]string{
	referral.EndCompleted: "Completed", referral.EndDeclined: "No hospital offered", referral.EndWithdrawn: "Withdrawn by the patient", referral.EndCancelled: "Cancelled", referral.EndExpired: "Ran out of time",
	referral.EndExcluded: "Not arranged here", referral.EndDeceased: "The patient died", referral.EndEnteredInError: "Entered in error",
}

// caseState is a state, or what a closed one ended in.
func caseState(s referral.State, e referral.Ending) ui.Badge {
	b := caseStates[s]
	if s == referral.Closed && caseEndings[e] != "" {
		b.Text = "Closed: " + lowerFirst(caseEndings[e])
	}
	return b
}

// caseResponses are a hospital's answers; the hospital itself reads the second column.
var caseResponses = map[referral.Response][2]string{
	referral.Unsent: {"Not sent", ""}, referral.Sent: {"Sent, not opened", "New, not opened"}, referral.Opened: {"Opened", "Waits for your answer"}, referral.InfoRequested: {"Asks a question", "Your question is open"},
	referral.Offered: {"Offered", "Offer given"}, referral.Declined: {"Declined", "You declined"}, referral.Lapsed: {"No answer in time", "Ended: no answer in time"}, referral.WithdrawnFrom: {"Taken back by the patient", "Taken back"},
	referral.Selected: {"Chosen", "You were chosen"}, referral.NotSelected: {"Not chosen", "Another hospital was chosen"},
}

// caseAnswer is how a hospital stands, for itself.
func caseAnswer(s referral.State, e referral.Ending, r referral.Response) ui.Badge {
	switch {
	case s == referral.Closed && r == referral.Selected:
		return caseState(s, e)
	case r == referral.Selected:
		return caseStates[s]
	}
	tone := map[referral.Response]ui.Tone{referral.Sent: ui.Warn, referral.Opened: ui.Warn, referral.InfoRequested: ui.Info, referral.Offered: ui.Seen}[r]
	if tone == "" {
		tone = ui.Neutral
	}
	return ui.Badge{Tone: tone, Text: caseResponses[r][1]}
}

var caseFlags = map[referral.Flag]ui.Badge{
	referral.SafetyHold: {Tone: ui.Bad, Text: "Safety hold"}, referral.ConsentSuspended: {Tone: ui.Warn, Text: "Sharing paused by the patient"},
	referral.AccreditationHold: {Tone: ui.Warn, Text: "Accreditation in doubt"}, referral.LegalHold: {Tone: ui.Warn, Text: "Legal hold"},
}

// caseTimers say what is due, as a worklist and a list of clocks name it.
var caseTimers = map[referral.Timer]string{
	referral.DraftIdle: "Draft ends", referral.ConsentLink: "Patient’s consent", referral.TriageDue: "Check by the alliance", referral.TriageDueFlagged: "Check by the alliance, with warning signs",
	referral.ReturnedIdle: "Correction by the sender", referral.OpenDue: "Hospital opens it", referral.DecisionDue: "Hospital answers", referral.DecisionDueSoon: "Hospital answers (soon)",
	referral.LapseDue: "Last day for an answer", referral.QuestionDue: "Answer to the hospital’s question", referral.QuoteEnds: "Quote ends", referral.DecidingIdle: "Patient decides",
	referral.CoolingOff: "14 days to think again end", referral.DatesDue: "Hospital proposes dates", referral.ReacceptDue: "Patient answers a change", referral.TravelNear: "Journey",
	referral.NotAdmitted: "Admission", referral.DischargeDue: "Discharge package", referral.GPAcknowledge: "GP acknowledges the package", referral.FirstContact: "First call after the journey home",
	referral.AlertReminder: "Overseas-care alert ends", referral.ComplicationDue: "Hospital answers a complication", referral.ReviewDue: "Review of a complication", referral.HoldReview: "Review of the safety hold",
	referral.DeletionDue: "Hospital confirms deletion", referral.ClosureDue: "Closure",
}

var caseRecipients = map[referral.Recipient]string{
	referral.ToPatient: "the patient", referral.ToReferrer: "the referrer", referral.ToCreator: "the sender", referral.ToHospital: "the hospital", referral.ToOtherHospitals: "the other hospitals",
	referral.ToHospitals: "the hospitals", referral.ToMedicalHead: "the hospital’s medical director", referral.ToCoordinator: "the coordinator", referral.ToSafetyReviewer: "the safety reviewer",
	referral.ToGP: "the GP", referral.ToDPO: "the data protection officer",
}

// caseConsents name the six consents for people who work on a referral.
var caseConsents = map[referral.ConsentCode]string{
	referral.C1: "This site may prepare a referral", referral.C2: "This hospital may have the items listed", referral.C3: "These items may be sent to India",
	referral.C4: "The referrer may send and receive information", referral.C5: "The GP or aftercare provider gets the package", referral.C6: "The patient may be asked how it went",
}

// pathwayKinds, payers and nhsWaits are the answers on funding and pathway.
var (
	pathwayKinds = map[record.PathwayKind]string{record.SelfFunded: "Treatment that the NHS does not pay for", record.SecondOpinion: "A second opinion only"}
	payers       = map[record.Funding]string{record.PaysSelf: "The patient", record.PaysInsurer: "An insurer", record.PaysEmployer: "An employer", record.PaysCharity: "A charity"}
	nhsWaits     = map[record.NHSWait]string{record.NotWaiting: "Not waiting", record.Waiting: "On a waiting list", record.NotSeenYet: "Referred, not seen yet", record.NHSDischarge: "Discharged", record.WaitUnknown: "Not known"}
)

var caseGPShares = map[referral.GPShare]string{
	referral.GPUnset: "Not decided", referral.GPAll: "The GP gets word of the journey, and the papers after the treatment", referral.GPDischargeOnly: "The GP gets the discharge package", referral.GPNothing: "The GP gets nothing", referral.GPNone: "No GP",
}

// caseEvents are the timeline's words.
var caseEvents = map[referral.Event]string{
	referral.Create: "The referral was started", referral.Amend: "Answers were changed", referral.AddDocument: "A document was added", referral.RemoveDocument: "A document was removed",
	referral.SignOff: "The clinician signed it", referral.Submit: "The patient sent it", referral.Resubmit: "It was sent again", referral.GiveConsent: "A consent was given", referral.WithdrawConsent: "A consent was withdrawn",
	referral.ChooseGPShare: "The patient chose what the GP gets", referral.SuspendConsent: "The patient paused sharing", referral.ResumeConsent: "The patient resumed sharing", referral.ClearFlags: "Warning signs were looked at",
	referral.ClearDuplicates: "Possible duplicates were settled", referral.Return: "It was returned", referral.Exclude: "It is not arranged here", referral.Route: "It was sent to hospitals", referral.AddHospital: "The patient chose one more hospital",
	referral.Hold: "A safety hold was placed", referral.ReviewHold: "The safety hold was reviewed", referral.LiftHold: "The safety hold was lifted", referral.HoldProvider: "The hospital’s accreditation is in doubt",
	referral.ClearProvider: "The hospital’s accreditation was confirmed", referral.HoldErasure: "A legal hold was placed", referral.ReleaseErasure: "The legal hold was released", referral.Chase: "A reminder was sent",
	referral.RequestErasure: "The patient asked for erasure", referral.ApproveErasure: "Erasure was approved", referral.ReportError: "It was reported as entered in error", referral.Void: "It was marked as entered in error",
	referral.RecordDeath: "The patient’s death was recorded", referral.RetractDeath: "The record of a death was taken back", referral.Open: "The hospital opened it", referral.Ask: "The hospital asked a question", referral.Answer: "The question was answered",
	referral.QuestionLapse: "No answer came in time", referral.Advise: "The hospital gave advice", referral.Offer: "The hospital gave an opinion and a quote", referral.Decline: "The hospital declined", referral.Lapse: "The hospital did not answer in time",
	referral.WithdrawHospital: "The patient took it back from a hospital", referral.ConfirmDeleted: "The hospital confirmed deletion", referral.Message: "A message was written", referral.WriteToDesk: "A message was written to or by the alliance",
	referral.Compare: "The patient compares the answers", referral.ReadOpinion: "The patient read an answer", referral.ReadRisks: "The patient read about risks", referral.AskRequote: "The patient asked for a new quote",
	referral.Accept: "The patient accepted an offer", referral.ChooseAgain: "The patient chooses again", referral.Convert: "Advice became a referral", referral.EndAdvice: "The advice was enough", referral.CloseDeclined: "No hospital offered",
	referral.CloseUnwanted: "The patient took it back from every hospital", referral.ProposeDates: "The hospital proposed dates", referral.ConfirmDates: "The patient confirmed the dates", referral.GivePassport: "Passport details were given",
	referral.IssueLetter: "A visa invitation letter was issued", referral.RevokeLetter: "The visa invitation letter was revoked", referral.PassGate: "A condition was met", referral.FailGate: "A condition is open again",
	referral.MaterialChange: "The hospital changed something that the patient must accept", referral.Reaccept: "The patient accepted the change", referral.Ready: "Ready to travel", referral.Postpone: "The journey was postponed",
	referral.Admit: "The patient was admitted", referral.Treat: "The treatment was recorded", referral.PrepareDischarge: "The discharge package was saved", referral.Discharge: "The discharge package was signed",
	referral.ConfirmReceipt: "The patient has the package", referral.Deliver: "The package was released to the GP practice", referral.Acknowledge: "The GP acknowledged the package", referral.SendLetter: "The package went by post",
	referral.ArriveHome: "The patient is home", referral.RecordFollowUp: "A follow-up was recorded", referral.ReportComplication: "A complication was reported", referral.ReplyComplication: "The hospital answered about a complication",
	referral.ReviewComplication: "The complications were reviewed", referral.AskFeedback: "The patient was asked how it went", referral.Complete: "Closed", referral.Withdraw: "The patient withdrew",
	referral.Cancel: "It was cancelled", referral.Expire: "Its time ran out",
}

// caseRoles name who did something, where no person is told.
var caseRoles = map[auth.Role]string{referral.System: "This site", referral.Receiver: "GP or aftercare provider"}

func caseRole(r auth.Role) string {
	return upperFirst(firstOf(caseRoles[r], roleWords[r], string(r)))
}

// caseSpan is how long something has been waiting or is left.
func caseSpan(d time.Duration) string {
	switch hours := int(d.Abs().Hours()); {
	case hours < 1:
		return "less than 1 hour"
	case hours < 48:
		return plural(hours, "hour")
	default:
		return plural(hours/24, "day")
	}
}

// caseDue says by when, and how far off that is.
func caseDue(due, now time.Time, late bool) (day, note string) {
	if due.IsZero() {
		return "", ""
	}
	if late || due.Before(now) {
		return ukDay(due).Long(), caseSpan(now.Sub(due)) + " late"
	}
	return ukDay(due).Long(), caseSpan(due.Sub(now)) + " left"
}

// caseCode writes a code of the record as words: "within_14_units" is "Within 14 units".
func caseCode(s string) string { return upperFirst(strings.ReplaceAll(s, "_", " ")) }

func caseDay(d when.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Long()
}
