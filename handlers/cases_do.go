package handlers

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// caseForm is how one event is asked for: its page, and how its fields become an input.
type caseForm struct {
	title  string
	lead   []string
	submit string
	danger bool // it ends or closes something
	parts  func(x caseAsk) []views.Part
	read   func(x caseAsk, in *referral.Input) check.List
}

// caseAsk is a form with what was typed and what is wrong with it.
type caseAsk struct {
	casePage
	act  referral.Action
	form url.Values
	bad  check.List
}

func (x caseAsk) area(name, label, hint string) ui.Field {
	return ui.Field{ID: ui.IDOf(name), Name: name, Label: label, Hint: hint, Type: "textarea", Rows: 6, Value: x.form.Get(name), Error: x.bad.On(name)}
}

func (x caseAsk) line(name, label, hint string) ui.Field {
	return ui.Field{ID: ui.IDOf(name), Name: name, Label: label, Hint: hint, Value: x.form.Get(name), Error: x.bad.On(name)}
}

func (x caseAsk) tick(name, text, hint string) views.CheckBox {
	return views.CheckBox{ID: ui.IDOf(name), Name: name, Text: text, Hint: hint, Checked: x.form.Get(name) == "yes", Error: x.bad.On(name)}
}

func (x caseAsk) day(name, legend, hint string) ui.DateField {
	d := deskDay(name, legend, hint, x.form, x.bad)
	d.ID = ui.IDOf(name)
	return d
}

func (x caseAsk) radios(name, legend string, options ...ui.Choice) ui.Choices {
	c := radios(name, legend, x.form, x.bad, options...)
	c.ID = ui.IDOf(name)
	return c
}

// reasons are the coded reasons that this role may give for this event.
func (x caseAsk) reasons(legend string) ui.Choices {
	var out []ui.Choice
	for _, code := range x.act.Options {
		out = append(out, ui.Choice{Value: code, Text: referral.LabelOf(referral.Reason(code))})
	}
	return x.radios("reason", legend, out...)
}

// text is the form of most events: words, and nothing else.
func textForm(title, submit, label, hint string, lead ...string) caseForm {
	return caseForm{title: title, submit: submit, lead: lead,
		parts: func(x caseAsk) []views.Part { return []views.Part{x.area("text", label, hint)} },
		read: func(x caseAsk, in *referral.Input) check.List {
			in.Text = check.Lines(x.form.Get("text"))
			return nil
		}}
}

// pressForm is an event that takes nothing along.
func pressForm(title, submit string, lead ...string) caseForm {
	return caseForm{title: title, submit: submit, lead: lead, parts: func(caseAsk) []views.Part { return nil }, read: func(caseAsk, *referral.Input) check.List { return nil }}
}

// reasonForm is an event with a coded reason and words.
func reasonForm(title, submit, legend, label, hint string, lead ...string) caseForm {
	return caseForm{title: title, submit: submit, lead: lead, danger: true,
		parts: func(x caseAsk) []views.Part {
			return []views.Part{x.reasons(legend), x.area("comment", label, hint)}
		},
		read: func(x caseAsk, in *referral.Input) check.List {
			in.Reason, in.Comment = referral.Reason(x.form.Get("reason")), check.Lines(x.form.Get("comment"))
			return nil
		}}
}

// caseVersion is the version that a form about an action shows.
func (p casePage) caseVersion(provider string) int64 {
	switch {
	case p.own != nil:
		return p.own.Version
	case provider != "":
		if hv := p.v.Hospital(provider); hv != nil {
			return hv.Version
		}
	}
	return p.v.Version
}

// versions are what a form carries of the state it was shown in.
func (p casePage) versions(provider string) []ui.Hidden {
	return []ui.Hidden{keepVersion(p.caseVersion(provider)), {Name: "seen", Value: strconv.FormatInt(p.v.Version, 10)}}
}

// caseAsks shows the form of an event.
func (h *Handlers) caseAsks(forms map[referral.Event]caseForm) func(echo.Context, casePage) error {
	return func(c echo.Context, p casePage) error {
		e := referral.Event(c.Param("event"))
		form, ok := forms[e]
		if !ok {
			return gonePart("event of a referral")
		}
		act, ok := p.v.May(e, p.provider(c))
		if !ok {
			return h.showCaseNow(c, http.StatusConflict, p, check.List{{Say: "“" + form.title + "” is not possible now. This is how the referral stands"}})
		}
		return h.showCaseForm(c, http.StatusOK, form, caseAsk{casePage: p, act: act, form: url.Values{}})
	}
}

// provider is the hospital's row that the address names; a hospital's own people need none.
func (p casePage) provider(c echo.Context) string {
	if p.own != nil {
		return ""
	}
	return cleanText(c.QueryParam("hospital"))
}

func (h *Handlers) showCaseForm(c echo.Context, status int, form caseForm, x caseAsk) error {
	button := ui.Button{Text: form.submit}
	if form.danger {
		button.Look = "danger"
	}
	f := portal.Form{Action: x.actHref(x.act), Keep: x.versions(x.act.Provider), Parts: form.parts(x), Buttons: []ui.Button{button}, Other: ui.Link{Text: "Go back without doing this", Href: x.at()}}
	parts := []views.Part{f}
	if name := x.hospitalName(x.act.Provider); name != "" && x.desk {
		parts = append([]views.Part{views.Para("This is about " + name + ".")}, parts...)
	}
	if status == http.StatusConflict {
		parts = append(x.since(), parts...)
	}
	lead := slices.Clone(form.lead)
	if x.act.StepUp && !x.who.Fresh(h.clock()) {
		lead = append(lead, "You may be asked to confirm that it is you.")
	}
	return h.showCase(c, status, x.who, caseSheet{title: form.title, caption: "Referral " + x.v.Reference, lead: lead, parts: parts, bad: x.bad, before: []ui.Link{x.back()}})
}

// since is what happened after the version that a stale form was shown with: both versions, side by side with what was
// typed in the form under it.
func (x caseAsk) since() []views.Part {
	seen, _ := strconv.ParseInt(x.form.Get("seen"), 10, 64)
	t := ui.Timeline{}
	for _, e := range x.v.Timeline {
		if e.Version > seen && seen > 0 {
			t.Items = append(t.Items, ui.Step{Title: caseEvents[e.Event], Text: ukTime(e.At) + ", " + lowerFirst(caseRole(e.By)), State: "done"})
		}
	}
	alert := cases.Alert{Title: "This changed after you opened the page", Text: []string{"What you typed is kept below. Read what is new, then send it again if it is still right."}}
	if len(t.Items) == 0 {
		return []views.Part{alert}
	}
	return []views.Part{alert, t}
}

// caseDoes carries an event out. The same form sent twice does one thing.
func (h *Handlers) caseDoes(forms map[referral.Event]caseForm) func(echo.Context, casePage) error {
	return func(c echo.Context, p casePage) error {
		e := referral.Event(c.Param("event"))
		form, ok := forms[e]
		if !ok {
			return gonePart("event of a referral")
		}
		values, err := c.FormParams()
		if err != nil {
			return fault.New(fault.Invalid, "form", err)
		}
		act, offered := p.v.May(e, p.provider(c))
		if !offered {
			act = referral.Action{Event: e, Provider: p.provider(c)} // done already, perhaps: the service knows
		}
		x := caseAsk{casePage: p, act: act, form: values}
		in := referral.Input{Provider: act.Provider, Version: versionOf(c)}
		if bad := form.read(x, &in); !bad.OK() {
			x.bad = bad
			return h.showCaseForm(c, http.StatusUnprocessableEntity, form, x)
		}
		return h.carryCase(c, p, e, in, func(status int, p casePage, bad check.List) error {
			x.casePage, x.bad = p, bad
			if a, ok := p.v.May(e, act.Provider); ok {
				x.act = a
				return h.showCaseForm(c, status, form, x)
			}
			return h.showCaseNow(c, status, p, append(bad, check.Problem{Say: "What you typed was not used. It is kept below"}), caseTyped(values)...)
		})
	}
}

// carryCase asks the service to do one event, and goes to the case. again shows the form with what is wrong with it.
func (h *Handlers) carryCase(c echo.Context, p casePage, e referral.Event, in referral.Input, again func(status int, p casePage, bad check.List) error) error {
	done, err := h.cfg.Referrals.Do(c.Request().Context(), p.who, p.v.ID, e, in)
	return h.caseOutcome(c, p, e, done, err, again)
}

// caseOutcome turns what the service says of an event into the next page.
func (h *Handlers) caseOutcome(c echo.Context, p casePage, e referral.Event, done referral.Done, err error, again func(status int, p casePage, bad check.List) error) error {
	switch {
	case errors.Is(err, referral.ErrStepUp):
		return auth.ErrStepUp
	case fault.Is(err, fault.Conflict):
		now, lookErr := h.caseOf(c, p.who)
		if lookErr != nil {
			return h.caseClosed(c, p.who, lookErr)
		}
		return again(http.StatusConflict, now, check.List{{Say: strings.TrimSuffix(sentence(err, http.StatusConflict), ".")}})
	case err != nil:
		return h.caseClosed(c, p.who, err)
	case !done.OK():
		return again(http.StatusUnprocessableEntity, p, done.Problems)
	}
	if e == referral.Decline {
		return c.Redirect(http.StatusSeeOther, doneAt(p.at("deleted"), string(e))) // the case itself is closed to them now
	}
	return c.Redirect(http.StatusSeeOther, doneAt(p.at(), string(e)))
}

// caseTyped are what was typed into a form that cannot be sent any more.
func caseTyped(form url.Values) []views.Part {
	form = maps.Clone(form)
	delete(form, "seen")
	rows := typed(form)
	if len(rows) == 0 {
		return nil
	}
	return []views.Part{portal.Group{ID: "typed", Title: "What you typed", Parts: []views.Part{rows}}}
}

// showCaseNow draws the case itself with a problem over it.
func (h *Handlers) showCaseNow(c echo.Context, status int, p casePage, bad check.List, more ...views.Part) error {
	if p.desk {
		return h.showTriage(c, status, p, bad, more...)
	}
	return h.showHospitalCase(c, status, p, bad, more...)
}

// caseFile gives a document to somebody who may open it: recorded by the service.
func (h *Handlers) caseFile(c echo.Context, p casePage) error {
	f, err := h.cfg.Referrals.OpenFile(c.Request().Context(), p.who, p.v.ID, c.Param("file"))
	if err != nil {
		return err
	}
	return download(c, f.Name, f.Media, f.Content)
}

// caseTalk is the threads of a referral with their forms.
func (h *Handlers) caseTalk(c echo.Context, p casePage) error {
	return h.showTalk(c, http.StatusOK, p, "", url.Values{}, nil)
}

// showTalk draws the threads; typed and bad belong to the thread of row.
func (h *Handlers) showTalk(c echo.Context, status int, p casePage, row string, typed url.Values, bad check.List) error {
	if err := h.cfg.Referrals.SawThread(c.Request().Context(), p.who, p.v, referral.AllThreads); err != nil {
		return err
	}
	s := caseSheet{title: "Messages", caption: "Referral " + p.v.Reference, bad: bad, before: []ui.Link{p.back()},
		lead: []string{"Messages are not for anything urgent. Mails only say that there is something to read."}}
	if p.v.State.Rank() < referral.Accepted.Rank() {
		s.lead = append(s.lead, "Before an offer is accepted nobody can pass on an address, a phone number or a link.")
	}
	for _, t := range p.threads() {
		if t.event != "" {
			x := caseAsk{casePage: p, form: url.Values{}}
			if row == t.row {
				x.form, x.bad = typed, bad
			}
			f := x.area("text", "Write to "+t.to, "")
			f.ID = "text"
			if t.row != row && row != "" || row == "" && len(p.v.Hospitals) > 0 && t.row != "" {
				f.ID = ui.IDOf("text", t.row)
			}
			t.part.Form = portal.Form{Action: link.About(p.at("messages"), t.row), Parts: []views.Part{f}, Buttons: []ui.Button{{Text: "Send message", Hidden: "to " + t.to}}}
		}
		s.parts = append(s.parts, t.part)
	}
	return h.showCase(c, status, p.who, s)
}

// caseThread is one thread with what may be done in it.
type caseThread struct {
	row, to string
	event   referral.Event // "" when nothing can be written
	part    cases.Thread
}

// threads are those that the reader sees: the desk sees each hospital's and its own, a hospital its own.
func (p casePage) threads() (out []caseThread) {
	if p.desk {
		t := caseThread{to: "the sender and the patient", part: cases.Thread{ID: "thread-desk", Title: "With the sender and the patient", Empty: "Nothing has been written."}}
		if _, ok := p.v.May(referral.WriteToDesk, ""); ok {
			t.event = referral.WriteToDesk
		}
		t.part.Messages = p.said("")
		out = append(out, t)
	}
	for _, hv := range p.v.Hospitals {
		if hv.Response == referral.Unsent || p.own != nil && hv.ID != p.own.ID {
			continue
		}
		t := caseThread{row: hv.ID, to: "the patient and the referrer", part: cases.Thread{ID: ui.IDOf("thread", hv.ID), Title: hv.Listed.Name, Empty: "Nothing has been written."}}
		if p.desk {
			t.to = "the patient, the referrer and " + hv.Listed.Name
		}
		if _, ok := p.v.May(referral.Message, hv.ID); ok {
			t.event = referral.Message
		}
		t.part.Messages = p.said(hv.ID)
		out = append(out, t)
	}
	return out
}

var casePayment = "This speaks of payment or a bank account. Money for treatment goes to the hospital itself, by its quote, and never to a person."

// said are the words of one thread, oldest first.
func (p casePage) said(row string) (out []cases.Message) {
	for _, w := range p.v.Words {
		text := caseJoined("\n", w.Text, w.Comment)
		if w.Hospital != row || text == "" {
			continue
		}
		m := cases.Message{From: caseRole(w.By), When: bothTimes(w.At), ISO: w.At.UTC().Format("2006-01-02T15:04:05Z"), Text: text, New: !w.Read}
		if name := p.names[w.ByPerson]; name != "" {
			m.From = name + ", " + lowerFirst(m.From)
		}
		m.Own = auth.KindOf(w.By) == auth.KindOf(p.who.Role) && w.By != referral.System
		if w.Event != referral.Message && w.Event != referral.WriteToDesk {
			m.What = caseEvents[w.Event]
		}
		if w.Payment || p.desk && referral.SpeaksOfPayment(text) {
			m.Caution = casePayment
		}
		out = append(out, m)
	}
	return out
}

// caseSay sends a message to one thread.
func (h *Handlers) caseSay(c echo.Context, p casePage) error {
	row, e := cleanText(c.QueryParam("hospital")), referral.Message
	if p.desk && row == "" {
		e = referral.WriteToDesk
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	in := referral.Input{Provider: row, Text: check.Lines(form.Get("text"))}
	done, err := h.cfg.Referrals.Do(c.Request().Context(), p.who, p.v.ID, e, in)
	switch {
	case fault.Is(err, fault.Conflict):
		return h.showTalk(c, http.StatusConflict, p, row, form, check.List{{Field: "text", Say: strings.TrimSuffix(sentence(err, http.StatusConflict), ".")}})
	case err != nil:
		return h.caseClosed(c, p.who, err)
	case !done.OK():
		return h.showTalk(c, http.StatusUnprocessableEntity, p, row, form, done.Problems)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(p.at("messages"), string(e)))
}
