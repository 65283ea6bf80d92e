package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/feedback"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) reportForm(c echo.Context) error {
	p, err := h.profile(c)
	if err != nil {
		return err
	}
	return h.askReport(c, http.StatusOK, p, feedback.ReportForm{Mark: feedback.NewMark()}, nil)
}

func (h *Handlers) reportSend(c echo.Context) error {
	p, err := h.profile(c)
	if err != nil {
		return err
	}
	form := feedback.ReportForm{Mark: c.FormValue("mark"), About: c.FormValue("about"), Words: c.FormValue("words"), Email: c.FormValue("email")}
	address := c.RealIP()
	if h.cfg.NoRateLimit {
		address = ""
	}
	ref, problems, err := h.cfg.Feedback.Report(c.Request().Context(), p.Slug, form, address)
	switch {
	case fault.Is(err, fault.TooMany): // what was written stays on the page
		c.Response().Header().Set("Retry-After", "3600")
		return h.askReport(c, http.StatusTooManyRequests, p, form, check.List{{Say: sentence(err, http.StatusTooManyRequests)}})
	case err != nil:
		return err
	case !problems.OK():
		return h.askReport(c, http.StatusUnprocessableEntity, p, form, problems)
	}
	return c.Redirect(http.StatusSeeOther, link.HospitalReportSent(p.Slug, ref))
}

func (h *Handlers) askReport(c echo.Context, status int, p catalogue.Profile, form feedback.ReportForm, problems check.List) error {
	f := h.reportFrame("Report a problem with a listing", p)
	f.Errors, f.Failed = problemsOf(problems), !problems.OK()
	return show(c, status, views.ReportPage(f, views.ReportForm{Hospital: hospitalAnchor(p), Action: link.HospitalReport(p.Slug), Keep: []ui.Hidden{{Name: "mark", Value: form.Mark}},
		About: form.About, AboutError: problems.On("about"), Words: form.Words, WordsError: problems.On("words"), Most: feedback.MaxReport,
		AskEmail: h.cfg.Feedback.TakesEmail(), Email: form.Email, EmailError: problems.On("email")}))
}

func (h *Handlers) reportSent(c echo.Context) error {
	p, err := h.profile(c)
	if err != nil {
		return err
	}
	code, ok := reference.Parse(c.QueryParam("reference"))
	if !ok {
		return c.Redirect(http.StatusSeeOther, link.HospitalReport(p.Slug))
	}
	back := hospitalAnchor(p)
	back.Text = "Back to " + back.Text
	return show(c, http.StatusOK, views.ReportSentPage(h.reportFrame("Your report is sent", p), views.ReportSent{Hospital: back, Reference: code}))
}

func (h *Handlers) reportFrame(title string, p catalogue.Profile) views.Frame {
	f := h.ownFrame(title)
	f.Breadcrumb = crumbs(ui.Link{Text: "Find a hospital", Href: link.HospitalsPath}, ui.Link{Text: p.Name, Href: link.Hospital(p.Slug)})
	return f
}

func hospitalAnchor(p catalogue.Profile) views.Anchor {
	return views.Anchor{Text: p.Name, URL: link.Hospital(p.Slug)}
}
