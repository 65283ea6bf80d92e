package referral

import (
	"reflect"

	"carecorridor/internal/quotepdf"
)

// HospitalWaits reports whether a timer stands still while its hospital's question is open.
func HospitalWaits(t Timer) bool { return hospitalWaits[t] }

// HeldStill reports whether a timer stands still under a safety hold.
func HeldStill(t Timer) bool { return heldStill[t] }

// Effects are the events that change something beside state and responses.
var Effects = effects

// Sections are the headings of a view's export.
var Sections = View.fhirSections

// SheetRows are the rows of a part of the record in the document to read.
func SheetRows(v View, part any) []quotepdf.Row { return v.rowsOf("", reflect.ValueOf(part)) }
