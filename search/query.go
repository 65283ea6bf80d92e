package search

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// Limits on what a caller may ask in one query beside those in search.go.
const (
	maxValues   = 64   // values in one group
	maxValue    = 120  // bytes of one value
	maxWords    = 10   // words of Text an engine looks at
	maxBands    = 24   // price bands
	MaxPrice    = 1e12 // whole rupees; above it no price is meant
	maxNodeSize = 120  // bytes of a node
)

// MaxFacetValues is how many values of one facet an engine counts at most.
const MaxFacetValues = 2000

var nodeShape = regexp.MustCompile(`^[a-z0-9]+(?:[-_~][a-z0-9]+)*$`)

// Valid reports whether n has the shape of a node: the price map is addressed by it, so nothing a
// visitor typed may pass.
func (n Node) Valid() bool { return len(n) <= maxNodeSize && nodeShape.MatchString(string(n)) }

// Normalise is q as engines want it: text reduced to folded words, groups lower-cased where they hold
// slugs, sorted and without repeats, ends of price bands in order, page and size within limits. Two
// questions that mean the same become equal. The error, if any, is ErrInvalidQuery.
func (q Query) Normalise() (Query, error) {
	if q.Node == "" {
		q.Node = Any
	}
	if !q.Node.Valid() {
		return q, fmt.Errorf("%w: node %.40q", ErrInvalidQuery, string(q.Node))
	}
	if err := q.normaliseNear(); err != nil {
		return q, err
	}
	q.Text = strings.Join(queryWords(q.Text), " ")
	q.normaliseGroups()
	q.Price = q.Price.ordered()
	q.Bands = orderedBands(q.Bands)
	q.Page = min(max(q.Page, 1), MaxPage)
	q.PerPage = min(max(q.PerPage, 0), MaxPerPage)
	return q.normaliseSort()
}

func (q *Query) normaliseNear() error {
	if q.Near == nil {
		return nil
	}
	n := *q.Near
	if !validPoint(n.Lat, n.Lng) || math.IsNaN(n.KM) {
		return fmt.Errorf("%w: point %v, %v", ErrInvalidQuery, n.Lat, n.Lng)
	}
	n.KM = min(max(n.KM, 0), MaxKM)
	q.Near = &n
	return nil
}

func (q Query) normaliseSort() (Query, error) {
	switch q.Sort {
	case "":
		q.Sort = Best
	case Best, PriceAsc, NameAsc:
	case Nearest:
		if q.Near == nil {
			q.Sort = Best
		}
	default:
		return q, fmt.Errorf("%w: sort %.40q", ErrInvalidQuery, string(q.Sort))
	}
	for _, f := range q.Facets {
		if !f.known() {
			return q, fmt.Errorf("%w: facet %.40q", ErrInvalidQuery, string(f))
		}
	}
	return q, nil
}

func (f Facet) known() bool { return slices.Contains(AllFacets, f) }

// AllFacets is every facet an engine can count.
var AllFacets = []Facet{
	FacetCity, FacetState, FacetHub, FacetAccreditation, FacetLanguage, FacetSpecialty, FacetFeature,
}

func (q *Query) normaliseGroups() {
	for _, g := range []*[]string{
		&q.Procedures, &q.Specialties, &q.Cities, &q.States, &q.Hubs,
		&q.Languages, &q.Features, &q.Accreditations,
	} {
		*g = tidy(*g)
	}
	q.Facets = slices.Clone(q.Facets)
	slices.Sort(q.Facets)
	q.Facets = slices.Compact(q.Facets)
}

// tidy sorts and deduplicates by Key, keeping at most maxValues values of at most maxValue bytes. A
// group that asked for something never becomes empty: that would ask for everything.
func tidy(in []string) []string {
	out := make([]string, 0, min(len(in), maxValues))
	for _, v := range in {
		if len(v) > maxValue {
			v = v[:maxValue]
		}
		if out = append(out, Key(v)); len(out) == maxValues {
			break
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) == 0 {
		return nil
	}
	return out
}

// Key is how values of a group are compared: case and surrounding space do not matter, bytes that are
// no text are dropped.
func Key(v string) string {
	return strings.ToLower(strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(v, "\x00", ""), "")))
}

func (r Range) ordered() Range {
	clamp := func(p *int64) *int64 {
		if p == nil {
			return nil
		}
		v := min(max(*p, 0), int64(MaxPrice))
		return &v
	}
	out := Range{clamp(r.Min), clamp(r.Max)}
	if out.Min != nil && out.Max != nil && *out.Min > *out.Max {
		out.Min, out.Max = out.Max, out.Min
	}
	return out
}

// Holds reports whether price p lies inside r.
func (r Range) Holds(p int64) bool {
	return (r.Min == nil || p >= *r.Min) && (r.Max == nil || p <= *r.Max)
}

// Ends is r with open ends replaced by the smallest and largest price there can be.
func (r Range) Ends() (lo, hi int64) {
	lo, hi = 0, int64(MaxPrice)
	if r.Min != nil {
		lo = *r.Min
	}
	if r.Max != nil {
		hi = *r.Max
	}
	return lo, hi
}

func orderedBands(in []Range) []Range {
	out := make([]Range, 0, min(len(in), maxBands))
	for _, r := range in[:min(len(in), maxBands)] {
		out = append(out, r.ordered())
	}
	return out
}

// Grouped reports whether the treatment group limits q: not when a closed price on a node of its own
// already does (a price there is a package there).
func (q Query) Grouped() bool {
	if !q.Price.Open() && q.Node != Any {
		return false
	}
	return len(q.Procedures)+len(q.Specialties) > 0
}

// Placed reports whether the place group limits q.
func (q Query) Placed() bool { return len(q.Cities)+len(q.States)+len(q.Hubs) > 0 }
