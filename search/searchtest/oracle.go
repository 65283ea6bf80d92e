package searchtest

import (
	"cmp"
	"slices"
	"strings"

	"carecorridor/search"
)

// Answer works q out by going through all of docs: slow, short, and the meaning of a query.
func Answer(docs []search.Doc, q search.Query) search.Page {
	q, err := q.Normalise()
	if err != nil {
		panic(err)
	}
	p := search.Page{Number: q.Page}
	found := keep(docs, q, "")
	p.Total = len(found)
	if q.PerPage > 0 {
		p.Pages = (p.Total + q.PerPage - 1) / q.PerPage
		order(found, q)
		from := min((q.Page-1)*q.PerPage, len(found))
		for _, d := range found[from:min(from+q.PerPage, len(found))] {
			p.Hits = append(p.Hits, hit(d, q))
		}
	}
	p.Facets = map[search.Facet][]search.Count{}
	for _, f := range q.Facets {
		p.Facets[f] = count(docs, q, f)
	}
	for _, b := range q.Bands {
		in := q
		in.Price = b
		if b.Open() {
			zero := int64(0)
			in.Price.Min = &zero
		}
		p.Bands = append(p.Bands, len(keep(docs, in, "")))
	}
	return p
}

// keep is the documents q finds with the group of facet without ignored.
func keep(docs []search.Doc, q search.Query, without search.Facet) []search.Doc {
	var out []search.Doc
	for _, d := range docs {
		place := without == search.FacetCity || without == search.FacetState || without == search.FacetHub
		if based(d, q) &&
			(without == search.FacetSpecialty || treats(d, q)) &&
			(place || placed(d, q)) &&
			(without == search.FacetLanguage || len(q.Languages) == 0 || overlap(d.Languages, q.Languages)) &&
			(q.Text == "" || Typos(d, q.Text) >= 0) {
			out = append(out, d)
		}
	}
	return out
}

func based(d search.Doc, q search.Query) bool {
	if !d.Confirmed && !q.IncludeUnconfirmed || d.Sample && !q.IncludeSamples {
		return false
	}
	for _, v := range q.Accreditations {
		if !overlap(d.Accreditations, []string{v}) {
			return false
		}
	}
	for _, v := range q.Features {
		if !overlap(d.Features, []string{v}) {
			return false
		}
	}
	if q.Near != nil && q.Near.KM > 0 {
		if d.Lat == nil || search.Distance(q.Near.Lat, q.Near.Lng, *d.Lat, *d.Lng) > q.Near.KM {
			return false
		}
	}
	return true
}

func treats(d search.Doc, q search.Query) bool {
	if q.Grouped() && !overlap(d.Procedures, q.Procedures) && !overlap(d.Specialties, q.Specialties) {
		return false
	}
	return q.Price.Open() || within(d, q.Node, q.Price)
}

func placed(d search.Doc, q search.Query) bool {
	return !q.Placed() || overlap([]string{d.City}, q.Cities) || overlap([]string{d.State}, q.States) ||
		overlap([]string{d.Hub}, q.Hubs)
}

func within(d search.Doc, n search.Node, r search.Range) bool {
	return slices.ContainsFunc(d.Prices[n], r.Holds)
}

func overlap(have, want []string) bool {
	return slices.ContainsFunc(have, func(v string) bool { return slices.Contains(want, search.Key(v)) })
}

func hit(d search.Doc, q search.Query) search.Hit {
	h := search.Hit{ID: d.ID}
	for _, p := range d.Prices[q.Node] {
		if q.Price.Holds(p) {
			h.From = p
			break
		}
	}
	if q.Near != nil && d.Lat != nil {
		km := search.Distance(q.Near.Lat, q.Near.Lng, *d.Lat, *d.Lng)
		h.KM = &km
	}
	return h
}

func order(docs []search.Doc, q search.Query) {
	slices.SortFunc(docs, func(a, b search.Doc) int {
		first := 0
		if q.Text != "" {
			first = Typos(a, q.Text) - Typos(b, q.Text)
		}
		return cmp.Or(first, chosen(a, b, q), cmp.Compare(a.Ord, b.Ord))
	})
}

func chosen(a, b search.Doc, q search.Query) int {
	switch q.Sort {
	case search.NameAsc:
		return strings.Compare(search.NameKey(a.Name), search.NameKey(b.Name))
	case search.PriceAsc:
		return cmp.Compare(lastIfNone(hit(a, q).From), lastIfNone(hit(b, q).From))
	case search.Nearest:
		return cmp.Compare(far(hit(a, q).KM), far(hit(b, q).KM))
	}
	return cmp.Or(cmp.Compare(b.Complete, a.Complete), cmp.Compare(a.ShuffleRank(), b.ShuffleRank()))
}

func lastIfNone(price int64) int64 {
	if price == 0 {
		return search.MaxPrice + 1
	}
	return price
}

func far(km *float64) float64 {
	if km == nil {
		return 1e9
	}
	return *km
}

func count(docs []search.Doc, q search.Query, f search.Facet) []search.Count {
	n := map[string]int{}
	found := keep(docs, q, f)
	if f == search.FacetSpecialty && !q.Price.Open() {
		for _, s := range valuesOf(docs, f) {
			for _, d := range found {
				if within(d, search.SpecialtyNode(s), q.Price) {
					n[s]++
				}
			}
		}
	} else {
		for _, d := range found {
			for _, v := range values(d, f) {
				n[v]++
			}
		}
	}
	out := make([]search.Count, 0, len(n))
	for v, c := range n {
		out = append(out, search.Count{Value: v, N: c})
	}
	slices.SortFunc(out, func(a, b search.Count) int {
		return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value))
	})
	return out
}

func valuesOf(docs []search.Doc, f search.Facet) []string {
	var all []string
	for _, d := range docs {
		all = append(all, values(d, f)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func values(d search.Doc, f search.Facet) []string {
	one := func(v string) []string {
		if v == "" {
			return nil
		}
		return []string{v}
	}
	switch f {
	case search.FacetCity:
		return one(d.City)
	case search.FacetState:
		return one(d.State)
	case search.FacetHub:
		return one(d.Hub)
	case search.FacetAccreditation:
		return d.Accreditations
	case search.FacetLanguage:
		return d.Languages
	case search.FacetSpecialty:
		return d.Specialties
	}
	return d.Features
}
