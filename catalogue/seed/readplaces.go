package seed

import (
	"strings"

	"carecorridor/models"
)

func (r *reader) airports() error {
	return each(r.fsys, airportsFile, func(a airportRec) error {
		src, err := r.source(a.Source)
		if err == nil {
			_, err = r.add("airport", a.IATA)
		}
		r.Airports = append(r.Airports, models.Airport{IATA: a.IATA, Name: a.Name, City: a.City, Country: a.Country,
			Lat: a.Lat, Lng: a.Lng, Role: a.Role, HubSlug: optional(a.Hub), SourceID: src})
		return first(err, point(&a.Lat, &a.Lng), oneOf("role", a.Role, "india_hub", "uk_gateway"), filled("name", a.Name))
	})
}

func (r *reader) hubs() error {
	return each(r.fsys, hubsFile, func(h hubRec) error {
		src, err := r.source(h.Source)
		if err == nil {
			_, err = r.add("hub", h.Slug)
		}
		if err == nil {
			_, err = r.must("airport", "airport", h.Airport)
		}
		r.Hubs = append(r.Hubs, models.Hub{Slug: h.Slug, Name: h.Name, State: h.State, Airport: h.Airport,
			Lat: h.Lat, Lng: h.Lng, Ord: len(r.Hubs) + 1, SourceID: src})
		return first(err, point(&h.Lat, &h.Lng), filled("name", h.Name))
	})
}

func (r *reader) cities() error {
	return each(r.fsys, citiesFile, func(c cityRec) error {
		_, err := r.add("city", c.Slug)
		if err == nil && c.Hub != "" {
			_, err = r.must("hub", "hub", c.Hub)
		}
		r.Cities = append(r.Cities, models.City{Slug: c.Slug, Name: c.Name, State: c.State, HubSlug: optional(c.Hub),
			Lat: c.Lat, Lng: c.Lng, PointNote: c.Point, Aliases: strings.Join(c.Aliases, "\n")})
		return first(err, point(c.Lat, c.Lng), filled("name", c.Name), filled("state", c.State))
	})
}

func (r *reader) routes() error {
	return each(r.fsys, routesFile, func(t routeRec) error {
		src, err := r.source(t.Source)
		for _, end := range []string{t.Origin, t.Destination} {
			if err == nil {
				_, err = r.must("airport", "origin or destination", end)
			}
		}
		r.Routes = append(r.Routes, models.Route{Origin: t.Origin, Destination: t.Destination, Airline: t.Airline,
			WeeklyFlights: t.Weekly, EffectiveFrom: t.From, Status: t.Status, HoursReported: t.Hours, GreatCircleKM: t.KM, SourceID: src})
		return first(err, positive("weekly", t.Weekly), positive("km", &t.KM),
			oneOf("status", t.Status, "announced_2025", "reported_2024", "reported_2021", "historic_unconfirmed"))
	})
}

// optional is nil for "".
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
