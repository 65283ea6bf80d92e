package resolver

// scratch is the working memory of one question; it is reused.
type scratch struct {
	text  string
	toks  []token
	seq   sequence
	units []unit
	ids   []wordID // distinct meanings of the question
	masks []uint64 // which units carry each
	round uint32
	stamp []uint32 // by term: the round that counted it
	count []uint8  // by term: how many of its indexed words were met
	met   []int32  // terms counted
	table []uint16 // rows of the edit distance

	folded []string // words of the question, for signs
	at     []int    // and which token each is
	far    far      // a distance that was said

	divide   int  // unit of "after", "following"; 0 when there is none
	compares bool // treatments are set against each other ("bypass vs stent")
}

func newScratch(terms int) *scratch {
	return &scratch{stamp: make([]uint32, terms), count: make([]uint8, terms)}
}

func (s *scratch) reset(toks []token) {
	s.toks, s.units, s.ids, s.masks, s.met = toks, s.units[:0], s.ids[:0], s.masks[:0], s.met[:0]
	s.round++
	if s.round == 0 {
		clear(s.stamp)
		s.round = 1
	}
}

// collect lists the distinct meanings that say something.
func (s *scratch) collect(w *words) {
	for i, u := range s.units {
		if u.id == noWord || w.roles[u.id] >= filler || i >= 64 {
			continue
		}
		s.note(u.id, 1<<i)
	}
}

func (s *scratch) note(id wordID, mask uint64) {
	for k, have := range s.ids {
		if have == id {
			s.masks[k] |= mask
			return
		}
	}
	s.ids, s.masks = append(s.ids, id), append(s.masks, mask)
}

// maskOf is where the question carries id; 0 when it does not.
func (s *scratch) maskOf(id wordID) uint64 {
	for k, have := range s.ids {
		if have == id {
			return s.masks[k]
		}
	}
	return 0
}

// has says whether the question has a word of the role.
func (s *scratch) has(w *words, want role) bool {
	for _, id := range s.ids {
		if w.roles[id] == want {
			return true
		}
	}
	return false
}

// tally counts, for every term, how many of its indexed words the question has.
func (s *scratch) tally(l *lexicon) {
	for _, id := range s.ids {
		for _, t := range l.postings[id] {
			if s.stamp[t] != s.round {
				s.stamp[t], s.count[t] = s.round, 0
				s.met = append(s.met, t)
			}
			s.count[t]++
		}
	}
}
