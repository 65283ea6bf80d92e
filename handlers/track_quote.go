package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/internal/quotepdf"
	"carecorridor/views"
)

// version is the quote the address names.
func version(c echo.Context, one enquiry.TrackedHospital) (enquiry.Quote, error) {
	for _, q := range one.Quotes {
		if strconv.FormatInt(q.Number, 10) == c.Param("version") {
			return q, nil
		}
	}
	return enquiry.Quote{}, fault.New(fault.Missing, "version of a quote", nil)
}

func (h *Handlers) trackQuote(c echo.Context, t tracked) error {
	v, err := h.patientQuote(c, t)
	if err != nil {
		return err
	}
	f := h.trackFrame("Quote from "+v.Hospital, t.mine())
	f.PrintLine = "Care Corridor, enquiry " + t.Reference + ", printed on " + h.cfg.Enquiries.Today().Long()
	return show(c, http.StatusOK, views.QuotePage(f, v))
}

// patientQuote is a quote with what the patient may do with it.
func (h *Handlers) patientQuote(c echo.Context, t tracked) (views.Quote, error) {
	one, i, err := t.hospital(c)
	if err != nil {
		return views.Quote{}, err
	}
	q, err := version(c, one)
	if err != nil {
		return views.Quote{}, err
	}
	n, number := placeOf(i), strconv.FormatInt(q.Number, 10)
	v := h.quoteDoc(one.Hospital, q)
	v.Code, v.Treatment = t.Reference, firstOf(t.Answers.TreatmentName, "Treatment not decided")
	v.PDF = views.Anchor{Text: "Download this quote as a PDF", URL: t.at("quote", n, number, "pdf")}
	v.Back = views.Anchor{Text: "Back to your enquiry", URL: t.at()}
	for _, old := range one.Quotes {
		if old.Number != q.Number {
			v.Older = append(v.Older, views.Anchor{Text: "Version " + strconv.FormatInt(old.Number, 10) + ", given on " + old.IssuedOn.Long(), URL: t.at("quote", n, strconv.FormatInt(old.Number, 10))})
		}
	}
	if q.Newest {
		for _, a := range hospitalActions(t, one, n) {
			if !strings.Contains(a.URL, "/withdraw/") {
				v.Actions = append(v.Actions, a)
			}
		}
	}
	return v, nil
}

// trackQuotePDF is the same quote as a file.
func (h *Handlers) trackQuotePDF(c echo.Context, t tracked) error {
	v, err := h.patientQuote(c, t)
	if err != nil {
		return err
	}
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	q, err := version(c, one)
	if err != nil {
		return err
	}
	d := quotepdf.Document{Title: "Quote from " + v.Hospital, Lead: []string{v.Treatment + ". " + v.Version + ". Enquiry " + v.Code + ".", v.State.Text + ". Valid until " + v.ValidUntil + "."}, Made: q.At,
		Foot: []string{"Copy of a quote given through Care Corridor. You pay the hospital itself. Care Corridor takes no money and no commission."}}
	if v.Sample {
		d.Lead = append([]string{"SAMPLE: this hospital is invented and the quote is not real."}, d.Lead...)
	}
	must := quotepdf.Section{Title: "What you must pay", Rows: append(pdfRows(v.Mandatory), quotepdf.Row{Label: "Total you must pay", Value: v.Total, Amount: true, Strong: true})}
	if v.TotalNote != "" {
		must.Rows = append(must.Rows, quotepdf.Row{Label: "In pounds", Value: v.TotalNote})
	}
	d.Sections = append(d.Sections, must)
	if len(v.Optional) > 0 {
		d.Sections = append(d.Sections, quotepdf.Section{Title: "What you may choose", Rows: pdfRows(v.Optional)})
	}
	top := quotepdf.Section{Title: "What may come on top", Rows: pdfRows(v.OnTop)}
	if len(top.Rows) == 0 {
		top.Rows = []quotepdf.Row{{Label: "Nothing", Value: "The hospital states that nothing comes on top."}}
	}
	terms := quotepdf.Section{Title: "Terms"}
	for _, fact := range v.Facts {
		terms.Rows = append(terms.Rows, quotepdf.Row{Label: fact.Label, Value: strings.TrimSpace(fact.Value + " " + fact.Note)})
	}
	d.Sections = append(d.Sections, top, terms)
	b, err := d.Write()
	if err != nil {
		return fault.New(fault.Broken, "quote as PDF", err)
	}
	return download(c, "quote-"+t.Reference+"-"+c.Param("n")+"-v"+c.Param("version")+".pdf", "application/pdf", b)
}

func pdfRows(rows []views.QuoteRow) []quotepdf.Row {
	var out []quotepdf.Row
	for _, r := range rows {
		out = append(out, quotepdf.Row{Label: r.Label, Value: r.Value, Amount: true})
	}
	return out
}

// trackQuotes puts the newest quotes side by side.
func (h *Handlers) trackQuotes(c echo.Context, t tracked) error {
	v := views.QuoteTable{Note: "What each hospital states, line by line. Amounts in pounds are worked out with one rate for all, so that you can compare."}
	var quotes []views.Quote
	var offers []enquiry.Offer
	for _, one := range t.Hospitals {
		if q := one.Newest(); q != nil {
			quotes, offers = append(quotes, h.quoteDoc(one.Hospital, *q)), append(offers, q.Offer)
			v.Hospitals = append(v.Hospitals, views.CompareColumn{Name: one.Hospital.Name, Sample: one.Hospital.Sample}.Head())
		}
	}
	if rate := h.rateWords(quoted(offers)); rate != "" {
		v.Note += " " + rate
	}
	if len(quotes) == 0 {
		return c.Redirect(http.StatusSeeOther, t.at())
	}
	row := func(label string, cell func(i int) string) {
		r := views.QuoteCompare{Label: label}
		for i := range quotes {
			r.Cells = append(r.Cells, cell(i))
		}
		v.Rows = append(v.Rows, r)
	}
	row("Total you must pay", func(i int) string { return quotes[i].Total })
	row("About, in pounds", func(i int) string { return h.inPounds(offers[i]) })
	row("What the total holds", func(i int) string { return joinRows(quotes[i].Mandatory) })
	row("You may choose", func(i int) string { return firstOf(joinRows(quotes[i].Optional), "Nothing") })
	row("May come on top", func(i int) string { return firstOf(joinRows(quotes[i].OnTop), "Nothing") })
	for j, fact := range quotes[0].Facts {
		row(fact.Label, func(i int) string {
			f := quotes[i].Facts[j]
			if f.Missing {
				return ""
			}
			return strings.TrimSpace(f.Value + " " + f.Note)
		})
	}
	row("Valid until", func(i int) string { return quotes[i].ValidUntil })
	row("State", func(i int) string { return quotes[i].State.Text })
	return show(c, http.StatusOK, views.QuoteComparePage(h.trackFrame("Quotes side by side", t.mine()), v, views.Anchor{Text: "Back to your enquiry", URL: t.at()}))
}

func quoted(offers []enquiry.Offer) []money.Currency {
	var used []money.Currency
	for _, o := range offers {
		used = alsoUsed(used, o.Currency)
	}
	return used
}

func (h *Handlers) inPounds(o enquiry.Offer) string {
	gbp, ok := h.cat.Reference().Rates.ToGBP(o.Total())
	if !ok {
		return ""
	}
	return gbp.RoundTo(1).String()
}

func joinRows(rows []views.QuoteRow) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Label+": "+r.Value)
	}
	return strings.Join(out, "; ")
}
