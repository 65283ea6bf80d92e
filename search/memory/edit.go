package memory

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// edit makes the next generation out of the current one. Slices of pointers are copied once at the start;
// what they point to is copied when it is first touched.
type edit struct {
	g     *generation
	old   *generation // nil when there was none
	fresh bool        // nothing is shared with readers yet
	owned map[*roaring.Bitmap]bool

	gone, added map[uint32]bool
	found       map[string]int     // slots of ids this edit has touched, -1 when removed
	dirty       map[uint32]*change // by node
	newWords    map[string]*roaring.Bitmap
}

func emptyGeneration() *generation {
	g := &generation{nodes: map[search.Node]uint32{}, hints: &hints{}}
	for k := range g.values {
		g.values[k].ids = map[string]uint32{}
	}
	for i := range g.shown {
		g.shown[i] = roaring.New()
	}
	return g
}

func startEdit(old *generation) *edit {
	ed := &edit{
		owned: map[*roaring.Bitmap]bool{}, gone: map[uint32]bool{}, added: map[uint32]bool{},
		found: map[string]int{}, dirty: map[uint32]*change{}, newWords: map[string]*roaring.Bitmap{},
	}
	if old == nil {
		ed.g, ed.fresh = emptyGeneration(), true
		return ed
	}
	g := *old
	g.records, g.free = slices.Clone(old.records), slices.Clone(old.free)
	g.nodes = maps.Clone(old.nodes)
	g.prices = slices.Clone(old.prices)
	g.words.docs = slices.Clone(old.words.docs)
	for k := range g.values {
		g.values[k].ids = maps.Clone(old.values[k].ids)
		g.values[k].list = slices.Clone(old.values[k].list)
	}
	ed.g, ed.old = &g, old
	return ed
}

// own makes the bitmap behind p safe to change.
func (ed *edit) own(p **roaring.Bitmap) *roaring.Bitmap {
	if !ed.fresh && !ed.owned[*p] {
		*p = (*p).Clone()
		ed.owned[*p] = true
	}
	return *p
}

func (ed *edit) remove(ids []string) {
	for _, id := range ids {
		if slot, ok := ed.find(id); ok {
			ed.clear(slot)
			ed.found[id] = -1
			ed.g.free = append(ed.g.free, slot)
		}
	}
}

// find is the slot of a document by its id. Orders are those of before the edit, so what it touched is
// kept apart.
func (ed *edit) find(id string) (slot uint32, ok bool) {
	if at, touched := ed.found[id]; touched {
		return uint32(max(at, 0)), at >= 0
	}
	ord, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, false
	}
	g := ed.g
	i, ok := slices.BinarySearchFunc(g.ord.perm, ord, func(slot uint32, ord int64) int {
		return cmp.Compare(ed.before(slot).ord, ord)
	})
	if !ok || ed.before(g.ord.perm[i]).id != id {
		return 0, false
	}
	return g.ord.perm[i], true
}

// before is the record that stood in slot when the edit began.
func (ed *edit) before(slot uint32) *record { return ed.old.records[slot] }

// clear takes the record in slot out of everything.
func (ed *edit) clear(slot uint32) {
	r := ed.g.records[slot]
	for i := range ed.g.shown {
		ed.own(&ed.g.shown[i]).Remove(slot)
	}
	for k := range kinds {
		for _, v := range r.of(k) {
			ed.own(&ed.g.values[k].list[v].docs).Remove(slot)
		}
	}
	for _, w := range r.words {
		ed.own(ed.word(w)).Remove(slot)
	}
	again := ed.added[slot]
	r.eachPrice(slot, func(n uint32, e priced) {
		c := ed.changeOf(n)
		if again {
			c.come = slices.DeleteFunc(c.come, func(o priced) bool { return o.slot == slot })
		} else {
			c.gone = append(c.gone, e)
		}
	})
	ed.g.records[slot] = nil
	delete(ed.added, slot)
	ed.gone[slot] = true
}

func (ed *edit) upsert(docs []search.Doc) {
	for _, d := range docs {
		slot, ok := ed.find(d.ID)
		if ok {
			ed.clear(slot)
		} else {
			slot = ed.slot()
		}
		ed.put(slot, ed.record(d))
	}
}

func (ed *edit) slot() uint32 {
	if n := len(ed.g.free); n > 0 {
		slot := ed.g.free[n-1]
		ed.g.free = ed.g.free[:n-1]
		return slot
	}
	ed.g.records = append(ed.g.records, nil)
	return uint32(len(ed.g.records) - 1)
}

// put enters r into everything under slot.
func (ed *edit) put(slot uint32, r *record) {
	ed.g.records[slot] = r
	ed.found[r.id] = int(slot)
	ed.added[slot] = true
	for i := range ed.g.shown {
		if r.shown&(1<<i) != 0 {
			ed.own(&ed.g.shown[i]).Add(slot)
		}
	}
	for k := range kinds {
		for _, v := range r.of(k) {
			ed.own(&ed.g.values[k].list[v].docs).Add(slot)
		}
	}
	for _, w := range r.words {
		ed.own(ed.word(w)).Add(slot)
	}
	r.eachPrice(slot, func(n uint32, e priced) {
		c := ed.changeOf(n)
		c.come = append(c.come, e)
	})
}

func (ed *edit) changeOf(node uint32) *change {
	c := ed.dirty[node]
	if c == nil {
		c = &change{}
		ed.dirty[node] = c
	}
	return c
}

// word is where the bitmap of w is kept.
func (ed *edit) word(w string) **roaring.Bitmap {
	if i, ok := slices.BinarySearch(ed.g.words.words, w); ok {
		return &ed.g.words.docs[i]
	}
	b := ed.newWords[w]
	if b == nil {
		b = roaring.New()
		ed.owned[b] = true
		ed.newWords[w] = b
	}
	return &b
}

// finish sorts in what changed and closes the edit.
func (ed *edit) finish(number int64, now time.Time) *generation {
	g := ed.g
	g.number, g.asOf = number, now
	g.words = g.words.with(ed.newWords)
	gone := make(dense, len(g.records)/64+1)
	for slot := range ed.gone {
		gone.add(slot)
	}
	was := func(slot uint32) int64 { return ed.before(slot).ord }
	is := func(slot uint32) int64 { return g.records[slot].ord }
	for n, c := range ed.dirty {
		g.prices[n] = g.prices[n].with(c, was, is)
	}
	added := slices.Sorted(maps.Keys(ed.added))
	g.best = g.best.with(g, gone, added, byBest)
	g.name = g.name.with(g, gone, added, byName)
	g.ord = g.ord.with(g, gone, added, byOrd)
	g.near = g.near.with(g, gone, added)
	return g
}
