package searchtest

import (
	"math/rand/v2"
	"strings"

	"carecorridor/search"
)

// Queries makes n random questions about w: every part of a query appears alone and with others.
func (w World) Queries(n int, seed uint64) []search.Query {
	r := rand.New(rand.NewPCG(seed, 0xBEEF))
	out := make([]search.Query, n)
	for i := range out {
		out[i] = w.query(r)
	}
	return out
}

func (w World) query(r *rand.Rand) search.Query {
	q := search.Query{
		Page: 1 + r.IntN(3), PerPage: []int{0, 5, 20, 50}[r.IntN(4)],
		IncludeUnconfirmed: r.IntN(2) == 0, IncludeSamples: r.IntN(3) == 0,
		Sort:   []search.Sort{search.Best, search.PriceAsc, search.Nearest, search.NameAsc}[r.IntN(4)],
		Facets: search.AllFacets,
	}
	q.Languages = some(r, 0.05, "tamil", "arabic", "french")
	q.Features = some(r, 0.04, "telemedicine", "step-free")
	q.Accreditations = some(r, 0.08, "JCI", "NABH")
	w.treatmentOf(r, &q)
	w.placeOf(r, &q)
	if r.IntN(3) == 0 {
		q.Price = w.band(r)
	}
	if r.IntN(4) == 0 {
		for lo := int64(0); lo < 400000; lo += 50000 {
			hi := lo + 49999
			q.Bands = append(q.Bands, search.Range{Min: &lo, Max: &hi})
		}
	}
	if r.IntN(6) == 0 {
		q.Text = w.text(r)
	}
	return q
}

func (w World) treatmentOf(r *rand.Rand, q *search.Query) {
	t := treatments[r.IntN(len(treatments))]
	p := t.procedures[r.IntN(len(t.procedures))]
	switch r.IntN(5) {
	case 0:
		q.Node, q.Procedures, q.Specialties = search.Node(p), []string{p}, []string{t.specialty}
	case 1:
		q.Node, q.Specialties = search.SpecialtyNode(t.specialty), []string{t.specialty}
	case 2:
		q.Specialties = []string{t.specialty, treatments[r.IntN(len(treatments))].specialty}
	case 3:
		q.Node = search.Node(p)
	}
}

func (w World) placeOf(r *rand.Rand, q *search.Query) {
	t := towns[r.IntN(len(towns))]
	switch r.IntN(6) {
	case 0:
		q.Cities = []string{t.slug}
	case 1:
		q.Cities, q.States = []string{t.slug}, []string{towns[r.IntN(8)].state}
	case 2:
		if t.hub != "" {
			q.Hubs = []string{t.hub}
		}
	case 3:
		q.Near = &search.Near{Lat: t.lat, Lng: t.lng, KM: float64(r.IntN(4) * 77)}
	}
}

func (w World) band(r *rand.Rand) search.Range {
	lo, hi := int64(r.IntN(300000)), int64(r.IntN(500000))
	switch r.IntN(3) {
	case 0:
		return search.Range{Max: &hi}
	case 1:
		return search.Range{Min: &lo}
	}
	hi += lo
	return search.Range{Min: &lo, Max: &hi}
}

// text is words of some hospital, whole, begun or with one letter wrong; never the first letter, and
// never so that two words put together make a third.
func (w World) text(r *rand.Rand) string {
	d := w.Docs[r.IntN(len(w.Docs))]
	words := strings.Fields(strings.ToLower(d.Name))
	switch r.IntN(6) {
	case 0:
		return words[0]
	case 1:
		return words[0][:4]
	case 2:
		return misspell(r, words[1])
	case 3:
		return words[1] + " " + d.CityName
	case 4:
		return misspell(r, words[0]) + " " + words[2]
	}
	return words[0] + " " + words[1]
}

func misspell(r *rand.Rand, word string) string {
	i := 1 + r.IntN(len(word)-2)
	switch r.IntN(3) {
	case 0:
		return word[:i] + "x" + word[i+1:]
	case 1:
		return word[:i] + "x" + word[i:]
	}
	return word[:i] + string(word[i+1]) + string(word[i]) + word[i+2:]
}
