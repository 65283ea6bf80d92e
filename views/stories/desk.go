package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/desk"
	"carecorridor/views/ui"
)

func init() {
	add(Story{Name: "desk/home", Page: deskHome()}, Story{Name: "desk/check", Page: deskCheck()}, Story{Name: "desk/lists", Page: deskLists()},
		Story{Name: "problem/open", Page: views.ReportOutcomePage(site("Problem CC-7K2M-9P"), views.ReportOutcome{Reference: "CC-7K2M-9P", Sent: "3 November 2026", Hospital: views.Anchor{Text: mixed, URL: "/hospitals/x"}})},
		Story{Name: "problem/closed", Page: views.ReportOutcomePage(site("Problem CC-7K2M-9P"), views.ReportOutcome{Reference: "CC-7K2M-9P", Sent: "3 November 2026", Closed: "5 November 2026", Outcome: mixed, Hospital: views.Anchor{Text: "Example Hospital", URL: "/hospitals/x"}})})
}

func deskFrame(title string) views.Frame {
	f := site(title)
	f.Bar = &views.AccountBar{Section: "Alliance desk", Name: "Meera Example", Role: "verifier", Organisation: "Care Corridor", Account: ui.Link{Text: "Your account", Href: "/account"}, SignOut: "/sign-out"}
	f.Breadcrumb = []ui.Link{{Text: "Alliance desk", Href: "/desk"}, {Text: "Checks", Href: "/desk/checks"}}
	return f
}

var deskMenu = ui.SideNav{Label: "Alliance desk", Items: []ui.SideItem{{Text: "Dashboard", Href: "/desk"}, {Text: "Checks", Href: "/desk/checks", Count: "1,204", Said: "waiting", Current: true}, {Text: "Audit trail", Href: "/desk/audit"}}}

func deskHome() templ.Component {
	n := 4
	months := chart.Months{ID: "sent", Of: "Requests"}
	for _, m := range []string{"Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"} {
		months.Bars = append(months.Bars, chart.Month{Label: m, Long: m + " 2026", N: &n})
	}
	second := months
	second.ID = "checked"
	wide, half := chart.MonthFigure(months), chart.MonthFigure(second)
	table := ui.StackTable{Caption: "Requests by month", Head: []ui.Column{{Text: "Month"}, {Text: "Requests", Number: true}}, Plain: true, Rows: []ui.Row{{Cells: []ui.Cell{{Text: "November 2026"}, {Text: "4"}}}}}
	return desk.View(deskFrame("Alliance desk"), desk.Page{Menu: deskMenu, Title: "Alliance desk", Lead: []string{"What waits, the oldest first."}, Parts: []views.Part{
		desk.Tiles{{Value: "1,204", Label: "Checks waiting", Href: "/desk/checks", Note: "Oldest: 12 days", Urgent: true}, {Value: "0", Label: "Referrals past due"}, {Value: "3", Label: "Reported problems open", Href: "/desk/problems"}},
		desk.Charts{{ID: "fig-sent", Title: "Requests that patients sent", Level: 2, Sub: "48 in 12 months", Wide: wide.Wide, Narrow: wide.Narrow, Table: &table}, {ID: "fig-checked", Title: "Checks decided", Level: 2, Sub: "48 in 12 months", Wide: half.Narrow},
			{ID: "fig-none", Title: "Problems reported", Level: 2, Sub: "None in 12 months", Table: &table}}}})
}

func deskCheck() templ.Component {
	f := deskFrame("NABH certificate H-2026-9001")
	f.Failed, f.Errors = true, &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Tick “Found on the body’s own register”, or send it back", FieldID: "ticked"}, {Text: "Somebody changed this since you opened the page"}}}
	return desk.View(f, desk.Page{Menu: deskMenu, Caption: mixed, Title: overlong[:120], Tag: ui.Badge{Tone: ui.Warn, Text: "Needs a second person"}, Parts: []views.Part{
		ui.SummaryList{{Label: "Hospital", Value: mixed, Link: ui.Link{Text: "See its page", Href: "/hospitals/x"}}, {Label: "Second person", Value: "Needed.", Note: "First check by Owen Example. Needs another person."}},
		desk.Section{ID: "change", Title: "What would change", Parts: []views.Part{ui.Compare{Caption: "What would change", Old: "Public now", New: "Proposed", Rows: []ui.CompareRow{{Field: "Name on the certificate", Old: rightward, New: endless, Who: "Asha Example"}, {Field: "The certificate as a file", New: "A file", Body: ui.Link{Text: "Open it", Href: "/desk/files/1"}.View()}}}}},
		desk.Fold{Summary: "Add a file of what you saw", Open: true, Parts: []views.Part{desk.Form{Action: "/desk/checks/1/evidence", Files: true, Parts: []views.Part{ui.FileField{ID: "file", Label: "Screenshot or document", Hint: "PDF, JPEG or PNG.", Error: "The file is empty. Choose another one"}}, Buttons: []ui.Button{{Text: "Keep the file", Look: ui.Secondary}}}}},
		desk.Section{ID: "decision", Title: "Decision", Text: []string{"It is public at once."}, Parts: []views.Part{desk.Form{Action: "/desk/checks/1", Keep: []ui.Hidden{{Name: "version", Value: "1"}}, Parts: []views.Part{
			ui.Choices{ID: "ticked", Name: "ticked", Legend: "What did you check?", Many: true, Error: "Tick “Found on the body’s own register”, or send it back", Options: []ui.Choice{{Value: "register", Text: "Found on the body’s own register"}, {Value: "name", Text: "Name agrees", Checked: true}}},
			ui.DateField{ID: "retrieved", Legend: "On which day did you look?", Day: "32", Error: "Enter the date as day, month and year"}, ui.Field{ID: "reason", Label: "Reason", Type: "textarea", Value: mixed}}, Buttons: []ui.Button{{Text: "Decide"}}, Other: ui.Link{Text: "Cancel", Href: "/desk/checks"}}}},
		desk.Words(mixed + "\n" + endless), desk.Hash(endless), desk.Presses{{Action: "/desk/roles/1", Button: ui.Button{Text: "Pause", Look: ui.Secondary}}, {Action: "/desk/roles/2", Button: ui.Button{Text: "Take away", Look: ui.Secondary}}},
	}})
}

func deskLists() templ.Component {
	table := ui.StackTable{Caption: "Audit trail", Head: []ui.Column{{Text: "Row"}, {Text: "Who"}, {Text: "On"}}, Rows: []ui.Row{{Cells: []ui.Cell{{Link: ui.Link{Text: "97", Href: "/desk/audit/rows/97"}}, {Text: mixed, Note: "administrator"}, {Text: "session", Note: endless}}}}}
	return desk.View(deskFrame("Audit trail"), desk.Page{Menu: deskMenu, Title: "Audit trail", Parts: []views.Part{
		desk.Box{Title: "Is the chain whole?", Text: []string{"It has not been verified yet."}, Parts: []views.Part{desk.Press{Action: "/desk/audit/verify", Button: ui.Button{Text: "Verify the chain now", Look: ui.Secondary}}}},
		desk.Filters{Action: "/desk/audit", Label: "Filter the trail", Keep: []ui.Hidden{{Name: "person", Value: "x"}}, Clear: ui.Link{Text: "Clear filters", Href: "/desk/audit"}, Fields: []views.Part{
			ui.Field{ID: "on", Label: "Kind of thing", Type: "select", Options: []ui.Option{{Text: "Any"}, {Value: "x", Text: overlong[:60], Selected: true}}}, ui.Field{ID: "from", Label: "From (year-month-day)", Width: "10", Value: "yesterday", Error: "Enter the day as year, month and day"}}},
		ui.Worklist{Table: table}, ui.Worklist{Empty: ui.Empty{Title: "No row", Text: []string{"Nothing in the trail is like this."}}},
		desk.Figures{Caption: "Requests to hospitals", Rows: []desk.FigureRow{{Label: "Sent", Value: "1,240", Note: "100 in 100", Of: 100}, {Label: "Accepted by the patient", Value: "12", Note: "1 in 100", Of: 1}, {Label: "None", Value: "0"}}},
		desk.Para("A paragraph."), desk.Muted("A small one."), desk.Links{{Text: "Older rows", Href: "/desk/audit?before=1"}},
	}})
}
