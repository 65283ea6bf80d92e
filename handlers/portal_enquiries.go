package handlers

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// portalEnquiryRoutes are the inbox and the pages of one request: the same as by a mailed link, opened by membership.
func (h *Handlers) portalEnquiryRoutes() []route {
	if h.cfg.Enquiries == nil {
		return nil
	}
	routes := []route{h.as("GET", link.PortalEnquiries, auth.EnquiryAnswer, h.portalInbox)}
	for _, r := range h.answerPages() {
		do := r.do
		routes = append(routes, h.as(r.method, "/portal/enquiries/:id"+r.rest, auth.EnquiryAnswer, func(c echo.Context, who auth.Actor) error { return h.asMember(c, who, do) }))
	}
	return routes
}

// portalInbox lists the requests to a hospital, those that wait for it first.
func (h *Handlers) portalInbox(c echo.Context, who auth.Actor) error {
	list, err := h.cfg.Enquiries.Inbox(c.Request().Context(), who)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "Enquiries", who)
	head := []ui.Column{{Text: "Request"}, {Text: "Age"}, {Text: "Answer by"}, {Text: "State"}}
	waiting := ui.Worklist{Empty: ui.Empty{Title: "No request waits for you", Text: []string{"New requests are listed here, the oldest first. You also get an email."}}, Table: ui.StackTable{Caption: "Waiting for your answer", ShowCaption: true, Head: head}}
	others := ui.StackTable{Caption: "All other requests", ShowCaption: true, Head: head}
	for _, w := range list {
		row := h.inboxRow(w)
		if w.Due.IsZero() {
			others.Rows = append(others.Rows, row)
		} else {
			waiting.Table.Rows = append(waiting.Table.Rows, row)
		}
	}
	p := portal.Page{Lead: "Patients hope for an answer within 5 working days. A request that gets none lapses.", Parts: []views.Part{waiting}}
	if len(others.Rows) > 0 {
		p.Parts = append(p.Parts, others)
	}
	return h.showPortal(c, http.StatusOK, who, link.PortalEnquiries, f, p)
}

func (h *Handlers) inboxRow(w enquiry.Waiting) ui.Row {
	due := ui.Cell{Text: "Nothing to do", Missing: true}
	if !w.Due.IsZero() {
		due = ui.Cell{Text: answerBy(w.Submitted).Long(), Note: "Lapses in " + hoursLeft(w.Due.Sub(h.clock()))}
	}
	mark := stateMarks[w.State]
	tone := map[views.Look]ui.Tone{views.LookOK: ui.Seen, views.LookWarn: ui.Warn, views.LookInfo: ui.Info, views.LookBad: ui.Bad}[mark.Look]
	text := mark.Text
	if w.State == enquiry.Sent {
		text, tone = "New", ui.Warn
	}
	return ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: w.Reference, Href: link.PortalEnquiry(w.ID)}}, {Text: ageWords(h.clock().Sub(w.Submitted)), Note: ukDay(w.Submitted).Long()}, due, {Body: ui.Badge{Tone: tone, Text: text}.View()}}}
}

// ageWords is how long ago something was.
func ageWords(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours < 1:
		return "Less than an hour"
	case hours < 48:
		return plural(hours, "hour")
	default:
		return plural(hours/24, "day")
	}
}

// asMember opens a request for somebody of the hospital: the pages and rules are those of the mailed link, the address
// holds no key, and every visit is in the audit trail.
func (h *Handlers) asMember(c echo.Context, who auth.Actor, do func(echo.Context, request) error) error {
	id := c.Param("id")
	what := "read"
	if _, last, ok := strings.Cut(c.Path(), ":id/"); ok {
		last, _, _ = strings.Cut(last, "/")
		what = map[bool]string{true: last, false: "read " + last}[c.Request().Method == http.MethodPost || last == "file"]
	}
	key, err := h.cfg.Enquiries.Enter(c.Request().Context(), who, id, what)
	if err != nil {
		return err
	}
	r, err := h.cfg.Enquiries.Answer(c.Request().Context(), key)
	if errors.Is(err, enquiry.ErrLink) {
		return fault.New(fault.Missing, "enquiry", err)
	}
	if err != nil {
		return err
	}
	return do(c, request{Request: r, token: key, member: &member{id, who}})
}

// member is who opened a request by membership.
type member struct {
	id  string
	who auth.Actor
}
