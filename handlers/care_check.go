package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const careCheckTitle = "Check your answers"

// sending is the event that sends the referral to the alliance now, "" when the patient cannot.
func (p inCare) sending() referral.Event {
	for _, e := range []referral.Event{referral.Submit, referral.Resubmit} {
		if p.may(e, "") {
			return e
		}
	}
	return ""
}

// careCheck shows every answer before it is sent: the patient's own, or what a doctor wrote about them.
func (h *Handlers) careCheck(c echo.Context, p inCare) error {
	return h.showCareCheck(c, http.StatusOK, p, nil)
}

func (h *Handlers) showCareCheck(c echo.Context, status int, p inCare, bad check.List) error {
	if p.view.State != referral.Draft && p.view.State != referral.Returned && p.view.State != referral.AwaitingConsent {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	f := h.careFrame(p, careCheckTitle, p.mine())
	if p.editable() {
		f.Breadcrumb = []ui.Link{p.mine(), {Text: requestTitle, Href: link.CareSteps}}
	}
	f.Errors = problemsOf(bad)
	v := care.Sheet{Heading: careCheckTitle, Sections: h.answers(p), Back: f.Breadcrumb[len(f.Breadcrumb)-1]}
	if p.view.State == referral.AwaitingConsent {
		v.Lead = []string{"This is what your doctor’s practice wrote. Tell them if something is wrong: they can change it before it is sent."}
	}
	v.Do = h.sendParts(p, bad)
	return show(c, status, care.SheetPage(f, v))
}

// sendParts are the button that sends, or what still stands before it.
func (h *Handlers) sendParts(p inCare, bad check.List) []views.Part {
	e := p.sending()
	if e == "" {
		out := ui.Caution{Title: "You cannot send this yet", List: h.before(p)}
		if len(out.List) == 0 {
			out.Text = []string{"Something has to be done first. Your referral says what."}
		}
		return []views.Part{out}
	}
	form := sendForm{Action: link.CareCheck, Version: p.view.Version, Bad: bad}
	if e == referral.Resubmit {
		form.Changed = true
	}
	said := "By sending it you say that the answers are true as far as you know. You can withdraw at any time."
	if p.view.State == referral.AwaitingConsent {
		said = "By sending it you say that you know of nothing wrong in what your doctor wrote, and that you want it to go on. You can withdraw at any time."
	}
	return []views.Part{views.Subheading{Text: "Send it"}, views.Para(said), form.part()}
}

// lacksConsent reports whether one of the two consents for a hospital is not in force.
func (p inCare) lacksConsent(hospital string) bool {
	given := map[referral.ConsentCode]bool{}
	for _, k := range p.view.Consents {
		if k.Hospital == hospital && k.InForce {
			given[k.Code] = true
		}
	}
	return !given[referral.C2] || !given[referral.C3]
}

// before lists in plain words what has to be done before the referral can be sent.
func (h *Handlers) before(p inCare) (out []string) {
	if p.view.Stop != nil {
		out = append(out, p.view.Stop.Title+".")
	}
	for _, name := range h.unfinished(p) {
		if p.editable() {
			out = append(out, "Complete the part “"+careSteps[name].title+"”.")
		}
	}
	if len(p.view.Hospitals) == 0 {
		out = append(out, "Choose at least 1 hospital.")
	}
	if len(p.view.Lacking) > 0 {
		out = append(out, "Agree to what is needed to send it. See “What you agree to”.")
	}
	if !p.view.Contact {
		out = append(out, "Confirm your email address with a code. We ask for it when you agree to something.")
	}
	for _, f := range p.view.Files {
		if words, blocked := scanSaid(f.Scan); blocked {
			out = append(out, "Remove the document “"+f.Name+"”: it was blocked.")
		} else if words != "Checked for viruses." {
			out = append(out, "Wait until the document “"+f.Name+"” has been checked for viruses. This usually takes minutes.")
		}
	}
	switch {
	case slices.Contains(p.view.Flags, referral.SafetyHold):
		out = append(out, "Wait until our safety check is done.")
	case slices.Contains(p.view.Flags, referral.ConsentSuspended):
		out = append(out, "You paused sharing. Go on with it first.")
	}
	return out
}

// sendForm is the form that sends. A request that came back says which parts changed.
type sendForm struct {
	Action  string
	Version int64
	Changed bool
	Bad     check.List
}

func (s sendForm) part() views.Part {
	out := care.FormPart{Action: s.Action, Keep: []ui.Hidden{versionField(s.Version)}, Button: ui.Button{Text: "Send my request"}}
	if s.Changed {
		boxes := ui.Choices{ID: "changed", Name: "changed", Legend: "What did you change?", Many: true, Error: s.Bad.On("changed")}
		for _, name := range careOrder {
			boxes.Options = append(boxes.Options, ui.Choice{Value: name, Text: careSteps[name].title})
		}
		boxes.Options = append(boxes.Options, ui.Choice{Value: "documents", Text: "Documents"}, ui.Choice{Value: "hospitals", Text: "Hospitals"})
		out.Parts = []views.Part{boxes}
	}
	return out
}

func (h *Handlers) careSend(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	e := p.sending()
	if e == "" { // sent twice, or something changed meanwhile
		return c.Redirect(http.StatusSeeOther, link.CareCheck)
	}
	return h.happen(c, p, e, referral.Input{Version: seenVersion(c), Changed: form["changed"]}, link.Care+"?done=sent", func(bad check.List) error {
		return h.showCareCheck(c, http.StatusUnprocessableEntity, p, bad)
	})
}

// answers is the whole record in plain words, with links to change it while the patient writes it.
func (h *Handlers) answers(p inCare) (out []care.Section) {
	for _, g := range careGroups {
		for _, name := range g.steps {
			s := careSteps[name]
			facts := h.answered1(p, s)
			if len(facts) == 0 {
				continue
			}
			section := care.Section{Title: s.title, Facts: facts}
			if p.editable() {
				section.Links = []ui.Link{{Text: "Change", Hidden: lowerFirst(s.title), Href: link.CareStep(name)}}
			}
			out = append(out, section)
		}
	}
	docs, hospitals := care.Section{Title: "Documents"}, care.Section{Title: "Hospitals"}
	for _, f := range p.view.Files {
		docs.List = append(docs.List, f.Name)
	}
	if len(docs.List) == 0 {
		docs.Text = []string{"None."}
	}
	for _, x := range p.view.Hospitals {
		line := x.Listed.Name
		if x.Response == referral.Unsent && p.lacksConsent(x.ID) {
			line += ": you have not agreed to both for it, so it is not sent there"
		}
		hospitals.List = append(hospitals.List, line)
	}
	if len(hospitals.List) == 0 {
		hospitals.Text = []string{"None chosen yet."}
	}
	if p.editable() {
		docs.Links, hospitals.Links = []ui.Link{{Text: "Change", Hidden: "documents", Href: link.CareDocuments}}, []ui.Link{{Text: "Change", Hidden: "hospitals", Href: link.CareHospitals}}
	}
	return append(out, docs, hospitals)
}

// answered1 are the answers of one page by the words of its own questions, so that a question and its answer never differ.
func (h *Handlers) answered1(p inCare, s careStepDef) (out ui.SummaryList) {
	if !partWritten(p.view, s.part) {
		return nil
	}
	v, list := s.values(p.view), ""
	for _, part := range s.parts(h, v, nil) {
		switch f := part.(type) {
		case care.Errors:
			list = f.Title
		case views.Subheading:
			list = ""
		case ui.Field:
			out = append(out, ui.Fact{Label: f.Label, Value: fieldSaid(f)})
		case ui.Choices:
			value := ""
			for _, o := range f.Options {
				if o.Checked {
					value = o.Text
				}
			}
			out = append(out, ui.Fact{Label: f.Legend, Value: value})
		case views.DateFields:
			if f.Year != "" {
				out = append(out, ui.Fact{Label: f.Legend, Value: longOr(f.Year + "-" + twoDigits(f.Month) + "-" + twoDigits(f.Day))})
			}
		case views.CheckBox:
			if f.Checked && list != "" {
				out = append(out, ui.Fact{Label: list, Value: f.Text})
			} else if f.Checked {
				out = append(out, ui.Fact{Label: f.Text, Value: "Yes"})
			}
		case care.Group:
			out = append(out, groupSaid(f)...)
		}
	}
	return slices.DeleteFunc(out, func(f ui.Fact) bool { return f.Value == "" })
}

func partWritten(v referral.View, part referral.Part) bool {
	switch part {
	case referral.InPatient:
		return v.Patient != nil
	case referral.InPathway:
		return v.Pathway != nil
	case referral.InClinical:
		return v.Clinical != nil
	case referral.InSafety:
		return v.Safety != nil
	}
	return v.Preferences != nil
}

// fieldSaid is the value of a field, or the words of the option that is chosen.
func fieldSaid(f ui.Field) string {
	if f.Type != "select" {
		return f.Value
	}
	for _, o := range f.Options {
		if o.Selected && o.Value != "" {
			return o.Text
		}
	}
	return ""
}

// groupSaid is one entry of a list on one line; an empty row is none.
func groupSaid(g care.Group) ui.SummaryList {
	var words []string
	filled := false
	for _, part := range g.Parts {
		switch f := part.(type) {
		case ui.Field:
			filled = filled || f.Type != "select" && f.Value != ""
			if said := fieldSaid(f); said != "" {
				words = append(words, said)
			}
		case views.DateFields:
			if f.Year != "" {
				filled = true
				words = append(words, longOr(f.Year+"-"+twoDigits(f.Month)+"-"+twoDigits(f.Day)))
			}
		}
	}
	if !filled {
		return nil
	}
	return ui.SummaryList{{Label: g.Legend, Value: joinComma(words)}}
}

func joinComma(words []string) (out string) {
	for i, w := range words {
		if i > 0 {
			out += ", "
		}
		out += w
	}
	return out
}
