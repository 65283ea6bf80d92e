package catalogue

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/search"
	"carecorridor/search/resolver"
)

// Asked is a question as a reader put it: words in Q and what they chose in filters, nothing checked.
type Asked struct {
	Q                                            string
	Treatments, Specialties, Cities, Hubs        []string
	Accreditations, Languages, Features          []string
	PriceMin, PriceMax, Currency, Near, KM, Sort string
	IncludeUnconfirmed, IncludeSamples           bool
	Page, PerPage                                int
}

// Part is one thing that was understood, so that it can be shown and taken away. Key is the filter's name in
// addresses, Value what it holds there.
type Part struct{ Key, Value, Label string }

// Problem is one thing that could not be used, with the key it came from and what to do.
type Problem struct{ Key, Value, Say string }

// Question is a question as we understood it.
type Question struct {
	Search   search.Query
	Parts    []Part
	Problems []Problem
	Read     []Correction // words read as others
	Unknown  []string     // words nothing was found for; they are left out of the search
	Suggest  []Correction // some of those, and what they may have meant
	Negated  []string     // what was said not to be wanted: nothing is left out for it
	Text     string       // left over, looked for in names

	Procedures, Specialties   []string
	City, Hub, State          string // display names of the one place asked for
	Accreditations, Languages []string
	Features                  []string
	Telehealth                bool   // asked for, or implied by a second opinion
	PriceMin, PriceMax        *int64 // whole units of Currency
	Currency                  money.Currency
	NearName                  string // what distances are measured from
	KM                        string // the distance of the "near" part, as it is written in addresses
	UKPlace                   string // where the reader lives, if they said: no filter
	Emergency                 bool   // the words say that somebody is unwell now
	Excluded                  Exclusion
	Said                      string // the words a reader used for the treatment, "" when it was chosen
	PricedAs                  string // procedure whose price is filtered and shown, "" when none
}

// Correction says that a word was read as another.
type Correction struct{ Typed, Meant string }

// defaultKM is how far "near" reaches when nobody says.
const defaultKM = 50

// Understand turns what was asked into a search. Everything that can be used is used; the rest becomes
// Problems. It never fails.
func (r *Reference) Understand(a Asked) Question {
	u := understanding{ref: r, asked: a}
	u.words()
	u.treatments()
	u.places()
	u.choices()
	u.price()
	u.order()
	u.q.Search.Page, u.q.Search.PerPage = a.Page, a.PerPage
	u.q.Search.IncludeUnconfirmed, u.q.Search.IncludeSamples = a.IncludeUnconfirmed, a.IncludeSamples
	u.q.Search.Text = u.q.Text
	return u.q
}

// understanding gathers a Question step by step.
type understanding struct {
	ref   *Reference
	asked Asked
	q     Question
	near  bool     // the words asked for nearness, not only a place
	said  []string // cities named in words
	km    float64  // how near, 0 when not said
	port  bool     // from the airport
	sort  search.Sort
	min   *int64
	max   *int64
	money money.Currency
}

func (u *understanding) problem(key, value, say string) {
	u.q.Problems = append(u.q.Problems, Problem{key, value, say})
}

func (u *understanding) part(key, value, label string) {
	p := Part{key, value, label}
	if !slices.Contains(u.q.Parts, p) {
		u.q.Parts = append(u.q.Parts, p)
	}
}

// words asks the resolver, and keeps what it found as if it had been chosen.
func (u *understanding) words() {
	if u.asked.Q == "" {
		return
	}
	res := u.ref.Resolver.Resolve(u.asked.Q)
	u.asked.Treatments = append(u.asked.Treatments, res.Procedures...)
	if len(res.Procedures) == 0 {
		u.asked.Specialties = append(u.asked.Specialties, res.Specialties...)
	} else {
		u.q.Specialties = append(u.q.Specialties, res.Specialties...)
	}
	u.asked.Accreditations = append(u.asked.Accreditations, res.Accreditations...)
	u.asked.Languages = append(u.asked.Languages, res.Languages...)
	u.q.Telehealth = slices.Contains(res.Features, Telemedicine)
	for _, c := range res.Chips {
		if c.Slot == resolver.SlotFeature { // said, not only implied: a second opinion can also be had in person
			u.asked.Features = append(u.asked.Features, strings.Fields(c.Value)...)
		}
	}
	for _, p := range res.Places {
		u.place(p)
	}
	u.near, u.km, u.port = res.Near, res.KM, res.Airport
	u.q.UKPlace, u.q.Emergency, u.q.Negated = res.UKPlace, res.Emergency, res.Negated
	u.q.Excluded = Exclusion(res.Excluded)
	u.min, u.max, u.money, u.sort = res.PriceMin, res.PriceMax, money.Currency(res.Currency), res.Sort
	u.q.Text = res.Text
	for _, c := range res.Chips {
		if c.Slot == resolver.SlotProcedure {
			u.q.Said = strings.TrimSpace(u.q.Said + " " + c.Words)
		}
	}
	u.q.Unknown = res.Unknown
	for _, d := range res.DidYouMean {
		u.q.Read = append(u.q.Read, Correction(d))
	}
	for _, d := range res.Suggested {
		u.q.Suggest = append(u.q.Suggest, Correction(d))
	}
}

// place keeps an Indian place that was named. A state is a filter of its own: it has no box.
func (u *understanding) place(p resolver.Place) {
	switch p.Kind {
	case resolver.City:
		u.asked.Cities = append(u.asked.Cities, p.Slug)
		u.said = append(u.said, p.Slug)
	case resolver.Hub:
		u.asked.Hubs = append(u.asked.Hubs, p.Slug)
	case resolver.State:
		u.q.State = firstSaid(u.q.State, p.Name)
		u.q.Search.States = append(u.q.Search.States, p.Name)
		u.part("q", p.Name, p.Name)
	}
}

// firstSaid keeps the first of several places for the slot that holds one.
func firstSaid(have, next string) string {
	if have != "" {
		return have
	}
	return next
}

func (u *understanding) treatments() {
	for _, asked := range u.asked.Treatments {
		p, ok := u.ref.procedure[asked]
		if !ok {
			p, ok = u.procedureCalled(asked)
		}
		if !ok {
			u.problem("treatment", asked, fmt.Sprintf("We do not know a treatment called “%s”.", shorten(asked)))
			continue
		}
		if !slices.Contains(u.q.Procedures, p.Slug) {
			u.q.Procedures = append(u.q.Procedures, p.Slug)
			u.part("treatment", p.Slug, p.Name)
			if !slices.Contains(u.q.Specialties, p.SpecialtySlug) {
				u.q.Specialties = append(u.q.Specialties, p.SpecialtySlug)
			}
		}
	}
	chosen := []string{}
	for _, asked := range u.asked.Specialties {
		s, ok := u.ref.specialty[asked]
		if !ok {
			s, ok = u.specialtyCalled(asked)
		}
		if !ok {
			u.problem("specialty", asked, fmt.Sprintf("We do not know a specialty called “%s”.", shorten(asked)))
			continue
		}
		chosen = append(chosen, s.Slug)
		u.part("specialty", s.Slug, s.Name)
		if !slices.Contains(u.q.Specialties, s.Slug) {
			u.q.Specialties = append(u.q.Specialties, s.Slug)
		}
	}
	u.narrow(chosen)
}

// narrow decides what the engine is asked for: the treatments with the specialties that do them, and the
// price node. A specialty chosen beside a treatment widens nothing: the treatment is what was meant.
func (u *understanding) narrow(chosen []string) {
	s := &u.q.Search
	s.Procedures = u.q.Procedures
	if len(u.q.Procedures) == 0 {
		s.Specialties = chosen
		if len(chosen) == 1 {
			s.Node = search.SpecialtyNode(chosen[0])
		}
		return
	}
	for _, slug := range u.q.Procedures {
		if p := u.ref.procedure[slug]; !slices.Contains(s.Specialties, p.SpecialtySlug) {
			s.Specialties = append(s.Specialties, p.SpecialtySlug)
		}
	}
	u.q.PricedAs = u.q.Procedures[0]
	s.Node = search.Node(u.q.PricedAs)
	for _, slug := range u.q.Procedures {
		if ex := ExclusionOf(slug); ex != "" && len(u.q.Procedures) == 1 {
			u.q.Excluded = ex
		}
	}
}

func (u *understanding) places() {
	for _, asked := range u.asked.Cities {
		slug, ok := u.citySlug(asked)
		if !ok {
			u.problem("city", asked, fmt.Sprintf("We do not know a city in India called “%s”.", shorten(asked)))
			continue
		}
		c := u.ref.city[slug]
		u.q.City = firstSaid(u.q.City, c.Name)
		if c.HubSlug != nil {
			u.q.Hub = firstSaid(u.q.Hub, u.ref.hub[*c.HubSlug].Name)
		}
		u.q.Search.Cities = append(u.q.Search.Cities, slug)
		if u.near && slices.Contains(u.said, slug) {
			u.part("q", "near "+c.Name, "Near "+c.Name) // kept as words: the form must ask the same again
		} else {
			u.part("city", slug, c.Name)
		}
	}
	for _, asked := range u.asked.Hubs {
		slug, ok := u.hubSlug(asked)
		if !ok {
			u.problem("hub", asked, fmt.Sprintf("We do not know a hub city called “%s”.", shorten(asked)))
			continue
		}
		u.q.Hub = firstSaid(u.q.Hub, u.ref.hub[slug].Name)
		u.q.Search.Hubs = append(u.q.Search.Hubs, slug)
		u.part("hub", slug, u.ref.hub[slug].Name)
	}
	u.nearness()
}

// nearness sets the point that distances are measured from. Chosen near and km are strict: hospitals without
// a position cannot match. "near Chennai" in words means the city and the towns around it, whose hospitals
// often have no position of their own.
func (u *understanding) nearness() {
	if u.asked.Near != "" {
		lat, lng, name, ok := u.point(u.asked.Near)
		if !ok {
			u.problem("near", u.asked.Near, fmt.Sprintf("We do not know where “%s” is. Use an Indian city or an airport code such as MAA.", shorten(u.asked.Near)))
			return
		}
		km := float64(defaultKM)
		if u.asked.KM != "" {
			n, err := strconv.ParseFloat(u.asked.KM, 64)
			if err != nil || math.IsNaN(n) || n <= 0 || n > search.MaxKM {
				u.problem("km", u.asked.KM, fmt.Sprintf("Enter a distance in kilometres from 1 to %d.", search.MaxKM))
			} else {
				km = n
			}
		}
		u.within(u.asked.Near, lat, lng, km, name)
		return
	}
	if u.asked.KM != "" {
		u.problem("km", u.asked.KM, "A distance needs a place to measure from.")
	}
	if u.km > 0 && u.saidDistance() {
		return
	}
	if u.near && len(u.q.Search.Cities) == 1 {
		u.q.Search.Cities = u.around(u.q.Search.Cities[0])
	}
	if lat, lng, name, ok := u.middle(); ok {
		u.q.Search.Near, u.q.NearName = &search.Near{Lat: lat, Lng: lng}, name
	}
}

// within limits the search to km around a point.
func (u *understanding) within(value string, lat, lng, km float64, name string) {
	u.q.Search.Near, u.q.NearName, u.q.KM = &search.Near{Lat: lat, Lng: lng, KM: km}, name, strconv.FormatFloat(km, 'f', -1, 64)
	u.part("near", value, fmt.Sprintf("Within %g km of %s", km, name))
}

// saidDistance puts "20 km from Chennai" in the place of the one city or hub it is about.
func (u *understanding) saidDistance() bool {
	s := &u.q.Search
	if len(s.Cities)+len(s.Hubs) != 1 {
		return false
	}
	value := strings.Join(append(slices.Clone(s.Cities), s.Hubs...), "")
	if iata := u.airportOf(value); u.port && iata != "" {
		value = iata
	}
	lat, lng, name, ok := u.point(value)
	if !ok {
		return false
	}
	s.Cities, s.Hubs = nil, nil
	u.q.Parts = slices.DeleteFunc(u.q.Parts, func(p Part) bool {
		return p.Key == "city" || p.Key == "hub" || p.Key == "q" && strings.HasPrefix(p.Value, "near ")
	})
	u.within(value, lat, lng, math.Min(u.km, search.MaxKM), name)
	return true
}

// airportReach is how far in km the airport of a place may lie from it.
const airportReach = 80

// airportOf is the code of the Indian airport nearest to a city or hub; "" when we hold none near.
func (u *understanding) airportOf(slug string) string {
	lat, lng, _, ok := u.point(slug)
	if !ok {
		return ""
	}
	code, least := "", float64(airportReach)
	for _, a := range u.ref.Airports {
		if d := search.Distance(lat, lng, a.Lat, a.Lng); a.Country == "India" && d < least {
			code, least = a.IATA, d
		}
	}
	return code
}

// around is a city and the towns within defaultKM of it.
func (u *understanding) around(slug string) []string {
	c := u.ref.city[slug]
	out := []string{slug}
	if c.Lat == nil || c.Lng == nil {
		return out
	}
	for _, o := range u.ref.Cities {
		if o.Slug != slug && o.Lat != nil && o.Lng != nil && search.Distance(*c.Lat, *c.Lng, *o.Lat, *o.Lng) <= defaultKM {
			out = append(out, o.Slug)
		}
	}
	return out
}

// middle is the point of the one place asked for, to measure from without limiting.
func (u *understanding) middle() (lat, lng float64, name string, ok bool) {
	switch {
	case len(u.asked.Cities) == 1 && len(u.q.Search.Cities) >= 1:
		return u.point(u.q.Search.Cities[0])
	case len(u.q.Search.Hubs) == 1 && len(u.q.Search.Cities) == 0:
		h := u.ref.hub[u.q.Search.Hubs[0]]
		return h.Lat, h.Lng, h.Name, true
	}
	return 0, 0, "", false
}

func (u *understanding) point(asked string) (lat, lng float64, name string, ok bool) {
	if a, found := u.ref.airport[strings.ToUpper(asked)]; found {
		return a.Lat, a.Lng, a.Name, true
	}
	if slug, found := u.citySlug(asked); found {
		if c := u.ref.city[slug]; c.Lat != nil && c.Lng != nil {
			return *c.Lat, *c.Lng, c.Name, true
		}
	}
	if slug, found := u.hubSlug(asked); found {
		h := u.ref.hub[slug]
		return h.Lat, h.Lng, h.Name, true
	}
	return 0, 0, "", false
}
