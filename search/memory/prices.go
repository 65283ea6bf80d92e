package memory

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// priced is one price of one document on a node. prev is the document's next lower price there, -1 when
// there is none: inside a band, the entry whose prev lies outside is the document's first.
type priced struct {
	price, prev int64
	slot        uint32
}

// A block is the entries one precomputed set covers: at least minBlock, and so many that a list has
// at most mostBlocks of them.
const (
	minBlock   = 1024
	mostBlocks = 64
)

// priceList is the prices of one node, by price, then ord. For long lists tiers[k][i] is the set of
// slots in the 2^k blocks from block i on, so that any stretch is the union of two sets and two edges.
type priceList struct {
	entries []priced
	docs    *roaring.Bitmap
	block   int
	tiers   [][]dense
}

var noPrices = priceList{docs: nobody}

func newPriceList(entries []priced, docs *roaring.Bitmap) *priceList {
	l := &priceList{entries: entries, docs: docs, block: max(minBlock, len(entries)/mostBlocks+1)}
	if n := len(entries) / l.block; n > 1 {
		l.tiers = buildTiers(entries, n, l.block, docs)
	}
	return l
}

func buildTiers(entries []priced, n, block int, docs *roaring.Bitmap) [][]dense {
	size := int(docs.Maximum())/64 + 1
	first := make([]dense, n)
	for i := range first {
		first[i] = make(dense, size)
		for _, e := range entries[i*block : (i+1)*block] {
			first[i].add(e.slot)
		}
	}
	tiers := [][]dense{first}
	for w := 1; 2*w <= n; w *= 2 {
		below := tiers[len(tiers)-1]
		tier := make([]dense, n-2*w+1)
		for i := range tier {
			tier[i] = slices.Clone(below[i])
			tier[i].or(below[i+w])
		}
		tiers = append(tiers, tier)
	}
	return tiers
}

// stretch is the entries with lo <= price <= hi as [i, j).
func (l *priceList) stretch(lo, hi int64) (i, j int) {
	byPrice := func(e priced, p int64) int { return cmp.Compare(e.price, p) }
	i, _ = slices.BinarySearchFunc(l.entries, lo, byPrice)
	j, _ = slices.BinarySearchFunc(l.entries, hi+1, byPrice)
	return i, max(i, j)
}

// mark adds to set every slot with a price in lo..hi.
func (l *priceList) mark(set dense, lo, hi int64) {
	i, j := l.stretch(lo, hi)
	if l.tiers == nil {
		markEntries(set, l.entries[i:j])
		return
	}
	a, b := (i+l.block-1)/l.block, min(j/l.block, len(l.tiers[0]))
	if a >= b {
		markEntries(set, l.entries[i:j])
		return
	}
	k := bits.Len(uint(b-a)) - 1
	set.or(l.tiers[k][a])
	set.or(l.tiers[k][b-1<<k])
	markEntries(set, l.entries[i:a*l.block])
	markEntries(set, l.entries[b*l.block:j])
}

func markEntries(set dense, entries []priced) {
	for _, e := range entries {
		set.add(e.slot)
	}
}

// count is how many documents of base have a price in lo..hi. spare is a set to work in.
func (l *priceList) count(base, spare dense, lo, hi int64) int {
	i, j := l.stretch(lo, hi)
	if j-i > 2*l.block && l.tiers != nil {
		clear(spare)
		l.mark(spare, lo, hi)
		return base.andCount(spare)
	}
	n := 0
	for _, e := range l.entries[i:j] {
		if e.prev < lo && base.has(e.slot) {
			n++
		}
	}
	return n
}

// change is what an edit does to one price list: entries that go and entries that come.
type change struct{ gone, come []priced }

// with is l after c. Ties go by ord: was tells it for slots of l, is for those that come. Long stretches
// between changes are copied whole.
func (l *priceList) with(c *change, was, is func(uint32) int64) *priceList {
	cut := make([]int, len(c.gone))
	for i, e := range c.gone {
		cut[i] = l.find(e)
	}
	slices.Sort(cut)
	slices.SortFunc(c.come, func(a, b priced) int {
		return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(is(a.slot), is(b.slot)))
	})
	docs := l.docs.Clone()
	for _, e := range c.gone {
		docs.Remove(e.slot)
	}
	out := make([]priced, 0, len(l.entries)+len(c.come)-len(cut))
	from := 0
	keep := func(to int) {
		for len(cut) > 0 && cut[0] < to {
			out = append(out, l.entries[from:cut[0]]...)
			from, cut = cut[0]+1, cut[1:]
		}
		out = append(out, l.entries[from:to]...)
		from = to
	}
	for _, e := range c.come {
		keep(max(from, l.place(e.price, is(e.slot), was)))
		out = append(out, e)
		docs.Add(e.slot)
	}
	keep(len(l.entries))
	return newPriceList(out, docs)
}

// find is where e stands.
func (l *priceList) find(e priced) int {
	i, _ := l.stretch(e.price, e.price)
	for l.entries[i] != e {
		i++
	}
	return i
}

// place is where a price of the document with that ord belongs.
func (l *priceList) place(price, ord int64, was func(uint32) int64) int {
	i, j := l.stretch(price, price)
	return i + sort.Search(j-i, func(n int) bool { return was(l.entries[i+n].slot) >= ord })
}
