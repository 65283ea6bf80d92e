// Package meili is the search engine behind a Meilisearch server (1.21 or later). It translates and
// nothing else: what a query means is package search, and the memory engine answers the same. It is the
// only package that knows the client library.
package meili

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"carecorridor/search"
)

// Name is Page.Engine of every answer.
const Name = "meili"

// Options say where the server is.
type Options struct {
	URL, Key string
	Prefix   string        // before every index name, so that several catalogues share a server
	Timeout  time.Duration // of one HTTP call; 0 means 30 seconds. Questions bring their own deadline.
	Clock    search.Clock
}

// Engine is a connection to one catalogue. Nothing is sent before the first call.
type Engine struct {
	opts   Options
	http   *http.Client
	api    client.ServiceManager
	facts  atomic.Pointer[facts]
	asking sync.Mutex // held while facts are fetched

	rebuilding sync.Mutex
	prepared   atomic.Bool
	sent       sentDocs
}

// New makes an engine. Compression is off because the server answers it in several small writes, which
// costs 45 ms a search (search.md §8); the library's retries are off because they send an empty body.
func New(o Options) *Engine {
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	o.URL = strings.TrimRight(o.URL, "/")
	h := &http.Client{Timeout: o.Timeout, Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableCompression: true,
		MaxIdleConns: 128, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second,
		ResponseHeaderTimeout: o.Timeout,
	}}
	e := &Engine{opts: o, http: h}
	e.api = client.New(o.URL, client.WithAPIKey(o.Key), client.WithCustomClient(h), client.DisableRetries())
	return e
}

func (e *Engine) providers() string { return e.opts.Prefix + "providers" }
func (e *Engine) suggest() string   { return e.opts.Prefix + "suggest" }

// Health asks the server how it is and whether the catalogue was built.
func (e *Engine) Health(ctx context.Context) search.Health {
	h := search.Health{Engine: Name}
	v, err := e.api.VersionWithContext(ctx)
	if err != nil {
		h.Detail = mapped(ctx, "version", err).Error()
		return h
	}
	h.Version = v.PkgVersion
	stats, err := e.api.Index(e.providers()).GetStatsWithContext(ctx, nil)
	if err != nil {
		h.Detail = mapped(ctx, "stats", err).Error()
		return h
	}
	h.OK, h.Docs = true, int(stats.NumberOfDocuments)
	if f, err := e.known(ctx); err == nil {
		h.Generation = f.asOf.Format(time.RFC3339)
	}
	if stats.IsIndexing {
		h.Detail = "indexing"
	}
	return h
}

// Close lets idle connections go.
func (e *Engine) Close() error {
	e.http.CloseIdleConnections()
	return nil
}

// Drop deletes the indexes of this prefix and waits; tests clean up with it.
func (e *Engine) Drop(ctx context.Context) error {
	for _, uid := range []string{e.providers(), e.suggest(), e.providers() + next, e.suggest() + next} {
		t, err := e.api.DeleteIndexWithContext(ctx, uid)
		if err != nil {
			return mapped(ctx, "delete index "+uid, err)
		}
		if _, err := e.finished(ctx, t.TaskUID); err != nil {
			return fmt.Errorf("delete index %s: %w", uid, err)
		}
	}
	return nil
}
