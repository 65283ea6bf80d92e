package handlers

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"golang.org/x/time/rate"

	"carecorridor/internal/fault"
	"carecorridor/static"
)

var fixedHeaders = shared(map[string]string{
	"Content-Security-Policy":      static.CSP,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "strict-origin-when-cross-origin",
	"X-Frame-Options":              "DENY",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
})

// header is one line that every answer has; all answers share its value and nobody changes it.
type header struct {
	name  string
	value []string
}

func shared(values map[string]string) []header {
	var out []header
	for name, value := range values {
		out = append(out, header{name, []string{value}})
	}
	return out
}

var strictTransport = []string{"max-age=31536000; includeSubDomains"}

// Limits of the front door.
const (
	requestTime = 10 * time.Second
	bodyLimit   = "1M"
)

// Requests from one address: how many a second for ever, and how many at once after a pause. A ward or a school reads
// pages through one address, and a held page costs nothing; nobody sends forms or opens codes and links that fast.
var (
	pageBudget = budget{perSecond: 60, burst: 600}
	formBudget = budget{perSecond: 10, burst: 60}
)

type budget struct {
	perSecond rate.Limit
	burst     int
}

// entry is what every request passes first, errors included: the fixed security headers, whose form it is, then one
// address a page.
func (h *Handlers) entry(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		head := c.Response().Header()
		for _, f := range fixedHeaders {
			head[f.name] = f.value
		}
		if h.cfg.HTTPS {
			head["Strict-Transport-Security"] = strictTransport
		}
		if err := sameSite(c.Request()); err != nil {
			return err
		}
		return cleanPath(c, next)
	}
}

// sameSite refuses a state-changing request that another site's page sent. Browsers say so in
// Sec-Fetch-Site, older ones in Origin; no token is needed, so pages stay the same for everybody.
func sameSite(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if !fromOurselves(r) {
		return fault.Say(fault.Forbidden, "same site", "This form was sent from another site. Open the page again and send it from here.")
	}
	return nil
}

func fromOurselves(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true // not a browser, so no cookie of ours rides along
	}
	_, host, ok := strings.Cut(origin, "://")
	return ok && host == r.Host
}

// deadline bounds the work of one request, so that a dead database gives an answer and not a hung page. A page that
// is held ready does no work and needs none.
func (h *Handlers) deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if h.held(c.Request()) {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), requestTime)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// limiter slows an address that asks more than a person could: reading has a wide budget, forms and pages that a code
// or a link opens have a narrow one. Static files and health checks are free.
func (h *Handlers) limiter() echo.MiddlewareFunc {
	pages := h.budgeted(pageBudget, func(c echo.Context) bool { return !opens(c) })
	forms := h.budgeted(formBudget, opens)
	return func(next echo.HandlerFunc) echo.HandlerFunc { return pages(forms(next)) }
}

// opens: it sends something, its address holds what opens it, or it makes us ask a sign-in service of others.
func opens(c echo.Context) bool {
	if m := c.Request().Method; m != http.MethodGet && m != http.MethodHead && m != http.MethodOptions {
		return true
	}
	return strings.Contains(c.Path(), ":provider") || strings.Contains(c.Path(), ":code") || strings.Contains(c.Path(), ":token") || strings.Contains(c.Request().URL.RawQuery, "link=")
}

func (h *Handlers) budgeted(b budget, counts func(echo.Context) bool) echo.MiddlewareFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Skipper: func(c echo.Context) bool {
			p := c.Request().URL.Path
			return h.cfg.NoRateLimit || strings.HasPrefix(p, "/static/") || p == "/healthz" || p == "/readyz" || !counts(c)
		},
		Store: middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
			Rate: b.perSecond, Burst: b.burst, ExpiresIn: 5 * time.Minute}),
		IdentifierExtractor: func(c echo.Context) (string, error) { return c.RealIP(), nil },
		DenyHandler: func(c echo.Context, _ string, _ error) error {
			c.Response().Header().Set("Retry-After", "60")
			return fault.Say(fault.TooMany, "rate limit", "Too many requests came from your network. Wait 1 minute and try again.")
		},
	})
}

// addressOf says whom to count: the peer itself, or behind our own proxies the first address that is not one
// of them (architecture.md §12.1: Echo's default believes anybody).
func addressOf(trusted []*net.IPNet) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, n := range trusted {
		opts = append(opts, echo.TrustIPRange(n))
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}
