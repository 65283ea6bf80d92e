package handlers

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/fault"
	"carecorridor/static"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) robots(c echo.Context) (*answer, error) {
	body := "User-agent: *\nAllow: /\nDisallow: /hospitals/suggest\nDisallow: /api/\nDisallow: /shortlist\n\nSitemap: " + h.cfg.Origin + link.Sitemap + "\n"
	return &answer{status: http.StatusOK, contentType: "text/plain; charset=utf-8", control: publicData, body: []byte(body)}, nil
}

// sitemapSize is how many addresses one part holds; the protocol allows 50,000.
const sitemapSize = 5000

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapURL `xml:"sitemap"`
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

func (h *Handlers) sitemapIndex(c echo.Context) (*answer, error) {
	parts, err := h.cat.ListingPages(c.Request().Context(), sitemapSize)
	if err != nil {
		return nil, err
	}
	base := h.cfg.Origin
	idx := sitemapIndex{Parts: []sitemapURL{{Loc: base + "/sitemap/pages.xml"}, {Loc: base + "/sitemap/treatments.xml"}}}
	for i := range parts {
		idx.Parts = append(idx.Parts, sitemapURL{Loc: fmt.Sprintf("%s/sitemap/hospitals-%d.xml", base, i+1)})
	}
	return xmlAnswer(idx)
}

func (h *Handlers) sitemapPart(c echo.Context) (*answer, error) {
	name := strings.TrimSuffix(c.Param("part"), ".xml")
	var paths []catalogue.ListingPage
	switch {
	case name == "pages":
		paths = h.fixedPages()
	case name == "treatments":
		for _, p := range h.cat.Reference().Procedures {
			paths = append(paths, catalogue.ListingPage{Path: link.Treatment(p.Slug)})
		}
	case strings.HasPrefix(name, "hospitals-"):
		parts, err := h.cat.ListingPages(c.Request().Context(), sitemapSize)
		n, bad := strconv.Atoi(strings.TrimPrefix(name, "hospitals-"))
		if err != nil {
			return nil, err
		}
		if bad != nil || n < 1 || n > len(parts) {
			return nil, fault.New(fault.Missing, "sitemap part", nil)
		}
		for _, p := range parts[n-1] {
			paths = append(paths, catalogue.ListingPage{Path: link.Hospital(p.Path), Changed: p.Changed})
		}
	default:
		return nil, fault.New(fault.Missing, "sitemap part", nil)
	}
	set := urlSet{}
	for _, p := range paths {
		u := sitemapURL{Loc: h.cfg.Origin + p.Path}
		if !p.Changed.IsZero() {
			u.LastMod = p.Changed.Format("2006-01-02")
		}
		set.URLs = append(set.URLs, u)
	}
	return xmlAnswer(set)
}

func (h *Handlers) fixedPages() []catalogue.ListingPage {
	var out []catalogue.ListingPage
	for _, p := range []string{link.Home, link.HospitalsPath, link.Treatments, link.Hubs, link.TripCost, link.Guide, link.GuideChecklist, link.Models, link.HowWeCheck, link.Ordering, link.Reviews, link.Data, link.API, link.Funding, link.Help, link.Accessibility, link.Privacy, link.Cookies, link.Terms} {
		out = append(out, catalogue.ListingPage{Path: p})
	}
	for _, hub := range h.cat.Reference().Hubs {
		out = append(out, catalogue.ListingPage{Path: link.Hub(hub.Slug)})
	}
	for _, l := range slices.Concat(h.chapterLinks(), h.modelLinks()) {
		out = append(out, catalogue.ListingPage{Path: l.Href})
	}
	return out
}

func xmlAnswer(v any) (*answer, error) {
	b, err := xml.Marshal(v)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, contentType: "application/xml; charset=utf-8", control: publicData, body: append([]byte(xml.Header), b...)}, nil
}

// static sends an embedded file; names carry their hash, so a browser may keep them for ever.
func (h *Handlers) static(c echo.Context) error {
	embedded.ServeHTTP(c.Response(), c.Request())
	return nil
}

var embedded = static.Handler()

func (h *Handlers) favicon(c echo.Context) error {
	return c.Redirect(http.StatusMovedPermanently, static.URL("favicon.svg"))
}

// healthz says that the process answers; readyz that it should be sent traffic.
func (h *Handlers) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (h *Handlers) readyz(c echo.Context) error {
	if err := h.ready(c.Request().Context()); err != nil {
		h.log.Warn("not ready", "error", err.Error())
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return c.String(http.StatusOK, "ready\n")
}

// The JSON-LD documents of a page (schema.org). They hold only what the page shows.

func jsonLD(v map[string]any) string {
	v["@context"] = "https://schema.org"
	b, err := json.Marshal(v)
	if err != nil {
		return "{}"
	}
	return string(b)
}

func (h *Handlers) siteLD() string {
	return jsonLD(map[string]any{"@type": "WebSite", "name": "Care Corridor", "url": h.cfg.Origin + "/",
		"potentialAction": map[string]any{"@type": "SearchAction", "target": h.cfg.Origin + link.HospitalsPath + "?q={q}", "query-input": "required name=q"}})
}

func (h *Handlers) procedureLD(t catalogue.Treatment) string {
	v := map[string]any{"@type": "MedicalProcedure", "name": t.Name, "url": h.cfg.Origin + link.Treatment(t.Slug)}
	if lay := h.cat.Reference().LayTerms(t.Slug); len(lay) > 0 {
		v["alternateName"] = lay
	}
	var codes []map[string]any
	for _, code := range h.cat.Reference().Codes(t.Slug) {
		codes = append(codes, map[string]any{"@type": "MedicalCode", "codingSystem": code.System, "codeValue": code.Code})
	}
	if codes != nil {
		v["code"] = codes
	}
	return jsonLD(v)
}

func (h *Handlers) crumbLD(crumbs []ui.Link) string {
	var items []map[string]any
	for i, l := range crumbs {
		items = append(items, map[string]any{"@type": "ListItem", "position": i + 1, "name": l.Text, "item": h.cfg.Origin + l.Href})
	}
	return jsonLD(map[string]any{"@type": "BreadcrumbList", "itemListElement": items})
}
