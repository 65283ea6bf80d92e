package memory

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// hits is the page asked for of match. Exact matches of the text come before near ones.
func (q *question) hits(match *roaring.Bitmap) []search.Hit {
	offset := (q.Page - 1) * q.PerPage
	if offset >= int(match.GetCardinality()) {
		return nil
	}
	p := &picker{question: q, skip: offset, want: q.PerPage, slots: make([]uint32, 0, q.PerPage)}
	if len(q.classes) == 0 {
		p.class(match)
	}
	for _, c := range q.classes {
		if p.want > len(p.slots) {
			p.class(roaring.And(c, match))
		}
	}
	out := make([]search.Hit, len(p.slots))
	for i, slot := range p.slots {
		out[i] = q.hit(q.records[slot])
	}
	return out
}

func (q *question) hit(r *record) search.Hit {
	h := search.Hit{ID: r.id}
	if id, ok := q.nodes[q.Node]; ok {
		h.From, _ = search.From(r.at(id), q.Price)
	}
	if q.Near != nil {
		h.KM = r.km(*q.Near)
	}
	return h
}

// picker takes want slots after the first skip, class after class.
type picker struct {
	*question
	skip, want int
	slots      []uint32
}

// class goes on with the documents of set in the order asked for.
func (p *picker) class(set *roaring.Bitmap) {
	if size := int(set.GetCardinality()); p.skip >= size {
		p.skip -= size
		return
	}
	switch p.Sort {
	case search.NameAsc:
		p.ordered(set, p.name)
	case search.PriceAsc:
		p.priced(set)
	case search.Nearest:
		p.nearest(set)
	default:
		p.ordered(set, p.best)
	}
}

func (p *picker) full() bool { return len(p.slots) == p.want }

// take is one more slot in order.
func (p *picker) take(slot uint32) {
	if p.skip > 0 {
		p.skip--
		return
	}
	p.slots = append(p.slots, slot)
}

// walkable reports whether going along all of n in order until the page is full costs less than sorting
// the size documents that match: about 8 ns a look against 4 ns a document.
func (p *picker) walkable(n, size int) bool {
	need := p.skip + p.want - len(p.slots)
	return need > 400 || need*n*2 < size*size
}

func (p *picker) ordered(set *roaring.Bitmap, o order) {
	size := int(set.GetCardinality())
	if !p.walkable(len(o.perm), size) {
		p.smallest(set, func(slot uint32) float64 { return float64(o.rank[slot]) })
		return
	}
	for _, slot := range o.perm {
		if p.full() {
			return
		}
		if set.Contains(slot) {
			p.take(slot)
		}
	}
}

// priced takes documents by their first price in the band, then those without any.
func (p *picker) priced(set *roaring.Bitmap) {
	l := p.list(p.Node)
	with := set
	if p.Price.Open() {
		with = roaring.And(set, l.docs)
	}
	if size := int(with.GetCardinality()); p.skip >= size {
		p.skip -= size
	} else {
		p.byPrice(with, l, size)
	}
	if !p.full() && p.Price.Open() {
		p.ordered(roaring.AndNot(set, l.docs), p.ord)
	}
}

func (p *picker) byPrice(set *roaring.Bitmap, l *priceList, size int) {
	i, j := l.stretch(p.lo, p.hi)
	if !p.walkable(j-i, size) {
		node := p.nodes[p.Node]
		p.smallest(set, func(slot uint32) float64 {
			price, _ := search.From(p.records[slot].at(node), p.Price)
			return float64(price)
		})
		return
	}
	for _, e := range l.entries[i:j] {
		if p.full() {
			return
		}
		if e.prev < p.lo && set.Contains(e.slot) {
			p.take(e.slot)
		}
	}
}

func (p *picker) nearest(set *roaring.Bitmap) {
	here := unit(p.Near.Lat, p.Near.Lng)
	p.smallest(set, func(slot uint32) float64 {
		if r := p.records[slot]; r.hasPoint {
			return gap(r.vec, here)
		}
		return 5 // farther than any two points of the unit sphere
	})
}

type keyed struct {
	key  float64
	ord  int64
	slot uint32
}

func byKey(a, b keyed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.ord, b.ord)) }

// smallest takes documents by key, then ord, keeping no more than the page needs (and as many again).
func (p *picker) smallest(set *roaring.Bitmap, key func(slot uint32) float64) {
	need := p.skip + p.want - len(p.slots)
	top := make([]keyed, 0, min(2*need+64, int(set.GetCardinality())))
	worst := 1e300
	for it := set.Iterator(); it.HasNext(); {
		slot := it.Next()
		k := key(slot)
		if k > worst {
			continue
		}
		if top = append(top, keyed{k, p.records[slot].ord, slot}); len(top) == 2*need+64 {
			slices.SortFunc(top, byKey)
			top = top[:need]
			worst = top[need-1].key
		}
	}
	slices.SortFunc(top, byKey)
	for _, t := range top {
		if p.full() {
			return
		}
		p.take(t.slot)
	}
}
