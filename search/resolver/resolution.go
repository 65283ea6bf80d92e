package resolver

import "carecorridor/search"

// Resolution is what a question said. Slugs unless said otherwise; empty means it said nothing of the kind.
type Resolution struct {
	Procedures  []string
	Specialties []string // follow from Procedures when none is named
	City        Place    // zero when none; likewise Hub and State. At most the most exact of them is set per place
	Hub         Place
	State       Place
	Places      []Place // every Indian place named, in order
	Near        bool    // "near", "close to" stood before a place
	UKPlace     string  // where the person lives, if they said: never a filter

	Accreditations []string // "JCI", "NABH", "NABL"
	Languages      []string // names, "Hindi"
	Features       []string // "telemedicine"

	PriceMin, PriceMax *int64 // whole units of Currency
	Currency           string // ISO 4217, "" without a price
	Sort               search.Sort

	Text       string   // leftovers that may be a hospital's name
	Unknown    []string // words read as nothing and not searched for
	Chips      []Chip
	DidYouMean []Correction
}

// Slots of chips.
const (
	SlotProcedure     = "procedure"
	SlotSpecialty     = "specialty"
	SlotPlace         = "place"
	SlotPrice         = "price"
	SlotAccreditation = "accreditation"
	SlotLanguage      = "language"
	SlotFeature       = "feature"
	SlotSort          = "sort"
	SlotUK            = "uk"
)

// Chip is one understood part of the question, so that people can take it out again. Value holds what the slot was
// given (slugs separated by spaces), Label is for people, Words is what they typed.
type Chip struct{ Slot, Value, Label, Words string }

// Correction says that a word was read as another.
type Correction struct{ Typed, Meant string }

func (r *Resolution) chip(slot, value, label, words string) {
	r.Chips = append(r.Chips, Chip{Slot: slot, Value: value, Label: label, Words: words})
}

func add(list []string, v string) []string {
	for _, x := range list {
		if x == v {
			return list
		}
	}
	return append(list, v)
}
