package searchtest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/search"
)

func knees(r search.Range) search.Query {
	return search.Query{
		Node: "knee", Price: r, Procedures: []string{"knee"}, Specialties: []string{"fixing"},
		States: []string{"Packages"}, Sort: search.PriceAsc, PerPage: 20, Facets: search.AllFacets,
	}
}

func (s *suite) finds(t *testing.T, q search.Query, want ...int64) search.Page {
	t.Helper()
	p := ask(t, s.engine, q)
	if got := ids(p); !slices.Equal(got, want) || p.Total != len(want) {
		t.Errorf("%s found %v (total %d), want %v", Show(q), got, p.Total, want)
	}
	return p
}

func (s *suite) samePackage(t *testing.T) {
	s.finds(t, knees(upTo(6000)), 3, 2, 4)
	s.finds(t, knees(span(100, 2999)))
}

func (s *suite) cheapestDecides(t *testing.T) {
	s.finds(t, knees(search.Range{}), 3, 2, 4, 1)
	p := s.finds(t, knees(from(5000)), 2, 1, 3)
	for i, want := range []int64{5500, 9000, 9500} {
		if len(p.Hits) == 3 && p.Hits[i].From != want {
			t.Errorf("hit %d from %d, want %d: the price shown must be the one asked for", i, p.Hits[i].From, want)
		}
	}
	q := knees(search.Range{})
	q.Procedures, q.Specialties = nil, nil
	s.finds(t, q, 3, 2, 4, 1, 5) // without a price: last
}

func (s *suite) ties(t *testing.T) {
	q := search.Query{States: []string{"Packages"}, PerPage: 20}
	s.finds(t, q, 1, 2, 3, 4, 5)
	q.Sort = search.NameAsc
	s.finds(t, q, 3, 4, 2, 5, 1)
}

func (s *suite) walk(t *testing.T) {
	for _, sort := range []search.Sort{search.Best, search.PriceAsc, search.NameAsc} {
		seen := map[string]bool{}
		q := search.Query{Sort: sort, PerPage: 50, IncludeUnconfirmed: true, IncludeSamples: true}
		p := ask(t, s.engine, q)
		for q.Page = 1; q.Page <= p.Pages; q.Page++ {
			for _, h := range ask(t, s.engine, q).Hits {
				if seen[h.ID] {
					t.Fatalf("%s: %s twice", sort, h.ID)
				}
				seen[h.ID] = true
			}
		}
		if p.Total != len(s.docs) || len(seen) != p.Total {
			t.Errorf("%s: walked %d of %d, there are %d", sort, len(seen), p.Total, len(s.docs))
		}
	}
}

func (s *suite) pastTheEnd(t *testing.T) {
	for page, number := range map[int]int{0: 1, -4: 1, 2: 2, 99: 99, 1 << 40: search.MaxPage} {
		p := ask(t, s.engine, search.Query{States: []string{"Packages"}, PerPage: 5, Page: page})
		if p.Number != number || p.Total != 5 || p.Pages != 1 || (len(p.Hits) == 5) != (number == 1) {
			t.Errorf("page %d: number %d total %d pages %d hits %d", page, p.Number, p.Total, p.Pages, len(p.Hits))
		}
	}
	if p := ask(t, s.engine, search.Query{States: []string{"Packages"}}); p.Total != 5 || len(p.Hits) != 0 || p.Pages != 0 {
		t.Errorf("counting only: %+v", p)
	}
}

func (s *suite) providersCount(t *testing.T) {
	q := knees(upTo(8000))
	p := ask(t, s.engine, q)
	want := []search.Count{{Value: "fixing", N: 4}}
	if got := p.Facets[search.FacetSpecialty]; !slices.Equal(got, want) {
		t.Errorf("specialty counts %v, want %v: four have some package of the specialty up to 8000", got, want)
	}
	if got := p.Facets[search.FacetAccreditation]; !slices.Equal(got, []search.Count{{Value: "NABH", N: 3}}) {
		t.Errorf("three providers have five matching packages; counted %v", got)
	}
	if got := p.Facets[search.FacetState]; len(got) != 1 || got[0].N != 3 {
		t.Errorf("only one state has knees, counted %v", got)
	}
	q = search.Query{States: []string{"Packages"}, Facets: []search.Facet{search.FacetState}}
	if got := ask(t, s.engine, q).Facets[search.FacetState]; len(got) < 10 {
		t.Errorf("choosing one state hides the others: %v", got)
	}
}

func (s *suite) bands(t *testing.T) {
	q := knees(upTo(1))
	q.Bands = []search.Range{span(3000, 4000), span(4001, 5499), span(5500, 5500), from(9000), {}}
	if got, want := ask(t, s.engine, q).Bands, []int{3, 0, 1, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("bands %v, want %v", got, want)
	}
	s.finds(t, knees(span(7000, 3000)), 3, 2, 4) // ends the wrong way round
}

func (s *suite) unknown(t *testing.T) {
	for _, q := range []search.Query{
		{Node: "no-such-node", Price: upTo(1e9)}, {Cities: []string{"atlantis"}}, {Hubs: []string{""}},
		{Procedures: []string{"no-such"}}, {Languages: []string{"klingon"}}, {Accreditations: []string{"NABH", "none"}},
		{Features: []string{"none"}}, {Text: "xyzzyplugh"},
	} {
		q.PerPage, q.Facets = 5, search.AllFacets
		s.finds(t, q)
	}
	p := ask(t, s.engine, search.Query{Node: "no-such-node", Sort: search.PriceAsc, PerPage: 5, States: []string{"Packages"}})
	if p.Total != 5 || len(p.Hits) != 5 {
		t.Errorf("a sort by an unknown price must not lose anybody: %+v", p)
	}
}

func (s *suite) hostile(t *testing.T) {
	for _, v := range []string{
		`"`, `'`, `\`, `\"`, `" OR state = "Packages`, "a\nb", "a\x00b", "\xff\xfe", strings.Repeat("x ", 5000),
		"-x", `"quoted`, "😀", "IN [a]", "EXISTS", "%_", "<script>", "`", "_geoRadius(0,0,1)", "*",
	} {
		for _, q := range []search.Query{
			{Cities: []string{v}}, {States: []string{v}}, {Hubs: []string{v}}, {Procedures: []string{v}}, {Specialties: []string{v}},
			{Languages: []string{v}}, {Features: []string{v}}, {Accreditations: []string{v}},
		} {
			s.finds(t, q)
		}
		ask(t, s.engine, search.Query{Text: v, PerPage: 5})
		if _, err := s.engine.Suggest(context.Background(), v, 3); err != nil {
			t.Errorf("suggest %.20q: %v", v, err)
		}
	}
	s.finds(t, search.Query{Text: "script alert", PerPage: 5, States: []string{"Names"}}, 23)
}

func (s *suite) radius(t *testing.T) {
	q := search.Query{Near: &search.Near{Lat: 10, Lng: 20, KM: 100}, PerPage: 20, Sort: search.Nearest}
	s.finds(t, q, 10, 11)
	q.Near.KM, q.States = 0, []string{"circle"}
	s.finds(t, q, 10, 11, 12, 14, 15, 13)
	s.finds(t, search.Query{Near: &search.Near{Lat: 0, Lng: 180, KM: 20}, PerPage: 20}, 14, 15)
	s.finds(t, search.Query{Near: &search.Near{Lat: 0, Lng: -180, KM: 20}, PerPage: 20}, 14, 15)
}

func (s *suite) names(t *testing.T) {
	for text, want := range map[string][]int64{
		"quillbrook":          {20, 21}, // the very word first, then one letter off
		"quillbrok":           {20, 21},
		"Quillbrook HOSPITAL": {20},
		"memorial quillb":     {20},
		"qulilbrook":          {20, 21},
		"zuillbrook":          {25, 20}, // a wrong first letter counts twice
		"zuillbrook house":    nil,
		"dabos":               nil,
		"zoe":                 {22},
		"Zoë":                 {22},
		"fixture zoe":         {22},
		"cabg":                nil, // four letters forgive nothing
		"quillbrook cabo":     nil,
	} {
		s.finds(t, search.Query{Text: text, PerPage: 20, States: []string{"Names"}}, want...)
	}
}

func (s *suite) suggestions(t *testing.T) {
	for text, want := range map[string]string{
		"quill": "quill-lift quillton quillbrook", "feather": "quill-lift", "feather j": "quill-lift", "quilton": "quillton",
		"heart byp": "cabg", "madr": "chennai", "madu": "madurai", "orth": "orthopaedics",
	} {
		got := s.suggest(t, text)
		for slug := range strings.FieldsSeq(want) {
			if !slices.ContainsFunc(got, func(x search.Suggestion) bool { return x.Slug == slug }) {
				t.Errorf("%q does not suggest %s: %v", text, slug, got)
			}
		}
	}
	for _, text := range []string{"b", "ba", "bad", "c", "hosp", "a"} {
		s.suggest(t, text)
	}
	for _, text := range []string{"", " ", "-", `""`} {
		if got := s.suggest(t, text); len(got) != 0 {
			t.Errorf("%q suggests %v", text, got)
		}
	}
}

// suggest asks and checks what holds for every answer.
func (s *suite) suggest(t *testing.T, text string) []search.Suggestion {
	t.Helper()
	start := time.Now()
	got, err := s.engine.Suggest(context.Background(), text, 3)
	if took := time.Since(start); err != nil || took > time.Second {
		t.Fatalf("suggest %q: %v after %v", text, err, took)
	}
	n, last := map[search.Kind]int{}, 0
	seen := map[search.Suggestion]bool{}
	for _, x := range got {
		k := slices.Index(search.Kinds, x.Kind)
		if n[x.Kind]++; n[x.Kind] > 3 || k < last || seen[x] {
			t.Errorf("%q: %v out of place in %v", text, x, got)
		}
		last, seen[x] = k, true
	}
	return got
}
