package meili

import (
	"encoding/json"
	"fmt"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// facets asks for the counts of groups nothing is chosen in beside main, and for one count without its
// own filter for each group that is chosen: Meilisearch has no disjunctive facets.
func (r *request) facets(main *client.SearchRequest, specialties []string) {
	p := r.parts
	place := map[search.Facet]bool{search.FacetCity: true, search.FacetState: true, search.FacetHub: true}
	var alone, places []search.Facet
	for _, f := range r.q.Facets {
		switch {
		case place[f] && p.place != "":
			places = append(places, f)
		case f == search.FacetLanguage && p.languages != "":
			r.counted(both(p.base, p.treatment, p.place), f)
		case f == search.FacetSpecialty && !r.q.Price.Open():
			r.specialties(both(p.base, p.place, p.languages), specialties)
		case f == search.FacetSpecialty && p.treatment != "":
			r.counted(both(p.base, p.place, p.languages), f)
		default:
			alone = append(alone, f)
		}
	}
	if len(places) > 0 {
		r.counted(both(p.base, p.treatment, p.languages), places...)
	}
	if len(alone) > 0 {
		main.Facets = names(alone)
		use := r.uses[0]
		r.uses[0] = func(page *search.Page, a client.SearchResponse) error {
			if err := use(page, a); err != nil {
				return err
			}
			return readCounts(page, a, alone)
		}
	}
}

func names(facets []search.Facet) []string {
	out := make([]string, len(facets))
	for i, f := range facets {
		out[i] = attributes[f]
	}
	return out
}

func (r *request) counted(filter string, facets ...search.Facet) {
	s := r.query(filter, 0, func(p *search.Page, a client.SearchResponse) error { return readCounts(p, a, facets) })
	s.Facets = names(facets)
}

func readCounts(p *search.Page, a client.SearchResponse, facets []search.Facet) error {
	var all map[string]map[string]int
	if err := json.Unmarshal(a.FacetDistribution, &all); err != nil {
		return fmt.Errorf("facet counts: %w", err)
	}
	for _, f := range facets {
		counts := make([]search.Count, 0, len(all[attributes[f]]))
		for v, n := range all[attributes[f]] {
			if n > 0 {
				counts = append(counts, search.Count{Value: v, N: n})
			}
		}
		setCounts(p, f, counts)
	}
	return nil
}

func setCounts(p *search.Page, f search.Facet, counts []search.Count) {
	if p.Facets == nil {
		p.Facets = map[search.Facet][]search.Count{}
	}
	p.Facets[f] = counts
}

// specialties counts, one query each, who has a price of the specialty in the band asked for.
func (r *request) specialties(filter string, slugs []string) {
	counts := make([]search.Count, 0, len(slugs))
	for _, s := range slugs {
		node := search.SpecialtyNode(search.Key(s))
		if !node.Valid() {
			continue
		}
		r.query(both(filter, priced(node, r.q.Price)), 0, func(p *search.Page, a client.SearchResponse) error {
			if a.TotalHits > 0 {
				counts = append(counts, search.Count{Value: s, N: int(a.TotalHits)})
				setCounts(p, search.FacetSpecialty, counts)
			}
			return nil
		})
	}
}

// bands counts, one query each, who would be found with the band as the price.
func (r *request) bands() {
	filter := both(r.parts.base, r.parts.place, r.parts.languages)
	if r.q.Node == search.Any {
		filter = both(filter, group(r.q))
	}
	for _, b := range r.q.Bands {
		r.query(both(filter, priced(r.q.Node, b)), 0, func(p *search.Page, a client.SearchResponse) error {
			p.Bands = append(p.Bands, int(a.TotalHits))
			return nil
		})
	}
}
