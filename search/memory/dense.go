package memory

import "math/bits"

// dense is a set of slots as plain bits, for work that touches them one by one.
type dense []uint64

func (d dense) add(slot uint32) { d[slot/64] |= 1 << (slot % 64) }

func (d dense) has(slot uint32) bool {
	w := int(slot / 64)
	return w < len(d) && d[w]&(1<<(slot%64)) != 0
}

// or adds o, which may be shorter but not longer than d.
func (d dense) or(o dense) {
	d = d[:len(o)]
	for i, w := range o {
		d[i] |= w
	}
}

func (d dense) andCount(o dense) int {
	n := 0
	o = o[:min(len(o), len(d))]
	d = d[:len(o)]
	for i, w := range o {
		n += bits.OnesCount64(d[i] & w)
	}
	return n
}
