// Package money holds amounts in minor units with their currency. It is not for exchange-rate look-ups:
// a Rate is given, with its date, by whoever holds it.
package money

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"carecorridor/internal/when"
)

// Currency is an ISO 4217 code.
type Currency string

// The currencies the catalogue holds; all three have 100 minor units.
const (
	GBP Currency = "GBP"
	INR Currency = "INR"
	USD Currency = "USD"
	EUR Currency = "EUR"
)

var signs = map[Currency]string{GBP: "£", INR: "₹", USD: "US$", EUR: "€"}

// Known reports whether c is a currency the catalogue holds.
func (c Currency) Known() bool { return signs[c] != "" }

// Amount is Minor hundredths of Currency: pence, paise, cents.
type Amount struct {
	Minor    int64
	Currency Currency
}

// Whole makes an amount of n pounds, rupees or dollars.
func Whole(n int64, c Currency) Amount { return Amount{n * 100, c} }

// String is how a person reads it: "£5,450", "₹6,26,750", "£12.50" (ux.md §10).
func (a Amount) String() string {
	n, sign := a.Minor, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	s := sign + signs[a.Currency] + Group(n/100, a.Currency)
	if p := n % 100; p != 0 {
		s += fmt.Sprintf(".%02d", p)
	}
	return s
}

// Group writes n with the currency's digit grouping: Indian (3, then 2s) for INR, thousands otherwise.
func Group(n int64, c Currency) string {
	s := strconv.FormatInt(n, 10)
	if len(s) <= 3 {
		return s
	}
	head, out := s[:len(s)-3], s[len(s)-3:]
	step := 3
	if c == INR {
		step = 2
	}
	for len(head) > step {
		out, head = head[len(head)-step:]+","+out, head[:len(head)-step]
	}
	return strings.TrimPrefix(head+","+out, ",")
}

// RoundTo rounds to the nearest multiple of step whole units: an indicative figure must not look exact.
func (a Amount) RoundTo(step int64) Amount {
	unit := step * 100
	return Amount{int64(math.Round(float64(a.Minor)/float64(unit))) * unit, a.Currency}
}

// Rate is how many units of To one unit of From buys, as published for a period, with its source date.
type Rate struct {
	From, To Currency
	PerUnit  float64
	Period   string    // "2026-06", the month the average is for
	On       when.Date // when the source published it
}

// Convert applies r, rounding to the minor unit. It panics only on a programmer's mistake: a rate of another pair.
func (a Amount) Convert(r Rate) Amount {
	if a.Currency == r.To {
		return a
	}
	if a.Currency != r.From {
		panic(fmt.Sprintf("money: %s through a %s-%s rate", a.Currency, r.From, r.To))
	}
	return Amount{int64(math.Round(float64(a.Minor) * r.PerUnit)), r.To}
}

// Invert is the same rate the other way.
func (r Rate) Invert() Rate { return Rate{r.To, r.From, 1 / r.PerUnit, r.Period, r.On} }
