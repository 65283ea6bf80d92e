package resolver

import (
	"math"
	"slices"
	"strings"
)

func (l *lexicon) addList(list []row) {
	for _, r := range list {
		slugs := strings.Fields(r.value)
		switch r.kind {
		case "shared":
			l.shared[r.value] = append(l.shared[r.value], r.terms...)
			continue
		case "remote":
			l.remote[r.value] = r.terms[0]
			continue
		}
		t, known := tiers[r.kind]
		if !known {
			continue
		}
		for _, s := range r.terms {
			l.addListed(s, t, slugs)
		}
	}
}

// addListed adds one term of the list; of two with the same meanings the first is kept, but each counts as typed.
func (l *lexicon) addListed(s string, t tier, slugs []string) {
	own := entry{tier: t, settled: true}
	if t >= specialty {
		own.specialties = l.knownSpecialties(slugs)
	} else {
		own.procedures = l.knownProcedures(slugs)
	}
	if e := l.entryFor(s, t); e != nil && !e.settled {
		*e = own
	}
	l.nameExactly(s, own)
	l.profile(slugs, s)
}

// known… keep only slugs of the catalogue: the list may speak of more than a catalogue holds.
func (l *lexicon) knownProcedures(slugs []string) []string {
	return slices.DeleteFunc(slices.Clone(slugs), func(s string) bool { return l.procedures[s] == nil })
}

func (l *lexicon) knownSpecialties(slugs []string) []string {
	return slices.DeleteFunc(slices.Clone(slugs), func(s string) bool { return l.specialties[s] == nil })
}

func (l *lexicon) addProcedure(p Procedure) {
	own := []string{p.Slug}
	for _, sp := range p.Specialties {
		if l.specialties[sp] != nil {
			l.profile(own, l.specialties[sp].Name)
		}
	}
	l.spellOut(p)
	parts := append(variants(p.Name)[1:], strings.ReplaceAll(p.Slug, "-", " "))
	parts = slices.DeleteFunc(parts, func(s string) bool { return l.vague(s) })
	for _, s := range slices.Concat([]string{p.Name}, parts, aliasTerms(p.Aliases)) {
		l.profile(own, s)
		l.nameExactly(s, entry{tier: named, procedures: own})
		if ids := l.meanings(s); len(ids) == 1 && l.words.roles[ids[0]] > act {
			continue
		}
		if e := l.entryFor(s, named); e != nil && !e.settled {
			e.tier = named
			e.procedures = union(e.procedures, own)
		}
	}
}

func (l *lexicon) addSpecialty(sp Specialty) {
	for _, s := range append([]string{sp.Name, sp.Plain}, aliasTerms(sp.Aliases)...) {
		l.nameExactly(s, entry{tier: specialty, specialties: []string{sp.Slug}})
		if e := l.entryFor(s, specialty); e != nil && !e.settled && len(e.procedures) == 0 {
			e.specialties = union(e.specialties, []string{sp.Slug})
		}
	}
}

// spellOut remembers what an abbreviation of only this procedure stands for, so that "revision THR" is read as a
// revision of a hip replacement.
func (l *lexicon) spellOut(p Procedure) {
	var name []wordID
	for _, id := range l.meanings(variants(p.Name)[0]) {
		if l.words.roles[id].strong() {
			name = append(name, id)
		}
	}
	for _, a := range p.Aliases {
		if a.Kind != "abbreviation" {
			continue
		}
		ids := l.meanings(a.Term)
		if len(ids) != 1 || l.words.roles[ids[0]] != content {
			continue
		}
		if _, other := l.spelt[ids[0]]; other {
			name = nil
		}
		l.spelt[ids[0]] = name
	}
}

// vague is true of a part of a name ("open", "thoracic", "any valve") that says too little by itself.
func (l *lexicon) vague(s string) bool {
	ids := l.meanings(s)
	if len(ids) != 1 {
		return len(ids) == 0
	}
	return l.words.roles[ids[0]] != content || len(l.words.names[ids[0]]) < 5 && s != strings.ToUpper(s)
}

// nameExactly remembers a name of several words as it is typed. The word list, read first, is not added to; a
// specialty does not add to procedures.
func (l *lexicon) nameExactly(s string, e entry) {
	p := phrase(s)
	n := countWords(p)
	have := l.exact[p]
	switch {
	case n < 2 || len(l.meanings(s)) == 0:
	case have == nil:
		l.exact[p] = &e
		l.longest = max(l.longest, n)
	case !have.settled && have.tier == e.tier:
		have.procedures = union(have.procedures, e.procedures)
		have.specialties = union(have.specialties, e.specialties)
	}
}

func aliasTerms(as []Alias) []string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Term
	}
	return out
}

// profile remembers the meanings of s as spoken of with each procedure, to tell candidates apart by context.
func (l *lexicon) profile(slugs []string, s string) {
	for _, id := range l.meanings(s) {
		for _, slug := range slugs {
			if l.profiles[slug] == nil {
				l.profiles[slug] = map[wordID]bool{}
			}
			l.profiles[slug][id] = true
		}
	}
}

// meanings of s without grammar and filler, each once, strong ones first, as in the order of s.
func (l *lexicon) meanings(s string) []wordID {
	var q sequence
	q.reset(tokenise(s))
	var strong, rest []wordID
	for _, u := range l.words.units(&q, nil) {
		if u.id == noWord {
			continue
		}
		switch r := l.words.roles[u.id]; {
		case r.strong() && !slices.Contains(strong, u.id):
			strong = append(strong, u.id)
		case r < filler && !r.strong() && !slices.Contains(rest, u.id):
			rest = append(rest, u.id)
		}
	}
	return append(strong, rest...)
}

// entryFor finds or makes the entry of the words of s, in any order. Nil when they hold too little to be a name.
func (l *lexicon) entryFor(s string, t tier) *entry {
	ids := l.meanings(s)
	strong := 0
	for strong < len(ids) && l.words.roles[ids[strong]].strong() {
		strong++
	}
	if strong == 0 && len(ids) < 2 {
		return nil
	}
	return l.entryOf(ids, strong, t)
}

func (l *lexicon) entryOf(ids []wordID, strong int, t tier) *entry {
	key := bag(ids)
	if i, ok := l.byBag[key]; ok {
		return l.terms[i].entry
	}
	tm := term{words: ids, strong: strong, whole: true, entry: &entry{tier: t}}
	for _, id := range ids[:strong] {
		if r := l.words.roles[id]; r == content || r == act {
			tm.whole = false
		}
	}
	l.byBag[key] = int32(len(l.terms))
	l.terms = append(l.terms, tm)
	return tm.entry
}

func bag(ids []wordID) string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	b := make([]byte, 0, 2*len(ids))
	for _, id := range ids {
		b = append(b, byte(id), byte(id>>8))
	}
	return string(b)
}

// alsoTumour lets each term with "cancer" be said with "tumour", and the other way, unless that means something else.
func (l *lexicon) alsoTumour() {
	a, b := l.words.find("cancer"), l.words.find(fold("tumour"))
	if a == noWord || b == noWord {
		return
	}
	for _, t := range slices.Clone(l.terms) {
		for _, swap := range [][2]wordID{{a, b}, {b, a}} {
			i := slices.Index(t.words, swap[0])
			if i < 0 {
				continue
			}
			ids := slices.Clone(t.words)
			ids[i] = swap[1]
			if _, taken := l.byBag[bag(ids)]; !taken {
				*l.entryOf(ids, t.strong, t.entry.tier) = *t.entry
			}
		}
	}
}

// everydayWeight is that of a word that is in a treatment's name but also in everybody's mouth.
const everydayWeight = 0.3

// share of a word's weight by its role: a variant says less than a name.
var share = [...]float32{content: 1, act: 0.7, part: 0.8, mod: 0.6}

// index makes postings and weighs each meaning by its rarity among terms.
func (l *lexicon) index() {
	n := len(l.words.names)
	l.postings = make([][]int32, n)
	for i, t := range l.terms {
		for _, id := range t.words[:t.strong] {
			l.postings[id] = append(l.postings[id], int32(i))
		}
		if t.strong == 0 {
			l.postings[t.words[0]] = append(l.postings[t.words[0]], int32(i))
		}
	}
	l.words.weights = make([]float32, n)
	for id := range n {
		if r := l.words.roles[id]; r.strong() {
			df := max(1, len(l.postings[id]))
			l.words.weights[id] = share[r] * float32(math.Log(1+float64(len(l.terms))/float64(df)))
			if l.words.everyday[wordID(id)] {
				l.words.weights[id] = everydayWeight
			}
		}
	}
}

func union(a, b []string) []string {
	for _, s := range b {
		a = add(a, s)
	}
	return a
}
