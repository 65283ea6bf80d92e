// Package directory takes the raw National Hospital Directory of India, a dirty CSV file of some 30,000
// rows, into the catalogue as unaccredited reference hospitals. Read cleans and judges each row; Import
// stores those that are usable and not yet known.
//
// It is not for accredited hospitals (package seed) and nothing it brings earns a badge.
package directory
