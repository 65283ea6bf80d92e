package handlers

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// tripTitle is what the pages are called in navigation and titles.
const tripTitle = "Work out the cost of a trip"

// tripRoutes are the trip-cost pages: everything they know is in the address.
func (h *Handlers) tripRoutes() []route {
	return []route{
		h.plain(link.TripCost, h.tripQuestion),
		h.plain(link.TripResultPath, h.tripResult),
		h.plain(link.TripSuggest, h.tripSuggest),
	}
}

// tripQuestion shows the first open question, or the one asked for; when nothing is open it leads to the result.
func (h *Handlers) tripQuestion(c echo.Context) error {
	a, err := h.readTrip(c)
	if err != nil {
		return err
	}
	step := a.open(c.QueryParam("step"), c.QueryParam("asked"))
	switch {
	case step == "":
		return seeOther(c, link.TripResult(a.Trip))
	case a.settled && c.QueryParam("step") == "":
		return seeOther(c, link.TripQuestion(a.Trip, ""))
	}
	return h.cached(func(c echo.Context) (*answer, error) { return h.tripPage(c, a, step) })(c)
}

// tripResult shows the cost; answers that cannot be used lead back to their question.
func (h *Handlers) tripResult(c echo.Context) error {
	a, err := h.readTrip(c)
	if err != nil {
		return err
	}
	if a.Treatment == "" || len(a.problems) > 0 || a.stop != nil {
		return seeOther(c, link.TripQuestion(a.Trip, ""))
	}
	return h.cached(func(c echo.Context) (*answer, error) { return h.tripCostPage(c, a) })(c)
}

func seeOther(c echo.Context, to string) error {
	c.Response().Header().Set("Cache-Control", notStored)
	return c.Redirect(http.StatusSeeOther, to)
}

// tripSuggest is the list under the search boxes; each line leads to the next question.
func (h *Handlers) tripSuggest(c echo.Context) error {
	t, of := link.ParseTrip(c.QueryParams()), c.QueryParam("of")
	kind := search.KindProcedure
	if of == "hospital" {
		kind = search.KindProvider
	} else {
		of = "treatment"
	}
	text := cleanText(c.QueryParam("q"))
	found, err := h.suggested(c, text, kind)
	if err != nil {
		return err
	}
	v := ui.Suggestions{Query: text, Status: plural(len(found), "suggestion")}
	group := ui.SuggestionGroup{Title: kindTitles[kind]}
	for _, s := range found {
		group.Items = append(group.Items, ui.Suggestion{Text: s.Text, Sub: s.Sub, Href: link.TripQuestion(t.With(of, s.Slug), "")})
	}
	if len(found) > 0 {
		v.Groups = []ui.SuggestionGroup{group}
	} else {
		v.Status = "No suggestions"
	}
	a, err := html(c, http.StatusOK, views.SuggestFragment(v))
	if err != nil {
		return err
	}
	a.control, a.vary, a.robots = "public, max-age=60", "Accept-Encoding", "noindex"
	return a.seal(h.cat.Version()).write(c.Response(), c.Request(), true)
}

// suggestedTrips is how many hospitals or treatments are offered for what was typed.
const suggestedTrips = 8

func (h *Handlers) suggested(c echo.Context, text string, kind search.Kind) ([]search.Suggestion, error) {
	if len([]rune(text)) < 2 {
		return nil, nil
	}
	found, err := h.index.Suggest(c.Request().Context(), text, suggestedTrips)
	if err != nil {
		return nil, err
	}
	if found, err = h.cat.StillListed(c.Request().Context(), found); err != nil {
		return nil, err
	}
	var out []search.Suggestion
	for _, s := range found {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out, nil
}

// namedLike finds listings by name: suggestions first, then what the search finds, which also understands a city.
func (h *Handlers) namedLike(c echo.Context, typed string) ([]search.Suggestion, error) {
	out, err := h.suggested(c, typed, search.KindProvider)
	if err != nil {
		return nil, err
	}
	q := h.cat.Reference().Understand(catalogue.Asked{Q: typed, IncludeSamples: h.cfg.Demo, IncludeUnconfirmed: true, Page: 1, PerPage: mostOffered})
	if q.Search.Text == "" {
		return out, nil
	}
	page, err := h.index.Search(c.Request().Context(), q.Search)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, hit := range page.Hits {
		if id, err := strconv.ParseInt(hit.ID, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	cards, err := h.cat.Cards(c.Request().Context(), ids, "")
	for _, card := range cards {
		if !slices.ContainsFunc(out, func(s search.Suggestion) bool { return s.Slug == card.Slug }) {
			out = append(out, search.Suggestion{Kind: search.KindProvider, Slug: card.Slug, Text: card.Name, Sub: card.City})
		}
	}
	return out, err
}
