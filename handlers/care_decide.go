package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"time"

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

// careRisks is the page about what can go wrong: to be read before an offer is accepted.
func (h *Handlers) careRisks(c echo.Context, p inCare) error {
	v := care.Sheet{Heading: "What can go wrong", Lead: []string{"No operation is without risk. A long journey and care far from home add to it. Read this before you accept an offer."}, Back: ui.Link{Text: "Back to the quotes", Href: link.CareCompare},
		Sections: []care.Section{
			{Title: "The operation", List: []string{"Every operation can lead to infection, bleeding, blood clots, problems with the anaesthetic, and rarely death.", "It may not give the result you hope for, and may have to be done again.", "Ask the clinician who will treat you what this means for you, and how often it happens there."}},
			{Title: "The journey", List: []string{"Long flights after an operation make blood clots more likely. Fly only when the surgeon and the airline say so.", "You may have to stay longer than planned. The cost of that is yours unless the quote or your insurance says otherwise.", "UK law and UK regulators do not protect you in India. A complaint or claim goes through the Indian system."}},
			{Title: "Germs", List: []string{"Germs that many antibiotics do not kill are more common in hospitals in some countries, India among them.", "After a night in hospital abroad, tell every UK hospital and care home for 12 months. We give you a card for that."}},
			{Title: "When you are home", List: []string{"The NHS treats emergencies. It may not provide routine aftercare for treatment that you paid for abroad, and your GP need not.", "Agree before you pay who does what in the UK, what it costs, and who pays for a complication."}},
			{Title: "Warning signs of a bad offer", List: []string{"Somebody presses you to decide soon.", "Nobody speaks of complications or aftercare.", "You are asked to pay somebody other than the hospital."}},
			{Title: "Before you decide", List: []string{"Talk to your GP or UK specialist.", "Speak to the clinician who will treat you.", "Keep your place on an NHS waiting list."}, Links: []ui.Link{{Text: "Travel and safety guide", Href: link.Guide}}},
		}}
	if p.view.Clinical != nil {
		if t, ok := h.cfg.Referrals.Directory.Treatment(p.view.Clinical.Treatment); ok {
			if r, ok := discharge.RuleOf(t.Family); ok {
				s := care.Section{Title: "Flying after " + lowerFirst(r.Title)}
				if r.Days > 0 {
					s.Text = append(s.Text, "At least "+plural(r.Days, "day")+" before the flight home. Source: "+r.Source+".")
				} else {
					s.Text = append(s.Text, upperFirst(strings.ReplaceAll(r.Source, "'", "’"))+".")
				}
				if r.Advice != "" {
					s.Text = append(s.Text, r.Advice)
				}
				v.Sections = append(v.Sections, s)
			}
		}
	}
	if p.may(referral.ReadRisks, "") {
		v.Do = []views.Part{care.Press{Action: link.CareRisks, Button: ui.Button{Text: "I have read this"}}}
	}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, v.Heading, p.mine(), ui.Link{Text: "Quotes side by side", Href: link.CareCompare}), v))
}

func (h *Handlers) careRisksRead(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.ReadRisks, referral.Input{}, link.CareCompare, func(check.List) error { return h.careRisks(c, p) })
}

// careAccept is the last page before an offer is accepted: what was agreed, what follows, and that there are 14 days to
// take it back.
func (h *Handlers) careAccept(c echo.Context, p inCare) error { return h.showAccept(c, p, nil) }

func (h *Handlers) showAccept(c echo.Context, p inCare, bad check.List) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	o := x.Newest()
	if o == nil || o.Quote == nil {
		return fault.New(fault.Missing, "offer of a hospital", nil)
	}
	if x.Response == referral.Selected {
		return c.Redirect(http.StatusSeeOther, link.CareTravel)
	}
	before := []ui.Link{p.mine(), {Text: "Quotes side by side", Href: link.CareCompare}}
	if !p.may(referral.Accept, x.ID) {
		return h.notYet(c, p, x, *o, n, before)
	}
	page := views.EnquiryForm{Heading: "Accept the offer of " + x.Listed.Name + "?", Submit: "Accept this offer", Keep: []ui.Hidden{versionField(x.Version), {Name: "number", Value: formatInt(o.Number)}},
		Lead: []string{"Total you must pay the hospital: " + o.Quote.Total().String() + ". Valid until " + o.Quote.ValidUntil.Long() + "."},
		Before: []views.Part{
			ui.Caution{Title: "You can take this back for 14 days", Text: []string{"Until the end of the 14th day after you accept, you can change your mind without a reason and without cost here. You do not travel before that time is over.", "We ask for no deposit. Pay a hospital nothing before you have spoken to the clinician and your aftercare is agreed."}},
			care.Sections{{Title: "What happens when you accept", List: []string{"The hospital sees your name, date of birth and contact details, as you agreed.", "Your other hospitals are told that they were not chosen, and not which one was.", "The hospital proposes dates. You get a checklist for everything before the journey.", "We mail you a code to confirm that it is you, if you have not entered one in the last 10 minutes."}},
				{Title: "Complications and refund", Text: []string{complicationWords[o.Quote.Complications] + ". " + o.Quote.ComplyText, o.Quote.Refund}}},
		}, Other: views.Anchor{Text: "No, go back to the quotes", URL: link.CareCompare}}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, before...)
}

// notYet lists what has to be done before an offer can be accepted.
func (h *Handlers) notYet(c echo.Context, p inCare, x referral.HospitalView, o referral.OfferView, n string, before []ui.Link) error {
	v := care.Sheet{Heading: "Before you can accept", Lead: []string{"The offer of " + x.Listed.Name + " can be accepted when all of this is done."}, Back: ui.Link{Text: "Back to the quotes", Href: link.CareCompare}}
	list := ui.TaskList{Groups: []ui.TaskGroup{{Title: "What is needed"}}}
	add := func(id, text, href string, done bool) {
		t := ui.Task{ID: id, Text: text, Href: href, Status: "Completed"}
		if !done {
			t.Status = "Not yet started"
		}
		list.Groups[0].Tasks = append(list.Groups[0].Tasks, t)
	}
	add("deciding", "Open the comparison of the answers", link.CareCompare, p.view.State == referral.Deciding)
	add("opinion", "Read the clinician’s opinion", link.CareHospital(n, "offer", formatInt(o.Number)), o.Read)
	add("risks", "Read what can go wrong", link.CareRisks, !p.view.RisksRead.IsZero())
	add("quote", "The quote is in date", link.CareHospital(n, "requote"), o.InDate)
	covered := false
	for _, k := range p.view.Consents {
		covered = covered || k.Code == referral.C2 && k.Hospital == x.ID && k.InForce
	}
	add("consent", "You agree that this hospital gets your name and contact details", link.CareConsents, covered)
	v.Sections = []care.Section{{Parts: []views.Part{list}}}
	if x.OnHold {
		v.Sections[0].Text = []string{"The accreditation of this hospital is being checked. Until then its offer cannot be accepted."}
	}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, v.Heading, before...), v))
}

func (h *Handlers) careAcceptSave(c echo.Context, p inCare) error {
	x, _, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	in := referral.Input{Provider: x.ID, Version: seenVersion(c), Number: numberOf(c)}
	return h.happen(c, p, referral.Accept, in, link.CareTravel, func(bad check.List) error { return h.showAccept(c, p, bad) })
}

// numberOf is the number of the quote that the page showed, 0 for none.
func numberOf(c echo.Context) int64 {
	n, _ := parseInt(c.FormValue("number"))
	return n
}

func (h *Handlers) careRequote(c echo.Context, p inCare) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	if !p.may(referral.AskRequote, x.ID) {
		return c.Redirect(http.StatusSeeOther, link.CareHospital(n))
	}
	page := views.EnquiryForm{Heading: "Ask " + x.Listed.Name + " for a new quote?", Submit: "Ask for a new quote", Keep: []ui.Hidden{versionField(x.Version)}, Lead: []string{"Its quote is no longer valid. The hospital has 5 working days to give a new one."}}
	return h.careAsk(c, http.StatusOK, p, page, nil, p.mine(), ui.Link{Text: x.Listed.Name, Href: link.CareHospital(n)})
}

func (h *Handlers) careRequoteSave(c echo.Context, p inCare) error {
	x, n, err := p.hospitalAt(c)
	if err != nil {
		return err
	}
	return h.happen(c, p, referral.AskRequote, referral.Input{Provider: x.ID, Version: seenVersion(c)}, link.CareHospital(n), func(check.List) error { return h.careRequote(c, p) })
}

func (h *Handlers) careChooseAgain(c echo.Context, p inCare) error {
	x := p.view.Chosen()
	if x == nil || !p.may(referral.ChooseAgain, "") {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	page := views.EnquiryForm{Heading: "Take back your acceptance?", Submit: "Take it back and choose again", Danger: true, Keep: []ui.Hidden{versionField(p.view.Version)}, Other: views.Anchor{Text: "No, keep it", URL: link.CareTravel},
		Lead: []string{x.Listed.Name + " is told to stop and to delete its copy. Offers of other hospitals that are still valid come back."}}
	if !p.view.CoolingOff.IsZero() {
		if h.clock().Before(p.view.CoolingOff) {
			page.Lead = append(page.Lead, "You need no reason: the 14 days in which you can change your mind last until the end of "+endsOn(p.view.CoolingOff)+".")
		} else {
			page.Lead = append(page.Lead, "The 14 days in which you can change your mind without cost are over. What you owe the hospital is in the refund terms of its quote.")
		}
	}
	return h.careAsk(c, http.StatusOK, p, page, nil, p.mine(), ui.Link{Text: "Before you travel", Href: link.CareTravel})
}

func (h *Handlers) careChooseAgainSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.ChooseAgain, referral.Input{Version: seenVersion(c)}, link.CareCompare, func(check.List) error { return h.careChooseAgain(c, p) })
}

func (h *Handlers) careConvert(c echo.Context, p inCare) error {
	return h.showConvert(c, p, nil)
}

func (h *Handlers) showConvert(c echo.Context, p inCare, bad check.List) error {
	page := views.EnquiryForm{Heading: "Ask for quotes?", Submit: "Ask for quotes", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"Our coordinator checks your request again and sends it to the hospitals that you agreed to. They then give an opinion and a quote."}}
	if !p.may(referral.Convert, "") {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	return h.careAsk(c, refusedStatus(bad), p, page, bad)
}

func (h *Handlers) careConvertSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.Convert, referral.Input{Version: seenVersion(c)}, link.Care, func(bad check.List) error { return h.showConvert(c, p, bad) })
}

func (h *Handlers) careEnough(c echo.Context, p inCare) error {
	if !p.may(referral.EndAdvice, "") {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	page := views.EnquiryForm{Heading: "Was the advice enough?", Submit: "Yes, end my request", Keep: []ui.Hidden{versionField(p.view.Version)}, Lead: []string{"Your request ends. You can still read the advice here."}}
	return h.careAsk(c, http.StatusOK, p, page, nil)
}

func (h *Handlers) careEnoughSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.EndAdvice, referral.Input{Version: seenVersion(c)}, link.Care, func(check.List) error { return h.careEnough(c, p) })
}

// endsOn is the day that ends at a midnight.
func endsOn(midnight time.Time) string { return ukDay(midnight.Add(-time.Second)).Long() }

// formText are the words of a form that may be long.
func formText(form url.Values, name string) string { return check.Lines(form.Get(name)) }
