package referral

import (
	"slices"

	"carecorridor/auth"
)

// travelling is T21 to T23: dates, papers and gates.
var travelling = []Transition{
	{Event: ProposeDates, From: []State{Accepted}, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed, Trusted},
		Needs: []Need{NewDates}, Stops: []Flag{SafetyHold}, Clocks: stop(DatesDue), Tell: tell("dates_proposed", ToPatient, ToReferrer), Records: []string{"arrive"}},
	{Event: ConfirmDates, From: []State{Accepted}, To: Stay, Who: patient, Policy: auth.ReferralDecide, Guards: []Guard{DatesAreProposed, NoChangeWaits, GPDecided, StillEligible},
		Stops: []Flag{SafetyHold}, Clocks: start(TravelNear), Tell: tell("dates_agreed", ToHospital, ToReferrer, ToGP), Records: []string{"arrive"}},
	{Event: GivePassport, From: preparing, To: Stay, Who: patient, Policy: auth.ReferralEdit, Guards: []Guard{PassportAgreed}, Needs: []Need{PassportOK},
		Stops: []Flag{SafetyHold, ConsentSuspended}, StepUp: true},
	{Event: IssueLetter, From: preparing, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital,
		Guards: []Guard{StillAgreed, Trusted, PassportGiven, DatesAreAgreed, NoChangeWaits}, Needs: []Need{LetterNumber}, Stops: []Flag{SafetyHold, ConsentSuspended},
		Tell: tell("visa_letter", ToPatient), Records: []string{"letter"}},
	{Event: RevokeLetter, From: without(sent, WithProviders, Deciding), To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital,
		Guards: []Guard{LetterInForce}, Needs: []Need{Text}, Tell: tell("visa_letter_revoked", ToPatient, ToCoordinator)},
	{Event: RevokeLetter, From: without(sent, WithProviders, Deciding), To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{LetterInForce}, Needs: []Need{Text},
		Tell: tell("visa_letter_revoked", ToPatient, ToHospital)},
	{Event: PassGate, From: preparing, To: Stay, Who: patient, Policy: auth.ReferralEdit, Needs: []Need{GateEvidence}, Records: []string{"gate"}, Adds: true},
	{Event: PassGate, From: preparing, To: Stay, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital, Guards: []Guard{StillAgreed, CheckedDoctor}, Needs: []Need{GateEvidence},
		Records: []string{"gate"}, Adds: true},
	{Event: PassGate, From: preparing, To: Stay, Who: []auth.Role{auth.Verifier}, Policy: auth.VerificationCheck, Guards: []Guard{Trusted}, Needs: []Need{GateEvidence},
		Records: []string{"gate"}, Adds: true},
	{Event: PassGate, From: preparing, To: Stay, Who: []auth.Role{auth.Coordinator}, Policy: auth.ReferralTriage, Guards: []Guard{Trusted}, Needs: []Need{GateEvidence},
		Records: []string{"gate"}, Adds: true},
	{Event: PassGate, From: preparing, To: Stay, Who: clockwork, Guards: []Guard{Trusted}, Needs: []Need{GateEvidence}, Records: []string{"gate"}, Adds: true, Quiet: true},
	{Event: FailGate, From: []State{Accepted}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{WhichGate, Text}, Tell: tell("gate_open_again", ToPatient, ToHospital),
		Records: []string{"gate"}},
	{Event: FailGate, From: []State{ReadyToTravel}, To: Accepted, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{WhichGate, Text},
		Clocks: stop(NotAdmitted), Tell: tell("gate_open_again", ToPatient, ToHospital), Records: []string{"gate"}},
	{Event: MaterialChange, From: preparing, To: Accepted, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed, NoChangeWaits}, Needs: []Need{Text},
		Stops:  []Flag{SafetyHold},
		Clocks: slices.Concat(stop(NotAdmitted), start(ReacceptDue)), Tell: tell("something_changed", ToPatient, ToReferrer), Records: []string{"hospital"}},
	{Event: MaterialChange, From: preparing, To: Accepted, Who: clockwork, Guards: []Guard{Doubted, NoChangeWaits},
		Clocks: slices.Concat(stop(NotAdmitted), start(ReacceptDue)), Tell: tell("hospital_in_doubt", ToPatient, ToReferrer, ToCoordinator), Records: []string{"hospital"}},
	{Event: Reaccept, From: []State{Accepted}, To: Stay, Who: patient, Policy: auth.ReferralDecide, Guards: []Guard{ChangeWaits, Trusted, StillEligible}, Stops: []Flag{SafetyHold, ConsentSuspended},
		Clocks: stop(ReacceptDue), Tell: tell("accepted", ToHospital, ToReferrer), Records: []string{"hospital"}, StepUp: true},
	{Event: Ready, From: []State{Accepted}, To: ReadyToTravel, Who: clockwork, Guards: []Guard{DatesAreAgreed, AllGatesPassed, NoChangeWaits, CoolingOffOver, Trusted, StillEligible},
		Stops:  []Flag{SafetyHold, ConsentSuspended},
		Clocks: start(NotAdmitted), Tell: tell("ready", ToPatient, ToHospital, ToReferrer, ToCoordinator), Records: []string{"gates"}},
	{Event: Postpone, From: []State{ReadyToTravel}, To: Accepted, Who: patient, Policy: auth.ReferralDecide, Needs: []Need{Text},
		Clocks: slices.Concat(stop(TravelNear, NotAdmitted), start(DatesDue)), Tell: tell("dates_off", ToHospital, ToReferrer, ToCoordinator)},
	{Event: Postpone, From: []State{ReadyToTravel}, To: Accepted, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Needs: []Need{Text},
		Clocks: slices.Concat(stop(TravelNear, NotAdmitted), start(DatesDue)), Tell: tell("dates_off", ToPatient, ToReferrer, ToCoordinator)},
}

// treating is T24 to T26: the stay.
var treating = []Transition{
	{Event: Admit, From: []State{ReadyToTravel}, To: Admitted, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed, Trusted}, Needs: []Need{AdmissionOK},
		Stops: []Flag{SafetyHold}, Clocks: slices.Concat(stop(CoolingOff, TravelNear, NotAdmitted), start(DeletionDue)),
		Tell: slices.Concat(tell("admitted", ToReferrer, ToCoordinator), tell("stop_and_delete", ToOtherHospitals)), Records: []string{"admitted"}},
	{Event: Treat, From: []State{Admitted}, To: Treated, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Needs: []Need{ProcedureOutcome},
		Stops: []Flag{SafetyHold}, Clocks: start(DischargeDue), Tell: tell("treated", ToCoordinator), Records: []string{"done"}},
	{Event: PrepareDischarge, From: []State{Admitted, Treated}, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital},
	{Event: Discharge, From: []State{Treated}, To: Aftercare, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital, Guards: []Guard{CheckedDoctor, SchedulePlanned}, Needs: []Need{WholePackage},
		Stops: []Flag{SafetyHold}, Clocks: slices.Concat(stop(DischargeDue), start(AlertReminder, ClosureDue)),
		Tell: slices.Concat(tell("discharge_package", ToPatient, ToReferrer, ToGP), tell("package_for_you", ToAftercare)), Records: []string{"package", "overnight"}},
}

// goingHome is T27 to T30.
var goingHome = []Transition{
	{Event: ConfirmReceipt, From: []State{Aftercare}, To: Stay, Who: patient, Policy: auth.ReferralDecide, Guards: []Guard{ReceiptOpen}},
	{Event: Deliver, From: []State{Aftercare}, To: Stay, Who: clockwork, Guards: []Guard{GPIsTold, NotDelivered}, Clocks: start(GPAcknowledge), Tell: tell("package_for_you", ToGP), Quiet: true},
	{Event: Deliver, From: []State{Aftercare}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{GPIsTold, NotAcknowledged}, Clocks: start(GPAcknowledge),
		Tell: tell("package_for_you", ToGP)},
	{Event: Acknowledge, From: []State{Aftercare}, To: Stay, Who: receiver, Guards: []Guard{WasDelivered, GPIsTold, NotAcknowledged}, Clocks: stop(GPAcknowledge),
		Tell: tell("gp_has_it", ToPatient, ToCoordinator)},
	{Event: SendLetter, From: []State{Aftercare}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{WasDelivered, GPIsTold, NotAcknowledged}, Clocks: stop(GPAcknowledge),
		Tell: tell("gp_gets_a_letter", ToPatient)},
	{Event: ArriveHome, From: []State{Aftercare}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Needs: []Need{OnDay}, Clocks: start(FirstContact)},
	{Event: RecordFollowUp, From: []State{Aftercare}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Needs: []Need{WhichItem}, Clocks: stop(FirstContact), Records: []string{"item"}, Adds: true},
	{Event: RecordFollowUp, From: []State{Aftercare}, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed}, Needs: []Need{WhichItem},
		Clocks: stop(FirstContact), Records: []string{"item"}, Adds: true},
	{Event: RecordFollowUp, From: []State{Aftercare}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{WhichItem}, Clocks: stop(FirstContact), Records: []string{"item"}, Adds: true},
	{Event: RecordFollowUp, From: []State{Aftercare}, To: Stay, Who: receiver, Guards: []Guard{LinkAgreed}, Needs: []Need{WhichItem}, Clocks: stop(FirstContact), Records: []string{"item"}, Adds: true},

	{Event: ReportComplication, From: afterStay, To: Stay, Who: patient, Policy: auth.ReferralEdit, Needs: []Need{HowSevere}, Clocks: start(ComplicationDue, ReviewDue),
		Tell: tell("complication", ToHospital, ToCoordinator, ToSafetyReviewer, ToReferrer), Records: []string{"severity"}, Adds: true},
	{Event: ReportComplication, From: afterStay, To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{ReferrerMaySee}, Needs: []Need{HowSevere}, Clocks: start(ComplicationDue, ReviewDue),
		Tell: tell("complication", ToHospital, ToCoordinator, ToSafetyReviewer), Records: []string{"severity"}, Adds: true},
	{Event: ReportComplication, From: afterStay, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Needs: []Need{HowSevere}, Clocks: start(ComplicationDue, ReviewDue),
		Tell: tell("complication", ToCoordinator, ToSafetyReviewer, ToReferrer), Records: []string{"severity"}, Adds: true},
	{Event: ReportComplication, From: afterStay, To: Stay, Who: receiver, Guards: []Guard{LinkAgreed}, Needs: []Need{HowSevere}, Clocks: start(ComplicationDue, ReviewDue),
		Tell: tell("complication", ToHospital, ToCoordinator, ToSafetyReviewer), Records: []string{"severity"}, Adds: true},
	{Event: ReplyComplication, From: afterStay, To: Stay, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital, Guards: []Guard{ReplyOwed, StillAgreed}, Needs: []Need{Text},
		Clocks: stop(ComplicationDue), Tell: tell("complication_answer", ToPatient, ToCoordinator, ToReferrer, ToWhoAsked), Adds: true},
	{Event: ReviewComplication, From: afterStay, To: Stay, Who: safety, Policy: auth.ReferralHold, Guards: []Guard{ComplicationOpen}, Needs: []Need{Text}, Clocks: stop(ReviewDue),
		Tell: tell("complication_reviewed", ToHospital, ToPatient, ToWhoAsked), Adds: true},
	{Event: AskFeedback, From: []State{Aftercare}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{FeedbackAgreed}, Tell: tell("feedback", ToPatient)},
	{Event: AskFeedback, From: []State{Aftercare}, To: Stay, Who: clockwork, Guards: []Guard{FeedbackAgreed}, Tell: tell("feedback", ToPatient), Quiet: true},
	{Event: Complete, From: []State{Aftercare}, To: Closed, Ending: EndCompleted, Who: []auth.Role{auth.Coordinator}, Policy: auth.ReferralTriage,
		Guards: []Guard{HandedBack, FollowUpOver, AlertWasSent, FeedbackWasAsked, NoComplicationOpen}, Stops: []Flag{SafetyHold}, Tell: tell("closed", ToPatient, ToHospital, ToReferrer),
		Records: []string{"follow_ups_left"}},
}

// ending is T31, T32, T34 and the clock's part of T05, T08 and T20.
var ending = []Transition{
	{Event: Withdraw, From: []State{Draft}, To: Closed, Ending: EndWithdrawn, Who: patient, Policy: auth.ReferralWithdraw, Guards: []Guard{WrittenBySelf}, AtOnce: true},
	{Event: Withdraw, From: without(open, Draft), To: Closed, Ending: EndWithdrawn, Who: patient, Policy: auth.ReferralWithdraw,
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("stop_and_delete", ToHospitals), tell("withdrawn", ToReferrer, ToCoordinator)), Records: []string{"reason"}, AtOnce: true},
	{Event: Cancel, From: beforeStay, To: Closed, Ending: EndCancelled, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{WrittenByReferrer, NotShutOut}, Needs: []Need{ReasonFor, Comment},
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("stop_and_delete", ToHospitals), tell("cancelled", ToPatient, ToCoordinator)), Records: []string{"reason"}},
	{Event: Cancel, From: beforeStay, To: Closed, Ending: EndCancelled, Who: desk, Policy: auth.ReferralCancel, Needs: []Need{ReasonFor, Comment},
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("stop_and_delete", ToHospitals), tell("cancelled", ToPatient, ToCreator)), Records: []string{"reason"}},
	{Event: Expire, From: []State{Draft}, To: Closed, Ending: EndExpired, Who: clockwork, Guards: []Guard{TimeIsUp}, Stops: []Flag{SafetyHold}},
	{Event: Expire, From: []State{AwaitingConsent, Returned}, To: Closed, Ending: EndExpired, Who: clockwork, Guards: []Guard{TimeIsUp}, Stops: []Flag{SafetyHold},
		Tell: tell("time_ran_out", ToCreator, ToPatient)},
	{Event: Expire, From: []State{Deciding}, To: Closed, Ending: EndExpired, Who: clockwork, Guards: []Guard{TimeIsUp}, Stops: []Flag{SafetyHold},
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("stop_and_delete", ToHospitals), tell("time_ran_out", ToPatient, ToReferrer))},
	{Event: RecordDeath, From: open, To: Closed, Ending: EndDeceased, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{HowKnown}, Tell: tell("patient_died", ToCoordinator), Records: []string{"source"}, AtOnce: true},
	{Event: RecordDeath, From: open, To: Closed, Ending: EndDeceased, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{WrittenByReferrer, NotShutOut}, Needs: []Need{HowKnown},
		Tell: tell("patient_died", ToCoordinator), Records: []string{"source"}, AtOnce: true},
	{Event: RecordDeath, From: without(sent, comparing...), To: Closed, Ending: EndDeceased, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed}, Needs: []Need{HowKnown},
		Tell: tell("patient_died", ToCoordinator), Records: []string{"source"}, AtOnce: true},
	{Event: RecordDeath, From: []State{Closed}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{DeathNotKnown}, Needs: []Need{HowKnown}, Tell: tell("patient_died", ToCoordinator), Records: []string{"source"}, AtOnce: true},
	{Event: RecordDeath, From: []State{Closed}, To: Stay, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{WrittenByReferrer, NotShutOut, DeathNotKnown}, Needs: []Need{HowKnown},
		Tell: tell("patient_died", ToCoordinator), Records: []string{"source"}, AtOnce: true},
}
