package contact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// figures are digits as words.
const figures = `zero|oh|nought|naught|one|two|three|four|five|six|seven|eight|nine`

var (
	// words and digits in turns: "oh 7700 nine double oh 123"
	turns  = regexp.MustCompile(`(?i)(?:(?:\b(?:plus|o|` + figures + `|(?:double|triple)\s+(?:\d|` + figures + `))\b|\boh?\d+|\d+)[\s,.()+-]{0,3}){3,}`)
	figure = regexp.MustCompile(`(?i)(?:\b(double|triple)\s+)?(?:\b(o|` + figures + `)\b|\b(oh?)\d|(\d+))`)
	valued = map[string]string{"zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}
)

// mixed reports whether a number to call is written in words and digits in turns. A few such words beside values are not.
func mixed(s string) bool {
	for _, run := range turns.FindAllString(s, -1) {
		all, spelled := unspelled(run)
		n := len(all)
		switch {
		case spelled < 2:
		case strings.HasPrefix(all, "00"):
			if n >= 12 && n <= 15 {
				return true
			}
		case strings.HasPrefix(all, "0"):
			if n == 10 || n == 11 {
				return true
			}
		case spelled >= 3 && (n == 10 && strings.ContainsAny(all[:1], "6789") || n == 12 && (all[:2] == "91" || all[:2] == "44")):
			return true
		}
	}
	return false
}

// unspelled is a run in digits, and how many of its parts were words.
func unspelled(run string) (all string, spelled int) {
	for _, m := range figure.FindAllStringSubmatchIndex(run, -1) {
		part := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return strings.ToLower(run[m[2*n]:m[2*n+1]])
		}
		value := valued[part(2)] + part(4)
		if part(3) != "" {
			value = "0" + run[m[1]-1:m[1]]
		}
		if part(2)+part(3) != "" {
			spelled++
		}
		times := map[string]int{"double": 2, "triple": 3}[part(1)]
		all += strings.Repeat(value, max(times, 1))
	}
	return all, spelled
}

// leastSpaced single letters in a row are a word with spaces in it.
const leastSpaced = 3

// closedUp is s with words whose letters stand apart closed up: "m e e n a @ s a m p l e . c o m". Dates and values lose
// their spaces, too, so it is for words alone.
func closedUp(s string) string {
	var out, run []string
	end := func() {
		if len(run) < leastSpaced {
			out = append(out, run...)
		} else {
			out = append(out, strings.Join(run, ""))
		}
		run = nil
	}
	for _, field := range strings.Fields(s) {
		if r, size := utf8.DecodeRuneInString(field); size == len(field) && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("@._-", r)) {
			run = append(run, field)
			continue
		}
		end()
		out = append(out, field)
	}
	end()
	return strings.Join(out, " ")
}
