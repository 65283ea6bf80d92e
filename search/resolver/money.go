package resolver

import (
	"math"
	"strconv"
)

// amount is a number read as money. sure is true when a currency or a word like "lakh" says that it is one.
type amount struct {
	value    float64
	currency string
	scale    float64 // 1 when none was said
	worded   bool    // written in words
	sure     bool
	next     int // index after it
}

var currencies = map[string]string{
	"£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "sterling": "GBP", "pund": "GBP", "pounds sterling": "GBP",
	"₹": "INR", "inr": "INR", "rs": "INR", "rupee": "INR", "rupees": "INR", "rupaye": "INR", "rupay": "INR", "rupiya": "INR", "rupiye": "INR",
	"$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us$": "USD",
	"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
}

var scales = map[string]float64{
	"k": 1e3, "grand": 1e3, "thousand": 1e3, "thousands": 1e3, "hazar": 1e3, "hazaar": 1e3, "hajar": 1e3,
	"lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lakhas": 1e5, "l": 1e5, "lack": 1e5,
	"crore": 1e7, "crores": 1e7, "cr": 1e7, "million": 1e6, "m": 1e6,
}

// indianScales are the words that mean rupees when no currency is said.
const indianScale = 1e5

// leastBare is the smallest number without a money word that a limit word makes a price.
const leastBare = 100

// largest amount that is believed; more is a slip of the finger or not money.
const largest = 1e12

// readMoney finds the price limits and marks their words.
func readMoney(s *scratch, out *Resolution) {
	for i := 0; i < len(s.toks); i++ {
		if readRange(s, i, out) {
			continue
		}
		a, ok := amountAt(s.toks, i)
		if !ok {
			continue
		}
		if a.value < leastBare && a.worded {
			continue
		}
		before, from := limitBefore(s.toks, i)
		after, to := limitAfter(s.toks, a.next)
		if !a.sure && (before == none && after == none || a.value < leastBare || unitNoun(s.toks, a.next)) {
			if a.worded && !unitNoun(s.toks, a.next) {
				s.unknown(out, i, a.next)
			}
			continue
		}
		which := before
		if which == none {
			from, which = i, after
		}
		if after == none {
			to = a.next
		}
		put(s, out, which, a, from, to)
		i = to - 1
	}
}

// unknown says that the words from one token to before another were not used.
func (s *scratch) unknown(out *Resolution, from, to int) {
	for i := from; i < to; i++ {
		s.toks[i].used = true
	}
	out.Unknown = append(out.Unknown, s.text[s.toks[from].start:s.toks[to-1].end])
}

// dropCurrencies marks currency words without a number, so that nobody reads them as something else.
func dropCurrencies(toks []token) {
	for i := range toks {
		if _, ok := currencies[toks[i].norm]; !ok || toks[i].used {
			continue
		}
		if toks[i].norm == "sterling" && (i == 0 || currencies[toks[i-1].norm] == "") {
			continue // also a hospital's name
		}
		toks[i].used = true
	}
}

// put sets one limit; without a limit word an amount is the most that may be spent.
func put(s *scratch, out *Resolution, which limit, a amount, from, to int) {
	v := int64(math.Round(a.value))
	if which == least {
		out.PriceMin = &v
	} else {
		out.PriceMax = &v
	}
	settle(s, out, a.currency, from, to)
}

// readRange reads "between 4 and 6 lakh", "£2,000-4,000", "from 2k to 4k".
func readRange(s *scratch, i int, out *Resolution) bool {
	a, ok := amountAt(s.toks, i)
	if !ok || a.next >= len(s.toks) {
		return false
	}
	joint := s.toks[a.next].norm
	switch joint {
	case "-", "–", "and", "to", "se":
	default:
		return false
	}
	b, ok := amountAt(s.toks, a.next+1)
	if !ok {
		return false
	}
	from, opened := i, i > 0 && (s.toks[i-1].norm == "between" || s.toks[i-1].norm == "from")
	if opened {
		from--
	}
	if !a.sure && !b.sure && (unitNoun(s.toks, b.next) || a.value < leastBare || !opened && (joint == "and" || !likePrices(s.toks, i, a, b))) {
		return false
	}
	if a.scale == 1 && a.value < b.value/b.scale && b.scale > 1 {
		a.value *= b.scale
	}
	if b.currency == "" || a.sure && !b.sure {
		b.currency = a.currency
	}
	lo, hi := int64(math.Round(min(a.value, b.value))), int64(math.Round(max(a.value, b.value)))
	out.PriceMin, out.PriceMax = &lo, &hi
	settle(s, out, b.currency, from, b.next)
	return true
}

// Bounds of what is read as a range of prices without a word that says so.
const (
	leastBareRange = 300
	firstYear      = 1900
	lastYear       = 2100
)

// likePrices is true of two rising numbers that are neither years nor a telephone number.
func likePrices(toks []token, i int, a, b amount) bool {
	years := a.value >= firstYear && b.value <= lastYear
	return a.value >= leastBareRange && a.value < b.value && !years && toks[i].norm[0] != '0' && b.value <= 1000*a.value
}

// settle sets the currency, marks the words and makes the chip.
func settle(s *scratch, out *Resolution, currency string, from, to int) {
	if currency == "" {
		currency = "GBP"
	}
	out.Currency = currency
	for i := from; i < to; i++ {
		s.toks[i].used = true
	}
	value, label := priceText(out)
	words := s.text[s.toks[from].start:s.toks[to-1].end]
	for i, c := range out.Chips {
		if c.Slot == SlotPrice {
			out.Chips[i] = Chip{SlotPrice, value, label, c.Words + " " + words}
			return
		}
	}
	out.chip(SlotPrice, value, label, words)
}

// priceText is the value ("min-max currency") and the label of the price chip.
func priceText(out *Resolution) (value, label string) {
	lo, hi := "", ""
	if out.PriceMin != nil {
		lo = strconv.FormatInt(*out.PriceMin, 10)
	}
	if out.PriceMax != nil {
		hi = strconv.FormatInt(*out.PriceMax, 10)
	}
	value = lo + "-" + hi + " " + out.Currency
	mark := marks[out.Currency]
	switch {
	case lo == "":
		return value, "Up to " + mark + grouped(*out.PriceMax)
	case hi == "":
		return value, "From " + mark + grouped(*out.PriceMin)
	}
	return value, mark + grouped(*out.PriceMin) + " to " + mark + grouped(*out.PriceMax)
}

var marks = map[string]string{"GBP": "£", "INR": "₹", "USD": "$", "EUR": "€"}

// grouped writes n with a comma between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
