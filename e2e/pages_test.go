//go:build e2e

package e2e

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
)

// visit is one address of the walk and the status it must answer with.
type visit struct {
	path   string
	status int
}

// fixed are pages that no sitemap lists: results in their states, refusals, and not found.
var fixed = []visit{
	{"/hospitals", 200},
	{"/hospitals?q=" + url.QueryEscape("knee replacement under £6,000 near Chennai"), 200},
	{"/hospitals?treatment=total-knee-replacement&accreditation=NABH&sort=price", 200},
	{"/hospitals?q=knee&include_unconfirmed=1&page=2", 200},
	{"/hospitals?treatment=total-knee-replacement&price_min=9000&price_max=lots", 200},
	{"/hospitals?q=zzzz+qqqq+xxxx", 200},
	{"/hospitals?page=99999", 200},
	{comparison, 200},
	{comparison + "&by=price&h=no-such-hospital", 200},
	{"/compare", 200},
	{"/hospitals?q=knee&compare=medanta-the-medicity-gurugram&compare=no-such-hospital", 200},
	{"/shortlist", 200},
	{"/shortlist/clear", 200},
	{"/shortlist/shared", 200},
	{"/shortlist/shared/CC-2222-22", 404},
	{"/models-of-care?country=India", 200},
	{"/guide/no-such-chapter", 404},
	{"/enquiry/start?h=marigold-shore-hospital-chennai", 200},
	{"/enquiry/track", 200},
	{"/enquiry/track/CC-2345-67", 404},
	{"/answer/no-such-link", 404},
	{"/hospitals/no-such-hospital", 404},
	{"/treatments/no-such-treatment", 404},
	{"/hubs/no-such-hub", 404},
	{"/no-such-page", 404},
}

// perKind is how many addresses of one kind ("/hospitals/…") are walked; CORRIDOR_E2E_ALL walks them all.
const perKind = 3

// pages are the fixed pages and a sample of the sitemap: first, last and some between of every kind.
func pages(t *testing.T) []visit {
	t.Helper()
	kinds := map[string][]string{}
	var order []string
	for _, path := range sitemap(t) {
		kind := kindOf(path)
		if kinds[kind] == nil {
			order = append(order, kind)
		}
		kinds[kind] = append(kinds[kind], path)
	}
	var all []visit
	for _, kind := range order {
		for _, path := range spread(kinds[kind]) {
			all = append(all, visit{path, 200})
		}
	}
	return append(all, fixed...)
}

// kindOf is the folder of an address, so that "/hospitals/a" and "/hospitals/b" are of one kind; pages of
// the first level and those about the service are each their own.
func kindOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) < 2 || parts[0] == "about" {
		return path
	}
	return parts[0] + strings.Repeat("/…", len(parts)-1)
}

// spread picks perKind of list, evenly.
func spread(list []string) []string {
	if len(list) <= perKind || os.Getenv("CORRIDOR_E2E_ALL") != "" {
		return list
	}
	var some []string
	for i := range perKind {
		some = append(some, list[i*(len(list)-1)/(perKind-1)])
	}
	return some
}

// sitemap is the path of every page the site tells search engines about.
func sitemap(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, part := range locations(t, "/sitemap.xml") {
		if strings.HasSuffix(part, ".xml") {
			paths = append(paths, locations(t, part)...)
		} else {
			paths = append(paths, part)
		}
	}
	if len(paths) == 0 {
		t.Fatal("the sitemap is empty")
	}
	return paths
}

// locations are the paths of all <loc> of a sitemap or of its index.
func locations(t *testing.T, path string) []string {
	t.Helper()
	body, _ := get(t, path)
	var paths []string
	for d := xml.NewDecoder(strings.NewReader(body)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return paths
		}
		must(t, err)
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "loc" {
			var loc string
			must(t, d.DecodeElement(&loc, &e))
			u, err := url.Parse(strings.TrimSpace(loc))
			must(t, err)
			paths = append(paths, u.RequestURI())
		}
	}
}

// get fetches a page as a program would: no browser, no cookie.
func get(t *testing.T, path string) (body string, header http.Header) {
	t.Helper()
	answer, err := http.Get(siteURL(t) + path)
	must(t, err)
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	must(t, err)
	return string(b), answer.Header
}
