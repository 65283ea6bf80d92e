// Package handlers is the front door: it turns requests into calls and answers into pages. It is the only
// place besides cmd that knows Echo; rules live in catalogue, queries in models, words in views.
package handlers

import (
	"context"
	"log/slog"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/content"
	"carecorridor/desk"
	"carecorridor/enquiry"
	"carecorridor/feedback"
	"carecorridor/internal/token"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/search"
)

// Config is what the front door needs to know.
type Config struct {
	Origin         string            // "https://carecorridor.example"; empty: taken from nothing, links stay relative
	Demo           bool              // sample hospitals exist
	HTTPS          bool              // send Strict-Transport-Security
	NoRateLimit    bool              // benchmarks on loopback only
	TrustedProxies []*net.IPNet      // whose X-Forwarded-For is believed
	Texts          content.Library   // the guide and the models of care
	Tokens         *token.Signer     // signs what visitors' browsers keep for us
	Feedback       *feedback.Service // nil: no feedback and no reports are taken
	Enquiries      *enquiry.Service  // nil: no enquiries, and no page of them
	People         *auth.Service     // nil: nobody can sign in, and no page for it
	Listings       *listing.Service  // nil: hospitals do not keep their listings here, and no portal
	Referrals      *referral.Service // nil: no referrals, and no page of them
	Desk           *desk.Service     // nil: no pages of the alliance's desk
	MailFolder     string            // where mails are written instead of sent; for the demonstration's own words
	Contact        string            // email address people may write to; empty when there is none yet
}

// Handlers answers requests.
type Handlers struct {
	cat   *catalogue.Catalogue
	index *search.Index
	cfg   Config
	clock when.Clock
	log   *slog.Logger
	pages *pages
	ready func(context.Context) error
	front http.Handler    // the whole of it, for a form that was kept and is sent again
	paths map[string]bool // addresses of pages without parts
}

// New builds the whole front door. ready says whether this replica may be sent traffic.
func New(cat *catalogue.Catalogue, index *search.Index, cfg Config, clock when.Clock, log *slog.Logger, ready func(context.Context) error) *echo.Echo {
	h := &Handlers{cat: cat, index: index, cfg: cfg, clock: clock, log: log, pages: newPages(), ready: ready}
	return h.open(h.table())
}

// open puts a table of routes behind the guards.
func (h *Handlers) open(table []route) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = addressOf(h.cfg.TrustedProxies)
	e.HTTPErrorHandler = h.fault
	h.front = e
	h.routes(e, table)
	return e
}
