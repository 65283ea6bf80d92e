//go:build e2e

package e2e

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// look is how a page is looked at.
type look struct {
	width   int64
	scripts bool
}

func (l look) String() string {
	s := map[int64]string{1280: "1280 px", 390: "390 px", 320: "320 px"}[l.width]
	if !l.scripts {
		s += " no scripts"
	}
	return s
}

// looks are the six ways every page is looked at.
var looks = []look{{1280, true}, {1280, false}, {390, true}, {390, false}, {320, true}, {320, false}}

// chromium is one browser for all tests; each test has a profile of its own in it.
var chromium = sync.OnceValues(func() (context.Context, error) {
	// A container's user namespaces do not allow the sandbox; only pages of ours are opened.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath(os.Getenv("CORRIDOR_TEST_CHROMIUM")), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("no-proxy-server", true))
	all, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(all)
	later(func() { cancel(); stop() })
	return ctx, chromedp.Do(ctx)
})

// tab is a fresh profile with one empty page, seen as l says, for at most the given time.
func tab(t *testing.T, l look, limit time.Duration) *recorder {
	t.Helper()
	if os.Getenv("CORRIDOR_TEST_CHROMIUM") == "" {
		t.Fatal("CORRIDOR_TEST_CHROMIUM is not set: run scripts/with-services go test -tags e2e ./e2e/...")
	}
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, end := context.WithTimeout(ctx, limit)
	t.Cleanup(end)
	r := &recorder{ctx: ctx, look: l}
	if err := chromedp.Listen(ctx, r.hear); err != nil {
		t.Fatal(err)
	}
	options := []chromedp.EmulateViewportOption{}
	if l.width < 600 {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(l.width, 900, options...)))
	_, err = chromedp.Call(ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	must(t, err)
	return r
}

// open goes to url, with scripts as the look says, and returns the status of the page.
func (r *recorder) open(t *testing.T, url string) int {
	t.Helper()
	r.reset()
	r.scripts(t, r.look.scripts)
	answer, err := chromedp.Run(r.ctx, chromedp.NavigateResponse(url))
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	if answer == nil {
		t.Fatalf("%s: no answer", url)
	}
	return int(answer.Status)
}

// scripts switches the page's own scripts; what is open already keeps its listeners.
func (r *recorder) scripts(t *testing.T, on bool) {
	t.Helper()
	_, err := chromedp.Call(r.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	must(t, err)
}

// eval runs an expression in the page.
func eval[T any](t *testing.T, r *recorder, expression string) T {
	t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.80s: %v", expression, err)
	}
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
