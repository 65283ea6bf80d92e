package resolver

import (
	"strings"
	"unicode/utf8"
)

// vocabulary is every single word anybody may have meant.
type vocabulary struct {
	known    map[string]bool     // as typed
	names    map[string]bool     // of hospitals
	everyday map[string]bool     // words of other walks of life: not repaired, but said to be unknown
	words    *words              // and by meaning
	buckets  map[int][]candidate // by first letter and length
	sounds   map[string]string   // how a word sounds -> the word
}

// candidate is a word as it is written back, folded as it is compared, and as it sounds.
type candidate struct {
	word, folded, sound string
	uses                int
}

// Shortest words that are repaired, and from what length two slips are allowed.
const (
	shortestRepair = 4
	longestRepair  = 40
	twoSlips       = 8
	longTown       = 8 // names of small towns shorter than this look too much like other words
)

func buildVocabulary(l *lexicon, slots *slotTable, names, more []string) *vocabulary {
	v := &vocabulary{known: map[string]bool{}, names: map[string]bool{}, everyday: map[string]bool{}, words: l.words, buckets: map[int][]candidate{}, sounds: map[string]string{}}
	for _, list := range [][]string{names, more} {
		for _, n := range list {
			for w := range strings.FieldsSeq(phrase(n)) {
				v.names[w] = true
			}
		}
	}
	uses := map[string]int{}
	for _, table := range []map[string]slotWord{slots.phrases, slots.uk} {
		for p, sw := range table {
			for w := range strings.FieldsSeq(p) {
				v.known[w] = true
				if sw.slot != SlotPlace || len(w) >= longTown {
					uses[w] += 5
				}
			}
		}
	}
	for _, p := range slots.wellKnown {
		for w := range strings.FieldsSeq(p) {
			uses[w] += 20
		}
	}
	for p := range l.words.phrases {
		for w := range strings.FieldsSeq(p) {
			v.known[w] = true
		}
	}
	for f, id := range l.words.ids {
		if l.acronyms[f] || f == "" {
			continue
		}
		n := 1
		if int(id) < len(l.postings) {
			n += len(l.postings[id])
		}
		if fold(l.words.names[id]) == f {
			n += 5
		}
		switch r := l.words.roles[id]; {
		case r >= filler:
			n = 0
		case r > mod:
			n += 50 // everybody writes "doctor" and "surgery"
		}
		uses[f] += n
	}
	for w, n := range uses {
		if len(w) >= shortestRepair {
			c := candidate{word: w, folded: fold(w), sound: phonetic(fold(w)), uses: n}
			k := bucket(w[0], len(c.folded))
			v.buckets[k] = append(v.buckets[k], c)
			if other := v.sounds[c.sound]; len(c.sound) > 2 && (n > uses[other] || n == uses[other] && w < other) {
				v.sounds[c.sound] = w
			}
		}
	}
	return v
}

// learn keeps the words of signs and currencies, and everyday words, from ever being repaired.
func (v *vocabulary) learn(signs *signTable, everyday []string) {
	for w := range signs.words {
		v.everyday[w] = true
	}
	for w := range currencies {
		v.known[w] = true
		v.everyday[w] = true
	}
	for _, w := range everyday {
		v.everyday[w] = true
	}
}

func bucket(first byte, length int) int { return int(first)<<8 | length }

// repair rewrites words that nobody knows into the nearest one that somebody may have meant.
func (v *vocabulary) repair(s *scratch, out *Resolution) {
	for i := range s.toks {
		t := &s.toks[i]
		if t.used || t.kind != word || len(t.norm) < shortestRepair || len(t.norm) > longestRepair || !latin(t.norm) || v.understands(t.norm) || v.everyday[t.norm] || v.half(s.toks, i) {
			continue
		}
		if a, b, ok := v.split(t.norm); ok {
			s.toks = splitToken(s.toks, i, a, b)
			continue
		}
		if w := single(t.norm); w != t.norm && v.telling(w) {
			t.norm = w
			continue
		}
		if w := v.nearest(s, t.norm); w != "" {
			t.norm, t.repaired = w, true
			if id := v.words.find(fold(w)); id == noWord || v.words.roles[id] < filler {
				out.DidYouMean = append(out.DidYouMean, Correction{Typed: t.raw, Meant: w})
			}
		}
	}
}

// single is w without a doubled last letter ("hipp").
func single(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] {
		return w[:n-1]
	}
	return w
}

// latin is true of words that slips of the pen are looked for in: in other scripts a letter is several bytes.
func latin(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (v *vocabulary) understands(w string) bool {
	return v.known[w] || v.names[w] || v.words.find(fold(w)) != noWord
}

// half is true of a word that makes a known one with its neighbour ("pace maker").
func (v *vocabulary) half(toks []token, i int) bool {
	if i > 0 && toks[i-1].kind == word && v.words.find(fold(toks[i-1].norm+toks[i].norm)) != noWord {
		return true
	}
	return i+1 < len(toks) && toks[i+1].kind == word && v.words.find(fold(toks[i].norm+toks[i+1].norm)) != noWord
}

// split reads a word as two known ones run together ("kneereplacement").
func (v *vocabulary) split(w string) (a, b string, ok bool) {
	for i := len(w) - 2; i >= 3; i-- {
		a, b = w[:i], w[i:]
		if v.telling(a) && v.telling(b) {
			return a, b, true
		}
	}
	return "", "", false
}

// telling is true of a word with a medical meaning, long enough to stand alone.
func (v *vocabulary) telling(w string) bool {
	id := v.words.find(fold(w))
	if id == noWord || len(w) < 3 && w != "op" {
		return false
	}
	r := v.words.roles[id]
	return r == part || r == act || r == weak || r == mod || r == content && len(w) >= 4 || r.who() && len(w) > 3
}

func splitToken(toks []token, i int, a, b string) []token {
	if len(toks) >= maxTokens {
		return toks
	}
	t := toks[i]
	cut := t.start + (t.end-t.start)*len(a)/(len(a)+len(b))
	rest := append([]token{}, toks[i+1:]...)
	toks = append(toks[:i], token{norm: a, raw: a, start: t.start, end: cut}, token{norm: b, raw: b, start: cut, end: t.end})
	return append(toks, rest...)
}

// nearest is the word w was most likely meant to be, "" for none.
func (v *vocabulary) nearest(s *scratch, w string) string {
	slips := 1
	if len(w) >= twoSlips {
		slips = 2
	}
	f := fold(w)
	sounds := phonetic(f)
	best := v.among(s, w, sounds, w[0], slips)
	if best == "" && f != w {
		best = v.among(s, f, sounds, f[0], slips)
	}
	if best == "" {
		if c, ok := v.sounds[sounds]; ok && len(w) > shortestRepair && c[0] == w[0] {
			return c
		}
		if len(w) >= 6 {
			best = v.otherFirst(s, w, sounds)
		}
	}
	return best
}

func (v *vocabulary) among(s *scratch, w, sounds string, first byte, slips int) string {
	best, bestScore := "", float32(slips)+1
	uses := 0
	for n := max(shortestRepair, len(w)-slips); n <= len(w)+slips; n++ {
		for _, c := range v.buckets[bucket(first, n)] {
			d := s.distance(w, c.folded, slips+1)
			if d > slips || len(w) == shortestRepair && n <= len(w) && d > 0 {
				continue
			}
			score := float32(d)
			if c.sound == sounds {
				score -= 0.5
			}
			if score < bestScore || score == bestScore && (c.uses > uses || c.uses == uses && c.word < best) {
				best, bestScore, uses = c.word, score, c.uses
			}
		}
	}
	return best
}

// otherFirst allows a wrong or missing first letter, one slip in all.
func (v *vocabulary) otherFirst(s *scratch, w, sounds string) string {
	for first := byte('a'); first <= 'z'; first++ {
		if first == w[0] {
			continue
		}
		if c := v.among(s, w, sounds, first, 1); c != "" {
			return c
		}
	}
	return ""
}
