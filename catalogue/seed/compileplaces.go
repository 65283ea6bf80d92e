package seed

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carecorridor/catalogue/directory"
	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/internal/slug"
)

// directoryFile is the raw directory, read here only for points of towns.
const directoryFile = "national_hospital_directory.csv"

// Points a town needs before their median stands for it.
const (
	enoughCurated   = 3
	enoughDirectory = 5
	enoughNamed     = 3
)

// town is a city of at least one provider, with the points known in it.
type town struct {
	slug      string
	place     gazetteer.Place
	providers int
}

// towns holds the cities met so far; a namesake in another state gets its state into the slug.
type towns struct {
	by        map[string]*town // by name and state
	slugs     map[string]bool
	curated   map[string][]directory.Point
	directory map[string][]directory.Point
	rows      []directory.Row
}

func newTowns() *towns {
	return &towns{map[string]*town{}, map[string]bool{}, map[string][]directory.Point{}, map[string][]directory.Point{}, nil}
}

func townKey(p gazetteer.Place) string { return p.Name + "\n" + p.State }

func (t *towns) find(p gazetteer.Place) (*town, bool) {
	x, ok := t.by[townKey(p)]
	return x, ok
}

// visit counts one more provider in p and gives the town's slug.
func (t *towns) visit(p gazetteer.Place) string {
	x := t.by[townKey(p)]
	if x == nil {
		x = &town{slug: slug.Of(p.Name), place: p}
		if t.slugs[x.slug] {
			x.slug = slug.Of(p.Name + " " + p.State)
		}
		t.slugs[x.slug] = true
		t.by[townKey(p)] = x
	}
	x.providers++
	return x.slug
}

func (t *towns) used() []*town {
	out := make([]*town, 0, len(t.by))
	for _, x := range t.by {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b *town) int { return cmp.Compare(a.slug, b.slug) })
	return out
}

// readPoints gathers the directory's points by town, for the middle of each.
func (c *compiler) readPoints() error {
	c.towns = newTowns()
	f, err := os.Open(filepath.Join(c.dir, directoryFile))
	if err != nil {
		return fmt.Errorf("data file: %w", err)
	}
	defer f.Close()
	content, err := directory.Read(f, directoryFile)
	if err != nil {
		return err
	}
	c.towns.rows = content.Rows
	for _, r := range content.Rows {
		if r.Point != nil {
			c.towns.directory[townKey(r.City)] = append(c.towns.directory[townKey(r.City)], *r.Point)
		}
	}
	return nil
}

// middle is the point of a town and how it was found: the median of enough curated points, else of
// enough directory points, else of the few curated ones, else of directory rows whose address names the
// town, else the airport of the same name, else none.
func (c *compiler) middle(p gazetteer.Place) (*directory.Point, string) {
	curated, listed := c.towns.curated[townKey(p)], c.towns.directory[townKey(p)]
	switch {
	case len(curated) >= enoughCurated:
		return median(curated), fmt.Sprintf("median of %d hospitals of the curated list", len(curated))
	case len(listed) >= enoughDirectory:
		return median(listed), fmt.Sprintf("median of %d points of the National Hospital Directory filed under %s", len(listed), p.Name)
	case len(curated) > 0:
		return median(curated), fmt.Sprintf("%d curated hospital here", len(curated))
	}
	if named := c.towns.named(p); len(named) >= enoughNamed {
		return median(named), fmt.Sprintf("median of %d points of the National Hospital Directory whose address names %s", len(named), p.Name)
	}
	for _, a := range c.airports {
		if a.Role == "india_hub" && gazetteer.Find(a.City, "").Name == p.Name {
			return &directory.Point{Lat: a.Lat, Lng: a.Lng}, "the airport, " + a.IATA
		}
	}
	return nil, ""
}

// named gives the points of directory rows of the state that name the town in their address and stand
// on a point of their own.
func (t *towns) named(p gazetteer.Place) (out []directory.Point) {
	for _, r := range t.rows {
		if r.Point == nil || r.Shared || r.City.State != p.State {
			continue
		}
		address := " " + plain(r.Address) + " "
		if slices.ContainsFunc(append([]string{p.Name}, p.OtherNames...), func(n string) bool { return strings.Contains(address, " "+plain(n)+" ") }) {
			out = append(out, *r.Point)
		}
	}
	return out
}

func median(points []directory.Point) *directory.Point {
	mid := func(of func(directory.Point) float64) float64 {
		v := make([]float64, len(points))
		for i, p := range points {
			v[i] = of(p)
		}
		slices.Sort(v)
		return round((v[(len(v)-1)/2]+v[len(v)/2])/2, 5)
	}
	return &directory.Point{Lat: mid(func(p directory.Point) float64 { return p.Lat }), Lng: mid(func(p directory.Point) float64 { return p.Lng })}
}

func (c *compiler) compilePlaces() error {
	var cities []cityRec
	for _, h := range gazetteer.Hubs() { // a hub's own city is always there
		if p := gazetteer.Find(h.City, h.State); c.towns.by[townKey(p)] == nil {
			c.towns.visit(p)
		}
	}
	for _, t := range c.towns.used() {
		rec := cityRec{Slug: t.slug, Name: t.place.Name, State: t.place.State, Hub: t.place.Hub, Aliases: t.place.OtherNames}
		if m, how := c.middle(t.place); m != nil {
			rec.Lat, rec.Lng, rec.Point = &m.Lat, &m.Lng, how
		}
		cities = append(cities, rec)
	}
	if err := put(c.out, citiesFile, cities); err != nil {
		return err
	}
	return c.compileHubs()
}

func (c *compiler) compileHubs() error {
	var out []hubRec
	for _, h := range gazetteer.Hubs() {
		m, _ := c.middle(gazetteer.Find(h.City, h.State))
		if m == nil {
			return wrong("hub", "%s: no point for %s", h.Slug, h.City)
		}
		out = append(out, hubRec{h.Slug, h.Name, h.State, h.Airport, m.Lat, m.Lng, curation})
	}
	return put(c.out, hubsFile, out)
}

func (c *compiler) compileAirports() error {
	err := eachRow(c.dir, "airports.csv", []string{"iata", "name", "city", "country", "latitude", "longitude", "role", "hub", "source"}, func(t *table) error {
		lat, lng := t.number("latitude"), t.number("longitude")
		if lat == nil || lng == nil {
			return wrong("latitude", "an airport needs a point")
		}
		c.airports = append(c.airports, airportRec{t.get("iata"), t.get("name"), t.get("city"), t.get("country"), round(*lat, 6), round(*lng, 6),
			t.get("role"), gazetteer.HubNamed(t.get("hub")), c.src.cite(t.get("source"), "")})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, airportsFile, c.airports)
}

func (c *compiler) compileRoutes() error {
	var out []routeRec
	err := eachRow(c.dir, "uk_india_routes.csv", []string{"origin", "destination", "airline", "nonstop", "weekly_frequency", "effective_from", "status", "outbound_hours_reported", "great_circle_km", "source", "published"}, func(t *table) error {
		km := t.whole("great_circle_km")
		if t.get("nonstop") != "yes" || km == nil {
			return wrong("nonstop", "only measured non-stop routes are kept")
		}
		out = append(out, routeRec{t.get("origin"), t.get("destination"), t.get("airline"), t.whole("weekly_frequency"), t.get("effective_from"),
			t.get("status"), t.get("outbound_hours_reported"), *km, c.src.cite(t.get("source"), t.get("published"))})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, routesFile, out)
}

// cleanList splits "a;b" into its parts.
func cleanList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ';' })
}
