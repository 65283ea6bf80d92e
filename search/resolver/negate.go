package resolver

// Words that turn what follows into what is not wanted, and those that may stand between.
var (
	negations = set("not", "no", "without", "except", "excluding", "avoid", "avoiding", "dont", "doesnt", "isnt", "never", "neither",
		"nor", "outside", "nahi", "nahin", "besides")
	pairs      = map[string]string{"other": "than", "apart": "from", "rather": "than", "instead": "of", "anywhere": "but", "anything": "but"}
	connectors = set("in", "at", "from", "the", "a", "an", "any", "need", "needs", "want", "wants", "wanted", "to", "be", "near", "for",
		"going", "go", "travel", "accredited", "necessarily", "around", "of", "than", "with", "speak", "speaking", "like", "require",
		"but", "is", "have")
	after = set("needed", "required", "necessary", "important", "essential", "wanted", "chahiye", "bothered")
)

func set(words ...string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

// reach is how many connecting words may stand between a negation and what it is about.
const reach = 4

// negated is where the negation of the word at i starts: "not in chennai", "anywhere other than delhi". "if not in x" and
// "why not x" are none.
func negated(q *sequence, i int) (int, bool) {
	for k := i - 1; k >= 0 && k >= i-1-reach; k-- {
		w := q.token(k).norm
		if negations[w] {
			if k > 0 && (q.token(k-1).norm == "if" || q.token(k-1).norm == "why") {
				return i, false
			}
			return k, true
		}
		if next, ok := pairs[w]; ok && k+1 < i && q.token(k+1).norm == next {
			return k, true
		}
		if !connectors[w] {
			return i, false
		}
	}
	return i, false
}

// negatedAfter is where a negation that follows the word at j ends: "jci not needed".
func negatedAfter(q *sequence, j int) (int, bool) {
	if j+2 < q.len() && q.token(j+1).norm == "not" && after[q.token(j+2).norm] {
		return j + 2, true
	}
	return j, false
}

// deny keeps words i to j of q out of every slot and says so.
func deny(q *sequence, i, j int, out *Resolution) {
	out.Negated = append(out.Negated, q.typed(i, j))
	q.use(i, j)
}

// goesOn is true of "or x" after a place or certificate that was refused.
func goesOn(q *sequence, last, i int) bool {
	return last >= 0 && i == last+2 && (q.token(last+1).norm == "or" || q.token(last+1).norm == "nor")
}

// refusals takes out the treatments that are not wanted ("without an operation", "hip not knee"), unless the negation
// belongs to a name ("fibroids without surgery").
func (l *lexicon) refusals(s *scratch, out *Resolution) {
	q := &s.seq
	for k := range s.units {
		first, ok := l.refused(s, k)
		if !ok {
			continue
		}
		last, strong := first, false
		for ; last < len(s.units) && s.units[last].id != noWord && l.words.roles[s.units[last].id] <= weak; last++ {
			strong = strong || l.words.roles[s.units[last].id].strong()
		}
		if last == first || l.named(s, k, last-1) {
			continue
		}
		if strong {
			out.Negated = append(out.Negated, q.typed(s.units[k].first, s.units[last-1].last))
		}
		for i := first; i < last; i++ {
			q.use(s.units[i].first, s.units[i].last)
			s.units[i].id = noWord
		}
	}
}

// refused is the unit that the negation at unit k is about. Only words that can mean nothing else count: "no" and "not"
// also stand before what people merely describe.
func (l *lexicon) refused(s *scratch, k int) (int, bool) {
	q, i := &s.seq, k+1
	switch w := q.token(s.units[k].first).norm; w {
	case "without", "except", "excluding", "avoid", "avoiding":
	case "not", "dont", "doesnt":
		wanted := i < len(s.units) && (l.saying(s, i, "want") || l.saying(s, i, "need"))
		if !wanted && w != "not" {
			return 0, false
		}
		if wanted {
			i++
		}
	default:
		return 0, false
	}
	for i < len(s.units) {
		switch q.token(s.units[i].first).norm {
		case "a", "an", "any", "the", "to", "have", "for", "having", "doing":
			i++
			continue
		}
		break
	}
	return i, true
}

func (l *lexicon) saying(s *scratch, i int, w string) bool {
	return fold(s.seq.token(s.units[i].first).norm) == w
}

// named is true when words of units k to last, perhaps with some before them, are a name as typed.
func (l *lexicon) named(s *scratch, k, last int) bool {
	for i := max(0, k-3); i <= k; i++ {
		for j := last; j > k; j-- {
			if l.exact[s.seq.run(s.units[i].first, s.units[j].last)] != nil {
				return true
			}
		}
	}
	return false
}
