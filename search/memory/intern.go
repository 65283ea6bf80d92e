package memory

import (
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// record turns d into a record, numbering values and nodes not seen before.
func (ed *edit) record(d search.Doc) *record {
	r := &record{
		id: d.ID, ord: d.Ord, shuffle: d.ShuffleRank(), complete: d.Complete,
		nameKey: search.NameKey(d.Name), words: docWords(d), shown: shownBits(d),
	}
	if d.Lat != nil {
		r.hasPoint, r.lat, r.lng, r.vec = true, *d.Lat, *d.Lng, unit(*d.Lat, *d.Lng)
	}
	for k, texts := range [kinds][]string{
		city: {d.City}, state: {d.State}, hub: {d.Hub}, accreditation: d.Accreditations,
		language: d.Languages, specialty: d.Specialties, procedure: d.Procedures, feature: d.Features,
	} {
		r.values = ed.number(r.values, kind(k), texts)
		r.ends[k] = uint16(len(r.values))
	}
	ed.price(r, d.Prices)
	return r
}

// number appends the numbers of texts, each once.
func (ed *edit) number(to []uint32, k kind, texts []string) []uint32 {
	start := len(to)
	t := &ed.g.values[k]
	for _, text := range texts {
		key := search.Key(text)
		if key == "" {
			continue
		}
		id, ok := t.ids[key]
		if !ok {
			id = uint32(len(t.list))
			v := value{text: text, docs: roaring.New()}
			if k == specialty {
				v.node = search.SpecialtyNode(key)
			}
			ed.owned[v.docs] = true
			t.ids[key], t.list = id, append(t.list, v)
		}
		if !slices.Contains(to[start:], id) {
			to = append(to, id)
		}
	}
	return to
}

func (ed *edit) price(r *record, prices map[search.Node][]int64) {
	byNumber := make(map[uint32][]int64, len(prices))
	total := 0
	for n, list := range prices {
		if len(list) > 0 {
			byNumber[ed.node(n)] = list
			total += len(list)
		}
	}
	r.nodes = slices.Sorted(maps.Keys(byNumber))
	r.starts, r.prices = make([]uint32, 0, len(r.nodes)), make([]int64, 0, total)
	for _, n := range r.nodes {
		r.starts = append(r.starts, uint32(len(r.prices)))
		r.prices = append(r.prices, byNumber[n]...)
	}
}

func (ed *edit) node(n search.Node) uint32 {
	id, ok := ed.g.nodes[n]
	if !ok {
		id = uint32(len(ed.g.prices))
		ed.g.nodes[n], ed.g.prices = id, append(ed.g.prices, &noPrices)
	}
	return id
}
