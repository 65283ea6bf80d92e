package ui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

func draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func TestSampleHospitalAlwaysSaysSoFirst(t *testing.T) {
	t.Parallel()
	doc := draw(t, ResultCard{ID: "a", Name: "A", Href: "/hospitals/a", Sample: true, Badges: Badges{{Tone: Checked, Text: "JCI"}}}.View())
	if got := words(doc.Find(".cc-badge").First()); got != "Sample, not a real hospital" {
		t.Fatalf("first badge: %q", got)
	}
	if n := draw(t, ResultCard{ID: "a", Name: "A", Href: "/hospitals/a"}.View()).Find(".cc-badge").Length(); n != 0 {
		t.Fatalf("real hospital has %d badges it was not given", n)
	}
}

func TestOnlyACheckedCertificateHasATick(t *testing.T) {
	t.Parallel()
	for tone, ticks := range map[Tone]int{Checked: 1, Seen: 0, Info: 0, Warn: 0, Bad: 0, Neutral: 0, "": 0} {
		if n := draw(t, Badge{Tone: tone, Text: "x"}.View()).Find("svg").Length(); n != ticks {
			t.Errorf("%q has %d ticks", tone, n)
		}
	}
}

func TestNoPriceIsSaidAndNeverDrawnAsAPrice(t *testing.T) {
	t.Parallel()
	doc := draw(t, PriceBlock{NoPrice: true, Label: "No price published", Price: "£0", Context: []Fact{{Label: "Indicative range in India", Value: "£4,100 to £6,000"}}}.View())
	if doc.Find(".cc-price").Length() != 0 || strings.Contains(doc.Text(), "£0") {
		t.Fatalf("drew a price: %s", words(doc.Selection))
	}
	if got := words(doc.Selection); !strings.Contains(got, "No price published") || !strings.Contains(got, "£4,100 to £6,000") {
		t.Fatalf("said %q", got)
	}
}

func TestAddressesFromDataCannotRunScripts(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x"} {
		if href, _ := draw(t, Link{Text: "x", Href: bad}.View()).Find("a").Attr("href"); strings.Contains(strings.ToLower(href), "script:") || strings.HasPrefix(href, "data:") {
			t.Errorf("%q became %q", bad, href)
		}
	}
	if href, _ := draw(t, Link{Text: "x", Href: "https://nabh.co/x?a=1&b=2"}.View()).Find("a").Attr("href"); href != "https://nabh.co/x?a=1&b=2" {
		t.Errorf("a register's address became %q", href)
	}
}

func TestLinkWithoutAddressIsOnlyWords(t *testing.T) {
	t.Parallel()
	if doc := draw(t, Link{Text: "Models"}.View()); doc.Find("a").Length() != 0 || words(doc.Selection) != "Models" {
		t.Fatalf("drew %q", words(doc.Selection))
	}
}

func TestErrorIsTiedToItsField(t *testing.T) {
	t.Parallel()
	doc := draw(t, Field{ID: "email", Label: "Email", Hint: "Only to answer you", Error: "Enter your email address", Value: `"><script>`}.View())
	input := doc.Find("input")
	if by, _ := input.Attr("aria-describedby"); by != "email-hint email-error" {
		t.Errorf("described by %q", by)
	}
	if v, _ := input.Attr("value"); v != `"><script>` {
		t.Errorf("value lost: %q", v)
	}
	if wrong, _ := input.Attr("aria-invalid"); wrong != "true" || words(doc.Find("#email-error")) != "Error: Enter your email address" {
		t.Error("error not announced")
	}
	if doc = draw(t, Field{ID: "x", Label: "X"}.View()); doc.Find("[aria-describedby],[aria-invalid]").Length() != 0 {
		t.Error("sound field is marked")
	}
}

func TestUpdateReplacesEveryCountInPlace(t *testing.T) {
	t.Parallel()
	f := FilterPanel{Action: "/hospitals", Price: &PriceFilter{}, Facets: []Facet{{Legend: "City", Name: "city", MoreText: "More",
		Options: []FacetOption{{Value: "chennai", Text: "Chennai", Count: "6"}, {Value: "delhi ncr", Text: "Delhi", Count: "1"}}, More: []FacetOption{{Value: "kochi", Text: "Kochi", Count: "2"}}}}}
	page, update := draw(t, f.View()), draw(t, f.Update())
	pieces := update.Find("[hx-swap-oob]")
	if pieces.Length() != 5 {
		t.Fatalf("%d pieces", pieces.Length())
	}
	pieces.Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if page.Find("#"+id).Length() != 1 {
			t.Errorf("piece %s has no place in the page", id)
		}
	})
	if page.Find("[hx-swap-oob]").Length() != 0 {
		t.Error("whole page has pieces")
	}
}

func TestIDsFromAnyTextAreUsableAndDistinct(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, s := range []string{"a b", "a_b", "a-b", "é", "मुंबई", `"><script>`, "C++", "C+", ""} {
		id := IDOf("n", s)
		if !regexp.MustCompile(`^n-[A-Za-z0-9_-]*$`).MatchString(id) || seen[id] != "" {
			t.Errorf("%q gives %q (also %q)", s, id, seen[id])
		}
		seen[id] = s + " "
	}
}
