package meili_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"carecorridor/internal/testmeili"
	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/meili"
	"carecorridor/search/searchtest"
)

func engineAt(address string) *meili.Engine {
	return meili.New(meili.Options{URL: address, Prefix: "nobody_", Clock: search.Clock(when.System)})
}

func TestAServerThatIsNotThereIsUnavailable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	e := engineAt(address)
	if _, err := e.Search(t.Context(), search.Query{}); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("search: %v", err)
	}
	if _, err := e.Suggest(t.Context(), "knee", 3); !errors.Is(err, search.ErrUnavailable) {
		t.Errorf("suggest: %v", err)
	}
	if h := e.Health(t.Context()); h.OK || h.Detail == "" {
		t.Errorf("health: %+v", h)
	}
}

func TestAServerThatHangsIsATimeout(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // accepts and never answers
	ctx, done := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer done()
	if _, err := engineAt("http://"+l.Addr().String()).Search(ctx, search.Query{}); !errors.Is(err, search.ErrTimeout) {
		t.Errorf("%v", err)
	}
}

// A proxy in front of the real server is busy for the first calls of every kind: what follows must carry
// the whole body, and the caller must not notice.
func TestABusyServerIsAskedAgainWithTheWholeBody(t *testing.T) {
	address, key, prefix := testmeili.Server(t)
	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var refused, empty atomic.Int64
	proxy := httputil.NewSingleHostReverseProxy(target)
	seen := map[string]int{}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method == http.MethodPost && len(body) == 0 {
			empty.Add(1)
		}
		if seen[r.Method+r.URL.Path]++; r.Method == http.MethodPost && seen[r.Method+r.URL.Path] <= 2 {
			refused.Add(1)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		proxy.ServeHTTP(w, r)
	}))
	defer front.Close()
	e := meili.New(meili.Options{URL: front.URL, Key: key, Prefix: prefix, Clock: search.Clock(when.System)})
	defer func() {
		if err := e.Drop(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	w := searchtest.Catalogue(40, 2, 1)
	if _, err := e.Rebuild(t.Context(), w.Source()); err != nil {
		t.Fatal(err)
	}
	p, err := e.Search(t.Context(), search.Query{IncludeSamples: true, IncludeUnconfirmed: true})
	if err != nil || p.Total != 40 || refused.Load() < 4 || empty.Load() != 0 {
		t.Errorf("total %d, %v; %d refusals, %d empty bodies", p.Total, err, refused.Load(), empty.Load())
	}
}

func TestAWrongKeyIsUnavailableAndSaysWhy(t *testing.T) {
	address, _, prefix := testmeili.Server(t)
	e := meili.New(meili.Options{URL: address, Key: "wrong", Prefix: prefix, Clock: search.Clock(when.System)})
	if h := e.Health(t.Context()); h.OK || !bytes.Contains([]byte(h.Detail), []byte("invalid_api_key")) {
		t.Errorf("%+v", h)
	}
}
