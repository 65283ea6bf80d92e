package handlers

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"carecorridor/views/link"
)

// access is who may use a route. A route without one does not register: deny by default.
type access string

// Access rules.
const (
	public access = "public" // anybody; the answer is the same for everybody
)

// route is one line of the table.
type route struct {
	method, path string
	access       access
	handle       echo.HandlerFunc
}

// table is every address of the site on one screen.
func (h *Handlers) table() []route {
	get := func(path string, render pageFunc) route { return route{"GET", path, public, h.cached(render)} }
	plain := func(path string, handle echo.HandlerFunc) route { return route{"GET", path, public, handle} }
	return []route{
		get(link.Home, h.home),
		get(link.HospitalsPath, h.hospitals),
		plain(link.Suggest, h.suggest),
		get("/hospitals/:slug", h.hospital),
		get("/hospitals/:slug/prices.csv", h.hospitalPrices),
		get(link.Treatments, h.treatments),
		get("/treatments/:slug", h.treatment),
		get("/treatments/:slug/figures.csv", h.treatmentCSV),
		get("/treatments/:slug/summary", h.treatmentSummary),
		get(link.Hubs, h.hubs),
		get("/hubs/:slug", h.hub),
		get(link.HowWeCheck, h.aboutChecks),
		get(link.Ordering, h.aboutOrdering),
		get(link.Data, h.aboutData),
		get(link.API, h.apiDocs),
		get(link.Funding, h.aboutText),
		get(link.Help, h.aboutText),
		get(link.Accessibility, h.aboutText),
		get(link.Privacy, h.aboutText),
		get(link.Cookies, h.aboutText),
		get(link.Terms, h.aboutText),
		get(link.Robots, h.robots),
		get(link.Sitemap, h.sitemapIndex),
		get("/sitemap/:part", h.sitemapPart),
		get(link.OpenAPI, h.openAPI),
		get(link.APISearch, h.apiSearch),
		get("/api/v1/hospitals/:slug", h.apiHospital),
		get("/api/v1/treatments/:slug", h.apiTreatment),
		plain("/static/*", h.static),
		plain("/favicon.ico", h.favicon),
		plain("/healthz", h.healthz),
		plain("/readyz", h.readyz),
	}
}

// routes registers the table behind the guards, outermost first.
func (h *Handlers) routes(e *echo.Echo) {
	e.Pre(h.headers, cleanPath)
	e.Use(h.logged, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: h.panicked, DisablePrintStack: true}),
		h.limiter(), middleware.BodyLimit(bodyLimit), h.sameSite, deadline)
	for _, r := range h.table() {
		if r.access == "" {
			panic("route without an access rule: " + r.path)
		}
		e.Add(r.method, r.path, r.handle)
		if r.method == "GET" {
			e.Add("HEAD", r.path, r.handle)
		}
	}
}
