package handlers_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// formOf reads the filter form as a browser would send it.
func formOf(doc *goquery.Document) url.Values {
	v := url.Values{}
	doc.Find("form.cc-filters input").Each(func(_ int, in *goquery.Selection) {
		name, _ := in.Attr("name")
		kind, _ := in.Attr("type")
		_, checked := in.Attr("checked")
		value, _ := in.Attr("value")
		if name != "" && (checked || kind != "checkbox" && kind != "radio") && value != "" {
			v.Add(name, value)
		}
	})
	return v
}

func total(t *testing.T, doc *goquery.Document) int {
	t.Helper()
	for _, w := range strings.Fields(text(doc.Find(".cc-lead").First())) {
		if n, err := strconv.Atoi(strings.ReplaceAll(w, ",", "")); err == nil {
			return n
		}
	}
	t.Fatalf("no count in %q", text(doc.Find(".cc-lead").First()))
	return 0
}

var questions = []string{"", "knee replacement under £6,000 near Chennai", "heart kerala", "hip replacement jci mumbai", "ivf", "dentist in gurgaon", "hindi speaking doctor delhi", "apollo", "cataract surgery in tamil nadu nabh"}

// placed are the questions that name a place: hubs are alternatives to it there.
var placed = map[string]bool{"knee replacement under £6,000 near Chennai": true, "heart kerala": true, "hip replacement jci mumbai": true, "dentist in gurgaon": true,
	"hindi speaking doctor delhi": true, "cataract surgery in tamil nadu nabh": true}

func TestApplyingTheFiltersUnchangedAsksTheSameQuestion(t *testing.T) {
	s := front(t)
	for _, q := range questions {
		first := s.page(t, ask(q))
		again := s.page(t, "/hospitals?"+formOf(first).Encode())
		if a, b := total(t, first), total(t, again); a != b {
			t.Errorf("%q finds %d, applied unchanged %d (form %v)", q, a, b, formOf(first))
		}
	}
}

func TestAFilterGivesWhatItsCountSays(t *testing.T) {
	s, tried := front(t), 0
	for _, q := range questions {
		doc := s.page(t, ask(q))
		form := formOf(doc)
		doc.Find("form.cc-filters .cc-check").Each(func(i int, label *goquery.Selection) {
			in := label.Find("input")
			name, _ := in.Attr("name")
			value, _ := in.Attr("value")
			says, err := strconv.Atoi(strings.ReplaceAll(firstWord(text(label.Find(".cc-check__n"))), ",", ""))
			if err != nil || form.Has(name) || i%3 != 0 || name == "hub" && placed[q] { // a third, to be quick; a group with a choice counts alternatives
				return
			}
			v := url.Values{}
			for k, list := range form {
				v[k] = list
			}
			v.Add(name, value)
			tried++
			if got := total(t, s.page(t, "/hospitals?"+v.Encode())); got != says {
				t.Errorf("%q: %s=%s says %d and gives %d", q, name, value, says, got)
			}
		})
	}
	if tried < 30 {
		t.Errorf("only %d filters were tried", tried)
	}
}

func TestTakingAChipAwayNeverFindsFewer(t *testing.T) {
	s, tried := front(t), 0
	for _, q := range questions[1:] {
		doc := s.page(t, ask(q))
		before := total(t, doc)
		doc.Find(".cc-chips a.cc-chip").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			tried++
			if after := total(t, s.page(t, href)); after < before {
				t.Errorf("%q: without %q %d hospitals instead of %d (%s)", q, text(a), after, before, href)
			}
		})
	}
	if tried < 10 {
		t.Errorf("only %d chips were tried", tried)
	}
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}
