package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var asked = []views.EnquiryHospital{
	{Name: "Sample Lotus Hospital", Place: "Chennai, Tamil Nadu", URL: link.Hospital("sample-lotus"), Slug: "sample-lotus", Sample: true},
	{Name: mixed, Place: rightward, Slug: "mixed", Unreachable: true},
}

func enquiryFrame(title string) views.Frame {
	f := around(title, "")
	f.PrintLine = ""
	return f
}

func failed(f views.Frame, problems ...ui.Problem) views.Frame {
	f.Errors = &ui.ErrorSummary{Problems: problems}
	return f
}

var answers = []views.EnquirySection{
	{Title: "Whom you ask", Facts: ui.SummaryList{{Label: "Hospitals", Value: "Sample Lotus Hospital", Link: ui.Link{Text: "Change", Href: "/enquiry/hospitals", Hidden: "hospitals"}}}},
	{Title: "About you", Facts: ui.SummaryList{{Label: "Main problem", Value: mixed + " घुटने में दर्द", Link: ui.Link{Text: "Change", Href: "/enquiry/problem", Hidden: "main problem"}}, {Label: "Telephone", Value: "Not given", Missing: true}}},
}

func init() {
	form := views.EnquiryForm{Caption: "Step 2 of 8", Heading: "Treatment and main problem", Lead: []string{"A doctor at the hospital reads this."}, Action: "/enquiry/problem", Foot: []string{"Kept for 7 days."},
		Parts: []views.Part{
			ui.Field{ID: "problem", Label: "What is the main problem?", Hint: "At most 1,000 characters.", Type: "textarea", Rows: 6, Value: mixed},
			ui.Choices{ID: "seen", Name: "seen", Legend: "Have you seen a UK doctor?", Options: []ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No", Checked: true}, {Value: "unsure", Text: "Not sure", Hint: "That is all right."}}},
			views.Subheading{Text: "When", Note: "Roughly is enough."},
			views.DateFields{ID: "from", Name: "from", Legend: "Earliest day", Hint: "For example 12 1 2027.", Day: "31", Month: "2", Year: "2027", Error: "Enter a date that exists"},
			views.CheckBox{ID: "feedback", Name: "feedback", Text: "You may ask me for feedback", Hint: "Only after a stay."},
			views.CheckBox{ID: "send", Name: "send", Text: "Send to " + mixed, Error: "Tick the box or remove the hospital"},
		}}
	wrong := failed(enquiryFrame("Treatment and main problem"), ui.Problem{Text: "Enter a date that exists", FieldID: "from"}, ui.Problem{Text: "Tick the box or remove the hospital", FieldID: "send"})
	confirm := views.EnquiryForm{Heading: "Delete your data?", Lead: []string{"This cannot be undone."}, Action: "/", Submit: "Delete my data", Danger: true, Other: views.Anchor{Text: "No, keep it", URL: "/"}}
	files := []views.EnquiryFile{{Name: "report.pdf", Kind: "PDF", Size: "1.2 MB", State: "Not scanned yet. No hospital can open it.", RemoveValue: "1"}, {Name: mixed + strings.Repeat("x", 200), Kind: "JPEG", Size: "24 MB", State: "Scanned: safe.", RemoveValue: "2"}}
	records := views.EnquiryRecords{Caption: "Step 7 of 8", Action: "/enquiry/records", Upload: "/enquiry/records/add", Limits: []string{"PDF, JPEG, PNG, TIFF or DICOM", "25 MB each, at most 10"}}
	full := records
	full.Files, full.Full = files, true
	refused := records
	refused.Files, refused.Refused = files, []string{"run.exe is a program. Add a PDF, JPEG, PNG, TIFF or DICOM file", "scan.dcm is larger than 25 MB. Choose a smaller file"}
	add(
		Story{Name: "enquiry/start", Page: views.EnquiryStartPage(enquiryFrame("Ask for a quote"), views.EnquiryStart{Action: "/enquiry/start", Hospitals: asked, Track: views.Anchor{Text: "See an enquiry that you sent", URL: link.Track}})},
		Story{Name: "enquiry/start-resume", Page: views.EnquiryStartPage(enquiryFrame("Ask for a quote"), views.EnquiryStart{Action: "/enquiry/start", Unsent: "22 November 2026", Continue: "/enquiry/problem"})},
		Story{Name: "enquiry/hospitals-empty", Page: views.EnquiryHospitalsPage(failed(enquiryFrame("Hospitals"), ui.Problem{Text: "Choose at least 1 hospital", FieldID: "chosen"}), views.EnquiryHospitals{Action: "/enquiry/hospitals", Most: 3, Problem: "Choose at least 1 hospital", Query: mixed, Searched: true})},
		Story{Name: "enquiry/hospitals", Page: views.EnquiryHospitalsPage(enquiryFrame("Hospitals"), views.EnquiryHospitals{Action: "/enquiry/hospitals", Caption: "Step 1 of 8", Most: 3, Chosen: asked, Searched: true, Query: "apollo", Found: asked, Shortlist: asked[:1], Others: []ui.Link{{Text: "Search by treatment", Href: link.HospitalsPath}}})},
		Story{Name: "enquiry/hospitals-full", Page: views.EnquiryHospitalsPage(enquiryFrame("Hospitals"), views.EnquiryHospitals{Action: "/enquiry/hospitals", Most: 2, Chosen: asked, Notes: []string{"“" + mixed + "” is no longer listed, so it is left out."}})},
		Story{Name: "enquiry/form", Page: views.EnquiryFormPage(enquiryFrame("Treatment and main problem"), form)},
		Story{Name: "enquiry/form-wrong", Page: views.EnquiryFormPage(wrong, form)},
		Story{Name: "enquiry/confirm", Page: views.EnquiryFormPage(enquiryFrame("Delete your data?"), confirm)},
		Story{Name: "enquiry/records", Page: views.EnquiryRecordsPage(enquiryFrame("Records"), records)},
		Story{Name: "enquiry/records-full", Page: views.EnquiryRecordsPage(enquiryFrame("Records"), full)},
		Story{Name: "enquiry/records-refused", Page: views.EnquiryRecordsPage(failed(enquiryFrame("Records"), ui.Problem{Text: refused.Refused[0], FieldID: "file"}, ui.Problem{Text: refused.Refused[1], FieldID: "file"}), refused)},
		Story{Name: "enquiry/check", Page: views.EnquiryCheckPage(enquiryFrame("Check your answers"), views.EnquiryCheck{Sections: answers, Sendable: true, Action: "/enquiry/check"})},
		Story{Name: "enquiry/check-unreachable", Page: views.EnquiryCheckPage(enquiryFrame("Check your answers"), views.EnquiryCheck{Sections: answers, Unsent: asked[1:], Letter: views.Anchor{Text: "Print a letter", URL: "/enquiry/letter"}})},
		Story{Name: "enquiry/done", Page: views.EnquiryDonePage(enquiryFrame("Enquiry sent"), views.EnquiryDone{Code: "CC-7K3M-9Q", Sent: asked[:1], AnswerBy: "30 November 2026", MailedTo: "the address you gave", Track: views.Anchor{Text: "See your enquiry", URL: "/enquiry/track"}})},
		Story{Name: "enquiry/done-demo", Page: views.EnquiryDonePage(enquiryFrame("Enquiry sent"), views.EnquiryDone{Code: "CC-7K3M-9Q", Sent: asked[:1], Kept: asked[1:], AnswerBy: "30 November 2026", MailedTo: "the address you gave", Track: views.Anchor{Text: "See your enquiry", URL: "/enquiry/track"}, Letter: views.Anchor{Text: "Print a letter", URL: "/enquiry/letter"}, Demo: []views.Anchor{{Text: "Answer for Sample Lotus Hospital", URL: "/answer/x"}}, MailPlace: "var/mail"})},
		Story{Name: "enquiry/stop-999", Page: views.EnquiryStopPage(enquiryFrame("Get help now"), views.EnquiryStop{Heading: "Get help now", Emergency: true, Found: mixed, Text: []string{"These can be signs of an emergency."}, Action: "/enquiry/treatment", Explain: "If it is not so now, you can go on.", Continue: &ui.Button{Text: "It is not so now: continue", Look: ui.Secondary, Name: "not_now", Value: "emergency"}, Keep: []ui.Hidden{{Name: "problem", Value: mixed}}})},
		Story{Name: "enquiry/stop-111", Page: views.EnquiryStopPage(enquiryFrame("See your GP first"), views.EnquiryStop{Heading: "See your GP first", Urgent: true, Text: []string{"The NHS sees people with suspected cancer quickly."}, Action: "/enquiry/treatment"})},
		Story{Name: "enquiry/stop-excluded", Page: views.EnquiryStopPage(enquiryFrame("We cannot help"), views.EnquiryStop{Heading: "We do not arrange organ transplants", Text: []string{mixed}, Links: []views.Anchor{{Text: "Guide", URL: link.Guide}}, Action: "/enquiry/treatment"})},
		Story{Name: "enquiry/unsent", Page: views.EnquiryUnsentPage(enquiryFrame("This enquiry was sent already"), views.EnquiryUnsent{Heading: "This enquiry was sent already", Text: []string{"You sent it from another page."}, Typed: []string{mixed + "\nSecond line", rightward}, Links: []views.Anchor{{Text: "See the confirmation", URL: "/enquiry/sent"}}})},
		Story{Name: "enquiry/letter", Page: views.EnquiryLetterPage(enquiryFrame("Letter"), views.EnquiryLetter{To: []string{"Sample Lotus Hospital", mixed}, Date: "22 November 2026", Text: []string{"I live in the United Kingdom."}, Facts: answers[1].Facts, Ask: []string{"Every charge"}, Back: views.Anchor{Text: "Back", URL: "/enquiry/check"}})},
	)
}
