// Package check holds the problems of a form: which field, and what to do about it in words for the person who
// filled it in. It is not for failures of the program, which are internal/fault.
package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is one thing to put right. Field is the name of the form field, Say a sentence that says how (ux.md §10).
type Problem struct{ Field, Say string }

// List is what is wrong with an input, in the order of its fields. The empty List means nothing is.
type List []Problem

// Add notes a problem.
func (l *List) Add(field, format string, args ...any) {
	*l = append(*l, Problem{field, fmt.Sprintf(format, args...)})
}

// Need notes a problem unless ok.
func (l *List) Need(ok bool, field, format string, args ...any) {
	if !ok {
		l.Add(field, format, args...)
	}
}

// OK reports whether nothing is wrong.
func (l List) OK() bool { return len(l) == 0 }

// On is the first sentence about a field, "" when there is none.
func (l List) On(field string) string {
	for _, p := range l {
		if p.Field == field {
			return p.Say
		}
	}
	return ""
}

// String is all sentences, for logs and tests.
func (l List) String() string {
	all := make([]string, len(l))
	for i, p := range l {
		all[i] = p.Field + ": " + p.Say
	}
	return strings.Join(all, "; ")
}

// Lines makes what a browser sends (CR LF) into plain lines. Nothing else is changed: text is kept exactly as written.
func Lines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// Text notes what is wrong with words a person wrote: broken encoding, control characters other than new line
// and tab, or more than most characters. What is named in sentences, such as "The main problem".
func (l *List) Text(field, what, s string, most int) {
	if !utf8.ValidString(s) {
		l.Add(field, "%s has characters that cannot be read. Type it again instead of pasting it", what)
		return
	}
	for at, r := range []rune(s) {
		if hidden(r) {
			l.Add(field, "%s has a hidden control character (U+%04X) at character %d. Delete it or type the words again", what, r, at+1)
			return
		}
	}
	if n := utf8.RuneCountInString(s); n > most {
		l.Add(field, "%s must be %s characters or fewer. You have written %s", what, group(most), group(n))
	}
}

// hidden reports a character that changes what others look like: controls, and the overrides that turn the order of
// letters round whatever the script. The marks and embeddings that right-to-left text needs are kept.
func hidden(r rune) bool {
	const leftToRightOverride, rightToLeftOverride = '\u202D', '\u202E'
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == leftToRightOverride || r == rightToLeftOverride
}

// Shown is s without what Text refuses: words that were refused may stand beside the reason and turn nothing round.
func Shown(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, s)
}

// Blank reports whether words hold nothing that can be seen: empty, spaces, or marks without width alone.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && !unicode.Is(unicode.Variation_Selector, r)
	})
}

// Line is Text for a field of one line.
func (l *List) Line(field, what, s string, most int) {
	if strings.ContainsAny(s, "\n\t") {
		l.Add(field, "%s must be on one line", what)
		return
	}
	l.Text(field, what, s, most)
}

func group(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", group(n/1000), n%1000)
}
