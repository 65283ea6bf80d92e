package seed

import (
	_ "embed"
	"encoding/csv"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// publishers.csv names who publishes a page, and what it is where its address does not tell. "at" is a host, the
// beginning of an address without its scheme, or the text of a citation without an address; the longest that fits
// counts, and "www." may be left out.
//
//go:embed publishers.csv
var publisherRows string

// publication is who published a page and, where it was written down, what it is.
type publication struct{ at, publisher, what string }

var publications = sync.OnceValue(func() []publication {
	rows, err := csv.NewReader(strings.NewReader(publisherRows)).ReadAll()
	if err != nil {
		panic("seed: publishers.csv: " + err.Error())
	}
	var out []publication
	for _, r := range rows[1:] {
		out = append(out, publication{strings.ToLower(r[0]), r[1], r[2]})
	}
	slices.SortStableFunc(out, func(a, b publication) int { return len(b.at) - len(a.at) })
	return out
})

// published finds who published what text cites: the rows of publishers.csv, else the name in the address itself.
func published(text string, u *url.URL) publication {
	at := strings.ToLower(text)
	if _, rest, ok := strings.Cut(at, "://"); ok {
		at = rest
	}
	for _, p := range publications() {
		if begins(at, p.at) || begins(strings.TrimPrefix(at, "www."), p.at) {
			return p
		}
	}
	if u == nil {
		return publication{publisher: text}
	}
	name, _, _ := strings.Cut(host(u), ".")
	return publication{publisher: upper(name)}
}

// begins reports whether an address begins with another, at the end of a word.
func begins(at, prefix string) bool {
	rest, ok := strings.CutPrefix(at, prefix)
	return ok && (rest == "" || strings.HasSuffix(prefix, "/") || !unicode.IsLetter(rune(rest[0])))
}

// titleOf is publisher and what the page is, in our words: the true titles were not kept in the data.
func titleOf(p publication, u *url.URL) string {
	what := p.what
	if what == "" && u != nil {
		what = told(u, p.at)
	}
	if what == "" {
		what = "web page"
	}
	return p.publisher + ": " + upper(what)
}

// told is the part of an address that says most in words, as a sentence; at names the publisher and says nothing.
func told(u *url.URL, at string) string {
	best := spoken(u.Query().Get("id"))
	for _, part := range strings.Split(u.Path, "/") {
		if w := spoken(part); u.Query().Get("id") == "" && len(w) > 0 && lettered(w) >= max(1, lettered(best)) && !strings.Contains(at, strings.ToLower(part)) {
			best = w
		}
	}
	for i, w := range best {
		best[i] = spelling(w)
	}
	return strings.Join(best, " ")
}

var (
	ending = regexp.MustCompile(`(?i)\.(html?|php|aspx?|cms|ece|tsx|json|pdf|xlsx)$`)
	joined = regexp.MustCompile(`([a-z]|IVF)([A-Z])`)
	code   = regexp.MustCompile(`^(article|story|n)?\d{5,}[a-z0-9]*$|^[a-f0-9]{12,}$`)
)

// navigation are words of addresses that say nothing about the page.
var navigation = []string{"article", "articles", "story", "html", "amp", "redirected", "page", "pages", "blog", "blogs", "index", "en", "www", "node", "ct", "xpm", "nid", "cid", "bid"}

// spoken splits a part of an address into words, without numbers that only computers read.
func spoken(part string) []string {
	part = joined.ReplaceAllString(ending.ReplaceAllString(part, ""), "$1 $2")
	var out []string
	for _, w := range strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		lower := strings.ToLower(w)
		if code.MatchString(lower) || mixed(lower) || slices.Contains(navigation, lower) {
			continue
		}
		out = append(out, lower)
	}
	for len(out) > 0 && lettered(out[len(out)-1:]) == 0 && len(out[len(out)-1]) < 4 {
		out = out[:len(out)-1] // a counter behind the words
	}
	return out
}

// mixed reports a long run of letters and digits: a key.
func mixed(w string) bool {
	return len(w) >= 8 && strings.ContainsFunc(w, unicode.IsDigit) && strings.ContainsFunc(w, unicode.IsLetter)
}

// lettered counts the words that have letters.
func lettered(words []string) int {
	n := 0
	for _, w := range words {
		if len(w) > 1 && strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}

// abbreviations are written in capitals, names with one; all other words of an address in small letters.
var (
	abbreviations = strings.Fields("jci nabh nri lgbtq nabl ivf nhs uk usa tmc cabg aicd asd vsd avr mvr turp acl cghs hbp lasek prk foi mfv cm pm dlf iit mri faq")
	names         = strings.Fields("max airways gurgaon faridabad kharghar vikram anil ambani manjunath india indian indias delhi chennai mumbai hyderabad bangalore kerala gurugram patparganj haryana hubballi telangana gujarat punjab thiruvananthapuram " +
		"bannerghatta apollo apollos fortis medanta paras aster narayan hrudayalaya wockhardt zydus jayadeva shalby tata arvind aravind hinduja sankara nethralaya sreedhareeyam kimshealth " +
		"newsweek newsweeks britain british london virgin atlantic indigo european revanth reddy modi bombay lasik cyberknife keir starmers miot")
)

func spelling(w string) string {
	switch {
	case slices.Contains(abbreviations, w):
		return strings.ToUpper(w)
	case slices.Contains(names, w):
		return upper(w)
	}
	return w
}

func upper(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
