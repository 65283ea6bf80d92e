package resolver

// smallNumbers are the number words below a hundred, largeNumbers those that multiply.
var smallNumbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
	"ninety": 90,
}

var largeNumbers = map[string]float64{
	"hundred": 100, "thousand": 1e3, "grand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "crore": 1e7,
	"crores": 1e7, "million": 1e6,
}

// wordedNumber reads "six thousand", "two lakh fifty thousand", "a hundred and fifty" from i. scale is the largest
// multiplier that was said, 1 for none.
func wordedNumber(toks []token, i int) (value, scale float64, next int) {
	var part float64 // below the next thousand, lakh or crore
	scale, next = 1, i
	for k := i; k < len(toks) && !toks[k].used; k++ {
		w := toks[k].norm
		m, isLarge := largeNumbers[w]
		switch {
		case smallNumbers[w] > 0 && (part == 0 || smallNumbers[w] < 10 && (int(part)%100 == 0 || int(part)%10 == 0 && int(part)%100 >= 20) || int(part)%100 == 0):
			part += smallNumbers[w]
		case isLarge && m == 100 && part > 0 && part < 100:
			part, scale = part*100, max(scale, m)
		case isLarge && m > 100 && part > 0:
			value, part, scale = value+part*m, 0, max(scale, m)
		case w == "a" && k == i && k+1 < len(toks) && largeNumbers[toks[k+1].norm] > 0:
			part = 1
			continue
		case (w == "and" || w == "-") && k > i && k+1 < len(toks) && smallNumbers[toks[k+1].norm] > 0 && (scale > 1 || part >= 20):
			continue
		default:
			return value + part, scale, next
		}
		next = k + 1
	}
	return value + part, scale, next
}

// wordedAmount is a number in words as money: sure only with a currency or an Indian unit.
func wordedAmount(toks []token, i int, a amount) (amount, bool) {
	v, scale, next := wordedNumber(toks, i)
	if next == i || scale == 1 {
		return a, false
	}
	a = finish(amount{value: v, scale: 1, worded: true, next: next, currency: a.currency}, toks)
	if a.currency == "" && scale >= indianScale && scale != scales["m"] {
		a.currency = "INR"
	}
	a.scale = scale
	a.sure = a.sure || a.currency != ""
	return a, true
}

// lesserPart adds what follows a multiplier with a smaller one: "2 lakh 50 thousand".
func lesserPart(a amount, toks []token) amount {
	if a.next >= len(toks) || toks[a.next].used {
		return a
	}
	v, scale, next := 0.0, 1.0, a.next
	if toks[a.next].kind == number && a.next+1 < len(toks) {
		n, ok := numeric(toks[a.next].norm)
		if m := largeNumbers[toks[a.next+1].norm]; ok && m > 0 {
			v, scale, next = n*m, m, a.next+2
		}
	} else {
		v, scale, next = wordedNumber(toks, a.next)
	}
	if next > a.next && scale > 1 && scale < a.scale {
		a.value, a.next = a.value+v, next
	}
	return a
}
