package stories

import (
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// caring is the frame of a patient's own page.
func caring(title string) views.Frame {
	f := site(title)
	f.NoIndex, f.Breadcrumb = true, []ui.Link{{Text: "Your referral", Href: link.Care}}
	f.Bar = &views.AccountBar{Section: "Referral CC-7K3M-9Q", Name: "You are signed in", SignOut: link.CareLeave, Idle: 1800, Stay: link.CareStay,
		Nav: []views.NavItem{{Text: "Your referral", Href: link.Care, Current: true}, {Text: "Documents", Href: link.CareDocuments}, {Text: "What you agree to", Href: link.CareConsents}, {Text: "Before you travel", Href: link.CareTravel}, {Text: "Aftercare", Href: link.CareAftercare}, {Text: "Who looked", Href: link.CareLooked}}}
	return f
}

var (
	careHospitals = []care.Hospital{
		{ID: "hospital-1", Name: "Sample Lotus Hospital", Place: "Chennai", URL: "/", Sample: true, State: ui.Badge{Tone: ui.Info, Text: "Has answered"}, Said: []string{"Read the opinion and everything else before you decide."}, Unread: "1 new message",
			Total: ui.Lines{{Label: "Total you must pay", Value: "₹4,50,000", Note: "valid until 31 December 2026", Number: true, Strong: true}}, Links: []ui.Link{{Text: "Open", Href: "/"}, {Text: "Read the opinion and quote", Href: "/"}}},
		{ID: "hospital-2", Name: mixed, Place: wordy, State: ui.Badge{Tone: ui.Neutral, Text: "Cannot offer it"}, Said: []string{markup}, Links: []ui.Link{{Text: "Open", Href: "/"}}},
	}
	careOverview = care.Overview{Reference: "CC-7K3M-9Q", State: ui.Badge{Tone: ui.Info, Text: "Your decision"}, Said: []string{"Compare the answers and take your time. Nobody may press you."}, Expected: "Sample Lotus Hospital answers by 27 November 2026.",
		Holds:     []ui.Caution{{Title: "You paused sharing", Text: []string{"No hospital can open your referral until you let it go on."}, Link: ui.Link{Text: "Go on with sharing", Href: "/"}}},
		Next:      []care.Do{{Title: "Compare the answers", Text: "Side by side, with what the whole trip may cost.", Urgent: true, Button: ui.Button{Text: "Compare the answers", Href: "/"}}, {Title: mixed, Text: wordy, Button: ui.Button{Text: "Open", Href: "/"}}},
		Hospitals: careHospitals, Timeline: ui.Timeline{Items: []ui.Step{{Title: "22 November 2026, 9:00am UK, 2:30pm India", DateTime: "2026-11-22T09:00:00Z", Text: "You sent it to us.", State: "now"}, {Title: "21 November 2026, 9:00am UK, 2:30pm India", DateTime: "2026-11-21T09:00:00Z", Text: mixed, State: "done"}}},
		Facts: ui.SummaryList{{Label: "Treatment", Value: "Total knee replacement"}, {Label: "Reference", Value: "CC-7K3M-9Q", Note: "With it and your email address you get a new link."}, {Label: "Referred by", Value: rightward, Note: stacked}},
		Links: []care.Links{{Title: "Your referral in full", Links: []ui.Link{{Text: "Documents", Href: "/"}}}, {Title: "Your data", Links: []ui.Link{{Text: "Who looked at my record", Href: "/"}, {Text: "Have my data deleted", Href: "/"}}}}}
	careNew = care.Overview{Reference: "CC-7K3M-9Q", State: ui.Badge{Tone: ui.Neutral, Text: "Not sent yet"}, Said: []string{"You are writing your request. Nobody else sees it."}, Timeline: ui.Timeline{Items: []ui.Step{{Title: "22 November 2026", Text: "You began this.", State: "now"}}}}
)

func careConsents() care.Consents {
	words := []string{"I agree that " + mixed + " in Chennai, India, may have: the reason for the referral, my medical history, medicines, allergies and safety answers, my age and sex, and 1 document, to give me an opinion and a quote.", wordy}
	items := []string{"Reason, history, medicines, allergies and safety answers, with your age and sex", "Document: " + endless, "If you accept its offer: your name and date of birth"}
	return care.Consents{Action: "/", Keep: []ui.Hidden{{Name: "version", Value: "3"}}, CanGive: true, Submit: "I agree to what I ticked", Hint: "We mail you a code to confirm that it is you.", Back: ui.Link{Text: "Your referral", Href: "/"},
		Lead: []string{"Each box is a separate choice. Nothing is ticked for you."},
		Groups: []care.ConsentGroup{
			{Title: "Your referral", Consents: []care.Consent{{ID: "consent-c1", Title: "use my health information to prepare this referral", Words: []string{"I agree that Care Corridor may use the health information."}, Given: "22 November 2026, 9:00am UK",
				Withdraw: &care.Press{Button: ui.Button{Text: "Take this back", Href: "/", Look: ui.Secondary, Hidden: ": use my health information"}}}}},
			{Title: mixed, Note: "Both are needed for this hospital.", Problem: "The consent must list what is shared", Consents: []care.Consent{
				{ID: "consent-c2-1", Name: "agree", Value: "C2 x", Title: "this hospital may have these items", Words: words, Items: items, Needed: "Needed before it can be sent.", Ended: "You agreed on 21 November 2026, before something was added. Agree again."},
				{ID: "consent-c3-1", Name: "agree", Value: "C3 x", Title: "they may be sent to India", Words: words[:1], Items: items, Ticked: true}}},
			{Title: "Afterwards", Consents: []care.Consent{{ID: "consent-c5", Title: "my GP gets the discharge papers", Words: words[:1], Given: "22 November 2026, 9:00am UK", Withdraw: &care.Press{Action: "/", Button: ui.Button{Text: "Take this back", Look: ui.Secondary, Hidden: ": my GP gets the papers"}}}}},
		},
		After: []views.Part{care.Sections{{Title: "Your other choices", Links: []ui.Link{{Text: "Pause all sharing for a while", Href: "/"}}}}}}
}

func careCompare() care.Compare {
	table := ui.StackTable{Caption: "Quotes side by side", Head: []ui.Column{{Text: "What"}, {Text: "Sample Lotus Hospital"}, {Text: mixed}}, Rows: []ui.Row{
		{Cells: []ui.Cell{{Text: "Total you must pay"}, {Text: "₹4,50,000"}, {Text: "₹5,10,000"}}}, {Cells: []ui.Cell{{Text: "Whole trip, about"}, {Text: "£6,120 to £8,400"}, {Text: "Not stated", Missing: true}}}, {Cells: []ui.Cell{{Text: "Refund"}, {Text: wordy}, {Text: markup}}}}}
	trip := care.Trip{Title: "Sample Lotus Hospital, for 2 people", Lines: ui.Lines{{Label: "Treatment", Value: "£3,610", Number: true}, {Label: "Flights", Value: "£900 to £1,500", Number: true}, {Label: "Insurance for planned treatment", Value: "Not known", Missing: true}, {Label: "Whole trip, about", Value: "£6,120 to £8,400", Number: true, Strong: true}}}
	return care.Compare{Lead: []string{"What each hospital states. £1 is ₹124.60."}, Table: table, Trip: []care.Trip{trip, {Title: mixed, Lines: trip.Lines[:2], Notes: []string{"A total would mislead: too much is not known."}}}, Cards: careHospitals[:1], Others: careHospitals[1:], Back: ui.Link{Text: "Your referral", Href: "/"},
		Notes: []ui.Caution{{Title: "Before you accept", Text: []string{"Read what can go wrong."}, Link: ui.Link{Text: "What can go wrong", Href: "/"}}}}
}

func careTravel() care.Travel {
	return care.Travel{Lead: []string{"You accepted the offer of Sample Lotus Hospital."}, Done: "2 of 9 points are done.", Back: ui.Link{Text: "Your referral", Href: "/"},
		Notices: []ui.Caution{{Title: "You can still change your mind", Text: []string{"Until 7 December 2026, 12:00am UK."}, Link: ui.Link{Text: "Take it back", Href: "/"}}},
		Dates:   ui.SummaryList{{Label: "Arrive in India", Value: "1 February 2027"}, {Label: "First day to fly home", Value: "20 February 2027", Note: "Do not book an earlier flight."}},
		Do:      []care.Do{{Title: "Agree to the dates", Text: "The hospital has proposed dates.", Urgent: true, Button: ui.Button{Text: "Look at the dates", Href: "/"}}},
		Gates: []care.Gate{{ID: "gate-g1", Title: "You spoke to the clinician who will treat you", Who: "You do this. Recorded on 24 November 2026", Status: "Done", Done: true, Facts: ui.SummaryList{{Label: "Clinician", Value: mixed}, {Label: "Language", Value: endless}}, Link: ui.Link{Text: "Change", Hidden: ": you spoke to the clinician", Href: "/"}},
			{ID: "gate-g2", Title: "The hospital has reviewed your test results", Who: "The hospital does this", Status: "To do"}, {ID: "gate-g5", Title: wordy, Who: "You do this", Status: "To do", Link: ui.Link{Text: "Do this now", Hidden: ": insurance", Href: "/"}}},
		Papers: ui.SummaryList{{Label: "Passport details", Value: "Not given yet", Missing: true}, {Label: "Visa invitation letter", Value: "Number VL-7K3M-9QWE-2X", Link: ui.Link{Text: "Download the letter (PDF)", Href: "/"}}},
		Links:  []ui.Link{{Text: "Print everything for the journey", Href: "/"}}}
}

func carePapers() care.Sheet {
	t := ui.StackTable{Caption: "Medicines", Head: []ui.Column{{Text: "Medicine"}, {Text: "How much and how"}, {Text: "In the UK"}}, Rows: []ui.Row{{Cells: []ui.Cell{{Text: "Apixaban", Note: "tablet"}, {Text: "2.5 mg, by mouth, twice a day"}, {Text: "Not stated", Missing: true}}}}}
	return care.Sheet{Heading: "Your discharge papers", Caption: "Referral CC-7K3M-9Q", Print: true, Wide: true, Lead: []string{"Signed by the hospital’s clinician on 12 February 2027."}, Back: ui.Link{Text: "Your referral", Href: "/"}, Foot: []string{"Keep them."},
		Before: []views.Part{ui.Identity{Name: "SAMPLE, Meena", Facts: []ui.Fact{{Label: "Born", Value: "14 May 1958"}, {Label: "NHS number", Value: "999 000 0018"}}}},
		Sections: []care.Section{{ID: "alert", Title: "Overseas healthcare alert until 12 February 2028", Text: []string{wordy}}, {Title: "Stay", Facts: ui.SummaryList{{Label: "Patient", Value: mixed}, {Label: "Clinician", Value: endless}}}, {Title: "Diagnoses", List: []string{"Osteoarthritis of knee", markup}},
			{Title: "Medicines to take now", Tables: []ui.StackTable{t}}, {Title: "Visa letter", Parts: []views.Part{care.QR{Size: 8, Path: "M0 0h1v1h-1zM3 4h4v2h-4z", Label: "QR code that leads to the page that checks the letter"}}, Links: []ui.Link{{Text: "operation-note.pdf", Href: "/"}}}},
		Do: []views.Part{care.Press{Action: "/", Lead: "If something is missing, write to the hospital first.", Button: ui.Button{Text: "I have received it"}},
			care.FormPart{Action: "/", Button: ui.Button{Text: "Acknowledge these papers"}, Parts: []views.Part{ui.Field{ID: "by", Label: "Your name and role", Error: "Enter your name and role"}}}}}
}

func careDocuments(refused []string) care.Documents {
	return care.Documents{Lead: []string{"A hospital sees your documents only after you agree."}, Action: "/", Upload: "/", Keep: []ui.Hidden{{Name: "version", Value: "1"}}, Kinds: []ui.Option{{Value: "imaging", Text: "X-ray, scan or its report"}}, Refused: refused, Accept: ".pdf", Limits: "PDF or JPEG, at most 25 MB each.",
		Files: []care.File{{Name: "knee.pdf", Kind: "X-ray", Size: "1.2 MB", State: "Checked for viruses.", Open: "/", Remove: "1"}, {Name: endless, Kind: "Letter", Size: "12 KB", State: "Blocked: it may hold a virus.", Blocked: true, Remove: "2"}, {Name: mixed, Kind: "Document", Size: "1 KB", State: "Being checked for viruses.", From: "Added by your doctor’s practice"}},
		Go:    &ui.Button{Text: "Continue", Name: "go", Value: "on"}, Back: ui.Link{Text: "Your referral", Href: "/"}}
}

func careStep() views.EnquiryForm {
	return views.EnquiryForm{Caption: "Part 5 of 7", Heading: "Your health", Lead: []string{"If there is nothing to say, tick the box that says so."}, Action: "/", Keep: []ui.Hidden{{Name: "version", Value: "4"}},
		Before: []views.Part{ui.Caution{Title: "This page was changed after you opened it", Text: []string{"What you typed is in the form below."}}, ui.Compare{Caption: "What is kept and what you typed", ShowBefore: true, Old: "Kept now", New: "What you typed", Rows: []ui.CompareRow{{Field: "Height", Old: "160", New: "162"}, {Field: "Problem", New: endless}}}},
		Parts: []views.Part{
			care.Errors{ID: "medicines", Title: "Medicines", Hint: "All you take.", Error: "Enter the medicines, or select that none are taken"}, views.CheckBox{ID: "no_medicines", Name: "no_medicines", Text: "I take no medicines"},
			care.Group{ID: "medicines-0", Legend: "Medicine 1", Parts: []views.Part{ui.Field{ID: "medicines.0.drug", Name: "medicines.drug", Label: "Name", Value: mixed}, ui.Field{ID: "medicines.0.dose", Name: "medicines.dose", Label: "How much", Hint: "For example 5 mg", Error: "Enter the dose"}, views.DateFields{ID: "operations.0.on", Name: "operations.on", Legend: "When"}}},
			care.More{Text: "Add more medicines", Value: "more"}, ui.Field{ID: "height_cm", Label: "Height in centimetres", Width: "5", InputMode: "decimal"}}, Other: views.Anchor{Text: "Back to the list without saving", URL: "/"}}
}

func careProblem() views.EnquiryForm {
	return views.EnquiryForm{Heading: "Report a problem", Action: "/", Submit: "Tell the hospital and Care Corridor", Before: []views.Part{care.Way{Call: "999", Title: "Call 999 now", Text: []string{"For chest pain or trouble breathing."}}, care.Way{Call: "111", Title: "Call 111 if it cannot wait until tomorrow", Text: []string{"For fever or a leaking wound."}}},
		Parts: []views.Part{ui.Choices{ID: "severity", Name: "severity", Legend: "How bad is it?", Options: []ui.Choice{{Value: "urgent", Text: "Urgent: it cannot wait until tomorrow", Hint: "Call 111 now."}, {Value: "worrying", Text: "It worries me, and it can wait"}}}, ui.Field{ID: "what", Label: "What happened?", Type: "textarea", Error: "Say what happened"}}}
}

func init() {
	tasks := ui.TaskList{Groups: []ui.TaskGroup{{Title: "1. About you", Tasks: []ui.Task{{ID: "task-you", Text: "Who you are", Href: "/", Status: "Completed"}, {ID: "task-care", Text: "Your GP and what helps you", Href: "/", Status: "In progress"}}}, {Title: "5. Hospitals and what you agree to", Tasks: []ui.Task{{ID: "task-send", Text: "Check your answers and send", Hint: "Complete the other parts first", Status: "Cannot start yet"}}}}}
	request := care.Sheet{Heading: "Your request", Lead: []string{"Reference CC-7K3M-9Q. You have completed 1 of 11 parts."}, Before: []views.Part{ui.Caution{Title: "We need something more from you", Text: []string{"More information is needed.", mixed}}}, Sections: []care.Section{{Parts: []views.Part{tasks}}}, Back: ui.Link{Text: "Your referral", Href: "/"}}
	hospital := care.Sheet{Heading: mixed, Caption: "Chennai", Before: []views.Part{care.Paragraph("Has a question")}, Sections: []care.Section{{Title: "This hospital", Facts: ui.SummaryList{{Label: "Accreditation", Value: "NABH hospital, until 1 June 2028", Note: "As it was when you chose the hospital."}}},
		{Parts: []views.Part{care.Thread{Title: "Questions and messages", Items: append(said[:len(said):len(said)], views.Message{From: mixed, When: "26 November 2026", ISO: "2026-11-26", Text: "Pay by UPI.", Caution: "Care Corridor never asks for a deposit."})}, care.FormPart{Action: "/", Button: ui.Button{Text: "Send my answer"}, Parts: []views.Part{ui.Field{ID: "text", Label: "Your answer", Type: "textarea", Error: "Enter the text"}}}}}}, Back: ui.Link{Text: "Your referral", Href: "/"}}
	code := account.Form{Heading: "You were signed out", Action: "/", Lead: []string{"What you typed is kept on this page."}, Keep: []ui.Hidden{{Name: "waiting", Value: markup}}, Parts: []views.Part{ui.Field{ID: "code", Label: "Code", Hint: "The digits in the mail.", Width: "10", InputMode: "numeric", Autocomplete: "one-time-code", Error: "This code does not work. Check the digits, or get a new code"}},
		After: []views.Part{account.Press{Action: "/", Button: ui.Button{Text: "Mail me a new code", Look: ui.Secondary}}}}
	card := care.Card{Name: mixed, Text: "I stayed overnight in a hospital in India: Sample Lotus Hospital, Chennai, from 1 February 2027 to 12 February 2027. UK hospitals may need to test me for resistant germs. I tell any UK hospital or care home before I am admitted, until 12 February 2028.", Until: "12 February 2028", Phone: "+91 44 0000 0000", Lead: []string{"Show this before you are admitted."}, Back: ui.Link{Text: "Your referral", Href: "/"}}
	entrance := account.Form{Heading: "Your referral", Lead: []string{"You need no account and no password."}, Last: []views.Part{care.Demo{Action: "/", Patients: []care.DemoPatient{{Reference: "CC-7K3M-9Q", Name: "Meena Sample", State: "With the hospitals"}, {Reference: "CC-9999-9Q", Name: rightward, State: "Closed"}}}}}
	add(
		Story{Name: "care/entrance", Page: account.FormPage(signingIn("Your referral"), entrance)},
		Story{Name: "care/overview", Page: care.OverviewPage(caring("Your referral CC-7K3M-9Q"), careOverview)},
		Story{Name: "care/overview-new", Page: care.OverviewPage(caring("Your referral CC-7K3M-9Q"), careNew)},
		Story{Name: "care/request", Page: care.SheetPage(caring("Your request"), request)},
		Story{Name: "care/step", Page: views.EnquiryFormPage(failed(caring("Your health"), ui.Problem{Text: "Enter the medicines, or select that none are taken", FieldID: "medicines"}, ui.Problem{Text: "Enter the dose", FieldID: "medicines.0.dose"}), careStep())},
		Story{Name: "care/documents", Page: care.DocumentsPage(caring("Documents"), careDocuments(nil))},
		Story{Name: "care/documents-refused", Page: care.DocumentsPage(failed(caring("Documents"), ui.Problem{Text: "a.exe is not a PDF", FieldID: "file"}), careDocuments([]string{"a.exe is not a PDF", endless}))},
		Story{Name: "care/documents-none", Page: care.DocumentsPage(caring("Documents"), care.Documents{Lead: []string{"A hospital sees your documents only after you agree."}, Full: true, Back: ui.Link{Text: "Your referral", Href: "/"}})},
		Story{Name: "care/consents", Page: care.ConsentsPage(caring("What you agree to"), careConsents())},
		Story{Name: "care/hospital", Page: care.SheetPage(failed(caring("Hospital"), ui.Problem{Text: "Enter the text", FieldID: "text"}), hospital)},
		Story{Name: "care/compare", Page: care.ComparePage(caring("Quotes side by side"), careCompare())},
		Story{Name: "care/travel", Page: care.TravelPage(caring("Before you travel"), careTravel())},
		Story{Name: "care/papers", Page: care.SheetPage(failed(caring("Your discharge papers"), ui.Problem{Text: "Enter your name and role", FieldID: "by"}), carePapers())},
		Story{Name: "care/card", Page: care.CardPage(caring("Your overseas-care card"), card)},
		Story{Name: "care/problem", Page: views.EnquiryFormPage(failed(caring("Report a problem"), ui.Problem{Text: "Say what happened", FieldID: "what"}), careProblem())},
		Story{Name: "care/code", Page: account.FormPage(failed(signingIn("You were signed out"), ui.Problem{Text: "This code does not work. Check the digits, or get a new code", FieldID: "code"}), code)},
		Story{Name: "visa-letter/ask", Page: care.VerifyPage(failed(signingIn("Check a visa invitation letter"), ui.Problem{Text: "Enter the number", FieldID: "number"}), care.Verify{Action: link.VisaLetter, Number: markup, Problem: "Enter the number as it is on the letter"})},
		Story{Name: "visa-letter/valid", Page: care.VerifyPage(signingIn("Check a visa invitation letter"), care.Verify{Action: link.VisaLetter, Number: "VL-7K3M-9QWE-2X", Asked: true, Valid: true, On: "22 November 2026"})},
		Story{Name: "visa-letter/not-valid", Page: care.VerifyPage(signingIn("Check a visa invitation letter"), care.Verify{Action: link.VisaLetter, Number: "VL-7K3M-9QWE-2X", Asked: true, On: "22 November 2026"})},
	)
}
