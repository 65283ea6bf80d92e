// Package slug makes the readable part of an address out of a name. It is not for looking one up:
// whether a slug exists is the store's business.
package slug

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Max is the longest slug in bytes; longer ones are cut at a word.
const Max = 80

// Of joins the words of the parts: lower case ASCII letters and digits with single hyphens. Marks are
// dropped ("é" is "e"), apostrophes vanish, "&" is "and", anything else parts words. A part whose
// words already end the slug is not repeated ("Medanta Lucknow", "Lucknow"). It is "" when nothing
// of the parts is ASCII.
func Of(parts ...string) string {
	var words []string
	for _, p := range parts {
		if next := split(p); !endsWith(words, next) {
			words = append(words, next...)
		}
	}
	return cut(words)
}

// Valid reports whether s could have come from Of.
func Valid(s string) bool {
	return s != "" && len(s) <= Max && strings.Join(split(s), "-") == s
}

func split(s string) []string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "&", " and "), "’", "'")
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ReplaceAll(s, "'", "")) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r):
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

func endsWith(words, tail []string) bool {
	if len(tail) > len(words) {
		return false
	}
	for i, w := range tail {
		if words[len(words)-len(tail)+i] != w {
			return false
		}
	}
	return true
}

func cut(words []string) string {
	s := strings.Join(words, "-")
	if len(s) <= Max {
		return s
	}
	s = s[:Max+1]
	if i := strings.LastIndexByte(s, '-'); i > 0 {
		return s[:i]
	}
	return s[:Max]
}
