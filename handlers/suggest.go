package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// perKind is how many suggestions of each kind are offered.
const perKind = 4

var kindTitles = map[search.Kind]string{search.KindProcedure: "Treatments", search.KindSpecialty: "Specialties", search.KindPlace: "Places", search.KindProvider: "Hospitals"}

// suggest is the list under a search box: the same links with scripts off, when opened by itself.
func (h *Handlers) suggest(c echo.Context) error {
	text := cleanText(c.QueryParam("q"))
	v := ui.Suggestions{Query: text}
	n := 0
	if len([]rune(text)) >= 2 {
		found, err := h.index.Suggest(c.Request().Context(), text, perKind)
		if err == nil {
			found, err = h.cat.StillListed(c.Request().Context(), found)
		}
		if err != nil {
			return err
		}
		v.Groups, n = h.suggestionGroups(found), len(found)
	}
	v.Status = plural(n, "suggestion")
	if n == 0 {
		v.Status = "No suggestions"
	}
	a, err := html(c, http.StatusOK, views.SuggestFragment(v))
	if err != nil {
		return err
	}
	a.control, a.vary, a.robots = "public, max-age=60", "Accept-Encoding", "noindex"
	return a.seal(h.cat.Version()).write(c.Response(), c.Request(), true)
}

func (h *Handlers) suggestionGroups(found []search.Suggestion) []ui.SuggestionGroup {
	var out []ui.SuggestionGroup
	for _, s := range found {
		title := kindTitles[s.Kind]
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, ui.SuggestionGroup{Title: title})
		}
		g := &out[len(out)-1]
		g.Items = append(g.Items, ui.Suggestion{Text: s.Text, Sub: s.Sub, Href: h.suggestionHref(s)})
	}
	return out
}

func (h *Handlers) suggestionHref(s search.Suggestion) string {
	switch s.Kind {
	case search.KindProcedure:
		return link.Hospitals(link.Query{Treatment: []string{s.Slug}})
	case search.KindSpecialty:
		return link.Hospitals(link.Query{Specialty: []string{s.Slug}})
	case search.KindPlace:
		if _, ok := h.cat.Reference().Hub(s.Slug); ok {
			return link.Hospitals(link.Query{Hub: []string{s.Slug}})
		}
		return link.Hospitals(link.Query{City: []string{s.Slug}})
	}
	return link.Hospital(s.Slug)
}
