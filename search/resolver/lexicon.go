package resolver

import "strings"

// tier says what kind of name a term is. Lower tiers win over higher ones (see verdict).
type tier uint8

const (
	named     tier = iota // exactly these procedures
	family                // a general name
	condition             // what people have
	specialty             // whom to see
	bodyPart              // a part or complaint
)

var tiers = map[string]tier{"name": named, "family": family, "condition": condition, "specialty": specialty, "part": bodyPart}

// term is one way to name something: its meanings, strong ones first.
type term struct {
	words  []wordID
	strong int
	whole  bool // every weak word is needed too
	entry  *entry
}

// entry is what a term stands for.
type entry struct {
	tier        tier
	procedures  []string
	specialties []string
	settled     bool // from the word list: aliases do not add to it
}

// lexicon finds treatments. It is built once.
type lexicon struct {
	words       *words
	terms       []term
	byBag       map[string]int32
	exact       map[string]*entry // names of several words as typed, for where the same meanings name two things
	longest     int               // words in the longest of them
	postings    [][]int32         // by meaning
	procedures  map[string]*Procedure
	specialties map[string]*Specialty
	shared      map[string][]string        // procedure -> specialties that share it
	remote      map[string]string          // procedure -> feature it implies
	profiles    map[string]map[wordID]bool // procedure -> every meaning in its names
	acronyms    map[string]bool
	spelt       map[wordID][]wordID // abbreviation -> the words of the one name it stands for
}

// read finds the treatments named in what is left of the question.
func (l *lexicon) read(s *scratch, out *Resolution) {
	s.seq.reset(s.toks)
	s.units = l.words.units(&s.seq, s.units)
	l.refusals(s, out)
	s.compares, s.divide = l.compares(s), l.divide(s)
	s.collect(l.words)
	l.addChild(s)
	if s.has(l.words, mod) {
		l.spell(s)
	}
	if len(s.ids) == 0 {
		return
	}
	found := l.match(s)
	l.decide(s, found, out)
}

// compares is true of a question that sets treatments against each other.
func (l *lexicon) compares(s *scratch) bool {
	for i := range s.seq.len() {
		switch s.seq.token(i).norm {
		case "vs", "versus", "or", "v":
			return i > 0 && i+1 < s.seq.len()
		}
	}
	return false
}

// divide is the unit of the word that sets what was before apart from what is wanted now.
func (l *lexicon) divide(s *scratch) int {
	for i, u := range s.units {
		if w := s.seq.token(u.first).norm; i > 0 && i < 63 && (w == "after" || w == "following" || w == "post") {
			return i
		}
	}
	return 0
}

// spell adds the words of abbreviations, for a variant of what they stand for.
func (l *lexicon) spell(s *scratch) {
	for k := range len(s.ids) {
		for _, id := range l.spelt[s.ids[k]] {
			s.note(id, s.masks[k])
		}
	}
}

// label is what people read for slugs: the only name, or the words they used.
func (l *lexicon) label(slugs []string, typed string) string {
	if len(slugs) == 1 {
		if p, ok := l.procedures[slugs[0]]; ok {
			return p.Name
		}
		if sp, ok := l.specialties[slugs[0]]; ok {
			return sp.Name
		}
	}
	if typed == "" {
		return strings.Join(slugs, ", ")
	}
	return strings.ToUpper(typed[:1]) + typed[1:]
}
