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

// done goes back to the enquiry after an action. A link that died meanwhile is told as every other dead link; what
// somebody else was first with is said, and typed is given back.
func (h *Handlers) done(c echo.Context, t tracked, err error, typed ...string) error {
	switch {
	case errors.Is(err, enquiry.ErrLink):
		return h.deadTrack(c)
	case errors.Is(err, enquiry.ErrMoved):
		return h.unsent(c, views.EnquiryUnsent{Heading: "This has changed since you opened the page", Text: []string{"What you wanted to do was not done. Your enquiry shows where it stands now, and what you can do."},
			Typed: typedWords(typed), Links: []views.Anchor{{Text: "Look at your enquiry again", URL: t.at()}}}, h.trackFrame("", t.mine()))
	case err != nil:
		return err
	}
	return c.Redirect(http.StatusSeeOther, t.at())
}

// others are the requests that go on when the one to a hospital ends.
func (t tracked) others(id string) int {
	n := 0
	for _, one := range t.Hospitals {
		if one.ID != id && !one.State.Ended() {
			n++
		}
	}
	return n
}

// othersGoOn says that they do, where there are any.
func (t tracked) othersGoOn(id string) string {
	switch n := t.others(id); n {
	case 0:
		return ""
	case 1:
		return " Your other request goes on."
	}
	return " Your other requests go on."
}

// told says who is told to delete copies: those that the request was sent to.
func (t tracked) told() string {
	n := 0
	for _, one := range t.Hospitals {
		if one.State != enquiry.Held {
			n++
		}
	}
	switch n {
	case 0:
		return "No hospital has your request."
	case 1:
		return "The hospital that has your request is told to delete its copy."
	}
	return "The hospitals that have your request are told to delete their copies."
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
	if q.Newest && one.State == enquiry.Accepted {
		return h.done(c, t, nil) // accepted, and the reader went back
	}
	if !q.Newest || !q.InDate || one.State != enquiry.Quoted {
		return h.done(c, t, enquiry.ErrMoved)
	}
	ends := map[bool]string{true: " Your requests to other hospitals end."}[t.others(one.ID) > 0]
	return h.decide(c, http.StatusOK, t, views.EnquiryForm{Heading: "Accept the quote from " + one.Hospital.Name + "?", Submit: "Accept this quote",
		Lead: []string{"Total you must pay: " + q.Total().String() + ". Valid until " + q.ValidUntil.Long() + ".",
			"If you accept, this hospital sees your name and contact details and gets in touch with you." + ends,
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
	return h.done(c, t, h.cfg.Enquiries.Accept(c.Request().Context(), t.Reference, t.Link, one.ID, number))
}

func (h *Handlers) turnDownForm(c echo.Context, t tracked) error {
	one, _, err := t.hospital(c)
	if err != nil {
		return err
	}
	return h.decide(c, http.StatusOK, t, views.EnquiryForm{Heading: "Decline the quote from " + one.Hospital.Name + "?", Submit: "Decline this quote",
		Lead: []string{"Your request to this hospital ends and it is told so." + t.othersGoOn(one.ID) + " You do not have to say why."}}, nil)
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
	return h.done(c, t, err, form.Get("message"))
}

// toWithdraw is the one hospital the address names, or all of them.
func (t tracked) toWithdraw(c echo.Context) (id, name string, err error) {
	if c.Param("n") == "" && len(t.Hospitals) == 1 {
		return "", t.Hospitals[0].Hospital.Name, nil
	}
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
	v := views.EnquiryForm{Heading: "Withdraw your enquiry?", Submit: "Withdraw", Lead: []string{"Your requests to " + name + " end. " + t.told()}}
	if len(t.Hospitals) == 1 {
		v.Lead[0] = "Your request to " + name + " ends. " + t.told()
	}
	if id != "" {
		v.Heading, v.Lead = "Withdraw from "+name+"?", []string{"Your request to this hospital ends. It is told to stop and to delete its copy." + t.othersGoOn(id)}
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
			"The code, the dates and what happened without any names remain. " + t.told()},
		Other: views.Anchor{Text: "No, keep my data", URL: t.at()}}, nil)
}

func (h *Handlers) deleteData(c echo.Context, t tracked) error {
	if err := h.cfg.Enquiries.Delete(c.Request().Context(), t.Reference, t.Link); err != nil {
		return h.done(c, t, err)
	}
	h.setCookie(c, trackCookie, "", link.Tracking(t.Reference), 0)
	f := h.trackFrame("Your data are deleted")
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: f, Heading: "Your data are deleted",
		Text:  []string{"What you told us, your records, all messages and all quotes are gone. " + t.told(), "We have mailed you that it is done."},
		Links: []ui.Link{{Text: "Home", Href: link.Home}}}))
}
