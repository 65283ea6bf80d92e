package stories

import (
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"

	"github.com/a-h/templ"
)

func init() {
	hostile := tripResult()
	hostile.Heading, hostile.Lines[0].Label, hostile.Lines[0].Note, hostile.Answers[1].Value = mixed, overlong, markup, wordy
	hostile.Lines[3].Figures[0].Words = endless
	add(
		Story{Name: "trip/first-question", Page: tripPage(firstQuestion(""), nil)},
		Story{Name: "trip/first-question-wrong", Page: tripPage(firstQuestion("We do not know a treatment called “xyz”"), []ui.Problem{{Text: "We do not know a treatment called “xyz”", FieldID: "treatment"}})},
		Story{Name: "trip/choices", Page: tripPage(choiceQuestion(""), nil)},
		Story{Name: "trip/choices-wrong", Page: tripPage(choiceQuestion("Choose an airport"), []ui.Problem{{Text: "Choose an airport", FieldID: "from"}})},
		Story{Name: "trip/nights", Page: tripPage(nightsQuestion(), nil)},
		Story{Name: "trip/stopped", Page: tripPage(views.TripQuestion{Title: "Kidney transplant", Number: 1, Of: 8, Stop: excludedTreatment().Excluded, Back: views.Anchor{Text: "Choose another treatment", URL: link.TripCost}}, nil)},
		Story{Name: "trip/result", Page: tripCost(tripResult())},
		Story{Name: "trip/result-sample", Page: tripCost(sampleTripResult())},
		Story{Name: "trip/result-nothing-known", Page: tripCost(bareTripResult())},
		Story{Name: "trip/result-hostile", Page: tripCost(hostile)},
	)
}

func tripPage(q views.TripQuestion, problems []ui.Problem) templ.Component {
	f := around(q.Title, link.TripCost)
	if len(problems) > 0 {
		f.Errors = &ui.ErrorSummary{Problems: problems}
	}
	q.Action = link.TripCost
	return views.TripQuestionPage(f, q)
}

func tripCost(r views.TripResult) templ.Component {
	return views.TripResultPage(around(r.Heading, link.TripResultPath, ui.Link{Text: "Work out the cost of a trip", Href: link.TripCost}), r)
}

func firstQuestion(problem string) views.TripQuestion {
	return views.TripQuestion{Title: "Which treatment are you thinking about?", Number: 1, Of: 8, Lead: []string{"8 short questions."},
		Search: &views.TripSearch{ID: "treatment", Name: "q", Label: "Treatment or condition", Hint: "For example, knee replacement", Value: markup, Error: problem, Suggest: link.TripSuggest},
		Skip:   views.Anchor{Text: "I don’t know yet", URL: "/trip-cost?treatment=unknown"}, QuickOf: "Not sure what it is called?", Quick: []views.Anchor{{Text: "All treatments", URL: link.Treatments}}}
}

func choiceQuestion(problem string) views.TripQuestion {
	q := views.TripQuestion{Title: "Which UK airport would you use?", Number: 3, Of: 8, Keep: []ui.Hidden{{Name: "treatment", Value: "x"}}, Answers: tripResult().Answers[:2], Back: views.Anchor{Text: "Back to the question before", URL: link.TripCost}}
	q.Choices = &ui.Choices{ID: "from", Name: "from", Legend: q.Title, Hint: "Check with the airline.", Error: problem, PageHeading: true,
		Options: []ui.Choice{{Value: "LHR", Text: "London Heathrow Airport", Hint: "Non-stop to Delhi, announced in 2025", Checked: true}, {Value: "MAN", Text: wordy}, {Value: "unknown", Text: "I don’t know"}}}
	return q
}

func nightsQuestion() views.TripQuestion {
	return views.TripQuestion{Title: "How many nights would you stay in India?", Number: 5, Of: 8, Field: &ui.Field{ID: "nights", Label: "Nights, hospital included", Hint: "Our source says 15 to 21 nights.", Value: "15 to 21", Width: "10"},
		Skip: views.Anchor{Text: "I don’t know: use 15 to 21 nights", URL: "/trip-cost?nights=unknown"}, Sources: []views.Anchor{{Text: "A page", URL: "https://example.org/stay"}}}
}

func tripResult() views.TripResult {
	source := views.Anchor{Text: "A price page", URL: "https://example.org/prices"}
	old := views.TripFigure{Words: "3-star hotel near hospital: US$45 per night", Dated: "No date given, check it", Stale: true, Source: source}
	change := views.Anchor{Text: "Change", URL: link.TripCost}
	return views.TripResult{Heading: "What a trip for total knee replacement may cost", Lead: "For 2 people, in pounds. These are not offers.",
		Totals: []ui.StatTile{{Value: "£5,350", Label: "Low"}, {Value: "£7,200", Label: "Likely"}, {Value: "£9,700", Label: "High"}}, Leaves: "The total leaves out what is not known: visas; insurance.",
		Lines: []views.TripRow{
			{Label: "Treatment", Low: "£3,000", Likely: "£3,750", High: "£4,500", Note: "Indicative range in India from 8 sources.", Figures: []views.TripFigure{{Words: "Read in", Source: views.Anchor{Text: "8 sources with their dates", URL: "/treatments/x#prices"}, Dated: "The oldest: no date given, check it", Stale: true}}},
			{Label: "Return flights, 2 people", Low: "£890", Likely: "£900", High: "£910", Figures: []views.TripFigure{{Words: "Return Manchester to Mumbai: from £447 per person", Dated: "Dated 1 November 2026", Source: source}}},
			{Label: "e-Medical visa for India, each person", Unknown: "Not known, ask", Note: "We hold no source for the fee."},
			{Label: "Room near the hospital, 15 to 21 nights", Low: "£220", Likely: "£610", High: "£1,570", Figures: []views.TripFigure{old, old, {Words: "A figure without a page", Source: views.Anchor{Text: "A newspaper"}}}},
			{Label: "Insurance", Unknown: "Left out, as you chose"}},
		Total: views.TripRow{Label: "Whole trip", Low: "£5,350", Likely: "£7,200", High: "£9,700"},
		Costs: sampleTreatment().Costs, CostBy: "Price in pounds.", UK: views.Fact{Label: "UK, paying yourself", Value: "£13,500 to £17,200", Note: "7 sources", Source: source}, Wait: views.Fact{Label: "NHS wait", Value: "15 weeks or less", Note: "January 2026"},
		Rates: []views.TripFigure{{Words: "Exchange rate: £1 is US$1.33", Dated: "Average of June 2026, more than 90 days old, check it", Stale: true}}, Assumed: []string{"2 people travel: you and 1 person with you."}, Ask: []string{"Is this the full price?"},
		Answers: []views.TripAnswer{{Label: "Treatment", Value: "Total knee replacement", Change: change}, {Label: "Where", Value: "Any hospital in Chennai", Change: change}, {Label: "Month", Value: "You do not know", Change: change}},
		Next:    []views.Anchor{{Text: "Summary to take to your GP", URL: "/treatments/x/summary"}}}
}

func sampleTripResult() views.TripResult {
	r := tripResult()
	r.Sample, r.Notices = true, []views.Notice{{Title: "This hospital is invented", Text: []string{"It exists only to show how this page works."}}, {Title: "The price may change before your trip", Text: []string{"Valid until 31 December 2027."}, Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}}}
	return r
}

func bareTripResult() views.TripResult {
	r := tripResult()
	r.Heading, r.Totals, r.Leaves, r.Costs, r.Rates, r.Next = "What your trip may cost", nil, "", chart.Costs{}, nil, nil
	r.Missing = &views.Notice{Title: "We cannot give you a whole-trip total", Text: []string{"A total without these parts would mislead you."}, Items: []string{"The price.", "The time in India."}}
	r.Total, r.UK, r.Wait = views.TripRow{Label: "Whole trip", Unknown: "Cannot be added up yet"}, views.Fact{Label: "UK, paying yourself"}, views.Fact{Label: "NHS wait"}
	return r
}
