package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/desk"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// deskRoutes are the pages of the alliance's staff (ux.md §6.15).
func (h *Handlers) deskRoutes() []route {
	if h.cfg.Desk == nil || h.cfg.People == nil || h.cfg.Listings == nil || h.cfg.Feedback == nil {
		return nil
	}
	get := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("GET", path, act, do)
	}
	post := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("POST", path, act, do)
	}
	routes := []route{
		get(link.Desk, auth.DeskView, h.deskHome),
		get(link.DeskChecks, auth.VerificationView, h.deskChecks), get("/desk/checks/:id", auth.VerificationView, h.deskCheck), post("/desk/checks/:id", auth.VerificationCheck, h.deskDecide),
		post("/desk/checks/:id/evidence", auth.VerificationCheck, h.deskEvidence).withFiles(), get("/desk/files/:id", auth.VerificationView, h.deskFile), get(link.DeskEnding, auth.VerificationView, h.deskEnding),
		get(link.DeskRegister, auth.RegisterImport, h.deskRegister), post(link.DeskRegister, auth.RegisterImport, h.deskRegisterRead).withFiles(),
		get(link.DeskOrganisations, auth.OrganisationView, h.deskOrganisations), get(link.DeskNewOrg, auth.OrganisationAdmin, h.deskNewOrganisation), post(link.DeskNewOrg, auth.OrganisationAdmin, h.deskAddOrganisation),
		get("/desk/organisations/:id", auth.OrganisationView, h.deskOrganisation), post("/desk/organisations/:id", auth.OrganisationAdmin, h.deskSaveOrganisation),
		post("/desk/organisations/:id/invite", auth.PeopleManage, h.deskInvite), post("/desk/invitations/:id", auth.PeopleManage, h.deskTakeBack),
		get(link.DeskPeople, auth.PeopleManage, h.deskPeople), get("/desk/people/:id", auth.PeopleManage, h.deskPerson), post("/desk/people/:id/:what", auth.PeopleManage, h.deskPersonDo), post("/desk/roles/:id", auth.PeopleManage, h.deskRole),
		get(link.DeskTexts, auth.ContentReview, h.deskTexts), get("/desk/texts/:kind/:slug", auth.ContentReview, h.deskText), post("/desk/texts/:kind/:slug", auth.ContentReview, h.deskTextReview), post("/desk/reviews/:id", auth.ContentReview, h.deskReviewDecide),
		get(link.DeskFigures, auth.ReferenceView, h.deskFigures), get(link.DeskNewFare, auth.ReferenceEdit, h.deskNewFare), post(link.DeskNewFare, auth.ReferenceEdit, h.deskAddFare),
		get("/desk/figures/:key", auth.ReferenceView, h.deskFigure), post("/desk/figures/:key", auth.ReferenceEdit, h.deskFigureSave), post("/desk/figures/:key/withdraw", auth.ReferenceEdit, h.deskFigureWithdraw),
		get(link.DeskProblems, auth.ReportHandle, h.deskProblems), get("/desk/problems/:ref", auth.ReportHandle, h.deskProblem), post("/desk/problems/:ref/:what", auth.ReportHandle, h.deskProblemDo),
		get(link.DeskFeedback, auth.FeedbackModerate, h.deskFeedback), get("/desk/feedback/:id", auth.FeedbackModerate, h.deskFeedbackText), post("/desk/feedback/:id", auth.FeedbackModerate, h.deskModerate),
		get(link.DeskStatistics, auth.StatisticsView, h.deskStatistics), get("/desk/statistics/:table", auth.StatisticsView, h.deskStatisticsCSV),
		get(link.DeskAudit, auth.AuditRead, h.deskAudit), get(link.DeskAuditCSV, auth.AuditRead, h.deskAuditCSV), post(link.DeskAuditVerify, auth.AuditRead, h.deskAuditVerify),
		get("/desk/audit/rows/:seq", auth.AuditRead, h.deskAuditRow), post("/desk/audit/rows/:seq", auth.AuditRead, h.deskAuditReveal),
	}
	return append(routes, h.own("GET", "/problems/:code", h.problemOutcome), h.plain("/photos/:file", h.hospitalPhoto))
}

const deskTitle = "Alliance desk"

// deskMenu is every page of the desk with the action it needs.
var deskMenu = []struct {
	text, href string
	act        auth.Action
}{
	{"Dashboard", link.Desk, auth.DeskView}, {"Referrals", link.DeskReferrals, auth.ReferralTriage}, {"Checks", link.DeskChecks, auth.VerificationView}, {"Register refresh", link.DeskRegister, auth.RegisterImport},
	{"Reported problems", link.DeskProblems, auth.ReportHandle}, {"Patient feedback", link.DeskFeedback, auth.FeedbackModerate}, {"Organisations", link.DeskOrganisations, auth.OrganisationView},
	{"People", link.DeskPeople, auth.PeopleManage}, {"Texts to review", link.DeskTexts, auth.ContentReview}, {"Reference data", link.DeskFigures, auth.ReferenceView},
	{"Reports", link.DeskStatistics, auth.StatisticsView}, {"Audit trail", link.DeskAudit, auth.AuditRead}, {"Who looked at a record", link.DeskAccessLog, auth.AccessLogView}, {"Legal hold and erasure", link.DeskSafeguards, auth.ReferralLegalHold},
}

// deskSide is the menu of somebody's role with what waits.
func (h *Handlers) deskSide(c echo.Context, who auth.Actor, section string) (ui.SideNav, error) {
	o, err := h.cfg.Desk.Overview(c.Request().Context(), who)
	if err != nil {
		return ui.SideNav{}, err
	}
	waits := map[string]int{link.DeskChecks: o.Checks, link.DeskProblems: o.Reports, link.DeskFeedback: o.Texts, link.DeskTexts: o.Reviews}
	side := ui.SideNav{Label: deskTitle}
	for _, m := range deskMenu {
		if !auth.Can(who.Role, m.act) || !h.exists(m.href) {
			continue
		}
		i := ui.SideItem{Text: m.text, Href: m.href, Current: m.href == section}
		if n := waits[m.href]; n > 0 {
			i.Count, i.Said = group(n), "waiting"
		}
		side.Items = append(side.Items, i)
	}
	return side, nil
}

// deskPage draws a page of the desk: section is its entry of the menu, before the pages above it.
func (h *Handlers) deskPage(c echo.Context, status int, who auth.Actor, section string, v deskview.Page, bad check.List, before ...ui.Link) error {
	side, err := h.deskSide(c, who, section)
	if err != nil {
		return err
	}
	v.Menu = side
	f := h.workFrame(v.Title, deskTitle, who, nil, append([]ui.Link{{Text: deskTitle, Href: link.Desk}}, before...)...)
	if section == link.Desk {
		f.Breadcrumb = nil
	}
	f.Errors, f.Failed = problemsOf(bad), !bad.OK()
	if words := deskDone[c.QueryParam("done")]; words != "" && bad.OK() {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
	return show(c, status, deskview.View(f, v))
}

// deskDone are the words over a page after something was done, by the word in its address.
var deskDone = map[string]string{
	"approved": "Approved. It is public now, and search shows it within seconds.", "first": "Your approval is kept. Another person must approve it, too.",
	"sent_back": "Sent back. The hospital reads your reason and may send it again.", "rejected": "Rejected. The hospital reads your reason.", "evidence": "The file is kept. It goes with your decision.",
	"saved": "Saved.", "added": "Added.", "invited": "The invitation is mailed. It works once.", "taken_back": "The invitation no longer works.",
	"locked": "The account is locked and its sessions have ended.", "unlocked": "The account is open again.", "factors": "The second factors are forgotten. A link to set up new ones is mailed.",
	"role": "The role is changed.", "removed": "The role is taken away.", "paused": "The role is paused.", "resumed": "The role may be used again.",
	"proposed": "The review is recorded. Another person must publish it.", "published": "Published. The page shows it now.", "refused": "Not published.",
	"figure": "The figure counts from now on.", "withdrawn": "The figure is taken back.",
	"assigned": "It is clear who looks into it.", "noted": "The note is kept.", "closed": "Closed. The words stand in the listing's history.",
	"decided": "Decided. The public sees it as you chose.", "verifying": "The chain is being verified. Load this page again in a moment.",
}

// toDesk goes to a page after something was done, so that loading it again does nothing.
func (h *Handlers) toDesk(c echo.Context, to, did string) error {
	return c.Redirect(http.StatusSeeOther, to+"?"+url.Values{"done": {did}}.Encode())
}

// deskAgain shows a form again after something that the service would not do: somebody was quicker, or it is not for this
// person. redraw keeps what was typed. What it is not about goes on as it is.
func deskAgain(err error, redraw func(status int, bad check.List) error) error {
	var status int
	switch {
	case fault.Is(err, fault.Conflict):
		status = http.StatusConflict
	case fault.Is(err, fault.Forbidden):
		status = http.StatusForbidden
	case fault.Is(err, fault.Invalid):
		status = http.StatusUnprocessableEntity
	default:
		return err
	}
	say := sentence(err, status)
	if status == http.StatusConflict && say == sentence(nil, status) {
		say = "Somebody changed this since you opened the page. It is shown as it is now, with what you typed"
	}
	return redraw(status, check.List{{Say: say}})
}

// since is how long something has waited, in words.
func (h *Handlers) since(t time.Time) string {
	switch d := h.clock().Sub(t); {
	case d < time.Hour:
		return "less than 1 hour"
	case d < 48*time.Hour:
		return plural(int(d.Hours()), "hour")
	default:
		return plural(int(d.Hours()/24), "day")
	}
}

// personWords is a person's name, or what is known instead.
func personWords(names map[string]string, id string) string {
	switch {
	case id == "":
		return "Nobody"
	case names[id] != "":
		return names[id]
	case id == "console":
		return "Command line"
	}
	return "Somebody without a name here"
}

// deskDay is one date of a form; its inputs are name-day, name-month and name-year.
func deskDay(name, legend, hint string, v url.Values, bad check.List) ui.DateField {
	return ui.DateField{ID: name, Name: name, Legend: legend, Hint: hint, Error: bad.On(name), Day: v.Get(name + "-day"), Month: v.Get(name + "-month"), Year: v.Get(name + "-year")}
}

// putDay fills the inputs of deskDay.
func putDay(v url.Values, name string, d when.Date) {
	if d.Known() {
		v.Set(name+"-day", strconv.Itoa(d.Day))
		v.Set(name+"-month", strconv.Itoa(int(d.Month)))
		v.Set(name+"-year", strconv.Itoa(d.Year))
	}
}

// readDay reads the inputs of deskDay; all empty is the unknown date, anything else that is no date a problem.
func readDay(v url.Values, name string, bad *check.List) when.Date {
	day, month, year := strings.TrimSpace(v.Get(name+"-day")), strings.TrimSpace(v.Get(name+"-month")), strings.TrimSpace(v.Get(name+"-year"))
	if day+month+year == "" {
		return when.Date{}
	}
	d, err := when.ParseDate(year + "-" + twoDigits(month) + "-" + twoDigits(day))
	if err != nil {
		bad.Add(name, "Enter the date as day, month and year, for example 12 1 2027")
	}
	return d
}

func keepVersion(n int64) ui.Hidden {
	return ui.Hidden{Name: "version", Value: strconv.FormatInt(n, 10)}
}

func versionOf(c echo.Context) int64 {
	n, _ := strconv.ParseInt(c.FormValue("version"), 10, 64) // none is a version that never was: told as a conflict
	return n
}

// merged puts problems found by reading before those found by the service.
func merged(first, then check.List) check.List {
	return append(slices.Clone(first), slices.DeleteFunc(then, func(p check.Problem) bool { return first.On(p.Field) != "" })...)
}

// deskTook writes a time between two steps.
func deskTook(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "under 1 minute"
	case d < time.Hour:
		return plural(int(d.Minutes()), "minute")
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f hours", d.Hours())
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}

// deskHome is the dashboard.
func (h *Handlers) deskHome(c echo.Context, who auth.Actor) error {
	ctx := c.Request().Context()
	o, err := h.cfg.Desk.Overview(ctx, who)
	if err != nil {
		return err
	}
	st, err := h.cfg.Desk.Statistics(ctx, who, h.cfg.Demo)
	if err != nil {
		return err
	}
	news, err := h.caseNews(c, who)
	if err != nil {
		return err
	}
	v := deskview.Page{Title: deskTitle, Lead: []string{"What waits, the oldest first. Counts are of this moment."}, Parts: append(append([]views.Part{h.deskTiles(o, who)}, news...), deskCharts(st))}
	return h.deskPage(c, http.StatusOK, who, link.Desk, v, nil)
}

func (h *Handlers) deskTiles(o desk.Overview, who auth.Actor) deskview.Tiles {
	tile := func(n int, label, href string, act auth.Action, oldest time.Time) deskview.Tile {
		t := deskview.Tile{Value: group(n), Label: label}
		if auth.Can(who.Role, act) {
			t.Href = href
		}
		if !oldest.IsZero() {
			t.Note, t.Urgent = "Oldest: "+h.since(oldest), h.clock().Sub(oldest) > 48*time.Hour
		}
		return t
	}
	past := tile(o.PastDue, "Referrals past due", link.Filtered(link.DeskReferrals, map[string]string{"show": "late"}), auth.ReferralTriage, time.Time{})
	past.Urgent = o.PastDue > 0
	return deskview.Tiles{
		tile(o.Checks, "Checks waiting", link.DeskChecks, auth.VerificationView, o.OldestCheck),
		tile(o.Ending, fmt.Sprintf("Certificates ending in %d days", desk.EndsSoon), link.DeskEnding, auth.VerificationView, time.Time{}),
		past,
		tile(o.Reports, "Reported problems open", link.DeskProblems, auth.ReportHandle, o.OldestReport),
		tile(o.Texts, "Feedback to moderate", link.DeskFeedback, auth.FeedbackModerate, o.OldestText),
	}
}
