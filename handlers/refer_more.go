package handlers

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// severityChoices are how bad a complication is, worst first.
var severityChoices = []ui.Choice{{Value: string(discharge.LifeThreat), Text: "Life-threatening: 999 was called"}, {Value: string(discharge.Urgent), Text: "Urgent: needs care today"},
	{Value: string(discharge.Worrying), Text: "Getting worse, or not going away"}, {Value: string(discharge.Recovered), Text: "Over, and reported for the record"}}

// moreParts are what a referrer may do beside messages: end advice that was enough.
func (h *Handlers) moreParts(v referral.View) (out []views.Part) {
	if _, ok := v.May(referral.EndAdvice, ""); ok {
		out = append(out, refer.Press{Action: link.Referral(v.Reference, "enough"), Keep: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}, Button: ui.Button{Text: "The advice was enough: close this", Look: ui.Secondary}})
	}
	return out
}

// referComplication asks what is wrong after the treatment; 999 and 111 come first.
func (h *Handlers) referComplication(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showComplication(c, http.StatusOK, who, v, nil)
}

func (h *Handlers) showComplication(c echo.Context, status int, who auth.Actor, v referral.View, bad check.List) error {
	f := h.referFrame(c, "Report a complication", who, backToTasks(v)...)
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	page := refer.Page{Caption: "Referral " + v.Reference, Parts: []views.Part{caution("First: care for the patient", "Call 999 if life is in danger, and 111 or the usual urgent route if it cannot wait. Nobody reads this report at once. The hospital answers within 24 hours, and our safety reviewer looks at it within 1 working day.")}}
	if _, ok := v.May(referral.ReportComplication, ""); !ok {
		page.Parts = append(page.Parts, refer.Words{Text: "A complication can be reported here after the treatment.", Link: ui.Link{Text: "Timeline and messages", Href: link.Referral(v.Reference, "timeline")}})
		return h.showRefer(c, status, v, f, page)
	}
	page.Parts = append(page.Parts, refer.Form{Action: link.Referral(v.Reference, "complication"), Buttons: []ui.Button{{Text: "Report it"}}, Parts: []views.Part{
		ui.Choices{ID: "severity", Name: "severity", Legend: "How bad is it?", Error: bad.On("severity"), Options: ticked(severityChoices, c.FormValue("severity"))},
		ui.Field{ID: "text", Name: "text", Label: "What happened, since when, and what was done", Type: "textarea", Rows: 5, Value: c.FormValue("text"), Error: bad.On("text")}}})
	return h.showRefer(c, status, v, f, page)
}

func (h *Handlers) referComplicationSend(c echo.Context, who auth.Actor) error {
	return h.doMore(c, who, referral.ReportComplication, referral.Input{Severity: discharge.Severity(c.FormValue("severity")), Text: check.Lines(c.FormValue("text"))}, "reported")
}

// referEnough ends a question whose advice was enough.
func (h *Handlers) referEnough(c echo.Context, who auth.Actor) error {
	return h.doMore(c, who, referral.EndAdvice, referral.Input{}, "ended")
}

// doMore carries one event out and goes to the timeline. What cannot be done comes back in its form, or says why.
func (h *Handlers) doMore(c echo.Context, who auth.Actor, e referral.Event, in referral.Input, did string) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	in.Version, _ = strconv.ParseInt(c.FormValue("version"), 10, 64)
	done, err := h.cfg.Referrals.Do(c.Request().Context(), who, v.ID, e, in)
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showComplication(c, http.StatusUnprocessableEntity, who, v, done.Problems)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "timeline"), did))
}

// referExport says what a copy holds before it is made.
func (h *Handlers) referExport(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	f := h.referFrame(c, "Take a copy along", who, backToTasks(v)...)
	return h.showRefer(c, http.StatusOK, v, f, refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"One file (ZIP) with what you may see of this referral: a summary to read (PDF), the record in a form that other systems understand (FHIR), and the documents.",
		"It holds health information in clear. File it in the patient’s record, and do not send it by ordinary mail. That you took it is recorded, and the patient can see it."},
		Parts: []views.Part{refer.Press{Action: link.Referral(v.Reference, "export"), Button: ui.Button{Text: "Download the copy"}}}})
}

// referExportSend is written whole before anything is sent, so that a failure is a page and not half a file.
func (h *Handlers) referExportSend(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := h.cfg.Referrals.Export(c.Request().Context(), who, v.ID, &b); err != nil {
		return err
	}
	return download(c, "referral-"+v.Reference+".zip", "application/zip", b.Bytes())
}
