package memory

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// priced is one price of one document on a node. prev is the document's next lower price there, -1 when
// there is none: inside a band, the entry whose prev lies outside is the document's first.
type priced struct {
	price, prev int64
	slot        uint32
}

// blockSize is how many entries one precomputed set covers.
const blockSize = 1024

// priceList is the prices of one node, by price, then ord. For long lists tiers[k][i] is the set of
// slots in the 2^k blocks from block i on, so that any stretch is the union of two sets and two edges.
type priceList struct {
	entries []priced
	docs    *roaring.Bitmap
	tiers   [][]dense
}

var noPrices = priceList{docs: nobody}

func newPriceList(entries []priced, docs *roaring.Bitmap) *priceList {
	l := &priceList{entries: entries, docs: docs}
	if n := len(entries) / blockSize; n > 1 {
		l.tiers = buildTiers(entries, n, docs)
	}
	return l
}

func buildTiers(entries []priced, n int, docs *roaring.Bitmap) [][]dense {
	size := int(docs.Maximum())/64 + 1
	first := make([]dense, n)
	for i := range first {
		first[i] = make(dense, size)
		for _, e := range entries[i*blockSize : (i+1)*blockSize] {
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
	a, b := (i+blockSize-1)/blockSize, min(j/blockSize, l.blocks())
	if a >= b {
		markEntries(set, l.entries[i:j])
		return
	}
	k := bits.Len(uint(b-a)) - 1
	set.or(l.tiers[k][a])
	set.or(l.tiers[k][b-1<<k])
	markEntries(set, l.entries[i:a*blockSize])
	markEntries(set, l.entries[b*blockSize:j])
}

func (l *priceList) blocks() int {
	if l.tiers == nil {
		return 0
	}
	return len(l.tiers[0])
}

func markEntries(set dense, entries []priced) {
	for _, e := range entries {
		set.add(e.slot)
	}
}

// count is how many documents of base have a price in lo..hi. spare is a set to work in.
func (l *priceList) count(base, spare dense, lo, hi int64) int {
	i, j := l.stretch(lo, hi)
	if j-i > 2*blockSize && l.tiers != nil {
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

// with is l without the entries of slots in gone and with more; ords breaks ties.
func (l *priceList) with(gone dense, more []priced, ords func(uint32) int64) *priceList {
	less := func(a, b priced) int {
		return cmp.Or(cmp.Compare(a.price, b.price), cmp.Compare(ords(a.slot), ords(b.slot)))
	}
	slices.SortFunc(more, less)
	docs := l.docs.Clone()
	out, rest := make([]priced, 0, len(l.entries)+len(more)), more
	for _, e := range l.entries {
		if gone.has(e.slot) {
			docs.Remove(e.slot)
			continue
		}
		for len(rest) > 0 && less(rest[0], e) < 0 {
			out, rest = append(out, rest[0]), rest[1:]
		}
		out = append(out, e)
	}
	for _, e := range more {
		docs.Add(e.slot)
	}
	return newPriceList(append(out, rest...), docs)
}
