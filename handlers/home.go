package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// ladderTreatments are the home page's six: one of them on purpose a treatment where travel saves little.
var ladderTreatments = []string{"total-knee-replacement", "total-hip-replacement", "cabg", "spinal-fusion", "ivf", "cataract-surgery"}

func (h *Handlers) home(c echo.Context) (*answer, error) {
	hubs, err := h.hubCounts(c)
	if err != nil {
		return nil, err
	}
	return html(c, http.StatusOK, views.HomePage(h.presentHome(hubs)))
}

func (h *Handlers) presentHome(hubs []hubCount) views.Home {
	ref := h.cat.Reference()
	v := views.Home{
		Frame:   h.frame("Compare hospital treatment in India with your options in the UK", link.Home, ""),
		Heading: "Compare hospital treatment in India with your options in the UK",
		Lead:    "See checked certificates, published prices and what the NHS offers instead. It is free to use, and hospitals cannot pay to appear higher.",
		Search:  h.searchBox("home-q", ref),
		Decide: []views.Advice{
			{Title: "Talk to your GP or specialist", Text: "Ask if the treatment is right for you, if you can fly, and who will look after you when you are home."},
			{Title: "Know what the NHS will not pay for", Text: "Planned treatment in India is not funded by the NHS. The UK GHIC card does not cover it."},
			{Title: "Plan for problems, not just surgery", Text: "Check who pays for a second operation, how complaints work, and what your travel insurance excludes."},
		},
		Ladder: h.ladder(ref),
		Checks: []views.Advice{
			{Title: "1. Register looked up", Text: "We compare certificates with our copy of the accrediting body's register, and show the date of that copy."},
			{Title: "2. End dates shown", Text: "Past its end date a certificate is shown as \"renewal not confirmed\", and no longer counts."},
			{Title: "3. Prices with a source", Text: "A hospital's price is its own written package. Anything else is an indicative range with its sources."},
			{Title: "4. Gaps said out loud", Text: "What a hospital has not published is a visible row, never a blank."},
		},
		ChecksLink:    ui.Link{Text: "How we check hospitals", Href: link.HowWeCheck},
		Hubs:          hubTable(hubs),
		Professionals: h.professionals(),
	}
	v.FullWidth = true
	v.Description = "Accredited hospitals in India with certificates checked and dated, beside UK private prices and NHS waits. Nobody pays for position."
	v.JSONLD = []string{h.siteLD()}
	return v
}

// professionals are the doors for people who work with patients. The two that need an account stand only where
// people can sign in.
func (h *Handlers) professionals() []views.HomeCard {
	out := []views.HomeCard{{Title: "Models of care", Text: "How hospitals in India and the UK treat more people at a lower cost, with results, sources and what it takes to copy them.",
		Button: ui.Button{Text: "Read the models", Href: link.Models, Look: ui.Secondary}}}
	if h.cfg.People == nil {
		return out
	}
	return append([]views.HomeCard{
		{Title: "NHS and UK clinicians", Dark: true, Text: "Refer a patient who has decided to look at treatment in India, follow the referral, and get the discharge papers back.",
			Button: ui.Button{Text: "Refer a patient", Href: link.Refer, Look: ui.Referrer}},
		{Title: "Hospitals in India", Text: "Keep your listing, prices and certificates up to date. Listing is free, and nobody can pay for a place.",
			Button: ui.Button{Text: "List or update a hospital", Href: link.Portal, Look: ui.Secondary}},
	}, out...)
}

func (h *Handlers) searchBox(id string, ref *catalogue.Reference) ui.SearchBox {
	b := ui.SearchBox{ID: id, Action: link.HospitalsPath, Hint: "For example, knee replacement or cataract", Suggest: link.Suggest,
		Lead:   "Often looked for:",
		Places: []ui.Option{{Value: "", Text: "Anywhere in India", Selected: true}}}
	for _, hub := range ref.Hubs {
		b.Places = append(b.Places, ui.Option{Value: hub.Slug, Text: hub.Name})
	}
	for _, slug := range []string{"total-knee-replacement", "cabg", "ivf", "cataract-surgery"} {
		if p, ok := ref.Procedure(slug); ok {
			b.Quick = append(b.Quick, ui.Link{Text: p.Name, Href: link.Treatment(slug)})
		}
	}
	b.Quick = append(b.Quick, ui.Link{Text: fmt.Sprintf("All %d treatments", len(ref.Procedures)), Href: link.Treatments})
	return b
}

func (h *Handlers) ladder(ref *catalogue.Reference) views.PriceLadder {
	l := views.PriceLadder{Title: "What treatments cost, with travel included",
		Lead:  "The India figure is a whole trip for 2 people: treatment, flights, room, food and a reserve.",
		Key:   []ui.KeyItem{{Class: "in", Text: "India, whole trip"}, {Class: "uk", Text: "UK, paying for yourself"}},
		Empty: fmt.Sprintf("Prices appear here when %d or more sources give a current price.", catalogue.MinSources)}
	var drawn []chart.LadderRow
	without := ""
	var used []money.Currency
	for _, slug := range ladderTreatments {
		t, ok := ref.Treatment(slug)
		if !ok {
			continue
		}
		l.Rows = append(l.Rows, h.ladderRow(ref, t))
		trip := ref.IndicativeTrip(t, h.cat.Today())
		used = tripCurrencies(publishedIn(used, slices.Concat(t.India.Figures, t.UK.Figures)...), trip)
		if out := notCounted(" It leaves out", trip); trip.Complete && out != "" && without == "" {
			without = out + ", for which we hold no current price."
		}
		drawn = append(drawn, chart.LadderRow{ID: "ladder-" + slug, Name: t.Name, India: tripRange(trip), UK: ukRange(t), IndiaSaid: saidSingly("India treatment only", t.India), UKSaid: saidSingly("UK", t.UK)})
	}
	l.Lead += without
	for i, p := range chart.Ladder(drawn) {
		l.Rows[i].Figure = p
	}
	l.Source = ui.SourceNote{Text: "Indicative figures from the sources listed on each treatment's page. " + h.rateWords(used),
		Links: []ui.Link{{Text: "Where our data comes from", Href: link.Data}}}
	return l
}

func (h *Handlers) ladderRow(ref *catalogue.Reference, t catalogue.Treatment) views.LadderRow {
	row := views.LadderRow{Name: t.Name, Href: link.Treatment(t.Slug)}
	row.WaitLabel, row.Wait, row.WaitNote = waitWords(t.Wait)
	return row
}

// tripRange is the whole trip in whole pounds, nil when the treatment's price or stay is not known.
func tripRange(trip catalogue.TripEstimate) *chart.Range {
	if !trip.Complete {
		return nil
	}
	return sumRange(trip)
}

// saidSingly names published figures that are too few for a range.
func saidSingly(where string, e catalogue.Evidence) string {
	if e.Range != nil || len(e.Figures) == 0 {
		return ""
	}
	var all []string
	for _, n := range singles(e.Figures) {
		all = append(all, "£"+group(int(n)))
	}
	return where + ": " + joinWords(all) + ", " + plural(e.Sources, "source")
}

// ukRange is UK self-pay by the same rule as India: no range with fewer than MinSources sources.
func ukRange(t catalogue.Treatment) *chart.Range {
	if t.UK.Range == nil {
		return nil
	}
	return poundRange(*t.UK.Range)
}

// roundStep hides false exactness: an indicative figure is good to about fifty pounds at best.
const roundStep = 50

func poundRange(s catalogue.Span) *chart.Range {
	s = s.RoundTo(roundStep)
	return &chart.Range{Low: s.Low.Minor / 100, High: s.High.Minor / 100}
}

// sumRange is a whole trip as its lines add up: it is not rounded again.
func sumRange(trip catalogue.TripEstimate) *chart.Range {
	return &chart.Range{Low: trip.Low.Minor / 100, High: trip.High.Minor / 100}
}

// spanWords writes a range: "£5,450 to £6,900", or one figure when both ends agree.
func spanWords(s catalogue.Span) string {
	if s.Low == s.High {
		return s.Low.String()
	}
	return s.Low.String() + " to " + s.High.String()
}

// waitWords says the NHS wait in the words its figures allow.
func waitWords(w *catalogue.Wait) (label, value, note string) {
	switch {
	case w == nil:
		return "NHS wait", "Not known", "No national figure is held for this specialty"
	case w.HasMedian():
		return "Half of those waiting in England had waited", weeks(*w.MedianWeeks) + " or less", strings.TrimSuffix(w.FunctionName, " Service") + ", " + monthWords(w.Month)
	case w.PctWithin18 != nil:
		return "Of those waiting in England, 18 weeks or less", strconv.Itoa(int(*w.PctWithin18+0.5)) + " in 100 people", strings.TrimSuffix(w.FunctionName, " Service") + ", " + monthWords(w.Month)
	}
	return "NHS wait", "Not known", monthWords(w.Month)
}

func weeks(n float64) string {
	whole := strconv.Itoa(int(n + 0.5))
	if whole == "1" {
		return "1 week"
	}
	return whole + " weeks"
}

var months = strings.Fields("January February March April May June July August September October November December")

// monthWords turns "2026-01" into "January 2026"; anything else stays as the source wrote it.
func monthWords(period string) string {
	if len(period) >= 7 && period[4] == '-' {
		if m, err := strconv.Atoi(period[5:7]); err == nil && m >= 1 && m <= 12 {
			return months[m-1] + " " + period[:4]
		}
	}
	return period
}

// pounds writes a total as its lines add up.
func pounds(a money.Amount) string { return a.String() }
