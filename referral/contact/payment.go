package contact

import (
	"regexp"
	"strconv"
	"strings"

	"carecorridor/internal/plain"
)

const (
	coin   = `(?:£|\$|€|₹|rs\.?|inr|gbp|usd|eur|rupees?|pounds?|dollars?|euros?|lakhs?)`
	amount = `(?:` + coin + `\s?[\d][\d,.]*(?:\s?k\b)?|\d[\d,.]*\s?k?\s?` + coin + `)`
)

// talk of paying elsewhere. Hyphens count as spaces in it.
var talk = regexp.MustCompile(`(?i)(?:\b|^|\W)(?:western union|money ?gram|paypal|revolut|venmo|zelle|cash ?app|wise transfer|transfer ?wise|hawala|bitcoin|crypto ?currenc(?:y|ies)|crypto|usdt|gift cards?|upi|paytm|g ?pay|` +
	`google ?pay|apple ?pay|phone ?pe|(?:bank|wire) (?:transfer|details|accounts?)|account (?:number|no\b|details)|a/c (?:no\b|num|details|#|:)|sort code|ifsc|iban|swift code|bic code|` +
	`pay (?:me|us|him|her|them|the \w+|dr\.? \w+|directly)(?: \w+)? (?:directly|direct|cash|in cash|outside|personally|privately)|pay (?:me|us) cash|(?:pay|paid|paying|payment|settle) (?:\w+ ){0,2}in cash|cash (?:payment|discount|only|in hand)|` +
	`(?:pay|paid|paying|payment|transfer|book) (?:\w+ ){0,3}(?:outside|off|without|avoiding|around) (?:of )?(?:this |the |your )?(?:site|website|web site|platform|portal|system|care corridor)|` +
	`(?:advance|deposit|token) (?:payment|amount|money|fee)|(?:send|transfer|wire|remit|deposit|pay) (?:me |us )?(?:the |an? |some )?(?:money|funds|cash|deposit|advance)|` +
	`(?:send|transfer|wire|remit) (?:me |us )?` + amount + `|` + amount + ` (?:as )?(?:an? )?(?:advance|deposit)|(?:advance|deposit|token)(?: payment)? of (?:about |around )?` + amount + `|` +
	`(?:transfer|pay|deposit|send|credit)(?:ed)? (?:\S+ ){0,4}(?:to|into|in) (?:my|our|his|her|the surgeon'?s?|the doctor'?s?|this) (?:\w+ )?account)(?:\b|\W|$)`)

// price is an amount of money.
var price = regexp.MustCompile(`(?i)(?:\b|^|\W)` + amount)

// Price reports whether words name an amount of money.
func Price(text string) bool { return price.MatchString(plain.Text(text)) }

var (
	numbered = regexp.MustCompile(`\b\d{2}[- ]\d{2}[- ]\d{2}\s+\d{8}\b`)    // sort code and account
	ifsc     = regexp.MustCompile(`(?i)\b[a-z]{4}0[a-z0-9]{2}\d{4}\b`)      // an Indian branch
	ibanLike = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}(?: ?[a-z0-9]){10,}`) // judged by its length and check
	dashes   = regexp.MustCompile(`[\s_-]+`)
)

// Payment reports whether words ask for money past the platform or give an account.
func Payment(text string) bool {
	s := plain.Text(text)
	return talk.MatchString(dashes.ReplaceAllString(s, " ")) || numbered.MatchString(s) || ifsc.MatchString(s) || iban(s)
}

// ibanLength of the countries people here are likely to name; India has no IBAN.
var ibanLength = map[string]int{"GB": 22, "IE": 22, "DE": 22, "FR": 27, "ES": 24, "IT": 27, "NL": 18, "BE": 16, "CH": 21, "AT": 20, "PT": 25, "PL": 28, "LT": 20, "LU": 20, "SE": 24, "DK": 18, "NO": 15, "FI": 18,
	"AE": 23, "SA": 24, "QA": 29, "BH": 22, "KW": 30, "OM": 23, "CY": 28, "MT": 31, "EE": 20, "LV": 21, "RO": 24, "BG": 22, "CZ": 24, "HU": 28, "GR": 27, "TR": 26, "PK": 24}

// iban reports whether words hold an account number that checks (ISO 7064 mod 97-10).
func iban(s string) bool {
	for _, x := range ibanLike.FindAllString(s, -1) {
		x = strings.ToUpper(strings.ReplaceAll(x, " ", ""))
		if n, ok := ibanLength[x[:2]]; ok && len(x) >= n && checks(x[4:n]+x[:4]) {
			return true
		}
	}
	return false
}

func checks(s string) bool {
	rest := 0
	for _, r := range s {
		v := strconv.FormatInt(int64(r-'0'), 10)
		if r >= 'A' {
			v = strconv.FormatInt(int64(r-'A'+10), 10)
		}
		for _, d := range v {
			rest = (rest*10 + int(d-'0')) % 97
		}
	}
	return rest == 1
}
