package handlers

import (
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/search"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// filterPanel is the form beside the results. It sends explicit choices: words that were understood come back as
// ticked boxes, and only what is left stays in the text box.
func (h *Handlers) filterPanel(f *finding) ui.FilterPanel {
	q, plain := f.question, plainQuery(f)
	p := ui.FilterPanel{Action: link.HospitalsPath, Suggest: link.Suggest, Text: h.boxText(q, plain.Q), Applied: len(q.Parts), Price: h.priceFilter(f)}
	for _, pair := range plain.Pairs() {
		if slices.Contains(keptKeys, pair.Key) {
			p.Keep = append(p.Keep, ui.Hidden{Name: pair.Key, Value: pair.Value})
		}
	}
	p.Facets = []ui.Facet{
		h.facet(f, search.FacetAccreditation, "Accreditation", "accreditation", q.Accreditations, func(v string) string { return v }),
		h.chosenCities(plain.City),
		h.facet(f, search.FacetHub, "Hub city", "hub", plain.Hub, h.hubName),
		h.specialtyFacet(f, plain.Specialty),
		h.facet(f, search.FacetLanguage, "Languages spoken", "language", q.Languages, upperFirst),
		h.facet(f, search.FacetFeature, "Care and support", "feature", q.Features, func(v string) string { return catalogue.Features[v] }),
		{Legend: "Certificates", Name: "include_unconfirmed", Options: []ui.FacetOption{{Value: "1", Text: "Also show hospitals whose renewal is not confirmed", Checked: f.asked.IncludeUnconfirmed == "1"}}},
	}
	p.Facets = slices.DeleteFunc(p.Facets, func(f ui.Facet) bool { return len(f.Options) == 0 })
	return p
}

// keptKeys are carried by the form without being seen: they have no box of their own.
var keptKeys = []string{"near", "km", "sort", "include_samples", "currency", "compare"}

// boxText is what the text box shows: the treatments, in the words used or in ours, and what was left over, so that typing another
// treatment replaces the first.
func (h *Handlers) boxText(q catalogue.Question, rest string) string {
	if q.Said != "" {
		return strings.TrimSpace(q.Said + " " + rest)
	}
	var names []string
	for _, slug := range q.Procedures {
		p, _ := h.cat.Reference().Procedure(slug)
		names = append(names, p.Name)
	}
	return strings.TrimSpace(strings.Join(names, " ") + " " + rest)
}

// specialtyFacet is left out beside a treatment: the treatment says which specialties are meant.
func (h *Handlers) specialtyFacet(f *finding, chosen []string) ui.Facet {
	if len(f.question.Procedures) > 0 {
		return ui.Facet{}
	}
	return h.facet(f, search.FacetSpecialty, "Specialty", "specialty", chosen, h.specialtyName)
}

// chosenCities are the cities asked for, to be unticked; others are reached through hubs and words.
func (h *Handlers) chosenCities(slugs []string) ui.Facet {
	out := ui.Facet{Legend: "City", Name: "city"}
	for _, slug := range slugs {
		c, _ := h.cat.Reference().City(slug)
		out.Options = append(out.Options, ui.FacetOption{Value: slug, Text: c.Name, Checked: true})
	}
	return out
}

// shownOptions is how many values of a group are seen before "Show all".
const shownOptions = 8

// facet lists the values of a group with what ticking one would give. Chosen values stay, even at 0.
func (h *Handlers) facet(f *finding, facet search.Facet, legend, name string, chosen []string, label func(string) string) ui.Facet {
	out := ui.Facet{Legend: legend, Name: name}
	seen := map[string]bool{}
	add := func(value, count string) {
		text := label(value)
		if text == "" || seen[value] {
			return
		}
		seen[value] = true
		o := ui.FacetOption{Value: value, Text: text, Count: count, Checked: slices.Contains(chosen, value)}
		if len(out.Options) < shownOptions || o.Checked {
			out.Options = append(out.Options, o)
		} else {
			out.More = append(out.More, o)
		}
	}
	for _, n := range f.page.Facets[facet] {
		add(n.Value, group(n.N))
	}
	for _, v := range chosen {
		add(v, "0")
	}
	if len(out.More) > 0 {
		out.MoreText = "Show all " + strings.ToLower(legend) + " choices"
	}
	return out
}

func (h *Handlers) hubName(slug string) string {
	hub, _ := h.cat.Reference().Hub(slug)
	return hub.Name
}

func (h *Handlers) specialtyName(slug string) string {
	s, _ := h.cat.Reference().Specialty(slug)
	return s.Name
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (h *Handlers) priceFilter(f *finding) *ui.PriceFilter {
	q := f.question
	p := &ui.PriceFilter{Legend: "Package price in " + currencyName[string(q.Currency)], Sign: currencySign(q.Currency), Min: whole(q.PriceMin), Max: whole(q.PriceMax),
		Hint: "Only a hospital's own published price counts."}
	for _, problem := range q.Problems {
		switch problem.Key {
		case "price_min":
			if problem.Value != "" {
				p.Min, p.MinError = problem.Value, problem.Say
			}
		case "price_max":
			if problem.Value != "" {
				p.Max, p.MaxError = problem.Value, problem.Say
			}
		}
	}
	bands := priceBands(h.cat.Reference(), q)
	if data, ok := histogram(bands, f.page.Bands, q); ok {
		p.Histogram = chart.DrawHistogram(data, panelWidth)
	} else if q.PricedAs != "" {
		p.Note = "No picture: too few hospitals publish a price for this."
	} else {
		p.Note = "Choose a treatment to see how prices spread."
	}
	return p
}

// panelWidth is the width of the filter panel in the drawing's units: letters stay readable at it.
const panelWidth chart.Width = 248

var currencyName = map[string]string{"GBP": "pounds", "INR": "rupees", "USD": "US dollars", "EUR": "euros"}
