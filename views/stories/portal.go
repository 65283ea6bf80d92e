package stories

import (
	"github.com/a-h/templ"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

func init() {
	add(Story{Name: "portal/overview", Page: inPortal("Example Orthopaedic Centre", nil, portalOverview()...)},
		Story{Name: "portal/packages", Page: inPortal("Packages and prices", nil, portalPackages(true)...)},
		Story{Name: "portal/packages-problems", Page: inPortal("Packages and prices", &ui.ErrorSummary{Problems: []ui.Problem{
			{Text: "Knee replacement, both sides: The price in pounds must be £20 to £5,00,000", FieldID: "gbp2"}, {Text: "Hip replacement, one side: Enter the date the price is valid until", FieldID: "val3"}}}, portalPackages(true)...)},
		Story{Name: "portal/packages-read", Page: inPortal("Packages and prices", nil, portalPackages(false)...)},
		Story{Name: "portal/package", Page: inPortal("Knee replacement, one side", &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Consumables: say whether the price includes it", FieldID: "inc2"}}}, portalPackage()...)},
		Story{Name: "portal/entries", Page: inPortal("Accreditation", nil, portalEntries()...)},
		Story{Name: "portal/no-entries", Page: inPortal("Photos", nil, portal.Entries{Empty: ui.Empty{Title: "No photos yet", Text: []string{"Show the place as it is."}}}, portal.Row{{Text: "Add a photo", Icon: "plus", Look: ui.Secondary, Href: link.PortalEntry("photos", "new")}})},
		Story{Name: "portal/changes", Page: inPortal("See what has changed", nil, portalChanges()...)},
		Story{Name: "portal/same-field", Page: inPortal("Somebody else changed the same thing", nil, portalSameField()...)})
}

// inPortal is a page of the portal with its menu.
func inPortal(title string, wrong *ui.ErrorSummary, parts ...views.Part) templ.Component {
	f := site(title)
	f.Bar = &views.AccountBar{Section: "Hospital portal", Name: "Priya Example", Role: "listing editor", Organisation: "Example Orthopaedic Centre", Account: ui.Link{Text: "Your account", Href: link.Account}, SignOut: link.SignOut}
	f.Errors, f.Failed = wrong, wrong != nil
	return portal.View(f, portal.Page{Title: title, Tag: ui.Badge{Tone: ui.Warn, Text: "Draft, not live"}, Lead: "Saved by you at 4:12pm today. 3 changes from the live listing.", More: ui.Link{Text: "See what has changed", Href: link.PortalChanges}, Parts: parts,
		Menu: ui.SideNav{Label: "Listing", Items: []ui.SideItem{{Text: "Overview", Href: link.Portal}, {Text: "Packages and prices", Href: link.PortalPackages, Current: true},
			{Text: "Accreditation", Href: link.PortalListing("accreditation"), Count: "1", Said: "certificate ends soon", Urgent: true}, {Text: "Enquiries", Href: link.PortalEnquiries, Count: "3", Said: "waiting for an answer"}}}})
}

func portalOverview() []views.Part {
	return []views.Part{
		portal.Tiles{{Value: "31 hours", Label: "until your first answer", Note: "Median of the last 3 months."}, {Value: "9 of 12", Label: "parts of a whole listing"}, {Value: "2", Label: "changes wait for a check"}},
		portal.Group{ID: "to-do", Title: "To do", Parts: []views.Part{portal.ToDo{
			{Link: ui.Link{Text: "Renew NABH H-2024-0001", Href: link.PortalListing("accreditation")}, Text: "Its last day is 31 December 2026.", Badge: ui.Badge{Tone: ui.Warn, Text: "Ends in 39 days"}},
			{Link: ui.Link{Text: "Answer 3 enquiries", Href: link.PortalEnquiries}, Text: "The oldest lapses in 26 hours.", Badge: ui.Badge{Tone: ui.Info, Text: "Waiting"}},
			{Link: ui.Link{Text: "Renew the price of " + endless, Href: link.PortalPackages}, Text: "It ended on 1 November 2026 and is not shown.", Badge: ui.Badge{Tone: ui.Bad, Text: "Ended"}}}}},
		portal.Group{ID: "whole", Title: "How whole your listing is", Note: "9 of 12 parts are there.", Parts: []views.Part{portal.Parts12{{Text: "Street address", Href: link.PortalListing("details"), Done: true}, {Text: "Photos", Href: link.PortalListing("photos")}}}},
	}
}

func portalPackages(edit bool) []views.Part {
	value := func(id, text, was, wrong string) portal.Value {
		return portal.Value{Path: "package/" + id, ID: id, Label: "Price of " + id, Text: text, Seen: text, Was: was, Error: wrong}
	}
	row := func(n, name, gbp, was, wrong, until, late string, status ui.Badge) portal.PriceRow {
		return portal.PriceRow{Name: name, Note: "Includes 9 items", Href: link.PortalEntry("packages", "p"+n), Room: "Single room", GBP: value("gbp"+n, gbp, was, wrong), INR: value("inr"+n, "6,26,750", "", ""), Until: value("val"+n, until, "", late),
			Status: status, Wrong: wrong+late != ""}
	}
	table := portal.Prices{Edit: edit, Rows: []portal.PriceRow{
		row("0", "Knee replacement, one side", "5,450", "was £5,290", "", "30 April 2027", "", ui.Badge{Tone: ui.Info, Text: "Changed"}),
		row("1", rightward, "6,900", "", "", "30 April 2027", "", ui.Badge{Tone: ui.Neutral, Text: "No change"}),
		row("2", "Knee replacement, both sides", "9", "was £9,800", "The price in pounds must be £20 to £5,00,000", "30 April 2027", "", ui.Badge{Tone: ui.Bad, Text: "Problem"}),
		row("3", endless, "5,700", "", "", "", "Enter the date the price is valid until", ui.Badge{Tone: ui.Bad, Text: "Problem"}),
		row("4", "Hip replacement, revision", "8,850", "", "", "30 April 2027", "", ui.Badge{Tone: ui.Seen, Text: "New"})}}
	return []views.Part{portal.Form{ID: "prices", Action: link.PortalPackages, Parts: []views.Part{table}},
		portal.Columns{portal.Box{Title: "Update many prices with a CSV file", Text: "We show every change before anything is saved.", Parts: []views.Part{portal.Form{Action: link.PortalImport, Files: true, Parts: []views.Part{
			ui.FileField{ID: "csv", Name: "file", Label: "Choose a CSV file, up to 8 MB", Accept: ".csv"}}, Buttons: []ui.Button{{Text: "Check the file", Look: ui.Secondary}}}}, Links: []ui.Link{{Text: "Download current prices (CSV)", Href: link.PortalPricesCSV}}},
			portal.Box{Title: "What a full price must include", Ticks: []string{"All taxes, and surgeon and anaesthetist fees", "The stay shown, with meals"}, Foot: "List everything else under “may pay on top”."}},
		portal.Bar{For: "prices", Strong: "Your live listing stays as it is", Text: "until a checker approves this draft.", Buttons: []ui.Button{{Text: "Save draft", Name: "do", Value: "save", Look: ui.Secondary}, {Text: "Preview", Href: link.PortalPreview, Look: ui.Secondary}, {Text: "Send for checking", Name: "do", Value: "send"}}}}
}

func portalPackage() []views.Part {
	return []views.Part{portal.Reason{Title: "Why it came back", Text: "The price list that we hold ends in June.\nSend the newer one."}, portal.Form{Action: link.PortalEntry("packages", "p1"), Parts: []views.Part{
		ui.Field{ID: "name", Name: "package/p1/name", Label: "Name of the package", Value: endless, Hint: "Public now: Knee."},
		portal.Included{Legend: "What the price includes", Hint: "A charge is written like “£210 per night”.", Items: []portal.Item{{Path: "package/p1/includes.taxes", ID: "inc0", Label: "All taxes", Answer: "yes"},
			{Path: "package/p1/includes.tests", ID: "inc1", Label: "Tests before the operation", Answer: "on_top", Charge: "£120", Was: "Public now: In the price."},
			{Path: "package/p1/includes.consumables", ID: "inc2", Label: "Consumables", Error: "Say whether the price includes it: yes, no, or on top: £210 per night"}}},
		portal.Ticks{ID: "languages", Legend: "Languages", Hint: "Tick what is spoken.", Boxes: []portal.Tick{{Path: "language/tamil/listed", ID: "tamil", Text: "Tamil", Checked: true, Seen: "yes"}, {Path: "language/urdu/listed", ID: "urdu", Text: "Urdu", Note: "New in the draft", Checked: true}}},
		portal.Bar{Strong: "Your live listing stays as it is", Text: "until a checker approves this draft.", Buttons: []ui.Button{{Text: "Save draft", Name: "do", Value: "save", Look: ui.Secondary}}}}}}
}

func portalEntries() []views.Part {
	return []views.Part{portal.Entries{Items: []portal.Entry{
		{ID: "c1", Title: "NABH certificate H-2024-0001", Href: link.PortalEntry("accreditation", "c1"), Act: "Change", Status: ui.Badge{Tone: ui.Seen, Text: "Live"}, Facts: ui.SummaryList{{Label: "Valid until", Value: "31 December 2026"}, {Label: "File", Link: ui.Link{Text: "Open the file", Href: link.PortalFile("x")}}},
			History: []views.Event{{On: "1 November 2026", ISO: "2026-11-01", What: "Checked with the body that issued it"}}},
		{ID: "c2", Title: rightward, Href: link.PortalEntry("accreditation", "c2"), Act: "Change", Status: ui.Badge{Tone: ui.Warn, Text: "Sent back"}, Reason: "The number is not on the register.", Facts: ui.SummaryList{{Label: "Number", Value: endless}}}}}}
}

func portalChanges() []views.Part {
	one := portal.Changed{ID: "u1", Title: "Packages and prices: Knee replacement, one side", Status: ui.Badge{Tone: ui.Info, Text: "Changed"}, Change: ui.Link{Text: "Change", Hidden: "knee", Href: link.PortalEntry("packages", "p1")},
		Table:   ui.Compare{Caption: "Changes of the knee", Old: "Live now", New: "In your draft", Rows: []ui.CompareRow{{Field: "Full price, £", Old: "£5,290", New: "£5,450", Who: "You at 4:12pm today"}, {Field: "Name", Old: rightward, New: endless, Who: "Asha Example at 4:10pm today"}, {Field: "Implant", New: "None"}}},
		Discard: &portal.Press{Action: link.PortalDiscard, Keep: []ui.Hidden{{Name: "unit", Value: "package/p1"}}, Button: ui.Button{Text: "Take out of the draft", Look: ui.Secondary}}}
	return []views.Part{one, portal.Form{ID: "send", Action: link.PortalSend}, portal.Bar{For: "send", Strong: "Your live listing stays as it is", Buttons: []ui.Button{{Text: "Send 1 change for checking", Name: "do", Value: "send"}}}}
}

func portalSameField() []views.Part {
	return []views.Part{portal.Form{Action: link.PortalPackages, Parts: []views.Part{ui.Choices{ID: "price", Name: "price", Legend: "Knee replacement: full price, £", Options: []ui.Choice{
		{Value: "5400", Text: "£5,400", Hint: "Asha Example changed this at 4:10pm today.", Checked: true}, {Value: "5450", Text: "£5,450", Hint: "You wrote this."}}}}, Buttons: []ui.Button{{Text: "Save what I chose"}}, Other: ui.Link{Text: "Keep all that is there now", Href: link.PortalPackages}}}
}
