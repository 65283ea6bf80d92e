package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// triageRoutes are the desk's pages of referrals: for coordinators and safety reviewers, and in part for verifiers (a
// hospital in doubt), auditors (who looked) and administrators (legal hold, erasure). What each may do is the service's
// to say.
func (h *Handlers) triageRoutes() []route {
	if h.cfg.Desk == nil {
		return nil
	}
	get := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("GET", path, act, do)
	}
	post := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("POST", path, act, do)
	}
	return []route{
		get(link.DeskReferrals, auth.ReferralTriage, h.triageList),
		get("/desk/referrals/:ref", auth.ReferralStanding, h.inCase(h.triageCase)),
		get("/desk/referrals/:ref/do/:event", auth.ReferralStanding, h.inCase(h.caseAsks(triageForms))), post("/desk/referrals/:ref/do/:event", auth.ReferralStanding, h.inCase(h.caseDoes(triageForms))),
		get("/desk/referrals/:ref/messages", auth.ReferralTriage, h.inCase(h.caseTalk)), post("/desk/referrals/:ref/messages", auth.ReferralTriage, h.inCase(h.caseSay)),
		get("/desk/referrals/:ref/files/:file", auth.ReferralTriage, h.inCase(h.caseFile)),
		get("/desk/referrals/:ref/handback", auth.ReferralTriage, h.inCase(h.triageHandback)), post("/desk/referrals/:ref/handback", auth.ReferralTriage, h.inCase(h.triageHandbackSave)),
		post("/desk/referrals/:ref/break-glass", auth.ReferralBreak, h.breakGlass),
		get("/desk/agreements/:org", auth.OrganisationView, h.agreement), post("/desk/agreements/:org", auth.OrganisationAdmin, h.agreementSave),
		get(link.DeskAccessLog, auth.AccessLogView, h.accessLog),
		get(link.DeskSafeguards, auth.ReferralErase, h.safeguards),
	}
}

// triageView is one choice of the worklist.
type triageView struct {
	name, text string
	filter     referral.WorkFilter
}

// triageViews are the choices in the order of the menu over the list (domain.md §2.5).
var triageViews = []triageView{
	{"check", "To check", referral.WorkFilter{States: []referral.State{referral.Triage}}},
	{"late", "Past due", referral.WorkFilter{LateOnly: true}},
	{"held", "On safety hold", referral.WorkFilter{Flag: referral.SafetyHold}},
	{"doubt", "Hospital in doubt", referral.WorkFilter{Flag: referral.AccreditationHold}},
	{"returned", "Returned", referral.WorkFilter{States: []referral.State{referral.Returned}}},
	{"hospitals", "With hospitals", referral.WorkFilter{States: []referral.State{referral.WithProviders, referral.Deciding}}},
	{"travel", "Before the journey", referral.WorkFilter{States: []referral.State{referral.Accepted, referral.ReadyToTravel}}},
	{"treated", "In hospital", referral.WorkFilter{States: []referral.State{referral.Admitted, referral.Treated}}},
	{"home", "Aftercare", referral.WorkFilter{States: []referral.State{referral.Aftercare}}},
	{"closed", "Closed", referral.WorkFilter{States: []referral.State{referral.Closed}}},
	{"all", "All", referral.WorkFilter{}},
}

// caseSorts are the orders of a worklist.
var caseSorts = []ui.Option{{Value: "due", Text: "Due first"}, {Value: "oldest", Text: "Oldest first"}, {Value: "newest", Text: "Newest first"}, {Value: "name", Text: "Name"}}

// caseSize is how many referrals a page of a worklist has.
const caseSize = 50

// chosenSort is the order that an address asks for, "" for the usual one.
func chosenSort(q url.Values) string {
	if slices.ContainsFunc(caseSorts, func(o ui.Option) bool { return o.Value == q.Get("sort") }) {
		return q.Get("sort")
	}
	return ""
}

func sortField(chosen string) ui.Field {
	f := ui.Field{ID: "sort", Label: "Order", Type: "select"}
	for _, o := range caseSorts {
		o.Selected = o.Value == chosen
		f.Options = append(f.Options, o)
	}
	return f
}

// triageList is the worklist of the desk.
func (h *Handlers) triageList(c echo.Context, who auth.Actor) error {
	q := c.QueryParams()
	at := max(slices.IndexFunc(triageViews, func(v triageView) bool { return v.name == q.Get("show") }), 0)
	f := triageViews[at].filter
	f.Sort, f.Page, f.Size, f.Reference = chosenSort(q), casePageNumber(c), caseSize, cleanText(q.Get("reference"))
	if f.Reference != "" {
		f.States, f.Flag, f.LateOnly = nil, "", false
	}
	list, err := h.cfg.Referrals.Worklist(c.Request().Context(), who, f)
	if err != nil {
		return err
	}
	t := ui.Worklist{Empty: ui.Empty{Title: "No referral is here", Text: []string{"Referrals come here when a patient has sent them, and when a hospital or a patient does something that waits for us."}, Links: []ui.Link{{Text: "See all referrals", Href: link.DeskReferrals + "?show=all"}}}}
	t.Table = ui.StackTable{Caption: triageViews[at].text, Head: []ui.Column{{Text: "Referral"}, {Text: "Patient"}, {Text: "Treatment"}, {Text: "State"}, {Text: "Age"}, {Text: "Due"}, {Text: "Look at"}}}
	for _, r := range list.Rows {
		t.Table.Rows = append(t.Table.Rows, h.triageRow(r))
	}
	tabs, err := h.workViews(c, who, link.DeskReferrals, triageViews, at)
	if err != nil {
		return err
	}
	news, err := h.caseNews(c, who)
	if err != nil {
		return err
	}
	s := caseSheet{title: "Referrals", lead: []string{"Each look at a referral is recorded, and the patient can see it."}, parts: []views.Part{tabs, triageFilter(link.DeskReferrals, triageViews[at].name, f), t}}
	if pages := casePager(link.DeskReferrals, map[string]string{"show": triageViews[at].name, "sort": f.Sort, "reference": f.Reference}, f.Page, caseSize, list.Total); pages != nil {
		s.parts = append(s.parts, *pages)
	}
	s.parts = append(s.parts, news...)
	return h.showCaseDesk(c, http.StatusOK, who, s)
}

// workViews are the choices of a worklist at path, each with how many lines it has.
func (h *Handlers) workViews(c echo.Context, who auth.Actor, path string, all []triageView, at int) (cases.Views, error) {
	out := cases.Views{Label: "Referrals by what they wait for"}
	for i, v := range all {
		n, err := h.cfg.Referrals.Counted(c.Request().Context(), who, v.filter)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, cases.ViewOf{Text: v.text, Count: group(n), Href: link.Filtered(path, map[string]string{"show": v.name}), Here: i == at, Urgent: n > 0 && (v.filter.LateOnly || v.filter.Flag != "")})
	}
	return out, nil
}

func triageFilter(path, show string, f referral.WorkFilter) deskview.Filters {
	v := deskview.Filters{Action: path, Label: "Filter referrals", Keep: []ui.Hidden{{Name: "show", Value: show}},
		Fields: []views.Part{ui.Field{ID: "reference", Label: "Reference", Hint: "For example CC-7K3M-9Q", Value: f.Reference, Width: "10"}, sortField(f.Sort)}}
	if f.Reference != "" || f.Sort != "" {
		v.Clear = ui.Link{Text: "Clear", Href: link.Filtered(path, map[string]string{"show": show})}
	}
	return v
}

func (h *Handlers) triageRow(r referral.WorkRow) ui.Row {
	age := "Not known"
	if r.Age >= 0 {
		age = strconv.Itoa(r.Age) + " years"
	}
	from := "Written by the patient"
	if r.Origin == referral.ByReferrer {
		from = caseJoined(", ", r.Clinician, r.PracticeName)
	}
	state := caseState(r.State, r.Ending)
	day, note := caseDue(r.Due, h.clock(), r.Late)
	due := ui.Cell{Text: day, Note: caseJoined(", ", caseTimers[r.DueTimer], note), Strong: r.Late}
	if day == "" {
		due = ui.Cell{Text: "Nothing", Missing: true}
	}
	patient, treatment := ui.Cell{Text: firstOf(r.Name, "Name not given"), Note: age}, ui.Cell{Text: firstOf(r.Treatment, "Not given"), Note: from}
	if r.State == referral.AwaitingConsent {
		patient, treatment = ui.Cell{Text: "Not shown before the patient agrees", Missing: true}, ui.Cell{Text: "Not shown yet", Missing: true, Note: from}
	}
	look := ui.Cell{Text: "Nothing", Missing: true}
	if marks := triageMarks(r); len(marks) > 0 {
		look = ui.Cell{Body: marks.View()}
	}
	return ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: r.Reference, Href: link.DeskReferral(r.Reference)}, Note: caseModes[r.Mode]}, patient, treatment,
		{Body: state.View()}, {Text: caseSpan(h.clock().Sub(r.Created)), Note: caseCode(string(r.Priority))}, due, look}}
}

var caseModes = map[referral.Mode]string{referral.ForReferral: "Referral", referral.ForAdvice: "Advice first"}

// triageMarks are what somebody has to look at.
func triageMarks(r referral.WorkRow) ui.Badges {
	var out ui.Badges
	for _, f := range r.Flags {
		out = append(out, caseFlags[f])
	}
	if r.RedFlags > 0 {
		out = append(out, ui.Badge{Tone: ui.Bad, Text: plural(r.RedFlags, "warning sign")})
	}
	if r.Duplicates > 0 {
		out = append(out, ui.Badge{Tone: ui.Warn, Text: plural(r.Duplicates, "possible duplicate")})
	}
	if r.Unread > 0 {
		out = append(out, ui.Badge{Tone: ui.Info, Text: plural(r.Unread, "new message")})
	}
	return out
}
