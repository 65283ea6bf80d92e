package memory

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// question is a query with the sets of documents its parts allow; nil allows all.
type question struct {
	*generation
	search.Query
	lo, hi                      int64
	base                        []*roaring.Bitmap // every part that belongs to no group
	treatment, place, languages *roaring.Bitmap
	classes                     []*roaring.Bitmap // by edits of the text, cheapest first; nil without text
	spare                       dense
}

var spares = sync.Pool{New: func() any { return new(dense) }}

func (g *generation) search(q search.Query) search.Page {
	spare := spares.Get().(*dense)
	defer spares.Put(spare)
	if need := len(g.records)/64 + 1; len(*spare) < need {
		*spare = make(dense, need)
	}
	// Bands are copied into sets as long as the catalogue: what is longer must not be seen.
	asked := &question{generation: g, Query: q, spare: (*spare)[:len(g.records)/64+1]}
	return asked.answer()
}

func (q *question) answer() search.Page {
	q.lo, q.hi = q.Price.Ends()
	q.gather()
	match := q.all(q.treatment, q.place, q.languages)
	p := search.Page{Total: int(match.GetCardinality()), Number: q.Page}
	if q.PerPage > 0 {
		p.Pages = (p.Total + q.PerPage - 1) / q.PerPage
		p.Hits = q.hits(match)
	}
	p.Facets = q.facets(match)
	p.Bands = q.bands()
	return p
}

func (q *question) gather() {
	q.base = append(make([]*roaring.Bitmap, 0, 12), q.shown[includes(q.IncludeUnconfirmed, q.IncludeSamples)])
	for _, v := range q.Accreditations {
		q.base = append(q.base, q.values[accreditation].docs(v))
	}
	for _, v := range q.Features {
		q.base = append(q.base, q.values[feature].docs(v))
	}
	if q.Near != nil && q.Near.KM > 0 {
		q.base = append(q.base, q.within(*q.Near, q.spare))
	}
	if q.Text != "" {
		q.classes = q.textClasses()
		q.base = append(q.base, union(q.classes))
	}
	if q.Placed() {
		sets := q.values[city].any(nil, q.Cities)
		sets = q.values[state].any(sets, q.States)
		q.place = union(q.values[hub].any(sets, q.Hubs))
	}
	if len(q.Languages) > 0 {
		q.languages = union(q.values[language].any(nil, q.Languages))
	}
	q.treatment = q.treat()
}

func (q *question) group() *roaring.Bitmap {
	sets := q.values[procedure].any(nil, q.Procedures)
	return union(q.values[specialty].any(sets, q.Specialties))
}

// treat is who offers what is asked at the price asked.
func (q *question) treat() *roaring.Bitmap {
	var set *roaring.Bitmap
	if q.Grouped() {
		set = q.group()
	}
	if q.Price.Open() {
		return set
	}
	clear(q.spare)
	q.list(q.Node).mark(q.spare, q.lo, q.hi)
	band := roaring.FromDense(q.spare, true)
	if set != nil {
		band.And(set)
	}
	return band
}

// all is who is in the base and in every group given.
func (q *question) all(groups ...*roaring.Bitmap) *roaring.Bitmap {
	sets := append(make([]*roaring.Bitmap, 0, 16), q.base...)
	for _, g := range groups {
		if g != nil {
			sets = append(sets, g)
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	slices.SortFunc(sets, func(a, b *roaring.Bitmap) int {
		return cmp.Compare(a.GetCardinality(), b.GetCardinality())
	})
	return roaring.FastAnd(sets...)
}

// textClasses is who holds every word, by the sum of edits that takes.
func (q *question) textClasses() []*roaring.Bitmap {
	words := strings.Fields(q.Text)
	var sums []*roaring.Bitmap
	for i, w := range words {
		m := q.words.matches(w, i == len(words)-1)
		if i == 0 {
			sums = m[:]
			continue
		}
		sums = combine(sums, m)
	}
	return disjoint(sums)
}

func combine(sums []*roaring.Bitmap, m [3]*roaring.Bitmap) []*roaring.Bitmap {
	out := make([]*roaring.Bitmap, len(sums)+2)
	for c := range out {
		var sets []*roaring.Bitmap
		for e := max(0, c-len(sums)+1); e <= min(2, c); e++ {
			if both := roaring.And(sums[c-e], m[e]); !both.IsEmpty() {
				sets = append(sets, both)
			}
		}
		out[c] = union(sets)
	}
	return out
}

// disjoint keeps every document in its cheapest class and drops empty classes.
func disjoint(sums []*roaring.Bitmap) []*roaring.Bitmap {
	out := sums[:0:0]
	seen := roaring.New()
	for _, s := range sums {
		if s = roaring.AndNot(s, seen); !s.IsEmpty() {
			out = append(out, s)
			seen.Or(s)
		}
	}
	return out
}
