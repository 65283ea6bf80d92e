package auth

import (
	"net/mail"
	"strings"

	"golang.org/x/text/unicode/norm"

	"carecorridor/internal/check"
)

// Longest texts.
const (
	maxName  = 100
	maxEmail = 254 // RFC 5321
	maxLabel = 60
	maxWhy   = 500
)

// address brings an email address into the one shape that is kept and looked up; "" when it is none.
func address(typed string) string {
	typed = strings.ToLower(norm.NFC.String(strings.TrimSpace(typed)))
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Address != typed || len(typed) > maxEmail {
		return ""
	}
	_, domain, _ := strings.Cut(typed, "@")
	if !strings.Contains(domain, ".") || strings.ContainsAny(typed, " \"") {
		return ""
	}
	return typed
}

// needEmail notes a problem with an address.
func needEmail(l *check.List, field, typed string) string {
	known := address(typed)
	l.Need(known != "", field, "Enter an email address, like name@example.com")
	return known
}

// needName notes a problem with a person's name.
func needName(l *check.List, field, typed string) string {
	name := norm.NFC.String(strings.TrimSpace(typed))
	if check.Blank(name) {
		l.Add(field, "Enter the full name, as colleagues know it")
		return ""
	}
	l.Line(field, "The name", name, maxName)
	return name
}

// indexes find an address, whichever keys are in use.
func (s *Service) indexes(email string) [][]byte { return s.Box.Indexes(EmailPurpose, email) }

// agents are found in a User-Agent header by the first word that fits; order matters, because browsers name each other.
var agents, systems = []family{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
	{"Chrome", "Chrome"}, {"CriOS", "Chrome"}, {"Safari", "Safari"}}, []family{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"},
	{"Windows", "Windows"}, {"Macintosh", "a Mac"}, {"CrOS", "a Chromebook"}, {"Linux", "Linux"}}

type family struct{ word, name string }

// agentOf is the family of a browser, enough for its owner to know it again: versions would tell more than is needed.
func agentOf(header string) string {
	first := func(all []family, other string) string {
		for _, f := range all {
			if strings.Contains(header, f.word) {
				return f.name
			}
		}
		return other
	}
	return first(agents, "A browser") + " on " + first(systems, "an unknown system")
}
