// Package contact finds ways to reach or to pay somebody past the platform in what people write to each other: email
// addresses, phone numbers, links and other messengers, which wait for an acceptance (domain.md §1.3), and words about
// paying elsewhere (§9.2 A6). Medical words full of dates, doses and values are not for it to stop. It judges words
// alone: documents are scanned elsewhere.
package contact

import (
	"regexp"

	"carecorridor/internal/plain"
)

// Kind of contact detail.
type Kind string

// Kinds.
const (
	None      Kind = ""
	Email     Kind = "email address"
	Phone     Kind = "phone number"
	Link      Kind = "link"
	Messenger Kind = "messenger or account" // another service to write or call on
)

var (
	at  = `(?:\s*@\s*|\s*[(\[{<]\s*at\s*[)\]}>]\s*|\s+at\s+)`
	dot = `(?:\s*\.\s*|\s*[(\[{<]\s*(?:dot|\.)\s*[)\]}>]\s*|\s+dot\s+)`
	// an address with its signs, or with words for both of them: "rao at example dot com"
	address = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+(?:\s?@\s?|\s*[(\[{<]\s*(?:at|@)\s*[)\]}>]\s*)[\p{L}\d-]+(?:` + dot + `[\p{L}]{2,})+`)
	spelled = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+` + at + `[\p{L}\d-]+(?:\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+)(?:com|org|net|info|edu|gov|uk|co|io|me|live|health)\b`)
	// as India says it: "rao at the rate example dot in"
	atTheRate = regexp.MustCompile(`(?i)\bat (?:the )?rate (?:of )?[\p{L}\d-]+` + dot + `[\p{L}]{2,}`)
	// letters that stand apart behind the sign: "@ s.a.m.p.l.e"
	apart   = regexp.MustCompile(`@\s?(?:\p{L}[.\s_-]+){4,}`)
	mailbox = regexp.MustCompile(`(?i)\b(?:g-?mail|googlemail|hotmail|ymail|rediffmail|proton ?mail|icloud mail|yahoo\.|outlook\.com)`)

	scheme = regexp.MustCompile(`(?i)\bhttps?\s?:\s?/\s?/|\bwww\s?\.\s?[\p{L}\d-]+`)
	// endings that no sentence has by a space that was forgotten ("the knee.In 2019")
	domain = regexp.MustCompile(`(?i)\b[\p{L}\d][\p{L}\d-]*\.(?:com|org|net|info|biz|online|site|website|clinic|hospital|doctor|health|app|link|xyz|co\.(?:uk|in)|(?:org|nhs|ac|gov|me)\.uk|(?:gov|org|nic|net|ac)\.in)\b`)
	// every ending, when a path follows: "bit.ly/x"
	path    = regexp.MustCompile(`(?i)\b[\p{L}\d][\p{L}\d-]*\.[a-z]{2,}/[\p{L}\d?#@+=_-]`)
	service = regexp.MustCompile(`(?i)\b(?:what'?s ?app|wats ?app|viber|we ?chat|telegram|insta(?:gram)?|snap ?chat|skype|face ?time|botim)\b|` +
		`\b(?:my|on|via|by|through|over) (?:facebook|messenger|linked ?in|signal app|imo|fb)\b|\b(?:me|us|him|her) (?:on|via) signal\b|\bfacebook (?:id|name|page|profile)\b|\b(?:facebook|linkedin|fb|wa)\s?[:@]|\bwa me\b|(?:^|\s)@(?:dr|prof)[\w.]+`)
)

// Find is what kind of contact detail words hold, None for none.
func Find(text string) Kind {
	s := plain.Text(text)
	if k := inWords(s); k != None {
		return k
	}
	if phone(s) {
		return Phone
	}
	if closed := closedUp(s); closed != s && inWords(closed) != None {
		return inWords(closed)
	}
	if service.MatchString(s) {
		return Messenger
	}
	return None
}

// inWords is an address or a link, None for neither.
func inWords(s string) Kind {
	switch {
	case address.MatchString(s), spelled.MatchString(s), mailbox.MatchString(s), atTheRate.MatchString(s), apart.MatchString(s):
		return Email
	case scheme.MatchString(s), path.MatchString(numbersOut(s)), domain.MatchString(s):
		return Link
	}
	return None
}
