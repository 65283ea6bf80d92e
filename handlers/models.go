package handlers

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/content"
	"carecorridor/desk"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const modelsTitle = "Models of care"

func (h *Handlers) modelRoutes() []route {
	return []route{
		h.page(link.Models, h.modelIndex),
		h.page(link.ModelsFeed, h.modelFeed),
		h.page("/models-of-care/:slug", h.model),
	}
}

func (h *Handlers) modelIndex(c echo.Context) (*answer, error) {
	asked := content.Filter{Topic: cleanText(c.QueryParam("topic")), Specialty: cleanText(c.QueryParam("specialty")),
		Country: cleanText(c.QueryParam("country")), Evidence: cleanText(c.QueryParam("evidence"))}
	f := h.frame(modelsTitle, link.Models, link.Models)
	f.Description = "Low-cost, high-volume ways of working in India and the UK: what was measured, and what copying it would take."
	f.Breadcrumb = crumbs()
	f.NoIndex = asked != content.Filter{}
	counts, err := h.reviews(c)
	if err != nil {
		return nil, err
	}
	return html(c, http.StatusOK, views.ModelsPage(f, presentModels(h.cfg.Texts, counts, asked)))
}

func presentModels(texts content.Library, counts desk.Reviews, asked content.Filter) views.ModelsIndex {
	choices := texts.Choices(asked)
	v := views.ModelsIndex{Action: link.Models, Applied: asked != content.Filter{}, Clear: link.Models,
		Feed: views.Anchor{Text: "New and changed models as a feed (Atom)", URL: link.ModelsFeed},
		Filters: []views.ModelFilter{modelFilter("topic", "Topic", choices.Topic), modelFilter("specialty", "Specialty", choices.Specialty),
			modelFilter("country", "Country", choices.Country), modelFilter("evidence", "Evidence", choices.Evidence)}}
	for _, level := range content.EvidenceLevels {
		v.Levels = append(v.Levels, views.OrderPoint{Name: level.Label(), Means: level.Meaning()})
	}
	for _, a := range texts.Models(asked) {
		v.Cards = append(v.Cards, views.ModelCard{Title: a.Title, URL: link.Model(a.Slug), Where: a.Where, Summary: a.Summary, Topic: a.Topic,
			Country: a.Country, Evidence: a.Evidence.Label(), Reviewed: counts.Model(a).ReviewedOn.Long()})
	}
	return v
}

func modelFilter(name, label string, choices []content.Choice) views.ModelFilter {
	f := views.ModelFilter{Name: name, Label: label, Options: []ui.Option{{Text: "Any"}}}
	for _, c := range choices {
		f.Options = append(f.Options, ui.Option{Value: c.Value, Text: fmt.Sprintf("%s (%d)", c.Label, c.Count), Selected: c.Chosen})
	}
	return f
}

// citations are the formats in which an article's reference is given, by the ending of its address.
var citations = map[string]struct {
	contentType string
	write       func(content.Article, string) string
}{
	"ris": {"application/x-research-info-systems; charset=utf-8", content.RIS},
	"bib": {"application/x-bibtex; charset=utf-8", content.BibTeX},
}

// model is an article, or its reference when the address ends in a citation format.
func (h *Handlers) model(c echo.Context) (*answer, error) {
	slug, format, _ := strings.Cut(c.Param("slug"), ".")
	cite, cited := citations[format]
	a, ok := h.cfg.Texts.Article(slug)
	if !ok || format != "" && !cited {
		return nil, missing(append(nearTexts(slug, h.modelLinks()), ui.Link{Text: modelsTitle, Href: link.Models}))
	}
	if cited {
		return &answer{status: http.StatusOK, contentType: cite.contentType, control: publicData, body: []byte(cite.write(a, h.cfg.Origin))}, nil
	}
	f := h.textFrame(a.Page, link.Model(slug), ui.Link{Text: modelsTitle, Href: link.Models})
	counts, err := h.reviews(c)
	if err != nil {
		return nil, err
	}
	return html(c, http.StatusOK, views.ModelPage(f, presentModel(counts.Model(a))))
}

func (h *Handlers) modelLinks() []ui.Link {
	var out []ui.Link
	for _, a := range h.cfg.Texts.Models(content.Filter{}) {
		out = append(out, ui.Link{Text: a.Title, Href: link.Model(a.Slug)})
	}
	return out
}

func presentModel(a content.Article) views.ModelArticle {
	return views.ModelArticle{Title: a.Title, Lead: a.Summary, Where: a.Where, Topic: a.Topic, Specialty: a.Specialty, Country: a.Country,
		Evidence: a.Evidence.Label(), EvidenceMeans: a.Evidence.Meaning(),
		ProblemHTML: string(a.Problem), WhatHTML: string(a.What), CostHTML: string(a.Cost), StaffHTML: string(a.Staff), CarbonHTML: string(a.Carbon),
		ResultsHTML: markup(a.Results), TransferHTML: markup(a.Transfer), Body: string(a.Body), Contents: contentsOf(a.Page),
		Cite: []views.Anchor{{Text: "Reference file (RIS)", URL: link.ModelCitation(a.Slug, "ris")}, {Text: "BibTeX", URL: link.ModelCitation(a.Slug, "bib")}},
		All:  views.Anchor{Text: "All models of care", URL: link.Models}, Sources: citedOf(a.Page), Reviewed: reviewedOf(a.Page)}
}

func markup(parts []content.HTML) []string {
	var out []string
	for _, p := range parts {
		out = append(out, string(p))
	}
	return out
}

func (h *Handlers) modelFeed(c echo.Context) (*answer, error) {
	feed, err := content.Atom(h.cfg.Texts, h.cfg.Origin)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, contentType: "application/atom+xml; charset=utf-8", control: publicData, body: []byte(feed)}, nil
}
