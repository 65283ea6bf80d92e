package memory

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// facets counts each facet asked for as if nothing of its own group were chosen.
func (q *question) facets(match *roaring.Bitmap) map[search.Facet][]search.Count {
	if len(q.Facets) == 0 {
		return nil
	}
	out := make(map[search.Facet][]search.Count, len(q.Facets))
	var around *roaring.Bitmap // who matches but for the place
	for _, f := range q.Facets {
		k, base := facetKind[f], match
		switch {
		case k <= hub && q.place != nil:
			if around == nil {
				around = q.all(q.treatment, q.languages)
			}
			base = around
		case k == language && q.languages != nil:
			base = q.all(q.treatment, q.place)
		case k == specialty && !q.Price.Open():
			out[f] = sorted(q.countPriced(q.all(q.place, q.languages)))
			continue
		case k == specialty && q.treatment != nil:
			base = q.all(q.place, q.languages)
		}
		out[f] = sorted(q.count(k, base))
	}
	return out
}

// count is how many documents of base hold each value of k.
func (q *question) count(k kind, base *roaring.Bitmap) []search.Count {
	list := q.values[k].list
	if int(base.GetCardinality()) < len(list)*2 {
		return q.countEach(k, base)
	}
	out := make([]search.Count, 0, len(list))
	for _, v := range list {
		if n := int(v.docs.AndCardinality(base)); n > 0 {
			out = append(out, search.Count{Value: v.text, N: n})
		}
	}
	return out
}

// countEach goes through the few documents of base instead of all values.
func (q *question) countEach(k kind, base *roaring.Bitmap) []search.Count {
	list := q.values[k].list
	counts := make([]int32, len(list))
	for it := base.Iterator(); it.HasNext(); {
		for _, v := range q.records[it.Next()].of(k) {
			counts[v]++
		}
	}
	out := make([]search.Count, 0, len(list))
	for v, n := range counts {
		if n > 0 {
			out = append(out, search.Count{Value: list[v].text, N: int(n)})
		}
	}
	return out
}

// countPriced is how many documents of base have a price of each specialty in the band asked for.
func (q *question) countPriced(base *roaring.Bitmap) []search.Count {
	list := q.values[specialty].list
	out := make([]search.Count, 0, len(list))
	bits, done := q.denseOf(base)
	defer done()
	for _, v := range list {
		if n := q.list(v.node).count(bits, q.spare, q.lo, q.hi); n > 0 && !v.docs.IsEmpty() {
			out = append(out, search.Count{Value: v.text, N: n})
		}
	}
	return out
}

// denseOf is base as plain bits, good until done is called.
func (q *question) denseOf(base *roaring.Bitmap) (bits dense, done func()) {
	p := spares.Get().(*dense)
	if need := len(q.spare); len(*p) < need {
		*p = make(dense, need)
	}
	bits = (*p)[:len(q.spare)]
	clear(bits)
	base.WriteDenseTo(bits)
	return bits, func() { spares.Put(p) }
}

func sorted(counts []search.Count) []search.Count {
	slices.SortFunc(counts, func(a, b search.Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Value, b.Value))
	})
	return counts[:min(len(counts), search.MaxFacetValues)]
}

// bands counts, for each, who would be found with it as the price.
func (q *question) bands() []int {
	if len(q.Bands) == 0 {
		return nil
	}
	base := q.all(q.place, q.languages)
	if q.Node == search.Any && len(q.Procedures)+len(q.Specialties) > 0 {
		base = roaring.And(base, q.group())
	}
	bits, done := q.denseOf(base)
	defer done()
	out := make([]int, len(q.Bands))
	for i, b := range q.Bands {
		lo, hi := b.Ends()
		out[i] = q.list(q.Node).count(bits, q.spare, lo, hi)
	}
	return out
}
