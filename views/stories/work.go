package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/ui"
)

// signedIn is the parts of pages behind a sign-in.
func signedIn() templ.Component {
	f := site("Parts of signed-in pages")
	f.Bar = &views.AccountBar{Section: "Hospital portal", Name: "Priya Example", Role: "listing editor", Organisation: "Example Orthopaedic Centre",
		Nav:    []views.NavItem{{Text: "Listing", Href: "/portal", Current: true}, {Text: "Enquiries (3)", Href: "/portal/enquiries"}},
		Switch: ui.Link{Text: "Change role", Href: "/account/roles"}, Account: ui.Link{Text: "Your account", Href: "/account"}, SignOut: "/sign-out"}
	f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{"Your draft is saved."}, Links: []ui.Link{{Text: "Open it", Href: "/refer"}}}
	side := ui.SideNav{Label: "Parts of the listing", Items: []ui.SideItem{{Text: "Overview", Href: "/portal"}, {Text: "Packages and prices", Href: "/portal/packages", Current: true},
		{Text: "Accreditation", Href: "/portal/certificates", Count: "1", Said: "to renew", Urgent: true}, {Text: "Enquiries", Href: "/portal/enquiries", Count: "3", Said: "waiting"}}}
	return framed(f, "Parts of signed-in pages", within(ui.Sided(side).Render, templ.Join(workParts()...)))
}

func workParts() []templ.Component {
	tasks := ui.TaskList{Groups: []ui.TaskGroup{{Title: "1. Patient and consent", Tasks: []ui.Task{
		{ID: "t1", Text: "Patient details", Href: "/refer/x/patient", Status: "Completed"},
		{ID: "t2", Text: "Medicines, allergies and safety checks", Href: "/refer/x/safety", Hint: "3 of 5 questions answered", Status: "In progress"},
		{ID: "t3", Text: "Scans, letters and results", Href: "/refer/x/files", Hint: "1 file was blocked", Status: "There is a problem"},
		{ID: "t4", Text: "Choose hospitals", Href: "/refer/x/hospitals", Status: "Not yet started"},
		{ID: "t5", Text: "Check answers and send", Hint: "Complete the other sections first", Status: "Cannot start yet"}}}}}
	versions := ui.Compare{Caption: "What has changed", ShowBefore: true, Old: "Live now", New: "Proposed", Rows: []ui.CompareRow{
		{Field: "Price of knee replacement", Old: "£5,290", New: "£5,450", Who: "Asha Example, today at 4:10pm"}, {Field: "Name", Old: rightward, New: endless}, {Field: "Telephone", New: "+91 44 0000 0000"}}}
	return []templ.Component{
		ui.Identity{Name: "EXAMPLE, Meena (Mrs)", Facts: []ui.Fact{{Label: "Born", Value: "14 May 1958 (68 years)"}, {Label: "NHS number", Value: "999 000 0018"}, {Label: "Sex", Value: "Female"}}}.View(),
		tasks.View(), versions.View(),
		ui.DateField{ID: "until", Legend: "Price valid until", Hint: "For example, 30 4 2027", Error: "Enter the date the price is valid until", Day: "30"}.View(),
		ui.FileField{ID: "csv", Label: "Choose a CSV file", Hint: "Up to 1 MB.", Accept: ".csv"}.View(),
		ui.Worklist{Empty: ui.Empty{Title: "Nothing is waiting", Text: []string{"New work is listed here, oldest first."}}}.View(),
		ui.ActionBar{Strong: "Your live listing stays as it is", Text: "until a checker approves this draft.", Buttons: []ui.Button{{Text: "Preview", Href: "/portal/preview", Look: ui.Secondary}, {Text: "Send for checking", Href: "/portal/send"}}}.View(),
	}
}
