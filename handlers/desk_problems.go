package handlers

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/feedback"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var reportAbout = map[string]string{"price": "A price", "certificate": "A certificate", "claim": "Something the listing says", "other": "Something else"}

// deskProblems lists what visitors reported, oldest first.
func (h *Handlers) deskProblems(c echo.Context, who auth.Actor) error {
	ctx, all := c.Request().Context(), c.QueryParam("state") == "all"
	rows, err := h.cfg.Feedback.Problems(ctx, who, all)
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.AssignedTo)
	}
	names, err := h.cfg.Desk.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Reported problems", Head: []ui.Column{{Text: "Reference"}, {Text: "Hospital"}, {Text: "About"}, {Text: "Waited"}, {Text: "Who looks into it"}}}
	for _, r := range rows {
		waited := h.since(r.SentAt)
		if r.ClosedAt != nil {
			waited = "Closed " + ukDay(*r.ClosedAt).Long()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: r.Reference, Href: link.DeskProblem(r.Reference)}}, {Text: r.Name}, {Text: reportAbout[r.About]}, {Text: waited}, {Text: firstOf(names[r.AssignedTo], "Nobody yet"), Missing: r.AssignedTo == ""}}})
	}
	other := ui.Link{Text: "Show closed ones, too", Href: link.DeskProblems + "?state=all"}
	if all {
		other = ui.Link{Text: "Show only those that are open", Href: link.DeskProblems}
	}
	v := deskview.Page{Title: "Reported problems", Lead: []string{"What visitors told us about listings, the oldest first."}, Parts: []views.Part{
		ui.Worklist{Table: t, Empty: ui.Empty{Title: "Nothing is open", Text: []string{"Visitors report problems at the foot of each hospital’s page."}}}, deskview.Links{other}}}
	return h.deskPage(c, http.StatusOK, who, link.DeskProblems, v, nil)
}

// problemForm is what somebody typed on the page of a report; what is the form.
type problemForm struct {
	what string
	form url.Values
	bad  check.List
}

func (f problemForm) of(what string) (url.Values, check.List) {
	if f.what != what {
		return url.Values{}, nil
	}
	return f.form, f.bad
}

func (h *Handlers) deskProblem(c echo.Context, who auth.Actor) error {
	return h.showProblem(c, who, http.StatusOK, problemForm{})
}

func (h *Handlers) showProblem(c echo.Context, who auth.Actor, status int, f problemForm) error {
	ctx := c.Request().Context()
	r, notes, err := h.cfg.Feedback.Problem(ctx, who, c.Param("ref"))
	if err != nil {
		return err
	}
	ids := []string{r.AssignedTo, r.ClosedBy}
	for _, n := range notes {
		ids = append(ids, n.ByPerson)
	}
	names, err := h.cfg.Desk.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	facts := ui.SummaryList{{Label: "Hospital", Value: r.Name, Link: ui.Link{Text: "See its page", Hidden: r.Name, Href: link.Hospital(r.Slug)}}, {Label: "About", Value: reportAbout[r.About]}, {Label: "Sent", Value: ukTime(r.SentAt)}}
	if r.Address != "" {
		facts = append(facts, ui.Fact{Label: "Wants an answer at", Value: r.Address, Note: "We write to it by ourselves when this is closed, then forget it."})
	}
	facts = append(facts, ui.Fact{Label: "Who looks into it", Value: firstOf(names[r.AssignedTo], "Nobody yet"), Missing: r.AssignedTo == ""})
	tag := ui.Badge{Tone: ui.Info, Text: "Open"}
	if r.ClosedAt != nil {
		tag = ui.Badge{Tone: ui.Neutral, Text: "Closed"}
		facts = append(facts, ui.Fact{Label: "What came of it", Value: r.Outcome, Note: firstOf(names[r.ClosedBy], r.ClosedBy) + ", " + ukTime(*r.ClosedAt)})
	}
	v := deskview.Page{Caption: r.Name, Title: "Problem " + r.Reference, Tag: tag, Parts: []views.Part{facts, deskview.Section{ID: "words", Title: "What the visitor wrote", Parts: []views.Part{deskview.Words(r.Words)}}}}
	if r.ClosedAt == nil {
		assign, err := h.assignForm(c, who, r, f)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, assign)
	}
	v.Parts = append(v.Parts, noteSection(r, notes, names, f))
	if r.ClosedAt == nil {
		v.Parts = append(v.Parts, closeForm(r, f))
	}
	return h.deskPage(c, status, who, link.DeskProblems, v, f.bad, ui.Link{Text: "Reported problems", Href: link.DeskProblems})
}

func (h *Handlers) assignForm(c echo.Context, who auth.Actor, r feedback.Reported, f problemForm) (views.Part, error) {
	people, err := h.cfg.Desk.Colleagues(c.Request().Context(), who, auth.ReportHandle)
	if err != nil {
		return nil, err
	}
	form, bad := f.of("assign")
	if !form.Has("to") {
		form = url.Values{"to": {r.AssignedTo}}
	}
	options := []ui.Option{{Text: "Nobody yet"}}
	for _, p := range people {
		words := p.Name
		if p.Person == who.Person {
			words += " (you)"
		}
		options = append(options, ui.Option{Value: p.Person, Text: words})
	}
	return deskview.Section{ID: "assign", Title: "Who looks into it", Parts: []views.Part{deskview.Form{Action: link.DeskProblem(r.Reference, "assign"), Keep: []ui.Hidden{{Name: "was", Value: r.AssignedTo}},
		Parts: []views.Part{ui.Field{ID: "to", Label: "Colleague", Type: "select", Options: selected(form.Get("to"), options...), Error: bad.On("to")}}, Buttons: []ui.Button{{Text: "Save", Look: ui.Secondary}}}}}, nil
}

func noteSection(r feedback.Reported, notes []models.ReportNote, names map[string]string, f problemForm) views.Part {
	t := ui.Timeline{}
	for _, n := range notes {
		t.Items = append(t.Items, ui.Step{Title: ukTime(n.At.UTC()) + ", " + personWords(names, n.ByPerson), Text: n.Note})
	}
	s := deskview.Section{ID: "notes", Title: "Notes of the desk", Text: []string{"The public never sees these."}}
	if len(notes) > 0 {
		s.Parts = append(s.Parts, t)
	}
	if r.ClosedAt == nil {
		form, bad := f.of("note")
		s.Parts = append(s.Parts, deskview.Form{Action: link.DeskProblem(r.Reference, "note"), Parts: []views.Part{ui.Field{ID: "note", Label: "Add a note", Type: "textarea", Rows: 3, Value: form.Get("note"), Error: bad.On("note")}}, Buttons: []ui.Button{{Text: "Keep note", Look: ui.Secondary}}})
	}
	return s
}

func closeForm(r feedback.Reported, f problemForm) views.Part {
	form, bad := f.of("close")
	return deskview.Section{ID: "close", Title: "Close it", Text: []string{"Everybody can read what you write here: it stands in the listing’s history. Name nobody."}, Parts: []views.Part{deskview.Form{Action: link.DeskProblem(r.Reference, "close"), Parts: []views.Part{
		ui.Field{ID: "outcome", Label: "What came of it", Hint: "One line, up to " + strconv.Itoa(feedback.MaxOutcome) + " characters. For example: The hospital put the price right.", Value: form.Get("outcome"), Error: bad.On("outcome")}}, Buttons: []ui.Button{{Text: "Close in public"}}}}}
}

func (h *Handlers) deskProblemDo(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	ctx, ref, what := c.Request().Context(), c.Param("ref"), c.Param("what")
	var bad check.List
	switch what {
	case "assign":
		if err = h.colleague(c, who, form.Get("to")); err == nil {
			err = h.cfg.Feedback.Assign(ctx, who, ref, form.Get("was"), form.Get("to"))
		}
	case "note":
		bad, err = h.cfg.Feedback.Note(ctx, who, ref, form.Get("note"))
	case "close":
		bad, err = h.cfg.Feedback.Close(ctx, who, ref, form.Get("outcome"))
	default:
		return fault.New(fault.Missing, "problem", nil)
	}
	again := func(status int, l check.List) error {
		return h.showProblem(c, who, status, problemForm{what, form, l})
	}
	if err != nil {
		return deskAgain(err, again)
	}
	if !bad.OK() {
		return again(http.StatusUnprocessableEntity, bad)
	}
	return h.toDesk(c, link.DeskProblem(ref), map[string]string{"assign": "assigned", "note": "noted", "close": "closed"}[what])
}

// colleague refuses to give a report to somebody who may not handle reports.
func (h *Handlers) colleague(c echo.Context, who auth.Actor, person string) error {
	if person == "" {
		return nil
	}
	people, err := h.cfg.Desk.Colleagues(c.Request().Context(), who, auth.ReportHandle)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Person == person {
			return nil
		}
	}
	return fault.Say(fault.Invalid, "assign report", "Choose one of the colleagues in the list")
}

// problemOutcome tells anybody who knows the reference what came of a report. Its words are not shown.
func (h *Handlers) problemOutcome(c echo.Context) error {
	o, err := h.cfg.Feedback.Outcome(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	f := h.ownFrame("Problem " + o.Reference)
	v := views.ReportOutcome{Reference: o.Reference, Hospital: views.Anchor{Text: o.Name, URL: link.Hospital(o.Slug)}, Sent: ukDay(o.Report.SentAt).Long(), Outcome: o.Report.Outcome}
	if o.Report.ClosedAt != nil {
		v.Closed = ukDay(*o.Report.ClosedAt).Long()
	}
	return show(c, http.StatusOK, views.ReportOutcomePage(f, v))
}

var textStates = map[feedback.State]ui.Badge{feedback.Held: {Tone: ui.Info, Text: "Waits"}, feedback.Published: {Tone: ui.Checked, Text: "Published"}, feedback.Redacted: {Tone: ui.Warn, Text: "Published without some words"},
	feedback.Refused: {Tone: ui.Bad, Text: "Not published"}, feedback.Withdrawn: {Tone: ui.Neutral, Text: "Taken back"}}

var textKinds = map[string]string{"comment": "Comment of a patient", "response": "Response of the hospital"}

// deskFeedback lists comments and responses that wait, oldest first.
func (h *Handlers) deskFeedback(c echo.Context, who auth.Actor) error {
	all := c.QueryParam("state") == "all"
	items, err := h.cfg.Feedback.Texts(c.Request().Context(), who, all)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Comments and responses", Head: []ui.Column{{Text: "Text"}, {Text: "Hospital"}, {Text: "Waited"}, {Text: "Look twice"}, {Text: "State"}}}
	for _, i := range items {
		var why []string
		for _, f := range i.Flags {
			why = append(why, f.Why)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: textKinds[i.Kind], Hidden: strconv.FormatInt(i.ID, 10), Href: link.DeskFeedbackText(i.ID)}, Note: "Stayed " + feedback.Month(i.Stayed)}, {Text: i.Hospital}, {Text: h.since(i.Written)},
			{Text: upperFirst(firstOf(strings.Join(why, "; "), "nothing noticed"))}, {Body: textStates[i.State].View()}}})
	}
	other := ui.Link{Text: "Show those decided, too", Href: link.DeskFeedback + "?state=all"}
	if all {
		other = ui.Link{Text: "Show only those that wait", Href: link.DeskFeedback}
	}
	v := deskview.Page{Title: "Patient feedback", Lead: []string{"Read every text whole, in whatever language it is. Negative feedback is published like any other. The rules are public."}, Parts: []views.Part{
		ui.Worklist{Table: t, Empty: ui.Empty{Title: "Nothing waits"}}, deskview.Links{other, {Text: "The rules, as patients read them", Href: link.Reviews}}}}
	return h.deskPage(c, http.StatusOK, who, link.DeskFeedback, v, nil)
}

func (h *Handlers) deskFeedbackText(c echo.Context, who auth.Actor) error {
	return h.showModeration(c, who, http.StatusOK, nil, nil)
}

func (h *Handlers) showModeration(c echo.Context, who auth.Actor, status int, form url.Values, bad check.List) error {
	ctx := c.Request().Context()
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return fault.New(fault.Missing, "feedback text", err)
	}
	i, log, err := h.cfg.Feedback.Text(ctx, who, id)
	if err != nil {
		return err
	}
	var ids []string
	for _, d := range log {
		ids = append(ids, d.ByWhom)
	}
	names, err := h.cfg.Desk.NamesOf(ctx, ids...)
	if err != nil {
		return err
	}
	v := deskview.Page{Caption: i.Hospital, Title: textKinds[i.Kind], Tag: textStates[i.State], Parts: []views.Part{
		ui.SummaryList{{Label: "Hospital", Value: i.Hospital, Link: ui.Link{Text: "See its page", Hidden: i.Hospital, Href: link.Hospital(i.Slug)}}, {Label: "Stayed", Value: feedback.Month(i.Stayed)}, {Label: "Written", Value: ukTime(i.Written)}}}}
	if i.Body != "" {
		v.Parts = append(v.Parts, deskview.Section{ID: "text", Title: "As it was written", Parts: []views.Part{deskview.Words(i.Body)}})
	}
	if i.Shown != "" && i.Shown != i.Body {
		v.Parts = append(v.Parts, deskview.Section{ID: "shown", Title: "As the public reads it", Parts: []views.Part{deskview.Words(i.Shown)}})
	}
	for _, f := range i.Flags {
		v.Parts = append(v.Parts, deskview.Para("Look twice: it "+f.Why+": “"+strings.Join(f.Words, "”, “")+"”."))
	}
	if i.State != feedback.Withdrawn {
		v.Parts = append(v.Parts, moderationForm(i, form, bad))
	}
	t := ui.StackTable{Caption: "Who decided what", Head: []ui.Column{{Text: "When"}, {Text: "Decision"}, {Text: "By"}, {Text: "Public reason"}}}
	for _, d := range log {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: ukTime(d.At.UTC())}, {Text: textStates[feedback.State(d.Decision)].Text}, {Text: firstOf(names[d.ByWhom], d.ByWhom)}, {Text: firstOf(d.Reason, "None")}}})
	}
	v.Parts = append(v.Parts, deskview.Section{ID: "log", Title: "History", Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "Nobody has decided yet"}}}})
	return h.deskPage(c, status, who, link.DeskFeedback, v, bad, ui.Link{Text: "Patient feedback", Href: link.DeskFeedback})
}

func moderationForm(i feedback.Item, form url.Values, bad check.List) views.Part {
	if form == nil {
		form = url.Values{"reason": {i.Reason}}
	}
	f := deskview.Form{Action: link.DeskFeedbackText(i.ID), Keep: []ui.Hidden{keepVersion(i.Version)}, Buttons: []ui.Button{{Text: "Decide"}}, Parts: []views.Part{
		radios("state", "What does the public see?", form, bad, ui.Choice{Value: string(feedback.Published), Text: "All of it, as it was written"},
			ui.Choice{Value: string(feedback.Redacted), Text: "All but some words", Hint: "Such as the name of a person, or a claim about the result of treatment."}, ui.Choice{Value: string(feedback.Refused), Text: "Only the reason why it is not shown"}),
		ui.Field{ID: "words", Label: "Words to take out", Type: "textarea", Rows: 3, Hint: "Exactly as they stand, one piece a line.", Value: form.Get("words"), Error: bad.On("words"), Optional: true},
		ui.Field{ID: "reason", Label: "Public reason", Hint: "Needed unless all of it is shown. Up to " + strconv.Itoa(feedback.MaxReason) + " characters. For example: It named a member of staff.", Value: form.Get("reason"), Error: bad.On("reason"), Optional: true},
	}}
	return deskview.Section{ID: "decision", Title: "Decision", Parts: []views.Part{f}}
}

func (h *Handlers) deskModerate(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return fault.New(fault.Missing, "feedback text", err)
	}
	r := feedback.Ruling{Text: id, Version: versionOf(c), State: feedback.State(form.Get("state")), Reason: form.Get("reason")}
	for line := range strings.Lines(check.Lines(form.Get("words"))) {
		if line = strings.TrimSpace(line); line != "" {
			r.Words = append(r.Words, line)
		}
	}
	again := func(status int, l check.List) error { return h.showModeration(c, who, status, form, l) }
	bad, err := h.cfg.Feedback.Rule(c.Request().Context(), who, r)
	if err != nil {
		return deskAgain(err, again)
	}
	if !bad.OK() {
		return again(http.StatusUnprocessableEntity, bad)
	}
	return h.toDesk(c, link.DeskFeedback, "decided")
}
