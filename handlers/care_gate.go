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
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// careGateField is one thing that is asked for a point of the checklist, by the name that the rules have for it.
type careGateField struct {
	name, label, hint string
	options           []ui.Choice // a choice when there are any
	date              bool
	long              bool
}

var careYesNo = []ui.Choice{{Value: "yes", Text: "Yes"}, {Value: "no", Text: "No"}}

var careGateFields = map[referral.Gate][]careGateField{
	referral.G1: {{name: "date", label: "When did you speak?", date: true}, {name: "clinician", label: "Name of the clinician", hint: "The one who will treat you, not a coordinator."}, {name: "language", label: "In which language?"}, {name: "interpreter", label: "Was there an interpreter?", options: careYesNo}},
	referral.G3: {{name: "who does what in the UK", label: "Who does what when you are home?", hint: "For example: stitches out at a private clinic in Leicester, physiotherapy at a named practice, video calls with the hospital.", long: true}, {name: "cost", label: "What does that cost?"},
		{name: "who pays for complications", label: "Who pays if there is a complication?", long: true}},
	referral.G5: {{name: "insurer", label: "Name of the insurer"}, {name: "policy covers treatment", label: "Does the policy say that it covers planned treatment and its complications?", hint: "Ordinary travel insurance does not.", options: careYesNo}, {name: "insurer told", label: "Have you told the insurer about the treatment?", options: careYesNo}},
	referral.G6: {{name: "visa class", label: "Which visa do you have?", options: []ui.Choice{{Value: "e-Medical visa", Text: "e-Medical visa"}, {Value: "Medical visa", Text: "Medical visa from the Indian mission"}, {Value: "Ayush visa", Text: "Ayush visa"}, {Value: "OCI card or Indian passport", Text: "None needed: OCI card or Indian passport"}}},
		{name: "attendants", label: "How many people travel with you?", options: []ui.Choice{{Value: "0", Text: "Nobody"}, {Value: "1", Text: "1 person"}, {Value: "2", Text: "2 people"}}}},
	referral.G7: {{name: "date", label: "When did you have the advice?", hint: "It should be 4 to 6 weeks before you travel.", date: true}, {name: "given by", label: "Who gave it?", hint: "For example a travel clinic or your GP practice."}},
}

func evidenceID(name string) string { return "evidence." + strings.ReplaceAll(name, " ", "_") }

// gateOf is the point of the checklist that the address names, if it is the patient's.
func gateOf(c echo.Context, p inCare) (referral.GateView, error) {
	for _, g := range p.view.Gates {
		if string(g.Gate) == c.Param("gate") && g.Mine {
			return g, nil
		}
	}
	return referral.GateView{}, fault.New(fault.Missing, "point of the checklist", nil)
}

func (h *Handlers) careGate(c echo.Context, p inCare) error {
	g, err := gateOf(c, p)
	if err != nil {
		return err
	}
	v := url.Values{}
	for _, name := range g.Evidence {
		v.Set(evidenceID(name), g.Given[name])
	}
	if g.Passed {
		putDate(v, evidenceID("date"), ukDay(g.At))
	}
	return h.showGate(c, p, g, v, nil)
}

func (h *Handlers) showGate(c echo.Context, p inCare, g referral.GateView, v url.Values, bad check.List) error {
	if g.Gate == referral.G4 && p.view.GPShare == referral.GPUnset {
		return c.Redirect(http.StatusSeeOther, link.CareGP)
	}
	page := views.EnquiryForm{Heading: g.Title, Submit: "Save", Keep: []ui.Hidden{versionField(p.view.Version)}}
	if g.Gate == referral.G4 {
		page.Lead = []string{"Your GP gets: " + lowerFirst(gpWords[p.view.GPShare]) + "."}
		page.Other = views.Anchor{Text: "Change what your GP gets", URL: link.CareGP}
		page.Submit = "This is my decision"
		if !p.view.GPShare.Tells() {
			page.Parts = append(page.Parts, views.CheckBox{ID: evidenceID("warning read"), Name: evidenceID("warning read"), Text: "I have read what can happen when my GP does not know", Error: bad.On(evidenceID("warning read")), Checked: v.Get(evidenceID("warning read")) == "yes"})
		}
	}
	for _, f := range careGateFields[g.Gate] {
		id := evidenceID(f.name)
		switch {
		case f.date:
			page.Parts = append(page.Parts, dateFields(id, f.label, f.hint, v, bad))
		case len(f.options) > 0:
			page.Parts = append(page.Parts, radios(id, f.label, v, bad, slices.Clone(f.options)...))
		case f.long:
			page.Parts = append(page.Parts, area1(id, f.label, f.hint, 4, v, bad))
		default:
			page.Parts = append(page.Parts, text1(id, f.label, f.hint, v, bad, "off"))
		}
	}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), toTravel())
}

func (h *Handlers) careGateSave(c echo.Context, p inCare) error {
	g, err := gateOf(c, p)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	in, bad := gateInput(p, g.Gate, form)
	if !bad.OK() {
		return h.showGate(c, p, g, form, bad)
	}
	return h.happen(c, p, referral.PassGate, in, link.CareTravel, func(bad check.List) error { return h.showGate(c, p, g, form, ownWords(g.Gate, bad)) })
}

// gateInput reads what was given for a point of the checklist.
func gateInput(p inCare, g referral.Gate, form url.Values) (in referral.Input, bad check.List) {
	in = referral.Input{Gate: g, Evidence: map[string]string{}}
	for _, f := range careGateFields[g] {
		id := evidenceID(f.name)
		if !f.date {
			in.Evidence[f.name] = strings.TrimSpace(check.Lines(form.Get(id)))
			continue
		}
		d := readDate(form, id, "the day", &bad)
		if in.On = d; d.Known() {
			in.Evidence[f.name] = d.Long()
		}
	}
	if g == referral.G4 {
		in.Evidence["choice"], in.Evidence["warning read"] = gpWords[p.view.GPShare], form.Get(evidenceID("warning read"))
		if p.view.GPShare.Tells() {
			in.Evidence["warning read"] = "not needed"
		}
	}
	if g == referral.G5 && in.Evidence["policy covers treatment"] == "no" {
		bad.Add(evidenceID("policy covers treatment"), "Travel only with insurance that covers planned treatment and its complications. Ask the insurer for it in writing")
	}
	if g == referral.G5 && in.Evidence["insurer told"] == "no" {
		bad.Add(evidenceID("insurer told"), "Tell the insurer about the treatment first. Otherwise it may not pay")
	}
	return in, bad
}

// ownWords puts the questions of the page into sentences that name things as the rules do.
func ownWords(g referral.Gate, bad check.List) (out check.List) {
	for _, p := range bad {
		for _, f := range careGateFields[g] {
			if p.Field == evidenceID(f.name) && strings.HasPrefix(p.Say, "Enter: ") {
				p.Say = "Answer the question “" + f.label + "”"
			}
		}
		if p.Field == "on" {
			p.Field = evidenceID("date")
		}
		if strings.HasPrefix(p.Say, "Enter: warning") {
			p.Say = "Confirm that you have read it"
		}
		out = append(out, p)
	}
	return out
}

// careLetterPDF is the visa letter in force, as the hospital issued it.
func (h *Handlers) careLetterPDF(c echo.Context, p inCare) error {
	l := p.view.Letter
	if l == nil || l.Words == nil || !l.Revoked.IsZero() {
		return fault.New(fault.Missing, "visa letter", nil)
	}
	b, err := h.caseLetter(*l.Words, p.view.Reference)
	if err != nil {
		return fault.New(fault.Broken, "visa letter as PDF", err)
	}
	return download(c, "visa-letter-"+l.Number+".pdf", "application/pdf", b)
}
