package drive_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"carecorridor/cmd/corridor/drive"
)

func serve(t *testing.T, f http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

func TestEveryRequestIsSentAndCountedOnce(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "12345") })
	f, err := drive.Drive(context.Background(), drive.Plan{Addr: addr, Want: 200, Clients: 4, Count: 100, Time: 10 * time.Second,
		Request: func(int) []byte { return drive.Get("test", "/") }})
	if err != nil {
		t.Fatal(err)
	}
	if f.Requests != 100 || f.Bytes != 5 || f.P50 <= 0 || f.P99 < f.P50 || f.PerSecond() <= 0 {
		t.Errorf("figures %+v", f)
	}
}

func TestAWrongStatusIsAnErrorAndNoSpeed(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	_, err := drive.Drive(context.Background(), drive.Plan{Addr: addr, Want: 200, Clients: 2, Count: 10, Time: time.Second,
		Request: func(int) []byte { return drive.Get("test", "/") }})
	if err == nil {
		t.Error("a server that only fails was measured")
	}
}

func TestAMeasurementEndsWithItsTime(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { time.Sleep(5 * time.Millisecond) })
	f, err := drive.Drive(context.Background(), drive.Plan{Addr: addr, Want: 200, Clients: 1, Count: 1e6, Time: 100 * time.Millisecond,
		Request: func(int) []byte { return drive.Get("test", "/") }})
	if err != nil || f.Requests == 0 || f.Took > 5*time.Second {
		t.Errorf("figures %+v, error %v", f, err)
	}
}

func TestAnswersInPiecesAndBodiesOfRequestsAreRead(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("ETag", `"x"`)
		for range 3 {
			_, _ = w.Write(body)
			w.(http.Flusher).Flush()
		}
	})
	c, err := drive.Dial(context.Background(), addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.Keep = true
	for range 2 { // the second shows that the first was read to its end
		a, err := c.Do(drive.Post("test", "/", []byte("ab")))
		if err != nil || string(a.Body) != strings.Repeat("ab", 3) || a.ETag != `"x"` {
			t.Fatalf("answer %+v, error %v", a, err)
		}
	}
}
