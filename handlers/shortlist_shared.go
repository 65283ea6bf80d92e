package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"golang.org/x/time/rate"

	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// A code is one of 28 million: at this pace one address needs about two days to open
// one of a thousand lists, and learns names of hospitals alone.
const (
	codesPerSecond = 0.2
	codesAtOnce    = 10
)

// slow bounds how fast one address may try codes.
func (h *Handlers) slow(next echo.HandlerFunc) echo.HandlerFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{
		Skipper: func(echo.Context) bool { return h.cfg.NoRateLimit },
		Store: middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
			Rate: rate.Limit(codesPerSecond), Burst: codesAtOnce, ExpiresIn: 10 * time.Minute}),
		IdentifierExtractor: func(c echo.Context) (string, error) { return c.RealIP(), nil },
		DenyHandler: func(c echo.Context, _ string, _ error) error {
			c.Response().Header().Set("Retry-After", "60")
			return fault.Say(fault.TooMany, "codes", "Too many codes were tried from your network. Wait 1 minute and try again.")
		},
	})(next)
}

// sharedForm asks for a code. A code in the address that could be one goes on to its page.
func (h *Handlers) sharedForm(c echo.Context) error {
	typed := cleanText(c.QueryParam("code"))
	if code, ok := reference.Parse(typed); ok {
		return c.Redirect(http.StatusSeeOther, link.SharedShortlist(code))
	}
	f := h.listFrame("Open a shared shortlist")
	v := views.SharedForm{Action: link.ShortlistOpen, Code: typed}
	if c.QueryParams().Has("code") {
		f.Failed = true
		v.Problem = "Enter the code as it was given to you, for example CC-7K3M-9Q"
		f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: v.Problem, FieldID: "code"}}}
		return show(c, http.StatusUnprocessableEntity, views.SharedFormPage(f, v))
	}
	return show(c, http.StatusOK, views.SharedFormPage(f, v))
}

// sharedList shows a copy of somebody's list. Wrong, unknown and ended codes get the same page.
func (h *Handlers) sharedList(c echo.Context) error {
	shared, err := h.cat.SharedList(c.Request().Context(), c.Param("code"))
	if fault.Is(err, fault.Missing) {
		return show(c, http.StatusNotFound, views.SharedGonePage(h.listFrame("This code does not open a shortlist"), link.ShortlistOpen))
	}
	if err != nil {
		return err
	}
	cards, err := h.cat.Cards(c.Request().Context(), shared.IDs, "")
	if err != nil {
		return err
	}
	v := views.SharedList{Code: shared.Code, Until: longDate(shared.Until), Cards: h.listCards(cards), Gone: len(shared.IDs) - len(cards)}
	var slugs []string
	for _, card := range cards[:min(mostCompared, len(cards))] {
		slugs = append(slugs, card.Slug)
	}
	if len(slugs) >= fewestCompared {
		v.Compare = views.Anchor{Text: "Compare the first " + plural(len(slugs), "hospital"), URL: link.Compare(slugs...)}
	}
	return show(c, http.StatusOK, views.SharedListPage(h.listFrame("A shared shortlist"), v))
}

// longDate is the day of an instant in India, as all dates of the site.
func longDate(t time.Time) string { return when.TodayIndia(t).Long() }
