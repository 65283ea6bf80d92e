package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue/listing"
)

// with puts something around a route.
func (r route) with(around func(echo.HandlerFunc) echo.HandlerFunc) route {
	r.handle = around(r.handle)
	return r
}

// seen counts a use of a listing, for its hospital's activity page. Nothing of the visitor goes with it.
func (h *Handlers) seen(slug string, kind listing.ViewKind) {
	if h.cfg.Listings != nil {
		h.cfg.Listings.Seen(slug, kind)
	}
}

// viewed counts the pages of hospitals that people opened: not what a browser fetched ahead of a click, nor what a
// machine says it reads. A page that is held ready counts like any other.
func (h *Handlers) viewed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := next(c); err != nil {
			return err
		}
		r, status := c.Request(), c.Response().Status
		if r.Method == http.MethodGet && (status == http.StatusOK || status == http.StatusNotModified) && byAPerson(r) {
			h.seen(c.Param("slug"), listing.PageView)
		}
		return nil
	}
}

// machines are words by which programs that read sites name themselves.
var machines = []string{"bot", "crawl", "spider", "preview", "monitor"}

func byAPerson(r *http.Request) bool {
	if strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") {
		return false
	}
	name := strings.ToLower(r.UserAgent())
	for _, m := range machines {
		if strings.Contains(name, m) {
			return false
		}
	}
	return true
}
