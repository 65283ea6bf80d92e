package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/files"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) answerRoutes() []route {
	if h.cfg.Enquiries == nil {
		return nil
	}
	var routes []route
	for _, p := range h.answerPages() {
		routes = append(routes, h.own(p.method, "/answer/:token"+p.rest, h.answering(p.do)))
	}
	return routes
}

// answerPage is a page of a request; the hospital opens it by a mailed link or by membership.
type answerPage struct {
	method, rest string
	do           func(echo.Context, request) error
}

func (h *Handlers) answerPages() []answerPage {
	return []answerPage{
		{"GET", "", h.answer},
		{"POST", "/open", h.answerOpen},
		{"GET", "/ask", h.askMoreForm},
		{"POST", "/ask", h.askMore},
		{"GET", "/decline", h.declineForm},
		{"POST", "/decline", h.decline},
		{"GET", "/quote", h.quoteBlank},
		{"POST", "/quote", h.quoteGive},
		{"GET", "/quotes/:version", h.quoteGiven},
		{"GET", "/file/:file", h.answerFile},
	}
}

// request is an enquiry as a hospital sees it, with the token that opened it.
type request struct {
	enquiry.Request
	token  string
	member *member // who opened it by membership; nil: whoever has the link
}

// at is an address of the request's pages.
func (r request) at(parts ...string) string {
	if r.member != nil {
		return link.PortalEnquiry(r.member.id, parts...)
	}
	return link.Answering(r.token, parts...)
}

func (r request) may(e enquiry.Event) bool { return slices.Contains(r.Allowed, e) }

// seen is the number of the newest quote, 0 for none: a second click on an older page adds nothing.
func (r request) seen() int64 {
	if len(r.Quotes) == 0 {
		return 0
	}
	return r.Quotes[len(r.Quotes)-1].Number
}

// answering opens a request by the hospital's own link.
func (h *Handlers) answering(next func(echo.Context, request) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Referrer-Policy", "no-referrer") // the address is the key
		token := c.Param("token")
		r, err := h.cfg.Enquiries.Answer(c.Request().Context(), token)
		if errors.Is(err, enquiry.ErrLink) {
			return h.deadAnswer(c)
		}
		if err != nil {
			return err
		}
		return next(c, request{Request: r, token: token})
	}
}

func (h *Handlers) deadAnswer(c echo.Context) error {
	return h.deadLink(c, "This link no longer works", "A link in our mails works for 120 days after we sent the mail, and ends when the patient deletes the enquiry. If you expected a request here, look for a newer mail from us.", views.Anchor{Text: "Help and contact", URL: link.Help})
}

func (h *Handlers) answerFrame(r request, title string, before ...ui.Link) views.Frame {
	if r.member != nil {
		return h.workFrame(title, portalTitle, r.member.who, nil, append(backToPortal(ui.Link{Text: "Enquiries", Href: link.PortalEnquiries}), before...)...)
	}
	f := h.frame(title, "", "")
	f.NoIndex, f.Nav = true, nil
	f.Breadcrumb = before
	return f
}

func (r request) mine() ui.Link { return ui.Link{Text: "The request", Href: r.at()} }

// answered goes back to the request after an action; what somebody else was first with is said, and typed is given back.
func (h *Handlers) answered(c echo.Context, r request, err error, typed ...string) error {
	switch {
	case errors.Is(err, enquiry.ErrLink):
		return h.deadAnswer(c)
	case errors.Is(err, enquiry.ErrMoved):
		return h.unsent(c, views.EnquiryUnsent{Heading: "This has changed since you opened the page", Text: []string{"What you wanted to do was not done: the patient or a colleague of yours was first. The request shows where it stands now."},
			Typed: typedWords(typed), Links: []views.Anchor{{Text: "Look at the request again", URL: r.at()}}}, h.answerFrame(r, "", r.mine()))
	case err != nil:
		return err
	}
	return c.Redirect(http.StatusSeeOther, r.at())
}

// answer is the hospital's page. A request is opened by a button, not by looking at the address: mail scanners look.
func (h *Handlers) answer(c echo.Context, r request) error {
	if r.may(enquiry.Open) {
		return show(c, http.StatusOK, views.EnquiryFormPage(h.answerFrame(r, "Request "+r.Reference), views.EnquiryForm{Caption: "For " + r.Hospital.Name, Heading: "A patient in the UK asks for a quote",
			Lead: []string{"Request " + r.Reference + ", sent on " + bothTimes(r.Submitted) + ". The patient hopes for an answer by " + answerBy(r.Submitted).Long() + ".",
				"It holds confidential health information. Open it only if you answer such requests for this hospital. The patient is told that it was opened."},
			Action: r.at("open"), Submit: "Open the request"}))
	}
	v := views.Answer{Code: r.Reference, Hospital: r.Hospital.Name, Sample: r.Hospital.Sample, Demo: h.cfg.Demo && r.Hospital.Sample, State: stateMarks[r.State],
		NoFiles: "The patient has shared no records.", NoContact: "The patient’s name and contact details appear here when the patient accepts your quote. Until then, write to the patient here."}
	if r.Closed {
		v.Closed, v.NoFiles, v.NoContact = "This request has ended. Delete every copy of it that you hold.", "No longer shown.", "No longer shown."
		return show(c, http.StatusOK, views.AnswerPage(h.answerFrame(r, "Request "+r.Reference), v))
	}
	if !r.Due.IsZero() {
		v.AnswerBy = answerBy(r.Submitted).Long()
	}
	v.Summary = h.askedFacts(r.Answers, false)
	for _, f := range r.Files {
		one := views.AnswerFile{Name: f.Name, Kind: f.Kind.Name, Size: sizeWords(f.Bytes), URL: r.at("file", f.ID)}
		if f.Scan != files.Safe {
			one.URL, one.State = "", "Not checked for viruses yet, so it cannot be opened."
		}
		v.Documents = append(v.Documents, one)
	}
	if r.Contact != nil {
		v.Contact = contactFacts(*r.Contact, nil)
	}
	v.Messages = messageThread(r.Messages, enquiry.Hospital, "The patient", r.Hospital.Name)
	for _, q := range r.Quotes {
		n := strconv.FormatInt(q.Number, 10)
		v.Quotes = append(v.Quotes, views.Anchor{Text: "Version " + n + ", " + q.Total().String() + ", valid until " + q.ValidUntil.Long(), URL: r.at("quotes", n)})
	}
	v.Actions = r.actions()
	return show(c, http.StatusOK, views.AnswerPage(h.answerFrame(r, "Request "+r.Reference), v))
}

func (r request) actions() []views.Anchor {
	var out []views.Anchor
	give := "Give a quote"
	if r.seen() > 0 {
		give = "Give a newer quote"
	}
	for _, a := range []struct {
		event enquiry.Event
		text  string
		part  string
	}{{enquiry.GiveQuote, give, "quote"}, {enquiry.AskMore, "Write to the patient", "ask"}, {enquiry.Decline, "Decline", "decline"}} {
		if r.may(a.event) {
			out = append(out, views.Anchor{Text: a.text, URL: r.at(a.part)})
		}
	}
	return out
}

func (h *Handlers) answerOpen(c echo.Context, r request) error {
	return h.answered(c, r, h.cfg.Enquiries.OpenRequest(c.Request().Context(), r.token))
}

// answerForm is a page of the hospital's that posts to its own address.
func (h *Handlers) answerForm(c echo.Context, status int, r request, event enquiry.Event, page views.EnquiryForm, bad check.List) error {
	if !r.may(event) {
		return h.answered(c, r, enquiry.ErrMoved, c.FormValue("message"), c.FormValue("comment"))
	}
	f := h.answerFrame(r, page.Heading, r.mine())
	f.Errors = problemsOf(bad)
	page.Caption, page.Action = "For "+r.Hospital.Name, c.Request().URL.Path
	page.Other = views.Anchor{Text: "Go back to the request", URL: r.at()}
	return show(c, status, views.EnquiryFormPage(f, page))
}

func (h *Handlers) askMoreForm(c echo.Context, r request) error {
	return h.showAskMore(c, http.StatusOK, r, nil)
}

func (h *Handlers) showAskMore(c echo.Context, status int, r request, bad check.List) error {
	return h.answerForm(c, status, r, enquiry.AskMore, views.EnquiryForm{Heading: "Write to the patient", Submit: "Send", Lead: []string{"Ask for what you need to answer. Do not ask for money or for contact details."},
		Parts: []views.Part{ui.Field{ID: "message", Label: "Your message", Type: "textarea", Rows: 8, Value: c.FormValue("message"), Error: bad.On("message"), Hint: "At most " + group(enquiry.MaxMessage) + " characters."}}}, bad)
}

func (h *Handlers) askMore(c echo.Context, r request) error {
	bad, err := h.cfg.Enquiries.AskMore(c.Request().Context(), r.token, c.FormValue("message"))
	if err == nil && !bad.OK() {
		return h.showAskMore(c, http.StatusUnprocessableEntity, r, bad)
	}
	return h.answered(c, r, err, c.FormValue("message"))
}

func (h *Handlers) declineForm(c echo.Context, r request) error {
	return h.showDecline(c, http.StatusOK, r, nil)
}

func (h *Handlers) showDecline(c echo.Context, status int, r request, bad check.List) error {
	form := url.Values{"reason": {c.FormValue("reason")}}
	var reasons []ui.Choice
	for _, one := range enquiry.DeclineReasons {
		reasons = append(reasons, ui.Choice{Value: string(one), Text: reasonWords[one]})
	}
	return h.answerForm(c, status, r, enquiry.Decline, views.EnquiryForm{Heading: "Decline this request", Submit: "Decline", Danger: true, Lead: []string{"The patient is told the reason. This ends the request."},
		Parts: []views.Part{radios("reason", "Why?", form, bad, reasons...),
			ui.Field{ID: "comment", Label: "Words for the patient", Type: "textarea", Value: c.FormValue("comment"), Error: bad.On("comment"), Hint: "Needed when the reason is another one."}}}, bad)
}

func (h *Handlers) decline(c echo.Context, r request) error {
	bad, err := h.cfg.Enquiries.Decline(c.Request().Context(), r.token, enquiry.Refusal{Reason: enquiry.DeclineReason(c.FormValue("reason")), Comment: c.FormValue("comment")})
	if err == nil && !bad.OK() {
		return h.showDecline(c, http.StatusUnprocessableEntity, r, bad)
	}
	return h.answered(c, r, err, c.FormValue("comment"))
}

func (h *Handlers) answerFile(c echo.Context, r request) error {
	content, err := h.cfg.Enquiries.AnswerFile(c.Request().Context(), r.token, c.Param("file"))
	if errors.Is(err, enquiry.ErrLink) {
		return h.deadAnswer(c)
	}
	if err != nil {
		return err
	}
	return download(c, content.Name, content.Kind.Media, content.Bytes)
}
