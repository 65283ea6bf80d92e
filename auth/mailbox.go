package auth

import (
	"fmt"
	"slices"
	"strings"
)

// SampleDomain is where the demonstration's people have their addresses: no mail can reach it (RFC 2606).
const SampleDomain = "demo.example"

// MailDomains are domains whose mailboxes show that somebody works in UK health (domain.md §1.4, R1). The list is exact:
// what is below a listed domain, or looks like it, does not count.
type MailDomains []string

// ParseMailDomains brings a list into one shape, and refuses what is no domain in plain letters.
func ParseMailDomains(typed []string) (MailDomains, error) {
	var out MailDomains
	for _, one := range typed {
		domain := plainDomain(strings.TrimPrefix(strings.TrimSpace(one), "@"))
		if domain == "" {
			return nil, fmt.Errorf("%q: want the part of an address after @, such as nhs.net", one)
		}
		out = append(out, domain)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Counts reports whether a mailbox is at one of the domains.
func (m MailDomains) Counts(address string) bool {
	domain := plainDomain(DomainOf(address))
	return domain != "" && slices.Contains(m, domain)
}

// DomainOf is the part of an address behind the last @.
func DomainOf(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}

// plainDomain is a domain in small letters; "" when it is none, or has letters of other alphabets, however they are written:
// they can look like another domain's.
func plainDomain(domain string) string {
	if strings.ContainsFunc(domain, func(r rune) bool { return r > 'z' }) {
		return "" // before small letters are made: some signs of other alphabets become a plain letter by it
	}
	domain = strings.ToLower(domain)
	labels := strings.Split(domain, ".")
	bad := func(label string) bool {
		odd := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
		return label == "" || len(label) > 63 || strings.HasPrefix(label, "xn--") || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") || strings.ContainsFunc(label, odd)
	}
	if len(labels) < 2 || slices.ContainsFunc(labels, bad) {
		return ""
	}
	return domain
}
