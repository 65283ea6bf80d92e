package resolver

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word, number or mark of the question. norm is lower case without apostrophes; raw is as typed. A used
// token is read; a heard one is not to be called unknown; repaired says that norm is our guess.
type token struct {
	norm, raw  string
	start, end int // bytes in the text
	kind       tokenKind
	used       bool
	heard      bool
	repaired   bool
}

type tokenKind uint8

const (
	word tokenKind = iota
	number
	mark
)

// tokenise splits s into words, numbers ("5,00,000", "4.5") and the signs that matter to money.
func tokenise(s string) []token {
	if len(s) > maxBytes {
		s = s[:maxBytes]
	}
	toks := make([]token, 0, 16)
	for i := 0; i < len(s) && len(toks) < maxTokens; {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsDigit(c) && c < utf8.RuneSelf:
			j := numberEnd(s, i)
			toks = append(toks, token{norm: s[i:j], raw: s[i:j], start: i, end: j, kind: number})
			i = j
		case letter(c):
			j := wordEnd(s, i)
			toks = append(toks, token{norm: normal(s[i:j]), raw: s[i:j], start: i, end: j})
			i = j
		case strings.ContainsRune("£$€₹-–+&", c):
			toks = append(toks, token{norm: s[i : i+n], raw: s[i : i+n], start: i, end: i + n, kind: mark})
			i += n
		default:
			i += n
		}
	}
	return toks
}

// joiners shape Indian letters and stand inside words.
const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

func letter(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsMark(c) || c == joiner || c == nonJoiner
}

// numberEnd reads digits with commas and one point between digits.
func numberEnd(s string, i int) int {
	point := false
	for i < len(s) {
		c := s[i]
		digit := i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9'
		switch {
		case c >= '0' && c <= '9':
		case c == ',' && digit:
		case c == '.' && digit && !point:
			point = true
		default:
			return i
		}
		i++
	}
	return i
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !letter(c) && c != '\'' && c != '’' && !unicode.IsDigit(c) {
			break
		}
		i += n
	}
	return i
}

// normal lowers s, drops apostrophes and accents of the Latin letters people type.
func normal(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(lowerPlain, s)
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "ā", "a", "é", "e", "è", "e", "ê", "e",
	"ë", "e", "ē", "e", "í", "i", "ì", "i", "î", "i", "ï", "i", "ī", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "ō", "o",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ū", "u", "ñ", "n", "ç", "c")

func lowerPlain(c rune) rune {
	if c == '\'' || c == '’' {
		return -1
	}
	c = unicode.ToLower(c)
	if c < utf8.RuneSelf {
		return c
	}
	if c >= firstArabic {
		return plainScript(c)
	}
	plain, _ := utf8.DecodeRuneInString(accents.Replace(string(c)))
	return plain
}
