package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// hubCount is a hub with the hospitals one would find there.
type hubCount struct {
	models.Hub
	n      int
	routes []models.Route
}

// hubCounts asks the index once for all hubs.
func (h *Handlers) hubCounts(c echo.Context) ([]hubCount, error) {
	page, err := h.index.Search(c.Request().Context(), search.Query{IncludeSamples: h.cfg.Demo, Facets: []search.Facet{search.FacetHub}})
	if err != nil {
		return nil, err
	}
	n := map[string]int{}
	for _, f := range page.Facets[search.FacetHub] {
		n[f.Value] = f.N
	}
	ref := h.cat.Reference()
	out := make([]hubCount, 0, len(ref.Hubs))
	for _, hub := range ref.Hubs {
		out = append(out, hubCount{hub, n[hub.Slug], routesTo(ref, hub.Slug)})
	}
	return out, nil
}

// routesTo lists the reported non-stop routes into a hub's airports, newest reports first as loaded.
func routesTo(ref *catalogue.Reference, hub string) []models.Route {
	var out []models.Route
	for _, r := range ref.Routes {
		if a, ok := ref.Airport(r.Destination); ok && a.HubSlug != nil && *a.HubSlug == hub {
			out = append(out, r)
		}
	}
	return out
}

// flightWords says the best-founded thing about flights: only recent reports are said as such.
func flightWords(ref *catalogue.Reference, routes []models.Route) string {
	best := ""
	for _, status := range []string{"announced_2025", "reported_2024", "reported_2021"} {
		var from []string
		for _, r := range routes {
			a, _ := ref.Airport(r.Origin)
			if city := firstOf(a.City, r.Origin); r.Status == status && !strings.Contains(strings.Join(from, ","), city) {
				from = append(from, city)
			}
		}
		if len(from) > 0 {
			best = "Non-stop from " + joinWords(from) + ", " + routeStatus[status].said
			break
		}
	}
	return best
}

var routeStatus = map[string]struct {
	said string
	mark views.Mark
}{
	"announced_2025":       {"announced in 2025", views.Mark{Text: "Announced in 2025", Look: views.LookInfo}},
	"reported_2024":        {"reported in 2024", views.Mark{Text: "Reported in 2024", Look: views.LookInfo}},
	"reported_2021":        {"reported in 2021", views.Mark{Text: "Reported in 2021, check it still flies", Look: views.LookNone}},
	"historic_unconfirmed": {"flown in the past", views.Mark{Text: "In the past, not confirmed", Look: views.LookNone}},
}

// joinWords is "A", "A and B", "A, B and C".
func joinWords(s []string) string {
	if len(s) < 2 {
		return strings.Join(s, "")
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

func hubTable(hubs []hubCount) views.HubTable {
	total := 0
	t := ui.StackTable{Caption: "Hub cities with hospitals listed", Plain: true, Head: []ui.Column{{Text: "Hub"}, {Text: "Hospitals", Number: true}}}
	for _, hub := range hubs {
		total += hub.n
		if hub.n > 0 && len(t.Rows) < 8 {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: hub.Name, Href: link.Hub(hub.Slug)}}, {Text: strconv.Itoa(hub.n)}}})
		}
	}
	return views.HubTable{Title: fmt.Sprintf("%d hospitals around %d hub cities", total, len(hubs)),
		Lead:  "Each hub has an airport. Hospitals counted here have at least one certificate running today.",
		Table: t, Map: chart.MapFigure(mapOf("hub-map", hubs)),
		Source: ui.SourceNote{Text: mapCredit, Links: []ui.Link{{Text: "All hub cities and flights", Href: link.Hubs}}}}
}

const mapCredit = "Outline simplified from @svg-maps/india, CC BY 4.0. It shows no opinion on borders."

func mapOf(id string, hubs []hubCount) chart.Map {
	m := chart.Map{ID: id, Title: "Map of India with the hub cities. The table beside it has the same numbers."}
	for _, hub := range hubs {
		if hub.n > 0 {
			m.Dots = append(m.Dots, chart.Dot{Name: hub.Name, Text: group(hub.n), Lat: hub.Lat, Lng: hub.Lng})
		}
	}
	return m
}

func (h *Handlers) hubs(c echo.Context) (*answer, error) {
	counts, err := h.hubCounts(c)
	if err != nil {
		return nil, err
	}
	ref := h.cat.Reference()
	v := views.Hubs{Map: mapOf("hubs", counts), Credit: mapCredit}
	for i, hub := range counts {
		a, _ := ref.Airport(hub.Airport)
		v.Total += hub.n
		v.Rows = append(v.Rows, views.HubRow{Number: i + 1, Name: hub.Name, URL: link.Hub(hub.Slug), State: hub.State, Hospitals: hub.n,
			Airport: firstOf(a.Name, hub.Airport), Flights: flightWords(ref, hub.routes)})
	}
	f := h.frame("Hub cities", link.Hubs, link.Hubs)
	f.Description = "Cities in India with an airport and accredited hospitals, and the non-stop flights from the UK that were reported."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.HubsPage(f, v))
}

func (h *Handlers) hub(c echo.Context) (*answer, error) {
	ref := h.cat.Reference()
	hub, ok := ref.Hub(c.Param("slug"))
	if !ok {
		return nil, missing([]ui.Link{{Text: "All hub cities", Href: link.Hubs}})
	}
	page, err := h.index.Search(c.Request().Context(), search.Query{Hubs: []string{hub.Slug}, IncludeSamples: h.cfg.Demo,
		Facets: []search.Facet{search.FacetCity, search.FacetSpecialty}})
	if err != nil {
		return nil, err
	}
	f := h.frame(hub.Name, link.Hub(hub.Slug), link.Hubs)
	f.Description = fmt.Sprintf("Accredited hospitals in and around %s, its airports and the flights from the UK that were reported.", hub.Name)
	f.Breadcrumb = crumbs(ui.Link{Text: "Hub cities", Href: link.Hubs})
	f.JSONLD = []string{h.crumbLD(f.Breadcrumb)}
	return html(c, http.StatusOK, views.HubPage(f, presentHub(ref, hub, page)))
}

func presentHub(ref *catalogue.Reference, hub models.Hub, page search.Page) views.Hub {
	all := hubCount{hub, page.Total, routesTo(ref, hub.Slug)}
	m := mapOf("hub", []hubCount{all})
	v := views.Hub{Name: hub.Name, Lead: fmt.Sprintf("%s with a running certificate, in %s.", plural(page.Total, "hospital"), hub.State), Map: &m,
		All:       views.Anchor{Text: "All hub cities", URL: link.Hubs},
		RouteNote: "A route is shown as a source reported it. Check with the airline before you plan.",
		Hospitals: views.TreatmentHospitals{Title: plural(page.Total, "hospital"), See: views.Anchor{Text: "See hospitals", URL: link.Hospitals(link.Query{Hub: []string{hub.Slug}})}}}
	inHub := map[string]bool{}
	for _, city := range ref.Cities {
		inHub[city.Slug] = city.HubSlug != nil && *city.HubSlug == hub.Slug
	}
	for _, n := range page.Facets[search.FacetCity] {
		if city, ok := ref.City(n.Value); ok && inHub[city.Slug] {
			v.Cities = append(v.Cities, views.HubCity{Name: views.Anchor{Text: city.Name, URL: link.Hospitals(link.Query{City: []string{city.Slug}})}, Count: n.N})
		}
	}
	for _, n := range page.Facets[search.FacetSpecialty] {
		if s, ok := ref.Specialty(n.Value); ok && len(v.Specialties) < 12 {
			v.Specialties = append(v.Specialties, views.HubCity{Name: views.Anchor{Text: s.Name, URL: link.Hospitals(link.Query{Hub: []string{hub.Slug}, Specialty: []string{s.Slug}})}, Count: n.N})
		}
	}
	used := map[int64]string{hub.SourceID: "Airport and position"}
	for _, a := range ref.Airports {
		if a.HubSlug != nil && *a.HubSlug == hub.Slug {
			v.Airports = append(v.Airports, views.AirportRow{Name: a.Name, Code: a.IATA, City: a.City, Counted: a.IATA == hub.Airport})
			used[a.SourceID] = "Airports"
		}
	}
	for _, r := range all.routes {
		v.Routes = append(v.Routes, routeRow(ref, r))
		used[r.SourceID] = "Flights"
	}
	for id, what := range used {
		if s, ok := ref.Source(id); ok {
			v.Sources = append(v.Sources, sourceRow(s, what))
		}
	}
	sortSources(v.Sources)
	return v
}

func routeRow(ref *catalogue.Reference, r models.Route) views.RouteRow {
	from, _ := ref.Airport(r.Origin)
	to, _ := ref.Airport(r.Destination)
	s, _ := ref.Source(r.SourceID)
	row := views.RouteRow{From: firstOf(from.Name, r.Origin), To: firstOf(to.Name, r.Destination), Airline: r.Airline, Since: asOfWords(r.EffectiveFrom),
		Hours: r.HoursReported, Status: routeStatus[r.Status].mark, Reported: asOfWords(s.PublishedOn), Source: views.Anchor{Text: firstOf(s.Title, "Source"), URL: webOnly(s.URL)}}
	if r.WeeklyFlights != nil {
		row.Weekly = fmt.Sprintf("%d a week", *r.WeeklyFlights)
	}
	if r.GreatCircleKM > 0 {
		row.Distance = fmt.Sprintf("%s km, computed", group(r.GreatCircleKM))
	}
	return row
}
