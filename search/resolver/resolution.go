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
	KM          float64 // how far from the place, when a distance was said; 0 when not
	Airport     bool    // the distance is from the place's airport
	UKPlace     string  // where the person lives, if they said: never a filter

	Accreditations []string // "JCI", "NABH", "NABL"
	Languages      []string // names, "Hindi"
	Features       []string // "telemedicine"

	PriceMin, PriceMax *int64 // whole units of Currency
	Currency           string // ISO 4217, "" without a price
	Sort               search.Sort

	Excluded  string // why what was asked for is not offered (data/signs.tsv); then no treatment is read
	Emergency bool   // the words say that somebody is unwell now

	Text       string   // leftovers that may be a hospital's name
	Unknown    []string // words and numbers read as nothing and not searched for
	Negated    []string // what was said not to be wanted ("not in chennai"): it is not a filter
	Chips      []Chip
	DidYouMean []Correction // words read as others
	Suggested  []Correction // unknown words and what they may have meant: not applied
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
