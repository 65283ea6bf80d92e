package memory

import (
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// nearIndex is the documents with coordinates by latitude, their points beside them.
type nearIndex struct {
	slots []uint32
	lats  []float64
	vecs  [][3]float64
}

func (x nearIndex) with(g *generation, gone dense, added []uint32) nearIndex {
	added = slices.DeleteFunc(slices.Clone(added), func(slot uint32) bool { return !g.records[slot].hasPoint })
	slots := mergeOrder(g, x.slots, gone, added, byLatitude)
	out := nearIndex{slots, make([]float64, len(slots)), make([][3]float64, len(slots))}
	old := 0
	for i, slot := range slots {
		// What was there before is mostly still in order: its numbers are beside it, its record is far.
		for old < len(x.slots) && gone.has(x.slots[old]) {
			old++
		}
		if old < len(x.slots) && x.slots[old] == slot {
			out.lats[i], out.vecs[i] = x.lats[old], x.vecs[old]
			old++
			continue
		}
		out.lats[i], out.vecs[i] = g.records[slot].lat, g.records[slot].vec
	}
	return out
}

// unit is a point on the unit sphere; straight distances there grow with distances on the ground, and
// know no antimeridian.
func unit(lat, lng float64) [3]float64 {
	const rad = math.Pi / 180
	c := math.Cos(lat * rad)
	return [3]float64{c * math.Cos(lng*rad), c * math.Sin(lng*rad), math.Sin(lat * rad)}
}

// gap is the squared straight distance of two points on the unit sphere.
func gap(a, b [3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return x*x + y*y + z*z
}

// within is the documents inside the circle of n.
func (g *generation) within(n search.Near, spare dense) *roaring.Bitmap {
	chord := 2 * math.Sin(n.KM/(2*search.EarthKM))
	limit, here := chord*chord, unit(n.Lat, n.Lng)
	degrees := n.KM/search.EarthKM*180/math.Pi + 1e-9
	x := &g.near
	i, _ := slices.BinarySearch(x.lats, n.Lat-degrees)
	clear(spare)
	for ; i < len(x.lats) && x.lats[i] <= n.Lat+degrees; i++ {
		if gap(x.vecs[i], here) <= limit {
			spare.add(x.slots[i])
		}
	}
	return roaring.FromDense(spare, true)
}

// km is the distance of r from n, nil when r has no point.
func (r *record) km(n search.Near) *float64 {
	if !r.hasPoint {
		return nil
	}
	d := search.Distance(n.Lat, n.Lng, r.lat, r.lng)
	return &d
}
