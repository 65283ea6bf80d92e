package memory

import (
	"cmp"
	"slices"
)

// order is all documents in one order: perm by place, rank by slot.
type order struct{ perm, rank []uint32 }

func byBest(a, b *record) int {
	return cmp.Or(cmp.Compare(b.complete, a.complete), cmp.Compare(a.shuffle, b.shuffle), cmp.Compare(a.ord, b.ord))
}

func byName(a, b *record) int {
	return cmp.Or(cmp.Compare(a.nameKey, b.nameKey), cmp.Compare(a.ord, b.ord))
}

func byOrd(a, b *record) int { return cmp.Compare(a.ord, b.ord) }

func byLatitude(a, b *record) int {
	return cmp.Or(cmp.Compare(a.lat, b.lat), cmp.Compare(a.ord, b.ord))
}

// with is o without the slots in gone and with added in their places.
func (o order) with(g *generation, gone dense, added []uint32, less func(a, b *record) int) order {
	perm := mergeOrder(g, o.perm, gone, added, less)
	rank := make([]uint32, len(g.records))
	for i, slot := range perm {
		rank[slot] = uint32(i)
	}
	return order{perm, rank}
}

func mergeOrder(g *generation, old []uint32, gone dense, added []uint32, less func(a, b *record) int) []uint32 {
	added = slices.Clone(added)
	slices.SortFunc(added, func(a, b uint32) int { return less(g.records[a], g.records[b]) })
	kept := make([]uint32, 0, len(old)+len(added))
	for _, slot := range old {
		if !gone.has(slot) {
			kept = append(kept, slot)
		}
	}
	if len(kept) == 0 {
		return added
	}
	return mergeSorted(kept, added, func(a, b uint32) int { return less(g.records[a], g.records[b]) })
}

// mergeSorted puts the few of more into the many of kept, looking each one's place up.
func mergeSorted(kept, more []uint32, less func(a, b uint32) int) []uint32 {
	out := make([]uint32, 0, len(kept)+len(more))
	for _, m := range more {
		i, _ := slices.BinarySearchFunc(kept, m, less)
		out = append(append(out, kept[:i]...), m)
		kept = kept[i:]
	}
	return append(out, kept...)
}
