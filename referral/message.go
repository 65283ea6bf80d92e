package referral

import (
	"regexp"
	"slices"

	"carecorridor/internal/check"
)

var (
	emailShape = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+\s?(@|\(at\)|\[at\])\s?[\p{L}\d-]+(\s?(\.|\(dot\)|\[dot\])\s?[\p{L}]{2,})+`)
	phoneShape = regexp.MustCompile(`(?:\+|00)?\d(?:[\s().-]*\d){9,14}`)
	linkShape  = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+|\b(?:wa\.me|t\.me|bit\.ly)/\S+`)
	// paying off the platform: words for it, and the shape of accounts (domain.md §9.2 A6).
	paymentWords = regexp.MustCompile(`(?i)\b(?:western union|moneygram|paypal|revolut|wise transfer|hawala|bitcoin|crypto\w*|usdt|gift cards?|upi|paytm|gpay|google pay|phonepe|` +
		`(?:bank|wire) (?:transfer|details|account)|account (?:number|no\.?)|sort code|ifsc|iban|swift(?: code)?|pay (?:me|us) (?:directly|direct|in cash|outside)|cash (?:payment|discount)|` +
		`(?:advance|deposit|token) (?:payment|amount|money|fee)|send (?:the )?(?:money|deposit|advance))\b`)
	accountShape = regexp.MustCompile(`\b(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?|\d{2}[- ]\d{2}[- ]\d{2}\s+\d{8}|[A-Z]{4}0[A-Z0-9]{6})\b`)
)

// CheckMessage is for words in a hospital's thread. Before an offer is accepted nobody may pass contact details:
// the thread is how they reach each other (domain.md §1.3). Field: text.
func CheckMessage(text string, s State) check.List {
	l := words("text", "message", text, true)
	if !l.OK() || slices.Contains(without(sent, comparing...), s) {
		return l
	}
	l.Need(!emailShape.MatchString(text), "text", "Take the email address out. You can share contact details after an offer is accepted")
	l.Need(!phoneShape.MatchString(text), "text", "Take the phone number out. You can share contact details after an offer is accepted")
	l.Need(!linkShape.MatchString(text), "text", "Take the link out. You can attach a document instead")
	return l
}

// SpeaksOfPayment reports whether words ask for money or give an account: the coordinator is told, the message goes.
func SpeaksOfPayment(text string) bool {
	return paymentWords.MatchString(text) || accountShape.MatchString(text)
}
