package handlers_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/content"
)

func TestEveryTextHasAPageWithItsSources(t *testing.T) {
	t.Parallel()
	s := front(t)
	texts, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]content.Page{"/guide/checklist": texts.Checklist().Page}
	for _, c := range texts.Chapters() {
		paths["/guide/"+c.Slug] = c.Page
	}
	for _, a := range texts.Models(content.Filter{}) {
		paths["/models-of-care/"+a.Slug] = a.Page
	}
	for path, p := range paths {
		doc := s.page(t, path)
		if got := text(doc.Find("main h1")); got != p.Title {
			t.Errorf("%s: heading %q", path, got)
		}
		for _, src := range p.Sources {
			if path != "/guide/checklist" && doc.Find(`#source-`+src.ID).Length() != 1 {
				t.Errorf("%s: source %s is not listed once", path, src.ID)
			}
		}
		doc.Find("main a[href^='#']").Each(func(_ int, a *goquery.Selection) {
			if to := a.AttrOr("href", ""); doc.Find(to).Length() != 1 {
				t.Errorf("%s: %s leads nowhere", path, to)
			}
		})
	}
}

func TestGuideHubLeadsToEveryChapter(t *testing.T) {
	t.Parallel()
	doc := front(t).page(t, "/guide")
	if n := doc.Find("main ol.cc-chapters a[href^='/guide/']").Length(); n != 8 {
		t.Errorf("chapters: %d", n)
	}
	if doc.Find("main a[href='/guide/checklist']").Length() == 0 {
		t.Error("no checklist")
	}
	if text(doc.Find("nav [aria-current]").First()) != "Travel and safety" {
		t.Errorf("current section: %q", text(doc.Find("nav [aria-current]")))
	}
}

func TestModelsAreFilteredByTheAddress(t *testing.T) {
	t.Parallel()
	s := front(t)
	all := s.page(t, "/models-of-care").Find("main li.cc-card h3").Length()
	for _, c := range []struct {
		query string
		some  bool
	}{{"?country=India", true}, {"?topic=Devices", true}, {"?topic=Nonsense", false}, {"?country=India&evidence=controlled&topic=%00x", false}} {
		doc := s.page(t, "/models-of-care"+c.query)
		n := doc.Find("main li.cc-card h3").Length()
		if c.some && (n == 0 || n >= all) {
			t.Errorf("%s: %d of %d", c.query, n, all)
		}
		if robots, _ := doc.Find("meta[name=robots]").Attr("content"); !strings.Contains(robots, "noindex") {
			t.Errorf("%s may be indexed", c.query)
		}
	}
}

func TestUnknownTextNamesWhatIsNear(t *testing.T) {
	t.Parallel()
	s := front(t)
	for path, near := range map[string]string{"/guide/choosing-a-clinic": "/guide/choosing", "/guide/zzzz": "/guide", "/models-of-care/surgical-hub": "/models-of-care/surgical-hubs",
		"/models-of-care/surgical-hubs.pdf": "/models-of-care/surgical-hubs", "/models-of-care/surgical-hubs.ris.bib": "/models-of-care"} {
		w := s.get(t, path)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusNotFound || doc.Find("main a[href='"+near+"']").Length() == 0 {
			t.Errorf("%s: status %d, link to %s missing (%v)", path, w.Code, near, err)
		}
	}
}

func TestModelsCanBeCitedAndFollowed(t *testing.T) {
	t.Parallel()
	s := front(t)
	for path, want := range map[string][2]string{
		"/models-of-care/narayana-heart.ris": {"application/x-research-info-systems; charset=utf-8", "UR  - https://carecorridor.example/models-of-care/narayana-heart"},
		"/models-of-care/narayana-heart.bib": {"application/x-bibtex; charset=utf-8", "@misc{carecorridor-narayana-heart"},
		"/models-of-care/feed.xml":           {"application/atom+xml; charset=utf-8", "<feed"},
	} {
		w := s.get(t, path)
		if w.Code != 200 || w.Header().Get("Content-Type") != want[0] || !strings.Contains(w.Body.String(), want[1]) {
			t.Errorf("%s: %d %s\n%.200s", path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	if doc := s.page(t, "/models-of-care"); doc.Find("main a[href='/models-of-care/feed.xml']").Length() != 1 {
		t.Error("feed is not linked")
	}
}

func TestTextsAreInTheSitemap(t *testing.T) {
	t.Parallel()
	var set struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	w := front(t).get(t, "/sitemap/pages.xml")
	if err := xml.Unmarshal(w.Body.Bytes(), &set); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, u := range set.URLs {
		seen[strings.TrimPrefix(u.Loc, "https://carecorridor.example")] = true
	}
	for _, p := range []string{"/guide", "/guide/checklist", "/guide/coming-home", "/models-of-care", "/models-of-care/jaipur-foot"} {
		if !seen[p] {
			t.Errorf("%s is not in the sitemap", p)
		}
	}
}
