package resolver

import "slices"

// Choosing among first terms: how many are tried, and what each further term must add.
const (
	firstTries = 3
	perFind    = 0.5
)

// tolls are what less particular names must make up for.
var tolls = [...]float32{named: 0, family: perFind / 2, condition: perFind / 2, specialty: 0, bodyPart: 2 * perFind}

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
		if f.crosses {
			sum -= acrossAfter
		}
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
