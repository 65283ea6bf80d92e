package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// Lines of the quote form: how many there are at first, and how many a press of the button adds.
const (
	firstLines = 6
	moreLines  = 4
)

// offerOf reads the form. rows says which row of the form each line of the offer came from: empty rows are left out.
func offerOf(v url.Values) (o enquiry.Offer, rows []int, bad check.List) {
	o = enquiry.Offer{Currency: money.Currency(v.Get("currency")), Complications: enquiry.Complications(v.Get("complications")), ComplyText: check.Lines(v.Get("complications_text")),
		Refund: check.Lines(v.Get("refund")), Excludes: check.Lines(v.Get("excludes")), AssessedAt: v.Get("assessed_at"), AssessedWhen: v.Get("assessed_when"),
		By: enquiry.Signatory{Name: v.Get("by_name"), Role: v.Get("by_role"), Registration: v.Get("by_registration")}, NoCommission: v.Get("no_commission") == "yes"}
	o.ValidUntil = readDate(v, "valid_until", "the date the quote is valid until", &bad)
	o.StayNights = readCount(v, "stay_nights", "Nights in hospital", &bad)
	o.DaysInIndia = readCount(v, "days_in_india", "Days in India", &bad)
	for i := range lineCount(v) {
		label, amount := at(v["label"], i), strings.TrimSpace(at(v["amount"], i))
		if strings.TrimSpace(label) == "" && amount == "" {
			continue
		}
		line := enquiry.Line{Kind: enquiry.LineKind(at(v["kind"], i)), Label: label}
		if minor, ok := minorOf(amount); ok {
			line.Minor = &minor
		} else if amount != "" {
			bad.Add("lines."+strconv.Itoa(len(o.Lines))+".amount", "Enter the amount of charge %d in figures, for example 450000", i+1)
		}
		o.Lines, rows = append(o.Lines, line), append(rows, i)
	}
	if total := strings.TrimSpace(v.Get("total")); total != "" {
		minor, ok := minorOf(total)
		if !ok {
			bad.Add("total", "Enter the total in figures, for example 450000")
		}
		o.TotalMinor = minor
	}
	return o, rows, bad
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func lineCount(v url.Values) int {
	return min(max(len(v["label"]), len(v["amount"])), enquiry.MaxLines)
}

// readCount reads an optional whole number.
func readCount(v url.Values, name, what string, bad *check.List) *int {
	s := strings.TrimSpace(v.Get(name))
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		bad.Add(name, "%s must be a whole number, or empty", what)
		return nil
	}
	return &n
}

// minorOf reads an amount as people write it: grouping commas of any kind, an optional sign of the currency, at
// most two decimals.
func minorOf(s string) (minor int64, ok bool) {
	s = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "£", "", "₹", "", "$", "").Replace(strings.TrimSpace(s))
	whole, part, _ := strings.Cut(s, ".")
	if len(whole) == 0 || len(whole) > 15 || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	minor, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	return minor, err == nil
}

// quoteForm is the form with what was typed and what is wrong with it.
func quoteForm(v url.Values, rows []int, bad check.List) views.QuoteForm {
	f := views.QuoteForm{Heading: "Give a quote", LinesBad: bad.On("lines"), CanAdd: len(v["label"]) < enquiry.MaxLines,
		Lead:     []string{"The patient compares quotes side by side. Everything that must be paid is part of the total: nothing that is certain may be added later."},
		Currency: radios("currency", "Currency of the quote", v, bad, ui.Choice{Value: "INR", Text: "Indian rupees (₹)"}, ui.Choice{Value: "GBP", Text: "Pounds (£)"}, ui.Choice{Value: "USD", Text: "US dollars ($)"}),
		Total:    ui.Field{ID: "total", Label: "Total of the charges that must be paid", Value: v.Get("total"), Error: bad.On("total"), InputMode: "decimal", Width: "10"}}
	for i := range max(len(v["label"]), firstLines) {
		l := views.QuoteLineFields{ID: "row-" + strconv.Itoa(i), N: strconv.Itoa(i + 1), Label: at(v["label"], i), Amount: at(v["amount"], i), Kind: at(v["kind"], i)}
		if n := slices.Index(rows, i); n >= 0 {
			l.LabelBad, l.AmountBad = bad.On("lines."+strconv.Itoa(n)+".label"), bad.On("lines."+strconv.Itoa(n)+".amount")
		}
		f.Lines = append(f.Lines, l)
	}
	f.Parts = quoteTerms(v, bad)
	return f
}

func quoteTerms(v url.Values, bad check.List) []views.Part {
	line := func(id, label, hint string) ui.Field {
		return ui.Field{ID: id, Label: label, Hint: hint, Value: v.Get(id), Error: bad.On(id)}
	}
	area := func(id, label, hint string) ui.Field {
		f := line(id, label, hint)
		f.Type = "textarea"
		return f
	}
	nights, days := line("stay_nights", "Nights in hospital", ""), line("days_in_india", "Days in India in all", "From arrival until the patient may fly.")
	nights.Optional, nights.Width, nights.InputMode = true, "5", "numeric"
	days.Optional, days.Width, days.InputMode = true, "5", "numeric"
	number := line("by_registration", "Medical council registration number", "Of a doctor who answers.")
	number.Optional = true
	return []views.Part{
		dateFields("valid_until", "Valid until", "At least 30 days from today, for example 31 3 2027.", v, bad),
		nights, days,
		views.Subheading{Text: "Terms"},
		radios("complications", "Who pays for treating a complication?", v, bad, complicationChoices...),
		area("complications_text", "Complications, in your words", "What is covered, where, and what is not."),
		area("refund", "Refund terms", "Deposits, cancelling, and what happens if the operation cannot be done."),
		area("excludes", "What is not included", ""),
		views.Subheading{Text: "Assessment before the operation"},
		line("assessed_at", "Where", "A place, or by video."),
		line("assessed_when", "When it can be", "For example within 2 weeks, or on arrival."),
		views.Subheading{Text: "Who answers"},
		line("by_name", "Name", ""), line("by_role", "Role", "For example consultant orthopaedic surgeon."), number,
		views.CheckBox{ID: "no_commission", Name: "no_commission", Text: "Nobody is paid for sending this patient to us", Checked: v.Get("no_commission") == "yes", Error: bad.On("no_commission")},
	}
}

var complicationChoices = []ui.Choice{
	{Value: string(enquiry.Included30), Text: "Included for 30 days"},
	{Value: string(enquiry.Included90), Text: "Included for 90 days"},
	{Value: string(enquiry.Insured), Text: "Covered by an insurance in the price"},
	{Value: string(enquiry.NotCovered), Text: "Not included: the patient pays"},
}

// quoteProblems turns problems of lines into links to the rows they came from.
func quoteProblems(bad check.List, rows []int) []ui.Problem {
	var out []ui.Problem
	for _, p := range bad {
		id := p.Field
		if rest, ok := strings.CutPrefix(id, "lines."); ok {
			n, field, _ := strings.Cut(rest, ".")
			if i, err := strconv.Atoi(n); err == nil && i < len(rows) {
				id = "row-" + strconv.Itoa(rows[i]) + "-" + field
			}
		}
		out = append(out, ui.Problem{Text: p.Say, FieldID: id})
	}
	return out
}

// hiddenOf carries a form through another page; rows stay in their order.
func hiddenOf(form url.Values) []ui.Hidden {
	var out []ui.Hidden
	for i := range lineCount(form) {
		out = append(out, ui.Hidden{Name: "label", Value: at(form["label"], i)}, ui.Hidden{Name: "kind", Value: at(form["kind"], i)}, ui.Hidden{Name: "amount", Value: at(form["amount"], i)})
	}
	for _, name := range slices.Sorted(maps.Keys(form)) {
		switch name {
		case "label", "kind", "amount", "do":
			continue
		}
		out = append(out, ui.Hidden{Name: name, Value: form.Get(name)})
	}
	return out
}

// offerValues fills the form with an earlier version, for a newer one. Its date and the confirmation are asked anew.
func offerValues(o enquiry.Offer) url.Values {
	v := url.Values{"currency": {string(o.Currency)}, "total": {amountIn(o.TotalMinor)}, "complications": {string(o.Complications)}, "complications_text": {o.ComplyText}, "refund": {o.Refund}, "excludes": {o.Excludes},
		"assessed_at": {o.AssessedAt}, "assessed_when": {o.AssessedWhen}, "by_name": {o.By.Name}, "by_role": {o.By.Role}, "by_registration": {o.By.Registration}}
	for _, l := range o.Lines {
		amount := ""
		if l.Minor != nil {
			amount = amountIn(*l.Minor)
		}
		v["label"], v["kind"], v["amount"] = append(v["label"], l.Label), append(v["kind"], string(l.Kind)), append(v["amount"], amount)
	}
	for name, n := range map[string]*int{"stay_nights": o.StayNights, "days_in_india": o.DaysInIndia} {
		if n != nil {
			v.Set(name, strconv.Itoa(*n))
		}
	}
	return v
}

// amountIn is minor units as an input shows them.
func amountIn(minor int64) string {
	s := strconv.FormatInt(minor/100, 10)
	if p := minor % 100; p != 0 {
		s += fmt.Sprintf(".%02d", p)
	}
	return s
}
