package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// caseHospitalRoutes are a hospital's pages of the referrals that were sent to it.
func (h *Handlers) caseHospitalRoutes() []route {
	if h.cfg.Listings == nil {
		return nil
	}
	get := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("GET", path, act, do)
	}
	post := func(path string, act auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("POST", path, act, do)
	}
	const one = "/portal/referrals/:ref"
	return []route{
		get(link.PortalReferrals, auth.ReferralAnswer, h.hospitalList), get(one+"/deleted", auth.ReferralAnswer, h.deletionAsk), post(one+"/deleted", auth.ReferralAnswer, h.deletionConfirm),
		get(one, auth.ReferralAnswer, h.inCase(h.hospitalCase)), post(one+"/open", auth.ReferralAnswer, h.inCase(h.hospitalOpen)),
		get(one+"/do/:event", auth.ReferralAnswer, h.inCase(h.caseAsks(hospitalForms))), post(one+"/do/:event", auth.ReferralAnswer, h.inCase(h.caseDoes(hospitalForms))),
		get(one+"/messages", auth.ReferralAnswer, h.inCase(h.caseTalk)), post(one+"/messages", auth.ReferralAnswer, h.inCase(h.caseSay)),
		get(one+"/files/:file", auth.ReferralAnswer, h.inCase(h.caseFile)), post(one+"/files", auth.ReferralAnswer, h.inCase(h.hospitalAttach)).withFiles(),
		get(one+"/offer", auth.ReferralOpinion, h.inCase(h.offerBlank)), post(one+"/offer", auth.ReferralOpinion, h.inCase(h.offerGive)),
		get(one+"/offers/:number", auth.ReferralAnswer, h.inCase(h.offerRead)),
		get(one+"/letter", auth.ReferralAnswer, h.inCase(h.letterAsk)), post(one+"/letter", auth.ReferralAnswer, h.inCase(h.letterIssue)), get(one+"/letter.pdf", auth.ReferralAnswer, h.inCase(h.letterPDF)),
		get(one+"/discharge", auth.ReferralAnswer, h.inCase(h.dischargeList)), post(one+"/discharge", auth.ReferralOpinion, h.inCase(h.dischargeSign)),
		get(one+"/discharge/:page", auth.ReferralAnswer, h.inCase(h.dischargePage)), post(one+"/discharge/:page", auth.ReferralAnswer, h.inCase(h.dischargeSave)),
	}
}

// hospitalViews are the choices of a hospital's worklist (domain.md §2.5). The first one is everything with what is due
// first, so that nothing late is out of sight.
var hospitalViews = []triageView{
	{"all", "All, due first", referral.WorkFilter{}},
	{"late", "Past due", referral.WorkFilter{LateOnly: true}},
	{"answer", "To answer", referral.WorkFilter{Responses: []referral.Response{referral.Sent, referral.Opened}}},
	{"asked", "Your question is open", referral.WorkFilter{Responses: []referral.Response{referral.InfoRequested}}},
	{"offered", "Offer given", referral.WorkFilter{Responses: []referral.Response{referral.Offered}}},
	{"prepare", "Dates and conditions", referral.WorkFilter{Responses: []referral.Response{referral.Selected}, States: []referral.State{referral.Accepted, referral.ReadyToTravel}}},
	{"stay", "In hospital", referral.WorkFilter{Responses: []referral.Response{referral.Selected}, States: []referral.State{referral.Admitted}}},
	{"package", "Discharge package due", referral.WorkFilter{Responses: []referral.Response{referral.Selected}, States: []referral.State{referral.Treated}}},
	{"home", "Aftercare", referral.WorkFilter{Responses: []referral.Response{referral.Selected}, States: []referral.State{referral.Aftercare}}},
	{"over", "Over", referral.WorkFilter{Responses: []referral.Response{referral.Declined, referral.Lapsed, referral.WithdrawnFrom, referral.NotSelected}}},
}

// hospitalList is the worklist of a hospital, with what is due first.
func (h *Handlers) hospitalList(c echo.Context, who auth.Actor) error {
	q := c.QueryParams()
	at := max(slices.IndexFunc(hospitalViews, func(v triageView) bool { return v.name == q.Get("show") }), 0)
	f := hospitalViews[at].filter
	f.Sort, f.Page, f.Size, f.Reference = chosenSort(q), casePageNumber(c), caseSize, cleanText(q.Get("reference"))
	if f.Reference != "" {
		f.States, f.Responses, f.LateOnly = nil, nil, false
	}
	list, err := h.cfg.Referrals.Worklist(c.Request().Context(), who, f)
	if err != nil {
		return err
	}
	t := ui.Worklist{Empty: ui.Empty{Title: "No referral is here", Text: []string{"A referral comes when a patient chose you and agreed, and our coordinator checked it. You get an email, too."}, Links: []ui.Link{{Text: "See all referrals", Href: link.PortalReferrals + "?show=all"}}}}
	t.Table = ui.StackTable{Caption: hospitalViews[at].text, Head: []ui.Column{{Text: "Referral"}, {Text: "Patient"}, {Text: "Treatment"}, {Text: "State"}, {Text: "Due"}, {Text: "New"}}}
	for _, r := range list.Rows {
		t.Table.Rows = append(t.Table.Rows, h.hospitalRow(r))
	}
	tabs, err := h.workViews(c, who, link.PortalReferrals, hospitalViews, at)
	if err != nil {
		return err
	}
	s := caseSheet{title: "Referrals", lead: []string{"Patients are told to expect an answer in 5 working days. After 10 working days a referral ends by itself."}, parts: []views.Part{tabs, triageFilter(link.PortalReferrals, hospitalViews[at].name, f), t}}
	if pages := casePager(link.PortalReferrals, map[string]string{"show": hospitalViews[at].name, "sort": f.Sort, "reference": f.Reference}, f.Page, caseSize, list.Total); pages != nil {
		s.parts = append(s.parts, *pages)
	}
	return h.showCase(c, http.StatusOK, who, s)
}

// caseOver reports whether a hospital is out of a referral, so that there is nothing to open.
func caseOver(r referral.Response) bool {
	return slices.Contains([]referral.Response{referral.Lapsed, referral.WithdrawnFrom, referral.NotSelected}, r)
}

func (h *Handlers) hospitalRow(r referral.WorkRow) ui.Row {
	gone := r.MustDelete || caseOver(r.Response)
	who := "Age not known"
	if r.Age >= 0 {
		who = strconv.Itoa(r.Age) + " years"
	}
	day, note := caseDue(r.Due, h.clock(), r.Late)
	due := ui.Cell{Text: day, Note: caseJoined(", ", caseTimers[r.DueTimer], note), Strong: r.Late}
	if day == "" {
		due = ui.Cell{Text: "Nothing", Missing: true}
	}
	fresh := ui.Cell{Text: "Nothing new", Missing: true}
	if r.Unread > 0 {
		fresh = ui.Cell{Text: plural(r.Unread, "message")}
	}
	patient := ui.Cell{Text: firstOf(r.Name, who)}
	if r.Name != "" {
		patient.Note = who
	}
	name := ui.Cell{Link: ui.Link{Text: r.Reference, Href: link.PortalReferral(r.Reference)}, Note: caseModes[r.Mode]}
	switch {
	case r.MustDelete:
		name.Link.Href, name.Note = link.PortalReferral(r.Reference, "deleted"), "Confirm that your copies are deleted"
	case caseOver(r.Response):
		name = ui.Cell{Text: r.Reference, Note: "Ended for you"}
	}
	treatment := ui.Cell{Text: firstOf(r.Treatment, "Not decided"), Note: caseCode(string(r.Priority))}
	if gone {
		patient, treatment, fresh = ui.Cell{Text: "Not shown any more", Missing: true}, ui.Cell{Text: "Not shown any more", Missing: true}, ui.Cell{Text: "Nothing", Missing: true}
	}
	return ui.Row{Cells: []ui.Cell{name, patient, treatment,
		{Body: caseAnswer(r.State, r.Ending, r.Response).View()}, due, fresh}}
}

// hospitalCase is one referral as its hospital sees it now: consent is asked at this very moment.
func (h *Handlers) hospitalCase(c echo.Context, p casePage) error {
	return h.showHospitalCase(c, http.StatusOK, p, nil)
}

func (h *Handlers) showHospitalCase(c echo.Context, status int, p casePage, bad check.List, more ...views.Part) error {
	s := caseSheet{title: "Referral " + p.v.Reference, tag: caseAnswer(p.v.State, p.v.Ending, p.own.Response), bad: bad}
	switch {
	case p.own.Response == referral.Sent:
		s.parts = append(more, h.closedCover(p)...)
	default:
		s.parts = append(more, h.openCase(p)...)
	}
	return h.showCase(c, status, p.who, s)
}

// closedCover is a referral before it was opened: opening it is recorded and told to the patient.
func (h *Handlers) closedCover(p casePage) []views.Part {
	parts := []views.Part{views.Para("A patient chose you and agreed that you may see this referral. It is not opened yet. When you open it, your name and the time are recorded, and the patient is told.")}
	if p.v.Clinical != nil {
		parts = append(parts, h.caseReason(*p.v.Clinical).Facts)
	}
	if _, ok := p.v.May(referral.Open, ""); ok {
		parts = append(parts, portal.Press{Action: p.at("open"), Keep: p.versions(""), Button: ui.Button{Text: "Open the referral"}})
	} else {
		parts = append(parts, cases.Alert{Title: "It cannot be opened now", Text: []string{caseStopped(p.v)}})
	}
	return append(parts, h.caseClocks(p))
}

// caseStopped says what stops a hospital.
func caseStopped(v referral.View) string {
	switch {
	case slices.Contains(v.Flags, referral.SafetyHold):
		return "The referral is paused for a safety check. You are told when it goes on."
	case slices.Contains(v.Flags, referral.ConsentSuspended):
		return "The patient has paused sharing. You are told when it goes on."
	}
	return "The patient’s consent or your accreditation is being checked. You are told when it goes on."
}

// deletionAsk asks for a word that copies are gone. The referral itself is closed to the hospital by then, so nothing of it
// is looked at here.
func (h *Handlers) deletionAsk(c echo.Context, who auth.Actor) error {
	return h.showDeletion(c, http.StatusOK, who, nil)
}

func (h *Handlers) showDeletion(c echo.Context, status int, who auth.Actor, bad check.List) error {
	ref := cleanText(c.Param("ref"))
	list, err := h.cfg.Referrals.Worklist(c.Request().Context(), who, referral.WorkFilter{Reference: ref, Size: 1})
	switch {
	case err != nil:
		return err
	case len(list.Rows) == 0:
		return gonePart("referral of a hospital")
	}
	r := list.Rows[0]
	s := caseSheet{title: "Confirm that your copies are deleted", caption: "Referral " + r.Reference, tag: caseAnswer(r.State, r.Ending, r.Response), bad: bad, lead: []string{"This referral has ended for you. You cannot read it any more."}}
	if !r.MustDelete {
		s.title = "Referral " + r.Reference
		s.parts = []views.Part{views.Para("Nothing waits for you here."), portal.Words{Link: ui.Link{Text: "Back to referrals", Href: link.PortalReferrals}}}
		return h.showCase(c, status, who, s)
	}
	s.parts = []views.Part{views.Para("Delete every file, printed page and mail with this patient’s details. Then confirm it: we ask for this within 72 hours."),
		portal.Form{Action: link.PortalReferral(r.Reference, "deleted"), Buttons: []ui.Button{{Text: "All our copies are deleted"}}, Other: ui.Link{Text: "Back to referrals", Href: link.PortalReferrals}}}
	return h.showCase(c, status, who, s)
}

func (h *Handlers) deletionConfirm(c echo.Context, who auth.Actor) error {
	_, err := h.cfg.Referrals.Do(c.Request().Context(), who, cleanText(c.Param("ref")), referral.ConfirmDeleted, referral.Input{})
	if fault.Is(err, fault.Conflict) {
		return h.showDeletion(c, http.StatusConflict, who, check.List{{Say: strings.TrimSuffix(sentence(err, http.StatusConflict), ".")}})
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalReferrals, string(referral.ConfirmDeleted)))
}

// openCase is the referral with everything that the consent in force lists.
func (h *Handlers) openCase(p casePage) []views.Part {
	main := append(h.hospitalAlerts(p), h.caseRecord(p.v, false), portal.Group{ID: "documents", Title: "Documents", Note: "Each time somebody opens a document it is recorded.", Parts: []views.Part{caseFiles(p)}})
	main = append(main, h.hospitalOffers(p)...)
	main = append(main, h.caseAfter(p)...)
	main = append(main, portal.Group{ID: "timeline", Title: "What happened", Parts: []views.Part{caseTimeline(p)}})
	side := h.hospitalActs(p)
	side = append(side, caseMail(p), h.caseClocks(p))
	mark := cases.Watermark{Text: caseJoined(", ", p.who.Name, p.who.OrgName, ukTime(h.clock())), Print: "Looking at this page is recorded, and the patient can see it. A printed copy carries your name."}
	return []views.Part{mark, caseIdentity(p.v), cases.Columns{Main: main, Side: side}}
}

func (h *Handlers) hospitalAlerts(p casePage) (out []views.Part) {
	if slices.Contains(p.v.Flags, referral.SafetyHold) {
		out = append(out, cases.Alert{Title: caseFlags[referral.SafetyHold].Text, Text: []string{"Nothing moves forward until a safety reviewer lifts the hold. Your times stand still."}})
	}
	if p.own.OnHold {
		out = append(out, cases.Alert{Title: caseFlags[referral.AccreditationHold].Text, Text: []string{"We are checking your accreditation again. New offers and dates wait for that."}})
	}
	return out
}

// hospitalOpen opens a referral.
func (h *Handlers) hospitalOpen(c echo.Context, p casePage) error {
	return h.carryCase(c, p, referral.Open, referral.Input{Version: versionOf(c)}, func(status int, p casePage, bad check.List) error {
		return h.showHospitalCase(c, status, p, bad)
	})
}

// casePaused is the page instead of a referral whose patient paused sharing.
func (h *Handlers) casePaused(c echo.Context, who auth.Actor) error {
	return h.showCase(c, http.StatusForbidden, who, caseSheet{title: "The patient has paused sharing", caption: "Referral " + cleanText(c.Param("ref")), lead: []string{"You can see the referral again if the patient resumes it. Your times stand still until then."},
		parts: []views.Part{portal.Words{Link: ui.Link{Text: "Back to referrals", Href: link.PortalReferrals}}}})
}
