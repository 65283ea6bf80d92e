package handlers_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"carecorridor/handlers"
	"carecorridor/internal/token"
)

// browser keeps cookies as a browser does.
type browser struct {
	site    http.Handler
	cookies map[string]*http.Cookie
}

func newBrowser(s http.Handler) *browser { return &browser{s, map[string]*http.Cookie{}} }

func (b *browser) do(t *testing.T, method, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Referer", "http://example.com/hospitals?q=knee")
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

// post sends a form and opens the page it leads to.
func (b *browser) post(t *testing.T, path string, pairs ...string) *goquery.Document {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	w := b.do(t, "POST", path, form)
	if w.Code == http.StatusSeeOther {
		w = b.do(t, "GET", w.Header().Get("Location"), nil)
	}
	return parse(t, w)
}

func parse(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func names(doc *goquery.Document) string { return text(doc.Find("main article h3")) }

func TestAShortlistKeepsWhatIsAddedAndWritten(t *testing.T) {
	t.Parallel()
	b := newBrowser(front(t))
	doc := b.post(t, "/shortlist/add", "h", hooghly)
	if names(doc) != "Hooghly View Hospital" || !strings.Contains(text(doc.Find(".cc-banner")), "on your shortlist") {
		t.Fatalf("added: %q", text(doc.Find("main")))
	}
	if back, _ := doc.Find(".cc-banner a").Attr("href"); back != "/hospitals?q=knee" {
		t.Errorf("back: %q", back)
	}
	b.post(t, "/shortlist/add", "h", medanta)
	const note = "मैंने पूछा: مرحبا <b>\nline"
	if doc = b.post(t, "/shortlist/note", "h", medanta, "note", note); doc.Find("#note-"+medanta).Text() != note {
		t.Errorf("note: %q", doc.Find("#note-"+medanta).Text())
	}
	if doc = b.post(t, "/shortlist/add", "h", medanta); doc.Find("main article").Length() != 2 || doc.Find("#note-"+medanta).Text() != note {
		t.Error("adding twice changed the list")
	}
	if doc = b.post(t, "/shortlist/remove", "h", hooghly); doc.Find("main article").Length() != 1 {
		t.Errorf("removed: %q", names(doc))
	}
}

func TestNoCookieIsSetBeforeTheFirstHospital(t *testing.T) {
	t.Parallel()
	s := front(t)
	for _, path := range []string{"/", "/hospitals", "/shortlist", "/shortlist/clear", "/shortlist/shared", "/hospitals/" + hooghly} {
		if w := s.get(t, path); w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %s", path, w.Header().Get("Set-Cookie"))
		}
	}
	b := newBrowser(s)
	w := b.do(t, "POST", "/shortlist/add", url.Values{"h": {hooghly}})
	c := b.cookies["shortlist"]
	if c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 90*24*60*60 || c.Path != "/" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("cookie %+v, %v", c, w.Header())
	}
}

func TestOverHTTPSTheCookieBelongsToTheHost(t *testing.T) {
	t.Parallel()
	s := front(t)
	tokens, err := token.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(handlers.New(s.cat, s.index, handlers.Config{HTTPS: true, Tokens: tokens, NoRateLimit: true}, s.clock.Now, slog.New(slog.DiscardHandler), s.store.Ping))
	b.do(t, "POST", "/shortlist/add", url.Values{"h": {hooghly}})
	if c := b.cookies["__Host-shortlist"]; c == nil || !c.Secure || c.Domain != "" {
		t.Errorf("%+v", b.cookies)
	}
}

func TestATamperedCookieIsAPlainPageWhateverIsWrong(t *testing.T) {
	t.Parallel()
	s := front(t)
	b := newBrowser(s)
	b.post(t, "/shortlist/add", "h", hooghly)
	good := b.cookies["shortlist"].Value
	other, _ := token.New([]byte(strings.Repeat("k", 32)))
	pages := map[string]bool{}
	for _, value := range []string{"x", good[:len(good)-3], "A" + good[1:], good + "AA", strings.Repeat("a", 3000), other.Sign("shortlist", []byte("x"), morning.AddDate(1, 0, 0)),
		fixedKey(t).Sign("other", []byte("x"), morning.AddDate(1, 0, 0)), fixedKey(t).Sign("shortlist", []byte("not a list"), morning.AddDate(1, 0, 0)), fixedKey(t).Sign("shortlist", nil, morning.AddDate(-1, 0, 0))} {
		if value == good {
			continue
		}
		w := s.get(t, "/shortlist", "Cookie", "shortlist="+value)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
			t.Errorf("%.20s: %d %s", value, w.Code, w.Header().Get("Set-Cookie"))
		}
		pages[w.Body.String()] = true
	}
	if len(pages) != 1 {
		t.Errorf("%d different pages", len(pages))
	}
}

func fixedKey(t *testing.T) *token.Signer {
	t.Helper()
	s, err := token.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWrongNotesAreRefusedWithTheirWords(t *testing.T) {
	t.Parallel()
	b := newBrowser(front(t))
	b.post(t, "/shortlist/add", "h", hooghly)
	for note, want := range map[string]string{strings.Repeat("ж", 312): "Shorten yours by 12", "a\x00b": "control characters", "a\x1bb": "control characters"} {
		w := b.do(t, "POST", "/shortlist/note", url.Values{"h": {hooghly}, "note": {note}})
		doc := parse(t, w)
		if w.Code != 422 || !strings.Contains(text(doc.Find("[data-error-summary]")), want) || !strings.HasPrefix(text(doc.Find("title")), "Error:") {
			t.Errorf("%.10q: %d %q", note, w.Code, text(doc.Find("[data-error-summary]")))
		}
		if len(note) > 300 && doc.Find("#note-"+hooghly).Text() != note {
			t.Error("what was typed is lost")
		}
	}
	if doc := parse(t, b.do(t, "GET", "/shortlist", nil)); doc.Find("#note-"+hooghly).Text() != "" {
		t.Error("a refused note was kept")
	}
}

func TestAShortlistHoldsTwentyAndItsNotesFitACookie(t *testing.T) {
	t.Parallel()
	s := front(t)
	b := newBrowser(s)
	var slugs []string
	for page := 1; len(slugs) < 21; page++ {
		s.page(t, fmt.Sprintf("/hospitals?per_page=20&page=%d", page)).Find("#results article h3 a").Each(func(_ int, a *goquery.Selection) {
			slugs = append(slugs, strings.TrimPrefix(a.AttrOr("href", ""), "/hospitals/"))
		})
	}
	for _, slug := range slugs[:20] {
		b.post(t, "/shortlist/add", "h", slug)
	}
	if doc := b.post(t, "/shortlist/add", "h", slugs[20]); doc.Find("main article").Length() != 20 || !strings.Contains(text(doc.Find("[data-error-summary]")), "holds 20") {
		t.Errorf("21 hospitals: %d", doc.Find("main article").Length())
	}
	refused := false
	for i, slug := range slugs[:20] {
		doc := b.post(t, "/shortlist/note", "h", slug, "note", noise(i))
		refused = refused || strings.Contains(text(doc.Find("[data-error-summary]")), "longer than a browser keeps")
		if n := len(b.cookies["shortlist"].Value); n > 4000 {
			t.Fatalf("cookie of %d bytes", n)
		}
	}
	if !refused {
		t.Error("6,000 letters of notes fit in a cookie")
	}
}

// noise is 300 letters that do not compress.
func noise(seed int) string {
	var out strings.Builder
	for i := range 300 {
		out.WriteRune(rune('a' + (seed*31+i*i*7+i*seed*13)%1000))
	}
	return out.String()
}

func TestASharedListHasNoNotesAndEndsAfterFourWeeks(t *testing.T) {
	t.Parallel()
	s := alone(t)
	b := newBrowser(s)
	b.post(t, "/shortlist/add", "h", hooghly)
	b.post(t, "/shortlist/add", "h", medanta)
	b.post(t, "/shortlist/note", "h", hooghly, "note", "private words")
	doc := b.post(t, "/shortlist/share", "share", "1")
	path, _ := doc.Find("a[href^='/shortlist/shared/CC-']").Attr("href")
	if path == "" {
		t.Fatalf("no link: %q", text(doc.Find("main")))
	}
	w := s.get(t, path)
	if w.Code != 200 || strings.Contains(w.Body.String(), "private words") || strings.Contains(w.Body.String(), "<textarea") || !strings.Contains(w.Header().Get("X-Robots-Tag"), "noindex") {
		t.Errorf("copy: %d %v", w.Code, w.Header())
	}
	if doc := parse(t, w); doc.Find("main article").Length() != 2 {
		t.Errorf("copy: %q", names(doc))
	}
	lower := s.get(t, "/shortlist/shared?code="+url.QueryEscape(" "+strings.ToLower(strings.TrimPrefix(path, "/shortlist/shared/"))))
	if lower.Code != http.StatusSeeOther || lower.Header().Get("Location") != path {
		t.Errorf("typed by hand: %d %s", lower.Code, lower.Header().Get("Location"))
	}
	s.clock.Set(morning.AddDate(0, 0, 27))
	if s.get(t, path).Code != 200 {
		t.Error("gone before its time")
	}
	s.clock.Set(morning.AddDate(0, 0, 29))
	ended, unknown, wrong := s.get(t, path), s.get(t, "/shortlist/shared/CC-2222-22"), s.get(t, "/shortlist/shared/%3Cscript%3E")
	if ended.Code != 404 || ended.Body.String() != unknown.Body.String() || unknown.Body.String() != wrong.Body.String() {
		t.Errorf("codes that open nothing differ: %d %d %d", ended.Code, unknown.Code, wrong.Code)
	}
}

func TestSharingCanBeStoppedAndClearingStopsIt(t *testing.T) {
	t.Parallel()
	s := front(t)
	share := func(b *browser) string {
		b.post(t, "/shortlist/add", "h", hooghly)
		path, _ := b.post(t, "/shortlist/share", "share", "1").Find("a[href^='/shortlist/shared/CC-']").Attr("href")
		return path
	}
	stopped, again, cleared := newBrowser(s), newBrowser(s), newBrowser(s)
	paths := []string{share(stopped), share(again), share(cleared)}
	stopped.post(t, "/shortlist/share", "stop", "1")
	share(again)
	if doc := parse(t, cleared.do(t, "GET", "/shortlist/clear", nil)); doc.Find("form[action='/shortlist/clear'] button").Length() != 1 || len(cleared.cookies) != 1 {
		t.Error("clearing does not ask first")
	}
	cleared.post(t, "/shortlist/clear")
	for _, p := range paths {
		if p == "" || s.get(t, p).Code != 404 {
			t.Errorf("%q still opens", p)
		}
	}
	if len(cleared.cookies) != 0 {
		t.Errorf("cookies left: %v", cleared.cookies)
	}
}

func TestCodesCannotBeTriedFast(t *testing.T) {
	t.Parallel()
	s := front(t)
	limited := handlers.New(s.cat, s.index, handlers.Config{Tokens: fixedKey(t)}, s.clock.Now, slog.New(slog.DiscardHandler), s.store.Ping)
	last := 0
	for range 15 {
		w := httptest.NewRecorder()
		limited.ServeHTTP(w, httptest.NewRequest("GET", "/shortlist/shared/CC-2222-22", nil))
		last = w.Code
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("15 codes in a moment: %d", last)
	}
}

func TestTheWayBackNeverLeavesTheSite(t *testing.T) {
	t.Parallel()
	b := newBrowser(front(t))
	for _, back := range []string{"https://evil.example/hospitals", "//evil.example/hospitals", "/\\evil.example", "javascript:alert(1)", "/shortlist", "/hospitalsx"} {
		doc := parse(t, b.do(t, "GET", "/shortlist?done=added&back="+url.QueryEscape(back), nil))
		if n := doc.Find(".cc-banner a").Length(); n != 0 {
			t.Errorf("%s is linked", back)
		}
	}
}

func TestAnotherSiteCannotAdd(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("POST", "/shortlist/add", strings.NewReader("h="+hooghly))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	front(t).ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestUnknownHospitalsCannotBeListed(t *testing.T) {
	t.Parallel()
	b := newBrowser(front(t))
	for _, slug := range []string{"", "no-such-hospital", "\x00", strings.Repeat("a", 9000)} {
		if w := b.do(t, "POST", "/shortlist/add", url.Values{"h": {slug}}); w.Code != http.StatusNotFound || len(b.cookies) != 0 {
			t.Errorf("%.20q: %d", slug, w.Code)
		}
	}
}
