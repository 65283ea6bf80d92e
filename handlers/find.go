package handlers

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/views/link"
)

// perPage is how many cards a results page shows (ux.md §6.2).
const perPage = 10

// finding is a question with its answer, before it is laid out.
type finding struct {
	asked    link.Query
	question catalogue.Question
	page     search.Page
	cards    []foundCard
	perPage  int
	today    when.Date
	unpriced int // hospitals that match all but the price, and publish none
}

// foundCard is a card with what only this search knows.
type foundCard struct {
	catalogue.Card
	km *float64
}

// resultFacets are the groups the page shows; no others are counted.
var resultFacets = []search.Facet{search.FacetHub, search.FacetAccreditation, search.FacetLanguage, search.FacetSpecialty, search.FacetFeature}

// find reads the question in the address, asks the index and loads the cards. It serves the page and the API.
func (h *Handlers) find(c echo.Context) (*finding, error) {
	f := &finding{asked: readQuery(c), today: h.cat.Today()}
	ref := h.cat.Reference()
	f.question = ref.Understand(h.asked(f.asked))
	if f.question.Excluded != "" {
		f.page.Number, f.page.Engine, f.perPage = 1, "none", perPage
		return f, nil
	}
	q := f.question.Search
	if q.PerPage == 0 {
		q.PerPage = perPage
	}
	f.perPage = min(q.PerPage, search.MaxPerPage)
	q.Facets = resultFacets
	if strings.HasPrefix(c.Request().URL.Path, "/api/") {
		q.Facets = apiFacets
	}
	q.Bands = bandRanges(priceBands(ref, f.question))
	if !q.Price.Open() {
		q.Bands = append(q.Bands, search.Range{Min: new(int64)}) // who publishes any price: counted in the same search
	}
	page, err := h.index.Search(c.Request().Context(), q)
	if err == nil && len(page.Hits) == 0 && page.Total > 0 {
		q.Page = 1 // past the end: the first page (ux.md §4)
		page, err = h.index.Search(c.Request().Context(), q)
	}
	if err != nil {
		return nil, err
	}
	f.page = page
	priced := 0
	if n := len(page.Bands) - 1; n >= 0 && !q.Price.Open() {
		priced, f.page.Bands = page.Bands[n], page.Bands[:n]
	}
	if f.cards, err = h.cardsFor(c, page.Hits, f.question); err != nil {
		return nil, err
	}
	if !q.Price.Open() {
		f.unpriced, err = h.countUnpriced(c, q, priced)
	}
	return f, err
}

// countUnpriced says how many more than the priced would match if price did not matter.
func (h *Handlers) countUnpriced(c echo.Context, q search.Query, priced int) (int, error) {
	q.Price, q.Facets, q.Bands, q.Page, q.PerPage = search.Range{}, nil, nil, 1, 0
	all, err := h.index.Search(c.Request().Context(), q)
	return max(0, all.Total-priced), err
}

// cardsFor loads the cards of the hits in their order. An id the database no longer publishes is dropped: the
// index may be late, but it never shows a withdrawn hospital.
func (h *Handlers) cardsFor(c echo.Context, hits []search.Hit, q catalogue.Question) ([]foundCard, error) {
	ids := make([]int64, 0, len(hits))
	km := make(map[int64]*float64, len(hits))
	for _, hit := range hits {
		id, err := strconv.ParseInt(hit.ID, 10, 64)
		if err != nil {
			continue
		}
		ids = append(ids, id)
		km[id] = hit.KM
	}
	cards, err := h.cat.Cards(c.Request().Context(), ids, q.PricedAs)
	if err != nil {
		return nil, err
	}
	out := make([]foundCard, 0, len(cards))
	for _, card := range cards {
		out = append(out, foundCard{card, km[card.ID]})
	}
	return out, nil
}

// readQuery takes the known keys of the address, made safe to handle.
func readQuery(c echo.Context) link.Query {
	v := c.QueryParams()
	for key, values := range v {
		if len(values) > maxRepeats {
			values = values[:maxRepeats]
		}
		for i := range values {
			values[i] = cleanText(values[i])
		}
		v[key] = values
	}
	return link.ParseQuery(v)
}

// maxRepeats is how often one key of an address is read.
const maxRepeats = 20

func (h *Handlers) asked(q link.Query) catalogue.Asked {
	return catalogue.Asked{Q: q.Q, Treatments: q.Treatment, Specialties: q.Specialty, Cities: q.City, Hubs: q.Hub, Accreditations: q.Accreditation,
		Languages: q.Language, Features: q.Feature, PriceMin: q.PriceMin, PriceMax: q.PriceMax, Currency: q.Currency, Near: q.Near, KM: q.KM, Sort: q.Sort,
		IncludeUnconfirmed: q.IncludeUnconfirmed == "1", IncludeSamples: h.cfg.Demo && q.IncludeSamples != "0", Page: q.Page, PerPage: q.PerPage}
}
