package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func get(t *testing.T, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestEveryFileIsServedForEverAndTheSameInEachCoding(t *testing.T) {
	t.Parallel()
	for name, f := range byName {
		plain, br, gz := get(t, URL(name)), get(t, URL(name), "Accept-Encoding", "gzip, br"), get(t, URL(name), "Accept-Encoding", "gzip;q=0.8, br;q=0")
		if plain.Code != 200 || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") || plain.Header().Get("Content-Type") == "" {
			t.Fatalf("%s: %d %v", name, plain.Code, plain.Header())
		}
		if plain.Header().Get("Content-Encoding") != "" || !bytes.Equal(plain.Body.Bytes(), f.body) {
			t.Errorf("%s: plain body differs", name)
		}
		if br.Header().Get("Content-Encoding") == "br" {
			if got, err := io.ReadAll(brotli.NewReader(br.Body)); err != nil || !bytes.Equal(got, f.body) {
				t.Errorf("%s: brotli body differs: %v", name, err)
			}
			g, err := gzip.NewReader(gz.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(g); err != nil || !bytes.Equal(got, f.body) || gz.Header().Get("Content-Encoding") != "gzip" {
				t.Errorf("%s: gzip body differs: %v", name, err)
			}
		} else if squeezed[name[strings.LastIndexByte(name, '.'):]] {
			t.Errorf("%s: not compressed", name)
		}
		if again := get(t, URL(name), "If-None-Match", plain.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s: known file answered %d", name, again.Code)
		}
	}
}

func TestOnlyExactNamesAndReadingMethods(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/static/app.css", "/static/", "/static/../static.go", "/static/app.000000000000.css", "/static/dist/app.css"} {
		if w := get(t, address); w.Code != http.StatusNotFound {
			t.Errorf("%s answered %d", address, w.Code)
		}
	}
	r := httptest.NewRequest(http.MethodPost, URL("app.js"), nil)
	w := httptest.NewRecorder()
	if Handler().ServeHTTP(w, r); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
		t.Errorf("POST answered %d", w.Code)
	}
}

func TestStylesheetNamesOnlyOurOwnHashedFiles(t *testing.T) {
	t.Parallel()
	css := string(byName["app.css"].body)
	urls := regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1)
	if len(urls) < 2 {
		t.Fatalf("font and lattice expected: %v", urls)
	}
	for _, u := range urls {
		if byAddress[u[1]] == nil {
			t.Errorf("stylesheet asks for %s", u[1])
		}
	}
	for _, no := range []string{"nhsuk", "frutiger", "#005eb8", "data:", "http", "@import", "\ufffd"} {
		if strings.Contains(strings.ToLower(strings.SplitN(css, "*/", 2)[1]), no) {
			t.Errorf("stylesheet contains %q", no)
		}
	}
}

func TestFilesStayInsideTheirBudget(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{"app.css": 15 << 10, "work.css": 6 << 10, "app.js": 3 << 10, "htmx.js": 14 << 10, "hanken-grotesk.woff2": 20 << 10} {
		if n := get(t, URL(name), "Accept-Encoding", "gzip").Body.Len(); n > most {
			t.Errorf("%s is %d bytes, budget %d", name, n, most)
		}
	}
}

func TestUnknownNamePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Fatal("a page may not link to a file that is not there")
		}
	}()
	URL("nothing.css")
}
