package handlers

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/internal/when"
	"carecorridor/search"
)

// Line is a route as the tests of the table see it. Access is "public", "visitor", or the action it needs.
type Line struct{ Method, Path, Access string }

// Lines is the table of a site that is configured so.
func Lines(cat *catalogue.Catalogue, index *search.Index, cfg Config, clock when.Clock) []Line {
	h := &Handlers{cat: cat, index: index, cfg: cfg, clock: clock, log: slog.New(slog.DiscardHandler), pages: newPages()}
	var out []Line
	for _, r := range h.table() {
		out = append(out, Line{r.method, r.path, string(r.access)})
	}
	return out
}

// Probe is a form of tests behind an action: do answers it.
type Probe struct {
	Path   string
	Action auth.Action
	Do     func(c echo.Context, who auth.Actor) error
}

// NewProbed is New with forms of tests beside the pages.
func NewProbed(cat *catalogue.Catalogue, index *search.Index, cfg Config, clock when.Clock, probes ...Probe) http.Handler {
	h := &Handlers{cat: cat, index: index, cfg: cfg, clock: clock, log: slog.New(slog.DiscardHandler), pages: newPages(), ready: func(context.Context) error { return nil }}
	table := h.table()
	for _, p := range probes {
		table = append(table, h.as("GET", p.Path, p.Action, p.Do), h.as("POST", p.Path, p.Action, p.Do))
	}
	return h.open(table)
}

// OwnPath is ownPath.
var OwnPath = ownPath

// BothTimes is bothTimes.
var BothTimes = bothTimes
