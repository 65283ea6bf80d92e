package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

func init() {
	add(
		Story{Name: "refer/start", Page: refer.StartPage(signingIn("Refer a patient to a hospital in India"), referStart())},
		Story{Name: "refer/dashboard", Page: refer.DashboardPage(referring("My referrals"), referDashboard(true))},
		Story{Name: "refer/dashboard-empty", Page: refer.DashboardPage(referring("My referrals"), referDashboard(false))},
		Story{Name: "refer/tasks", Page: refer.View(referring("Refer a patient to a hospital in India"), referTasks())},
		Story{Name: "refer/form", Page: refer.View(referring("Medicines, allergies and safety checks"), referForm(false))},
		Story{Name: "refer/form-refused", Page: refer.View(refused(referring("Medicines, allergies and safety checks"), "medicines", "Enter the medicines, or select that none are taken"), referForm(true))},
		Story{Name: "refer/stop", Page: refer.View(referring("This may be an emergency"), referStop())},
		Story{Name: "refer/conflict", Page: refer.View(referring("Somebody else changed this"), referConflict())},
		Story{Name: "refer/documents", Page: refer.View(referring("Scans, letters and test results"), referDocuments())},
		Story{Name: "refer/hospitals", Page: refer.View(referring("Choose up to 5 hospitals"), referChoose())},
		Story{Name: "refer/check", Page: refer.View(referring("Check your answers"), referCheck())},
		Story{Name: "refer/sent", Page: refer.View(referring("Referral sent"), referSent())},
		Story{Name: "refer/timeline", Page: refer.View(referring("Timeline and messages"), referTimeline())},
		Story{Name: "refer/timeline-new", Page: refer.View(referring("Timeline and messages"), refer.Page{Title: "Timeline and messages", Wide: true, Parts: []views.Part{refer.Two{Left: refer.Group{ID: "timeline", Title: "Timeline", Parts: []views.Part{refer.History{Empty: "Nothing has happened yet."}}},
			Right: refer.Group{ID: "messages", Title: "Messages", Parts: []views.Part{refer.Words{Text: "Messages are possible once the referral is sent.", Mute: true}}}}}})},
	)
}

func referring(title string) views.Frame {
	f := site(title)
	f.NoIndex, f.Breadcrumb = true, []ui.Link{{Text: "My referrals", Href: link.ReferDashboard}, {Text: "Referral CC-7F4K-29", Href: link.Referral("CC-7F4K-29")}}
	f.Bar = &views.AccountBar{Section: "Referrals", Name: "Dr A. Example", Role: "referrer", Organisation: "Example Road Surgery", Nav: []views.NavItem{{Text: "My referrals", Href: link.ReferDashboard, Current: true}, {Text: "Start a referral", Href: link.ReferNew}},
		Account: ui.Link{Text: "Your account", Href: link.Account}, SignOut: link.SignOut}
	return f
}

func referPatient() *ui.Identity {
	return &ui.Identity{Name: "EXAMPLE, " + rightward + " (Mrs)", Facts: []ui.Fact{{Label: "Born", Value: "14 May 1958 (68 years)"}, {Label: "NHS number", Value: "999 000 0018"}, {Label: "Sex", Value: "Female"}}}
}

func referNext() ui.Timeline {
	return ui.Timeline{Plain: true, Items: []ui.Step{{Title: "Within 2 working days", Text: "We check it and send it to the hospitals"}, {Title: "Then", Text: "The patient compares written quotes and decides"}}}
}

func referStart() refer.Start {
	return refer.Start{Lead: "For a patient who has decided to pay for planned treatment in India.", Who: []string{"doctors and other registered clinicians"}, Not: []string{"emergencies: call 999", wordy}, Need: []string{"the patient’s NHS number, if you know it"},
		Minutes: "It takes about 8 minutes.", Begin: ui.Button{Text: "Start now", Href: link.ReferDashboard, Look: ui.Referrer}, Links: []ui.Link{{Text: "Sign in to see referrals you have sent", Href: link.ReferDashboard}}, Next: referNext(),
		Question: []ui.Link{{Text: "How we check hospitals", Href: link.HowWeCheck}}}
}

func referDashboard(some bool) refer.Dashboard {
	v := refer.Dashboard{Title: "All open", Start: ui.Button{Text: "Start a referral", Href: link.ReferNew, Look: ui.Referrer},
		Menu: ui.SideNav{Label: "Worklists", Items: []ui.SideItem{{Text: "All open", Href: link.ReferDashboard, Current: true, Count: "12", Said: "referrals"}, {Text: "Sent back to us", Href: "?list=returned", Count: "1", Said: "referral", Urgent: true}}},
		Filter: refer.Filter{Action: link.ReferDashboard, Label: "Filter referrals", Button: ui.Button{Text: "Apply", Look: ui.Secondary}, Ticks: []views.CheckBox{{ID: "mine", Name: "mine", Text: "Only mine", Checked: true}, {ID: "late", Name: "late", Text: "Only late"}}, Parts: []views.Part{
			ui.Field{ID: "sort", Label: "Order", Type: "select", Options: []ui.Option{{Text: "Due first"}}}, ui.Field{ID: "reference", Label: "Reference", Width: "10", Error: "Enter the reference as it is written, for example CC-7K3M-9Q", Value: markup}}},
		Table: ui.Worklist{Empty: ui.Empty{Title: "You have no referrals yet", Text: []string{"Referrals of your practice are listed here."}}}}
	if some {
		v.Table.Table = ui.StackTable{Caption: "All open", Head: []ui.Column{{Text: "Patient"}, {Text: "Treatment"}, {Text: "Status"}, {Text: "Age, working days", Number: true}, {Text: "Next step"}}, Rows: []ui.Row{
			{Cells: []ui.Cell{{Link: ui.Link{Text: "M.S.", Href: "/refer/x"}, Note: "68 years, CC-7F4K-29"}, {Text: endless}, {Text: "With the hospitals", Note: "2 new messages"}, {Text: "4"}, {Text: "The hospitals answer", Note: "Late: was due on 20 November 2026", Strong: true}}},
			{Cells: []ui.Cell{{Link: ui.Link{Text: "No name yet", Href: "/refer/y"}, Note: "CC-2222-22"}, {Text: "Not chosen yet", Missing: true}, {Text: "Draft"}, {Text: "0"}, {Text: "You complete it and sign"}}}}}
		v.Pages = ui.Pagination{Items: []ui.PageItem{{Number: 1, Href: "?page=1", Current: true}, {Number: 2, Href: "?page=2"}}, Next: "?page=2"}
	}
	return v
}

func referTasks() refer.Page {
	task := func(id, text, status, hint string) ui.Task {
		t := ui.Task{ID: id, Text: text, Status: status, Hint: hint, Href: "/refer/x/" + id}
		if status == "Cannot start yet" {
			t.Href = ""
		}
		return t
	}
	return refer.Page{Patient: referPatient(), Caption: "Referral CC-7F4K-29, draft saved at 10:42am today", Title: "Refer a patient to a hospital in India",
		Parts: []views.Part{note{"We sent this back to you", []string{"More information is needed.", stacked}}, refer.Words{Text: "Named clinician, who signs: Dr A. Example.", Link: ui.Link{Text: "Change", Hidden: "the named clinician", Href: "/c"}},
			refer.Ring{Done: 4, Of: 8, Strong: "You have completed 4 of 8 sections", Text: "You can leave and come back."},
			refer.Tasks{Groups: []ui.TaskGroup{{Title: "1. Patient and consent", Tasks: []ui.Task{task("patient", "Patient details", "Completed", ""), task("consent", "Consent to share records", "In progress", "Check the email address with the patient")}},
				{Title: "2. Clinical information", Tasks: []ui.Task{task("attachments", "Scans, letters and test results", "Optional", "You can go on without"), task("medicines", "Medicines, allergies and safety checks", "There is a problem", "")}},
				{Title: "4. Check and send", Tasks: []ui.Task{task("check", "Check answers and send", "Cannot start yet", "Complete the other sections first")}}}},
			refer.Row{Buttons: []ui.Button{{Text: "Continue with medicines and allergies", Href: "/m"}}, Links: []ui.Link{{Text: "Delete this draft", Href: "/d"}}}},
		Side: []views.Part{refer.Card{Title: "What happens after you send", Parts: []views.Part{referNext(), refer.Words{Text: "If nobody answers in time we chase the hospital and tell you."}}}, note{"Do not use this service for", []string{"emergencies"}}, refer.Card{Title: "Help", Text: []string{"0300 000 0000"}, Links: []ui.Link{{Text: "Help", Href: link.Help}}}}}
}

// note is a caution among parts.
type note struct {
	title string
	text  []string
}

func (n note) View() templ.Component { return ui.Caution{Title: n.title, Text: n.text}.View() }

func referForm(wrong bool) refer.Page {
	say := map[bool]string{true: "Enter the medicines, or select that none are taken"}[wrong]
	entry := func(n, value string) refer.Entry {
		return refer.Entry{Legend: "Medicine " + n, Remove: &ui.Button{Text: "Remove", Hidden: "medicine " + n, Name: "do", Value: "remove:medicines:" + n},
			Parts: []views.Part{ui.Field{ID: "m-" + n + "-drug", Label: "Medicine", Value: value, Error: say}, ui.Field{ID: "m-" + n + "-dose", Label: "Dose"}, ui.Field{ID: "m-" + n + "-often", Label: "How often"}}}
	}
	return refer.Page{Patient: referPatient(), Caption: "Referral CC-7F4K-29", Title: "Medicines, allergies and safety checks", Lead: []string{"Say “none” where there is none: nothing is assumed."}, Parts: []views.Part{
		refer.Form{Action: "/refer/x/medicines", Enter: &ui.Button{Text: "Save and continue", Name: "do", Value: "save"}, Keep: []ui.Hidden{{Name: "version", Value: "3"}}, Parts: []views.Part{
			refer.Repeat{ID: "medicines", Legend: "Medicines", Hint: "With the dose.", Error: say, None: &views.CheckBox{ID: "no_medicines", Name: "no_medicines", Text: "No medicines are taken"}, Entries: []refer.Entry{entry("1", markup), entry("2", endless)}, Count: ui.Hidden{Name: "medicines.n", Value: "2"}, Add: ui.Button{Text: "Add another", Hidden: "medicine", Name: "do", Value: "add:medicines", Look: ui.Secondary, Icon: "plus"}},
			refer.Inline{Choices: ui.Choices{ID: "vte", Name: "vte.is", Legend: "A blood clot before?", Error: say, Options: []ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No", Checked: true}, {Value: "not_known", Text: "Not known"}}}},
			refer.Columns{ui.Field{ID: "height", Label: "Height in cm", Width: "5"}, ui.Field{ID: "weight", Label: "Weight in kg", Width: "5"}},
			ui.DateField{ID: "born", Legend: "Date of birth", Hint: "For example, 14 5 1958.", Day: "31"},
			refer.Fold{Summary: "I do not know the NHS number", Open: wrong, Parts: []views.Part{ui.Choices{ID: "none", Name: "none", Legend: "Why is there no NHS number?", Options: []ui.Choice{{Value: "a", Text: "The patient has none"}}}}}},
			Buttons: []ui.Button{{Text: "Save and continue", Name: "do", Value: "save"}, {Text: "Save and come back later", Name: "do", Value: "later", Look: ui.Secondary}}}}}
}

func referStop() refer.Page {
	return refer.Page{Patient: referPatient(), Title: "This may be an emergency", Parts: []views.Part{refer.Stop{Emergency: true, Text: []string{"Call 999 or go to A&E now."}, Found: markup, Links: []ui.Link{{Text: "Call 999", Href: "tel:999"}}},
		refer.Form{Action: "/refer/x/clinical", Keep: []ui.Hidden{{Name: "problem", Value: markup}}, Parts: []views.Part{views.Para("If it is not so, go on.")}, Buttons: []ui.Button{{Text: "It is not so: save and continue"}}},
		refer.Form{Action: "/refer/x/clinical", Buttons: []ui.Button{{Text: "Go back and change the answer", Look: ui.Secondary}}}}}
}

func referConflict() refer.Page {
	return refer.Page{Patient: referPatient(), Wide: true, Title: "Somebody else changed this", Lead: []string{"Nothing of yours is saved yet, and nothing is lost: choose."}, Parts: []views.Part{
		ui.Compare{Caption: "What is there now, and what you wrote", Old: "There now", New: "You wrote", Rows: []ui.CompareRow{{Field: "Who pays?", Old: "A charity", New: "An employer"}, {Field: "History", Old: rightward, New: endless}}},
		refer.Form{Action: "/refer/x/pathway", Buttons: []ui.Button{{Text: "Save what I wrote"}, {Text: "Look at what I wrote again", Look: ui.Secondary}}, Other: ui.Link{Text: "Keep what is there now", Href: "/refer/x"}}, refer.Check{"The height is 100 cm. Is that right?"}}}
}

func referDocuments() refer.Page {
	remove := func(name string) *refer.Press {
		return &refer.Press{Action: "/refer/x/attachments", Button: ui.Button{Text: "Remove", Hidden: name, Name: "remove", Value: "1"}}
	}
	return refer.Page{Patient: referPatient(), Title: "Scans, letters and test results", Parts: []views.Part{refer.Files{
		{Name: "letter.pdf", Href: "/f", About: "Referral letter, 240 KB, added at 10:42am today", State: ui.Badge{Tone: ui.Seen, Text: "Safe"}, Remove: remove("letter.pdf")},
		{Name: endless + ".pdf", About: "Scan or X-ray, 12 MB", State: ui.Badge{Tone: ui.Info, Text: "Checking"}, Note: "Nobody else can open it before the check is done."},
		{Name: rightward, About: "Photo, 1 MB", State: ui.Badge{Tone: ui.Bad, Text: "Blocked: send it another way"}, Remove: remove("the photo")}},
		refer.Group{ID: "add", Title: "Add documents", Parts: []views.Part{refer.Form{Action: "/refer/x/attachments/add", Files: true, Parts: []views.Part{ui.FileField{ID: "file", Label: "Choose files", Hint: "At most 25 MB each.", Many: true, Error: "virus.exe is not a document"}}, Buttons: []ui.Button{{Text: "Add these documents", Look: ui.Secondary}}}}}}}
}

func referChoose() refer.Page {
	press := func(name string, words ...string) (out []refer.Press) {
		for _, w := range words {
			out = append(out, refer.Press{Action: "/refer/x/hospitals", Button: ui.Button{Text: w, Hidden: name, Name: "add", Value: "x"}})
		}
		return out
	}
	return refer.Page{Patient: referPatient(), Title: "Choose up to 5 hospitals", Parts: []views.Part{refer.Group{ID: "chosen", Title: "Chosen", Parts: []views.Part{refer.Hospitals{
		{Name: "Example Orthopaedic Centre", Place: "Chennai", Href: "/hospitals/x", Sample: true, Facts: []string{"NABH, until 3 March 2028", "Package price £5,450"}, Press: press("Example Orthopaedic Centre", "Move up", "Remove")},
		{Name: endless, Place: stacked, Href: "/hospitals/y", Warning: "Its accreditation is being checked.", Press: press("the second", "Remove")}}}},
		refer.Group{ID: "shortlist", Title: "From the patient’s shortlist", Parts: []views.Part{refer.Form{Action: "/refer/x/hospitals", Search: true, Label: "Open the patient’s shortlist", Parts: []views.Part{ui.Field{ID: "code", Label: "Code of the patient’s shortlist", Value: "CC-", Width: "10"}}, Buttons: []ui.Button{{Text: "Open the shortlist", Look: ui.Secondary}}},
			refer.Words{Strong: "This code does not open a shortlist."}}}}}
}

func referCheck() refer.Page {
	return refer.Page{Patient: referPatient(), Title: "Check your answers", Parts: []views.Part{
		refer.Answers{Title: "Patient details", Change: ui.Link{Text: "Change", Hidden: "patient details", Href: "/p"}, Facts: ui.SummaryList{{Label: "First names", Value: rightward}, {Label: "Home address", Value: "1 Example Street\nLeicester"}, {Label: "Insurer", Value: "Not provided", Missing: true}, {Label: "History", Value: endless}}},
		refer.Answers{Title: "Discharge package", Status: ui.Badge{Tone: ui.Warn, Text: "Overseas-care alert: screen for resistant organisms"}, Facts: ui.SummaryList{{Label: "Diagnoses", Value: markup}}},
		refer.Group{ID: "sign", Title: "Sign and send", Note: "The hospitals get it after the patient has consented.", Parts: []views.Part{refer.Form{Action: "/refer/x/check", Parts: []views.Part{
			ui.Choices{ID: "changed", Name: "changed", Legend: "What did you change?", Many: true, Options: []ui.Choice{{Value: "a", Text: "Patient details", Checked: true}, {Value: "b", Text: "Hospitals"}}},
			views.CheckBox{ID: "statement", Name: "statement", Text: "I am the named clinician, and what I wrote is complete.", Error: "Confirm that what you wrote is complete"}}, Buttons: []ui.Button{{Text: "Confirm and send to 2 hospitals"}}}}}}}
}

func referSent() refer.Page {
	return refer.Page{Patient: referPatient(), Parts: []views.Part{refer.Panel{Title: "Referral signed", Text: "Reference", Code: "CC-7F4K-29"}, refer.Group{ID: "here", Title: "The patient is here now", Parts: []views.Part{refer.Press{Action: "/refer/x/here", Button: ui.Button{Text: "Open the consents on this device"}}}},
		refer.Group{ID: "next", Title: "What happens next", Parts: []views.Part{referNext()}}}}
}

func referTimeline() refer.Page {
	history := refer.History{Items: []refer.Happened{{Title: "Answer of Example Orthopaedic Centre", At: "Expected by 27 November 2026", ISO: "2026-11-27", Text: "It is late, and we are chasing.", Expected: true, Late: true},
		{Title: "Declined by " + endless, At: "24 November 2026, 4:12pm UK, 9:42pm India", ISO: "2026-11-24T16:12:00Z", Who: "Hospital clinician, Example Orthopaedic Centre", Text: "No capacity"}, {Title: "Signed by the named clinician", At: "22 November 2026, 9:00am UK", ISO: "2026-11-22T09:00:00Z", Who: "Referrer, your practice"}}}
	thread := refer.Thread{ID: "t1", Title: "Example Orthopaedic Centre", Note: "Response: asks for more information.", Messages: []refer.Message{{Who: "Hospital clinician", At: "24 November 2026", Text: markup, Kind: "Question", New: true}, {Who: "Referrer, your practice", At: "25 November 2026", Text: endless, Own: true, State: "Read by the hospital"}},
		Parts: []views.Part{refer.Form{Action: "/refer/x/answer", Parts: []views.Part{ui.Field{ID: "answer-1", Name: "text", Label: "Answer the question", Type: "textarea", Value: rightward, Error: "Enter the text"}}, Buttons: []ui.Button{{Text: "Send the answer", Look: ui.Secondary}}}}}
	return refer.Page{Patient: referPatient(), Wide: true, Title: "Timeline and messages", Parts: []views.Part{refer.Two{Left: refer.Group{ID: "timeline", Title: "Timeline", Parts: []views.Part{history, refer.Pressed{{Action: "/refer/x/chase", Button: ui.Button{Text: "Send a reminder", Look: ui.Secondary}}}}},
		Right: refer.Group{ID: "messages", Title: "Messages", Note: "Not for anything urgent.", Parts: []views.Part{thread}}}}}
}
