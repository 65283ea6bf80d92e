package resolver

import (
	"strconv"
	"strings"
)

// amountAt reads "[currency] number [scale] [currency]" at i, also run together ("gbp6000", "6k", "5lakh").
func amountAt(toks []token, i int) (amount, bool) {
	if i >= len(toks) || toks[i].used {
		return amount{}, false
	}
	a := amount{scale: 1}
	if c, ok := currencies[toks[i].norm]; ok && i+1 < len(toks) && toks[i+1].kind == number {
		a.currency = c
		i++
	} else if c, n, ok := gluedCurrency(toks[i]); ok {
		return finish(amount{currency: c, value: n, scale: 1, sure: true, next: i + 1}, toks), true
	}
	if toks[i].kind != number {
		return wordedAmount(toks, i, a)
	}
	v, ok := numeric(toks[i].norm)
	if !ok {
		return a, false
	}
	a.value, a.next, a.sure = v, i+1, a.currency != ""
	if a.currency == "" && indianGrouping(toks[i].norm) {
		a.currency = "INR"
	}
	return finish(a, toks), true
}

// finish reads the scale and the currency after the number.
func finish(a amount, toks []token) amount {
	glued := a.next < len(toks) && a.next > 0 && toks[a.next].start == toks[a.next-1].end
	if a.next < len(toks) && toks[a.next].kind == word {
		w := toks[a.next].norm
		if m, ok := scales[w]; ok && (len(w) > 1 || glued || w == "k") {
			a.value, a.scale, a.sure = a.value*m, m, true
			a.next++
			a = lesserPart(a, toks)
		} else if m, c, ok := scaleAndCurrency(w); ok && glued {
			a.value, a.scale, a.currency, a.sure = a.value*m, m, c, true
			a.next++
		}
	}
	if a.next < len(toks) {
		if c, ok := currencies[toks[a.next].norm]; ok {
			a.currency, a.sure = c, true
			a.next++
		}
	}
	if a.currency == "" && a.scale >= indianScale && a.scale != scales["m"] {
		a.currency = "INR"
	}
	if a.value > largest {
		a.value = largest
	}
	return a
}

// scaleAndCurrency splits "kgbp", "lakhinr".
func scaleAndCurrency(w string) (float64, string, bool) {
	for s, m := range scales {
		if rest, ok := strings.CutPrefix(w, s); ok {
			if c, ok := currencies[rest]; ok {
				return m, c, true
			}
		}
	}
	return 0, "", false
}

// gluedCurrency reads "rs5000", "gbp6000".
func gluedCurrency(t token) (string, float64, bool) {
	if t.kind != word {
		return "", 0, false
	}
	i := strings.IndexAny(t.norm, "0123456789")
	if i <= 0 {
		return "", 0, false
	}
	c, ok := currencies[t.norm[:i]]
	if !ok {
		return "", 0, false
	}
	n, ok := numeric(t.norm[i:])
	return c, n, ok
}

func numeric(s string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil && v >= 0
}

// indianGrouping is true of 5,00,000: two digits between commas.
func indianGrouping(s string) bool {
	parts := strings.Split(s, ",")
	return len(parts) >= 3 && len(parts[len(parts)-1]) == 3 && len(parts[1]) == 2
}

// limit says which end of a range a word opens.
type limit uint8

const (
	none limit = iota
	most
	least
)

var limitsBefore = map[string]limit{
	"under": most, "below": most, "less than": most, "lesser than": most, "up to": most, "upto": most, "max": most, "maximum": most,
	"within": most, "budget": most, "budget of": most, "budget is": most, "no more than": most, "not more than": most,
	"cheaper than": most, "at most": most, "around": most, "about": most, "approx": most, "approximately": most, "roughly": most,
	"not over": most, "undr": most, "beneath": most, "lower than": most, "max of": most, "within budget of": most, "<": most,
	"over": least, "above": least, "at least": least, "more than": least, "minimum": least, "min": least, "from": least,
	"starting from": least, "starting at": least, "upwards of": least, "budget around": most, "budget about": most,
	"budget under": most, "budget up to": most, "budget max": most, "budget upto": most, "max budget": most,
}

var limitsAfter = map[string]limit{
	"se kam": most, "tak": most, "ke andar": most, "or less": most, "max": most, "maximum": most, "or under": most, "budget": most,
	"tops": most, "or below": most, "limit": most, "se neeche": most, "ton ghat": most, "de andar": most, "mein": most, "te": none,
	"se zyada": least, "or more": least, "plus": least, "+": least, "and above": least, "minimum": least, "se upar": least,
	"or over": least, "ke under": most,
}

// limitBefore is the limit said in the three words before i, and where it starts.
func limitBefore(toks []token, i int) (limit, int) {
	for n := 3; n >= 1; n-- {
		if i-n < 0 {
			continue
		}
		if l, ok := limitsBefore[joinNorm(toks[i-n:i])]; ok {
			return l, i - n
		}
	}
	return none, i
}

// limitAfter is the limit said after an amount, and where it ends.
func limitAfter(toks []token, i int) (limit, int) {
	for n := 2; n >= 1; n-- {
		if i+n > len(toks) {
			continue
		}
		if l, ok := limitsAfter[joinNorm(toks[i:i+n])]; ok {
			return l, i + n
		}
	}
	return none, i
}

func joinNorm(toks []token) string {
	if len(toks) == 1 {
		return toks[0].norm
	}
	var b strings.Builder
	for i, t := range toks {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.norm)
	}
	return b.String()
}

var counted = map[string]bool{
	"year": true, "years": true, "yr": true, "yrs": true, "day": true, "days": true, "week": true, "weeks": true, "month": true,
	"months": true, "km": true, "kms": true, "mile": true, "miles": true, "bed": true, "beds": true, "kg": true, "kgs": true,
	"grafts": true, "graft": true, "hours": true, "mg": true, "ml": true, "cm": true, "mm": true, "people": true, "minutes": true,
	"stone": true, "calories": true, "kilometre": true, "kilometres": true, "kilometer": true, "kilometers": true, "mi": true,
	"nights": true, "night": true, "patients": true, "doctors": true, "hospitals": true, "grams": true, "units": true, "metres": true,
}

// unitNoun is true when the number before i counts something else than money.
func unitNoun(toks []token, i int) bool { return i < len(toks) && counted[toks[i].norm] }
