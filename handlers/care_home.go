package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const (
	papersTitle    = "Your discharge papers"
	aftercareTitle = "Aftercare"
	problemTitle   = "Report a problem"
)

func (h *Handlers) careHomeRoutes() []route {
	return []route{
		h.asPatient("GET", link.CarePackage, h.carePackage),
		h.asPatient("POST", link.CarePackage, h.careReceived),
		h.asPatient("GET", link.CareCard, h.careCard),
		h.asPatient("GET", link.CareAftercare, h.careAftercare),
		h.asPatient("GET", link.CareHome, h.careArrived),
		h.asPatient("POST", link.CareHome, h.careArrivedSave),
		h.asPatient("GET", link.CareProblem, h.careProblem),
		h.asPatient("POST", link.CareProblem, h.careProblemSave),
		h.asPatient("GET", link.CareProblem+"/sent", h.careProblemSent),
		h.asPatient("POST", link.CareItem(":code"), h.careItemDone),
	}
}

// carePack is everything for the journey on paper.
func (h *Handlers) carePack(c echo.Context, p inCare) error {
	v, x := p.view, p.view.Chosen()
	f := h.careFrame(p, "For the journey", p.mine(), toTravel())
	f.PrintLine = "Care Corridor, referral " + v.Reference + ", printed on " + h.todayHere().Long()
	who := ui.SummaryList{{Label: "Reference", Value: v.Reference}}
	if v.Patient != nil {
		who = append(ui.SummaryList{{Label: "Name", Value: v.Patient.Given + " " + v.Patient.Family}, {Label: "Born", Value: dayOf(v.Patient.Born)}}, who...)
		if k := v.Patient.Contact; k.Name != "" {
			who = append(who, ui.Fact{Label: "In an emergency", Value: joinComma([]string{k.Name, k.Relation, k.Phone})})
		}
	}
	pack := care.Sheet{Heading: "For the journey", Print: true, Lead: []string{"Keep this with your passport. It holds health information."}, Back: toTravel(),
		Sections: []care.Section{{Title: "You", Facts: who}, {Title: "Hospital", Facts: ui.SummaryList{{Label: "Name", Value: x.Listed.Name}, {Label: "City", Value: x.Listed.City}}}, {Title: "Dates", Facts: h.travelDates(p)}}}
	if l := v.Letter; l != nil && l.Words != nil && l.Revoked.IsZero() {
		pack.Sections[1].Facts = append(pack.Sections[1].Facts, ui.Fact{Label: "Contact", Value: joinComma([]string{l.Words.ContactName, l.Words.ContactPhone, l.Words.ContactEmail})}, ui.Fact{Label: "Address", Value: l.Words.HospitalAddress})
		if code, err := qrOf(h.cfg.Origin + link.VisaLetterOf(l.Number)); err == nil {
			code.Label = "QR code that leads to the page that checks letter " + l.Number
			pack.Sections = append(pack.Sections, care.Section{Title: "Visa letter", Facts: ui.SummaryList{{Label: "Number", Value: l.Number}, {Label: "Valid until", Value: dayOf(l.Words.Until)}}, Parts: []views.Part{code}})
		}
	}
	pack.Sections = append(pack.Sections, h.packHealth(p)...)
	checks := care.Section{Title: "Checklist"}
	for _, g := range v.Gates {
		mark := "To do: "
		if g.Passed {
			mark = "Done: "
		}
		checks.List = append(checks.List, mark+lowerFirst(g.Title))
	}
	pack.Sections = append(pack.Sections, checks, care.Section{Title: "Take along", List: []string{"Passport, visa, this page, and the visa letter.", "Your insurance policy and its telephone number.", "Your medicines in their boxes, with a copy of the prescription, in the hand luggage.", "Scans and reports.", "Return ticket not before the first day to fly home."}},
		care.Section{Title: "If something goes wrong", List: []string{"In India: 112 for emergencies, and the hospital’s own number.", "British High Commission New Delhi: see gov.uk for the number of the day.", "Home again: 999 in an emergency, 111 if it is urgent. Say that you had treatment in India."}})
	return show(c, http.StatusOK, care.SheetPage(f, pack))
}

// packHealth is what a doctor on the way has to know.
func (h *Handlers) packHealth(p inCare) (out []care.Section) {
	if p.view.Clinical == nil {
		return nil
	}
	k := p.view.Clinical
	s := care.Section{Title: "What a doctor has to know", Facts: ui.SummaryList{{Label: "Treatment", Value: h.treatmentName(k.Treatment)}}}
	add := func(label, none string, isNone bool, list []string) {
		value := strings.Join(list, "; ")
		if isNone || value == "" {
			value = none
		}
		s.Facts = append(s.Facts, ui.Fact{Label: label, Value: value})
	}
	var allergies, medicines, illnesses []string
	for _, x := range k.Allergies {
		allergies = append(allergies, x.Agent+": "+x.Reaction)
	}
	for _, x := range k.Medicines {
		medicines = append(medicines, strings.TrimSpace(x.Drug+" "+x.Dose+" "+x.Frequency))
	}
	for _, x := range k.Conditions {
		illnesses = append(illnesses, x.Text)
	}
	add("Allergies", "None known", k.NoAllergies, allergies)
	add("Medicines", "None", k.NoMedicines, medicines)
	add("Other illnesses", "None known", k.NoConditions, illnesses)
	return append(out, s)
}

// carePackage is the discharge package, for the patient to read, print and confirm.
func (h *Handlers) carePackage(c echo.Context, p inCare) error {
	if p.view.Package == nil {
		return fault.New(fault.Missing, "discharge package", nil)
	}
	f := h.careFrame(p, papersTitle, p.mine())
	f.PrintLine = "Care Corridor, referral " + p.view.Reference + ", printed on " + h.todayHere().Long()
	v := care.Sheet{Heading: papersTitle, Print: true, Wide: true, Lead: []string{"Signed by the hospital’s clinician on " + ukDay(p.view.PackageAt).Long() + ". Read it, keep it, and show it to every doctor who treats you."}, Sections: packageSections(*p.view.Package, p.view.Alert), Back: p.mine()}
	v.Sections = append(v.Sections, h.packageFiles(p))
	if c.QueryParam("done") == "received" {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{"You confirmed that you have the papers."}}
	}
	if p.may(referral.ConfirmReceipt, "") {
		v.Do = []views.Part{care.Press{Action: link.CarePackage, Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: "If something is missing or wrong, write to the hospital first.", Button: ui.Button{Text: "I have received it"}}}
	}
	return show(c, http.StatusOK, care.SheetPage(f, v))
}

// packageFiles are copies that the hospital added.
func (h *Handlers) packageFiles(p inCare) care.Section {
	s := care.Section{Title: "Copies from the hospital"}
	for _, f := range p.view.Files {
		if f.Hospital == "" {
			continue
		}
		if f.MayOpen {
			s.Links = append(s.Links, ui.Link{Text: f.Name, Href: link.CareFile(f.ID)})
		} else {
			words, _ := scanSaid(f.Scan)
			s.List = append(s.List, f.Name+": "+lowerFirst(words))
		}
	}
	if len(s.Links)+len(s.List) == 0 {
		s.Text = []string{"None were added."}
	}
	return s
}

func (h *Handlers) careReceived(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.ConfirmReceipt, referral.Input{Version: seenVersion(c)}, link.CarePackage+"?done=received", func(check.List) error { return h.carePackage(c, p) })
}

// careCard is the overseas-care card.
func (h *Handlers) careCard(c echo.Context, p inCare) error {
	a := p.view.Alert
	if a == nil {
		return fault.New(fault.Missing, "overseas-care card", nil)
	}
	v := care.Card{Text: a.Card, Until: a.Until.Long(), Back: p.mine(),
		Lead: []string{"For 12 months, show this before you are admitted to any UK hospital or care home. They may test you for germs that many antibiotics do not kill.", "We remind you after 1, 6 and 11 months."}}
	if p.view.Patient != nil {
		v.Name = p.view.Patient.Given + " " + p.view.Patient.Family
	}
	if k := p.view.Package; k != nil {
		v.Phone = k.Clinician.Phone
	}
	return show(c, http.StatusOK, care.CardPage(h.careFrame(p, "Your overseas-care card", p.mine()), v))
}

var doerWords = map[discharge.Doer]string{discharge.ByPatient: "You", discharge.ByHospital: "The hospital, by video or telephone", discharge.ByGP: "Your GP", discharge.ByAftercare: "Aftercare provider in the UK"}

// careAftercare is the schedule: what is due when, who does it, where, and who pays.
func (h *Handlers) careAftercare(c echo.Context, p inCare) error {
	return h.showAftercare(c, http.StatusOK, p, nil)
}

func (h *Handlers) showAftercare(c echo.Context, status int, p inCare, bad check.List) error {
	f := h.careFrame(p, aftercareTitle, p.mine())
	f.Errors = problemsOf(bad)
	v := care.Sheet{Heading: aftercareTitle, Wide: true, Back: p.mine(), Lead: []string{"Your aftercare lasts 12 months. Something wrong in between? Do not wait for the next check."},
		Before: []views.Part{linkButton{ui.Button{Text: problemTitle, Href: link.CareProblem, Look: ui.Secondary}}}}
	t := ui.StackTable{Caption: "Schedule", Head: []ui.Column{{Text: "What"}, {Text: "Due"}, {Text: "Who and where"}, {Text: "Cost"}, {Text: "State"}}}
	today := h.todayHere()
	for _, a := range p.view.Aftercare {
		state := ui.Cell{Text: "To come"}
		switch {
		case !a.Done.IsZero():
			state = ui.Cell{Text: "Done", Note: "Recorded on " + ukDay(a.Done).Long()}
		case a.Due.Before(today):
			state = ui.Cell{Text: "Overdue"}
		}
		if a.Done.IsZero() && a.Due.Before(today.AddDays(soonDays)) && p.may(referral.RecordFollowUp, "") {
			press := care.Press{Action: link.CareItem(a.Code), Button: ui.Button{Text: "It was done", Hidden: ": " + a.What, Look: ui.Secondary}}
			words := state.Text
			state = ui.Cell{Body: care.Lined(words, press)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: a.What}, {Text: dayOf(a.Due)}, {Text: firstOf(a.Provider, doerWords[a.Doer]), Note: a.Where}, {Text: upperFirst(firstOf(a.Cost, "Not stated")), Note: paidBy(a.PaidBy), Missing: a.Cost == ""}, state}})
	}
	if len(t.Rows) > 0 {
		v.Sections = append(v.Sections, care.Section{Tables: []ui.StackTable{t}})
	} else {
		v.Sections = append(v.Sections, care.Section{Text: []string{"There is no schedule yet. The hospital makes it when you are discharged."}})
	}
	if s := h.complaints(p); len(s.Parts)+len(s.Tables) > 0 {
		v.Sections = append(v.Sections, s)
	}
	v.Sections = append(v.Sections, h.handbackSaid(p))
	return show(c, status, care.SheetPage(f, v))
}

// soonDays before it is due, a step of the aftercare can be recorded as done.
const soonDays = 31

func paidBy(who string) string {
	if who == "" {
		return ""
	}
	return "Paid by: " + lowerFirst(who)
}

// handbackSaid says how far the papers are on their way to the GP.
func (h *Handlers) handbackSaid(p inCare) care.Section {
	s := care.Section{Title: "Your GP"}
	if !p.view.GPShare.Tells() {
		s.Text = []string{"You decided that your GP gets nothing. Show them your papers and your card yourself."}
		return s
	}
	for _, b := range p.view.Handbacks {
		name := map[string]string{"gp": "Your GP", "aftercare": "Your aftercare provider"}[b.To]
		switch {
		case !b.Acknowledged.IsZero():
			s.List = append(s.List, name+" confirmed the papers on "+ukDay(b.Acknowledged).Long()+".")
		case !b.Letter.IsZero():
			s.List = append(s.List, name+" got the papers by letter on "+ukDay(b.Letter).Long()+".")
		case b.NeedsAddress:
			s.List = append(s.List, "We are finding out where the papers for "+lowerFirst(name)+" can be sent safely.")
		case !b.Sent.IsZero():
			s.List = append(s.List, "The papers were sent to "+lowerFirst(name)+" on "+ukDay(b.Sent).Long()+" and are not confirmed yet. We chase it.")
		}
	}
	if len(s.List) == 0 {
		s.Text = []string{"Your GP gets the papers once the hospital has completed them."}
	}
	return s
}

// complaints are the problems that were reported, with what came of them.
func (h *Handlers) complaints(p inCare) care.Section {
	s := care.Section{Title: "Problems that were reported"}
	t := ui.StackTable{Caption: "Problems that were reported", Head: []ui.Column{{Text: "Reported"}, {Text: "How bad"}, {Text: "What"}, {Text: "State"}}}
	for _, x := range p.view.Complaints {
		state := "Waiting for the hospital, which has 24 hours"
		if !x.Replied.IsZero() {
			state = "The hospital answered on " + ukTime(x.Replied)
		}
		if !x.Reviewed.IsZero() {
			state = "Looked at by our safety reviewer on " + ukDay(x.Reviewed).Long()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: ukTime(x.At)}, {Text: careSeverities[x.Severity]}, {Text: x.Text}, {Text: state}}})
	}
	if len(t.Rows) > 0 {
		s.Tables = []ui.StackTable{t}
		s.Links = []ui.Link{{Text: "Read what the hospital answered", Href: h.chosenAddress(p)}}
	}
	return s
}

func (h *Handlers) careItemDone(c echo.Context, p inCare) error {
	if !slices.ContainsFunc(p.view.Aftercare, func(a referral.AftercareView) bool { return a.Code == c.Param("code") }) {
		return fault.New(fault.Missing, "item of aftercare", nil)
	}
	return h.happen(c, p, referral.RecordFollowUp, referral.Input{Item: c.Param("code")}, link.CareAftercare, func(bad check.List) error {
		return h.showAftercare(c, http.StatusUnprocessableEntity, p, bad)
	})
}

func (h *Handlers) careArrived(c echo.Context, p inCare) error {
	v := url.Values{}
	putDate(v, "on", h.todayHere())
	return h.showArrived(c, p, v, nil)
}

func (h *Handlers) showArrived(c echo.Context, p inCare, v url.Values, bad check.List) error {
	if !p.may(referral.ArriveHome, "") {
		return c.Redirect(http.StatusSeeOther, link.CareAftercare)
	}
	page := views.EnquiryForm{Heading: "When did you come home?", Submit: "Save", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"The hospital calls you 2 to 3 days later."}, Parts: []views.Part{dateFields("on", "Day you came home", "", v, bad)}}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), ui.Link{Text: aftercareTitle, Href: link.CareAftercare})
}

func (h *Handlers) careArrivedSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	var bad check.List
	in := referral.Input{Version: seenVersion(c), On: readDate(form, "on", "the day", &bad)}
	if !bad.OK() {
		return h.showArrived(c, p, form, bad)
	}
	return h.happen(c, p, referral.ArriveHome, in, link.CareAftercare, func(bad check.List) error { return h.showArrived(c, p, form, bad) })
}

var careSeverities = map[discharge.Severity]string{discharge.LifeThreat: "Life-threatening", discharge.Urgent: "Urgent: it cannot wait until tomorrow", discharge.Worrying: "It worries me, and it can wait", discharge.Recovered: "It is over"}

// careProblem is the report of a complication. What to do comes first, before anything is asked.
func (h *Handlers) careProblem(c echo.Context, p inCare) error {
	return h.showCareProblem(c, p, url.Values{}, nil)
}

func (h *Handlers) showCareProblem(c echo.Context, p inCare, v url.Values, bad check.List) error {
	page := views.EnquiryForm{Heading: problemTitle, Submit: "Tell the hospital and Care Corridor", Before: []views.Part{
		care.Way{Call: "999", Title: "Call 999 now", Text: []string{"For chest pain, trouble breathing, heavy bleeding, signs of a stroke, a hot swollen leg with trouble breathing, or if you feel that your life is in danger. Do not wait for an answer here."}},
		care.Way{Call: "111", Title: "Call 111 if it cannot wait until tomorrow", Text: []string{"For fever, a red, hot or leaking wound, a swollen painful calf, or pain that gets worse. Say that you had an operation in India, and show your card."}},
	}}
	if !p.may(referral.ReportComplication, "") {
		v := care.Sheet{Heading: problemTitle, Before: page.Before, Back: p.mine(), Lead: []string{"Problems after the treatment are reported here once you have been treated. Before that, write to the hospital or to us."}}
		return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, problemTitle, p.mine()), v))
	}
	var choices []ui.Choice
	for _, s := range discharge.Severities {
		a := discharge.AdviceFor(s)
		choices = append(choices, ui.Choice{Value: string(s), Text: careSeverities[s], Hint: a.Title + ". " + a.Text})
	}
	page.Parts = []views.Part{radios("severity", "How bad is it?", v, bad, choices...),
		views.CheckBox{ID: "read", Name: "read", Text: "I have read what to do now", Hint: "Needed for the first two answers.", Checked: v.Get("read") == "yes", Error: bad.On("read")},
		area1("what", "What happened?", "", 5, v, bad), dateFields("since", "Since when?", "", v, bad), optional1(area1("sought", "Which help have you had?", "For example: called 111, seen in A&E in Leicester.", 3, v, bad))}
	return h.careAsk(c, refusedStatus(bad), p, page, bad)
}

func (h *Handlers) careProblemSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	in, bad := complicationOf(form, h)
	if !bad.OK() {
		return h.showCareProblem(c, p, form, bad)
	}
	return h.happen(c, p, referral.ReportComplication, in, link.CareProblem+"/sent?how="+url.QueryEscape(string(in.Severity)), func(bad check.List) error {
		return h.showCareProblem(c, p, form, renamed(bad, "text", "what"))
	})
}

// complicationOf reads a report: what happened, since when, and which help there was, in one text for the hospital.
func complicationOf(form url.Values, h *Handlers) (in referral.Input, bad check.List) {
	k := discharge.Complication{Severity: discharge.Severity(form.Get("severity")), What: formText(form, "what"), Sought: formText(form, "sought"), Read: form.Get("read") == "yes"}
	k.Since = readDate(form, "since", "the day it started", &bad)
	for _, p := range k.Check(h.todayHere()) {
		if bad.On(p.Field) == "" && !(p.Field == "read" && !slices.Contains(discharge.Severities, k.Severity)) {
			bad = append(bad, p)
		}
	}
	in = referral.Input{Severity: k.Severity, Text: k.What + "\n\nSince " + dayOf(k.Since) + "."}
	if strings.TrimSpace(k.Sought) != "" {
		in.Text += "\n\nHelp so far: " + k.Sought
	}
	return in, bad
}

// renamed moves problems of one field to another.
func renamed(l check.List, from, to string) (out check.List) {
	for _, p := range l {
		if p.Field == from {
			p.Field = to
		}
		out = append(out, p)
	}
	return out
}

// careProblemSent says again what to do, and what happens now.
func (h *Handlers) careProblemSent(c echo.Context, p inCare) error {
	a := discharge.AdviceFor(discharge.Severity(c.QueryParam("how")))
	v := care.Sheet{Heading: "We have told the hospital", Lead: []string{"It has 24 hours to answer. Our safety reviewer looks at every report within 1 working day."}, Back: ui.Link{Text: "Back to your aftercare", Href: link.CareAftercare},
		Before: []views.Part{care.Way{Call: a.Call, Title: a.Title, Text: []string{a.Text}}}}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, v.Heading, p.mine()), v))
}
