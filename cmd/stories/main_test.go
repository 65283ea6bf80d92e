package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"carecorridor/views/stories"
)

func TestEveryStoryIsServedUnderThePolicy(t *testing.T) {
	t.Parallel()
	h := handler()
	paths := []string{"/"}
	for _, s := range stories.All() {
		paths = append(paths, "/stories/"+s.Name)
	}
	for _, p := range paths {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, p, nil))
		if w.Code != http.StatusOK || w.Body.Len() == 0 || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s answered %d with %d bytes", p, w.Code, w.Body.Len())
		}
	}
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/stories/none", nil)); w.Code != http.StatusNotFound {
		t.Errorf("unknown story answered %d", w.Code)
	}
}

func TestStoriesAreNotForOtherMachines(t *testing.T) {
	t.Parallel()
	if err := serve("0.0.0.0:0"); err == nil || !strings.Contains(err.Error(), "this machine") {
		t.Fatalf("served to everybody: %v", err)
	}
}
