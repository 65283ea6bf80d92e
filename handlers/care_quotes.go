package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var includedWords = map[string]string{"room": "room", "icu": "intensive care", "surgeon": "surgeon", "anaesthetist": "anaesthetist", "implant": "implant", "investigations": "tests", "medicines": "medicines", "airport": "journey from and to the airport",
	"companion_stay": "bed for a companion", "interpreter": "interpreter", "physiotherapy": "physiotherapy"}

var anaesthesiaWords = map[referral.Anaesthesia]string{"general": "General: you sleep", "regional": "Regional: a part of the body is numb", "local": "Local: the place is numb", "sedation": "Sedation: you are drowsy", "none": "None"}

// offerAt is the opinion and quote that the address names.
func (p inCare) offerAt(c echo.Context) (x referral.HospitalView, o referral.OfferView, n string, err error) {
	if x, n, err = p.hospitalAt(c); err != nil {
		return x, o, n, err
	}
	at := slices.IndexFunc(x.Offers, func(o referral.OfferView) bool { return formatInt(o.Number) == c.Param("number") })
	if at < 0 {
		return x, o, n, fault.New(fault.Missing, "offer of a hospital", nil)
	}
	return x, x.Offers[at], n, nil
}

// careQuote is a quote laid out like those of enquiries, with what a referral has to know beside it.
func (h *Handlers) careQuote(p inCare, x referral.HospitalView, o referral.OfferView) views.Quote {
	q := *o.Quote
	v := h.quoteDoc(enquiry.Chosen{Slug: x.Listed.Slug, Name: x.Listed.Name, Sample: x.Listed.Sample}, enquiry.Quote{Number: o.Number, Offer: q.Offer, IssuedOn: ukDay(o.At), At: o.At, InDate: o.InDate, Newest: o.Newest})
	v.Treatment = "Your referral " + p.view.Reference
	if p.view.Clinical != nil {
		v.Treatment = h.treatmentName(p.view.Clinical.Treatment)
	}
	v.Facts = append(h.referralFacts(q), v.Facts...)
	return v
}

// referralFacts are what a quote of a referral says beyond that of an enquiry.
func (h *Handlers) referralFacts(q referral.Quote) (out ui.SummaryList) {
	if q.Estimate {
		low, high := q.Range()
		out = append(out, ui.Fact{Label: "This is an estimate", Value: low.String() + " to " + high.String(), Note: "What moves it: " + q.MovesIt})
	}
	var included []string
	for _, i := range q.Includes {
		included = append(included, firstOf(includedWords[i], i))
	}
	out = append(out, ui.Fact{Label: "Included", Value: firstOf(upperFirst(joinWords(included)), "Not stated"), Missing: len(included) == 0},
		ui.Fact{Label: "Anaesthetic", Value: firstOf(anaesthesiaWords[q.Anaesthesia], "Not stated")})
	if q.EarliestFlight != nil {
		out = append(out, ui.Fact{Label: "First flight home", Value: plural(*q.EarliestFlight, "day") + " after the operation, or later", Note: "The airline decides"})
	}
	deposit := ui.Fact{Label: "Deposit", Value: "None"}
	if q.DepositMinor > 0 {
		deposit.Value, deposit.Note = money.Amount{Minor: q.DepositMinor, Currency: q.Currency}.String(), "To the hospital itself, after you accept. Never to us."
	}
	results := ui.Fact{Label: "The hospital’s own results", Value: "Not published by the hospital"}
	if q.Outcomes.Published {
		results.Value, results.Note = plural(q.Outcomes.Volume, "operation")+" of this kind a year. "+q.Outcomes.Words, "Source: "+q.Outcomes.Source
	}
	return append(out, deposit, results)
}

// careOffer is one opinion with its quote, to read before anything is decided.
func (h *Handlers) careOffer(c echo.Context, p inCare) error {
	x, o, n, err := p.offerAt(c)
	if err != nil {
		return err
	}
	v := h.offerSheet(p, x, o, n)
	f := h.careFrame(p, v.Heading, p.mine(), ui.Link{Text: x.Listed.Name, Href: link.CareHospital(n)})
	f.PrintLine = "Care Corridor, referral " + p.view.Reference + ", printed on " + h.todayHere().Long()
	return show(c, http.StatusOK, care.SheetPage(f, v))
}

func (h *Handlers) offerSheet(p inCare, x referral.HospitalView, o referral.OfferView, n string) care.Sheet {
	v := care.Sheet{Heading: "Opinion and quote of " + x.Listed.Name, Caption: "Version " + formatInt(o.Number) + ", given on " + ukDay(o.At).Long(), Back: ui.Link{Text: "Back to " + x.Listed.Name, Href: link.CareHospital(n)}}
	if o.Advice {
		v.Heading = "Advice of " + x.Listed.Name
	}
	if x.Listed.Sample {
		v.Before = append(v.Before, badgeLine{ui.Badge{Tone: ui.Warn, Text: "Sample, not a real hospital"}})
	}
	if !o.Newest {
		v.Before = append(v.Before, ui.Caution{Title: "There is a newer one", Text: []string{"This version was replaced. It stays here so that you can read what it said."}})
	}
	opinion := care.Section{Title: "The clinician’s opinion", Text: strings.Split(o.Text, "\n\n")}
	if o.ByName != "" {
		opinion.Facts = ui.SummaryList{{Label: "Clinician", Value: o.ByName, Note: "As the hospital states. It was signed in the account of a clinician of the hospital whose registration we checked."}}
	}
	v.Sections = append(v.Sections, opinion)
	if o.Quote != nil {
		q := h.careQuote(p, x, o)
		v.Before = append(v.Before, badgeLine{ui.Badge{Tone: map[bool]ui.Tone{true: ui.Info, false: ui.Warn}[o.InDate && o.Newest], Text: q.State.Text}})
		v.Sections = append(v.Sections, quoteSections(q)...)
		v.Sections = append(v.Sections, care.Section{Links: []ui.Link{{Text: "Download this quote as a PDF", Href: link.CareHospital(n, "offer", formatInt(o.Number), "pdf")}}})
	}
	if !o.Read && o.Newest && p.may(referral.ReadOpinion, x.ID) {
		v.Do = append(v.Do, care.Press{Lead: "You can accept an offer only after you have read its opinion.", Action: link.CareHospital(n, "offer", formatInt(o.Number)), Keep: []ui.Hidden{versionField(x.Version)}, Button: ui.Button{Text: "I have read this"}})
	}
	v.Foot = []string{"This is one clinician’s view from the papers you sent, not a decision for you. Talk to your GP before you decide.", "You pay the hospital itself. Care Corridor takes no money and no commission. If anybody asks you to pay someone else, do not pay and tell us."}
	return v
}

// quoteSections are a quote in sections of a sheet.
func quoteSections(q views.Quote) []care.Section {
	rows := func(list []views.QuoteRow) (out ui.Lines) {
		for _, r := range list {
			out = append(out, ui.Fact{Label: r.Label, Value: r.Value, Number: true})
		}
		return out
	}
	must := append(rows(q.Mandatory), ui.Fact{Label: "Total you must pay", Value: q.Total, Number: true, Strong: true})
	out := []care.Section{{Title: "What you must pay", Parts: []views.Part{must}}}
	if q.TotalNote != "" {
		out[0].Text = []string{q.TotalNote}
	}
	if len(q.Optional) > 0 {
		out = append(out, care.Section{Title: "What you may choose", Parts: []views.Part{rows(q.Optional)}})
	}
	top := care.Section{Title: "What may come on top", Parts: []views.Part{rows(q.OnTop)}}
	if len(q.OnTop) == 0 {
		top.Parts, top.Text = nil, []string{"The hospital states that nothing comes on top."}
	}
	return append(out, top, care.Section{Title: "Terms", Facts: q.Facts})
}

func (h *Handlers) careOfferRead(c echo.Context, p inCare) error {
	x, o, n, err := p.offerAt(c)
	if err != nil {
		return err
	}
	return h.happen(c, p, referral.ReadOpinion, referral.Input{Provider: x.ID, Version: seenVersion(c), Number: o.Number}, link.CareHospital(n), func(check.List) error { return h.careOffer(c, p) })
}

// offered are the hospitals with an answer, in the patient's order, with their place.
func (p inCare) offered() (out []referral.HospitalView, places []string) {
	for i, x := range p.view.Hospitals {
		if x.Newest() != nil && (x.Response == referral.Offered || x.Response == referral.Selected || x.Response == referral.NotSelected) {
			out, places = append(out, x), append(places, placeOf(i))
		}
	}
	return out, places
}

// careCompare puts the newest quotes side by side. Opening it is a step of its own, taken by a button.
func (h *Handlers) careCompare(c echo.Context, p inCare) error {
	if p.may(referral.Compare, "") {
		waiting := 0
		for _, x := range p.view.Hospitals {
			if x.Response.Pending() {
				waiting++
			}
		}
		page := views.EnquiryForm{Heading: "Look at the answers?", Submit: "Compare the answers", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"From now on you decide. Hospitals that have not answered yet can still do so."}}
		if waiting > 0 {
			page.Lead = append(page.Lead, plural(waiting, "hospital")+" can still answer.")
		}
		return h.careAsk(c, http.StatusOK, p, page, nil)
	}
	list, places := p.offered()
	if len(list) == 0 {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	f := h.careFrame(p, "Quotes side by side", p.mine())
	v := care.Compare{Lead: []string{"What each hospital states. Amounts in pounds are worked out with one rate for all, so that you can compare. " + h.rateWords(currencies(list))}, Back: p.mine()}
	v.Table = h.compareTable(p, list)
	for i, x := range list {
		card := h.careHospitalCard(p, x, places[i])
		card.Links = append([]ui.Link{}, h.hospitalChoices(p, x, places[i])...)
		card.Links = append(card.Links, ui.Link{Text: "Read the opinion and quote", Href: link.CareHospital(places[i], "offer", formatInt(x.Newest().Number))}, ui.Link{Text: "Ask a question", Href: link.CareHospital(places[i])})
		card.URL = ""
		v.Cards = append(v.Cards, card)
		if t, ok := h.careTrip(p, x); ok {
			v.Trip = append(v.Trip, t)
		}
	}
	for i, x := range p.view.Hospitals {
		if !slices.ContainsFunc(list, func(y referral.HospitalView) bool { return y.ID == x.ID }) {
			card := h.careHospitalCard(p, x, placeOf(i))
			card.ID = "other-" + placeOf(i)
			v.Others = append(v.Others, card)
		}
	}
	if p.may(referral.ReadRisks, "") {
		v.Notes = append(v.Notes, ui.Caution{Title: "Before you accept", Text: []string{"Read what can go wrong, and the opinion of the hospital you choose."}, Link: ui.Link{Text: "What can go wrong", Href: link.CareRisks}})
	}
	return show(c, http.StatusOK, care.ComparePage(f, v))
}

// currencies of the newest quotes, each once.
func currencies(list []referral.HospitalView) (out []money.Currency) {
	for _, x := range list {
		if q := x.Newest().Quote; q != nil && !slices.Contains(out, q.Currency) {
			out = append(out, q.Currency)
		}
	}
	return out
}

func (h *Handlers) careCompareBegin(c echo.Context, p inCare) error {
	if !p.may(referral.Compare, "") {
		return c.Redirect(http.StatusSeeOther, link.CareCompare)
	}
	return h.happen(c, p, referral.Compare, referral.Input{Version: seenVersion(c)}, link.CareCompare, func(check.List) error { return h.careCompare(c, p) })
}

func (h *Handlers) compareTable(p inCare, list []referral.HospitalView) ui.StackTable {
	t := ui.StackTable{Caption: "Quotes side by side", Head: []ui.Column{{Text: "What"}}}
	quotes := make([]*views.Quote, len(list))
	for i, x := range list {
		t.Head = append(t.Head, ui.Column{Text: x.Listed.Name})
		if o := x.Newest(); o.Quote != nil {
			q := h.careQuote(p, x, *o)
			quotes[i] = &q
		}
	}
	row := func(label string, cell func(i int, q *views.Quote) string) {
		r := ui.Row{Cells: []ui.Cell{{Text: label}}}
		for i, q := range quotes {
			one := ui.Cell{Text: "Advice only, no price", Missing: true}
			if q != nil {
				if one = (ui.Cell{Text: cell(i, q)}); one.Text == "" {
					one = ui.Cell{Text: "Not stated", Missing: true}
				}
			}
			r.Cells = append(r.Cells, one)
		}
		t.Rows = append(t.Rows, r)
	}
	row("Total you must pay", func(_ int, q *views.Quote) string { return q.Total })
	if slices.ContainsFunc(currencies(list), func(c money.Currency) bool { return c != money.GBP }) {
		row("About, in pounds", func(i int, _ *views.Quote) string { return h.inPounds(list[i].Newest().Quote.Offer) })
	}
	row("Whole trip, about", func(i int, _ *views.Quote) string { return h.tripSaid(p, list[i]) })
	row("What the total holds", func(_ int, q *views.Quote) string { return joinRows(q.Mandatory) })
	row("May come on top", func(_ int, q *views.Quote) string { return firstOf(joinRows(q.OnTop), "Nothing") })
	row("Clinician", func(i int, _ *views.Quote) string {
		o := list[i].Newest()
		return firstOf(o.ByName, o.Quote.By.Name)
	})
	for _, label := range []string{"Included", "Not included", "Complications", "Refund", "Deposit", "In hospital", "In India in all", "First flight home", "Anaesthetic", "Assessment before the operation", "The hospital’s own results"} {
		row(label, func(_ int, q *views.Quote) string {
			for _, f := range q.Facts {
				if f.Label == label && !f.Missing {
					return noted(f)
				}
			}
			return ""
		})
	}
	row("Valid until", func(_ int, q *views.Quote) string { return q.ValidUntil })
	row("Accreditation when you chose it", func(i int, _ *views.Quote) string { return list[i].Listed.Accredited })
	return t
}

// notInIt says which parts of a trip have no figure, so that nobody takes the rest for the whole.
func notInIt(e catalogue.TripEstimate) []string {
	if len(e.Missing) == 0 {
		return nil
	}
	return []string{"Not in it, because we have no figure: " + missingList(e)}
}

// tripPeople is the patient and those who travel along.
func (p inCare) tripPeople() int {
	if w := p.view.Preferences; w != nil && w.Companions != nil {
		return 1 + *w.Companions
	}
	return usualPeople
}

// careEstimate is the whole trip by the same calculation as everywhere else, with the hospital's own quote as the price.
func (h *Handlers) careEstimate(p inCare, x referral.HospitalView) (catalogue.TripEstimate, bool) {
	o := x.Newest()
	if o == nil || o.Quote == nil {
		return catalogue.TripEstimate{}, false
	}
	ref := h.cat.Reference()
	low, high := o.Quote.Range()
	from, ok := ref.Rates.ToGBP(low)
	to, ok2 := ref.Rates.ToGBP(high)
	if !ok || !ok2 {
		return catalogue.TripEstimate{}, false
	}
	trip := catalogue.Trip{Treatment: &catalogue.Span{Low: from, High: to}, Basis: "The hospital’s quote of " + ukDay(o.At).Long() + ".", BasisAsOf: ukDay(o.At).String(), Own: true, People: p.tripPeople(), To: x.Listed.City}
	if d := o.Quote.DaysInIndia; d != nil {
		trip.DaysLow, trip.DaysHigh = *d, *d
	}
	if n := o.Quote.StayNights; n != nil {
		trip.HospitalNights = *n
	}
	for _, l := range o.Quote.Lines {
		if l.Kind == enquiry.OnTop && l.Minor != nil {
			if gbp, ok := ref.Rates.ToGBP(money.Amount{Minor: *l.Minor, Currency: o.Quote.Currency}); ok {
				trip.Extras = append(trip.Extras, catalogue.Extra{Label: l.Label, Amount: gbp})
			}
		}
	}
	return catalogue.EstimateTrip(trip, ref.TripCosts, ref.Rates, h.cat.Today()), true
}

func (h *Handlers) tripSaid(p inCare, x referral.HospitalView) string {
	e, ok := h.careEstimate(p, x)
	if !ok || !e.Complete {
		return ""
	}
	return strings.Join(append([]string{pounds(e.Low) + " to " + pounds(e.High)}, notInIt(e)...), ". ")
}

// careTrip is the whole trip line by line.
func (h *Handlers) careTrip(p inCare, x referral.HospitalView) (care.Trip, bool) {
	e, ok := h.careEstimate(p, x)
	if !ok {
		return care.Trip{}, false
	}
	t := care.Trip{Title: x.Listed.Name + ", for " + strconv.Itoa(p.tripPeople()) + map[bool]string{true: " person", false: " people"}[p.tripPeople() == 1]}
	for _, l := range e.Lines {
		if l.Declined {
			continue
		}
		f := ui.Fact{Label: l.Label, Value: "Not known", Missing: true}
		if l.Known {
			f = ui.Fact{Label: l.Label, Value: spanSaid(l.Low, l.High), Number: true}
		}
		t.Lines = append(t.Lines, f)
	}
	if e.Complete {
		t.Lines = append(t.Lines, ui.Fact{Label: "Whole trip, about", Value: spanSaid(e.Low, e.High), Number: true, Strong: true})
		t.Notes = append(t.Notes, notInIt(e)...)
	} else {
		t.Notes = append(t.Notes, "A total would mislead: too much is not known.")
	}
	return t, true
}

func spanSaid(low, high money.Amount) string {
	if low == high {
		return low.String()
	}
	return low.String() + " to " + high.String()
}
