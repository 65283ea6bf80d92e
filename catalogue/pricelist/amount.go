package pricelist

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/money"
)

// signs of currencies as people write them, longer ones first where one begins with another.
var signs = []struct {
	sign     string
	currency money.Currency
}{
	{"£", money.GBP}, {"gbp", money.GBP}, {"pounds", money.GBP}, {"₹", money.INR}, {"inr", money.INR}, {"rupees", money.INR}, {"rs.", money.INR}, {"rs", money.INR},
	{"us$", money.USD}, {"usd", money.USD}, {"$", money.USD}, {"€", money.EUR}, {"eur", money.EUR},
}

var currencyNames = map[money.Currency]string{money.GBP: "pounds (£)", money.INR: "rupees (₹)", money.USD: "US dollars", money.EUR: "euros"}

var (
	figures    = regexp.MustCompile(`^\d+([ ,]\d+)*(\.\d+)?$`)
	western    = regexp.MustCompile(`^\d{1,3}([ ,]\d{3})*$`)
	indian     = regexp.MustCompile(`^\d{1,2}([ ,]\d{2})*[ ,]\d{3}$`)
	scientific = regexp.MustCompile(`(?i)^\d+(\.\d+)?e\+?\d+$`)
)

// Money reads an amount as people write it: "£6,200", "6200.50", "GBP 6,200", "₹5,26,750", "Rs. 5 26 750/-". Currencies
// are those allowed; the first is meant when none is named. Nothing is guessed: say is "" when the amount was read,
// else a sentence that says how to write it. The amount may be 0; signs of less are refused.
func Money(s string, currencies ...money.Currency) (a money.Amount, say string) {
	text := spaces(s)
	switch {
	case text == "":
		return a, "Enter an amount"
	case strings.HasPrefix(text, "="):
		return a, "Enter the amount itself. A formula is not worked out"
	case strings.HasPrefix(text, "#"):
		return a, fmt.Sprintf("The spreadsheet shows an error here (%s). Enter the amount", short(text))
	case strings.ContainsAny(text, "?\uFFFD"):
		return a, "A sign was lost when the file was saved. Save it as “CSV UTF-8”, or write the amount without the sign"
	}
	number, found := unsigned(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "/-"), "/="))
	if strings.HasPrefix(number, "-") || strings.HasPrefix(number, "−") || strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		return a, "The amount must not be below 0. Write it without a minus sign"
	}
	if len(found) > 1 {
		return a, fmt.Sprintf("“%s” names 2 currencies. Write one", short(text))
	}
	if number == "" {
		return a, "Enter an amount"
	}
	a.Currency = currencies[0]
	if len(found) == 1 {
		a.Currency = found[0]
	}
	if !slices.Contains(currencies, a.Currency) {
		return a, fmt.Sprintf("Enter the amount in %s. This one is in %s", currencyNames[currencies[0]], currencyNames[a.Currency])
	}
	if a.Minor, say = minor(number, a.Currency); say != "" {
		return a, say
	}
	return a, ""
}

// unsigned takes signs of currencies off both ends and says which were there, each once.
func unsigned(s string) (number string, found []money.Currency) {
	for again := true; again; {
		again = false
		s = strings.TrimSpace(s)
		for _, x := range signs {
			rest, ok := strings.CutPrefix(s, x.sign)
			if !ok {
				rest, ok = strings.CutSuffix(s, x.sign)
			}
			if !ok {
				continue
			}
			if s, again = rest, true; !slices.Contains(found, x.currency) {
				found = append(found, x.currency)
			}
			break
		}
	}
	return s, found
}

// mostFigures of an amount: a thousand times the largest price, far below where pence overflow.
const mostFigures = 12

var groups = strings.NewReplacer(",", "", " ", "")

// minor reads figures, grouped in thousands or as in India or not at all.
func minor(number string, c money.Currency) (n int64, say string) {
	whole, part, _ := strings.Cut(number, ".")
	switch {
	case scientific.MatchString(number):
		return 0, "The spreadsheet shortened this number. Write the amount in full, for example 6200"
	case !figures.MatchString(number):
		return 0, fmt.Sprintf("“%s” is not an amount. Write it in figures, for example 6200", short(number))
	case len(part) > 2:
		return 0, fmt.Sprintf("“%s” has %d figures after the point. Write thousands with a comma or without a mark, for example 6200", short(number), len(part))
	case strings.Contains(whole, ",") && strings.Contains(whole, " "), strings.ContainsAny(whole, ", ") && !western.MatchString(whole) && !indian.MatchString(whole):
		return 0, fmt.Sprintf("A figure of “%s” may be missing or too many: its groups are not those of any amount. Check it and write it without commas", short(number))
	case c == money.GBP && strings.ContainsAny(whole, ", ") && !western.MatchString(whole):
		return 0, fmt.Sprintf("“%s” is grouped as rupees are. Check that it is in pounds and write it without commas", short(number))
	}
	whole = groups.Replace(whole)
	if len(whole) > mostFigures {
		return 0, fmt.Sprintf("“%s” is far too large", short(number))
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return 0, fmt.Sprintf("“%s” is not an amount", short(number))
	}
	return n, ""
}

// spaces makes every kind of space an ordinary one and trims: spreadsheets group figures with spaces that do not break.
func spaces(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u2007', '\u2008', '\u2009', '\u200a', '\u202f', '\t', '\n', '\r':
			return ' '
		case '\u200b', '\ufeff':
			return -1
		}
		return r
	}, s))
}

// short is a cell for a sentence: never longer than 30 characters.
func short(s string) string { return cut(s, 30) }

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// amountCell is minor units as a spreadsheet can add them up: "6200", "6200.50"; "" for none.
func amountCell(minor *int64) string {
	if minor == nil {
		return ""
	}
	if p := *minor % 100; p != 0 {
		return fmt.Sprintf("%d.%02d", *minor/100, p)
	}
	return strconv.FormatInt(*minor/100, 10)
}
