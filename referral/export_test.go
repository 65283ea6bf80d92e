package referral

// HospitalWaits reports whether a timer stands still while its hospital's question is open.
func HospitalWaits(t Timer) bool { return hospitalWaits[t] }

// HeldStill reports whether a timer stands still under a safety hold.
func HeldStill(t Timer) bool { return heldStill[t] }

// Effects are the events that change something beside state and responses.
var Effects = effects
