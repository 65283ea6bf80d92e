package handlers

import (
	"slices"
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// sections are the pages of the main navigation that exist.
var sections = []views.NavItem{
	{Text: "Find a hospital", Href: link.HospitalsPath},
	{Text: "Treatments and prices", Href: link.Treatments},
	{Text: "Trip cost", Href: link.TripCost},
	{Text: "Travel and safety", Href: link.Guide},
	{Text: "Models of care", Href: link.Models},
}

var footer = []views.FooterGroup{
	{Title: "Patients", Links: []ui.Link{
		{Text: "Find a hospital", Href: link.HospitalsPath},
		{Text: "Treatments and prices", Href: link.Treatments},
		{Text: "Hub cities", Href: link.Hubs},
		{Text: tripTitle, Href: link.TripCost},
		{Text: "Travel and safety guide", Href: link.Guide},
		{Text: "Checklist to print", Href: link.GuideChecklist},
		{Text: "See an enquiry you sent", Href: link.Track},
	}},
	{Title: "How we work", Links: []ui.Link{
		{Text: "How we check hospitals", Href: link.HowWeCheck},
		{Text: "How we order results", Href: link.Ordering},
		{Text: "How we check patient feedback", Href: link.Reviews},
		{Text: "Where our data comes from", Href: link.Data},
		{Text: "Who pays for this service", Href: link.Funding},
	}},
	{Title: "Professionals", Links: []ui.Link{
		{Text: "Models of care library", Href: link.Models},
		{Text: "Open data and API", Href: link.API},
	}},
	{Title: "Help", Links: []ui.Link{
		{Text: "Help and contact", Href: link.Help},
		{Text: "Accessibility statement", Href: link.Accessibility},
		{Text: "Privacy and your data", Href: link.Privacy},
		{Text: "Cookies", Href: link.Cookies},
		{Text: "Terms of use", Href: link.Terms},
	}},
}

// frame is what surrounds a page. section is the navigation entry it belongs to, canonical its one address.
func (h *Handlers) frame(title, canonical, section string) views.Frame {
	f := views.Frame{Title: title, Origin: h.cfg.Origin, Canonical: canonical, Footer: h.footer()}
	f.Account = []views.NavItem{{Text: "Your shortlist", Href: link.Shortlist, Current: canonical == link.Shortlist}}
	if h.cfg.People != nil {
		f.Account = append(f.Account, views.NavItem{Text: signInTitle, Href: link.SignIn, Current: canonical == link.SignIn})
	}
	for _, s := range sections {
		s.Current = s.Href == section && section != ""
		f.Nav = append(f.Nav, s)
	}
	if h.cfg.Demo {
		f.Samples = &views.Strip{Tag: "Demonstration", Text: "Hospitals marked Sample are invented, with invented prices. All others are real.",
			Off: ui.Link{Text: "Hide samples", Href: link.Hospitals(link.Query{IncludeSamples: "0"})}}
	}
	if canonical != "" {
		f.PrintLine = h.printLine(canonical)
	}
	return f
}

// printLine says on paper where a page stands and of which day its figures are.
func (h *Handlers) printLine(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(h.cfg.Origin, "https://"), "http://") + path + ", " + h.figuresOf()
}

// figuresOf names the day that certificates and prices are judged for. It is India's, which in a British evening is
// tomorrow, so it says so.
func (h *Handlers) figuresOf() string { return "figures as of " + h.cat.Today().Long() + " in India" }

// footer is the groups above, with what professionals do here where there is a page for it.
func (h *Handlers) footer() []views.FooterGroup {
	out := slices.Clone(footer)
	for i, g := range out {
		if g.Title == "Patients" && h.exists(link.Care) {
			out[i].Links = append(slices.Clone(g.Links), ui.Link{Text: "Your referral", Href: link.Care})
		}
		if g.Title != "Professionals" {
			continue
		}
		links := slices.Clone(g.Links)
		for _, l := range []ui.Link{{Text: "Refer a patient", Href: link.Refer}, {Text: "List or update a hospital", Href: link.Portal}} {
			if h.exists(l.Href) {
				links = append(links, l)
			}
		}
		out[i].Links = links
	}
	return out
}

// crumbs is the way from the home page to the parent of a page.
func crumbs(parents ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Home", Href: link.Home}}, parents...)
}
