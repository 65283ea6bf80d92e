package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// tripCostPage is the itemised result.
func (h *Handlers) tripCostPage(c echo.Context, a *tripAnswers) (*answer, error) {
	v := h.presentTrip(a)
	f := h.frame(v.Heading, link.TripResult(a.Trip), link.TripCost)
	f.NoIndex = true
	f.PrintLine = h.printLine(link.TripCost)
	f.Breadcrumb = crumbs(ui.Link{Text: tripTitle, Href: link.TripQuestion(a.Trip, tripSteps[len(tripSteps)-1])})
	return html(c, http.StatusOK, views.TripResultPage(f, v))
}

func (h *Handlers) presentTrip(a *tripAnswers) views.TripResult {
	plan := h.planTrip(a)
	e := catalogue.EstimateTrip(plan.Trip, h.cat.Reference().TripCosts, h.cat.Reference().Rates, h.cat.Today())
	v := views.TripResult{Heading: "What your trip may cost", Answers: h.tripAnswered(a), Assumed: plan.assumed, Rates: h.rateFigures(plan, e)}
	if a.treatment != nil {
		v.Heading = "What a trip for " + lowerFirst(a.treatment.Name) + " may cost"
	}
	v.Lead = fmt.Sprintf("For %s. These are not offers: each hospital must give you a written quote.", peopleSaid(plan.People))
	v.Notices, v.Sample = h.tripNotices(a, plan), a.profile != nil && a.profile.Sample
	for i, one := range v.Answers {
		if one.Value == "" {
			v.Answers[i].Value = "Not answered"
		}
	}
	for _, l := range e.Lines {
		v.Lines = append(v.Lines, h.tripRow(a, l))
	}
	h.tripTotals(a, e, &v)
	h.besideUK(a, plan, e, &v)
	v.Ask = askBeforePaying(plan)
	v.Next = h.tripNext(a)
	return v
}

func peopleSaid(n int) string {
	if n == 1 {
		return "1 person, in pounds"
	}
	return fmt.Sprintf("%d people, in pounds", n)
}

// tripTotals gives the three totals, or what is missing for one.
func (h *Handlers) tripTotals(a *tripAnswers, e catalogue.TripEstimate, v *views.TripResult) {
	if !e.Complete {
		v.Total = views.TripRow{Label: "Whole trip", Unknown: "Cannot be added up yet"}
		v.Missing = missingParts(a, e)
		return
	}
	v.Total = views.TripRow{Label: "Whole trip", Low: pounds(e.Low), Likely: pounds(e.Likely), High: pounds(e.High)}
	v.Leaves = leavesOut(e)
	v.Totals = []ui.StatTile{{Value: pounds(e.Low), Label: "Low"}, {Value: pounds(e.Likely), Label: "Likely"}, {Value: pounds(e.High), Label: "High"}}
}

// missingParts says why nothing can be totalled and what to ask for.
func missingParts(a *tripAnswers, e catalogue.TripEstimate) *views.Notice {
	n := &views.Notice{Title: "We cannot give you a whole-trip total", Text: []string{"A total without these parts would mislead you. What we know is in the table."}}
	for _, l := range e.Lines {
		switch {
		case l.Known:
		case l.Key == "treatment" && a.treatment == nil:
			n.Items = append(n.Items, "The treatment. Choose one, and we can look for its price and its time in India.")
		case l.Key == "treatment":
			n.Items = append(n.Items, fmt.Sprintf("The price. Fewer than %d sources publish one. Ask the hospital for a written quote that holds every charge it must make.", catalogue.MinSources))
		case l.Key == "lodging":
			n.Items = append(n.Items, "The time in India. Ask how many nights in hospital, and how many more before you may fly. Then change your answer about nights.")
		case l.Key == "flights":
			n.Items = append(n.Items, "The flights. Ask an airline for the return fare.")
		}
	}
	return n
}

// tripRow puts one line into words.
func (h *Handlers) tripRow(a *tripAnswers, l catalogue.TripLine) views.TripRow {
	row := views.TripRow{Label: l.Label, Note: l.Note}
	switch {
	case l.Declined:
		row.Unknown = "Left out, as you chose"
	case !l.Known:
		row.Unknown = "Not known, ask"
	default:
		row.Low, row.Likely, row.High = l.Low.String(), l.Likely.String(), l.High.String()
	}
	for _, r := range l.Figures {
		f := h.costFigure(r)
		if n := len(row.Figures); n > 0 && row.Figures[n-1].Source == f.Source && row.Figures[n-1].Dated == f.Dated {
			row.Figures[n-1].Words += "; " + lowerFirst(f.Words)
		} else {
			row.Figures = append(row.Figures, f)
		}
	}
	if len(l.Figures) == 0 && len(l.SourceIDs) > 0 {
		row.Figures = append(row.Figures, h.treatmentFigure(a, l))
	}
	return row
}

// costFigure is a published figure with its source, date and age.
func (h *Handlers) costFigure(r models.TripCost) views.TripFigure {
	f := views.TripFigure{Words: upperFirst(r.Item), Dated: h.aged(r.AsOf), Stale: h.old(r.AsOf), Source: h.sourceAnchor(r.SourceID)}
	if money.Currency(r.Unit).Known() {
		f.Words += ": " + figureWords(r)
	}
	return f
}

func figureWords(r models.TripCost) string {
	amount := func(f *float64) string {
		return money.Amount{Minor: int64(*f*100 + 0.5), Currency: money.Currency(r.Unit)}.String()
	}
	words := ""
	switch {
	case r.Low != nil && r.High != nil:
		words = amount(r.Low) + " to " + amount(r.High)
	case r.Typical != nil:
		words = amount(r.Typical)
	case r.Low != nil:
		words = "from " + amount(r.Low)
	case r.High != nil:
		words = "up to " + amount(r.High)
	}
	return strings.TrimSpace(words + " " + r.Per)
}

// treatmentFigure says where the price of the treatment was read: many sources stand on the treatment's page.
func (h *Handlers) treatmentFigure(a *tripAnswers, l catalogue.TripLine) views.TripFigure {
	f := views.TripFigure{Dated: h.aged(l.AsOf), Stale: l.Stale}
	if a.packages() != nil {
		f.Source, f.Dated = h.sourceAnchor(l.SourceIDs[0]), "Listing checked "+h.agedWords(l.AsOf)
		if l.Age == catalogue.Undated {
			f.Dated = notStated
		}
		return f
	}
	f.Source = views.Anchor{Text: plural(len(l.SourceIDs), "source") + " with their dates", URL: link.Treatment(a.treatment.Slug) + "#prices"}
	f.Dated = "The oldest: " + lowerFirst(f.Dated)
	return f
}

func (h *Handlers) sourceAnchor(id int64) views.Anchor {
	s, ok := h.cat.Reference().Source(id)
	if !ok {
		return views.Anchor{}
	}
	return views.Anchor{Text: firstOf(s.Title, s.URL, s.Publisher), URL: webOnly(s.URL)}
}

// aged is a source's date, with a word of caution when the figure is old or may be.
func (h *Handlers) aged(asOf string) string {
	if words := h.agedWords(asOf); words != notStated {
		return "Dated " + words
	}
	return notStated
}

// notStated is said of a figure whose source gives no date.
const notStated = "Date not stated, check it"

// agedWords is a date with the same caution, for use in a sentence.
func (h *Handlers) agedWords(asOf string) string {
	age := catalogue.AgeOf(asOf, h.cat.Today())
	if age == catalogue.Undated {
		return notStated
	}
	return longOr(asOf) + oldWords(age)
}

func oldWords(a catalogue.Age) string {
	switch a {
	case catalogue.Stale:
		return fmt.Sprintf(", more than %d days old, check it", catalogue.StaleDays)
	case catalogue.MaybeStale:
		return fmt.Sprintf(", may be more than %d days old, check it", catalogue.StaleDays)
	}
	return ""
}

// rateFigures are the exchange rates that were used, each once.
func (h *Handlers) rateFigures(p tripPlan, e catalogue.TripEstimate) []views.TripFigure {
	var used []money.Currency
	use := func(c money.Currency) {
		if c.Known() && c != money.GBP && !slices.Contains(used, c) {
			used = append(used, c)
		}
	}
	for _, k := range p.packages {
		use(k.Price.Amount.Currency)
	}
	for _, l := range e.Lines {
		for _, r := range l.Figures {
			use(money.Currency(r.Unit))
		}
	}
	var out []views.TripFigure
	for _, c := range used {
		r, ok := h.cat.Reference().Rates.PerPound(c)
		if !ok {
			continue
		}
		age := catalogue.AgeOf(r.Period, h.cat.Today())
		f := views.TripFigure{Words: fmt.Sprintf("Exchange rate: £1 is %s%.2f", currencySign(c), r.PerUnit), Dated: "Average of " + monthWords(r.Period), Stale: age != catalogue.Fresh}
		if r.On.Known() {
			f.Dated += ", published " + r.On.Long()
		}
		f.Dated += oldWords(age)
		out = append(out, f)
	}
	return out
}

// besideUK sets the trip beside what the treatment costs in the UK and the NHS wait.
func (h *Handlers) besideUK(a *tripAnswers, p tripPlan, e catalogue.TripEstimate, v *views.TripResult) {
	v.UK = views.Fact{Label: "UK, paying yourself"}
	label, value, note := waitWords(nil)
	if a.treatment != nil {
		t := *a.treatment
		label, value, note = waitWords(t.Wait)
		v.Costs, v.CostBy = costData(t, e), "Price in pounds. "+h.rateWords(tripCurrencies(packageCurrencies(publishedIn(nil, slices.Concat(t.UK.Figures, p.indian(t))...), p.packages...), e))
		v.Costs.ID = "trip"
		ownRows(a, p, e, v.Costs.Rows)
		if v.UK.Value = ukWords(t.UK); v.UK.Value != "" {
			v.UK.Note = basisWords(t.UK)
			v.UK.Dated, v.UK.Stale = h.oldestSaid(t.UK)
			v.UK.Source = views.Anchor{Text: "every price with its source", URL: link.Treatment(t.Slug) + "#prices"}
		}
	}
	v.Wait = views.Fact{Label: "NHS wait. " + label, Value: value, Note: note}
	if a.treatment != nil && a.treatment.Wait != nil {
		v.Wait.Source = h.sourceAnchor(a.treatment.Wait.SourceID)
		v.Wait.Dated, v.Wait.Stale = h.aged(a.treatment.Wait.Month), h.old(a.treatment.Wait.Month)
	}
	v.Wait.Label = strings.Replace(v.Wait.Label, "NHS wait. NHS wait", "NHS wait", 1)
}

// indian are the published figures that the range for India comes from; a hospital's own price needs none of them.
func (p tripPlan) indian(t catalogue.Treatment) []catalogue.Quoted {
	if p.Own {
		return nil
	}
	return t.India.Figures
}

// oldestSaid is the age of the oldest figure of several.
func (h *Handlers) oldestSaid(e catalogue.Evidence) (words string, stale bool) {
	return "The oldest: " + lowerFirst(h.aged(e.Oldest())), h.old(e.Oldest())
}

// old reports whether a figure's age must be marked: it is older than it may be, may be so, or is not dated.
func (h *Handlers) old(asOf string) bool {
	return catalogue.AgeOf(asOf, h.cat.Today()) != catalogue.Fresh
}

// ukWords is the UK price by the same rule as India's: a range from enough sources, else each figure by itself.
func ukWords(e catalogue.Evidence) string {
	if e.Range != nil {
		return spanWords(e.Range.RoundTo(roundStep))
	}
	var out []string
	for _, n := range singles(e.Figures) {
		out = append(out, money.Whole(n, money.GBP).String())
	}
	return joinWords(out)
}

// ownRows puts this trip into the rows for India.
func ownRows(a *tripAnswers, p tripPlan, e catalogue.TripEstimate, rows []chart.CostRow) {
	for i := range rows {
		switch rows[i].Route {
		case chart.IndiaPackage:
			if p.Own {
				rows[i] = chart.CostRow{Route: chart.IndiaPackage, Label: "India, treatment", Note: a.profile.Name, Range: lineRange(e.Lines[0])}
			}
		case chart.IndiaTrip:
			rows[i].Label = "India, your whole trip"
			if !e.Complete {
				rows[i].Unknown = "Cannot be added up yet"
			} else if len(e.Missing) > 0 {
				rows[i].Words = "without what is not known"
			}
		}
	}
}

// lineRange is a line of the table in the picture: the same figures.
func lineRange(l catalogue.TripLine) *chart.Range {
	return &chart.Range{Low: l.Low.Minor / 100, High: l.High.Minor / 100}
}

// askBeforePaying are the questions that a quote must answer.
func askBeforePaying(p tripPlan) []string {
	out := []string{"Is this the full price, with every charge you must make, in writing, and until which day?", "What may come on top, and how much is each?"}
	if !p.Own {
		out = append(out, "Are the tests before the operation in the price?")
	}
	return append(out, "How many nights in hospital, and how many more before I may fly?", "Who pays if I must stay longer or need a second operation?",
		"Which visa do I need, what does it cost, and will you write the invitation letter?", "Does my insurer cover planned treatment in India, problems after it and a later flight?")
}

// tripNext is where a reader may go from here.
func (h *Handlers) tripNext(a *tripAnswers) []views.Anchor {
	var out []views.Anchor
	if a.profile != nil {
		if h.cfg.Enquiries != nil {
			about := a.Treatment
			if a.treatment == nil {
				about = ""
			}
			out = append(out, views.Anchor{Text: "Ask " + a.profile.Name + " for a quote", URL: link.EnquiryAbout(about, a.profile.Slug)})
		}
		out = append(out, views.Anchor{Text: "Back to " + a.profile.Name, URL: link.Hospital(a.profile.Slug)})
	}
	if a.treatment != nil {
		q := link.Query{Treatment: []string{a.treatment.Slug}}
		text := "Hospitals for " + lowerFirst(a.treatment.Name)
		if a.hub != nil {
			q.Hub, text = []string{a.hub.Slug}, text+" in "+a.hub.Name
		}
		out = append(out, views.Anchor{Text: text, URL: link.Hospitals(q)},
			views.Anchor{Text: "Prices and waits for " + lowerFirst(a.treatment.Name), URL: link.Treatment(a.treatment.Slug)},
			views.Anchor{Text: "Summary to take to your GP", URL: link.TreatmentSummary(a.treatment.Slug)})
	}
	return append(out, views.Anchor{Text: "Guide: money, and what the NHS will not pay", URL: link.GuideChapter("money")})
}
