//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// recorder is one tab and what it said and fetched since the last reset.
type recorder struct {
	ctx   context.Context
	look  look
	moved float64 // how much of the page that was inspected last moved, as a share of the window

	mu       sync.Mutex
	said     []string // console messages from warning up, exceptions, refusals of the content policy
	requests []string // addresses, without data:
	bytes    float64  // as they came over the wire, headers included
	heard    time.Time
}

// A page is still when its network has been silent for quietTime; it is looked at after settleTime at the latest.
const (
	quietTime  = 250 * time.Millisecond
	settleTime = 3 * time.Second
)

// settle waits for what a page fetches after it has loaded, such as its icon, so that every run counts the same.
func (r *recorder) settle() {
	for end := time.Now().Add(settleTime); time.Now().Before(end); time.Sleep(quietTime / 5) {
		r.mu.Lock()
		still := time.Since(r.heard) > quietTime
		r.mu.Unlock()
		if still {
			return
		}
	}
}

// Budget of one page (brief §10).
const (
	maxBytes    = 100 << 10
	maxRequests = 6
)

func (r *recorder) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said, r.requests, r.bytes, r.heard = nil, nil, 0, time.Now()
}

// hear is called for every event of the tab, in order.
func (r *recorder) hear(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.heard = time.Now()
		if len(e.Request.URL) < 5 || e.Request.URL[:5] != "data:" {
			r.requests = append(r.requests, e.Request.URL)
		}
	case *network.EventLoadingFinished:
		r.heard = time.Now()
		r.bytes += e.EncodedDataLength
	case *runtime.EventExceptionThrown:
		r.said = append(r.said, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			r.said = append(r.said, fmt.Sprintf("console %s: %s", e.Type, arguments(e.Args)))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			r.said = append(r.said, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

func arguments(all []*runtime.RemoteObject) string {
	var s string
	for _, a := range all {
		s += string(a.Value) + a.Description + " "
	}
	return s
}

// problems are everything heard that a page must not cause.
func (r *recorder) problems() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := append([]string(nil), r.said...)
	if r.bytes > maxBytes {
		found = append(found, fmt.Sprintf("weight: %.0f bytes, at most %d", r.bytes, maxBytes))
	}
	if len(r.requests) > maxRequests {
		found = append(found, fmt.Sprintf("requests: %d, at most %d: %v", len(r.requests), maxRequests, r.requests))
	}
	return found
}
