package resolver

import (
	"math/bits"
	"slices"
)

// find is a term met in the question.
type find struct {
	term   int32
	score  float32
	strong uint64 // units of its strong words
	mask   uint64 // and of the weak ones
	entry  *entry
	rivals []*entry // others as good by the same words
}

// Scores beside the weight of strong words.
const (
	weakMet     = 0.35
	weakMissing = 0.2
	inOrder     = 0.4 // when its words stand together
	tie         = 0.06
	maxFinds    = 5
)

// Choosing among first terms: how many are tried, and what each further term must add.
const (
	firstTries = 3
	perFind    = 0.5
)

// tolls are what less particular names must make up for.
var tolls = [...]float32{named: 0, family: perFind / 2, condition: perFind / 2, specialty: 0, bodyPart: 2 * perFind}

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

// first is the best of full by other words than those tried.
func (l *lexicon) first(full []find, tried []uint64) int {
	best := -1
	for i := range full {
		if !slices.Contains(tried, full[i].strong|full[i].mask) && (best < 0 || better(&full[i], &full[best])) {
			best = i
		}
	}
	return best
}

// better orders terms: by score, then the more particular, then as listed.
func better(a, b *find) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	if a.entry.tier != b.entry.tier {
		return a.entry.tier < b.entry.tier
	}
	return a.term < b.term
}

// pick takes the first term and then, again and again, the best one from words left over.
func (l *lexicon) pick(s *scratch, full []find, next int) []find {
	var found []find
	var taken uint64
	for next >= 0 && len(found) < maxFinds {
		f := full[next]
		f.rivals = rivals(full, next)
		found = append(found, f)
		taken |= f.strong
		if f.strong == 0 {
			taken |= f.mask
		}
		next = l.best(s, full, taken, found)
	}
	return found
}

// worth is the weight of the words the terms cover, what is done counting half, less a toll for each term. Bare parts
// and specialties beside a treatment count nothing.
func (l *lexicon) worth(s *scratch, found []find) float32 {
	var mask uint64
	var sum float32
	for i, f := range found {
		if i > 0 && f.entry.tier >= specialty || f.entry.tier == bodyPart && len(found) > 1 {
			continue
		}
		mask |= f.strong
		sum -= perFind
		sum -= tolls[f.entry.tier]
		if i == 0 {
			sum += f.score / 10
		}
	}
	for k, id := range s.ids {
		if s.masks[k]&mask == 0 {
			continue
		}
		sum += l.words.weights[id]
		if l.words.roles[id] == act {
			sum -= l.words.weights[id] / 2
		}
	}
	return sum
}

// withoutWeak drops terms of weak words alone ("pain specialist") beside others ("knee").
func withoutWeak(found []find) []find {
	if !slices.ContainsFunc(found, func(f find) bool { return f.strong != 0 }) {
		return found
	}
	return slices.DeleteFunc(found, func(f find) bool { return f.strong == 0 })
}

// withoutExplained drops names that only repeat words of another one found ("aortic valve … TAVI").
func (l *lexicon) withoutExplained(found []find) []find {
	if len(found) < 2 {
		return found
	}
	for i := 0; i < len(found)-1; i++ {
		f := found[i]
		if f.term >= 0 && f.entry.tier == named && l.explained(f, found[i+1:]) {
			return append(slices.Clone(found[:i]), found[i+1:]...)
		}
	}
	return found
}

// full are the terms whose needed words are all there.
func (l *lexicon) full(s *scratch) []find {
	var out []find
	for _, t := range s.met {
		tm := &l.terms[t]
		if int(s.count[t]) < tm.strong || len(tm.entry.procedures)+len(tm.entry.specialties) == 0 {
			continue
		}
		if f, ok := l.weigh(s, t, tm); ok {
			out = append(out, f)
		}
	}
	return out
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

// best is the index of the best of full that says something beyond the units taken; -1 for none.
func (l *lexicon) best(s *scratch, full []find, taken uint64, found []find) int {
	best := -1
	for i, f := range full {
		if !l.fresh(s, f, taken) || l.explained(f, found) {
			continue
		}
		if best < 0 || better(&full[i], &full[best]) {
			best = i
		}
	}
	return best
}

// fresh is true of a term whose words are new, but for what is done ("hip and knee replacement"): that may be shared.
func (l *lexicon) fresh(s *scratch, f find, taken uint64) bool {
	if f.strong == 0 {
		return f.mask&taken == 0
	}
	if f.term < 0 {
		return f.strong&taken == 0
	}
	news := false
	for _, id := range l.terms[f.term].words[:l.terms[f.term].strong] {
		r, free := l.words.roles[id], s.maskOf(id)&taken == 0
		if !free && r != act {
			return false
		}
		news = news || free && (r == content || r == part)
	}
	return news
}

// explained is true of a term whose words all belong to the names of a procedure already found ("roux en y bypass"
// does not also ask for a heart bypass).
func (l *lexicon) explained(f find, found []find) bool {
	for _, g := range found {
		if g.entry.tier != named {
			continue
		}
		for _, slug := range g.entry.procedures {
			if f.term >= 0 && l.belongs(f, l.profiles[slug]) {
				return true
			}
		}
	}
	return false
}

func (l *lexicon) belongs(f find, profile map[wordID]bool) bool {
	tm := &l.terms[f.term]
	for _, id := range tm.words[:tm.strong] {
		if !profile[id] {
			return false
		}
	}
	return true
}

// rivals are other entries nearly as good by exactly the same strong words.
func rivals(full []find, best int) []*entry {
	var out []*entry
	b := &full[best]
	for i := range full {
		f := &full[i]
		if i != best && f.strong == b.strong && f.score >= b.score-tie && f.entry != b.entry {
			out = append(out, f.entry)
		}
	}
	return out
}

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
