package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// statuses is the one table from kinds of failure to HTTP.
var statuses = map[fault.Kind]int{
	fault.Broken: 500, fault.Invalid: 422, fault.Missing: 404, fault.Forbidden: 403,
	fault.Conflict: 409, fault.Busy: 503, fault.TooMany: 429, fault.Gone: 410,
}

// fault turns an error into a page, or JSON under /api, and logs it once. It is the only place that does.
func (h *Handlers) fault(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	// The request's deadline has ended with its handler; the page about that must still be drawn.
	c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context())))
	status := statusOf(err)
	if status >= 500 {
		h.log.ErrorContext(c.Request().Context(), "request failed", "route", c.Path(), "error", err.Error())
	}
	var sendErr error
	if strings.HasPrefix(c.Request().URL.Path, "/api/") {
		sendErr = c.JSON(status, map[string]any{"error": map[string]any{"status": status, "message": sentence(err, status)}})
	} else {
		sendErr = h.failurePage(c, status, err)
	}
	if sendErr != nil {
		h.log.Error("error page not sent", "error", sendErr.Error())
	}
}

func statusOf(err error) int {
	var he *echo.HTTPError
	var e *fault.E
	switch {
	case errors.Is(err, context.DeadlineExceeded) && fault.KindOf(err) == fault.Broken:
		return http.StatusServiceUnavailable // too slow, not wrong: wherever the time ran out, drawing the page included
	case errors.As(err, &e):
		return statuses[e.Kind]
	case errors.As(err, &he):
		return he.Code
	}
	return http.StatusInternalServerError
}

func sentence(err error, status int) string {
	var e *fault.E
	if errors.As(err, &e) && e.Say != "" {
		return e.Say
	}
	switch status {
	case 404:
		return "There is nothing at this address."
	case 405:
		return "This address does not take that method."
	case 413:
		return "What you sent is larger than this address takes."
	case 503:
		return "The service is busy. Try again in a minute."
	}
	if status >= 500 {
		return "Sorry, there is a problem with the service. Try again in a few minutes."
	}
	return "This request could not be understood."
}

func (h *Handlers) failurePage(c echo.Context, status int, err error) error {
	v := h.failure(status, sentence(err, status))
	inItsWords(&v, status, err)
	if status == http.StatusForbidden {
		h.wayHome(c, &v)
	}
	var near *nearMiss
	if errors.As(err, &near) {
		v.Lead, v.Links = "You may be looking for", near.links
	}
	a, renderErr := html(c, status, views.FailurePage(v))
	if renderErr != nil {
		h.log.Error("error page not rendered", "error", renderErr.Error())
		return c.String(status, "Sorry, there is a problem with the service.")
	}
	a.control, a.vary, a.robots = notStored, "Accept-Encoding", "noindex"
	return a.seal("").write(c.Response(), c.Request(), true)
}

func (h *Handlers) failure(status int, say string) views.Failure {
	f := h.frame("", "", "")
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return views.NotFound(f)
	case http.StatusGone:
		return views.Removed(f)
	case http.StatusForbidden:
		return views.Denied(f)
	case http.StatusConflict:
		return views.Changed(f)
	case http.StatusTooManyRequests:
		return views.TooMany(f, "1 minute")
	case http.StatusServiceUnavailable:
		return views.Closed(f, "")
	}
	if status < 500 {
		v := views.NotFound(f)
		v.Title, v.Heading, v.Text = "We could not read this request", "We could not read this request", []string{say}
		return v
	}
	return views.Broken(f, "Nothing you entered was saved.")
}

// inItsWords puts the words that came with a refusal in the place of the general ones, which would say that somebody else
// changed something, or to wait a minute, where that is not so.
func inItsWords(v *views.Failure, status int, err error) {
	var e *fault.E
	if !errors.As(err, &e) || e.Say == "" {
		return
	}
	switch status {
	case http.StatusConflict:
		v.Title, v.Heading = "This was not done", "This was not done"
	case http.StatusTooManyRequests:
		v.Title, v.Heading = "Wait before you try again", "Wait before you try again"
	case http.StatusForbidden:
	default:
		return
	}
	v.Text = []string{strings.TrimSuffix(e.Say, ".") + "."}
}

// wayHome leads somebody who is signed in from a page that is not for their role to where their own work begins.
func (h *Handlers) wayHome(c echo.Context, v *views.Failure) {
	s, err := h.session(c)
	if err != nil {
		return // nobody is signed in, or it cannot be known: the page stands without
	}
	start := h.workStart(s.Role)
	v.Lead, v.Links = "You are signed in as "+roleWords[s.Role], []ui.Link{start}
	if start.Href != link.Account {
		v.Links = append(v.Links, ui.Link{Text: accountTitle, Href: link.Account})
	}
}

// nearMiss is a missing page with names close to the one asked for.
type nearMiss struct{ links []ui.Link }

func (*nearMiss) Error() string { return "no such page" }

func missing(links []ui.Link) error {
	return fault.New(fault.Missing, "page", &nearMiss{links})
}

// logged writes one line a request: the route's pattern, never the raw address with its words.
func (h *Handlers) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !h.log.Enabled(c.Request().Context(), slog.LevelDebug) {
			return next(c)
		}
		began := h.clock()
		err := next(c)
		h.log.Debug("request", "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status, "took", h.clock().Sub(began))
		return err
	}
}

func (h *Handlers) panicked(c echo.Context, err error, stack []byte) error {
	h.log.Error("panic in a request", "route", c.Path(), "error", err.Error(), "stack", string(stack))
	return fault.New(fault.Broken, "panic", err)
}
