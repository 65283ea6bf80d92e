package handlers_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// allianceRows are the rows of the section by label.
func allianceRows(doc *goquery.Document) map[string]string {
	rows := map[string]string{}
	doc.Find("#alliance .cc-summary-list__row").Each(func(_ int, r *goquery.Selection) {
		rows[text(r.Find("dt"))] = text(r.Find("dd"))
	})
	return rows
}

func TestAllianceStatementsSayWhoSaysSoAndWhen(t *testing.T) {
	t.Parallel()
	s := front(t)
	path := first(t, s.page(t, "/hospitals?feature=amr-stewardship"))
	rows := allianceRows(s.page(t, path))
	got := rows["Antimicrobial stewardship programme"]
	if !strings.Contains(got, "as of ") || !strings.Contains(got, "Hospital says") && !strings.Contains(got, "Certificate seen") {
		t.Errorf("%s: %q", path, got)
	}
	if len(rows) < 9 {
		t.Errorf("rows: %v", rows)
	}
}

func TestAllianceGapsStayRows(t *testing.T) {
	t.Parallel()
	rows := allianceRows(front(t).page(t, "/hospitals/medanta-the-medicity-gurugram"))
	for _, label := range []string{"Antimicrobial stewardship programme", "Energy and carbon", "Research"} {
		if rows[label] != "Not published" {
			t.Errorf("%s: %q", label, rows[label])
		}
	}
}

func TestAStatementThatNothingIsPublishedIsNoFeature(t *testing.T) {
	t.Parallel()
	s := front(t)
	for _, feature := range []string{"amr-stewardship", "infection-figures"} {
		doc := s.page(t, "/hospitals?per_page=50&feature="+feature)
		doc.Find("#results article h3 a").Each(func(_ int, a *goquery.Selection) {
			rows := allianceRows(s.page(t, a.AttrOr("href", "")))
			label := map[string]string{"amr-stewardship": "Antimicrobial stewardship programme", "infection-figures": "Infections after surgery, with the number of operations"}[feature]
			if strings.HasPrefix(rows[label], "Not published") {
				t.Errorf("%s is found by %s: %q", a.Text(), feature, rows[label])
			}
		})
		if doc.Find("#results article").Length() == 0 {
			t.Errorf("%s finds nobody", feature)
		}
	}
}

func TestEveryAllianceTopicCanBeFilteredBy(t *testing.T) {
	t.Parallel()
	s := front(t)
	for feature, want := range map[string]bool{"telemedicine": true, "amr-screening": true, "infection-figures": true, "sustainability": true, "uk-link": true, "teaching": false, "research": false} {
		doc := s.page(t, "/hospitals?include_unconfirmed=1&feature="+feature)
		if got := doc.Find("#results article").Length() > 0; got != want {
			t.Errorf("%s: found %v", feature, got)
		}
	}
}

// first is the address of the first hospital of a results page.
func first(t *testing.T, doc *goquery.Document) string {
	t.Helper()
	href, ok := doc.Find("#results article h3 a").First().Attr("href")
	if !ok {
		t.Fatal("no hospital")
	}
	return href
}
