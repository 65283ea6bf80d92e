package memory

import (
	"slices"

	"carecorridor/search"
)

// record is a document in the few bytes the engine needs again: to answer a hit and to undo itself.
type record struct {
	id       string
	ord      int64
	shuffle  int64
	nameKey  string
	words    []string
	complete int
	shown    uint8 // bit i: in generation.shown[i]
	hasPoint bool
	lat, lng float64
	vec      [3]float64 // the point on the unit sphere

	ends   [kinds]uint16 // where each attribute's values end in values
	values []uint32

	nodes  []uint32 // ascending
	starts []uint32 // where each node's prices start
	prices []int64
}

// of is the value numbers of attribute k.
func (r *record) of(k kind) []uint32 {
	from := uint16(0)
	if k > 0 {
		from = r.ends[k-1]
	}
	return r.values[from:r.ends[k]]
}

// at is the ascending prices of node.
func (r *record) at(node uint32) []int64 {
	i, ok := slices.BinarySearch(r.nodes, node)
	if !ok {
		return nil
	}
	return r.span(i)
}

func (r *record) span(i int) []int64 {
	end := len(r.prices)
	if i+1 < len(r.starts) {
		end = int(r.starts[i+1])
	}
	return r.prices[r.starts[i]:end]
}

// eachPrice calls f with every price of r as an entry of its node's list; a price twice is one entry.
func (r *record) eachPrice(slot uint32, f func(node uint32, e priced)) {
	for i, n := range r.nodes {
		prev := int64(-1)
		for _, p := range r.span(i) {
			if p > prev {
				f(n, priced{p, prev, slot})
				prev = p
			}
		}
	}
}

func shownBits(d search.Doc) (bits uint8) {
	for i := range 4 {
		if (d.Confirmed || i&1 != 0) && (!d.Sample || i&2 != 0) {
			bits |= 1 << i
		}
	}
	return bits
}

// docWords is the distinct folded words of what text is matched on.
func docWords(d search.Doc) []string {
	w := append(search.Words(d.Name), search.Words(d.CityName)...)
	for _, doctor := range d.Doctors {
		w = append(w, search.Words(doctor)...)
	}
	slices.Sort(w)
	return slices.Compact(w)
}
