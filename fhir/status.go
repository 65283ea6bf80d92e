package fhir

// statuses of a ServiceRequest and of its Task for each state of a referral (domain.md §2.9).
var statuses = map[string][2]string{
	"draft": {"draft", "draft"}, "awaiting_consent": {"draft", "draft"}, "triage": {"active", "requested"}, "returned": {"on-hold", "on-hold"},
	"with_providers": {"active", "requested"}, "deciding": {"active", "accepted"}, "accepted": {"active", "ready"}, "ready_to_travel": {"active", "ready"},
	"admitted": {"active", "in-progress"}, "treated": {"active", "in-progress"}, "aftercare": {"active", "in-progress"},
}

// endings are the same for the outcomes of a closed referral.
var endings = map[string][2]string{
	"completed": {"completed", "completed"}, "declined": {"revoked", "rejected"}, "withdrawn": {"revoked", "cancelled"}, "cancelled": {"revoked", "cancelled"},
	"expired": {"revoked", "cancelled"}, "excluded": {"revoked", "cancelled"}, "deceased": {"revoked", "cancelled"}, "entered_in_error": {"entered-in-error", "entered-in-error"},
}

// responses are the Task statuses that a hospital's response decides, whatever the state of the referral.
var responses = map[string]string{
	"sent": "requested", "opened": "received", "info_requested": "on-hold", "offered": "accepted", "declined": "rejected", "lapsed": "cancelled",
	"withdrawn": "cancelled", "not_selected": "cancelled",
}

// RequestStatus is the status of the ServiceRequest of a referral in a state, with an ending when it is closed;
// "unknown" for what is neither.
func RequestStatus(state, ending string) string { return status(state, ending, 0) }

// TaskStatus is the status of one hospital's Task. A hospital that was selected follows the referral.
func TaskStatus(response, state, ending string) string {
	if s := responses[response]; s != "" && ending != "entered_in_error" {
		return s
	}
	return status(state, ending, 1)
}

func status(state, ending string, at int) string {
	from, key := statuses, state
	if state == "closed" {
		from, key = endings, ending
	}
	if s, ok := from[key]; ok {
		return s[at]
	}
	return "unknown"
}
