package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/desk"
	"carecorridor/internal/check"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// reviews are the reviews that count for public texts; none without a desk.
func (h *Handlers) reviews(c echo.Context) (desk.Reviews, error) {
	if h.cfg.Desk == nil {
		return nil, nil
	}
	return h.cfg.Desk.Reviews(c.Request().Context())
}

// deskTexts lists every text, the one to be reviewed first at the top.
func (h *Handlers) deskTexts(c echo.Context, who auth.Actor) error {
	all, err := h.cfg.Desk.ReviewTexts(c.Request().Context(), who)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Texts, the next to be reviewed first", Head: []ui.Column{{Text: "Text"}, {Text: "Reviewed"}, {Text: "Next review"}, {Text: "Clinician"}, {Text: "State"}}}
	for _, x := range all {
		kind := "Guide"
		if strings.HasPrefix(x.Page, "models/") {
			kind = modelsTitle
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: x.Title, Href: link.DeskText(x.Page)}, Note: kind}, {Text: x.Reviewed.Long()}, {Text: x.Next.Long()},
			{Text: firstOf(x.Clinical, "None has reviewed it"), Missing: x.Clinical == ""}, {Body: textMark(x).View()}}})
	}
	v := deskview.Page{Title: "Texts to review", Lead: []string{"The guide and the models of care. The texts themselves are part of the program. A review says who looked at the words as they stand, and two people publish it."}, Parts: []views.Part{t}}
	return h.deskPage(c, http.StatusOK, who, link.DeskTexts, v, nil)
}

func textMark(x desk.Text) ui.Badge {
	switch {
	case x.Waiting != nil:
		return ui.Badge{Tone: ui.Info, Text: "Waits for a second person"}
	case x.Changed:
		return ui.Badge{Tone: ui.Warn, Text: "Changed since its review"}
	case x.Overdue:
		return ui.Badge{Tone: ui.Warn, Text: "Overdue"}
	}
	return ui.Badge{Tone: ui.Neutral, Text: "In date"}
}

func textPage(c echo.Context) string { return c.Param("kind") + "/" + c.Param("slug") }

// publicText is the address of a text by the name that reviews use.
func publicText(page string) string {
	kind, slug, _ := strings.Cut(page, "/")
	switch {
	case kind == "models":
		return link.Model(slug)
	case slug == "checklist":
		return link.GuideChecklist
	}
	return link.GuideChapter(slug)
}

func (h *Handlers) deskText(c echo.Context, who auth.Actor) error {
	return h.showText(c, who, http.StatusOK, textPage(c), nil, nil)
}

func (h *Handlers) showText(c echo.Context, who auth.Actor, status int, page string, form url.Values, bad check.List) error {
	ctx := c.Request().Context()
	x, err := h.cfg.Desk.ReviewText(ctx, who, page)
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range x.History {
		ids = append(ids, r.ByPerson, r.DecidedBy)
	}
	names, err := h.cfg.Desk.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	v := deskview.Page{Title: x.Title, Tag: textMark(x), Parts: []views.Part{ui.SummaryList{
		{Label: "Page", Link: ui.Link{Text: "Read it as the public does", Href: publicText(page)}}, {Label: "Written and checked by", Value: x.Author}, {Label: "Reviewed by a clinician", Value: firstOf(x.Clinical, "None has"), Missing: x.Clinical == ""},
		{Label: "Reviewed", Value: x.Reviewed.Long()}, {Label: "Next review", Value: x.Next.Long()}}}}
	if x.Waiting != nil {
		v.Parts = append(v.Parts, reviewDecision(x, who, names, form, bad))
	} else {
		v.Parts = append(v.Parts, h.reviewForm(x, form, bad))
	}
	v.Parts = append(v.Parts, reviewHistory(x, names))
	return h.deskPage(c, status, who, link.DeskTexts, v, bad, ui.Link{Text: "Texts to review", Href: link.DeskTexts})
}

func (h *Handlers) reviewForm(x desk.Text, form url.Values, bad check.List) views.Part {
	if form == nil {
		form = url.Values{}
		putDay(form, "on", h.cat.Today())
		putDay(form, "next", h.cat.Today().AddDays(182))
	}
	return deskview.Section{ID: "review", Title: "Record a review", Text: []string{"It is public once another person has published it."}, Parts: []views.Part{deskview.Form{Action: link.DeskText(x.Page), Keep: []ui.Hidden{{Name: "words", Value: x.Words()}}, Parts: []views.Part{
		ui.Field{ID: "role", Label: "Role of who reviewed it", Hint: "Such as Orthopaedic surgeon. The name is not published.", Value: form.Get("role"), Error: bad.On("role")},
		ui.Choices{ID: "clinical", Name: "clinical", Legend: "Clinical review", Many: true, Options: []ui.Choice{{Value: "yes", Text: "They are a registered clinician", Hint: "The page then says that a clinician has reviewed it.", Checked: form.Get("clinical") == "yes"}}},
		deskDay("on", "Reviewed on", "", form, bad), deskDay("next", "Next review", "At most 3 years later.", form, bad),
		ui.Field{ID: "note", Label: "Note for the desk", Type: "textarea", Value: form.Get("note"), Error: bad.On("note"), Optional: true},
	}, Buttons: []ui.Button{{Text: "Record review"}}}}}
}

func reviewDecision(x desk.Text, who auth.Actor, names map[string]string, form url.Values, bad check.List) views.Part {
	r := x.Waiting
	facts := ui.SummaryList{{Label: "Reviewed by", Value: r.Role, Note: map[bool]string{true: "A registered clinician"}[r.Clinical]}, {Label: "Reviewed on", Value: r.ReviewedOn.Long()}, {Label: "Next review", Value: r.NextReview.Long()},
		{Label: "Recorded by", Value: personWords(names, r.ByPerson), Note: ukTime(r.At)}}
	if r.Note != "" {
		facts = append(facts, ui.Fact{Label: "Note", Value: r.Note})
	}
	s := deskview.Section{ID: "decision", Title: "A review waits to be published", Parts: []views.Part{facts}}
	keep := []ui.Hidden{keepVersion(r.Version), {Name: "page", Value: x.Page}}
	reason := ui.Field{ID: "reason", Label: "Reason, if you do not publish it", Type: "textarea", Rows: 3, Value: form.Get("reason"), Error: bad.On("reason")}
	f := deskview.Form{Action: link.DeskReview(r.ID), Keep: keep, Parts: []views.Part{reason}, Buttons: []ui.Button{{Text: "Publish", Name: "do", Value: "publish"}, {Text: "Do not publish", Name: "do", Value: "refuse", Look: ui.Secondary}}}
	if r.ByPerson == who.Person {
		s.Text = []string{"You recorded this review. Another person must publish it. You can take it back."}
		f.Buttons = []ui.Button{{Text: "Take it back", Name: "do", Value: "refuse", Look: ui.Secondary}}
		reason.Label = "Reason"
		f.Parts = []views.Part{reason}
	}
	s.Parts = append(s.Parts, f)
	return s
}

func reviewHistory(x desk.Text, names map[string]string) views.Part {
	t := ui.StackTable{Caption: "Reviews recorded here", Head: []ui.Column{{Text: "Reviewed on"}, {Text: "Role"}, {Text: "Recorded by"}, {Text: "What came of it"}}}
	words := map[string]string{"proposed": "Waits for a second person", "published": "Published", "refused": "Not published"}
	for _, r := range x.History {
		what := ui.Cell{Text: words[r.State], Note: r.Reason}
		if r.DecidedAt != nil {
			what.Text += " by " + personWords(names, r.DecidedBy) + ", " + ukDay(*r.DecidedAt).Long()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: r.ReviewedOn.Long()}, {Text: r.Role}, {Text: personWords(names, r.ByPerson)}, what}})
	}
	return deskview.Section{ID: "history", Title: "History", Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "No review was recorded here", Text: []string{"The dates above are those of the text itself."}}}}}
}

func (h *Handlers) deskTextReview(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	var bad check.List
	n := desk.NewReview{Page: textPage(c), Words: form.Get("words"), Role: form.Get("role"), Clinical: form.Get("clinical") == "yes", Note: form.Get("note")}
	n.On, n.Next = readDay(form, "on", &bad), readDay(form, "next", &bad)
	again := func(status int, l check.List) error { return h.showText(c, who, status, n.Page, form, l) }
	l, err := h.cfg.Desk.ProposeReview(c.Request().Context(), who, n, bad)
	if err != nil {
		return deskAgain(err, again)
	}
	if !l.OK() {
		return again(http.StatusUnprocessableEntity, l)
	}
	return h.toDesk(c, link.DeskText(n.Page), "proposed")
}

func (h *Handlers) deskReviewDecide(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	page, publish := form.Get("page"), form.Get("do") == "publish"
	again := func(status int, l check.List) error { return h.showText(c, who, status, page, form, l) }
	l, err := h.cfg.Desk.DecideReview(c.Request().Context(), who, c.Param("id"), versionOf(c), publish, form.Get("reason"))
	if err != nil {
		return deskAgain(err, again)
	}
	if !l.OK() {
		return again(http.StatusUnprocessableEntity, l)
	}
	return h.toDesk(c, link.DeskText(page), map[bool]string{true: "published", false: "refused"}[publish])
}
