// Package pricelist is a hospital's packages as one CSV file: what it offers for download, what it reads back however a
// spreadsheet saved it, the rules of a full price (domain.md §3.6, §9.2 A7; ux.md §6.14), and the plan of what a file
// would change. It is pure: bytes and reference data in, values out. It is not for storing drafts, nor for who may
// change a price (package listing).
package pricelist

import (
	"strings"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Row is one package. Text is as the hospital wrote it, in composed form (NFC), without spaces round it.
type Row struct {
	ID           string            `json:"id,omitempty"` // of the package the catalogue or the draft holds, "" for a new one
	Procedure    string            `json:"procedure"`    // slug
	Name         string            `json:"name"`
	Room         string            `json:"room"`                 // one of Rooms; "" only without a night in hospital
	GBP          *int64            `json:"gbp,omitempty"`        // pence; the price of record
	INR          *int64            `json:"inr,omitempty"`        // paise; the same price in rupees, when the hospital states it
	From         when.Date         `json:"from"`                 // the first day; not known: as soon as it is published
	To           when.Date         `json:"to"`                   // the last day
	Nights       *int              `json:"nights,omitempty"`     // in hospital
	Days         *int              `json:"days,omitempty"`       // in India in all, the day of arrival and the last counted
	Implant      string            `json:"implant,omitempty"`    // make and model
	AssessedAt   string            `json:"assessed_at"`          // where the assessment before the operation is
	AssessedWhen string            `json:"assessed_when"`        // and when
	Includes     map[string]Answer `json:"includes,omitempty"`   // for each of Items, by key
	Also         []string          `json:"also,omitempty"`       // what else the price includes
	LeavesOut    []string          `json:"leaves_out,omitempty"` // what it does not
	OnTop        []Charge          `json:"on_top,omitempty"`     // what a patient may pay beside it
}

// Answer says whether the price includes an item. The zero Answer is "not said".
type Answer struct {
	Is     Is      `json:"is"`
	Charge *Charge `json:"charge,omitempty"` // when Is is OnTop; without a label
}

// Is an item in the price?
type Is string

// Answers about an item.
const (
	Yes   Is = "yes"
	No    Is = "no"     // this treatment does not need it
	OnTop Is = "on_top" // paid beside the price, by those who need it
)

// Charge is what a patient may pay beside the price.
type Charge struct {
	Label  string        `json:"label,omitempty"`
	Amount *money.Amount `json:"amount,omitempty"` // nil is "not known"
	Per    string        `json:"per,omitempty"`    // "night", "unit"
	Must   bool          `json:"must,omitempty"`   // the file says that everybody pays it, which no full price allows
}

// Item is one of the nine things that every full price answers for (ux.md §6.14 and its mock).
type Item struct{ Key, Label string }

// Items are the nine, in their order on every page.
var Items = [9]Item{
	{"taxes", "All taxes"},
	{"surgeon", "Surgeon's fee"},
	{"anaesthetist", "Anaesthetist's fee"},
	{"theatre", "Operating theatre"},
	{"implant", "Implant or lens"},
	{"consumables", "Consumables"},
	{"tests", "Tests before the operation"},
	{"medicines", "Medicines in hospital"},
	{"stay", "Room, nursing and meals for the nights shown"},
}

// Rooms are the classes of room, from many beds to one.
var Rooms = []string{"Day case", "Ward", "Twin room", "Single room", "Suite"}

// Limits of a row.
const (
	MinGBP, MaxGBP = 20_00, 500_000_00         // pence
	MinINR, MaxINR = 1_000_00, 10_00_00_000_00 // paise
	MaxNights      = 90
	MaxDays        = 365
	MaxAhead       = 24 // months from today to the last day of a price
	MaxName        = 120
	MaxWords       = 200 // of the place and time of the assessment, and of an implant
	MaxEntries     = 20  // in each list
	MaxPer         = 30
)

// Key is what tells packages of a hospital apart: treatment, name and room, without regard to capitals and spaces.
func (r Row) Key() string { return r.Procedure + "|" + fold(r.Name) + "|" + fold(r.Room) }

// Title names the row to a person: its name, else its treatment.
func (r Row) Title() string {
	name := r.Name
	if name == "" {
		name = r.Procedure
	}
	if r.Room != "" {
		name += ", " + strings.ToLower(r.Room)
	}
	return name
}

func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// Problem is one thing to put right before a row can be used. Row and Column say where in the file, as a spreadsheet
// shows it ("14", "E"); both are empty when a form asked.
type Problem struct {
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Field  string `json:"field,omitempty"` // of Fields; "" for the row as a whole
	Say    string `json:"say"`             // a sentence that says how
}

// Question is something that is probably wrong and may be right: it is asked on a page of its own before anything is
// applied. ID stays the same as long as the values do, so that an answer counts for these values only.
type Question struct {
	ID     string `json:"id"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Field  string `json:"field"`
	Code   Code   `json:"code"`
	Say    string `json:"say"`

	about []string // fields it hangs on
}

// Code is the kind of a question.
type Code string

// Kinds of question.
const (
	RatesDiffer Code = "rates_differ" // pounds and rupees more than 5 % apart
	OutOfRange  Code = "out_of_range" // ten times off the indicative range
	LeftOut     Code = "left_out"     // standard items that the price leaves out
	LargeOnTop  Code = "large_on_top" // a charge on top is higher than the price
)
