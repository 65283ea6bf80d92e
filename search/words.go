package search

import (
	"strings"
	"unicode"
)

// folds maps letters of Latin scripts to the plain letters people type instead.
var folds = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i"}
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęěẽ", "g": "ĝğġģ", "h": "ĥħḥ",
		"i": "ìíîïĩīĭį", "j": "ĵ", "k": "ķ", "l": "ĺļľḷ", "m": "ṁṃ", "n": "ñńņňṅṇ",
		"o": "òóôõöōŏő", "r": "ŕŗřṛ", "s": "śŝşšṣ", "t": "ţťṭ", "u": "ùúûüũūŭůűų",
		"w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range marked {
			m[r] = plain
		}
	}
	return m
}()

// Words splits text into folded words: lower case, without accents, broken at everything that is
// neither letter, digit nor mark. Both engines match on these.
func Words(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// Fold is text in lower case without Latin accents; bytes that are no text become spaces.
func Fold(text string) string {
	plain := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= 0x80 || c == 0 || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	return fold(strings.ToValidUTF8(text, " "))
}

func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		r = unicode.ToLower(r)
		s, marked := folds[r]
		switch {
		case marked:
			b.WriteString(s)
		case r == 0:
			b.WriteByte(' ')
		case r >= 0x300 && r <= 0x36f:
			// A combining accent after its letter: the letter alone is what is typed.
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// NameKey is what NameAsc sorts by.
func NameKey(name string) string { return strings.Join(Words(name), " ") }

// queryWords is the part of a visitor's text an engine looks at.
func queryWords(text string) []string {
	n := 0
	for i := range text {
		if n++; n > MaxText {
			text = text[:i]
			break
		}
	}
	w := Words(text)
	return w[:min(len(w), maxWords)]
}
