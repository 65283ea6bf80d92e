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
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const travelTitle = "Before you travel"

func (h *Handlers) careTravelRoutes() []route {
	return []route{
		h.asPatient("GET", link.CareTravel, h.travelling(h.careTravel)),
		h.asPatient("GET", link.CareDates, h.travelling(h.careDates)),
		h.asPatient("POST", link.CareDates, h.travelling(h.careDatesSave)),
		h.asPatient("GET", link.CareReaccept, h.travelling(h.careReaccept)),
		h.asPatient("POST", link.CareReaccept, h.travelling(h.careReacceptSave)),
		h.asPatient("GET", link.CarePostpone, h.travelling(h.carePostpone)),
		h.asPatient("POST", link.CarePostpone, h.travelling(h.carePostponeSave)),
		h.asPatient("GET", link.CarePassport, h.travelling(h.carePassport)),
		h.asPatient("POST", link.CarePassport, h.travelling(h.carePassportSave)),
		h.asPatient("GET", link.CareGate(":gate"), h.travelling(h.careGate)),
		h.asPatient("POST", link.CareGate(":gate"), h.travelling(h.careGateSave)),
		h.asPatient("GET", link.CareLetterPDF, h.travelling(h.careLetterPDF)),
		h.asPatient("GET", link.CarePack, h.travelling(h.carePack)),
	}
}

// travelling are pages that exist once an offer was accepted.
func (h *Handlers) travelling(next func(echo.Context, inCare) error) func(echo.Context, inCare) error {
	return func(c echo.Context, p inCare) error {
		if p.view.Chosen() == nil {
			return fault.New(fault.Missing, "journey of a referral", nil)
		}
		return next(c, p)
	}
}

func toTravel() ui.Link { return ui.Link{Text: travelTitle, Href: link.CareTravel} }

// gateWho says who does a point of the checklist.
var gateWho = map[referral.Gate]string{referral.G1: "You do this", referral.G2: "The hospital does this", referral.G3: "You do this", referral.G4: "You do this", referral.G5: "You do this", referral.G6: "You do this", referral.G7: "You do this",
	referral.G8: "We check this in the last 7 days before you travel", referral.G9: "The hospital does this"}

func (h *Handlers) careTravel(c echo.Context, p inCare) error {
	v, x := p.view, p.view.Chosen()
	page := care.Travel{Lead: []string{"You accepted the offer of " + x.Listed.Name + ". You are ready to travel when every point is done, the dates are agreed, your visa letter is valid if you had one, and the 14 days to change your mind are over."}, Back: p.mine(), Notices: h.travelNotices(p), Dates: h.travelDates(p), Do: h.travelDo(p)}
	done, all := gatesDone(v)
	page.Done = group(done) + " of " + group(all) + " points are done."
	for _, g := range v.Gates {
		one := care.Gate{ID: "gate-" + strings.ToLower(string(g.Gate)), Title: g.Title, Who: gateWho[g.Gate], Status: "To do", Done: g.Passed}
		if g.Passed {
			one.Status, one.Who = "Done", one.Who+". Recorded on "+ukDay(g.At).Long()
		}
		one.Facts = gateFacts(g)
		if g.Mine && p.may(referral.PassGate, "") {
			text := "Do this now"
			if g.Passed {
				text = "Change"
			}
			one.Link = ui.Link{Text: text, Hidden: ": " + g.Title, Href: link.CareGate(string(g.Gate))}
		}
		page.Gates = append(page.Gates, one)
	}
	page.Papers = h.travelPapers(p)
	page.Links = append(page.Links, ui.Link{Text: "Print everything for the journey", Href: link.CarePack}, ui.Link{Text: "Write to the hospital", Href: h.chosenAddress(p)})
	if p.may(referral.ChooseAgain, "") {
		page.Links = append(page.Links, ui.Link{Text: "Take back your acceptance and choose again", Href: link.CareChooseAgain})
	}
	return show(c, http.StatusOK, care.TravelPage(h.careFrame(p, travelTitle, p.mine()), page))
}

func (h *Handlers) chosenAddress(p inCare) string {
	at := slices.IndexFunc(p.view.Hospitals, func(x referral.HospitalView) bool { return x.Response == referral.Selected })
	return link.CareHospital(placeOf(at))
}

func (h *Handlers) travelNotices(p inCare) (out []ui.Caution) {
	out = append(out, h.careHolds(p)...)
	if ends := p.view.CoolingOff; !ends.IsZero() && h.clock().Before(ends) {
		out = append(out, ui.Caution{Title: "You can still change your mind", Text: []string{"Until the end of " + endsOn(ends) + " you can take back your acceptance without a reason. Book nothing that you cannot cancel before then."}, Link: ui.Link{Text: "Take it back and choose again", Href: link.CareChooseAgain}})
	}
	if w := p.view.Passport; w != nil && w.ByMission == record.AncestryYes {
		out = append(out, ui.Caution{Title: "You need a visa from the Indian mission", Text: []string{"With family from Pakistan an e-visa is not open to you. Apply for a Medical visa on paper, and allow several weeks more."}})
	}
	return out
}

func (h *Handlers) travelDates(p inCare) ui.SummaryList {
	t := p.view.Travel
	d, state := t.Confirmed, "Agreed"
	if !d.Known() {
		d, state = t.Proposed, "Proposed by the hospital, not agreed yet"
	}
	if !d.Known() {
		none := ui.Fact{Label: "Dates", Value: "The hospital has not proposed dates yet", Missing: true}
		for _, c := range p.view.Clocks {
			if c.Timer == referral.DatesDue && !c.Paused {
				none.Note = p.owedBy(c)
			}
		}
		return ui.SummaryList{none}
	}
	return ui.SummaryList{{Label: "Arrive in India", Value: d.Arrive.Long()}, {Label: "Admission", Value: d.Admit.Long()}, {Label: "First day to fly home", Value: d.Leave.Long(), Note: "Do not book an earlier flight."}, {Label: "State", Value: state}}
}

func (h *Handlers) travelDo(p inCare) (out []care.Do) {
	add := func(title, text, button, href string) {
		out = append(out, care.Do{Title: title, Text: text, Urgent: true, Button: ui.Button{Text: button, Href: href}})
	}
	if p.may(referral.Reaccept, "") {
		add("Something important changed", "Read it and decide whether you still want it.", "See what changed", link.CareReaccept)
	}
	switch {
	case p.may(referral.ConfirmDates, "") && p.view.Travel.Confirmed != p.view.Travel.Proposed:
		add("Agree to the dates", "The hospital has proposed dates.", "Look at the dates", link.CareDates)
	case p.view.Travel.Proposed.Known() && !p.view.Travel.Confirmed.Known() && p.view.GPShare == referral.GPUnset:
		add("Decide what your GP gets", "This comes before you agree to dates.", "Decide", link.CareGP)
	}
	if !p.view.Travel.Passport {
		if p.may(referral.GivePassport, "") {
			add("Give your passport details", "The hospital needs them for the visa letter.", "Enter them", link.CarePassport)
		} else if p.view.Travel.Confirmed.Known() {
			add("Agree that the hospital gets your passport details", "It needs them for the visa letter.", "See what is asked", link.CareConsents)
		}
	}
	return out
}

func (h *Handlers) travelPapers(p inCare) ui.SummaryList {
	passport := ui.Fact{Label: "Passport details", Value: "Not given yet", Missing: true}
	if p.view.Travel.Passport {
		passport.Value, passport.Missing, passport.Note = "Given", false, "We delete them 90 days after your journey."
		if p.may(referral.GivePassport, "") {
			passport.Link = ui.Link{Text: "Change", Hidden: "passport details", Href: link.CarePassport}
		}
	}
	letter := ui.Fact{Label: "Visa invitation letter", Value: "Not issued yet", Missing: true}
	if l := p.view.Letter; l != nil {
		letter = ui.Fact{Label: "Visa invitation letter", Value: "Number " + l.Number + ", issued on " + ukDay(l.Issued).Long(), Note: "Anybody can check the number: the page says only whether it is valid.", Link: ui.Link{Text: "Download the letter (PDF)", Href: link.CareLetterPDF}}
		if !l.Revoked.IsZero() {
			letter = ui.Fact{Label: "Visa invitation letter", Value: "Number " + l.Number + " was taken back on " + ukDay(l.Revoked).Long(), Note: "Do not use it. You need a new one from the hospital before you travel.", Missing: p.view.Travel.LetterEnded}
		}
	}
	return ui.SummaryList{passport, letter}
}

// gateFacts are what was given for a point of the checklist.
func gateFacts(g referral.GateView) (out ui.SummaryList) {
	for _, name := range g.Evidence {
		if value := g.Given[name]; value != "" && g.Passed {
			out = append(out, ui.Fact{Label: upperFirst(name), Value: upperFirst(value)})
		}
	}
	return out
}

func (h *Handlers) careDates(c echo.Context, p inCare) error { return h.showDates(c, p, nil) }

func (h *Handlers) showDates(c echo.Context, p inCare, bad check.List) error {
	if !p.may(referral.ConfirmDates, "") {
		return c.Redirect(http.StatusSeeOther, link.CareTravel)
	}
	page := views.EnquiryForm{Heading: "Agree to these dates?", Submit: "Agree to these dates", Keep: []ui.Hidden{versionField(p.view.Version)}, Before: []views.Part{h.travelDates(p)},
		Lead: []string{"If they do not suit you, write to the hospital and ask for others."}}
	for _, w := range slices.Backward(p.view.Words) {
		if w.Event == referral.ProposeDates && w.Text != "" {
			page.Lead = append([]string{"The clinician who will treat you: " + w.Text + "."}, page.Lead...)
			break
		}
	}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), toTravel())
}

func (h *Handlers) careDatesSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.ConfirmDates, referral.Input{Version: seenVersion(c)}, link.CareTravel, func(bad check.List) error { return h.showDates(c, p, bad) })
}

func (h *Handlers) careReaccept(c echo.Context, p inCare) error {
	if !p.may(referral.Reaccept, "") {
		return c.Redirect(http.StatusSeeOther, link.CareTravel)
	}
	page := views.EnquiryForm{Heading: "Something important changed", Submit: "I still want it", Keep: []ui.Hidden{versionField(p.view.Version)}, Other: views.Anchor{Text: "No, I choose again", URL: link.CareChooseAgain},
		Lead: []string{"You have 7 days to decide. You do not have to accept the change."}}
	for _, w := range slices.Backward(p.view.Words) {
		if w.Event == referral.MaterialChange && w.Text != "" {
			page.Before = []views.Part{ui.Caution{Title: "What the hospital wrote", Text: []string{w.Text}}}
			break
		}
	}
	return h.careAsk(c, http.StatusOK, p, page, nil, p.mine(), toTravel())
}

func (h *Handlers) careReacceptSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.Reaccept, referral.Input{Version: seenVersion(c)}, link.CareTravel, func(check.List) error { return h.careReaccept(c, p) })
}

func (h *Handlers) carePostpone(c echo.Context, p inCare) error {
	return h.showPostpone(c, p, url.Values{}, nil)
}

func (h *Handlers) showPostpone(c echo.Context, p inCare, v url.Values, bad check.List) error {
	if !p.may(referral.Postpone, "") {
		return c.Redirect(http.StatusSeeOther, link.CareTravel)
	}
	page := views.EnquiryForm{Heading: "You cannot travel on these dates?", Submit: "Ask for other dates", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"The hospital has 5 working days to propose others. Your checklist stays as it is."},
		Parts: []views.Part{area1("text", "What has changed?", "", 4, v, bad)}}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), toTravel())
}

func (h *Handlers) carePostponeSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	return h.happen(c, p, referral.Postpone, referral.Input{Version: seenVersion(c), Text: formText(form, "text")}, link.CareTravel, func(bad check.List) error { return h.showPostpone(c, p, form, bad) })
}

func (h *Handlers) carePassport(c echo.Context, p inCare) error {
	v := url.Values{"country": {"GB"}}
	if w := p.view.Passport; w != nil {
		v = url.Values{"name": {w.Name}, "number": {w.Number}, "country": {w.Country}, "by_mission": {string(w.ByMission)}}
		putDate(v, "expires", w.Expires)
	} else if w := p.view.Patient; w != nil {
		v.Set("name", w.Given+" "+w.Family)
	}
	return h.showPassport(c, p, v, nil)
}

func (h *Handlers) showPassport(c echo.Context, p inCare, v url.Values, bad check.List) error {
	if !p.may(referral.GivePassport, "") {
		return c.Redirect(http.StatusSeeOther, link.CareTravel)
	}
	page := views.EnquiryForm{Heading: "Your passport", Submit: "Save", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"Only " + p.view.Chosen().Listed.Name + " sees this, for your visa letter and your admission. We delete it 90 days after your journey."},
		Parts: []views.Part{text1("name", "Name as it is printed", "", v, bad, "name"), width1(text1("number", "Number", "", v, bad, "off"), "10"),
			ui.Field{ID: "country", Label: "Country that issued it", Type: "select", Options: selected(v.Get("country"), slices.Clone(careCountries[:len(careCountries)-1])...), Error: bad.On("country")},
			dateFields("expires", "Expires on", "It must be valid for at least 6 more months.", v, bad),
			radios("by_mission", "Were you, a parent or a grandparent born in Pakistan, or did one of you live there?", v, bad, ui.Choice{Value: string(record.AncestryNo), Text: "No"}, ui.Choice{Value: string(record.AncestryYes), Text: "Yes", Hint: "Then an e-visa is not open to you, and the visa takes longer. We use this for nothing else."}, ui.Choice{Value: string(record.AncestryUntold), Text: "I prefer not to say"}),
		}}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), toTravel())
}

func (h *Handlers) carePassportSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	var bad check.List
	w := &record.Passport{Name: one(form, "name"), Number: strings.ToUpper(strings.ReplaceAll(one(form, "number"), " ", "")), Country: form.Get("country"), ByMission: record.Ancestry(form.Get("by_mission")), Expires: readDate(form, "expires", "the day it expires", &bad)}
	if !bad.OK() {
		return h.showPassport(c, p, form, bad)
	}
	return h.happen(c, p, referral.GivePassport, referral.Input{Version: seenVersion(c), Passport: w}, link.CareTravel, func(bad check.List) error { return h.showPassport(c, p, form, bad) })
}
