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
	perSecond   = 20 // requests a second from one address, API and pages together
	burst       = 120
)

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

// limiter slows an address that asks more than a person could. Static files and health checks are free.
func (h *Handlers) limiter() echo.MiddlewareFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Skipper: func(c echo.Context) bool {
			p := c.Request().URL.Path
			return h.cfg.NoRateLimit || strings.HasPrefix(p, "/static/") || p == "/healthz" || p == "/readyz"
		},
		Store: middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
			Rate: rate.Limit(perSecond), Burst: burst, ExpiresIn: 5 * time.Minute}),
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
