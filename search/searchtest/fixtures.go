package searchtest

import (
	"fmt"
	"slices"

	"carecorridor/search"
)

// Fixture ids start here, far from the catalogue's.
const fixtureID = 900000

// fixture is a confirmed real hospital in a state of its own, so that a case can ask for its own few.
func fixture(n int64, state, name string, prices map[search.Node][]int64) search.Doc {
	d := search.Doc{
		ID: fmt.Sprint(fixtureID + n), Ord: fixtureID + n, Name: name, City: "fixture-town", CityName: "Fixture",
		State: state, Confirmed: true, Prices: map[search.Node][]int64{}, Accreditations: []string{"NABH"},
		Languages: []string{"english"},
	}
	for node, list := range prices {
		d.Procedures = append(d.Procedures, string(node))
		d.Prices[node] = list
		d.Prices[search.Any] = append(d.Prices[search.Any], list...)
		d.Prices["sp-fixing"] = d.Prices[search.Any]
		d.Specialties = []string{"fixing"}
	}
	slices.Sort(d.Procedures)
	slices.Sort(d.Prices[search.Any])
	return d
}

func placedAt(d search.Doc, lat, lng float64) search.Doc {
	d.Lat, d.Lng = &lat, &lng
	return d
}

// Fixtures is the hospitals the written-out cases are about.
func Fixtures() []search.Doc {
	docs := []search.Doc{
		// A cheap check beside a dear knee: "knee up to 6000" must not find it.
		fixture(1, "Packages", "Trap", map[search.Node][]int64{"knee": {9000}, "check": {100}}),
		fixture(2, "Packages", "Fair", map[search.Node][]int64{"knee": {4000, 5500, 7000}}),
		fixture(3, "Packages", "Cheapest", map[search.Node][]int64{"knee": {3000, 9500}}),
		fixture(4, "Packages", "Equal", map[search.Node][]int64{"knee": {4000}}),
		fixture(5, "Packages", "Priceless", nil),
		placedAt(fixture(10, "Circle", "Centre", nil), 10, 20),
		placedAt(fixture(11, "Circle", "Inside", nil), 10.89, 20),
		placedAt(fixture(12, "Circle", "Outside", nil), 10.91, 20),
		fixture(13, "Circle", "Nowhere", nil),
		placedAt(fixture(14, "Circle", "West of the line", nil), 0, 179.9),
		placedAt(fixture(15, "Circle", "East of the line", nil), 0, -179.9),
		fixture(20, "Names", "Quillbrook Memorial Hospital", nil),
		fixture(21, "Names", "Quillbrock House", nil),
		fixture(22, "Names", "Saint Zoë's Infirmary", nil),
		fixture(23, "Names", "<script>alert(1)</script> Ward", nil),
		fixture(24, "Names", "Cabo House", nil),
		fixture(25, "Names", "Zuillbroak Home", nil),
	}
	return docs
}

var fixtureEntries = []search.Entry{
	{Kind: search.KindProcedure, Slug: "quill-lift", Text: "Quill Lift", Aliases: []string{"feather job"}, Weight: 9},
	{Kind: search.KindProvider, Slug: "quillbrook", Text: "Quillbrook Memorial Hospital", Sub: "Fixture", Weight: 9},
	{Kind: search.KindPlace, Slug: "quillton", Text: "Quillton", Aliases: []string{"old quill town"}, Weight: 9},
}

func ids(p search.Page) []int64 {
	var out []int64
	for _, h := range p.Hits {
		var n int64
		_, _ = fmt.Sscan(h.ID, &n)
		out = append(out, n-fixtureID)
	}
	return out
}

func upTo(n int64) search.Range { return search.Range{Max: &n} }

func from(n int64) search.Range { return search.Range{Min: &n} }

func span(lo, hi int64) search.Range { return search.Range{Min: &lo, Max: &hi} }
