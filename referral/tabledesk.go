package referral

import (
	"slices"

	"carecorridor/auth"
)

// checking is T06, T07, T09 and T10: the alliance's desk.
var checking = []Transition{
	{Event: ClearFlags, From: []State{Triage, Returned, WithProviders, Deciding}, To: Stay, Who: safety, Policy: auth.ReferralHold, Guards: []Guard{FlagsOpen},
		Needs: []Need{Text}, Records: []string{"flags"}},
	{Event: ClearDuplicates, From: []State{Triage, Returned}, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{DuplicatesOpen},
		Needs: []Need{Text}, Records: []string{"duplicates"}},
	{Event: Return, From: []State{Triage}, To: Returned, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{ReasonFor, Comment},
		Clocks: slices.Concat(stop(TriageDue, TriageDueFlagged), start(ReturnedIdle)), Tell: tell("returned", ToCreator, ToPatient), Records: []string{"reason"}},
	{Event: Exclude, From: []State{Triage}, To: Closed, Ending: EndExcluded, Who: safety, Policy: auth.ReferralHold, Needs: []Need{ExclusionCode},
		Tell: tell("not_arranged_here", ToCreator, ToPatient), Records: []string{"reason"}},
	{Event: Route, From: []State{Triage}, To: WithProviders, Who: desk, Policy: auth.ReferralTriage,
		Guards: []Guard{FlagsSettled, DuplicatesSettled, FilesSafe, NotExcluded, NotUrgent, SomebodyToSendTo}, Needs: []Need{Hospitals},
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(TriageDue, TriageDueFlagged), start(OpenDue, DecisionDue, LapseDue)),
		Tell: tell("new_referral", ToHospitals), Records: []string{"hospitals", "set"}},
	{Event: Route, From: comparing, To: Stay, Who: desk, Policy: auth.ReferralTriage,
		Guards: []Guard{FlagsSettled, DuplicatesSettled, FilesSafe, NotExcluded, NotUrgent, SomebodyToSendTo}, Needs: []Need{Hospitals},
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: start(OpenDue, DecisionDue, LapseDue),
		Tell: tell("new_referral", ToHospitals), Records: []string{"hospitals", "set"}},
	{Event: AddHospital, From: []State{Triage, Returned, WithProviders, Deciding}, To: Stay, Who: patient, Policy: auth.ReferralDecide,
		Guards: []Guard{RoomForOneMore}, Needs: []Need{NewHospital}, Stops: []Flag{SafetyHold}, Tell: tell("hospital_added", ToCoordinator), Records: []string{"hospital"}},
}

// safeguarding is T33 to T36, legal hold and erasure: what may happen beside the way.
var safeguarding = []Transition{
	{Event: Hold, From: open, To: Stay, Who: safety, Policy: auth.ReferralHold, Guards: []Guard{NotHeld}, Needs: []Need{Text},
		Clocks: start(HoldReview), Tell: tell("paused_for_safety", ToCreator, ToPatient, ToCoordinator), AtOnce: true},
	{Event: Hold, From: open, To: Stay, Who: clockwork, Guards: []Guard{NotHeld}, Needs: []Need{Text},
		Clocks: start(HoldReview), Tell: tell("paused_for_safety", ToCreator, ToPatient, ToCoordinator, ToSafetyReviewer)},
	{Event: ReviewHold, From: open, To: Stay, Who: safety, Policy: auth.ReferralHold, Guards: []Guard{SafetyHeld}, Needs: []Need{Text}, Clocks: start(HoldReview)},
	{Event: LiftHold, From: open, To: Stay, Who: safety, Policy: auth.ReferralHold, Guards: []Guard{SafetyHeld}, Needs: []Need{Text},
		Clocks: stop(HoldReview), Tell: tell("goes_on", ToCreator, ToPatient, ToCoordinator, ToHospitals)},

	{Event: HoldProvider, From: sent, To: Stay, Who: []auth.Role{auth.Verifier}, Policy: auth.VerificationCheck, About: OneHospital, Guards: []Guard{Trusted},
		Needs: []Need{Text}, Tell: tell("hospital_in_doubt", ToPatient, ToCoordinator, ToSafetyReviewer), Records: []string{"hospital"}},
	{Event: HoldProvider, From: sent, To: Stay, Who: clockwork, About: OneHospital, Guards: []Guard{Trusted},
		Needs: []Need{Text}, Tell: tell("hospital_in_doubt", ToPatient, ToCoordinator, ToSafetyReviewer), Records: []string{"hospital"}},
	{Event: ClearProvider, From: sent, To: Stay, Who: []auth.Role{auth.Verifier}, Policy: auth.VerificationCheck, About: OneHospital, Guards: []Guard{Doubted},
		Needs: []Need{Text}, Tell: tell("hospital_checked", ToPatient, ToCoordinator), Records: []string{"hospital"}},

	{Event: ReportError, From: sent, To: Stay, Who: desk, Policy: auth.ReferralTriage, Guards: []Guard{WasRouted}, Needs: []Need{Text},
		Tell: tell("error_reported", ToCoordinator, ToSafetyReviewer)},
	{Event: ReportError, From: sent, To: Stay, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{WasRouted, WithinADay, NotShutOut}, Needs: []Need{Text},
		Tell: tell("error_reported", ToCoordinator, ToSafetyReviewer)},
	{Event: Void, From: open, To: Closed, Ending: EndEnteredInError, Who: desk, Policy: auth.ReferralCancel, Guards: []Guard{ErrorReported},
		Needs: []Need{Text}, Tell: tell("stop_and_delete", ToHospitals), Clocks: start(DeletionDue), Records: []string{"reported_by"}, StepUp: true},
	{Event: Void, From: beforeRoute, To: Closed, Ending: EndEnteredInError, Who: clinician, Policy: auth.ReferralCancel, Guards: []Guard{NobodyHadIt, WithinADay},
		Needs: []Need{Text}, Records: []string{"reported_by"}},

	{Event: HoldErasure, From: append(slices.Clone(open), Closed), To: Stay, Who: []auth.Role{auth.Administrator}, Policy: auth.ReferralLegalHold,
		Guards: []Guard{ErasureNotHeld}, Needs: []Need{Text}, StepUp: true},
	{Event: ReleaseErasure, From: append(slices.Clone(open), Closed), To: Stay, Who: []auth.Role{auth.Administrator}, Policy: auth.ReferralLegalHold,
		Guards: []Guard{ErasureHeld}, Needs: []Need{Text}, StepUp: true},
	{Event: RequestErasure, From: []State{Closed}, To: Stay, Who: patient, Policy: auth.ReferralErase, Guards: []Guard{ErasureNotAsked},
		Tell: tell("erasure_asked", ToCoordinator, ToDPO), StepUp: true},
	{Event: ApproveErasure, From: []State{Closed}, To: Stay, Who: []auth.Role{auth.Coordinator, auth.Administrator}, Policy: auth.ReferralErase,
		Guards: []Guard{ErasureAsked, ErasureNotHeld, SecondPerson}, Stops: []Flag{LegalHold}, Needs: []Need{Text}, Records: []string{"approvals"}, StepUp: true},

	{Event: Chase, From: open, To: Stay, Who: desk, Policy: auth.ReferralTriage, Needs: []Need{WhichTimer}, Records: []string{"timer"}, Adds: true, Quiet: true},
	{Event: Chase, From: without(open, Draft), To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer}, Needs: []Need{WhichTimer},
		Records: []string{"timer"}, Adds: true, Quiet: true},
	{Event: Chase, From: append(slices.Clone(open), Closed), To: Stay, Who: clockwork, Needs: []Need{WhichTimer}, Records: []string{"timer"}, Adds: true, Quiet: true},
}
