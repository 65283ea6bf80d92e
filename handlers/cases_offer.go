package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// offerBlank is the form for an opinion with a quote, filled with the newest version when there is one.
func (h *Handlers) offerBlank(c echo.Context, p casePage) error {
	if _, ok := p.v.May(referral.Offer, p.own.ID); !ok {
		return h.showHospitalCase(c, http.StatusConflict, p, check.List{{Say: "An opinion cannot be given now. This is how the referral stands"}})
	}
	v := url.Values{"currency": {string(money.INR)}, "by_name": {p.who.Name}, "family": {h.familyOf(p.v)}}
	if o := p.own.Newest(); o != nil && o.Quote != nil {
		v = quoteValues(*o.Quote)
		v.Set("text", o.Text)
	}
	return h.showOffer(c, http.StatusOK, p, v, nil, nil)
}

// familyOf the treatment that was asked for.
func (h *Handlers) familyOf(v referral.View) string {
	if v.Clinical == nil {
		return ""
	}
	t, _ := h.cfg.Referrals.Directory.Treatment(v.Clinical.Treatment)
	return string(t.Family)
}

// quoteOf reads the form. rows says which row of the form each charge came from.
func quoteOf(v url.Values) (q referral.Quote, rows []int, bad check.List) {
	q.Offer, rows, bad = offerOf(v)
	q.Family, q.Keyhole = discharge.Family(v.Get("family")), v.Get("keyhole") == "yes"
	q.EarliestFlight = readCount(v, "earliest_flight_days", "Days until the patient can fly", &bad)
	q.Includes, q.Anaesthesia = v["includes"], referral.Anaesthesia(v.Get("anaesthesia"))
	q.Estimate = v.Get("estimate") == "yes"
	for name, into := range map[string]*int64{"low": &q.LowMinor, "high": &q.HighMinor, "deposit": &q.DepositMinor} {
		typed := strings.TrimSpace(v.Get(name))
		minor, ok := minorOf(typed)
		if *into = minor; typed != "" && !ok {
			bad.Add(name, "Enter the amount in figures, for example 450000")
		}
	}
	q.MovesIt = check.Lines(v.Get("moves_it"))
	q.Outcomes = referral.Outcomes{Published: v.Get("published") == "yes", Words: check.Lines(v.Get("outcomes")), Source: strings.TrimSpace(v.Get("outcomes_source"))}
	if n := readCount(v, "volume", "How many a year", &bad); n != nil {
		q.Outcomes.Volume = *n
	}
	return q, rows, bad
}

// quoteValues fills the form with an earlier version. The date and the confirmation are asked anew.
func quoteValues(q referral.Quote) url.Values {
	v := offerValues(q.Offer)
	v.Set("family", string(q.Family))
	v.Set("anaesthesia", string(q.Anaesthesia))
	v.Set("moves_it", q.MovesIt)
	v.Set("outcomes", q.Outcomes.Words)
	v.Set("outcomes_source", q.Outcomes.Source)
	v["includes"] = q.Includes
	for name, on := range map[string]bool{"keyhole": q.Keyhole, "estimate": q.Estimate, "published": q.Outcomes.Published} {
		if on {
			v.Set(name, "yes")
		}
	}
	for name, minor := range map[string]int64{"low": q.LowMinor, "high": q.HighMinor, "deposit": q.DepositMinor} {
		if minor != 0 {
			v.Set(name, amountIn(minor))
		}
	}
	if q.EarliestFlight != nil {
		v.Set("earliest_flight_days", strconv.Itoa(*q.EarliestFlight))
	}
	if q.Outcomes.Volume != 0 {
		v.Set("volume", strconv.Itoa(q.Outcomes.Volume))
	}
	return v
}

// quoteSum is the sum of what must be paid, compared with the total that was typed.
func quoteSum(q referral.Quote) cases.QuoteSum {
	sum := money.Amount{Minor: q.Sum(), Currency: q.Currency}
	switch {
	case q.Currency == "" || q.Sum() == 0:
		return cases.QuoteSum{Text: "Select a currency and enter the charges: they are added up here."}
	case q.TotalMinor == 0:
		return cases.QuoteSum{Text: "The charges that must be paid add up to " + sum.String() + ". Enter this as the total."}
	case q.TotalMinor == q.Sum():
		return cases.QuoteSum{Text: "The charges that must be paid add up to " + sum.String() + ". The total is the same.", OK: true}
	}
	return cases.QuoteSum{Text: "The charges that must be paid add up to " + sum.String() + ", but the total is " + q.Total().String() + ". Make them the same."}
}

// showOffer draws the form.
func (h *Handlers) showOffer(c echo.Context, status int, p casePage, v url.Values, rows []int, bad check.List) error {
	x := caseAsk{casePage: p, form: v, bad: bad}
	q, _, _ := quoteOf(v)
	s := caseSheet{title: "Give an opinion and a quote", caption: "Referral " + p.v.Reference, live: true, bad: lineProblems(bad, rows), before: []ui.Link{p.back()},
		lead: []string{"You sign this as " + p.who.Name + ". The patient compares opinions and quotes side by side."}}
	lines := cases.QuoteLines{Error: bad.On("lines"), CanAdd: len(v["label"]) < enquiry.MaxLines, Options: views.KindWords, Sum: quoteSum(q), Action: p.at("offer")}
	for i := range max(len(v["label"]), firstLines) {
		r := cases.QuoteRow{ID: "row-" + strconv.Itoa(i), N: strconv.Itoa(i + 1), Label: at(v["label"], i), Amount: at(v["amount"], i), Kind: at(v["kind"], i)}
		if n := slices.Index(rows, i); n >= 0 {
			r.LabelBad, r.AmountBad = bad.On("lines."+strconv.Itoa(n)+".label"), bad.On("lines."+strconv.Itoa(n)+".amount")
		}
		lines.Rows = append(lines.Rows, r)
	}
	total := x.line("total", "Total of the charges that must be paid", "")
	total.InputMode, total.Width = "decimal", "10"
	opinion := x.area("text", "Your written opinion", "Whether the treatment suits this patient, other ways, risks, and what should be done first. No prescription and no change of medicines: that is for the UK prescriber.")
	opinion.Rows = 12
	parts := slices.Concat([]views.Part{views.Subheading{Text: "Opinion"}, opinion, views.Subheading{Text: "Price"},
		x.radios("currency", "Currency of the quote", ui.Choice{Value: "INR", Text: "Indian rupees (₹)"}, ui.Choice{Value: "GBP", Text: "Pounds (£)"}, ui.Choice{Value: "USD", Text: "US dollars ($)"}), lines, total}, offerTerms(x))
	if status == http.StatusConflict {
		s.parts = append(s.parts, x.since()...)
	}
	if n := p.own.Newest(); n != nil {
		s.parts = append(s.parts, portal.Words{Text: "Version " + strconv.FormatInt(n.Number, 10) + " was given on " + ukTime(n.At) + " by " + n.ByName + ". What you give now becomes the next version, and the older ones stay as they are.", Mute: true})
	}
	s.parts = append(s.parts, portal.Form{ID: "offer", Action: p.at("offer"), Keep: p.versions(""), Parts: parts, Buttons: []ui.Button{{Text: "Preview it as the patient reads it"}}, Other: ui.Link{Text: "Go back without giving it", Href: p.at()}})
	return h.showCase(c, status, p.who, s)
}

// lineProblems names rows of the form instead of charges of the quote.
func lineProblems(bad check.List, rows []int) (out check.List) {
	for i, one := range quoteProblems(bad, rows) {
		field := bad[i].Field
		if one.FieldID != field {
			field = one.FieldID
		}
		out = append(out, check.Problem{Field: field, Say: one.Text})
	}
	return out
}

// offerTerms are the fields after the charges.
func offerTerms(x caseAsk) []views.Part {
	number := func(name, label, hint string) ui.Field {
		f := x.line(name, label, hint)
		f.Width, f.InputMode = "5", "numeric"
		return f
	}
	amount := func(name, label, hint string) ui.Field {
		f := x.line(name, label, hint)
		f.Width, f.InputMode = "10", "decimal"
		return f
	}
	until := dateFields("valid_until", "Valid until", "At least 30 days from today, for example 31 3 2027.", x.form, x.bad)
	until.ID = ui.IDOf("valid_until")
	includes := ui.Choices{ID: "includes", Name: "includes", Legend: "The total includes", Many: true, Error: x.bad.On("includes")}
	for _, i := range referral.Inclusions {
		includes.Options = append(includes.Options, ui.Choice{Value: i, Text: inclusionWords[i], Checked: slices.Contains(x.form["includes"], i)})
	}
	var anaesthetics []ui.Choice
	for _, a := range referral.Anaesthesias {
		anaesthetics = append(anaesthetics, ui.Choice{Value: string(a), Text: caseCode(string(a))})
	}
	return []views.Part{
		x.tick("estimate", "This is an estimate with a range", ""), amount("low", "Lowest price", "With an estimate."), amount("high", "Highest price", "With an estimate."), x.area("moves_it", "What moves the price between the two", "With an estimate."),
		amount("deposit", "Deposit", "Paid to the hospital alone. Leave empty for none."), until, includes, x.area("excludes", "What is not included", "For example flights, visa, a longer stay."),
		views.Subheading{Text: "Plan"}, x.families("family"), x.tick("keyhole", "The whole operation is by keyhole", ""), x.radios("anaesthesia", "Anaesthetic", anaesthetics...),
		number("stay_nights", "Nights in hospital", ""), number("earliest_flight_days", "Days from the operation to the first flight", "Not before the rule for this kind of procedure."), number("days_in_india", "Days in India in all", "More than the days until the first flight."),
		x.line("assessed_at", "Where the assessment is", "A place, or by video."), x.line("assessed_when", "When the assessment can be", ""),
		views.Subheading{Text: "Terms"}, x.radios("complications", "Who pays for treating a complication?", complicationChoices...), x.area("complications_text", "Complications, in your words", "What is covered, where, and what is not."),
		x.area("refund", "Refund terms", "Deposits, cancelling, and what happens if the operation cannot be done."),
		views.Subheading{Text: "Results"}, x.tick("published", "We publish our own results for this procedure", "Not publishing is allowed, and it is shown."), number("volume", "How many a year", ""),
		x.area("outcomes", "Results", "Infections and readmissions with counts and over which time."), x.line("outcomes_source", "Where they are published", ""),
		views.Subheading{Text: "Who answers"}, x.line("by_name", "Name", ""), x.line("by_role", "Role", "For example consultant orthopaedic surgeon."), x.line("by_registration", "Medical council and registration number", ""),
		x.tick("no_commission", "Nobody is paid for sending this patient to us", ""),
	}
}

// families is the choice of the kind of procedure.
func (x caseAsk) families(name string) ui.Field {
	f := x.line(name, "Kind of procedure", "The rules for flying and aftercare go by it.")
	f.Type = "select"
	f.Options = append(f.Options, ui.Option{Text: "Select a kind"})
	for _, r := range discharge.FlightRules {
		f.Options = append(f.Options, ui.Option{Value: string(r.Family), Text: r.Title, Selected: string(r.Family) == x.form.Get(name)})
	}
	return f
}

var inclusionWords = map[string]string{"room": "Room", "icu": "Intensive care", "surgeon": "Surgeon", "anaesthetist": "Anaesthetist", "implant": "Implant", "investigations": "Tests and scans", "medicines": "Medicines", "airport": "Airport transfer",
	"companion_stay": "Stay of a companion", "interpreter": "Interpreter", "physiotherapy": "Physiotherapy"}

// offerGive adds lines, works out the total, previews, goes back, or gives the opinion with its quote.
func (h *Handlers) offerGive(c echo.Context, p casePage) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	q, rows, bad := quoteOf(form)
	switch form.Get("do") {
	case "sum":
		if wantsFragment(c.Request()) {
			return show(c, http.StatusOK, quoteSum(q).View())
		}
		return h.showOffer(c, http.StatusOK, p, form, rows, nil)
	case "more":
		form["label"] = append(form["label"], make([]string, moreLines)...)
		return h.showOffer(c, http.StatusOK, p, form, rows, nil)
	case "edit":
		return h.showOffer(c, http.StatusOK, p, form, rows, nil)
	}
	text := check.Lines(form.Get("text"))
	bad.Need(strings.TrimSpace(text) != "", "text", "Enter your opinion")
	bad = append(bad, besides(q.Check(h.cfg.Referrals.Today()), bad)...)
	if !bad.OK() {
		return h.showOffer(c, http.StatusUnprocessableEntity, p, form, rows, bad)
	}
	if form.Get("do") != "give" {
		return h.offerPreview(c, p, form, referral.OfferView{Text: text, Quote: &q, ByName: p.who.Name, Newest: true, InDate: true})
	}
	return h.carryCase(c, p, referral.Offer, referral.Input{Version: versionOf(c), Text: text, Quote: &q}, func(status int, p casePage, bad check.List) error {
		if _, ok := p.v.May(referral.Offer, p.own.ID); !ok {
			return h.showHospitalCase(c, status, p, bad, caseTyped(form)...)
		}
		return h.showOffer(c, status, p, form, rows, bad)
	})
}

// offerPreview shows it as the patient will read it, before it is given.
func (h *Handlers) offerPreview(c echo.Context, p casePage, form url.Values, o referral.OfferView) error {
	doc := h.offerDoc(p, o)
	doc.Title, doc.Note = "What the patient will read", "Signed by "+p.who.Name+", "+p.who.OrgName
	keep := kept(form, "do", "confirmed")
	return h.showCase(c, http.StatusOK, p.who, caseSheet{title: "Check it before you give it", caption: "Referral " + p.v.Reference, before: []ui.Link{p.back()}, lead: []string{"Nothing is given yet. A version that was given is never changed: a newer one replaces it."},
		parts: []views.Part{doc, portal.Form{Action: p.at("offer"), Keep: keep, Buttons: []ui.Button{{Text: "Sign and give it to the patient", Name: "do", Value: "give"}}},
			portal.Form{Action: p.at("offer"), Keep: keep, Buttons: []ui.Button{{Text: "Go back and change it", Name: "do", Value: "edit", Look: ui.Secondary}}}}})
}

// offerRead is one version that was given.
func (h *Handlers) offerRead(c echo.Context, p casePage) error {
	for _, o := range p.own.Offers {
		if strconv.FormatInt(o.Number, 10) == c.Param("number") {
			return h.showCase(c, http.StatusOK, p.who, caseSheet{title: "Opinion and quote, version " + strconv.FormatInt(o.Number, 10), caption: "Referral " + p.v.Reference, before: []ui.Link{p.back()}, parts: []views.Part{h.offerDoc(p, o)}})
		}
	}
	return gonePart("version of an offer")
}

// offerDoc lays out one version.
func (h *Handlers) offerDoc(p casePage, o referral.OfferView) cases.Quote {
	doc := cases.Quote{ID: "offer-" + strconv.FormatInt(o.Number, 10), Title: "Version " + strconv.FormatInt(o.Number, 10), Opinion: o.Text, State: ui.Badge{Tone: ui.Neutral, Text: "Replaced"}}
	if !o.At.IsZero() {
		doc.Note = "Signed by " + o.ByName + " on " + bothTimes(o.At)
	}
	switch {
	case o.Newest && o.InDate:
		doc.State = ui.Badge{Tone: ui.Seen, Text: "Newest, in date"}
	case o.Newest && o.Quote != nil:
		doc.State = ui.Badge{Tone: ui.Warn, Text: "Newest, out of date"}
	case o.Newest:
		doc.State = ui.Badge{Tone: ui.Seen, Text: "Newest"}
	}
	if o.Quote == nil {
		return doc
	}
	doc.Total = o.Quote.Total().String()
	doc.Lines, doc.Facts = quoteGroups(*o.Quote), caseQuoteFacts(*o.Quote)
	return doc
}

func quoteGroups(q referral.Quote) (out []cases.QuoteGroup) {
	for _, g := range []struct {
		kind  enquiry.LineKind
		title string
	}{{enquiry.Mandatory, "What must be paid"}, {enquiry.Optional, "What may be chosen"}, {enquiry.OnTop, "What may come on top"}} {
		var lines ui.Lines
		for _, l := range q.Lines {
			if l.Kind != g.kind {
				continue
			}
			value := "Not known"
			if l.Minor != nil {
				value = money.Amount{Minor: *l.Minor, Currency: q.Currency}.String()
			}
			lines = append(lines, ui.Fact{Label: l.Label, Value: value, Number: true})
		}
		if len(lines) > 0 {
			out = append(out, cases.QuoteGroup{Title: g.title, Lines: lines})
		}
	}
	return out
}

func caseQuoteFacts(q referral.Quote) ui.SummaryList {
	days := func(n *int) string {
		if n == nil {
			return ""
		}
		return plural(*n, "day")
	}
	rule, _ := discharge.RuleOf(q.Family)
	out := ui.SummaryList{caseTold("Valid until", caseDay(q.ValidUntil)), caseTold("Who pays for a complication", complicationWords[q.Complications]), caseTold("Complications", q.ComplyText), caseTold("Refund", q.Refund), caseTold("Not included", q.Excludes)}
	if q.Estimate {
		low, high := q.Range()
		out = append(out, caseTold("Estimate", low.String()+" to "+high.String()+". "+q.MovesIt))
	}
	if q.DepositMinor > 0 {
		out = append(out, caseTold("Deposit, to the hospital", money.Amount{Minor: q.DepositMinor, Currency: q.Currency}.String()))
	}
	var includes []string
	for _, i := range q.Includes {
		includes = append(includes, lowerFirst(inclusionWords[i]))
	}
	nights := ""
	if q.StayNights != nil {
		nights = plural(*q.StayNights, "night")
	}
	out = append(out, caseTold("Includes", upperFirst(strings.Join(includes, ", "))), caseTold("Kind of procedure", rule.Title), caseTold("Anaesthetic", caseCode(string(q.Anaesthesia))), caseTold("In hospital", nights),
		caseTold("First flight after the operation", days(q.EarliestFlight)), caseTold("In India in all", days(q.DaysInIndia)), caseTold("Assessment", upperFirst(caseJoined(", ", q.AssessedAt, q.AssessedWhen))))
	results := "The hospital does not publish its results for this procedure"
	if q.Outcomes.Published {
		results = caseJoined(". ", plural(q.Outcomes.Volume, "operation")+" a year", q.Outcomes.Words, "Source: "+q.Outcomes.Source)
	}
	return append(out, caseTold("Results", results), caseTold("Who answers", caseJoined(", ", q.By.Name, q.By.Role, q.By.Registration)))
}
