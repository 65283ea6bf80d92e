package resolver

import "math/bits"

// find is a term met in the question.
type find struct {
	term    int32
	score   float32
	strong  uint64 // units of its strong words
	mask    uint64 // and of the weak ones
	entry   *entry
	crosses bool     // its words stand on both sides of "after"
	rivals  []*entry // others as good by the same words
}

// Scores beside the weight of strong words.
const (
	weakMet     = 0.35
	weakMissing = 0.2
	inOrder     = 0.4 // when its words stand together
	tie         = 0.06
	maxFinds    = 5
	acrossAfter = 2.0 // lost by a name whose words stand on both sides of "after"
)

// match picks the terms that together say most of the question in the fewest names.
func (l *lexicon) match(s *scratch) []find {
	s.tally(l)
	full := l.exactly(s, l.full(s))
	var found []find
	var most float32
	var tried [firstTries]uint64
	for n := range firstTries {
		first := l.first(full, tried[:n])
		if first < 0 {
			break
		}
		tried[n] = full[first].strong | full[first].mask
		list := l.pick(s, full, first)
		if worth := l.worth(s, list); n == 0 || worth > most+0.01 {
			found, most = list, worth
		}
	}
	found = withoutWeak(l.withoutExplained(found))
	if !useful(found) {
		if f, ok := l.nearly(s); ok && f.strong&^covered(found) != 0 {
			return []find{f}
		}
	}
	return found
}

// full are the terms whose needed words are all there.
func (l *lexicon) full(s *scratch) []find {
	var out []find
	for _, t := range s.met {
		tm := &l.terms[t]
		if int(s.count[t]) < tm.strong || len(tm.entry.procedures)+len(tm.entry.specialties) == 0 || !l.decisive(tm) {
			continue
		}
		if f, ok := l.weigh(s, t, tm); ok {
			out = append(out, f)
		}
	}
	return out
}

// decisive is false of a name that says only what is done or which variant ("insertion", "removal", "robotic"): a part, a
// thing, or somebody to see must be named with it.
func (l *lexicon) decisive(tm *term) bool {
	if tm.entry.tier == bodyPart {
		return true
	}
	for _, id := range tm.words {
		if r := l.words.roles[id]; r == content || r == part || r.who() {
			return true
		}
	}
	return tm.strong > 1
}

func (l *lexicon) weigh(s *scratch, t int32, tm *term) (find, bool) {
	f := find{term: t, entry: tm.entry}
	for _, id := range tm.words[:tm.strong] {
		m := s.maskOf(id)
		f.score += l.words.weights[id]
		f.strong |= m
	}
	f.mask = f.strong
	for _, id := range tm.words[tm.strong:] {
		m := l.weakMask(s, id)
		if m == 0 && (tm.whole || l.words.roles[id].who()) {
			return f, false
		}
		if m == 0 {
			f.score -= weakMissing
			continue
		}
		f.score += weakMet
		f.mask |= m
	}
	if below := uint64(1)<<s.divide - 1; s.divide > 0 && !(f.entry.settled && f.entry.tier == named) && f.strong&below != 0 && f.strong&^below != 0 {
		f.score -= acrossAfter
		f.crosses = true
	}
	span := bits.Len64(f.mask) - bits.TrailingZeros64(f.mask)
	f.score += inOrder * float32(bits.OnesCount64(f.mask)) / float32(max(span, 1))
	if f.entry.settled {
		f.score += tie / 2
	}
	return f, true
}

// weakMask is where a weak word is met; one kind of site does for another.
func (l *lexicon) weakMask(s *scratch, id wordID) uint64 {
	if m := s.maskOf(id); m != 0 {
		return m
	}
	if l.words.roles[id] != site {
		return 0
	}
	for k, have := range s.ids {
		if l.words.roles[have] == site {
			return s.masks[k]
		}
	}
	return 0
}

// typedAsIs is what a name typed word for word gains over others of the same meanings.
const typedAsIs = 0.7

// exactly adds the names that are typed word for word and that the meanings alone would give to something else.
func (l *lexicon) exactly(s *scratch, full []find) []find {
	for i := range s.units {
		for j := min(len(s.units), i+l.longest) - 1; j >= i; j-- {
			from, to := s.units[i].first, s.units[j].last
			if to == from || to-from >= l.longest {
				continue
			}
			e, ok := l.exact[s.seq.run(from, to)]
			if !ok {
				continue
			}
			if f, ok := l.asTyped(s, e, i, j); ok {
				full = append(full, f)
			}
			break
		}
	}
	return full
}

func (l *lexicon) asTyped(s *scratch, e *entry, i, j int) (find, bool) {
	f := find{term: -1, entry: e, score: typedAsIs}
	for k := i; k <= j && k < 64; k++ {
		id := s.units[k].id
		if id == noWord || l.words.roles[id] >= filler {
			continue
		}
		f.mask |= 1 << k
		if l.words.roles[id].strong() {
			f.strong |= 1 << k
			f.score += l.words.weights[id]
		} else {
			f.score += weakMet
		}
	}
	return f, f.strong != 0 && len(e.procedures)+len(e.specialties) > 0
}
