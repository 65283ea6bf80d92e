package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// portalRoutes are the pages on which a hospital keeps its listing (ux.md §6.14).
func (h *Handlers) portalRoutes() []route {
	if h.cfg.Listings == nil || h.cfg.People == nil {
		return nil
	}
	see := func(path string, do func(echo.Context, auth.Actor) error) route {
		return h.as("GET", path, auth.ListingView, do)
	}
	edit := func(path string, do func(echo.Context, auth.Actor) error) route {
		return h.as("POST", path, auth.ListingEdit, do)
	}
	routes := []route{
		see(link.Portal, h.portal),
		see("/portal/listing/:page", h.portalSection), edit("/portal/listing/:page", h.portalSectionSave),
		see(link.PortalPackages, h.portalPackages), edit(link.PortalPackages, h.portalPackagesSave),
		see("/portal/listing/:page/:key", h.portalEntry), edit("/portal/listing/:page/:key", h.portalEntrySave).withFiles(),
		see(link.PortalChanges, h.portalChanges), see(link.PortalPreview, h.portalPreview), see(link.PortalChecks, h.portalChecks),
		h.as("POST", link.PortalSend, auth.ListingSend, h.portalSend), edit(link.PortalDiscard, h.portalDiscard),
		h.as("GET", link.PortalImport, auth.ListingEdit, h.portalImport), edit(link.PortalImport, h.portalImportRead).withFiles(), edit(link.PortalImportApply, h.portalImportApply).withFiles(),
		see(link.PortalTemplateCSV, h.portalTemplate), see(link.PortalPricesCSV, h.portalPrices),
		see("/portal/files/:id", h.portalFile), see("/portal/files/:id/small.jpg", h.portalPhoto),
		see(link.PortalActivity, h.portalActivity), see(link.PortalActivityCSV, h.portalActivityCSV),
		h.as("GET", link.PortalExport, auth.ListingExport, h.portalExport), h.as("POST", link.PortalExport, auth.ListingExport, h.portalExportSend).withFiles(),
	}
	return slices.Concat(routes, h.portalTeamRoutes(), h.portalEnquiryRoutes())
}

const portalTitle = "Hospital portal"

// portalPage is one page of the editor: what it is called and which sections of the listing it shows.
type portalPage struct {
	slug, title string
	sections    []string
}

// portalPages are the pages of the editor in the order of the menu.
var portalPages = []portalPage{
	{"details", "Hospital details", []string{"about"}},
	{"packages", "Packages and prices", []string{"package"}},
	{"accreditation", "Accreditation", []string{"certificate"}},
	{"surgeons", "Surgeons", []string{"clinician"}},
	{"quality", "Quality measures", []string{"measure"}},
	{"aftercare", "Aftercare and infection control", []string{"aftercare", "amr"}},
	{"treatments", "Specialties and treatments", []string{"specialty", "procedure"}},
	{"services", "Languages and services", []string{"language", "service"}},
	{"photos", "Photos", []string{"photo"}},
}

func pageOf(slug string) (portalPage, bool) {
	at := slices.IndexFunc(portalPages, func(p portalPage) bool { return p.slug == slug })
	if at < 0 {
		return portalPage{}, false
	}
	return portalPages[at], true
}

// pageWith is the page of a section of the listing.
func pageWith(section string) portalPage {
	at := slices.IndexFunc(portalPages, func(p portalPage) bool { return slices.Contains(p.sections, section) })
	return portalPages[max(at, 0)]
}

// unitHref is where a change of a unit is made.
func unitHref(p listing.Path) string {
	page := pageWith(p.Section())
	if s, _ := listing.SectionOf(p.Section()); p.Key() != "" && entered(s) {
		return link.PortalEntry(page.slug, p.Key())
	}
	return link.PortalListing(page.slug) + "#" + fieldID(p)
}

// entered sections have a form for each of their entries; the others are one form.
func entered(s listing.Section) bool {
	return slices.Contains([]string{"package", "certificate", "clinician", "measure", "photo"}, s.Name)
}

func fieldID(p listing.Path) string { return ui.IDOf(string(p)) }

// portalDone are the words over a page after something was done, by the word in its address.
var portalDone = map[string]string{
	"saved": "Saved in your draft. Your live listing has not changed.", "nothing": "Nothing was different from what is there, so nothing was saved.",
	"sent": "Sent for checking. Your live listing stays as it is until it is approved.", "live": "That needed no check. It is live now.", "unsent": "Everything was sent already.",
	"discarded": "Taken out of your draft.", "removed": "Taken out in your draft. It stays live until the change is approved.", "restored": "It stays in your listing.",
	"applied": "The file is in your draft. Your live listing has not changed.", "same": "The file changes nothing.",
	"invited": "The invitation is on its way by email.", "taken-back": "The invitation no longer works.", "role": "The role is changed.", "paused": "The person cannot act for you for now.",
	"resumed": "The person can act for you again.", "out": "The person no longer acts for you.",
}

// portalFrame surrounds a page of the portal.
func (h *Handlers) portalFrame(c echo.Context, title string, who auth.Actor, before ...ui.Link) views.Frame {
	f := h.workFrame(title, portalTitle, who, nil, before...)
	if words := portalDone[c.QueryParam("done")]; words != "" && c.Request().Method == http.MethodGet {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
	return f
}

// showPortal draws a page of the portal with its menu. current is the address of the menu's entry.
func (h *Handlers) showPortal(c echo.Context, status int, who auth.Actor, current string, f views.Frame, p portal.Page) error {
	o, err := h.cfg.Listings.Overview(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	p.Menu = h.portalMenu(who, o, current)
	p.Title = firstOf(p.Title, f.Title)
	return show(c, status, portal.View(f, p))
}

func (h *Handlers) portalMenu(who auth.Actor, o listing.Overview, current string) ui.SideNav {
	menu := ui.SideNav{Label: "Listing"}
	add := func(text, href string, n int, said string, urgent bool) {
		menu.Items = append(menu.Items, ui.SideItem{Text: text, Href: href, Count: portal.Count(n), Said: said, Urgent: urgent, Current: href == current})
	}
	ends, prices := 0, 0
	for _, t := range o.ToDos {
		switch t.Code {
		case listing.DoCertificateEnds, listing.DoCertificateEnded:
			ends++
		case listing.DoPriceEnds, listing.DoPriceEnded:
			prices++
		}
	}
	add("Overview", link.Portal, 0, "", false)
	for _, p := range portalPages {
		switch p.slug {
		case "packages":
			add(p.title, link.PortalListing(p.slug), prices, words2(prices, "price ends soon or ended", "prices end soon or ended"), true)
		case "accreditation":
			add(p.title, link.PortalListing(p.slug), ends, words2(ends, "certificate ends soon or ended", "certificates end soon or ended"), true)
		default:
			add(p.title, link.PortalListing(p.slug), 0, "", false)
		}
	}
	add("See what has changed", link.PortalChanges, 0, "", false)
	if h.cfg.Enquiries != nil {
		add("Enquiries", link.PortalEnquiries, o.Enquiries, "waiting for an answer", false)
	}
	if h.exists(link.PortalReferrals) {
		add("Referrals", link.PortalReferrals, 0, "", false)
	}
	add("Activity", link.PortalActivity, 0, "", false)
	if auth.Can(who.Role, auth.TeamManage) {
		add("Team", link.PortalTeam, 0, "", false)
	}
	if auth.Can(who.Role, auth.ListingExport) {
		add("Take your data", link.PortalExport, 0, "", false)
	}
	return menu
}

func words2(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// draftPage is the frame and title line of an editor's page.
func (h *Handlers) draftPage(c echo.Context, who auth.Actor, title string, d listing.Draft, bad check.List, before ...ui.Link) (views.Frame, portal.Page) {
	f := h.portalFrame(c, title, who, before...)
	f.Errors = problemsAt(bad)
	f.Failed = f.Errors != nil
	p := portal.Page{Title: title}
	if n := len(unitsOf(d.Changes)); n > 0 {
		p.Tag = ui.Badge{Tone: ui.Warn, Text: "Draft, not live"}
		p.Lead = savedWords(d, who, h.clock()) + " " + plural(n, "change") + " from the live listing."
		p.More = ui.Link{Text: "See what has changed", Href: link.PortalChanges}
	} else {
		p.Lead = "This is your live listing. What you change here stays a draft until you send it for checking."
	}
	return f, p
}

// savedWords is "Saved by you at 4:12pm today."
func savedWords(d listing.Draft, who auth.Actor, now time.Time) string {
	at, by, name := d.LastSaved()
	if by == who.Person {
		name = "you"
	}
	return "Saved by " + firstOf(name, "a colleague") + " " + indiaTime(at, now) + "."
}

// indiaTime is "at 4:12pm today" or "at 4:12pm on 21 November 2026", as clocks in India show it.
func indiaTime(t, now time.Time) string {
	t = t.In(when.IST)
	day := when.DateOf(t)
	if day == when.TodayIndia(now) {
		return "at " + t.Format("3:04pm") + " today, in India"
	}
	return "at " + t.Format("3:04pm") + " on " + day.Long() + ", in India"
}

// problemsAt is problemsOf for fields that are called by their path.
func problemsAt(bad check.List) *ui.ErrorSummary {
	s := problemsOf(bad)
	if s != nil {
		for i := range s.Problems {
			at := listing.Path(s.Problems[i].FieldID)
			s.Problems[i].FieldID = ui.IDOf(string(at))
			if f := fieldAt(at); f.Kind == listing.Standard {
				s.Problems[i].Text = f.Label + ": " + lowerFirst(s.Problems[i].Text)
			}
		}
	}
	return s
}

// fieldAt is the field of a path, the zero Field for none.
func fieldAt(p listing.Path) listing.Field {
	in, _ := listing.SectionOf(p.Section())
	f, _ := in.Field(p.Field())
	return f
}

// unitsOf are the units of changes, each once, in their order.
func unitsOf(changes []listing.Change) (out []string) {
	for _, c := range changes {
		if u := c.Path.Unit(); len(out) == 0 || out[len(out)-1] != u {
			out = append(out, u)
		}
	}
	return out
}

func backToPortal(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: portalTitle, Href: link.Portal}}, more...)
}

// portal is the overview: what waits, how soon the hospital answers, and how whole its listing is.
func (h *Handlers) portal(c echo.Context, who auth.Actor) error {
	o, err := h.cfg.Listings.Overview(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	first, err := h.referralsWait(c, who)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "Overview", who)
	done, of := o.Done()
	page := portal.Page{Menu: h.portalMenu(who, o, link.Portal), Title: o.Name, Lead: "What waits for you, and how your listing stands.", More: ui.Link{Text: "See the live listing", Href: link.Hospital(o.Slug)}}
	page.Parts = append(page.Parts, portal.Tiles{
		{Value: hoursWords(o.AnswerHours), Label: "until your first answer", Note: "Median of the last 3 months. Patients are told to expect an answer in 5 working days."},
		{Value: done + " of " + of, Label: "parts of a whole listing", Note: "Whole listings come first when nothing else decides."},
		{Value: strconv.Itoa(o.Waiting), Label: words2(o.Waiting, "change waits", "changes wait") + " for a check", Note: "Usually checked within 2 working days."},
	})
	page.Parts = append(page.Parts, h.toDos(first, o), wholeness(o))
	return show(c, http.StatusOK, portal.View(f, page))
}

// hoursWords is a median as a tile shows it.
func hoursWords(n int) string {
	switch {
	case n == listing.Few:
		return "Too few"
	case n == 0:
		return "No answers yet"
	case n < 48:
		return plural(n, "hour")
	}
	return plural((n+12)/24, "day")
}

func (h *Handlers) toDos(list portal.ToDo, o listing.Overview) portal.Group {
	for _, t := range o.ToDos {
		if one, ok := h.toDo(t); ok {
			list = append(list, one)
		}
	}
	g := portal.Group{ID: "to-do", Title: "To do"}
	if len(list) == 0 {
		g.Parts = []views.Part{portal.Words{Text: "Nothing waits for you."}}
		return g
	}
	g.Parts = []views.Part{list}
	return g
}

func (h *Handlers) toDo(t listing.ToDo) (portal.ToDoItem, bool) {
	ends := ui.Badge{Tone: ui.Warn, Text: "Ends in " + plural(t.Days, "day")}
	ended := ui.Badge{Tone: ui.Bad, Text: "Ended"}
	to := unitHref(listing.Path(t.Unit + "/x"))
	switch t.Code {
	case listing.DoCertificateEnded:
		return portal.ToDoItem{Link: ui.Link{Text: "Send the certificate that replaced " + t.Name, Href: to}, Text: "It ended on " + t.On.Long() + ". Prices are shown only while an accreditation runs.", Badge: ended}, true
	case listing.DoCertificateEnds:
		return portal.ToDoItem{Link: ui.Link{Text: "Renew " + t.Name, Href: to}, Text: "Its last day is " + t.On.Long() + ".", Badge: ends}, true
	case listing.DoPriceEnded:
		return portal.ToDoItem{Link: ui.Link{Text: "Renew the price of " + t.Name, Href: to}, Text: "It ended on " + t.On.Long() + " and is not shown.", Badge: ended}, true
	case listing.DoPriceEnds:
		return portal.ToDoItem{Link: ui.Link{Text: "Renew the price of " + t.Name, Href: to}, Text: "Its last day is " + t.On.Long() + ".", Badge: ends}, true
	case listing.DoPaused:
		return portal.ToDoItem{Link: ui.Link{Text: "Accreditation", Href: link.PortalListing("accreditation")}, Text: plural(t.N, "package") + " not offered now, because no accreditation of yours runs.", Badge: ui.Badge{Tone: ui.Bad, Text: "Paused"}}, true
	case listing.DoSentBack:
		return portal.ToDoItem{Link: ui.Link{Text: "Read why " + plural(t.N, "change") + " came back", Href: link.PortalChanges}, Text: "The alliance wrote what to change.", Badge: ui.Badge{Tone: ui.Warn, Text: "Sent back"}}, true
	case listing.DoEnquiryWaits:
		if h.cfg.Enquiries == nil {
			return portal.ToDoItem{}, false
		}
		return portal.ToDoItem{Link: ui.Link{Text: "Answer " + enquiries(t.N), Href: link.PortalEnquiries}, Text: "The oldest lapses in " + hoursLeft(t.Due.Sub(h.clock())) + ".", Badge: ui.Badge{Tone: ui.Info, Text: "Waiting"}}, true
	case listing.DoDraftWaits:
		return portal.ToDoItem{Link: ui.Link{Text: "Send " + plural(t.N, "change") + " for checking", Href: link.PortalChanges}, Text: "They are in your draft and not live.", Badge: ui.Badge{Tone: ui.Info, Text: "Draft"}}, true
	case listing.DoMeasures:
		return portal.ToDoItem{Link: ui.Link{Text: "Add a quality measure", Href: link.PortalListing("quality")}, Text: "Patients see “Not published” until you do."}, true
	case listing.DoClinicians:
		return portal.ToDoItem{Link: ui.Link{Text: "Add your surgeons", Href: link.PortalListing("surgeons")}, Text: "With their registration, so that patients can check it."}, true
	}
	return portal.ToDoItem{}, false
}

func enquiries(n int) string {
	if n == 1 {
		return "1 enquiry"
	}
	return group(n) + " enquiries"
}

func hoursLeft(d time.Duration) string {
	if h := int(d.Hours()); h >= 72 {
		return plural(h/24, "day")
	} else if h > 0 {
		return plural(h, "hour")
	}
	return "less than an hour"
}

// wholeness links each part of a whole listing to its page.
func wholeness(o listing.Overview) portal.Group {
	pages := map[string]string{"Street address": "details", "Telephone and website": "details", "Accreditation": "accreditation", "Specialties": "treatments", "Treatments": "treatments",
		"Packages and prices": "packages", "Surgeons": "surgeons", "Quality measures": "quality", "Aftercare promises": "aftercare", "Languages": "services",
		"Services for patients from abroad": "services", "Photos": "photos"}
	var list portal.Parts12
	for _, p := range o.Parts {
		list = append(list, portal.Part12{Text: p.Name, Href: link.PortalListing(pages[p.Name]), Done: p.Done})
	}
	done, of := o.Done()
	return portal.Group{ID: "whole", Title: "How whole your listing is", Note: fmt.Sprintf("%s of %s parts are there. This counts what is live.", done, of), Parts: []views.Part{list}}
}

// gone says that something of a listing does not exist.
func gonePart(what string) error { return fault.New(fault.Missing, what, nil) }
