package memory

import (
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// kind is an attribute with a table of values.
type kind int

const (
	city kind = iota
	state
	hub
	accreditation
	language
	specialty
	procedure
	feature
	kinds
)

var facetKind = map[search.Facet]kind{
	search.FacetCity: city, search.FacetState: state, search.FacetHub: hub,
	search.FacetAccreditation: accreditation, search.FacetLanguage: language,
	search.FacetSpecialty: specialty, search.FacetFeature: feature,
}

// generation is everything the engine knows at one moment. Nothing in it changes once it is current: an
// edit copies what it touches. A document lives in a slot, a small number that bitmaps can hold; slots
// of removed documents are used again.
type generation struct {
	number int64
	asOf   time.Time

	records []*record // by slot; nil is free
	free    []uint32

	// shown holds the documents a query may find, by what it includes beside confirmed real hospitals.
	shown  [4]*roaring.Bitmap
	values [kinds]table
	nodes  map[search.Node]uint32
	prices []*priceList // by the numbers in nodes
	words  vocabulary

	best, name, ord order
	near            nearIndex
	hints           *hints
}

// includes is the index into shown.
func includes(unconfirmed, samples bool) int {
	n := 0
	if unconfirmed {
		n |= 1
	}
	if samples {
		n |= 2
	}
	return n
}

// table holds the values of one attribute.
type table struct {
	ids  map[string]uint32 // by search.Key of the value
	list []value
}

type value struct {
	text string
	node search.Node // of a specialty: its price node
	docs *roaring.Bitmap
}

var nobody = roaring.New()

// docs is who holds the value whose key is given.
func (t *table) docs(key string) *roaring.Bitmap {
	if id, ok := t.ids[key]; ok {
		return t.list[id].docs
	}
	return nobody
}

// any is who holds at least one of the keys, appended to sets for a later union.
func (t *table) any(sets []*roaring.Bitmap, keys []string) []*roaring.Bitmap {
	for _, k := range keys {
		sets = append(sets, t.docs(k))
	}
	return sets
}

// list is the price list of a node, empty when nobody has a price there.
func (g *generation) list(n search.Node) *priceList {
	if id, ok := g.nodes[n]; ok {
		return g.prices[id]
	}
	return &noPrices
}
