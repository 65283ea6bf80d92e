package handlers_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"carecorridor/handlers"
	"carecorridor/search"
	"carecorridor/search/meili"
)

// A server that was Meilisearch and is gone: nothing listens at its address.
func TestWhenMeilisearchIsDownTheMemoryEngineAnswersAndThePageSaysSo(t *testing.T) {
	s := front(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	address := gone.URL
	gone.Close()
	index := search.NewIndex(&search.Failover{Primary: meili.New(meili.Options{URL: address, Key: "k", Clock: time.Now}), Fallback: s.engine, Clock: time.Now}, time.Now, 0)
	site := handlers.New(s.cat, index, handlers.Config{Demo: true, NoRateLimit: true}, s.clock.Now, slog.New(slog.DiscardHandler), s.store.Ping)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, ask("knee replacement chennai"), nil))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Our usual search is not answering") || !strings.Contains(w.Body.String(), "Marigold Shore") {
		t.Errorf("status %d; says so %v", w.Code, strings.Contains(w.Body.String(), "Our usual search is not answering"))
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("the notice would be kept: Cache-Control %q", got)
	}
	w = httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/search?q=cabg", nil))
	if !strings.Contains(w.Body.String(), `"engine":"memory"`) || !strings.Contains(w.Body.String(), `"fallback":true`) {
		t.Errorf("%.300s", w.Body)
	}
}
