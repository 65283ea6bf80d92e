package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// asked are searches of several kinds; a key that the site does not know keeps them out of the cache of pages.
var asked = []string{
	"/hospitals?q=knee+replacement+in+chennai+under+%C2%A39000",
	"/hospitals?treatment=total-knee-replacement&accreditation=NABH&price_max=9000&sort=price",
	"/hospitals?specialty=orthopaedics&language=hindi&price_min=1000&price_max=9000&sort=price",
	"/hospitals?q=marigold+shore&accreditation=JCI",
	"/hospitals?treatment=cataract-surgery&near=MAA&km=200&sort=nearest",
	"/hospitals?specialty=cardiology&page=2",
}

type nowhere struct{ head http.Header }

func (w nowhere) Header() http.Header         { return w.head }
func (w nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (w nowhere) WriteHeader(int)             {}

// benchmark counts what a page costs; the request itself is made beforehand, but for its address.
func benchmark(b *testing.B, path, query string) {
	s := front(b)
	w := nowhere{http.Header{}}
	r := httptest.NewRequest(http.MethodGet, "/"+strings.TrimPrefix(path, "/"), nil)
	base := *r.URL
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		fresh := base
		fresh.RawQuery = query
		if path == "" {
			fresh.Path, fresh.RawQuery, _ = strings.Cut(asked[n%len(asked)], "?")
		}
		if query != "same" {
			fresh.RawQuery += "&fresh=" + strconv.Itoa(n)
		}
		r.URL = &fresh
		clear(w.head)
		s.ServeHTTP(w, r)
	}
}

func BenchmarkSearchPage(b *testing.B) { benchmark(b, "", "") }
func BenchmarkProfilePage(b *testing.B) {
	benchmark(b, "/hospitals/marigold-shore-hospital-chennai", "")
}
func BenchmarkCachedPage(b *testing.B) { benchmark(b, "/hospitals", "same") }
