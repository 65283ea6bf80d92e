package stories

import (
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var said = []views.Message{
	{From: "Sample Lotus Hospital", When: "24 November 2026, 4:12pm UK, 9:42pm India", ISO: "2026-11-24T16:12:00Z", Text: "Can you send the X-ray?\n\nThank you."},
	{From: "You", When: "25 November 2026, 9:00am UK", ISO: "2026-11-25T09:00:00Z", Text: mixed + " दर्द\n" + wordy, Own: true},
}

var oneQuote = views.Quote{Hospital: "Sample Lotus Hospital", Sample: true, Code: "CC-7K3M-9Q", Treatment: "Total knee replacement", Version: "Version 2, given on 24 November 2026", ValidUntil: "31 December 2026",
	State: views.Mark{Text: "Newest version, in date", Look: views.LookInfo}, Total: "₹4,50,000", TotalNote: "About £3,610 at ₹124.60 to £1 on 20 November 2026",
	Mandatory: []views.QuoteRow{{Label: "Surgeon, theatre and implant", Value: "₹4,00,000"}, {Label: mixed, Value: "₹50,000"}}, Optional: []views.QuoteRow{{Label: "Single room", Value: "₹20,000"}}, OnTop: []views.QuoteRow{{Label: "Blood, a unit", Value: "₹2,500"}},
	Facts:   ui.SummaryList{{Label: "Complications", Value: "Treatment of a complication within 30 days is included."}, {Label: "Refund", Value: wordy}, {Label: "Answered by", Value: mixed}},
	Actions: []views.Anchor{{Text: "Accept this quote", URL: "/"}, {Text: "Decline", URL: "/"}}, Older: []views.Anchor{{Text: "Version 1, 23 November 2026", URL: "/"}}, PDF: views.Anchor{Text: "Download as PDF", URL: "/"}, Back: views.Anchor{Text: "Your enquiry", URL: "/"}}

func init() {
	history := ui.Timeline{Items: []ui.Step{{Title: "25 November 2026, 9:00am UK", DateTime: "2026-11-25", Text: "You wrote to Sample Lotus Hospital.", State: "now"}, {Title: "22 November 2026, 9:00am UK", DateTime: "2026-11-22", Text: "You sent the enquiry.", State: "done"}}}
	track := views.Track{Code: "CC-7K3M-9Q", State: views.Mark{Text: "Open", Look: views.LookInfo}, Sent: "22 November 2026, 9:00am UK", Treatment: "Total knee replacement", Compare: views.Anchor{Text: "Compare 2 quotes", URL: "/"}, Timeline: history,
		Answers: answers[1].Facts, Actions: []views.Anchor{{Text: "Withdraw my enquiry", URL: "/"}, {Text: "Delete my data", URL: "/"}}, Demo: []views.Anchor{{Text: "Answer for Sample Lotus Hospital", URL: "/"}},
		Hospitals: []views.TrackHospital{
			{ID: "hospital-1", Name: "Sample Lotus Hospital", URL: link.Hospital("x"), Sample: true, State: views.Mark{Text: "Gave a quote", Look: views.LookInfo}, Text: []string{"Read it, ask about it, and take your time."}, Total: "₹4,50,000", Valid: "valid until 31 December 2026", Quote: views.Anchor{Text: "Read the quote", URL: "/"}, Messages: said, Actions: []views.Anchor{{Text: "Ask a question", URL: "/"}}},
			{ID: "hospital-2", Name: mixed, State: views.Mark{Text: "Waiting for an answer", Look: views.LookNone}, Late: "An answer was expected by 30 November 2026."},
		}}
	gone := views.Track{Code: "CC-7K3M-9Q", State: views.Mark{Text: "Withdrawn", Look: views.LookNone}, Sent: "22 November 2026", Treatment: wordy, Closed: "You withdrew this enquiry on 26 November 2026.", Timeline: history, Answers: ui.SummaryList{{Label: "Main problem", Value: "Deleted", Missing: true}}}
	answer := views.Answer{Code: "CC-7K3M-9Q", Hospital: mixed, Sample: true, Demo: true, State: views.Mark{Text: "Waiting for your answer", Look: views.LookWarn}, AnswerBy: "30 November 2026", Summary: answers[1].Facts, NoContact: "The patient has not shared contact details yet.",
		Documents: []views.AnswerFile{{Name: "report.pdf", Kind: "PDF", Size: "1.2 MB", URL: "/"}, {Name: mixed, Kind: "PDF", Size: "1.2 MB", State: "Not scanned yet, so it cannot be opened."}}, Messages: said, Quotes: []views.Anchor{{Text: "Version 1", URL: "/"}}, Timeline: history,
		Actions: []views.Anchor{{Text: "Give a quote", URL: "/"}, {Text: "Ask for more", URL: "/"}, {Text: "Decline", URL: "/"}}}
	closed := views.Answer{Code: "CC-7K3M-9Q", Hospital: "Sample Lotus Hospital", State: views.Mark{Text: "Withdrawn", Look: views.LookNone}, Closed: "The patient withdrew this enquiry.", NoFiles: "No records are shared.", NoContact: "Not shared.", Timeline: history}
	rows := views.QuoteTable{Hospitals: []string{"Sample Lotus Hospital", mixed}, Note: "Figures are what each hospital states.", Rows: []views.QuoteCompare{{Label: "Total you must pay", Cells: []string{"₹4,50,000", "₹5,10,000"}, Note: "about £3,610 and £4,090"}, {Label: "Refund", Cells: []string{wordy, ""}}, {Label: "Valid until", Cells: []string{"31 December 2026", "31 December 2026"}}}}
	form := views.QuoteForm{Heading: "Give a quote", Action: "/", CanAdd: true, LinesBad: "The charges that must be paid come to ₹4,50,000, but the total says ₹4,00,000",
		Currency: ui.Choices{ID: "currency", Name: "currency", Legend: "Currency", Options: []ui.Choice{{Value: "INR", Text: "Indian rupees", Checked: true}, {Value: "GBP", Text: "Pounds"}}},
		Lines:    []views.QuoteLineFields{{ID: "lines-0", N: "1", Label: mixed, Amount: "4,00,000", Kind: "mandatory"}, {ID: "lines-1", N: "2", AmountBad: "Enter an amount such as 4500", LabelBad: "Say what it is for"}},
		Total:    ui.Field{ID: "total", Label: "Total of what must be paid", Value: "400000", InputMode: "decimal", Width: "10"}, Parts: []views.Part{ui.Field{ID: "refund", Label: "Refund terms", Type: "textarea"}}, Back: views.Anchor{Text: "Cancel", URL: "/"}}
	wrong := failed(enquiryFrame("Give a quote"), ui.Problem{Text: form.LinesBad, FieldID: "lines"}, ui.Problem{Text: "Enter an amount such as 4500", FieldID: "lines-1-amount"})
	add(
		Story{Name: "track/page", Page: views.TrackPage(enquiryFrame("Your enquiry"), track)},
		Story{Name: "track/closed", Page: views.TrackPage(enquiryFrame("Your enquiry"), gone)},
		Story{Name: "quote/page", Page: views.QuotePage(enquiryFrame("Quote"), oneQuote)},
		Story{Name: "quote/compare", Page: views.QuoteComparePage(enquiryFrame("Quotes side by side"), rows, views.Anchor{Text: "Your enquiry", URL: "/"})},
		Story{Name: "quote/form", Page: views.QuoteFormPage(wrong, form)},
		Story{Name: "quote/preview", Page: views.QuotePreviewPage(enquiryFrame("Check the quote"), views.QuotePreview{Quote: oneQuote, Action: "/", EditTo: "/"})},
		Story{Name: "answer/page", Page: views.AnswerPage(enquiryFrame("Enquiry"), answer)},
		Story{Name: "answer/closed", Page: views.AnswerPage(enquiryFrame("Enquiry"), closed)},
	)
}
