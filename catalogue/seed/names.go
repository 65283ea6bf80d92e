package seed

import (
	"regexp"
	"strings"
	"unicode"
)

// displayName is a register's name tidied for reading, with what was taken out of it.
type displayName struct {
	Name    string
	RunBy   string // the company or trust named as "A Unit of …"
	Earlier string // the name an earlier certificate carried
}

var (
	earlierName = regexp.MustCompile(`(?i)[\s\-–]*\(?\s*(?:earlier\s+certificate\s+issued\s+in\s+the\s+name(?:\s+of)?|previously\s+known\s+as|formerly\s+known\s+as)\s+(.+)$`)
	runBy       = regexp.MustCompile(`(?i)\s*\(\s*(?:an?\s+)?(?:the\s+)?(?:unit\s+of|run\s+by|managed\s+by)\s+`)
	spaces      = regexp.MustCompile(`\s+`)
)

// display tidies spaces and punctuation, sets a shouted name in capitals and small letters, and takes the
// legal owner and earlier names out. The register's own wording is kept elsewhere, unchanged.
func display(listed string) (d displayName) {
	s := spaces.ReplaceAllString(strings.TrimSpace(listed), " ")
	if m := earlierName.FindStringSubmatchIndex(s); m != nil && m[0] > 0 {
		d.Earlier = closed(s[m[2]:m[3]])
		s = s[:m[0]]
	}
	if m := runBy.FindStringIndex(s); m != nil && m[0] > 0 {
		end := matching(s, strings.IndexByte(s[m[0]:], '(')+m[0])
		d.RunBy = strings.Trim(s[m[1]:end], " .,)")
		s = s[:m[0]] + strings.TrimPrefix(s[end:], ")")
	}
	s = strings.NewReplacer("( ", "(", " )", ")", " ,", ",", ",,", ",", " .", ".").Replace(s)
	d.Name = strings.Trim(spaces.ReplaceAllString(quiet(s), " "), " ,-–")
	if d.Name == "" {
		return displayName{Name: strings.TrimSpace(listed)}
	}
	return d
}

// matching is the index of the bracket that closes the one at open, or the end.
func matching(s string, open int) int {
	depth := 0
	for i := open; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

// closed drops a closing bracket that lost its opening one.
func closed(s string) string {
	s = strings.Trim(s, " .,")
	for strings.Count(s, ")") > strings.Count(s, "(") {
		i := strings.LastIndexByte(s, ')')
		s = s[:i] + s[i+1:]
	}
	return strings.Trim(s, " .,")
}

// quiet sets a name in capitals and small letters when nearly all its long words are shouted.
func quiet(s string) string {
	words, shouted, long := strings.Fields(s), 0, 0
	for _, w := range words {
		if letters(w) > 3 {
			long++
			if w == strings.ToUpper(w) {
				shouted++
			}
		}
	}
	if long < 2 || shouted*4 < long*3 {
		return s
	}
	for i, w := range words {
		if w == strings.ToUpper(w) && (letters(w) > 3 || small[w]) && hasVowel(w) && !acronym[strings.Trim(w, ".,()")] {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}

var (
	small   = map[string]bool{"AND": true, "OF": true, "THE": true, "FOR": true, "EYE": true, "IN": true, "SRI": true, "OM": true}
	acronym = map[string]bool{"AIIMS": true, "KIMS": true, "ESIC": true, "AIMS": true, "NIMS": true, "SIMS": true, "PGIMER": true}
)

func capital(w string) string {
	if lower := strings.ToLower(w); lower == "and" || lower == "of" || lower == "the" || lower == "for" || lower == "in" {
		return lower
	}
	out := []rune(strings.ToLower(w))
	for i, r := range out {
		if unicode.IsLetter(r) {
			out[i] = unicode.ToUpper(r)
			break
		}
	}
	return string(out)
}

func letters(w string) (n int) {
	for _, r := range w {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func hasVowel(w string) bool { return strings.ContainsAny(w, "AEIOUYaeiouy") }
