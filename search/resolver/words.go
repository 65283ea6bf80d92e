package resolver

// role says what a word does in a treatment's name (data/words.tsv).
type role uint8

const (
	content role = iota
	act
	part
	mod
	weak
	person
	surgeon
	site
	filler
	stop
	common
	aside
)

var roles = map[string]role{
	"content": content, "act": act, "part": part, "mod": mod, "weak": weak, "person": person,
	"surgeon": surgeon, "site": site, "filler": filler, "stop": stop, "common": common, "aside": aside,
}

// strong words must all be there for a term to match.
func (r role) strong() bool { return r <= mod }

// who is true of words that say whom or what kind of place is sought.
func (r role) who() bool { return r == person || r == surgeon || r == site }

// wordID is a meaning; several spellings share one.
type wordID int32

const noWord wordID = -1

// words maps spellings to meanings.
type words struct {
	ids      map[string]wordID // folded word -> meaning
	phrases  map[string]wordID // several words, as phrase() writes them -> meaning
	longest  int               // words in the longest phrase
	names    []string
	roles    []role
	weights  []float32
	everyday map[wordID]bool // words that say little even in a treatment's name
	asides   map[wordID]bool // everyday words to be called unknown when they are not used
	fixed    map[string]bool // spellings the list has settled: groups do not change them
}

func newWords(list []row, groups []Group) *words {
	w := &words{ids: map[string]wordID{}, phrases: map[string]wordID{}, fixed: map[string]bool{}, everyday: map[wordID]bool{}, asides: map[wordID]bool{}}
	for _, r := range list {
		id := w.meaning(r.value, roles[r.kind])
		for _, t := range r.terms {
			w.spell(t, id)
		}
	}
	for s := range w.ids {
		w.fixed[s] = true
	}
	for _, g := range groups {
		id := w.find(fold(phrase(g.Canonical)))
		if id == noWord {
			continue
		}
		for _, t := range g.Terms {
			w.spell(t, id)
		}
	}
	return w
}

// meaning finds or makes the meaning called name.
func (w *words) meaning(name string, r role) wordID {
	if id, ok := w.ids[fold(name)]; ok && !w.fixed[fold(name)] {
		return id
	}
	return w.add(fold(name), name, r)
}

func (w *words) add(key, name string, r role) wordID {
	id := wordID(len(w.names))
	w.names, w.roles = append(w.names, name), append(w.roles, r)
	w.ids[key] = id
	return id
}

// spell lets t mean id unless t means something already.
func (w *words) spell(t string, id wordID) {
	p := phrase(t)
	n := countWords(p)
	if n > 1 {
		if _, ok := w.phrases[p]; !ok {
			w.phrases[p] = id
			w.longest = max(w.longest, n)
		}
		return
	}
	if _, ok := w.ids[fold(p)]; !ok && p != "" {
		w.ids[fold(p)] = id
	}
}

func (w *words) find(folded string) wordID {
	if id, ok := w.ids[folded]; ok {
		return id
	}
	return noWord
}

// intern finds the meaning of a word of a treatment's name, making one when it has none. An everyday word becomes a
// variant's: never enough by itself.
func (w *words) intern(norm string) wordID {
	f := fold(norm)
	id, ok := w.ids[f]
	switch {
	case !ok:
		return w.add(f, norm, content)
	case w.roles[id] >= common:
		said := w.roles[id] == aside
		id = w.add(f, norm, mod)
		w.everyday[id] = true
		w.asides[id] = said
		return id
	}
	return id
}

func countWords(p string) int {
	if p == "" {
		return 0
	}
	n := 1
	for i := 0; i < len(p); i++ {
		if p[i] == ' ' {
			n++
		}
	}
	return n
}
