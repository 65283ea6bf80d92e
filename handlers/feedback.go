package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/feedback"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
)

// feedbackRoutes are the form behind a one-time link, the report form of a listing, and how feedback is checked.
// Without a service only the last is there.
func (h *Handlers) feedbackRoutes() []route {
	routes := []route{h.page(link.Reviews, h.aboutReviews)}
	if h.cfg.Feedback == nil {
		return routes
	}
	return append(routes,
		h.own("GET", "/feedback/:token", h.feedbackForm),
		h.own("POST", "/feedback/:token", h.feedbackSend),
		h.own("GET", "/hospitals/:slug/report", h.reportForm),
		h.own("POST", "/hospitals/:slug/report", h.reportSend),
		h.own("GET", "/hospitals/:slug/report/sent", h.reportSent),
	)
}

var reviewsAnchor = views.Anchor{Text: "How we check patient feedback", URL: link.Reviews}

// invited opens the link of a request. Its address holds the token, so no other site is told it.
func (h *Handlers) invited(c echo.Context) (feedback.Invitation, error) {
	c.Response().Header().Set("Referrer-Policy", "same-origin")
	return h.cfg.Feedback.Open(c.Request().Context(), c.Param("token"))
}

func (h *Handlers) feedbackForm(c echo.Context) error {
	i, err := h.invited(c)
	switch {
	case err != nil:
		return h.feedbackRefused(c, err)
	case i.Used:
		f := h.ownFrame("Your feedback is sent")
		return show(c, http.StatusOK, views.FeedbackSentPage(f, views.FeedbackSent{
			Hospital: views.Anchor{Text: "Back to " + i.Hospital, URL: link.Hospital(i.Slug)}, Reviews: reviewsAnchor}))
	}
	return h.askFeedback(c, http.StatusOK, i, feedback.Form{}, nil)
}

func (h *Handlers) feedbackSend(c echo.Context) error {
	i, err := h.invited(c)
	if err != nil {
		return h.feedbackRefused(c, err)
	}
	form := feedback.Form{Comment: c.FormValue("comment")}
	for at, q := range feedback.Questions {
		form.Answers[at] = feedback.Answer(c.FormValue(q.Field))
	}
	problems, err := h.cfg.Feedback.Send(c.Request().Context(), c.Param("token"), form)
	if err != nil && !fault.Is(err, fault.Conflict) { // sent twice: the first stays, and the page says so
		return h.feedbackRefused(c, err)
	}
	if !problems.OK() {
		return h.askFeedback(c, http.StatusUnprocessableEntity, i, form, problems)
	}
	return c.Redirect(http.StatusSeeOther, link.Feedback(c.Param("token")))
}

// feedbackRefused says the same of every link that does not work.
func (h *Handlers) feedbackRefused(c echo.Context, err error) error {
	if !errors.Is(err, feedback.ErrLink) {
		return err
	}
	return show(c, http.StatusNotFound, views.FailurePage(views.FeedbackLinkEnded(h.ownFrame(""))))
}

func (h *Handlers) askFeedback(c echo.Context, status int, i feedback.Invitation, form feedback.Form, problems check.List) error {
	f := h.ownFrame("Tell others about your stay")
	f.Errors, f.Failed = problemsOf(problems), !problems.OK()
	v := views.FeedbackForm{Hospital: i.Hospital, Sample: i.Sample, Stayed: feedback.Month(i.Stayed), Action: link.Feedback(c.Param("token")), Comment: form.Comment,
		CommentError: problems.On("comment"), MostComment: feedback.MaxComment, Reviews: reviewsAnchor}
	for at, q := range feedback.Questions {
		v.Questions = append(v.Questions, views.FeedbackQuestion{Field: q.Field, Text: q.Text, Chosen: string(form.Answers[at]), Error: problems.On(q.Field)})
	}
	return show(c, status, views.FeedbackPage(f, v))
}

// ownFrame is the frame of a page that only its visitor sees.
func (h *Handlers) ownFrame(title string) views.Frame {
	f := h.frame(title, "", "")
	f.NoIndex, f.Breadcrumb = true, crumbs()
	return f
}

func (h *Handlers) aboutReviews(c echo.Context) (*answer, error) {
	v := views.AboutReviews{Least: feedback.MinAnswers, MostComment: feedback.MaxComment, LinkDays: feedback.LinkDays,
		Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}, {Text: "How we order results", URL: link.Ordering}}}
	for _, q := range feedback.Questions {
		v.Questions = append(v.Questions, q.Text)
	}
	f := h.frame("How we check patient feedback", link.Reviews, "")
	f.Description = "Who can give feedback, what we ask, how comments are checked, and what a hospital can and cannot do about them."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.AboutReviewsPage(f, v))
}

// hospitalFeedback is the profile's part; nil when this site takes no feedback.
func (h *Handlers) hospitalFeedback(ctx context.Context, provider int64, sample bool) (*views.HospitalFeedback, error) {
	if h.cfg.Feedback == nil {
		return nil, nil
	}
	s, err := h.cfg.Feedback.Summary(ctx, provider)
	if err != nil {
		return nil, err
	}
	v := &views.HospitalFeedback{Sample: sample, Least: feedback.MinAnswers, Reviews: reviewsAnchor}
	if f := s.Figures; f != nil {
		v.Invited, v.Answered, v.Period = f.Invited, f.Answered, feedback.Month(f.First)
		if f.Last != f.First {
			v.Period += " to " + feedback.Month(f.Last)
		}
		for _, n := range f.Counts {
			v.Counts = append(v.Counts, views.FeedbackCount{Question: n.Question, Yes: n.Yes, Partly: n.Partly, No: n.No})
		}
	}
	for _, one := range s.Comments {
		shown := views.FeedbackComment{Stayed: feedback.Month(one.Stayed), Words: views.ModeratedWords{Text: one.Text, Reason: one.Reason}}
		if one.Response != nil {
			shown.Response = &views.ModeratedWords{Text: one.Response.Text, Reason: one.Response.Reason}
		}
		v.Comments = append(v.Comments, shown)
	}
	return v, nil
}
