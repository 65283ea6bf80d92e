package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// decide is a page that asks before something is done; its button posts to the same address.
func (h *Handlers) decide(c echo.Context, status int, t tracked, page views.EnquiryForm, bad check.List) error {
	f := h.trackFrame(page.Heading, t.mine())
	f.Errors = problemsOf(bad)
	page.Action = c.Request().URL.Path
	if page.Other.URL == "" {
		page.Other = views.Anchor{Text: "Go back to your enquiry", URL: t.at()}
	}
	return show(c, status, views.EnquiryFormPage(f, page))
}

// done goes back to the enquiry after an action. A link that died meanwhile is told as every other dead link.
func (h *Handlers) done(c echo.Context, t tracked, err error) error {
	if errors.Is(err, enquiry.ErrLink) {
		return h.deadTrack(c)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, t.at())
}

func (h *Handlers) acceptForm(c echo.Context, t tracked) error {
	one, i, err := t.hospital(c)
	if err != nil {
		return err
	}
	q, err := version(c, one)
	if err != nil {
		return err
	}
	if !q.Newest || !q.InDate || one.State != enquiry.Quoted {
		return enquiry.ErrMoved
	}
	return h.decide(c, http.StatusOK, t, views.EnquiryForm{Heading: "Accept the quote from " + one.Hospital.Name + "?", Submit: "Accept this quote",
		Lead: []string{"Total you must pay: " + q.Total().String() + ". Valid until " + q.ValidUntil.Long() + ".",
			"If you accept, this hospital sees your name and contact details and gets in touch with you. Your requests to other hospitals end.",
			"You do not pay anything here. You can still withdraw: what that costs is in the refund terms of the quote."},
		Other: views.Anchor{Text: "Read the quote again", URL: t.at("quote", placeOf(i), c.Param("version"))}}, nil)
}

func (h *Handlers) accept(c echo.Context, t tracked) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(c.Param("version"), 10, 64)
	if err != nil {
		return fault.New(fault.Missing, "version of a quote", err)
	}
	if q := one.Newest(); one.State == enquiry.Accepted && q != nil && q.Number == number {
		return h.done(c, t, nil) // pressed twice
	}
	return h.done(c, t, h.cfg.Enquiries.Accept(c.Request().Context(), t.Reference, t.Link, one.ID, number))
}

func (h *Handlers) turnDownForm(c echo.Context, t tracked) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	return h.decide(c, http.StatusOK, t, views.EnquiryForm{Heading: "Decline the quote from " + one.Hospital.Name + "?", Submit: "Decline this quote",
		Lead: []string{"Your request to this hospital ends and it is told so. Your other requests go on. You do not have to say why."}}, nil)
}

func (h *Handlers) turnDown(c echo.Context, t tracked) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	return h.done(c, t, h.cfg.Enquiries.TurnDown(c.Request().Context(), t.Reference, t.Link, one.ID))
}

func (h *Handlers) messageForm(c echo.Context, t tracked) error {
	return h.showMessage(c, http.StatusOK, t, nil)
}

func (h *Handlers) showMessage(c echo.Context, status int, t tracked, bad check.List) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	page := views.EnquiryForm{Heading: "Write to " + one.Hospital.Name, Submit: "Send", Lead: []string{"Not for urgent help: call 111, or 999 in an emergency."},
		Parts: []views.Part{ui.Field{ID: "message", Label: "Your message", Type: "textarea", Rows: 8, Value: c.FormValue("message"), Error: bad.On("message"),
			Hint: "At most " + group(enquiry.MaxMessage) + " characters. Only this hospital reads it."}}}
	return h.decide(c, status, t, page, bad)
}

func (h *Handlers) message(c echo.Context, t tracked) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	if form.Get("do") == "edit" {
		return h.showMessage(c, http.StatusOK, t, nil)
	}
	var notNow []enquiry.StopKind
	for _, k := range form["not_now"] {
		notNow = append(notNow, enquiry.StopKind(k))
	}
	refused, err := h.cfg.Enquiries.AskAgain(c.Request().Context(), t.Reference, t.Link, one.ID, form.Get("message"), notNow...)
	if err == nil && refused.Stop != nil {
		return h.stopAt(c, *refused.Stop, c.Request().URL.Path, form, h.trackFrame("", t.mine()))
	}
	if err == nil && !refused.OK() {
		return h.showMessage(c, http.StatusUnprocessableEntity, t, refused.Problems)
	}
	return h.done(c, t, err)
}

// toWithdraw is the one hospital the address names, or all of them.
func (t tracked) toWithdraw(c echo.Context) (id, name string, err error) {
	if c.Param("n") == "" {
		return "", "all hospitals", nil
	}
	one, _, err := t.hospital(c)
	return one.ID, one.Hospital.Name, err
}

func (h *Handlers) withdrawForm(c echo.Context, t tracked) error {
	id, name, err := t.toWithdraw(c)
	if err != nil {
		return err
	}
	v := views.EnquiryForm{Heading: "Withdraw your enquiry?", Submit: "Withdraw", Lead: []string{"Your requests to " + name + " end. Every hospital that has one is told to stop and to delete its copy."}}
	if id != "" {
		v.Heading, v.Lead = "Withdraw from "+name+"?", []string{"Your request to this hospital ends. It is told to stop and to delete its copy. Your other requests go on."}
	}
	return h.decide(c, http.StatusOK, t, v, nil)
}

func (h *Handlers) withdraw(c echo.Context, t tracked) error {
	id, _, err := t.toWithdraw(c)
	if err != nil {
		return err
	}
	return h.done(c, t, h.cfg.Enquiries.Withdraw(c.Request().Context(), t.Reference, t.Link, id))
}

func (h *Handlers) deleteForm(c echo.Context, t tracked) error {
	return h.decide(c, http.StatusOK, t, views.EnquiryForm{Heading: "Delete your data?", Submit: "Delete my data", Danger: true,
		Lead: []string{"This deletes what you told us, your records, all messages and all quotes, at once and for good. You cannot get them back.",
			"The code, the dates and what happened without any names remain. Hospitals that have your request are told to delete their copies."},
		Other: views.Anchor{Text: "No, keep my data", URL: t.at()}}, nil)
}

func (h *Handlers) deleteData(c echo.Context, t tracked) error {
	if err := h.cfg.Enquiries.Delete(c.Request().Context(), t.Reference, t.Link); err != nil {
		return h.done(c, t, err)
	}
	h.setCookie(c, trackCookie, "", link.Tracking(t.Reference), 0)
	f := h.trackFrame("Your data are deleted")
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: f, Heading: "Your data are deleted",
		Text:  []string{"What you told us, your records, all messages and all quotes are gone. Hospitals that had your request are told to delete their copies.", "We have mailed you that it is done."},
		Links: []ui.Link{{Text: "Home", Href: link.Home}}}))
}
