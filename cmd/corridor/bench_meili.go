package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"carecorridor/cmd/corridor/drive"
	"carecorridor/handlers"
	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/meili"
	"carecorridor/views/link"
)

// rawSearch is what one results page asks Meilisearch, and the main one of those questions alone.
type rawSearch struct{ whole, main []byte }

func meiliPrefix(n int) string { return fmt.Sprintf("bench%d_", n) }

// buildMeili fills the indexes, times that beside plain indexing of the same documents, and records what pages ask.
func (b *bencher) buildMeili(ctx context.Context, c *benchCatalogue) ([]rawSearch, error) {
	b.say("indexing %d hospitals in Meilisearch", c.n)
	engine := meili.New(meili.Options{URL: b.Meili, Key: b.MeiliKey, Prefix: meiliPrefix(c.n), Timeout: 5 * time.Minute, Clock: when.System})
	info, err := engine.Rebuild(ctx, c.cat.Source(ctx, nil))
	if err != nil {
		return nil, err
	}
	b.table.put(c.n, "meili rebuild", info.Took.Seconds())
	if c.n == b.Large && !b.Quick {
		took, err := b.plainIndexing(ctx, c.n)
		if err != nil {
			return nil, err
		}
		b.table.put(c.n, "meili plain", took.Seconds())
	}
	return b.record(c)
}

// record lets the front door answer every question through a proxy that keeps the first search of each page.
func (b *bencher) record(c *benchCatalogue) ([]rawSearch, error) {
	target, err := url.Parse(b.Meili)
	if err != nil {
		return nil, err
	}
	var seen []byte
	proxy := httputil.NewSingleHostReverseProxy(target)
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if r.URL.Path == "/multi-search" && seen == nil {
			seen = body
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		proxy.ServeHTTP(w, r)
	}))
	defer listener.Close()
	engine := meili.New(meili.Options{URL: listener.URL, Key: b.MeiliKey, Prefix: meiliPrefix(c.n), Clock: when.System})
	index := search.NewIndex(engine, when.System, 10*time.Second)
	front := handlers.New(c.cat, index, handlers.Config{Demo: true, NoRateLimit: true}, when.System, slog.New(slog.DiscardHandler), c.store.Ping)
	var out []rawSearch
	for _, v := range c.asked {
		seen = nil
		answer := httptest.NewRecorder()
		front.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, link.HospitalsPath+"?"+v.Encode(), nil))
		if answer.Code != http.StatusOK || seen == nil {
			return nil, fmt.Errorf("record %s: status %d", v.Encode(), answer.Code)
		}
		one, err := b.rawOf(seen)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (b *bencher) rawOf(body []byte) (rawSearch, error) {
	var asked struct {
		Queries []map[string]any `json:"queries"`
	}
	if err := json.Unmarshal(body, &asked); err != nil || len(asked.Queries) == 0 {
		return rawSearch{}, fmt.Errorf("recorded search: %.80q: %w", body, err)
	}
	main := asked.Queries[0]
	path := fmt.Sprintf("/indexes/%s/search", main["indexUid"])
	delete(main, "indexUid")
	text, err := json.Marshal(main)
	host, auth := b.meiliHost(), "Bearer "+b.MeiliKey
	return rawSearch{drive.Post(host, "/multi-search", body, "Authorization", auth), drive.Post(host, path, text, "Authorization", auth)}, err
}

func (b *bencher) meiliHost() string {
	return strings.TrimPrefix(strings.TrimRight(b.Meili, "/"), "http://")
}

// raw is Meilisearch's own JSON for the same searches, as whole pages ask them or only the main question.
func (b *bencher) raw(raw []rawSearch, clients int, main bool) row {
	name := fmt.Sprintf("raw meili c%d", clients)
	if main {
		name = fmt.Sprintf("raw meili, one query c%d", clients)
	}
	return row{name, drive.Plan{Addr: b.meiliHost(), Want: 200, Clients: clients, Count: mostAsked, Time: b.long(), Warm: len(raw) / 4,
		Request: func(n int) []byte {
			if main {
				return raw[n%len(raw)].main
			}
			return raw[n%len(raw)].whole
		}}}
}

// plainIndexing sends the same documents with the same settings to new indexes, as fast as the server takes them.
func (b *bencher) plainIndexing(ctx context.Context, n int) (time.Duration, error) {
	m := &plain{ctx: ctx, url: strings.TrimRight(b.Meili, "/"), key: b.MeiliKey}
	var took time.Duration
	for _, name := range []string{"providers", "suggest"} {
		from, to := "/indexes/"+meiliPrefix(n)+name, "/indexes/bench_plain_"+name
		var settings json.RawMessage
		m.do(http.MethodGet, from+"/settings", nil, &settings)
		var batches [][]byte
		for at := 0; ; at += 2000 {
			var page struct{ Results []json.RawMessage }
			m.do(http.MethodGet, fmt.Sprintf("%s/documents?limit=2000&offset=%d", from, at), nil, &page)
			if len(page.Results) == 0 {
				break
			}
			text, err := json.Marshal(page.Results)
			if err != nil {
				return 0, err
			}
			batches = append(batches, text)
		}
		began := time.Now()
		m.task(http.MethodPost, "/indexes", []byte(`{"uid":"bench_plain_`+name+`","primaryKey":"id"}`), true)
		m.task(http.MethodPatch, to+"/settings", settings, true)
		for i, batch := range batches {
			m.task(http.MethodPost, to+"/documents", batch, i == len(batches)-1)
		}
		took += time.Since(began)
		m.task(http.MethodDelete, to, nil, true)
	}
	return took, m.err
}

// plain talks to Meilisearch with nothing between; the first error stays.
type plain struct {
	ctx      context.Context
	url, key string
	err      error
}

func (m *plain) do(method, path string, body []byte, into any) {
	if m.err != nil {
		return
	}
	req, err := http.NewRequestWithContext(m.ctx, method, m.url+path, bytes.NewReader(body))
	if err != nil {
		m.err = err
		return
	}
	req.Header.Set("Authorization", "Bearer "+m.key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		m.err = err
		return
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: status %d: %.200s", method, path, res.StatusCode, text)
	}
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	m.err = err
}

// task starts work and, when asked, waits for it.
func (m *plain) task(method, path string, body []byte, wait bool) {
	var t struct{ TaskUID int }
	m.do(method, path, body, &t)
	for wait && m.err == nil {
		var state struct{ Status string }
		m.do(http.MethodGet, fmt.Sprintf("/tasks/%d", t.TaskUID), nil, &state)
		switch state.Status {
		case "succeeded":
			return
		case "failed", "canceled":
			m.err = fmt.Errorf("%s %s: task %s", method, path, state.Status)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
