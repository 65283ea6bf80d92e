package referral

import (
	"slices"

	"carecorridor/auth"
)

// answersOver are the clocks that end with a hospital's answer.
var answersOver = []Timer{OpenDue, DecisionDue, DecisionDueSoon, LapseDue, QuestionDue}

// answering is T11 to T17: the hospitals' turn, each on its own.
var answering = []Transition{
	{Event: Open, From: comparing, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed, Trusted},
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: stop(OpenDue), Tell: tell("opened", ToPatient), Records: []string{"hospital"}},
	{Event: Ask, From: comparing, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital, Guards: []Guard{StillAgreed},
		Stops: []Flag{SafetyHold, ConsentSuspended}, Needs: []Need{Text}, Clocks: start(QuestionDue), Tell: tell("question", ToPatient, ToReferrer),
		Records: []string{"hospital"}},
	{Event: Answer, From: comparing, To: Stay, Who: patient, Policy: auth.ReferralEdit, About: OneHospital, Needs: []Need{Text},
		Clocks: stop(QuestionDue), Tell: tell("answered", ToHospital), Records: []string{"hospital"}},
	{Event: Answer, From: comparing, To: Stay, Who: clinician, Policy: auth.ReferralEdit, About: OneHospital, Guards: []Guard{ReferrerMaySee}, Needs: []Need{Text},
		Clocks: stop(QuestionDue), Tell: tell("answered", ToHospital, ToPatient), Records: []string{"hospital"}},
	{Event: QuestionLapse, From: comparing, To: Stay, Who: clockwork, About: OneHospital, Guards: []Guard{TimeIsUp}, Stops: []Flag{SafetyHold},
		Clocks: stop(QuestionDue), Tell: tell("no_answer_came", ToHospital, ToPatient), Records: []string{"hospital"}},
	{Event: Advise, From: comparing, To: Stay, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital,
		Guards: []Guard{AsksAdvice, StillAgreed, Trusted, CheckedDoctor}, Needs: []Need{OpinionText}, Stops: []Flag{SafetyHold, ConsentSuspended},
		Clocks: stop(answersOver...), Tell: tell("advice", ToPatient, ToReferrer), Records: []string{"hospital", "quote"}},
	{Event: Offer, From: comparing, To: Stay, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital,
		Guards: []Guard{AsksTreatment, StillAgreed, Trusted, CheckedDoctor}, Needs: []Need{OpinionText, WholeQuote}, Stops: []Flag{SafetyHold, ConsentSuspended},
		Clocks: slices.Concat(stop(answersOver...), start(QuoteEnds)), Tell: slices.Concat(tell("offer", ToPatient), tell("opinion", ToReferrer)),
		Records: []string{"hospital", "quote"}},
	{Event: Decline, From: comparing, To: Stay, Who: doctor, Policy: auth.ReferralOpinion, About: OneHospital, Needs: []Need{ReasonFor, Comment},
		Clocks: slices.Concat(stop(append(answersOver, QuoteEnds)...), start(DeletionDue)), Tell: tell("declined", ToPatient, ToReferrer), Records: []string{"hospital", "reason"}},
	{Event: Lapse, From: comparing, To: Stay, Who: clockwork, About: OneHospital, Guards: []Guard{TimeIsUp}, Stops: []Flag{SafetyHold},
		Clocks: slices.Concat(stop(answersOver...), start(DeletionDue)), Tell: tell("time_ran_out", ToHospital, ToPatient, ToReferrer), Records: []string{"hospital"}},
	{Event: CloseDeclined, From: comparing, To: Closed, Ending: EndDeclined, Who: clockwork, Guards: []Guard{NobodyLeft}, Stops: []Flag{SafetyHold},
		Tell: tell("no_hospital_offered", ToPatient, ToReferrer)},
	{Event: CloseUnwanted, From: comparing, To: Closed, Ending: EndWithdrawn, Who: clockwork, Guards: []Guard{NobodyWanted}, Tell: tell("withdrawn", ToPatient, ToReferrer)},
}

// choosing is T18 to T20: the patient compares, and nobody chases but the clock.
var choosing = []Transition{
	{Event: Compare, From: []State{WithProviders}, To: Deciding, Who: patient, Policy: auth.ReferralDecide, Guards: []Guard{AnyOffer}, Stops: []Flag{SafetyHold},
		Clocks: start(DecidingIdle)},
	{Event: Compare, From: []State{WithProviders}, To: Deciding, Who: clockwork, Guards: []Guard{EverybodySpoke}, Stops: []Flag{SafetyHold},
		Clocks: start(DecidingIdle), Tell: tell("answers_ready", ToPatient, ToReferrer)},
	{Event: ReadOpinion, From: []State{Deciding}, To: Stay, Who: patient, Policy: auth.ReferralDecide, About: OneHospital, Clocks: start(DecidingIdle),
		Records: []string{"hospital", "quote"}, Adds: true, Quiet: true},
	{Event: ReadRisks, From: []State{Deciding}, To: Stay, Who: patient, Policy: auth.ReferralDecide, Clocks: start(DecidingIdle), Adds: true, Quiet: true},
	{Event: AskRequote, From: []State{Deciding}, To: Stay, Who: patient, Policy: auth.ReferralDecide, About: OneHospital, Guards: []Guard{AsksTreatment, QuoteOutOfDate, StillAgreed},
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(QuoteEnds), start(DecisionDue, LapseDue, DecidingIdle)), Tell: tell("new_quote_asked", ToHospital),
		Records: []string{"hospital"}},
	{Event: Accept, From: []State{Deciding}, To: Accepted, Who: patient, Policy: auth.ReferralDecide, About: OneHospital,
		Guards: []Guard{AsksTreatment, QuoteInDate, OpinionWasRead, RisksWereRead, IdentityAgreed, Trusted, StillEligible, CanConsent, NotExcluded}, Needs: []Need{ThisQuote},
		Stops:  []Flag{SafetyHold, ConsentSuspended},
		Clocks: slices.Concat(stop(append(answersOver, QuoteEnds, DecidingIdle)...), start(CoolingOff, DatesDue)),
		Tell:   slices.Concat(tell("accepted", ToHospital, ToReferrer, ToPatient), tell("not_selected", ToOtherHospitals)), Records: []string{"hospital", "quote"}, StepUp: true},
	{Event: ChooseAgain, From: preparing, To: Deciding, Who: patient, Policy: auth.ReferralDecide, Stops: []Flag{SafetyHold},
		Clocks: slices.Concat(stop(CoolingOff, DatesDue, ReacceptDue, TravelNear, NotAdmitted), start(DecidingIdle, DeletionDue)),
		Tell:   tell("stop_and_delete", ToHospital), Records: []string{"hospital", "cooling_off"}, StepUp: true},
	{Event: Convert, From: []State{Deciding}, To: Triage, Who: patient, Policy: auth.ReferralDecide, Guards: append([]Guard{AsksAdvice}, sendable...),
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(DecidingIdle), start(TriageDue, DeletionDue)),
		Tell: slices.Concat(tell("becomes_a_referral", ToCoordinator, ToReferrer), tell("stop_and_delete", ToHospitals)), Records: []string{"set"}},
	{Event: EndAdvice, From: []State{Deciding}, To: Closed, Ending: EndCompleted, Who: patient, Policy: auth.ReferralDecide, Guards: []Guard{AsksAdvice}, Stops: []Flag{SafetyHold},
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("advice_was_enough", ToHospitals, ToReferrer), tell("stop_and_delete", ToHospitals))},
	{Event: EndAdvice, From: []State{Deciding}, To: Closed, Ending: EndCompleted, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{AsksAdvice, ReferrerMaySee}, Stops: []Flag{SafetyHold},
		Clocks: start(DeletionDue), Tell: slices.Concat(tell("advice_was_enough", ToHospitals, ToPatient), tell("stop_and_delete", ToHospitals))},
	{Event: Message, From: sent, To: Stay, Who: patient, Policy: auth.ReferralMessage, About: OneHospital, Needs: []Need{Letter}, Tell: tell("message", ToHospital),
		Records: []string{"hospital"}, Adds: true, Quiet: true},
	{Event: Message, From: sent, To: Stay, Who: practice, Policy: auth.ReferralMessage, About: OneHospital, Guards: []Guard{ReferrerMaySee}, Needs: []Need{Letter},
		Tell: tell("message", ToHospital, ToPatient), Records: []string{"hospital"}, Adds: true, Quiet: true},
	{Event: Message, From: sent, To: Stay, Who: hospital, Policy: auth.ReferralMessage, About: OneHospital, Guards: []Guard{StillAgreed}, Needs: []Need{Letter},
		Tell: tell("message", ToPatient, ToReferrer), Records: []string{"hospital"}, Adds: true, Quiet: true},
	{Event: Message, From: sent, To: Stay, Who: desk, Policy: auth.ReferralMessage, About: OneHospital, Needs: []Need{Letter},
		Tell: tell("message", ToHospital, ToPatient), Records: []string{"hospital"}, Adds: true, Quiet: true},
	{Event: WriteToDesk, From: without(open, Draft), To: Stay, Who: patient, Policy: auth.ReferralMessage, Needs: []Need{Letter}, Tell: tell("message", ToCoordinator), Adds: true, Quiet: true},
	{Event: WriteToDesk, From: without(open, Draft), To: Stay, Who: practice, Policy: auth.ReferralMessage, Guards: []Guard{WrittenByReferrer}, Needs: []Need{Letter},
		Tell: tell("message", ToCoordinator), Adds: true, Quiet: true},
	{Event: WriteToDesk, From: without(open, Draft), To: Stay, Who: desk, Policy: auth.ReferralMessage, Needs: []Need{Letter}, Tell: tell("message", ToCreator, ToPatient), Adds: true, Quiet: true},
}

// Replies is the hospitals' table: what events do to responses. An event about one hospital that has lines here
// is possible only from the responses they start at.
var Replies = []Reply{
	{Route, Named, []Response{Unsent}, Sent, Always},
	{Open, This, []Response{Sent}, Opened, Always},
	{Ask, This, []Response{Opened, InfoRequested}, InfoRequested, Always},
	{Answer, This, []Response{InfoRequested}, Opened, Always},
	{QuestionLapse, This, []Response{InfoRequested}, Opened, Always},
	{Advise, This, []Response{Opened, InfoRequested}, Offered, Always},
	{Offer, This, []Response{Opened, InfoRequested, Offered}, Offered, Always},
	{Decline, This, []Response{Opened, InfoRequested, Offered}, Declined, Always},
	{Lapse, This, []Response{Sent, Opened}, Lapsed, Always},
	{WithdrawHospital, This, []Response{Unsent, Sent, Opened, InfoRequested, Offered}, WithdrawnFrom, Always},
	{ReadOpinion, This, []Response{Offered}, Offered, Always},
	{AskRequote, This, []Response{Offered}, Opened, Always},
	{Accept, This, []Response{Offered}, Selected, Always},
	{Accept, Others, []Response{Sent, Opened, InfoRequested, Offered}, NotSelected, Always},
	{ChooseAgain, Every, []Response{Selected}, WithdrawnFrom, Always},
	{ChooseAgain, Every, []Response{NotSelected}, Offered, OfferStands},
	{Convert, Every, []Response{Sent, Opened, InfoRequested, Offered}, Unsent, Always},
	{EndAdvice, Every, []Response{Sent, Opened, InfoRequested, Offered}, NotSelected, Always},
	{Message, This, []Response{Opened, InfoRequested, Offered, Selected}, Same, Always},
	{HoldProvider, This, []Response{Sent, Opened, InfoRequested, Offered, Selected}, Same, Always},
	{ClearProvider, This, []Response{Sent, Opened, InfoRequested, Offered, Selected}, Same, Always},
	{ProposeDates, This, []Response{Selected}, Same, Always},
	{IssueLetter, This, []Response{Selected}, Same, Always},
	{RevokeLetter, This, []Response{Selected}, Same, Always},
	{PassGate, This, []Response{Selected}, Same, Always},
	{MaterialChange, This, []Response{Selected}, Same, Always},
	{Postpone, This, []Response{Selected}, Same, Always},
	{Admit, This, []Response{Selected}, Same, Always},
	{Treat, This, []Response{Selected}, Same, Always},
	{PrepareDischarge, This, []Response{Selected}, Same, Always},
	{Discharge, This, []Response{Selected}, Same, Always},
	{RecordFollowUp, This, []Response{Selected}, Same, Always},
	{ReportComplication, This, []Response{Selected}, Same, Always},
	{ReplyComplication, This, []Response{Selected}, Same, Always},
	{ConfirmDeleted, This, []Response{Unsent, Declined, Lapsed, WithdrawnFrom, NotSelected}, Same, Always},
	{Withdraw, Every, []Response{Sent, Opened, InfoRequested, Offered, Selected}, WithdrawnFrom, Always},
	{Cancel, Every, []Response{Sent, Opened, InfoRequested, Offered, Selected}, WithdrawnFrom, Always},
	{Expire, Every, []Response{Sent, Opened, InfoRequested, Offered}, WithdrawnFrom, Always},
	{Void, Every, []Response{Sent, Opened, InfoRequested, Offered, Selected}, WithdrawnFrom, Always},
	{RecordDeath, This, []Response{Selected}, Same, Always},
	{RecordDeath, Every, []Response{Sent, Opened, InfoRequested, Offered}, WithdrawnFrom, Always},
}

// Same is the To of a line that keeps the response and only says from which ones the event is possible.
const Same Response = "same"
