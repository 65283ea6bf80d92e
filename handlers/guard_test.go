package handlers_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/legacy"

	"carecorridor/handlers"
	"carecorridor/internal/when"
	"carecorridor/views/link"
)

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	for _, path := range []string{"/", "/hospitals", "/nothing", "/api/v1/search", "/healthz", "/static/nothing"} {
		h := front(t).get(t, path).Header()
		if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: policy %q", path, h.Get("Content-Security-Policy"))
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestPublicPagesSetNoCookieAndAreTheSameForEverybody(t *testing.T) {
	s := front(t)
	for _, path := range []string{"/", "/hospitals?q=cabg", "/treatments/cabg", "/hubs/chennai", "/about/data"} {
		first := s.get(t, path)
		second := s.get(t, path, "Cookie", "session=abc", "User-Agent", "another", "X-Forwarded-For", "1.2.3.4")
		if first.Header().Get("Set-Cookie") != "" || second.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		if !bytes.Equal(first.Body.Bytes(), second.Body.Bytes()) {
			t.Errorf("%s differs between visitors", path)
		}
		if !strings.Contains(first.Header().Get("Cache-Control"), "public") {
			t.Errorf("%s: Cache-Control %q", path, first.Header().Get("Cache-Control"))
		}
	}
}

func TestARepeatedPageCostsNothing(t *testing.T) {
	s := front(t)
	w := s.get(t, "/treatments/cabg")
	again := s.get(t, "/treatments/cabg", "If-None-Match", w.Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("status %d with %d bytes", again.Code, again.Body.Len())
	}
	if other := s.get(t, "/treatments/cabg", "If-None-Match", `"stale"`); other.Code != http.StatusOK {
		t.Errorf("another tag: status %d", other.Code)
	}
}

func TestEveryEncodingHoldsTheSamePage(t *testing.T) {
	s := front(t)
	plain := s.get(t, "/treatments").Body.String()
	for range 2 { // the first answer of a page is compressed another way than its repeats
		g := s.get(t, "/treatments", "Accept-Encoding", "gzip")
		r, err := gzip.NewReader(g.Body)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := io.ReadAll(r); string(b) != plain || g.Header().Get("Content-Encoding") != "gzip" {
			t.Error("gzip holds another page")
		}
	}
	b := s.get(t, "/treatments", "Accept-Encoding", "gzip, deflate, br")
	if got, _ := io.ReadAll(brotli.NewReader(b.Body)); string(got) != plain || b.Header().Get("Content-Encoding") != "br" {
		t.Error("brotli holds another page")
	}
}

func TestHeadHasNoBodyAndTrailingSlashesMove(t *testing.T) {
	s := front(t)
	if w := s.do(t, http.MethodHead, "/hubs"); w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
	if w := s.get(t, "/treatments/cabg/?a=1"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/treatments/cabg?a=1" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := s.get(t, "//evil.example/"); strings.Contains(w.Header().Get("Location"), "//") {
		t.Errorf("an open redirect to %q", w.Header().Get("Location"))
	}
}

func TestAForeignFormIsRefusedAndOursIsNot(t *testing.T) {
	s := front(t)
	for _, c := range []struct {
		header []string
		want   int
	}{
		{[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{[]string{"Sec-Fetch-Site", "same-site"}, 403},
		{[]string{"Origin", "https://evil.example"}, 403},
		{[]string{"Sec-Fetch-Site", "same-origin"}, 405},
		{[]string{"Origin", "http://example.com"}, 405}, // httptest's own host
	} {
		if w := s.do(t, http.MethodPost, "/hospitals", c.header...); w.Code != c.want {
			t.Errorf("%v: status %d, want %d", c.header, w.Code, c.want)
		}
	}
}

// until429 sends a request again and again until it is told to wait, and says how many were answered before.
func until429(t *testing.T, h http.Handler, method, path string) int {
	t.Helper()
	for n := range 1000 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Wait 1 minute") {
				t.Errorf("told %q %.200s", w.Header().Get("Retry-After"), w.Body)
			}
			return n
		}
	}
	t.Fatalf("%s %s: 1,000 at once were all answered", method, path)
	return 0
}

func TestTooManyRequestsAreToldToWait(t *testing.T) {
	s := front(t)
	limited := func() http.Handler {
		return handlers.New(s.cat, s.index, handlers.Config{Enquiries: s.enquiries, People: s.people}, when.System, slog.New(slog.DiscardHandler), s.store.Ping)
	}
	if n := until429(t, limited(), "GET", "/about/ordering"); n < 500 {
		t.Errorf("a ward of readers behind one address is stopped after %d pages", n)
	}
	for _, c := range [][2]string{{"POST", "/enquiry/start"}, {"GET", "/enquiry/track/CC-7K3M-9Q"}, {"GET", "/answer/abc"}, {"GET", "/shortlist/shared/CC-7K3M-9Q"}, {"GET", "/sign-in/with/nobody"}, {"POST", "/nowhere"}} {
		if n := until429(t, limited(), c[0], c[1]); n > 200 {
			t.Errorf("%s %s was answered %d times at once", c[0], c[1], n)
		}
	}
	both := limited()
	until429(t, both, "GET", "/about/ordering")
	w := httptest.NewRecorder()
	both.ServeHTTP(w, httptest.NewRequest("POST", "/enquiry/start", nil))
	if w.Code == http.StatusTooManyRequests {
		t.Error("who has read much may not send a form")
	}
}

func TestNotReadyWithoutADatabase(t *testing.T) {
	s := front(t)
	down := handlers.New(s.cat, s.index, handlers.Config{}, when.System, slog.New(slog.DiscardHandler), func(context.Context) error { return io.ErrUnexpectedEOF })
	for path, want := range map[string]int{"/readyz": 503, "/healthz": 200} {
		w := httptest.NewRecorder()
		down.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

// The contract of the read API is checked against what the handlers really send.
func TestTheReadAPIKeepsItsContract(t *testing.T) {
	s := front(t)
	doc, err := openapi3.NewLoader().LoadFromData(s.get(t, "/openapi.json").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	doc.Servers = openapi3.Servers{{URL: "http://example.com"}}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/search", "/api/v1/search?q=knee+replacement+under+6k+near+chennai+jci", "/api/v1/search?q=apollo&include_unconfirmed=1&per_page=50", "/api/v1/search?language=zzz&page=-1&nothing=1", "/api/v1/treatments/total-knee-replacement", "/api/v1/search?price_max=x&sort=y&near=z&q=%ff",
		"/api/v1/search?q=kidney+transplant", "/api/v1/search?near=MAA&km=30&sort=nearest", "/api/v1/hospitals/marigold-shore-hospital-chennai", "/api/v1/hospitals/none", "/api/v1/treatments/cabg", "/api/v1/treatments/liver-transplant", "/api/v1/treatments/none"} {
		r := httptest.NewRequest(http.MethodGet, "http://example.com"+path, nil)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		route, params, err := router.FindRoute(r)
		if err != nil {
			t.Fatalf("%s is not in the contract: %v", path, err)
		}
		in := &openapi3filter.ResponseValidationInput{RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}, Status: w.Code, Header: w.Header()}
		in.SetBodyBytes(w.Body.Bytes())
		if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
			t.Errorf("%s (%d): %v", path, w.Code, err)
		}
	}
}

func TestTheAPIUnderstandsWhatThePageUnderstands(t *testing.T) {
	var a struct {
		Slots struct {
			Procedures, Accreditations []string
			City, Currency, Sort       string
			PriceMax                   *int64 `json:"price_max"`
		}
		Total     int
		Engine    string
		Hospitals []struct {
			Slug      string
			FromPrice *struct{ GBP int64 } `json:"from_price"`
		}
	}
	w := front(t).get(t, "/api/v1/search?q=cheapest+knee+op+near+chennai+under+6k+jci")
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Slots.Procedures) != 1 || a.Slots.Procedures[0] != "total-knee-replacement" || a.Slots.City != "Chennai" || a.Slots.PriceMax == nil || *a.Slots.PriceMax != 6000 || a.Slots.Currency != "GBP" || a.Slots.Sort != "price" || a.Slots.Accreditations[0] != "JCI" {
		t.Errorf("slots %+v", a.Slots)
	}
	if a.Engine != "memory" || a.Total != len(a.Hospitals) || a.Total == 0 {
		t.Errorf("engine %q, total %d, %d hospitals", a.Engine, a.Total, len(a.Hospitals))
	}
	for _, h := range a.Hospitals {
		if h.FromPrice == nil || h.FromPrice.GBP > 6000 {
			t.Errorf("%s costs %+v", h.Slug, h.FromPrice)
		}
	}
}

func TestALapsedCertificateIsNeverShownAsRunning(t *testing.T) {
	s := alone(t)
	path := "/hospitals/marigold-shore-hospital-chennai"
	if !strings.Contains(s.get(t, path).Body.String(), "JCI until May 2028") {
		t.Fatal("the certificate should run on the first day")
	}
	s.clock.Set(time.Date(2028, 5, 19, 18, 31, 0, 0, time.UTC)) // 00:01 on 20 May in India
	if err := s.cat.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	body := s.get(t, path).Body.String()
	if strings.Contains(body, "JCI until") || !strings.Contains(body, "JCI renewal not confirmed") {
		t.Error("a certificate that ended yesterday in India still shows as running")
	}
	if err := s.cat.ExpireDue(context.Background(), s.index); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(s.get(t, "/hospitals?accreditation=JCI&q=marigold").Body.String(), "Marigold Shore") {
		t.Error("the filter still counts the ended certificate")
	}
}

// The time of a request can end in any line: while the page is drawn too.
func TestAPageThatTakesTooLongSaysThatTheServiceIsBusy(t *testing.T) {
	s := front(t)
	for path, kind := range map[string]string{link.Cookies: "html", "/hospitals?q=late+answer": "html", "/api/v1/search?q=late+answer": "json"} {
		late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer cancel()
		w := httptest.NewRecorder()
		handlers.New(s.cat, s.index, s.cfg, s.clock.Now, slog.New(slog.DiscardHandler), s.store.Ping).ServeHTTP(w, httptest.NewRequestWithContext(late, http.MethodGet, path, nil))
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Header().Get("Content-Type"), kind) || w.Header().Get("Cache-Control") == "" && kind == "html" {
			t.Errorf("%s: status %d, %v\n%.200s", path, w.Code, w.Header(), w.Body)
		}
	}
}
