package referral

import "slices"

// settling are the events after which a hospital's part may be over, so that the whole may be.
var settling = []Event{Decline, Lapse, WithdrawHospital, LiftHold, HoldProvider, QuestionLapse}

// follow is what the clockwork does at once after an event. Each is tried on the facts as they are now, and the
// caller applies them one by one, each with a version and an audit row of its own.
func follow(o Outcome) (out []Following) {
	f := o.After
	tryNow := func(e Event, provider string) {
		if len(out) == 0 && Allowed(Clockwork, f, e, provider) {
			out = append(out, Following{e, provider})
		}
	}
	if slices.Contains(settling, o.Event) {
		tryNow(CloseDeclined, "")
		tryNow(CloseUnwanted, "")
	}
	tryNow(Compare, "")
	tryNow(MaterialChange, "")
	tryNow(Ready, "")
	tryNow(Deliver, "")
	return out
}
