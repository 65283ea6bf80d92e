package resolver

// addChild marks a question about somebody of 15 or younger ("for a 5 year old") like one with the word child.
func (l *lexicon) addChild(s *scratch) {
	for i := 0; i+1 < len(s.toks); i++ {
		if s.toks[i].kind != number || s.toks[i].used {
			continue
		}
		n, ok := numeric(s.toks[i].norm)
		if !ok || !childAge(n, s.toks, i+1) {
			continue
		}
		if id := l.words.find("child"); id != noWord {
			s.note(id, 0)
		}
	}
}

const adultAge = 16

func childAge(n float64, toks []token, i int) bool {
	switch toks[i].norm {
	case "month", "months":
		return n < 12*adultAge && i+1 < len(toks) && toks[i+1].norm == "old"
	case "yo", "yrs", "yr", "year", "years":
	default:
		return false
	}
	if n >= adultAge {
		return false
	}
	return toks[i].norm == "yo" || i+1 < len(toks) && (toks[i+1].norm == "old" || toks[i+1].norm == "olds")
}
