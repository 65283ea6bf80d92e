package content

import (
	"encoding/xml"
	"slices"
	"strings"

	"carecorridor/internal/when"
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	Sub     string      `xml:"subtitle"`
	ID      string      `xml:"id"`
	Links   []atomLink  `xml:"link"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Title     string       `xml:"title"`
	ID        string       `xml:"id"`
	Link      atomLink     `xml:"link"`
	Published string       `xml:"published"`
	Updated   string       `xml:"updated"`
	Terms     []atomTerm   `xml:"category"`
	Summary   string       `xml:"summary"`
	Content   *atomContent `xml:"content,omitempty"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

// Atom is the feed of the models of care, newest first. Origin is "https://host" without a slash; the
// feed's own address is origin + /models-of-care/feed.xml. The same texts give the same bytes.
func Atom(l Library, origin string) (string, error) {
	home := origin + modelsPath
	f := atomFeed{
		Lang: "en-GB", Title: "Models of care", Sub: "Low-cost, high-volume care in India and the UK: what was measured, and what copying it would take",
		ID: home, Author: atomAuthor{siteName},
		Links: []atomLink{{"self", "application/atom+xml", home + "/feed.xml"}, {"alternate", "text/html", home}},
	}
	var newest when.Date
	for _, a := range l.articles {
		f.Entries = append(f.Entries, entry(a, address(a, origin)))
		if newest.Before(a.ReviewedOn) {
			newest = a.ReviewedOn
		}
	}
	f.Updated = stamp(newest)
	out, err := xml.MarshalIndent(f, "", "  ")
	return xml.Header + string(out) + "\n", err
}

func entry(a Article, at string) atomEntry {
	first := slices.MinFunc(a.History, func(x, y Change) int { return x.On.Time().Compare(y.On.Time()) })
	return atomEntry{
		Title: a.Title, ID: at, Link: atomLink{"alternate", "text/html", at},
		Published: stamp(first.On), Updated: stamp(a.ReviewedOn), Summary: a.Summary,
		Terms:   []atomTerm{{a.Topic}, {a.Specialty}, {a.Country}},
		Content: &atomContent{Type: "html", Body: absolute(a.Body, at, strings.TrimSuffix(at, modelsPath+"/"+a.Slug))},
	}
}

func stamp(d when.Date) string { return d.String() + "T00:00:00Z" }

// absolute makes the links of a body work outside the site.
func absolute(body HTML, at, origin string) string {
	return strings.NewReplacer(`href="#`, `href="`+at+`#`, `href="/`, `href="`+origin+`/`).Replace(string(body))
}
