package pricelist

import (
	"regexp"
	"strings"

	"carecorridor/internal/money"
)

// A charge in a cell: "Intensive care: £210 per night". In a list each is on its own line.
var (
	perWords  = regexp.MustCompile(`(?i)^(.*?\d.*?)(?:\s+(?:per|each|a|an)\s+|\s*/\s*)([^\s\d/-].*)$`)
	onTop     = regexp.MustCompile(`(?i)^on[ _-]?top\b[\s:,]*(.*)$`)
	mustWords = regexp.MustCompile(`(?i)[\s,;(]+(?:mandatory|compulsory|obligatory|required|always|everyone pays)\)?\s*$`)
)

const notKnown = "amount not known"

// parseCharge reads "£210 per night", "₹2,500/unit", "amount not known".
func parseCharge(s string) (c Charge, say string) {
	s = spaces(s)
	if m := mustWords.FindStringIndex(s); m != nil {
		c.Must, s = true, s[:m[0]]
	}
	if f := fold(s); f == notKnown || f == "not known" || f == "unknown" {
		return c, ""
	}
	if m := perWords.FindStringSubmatch(s); m != nil {
		s, c.Per = m[1], strings.TrimSpace(m[2])
	}
	a, say := Money(s, money.GBP, money.INR, money.USD, money.EUR)
	if say != "" {
		return c, say + ". Write a charge like £210 per night"
	}
	c.Amount = &a
	return c, ""
}

// mostColons that are tried from the end: a cell full of them is not worth the time.
const mostColons = 4

// parseLabelled reads "Intensive care: £210 per night": the amount is behind the last colon that has one behind it.
func parseLabelled(s string) (c Charge, say string) {
	for at, tries := len(s), 0; tries < mostColons; tries++ {
		if at = strings.LastIndex(s[:at], ":"); at < 0 {
			break
		}
		c, problem := parseCharge(s[at+1:])
		if problem == "" {
			c.Label = strings.TrimSpace(s[:at])
			return c, ""
		}
		if say == "" {
			say = problem
		}
	}
	if say == "" {
		say = "“" + short(s) + "” has no amount. Write it like Intensive care: £210 per night, or: amount not known"
	}
	return c, say
}

// text is what parseCharge reads.
func (c Charge) text() string {
	s := notKnown
	if c.Amount != nil {
		s = c.Amount.String()
		if c.Per != "" {
			s += " per " + c.Per
		}
	}
	if c.Must {
		s += " (mandatory)"
	}
	return s
}

func parseAnswer(s string) (a Answer, say string) {
	f := fold(spaces(s))
	switch f {
	case "":
		return a, ""
	case "yes", "y", "included", "true", "✓":
		return Answer{Is: Yes}, ""
	case "no", "n", "not included", "not needed", "false":
		return Answer{Is: No}, ""
	}
	const how = "Write yes, no, or on top: £210 per night"
	m := onTop.FindStringSubmatch(spaces(s))
	switch {
	case m == nil:
		return a, "“" + short(spaces(s)) + "” is not an answer. " + how
	case m[1] == "":
		return a, "Say how much comes on top. " + how
	}
	c, say := parseCharge(m[1])
	return Answer{OnTop, &c}, say
}

func (a Answer) text() string {
	if a.Is != OnTop || a.Charge == nil {
		return string(a.Is)
	}
	return "on top: " + a.Charge.text()
}

// parseList divides a cell into its entries, one a line: a semicolon may be part of one.
func parseList(s string) (out []string) {
	for _, e := range strings.Split(s, "\n") {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}

func listText(entries []string) string { return strings.Join(entries, "\n") }
