package resolver

import "slices"

// signTable holds what must not be read as a search for a treatment (data/signs.tsv).
type signTable struct {
	byFirst map[string][]sign          // by the folded first word
	lifted  map[string]map[string]bool // "unless"/"despite"/"calm" + reason -> folded words
	words   map[string]bool            // every word of a sign
}

// sign is met when all its words stand close together.
type sign struct {
	kind, value string
	words       []string
}

// Kinds of lines of signs.tsv.
const (
	signExcluded  = "excluded"
	signEmergency = "emergency"
	signCrisis    = "crisis"
	signUnless    = "unless"
	signDespite   = "despite"
	signCalm      = "calm"
)

func buildSigns(list []row) *signTable {
	t := &signTable{byFirst: map[string][]sign{}, lifted: map[string]map[string]bool{}, words: map[string]bool{}}
	for _, r := range list {
		for _, term := range r.terms {
			t.add(r, foldedWords(term))
		}
	}
	return t
}

func (t *signTable) add(r row, words []string) {
	switch r.kind {
	case signExcluded, signEmergency, signCrisis:
		t.byFirst[words[0]] = append(t.byFirst[words[0]], sign{r.kind, r.value, words})
		for _, w := range words {
			t.words[w] = true
		}
		return
	}
	key := r.kind + r.value
	if t.lifted[key] == nil {
		t.lifted[key] = map[string]bool{}
	}
	for _, w := range words {
		t.lifted[key][w] = true
	}
}

func foldedWords(s string) []string {
	var out []string
	for _, t := range tokenise(s) {
		if t.kind != mark {
			out = append(out, fold(t.norm))
		}
	}
	return out
}

// read sets Excluded and Emergency and marks the words as heard.
func (t *signTable) read(s *scratch, out *Resolution) {
	s.folded, s.at = s.folded[:0], s.at[:0]
	for i := range s.toks {
		if s.toks[i].kind != mark {
			s.folded, s.at = append(s.folded, fold(s.toks[i].norm)), append(s.at, i)
		}
	}
	for i, w := range s.folded {
		for _, sg := range t.byFirst[w] {
			if !near(s.folded, i, sg.words) || t.isLifted(s.folded, sg) || sg.kind == signEmergency && denied(s.folded, i) {
				continue
			}
			hear(s, i, sg.words)
			if sg.kind != signExcluded {
				out.Emergency = true
			} else if out.Excluded == "" {
				out.Excluded = sg.value
			}
		}
	}
}

// slack is how many other words may stand among those of a sign.
const slack = 2

// window is the part of words in which a sign that has a word at i must lie.
func window(words []string, i, n int) (from, to int) {
	return max(0, i-n-slack+1), min(len(words), i+n+slack)
}

func near(words []string, i int, want []string) bool {
	from, to := window(words, i, len(want))
	for _, w := range want[1:] {
		if !slices.Contains(words[from:to], w) {
			return false
		}
	}
	return true
}

func hear(s *scratch, i int, want []string) {
	from, to := window(s.folded, i, len(want))
	for k := from; k < to; k++ {
		if slices.Contains(want, s.folded[k]) {
			s.toks[s.at[k]].heard = true
		}
	}
}

// isLifted is true when other words of the question say that the sign does not count.
func (t *signTable) isLifted(words []string, sg sign) bool {
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(words, func(w string) bool { return set[w] })
	}
	switch sg.kind {
	case signExcluded:
		return has(t.lifted[signUnless+sg.value]) && !has(t.lifted[signDespite+sg.value])
	case signEmergency:
		return has(t.lifted[signCalm])
	}
	return false
}

// denied is true of a sign after "no", "not" or "non".
func denied(words []string, i int) bool {
	for k := max(0, i-2); k < i; k++ {
		switch words[k] {
		case "no", "not", "non":
			return true
		}
	}
	return false
}
