package searchtest

import (
	"math/rand/v2"

	"carecorridor/search"
)

// Mix is a kind of question visitors ask, many times over with other values.
type Mix struct {
	Name    string
	Queries []search.Query
}

// Mixes is what benchmarks ask: the typical search (a treatment with a price, place or certificate, by
// price), the same by words, a city without more, and everything.
func (w World) Mixes() []Mix {
	r := rand.New(rand.NewPCG(11, 12))
	facets := []search.Facet{
		search.FacetCity, search.FacetState, search.FacetAccreditation, search.FacetLanguage, search.FacetSpecialty,
	}
	mixes := []Mix{{Name: "typical"}, {Name: "words"}, {Name: "city"}, {Name: "everything"}, {Name: "price-from"}}
	for range 150 {
		t := treatments[r.IntN(len(treatments))]
		p := t.procedures[r.IntN(len(t.procedures))]
		hi := int64(100000 + r.IntN(200000))
		q := search.Query{
			Node: search.Node(p), Procedures: []string{p}, Specialties: []string{t.specialty},
			Sort: search.PriceAsc, Page: 1, PerPage: 20, Facets: facets,
		}
		town := towns[r.IntN(len(towns))]
		switch r.IntN(4) {
		case 0:
			q.Price.Max = &hi
		case 1:
			q.Accreditations = []string{"JCI"}
		case 2:
			q.Near = &search.Near{Lat: town.lat, Lng: town.lng, KM: 100}
		case 3:
			q.Languages = []string{"tamil"}
		}
		mixes[0].Queries = append(mixes[0].Queries, q)
		mixes[1].Queries = append(mixes[1].Queries, search.Query{Text: w.text(r), Sort: search.PriceAsc, Page: 1, PerPage: 20, Facets: facets})
		mixes[2].Queries = append(mixes[2].Queries, search.Query{Cities: []string{town.slug}, Page: 1, PerPage: 20, Facets: facets})
		mixes[3].Queries = append(mixes[3].Queries, search.Query{Page: 1 + r.IntN(5), PerPage: 20, Facets: facets})
		lo := int64(50000 + r.IntN(50000))
		from := q
		from.Price = search.Range{Min: &lo, Max: &hi}
		mixes[4].Queries = append(mixes[4].Queries, from)
	}
	return mixes
}
