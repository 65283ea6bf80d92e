package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/ui"
)

// quoteBlank is the form, with the newest version in it when there is one.
func (h *Handlers) quoteBlank(c echo.Context, r request) error {
	v := url.Values{"currency": {"INR"}, "seen": {strconv.FormatInt(r.seen(), 10)}}
	if n := len(r.Quotes); n > 0 {
		v = offerValues(r.Quotes[n-1].Offer)
		v.Set("seen", strconv.FormatInt(r.seen(), 10))
	}
	return h.showQuoteForm(c, http.StatusOK, r, v, nil, nil)
}

func (h *Handlers) showQuoteForm(c echo.Context, status int, r request, v url.Values, rows []int, bad check.List) error {
	if !r.may(enquiry.GiveQuote) {
		return h.answered(c, r, enquiry.ErrMoved)
	}
	page := quoteForm(v, rows, bad)
	page.Caption, page.Action, page.Back = "For "+r.Hospital.Name+", request "+r.Reference, r.at("quote"), views.Anchor{Text: "Go back to the request", URL: r.at()}
	page.Keep = []ui.Hidden{{Name: "seen", Value: v.Get("seen")}}
	if status == http.StatusConflict {
		page.Newer = h.givenQuote(r, r.Quotes[len(r.Quotes)-1])
	}
	f := h.answerFrame(r, page.Heading, r.mine())
	if !bad.OK() {
		f.Errors = &ui.ErrorSummary{Problems: quoteProblems(bad, rows)}
	}
	return show(c, status, views.QuoteFormPage(f, page))
}

// quoteGive adds lines, previews, goes back to the form, or gives the quote.
func (h *Handlers) quoteGive(c echo.Context, r request) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	switch form.Get("do") {
	case "more":
		form["label"] = append(form["label"], make([]string, moreLines)...)
		return h.showQuoteForm(c, http.StatusOK, r, form, nil, nil)
	case "edit":
		return h.showQuoteForm(c, http.StatusOK, r, form, nil, nil)
	}
	o, rows, bad := offerOf(form)
	bad = append(bad, besides(o.Check(h.cfg.Enquiries.Today()), bad)...)
	if !bad.OK() {
		return h.showQuoteForm(c, http.StatusUnprocessableEntity, r, form, rows, bad)
	}
	if form.Get("do") != "give" {
		return h.previewQuote(c, r, form, o)
	}
	seen, _ := strconv.ParseInt(form.Get("seen"), 10, 64)
	_, bad, err = h.cfg.Enquiries.GiveQuote(c.Request().Context(), r.token, seen, o)
	if err == nil && !bad.OK() {
		return h.showQuoteForm(c, http.StatusUnprocessableEntity, r, form, rows, bad)
	}
	if errors.Is(err, enquiry.ErrMoved) {
		return h.quoteOvertaken(c, r, form, rows)
	}
	return h.answered(c, r, err)
}

// quoteOvertaken shows a quote that a colleague's came before, with that one over it: given again it is the next version.
func (h *Handlers) quoteOvertaken(c echo.Context, r request, form url.Values, rows []int) error {
	now, err := h.cfg.Enquiries.Answer(c.Request().Context(), r.token)
	if err != nil {
		return h.answered(c, r, err)
	}
	r.Request = now
	if !r.may(enquiry.GiveQuote) || r.seen() == 0 {
		return h.answered(c, r, enquiry.ErrMoved)
	}
	form.Set("seen", strconv.FormatInt(r.seen(), 10))
	var bad check.List
	bad.Add("", "Version %d was given since you opened this form, and yours was not. Read it below. If yours is still needed, preview it again: it becomes version %d", r.seen(), r.seen()+1)
	return h.showQuoteForm(c, http.StatusConflict, r, form, rows, bad)
}

// givenQuote is a version as the hospital gave it.
func (h *Handlers) givenQuote(r request, q enquiry.Quote) *views.Quote {
	doc := h.quoteDoc(r.Hospital, q)
	doc.Code, doc.Treatment = r.Reference, firstOf(r.Answers.TreatmentName, "Treatment not decided")
	return &doc
}

func (h *Handlers) previewQuote(c echo.Context, r request, form url.Values, o enquiry.Offer) error {
	if !r.may(enquiry.GiveQuote) {
		return h.answered(c, r, enquiry.ErrMoved)
	}
	keep := hiddenOf(form)
	return show(c, http.StatusOK, views.QuotePreviewPage(h.answerFrame(r, "Check the quote before you give it", r.mine()), views.QuotePreview{Quote: *h.givenQuote(r, enquiry.Quote{Offer: o}), Action: r.at("quote"), Keep: keep, Edit: keep, EditTo: r.at("quote")}))
}

func (h *Handlers) quoteGiven(c echo.Context, r request) error {
	for _, q := range r.Quotes {
		if strconv.FormatInt(q.Number, 10) == c.Param("version") {
			doc := h.givenQuote(r, q)
			doc.Back = views.Anchor{Text: "Back to the request", URL: r.at()}
			return show(c, http.StatusOK, views.QuotePage(h.answerFrame(r, "Quote", r.mine()), *doc))
		}
	}
	return fault.New(fault.Missing, "version of a quote", nil)
}
