package views

import (
	"encoding/json"
	"strings"
	"testing"

	"carecorridor/views/ui"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

func drawn(t *testing.T, c templ.Component) *goquery.Document {
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

func TestFrameLinksOnlyToWhatItIsGiven(t *testing.T) {
	t.Parallel()
	doc := drawn(t, Page(Frame{Title: "T"}))
	doc.Find("a").Each(func(_ int, a *goquery.Selection) {
		if href, _ := a.Attr("href"); href != "#main" && href != "/" {
			t.Errorf("links to %s by itself", href)
		}
	})
	doc = drawn(t, Page(Frame{Nav: []NavItem{{Text: "Find", Href: "/hospitals", Current: true}}, Account: []NavItem{{Text: "Sign in", Href: "/sign-in"}}}))
	if doc.Find(`.cc-nav a[aria-current="page"]`).Length() != 1 || doc.Find(".cc-menu a").Length() != 2 {
		t.Error("wide and narrow navigation differ from what was given")
	}
}

func TestFooterAlwaysSaysItIsNotTheNHS(t *testing.T) {
	t.Parallel()
	if got := drawn(t, Page(Frame{})).Find(".cc-footer__legal").Text(); !strings.Contains(got, "not part of the NHS and is not endorsed by it") {
		t.Fatalf("footer says %q", got)
	}
}

func TestStructuredDataCannotEndItsElement(t *testing.T) {
	t.Parallel()
	in := `{"name":"A </script><script>alert(1)</script> & <!-- \u2028"}`
	doc := drawn(t, Page(Frame{JSONLD: []string{in}}))
	script := doc.Find(`script[type="application/ld+json"]`)
	if script.Length() != 1 || doc.Find("script:not([src])").Length() != 1 {
		t.Fatal("the document escaped its element")
	}
	var got, want map[string]string
	if err := json.Unmarshal([]byte(script.Text()), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(in), &want); err != nil || got["name"] != want["name"] {
		t.Fatalf("meaning changed: %q", got["name"])
	}
}

func TestHeadSaysWhatThePageIs(t *testing.T) {
	t.Parallel()
	doc := drawn(t, Page(Frame{Title: "Knee", Description: "D", Origin: "https://x.example", Canonical: "/treatments/knee", NoIndex: true,
		Errors: &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter a number", FieldID: "price_min"}}}}))
	for selector, want := range map[string]string{
		`link[rel=canonical]@href`: "https://x.example/treatments/knee", `meta[name=description]@content`: "D", `meta[name=robots]@content`: "noindex",
		`meta[property="og:url"]@content`: "https://x.example/treatments/knee", `meta[property="og:title"]@content`: "Knee",
	} {
		css, attribute, _ := strings.Cut(selector, "@")
		if got, _ := doc.Find(css).Attr(attribute); got != want {
			t.Errorf("%s is %q", selector, got)
		}
	}
	if got := doc.Find("head title").Text(); got != "Error: Knee – Care Corridor" {
		t.Errorf("title %q", got)
	}
	if doc = drawn(t, Page(Frame{})); doc.Find("link[rel=canonical],meta[name=robots],[property]").Length() != 0 || doc.Find("head title").Text() != "Care Corridor" {
		t.Error("head invents what it was not given")
	}
}

func TestPageLoadsOnlyItsOwnFilesAndHtmxWhereUsed(t *testing.T) {
	t.Parallel()
	plain, live := drawn(t, Page(Frame{})), drawn(t, HospitalsPage(Hospitals{Heading: "H", Results: Results{Empty: &NoResults{Title: "None"}}}))
	if plain.Find("script").Length() != 1 || live.Find("script").Length() != 2 {
		t.Errorf("scripts: %d plain, %d live", plain.Find("script").Length(), live.Find("script").Length())
	}
	live.Find("[src],link[href]").Each(func(_ int, s *goquery.Selection) {
		address := s.AttrOr("src", s.AttrOr("href", ""))
		if !strings.HasPrefix(address, "/static/") {
			t.Errorf("loads %s", address)
		}
	})
}

func TestFragmentHoldsTheSameResultsAsThePage(t *testing.T) {
	t.Parallel()
	h := Hospitals{Heading: "H", Lead: "2 match.", Results: Results{Showing: "Showing 1 to 2 of 2", Cards: []ui.ResultCard{{ID: "a", Name: "A", Href: "/hospitals/a"}, {ID: "b", Name: "B", Href: "/hospitals/b"}}}}
	page, err := drawn(t, HospitalsPage(h)).Find("#results").Html()
	if err != nil {
		t.Fatal(err)
	}
	doc := drawn(t, HospitalsFragment(h))
	part, err := doc.Find("#results").Html()
	if err != nil || part != page || part == "" {
		t.Fatalf("fragment differs: %v", err)
	}
	if doc.Find("main,header,footer,link").Length() != 0 {
		t.Fatal("fragment is a whole page")
	}
	if said, _ := doc.Find("#results").Attr("data-said"); said != "Showing 1 to 2 of 2" {
		t.Fatalf("says %q", said)
	}
}
