// Package plain makes what people write comparable, however it was typed: one form of each letter and digit, no marks
// without width, Latin letters for their Cyrillic and Greek twins. It is for looking through words, never for keeping
// or showing them: those stay as they were written.
package plain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Text is s in one form: compatible letters and digits made one (NFKC), digits of every script as 0 to 9, spaces and
// dashes of every width as one space or hyphen, straight quotes, and nothing that cannot be seen. Line ends are kept.
func Text(s string) string { return strings.Map(one, norm.NFKC.String(s)) }

// Name is s in capitals with single spaces: two spellings of one person's name that look the same are equal.
func Name(s string) string { return strings.Join(strings.Fields(strings.ToUpper(Text(s))), " ") }

// Invisible reports whether a character has no width and is not needed to write any language: the joiners that Indian
// and Persian letters need are kept.
func Invisible(r rune) bool {
	const nonJoiner, joiner = '\u200C', '\u200D'
	return r != nonJoiner && r != joiner && unseen(r)
}

func unseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func one(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		return r
	case unseen(r):
		return -1
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r), r == '\u2212': // the minus sign
		return '-'
	case unicode.IsDigit(r):
		return '0' + digit(r)
	}
	if latin, ok := twins[r]; ok {
		return latin
	}
	return r
}

// digit is the value of a decimal digit: Unicode keeps the ten of each script together, from 0.
func digit(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.IsDigit(r-n-1) {
		n++
	}
	return n
}

// twins are letters that look like a Latin one, and quotes.
var twins = pairs("а", "a", "А", "A", "В", "B", "е", "e", "Е", "E", "к", "k", "К", "K", "М", "M", "Н", "H", "о", "o", "О", "O", "р", "p", "Р", "P", "с", "c", "С", "C", "Т", "T", "у", "y", "х", "x", "Х", "X",
	"і", "i", "І", "I", "ј", "j", "ѕ", "s", "ԁ", "d", "ո", "n", "ɡ", "g", "ı", "i", "Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
	"ο", "o", "ν", "v", "’", "'", "‘", "'", "“", `"`, "”", `"`)

func pairs(xs ...string) map[rune]rune {
	m := map[rune]rune{}
	for i := 0; i+1 < len(xs); i += 2 {
		m[[]rune(xs[i])[0]] = []rune(xs[i+1])[0]
	}
	return m
}
