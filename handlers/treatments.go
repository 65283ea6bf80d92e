package handlers

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/sheet"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) treatments(c echo.Context) (*answer, error) {
	query := cleanText(c.QueryParam("q"))
	f := h.frame("Treatments and prices", link.Treatments, link.Treatments)
	f.Description = "Every treatment we hold figures for, by specialty, with the words people use for it."
	f.Breadcrumb = crumbs()
	f.NoIndex = query != ""
	return html(c, http.StatusOK, views.TreatmentsPage(f, h.presentTreatments(query)))
}

func (h *Handlers) presentTreatments(query string) views.Treatments {
	ref := h.cat.Reference()
	v := views.Treatments{Total: len(ref.Procedures), Query: query, Action: link.Treatments}
	wanted := wantedTreatments(ref, query)
	for _, s := range ref.Specialties {
		g := views.TreatmentGroup{ID: s.Slug, Name: s.Name, Plain: s.PlainName,
			Search: views.Anchor{Text: "Hospitals that list " + strings.ToLower(s.Name), URL: link.Hospitals(link.Query{Specialty: []string{s.Slug}})}}
		for _, p := range ref.ProceduresOf(s.Slug) {
			if wanted == nil || wanted[p.Slug] {
				g.Items = append(g.Items, treatmentItem(ref, p.Slug))
			}
		}
		if len(g.Items) > 0 {
			v.Groups = append(v.Groups, g)
			v.Found += len(g.Items)
		}
	}
	return v
}

// wantedTreatments is nil for all, else the treatments that the words mean or that contain them.
func wantedTreatments(ref *catalogue.Reference, query string) map[string]bool {
	if query == "" {
		return nil
	}
	wanted := map[string]bool{}
	understood := ref.Resolver.Resolve(query)
	for _, slug := range understood.Procedures {
		wanted[slug] = true
	}
	for _, s := range understood.Specialties {
		if len(understood.Procedures) == 0 {
			for _, p := range ref.ProceduresOf(s) {
				wanted[p.Slug] = true
			}
		}
	}
	lower := strings.ToLower(query)
	for _, p := range ref.Procedures {
		if strings.Contains(strings.ToLower(p.Name), lower) {
			wanted[p.Slug] = true
		}
	}
	return wanted
}

func treatmentItem(ref *catalogue.Reference, slug string) views.TreatmentItem {
	t, _ := ref.Treatment(slug)
	item := views.TreatmentItem{Name: t.Name, URL: link.Treatment(slug), Excluded: catalogue.ExclusionOf(slug) != ""}
	lay := ref.LayTerms(slug)
	item.Plain = strings.Join(lay[:min(3, len(lay))], ", ")
	if t.India.Range != nil && !item.Excluded {
		item.Price = spanWords(t.India.Range.RoundTo(roundStep)) + " in India"
	}
	return item
}

// treatmentCSV is the same numbers as the figures, with their sources.
func (h *Handlers) treatmentCSV(c echo.Context) (*answer, error) {
	ref := h.cat.Reference()
	t, ok := ref.Treatment(c.Param("slug"))
	if !ok {
		return nil, missing(h.nearTreatments(c))
	}
	rows := [][]string{{"figure", "route", "low_gbp", "high_gbp", "median_weeks", "within_18_weeks_percent", "original", "scope", "evidence", "as_of", "source"}}
	add := func(figure, route string, q catalogue.Quoted) {
		s, _ := ref.Source(q.SourceID)
		rows = append(rows, []string{figure, route, poundsCell(q.Low), poundsCell(q.High), "", "", originalWords(q.PriceEvidence), q.Scope, q.EvidenceClass, q.AsOf, firstOf(s.URL, s.Title)})
	}
	if catalogue.ExclusionOf(t.Slug) == "" {
		if t.India.Range != nil {
			r := t.India.Range.RoundTo(roundStep)
			rows = append(rows, []string{"cost", "India, indicative range", poundsCell(&r.Low), poundsCell(&r.High), "", "", "", fmt.Sprintf("%d sources", t.India.Sources), "computed", "", ""})
		}
		if trip := ref.IndicativeTrip(t, h.cat.Today()); trip.Complete {
			rows = append(rows, []string{"cost", "India, whole trip for 2", poundsCell(&trip.Low), poundsCell(&trip.High), "", "", "", notCounted("without", trip), "computed", "", ""})
			for _, l := range trip.Lines {
				rows = append(rows, tripCells(l))
			}
		}
		for _, q := range t.India.Figures {
			add("cost", "India, published figure", q)
		}
	}
	for _, q := range t.UK.Figures {
		add("cost", "UK self-pay, published figure", q)
	}
	if w := t.Wait; w != nil {
		s, _ := ref.Source(w.SourceID)
		rows = append(rows, []string{"wait", "NHS in England, " + w.FunctionName, "", "", number(w.MedianWeeks), number(w.PctWithin18), "", "England", "official", w.Month, s.URL})
	}
	return csvAnswer(rows)
}

// tripCells is one line of a trip: without figures when it is not known.
func tripCells(l catalogue.TripLine) []string {
	low, high, say := "", "", "not known, ask"
	if l.Known {
		low, high, say = poundsCell(&l.Low), poundsCell(&l.High), l.Note
	}
	return []string{"part of the trip", l.Label, low, high, "", "", "", say, "computed", l.AsOf, ""}
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// csvAnswer writes rows; a cell that a spreadsheet would run as a formula gets a quote in front.
func csvAnswer(rows [][]string) (*answer, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = sheet.Guard(cell)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return &answer{status: http.StatusOK, contentType: csvType, control: publicData, robots: "noindex", body: buf.Bytes()}, w.Error()
}

func (h *Handlers) treatmentSummary(c echo.Context) (*answer, error) {
	t, ok := h.cat.Reference().Treatment(c.Param("slug"))
	if !ok {
		return nil, missing(h.nearTreatments(c))
	}
	if catalogue.ExclusionOf(t.Slug) != "" { // nothing to take to a GP: the treatment's own page says why and where to go
		return nil, missing([]ui.Link{{Text: t.Name, Href: link.Treatment(t.Slug)}})
	}
	f := h.frame(t.Name+": summary for your GP", link.TreatmentSummary(t.Slug), link.Treatments)
	f.NoIndex = true
	f.Breadcrumb = crumbs(ui.Link{Text: "Treatments and prices", Href: link.Treatments}, ui.Link{Text: t.Name, Href: link.Treatment(t.Slug)})
	return html(c, http.StatusOK, views.TreatmentSummaryPage(f, h.presentSummary(t)))
}

func (h *Handlers) presentSummary(t catalogue.Treatment) views.TreatmentSummary {
	ref := h.cat.Reference()
	page := h.presentTreatment(t, listedCount{})
	v := views.TreatmentSummary{Name: t.Name, Specialty: t.Specialty.Name, Printed: h.figuresOf(),
		Back:    views.Anchor{Text: "Back to " + lowerFirst(t.Name), URL: link.Treatment(t.Slug)},
		Address: strings.TrimPrefix(strings.TrimPrefix(h.cfg.Origin, "https://"), "http://") + link.Treatment(t.Slug),
		Stays:   page.Stays, Codes: page.Codes, NotRight: page.NotRight, Patient: page.Questions,
		GP: []string{"Is surgery the right next step, and what happens without it?", "Am I fit to fly, and when could I fly home?", "Which medicines must stop or change before surgery?", "Who sees me for follow-up when I am back, and what will the NHS do?", "Should I be screened for resistant bacteria when I return?"}}
	v.Figures = append(v.Figures, h.summaryWait(t))
	if t.Wait != nil {
		v.Sources = append(v.Sources, h.sourceAnchor(t.Wait.SourceID).Text)
	}
	uk := views.SummaryFigure{Route: "UK, paying yourself", Cost: "Not known", Wait: "Not published", Note: basisWords(t.UK)}
	if t.UKSpan != nil {
		uk.Cost = spanWords(t.UKSpan.RoundTo(roundStep))
	}
	india := views.SummaryFigure{Route: "India, treatment", Cost: "Not known", Wait: "Not published", Note: basisWords(t.India)}
	if t.India.Range != nil {
		india.Cost = spanWords(t.India.Range.RoundTo(roundStep))
	}
	v.Figures = append(v.Figures, uk, india)
	trip := ref.IndicativeTrip(t, h.cat.Today())
	if trip.Complete {
		v.Figures = append(v.Figures, views.SummaryFigure{Route: "India, whole trip for 2", Cost: spanWords(trip.Span()), Note: notCounted("Leaves out", trip)})
	}
	for _, q := range slices.Concat(t.India.Figures, t.UK.Figures) {
		s, _ := ref.Source(q.SourceID)
		if name := firstOf(s.Title, s.URL); !slices.Contains(v.Sources, name) {
			v.Sources = append(v.Sources, name)
		}
	}
	v.Rates = h.treatmentRates(t, trip)
	return v
}

// summaryWait is the NHS row of the sheet: whose wait it is, how long, of which month, and whether that is long ago.
func (h *Handlers) summaryWait(t catalogue.Treatment) views.SummaryFigure {
	f := views.SummaryFigure{Route: "NHS in England", Cost: nhsSays[t.NHS].cost}
	_, f.Wait, f.Note = waitWords(t.Wait)
	switch {
	case t.Wait == nil:
	case t.Wait.HasMedian():
		f.Wait = "Half had waited " + f.Wait
	case t.Wait.PctWithin18 != nil:
		f.Wait += " had waited 18 weeks or less"
	}
	if t.Wait != nil {
		f.Note += oldWords(catalogue.AgeOf(t.Wait.Month, h.cat.Today()))
	}
	return f
}

// nearTreatments offers names close to a slug that does not exist.
func (h *Handlers) nearTreatments(c echo.Context) []ui.Link {
	ref := h.cat.Reference()
	asked := words(c.Param("slug"))
	near := slices.Collect(maps.Keys(wantedTreatments(ref, asked)))
	slices.SortFunc(near, func(a, b string) int {
		return cmp.Or(cmp.Compare(nearness(ref, b, asked), nearness(ref, a, asked)), strings.Compare(a, b))
	})
	var out []ui.Link
	for _, slug := range near[:min(5, len(near))] {
		p, _ := ref.Procedure(slug)
		out = append(out, ui.Link{Text: p.Name, Href: link.Treatment(slug)})
	}
	return append(out, ui.Link{Text: "All treatments", Href: link.Treatments})
}

// namesFirst lifts a treatment with the words asked for in its name above any number of figures.
const namesFirst = 1 << 20

// nearness ranks a treatment for words: its name holds them, then how many figures are held for it, which follows how
// often people ask for it.
func nearness(ref *catalogue.Reference, slug, asked string) int {
	t, ok := ref.Treatment(slug)
	if !ok {
		return 0
	}
	n := len(t.India.Figures) + len(t.UK.Figures)
	if strings.Contains(strings.ToLower(t.Name), strings.ToLower(asked)) {
		n += namesFirst
	}
	return n
}

// words reads a slug as a person would.
func words(slug string) string { return cleanText(strings.ReplaceAll(slug, "-", " ")) }
