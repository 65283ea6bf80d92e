package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/desk"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

func init() {
	add(Story{Name: "cases/desk", Page: caseAtDesk()}, Story{Name: "cases/hospital", Page: caseAtHospital()}, Story{Name: "cases/hospital-cover", Page: caseCover()}, Story{Name: "cases/messages", Page: caseMessages()},
		Story{Name: "cases/offer", Page: caseOffer()}, Story{Name: "cases/offer-problems", Page: caseOfferProblems()}, Story{Name: "cases/package-missing", Page: casePackage(true)}, Story{Name: "cases/package-whole", Page: casePackage(false)},
		Story{Name: "cases/package-medicines", Page: caseMedicines()}, Story{Name: "cases/changed-meanwhile", Page: caseChanged()})
}

func caseFrame(title, section string) views.Frame {
	f := site(title)
	f.Bar = &views.AccountBar{Section: section, Name: "Dr Leela Example", Role: "hospital clinician", Organisation: "Example Orthopaedic Centre", Account: ui.Link{Text: "Your account", Href: "/account"}, SignOut: "/sign-out"}
	f.Breadcrumb = []ui.Link{{Text: section, Href: "/portal"}, {Text: "Referrals", Href: "/portal/referrals"}}
	f.PrintLine = "Referral copy. Do not leave it where others can read it."
	return f
}

func caseMenu() ui.SideNav {
	return ui.SideNav{Label: "Pages", Items: []ui.SideItem{{Text: "Overview", Href: "/portal"}, {Text: "Referrals", Href: "/portal/referrals", Count: "3", Said: "waiting", Current: true}}}
}

func hospitalStory(title string, tag ui.Badge, parts ...views.Part) templ.Component {
	f := caseFrame(title, "Hospital portal")
	return portal.View(f, portal.Page{Menu: caseMenu(), Title: title, Tag: tag, Parts: parts})
}

var caseWho = ui.Identity{Name: "SAMPLE, Meena (Mrs)", Facts: []ui.Fact{{Label: "Born", Value: "14 May 1958"}, {Label: "NHS number", Value: "999 000 0018"}, {Label: "Age", Value: "68"}, {Label: "Sex", Value: "Female"}}}

var caseRecord = cases.Record{Sections: []cases.Section{
	{ID: "reason", Title: "Reason", Facts: ui.SummaryList{{Label: "Treatment", Value: "Knee replacement"}, {Label: "Question for the hospital", Value: "Is a replacement right for me?"}, {Label: "Main problem", Value: endless}, {Label: "Condition", Value: "Not provided", Missing: true}}},
	{ID: "history", Title: "History", Facts: ui.SummaryList{{Label: "History", Value: rightward}}, Lists: []cases.List{{Title: "Medicines", Items: []string{"Paracetamol, 1 g, 4 times a day", endless}}, {Title: "Allergies", None: "None known. This was confirmed."}}},
}}

var caseClock = portal.Box{Title: "Times that run", Parts: []views.Part{ui.SummaryList{{Label: "Hospital answers", Value: "30 November 2026", Note: "5 days left"}, {Label: "Last day for an answer", Value: "Stands still", Note: "It goes on when the question or the hold is over."}}}}

func caseAtDesk() templ.Component {
	hospitals := ui.StackTable{Caption: "Hospitals the patient chose", Head: []ui.Column{{Text: "Hospital"}, {Text: "Answer"}, {Text: "May be sent it"}, {Text: "Since"}}, Rows: []ui.Row{
		{Cells: []ui.Cell{{Text: "Example Orthopaedic Centre", Note: "Chennai", Link: ui.Link{Text: "Agreement", Hidden: "with Example Orthopaedic Centre", Href: "/desk/agreements/x"}}, {Body: ui.Badge{Tone: ui.Info, Text: "Opened"}.View()}, {Body: cases.Reasons{OK: "Was sent it"}.View()}, {Text: "Sent 23 November 2026"}}},
		{Cells: []ui.Cell{{Text: endless}, {Body: ui.Badge{Tone: ui.Neutral, Text: "Not sent"}.View()}, {Body: cases.Reasons{OK: "Yes", List: []string{"No signed agreement for the transfer of data", "The price list is older than 180 days"}}.View()}, {Text: "Not sent", Missing: true}}}}}
	main := []views.Part{cases.Alert{Title: "Safety hold", Text: []string{"Nothing moves forward until a safety reviewer lifts the hold."}}, cases.Alert{Title: "2 warning signs to look at", List: []string{"Blood clots", "Takes apixaban"}},
		portal.Group{ID: "hospitals", Title: "Hospitals", Note: "In the patient’s order. Only the patient chooses.", Parts: []views.Part{hospitals}}, caseRecord}
	side := []views.Part{cases.Acts{ID: "do-next", Title: "Next", Items: []cases.Act{{Link: ui.Link{Text: "Say that the warning signs were looked at", Href: "/desk/referrals/x/do/clear_flags"}, First: true}, {Link: ui.Link{Text: "Send a reminder or escalate", Href: "/desk/referrals/x/do/chase"}}}},
		cases.Acts{ID: "do-end", Title: "End it", Items: []cases.Act{{Link: ui.Link{Text: "Put the hospital in doubt", Href: "/desk/referrals/x/do/hold_provider"}, Note: "Example Orthopaedic Centre"}}}, caseClock}
	f := caseFrame("Referral CC-7K3M-9Q", "Alliance desk")
	return desk.View(f, desk.Page{Menu: caseMenu(), Title: "Referral CC-7K3M-9Q", Caption: "Referred by Dr Tom Example, Sample Road Surgery. Routine", Tag: ui.Badge{Tone: ui.Warn, Text: "To check"}, Parts: []views.Part{caseWho, cases.Columns{Main: main, Side: side}}})
}

func caseAtHospital() templ.Component {
	mark := cases.Watermark{Text: "Dr Leela Example, Example Orthopaedic Centre, 24 November 2026, 9:00am UK", Print: "Looking at this page is recorded, and the patient can see it. A printed copy carries your name."}
	return hospitalStory("Referral CC-7K3M-9Q", ui.Badge{Tone: ui.Warn, Text: "Waits for your answer"}, mark, caseWho, cases.Columns{Main: []views.Part{caseRecord, quoteStory()},
		Side: []views.Part{cases.Acts{ID: "do-next", Title: "Next", Items: []cases.Act{{Link: ui.Link{Text: "Give an opinion and a quote", Href: "/portal/referrals/x/offer"}, First: true}, {Link: ui.Link{Text: "Ask a question", Href: "/portal/referrals/x/do/ask"}}}}, caseClock}})
}

func caseCover() templ.Component {
	return hospitalStory("Referral CC-7K3M-9Q", ui.Badge{Tone: ui.Warn, Text: "New, not opened"}, views.Para("A patient chose you and agreed that you may see this referral. It is not opened yet."),
		portal.Press{Action: "/portal/referrals/x/open", Button: ui.Button{Text: "Open the referral"}}, caseClock)
}

func quoteStory() cases.Quote {
	return cases.Quote{ID: "offer-2", Title: "Version 2", Note: "Signed by Dr Leela Example on 24 November 2026", State: ui.Badge{Tone: ui.Seen, Text: "Newest, in date"}, Opinion: "A replacement is reasonable.\nPhysiotherapy first is another way.", Total: "£5,450",
		Lines: []cases.QuoteGroup{{Title: "What must be paid", Lines: ui.Lines{{Label: "Operation", Value: "£4,500", Number: true}, {Label: "Room, 5 nights", Value: "£950", Number: true}}}, {Title: "What may come on top", Lines: ui.Lines{{Label: "Intensive care", Value: "Not known"}}}},
		Facts: ui.SummaryList{{Label: "Valid until", Value: "31 March 2027"}, {Label: "Results", Value: "The hospital does not publish its results for this procedure"}}, More: ui.Link{Text: "Earlier versions", Href: "/portal/referrals/x/offers/1"}}
}

func caseMessages() templ.Component {
	form := func(id, to string) views.Part {
		return portal.Form{Action: "/portal/referrals/x/messages", Parts: []views.Part{ui.Field{ID: id, Name: "text", Label: "Write to " + to, Type: "textarea"}}, Buttons: []ui.Button{{Text: "Send message", Hidden: "to " + to}}}
	}
	return hospitalStory("Messages", ui.Badge{}, cases.Thread{ID: "thread-a", Title: "Example Orthopaedic Centre", Form: form("text", "the patient"), Messages: []cases.Message{
		{From: "Dr Leela Example, hospital clinician", When: "24 November 2026, 9:00am UK, 2:30pm India", ISO: "2026-11-24T09:00:00Z", Text: "Which knee is it?", What: "The hospital asked a question", Own: true},
		{From: "Patient", When: "24 November 2026, 10:00am UK, 3:30pm India", ISO: "2026-11-24T10:00:00Z", Text: rightward, New: true},
		{From: "Listing owner", When: "24 November 2026, 11:00am UK", ISO: "2026-11-24T11:00:00Z", Text: endless, Caution: "This speaks of payment or a bank account."}}},
		cases.Thread{ID: "thread-b", Title: "With the sender and the patient", Empty: "Nothing has been written.", Form: form("text-b", "the sender")})
}

func quoteLines() cases.QuoteLines {
	return cases.QuoteLines{Action: "/portal/referrals/x/offer", CanAdd: true, Options: views.KindWords, Sum: cases.QuoteSum{Text: "The charges that must be paid add up to ₹4,50,000. The total is the same.", OK: true},
		Rows: []cases.QuoteRow{{ID: "row-0", N: "1", Label: "Operation", Amount: "450000", Kind: "mandatory"}, {ID: "row-1", N: "2"}}}
}

func caseOffer() templ.Component {
	return hospitalStory("Give an opinion and a quote", ui.Badge{}, portal.Form{Action: "/portal/referrals/x/offer", Parts: []views.Part{views.Subheading{Text: "Opinion"}, ui.Field{ID: "text", Label: "Your written opinion", Type: "textarea"}, quoteLines(), ui.Field{ID: "total", Label: "Total", Prefix: "₹"}}, Buttons: []ui.Button{{Text: "Preview it as the patient reads it"}}})
}

func caseOfferProblems() templ.Component {
	lines := quoteLines()
	lines.Error, lines.Rows[1].AmountBad = "Add at least 1 line that is part of the total", "Enter the amount of line 2"
	lines.Sum = cases.QuoteSum{Text: "The charges that must be paid add up to ₹4,50,000, but the total is ₹4,60,000. Make them the same."}
	f := caseFrame("Give an opinion and a quote", "Hospital portal")
	f.Failed, f.Errors = true, &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter the amount of line 2", FieldID: "row-1-amount"}, {Text: lines.Error, FieldID: "lines"}}}
	return portal.View(f, portal.Page{Menu: caseMenu(), Title: "Give an opinion and a quote", Parts: []views.Part{portal.Form{Action: "/portal/referrals/x/offer", Parts: []views.Part{lines}, Buttons: []ui.Button{{Text: "Preview it as the patient reads it"}}}}})
}

func casePackage(missing bool) templ.Component {
	m := cases.Missing{ID: "missing", Title: "Nothing is missing", Text: "All 20 items are complete, and every aftercare item has somebody who does it."}
	status := "Completed"
	if missing {
		m = cases.Missing{ID: "missing", Title: "What is still missing", Text: "2 things to put right before it can be signed.", Advice: []string{"Not needed, but should be there: imaging."},
			Items: []ui.Link{{Text: "Item 9, antibiotics: enter the antibiotics, or that none were given", Href: "/x#antibiotics"}, {Text: "Nobody is named for: Wound check", Href: "/x#items"}}}
		status = "In progress"
	}
	tasks := ui.TaskList{Groups: []ui.TaskGroup{{Title: "Parts", Tasks: []ui.Task{{ID: "task-stay", Text: "Patient, stay and clinician", Href: "/x/stay", Status: "Completed"}, {ID: "task-medicines", Text: "Medicines, antibiotics, allergies", Href: "/x/medicines", Status: status}}}}}
	parts := []views.Part{m, tasks}
	if !missing {
		parts = append(parts, portal.Form{Action: "/x", Parts: []views.Part{views.Para("You sign as Dr Leela Example.")}, Buttons: []ui.Button{{Text: "Sign and send the package"}}})
	}
	return hospitalStory("Discharge package", ui.Badge{}, parts...)
}

func caseMedicines() templ.Component {
	row := func(n string) cases.RowItem {
		return cases.RowItem{Legend: "Medicine " + n, Fields: []views.Part{ui.Field{ID: "m-drug-" + n, Label: "Generic name: medicine " + n}, ui.Field{ID: "m-dose-" + n, Label: "Dose: medicine " + n, Error: "Enter the dose"},
			ui.DateField{ID: "m-from-" + n, Legend: "First day: medicine " + n}, views.CheckBox{ID: "m-new-" + n, Name: "m-new-" + n, Text: "New in this stay: medicine " + n}}}
	}
	return hospitalStory("Medicines, antibiotics, allergies", ui.Badge{}, portal.Form{Action: "/x", Parts: []views.Part{views.CheckBox{ID: "none", Name: "none", Text: "No medicines"},
		cases.Rows{ID: "medicines", Legend: "Medicines at discharge", Hint: "Write generic names.", Error: "Enter the medicines, or that there are none", Items: []cases.RowItem{row("1"), row("2")}, Add: ui.Button{Text: "Add another medicine", Name: "do", Value: "add", Look: ui.Secondary}},
		cases.Fieldset{Legend: "Wound check", Hint: "7 days after discharge.", Fields: []views.Part{ui.Field{ID: "who", Label: "Name of who does it"}}}}, Buttons: []ui.Button{{Text: "Save and continue"}}})
}

func caseChanged() templ.Component {
	f := caseFrame("Propose dates", "Hospital portal")
	f.Failed, f.Errors = true, &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Somebody changed this after you opened it. Check what is new, then do it again"}}}
	return portal.View(f, portal.Page{Menu: caseMenu(), Title: "Propose dates", Parts: []views.Part{cases.Alert{Title: "This changed after you opened the page", Text: []string{"What you typed is kept below."}}, ui.Timeline{Items: []ui.Step{{Title: "The hospital proposed dates", Text: "24 November 2026", State: "done"}}},
		cases.Find{Action: "/desk/access-log", Field: ui.Field{ID: "reference", Label: "Reference of the referral"}, Button: "Show the list"}, cases.Sheet{Title: "What this site fills in", Facts: ui.SummaryList{{Label: "Patient", Value: "Meena Sample"}}, Foot: []string{"Not a promise of a visa."}}}})
}
