package resolver

import "strings"

// fold makes one form of a word's plural and singular, British and American spelling. It is applied to both the
// lexicon and the question, so it need not yield a real word. Words under four letters stay as they are.
func fold(w string) string {
	if len(w) < 4 {
		return w
	}
	w = singular(w)
	if len(w) >= 5 {
		w = spelling(w)
	}
	return w
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

var endings = [...][2]string{
	{"isation", "ization"}, {"isations", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ise", "ize"}, {"yse", "yze"},
	{"our", "or"}, {"tre", "ter"}, {"ogue", "og"}, {"elling", "eling"}, {"elled", "eled"},
}

func spelling(w string) string {
	for _, e := range endings {
		if strings.HasSuffix(w, e[0]) {
			w = w[:len(w)-len(e[0])] + e[1]
			break
		}
	}
	if strings.Contains(w, "ae") {
		w = strings.ReplaceAll(w, "ae", "e")
	}
	if strings.Contains(w, "oe") {
		w = strings.ReplaceAll(w, "oe", "e")
	}
	return w
}

var sounds = strings.NewReplacer("ph", "f", "ck", "k", "kh", "k", "gh", "g", "th", "t", "dh", "d", "bh", "b", "sh", "s", "jh", "j",
	"aa", "a", "ee", "i", "ea", "i", "oo", "u", "ou", "u", "ei", "i", "ie", "i", "ai", "e", "ey", "i", "y", "i", "w", "v", "z", "s",
	"q", "k", "x", "ks", "ce", "se", "ci", "si", "c", "k", "rr", "r", "ll", "l", "tt", "t", "mm", "m", "nn", "n", "pp", "p",
	"ss", "s", "dd", "d", "ff", "f", "gg", "g", "bb", "b", "ii", "i", "o", "u", "e", "i")

// phonetic is how a word roughly sounds, for transliterations and spelling by ear: the first letter and what is left
// of the rest with alike sounds made one.
func phonetic(w string) string {
	s := sounds.Replace(w)
	return strings.TrimSuffix(strings.TrimSuffix(s, "h"), "i")
}
