package seed

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// addressLike is a title that a machine wrote: an address, a host name, an encoded or numbered piece of one.
var addressLike = regexp.MustCompile(`(?i)https?:|www\.|^[a-z0-9-]+(\.[a-z0-9-]+)+\b|\.(com|org|net|in|uk|info|php|html?)(\b|/)|%[0-9a-f]{2}|_|\d{6,}`)

func TestEverySourceHasATitleThatAPersonCanRead(t *testing.T) {
	t.Parallel()
	for _, s := range embeddedSeed(t).Sources {
		what := s.Title
		if s.Publisher != "" && strings.HasPrefix(what, s.Publisher+": ") {
			what = strings.TrimPrefix(what, s.Publisher+": ")
		}
		if len(what) < 5 || addressLike.MatchString(s.Title) {
			t.Errorf("%s is called %q", s.Key, s.Title)
		}
		if s.Publisher == "" || addressLike.MatchString(strings.NewReplacer("github.com/", "", "data.gov.in", "").Replace(s.Publisher)) {
			t.Errorf("%s is published by %q", s.Key, s.Publisher)
		}
	}
}

func TestTitlesAreMadeFromThePartThatSaysMost(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://www.thehindu.com/news/cities/chennai/chennai-private-hospital-gets-joint-commission-international-accreditation/article34131554.ece/amp/": "The Hindu: Chennai private hospital gets joint commission international accreditation",
		"https://www.practo.com/health-wiki/hip-replacement-india/308/article":                                                                             "Practo: Hip replacement India",
		"https://lifecarepanacea.com/treatment_cost_large.php?id=Liver%20Transplant":                                                                       "Lifecare Panacea: Liver transplant",
		"https://nobody-we-named.example/a/ivf-cost-in-india-nid-36806":                                                                                    "Nobody-we-named: IVF cost in India",
		"https://nobody.example/?p=31":    "Nobody: Web page",
		"https://aravind.org/?p=744":      "Aravind Eye Care System: Page about Aravind Eye Hospital Madurai",
		"https://www.apollohospdelhi.com": "Indraprastha Apollo Hospitals Delhi: Home page",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := titleOf(published(address, u), u); got != want {
			t.Errorf("%s is called %q, want %q", address, got, want)
		}
	}
	if got := titleOf(published("Cambridge News", nil), nil); got != "Cambridge News: News report of a launch fare to India" {
		t.Errorf("a publication without an address is called %q", got)
	}
}
