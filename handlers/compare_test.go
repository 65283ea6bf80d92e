package handlers_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const (
	hooghly = "hooghly-view-hospital-kolkata"
	shore   = "marigold-shore-hospital-chennai"
	medanta = "medanta-the-medicity-gurugram"
)

func compared(slugs ...string) string { return "/compare?" + url.Values{"h": slugs}.Encode() }

// cells are the cells of a row of the comparison.
func cells(doc *goquery.Document, label string) []string {
	var out []string
	doc.Find(".cc-comparison tbody tr").Each(func(_ int, r *goquery.Selection) {
		if strings.HasPrefix(text(r.Find("th")), label) {
			r.Find("td").Each(func(_ int, c *goquery.Selection) { out = append(out, text(c)) })
		}
	})
	return out
}

func TestLowestAndGapsAreSaidInWords(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(hooghly, shore, medanta)+"&treatment=total-knee-replacement")
	price := cells(doc, "Full hospital package")
	if len(price) != 3 || strings.Count(strings.Join(price, "|"), "Lowest") != 1 || price[2] != "Not published" {
		t.Errorf("prices: %q", price)
	}
	if !strings.Contains(text(doc.Find(".cc-comparison")), "Differs") || !strings.Contains(text(doc.Find("main")), "Indicative range in India") {
		t.Error("differences or the indicative range are not said")
	}
	if head := text(doc.Find(".cc-comparison thead").First()); !strings.Contains(head, "(sample)") {
		t.Errorf("an invented hospital is not marked: %q", head)
	}
	if date := cells(doc, "Earliest date"); len(date) != 3 || !strings.HasPrefix(date[0], "Not known") {
		t.Errorf("dates: %q", date)
	}
}

func TestWithoutATreatmentNoPriceIsCalledLowest(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(hooghly, shore))
	if strings.Contains(text(doc.Find(".cc-comparison")), "Lowest") {
		t.Error("packages of different treatments are compared")
	}
}

func TestCertificatesAreComparedAsOfToday(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(medanta, hooghly))
	jci := cells(doc, "JCI")
	if len(jci) != 2 || !strings.HasPrefix(jci[0], "Claimed by a seller, not checked") {
		t.Errorf("JCI: %q", jci)
	}
	if today := cells(doc, "Accredited today"); len(today) != 2 || !strings.Contains(today[0], "NABH") || strings.Contains(today[0], "JCI") {
		t.Errorf("today: %q", today)
	}
}

func TestFiveHospitalsLeaveOneOutByName(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(hooghly, shore, medanta, "backwater-bend-hospital-kochi", "pearl-terrace-hospital-hyderabad", shore, "no-such-place"))
	notes := text(doc.Find(".cc-note"))
	if doc.Find(".cc-compared > li").Length() != 4 || !strings.Contains(notes, "Left out: Pearl Terrace Hospital") || !strings.Contains(notes, "no such place") {
		t.Errorf("%d columns, notes %q", doc.Find(".cc-compared > li").Length(), notes)
	}
}

func TestRemovingLeavesTheOthers(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, compared(hooghly, shore, medanta)+"&treatment=total-knee-replacement&by=price")
	href, _ := doc.Find(".cc-compared__go > a").First().Attr("href")
	u, err := url.Parse(href)
	if err != nil || strings.Join(u.Query()["h"], " ") != shore+" "+medanta || u.Query().Get("treatment") != "total-knee-replacement" || u.Query().Get("by") != "price" {
		t.Errorf("remove: %s %v", href, err)
	}
	if n := doc.Find(".cc-comparison section").Length(); n != 1 {
		t.Errorf("groups: %d", n)
	}
}

func TestTooFewSayHowToChoose(t *testing.T) {
	t.Parallel()
	s := front(t)
	for _, path := range []string{"/compare", compared(hooghly), compared("x", "\x00", "<script>"), "/compare?by=%ff&treatment=%00&h=" + strings.Repeat("a", 5000)} {
		doc := s.page(t, path)
		if !strings.Contains(text(doc.Find(".cc-lead")), "at least 2") || doc.Find("main a[href^='/hospitals']").Length() == 0 || doc.Find(".cc-comparison").Length() != 0 {
			t.Errorf("%.60s: %q", path, text(doc.Find(".cc-lead")))
		}
	}
}

func TestAComparisonIsPublicAndNotIndexed(t *testing.T) {
	t.Parallel()
	s := front(t)
	w := s.get(t, compared(hooghly, shore), "Cookie", "shortlist=x")
	if !strings.HasPrefix(w.Header().Get("Cache-Control"), "public") || w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Body.String(), "noindex") {
		t.Errorf("%v", w.Header())
	}
	for _, bad := range []string{"organ-transplant", "kidney-transplant", "nonsense-treatment"} {
		if doc := s.page(t, compared(hooghly, shore)+"&treatment="+bad); strings.Contains(text(doc.Find("h1")), " for ") {
			t.Errorf("%s is compared", bad)
		}
	}
}

func TestChoosingOnTheResultsPageKeepsTheSearch(t *testing.T) {
	t.Parallel()
	s := front(t)
	doc := s.page(t, "/hospitals?treatment=total-knee-replacement&page=2&compare="+medanta)
	if bar := text(doc.Find(".cc-compare")); !strings.HasPrefix(bar, "1 hospital chosen") || doc.Find(".cc-compare a[href^='/compare']").Length() != 0 {
		t.Errorf("bar: %q", bar)
	}
	href, _ := doc.Find("#results article a.cc-linkbtn").First().Attr("href")
	u, err := url.Parse(href)
	if err != nil || u.Query().Get("page") != "2" || u.Query().Get("treatment") != "total-knee-replacement" || len(u.Query()["compare"]) != 2 || !strings.HasPrefix(u.Fragment, "r-") {
		t.Errorf("compare: %s %v", href, err)
	}
	if doc = s.page(t, href); doc.Find(".cc-compare a[href^='/compare?']").Length() != 1 {
		t.Error("two chosen hospitals cannot be compared")
	}
	if next, _ := doc.Find(".cc-pagination a[rel=next]").Attr("href"); !strings.Contains(next, "compare=") {
		t.Errorf("the next page forgets what was chosen: %s", next)
	}
	if doc.Find("#filters input[type=hidden][name=compare]").Length() != 2 {
		t.Error("filtering forgets what was chosen")
	}
	if canonical, _ := doc.Find("link[rel=canonical]").Attr("href"); strings.Contains(canonical, "compare") {
		t.Errorf("canonical: %s", canonical)
	}
}
