package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/reference"
	"carecorridor/internal/workday"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// worklist is one list of a referrer's work (domain.md §2.5).
type worklist struct {
	name, title string
	states      []referral.State
	ours        bool // the practice owes the next step
}

var worklists = []worklist{
	{"open", "All open", []referral.State{referral.Draft, referral.AwaitingConsent, referral.Triage, referral.Returned, referral.WithProviders, referral.Deciding, referral.Accepted, referral.ReadyToTravel, referral.Admitted, referral.Treated, referral.Aftercare}, false},
	{"drafts", "Drafts", []referral.State{referral.Draft}, true},
	{"returned", "Sent back to us", []referral.State{referral.Returned}, true},
	{"consent", "Waiting for consent", []referral.State{referral.AwaitingConsent}, false},
	{"checks", "Being checked", []referral.State{referral.Triage}, false},
	{"hospitals", "With hospitals", []referral.State{referral.WithProviders}, false},
	{"deciding", "Patient deciding", []referral.State{referral.Deciding}, false},
	{"travel", "Preparing to travel", []referral.State{referral.Accepted, referral.ReadyToTravel}, false},
	{"treatment", "In hospital", []referral.State{referral.Admitted, referral.Treated}, false},
	{"home", "Home again", []referral.State{referral.Aftercare}, false},
	{"closed", "Closed", []referral.State{referral.Closed}, false},
}

// referRows is how many referrals a page of the dashboard shows.
const referRows = 25

// referDashboard is the practice's referrals: worklists, filters, order and pages, all by address.
func (h *Handlers) referDashboard(c echo.Context, who auth.Actor) error {
	list := worklists[0]
	if at := slices.IndexFunc(worklists, func(w worklist) bool { return w.name == c.QueryParam("list") }); at >= 0 {
		list = worklists[at]
	}
	asked := map[string]string{"list": list.name, "mine": tick(c, "mine"), "late": tick(c, "late"), "sort": c.QueryParam("sort"), "reference": cleanText(c.QueryParam("reference"))}
	if !slices.Contains([]string{"newest", "oldest", "name"}, asked["sort"]) {
		asked["sort"] = ""
	}
	f := referral.WorkFilter{States: list.states, Mine: asked["mine"] != "", LateOnly: asked["late"] != "", Sort: asked["sort"], Size: referRows, Page: max(1, atoi(c.QueryParam("page")))}
	if code, ok := reference.Parse(asked["reference"]); ok {
		f.Reference, f.States = code, nil
	}
	work, err := h.cfg.Referrals.Worklist(c.Request().Context(), who, f)
	if err == nil && len(work.Rows) == 0 && work.Total > 0 {
		f.Page = 1
		work, err = h.cfg.Referrals.Worklist(c.Request().Context(), who, f)
	}
	if err != nil {
		return err
	}
	frame := h.referFrame(c, "My referrals", who)
	menu := ui.SideNav{Label: "Worklists"}
	for _, w := range worklists {
		n := 0
		for _, s := range w.states {
			n += work.Counts[s]
		}
		item := ui.SideItem{Text: w.title, Href: link.ReferWork(map[string]string{"list": w.name}), Current: w.name == list.name, Urgent: w.ours && w.name == "returned"}
		if n > 0 {
			item.Count, item.Said = group(n), words2(n, "referral", "referrals")
		}
		menu.Items = append(menu.Items, item)
	}
	v := refer.Dashboard{Title: list.title, Menu: menu, Start: ui.Button{Text: "Start a referral", Href: link.ReferNew, Look: ui.Referrer}, Filter: h.workFilter(who, asked), Table: h.workTable(list, work, asked), Pages: workPages(work.Total, f, asked)}
	if asked["reference"] != "" && f.Reference == "" {
		frame.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter the reference as it is written, for example CC-7K3M-9Q", FieldID: "reference"}}}
		frame.Failed = true
	}
	return show(c, http.StatusOK, refer.DashboardPage(frame, v))
}

func tick(c echo.Context, name string) string {
	if c.QueryParam(name) == "yes" {
		return "yes"
	}
	return ""
}

func (h *Handlers) workFilter(who auth.Actor, asked map[string]string) refer.Filter {
	bad := check.List{}
	if _, ok := reference.Parse(asked["reference"]); !ok && asked["reference"] != "" {
		bad.Add("reference", "Enter the reference as it is written, for example CC-7K3M-9Q")
	}
	f := refer.Filter{Action: link.ReferDashboard, Label: "Filter referrals", Keep: []ui.Hidden{{Name: "list", Value: asked["list"]}}, Button: ui.Button{Text: "Apply", Look: ui.Secondary}}
	if who.Role == auth.Referrer { // an administrator signs nothing
		f.Ticks = append(f.Ticks, views.CheckBox{ID: "mine", Name: "mine", Text: "Only mine", Checked: asked["mine"] != ""})
	}
	f.Ticks = append(f.Ticks, views.CheckBox{ID: "late", Name: "late", Text: "Only late", Checked: asked["late"] != ""})
	f.Parts = []views.Part{ui.Field{ID: "sort", Name: "sort", Label: "Order", Type: "select", Options: selected(asked["sort"], ui.Option{Text: "Due first"}, ui.Option{Value: "newest", Text: "Newest first"}, ui.Option{Value: "oldest", Text: "Oldest first"}, ui.Option{Value: "name", Text: "By name"})},
		ui.Field{ID: "reference", Name: "reference", Label: "Reference", Value: asked["reference"], Width: "10", Autocomplete: "off", Error: bad.On("reference")}}
	return f
}

func (h *Handlers) workTable(list worklist, work referral.Worklist, asked map[string]string) ui.Worklist {
	out := ui.Worklist{Empty: ui.Empty{Title: "You have no referrals here", Text: []string{"Referrals of your practice are listed here with what comes next and who owes it."}}}
	if asked["list"] == "open" && asked["mine"]+asked["late"]+asked["reference"] == "" {
		out.Empty.Title = "You have no referrals yet"
	}
	out.Table = ui.StackTable{Caption: list.title, Head: []ui.Column{{Text: "Patient"}, {Text: "Treatment"}, {Text: "Status"}, {Text: "Working days old", Number: true}, {Text: "Next step"}}}
	for _, r := range work.Rows {
		where := link.Referral(r.Reference)
		if r.State != referral.Draft && r.State != referral.Returned {
			where = link.Referral(r.Reference, "timeline")
		}
		name := ui.Cell{Link: ui.Link{Text: firstOf(initials(r.Name), "No name yet"), Hidden: "referral " + r.Reference, Href: where}, Note: r.Reference}
		if r.Age >= 0 && r.Name != "" {
			name.Note = r.Reference + ", " + plural(r.Age, "year")
		}
		status := ui.Cell{Text: stateWords[r.State]}
		if r.State == referral.Closed {
			status.Text = "Closed: " + lowerFirst(endingWords[r.Ending])
		}
		if r.Unread > 0 {
			status.Note = plural(r.Unread, "new message")
		}
		out.Table.Rows = append(out.Table.Rows, ui.Row{Cells: []ui.Cell{name, treatmentCell(r.Treatment), status, {Text: strconv.Itoa(h.ageOf(r))}, h.dueCell(r)}})
	}
	return out
}

func treatmentCell(name string) ui.Cell {
	return ui.Cell{Text: firstOf(name, "Not chosen yet"), Missing: name == ""}
}

// ageOf is how many English working days a referral is old.
func (h *Handlers) ageOf(r referral.WorkRow) int {
	return workday.England.Between(r.Created, h.clock())
}

// dueCell is what comes next, whose turn it is, and by when.
func (h *Handlers) dueCell(r referral.WorkRow) ui.Cell {
	cell := ui.Cell{Text: stepWords[r.State]}
	switch {
	case r.Due.IsZero():
	case r.Late:
		cell.Note, cell.Strong = "Late: was due on "+ukDay(r.Due).Long(), true
	default:
		cell.Note = "By " + ukDay(r.Due).Long()
	}
	return cell
}

// initials of a name: a list can be seen by others in the room.
func initials(name string) string {
	var out strings.Builder
	for word := range strings.FieldsSeq(name) {
		if r := []rune(strings.Trim(word, ",.()")); len(r) > 0 {
			out.WriteString(strings.ToUpper(string(r[0])) + ".")
		}
	}
	return out.String()
}

func workPages(total int, f referral.WorkFilter, asked map[string]string) ui.Pagination {
	var out ui.Pagination
	pages := (total + f.Size - 1) / f.Size
	if pages < 2 {
		return out
	}
	at := func(n int) string {
		parts := map[string]string{"page": strconv.Itoa(n)}
		for name, value := range asked {
			parts[name] = value
		}
		return link.ReferWork(parts)
	}
	for n := 1; n <= pages; n++ {
		if n == 1 || n == pages || n >= f.Page-2 && n <= f.Page+2 {
			out.Items = append(out.Items, ui.PageItem{Number: n, Href: at(n), Current: n == f.Page})
		}
	}
	if f.Page > 1 {
		out.Prev = at(f.Page - 1)
	}
	if f.Page < pages {
		out.Next = at(f.Page + 1)
	}
	return out
}

var endingWords = map[referral.Ending]string{
	referral.EndCompleted: "Completed", referral.EndDeclined: "No hospital offered", referral.EndWithdrawn: "Withdrawn by the patient", referral.EndCancelled: "Cancelled", referral.EndExpired: "Nobody did anything for too long",
	referral.EndExcluded: "Not arranged here", referral.EndDeceased: "The patient died", referral.EndEnteredInError: "Entered in error",
}

// referNew begins a referral: whose signature it will carry, and whether a question comes first.
func (h *Handlers) referNew(c echo.Context, who auth.Actor) error {
	return h.showNew(c, http.StatusOK, who, nil)
}

func (h *Handlers) showNew(c echo.Context, status int, who auth.Actor, bad check.List) error {
	f := h.referFrame(c, "Start a referral", who, ui.Link{Text: "My referrals", Href: link.ReferDashboard})
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	mode := c.FormValue("mode")
	form := refer.Form{Action: link.ReferNew, Buttons: []ui.Button{{Text: "Start"}}, Parts: []views.Part{
		ui.Choices{ID: "mode", Name: "mode", Legend: "What do you want to do?", Error: bad.On("mode"), Options: ticked([]ui.Choice{
			{Value: string(referral.ForReferral), Text: "Refer for treatment or a second opinion"}, {Value: string(referral.ForAdvice), Text: "Ask a question first", Hint: "It can become a referral later, if the patient agrees."}}, firstOf(mode, string(referral.ForReferral)))}}}
	if who.Role == auth.ReferrerAdmin {
		people, err := h.clinicians(c, who)
		if err != nil {
			return err
		}
		form.Parts = append(form.Parts, clinicianField(people, c.FormValue("clinician"), bad.On("clinician")))
	}
	page := refer.Page{Title: "Start a referral", Parts: []views.Part{form}, Lead: []string{"You need the patient’s agreement to be referred. Nothing is sent before you sign and they consent."}}
	return show(c, status, refer.View(f, page))
}

// clinicians of the reader's practice who can sign.
func (h *Handlers) clinicians(c echo.Context, who auth.Actor) ([]auth.Member, error) {
	all, err := h.cfg.People.PeopleOf(c.Request().Context(), who, who.Org)
	return slices.DeleteFunc(all, func(m auth.Member) bool { return m.Role != auth.Referrer || m.Paused || m.Locked }), err
}

func clinicianField(people []auth.Member, chosen, problem string) ui.Field {
	options := []ui.Option{{Text: "Choose"}}
	for _, m := range people {
		options = append(options, ui.Option{Value: m.Person, Text: m.Name, Selected: m.Person == chosen})
	}
	return ui.Field{ID: "clinician", Name: "clinician", Label: "Clinician on whose behalf you write", Hint: "They sign it. You cannot sign for them.", Type: "select", Options: options, Error: problem}
}

func (h *Handlers) referBegin(c echo.Context, who auth.Actor) error {
	var bad check.List
	n := referral.NewReferral{Mode: referral.Mode(c.FormValue("mode")), Clinician: c.FormValue("clinician")}
	bad.Need(n.Mode == referral.ForReferral || n.Mode == referral.ForAdvice, "mode", "Select what you want to do")
	if who.Role == auth.ReferrerAdmin {
		people, err := h.clinicians(c, who)
		if err != nil {
			return err
		}
		bad.Need(slices.ContainsFunc(people, func(m auth.Member) bool { return m.Person == n.Clinician }), "clinician", "Select the clinician who will sign")
	} else {
		n.Clinician = who.Person
	}
	if !bad.OK() {
		return h.showNew(c, http.StatusUnprocessableEntity, who, bad)
	}
	n.Click = clickAgain
	started, err := h.cfg.Referrals.Start(c.Request().Context(), who, n)
	if errors.Is(err, referral.ErrManyDrafts) {
		return h.manyDrafts(c, who)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.Referral(started.Reference, pagePatient.slug))
}

// clickAgain is how soon a second start by the same person is the same click again.
const clickAgain = 10 * time.Second

// manyDrafts says that there are no more starts today, and what can be done instead.
func (h *Handlers) manyDrafts(c echo.Context, who auth.Actor) error {
	f := h.referFrame(c, "You have started "+strconv.Itoa(referral.MaxStarted)+" referrals today", who, ui.Link{Text: "My referrals", Href: link.ReferDashboard})
	page := refer.Page{Title: f.Title, Lead: []string{"That is the most that one person starts in a day. No other referral was started.", "You can go on with those you have, and start more tomorrow."},
		Parts: []views.Part{refer.Row{Links: []ui.Link{{Text: "Your drafts", Href: link.ReferWork(map[string]string{"list": "drafts"})}}}}}
	return show(c, http.StatusTooManyRequests, refer.View(f, page))
}

// referClinician changes who signs.
func (h *Handlers) referClinician(c echo.Context, who auth.Actor) error {
	return h.showClinician(c, http.StatusOK, who, nil)
}

func (h *Handlers) showClinician(c echo.Context, status int, who auth.Actor, bad check.List) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	f := h.referFrame(c, "Named clinician", who, backToTasks(v)...)
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	form := refer.Form{Action: link.Referral(v.Reference, "clinician"), Keep: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}, Buttons: []ui.Button{{Text: "Save"}}}
	if who.Role == auth.Referrer {
		form.Keep = append(form.Keep, ui.Hidden{Name: "clinician", Value: who.Person})
		form.Buttons[0].Text = "I am the named clinician"
	} else {
		people, err := h.clinicians(c, who)
		if err != nil {
			return err
		}
		form.Parts = []views.Part{clinicianField(people, firstOf(c.FormValue("clinician"), v.Clinician), bad.On("clinician"))}
	}
	lead := "The named clinician signs the referral and gets its messages. Now: " + firstOf(v.ClinicianName, "nobody") + "."
	return h.showRefer(c, status, v, f, refer.Page{Caption: "Referral " + v.Reference, Lead: []string{lead}, Parts: []views.Part{form}})
}

func (h *Handlers) referClinicianSave(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(c.FormValue("version"), 10, 64)
	saved, err := h.cfg.Referrals.NameClinician(c.Request().Context(), who, v.ID, version, c.FormValue("clinician"))
	if err != nil {
		return err
	}
	if !saved.OK() {
		return h.showClinician(c, http.StatusUnprocessableEntity, who, saved.Problems)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference), "clinician"))
}
