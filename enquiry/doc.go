// Package enquiry is what a patient's request to hospitals may do: its steps and checks, what stops it, consent,
// quotes, who may move it and when, what is told to whom, and when it is forgotten. It is not for pages or words
// on them, and not for a referral by a clinician.
package enquiry
