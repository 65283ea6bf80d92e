package content

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

const origin = "https://carecorridor.example"

func TestTheFeedIsAtomWithEveryArticle(t *testing.T) {
	t.Parallel()
	l := library(t)
	text, err := Atom(l, origin)
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		XMLName xml.Name
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Content string `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if f.XMLName.Space != "http://www.w3.org/2005/Atom" || len(f.Entries) != len(l.Models(Filter{})) {
		t.Errorf("%s with %d entries", f.XMLName.Space, len(f.Entries))
	}
	if f.Links[0].Rel != "self" || f.Links[0].Href != origin+"/models-of-care/feed.xml" {
		t.Errorf("self: %v", f.Links[0])
	}
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || !strings.HasPrefix(e.ID, origin+"/models-of-care/") || e.Title == "" {
			t.Errorf("entry %+v", e)
		}
		if strings.Contains(e.Content, `href="#`) || strings.Contains(e.Content, `href="/`) {
			t.Errorf("%s: relative address in the feed", e.ID)
		}
	}
	if again, _ := Atom(l, origin); again != text {
		t.Error("two runs differ")
	}
}

func TestCitationsNameTheArticleItsDateAndItsAddress(t *testing.T) {
	t.Parallel()
	a, ok := library(t).Article("surgical-hubs")
	if !ok {
		t.Fatal("no such article")
	}
	ris := RIS(a, origin)
	for _, want := range []string{"TY  - WEB\r\n", "TI  - Surgical hubs in England\r\n", "DA  - 2026/11/22\r\n", "UR  - " + origin + "/models-of-care/surgical-hubs\r\n", "ER  - \r\n"} {
		if !strings.Contains(ris, want) {
			t.Errorf("RIS: no %q in %q", want, ris)
		}
	}
	bib := BibTeX(a, origin)
	for _, want := range []string{"@misc{carecorridor-surgical-hubs,", "year = {2026}", "url = {" + origin + "/models-of-care/surgical-hubs}"} {
		if !strings.Contains(bib, want) {
			t.Errorf("BibTeX: no %q in %q", want, bib)
		}
	}
	a.Title = `100% {of} a_b & c`
	if got := BibTeX(a, origin); !strings.Contains(got, `100\% \{of\} a\_b \& c`) {
		t.Error(got)
	}
}
