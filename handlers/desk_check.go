package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/models"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// checkForm is the decision as somebody left it.
type checkForm struct {
	form url.Values // nil: nothing was typed
	bad  check.List
}

func oneProblem(field, say string) check.List { return check.List{{Field: field, Say: say}} }

// deskCheck is one check: old beside new, what it rests on, and the decision.
func (h *Handlers) deskCheck(c echo.Context, who auth.Actor) error {
	return h.deskCheckAgain(c, who, http.StatusOK, checkForm{})
}

func (h *Handlers) deskCheckAgain(c echo.Context, who auth.Actor, status int, f checkForm) error {
	ctx := c.Request().Context()
	i, err := h.cfg.Listings.Item(ctx, who, c.Param("id"))
	if err != nil {
		return err
	}
	names, err := h.cfg.Desk.NamesOf(ctx, append(slices.Clone(i.Proposers), i.FirstBy, i.DecidedBy)...)
	if err != nil {
		return err
	}
	why, err := h.mayDecide(c, who, i)
	if err != nil {
		return err
	}
	if f.form == nil {
		f.form = url.Values{"file": {c.QueryParam("file")}, "hash": {c.QueryParam("hash")}}
	}
	v := deskview.Page{Caption: i.Name, Title: checkTitle(i), Tag: checkMarks[i.State], Parts: []views.Part{h.checkFacts(i, names), h.checkCompare(i, names)}}
	v.Parts = append(v.Parts, checkEvidence(i))
	switch {
	case why != "":
		v.Parts = append(v.Parts, deskview.Box{Title: "Not for you to decide", Text: []string{why}})
	case i.State == listing.WaitingSecond && i.FirstBy == who.Person:
		v.Parts = append(v.Parts, deskview.Box{Title: "Another person is needed", Text: []string{"You approved this already. Another verifier must approve it, too. You may still send it back or reject it."}}, h.decisionForm(i, f, true))
	default:
		v.Parts = append(v.Parts, h.evidenceForm(i, f), h.decisionForm(i, f, false))
	}
	return h.deskPage(c, status, who, link.DeskChecks, v, f.bad, ui.Link{Text: "Checks", Href: link.DeskChecks})
}

func (h *Handlers) checkFacts(i listing.Item, names map[string]string) ui.SummaryList {
	in, _ := listing.SectionOf(i.Section)
	hospital := ui.Fact{Label: "Hospital", Value: i.Name}
	if i.Slug != "" {
		hospital.Link = ui.Link{Text: "See its page", Hidden: i.Name, Href: link.Hospital(i.Slug)}
	} else {
		hospital.Note = "Not listed yet"
	}
	out := ui.SummaryList{hospital, {Label: "About", Value: in.Title}, {Label: "Why it is here", Value: checkKinds[i.Kind], Note: findingWords[i.Finding]}}
	var by []string
	for _, id := range i.Proposers {
		by = append(by, personWords(names, id))
	}
	out = append(out, ui.Fact{Label: "Sent", Value: ukTime(i.SentAt), Note: strings.Join(by, ", ")})
	if i.NeedsSecond {
		second := ui.Fact{Label: "Second person", Value: "Needed: " + lowerFirst(i.SecondWhy) + "."}
		if i.FirstBy != "" && i.FirstAt != nil {
			second.Note = "First check by " + personWords(names, i.FirstBy) + " on " + ukTime(*i.FirstAt) + "."
			if i.State == listing.WaitingSecond {
				second.Note += " Needs another person."
			}
		}
		out = append(out, second)
	}
	if i.DecidedAt != nil {
		out = append(out, ui.Fact{Label: "Decided", Value: checkMarks[i.State].Text + " by " + personWords(names, i.DecidedBy) + " on " + ukTime(*i.DecidedAt), Note: i.Reason})
	}
	return out
}

// checkCompare is the fields side by side.
func (h *Handlers) checkCompare(i listing.Item, names map[string]string) views.Part {
	in, _ := listing.SectionOf(i.Section)
	t := ui.Compare{Caption: "What would change", Old: "Public now", New: "Proposed"}
	switch {
	case i.Kind == listing.KindRecheck:
		t.Caption, t.New = "Compare this with the register", "Still so?"
	case i.Kind == listing.KindRegister:
		t.New = "The register says"
	case i.New:
		t.Caption = "A new entry"
	}
	for _, d := range i.Fields {
		f, _ := in.Field(d.Path.Field())
		row := ui.CompareRow{Field: firstOf(d.Label, f.Label), Old: h.checkValue(f, d, d.Old), New: h.checkValue(f, d, d.New)}
		if d.By != "" && len(i.Proposers) > 1 {
			row.Who = personWords(names, d.By)
		}
		if f.Kind == listing.File && d.New != "" {
			row.New = "A file"
			row.Body = ui.Link{Text: "Open it", Hidden: d.Label, Href: link.DeskFile(d.New)}.View()
		}
		t.Rows = append(t.Rows, row)
	}
	return deskview.Section{ID: "change", Title: t.Caption, Parts: []views.Part{t}}
}

// registerStates are what a register's row may say of a certificate, in words.
var registerStates = map[string]string{string(models.RegisterValid): "In force", string(models.RegisterLapsed): "Not on the register any more", string(models.RegisterSuspended): "Suspended"}

// checkValue is a value of a check as people read it.
func (h *Handlers) checkValue(f listing.Field, d listing.Diff, value string) string {
	if d.Path.Section() == "certificate" && d.Path.Field() == "status" {
		return firstOf(registerStates[value], value)
	}
	return h.shownValue(f, value)
}

// checkEvidence is what the item rests on.
func checkEvidence(i listing.Item) views.Part {
	e := i.Evidence
	var facts ui.SummaryList
	of, read := "the file", "Read on"
	switch e.Method {
	case listing.HospitalStatement:
		of, read = "what was sent", "Sent on, in India"
	case listing.PhoneLogged:
		of, read = "the note", "Called on"
	}
	for _, m := range slices.Concat(listing.Methods, listing.HospitalMethods) {
		if m.Method == e.Method {
			facts = append(facts, ui.Fact{Label: "How", Value: m.Text})
		}
	}
	if u := webOnly(e.URL); u != "" {
		facts = append(facts, ui.Fact{Label: "Source", Link: ui.Link{Text: u, Href: u}})
	}
	if e.Retrieved.Known() {
		facts = append(facts, ui.Fact{Label: read, Value: e.Retrieved.Long()})
	}
	if e.File != "" {
		facts = append(facts, ui.Fact{Label: "File", Link: ui.Link{Text: "Open the file", Href: link.DeskFile(e.File)}})
	}
	if e.Hash != "" {
		facts = append(facts, ui.Fact{Label: "SHA-256 of " + of, Value: e.Hash})
	}
	if e.Note != "" {
		facts = append(facts, ui.Fact{Label: "Note", Value: e.Note})
	}
	s := deskview.Section{ID: "evidence", Title: "Evidence", Parts: []views.Part{facts}}
	if len(facts) == 0 {
		s.Parts = []views.Part{deskview.Muted("None was given with it. What you look up yourself goes with your decision.")}
	}
	return s
}

func (h *Handlers) evidenceForm(i listing.Item, f checkForm) views.Part {
	if i.Provider == 0 || i.Kind == listing.KindRegister {
		return deskview.Links(nil)
	}
	title := "Add a file of what you saw"
	if f.form.Get("file") != "" {
		title = "Choose another file of what you saw"
	}
	return deskview.Fold{Summary: title, Open: f.bad.On("file") != "", Parts: []views.Part{deskview.Form{Action: link.DeskCheck(i.ID, "evidence"), Files: true,
		Parts:   []views.Part{ui.FileField{ID: "file", Label: "Screenshot or document", Hint: "PDF, JPEG, PNG, TIFF or HEIC, up to 25 MB. Do this before you fill in the decision.", Accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic", Error: f.bad.On("file")}},
		Buttons: []ui.Button{{Text: "Keep the file", Look: ui.Secondary}}}}}
}

// decisionForm asks for the decision; second leaves out approving.
func (h *Handlers) decisionForm(i listing.Item, f checkForm, second bool) views.Part {
	form := deskview.Form{Action: link.DeskCheck(i.ID), Keep: []ui.Hidden{keepVersion(i.Version)}, Buttons: []ui.Button{{Text: "Decide"}}}
	if f.form.Get("file") != "" {
		form.Keep = append(form.Keep, ui.Hidden{Name: "file", Value: f.form.Get("file")})
		form.Parts = append(form.Parts, deskview.Inline{Component: keptFile(f.form.Get("file"))})
	}
	if !second && len(i.Checks) > 0 {
		c := ui.Choices{ID: "ticked", Name: "ticked", Legend: "What did you check?", Hint: "To approve, all of them.", Error: f.bad.On("ticked"), Many: true}
		for _, one := range i.Checks {
			c.Options = append(c.Options, ui.Choice{Value: one.Code, Text: one.Text, Checked: slices.Contains(f.form["ticked"], one.Code)})
		}
		form.Parts = append(form.Parts, c)
	}
	if methods := i.Methods(); !second && len(methods) > 0 {
		form.Parts = append(form.Parts, h.evidenceFields(f, methods)...)
	}
	verdicts := []ui.Choice{{Value: string(listing.Approve), Text: "Approve", Hint: approveHint(i)}, {Value: string(listing.SendBack), Text: "Send back", Hint: "The hospital may change it and send it again."},
		{Value: string(listing.Reject), Text: "Reject", Hint: "It cannot be listed as it is."}}
	if second {
		verdicts = verdicts[1:]
	}
	if i.Kind != listing.KindChange {
		verdicts = slices.DeleteFunc(verdicts, func(v ui.Choice) bool { return v.Value == string(listing.SendBack) })
		verdicts[len(verdicts)-1].Hint = "The register does not show this."
	}
	form.Parts = append(form.Parts, radios("verdict", "Your decision", f.form, f.bad, verdicts...))
	if i.Kind == listing.KindRecheck && i.Section == "certificate" {
		form.Parts = append(form.Parts, ui.Field{ID: "found", Label: "If you reject: what does the register show?", Type: "select", Error: f.bad.On("found"), Options: selected(f.form.Get("found"), foundOptions()...)})
	}
	form.Parts = append(form.Parts, ui.Field{ID: "reason", Label: "Reason", Type: "textarea", Rows: 4, Value: f.form.Get("reason"), Error: f.bad.On("reason"), Hint: "Needed to send back or reject. The hospital reads it. Say what to change."})
	return deskview.Section{ID: "decision", Title: "Decision", Parts: []views.Part{form}}
}

func approveHint(i listing.Item) string {
	if i.NeedsSecond && i.State == listing.Waiting {
		return "Another person must approve it, too, before it is public."
	}
	return "It is public at once."
}

func foundOptions() []ui.Option {
	words := map[listing.CertificateEvent]string{listing.CannotSee: "It does not show this certificate", listing.Suspend: "Suspended", listing.Withdraw: "Withdrawn", listing.NotRenew: "Not renewed"}
	out := []ui.Option{{Text: "Choose one"}}
	for _, e := range listing.FoundWays {
		out = append(out, ui.Option{Value: string(e), Text: words[e]})
	}
	return out
}

func keptFile(id string) templ.Component {
	return ui.SummaryList{{Label: "Your file", Value: "Kept.", Link: ui.Link{Text: "Open it", Href: link.DeskFile(id)}}}.View()
}

func (h *Handlers) evidenceFields(f checkForm, ways []listing.MethodText) []views.Part {
	methods := []ui.Option{{Text: "Choose one"}}
	for _, m := range ways {
		methods = append(methods, ui.Option{Value: string(m.Method), Text: m.Text})
	}
	hint := ""
	if ways[0].Method == listing.HospitalStatement {
		hint = "Of the hospital’s own statement we keep the day on which it was sent and the SHA-256 of what was sent: nothing else is needed."
	}
	return []views.Part{
		ui.Field{ID: "method", Label: "How did you check it?", Hint: hint, Type: "select", Options: selected(f.form.Get("method"), methods...), Error: f.bad.On("method")},
		ui.Field{ID: "url", Label: "Address of the page where you saw it", Value: f.form.Get("url"), Error: f.bad.On("url"), InputMode: "url", Hint: "Begins with https://"},
		deskDay("retrieved", "On which day did you look?", "For example, 22 11 2026.", f.form, f.bad),
		ui.Field{ID: "hash", Label: "SHA-256 of what you saw", Value: f.form.Get("hash"), Error: f.bad.On("hash"), Hint: "64 letters and figures. Filled in when you keep a file above. Not needed for a telephone call or a hospital’s own statement."},
		ui.Field{ID: "note", Label: "Note", Value: f.form.Get("note"), Error: f.bad.On("note"), Optional: true},
	}
}

// deskDecide sends the decision. Deciding needs a fresh second factor (domain.md §1.5).
func (h *Handlers) deskDecide(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	if err := h.cfg.People.Fresh(who); err != nil {
		return err
	}
	var bad check.List
	d := listing.Decision{Item: c.Param("id"), Version: versionOf(c), Verdict: listing.Verdict(form.Get("verdict")), Reason: check.Lines(form.Get("reason")), Ticked: form["ticked"],
		Found: listing.CertificateEvent(form.Get("found"))}
	d.Evidence = listing.Evidence{Method: listing.Method(form.Get("method")), URL: strings.TrimSpace(form.Get("url")), Hash: strings.ToLower(strings.TrimSpace(form.Get("hash"))), File: form.Get("file"), Note: strings.TrimSpace(form.Get("note"))}
	d.Evidence.Retrieved = readDay(form, "retrieved", &bad)
	again := func(status int, l check.List) error { return h.deskCheckAgain(c, who, status, checkForm{form, l}) }
	if !bad.OK() {
		return again(http.StatusUnprocessableEntity, bad)
	}
	item, problems, err := h.cfg.Listings.Decide(c.Request().Context(), who, d)
	if err != nil {
		return deskAgain(err, again)
	}
	if !problems.OK() {
		return again(http.StatusUnprocessableEntity, problems)
	}
	did := string(item.State)
	if item.State == listing.WaitingSecond {
		did = "first"
	}
	return h.toDesk(c, link.DeskChecks, did)
}
