package meili

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

var attributes = map[search.Facet]string{
	search.FacetCity: "city", search.FacetState: "state", search.FacetHub: "hub",
	search.FacetAccreditation: "accreditations", search.FacetLanguage: "languages",
	search.FacetSpecialty: "specialties", search.FacetFeature: "features",
}

// Search answers q, which it normalises, in one round trip. (A price order with a lower end may take
// more: see narrow.go.)
func (e *Engine) Search(ctx context.Context, q search.Query) (search.Page, error) {
	q, err := q.Normalise()
	if err != nil {
		return search.Page{}, err
	}
	start := e.opts.Clock()
	known, err := e.known(ctx)
	if err != nil {
		return search.Page{}, err
	}
	r := newRequest(e.providers(), q, known.specialties)
	page, err := r.send(ctx, e)
	if err == nil && r.many {
		page.Hits, err = r.narrowed(ctx, e, page.Total)
	}
	if err != nil {
		return search.Page{}, err
	}
	page.Engine, page.AsOf = Name, known.asOf
	page.Took = e.opts.Clock().Sub(start)
	return page, nil
}

// request is one /multi-search: queries, and for each what its answer is for.
type request struct {
	index   string
	q       search.Query
	parts   parts
	many    bool // matches are too many to fetch: narrow down first
	queries []*client.SearchRequest
	uses    []func(*search.Page, client.SearchResponse) error
}

func newRequest(index string, q search.Query, specialties []string) *request {
	r := &request{index: index, q: q, parts: partsOf(q)}
	main := r.query(r.parts.all(), int64(q.PerPage), r.hits)
	main.AttributesToRetrieve = []string{"id", "ord", "_geo", "p." + string(q.Node)}
	main.Page = int64(q.Page)
	main.Sort = order(q)
	if r.ranged() {
		r.rangeAll(main)
	}
	r.facets(main, specialties)
	r.bands()
	return r
}

// order is the sort parameter; without one the ranking rules give Best.
func order(q search.Query) []string {
	switch q.Sort {
	case search.PriceAsc:
		return []string{"p." + string(q.Node) + ":asc", "ord:asc"}
	case search.NameAsc:
		return []string{"name_key:asc", "ord:asc"}
	case search.Nearest:
		return []string{fmt.Sprintf("_geoPoint(%v, %v):asc", q.Near.Lat, q.Near.Lng), "ord:asc"}
	}
	return nil
}

func (r *request) query(filter string, perPage int64, use func(*search.Page, client.SearchResponse) error) *client.SearchRequest {
	s := &client.SearchRequest{
		IndexUID: r.index, Query: r.q.Text, MatchingStrategy: client.All,
		HitsPerPage: &perPage, Page: 1, AttributesToRetrieve: []string{"id"},
	}
	if filter != "" {
		s.Filter = filter
	}
	r.queries, r.uses = append(r.queries, s), append(r.uses, use)
	return s
}

func (r *request) send(ctx context.Context, e *Engine) (search.Page, error) {
	answer, err := again(ctx, "search", func() (*client.MultiSearchResponse, error) {
		return e.api.MultiSearchWithContext(ctx, &client.MultiSearchRequest{Queries: r.queries})
	})
	if err != nil {
		return search.Page{}, err
	}
	page := search.Page{Number: r.q.Page}
	if len(answer.Results) != len(r.uses) {
		return page, fmt.Errorf("%w: %d answers to %d questions", search.ErrUnavailable, len(answer.Results), len(r.uses))
	}
	for i, use := range r.uses {
		if err := use(&page, answer.Results[i]); err != nil {
			return page, fmt.Errorf("%w: %w", search.ErrUnavailable, err)
		}
	}
	for f, counts := range page.Facets {
		slices.SortFunc(counts, func(a, b search.Count) int {
			return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Value, b.Value))
		})
		page.Facets[f] = counts
	}
	return page, nil
}

// found is what is read of a hit.
type found struct {
	search.Hit
	ord   int64
	typos int
}

func (r *request) hits(p *search.Page, a client.SearchResponse) error {
	p.Total = int(a.TotalHits)
	if r.q.PerPage == 0 {
		return nil
	}
	p.Pages = (p.Total + r.q.PerPage - 1) / r.q.PerPage
	for _, h := range a.Hits {
		f, err := r.read(h)
		if err != nil {
			return err
		}
		p.Hits = append(p.Hits, f.Hit)
	}
	return nil
}

func (r *request) read(h client.Hit) (f found, err error) {
	var point *struct{ Lat, Lng float64 }
	var prices struct {
		P map[search.Node][]int64 `json:"p"`
	}
	for key, into := range map[string]any{"id": &f.ID, "ord": &f.ord, "_geo": &point, "p": &prices.P} {
		if raw, ok := h[key]; ok {
			if err := json.Unmarshal(raw, into); err != nil {
				return f, fmt.Errorf("hit %s: %w", key, err)
			}
		}
	}
	f.From, _ = search.From(prices.P[r.q.Node], r.q.Price)
	if r.q.Near != nil && point != nil {
		km := search.Distance(r.q.Near.Lat, r.q.Near.Lng, point.Lat, point.Lng)
		f.KM = &km
	}
	return f, nil
}
