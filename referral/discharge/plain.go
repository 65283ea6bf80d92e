package discharge

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"carecorridor/internal/check"
	"carecorridor/internal/plain"
)

// empty reports whether words hold nothing that can be seen.
func empty(s string) bool { return check.Blank(s) }

func digits(s string) (n int) {
	for _, r := range plain.Text(s) {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// callable: 7 digits are as few as a number with its area code has.
func callable(s string) bool { return digits(s) >= 7 }

func mailable(s string) bool {
	a, err := mail.ParseAddress(strings.TrimSpace(s))
	return err == nil && a.Name == "" && strings.Contains(a.Address[strings.LastIndex(a.Address, "@"):], ".")
}

// Has reports whether a clinician is one of those checked. Titles, letter case and signs between letters do not matter;
// name, council and number must all be the same one's, wherever the council's name ends and the number begins.
func (k Known) Has(c Registered) bool {
	return slices.ContainsFunc(k.Clinicians, func(x Registered) bool {
		return person(x.Name) == person(c.Name) && bare(c.Council+c.Number) == bare(x.Council+x.Number)
	})
}

// Answers reports whether somebody who signs with one line for council and number is one of those checked.
func (k Known) Answers(name, registration string) bool {
	return slices.ContainsFunc(k.Clinicians, func(x Registered) bool {
		return person(x.Name) == person(name) && person(x.Name) != "" && ends(bare(registration), bare(x.Number)) && strings.Contains(bare(registration), bare(x.Council))
	})
}

// Such names one of those checked, as the hospital has to write them.
func (k Known) Such() string {
	if len(k.Clinicians) == 0 {
		return ""
	}
	c := k.Clinicians[0]
	return ", such as " + c.Name + ", " + strings.TrimSpace(c.Council+" "+c.Number)
}

// ends reports whether words hold a number that is not part of a longer one.
func ends(words, number string) bool {
	at := strings.Index(words, number)
	if number == "" || at < 0 {
		return false
	}
	isDigit := func(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
	return !isDigit(words[at+len(number):]) && (at == 0 || !isDigit(words[at-1:]))
}

// titles before a name.
var titles = []string{"DR", "PROF", "PROFESSOR", "MR", "MRS", "MS", "MISS", "SHRI", "SMT"}

// aside is what stands in brackets behind a name.
var aside = regexp.MustCompile(`\([^)]*\)`)

// person is a name without titles.
func person(s string) string {
	var out []string
	for _, w := range strings.FieldsFunc(plain.Name(aside.ReplaceAllString(s, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if !slices.Contains(titles, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// bare is letters and digits alone.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, plain.Name(s))
}

// hollow are words that name no test and no visit: the named complaint of UK practices is "phlebotomy" (domain.md §5.1).
var hollow = strings.Fields("phlebotomy blood bloods test tests testing check checks checkup checkups up follow followup review reviews gp routine usual standard regular as needed required necessary tbc na n a " +
	"at in on by with for the your my his her their of and or to from after before within every again then please arrange arranged book booked do done have take repeat repeated further some any all " +
	"day days week weeks month months weekly monthly daily year years one two three four five six twelve surgery practice local home uk nhs nurse doctor clinic appointment visit sample samples work form")

// vague reports whether a follow-up names neither a test nor a reason: a "blood test at the GP in 2 weeks" tells nobody
// which.
func vague(s string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(plain.Text(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if !slices.Contains(hollow, w) {
			return false
		}
	}
	return true
}
