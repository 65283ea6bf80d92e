// Package referral is the closed loop of one referral as pure rules: its 12 states, what each hospital answered,
// who may do what and when (one declared table), the guards, clocks and notices, and what is recorded. Nothing here
// reads a database, a clock or a request: callers fill Facts, ask AllowedActions, call Apply and carry its Outcome
// out in one transaction. What a person fills in is package record, the way home package discharge.
//
// It is not for pages or the words on them, and not for an enquiry without a referral (package enquiry).
package referral
