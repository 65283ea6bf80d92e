// Package record is what people fill in about a patient: one struct for each page of the form, each with a Check that
// speaks to the person at the field, and the stop pages (domain.md §3). Answers that say "none" are given, never
// assumed. The structs become JSON to be sealed; printing or logging them gives dots.
//
// It is not for what may happen to a referral (package referral), nor for pages.
package record
