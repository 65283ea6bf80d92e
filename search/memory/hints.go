package memory

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"carecorridor/search"
)

// hints answers suggestions. Entries are numbered by kind, then weight, so that the lowest numbers of a
// set are the best lines.
type hints struct {
	entries []search.Entry
	text    []string   // folded
	aliases [][]string // folded
	words   vocabulary
	ends    map[search.Kind]uint32     // where the entries of a kind end
	begins  map[string]*roaring.Bitmap // who has a word that begins with these one or two letters
}

// looked is how many entries of one kind are ranked for one answer, heaviest first.
const looked = 300

func newHints(entries []search.Entry) *hints {
	entries = distinct(entries)
	slices.SortFunc(entries, func(a, b search.Entry) int {
		return cmp.Or(
			cmp.Compare(slices.Index(search.Kinds, a.Kind), slices.Index(search.Kinds, b.Kind)),
			cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Text, b.Text), strings.Compare(a.Slug, b.Slug))
	})
	h := &hints{entries: entries, ends: map[search.Kind]uint32{}}
	words := map[string]*roaring.Bitmap{}
	for i, e := range entries {
		h.ends[e.Kind] = uint32(i + 1)
		h.text = append(h.text, search.NameKey(e.Text))
		folded := make([]string, len(e.Aliases))
		for j, a := range e.Aliases {
			folded[j] = search.NameKey(a)
		}
		h.aliases = append(h.aliases, folded)
		for _, s := range append([]string{h.text[i], search.NameKey(e.Sub)}, folded...) {
			for w := range strings.FieldsSeq(s) {
				if words[w] == nil {
					words[w] = roaring.New()
				}
				words[w].Add(uint32(i))
			}
		}
	}
	h.words = h.words.with(words)
	h.begin()
	return h
}

// begin unites beforehand what the first two letters typed would have to unite each time.
func (h *hints) begin() {
	h.begins = map[string]*roaring.Bitmap{}
	for i, w := range h.words.words {
		letters := 0
		for at, r := range w {
			if letters++; letters > 2 {
				break
			}
			prefix := w[:at+utf8.RuneLen(r)]
			if h.begins[prefix] == nil {
				h.begins[prefix] = roaring.New()
			}
			h.begins[prefix].Or(h.words.docs[i])
		}
	}
}

// distinct is entries of known kinds, the last of each kind and slug.
func distinct(entries []search.Entry) []search.Entry {
	type key struct {
		kind search.Kind
		slug string
	}
	at := make(map[key]int, len(entries))
	out := make([]search.Entry, 0, len(entries))
	for _, e := range entries {
		k := key{e.Kind, e.Slug}
		if i, twice := at[k]; twice {
			out[i] = e
		} else if slices.Contains(search.Kinds, e.Kind) {
			at[k] = len(out)
			out = append(out, e)
		}
	}
	return out
}

// suggest gives at most perKind lines of each kind. Near misses (one edit in words of five letters and
// more) are looked for only when nothing is spelt that way.
func (h *hints) suggest(text string, perKind int) []search.Suggestion {
	q, err := search.Query{Text: text}.Normalise()
	if err != nil || q.Text == "" {
		return nil
	}
	words := strings.Fields(q.Text)
	found := h.find(words, false)
	if found.IsEmpty() {
		found = h.find(words, true)
	}
	var out []search.Suggestion
	it := found.Iterator()
	for _, k := range search.Kinds {
		for _, id := range h.rank(it, k, q.Text, perKind) {
			e := h.entries[id]
			out = append(out, search.Suggestion{Kind: e.Kind, Slug: e.Slug, Text: e.Text, Sub: e.Sub})
		}
	}
	return out
}

func (h *hints) find(words []string, near bool) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for i, w := range words {
		last := i == len(words)-1
		var with []*roaring.Bitmap
		if lo, hi := h.words.beginning(w); last && h.begins[w] != nil {
			with = append(with, h.begins[w])
		} else if last {
			with = slices.Clone(h.words.docs[lo:hi])
		} else if lo < hi && h.words.words[lo] == w {
			with = append(with, h.words.docs[lo])
		}
		if near && edits(w) > 0 {
			h.words.near(w, 1, last, func(i, _ int) { with = append(with, h.words.docs[i]) })
		}
		sets = append(sets, union(with))
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastAnd(sets...)
}

// rank is the best n entries of kind k that it comes to next.
func (h *hints) rank(it roaring.IntPeekable, k search.Kind, text string, n int) []uint32 {
	type scored struct {
		class int
		id    uint32
	}
	var all []scored
	for it.HasNext() && len(all) < looked && h.entries[it.PeekNext()].Kind == k {
		id := it.Next()
		all = append(all, scored{h.class(id, text), id})
	}
	if len(all) == looked {
		it.AdvanceIfNeeded(h.ends[k])
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Or(a.class-b.class, cmp.Compare(a.id, b.id)) })
	out := make([]uint32, 0, n)
	for _, s := range all[:min(n, len(all))] {
		out = append(out, s.id)
	}
	return out
}

// class is how well entry id fits: 0 the very words, then a name, an alias or a word that begins so.
func (h *hints) class(id uint32, text string) int {
	name, aliases := h.text[id], h.aliases[id]
	switch {
	case name == text || slices.Contains(aliases, text):
		return 0
	case strings.HasPrefix(name, text):
		return 1
	case slices.ContainsFunc(aliases, func(a string) bool { return strings.HasPrefix(a, text) }):
		return 2
	case strings.Contains(name, text):
		return 3
	}
	return 4
}
