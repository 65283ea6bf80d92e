package handlers

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"carecorridor/internal/fault"
)

// pageFunc makes the answer of a public page from its address alone.
type pageFunc func(c echo.Context) (*answer, error)

// Cache-Control values (ux.md §14).
const (
	publicPage = "public, max-age=300, stale-while-revalidate=600"
	publicData = "public, max-age=300"
	notStored  = "no-store"
)

const (
	htmlType = "text/html; charset=utf-8"
	jsonType = "application/json; charset=utf-8"
	csvType  = "text/csv; charset=utf-8"
)

// cached serves a public page from memory: rendered once for each address and catalogue version.
func (h *Handlers) cached(render pageFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		key := h.pageKey(r)
		if a, ok := h.pages.c.GetIfPresent(key); ok {
			return a.write(c.Response(), r, false)
		}
		a, err := render(c)
		if err != nil {
			return err
		}
		if a.vary == "" {
			a.vary = "Accept-Encoding"
		}
		a.seal(key.version)
		if len(key.query)+len(key.path) <= maxCachedKey && a.control != notStored {
			h.pages.c.Set(key, a)
		}
		return a.write(c.Response(), r, true)
	}
}

func (h *Handlers) pageKey(r *http.Request) pageKey {
	return pageKey{r.URL.Path, r.URL.RawQuery, h.cat.Version(), wantsFragment(r)}
}

// held reports whether the page asked for is in memory.
func (h *Handlers) held(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	_, ok := h.pages.c.GetEntryQuietly(h.pageKey(r))
	return ok
}

// wantsFragment: htmx asks for a part only when it says both (ux.md §2, finding 5).
func wantsFragment(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Request-Type") == "partial"
}

// private marks an answer as one visitor's own.
func private(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		head := c.Response().Header()
		head.Set("Cache-Control", notStored)
		head.Set("X-Robots-Tag", "noindex")
		return next(c)
	}
}

// show sends a visitor's own page.
func show(c echo.Context, status int, page templ.Component) error {
	a, err := html(c, status, page)
	if err != nil {
		return err
	}
	a.control, a.vary, a.robots = notStored, "Accept-Encoding", "noindex"
	return a.seal("").write(c.Response(), c.Request(), true)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// html renders a component whole before anything is sent, so that a failed template is a clean error page.
func html(c echo.Context, status int, page templ.Component) (*answer, error) {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := page.Render(c.Request().Context(), buf); err != nil {
		return nil, fault.New(fault.Broken, "render "+c.Path(), err)
	}
	return &answer{status: status, contentType: htmlType, control: publicPage, body: bytes.Clone(buf.Bytes())}, nil
}

// cleanPath sends an address with a trailing slash to the one without (ux.md §4), and refuses bytes that no
// address of ours can hold.
func cleanPath(c echo.Context, next echo.HandlerFunc) error {
	u := c.Request().URL
	if strings.ContainsRune(u.Path, 0) {
		return fault.New(fault.Missing, "path", nil)
	}
	if len(u.Path) > 1 && strings.HasSuffix(u.Path, "/") && !strings.HasPrefix(u.Path, "/static/") {
		to := url.URL{Path: "/" + strings.Trim(u.Path, "/"), RawQuery: u.RawQuery}
		return c.Redirect(http.StatusMovedPermanently, to.String())
	}
	return next(c)
}
