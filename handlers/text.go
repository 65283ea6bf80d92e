package handlers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"carecorridor/internal/money"
	"carecorridor/internal/when"

	"strconv"
)

// maxQuery is the longest question that is read; the rest is dropped.
const maxQuery = 300

// cleanText makes words from outside safe to handle: valid UTF-8, no control characters, single spaces,
// at most maxQuery runes. What people meant is kept in any script.
func cleanText(s string) string {
	if len(s) > maxQuery*8 {
		s = s[:maxQuery*8]
	}
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxQuery {
		s = string([]rune(s)[:maxQuery])
	}
	return s
}

// longOr writes a full date long, a month as words, and anything else as the source stated it.
func longOr(s string) string {
	if d, err := when.ParseDate(s); err == nil && d.Known() {
		return d.Long()
	}
	return monthWords(s)
}

// poundsCell is an amount for a data file: whole pounds with pence when there are any, empty when unknown.
func poundsCell(a *money.Amount) string {
	if a == nil {
		return ""
	}
	return strconv.FormatFloat(float64(a.Minor)/100, 'f', -1, 64)
}
