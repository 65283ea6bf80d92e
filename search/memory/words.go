package memory

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// vocabulary is every word, sorted, and who holds it.
type vocabulary struct {
	words []string
	docs  []*roaring.Bitmap
}

// with is v with fresh words sorted in.
func (v vocabulary) with(fresh map[string]*roaring.Bitmap) vocabulary {
	if len(fresh) == 0 {
		return v
	}
	out := vocabulary{
		make([]string, 0, len(v.words)+len(fresh)),
		make([]*roaring.Bitmap, 0, len(v.words)+len(fresh)),
	}
	from := 0
	for _, w := range slices.Sorted(maps.Keys(fresh)) {
		i, _ := slices.BinarySearch(v.words, w)
		out.words = append(append(out.words, v.words[from:i]...), w)
		out.docs = append(append(out.docs, v.docs[from:i]...), fresh[w])
		from = i
	}
	out.words = append(out.words, v.words[from:]...)
	out.docs = append(out.docs, v.docs[from:]...)
	return out
}

// beginning is the stretch [i, j) of words that begin with prefix.
func (v *vocabulary) beginning(prefix string) (i, j int) {
	i, _ = slices.BinarySearch(v.words, prefix)
	j = i + sort.Search(len(v.words)-i, func(k int) bool { return !strings.HasPrefix(v.words[i+k], prefix) })
	return i, j
}

// edits is how many edits a word of that many letters forgives (search.md §4).
func edits(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 5:
		return 0
	case n < 9:
		return 1
	}
	return 2
}

// matches sorts who holds word, or with prefix a word that begins with it, by the edits that takes:
// exact first, then one, then two. A wrong first letter counts as two, as it does in Meilisearch.
func (v *vocabulary) matches(word string, prefix bool) (byCost [3]*roaring.Bitmap) {
	var sets [3][]*roaring.Bitmap
	if prefix {
		i, j := v.beginning(word)
		sets[0] = v.docs[i:j]
	} else if i, ok := slices.BinarySearch(v.words, word); ok {
		sets[0] = v.docs[i : i+1]
	}
	if k := edits(word); k > 0 {
		v.near(word, k, prefix, func(i, cost int) { sets[cost] = append(sets[cost], v.docs[i]) })
	}
	for c := range sets {
		byCost[c] = union(sets[c])
	}
	return byCost
}

func union(sets []*roaring.Bitmap) *roaring.Bitmap {
	switch len(sets) {
	case 0:
		return nobody
	case 1:
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// near calls found for every word one to k edits away, cheapest reading first counted.
func (v *vocabulary) near(word string, k int, prefix bool, found func(i, cost int)) {
	w := newWalk(word, k, prefix)
	i, end := 0, len(v.words)
	if k == 1 {
		_, size := utf8.DecodeRuneInString(word)
		i, end = v.beginning(word[:size])
	}
	for i < end {
		cost, dead := w.step(v.words[i])
		next := i + 1
		if dead != "" {
			// All words beginning like this one fare the same: none gets nearer from here on.
			next = i + sort.Search(end-i, func(n int) bool { return !strings.HasPrefix(v.words[i+n], dead) })
		}
		for ; i < next; i++ {
			if cost >= 1 && cost <= k {
				found(i, cost)
			}
		}
	}
}
