package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// Limits of a comparison (ux.md §6.5).
const (
	fewestCompared = 2
	mostCompared   = 4
)

func (h *Handlers) compareRoutes() []route {
	return []route{h.page(link.Compare(), h.compare)}
}

// comparison is what the address asks for, with what was understood of it.
type comparison struct {
	hospitals []catalogue.Profile
	treatment *catalogue.Treatment
	by        string // group of rows, "" for all
	notes     []string
}

func (h *Handlers) compare(c echo.Context) (*answer, error) {
	cmp, err := h.readComparison(c)
	if err != nil {
		return nil, err
	}
	v := h.presentComparison(cmp)
	f := h.frame(v.Heading, link.CompareFor(cmp.slug(), cmp.by, cmp.slugs()...), link.HospitalsPath)
	f.NoIndex = true
	f.Description = "Hospitals side by side: price, stay, certificates, aftercare and the way there. What is not known is said."
	f.Breadcrumb = crumbs(ui.Link{Text: "Find a hospital", Href: link.Hospitals(link.Query{Treatment: cmp.treatmentList(), Compare: cmp.slugs()})})
	return html(c, http.StatusOK, views.ComparePage(f, v))
}

// readComparison keeps the first four hospitals that are listed and says what became of the others.
func (h *Handlers) readComparison(c echo.Context) (*comparison, error) {
	cmp := &comparison{}
	var left []string
	for _, slug := range asked(c, "h") {
		p, err := h.cat.Profile(c.Request().Context(), slug)
		switch {
		case fault.Is(err, fault.Missing):
			cmp.note("We know no hospital called “%s”, so it is left out.", shortened(words(slug)))
		case fault.Is(err, fault.Gone):
			cmp.note("“%s” is no longer listed, so it is left out.", shortened(words(slug)))
		case err != nil:
			return nil, err
		case len(cmp.hospitals) == mostCompared:
			left = append(left, p.Name)
		default:
			cmp.hospitals = append(cmp.hospitals, p)
		}
	}
	if left != nil {
		cmp.note("You can compare %d hospitals at a time. Left out: %s.", mostCompared, joinWords(left))
	}
	h.readComparedTreatment(c, cmp)
	if by := c.QueryParam("by"); slices.ContainsFunc(comparedGroups, func(g comparedGroup) bool { return g.id == by }) {
		cmp.by = by
	}
	return cmp, nil
}

func (h *Handlers) readComparedTreatment(c echo.Context, cmp *comparison) {
	slug := cleanText(c.QueryParam("treatment"))
	if slug == "" {
		return
	}
	t, ok := h.cat.Reference().Treatment(slug)
	switch {
	case !ok:
		cmp.note("We hold no treatment called “%s”.", shortened(words(slug)))
	case catalogue.ExclusionOf(slug) != "":
		cmp.note("%s is not offered for travel, so no prices are compared.", t.Name)
	default:
		cmp.treatment = &t
	}
}

// asked lists the values of a repeated key, made safe, each once.
func asked(c echo.Context, key string) []string {
	var out []string
	for _, v := range c.QueryParams()[key] {
		if v = cleanText(v); v != "" && !slices.Contains(out, v) && len(out) < maxRepeats/2 {
			out = append(out, v)
		}
	}
	return out
}

func (cmp *comparison) note(format string, args ...any) {
	cmp.notes = append(cmp.notes, fmt.Sprintf(format, args...))
}

func (cmp *comparison) slugs() []string {
	var out []string
	for _, p := range cmp.hospitals {
		out = append(out, p.Slug)
	}
	return out
}

// slug is the treatment's, "" for none.
func (cmp *comparison) slug() string { return strings.Join(cmp.treatmentList(), "") }

func (cmp *comparison) treatmentList() []string {
	if cmp.treatment == nil {
		return nil
	}
	return []string{cmp.treatment.Slug}
}

func (h *Handlers) presentComparison(cmp *comparison) views.Compare {
	slugs := cmp.slugs()
	v := views.Compare{Heading: "Compare hospitals", Notes: cmp.notes,
		Add: views.Anchor{Text: "Add another hospital", URL: link.Hospitals(link.Query{Treatment: cmp.treatmentList(), Compare: slugs})}}
	for _, p := range cmp.hospitals {
		rest := slices.DeleteFunc(slices.Clone(slugs), func(s string) bool { return s == p.Slug })
		v.Columns = append(v.Columns, views.CompareColumn{Name: p.Name, URL: link.Hospital(p.Slug), Place: strings.Trim(p.City.Name+", "+p.City.State, ", "), Sample: p.Sample,
			Remove: views.Anchor{Text: "Remove", URL: link.CompareFor(cmp.slug(), cmp.by, rest...)}, Save: saveToggle(p.Slug)})
	}
	if len(slugs) == mostCompared {
		v.Add.URL = ""
	}
	if len(slugs) < fewestCompared {
		v.Lead = "Choose at least 2 hospitals. In the list of hospitals, use “Compare” on each one."
		v.Add.Text = "Choose hospitals to compare"
		return v
	}
	v.Heading = fmt.Sprintf("Compare %d hospitals", len(slugs))
	if cmp.treatment != nil {
		v.Heading += " for " + lowerFirst(cmp.treatment.Name)
	}
	v.Lead = "Certificates are judged for " + h.cat.Today().Long() + ", the day in India. No hospital can pay for its place."
	h.offerToAsk(&v, cmp)
	v.Choice = h.compareChoice(cmp)
	for _, g := range comparedGroups {
		if cmp.by == "" || cmp.by == g.id {
			v.Groups = append(v.Groups, h.comparedGroup(g, cmp))
		}
	}
	return v
}

// offerToAsk leads to an enquiry to those compared, about the treatment compared. The enquiry names whom it leaves out.
func (h *Handlers) offerToAsk(v *views.Compare, cmp *comparison) {
	if h.cfg.Enquiries == nil {
		return
	}
	v.Ask = views.Anchor{Text: "Ask these hospitals for a quote", URL: link.EnquiryAbout(cmp.slug(), cmp.slugs()...)}
	if len(cmp.hospitals) > enquiry.MaxHospitals {
		v.Ask.Text = fmt.Sprintf("Ask the first %d for a quote", enquiry.MaxHospitals)
		v.Ask.URL = link.EnquiryAbout(cmp.slug(), cmp.slugs()[:enquiry.MaxHospitals]...)
		v.AskNote = fmt.Sprintf("You can ask up to %d hospitals at once. Remove one above to ask the others.", enquiry.MaxHospitals)
	}
}

// compareChoice offers the treatments that one of the hospitals prices, is said to do, or lists the specialty of.
func (h *Handlers) compareChoice(cmp *comparison) views.CompareChoice {
	ref := h.cat.Reference()
	known := map[string]bool{cmp.slug(): true}
	for _, p := range cmp.hospitals {
		for _, slug := range p.ProcedureSlugs() {
			known[slug] = true
		}
		for _, s := range p.Specialties {
			for _, proc := range ref.ProceduresOf(s.SpecialtySlug) {
				known[proc.Slug] = true
			}
		}
	}
	out := views.CompareChoice{Action: link.Compare(), Treatment: []ui.Option{{Text: "No treatment chosen"}}, By: []ui.Option{{Text: "Everything"}}}
	for _, p := range ref.Procedures {
		if known[p.Slug] && catalogue.ExclusionOf(p.Slug) == "" {
			out.Treatment = append(out.Treatment, ui.Option{Value: p.Slug, Text: p.Name, Selected: p.Slug == cmp.slug()})
		}
	}
	slices.SortStableFunc(out.Treatment[1:], func(a, b ui.Option) int { return strings.Compare(a.Text, b.Text) })
	for _, g := range comparedGroups {
		out.By = append(out.By, ui.Option{Value: g.id, Text: g.title, Selected: g.id == cmp.by})
	}
	for _, slug := range cmp.slugs() {
		out.Keep = append(out.Keep, ui.Hidden{Name: "h", Value: slug})
	}
	return out
}
