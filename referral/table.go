package referral

import (
	"slices"

	"carecorridor/auth"
)

// Table is the whole workflow: what is not here cannot be done. Buttons, guards, clocks, notices, audit, the drawn
// diagram and the tests come from it (brief §7). No event has two lines for one role from one state.
var Table = slices.Concat(writing, consenting, checking, answering, choosing, travelling, treating, goingHome, ending, safeguarding)

// writing is T01, T02 and T08 without the patient's part.
var writing = []Transition{
	{Event: Create, From: []State{None}, To: Draft, Who: patient, Policy: auth.ReferralCreate, Guards: []Guard{WrittenBySelf},
		Clocks: start(DraftIdle), Records: []string{"origin", "mode"}},
	{Event: Create, From: []State{None}, To: Draft, Who: practice, Policy: auth.ReferralCreate, Guards: []Guard{WrittenByReferrer},
		Clocks: start(DraftIdle), Records: []string{"origin", "mode"}},

	{Event: Amend, From: []State{Draft}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Guards: []Guard{WrittenBySelf},
		Clocks: start(DraftIdle), Records: []string{"step"}},
	{Event: Amend, From: []State{Returned}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Guards: []Guard{WrittenBySelf},
		Records: []string{"step"}},
	{Event: Amend, From: []State{Draft}, To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer},
		Clocks: start(DraftIdle), Records: []string{"step"}},
	{Event: Amend, From: []State{Returned}, To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer},
		Records: []string{"step"}},
	{Event: Amend, From: []State{AwaitingConsent}, To: Draft, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer},
		Clocks: slices.Concat(stop(ConsentLink), start(DraftIdle)), Tell: tell("taken_back_to_change", ToPatient), Records: []string{"step"}},

	{Event: AddDocument, From: []State{Draft, Returned}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Guards: []Guard{WrittenBySelf},
		Adds: true, Records: []string{"document"}},
	{Event: AddDocument, From: []State{AwaitingConsent, Triage, WithProviders, Deciding, Accepted, ReadyToTravel, Admitted, Treated, Aftercare}, To: Stay,
		Who: patient, Policy: auth.ReferralEdit, Adds: true, Records: []string{"document"}},
	{Event: AddDocument, From: []State{Draft, Returned}, To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer},
		Adds: true, Records: []string{"document"}},
	{Event: AddDocument, From: []State{Triage, WithProviders, Deciding, Accepted, ReadyToTravel, Admitted, Treated, Aftercare}, To: Stay,
		Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{ReferrerMaySee}, Adds: true, Records: []string{"document"}},
	{Event: RemoveDocument, From: []State{Draft, Returned}, To: Stay, Who: patient, Policy: auth.ReferralEdit, Guards: []Guard{WrittenBySelf},
		Records: []string{"document"}},
	{Event: RemoveDocument, From: []State{Draft, Returned}, To: Stay, Who: practice, Policy: auth.ReferralEdit, Guards: []Guard{WrittenByReferrer},
		Records: []string{"document"}},

	{Event: SignOff, From: []State{Draft, Returned}, To: AwaitingConsent, Who: clinician, Policy: auth.ReferralSign,
		Guards: []Guard{WrittenByReferrer, NamedClinician, LadderClimbed, NothingPaid, FewToday, WholeRecord, OfAge, CanConsent, NotExcluded, NotUrgent, ContactWorks},
		Stops:  []Flag{SafetyHold}, Clocks: slices.Concat(stop(DraftIdle, ReturnedIdle), start(ConsentLink)),
		Tell: tell("consent_asked", ToPatient), Records: []string{"statement"}, Needs: []Need{Statement}},
}

// sendable is what stands between a patient and sending, whoever wrote the referral.
var sendable = []Guard{WholeRecord, FilesSafe, OfAge, CanConsent, NotExcluded, NotUrgent, ContactWorks, FewOpen, SendingAgreed}

// consenting is the patient's part of T03 to T05 and T08, and consent afterwards (domain.md §4.2).
var consenting = []Transition{
	{Event: Submit, From: []State{Draft}, To: Triage, Who: patient, Policy: auth.ReferralSign, Guards: append([]Guard{WrittenBySelf}, sendable...),
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(DraftIdle), start(TriageDue)),
		Tell: tell("sent_to_us", ToPatient, ToCoordinator), Records: []string{"set"}},
	{Event: Submit, From: []State{AwaitingConsent}, To: Triage, Who: patient, Policy: auth.ReferralSign, Guards: append([]Guard{WrittenByReferrer}, sendable...),
		Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(ConsentLink), start(TriageDue)),
		Tell: tell("sent_to_us", ToPatient, ToReferrer, ToCoordinator), Records: []string{"set"}},
	{Event: Resubmit, From: []State{Returned}, To: Triage, Who: patient, Policy: auth.ReferralSign, Guards: append([]Guard{WrittenBySelf}, sendable...),
		Needs: []Need{ChangedFields}, Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(ReturnedIdle), start(TriageDue)),
		Tell: tell("sent_again", ToCoordinator), Records: []string{"set", "changed"}},
	{Event: Resubmit, From: []State{Returned}, To: Triage, Who: clinician, Policy: auth.ReferralSign,
		Guards: append([]Guard{WrittenByReferrer, NamedClinician, LadderClimbed, NothingPaid}, sendable...),
		Needs:  []Need{ChangedFields}, Stops: []Flag{SafetyHold, ConsentSuspended}, Clocks: slices.Concat(stop(ReturnedIdle), start(TriageDue)),
		Tell: tell("sent_again", ToPatient, ToCoordinator), Records: []string{"set", "changed"}},

	{Event: GiveConsent, From: []State{Draft}, To: Stay, Who: patient, Policy: auth.ReferralConsent, Guards: []Guard{WrittenBySelf},
		Needs: []Need{WhichConsent}, Records: []string{"consent"}, StepUp: true},
	{Event: GiveConsent, From: without(open, Draft), To: Stay, Who: patient, Policy: auth.ReferralConsent,
		Needs: []Need{WhichConsent}, Records: []string{"consent"}, StepUp: true},
	{Event: WithdrawConsent, From: States, To: Stay, Who: patient, Policy: auth.ReferralConsent, Needs: []Need{WhichWithdrawal},
		Tell: tell("consent_changed", ToCoordinator), Records: []string{"consent"}, AtOnce: true},
	{Event: WithdrawHospital, From: []State{Draft, AwaitingConsent, Triage, Returned, WithProviders, Deciding}, To: Stay, Who: patient,
		Policy: auth.ReferralConsent, About: OneHospital, Clocks: slices.Concat(stop(OpenDue, DecisionDue, DecisionDueSoon, LapseDue, QuestionDue, QuoteEnds), start(DeletionDue)),
		Tell: tell("stop_and_delete", ToHospital), Records: []string{"hospital"}, AtOnce: true},
	{Event: ConfirmDeleted, From: States, To: Stay, Who: hospital, Policy: auth.ReferralAnswer, About: OneHospital,
		Guards: []Guard{HadACopy}, Clocks: stop(DeletionDue), Tell: tell("copy_deleted", ToCoordinator), Records: []string{"hospital"}, Adds: true},
	{Event: ChooseGPShare, From: without(open, AwaitingConsent, Draft), To: Stay, Who: patient, Policy: auth.ReferralConsent, Needs: []Need{GPChoice},
		Records: []string{"choice"}},
	{Event: ChooseGPShare, From: []State{AwaitingConsent}, To: Stay, Who: patient, Policy: auth.ReferralConsent, Guards: []Guard{WrittenByReferrer},
		Needs: []Need{GPChoice}, Records: []string{"choice"}},
	{Event: ChooseGPShare, From: []State{Draft}, To: Stay, Who: patient, Policy: auth.ReferralConsent, Guards: []Guard{WrittenBySelf},
		Needs: []Need{GPChoice}, Records: []string{"choice"}},
	{Event: SuspendConsent, From: without(States, Draft), To: Stay, Who: patient, Policy: auth.ReferralConsent, Guards: []Guard{NotSuspended},
		Tell: tell("sharing_suspended", ToCoordinator), AtOnce: true},
	{Event: ResumeConsent, From: without(States, Draft), To: Stay, Who: patient, Policy: auth.ReferralConsent, Guards: []Guard{Suspended},
		Tell: tell("sharing_resumed", ToCoordinator, ToHospitals), StepUp: true},
}

// without is a set of states less some.
func without(all []State, less ...State) (out []State) {
	for _, s := range all {
		if !slices.Contains(less, s) {
			out = append(out, s)
		}
	}
	return out
}
