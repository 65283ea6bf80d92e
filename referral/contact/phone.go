package contact

import (
	"regexp"
	"strings"

	"carecorridor/internal/nhs"
)

var (
	// days and times, which look like numbers to call. What stands at either side of one must not be a digit.
	days = regexp.MustCompile(`(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)?\d\d|` +
		`(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?`)
	nhsNumber = regexp.MustCompile(`(?i)\bnhs\b[^\d\n]{0,16}(\d{3}[ -]?\d{3}[ -]?\d{4})`)
	// a number with its signs: an opening plus or bracket, then digits with at most 3 other signs between them
	run   = regexp.MustCompile(`\+?\s?\(?\+?\d(?:[\s()+.,/_·•|*~:;'"-]{0,3}\d){6,24}`)
	group = regexp.MustCompile(`\d+`)
	cue   = regexp.MustCompile(`(?i)\b(?:call|phone|ring|mobile|mob|tel|telephone|cell|dial|whats ?app|sms|reach (?:me|us)|text me|contact (?:me|us|number|no)|(?:number|nr|no\.?) is)\b[^\d\n]{0,30}$`)
	words = regexp.MustCompile(`(?i)(?:\b(?:` + figures + `|double|triple)\b[\s,.-]*){8,}`)
	// numbers of orders and samples, which in hospitals have 10 digits and often begin with a 0
	label = regexp.MustCompile(`(?i)\b(?:order|lab|laboratory|sample|specimen|accession|request|report|barcode|episode|admission|hospital|patient|mrn|uhid|crn|lot|serial|policy|claim|invoice|ref|reference)\b[^\d\n]{0,20}$`)
	// a UK number of 9 digits after the 0: its area stands apart
	area = regexp.MustCompile(`^\s?\(?0(?:1\d{3,4}|16977|800|500)\)?[ -]\d`)
)

// phone reports whether words hold a number to call. s is plain.
func phone(s string) bool {
	if words.MatchString(s) || mixed(s) {
		return true
	}
	s = numbersOut(noughts(s))
	for _, x := range run.FindAllStringIndex(s, -1) {
		found := s[x[0]:x[1]]
		all := digits(found)
		if len(all) == 10 && all[0] == '0' && label.MatchString(s[:x[0]]) {
			continue
		}
		if dialled(found) || len(all) >= 9 && cue.MatchString(s[:x[0]]) {
			return true
		}
	}
	return false
}

// numbersOut takes dates, times and NHS numbers out of words.
func numbersOut(s string) string {
	for _, m := range nhsNumber.FindAllStringSubmatch(s, -1) {
		if _, flaw := nhs.ParseNumber(m[1], true); flaw == "" {
			s = strings.Replace(s, m[1], " § ", 1)
		}
	}
	var b strings.Builder
	from := 0
	for _, x := range days.FindAllStringIndex(s, -1) {
		if touches(s, x[0]-1) || touches(s, x[1]) {
			continue
		}
		b.WriteString(s[from:x[0]] + "§")
		from = x[1]
	}
	return b.String() + s[from:]
}

// letterO is an O for a 0: between digits, or before 3 of them.
var letterO = regexp.MustCompile(`\d[oO]+(?:\d|\b)|\b[oO]\d{3}`)

func noughts(s string) string {
	return letterO.ReplaceAllStringFunc(s, func(x string) string { return strings.NewReplacer("o", "0", "O", "0").Replace(x) })
}

// touches reports whether a digit stands at a place.
func touches(s string, at int) bool { return at >= 0 && at < len(s) && s[at] >= '0' && s[at] <= '9' }

func digits(s string) string { return strings.Join(group.FindAllString(s, -1), "") }

// dialled reports whether a run of digits has the form of a phone number, and not of values in a row: with a country
// code, with the 0 of a national one, or as an Indian mobile. Values come in many short groups.
func dialled(s string) bool {
	groups, all := group.FindAllString(s, -1), digits(s)
	short := 0
	for _, g := range groups {
		if len(g) < 3 {
			short++
		}
	}
	shaped := len(groups) <= 5 && short <= 1
	n := len(all)
	switch {
	case strings.HasPrefix(strings.TrimLeft(s, " ("), "+"), strings.HasPrefix(all, "00") && all[2] != '0':
		return n >= 8 && n <= 15 && len(groups) <= 7
	case strings.HasPrefix(all, "0") && all[1] != '0' && len(groups[0]) > 1:
		return (n == 11 || n == 10 && area.MatchString(s)) && (shaped || pairs(groups[1:]) && s[0] == '0' && !strings.ContainsAny(s, ",;/"))
	case n == 10:
		return strings.ContainsAny(all[:1], "6789") && short == 0 && len(groups) <= 3
	case n == 12 && len(groups) <= 5:
		return (strings.HasPrefix(all, "91") && strings.ContainsAny(all[2:3], "6789") || strings.HasPrefix(all, "44") && all[2] != '0') && (short == 0 || short == 1 && len(groups[0]) == 2)
	}
	return false
}

// pairs reports whether every group has 2 digits, as in "07 70 09 00 12 3".
func pairs(groups []string) bool {
	for i, g := range groups {
		if len(g) != 2 && i < len(groups)-1 {
			return false
		}
	}
	return len(groups) > 2
}
