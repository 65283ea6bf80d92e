package handlers

import (
	"errors"
	"net/http"
	"net/url"
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
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// caseRoutes are the pages of referrals for the people who work on them: the alliance's desk and the hospitals.
func (h *Handlers) caseRoutes() []route {
	if h.cfg.Referrals == nil || h.cfg.People == nil {
		return nil
	}
	return slices.Concat(h.triageRoutes(), h.caseHospitalRoutes())
}

// casePage is one referral in the hands of somebody who works on it.
type casePage struct {
	who   auth.Actor
	v     referral.View
	own   *referral.HospitalView // the reader's hospital; nil at the desk
	desk  bool
	outer bool              // the reader sees how it stands and no record
	names map[string]string // of professionals, by id
}

// at is an address below the case.
func (p casePage) at(parts ...string) string {
	if p.desk {
		return link.DeskReferral(p.v.Reference, parts...)
	}
	return link.PortalReferral(p.v.Reference, parts...)
}

// back is the way to the case from the pages below it.
func (p casePage) back() ui.Link { return ui.Link{Text: "Referral " + p.v.Reference, Href: p.at()} }

// caseOf looks at the referral of the address. The look is recorded by the service, also one that is refused.
func (h *Handlers) caseOf(c echo.Context, who auth.Actor) (casePage, error) {
	p := casePage{who: who, desk: auth.KindOf(who.Role) == auth.Alliance}
	p.outer = p.desk && !auth.Can(who.Role, auth.ReferralView)
	look := h.cfg.Referrals.Look
	if p.outer {
		look = h.cfg.Referrals.Standing
	}
	var err error
	if p.v, err = look(c.Request().Context(), who, cleanText(c.Param("ref"))); err != nil {
		return p, err
	}
	if !p.desk {
		if p.own = ownHospital(p.v, who); p.own == nil {
			return p, fault.New(fault.Missing, "referral of a hospital", nil)
		}
	}
	p.names, err = h.caseNames(c, p.v)
	return p, err
}

// caseNames are the names of the professionals who did something.
func (h *Handlers) caseNames(c echo.Context, v referral.View) (map[string]string, error) {
	ids := map[string]bool{}
	for _, e := range v.Timeline {
		ids[e.ByPerson] = e.By != auth.Patient && e.By != referral.System && e.By != referral.Receiver
	}
	for _, w := range v.Words {
		ids[w.ByPerson] = w.By != auth.Patient && w.By != referral.System && w.By != referral.Receiver
	}
	for _, hv := range v.Hospitals {
		for _, o := range hv.Offers {
			ids[o.By] = true
		}
	}
	var known []string
	for id, person := range ids {
		if person && id != "" {
			known = append(known, id)
		}
	}
	return h.cfg.People.Names(c.Request().Context(), known)
}

// ownHospital is the row of the actor's organisation.
func ownHospital(v referral.View, who auth.Actor) *referral.HospitalView {
	for i := range v.Hospitals {
		if v.Hospitals[i].Org == who.Org && who.Org != "" {
			return &v.Hospitals[i]
		}
	}
	return nil
}

// inCase is a handler of one referral.
func (h *Handlers) inCase(do func(echo.Context, casePage) error) func(echo.Context, auth.Actor) error {
	return func(c echo.Context, who auth.Actor) error {
		p, err := h.caseOf(c, who)
		if err != nil {
			return h.caseClosed(c, who, err)
		}
		return do(c, p)
	}
}

// caseClosed turns what keeps somebody out into a page that says what to do, where there is something.
func (h *Handlers) caseClosed(c echo.Context, who auth.Actor, err error) error {
	switch {
	case errors.Is(err, referral.ErrBreakGlass):
		return h.askBreakGlass(c, http.StatusForbidden, who, url.Values{}, nil)
	case errors.Is(err, referral.ErrPaused):
		return h.casePaused(c, who)
	case fault.Is(err, fault.Missing) && c.Param("event") == string(referral.Decline):
		return h.declinedBefore(c, who, err)
	}
	return err
}

// declinedBefore leads a second press of the button to where the first one led. It is of the reader's own worklist alone.
func (h *Handlers) declinedBefore(c echo.Context, who auth.Actor, missing error) error {
	list, err := h.cfg.Referrals.Worklist(c.Request().Context(), who, referral.WorkFilter{Reference: cleanText(c.Param("ref")), Size: 1})
	if err != nil || len(list.Rows) == 0 || list.Rows[0].Response != referral.Declined {
		return missing
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalReferral(list.Rows[0].Reference, "deleted"), string(referral.Decline)))
}

// caseSheet is a page of one referral, or of many.
type caseSheet struct {
	title, caption string
	tag            ui.Badge
	lead           []string
	parts          []views.Part
	bad            check.List
	before         []ui.Link
	live           bool   // loads htmx
	section        string // entry of the desk's menu; "" for the referrals
}

// showCase draws a page in the frame of the reader's side.
func (h *Handlers) showCase(c echo.Context, status int, who auth.Actor, s caseSheet) error {
	if auth.KindOf(who.Role) == auth.Alliance {
		return h.showCaseDesk(c, status, who, s)
	}
	o, err := h.cfg.Listings.Overview(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	f := h.workFrame(s.title, portalTitle, who, nil, backToPortal(append([]ui.Link{{Text: "Referrals", Href: link.PortalReferrals}}, s.before...)...)...)
	h.dressCase(c, &f, s)
	p := portal.Page{Menu: h.portalMenu(who, o, link.PortalReferrals), Title: s.title, Tag: s.tag, Lead: strings.Join(s.lead, " "), Parts: s.parts}
	if s.caption != "" {
		p.Lead = strings.TrimSpace(s.caption + ". " + p.Lead)
	}
	return show(c, status, portal.View(f, p))
}

func (h *Handlers) showCaseDesk(c echo.Context, status int, who auth.Actor, s caseSheet) error {
	side, err := h.deskSide(c, who, firstOf(s.section, link.DeskReferrals))
	if err != nil {
		return err
	}
	before := []ui.Link{{Text: deskTitle, Href: link.Desk}}
	if auth.Can(who.Role, auth.ReferralTriage) {
		before = append(before, ui.Link{Text: "Referrals", Href: link.DeskReferrals})
	}
	f := h.workFrame(s.title, deskTitle, who, nil, append(before, s.before...)...)
	h.dressCase(c, &f, s)
	return show(c, status, deskview.View(f, deskview.Page{Menu: side, Caption: s.caption, Title: s.title, Tag: s.tag, Lead: s.lead, Parts: s.parts}))
}

// dressCase puts problems, or what was done, on top.
func (h *Handlers) dressCase(c echo.Context, f *views.Frame, s caseSheet) {
	f.Errors, f.Failed, f.Live = problemsAt(s.bad), !s.bad.OK(), s.live
	f.PrintLine = "Referral copy. Do not leave it where others can read it."
	if words := caseDone[c.QueryParam("done")]; words != "" && s.bad.OK() && c.Request().Method == http.MethodGet {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
}

// caseDone are the words over a page after something was done, by the word in its address.
var caseDone = map[string]string{
	"clear_flags": "Your look at the warning signs is kept.", "clear_duplicates": "The possible duplicates are settled.", "return": "Returned. The sender and the patient are told that there is something to read.",
	"exclude": "Closed. The sender and the patient are told that there is something to read.", "route": "Sent to the hospitals you chose. Their time to answer runs from now.",
	"hold": "The safety hold is on. Nothing moves forward until it is lifted.", "review_hold": "The review is kept. The hold stays on.", "lift_hold": "The safety hold is lifted. The times run on.",
	"report_error": "Your report is kept. Another person must confirm it.", "void": "Closed as entered in error.", "record_death": "Recorded. Nobody is reminded of anything any more.", "retract_death": "Taken back. The patient and the sender are told.",
	"chase": "The reminder is on its way.", "write_to_desk": "Your message is sent.", "message": "Your message is sent.", "revoke_letter": "The letter is not valid any more. Its public page says so.",
	"pass_gate": "Kept. The condition is met.", "fail_gate": "The condition is open again.", "deliver": "The package is on its way to the GP.", "send_letter": "Recorded: the package goes by post.",
	"record_follow_up": "The follow-up is recorded.", "review_complication": "Your review is kept.", "ask_feedback": "The patient is asked how it went.", "complete": "The referral is closed.", "cancel": "The referral is cancelled.",
	"approve_erasure": "Your approval is kept. Two people must approve before anything is erased.", "hold_erasure": "The legal hold is on. Nothing of this referral is erased.", "release_erasure": "The legal hold is released.",
	"hold_provider": "The patient and the desk are told.", "clear_provider": "The hospital is not in doubt any more.",
	"open": "Opened. The time of opening is recorded, and the patient is told.", "ask": "Your question is sent. Your time to answer stands still until it is answered.", "advise": "Your advice is given.",
	"offer": "Your opinion and quote are given. The patient is told that there is something to read.", "decline": "Declined. Delete your copies, then confirm it here.", "confirm_deleted": "Thank you. The deletion is confirmed.",
	"propose_dates": "The dates are proposed. The patient confirms them.", "issue_letter": "The invitation letter is issued.", "material_change": "The patient is asked to accept the change.", "postpone": "The journey is postponed. Propose new dates.",
	"admit": "The admission is recorded.", "treat": "Recorded. The discharge package is due within 72 hours.", "prepare_discharge": "Saved. Nothing has been sent.", "discharge": "Signed and sent. The patient has the package now.",
	"report_complication": "The report is kept. The safety reviewer is told.", "reply_complication": "Your answer is sent.", "saved": "Saved.", "attached": "The document is kept. It is opened to others after a virus check.", "address": "The address is kept.",
}

// actsOf are the actions that have a form, in the order of groups.
func actsOf(p casePage, order []referral.Event, forms map[referral.Event]caseForm) (out []referral.Action) {
	for _, e := range order {
		for _, a := range p.v.Actions {
			if _, ok := forms[e]; ok && a.Event == e {
				out = append(out, a)
			}
		}
	}
	return out
}

// actHref is the page of an action.
func (p casePage) actHref(a referral.Action) string {
	path := p.at("do", string(a.Event))
	if p.desk {
		return link.About(path, a.Provider)
	}
	return path
}

// hospitalName of a row.
func (p casePage) hospitalName(id string) string {
	if hv := p.v.Hospital(id); hv != nil {
		return hv.Listed.Name
	}
	return ""
}

func caseActs(id, title, text string, list []cases.Act) []views.Part {
	if len(list) == 0 {
		return nil
	}
	return []views.Part{cases.Acts{ID: id, Title: title, Text: text, Items: list}}
}

// casePager is the numbered pages of a worklist.
func casePager(path string, keep map[string]string, page, size, total int) *ui.Pagination {
	last := (total + size - 1) / size
	if last < 2 {
		return nil
	}
	at := func(n int) string {
		keep["page"] = strconv.Itoa(n)
		return link.Filtered(path, keep)
	}
	p := &ui.Pagination{Label: "Pages of referrals"}
	for n := 1; n <= last; n++ {
		if n == 1 || n == last || n >= page-2 && n <= page+2 {
			p.Items = append(p.Items, ui.PageItem{Number: n, Href: at(n), Current: n == page})
		} else if n == page-3 || n == page+3 {
			p.Items = append(p.Items, ui.PageItem{})
		}
	}
	if page > 1 {
		p.Prev = at(page - 1)
	}
	if page < last {
		p.Next = at(page + 1)
	}
	return p
}

// casePageNumber of an address, from 1.
func casePageNumber(c echo.Context) int {
	n, err := strconv.Atoi(c.QueryParam("page"))
	if err != nil || n < 1 || n > 100000 {
		return 1
	}
	return n
}
