package resolver

import (
	"strings"
)

// buildLexicon compiles names, aliases and the treatment list into terms.
func buildLexicon(d Data, list []row, w *words) *lexicon {
	l := &lexicon{
		words: w, byBag: map[string]int32{}, procedures: map[string]*Procedure{}, specialties: map[string]*Specialty{},
		shared: map[string][]string{}, remote: map[string]string{}, exact: map[string]*entry{}, spelt: map[wordID][]wordID{}, profiles: map[string]map[wordID]bool{},
		acronyms: map[string]bool{},
	}
	l.learnWords(d, list)
	for i := range d.Procedures {
		l.procedures[d.Procedures[i].Slug] = &d.Procedures[i]
	}
	for i := range d.Specialties {
		l.specialties[d.Specialties[i].Slug] = &d.Specialties[i]
	}
	l.addList(list)
	for _, p := range d.Procedures {
		l.addProcedure(p)
	}
	for _, sp := range d.Specialties {
		l.addSpecialty(sp)
	}
	l.alsoTumour()
	l.index()
	return l
}

// learnWords gives every word of a correct term a meaning, before any term is read, so that joined and separate
// spellings meet. Misspellings come after: each is tied to the word it stands for.
func (l *lexicon) learnWords(d Data, list []row) {
	for _, r := range list {
		if r.kind == "shared" || r.kind == "remote" {
			continue
		}
		for _, t := range r.terms {
			l.learn(t)
		}
	}
	for _, p := range d.Procedures {
		l.learn(p.Slug)
		l.learn(p.Name)
		l.learnAliases(p.Aliases)
	}
	for _, sp := range d.Specialties {
		l.learn(sp.Name)
		l.learn(sp.Plain)
		l.learnAliases(sp.Aliases)
	}
	for _, p := range d.Procedures {
		l.tieMisspellings(p)
	}
}

func (l *lexicon) learnAliases(as []Alias) {
	for _, a := range as {
		if a.Kind == "misspelling" {
			continue
		}
		if a.Kind == "abbreviation" {
			l.acronyms[fold(phrase(a.Term))] = true
		}
		l.learn(a.Term)
	}
}

func (l *lexicon) learn(s string) {
	for _, t := range tokenise(s) {
		if t.kind == word {
			l.words.intern(t.norm)
		}
	}
}

// tieMisspellings makes each unknown word of a misspelling a spelling of the nearest word of the same procedure. What
// is near none becomes a word of its own.
func (l *lexicon) tieMisspellings(p Procedure) {
	own := l.ownWords(p)
	for _, a := range p.Aliases {
		if a.Kind != "misspelling" {
			continue
		}
		toks := tokenise(a.Term)
		for i, t := range toks {
			if t.kind != word || l.words.find(fold(t.norm)) != noWord {
				continue
			}
			if i+1 < len(toks) && l.words.find(fold(t.norm+toks[i+1].norm)) != noWord {
				continue
			}
			if best := nearestOf(t.norm, own); best != "" {
				l.words.ids[fold(t.norm)] = l.words.find(fold(best))
			} else {
				l.words.intern(t.norm)
			}
		}
	}
}

func (l *lexicon) ownWords(p Procedure) []string {
	out := strings.Fields(phrase(p.Slug))
	out = append(out, strings.Fields(phrase(p.Name))...)
	for _, a := range p.Aliases {
		if a.Kind != "misspelling" {
			out = append(out, strings.Fields(phrase(a.Term))...)
		}
	}
	return out
}

func nearestOf(w string, list []string) string {
	best, bestD := "", 3
	if len(w) >= 10 {
		bestD = 4
	}
	for _, c := range list {
		if len(c) < 4 {
			continue
		}
		if d := distance(w, c, bestD); d < bestD {
			best, bestD = c, d
		}
	}
	return best
}

// variants of a name: whole, without brackets, what the brackets hold, and the sides of a slash.
func variants(name string) []string {
	out := []string{name}
	before, rest, ok := strings.Cut(name, "(")
	if ok {
		inside, after, _ := strings.Cut(rest, ")")
		out = append(out, before+after)
		out = append(out, strings.Split(inside, ", ")...)
		name = before + after
	}
	if a, b, ok := strings.Cut(name, " / "); ok {
		out = append(out, a, b)
	}
	return out
}
