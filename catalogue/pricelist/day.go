package pricelist

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"carecorridor/internal/when"
)

var (
	iso     = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	numbers = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
	named   = regexp.MustCompile(`^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d{2})$`)
	clock   = regexp.MustCompile(`[ T]00:00(:00(\.0+)?)?Z?$`)
	serial  = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	twoYear = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$`)
)

// Day reads a date as people and spreadsheets write it: 31/12/2026, 31.12.2026, 2026-12-31, 31-Dec-2026, 31 December
// 2026. Day comes before month. say is "" when it was read, else a sentence that says how to write it.
func Day(s string) (d when.Date, say string) {
	text := clock.ReplaceAllString(spaces(s), "")
	switch {
	case iso.MatchString(text):
		m := iso.FindStringSubmatch(text)
		return day(text, m[1], m[2], m[3])
	case numbers.MatchString(text):
		m := numbers.FindStringSubmatch(text)
		if monthFirst(text) {
			return d, fmt.Sprintf("“%s” has the month before the day. Write the day first, for example 31/12/2026", text)
		}
		return day(text, m[3], m[2], m[1])
	case named.MatchString(text):
		m := named.FindStringSubmatch(text)
		if month := monthOf(m[2]); month != 0 {
			return day(text, ("20" + m[3])[len(m[3])-2:], strconv.Itoa(month), m[1])
		}
	case serial.MatchString(text):
		return d, fmt.Sprintf("“%s” is a spreadsheet's own number for a day, and programs disagree on which. Format the column as a date, for example 31/12/2026", text)
	case twoYear.MatchString(text):
		return d, fmt.Sprintf("“%s” has a year of 2 figures. Write all 4, for example 31/12/2026", text)
	}
	return d, fmt.Sprintf("“%s” is not a date. Write it like 31/12/2026", short(text))
}

// monthOf knows a month by its English name or the first three letters of it, and "Sept".
func monthOf(name string) int {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if name == full || name == full[:3] || name == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

func day(text, year, month, dayOf string) (when.Date, string) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	n, _ := strconv.Atoi(dayOf)
	d := when.Date{Year: y, Month: time.Month(m), Day: n}
	if y < 2000 || y > 2099 || when.DateOf(d.Time()) != d {
		return when.Date{}, fmt.Sprintf("There is no day “%s”. Check it and write it like 31/12/2026", text)
	}
	return d, ""
}

// monthFirst reports a date that makes sense only with the month before the day.
func monthFirst(s string) bool {
	m := numbers.FindStringSubmatch(spaces(s))
	return m != nil && m[2] > "12" && len(m[2]) == 2 && (len(m[1]) == 1 || m[1] <= "12")
}

// eitherWay reports a date that means another day when the month comes first.
func eitherWay(s string) bool {
	m := numbers.FindStringSubmatch(spaces(s))
	if m == nil {
		return false
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	return a != b && a <= 12 && b <= 12
}
