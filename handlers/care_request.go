package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const requestTitle = "Your request"

func (h *Handlers) careRequestRoutes() []route {
	return []route{
		h.own("GET", link.CareNew, h.careNew),
		h.own("POST", link.CareNew, h.careBegin),
		h.asPatient("GET", link.CareSteps, h.careTasks),
		h.asPatient("GET", link.CareHospitals, h.careHospitals),
		h.asPatient("POST", link.CareHospitals, h.careHospitalsSave),
		h.asPatient("GET", link.CareCheck, h.careCheck),
		h.asPatient("POST", link.CareCheck, h.careSend),
		h.asPatient("GET", link.CareStep(":step"), h.careStep),
		h.asPatient("POST", link.CareStep(":step"), h.careStepSave),
		h.asPatient("GET", link.CareDocuments, h.careDocuments),
		h.asPatient("POST", link.CareDocuments, h.careDocumentsSave),
		h.asPatient("POST", link.CareUpload, h.careUpload).withFiles(),
		h.asPatient("GET", link.CareFile(":file"), h.careFile),
	}
}

// careNew says what a request of one's own is, before anything is asked.
func (h *Handlers) careNew(c echo.Context) error { return h.showCareNew(c, http.StatusOK, nil) }

func (h *Handlers) showCareNew(c echo.Context, status int, bad check.List) error {
	f := h.enterFrame("Ask hospitals yourself", toCare())
	f.Errors = problemsOf(bad)
	form := url.Values{"mode": {c.FormValue("mode")}}
	v := account.Form{Heading: "Ask hospitals yourself", Action: link.CareNew, Submit: "Start now",
		Lead: []string{"You write one request. Up to 5 hospitals in India answer it with a clinician’s opinion and a written quote. You compare them here and decide. It is free."},
		Before: []views.Part{
			care.Way{Title: "Not for emergencies or suspected cancer", Text: []string{"Call 999 for chest pain, signs of a stroke, heavy bleeding or trouble breathing. If you or your GP suspect cancer, the NHS urgent path is faster than any journey."}, Call: ""},
			care.Sections{
				{Title: "Who can use it", List: []string{"You are 18 or over and live in the UK.", "You pay yourself, or your insurance pays. The NHS does not pay for treatment in India.", "You decide yourself, with or without help."}},
				{Title: "What you need", List: []string{"About 25 minutes. You can stop and come back for 30 days.", "Your medicines, allergies and past operations.", "An email address of your own.", "Letters, reports and scans, if you have them."}},
				{Title: "What happens", List: []string{"You agree to each thing by itself: to each hospital, and to sending your information to India. Nothing is ticked for you, and you can take each one back at once.",
					"Our coordinator checks your request within 2 working days and sends it to the hospitals you chose.", "Hospitals answer within 5 working days. We show them no name and no contact details until you accept an offer. Documents that you add they see as they are."}},
			},
		},
		Parts: []views.Part{radios("mode", "What do you want from the hospitals?", form, bad,
			ui.Choice{Value: string(referral.ForReferral), Text: "An opinion and a quote for treatment"},
			ui.Choice{Value: string(referral.ForAdvice), Text: "Advice first", Hint: "A clinician answers your question. You can ask for quotes afterwards."})},
		Foot: []string{"Starting sets one cookie that keeps you signed in. It holds no answers."}}
	return show(c, status, account.FormPage(f, v))
}

func (h *Handlers) careBegin(c echo.Context) error {
	mode := referral.Mode(c.FormValue("mode"))
	if mode != referral.ForReferral && mode != referral.ForAdvice {
		return h.showCareNew(c, http.StatusUnprocessableEntity, check.List{{Field: "mode", Say: "Select what you want from the hospitals"}})
	}
	s, err := h.cfg.Referrals.StartSelf(c.Request().Context(), mode)
	if err != nil {
		return err
	}
	h.keepCare(c, s.Token)
	return c.Redirect(http.StatusSeeOther, link.CareSteps)
}

// editable reports whether the patient writes the request now.
func (p inCare) editable() bool { return p.may(referral.Amend, "") }

// careTasks is the list of parts with how far each is.
func (h *Handlers) careTasks(c echo.Context, p inCare) error {
	if !p.editable() {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	list := h.taskList(p)
	done := 0
	var tasks int
	for _, g := range list.Groups {
		for _, t := range g.Tasks {
			tasks++
			if t.Status == "Completed" {
				done++
			}
		}
	}
	v := care.Sheet{Heading: requestTitle, Lead: []string{fmt.Sprintf("Reference %s. You have completed %d of %d parts.", p.view.Reference, done, tasks)},
		Sections: []care.Section{{Parts: []views.Part{list}}}, Back: p.mine(),
		Foot: []string{"Your answers are kept encrypted. A request that is not sent is deleted 30 days after your last change."}}
	if back := h.returnedWords(p); back != nil {
		v.Before = append(v.Before, back)
	}
	if p.view.Patient == nil || p.view.Patient.Email == "" {
		v.Before = append(v.Before, views.Para("Begin with who you are. With your email address you can come back later: we mail you a link."))
	}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, requestTitle, p.mine()), v))
}

// returnedWords are why a request came back, nil when it did not.
func (h *Handlers) returnedWords(p inCare) views.Part {
	if p.view.State != referral.Returned {
		return nil
	}
	out := ui.Caution{Title: "We need something more from you", Text: []string{referral.LabelOf(p.view.Reason) + "."}}
	for i := len(p.view.Words) - 1; i >= 0; i-- {
		if w := p.view.Words[i]; w.Event == referral.Return {
			out.Text = append(out.Text, w.Comment)
			break
		}
	}
	return out
}

func (h *Handlers) taskList(p inCare) ui.TaskList {
	out := ui.TaskList{}
	for i, g := range careGroups {
		group := ui.TaskGroup{Title: fmt.Sprintf("%d. %s", i+1, g.title)}
		for _, name := range g.steps {
			s := careSteps[name]
			group.Tasks = append(group.Tasks, ui.Task{ID: "task-" + name, Text: s.title, Href: link.CareStep(name), Status: s.status(p.view)})
		}
		out.Groups = append(out.Groups, group)
	}
	n := len(out.Groups)
	last := ui.TaskGroup{Title: fmt.Sprintf("%d. Hospitals and what you agree to", n+1)}
	last.Tasks = append(last.Tasks, ui.Task{ID: "task-documents", Text: "Letters, reports and scans", Href: link.CareDocuments, Hint: documentsHint(p.view), Status: documentsStatus(p.view)})
	last.Tasks = append(last.Tasks, ui.Task{ID: "task-hospitals", Text: "Choose hospitals", Href: link.CareHospitals, Hint: chosenHint(p.view), Status: statusWhen(len(p.view.Hospitals) > 0)})
	consents := ui.Task{ID: "task-consents", Text: "What you agree to", Href: link.CareConsents, Status: statusWhen(len(p.view.Lacking) == 0)}
	if len(p.view.Hospitals) == 0 || p.view.Patient == nil || p.view.Patient.Email == "" {
		consents.Href, consents.Status, consents.Hint = "", "Cannot start yet", "First say who you are and choose hospitals"
	}
	send := ui.Task{ID: "task-send", Text: "Check your answers and send", Href: link.CareCheck, Status: "Not yet started"}
	last.Tasks = append(last.Tasks, consents)
	ready := consents.Status == "Completed" && len(h.unfinished(p)) == 0
	if !ready {
		send.Href, send.Status, send.Hint = "", "Cannot start yet", "Complete the other parts first"
	}
	last.Tasks = append(last.Tasks, send)
	out.Groups = append(out.Groups, last)
	return out
}

func statusWhen(done bool) string {
	if done {
		return "Completed"
	}
	return "Not yet started"
}

func chosenHint(v referral.View) string {
	var names []string
	for _, x := range v.Hospitals {
		names = append(names, x.Listed.Name)
	}
	return strings.Join(names, ", ")
}

// unfinished are the steps that are not completed, in order.
func (h *Handlers) unfinished(p inCare) (out []string) {
	for _, g := range careGroups {
		for _, name := range g.steps {
			if careSteps[name].status(p.view) != "Completed" {
				out = append(out, name)
			}
		}
	}
	return out
}

// nextCare is where the request goes on after a step: the first part that is not done, or the list.
func (h *Handlers) nextCare(p inCare, after string) string {
	all := h.unfinished(p)
	at := slices.Index(careOrder, after)
	for _, name := range careOrder[at+1:] {
		if slices.Contains(all, name) {
			return link.CareStep(name)
		}
	}
	return link.CareSteps
}

// careStep shows one page of the request with what was said before.
func (h *Handlers) careStep(c echo.Context, p inCare) error {
	s, ok := careSteps[c.Param("step")]
	if !ok {
		return fault.New(fault.Missing, "step of a request", nil)
	}
	if !p.editable() {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	return h.showCareStep(c, http.StatusOK, p, s, s.values(p.view), nil)
}

func (h *Handlers) showCareStep(c echo.Context, status int, p inCare, s careStepDef, v url.Values, bad check.List, before ...views.Part) error {
	f := h.careFrame(p, s.title, p.mine(), ui.Link{Text: requestTitle, Href: link.CareSteps})
	f.Errors = problemsOf(bad)
	page := views.EnquiryForm{Caption: fmt.Sprintf("Part %d of %d", slices.Index(careOrder, s.name)+1, len(careOrder)), Heading: s.title, Lead: s.lead, Before: before,
		Action: link.CareStep(s.name), Keep: []ui.Hidden{versionField(p.view.Version)}, Parts: append([]views.Part{care.Enter{Text: "Save and continue"}}, s.parts(h, v, bad)...), Other: views.Anchor{Text: "Back to the list without saving", URL: link.CareSteps}}
	return show(c, status, views.EnquiryFormPage(f, page))
}

// careStepSave keeps a page. A part that has two pages is checked page by page and as a whole when both are filled in.
func (h *Handlers) careStepSave(c echo.Context, p inCare) error {
	s, ok := careSteps[c.Param("step")]
	form, err := c.FormParams()
	if err != nil || !ok {
		return fault.New(fault.Missing, "step of a request", err)
	}
	s.compact(form)
	switch form.Get("do") {
	case "edit":
		return h.showCareStep(c, http.StatusOK, p, s, form, nil)
	case "more":
		form.Set("extra", "3")
		return h.showCareStep(c, http.StatusOK, p, s, form, nil)
	}
	step, bad := s.read(form, p.view)
	all := s.check(step, record.Rules{Today: h.cfg.Referrals.Today(), TestNumbers: h.cfg.Referrals.TestNumbers, MaxHospitals: referral.MaxHospitals})
	for _, problem := range all {
		if s.mine(problem.Field) && bad.On(problem.Field) == "" {
			bad = append(bad, problem)
		}
	}
	if !bad.OK() {
		return h.showCareStep(c, http.StatusUnprocessableEntity, p, s, form, bad)
	}
	if unusual := s.unusual(step); !unusual.OK() && form.Get("sure") != "yes" {
		return h.showCareStep(c, http.StatusOK, p, s, form, nil, surely(unusual))
	}
	step.Leave = !all.OK()
	for _, code := range form["not_now"] {
		step.NotNow = append(step.NotNow, record.StopCode(code))
	}
	saved, err := h.cfg.Referrals.SaveStep(c.Request().Context(), p.Actor, p.view.ID, seenVersion(c), step)
	switch {
	case fault.Is(err, fault.Conflict):
		return h.careBoth(c, p, s, form, err)
	case err != nil:
		return err
	case saved.Stop != nil:
		return h.careStop(c, p, *saved.Stop, link.CareStep(s.name), form)
	case !saved.Problems.OK():
		return h.showCareStep(c, http.StatusUnprocessableEntity, p, s, form, saved.Problems)
	}
	if p.view, err = h.cfg.Referrals.Look(c.Request().Context(), p.Actor, p.view.ID); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, h.nextCare(p, s.name))
}

// surely asks once whether a seldom value is right.
func surely(l check.List) views.Part {
	out := ui.Caution{Title: "Is this right?"}
	for _, p := range l {
		out.Text = append(out.Text, p.Say)
	}
	out.Text = append(out.Text, "Change it, or tick the box at the end of the page and save again.")
	return out
}

// careBoth shows what is kept and what was typed side by side, when another tab or person was first. What was typed is in
// the form and is kept by pressing its button again.
func (h *Handlers) careBoth(c echo.Context, p inCare, s careStepDef, form url.Values, why error) error {
	var err error
	if p.view, err = h.cfg.Referrals.Look(c.Request().Context(), p.Actor, p.view.ID); err != nil {
		return err
	}
	if !p.editable() {
		return h.careMoved(c, p, why, typedWords(lineOf(form))...)()
	}
	now := typed(s.values(p.view))
	mine := typed(form)
	both := ui.Compare{Caption: "What is kept and what you typed", ShowBefore: true, Old: "Kept now", New: "What you typed"}
	for _, f := range mine {
		at := slices.IndexFunc(now, func(x ui.Fact) bool { return x.Label == f.Label })
		old := ""
		if at >= 0 {
			old = now[at].Value
		}
		if old != f.Value {
			both.Rows = append(both.Rows, ui.CompareRow{Field: f.Label, Old: old, New: f.Value})
		}
	}
	parts := []views.Part{ui.Caution{Title: "This page was changed after you opened it", Text: []string{"It may have been in another tab. What you typed is in the form below: save it if it is right."}}}
	if len(both.Rows) > 0 {
		parts = append(parts, both)
	}
	return h.showCareStep(c, http.StatusConflict, p, s, form, nil, parts...)
}

func lineOf(form url.Values) (out []string) {
	for _, f := range typed(form) {
		out = append(out, f.Label+": "+f.Value)
	}
	return out
}

// careStop shows why a step of a referral does not go on.
func (h *Handlers) careStop(c echo.Context, p inCare, stop record.Stop, action string, typed url.Values) error {
	v := views.EnquiryStop{Heading: stop.Title, Text: strings.SplitAfter(stop.Text, "\n"), Found: stop.Words, Action: action,
		Emergency: stop.Code == record.StopEmergency || stop.Code == record.StopCrisis, Urgent: stop.Code == record.StopCancer}
	for _, l := range stop.Links {
		v.Links = append(v.Links, views.Anchor{Text: l.Text, URL: l.Address})
	}
	f := h.careFrame(p, v.Heading, p.mine(), ui.Link{Text: requestTitle, Href: link.CareSteps})
	return showStopped(c, f, v, typed, stop.CanContinue, string(stop.Code))
}
