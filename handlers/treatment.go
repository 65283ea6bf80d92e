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
	"carecorridor/models"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) treatment(c echo.Context) (*answer, error) {
	t, ok := h.cat.Reference().Treatment(c.Param("slug"))
	if !ok {
		return nil, missing(h.nearTreatments(c))
	}
	listed, err := h.listedFor(c, t)
	if err != nil {
		return nil, err
	}
	f := h.frame(t.Name, link.Treatment(t.Slug), link.Treatments)
	f.Description = fmt.Sprintf("%s: what it costs in India and in the UK, how long the NHS wait is, and which accredited hospitals list it. Every figure has its source.", t.Name)
	f.Breadcrumb = crumbs(ui.Link{Text: "Treatments and prices", Href: link.Treatments})
	f.JSONLD = []string{h.procedureLD(t), h.crumbLD(f.Breadcrumb)}
	return html(c, http.StatusOK, views.TreatmentPage(f, h.presentTreatment(t, listed)))
}

// listedCount is the hospitals behind a treatment page.
type listedCount struct{ all, priced int }

func (h *Handlers) listedFor(c echo.Context, t catalogue.Treatment) (listedCount, error) {
	if catalogue.ExclusionOf(t.Slug) != "" {
		return listedCount{}, nil
	}
	q := search.Query{Procedures: []string{t.Slug}, Specialties: []string{t.SpecialtySlug}, IncludeSamples: h.cfg.Demo, Sort: search.Best}
	all, err := h.index.Search(c.Request().Context(), q)
	if err != nil {
		return listedCount{}, err
	}
	zero := int64(0)
	q.Node, q.Price = search.Node(t.Slug), search.Range{Min: &zero}
	priced, err := h.index.Search(c.Request().Context(), q)
	return listedCount{all.Total, priced.Total}, err
}

func (h *Handlers) presentTreatment(t catalogue.Treatment, n listedCount) views.Treatment {
	ref := h.cat.Reference()
	v := views.Treatment{Name: t.Name, AlsoKnown: ref.LayTerms(t.Slug), Specialty: specialtyAnchor(t.Specialty),
		Lead: leadOf(t), Codes: codeRows(ref.Codes(t.Slug)), Stays: stayRows(ref, t.Slug), Summary: views.Anchor{Text: "Print the summary", URL: link.TreatmentSummary(t.Slug)}}
	if ex, ok := exclusions[catalogue.ExclusionOf(t.Slug)]; ok {
		v.Excluded, v.Lead = &ex, ""
		return v
	}
	trip := ref.IndicativeTrip(t, h.cat.Today())
	v.Costs = costData(t, trip)
	v.CostsNote = strings.TrimSpace("Price in pounds for one treatment. " + h.treatmentRates(t, trip))
	v.CostCSV = views.Anchor{Text: "Download these figures (CSV)", URL: link.TreatmentCSV(t.Slug)}
	v.CostSource = views.Anchor{Text: "Sources are listed below", URL: "#prices"}
	v.Waits, v.WaitsNote, v.WaitSource = waitData(ref, t)
	if t.Wait != nil && h.old(t.Wait.Month) {
		v.WaitsNote += " " + h.aged(t.Wait.Month) + "."
	}
	if trip.Complete {
		v.TripParts, v.TripNote = tripParts(trip)
	}
	v.Hospitals = treatmentHospitals(t, n)
	v.NHS, v.NHSLink = nhsSays[t.NHS].card, nhsLink
	nhsContext(&v)
	v.NotRight = []string{"you have had a blood clot, or heart or lung problems that make flying risky", "nobody can travel with you and help while you recover", "you could not pay for a second trip if something went wrong"}
	v.Questions = []string{"Who will operate, and how many of these do they do each year?", "What does the written price leave out, and when can it change?", "Who treats a complication in India, and who pays?", "Which records will I bring home, and in what language?", "Have you asked for my infection screening results from the NHS?"}
	v.IndiaPrices = priceList(ref, t.India, fmt.Sprintf("The middle of each source's figures, from the median low to the median high, when at least %d sources give a price since %d.", catalogue.MinSources, catalogue.OldestYear))
	v.UKPrices = priceList(ref, t.UK, "Figures quoted by companies that sell trips are left out.")
	v.Official = officialRows(ref, t.Official)
	return v
}

func leadOf(t catalogue.Treatment) string {
	return fmt.Sprintf("Part of %s. Compare what it costs, how long you would wait and what is known about recovery in each country.", strings.ToLower(firstOf(t.Specialty.PlainName, t.Specialty.Name)))
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func specialtyAnchor(s models.Specialty) views.Anchor {
	return views.Anchor{Text: s.Name, URL: link.Hospitals(link.Query{Specialty: []string{s.Slug}})}
}

func costData(t catalogue.Treatment, trip catalogue.TripEstimate) chart.Costs {
	uk := chart.CostRow{Route: chart.UKSelfPay, Label: "UK, paying yourself", Note: basisWords(t.UK)}
	if t.UK.Range != nil {
		uk.Range = poundRange(*t.UK.Range)
	} else {
		uk.Singles = singles(t.UK.Figures)
	}
	india := chart.CostRow{Route: chart.IndiaPackage, Label: "India, treatment", Note: basisWords(t.India)}
	if t.India.Range != nil {
		india.Range = poundRange(*t.India.Range)
	} else {
		india.Singles = singles(t.India.Figures)
	}
	whole := chart.CostRow{Route: chart.IndiaTrip, Label: "India, whole trip for 2", Note: "Treatment, flights, room, food, reserve"}
	if trip.Complete {
		whole.Range = sumRange(trip)
		whole.Words = notCounted("plus", trip)
	} else {
		whole.Unknown = "Not known: " + strings.ToLower(missingWords(trip))
	}
	return chart.Costs{ID: "costs", Of: lowerFirst(t.Name), Rows: append(nhsRows(t), uk, india, whole)}
}

func missingWords(trip catalogue.TripEstimate) string {
	for _, l := range trip.Lines {
		if !l.Known && (l.Key == "treatment" || l.Key == "lodging") {
			return map[string]string{"treatment": "fewer than 3 sources for the price", "lodging": "no source for the time in India"}[l.Key]
		}
	}
	return "a figure is missing"
}

// lowerFirst keeps abbreviations: "Total knee replacement" becomes "total knee replacement", "IVF" stays.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// basisWords says how many sources a figure has and how old they are: "8 sources: 3 dated 2025, 5 undated".
func basisWords(e catalogue.Evidence) string {
	if e.Sources == 0 {
		return "No source held"
	}
	var years []string
	undated := 0
	for _, q := range e.Figures {
		if len(q.AsOf) >= 4 && q.AsOf[0] == '2' {
			years = append(years, q.AsOf[:4])
		} else {
			undated++
		}
	}
	return plural(e.Sources, "source") + datedWords(years, undated)
}

func datedWords(years []string, undated int) string {
	if len(years) == 0 {
		return ", undated"
	}
	span := slices.Min(years)
	if last := slices.Max(years); last != span {
		span += " to " + last
	}
	if undated == 0 {
		return ", " + span
	}
	return fmt.Sprintf(": %s dated %s, %s undated", plural(len(years), "figure"), span, group(undated))
}

// singleStep is what a single figure is rounded to after a change of money: the same in pictures, words and tables.
const singleStep = 10

func singles(figures []catalogue.Quoted) []int64 {
	var out []int64
	for _, q := range figures {
		for _, a := range []*money.Amount{q.Low, q.High} {
			if a != nil {
				out = append(out, asPublished(q, *a, singleStep).Minor/100)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func waitData(ref *catalogue.Reference, t catalogue.Treatment) (chart.Waits, string, views.Anchor) {
	w := chart.Waits{ID: "waits"}
	var source views.Anchor
	note := "Weeks from today. A private wait in the UK is not published nationally."
	if t.Wait != nil {
		w.NHS = chart.NHSWait{Service: strings.TrimSuffix(t.Wait.FunctionName, " Service"), Month: monthWords(t.Wait.Month),
			Median: t.Wait.MedianWeeks, Later: t.Wait.P92Weeks, LaterOf: "92 in 100", PctWithin18: t.Wait.PctWithin18}
		if s, ok := ref.Source(t.Wait.SourceID); ok {
			source = views.Anchor{Text: "NHS England referral-to-treatment figures, " + monthWords(t.Wait.Month), URL: s.URL}
		}
		note = fmt.Sprintf("In weeks. The NHS figures are for everybody still waiting for %s in %s: how long they had waited by then.", strings.ToLower(w.NHS.Service), w.NHS.Month)
	}
	if t.DaysHigh > 0 {
		w.India.IndiaDays = &chart.Span{Min: float64(t.DaysLow), Max: float64(t.DaysHigh)}
	}
	for _, s := range ref.Stays(t.Slug) {
		if s.Measure == "hospital_days" && s.Max > 0 {
			w.India.HospitalDays = &chart.Span{Min: float64(s.Min), Max: float64(s.Max)}
		}
	}
	return w, note, source
}

func tripParts(trip catalogue.TripEstimate) ([]views.QuoteRow, string) {
	var rows []views.QuoteRow
	for _, l := range trip.Lines {
		value := "Not known"
		if l.Known {
			value = spanWords(catalogue.Span{Low: l.Low, High: l.High})
		}
		rows = append(rows, views.QuoteRow{Label: l.Label, Value: value})
	}
	rows = append(rows, views.QuoteRow{Label: "Whole trip for 2", Value: spanWords(trip.Span())})
	return rows, leavesOut(trip)
}

func treatmentHospitals(t catalogue.Treatment, n listedCount) views.TreatmentHospitals {
	v := views.TreatmentHospitals{Title: fmt.Sprintf("%d hospitals list %s", n.all, strings.ToLower(t.Specialty.Name)),
		See:  views.Anchor{Text: "See hospitals", URL: link.Hospitals(link.Query{Treatment: []string{t.Slug}})},
		Trip: views.Anchor{Text: tripTitle, URL: link.TripCostOf(t.Slug, "", "")}}
	if n.all == 1 {
		v.Title = "1 hospital lists " + strings.ToLower(t.Specialty.Name)
	}
	v.Rows = []views.QuoteRow{{Label: "With a running certificate", Value: strconv.Itoa(n.all)}, {Label: "With a published price", Value: strconv.Itoa(n.priced)}}
	if t.DaysHigh > 0 {
		v.Rows = append(v.Rows, views.QuoteRow{Label: "Days in India", Value: fmt.Sprintf("%d to %d", t.DaysLow, t.DaysHigh)})
	}
	if n.priced == 0 {
		v.Note = "No listed hospital has published a price for this."
	}
	return v
}

func priceList(ref *catalogue.Reference, e catalogue.Evidence, rule string) views.PriceList {
	l := views.PriceList{Rule: rule}
	if e.Range != nil {
		l.Range = spanWords(e.Range.RoundTo(roundStep))
	}
	for _, q := range e.Figures {
		l.Rows = append(l.Rows, priceRow(ref, q, e.Range != nil))
	}
	return l
}

func priceRow(ref *catalogue.Reference, q catalogue.Quoted, counted bool) views.PriceRow {
	s, _ := ref.Source(q.SourceID)
	return views.PriceRow{Amount: endsWords(q), Original: originalWords(q.PriceEvidence), Scope: upperFirst(q.Scope), Includes: q.Includes,
		Kind: evidenceWords[q.EvidenceClass], AsOf: asOfWords(q.AsOf), Source: views.Anchor{Text: firstOf(s.Title, s.URL), URL: webOnly(s.URL)}, Counted: counted}
}

var evidenceWords = map[string]string{"official": "Official", "journal": "Journal", "provider": "Hospital", "insurer": "Insurer", "press": "Press",
	"broker": "Broker", "aggregator": "Price comparison", "blog": "Blog", "facilitator": "Facilitator", "facilitator_repo": "Facilitator"}

// endsWords writes a figure with its meaning: a lone low is a starting price, a lone high a stated maximum.
func endsWords(q catalogue.Quoted) string {
	switch {
	case q.Low != nil && q.High != nil:
		return spanWords(catalogue.Span{Low: asPublished(q, *q.Low, singleStep), High: asPublished(q, *q.High, singleStep)})
	case q.Low != nil:
		return "from " + asPublished(q, *q.Low, singleStep).String()
	case q.High != nil:
		return "up to " + asPublished(q, *q.High, singleStep).String()
	}
	return ""
}

// asPublished rounds what was worked out with an exchange rate; a price published in pounds stays as it was.
func asPublished(q catalogue.Quoted, a money.Amount, step int64) money.Amount {
	if q.Currency == money.GBP {
		return a
	}
	return a.RoundTo(step)
}

func originalWords(e models.PriceEvidence) string {
	amount := func(minor *int64) *money.Amount {
		if minor == nil {
			return nil
		}
		return &money.Amount{Minor: *minor, Currency: e.Currency}
	}
	low, high := amount(e.LowMinor), amount(e.HighMinor)
	if low == nil && high == nil {
		if t := amount(e.TypicalMinor); t != nil {
			return t.String()
		}
	}
	switch {
	case low != nil && high != nil && *low != *high:
		return low.String() + " to " + high.String()
	case low != nil && high == nil:
		return "from " + low.String()
	case high != nil && low == nil:
		return "up to " + high.String()
	case low != nil:
		return low.String()
	}
	return ""
}

func officialRows(ref *catalogue.Reference, rows []models.PriceEvidence) []views.OfficialRow {
	var out []views.OfficialRow
	for _, e := range rows {
		s, _ := ref.Source(e.SourceID)
		out = append(out, views.OfficialRow{Treatment: e.Includes, Scheme: e.Scope, Amount: originalWords(e), Source: views.Anchor{Text: firstOf(s.Title, "Source"), URL: webOnly(s.URL)}})
	}
	return out
}

// webOnly drops an address that a browser cannot open: some sources are named by publication only.
func webOnly(u string) string {
	if strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
		return u
	}
	return ""
}

// asOfWords reads a source's own date for people: "2026-01" as January 2026, "n.d." as nothing.
func asOfWords(asOf string) string {
	if asOf == "" || strings.HasPrefix(asOf, "n.d.") {
		return ""
	}
	return longOr(asOf)
}

func codeRows(codes []models.ProcedureCode) []views.CodeRow {
	var out []views.CodeRow
	for _, c := range codes {
		out = append(out, views.CodeRow{System: c.System, Code: c.Code, Term: c.Term})
	}
	return out
}

var stayWords = map[string]string{"hospital_days": "Days in hospital", "india_days": "Days in India", "recovery_weeks": "Weeks to recover", "recovery_days": "Days to recover",
	"donor_hospital_days": "Days in hospital for the donor", "device_activation_weeks": "Weeks until the device is switched on", "pmjay_average_length_of_stay_days": "Average days in hospital, Indian public scheme"}

func stayRows(ref *catalogue.Reference, slug string) []views.StayRow {
	var out []views.StayRow
	for _, s := range ref.Stays(slug) {
		src, _ := ref.Source(s.SourceID)
		span := strconv.Itoa(s.Min)
		if s.Max != s.Min {
			span += " to " + strconv.Itoa(s.Max)
		}
		out = append(out, views.StayRow{Measure: firstOf(stayWords[s.Measure], s.Measure), Span: span, AsOf: asOfWords(src.PublishedOn), Source: views.Anchor{Text: firstOf(src.Title, src.URL), URL: webOnly(src.URL)}})
	}
	return out
}
