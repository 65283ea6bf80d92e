// Package gazetteer gives Indian towns and states one modern name and a hub. The lists are the three
// CSV files beside it, each odd case with its reason. It is not for points on the map: those are
// computed from data when the seed is compiled.
package gazetteer

import (
	"embed"
	"encoding/csv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"carecorridor/internal/slug"
)

//go:embed places.csv hubs.csv states.csv
var files embed.FS

// Place is a town under its modern name. Hub is a hub's slug, "" when it is near none.
type Place struct {
	Name, State, Hub string
	OtherNames       []string // names people use
	Note             string
	also             []string // other states a source may file it under
}

// Hub is a group of towns around an international airport. Curated is its label in the curated file.
type Hub struct{ Slug, Name, City, State, Airport, Curated string }

// everyOther is the name of the row that gives a state's unlisted towns their hub.
const everyOther = "*"

var (
	states = loadStates()
	places = loadPlaces()
	hubs   = loadHubs()
)

// Key is how names are compared: lower-case letters and digits only.
func Key(s string) string { return strings.ReplaceAll(slug.Of(s), "-", "") }

func key(name string) string {
	if name == everyOther {
		return name
	}
	return Key(name)
}

// State is the one spelling of an Indian state or union territory; ok is false for anything else.
func State(s string) (name string, ok bool) {
	name, ok = states[Key(s)]
	return name, ok
}

// Find is the town that people and registers call city. The state decides between namesakes; a town
// that is in no list keeps its own name, tidied, with no hub. State is "" when it is not a state.
func Find(city, state string) Place {
	state, _ = State(state)
	for _, p := range places[Key(city)] {
		if state == "" || state == p.State || slices.Contains(p.also, state) {
			return p
		}
	}
	p := Place{Name: tidy(city), State: state}
	for _, rest := range places[everyOther] {
		if state == rest.State {
			p.Hub = rest.Hub
		}
	}
	return p
}

// Hubs lists the hubs in the order they are shown.
func Hubs() []Hub { return hubs }

// HubNamed is the slug of the hub that the curated file or the airport list calls name, or "".
func HubNamed(name string) string {
	for _, h := range hubs {
		if name == h.Curated || strings.HasPrefix(name, h.Curated+" / ") {
			return h.Slug
		}
	}
	return ""
}

func loadStates() map[string]string {
	out := map[string]string{}
	for _, r := range rows("states.csv") {
		for _, n := range append(list(r[1]), r[0]) {
			out[Key(n)] = r[0]
		}
	}
	return out
}

func loadPlaces() map[string][]Place {
	out := map[string][]Place{}
	for _, r := range rows("places.csv") {
		p := Place{Name: r[0], State: r[1], Hub: r[2], OtherNames: list(r[3]), also: list(r[5]), Note: r[6]}
		for _, n := range slices.Concat(list(r[3]), list(r[4]), []string{r[0]}) {
			out[key(n)] = append(out[key(n)], p)
		}
	}
	return out
}

func loadHubs() (out []Hub) {
	for _, r := range rows("hubs.csv") {
		out = append(out, Hub{r[0], r[1], r[2], r[3], r[4], r[5]})
	}
	return out
}

func rows(name string) [][]string {
	f, err := files.Open(name)
	if err != nil {
		panic("gazetteer: " + err.Error())
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic("gazetteer: " + name + ": " + err.Error())
	}
	return all[1:]
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// tidy collapses spaces and gives each word a capital, leaving inner capitals alone.
func tidy(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}
