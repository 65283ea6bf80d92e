//go:build e2e

package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// maxPaint is the budget of the largest paint on a slow telephone network (brief §10).
const maxPaint = 1500 * time.Millisecond

// slow4G is the network of that budget: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up.
var slow4G = network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{
	Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8,
}}}

// largestPaint is when the biggest thing of the first screen was drawn, in ms since the page was asked for.
const largestPaint = `new Promise(done => { new PerformanceObserver(l => done(l.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}); })`

// It runs before the parallel tests begin, so that they do not slow it down.
func TestPagesPaintWithinTheBudgetOnASlowNetwork(t *testing.T) {
	for _, path := range []string{"/", "/hospitals?q=knee+replacement", "/treatments/total-knee-replacement", "/hubs"} {
		best := time.Hour
		for range 3 { // the network is emulated, the machine's other work is not: the best of three counts
			r := tab(t, look{390, true}, time.Minute)
			_, err := chromedp.Call(r.ctx, network.EmulateNetworkConditionsByRule, slow4G)
			must(t, err)
			r.open(t, siteURL(t)+path)
			best = min(best, time.Duration(eval[float64](t, r, largestPaint)*float64(time.Millisecond)))
		}
		t.Logf("%s: largest paint after %v", path, best.Round(time.Millisecond))
		if best > maxPaint {
			t.Errorf("%s: largest paint after %v, at most %v", path, best, maxPaint)
		}
	}
}
