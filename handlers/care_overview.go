package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// careOverview is the patient's first page: where it stands, what waits for them, who has what.
func (h *Handlers) careOverview(c echo.Context, p inCare) error {
	s := careStates[p.view.State]
	v := care.Overview{Reference: p.view.Reference, State: s.badge, Timeline: p.careTimeline(), Holds: h.careHolds(p), Next: h.careNext(p), Ends: p.careEnds(), Expected: h.careExpected(p), Facts: h.careFacts(p), Links: h.careLinks(p)}
	if s.said != "" {
		v.Said = []string{s.said}
	}
	if p.view.State == referral.Draft && p.view.Origin == referral.ByReferrer {
		v.Said, v.Ends = []string{"Your doctor’s practice is writing it. We mail you when it is ready for you to read and agree to."}, ""
	}
	if p.view.State == referral.Returned && !p.may(referral.Amend, "") {
		v.Said = []string{"We sent it back to your doctor’s practice, because something is missing. They send it again. You need to do nothing now."}
	}
	if p.view.State == referral.Closed {
		v.State, v.Said = ui.Badge{Tone: ui.Neutral, Text: "Closed"}, []string{endings[p.view.Ending]}
	}
	if p.view.State == referral.Deciding && p.view.Mode == referral.ForAdvice {
		v.State.Text, v.Said = "Advice is there", []string{"Read the advice. You can leave it at that, or ask for quotes."}
	}
	for i, x := range p.view.Hospitals {
		v.Hospitals = append(v.Hospitals, h.careHospitalCard(p, x, placeOf(i)))
	}
	title := "Your referral " + p.view.Reference
	f := h.careFrame(p, title)
	if c.QueryParam("done") == "sent" {
		f.Notice = &ui.Banner{Title: "Sent", Success: true, Text: []string{"Your reference is " + p.view.Reference + ". Write it down: with it and your email address you get a new link at any time.", "Our coordinator checks your request within 2 working days."}}
	}
	return show(c, http.StatusOK, care.OverviewPage(f, v))
}

// careHolds are the pauses, with what they mean.
func (h *Handlers) careHolds(p inCare) (out []ui.Caution) {
	for _, x := range []struct {
		flag        referral.Flag
		title, text string
	}{
		{referral.SafetyHold, "Paused for a safety check", "Our safety reviewer looks at something before it goes on. Nothing is lost, and no time runs against you."},
		{referral.ConsentSuspended, "You paused sharing", "No hospital can open your referral and nothing new is sent until you let it go on."},
		{referral.AccreditationHold, "A hospital’s accreditation is being checked", "It changed or ran out at its source. Until we have checked it, nothing moves forward with that hospital."},
	} {
		if slices.Contains(p.view.Flags, x.flag) {
			c := ui.Caution{Title: x.title, Text: []string{x.text}}
			if x.flag == referral.ConsentSuspended {
				c.Link = ui.Link{Text: "Go on with sharing", Href: link.CarePause}
			}
			out = append(out, c)
		}
	}
	return out
}

// careNext are the things that wait for the patient, the most pressing first.
func (h *Handlers) careNext(p inCare) (out []care.Do) {
	add := func(title, text, button, href string, urgent bool) {
		out = append(out, care.Do{Title: title, Text: text, Urgent: urgent, Button: ui.Button{Text: button, Href: href}})
	}
	v := p.view
	if p.may(referral.Amend, "") {
		title := "Finish your request"
		if v.State == referral.Returned {
			title = "Add what is missing and send it again"
		}
		add(title, "", "Go on with your request", link.CareSteps, v.State == referral.Returned)
	}
	if v.State == referral.AwaitingConsent {
		add("Read what your doctor wrote", "Tell the practice if something is wrong.", "Read the referral", link.CareCheck, false)
		if len(v.Lacking) > 0 {
			add("Decide what you agree to", "Each consent is a separate choice.", "See what is asked", link.CareConsents, true)
		} else if p.sending() != "" {
			add("Send it", "You have agreed to what is needed.", "Check and send", link.CareCheck, true)
		}
	}
	for i, x := range v.Hospitals {
		if p.may(referral.Answer, x.ID) && x.Response == referral.InfoRequested {
			add("Answer a question", x.Listed.Name+" needs it to go on."+p.answerBy(x.ID), "Answer the question", link.CareHospital(placeOf(i)), true)
		}
	}
	switch {
	case p.may(referral.Compare, ""):
		add("Look at the answers", "At least 1 hospital has answered. Others may still do so.", "See the answers", link.CareCompare, true)
	case v.State == referral.Deciding:
		add("Compare the answers", "Side by side, with what the whole trip may cost.", "Compare the answers", link.CareCompare, true)
	}
	return append(out, h.careNextTravel(p)...)
}

func (h *Handlers) careNextTravel(p inCare) (out []care.Do) {
	add := func(title, text, button, href string, urgent bool) {
		out = append(out, care.Do{Title: title, Text: text, Urgent: urgent, Button: ui.Button{Text: button, Href: href}})
	}
	v := p.view
	if p.may(referral.Reaccept, "") {
		add("Something important changed", "Read it and decide whether you still want it.", "See what changed", link.CareReaccept, true)
	}
	if v.State == referral.Accepted || v.State == referral.ReadyToTravel {
		done, all := gatesDone(v)
		text := group(done) + " of " + group(all) + " points are done."
		if d := v.Travel.Confirmed; d.Known() {
			text = "You arrive in India on " + d.Arrive.Long() + " and go into hospital on " + d.Admit.Long() + ". " + text
		}
		add("Get ready for the journey", text, "Open the checklist", link.CareTravel, v.State == referral.Accepted)
	}
	if v.Package != nil && p.may(referral.ConfirmReceipt, "") {
		add("Read your discharge papers", "Then confirm that you have them.", "Read the papers", link.CarePackage, true)
	}
	if p.may(referral.ArriveHome, "") && v.State == referral.Aftercare {
		add("Are you home?", "Tell us when you are back: the first check is 2 to 3 days later.", "I am home", link.CareHome, false)
	}
	if v.State == referral.Aftercare {
		add("Your aftercare", "What is due when, and who does it.", "See the schedule", link.CareAftercare, false)
	}
	if p.may(referral.ReportComplication, "") {
		add("Is something wrong?", "Call 999 in an emergency, 111 if it is urgent. Then tell us.", "Report a problem", link.CareProblem, false)
	}
	if v.State == referral.Deciding && v.Mode == referral.ForAdvice {
		if p.may(referral.Convert, "") {
			add("Ask for quotes", "The hospitals then give an opinion and a price.", "Ask for quotes", link.CareReferral, false)
		}
		if p.may(referral.EndAdvice, "") {
			add("The advice is enough", "This ends your request.", "End my request", link.CareEnough, false)
		}
	}
	return out
}

func gatesDone(v referral.View) (done, all int) {
	for _, g := range v.Gates {
		if g.Passed {
			done++
		}
	}
	return done, len(v.Gates)
}

// owed are the timers that somebody other than the patient has to meet, with what is expected.
var owed = map[referral.Timer]string{
	referral.TriageDue: "We check it", referral.TriageDueFlagged: "We check it", referral.OpenDue: "%s opens it", referral.DecisionDue: "%s answers", referral.DecisionDueSoon: "%s answers",
	referral.DatesDue: "The hospital proposes dates", referral.DischargeDue: "The hospital completes your papers", referral.GPAcknowledge: "Your GP confirms the papers", referral.ComplicationDue: "The hospital answers about the problem",
	referral.ReviewDue: "Our safety reviewer looks at the problem",
}

// careExpected says what comes next from others, and that we chase what is late.
func (h *Handlers) careExpected(p inCare) string {
	var first *referral.ClockView
	for i, c := range p.view.Clocks {
		if c.Timer == referral.GPAcknowledge && p.gpUnreached() {
			continue // nobody can confirm what was not sent
		}
		if _, ok := owed[c.Timer]; ok && !c.Paused && !c.Due.IsZero() && (first == nil || c.Due.Before(first.Due)) {
			first = &p.view.Clocks[i]
		}
	}
	if first == nil {
		return ""
	}
	return p.owedBy(*first)
}

// owedBy says by when somebody does what a timer waits for.
func (p inCare) owedBy(c referral.ClockView) string {
	what := owed[c.Timer]
	if c.Hospital != "" {
		what = sprintf(what, p.nameOf(c.Hospital))
	}
	if c.Late {
		return what + ": expected by " + ukDay(c.Due).Long() + ". It is late, and we are chasing it."
	}
	return what + " by " + ukDay(c.Due).Long() + "."
}

// idleEnds are the timers that end a referral when its patient does nothing, with what then happens.
var idleEnds = map[referral.Timer]string{
	referral.DraftIdle: "Nothing is lost if you leave now. If you have not sent it by %s, it is deleted.", referral.ConsentLink: "If you have not agreed and sent it by %s, it ends by itself.",
	referral.ReturnedIdle: "If it has not been sent again by %s, it ends by itself.", referral.DecidingIdle: "Take your time. If nothing is done by %s, it ends by itself. We remind you before.",
}

// careEnds says until when the patient has time, "" when nothing ends by itself or the time stands still.
func (p inCare) careEnds() string {
	for _, c := range p.view.Clocks {
		if words := idleEnds[c.Timer]; words != "" && !c.Paused && !c.Due.IsZero() {
			return sprintf(words, ukDay(c.Due).Long())
		}
	}
	return ""
}

// answerBy is until when a hospital's question waits, as a sentence after another.
func (p inCare) answerBy(hospital string) string {
	for _, c := range p.view.Clocks {
		if c.Timer == referral.QuestionDue && c.Hospital == hospital && !c.Paused && !c.Due.IsZero() {
			return " It waits until " + ukDay(c.Due).Long() + "."
		}
	}
	return ""
}

// gpUnreached reports whether the papers have no address to go to yet.
func (p inCare) gpUnreached() bool {
	return slices.ContainsFunc(p.view.Handbacks, func(b referral.HandbackView) bool { return b.To == "gp" && b.NeedsAddress })
}

// careHospitalCard is one hospital as it stands for the patient.
func (h *Handlers) careHospitalCard(p inCare, x referral.HospitalView, n string) care.Hospital {
	r := responses[x.Response]
	v := care.Hospital{ID: "hospital-" + n, Name: x.Listed.Name, Place: x.Listed.City, URL: link.CareHospital(n), Sample: x.Listed.Sample, State: r.badge}
	if r.said != "" {
		v.Said = append(v.Said, r.said)
	}
	if x.Response == referral.Declined {
		for _, w := range slices.Backward(p.view.Words) {
			if w.Hospital == x.ID && w.Event == referral.Decline {
				v.Said = append(v.Said, firstOf(w.Comment, w.Text))
				break
			}
		}
	}
	if x.OnHold {
		v.Said = append(v.Said, "Its accreditation is being checked. Nothing moves forward with it until then.")
	}
	if x.Unread > 0 {
		v.Unread = plural(x.Unread, "new message")
	}
	if q := x.Newest(); q != nil && q.Quote != nil {
		valid := "valid until " + q.Quote.ValidUntil.Long()
		if !q.InDate {
			valid = "no longer valid since " + q.Quote.ValidUntil.Long()
		}
		switch x.Response {
		case referral.Selected:
			valid = "as you accepted it"
		case referral.NotSelected, referral.WithdrawnFrom:
			valid = ""
		}
		if q.Quote.Currency != money.GBP {
			if gbp := h.inPounds(q.Quote.Offer); gbp != "" {
				valid = strings.TrimSuffix("about "+gbp+", "+valid, ", ")
			}
		}
		v.Total = ui.Lines{{Label: "Total you must pay", Value: q.Quote.Total().String(), Note: valid, Number: true, Strong: true}}
	}
	v.Links = append(v.Links, ui.Link{Text: "Open", Href: link.CareHospital(n)})
	if q := x.Newest(); q != nil {
		v.Links = append(v.Links, ui.Link{Text: "Read the opinion and quote", Href: link.CareHospital(n, "offer", formatInt(q.Number))})
	}
	return v
}

func (h *Handlers) careFacts(p inCare) ui.SummaryList {
	v := p.view
	var out ui.SummaryList
	if v.Clinical != nil && v.Clinical.Treatment != "" {
		out = append(out, ui.Fact{Label: "Treatment", Value: h.treatmentName(v.Clinical.Treatment)})
	}
	out = append(out, ui.Fact{Label: "Reference", Value: v.Reference, Note: "With it and your email address you get a new link."})
	if v.ClinicianName != "" {
		out = append(out, ui.Fact{Label: "Referred by", Value: v.ClinicianName, Note: v.OrgName})
	}
	if !v.Sent.IsZero() {
		out = append(out, ui.Fact{Label: "Sent", Value: ukTime(v.Sent)})
	}
	return append(out, ui.Fact{Label: "Your GP gets", Value: gpWords[v.GPShare]})
}

// treatmentName is a treatment in the words of the directory.
func (h *Handlers) treatmentName(slug string) string {
	if t, ok := h.cat.Reference().Procedure(slug); ok {
		return t.Name
	}
	return slug
}

func (h *Handlers) careLinks(p inCare) (out []care.Links) {
	v := p.view
	mine := care.Links{Title: "Your referral in full", Links: []ui.Link{{Text: "Documents", Href: link.CareDocuments}, {Text: consentsTitle, Href: link.CareConsents}}}
	if p.may(referral.WriteToDesk, "") || len(p.careThread("")) > 0 {
		mine.Links = append(mine.Links, ui.Link{Text: "Write to Care Corridor", Href: link.CareMessages})
	}
	if p.may(referral.AddHospital, "") {
		mine.Links = append(mine.Links, ui.Link{Text: "Ask one more hospital", Href: link.CareAddHospital})
	}
	if v.Alert != nil {
		mine.Links = append(mine.Links, ui.Link{Text: "Your overseas-care card", Href: link.CareCard})
	}
	if v.Package != nil {
		mine.Links = append(mine.Links, ui.Link{Text: "Your discharge papers", Href: link.CarePackage})
	}
	rights := care.Links{Title: "Your data", Links: []ui.Link{{Text: "Who looked at my record", Href: link.CareLooked}, {Text: "Take everything with me", Href: link.CareExport}}}
	if p.may(referral.Withdraw, "") {
		rights.Links = append(rights.Links, ui.Link{Text: "Withdraw my referral", Href: link.CareWithdraw})
	}
	return append(out, mine, append1(rights, ui.Link{Text: "Have my data deleted", Href: link.CareErase}))
}

func append1(l care.Links, more ui.Link) care.Links {
	l.Links = append(l.Links, more)
	return l
}

// todayHere is the British day, which is the patient's.
func (h *Handlers) todayHere() when.Date { return h.cfg.Referrals.Today() }
