package link

import (
	"net/url"
	"slices"
	"strings"
)

// Addresses of the trip-cost pages.
const (
	TripResultPath = TripCost + "/result"
	TripSuggest    = TripCost + "/suggest"
)

// TripUnknown is the answer "I don't know" to any question about a trip.
const TripUnknown = "unknown"

// Trip is the answers about a trip exactly as the reader gave them: nothing is checked here, so that a wrong
// value can be shown again. An empty answer was not given.
type Trip struct {
	Treatment, Hospital, Hub, From, People, Nights, Room, Month, Insurance string
}

// TripKeys of a Trip in the order they are written.
var TripKeys = []string{"treatment", "hospital", "hub", "from", "people", "nights", "room", "month", "insurance"}

// ParseTrip reads v; keys it does not know are ignored.
func ParseTrip(v url.Values) Trip {
	var t Trip
	for key, one := range t.fields() {
		*one = strings.TrimSpace(v.Get(key))
	}
	return t
}

func (t *Trip) fields() map[string]*string {
	return map[string]*string{"treatment": &t.Treatment, "hospital": &t.Hospital, "hub": &t.Hub, "from": &t.From, "people": &t.People,
		"nights": &t.Nights, "room": &t.Room, "month": &t.Month, "insurance": &t.Insurance}
}

// Pairs lists what was answered, but for the given keys.
func (t Trip) Pairs(without ...string) []Pair {
	var out []Pair
	fields := t.fields()
	for _, key := range TripKeys {
		if v := *fields[key]; v != "" && !slices.Contains(without, key) {
			out = append(out, Pair{key, v})
		}
	}
	return out
}

// With is t with one answer changed; a hospital and "any in a hub" replace each other.
func (t Trip) With(key, value string) Trip {
	if key == "hospital" || key == "hub" {
		t.Hospital, t.Hub = "", ""
	}
	if one := t.fields()[key]; one != nil {
		*one = value
	}
	return t
}

// TripQuestion is the question named step, or the first open one when step is empty.
func TripQuestion(t Trip, step string) string {
	pairs := t.Pairs()
	if step != "" {
		pairs = append(pairs, Pair{"step", step})
	}
	return address(TripCost, pairs)
}

// TripResult is the itemised cost for the answers.
func TripResult(t Trip) string { return address(TripResultPath, t.Pairs()) }

// TripSuggestOf is the suggestions under a search box of the question about of ("treatment" or "hospital"):
// each leads on with the other answers kept.
func TripSuggestOf(t Trip, of string) string {
	return address(TripSuggest, append([]Pair{{"of", of}}, t.Pairs(of)...))
}
