package resolver

// useful is true when something better than a bare body part was found.
func useful(found []find) bool {
	for _, f := range found {
		if f.entry.tier != bodyPart {
			return true
		}
	}
	return false
}

// covered are the units found stands on.
func covered(found []find) uint64 {
	var m uint64
	for _, f := range found {
		m |= f.strong
	}
	return m
}

// leastCover is the part of a term's weight that must be met when not all its words are.
const leastCover = 0.6

// nearly finds the term that most of its words, among them a telling one, point to.
func (l *lexicon) nearly(s *scratch) (find, bool) {
	best, ok := find{}, false
	for _, t := range s.met {
		tm := &l.terms[t]
		if tm.strong < 2 || tm.entry.tier == bodyPart || len(tm.entry.procedures)+len(tm.entry.specialties) == 0 {
			continue
		}
		var met, all float32
		telling, mask := false, uint64(0)
		for _, id := range tm.words[:tm.strong] {
			all += l.words.weights[id]
			if m := s.maskOf(id); m != 0 {
				met += l.words.weights[id]
				mask |= m
				telling = telling || l.words.roles[id] == content
			}
		}
		score := met - 0.6*(all-met)
		if telling && met >= leastCover*all && score > best.score {
			best, ok = find{term: t, score: score, strong: mask, mask: mask, entry: tm.entry}, true
		}
	}
	return best, ok
}
