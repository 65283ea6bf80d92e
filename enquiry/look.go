package enquiry

// Screen looks for what must not wait or may not be asked, in a treatment and in words, as the form of an enquiry does.
// Stops in notNow were read and answered; what no answer can lift stays. Nil means nothing was found.
func Screen(treatment, words string, notNow ...StopKind) *Stop {
	return screen(treatment, words, notNow)
}
