package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// askBreakGlass is the page instead of a referral that is on no worklist: a safety reviewer may open it with a reason.
func (h *Handlers) askBreakGlass(c echo.Context, status int, who auth.Actor, form url.Values, bad check.List) error {
	ref := cleanText(c.Param("ref"))
	s := caseSheet{title: "This referral is not on a worklist", caption: "Referral " + ref, bad: bad,
		lead: []string{"There is no task that needs it open. Opening it all the same is reported to the data protection officer at once, and the patient can read that it was opened, by whom and why."}}
	if auth.Can(who.Role, auth.ReferralBreak) {
		s.parts = []views.Part{portal.Form{Action: link.DeskReferral(ref, "break-glass"), Buttons: []ui.Button{{Text: "Open it and report this", Look: "danger"}}, Other: ui.Link{Text: "Go back without opening it", Href: link.DeskReferrals},
			Parts: []views.Part{ui.Field{ID: "why", Label: "Why you need to open it", Hint: "The patient can read this.", Type: "textarea", Value: form.Get("why"), Error: bad.On("why")}}}}
	} else {
		s.parts = []views.Part{views.Para("A clinical safety reviewer can open it by giving a reason.")}
	}
	return h.showCase(c, status, who, s)
}

// breakGlass opens a referral without a worklist reason. It is shown once: the next look asks again.
func (h *Handlers) breakGlass(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	v, bad, err := h.cfg.Referrals.BreakGlass(c.Request().Context(), who, cleanText(c.Param("ref")), check.Lines(form.Get("why")))
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.askBreakGlass(c, http.StatusUnprocessableEntity, who, form, bad)
	}
	p := casePage{who: who, v: v, desk: true}
	if p.names, err = h.caseNames(c, v); err != nil {
		return err
	}
	return h.showTriage(c, http.StatusOK, p, nil, ui.Banner{Title: "Opened with a reason", Text: []string{"This look was reported to the data protection officer. The patient can read your name and your reason."}})
}

// accessLog is who looked at a record: for the auditor.
func (h *Handlers) accessLog(c echo.Context, who auth.Actor) error {
	ref := cleanText(c.QueryParam("reference"))
	s := caseSheet{title: "Who looked at a record", section: link.DeskAccessLog, lead: []string{"Every look at a referral and every change of it, newest first. Patients read the same list about themselves."}}
	field := ui.Field{ID: "reference", Label: "Reference of the referral", Hint: "For example CC-7K3M-9Q", Value: ref, Width: "10"}
	status := http.StatusOK
	if ref != "" {
		list, err := h.cfg.Referrals.WhoLooked(c.Request().Context(), who, ref)
		switch {
		case fault.Is(err, fault.Missing):
			s.bad.Add("reference", "There is no referral with this reference. Check it and try again")
			field.Error, status = s.bad.On("reference"), http.StatusNotFound
		case err != nil:
			return err
		}
		s.parts = append(s.parts, lookedTable(list))
	}
	s.parts = append([]views.Part{cases.Find{Action: link.DeskAccessLog, Field: field, Button: "Show the list"}}, s.parts...)
	return h.showCaseDesk(c, status, who, s)
}

func lookedTable(list []referral.Looked) views.Part {
	t := ui.StackTable{Caption: "Looks and changes", Head: []ui.Column{{Text: "When"}, {Text: "Who"}, {Text: "What"}, {Text: "Why"}}}
	for _, l := range list {
		name := firstOf(l.Person, caseRole(l.By))
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: ukTime(l.At)}, {Text: name, Note: caseJoined(", ", caseRole(l.By), l.Org)}, {Text: lookedWords(l.What)}, {Text: firstOf(l.Why, "Not stated"), Missing: l.Why == ""}}})
	}
	if len(t.Rows) == 0 {
		return views.Para("Nothing is in the list.")
	}
	return t
}

// lookedWords say what somebody did: "referral.look" and the events.
func lookedWords(action string) string {
	word := strings.TrimPrefix(action, "referral.")
	return firstOf(caseEvents[referral.Event(word)], caseCode(strings.ReplaceAll(word, ".", " ")))
}

// safeguards leads to a referral by its reference, for people without a worklist: legal hold and erasure.
func (h *Handlers) safeguards(c echo.Context, who auth.Actor) error {
	ref := cleanText(c.QueryParam("reference"))
	if ref != "" {
		return c.Redirect(http.StatusSeeOther, link.DeskReferral(strings.ToUpper(ref)))
	}
	s := caseSheet{title: "Legal hold and erasure", section: link.DeskSafeguards, lead: []string{"Two people approve an erasure. A legal hold stops it. Open the referral by its reference: what your role may do is on its page."}}
	news, err := h.caseNews(c, who)
	if err != nil {
		return err
	}
	s.parts = append(news, cases.Find{Action: link.DeskSafeguards, Field: ui.Field{ID: "reference", Label: "Reference of the referral", Hint: "For example CC-7K3M-9Q", Width: "10"}, Button: "Open"})
	return h.showCaseDesk(c, http.StatusOK, who, s)
}

// triageHandback says where a discharge package goes, and how far it came.
func (h *Handlers) triageHandback(c echo.Context, p casePage) error {
	return h.showHandback(c, http.StatusOK, p, url.Values{}, nil)
}

func (h *Handlers) showHandback(c echo.Context, status int, p casePage, form url.Values, bad check.List) error {
	s := caseSheet{title: "Where the package goes", caption: "Referral " + p.v.Reference, bad: bad, before: []ui.Link{p.back()}, lead: []string{"The package goes by a secure link. The mail says nothing about the patient."}}
	s.parts = append(s.parts, handbackTable(p.v))
	x := caseAsk{casePage: p, form: form, bad: bad}
	s.parts = append(s.parts, portal.Form{Action: p.at("handback"), Buttons: []ui.Button{{Text: "Save the address"}}, Other: ui.Link{Text: "Go back", Href: p.at()},
		Parts: []views.Part{x.radios("to", "Whose address is it?", ui.Choice{Value: "gp", Text: "GP practice"}, ui.Choice{Value: "aftercare", Text: "Aftercare provider"}),
			ui.Field{ID: "address", Label: "Email address", Hint: "Of the practice, not of a person. It is used for this package alone.", Type: "email", Value: form.Get("address"), Error: bad.On("address")}}})
	return h.showCase(c, status, p.who, s)
}

func handbackTable(v referral.View) views.Part {
	t := ui.StackTable{Caption: "Handback", Head: []ui.Column{{Text: "To"}, {Text: "Sent"}, {Text: "Opened"}, {Text: "Acknowledged"}, {Text: "Reminders"}}}
	for _, x := range v.Handbacks {
		to := ui.Cell{Text: map[string]string{"gp": "GP practice", "aftercare": "Aftercare provider"}[x.To], Note: x.Address}
		if x.NeedsAddress {
			to.Note = "Needs an address"
		}
		day := func(s string, known bool) ui.Cell {
			if !known {
				return ui.Cell{Text: "Not yet", Missing: true}
			}
			return ui.Cell{Text: s}
		}
		ack := day(ukTime(x.Acknowledged), !x.Acknowledged.IsZero())
		ack.Note = x.AcknowledgedBy
		if !x.Letter.IsZero() {
			ack = ui.Cell{Text: "By post", Note: ukDay(x.Letter).Long()}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{to, day(ukTime(x.Sent), !x.Sent.IsZero()), day(ukTime(x.Opened), !x.Opened.IsZero()), ack, {Text: group(int(x.Chased))}}})
	}
	if len(t.Rows) == 0 {
		return views.Para("Nothing has been sent yet.")
	}
	return t
}

func (h *Handlers) triageHandbackSave(c echo.Context, p casePage) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	bad, err := h.cfg.Referrals.SetHandback(c.Request().Context(), p.who, p.v.ID, form.Get("to"), strings.TrimSpace(form.Get("address")))
	if err != nil {
		return h.caseClosed(c, p.who, err)
	}
	if !bad.OK() {
		return h.showHandback(c, http.StatusUnprocessableEntity, p, form, bad)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(p.at("handback"), "address"))
}

// agreement is what a hospital agreed to: without it nothing is sent there (domain.md §7.6).
func (h *Handlers) agreement(c echo.Context, who auth.Actor) error {
	a, err := h.cfg.Referrals.Agreement(c.Request().Context(), who, cleanText(c.Param("org")))
	if err != nil {
		return err
	}
	v := url.Values{"mechanism": {string(a.Mechanism)}, "emergency_contact": {a.EmergencyContact}, "complaint_officer": {a.ComplaintOfficer}, "closed_days": {closedDayLines(a.Holidays)}}
	putDay(v, "signed_on", a.SignedOn)
	putDay(v, "risk_reviewed_on", a.RiskReviewedOn)
	if a.SevereCase {
		v.Set("severe_case", "yes")
	}
	return h.showAgreement(c, http.StatusOK, who, a, v, nil)
}

func closedDayLines(days []when.Date) string {
	var lines []string
	for _, d := range days {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

func (h *Handlers) showAgreement(c echo.Context, status int, who auth.Actor, a referral.Agreement, v url.Values, bad check.List) error {
	s := caseSheet{title: "Agreement with a hospital", section: link.DeskOrganisations, caption: h.agreedWith(c, who, a.Org), bad: bad, lead: []string{"A referral is sent to a hospital only while all of this is in order. A page of a referral says what is missing."}}
	if !auth.Can(who.Role, auth.OrganisationAdmin) {
		s.lead = append(s.lead, "An administrator changes it.")
		s.parts = []views.Part{agreementFacts(a)}
		return h.showCaseDesk(c, status, who, s)
	}
	x := caseAsk{form: v, bad: bad}
	s.parts = []views.Part{portal.Form{Action: link.DeskAgreement(a.Org), Keep: []ui.Hidden{keepVersion(a.Version)}, Buttons: []ui.Button{{Text: "Save"}}, Other: ui.Link{Text: "Go back", Href: link.DeskReferrals}, Parts: []views.Part{
		x.radios("mechanism", "Signed for the transfer of data to India", mechanisms()...),
		x.day("signed_on", "Signed on", ""), x.day("risk_reviewed_on", "Transfer risk assessed on", "It counts for 365 days."), x.line("emergency_contact", "Emergency contact, day and night", "Phone number and role."),
		x.line("complaint_officer", "Complaint officer", "Name and role."), x.area("closed_days", "Days on which the hospital is closed", "One date on each line, as 2027-01-26. Times of this hospital do not count on them."),
		x.tick("severe_case", "A severe safety case is not settled", "While ticked, nothing is sent to this hospital.")}}}
	return h.showCaseDesk(c, status, who, s)
}

func mechanisms() (out []ui.Choice) {
	for _, m := range []referral.Mechanism{referral.NoMechanism, referral.IDTASigned, referral.AddendumSigned} {
		out = append(out, ui.Choice{Value: string(m), Text: mechanismWords[m]})
	}
	return out
}

// mechanismWords name what was signed.
var mechanismWords = map[referral.Mechanism]string{referral.NoMechanism: "Nothing is signed", referral.IDTASigned: "International data transfer agreement", referral.AddendumSigned: "Addendum to standard clauses"}

// agreementFacts is the agreement for people who may not change it.
func agreementFacts(a referral.Agreement) ui.SummaryList {
	severe := "No"
	if a.SevereCase {
		severe = "Yes: nothing is sent to this hospital"
	}
	return ui.SummaryList{caseTold("Signed for the transfer of data to India", mechanismWords[a.Mechanism]), caseTold("Signed on", caseDay(a.SignedOn)), caseTold("Transfer risk assessed on", caseDay(a.RiskReviewedOn)),
		caseTold("Emergency contact", a.EmergencyContact), caseTold("Complaint officer", a.ComplaintOfficer), caseTold("Days on which the hospital is closed", closedDayLines(a.Holidays)), caseTold("A severe safety case is not settled", severe)}
}

// agreedWith names the organisation where the desk can.
func (h *Handlers) agreedWith(c echo.Context, who auth.Actor, org string) string {
	if o, err := h.cfg.People.Organisation(c.Request().Context(), who, org); err == nil {
		return o.Name
	}
	return ""
}

func (h *Handlers) agreementSave(c echo.Context, who auth.Actor) error {
	v, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	var bad check.List
	a := referral.Agreement{Org: cleanText(c.Param("org")), Mechanism: referral.Mechanism(v.Get("mechanism")), SignedOn: readDay(v, "signed_on", &bad), RiskReviewedOn: readDay(v, "risk_reviewed_on", &bad),
		EmergencyContact: strings.TrimSpace(v.Get("emergency_contact")), ComplaintOfficer: strings.TrimSpace(v.Get("complaint_officer")), SevereCase: v.Get("severe_case") == "yes", Version: versionOf(c)}
	for line := range strings.FieldsSeq(v.Get("closed_days")) {
		d, err := when.ParseDate(line)
		if err != nil {
			bad.Add("closed_days", "Enter each day as year, month and day, for example 2027-01-26")
			break
		}
		a.Holidays = append(a.Holidays, d)
	}
	again := func(status int, bad check.List) error {
		if now, err := h.cfg.Referrals.Agreement(c.Request().Context(), who, a.Org); err == nil && status == http.StatusConflict {
			a.Version = now.Version
		}
		return h.showAgreement(c, status, who, a, v, bad)
	}
	if !bad.OK() {
		return again(http.StatusUnprocessableEntity, bad)
	}
	bad, err = h.cfg.Referrals.SetAgreement(c.Request().Context(), who, a)
	if err != nil {
		return deskAgain(err, again)
	}
	if !bad.OK() {
		return again(http.StatusUnprocessableEntity, bad)
	}
	return h.toDesk(c, link.DeskAgreement(a.Org), "saved")
}
