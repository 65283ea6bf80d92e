package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"
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

func (h *Handlers) careChoiceRoutes() []route {
	at := func(parts ...string) string { return link.CareHospital(":n", parts...) }
	return []route{
		h.asPatient("GET", at(), h.careHospital),
		h.asPatient("POST", at("answer"), h.careAnswer),
		h.asPatient("POST", at("message"), h.careMessage),
		h.asPatient("GET", at("withdraw"), h.careLeaveHospital),
		h.asPatient("POST", at("withdraw"), h.careLeaveHospitalSave),
		h.asPatient("GET", at("offer", ":number"), h.careOffer),
		h.asPatient("POST", at("offer", ":number"), h.careOfferRead),
		h.asPatient("GET", at("offer", ":number", "pdf"), h.careOfferPDF),
		h.asPatient("GET", at("accept"), h.careAccept),
		h.asPatient("POST", at("accept"), h.careAcceptSave),
		h.asPatient("GET", at("requote"), h.careRequote),
		h.asPatient("POST", at("requote"), h.careRequoteSave),
		h.asPatient("GET", link.CareCompare, h.careCompare),
		h.asPatient("POST", link.CareCompare, h.careCompareBegin),
		h.asPatient("GET", link.CareRisks, h.careRisks),
		h.asPatient("POST", link.CareRisks, h.careRisksRead),
		h.asPatient("GET", link.CareAddHospital, h.careMore),
		h.asPatient("POST", link.CareAddHospital, h.careMoreSave),
		h.asPatient("GET", link.CareChooseAgain, h.careChooseAgain),
		h.asPatient("POST", link.CareChooseAgain, h.careChooseAgainSave),
		h.asPatient("GET", link.CareReferral, h.careConvert),
		h.asPatient("POST", link.CareReferral, h.careConvertSave),
		h.asPatient("GET", link.CareEnough, h.careEnough),
		h.asPatient("POST", link.CareEnough, h.careEnoughSave),
		h.asPatient("GET", link.CareMessages, h.careDesk),
		h.asPatient("POST", link.CareMessages, h.careDeskSave),
	}
}

// careHospital is everything between the patient and one hospital.
func (h *Handlers) careHospital(c echo.Context, p inCare) error {
	return h.showCareHospital(c, http.StatusOK, p, nil, nil)
}

func (h *Handlers) showCareHospital(c echo.Context, status int, p inCare, form url.Values, bad check.List) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	if err := h.cfg.Referrals.SawThread(c.Request().Context(), p.Actor, p.view, x.ID); err != nil {
		return err
	}
	f := h.careFrame(p, x.Listed.Name, p.mine())
	f.Errors = problemsOf(bad)
	card := h.careHospitalCard(p, x, n)
	v := care.Sheet{Heading: x.Listed.Name, Caption: x.Listed.City, Lead: card.Said, Back: p.mine(), Before: []views.Part{badgeLine{card.State}}}
	if x.Listed.Sample {
		v.Before = append(v.Before, badgeLine{ui.Badge{Tone: ui.Warn, Text: "Sample, not a real hospital"}})
	}
	facts := care.Section{Title: "This hospital", Facts: ui.SummaryList{{Label: "Listing", Value: "See what we know of it", Link: ui.Link{Text: "Open", Hidden: "the listing of " + x.Listed.Name, Href: link.Hospital(x.Listed.Slug)}},
		{Label: "Accreditation", Value: firstOf(x.Listed.Accredited, "Not known"), Note: "As it was when you chose the hospital."}}}
	if !x.SentAt.IsZero() {
		facts.Facts = append(facts.Facts, ui.Fact{Label: "Sent to it", Value: ukTime(x.SentAt)})
	}
	if !x.OpenedAt.IsZero() {
		facts.Facts = append(facts.Facts, ui.Fact{Label: "Opened by it", Value: bothTimes(x.OpenedAt)})
	}
	if len(x.Disclosed) > 0 {
		facts.Facts = append(facts.Facts, ui.Fact{Label: "What it has", Value: joinWords(h.itemNames(p, x.Disclosed))})
	}
	v.Sections = append(v.Sections, facts)
	if offers := h.offerLinks(x, n); len(offers) > 0 {
		v.Sections = append(v.Sections, care.Section{Title: "Opinion and quote", Links: offers})
	}
	thread := care.Section{Parts: []views.Part{care.Thread{Title: "Questions and messages", Items: p.careThread(x.ID), Empty: "Nothing has been written yet."}}}
	thread.Parts = append(thread.Parts, h.writeForms(p, x, n, form, bad)...)
	v.Sections = append(v.Sections, thread)
	if links := h.hospitalChoices(p, x, n); len(links) > 0 {
		v.Sections = append(v.Sections, care.Section{Title: "Your choices", Links: links})
	}
	v.Foot = []string{"Messages are not for urgent help. Call 111, or 999 in an emergency."}
	return show(c, status, care.SheetPage(f, v))
}

// badgeLine is a badge on a line of its own.
type badgeLine struct{ badge ui.Badge }

func (h *Handlers) offerLinks(x referral.HospitalView, n string) (out []ui.Link) {
	for _, o := range slices.Backward(x.Offers) {
		what := "Opinion and quote"
		if o.Advice {
			what = "Advice"
		}
		text := what + " of " + ukDay(o.At).Long()
		if !o.Newest {
			text += ", replaced by a newer one"
		}
		out = append(out, ui.Link{Text: text, Href: link.CareHospital(n, "offer", formatInt(o.Number))})
	}
	return out
}

// hospitalChoices are the pages of what can be done with this hospital.
func (h *Handlers) hospitalChoices(p inCare, x referral.HospitalView, n string) (out []ui.Link) {
	if p.may(referral.Accept, x.ID) {
		out = append(out, ui.Link{Text: "Accept this offer", Href: link.CareHospital(n, "accept")})
	} else if x.Response == referral.Offered && p.view.Mode == referral.ForReferral && x.Newest() != nil && x.Newest().InDate {
		out = append(out, ui.Link{Text: "What you do before you can accept", Href: link.CareHospital(n, "accept")})
	}
	if p.may(referral.AskRequote, x.ID) {
		out = append(out, ui.Link{Text: "Ask for a new quote", Href: link.CareHospital(n, "requote")})
	}
	if p.may(referral.WithdrawHospital, x.ID) {
		text := "Take it back from this hospital"
		if x.Response == referral.Offered {
			text = "Turn this offer down"
		}
		out = append(out, ui.Link{Text: text, Href: link.CareHospital(n, "withdraw")})
	}
	return out
}

// writeForms are the answer to an open question, or a message.
func (h *Handlers) writeForms(p inCare, x referral.HospitalView, n string, form url.Values, bad check.List) (out []views.Part) {
	typed := url.Values{"text": form["text"]}
	hint := "At most " + group(referral.MaxComment) + " characters. Only this hospital, your doctor if you let them take part, and our staff read it."
	if p.may(referral.Answer, x.ID) && x.Response == referral.InfoRequested {
		return append(out, views.Subheading{Text: "Answer the question", Note: "Documents for your answer: add them to your documents first, and agree that this hospital may have them."},
			care.FormPart{Action: link.CareHospital(n, "answer"), Keep: []ui.Hidden{versionField(x.Version)}, Parts: []views.Part{area1("text", "Your answer", hint, 6, typed, bad)}, Button: ui.Button{Text: "Send my answer"}})
	}
	if p.may(referral.Message, x.ID) {
		note := "Leave out telephone numbers and email addresses: you share those by accepting an offer."
		if p.view.Chosen() != nil {
			note = ""
		}
		return append(out, views.Subheading{Text: "Write to the hospital", Note: note},
			care.FormPart{Action: link.CareHospital(n, "message"), Parts: []views.Part{area1("text", "Your message", hint, 5, typed, bad)}, Button: ui.Button{Text: "Send"}})
	}
	return out
}

func (h *Handlers) careAnswer(c echo.Context, p inCare) error {
	return h.careSay(c, p, referral.Answer)
}

func (h *Handlers) careMessage(c echo.Context, p inCare) error {
	return h.careSay(c, p, referral.Message)
}

// careSay sends words to a hospital. Words of an emergency stop first: nobody here reads them at once.
func (h *Handlers) careSay(c echo.Context, p inCare, e referral.Event) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	if form.Get("do") == "edit" {
		return h.showCareHospital(c, http.StatusOK, p, form, nil)
	}
	if stop := record.Screen(form.Get("text"), notNow(form)...); stop != nil {
		return h.careStop(c, p, *stop, c.Request().URL.Path, form)
	}
	in := referral.Input{Provider: x.ID, Version: seenVersion(c), Text: check.Lines(form.Get("text"))}
	return h.happen(c, p, e, in, link.CareHospital(n), func(bad check.List) error {
		return h.showCareHospital(c, http.StatusUnprocessableEntity, p, form, bad)
	})
}

func notNow(form url.Values) (out []record.StopCode) {
	for _, code := range form["not_now"] {
		out = append(out, record.StopCode(code))
	}
	return out
}

func (h *Handlers) careLeaveHospital(c echo.Context, p inCare) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	page := views.EnquiryForm{Heading: "Take it back from " + x.Listed.Name + "?", Submit: "Take it back", Keep: []ui.Hidden{versionField(x.Version)},
		Lead: []string{"It counts at once. The hospital can no longer open your referral, and is told to stop and to delete its copy.", "Your other hospitals are not affected. You do not have to say why."}}
	if x.Response == referral.Offered {
		page.Heading, page.Submit = "Turn down the offer of "+x.Listed.Name+"?", "Turn it down"
	}
	if !p.may(referral.WithdrawHospital, x.ID) {
		return c.Redirect(http.StatusSeeOther, link.CareHospital(n))
	}
	return h.careAsk(c, http.StatusOK, p, page, nil, p.mine(), ui.Link{Text: x.Listed.Name, Href: link.CareHospital(n)})
}

func (h *Handlers) careLeaveHospitalSave(c echo.Context, p inCare) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	if !p.may(referral.WithdrawHospital, x.ID) {
		return c.Redirect(http.StatusSeeOther, link.CareHospital(n))
	}
	return h.happen(c, p, referral.WithdrawHospital, referral.Input{Provider: x.ID, Version: x.Version}, link.CareHospital(n), func(check.List) error { return h.careLeaveHospital(c, p) })
}

// careDesk is the conversation with Care Corridor.
func (h *Handlers) careDesk(c echo.Context, p inCare) error {
	return h.showDesk(c, http.StatusOK, p, nil, nil)
}

func (h *Handlers) showDesk(c echo.Context, status int, p inCare, form url.Values, bad check.List) error {
	if err := h.cfg.Referrals.SawThread(c.Request().Context(), p.Actor, p.view, referral.DeskThread); err != nil {
		return err
	}
	f := h.careFrame(p, "Write to Care Corridor", p.mine())
	f.Errors = problemsOf(bad)
	v := care.Sheet{Heading: "Write to Care Corridor", Lead: []string{"A coordinator reads it on working days. Not for urgent help: call 111, or 999 in an emergency."}, Back: p.mine(),
		Before: []views.Part{care.Thread{Items: p.careThread(""), Empty: "Nothing has been written yet."}}}
	if p.may(referral.WriteToDesk, "") {
		v.Do = []views.Part{care.FormPart{Action: link.CareMessages, Button: ui.Button{Text: "Send"}, Parts: []views.Part{area1("text", "Your message", "At most "+group(referral.MaxComment)+" characters.", 6, url.Values{"text": form["text"]}, bad)}}}
	} else {
		v.Sections = []care.Section{{Text: []string{"Nothing can be written here now. You can still ask us, or complain."}, Links: []ui.Link{{Text: "Questions and complaints about your data", Href: link.Privacy}}}}
	}
	return show(c, status, care.SheetPage(f, v))
}

func (h *Handlers) careDeskSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	if form.Get("do") == "edit" {
		return h.showDesk(c, http.StatusOK, p, form, nil)
	}
	if stop := record.Screen(form.Get("text"), notNow(form)...); stop != nil {
		return h.careStop(c, p, *stop, link.CareMessages, form)
	}
	return h.happen(c, p, referral.WriteToDesk, referral.Input{Text: check.Lines(form.Get("text"))}, link.CareMessages, func(bad check.List) error {
		return h.showDesk(c, http.StatusUnprocessableEntity, p, form, bad)
	})
}

// careMore adds one more hospital while the others have it already.
func (h *Handlers) careMore(c echo.Context, p inCare) error {
	return h.showMore(c, http.StatusOK, p, "")
}

func (h *Handlers) showMore(c echo.Context, status int, p inCare, problem string) error {
	if !p.may(referral.AddHospital, "") {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	f := h.careFrame(p, "Ask one more hospital", p.mine())
	v := views.EnquiryHospitals{Action: link.CareAddHospital, Most: referral.MaxHospitals, Problem: problem, Keep: []ui.Hidden{versionField(p.view.Version)},
		Notes: []string{"After you choose it you agree for this hospital, and our coordinator sends it."}, Others: []ui.Link{{Text: "Search hospitals by treatment and place", Href: link.HospitalsPath}}}
	if problem != "" {
		f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: problem, FieldID: "chosen"}}}
	}
	var err error
	if v.Shortlist, err = h.shortlisted(c, p.slugs()); err != nil {
		return err
	}
	v.Shortlist = reachable(v.Shortlist)
	if v.Query = cleanText(c.QueryParam("q")); v.Query != "" {
		v.Searched = true
		if v.Found, err = h.hospitalsCalled(c, v.Query, p.slugs()); err != nil {
			return err
		}
		v.Found = reachable(v.Found)
	}
	return show(c, status, views.EnquiryHospitalsPage(f, v))
}

func (h *Handlers) careMoreSave(c echo.Context, p inCare) error {
	slug := cleanText(c.FormValue("add"))
	done, err := h.cfg.Referrals.AddHospital(c.Request().Context(), p.Actor, p.view.ID, seenVersion(c), slug)
	if moved := h.careMoved(c, p, err); moved != nil {
		return moved()
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showMore(c, http.StatusUnprocessableEntity, p, joinComma(sayings(done.Problems)))
	}
	return c.Redirect(http.StatusSeeOther, link.CareConsents)
}

// View draws it.
func (b badgeLine) View() templ.Component { return care.BadgeLine(b.badge) }
