// Package resolver turns free text ("knee op near chennai under 6k jci") into slots: procedures, specialties, places,
// price limits, certificates, languages (brief §6, search.md §5). It works on data: the catalogue's names and aliases
// (Data) and the word lists under data/. It is not an engine: it finds no hospital, and what it cannot read it leaves
// in Resolution.Text.
package resolver

import "sync"

// Limits of one question; what lies beyond is ignored.
const (
	maxBytes  = 1000
	maxTokens = 64
)

// Resolver understands text. It never changes after New and is safe for concurrent use.
type Resolver struct {
	lex   *lexicon
	slots *slotTable
	vocab *vocabulary
	signs *signTable
	pool  sync.Pool
}

// New compiles d and the embedded word lists. It takes some tens of milliseconds: make one, keep it.
func New(d Data) *Resolver {
	files := readFiles()
	w := newWords(files.words, d.Groups)
	lex := buildLexicon(d, files.treatments, w)
	slots := buildSlots(d, files)
	slots.treats = func(p string) bool { return lex.exact[p] != nil }
	r := &Resolver{lex: lex, slots: slots, vocab: buildVocabulary(lex, slots, files.names, d.Names), signs: buildSigns(files.signs)}
	r.vocab.learn(r.signs, files.everyday)
	r.pool.New = func() any { return newScratch(len(lex.terms)) }
	return r
}

// Resolve reads text. It never fails: words it does not know end up in Text or are dropped as filler.
func (r *Resolver) Resolve(text string) Resolution {
	toks := tokenise(text)
	if len(toks) == 0 {
		return Resolution{}
	}
	s := r.pool.Get().(*scratch)
	defer r.pool.Put(s)
	s.reset(toks)
	s.text = text
	var out Resolution
	readFar(s)
	readMoney(s, &out)
	dropCurrencies(s.toks)
	r.vocab.repair(s, &out)
	dropCurrencies(s.toks)
	r.signs.read(s, &out)
	r.slots.read(s, &out)
	settleFar(s, &out)
	if out.Excluded != "" {
		return out
	}
	r.lex.read(s, &out)
	r.slots.readUK(s, &out)
	r.leftovers(s, &out)
	return out
}
