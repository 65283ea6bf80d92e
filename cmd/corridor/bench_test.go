package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"carecorridor/handlers"
	"carecorridor/views/link"
)

// A question that the API refuses would end a measurement.
func TestEveryQuestionOfAMeasurementIsAnswered(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	if out, status := said(t, "seed", "load", "--var", folder, "--log-level", "error"); status != 0 {
		t.Fatal(out)
	}
	a := demoApp(t, &Config{Addr: "127.0.0.1:0", Var: folder, MailFrom: "no-reply@carecorridor.example", LogLevel: "error", Origin: "http://localhost"})
	(&benchServe{}).index(a)
	if _, err := a.memory.Rebuild(t.Context(), a.cat.Source(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	front := handlers.New(a.cat, a.index, handlers.Config{Demo: true, NoRateLimit: true}, a.clock, a.log, a.ready)
	asked := questions(a.cat.Reference())
	if len(asked) != questionCount {
		t.Fatalf("%d questions", len(asked))
	}
	for _, v := range asked {
		w := httptest.NewRecorder()
		if front.ServeHTTP(w, httptest.NewRequest(http.MethodGet, link.APISearch+"?"+v.Encode(), nil)); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", v.Encode(), w.Code, w.Body)
		}
	}
}
