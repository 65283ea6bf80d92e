package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"carecorridor/views/link"
)

// access is who may use a route. A route without one does not register: deny by default.
type access string

// Access rules.
const (
	public  access = "public"  // anybody; the answer is the same for everybody and may be kept
	visitor access = "visitor" // anybody; the answer depends on who asks (their own cookie or link) and is never kept
)

// route is one line of the table.
type route struct {
	method, path string
	access       access
	handle       echo.HandlerFunc
	files        bool // takes or gives files of the largest size: more body, more time
}

// withFiles is the route for files.
func (r route) withFiles() route {
	r.files = true
	return r
}

// plain is a route whose answer is the same for everybody.
func (h *Handlers) plain(path string, handle echo.HandlerFunc) route {
	return route{method: "GET", path: path, access: public, handle: handle}
}

// page is a public page, rendered once for everybody.
func (h *Handlers) page(path string, render pageFunc) route {
	return h.plain(path, h.cached(render))
}

// own is a page that depends on the visitor: never cached, never indexed.
func (h *Handlers) own(method, path string, handle echo.HandlerFunc) route {
	return route{method: method, path: path, access: visitor, handle: private(handle)}
}

// table is every address of the site, a family a line.
func (h *Handlers) table() []route {
	return slices.Concat(h.directoryRoutes(), h.guideRoutes(), h.modelRoutes(), h.compareRoutes(), h.shortlistRoutes(), h.tripRoutes(), h.enquiryRoutes(), h.trackRoutes(), h.answerRoutes(), h.aboutRoutes(), h.feedbackRoutes(), h.signInRoutes(), h.accountRoutes(), h.portalRoutes(), h.caseRoutes(), h.referRoutes(), h.careRoutes(), h.deskRoutes(), h.apiRoutes(), h.plumbingRoutes())
}

func (h *Handlers) directoryRoutes() []route {
	return []route{
		h.page(link.Home, h.home),
		h.page(link.HospitalsPath, h.hospitals),
		h.plain(link.Suggest, h.suggest),
		h.page("/hospitals/:slug", h.hospital).with(h.viewed),
		h.page("/hospitals/:slug/prices.csv", h.hospitalPrices),
		h.page(link.Treatments, h.treatments),
		h.page("/treatments/:slug", h.treatment),
		h.page("/treatments/:slug/figures.csv", h.treatmentCSV),
		h.page("/treatments/:slug/summary", h.treatmentSummary),
		h.page(link.Hubs, h.hubs),
		h.page("/hubs/:slug", h.hub),
	}
}

func (h *Handlers) aboutRoutes() []route {
	routes := []route{
		h.page(link.HowWeCheck, h.aboutChecks),
		h.page(link.Ordering, h.aboutOrdering),
		h.page(link.Data, h.aboutData),
		h.page(link.API, h.apiDocs),
	}
	for _, path := range []string{link.Funding, link.Help, link.Accessibility, link.Privacy, link.Cookies, link.Terms} {
		routes = append(routes, h.page(path, h.aboutText))
	}
	return routes
}

func (h *Handlers) apiRoutes() []route {
	return []route{
		h.page(link.OpenAPI, h.openAPI),
		h.page(link.APISearch, h.apiSearch),
		h.page("/api/v1/hospitals/:slug", h.apiHospital),
		h.page("/api/v1/treatments/:slug", h.apiTreatment),
	}
}

func (h *Handlers) plumbingRoutes() []route {
	return []route{
		h.page(link.Robots, h.robots),
		h.page(link.Sitemap, h.sitemapIndex),
		h.page("/sitemap/:part", h.sitemapPart),
		h.plain("/static/*", h.static),
		h.plain("/favicon.ico", h.favicon),
		h.plain("/healthz", h.healthz),
		h.plain("/readyz", h.readyz),
	}
}

// routes registers a table behind the guards, outermost first.
func (h *Handlers) routes(e *echo.Echo, table []route) {
	e.Pre(h.entry)
	e.Use(h.limiter()) // here, so that it also counts addresses that do not exist
	recovered := middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: h.panicked, DisablePrintStack: true})
	limited := middleware.BodyLimit(bodyLimit)
	// Each route's guards are put around it once: Echo would put them around it again for every request.
	guarded := func(handle echo.HandlerFunc) echo.HandlerFunc {
		return h.logged(recovered(limited(h.deadline(handle))))
	}
	h.paths = map[string]bool{}
	for _, r := range table {
		h.paths[r.path] = h.paths[r.path] || r.method == "GET"
	}
	for _, r := range table {
		if r.access == "" {
			panic("route without an access rule: " + r.path)
		}
		handle := guarded(r.handle)
		if r.files {
			handle = h.logged(recovered(unhurried(r.handle)))
		}
		e.Add(r.method, r.path, handle)
		if r.method == "GET" {
			e.Add("HEAD", r.path, handle)
		}
	}
}
