package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/quotepdf"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// signing is what signs a referral as it stands: the first time, or again after we sent it back. Again needs no new
// consent unless what is shared has grown.
func signing(v referral.View) (referral.Event, bool) {
	if blocked(v) != "" {
		return "", false
	}
	for _, e := range []referral.Event{referral.Resubmit, referral.SignOff} {
		if _, ok := v.May(e, ""); ok {
			return e, true
		}
	}
	return "", false
}

// blocked is the name of a document that a scan found unsafe; hospitals could never open it.
func blocked(v referral.View) string {
	for _, f := range v.Files {
		if f.Scan == record.ScanThreat || f.Scan == record.ScanFailed {
			return f.Name
		}
	}
	return ""
}

// referCheck shows every answer before it is signed.
func (h *Handlers) referCheck(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showSigning(c, http.StatusOK, who, v, nil, nil)
}

func (h *Handlers) showSigning(c echo.Context, status int, who auth.Actor, v referral.View, bad check.List, since []referral.EventView) error {
	f := h.referFrame(c, "Check your answers", who, backToTasks(v)...)
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	page := refer.Page{Caption: "Referral " + v.Reference}
	if len(since) > 0 {
		page.Parts = append(page.Parts, caution("Somebody changed this after you opened it", "Nothing was sent. Read the answers again as they are now, then sign."), h.historyOf(v, since))
	}
	page.Parts = append(page.Parts, h.answerCards(v)...)
	parts, err := h.signingParts(c, who, v, bad)
	if err != nil {
		return err
	}
	page.Parts = append(page.Parts, parts...)
	return h.showRefer(c, status, v, f, page)
}

// answerCards are the sections as cards with the way to change each.
func (h *Handlers) answerCards(v referral.View) (out []views.Part) {
	w, amend := writtenOf(v), mayAmend(v)
	change := func(slug, what string) ui.Link {
		if !amend {
			return ui.Link{}
		}
		return ui.Link{Text: "Change", Hidden: lowerFirst(what), Href: link.Referral(v.Reference, slug)}
	}
	for _, p := range referPages {
		facts := h.referFacts(p, w)
		if p.slug == pageConsent.slug {
			facts = append(facts, ui.Fact{Label: "Email address checked with the patient", Value: yesNo(v.Contact)})
		}
		out = append(out, refer.Answers{Title: p.title, Change: change(p.slug, p.title), Facts: facts})
	}
	files, hospitals := ui.SummaryList{}, ui.SummaryList{}
	for _, one := range v.Files {
		files = append(files, ui.Fact{Label: choiceText(documentKinds, one.Kind), Value: one.Name, Note: scanMark(one.Scan).Text})
	}
	for n, one := range v.Hospitals {
		fact := ui.Fact{Label: "Hospital " + strconv.Itoa(n+1), Value: one.Listed.Name, Note: one.Listed.City}
		if one.Listed.Sample {
			fact.Value += " (sample)"
		}
		hospitals = append(hospitals, fact)
	}
	if len(files) == 0 {
		files = ui.SummaryList{referFact("Documents", "")}
	}
	if len(hospitals) == 0 {
		hospitals = ui.SummaryList{referFact("Hospitals", "")}
	}
	return append(out, refer.Answers{Title: "Scans, letters and test results", Change: change("attachments", "documents"), Facts: files}, refer.Answers{Title: "Hospitals", Change: change("hospitals", "hospitals"), Facts: hospitals})
}

// signingParts are the declaration and the button, or why there is none yet.
func (h *Handlers) signingParts(c echo.Context, who auth.Actor, v referral.View, bad check.List) ([]views.Part, error) {
	e, ok := signing(v)
	if !ok {
		return h.cannotSign(c, who, v)
	}
	form := refer.Form{Action: link.Referral(v.Reference, "check"), Keep: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}}
	if v.State == referral.Returned {
		form.Parts = append(form.Parts, changedField(v, c, bad))
	}
	form.Parts = append(form.Parts, views.CheckBox{ID: "statement", Name: "statement", Checked: c.FormValue("statement") == "yes", Error: bad.On("statement"),
		Text: "I am the named clinician. What I wrote is complete and correct to the best of my knowledge, I am satisfied that the patient needs this referral, and nobody pays me for it."})
	to := plural(len(v.Hospitals), "hospital")
	if e == referral.Resubmit {
		form.Buttons = []ui.Button{{Text: "Confirm and send again"}}
	} else {
		form.Parts = append(form.Parts, ui.Choices{ID: "how", Name: "how", Legend: "How will the patient consent?", Error: bad.On("how"), Options: ticked([]ui.Choice{{Value: "link", Text: "By the link that we mail to them"},
			{Value: "here", Text: "The patient is here now", Hint: "You hand them this device for the consents. A code goes to their email."}}, c.FormValue("how"))})
		form.Buttons = []ui.Button{{Text: "Confirm and send to " + to}}
	}
	return []views.Part{refer.Group{ID: "sign", Title: "Sign and send", Note: "The hospitals get it after the patient has consented and we have checked it.", Parts: []views.Part{form}}}, nil
}

// changedField asks what changed since we sent it back; what the history knows is ticked already.
func changedField(v referral.View, c echo.Context, bad check.List) ui.Choices {
	known := changedSince(v)
	if form, err := c.FormParams(); err == nil && form.Has("version") {
		known = form["changed"]
	}
	out := ui.Choices{ID: "changed", Name: "changed", Legend: "What did you change?", Error: bad.On("changed"), Many: true, Hint: "Our coordinator looks at these first."}
	for _, p := range slices.Concat(sectionNames(), []ui.Choice{{Value: "attachments", Text: "Scans, letters and test results"}, {Value: "hospitals", Text: "Hospitals"}}) {
		p.Checked = slices.Contains(known, p.Value)
		out.Options = append(out.Options, p)
	}
	return out
}

func sectionNames() (out []ui.Choice) {
	for _, p := range referPages {
		out = append(out, ui.Choice{Value: p.slug, Text: p.title})
	}
	return out
}

// changedSince are the sections that the history says were changed after the last return.
func changedSince(v referral.View) (out []string) {
	for n := len(v.Timeline) - 1; n >= 0 && v.Timeline[n].Event != referral.Return; n-- {
		switch e := v.Timeline[n]; {
		case e.Event == referral.AddDocument || e.Event == referral.RemoveDocument:
			out = append(out, "attachments")
		case e.Step == "shortlist":
			out = append(out, "hospitals")
		case e.Step != "":
			out = append(out, pagesOfPart(referral.Part(e.Step))...)
		}
	}
	return out
}

// pagesOfPart are the pages that write a part of the record.
func pagesOfPart(part referral.Part) (out []string) {
	for _, p := range referPages {
		if slices.Contains(p.parts(), part) {
			out = append(out, p.slug)
		}
	}
	return out
}

// cannotSign says who signs, or what is still missing.
func (h *Handlers) cannotSign(c echo.Context, who auth.Actor, v referral.View) ([]views.Part, error) {
	if v.State != referral.Draft && v.State != referral.Returned {
		return nil, nil
	}
	var missing []string
	for _, s := range h.sectionsOf(v) {
		if s.slug != "check" && s.slug != "attachments" && s.status != sectionDone {
			missing = append(missing, "Complete “"+s.text+"”")
		}
	}
	if name := blocked(v); name != "" {
		missing = append(missing, "Remove “"+name+"”: it was blocked and no hospital could open it")
	}
	if v.Stop != nil {
		missing = append(missing, v.Stop.Title)
	}
	if slices.Contains(v.Flags, referral.SafetyHold) {
		missing = append(missing, flagSays[referral.SafetyHold])
	}
	if who.Role != auth.Referrer || who.Person != v.Clinician {
		missing = append(missing, "Only the named clinician can sign: "+firstOf(v.ClinicianName, "nobody is named yet")+". They find this referral in their list")
	} else if r, err := h.cfg.Referrals.Registration(c.Request().Context(), who); err != nil {
		return nil, err
	} else if h.otherMailbox(r) != "" {
		missing = append(missing, h.otherMailbox(r)+" See “Your registration”")
	} else if !r.Fresh || r.Level < 2 {
		missing = append(missing, "Your registration has to be checked by a person, at most 90 days ago. See “Your registration”")
	}
	if len(missing) == 0 { // of all that can stand against it, the day's limit alone is not shown elsewhere
		missing = append(missing, fmt.Sprintf("You have signed %d referrals today, the most that one clinician signs in a day. Nothing is lost: sign this one tomorrow", referral.MaxSigned))
	}
	out := []views.Part{refer.Group{ID: "sign", Title: "You cannot send this yet", Parts: []views.Part{refer.Check(missing), refer.Row{Links: []ui.Link{{Text: "Back to the list of sections", Href: link.Referral(v.Reference)}, {Text: "Your registration", Href: link.ReferVerification}}}}}}
	return out, nil
}

// referSign signs and sends. Sent twice it is sent once.
func (h *Handlers) referSign(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	e, ok := signing(v)
	switch {
	case !ok && (v.State == referral.AwaitingConsent || v.State == referral.Triage):
		return c.Redirect(http.StatusSeeOther, link.Referral(v.Reference, "sent"))
	case !ok:
		return h.showSigning(c, http.StatusConflict, who, v, nil, nil)
	}
	version, _ := strconv.ParseInt(form.Get("version"), 10, 64)
	var bad check.List
	bad.Need(v.State != referral.Returned || len(form["changed"]) > 0, "changed", "Select what you changed")
	bad.Need(form.Get("statement") == "yes", "statement", "Confirm that what you wrote is complete and correct to the best of your knowledge")
	bad.Need(e == referral.Resubmit || form.Get("how") == "link" || form.Get("how") == "here", "how", "Select how the patient will consent")
	if !bad.OK() {
		return h.showSigning(c, http.StatusUnprocessableEntity, who, v, bad, nil)
	}
	done, err := h.cfg.Referrals.Do(c.Request().Context(), who, v.ID, e, referral.Input{Version: version, Statement: true, Changed: form["changed"]})
	if errors.Is(err, referral.ErrStale) {
		if v, err = h.looked(c, who); err != nil {
			return err
		}
		return h.showSigning(c, http.StatusConflict, who, v, nil, after(v, version))
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showSigning(c, http.StatusUnprocessableEntity, who, v, done.Problems, nil)
	}
	to := link.Referral(v.Reference, "sent")
	if form.Get("how") == "here" {
		to += "?how=here"
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// after are the events behind a version.
func after(v referral.View, version int64) (out []referral.EventView) {
	for _, e := range v.Timeline {
		if e.Version > version {
			out = append(out, e)
		}
	}
	return out
}

// referSent confirms, with the reference and what happens next.
func (h *Handlers) referSent(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	if v.State == referral.Draft || v.State == referral.Returned {
		return c.Redirect(http.StatusSeeOther, link.Referral(v.Reference))
	}
	f := h.referFrame(c, "Referral sent", who, ui.Link{Text: "My referrals", Href: link.ReferDashboard})
	panel := refer.Panel{Title: "Referral signed", Text: "Reference", Code: v.Reference}
	page := refer.Page{Parts: []views.Part{panel, views.Para("Quote the reference when you write to us. It names nobody.")}}
	if v.State == referral.AwaitingConsent {
		page.Parts = append(page.Parts, views.Para("The patient has a mail with a one-time link. Nothing is shared before they consent. We remind them after 3, 7 and 12 days; the link ends after 14."))
		press := refer.Press{Action: link.Referral(v.Reference, "here"), Button: ui.Button{Text: "Open the consents on this device", Look: ui.Secondary}}
		if c.QueryParam("how") == "here" {
			press.Button.Look = ui.Primary
			page.Parts = append(page.Parts, refer.Group{ID: "here", Title: "The patient is here now", Note: "Open the consents and hand over the device. The code that the patient needs goes to their email.", Parts: []views.Part{press}})
		} else {
			page.Parts = append(page.Parts, refer.Fold{Summary: "The patient is here now", Parts: []views.Part{press}})
		}
	}
	page.Parts = append(page.Parts, refer.Group{ID: "next", Title: "What happens next", Parts: []views.Part{afterSending("The patient")}},
		refer.Row{Buttons: []ui.Button{{Text: "Follow this referral", Href: link.Referral(v.Reference, "timeline")}, {Text: "Start another referral", Href: link.ReferNew, Look: ui.Secondary}}, Links: []ui.Link{{Text: "Print a copy", Href: link.Referral(v.Reference, "print")}}})
	return h.showSent(c, v, f, page)
}

// showSent draws a page whose first part is its heading.
func (h *Handlers) showSent(c echo.Context, v referral.View, f views.Frame, p refer.Page) error {
	p.Patient = identity(v, h.cfg.Referrals.Today())
	return show(c, http.StatusOK, refer.View(f, p))
}

// referHere gives the one-time link for a patient who is present.
func (h *Handlers) referHere(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	token, err := h.cfg.Referrals.LinkForPatient(c.Request().Context(), who, v.ID)
	if err != nil {
		return err
	}
	f := h.referFrame(c, "Hand this device to the patient", who, backToTasks(v)...)
	return h.showRefer(c, http.StatusOK, v, f, refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"The link works once. The patient enters the code that we mail to them, reads each consent, and ticks it or not. Give them time, and do not tick for them.", "Sign out first if the patient uses the device alone."},
		Parts: []views.Part{refer.Row{Buttons: []ui.Button{{Text: "Open the consents", Href: link.CareLink(token)}}, Links: []ui.Link{{Text: "Back to the referral", Href: link.Referral(v.Reference)}}}}})
}

// referPrint is the summary as a PDF. Its name holds the reference alone.
func (h *Handlers) referPrint(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	doc := quotepdf.Document{Title: "Referral " + v.Reference, Made: h.clock(), Lead: []string{stateWords[v.State] + ". " + firstOf(v.OrgName, who.OrgName) + ". Named clinician: " + firstOf(v.ClinicianName, "not named") + "."},
		Foot: []string{"Printed " + bothTimes(h.clock()) + " by " + who.Name + ". Confidential: health data of a patient."}}
	if id := identity(v, h.cfg.Referrals.Today()); id != nil {
		words := id.Name
		for _, one := range id.Facts {
			words += ". " + one.Label + " " + one.Value
		}
		doc.Head = words + ". Referral " + v.Reference
	}
	for _, p := range h.answerCards(v) {
		card, ok := p.(refer.Answers)
		if !ok {
			continue
		}
		s := quotepdf.Section{Title: card.Title}
		for _, one := range card.Facts {
			s.Rows = append(s.Rows, quotepdf.Row{Label: one.Label, Value: one.Value})
		}
		doc.Sections = append(doc.Sections, s)
	}
	content, err := doc.Write()
	if err != nil {
		return err
	}
	return download(c, "referral-"+v.Reference+".pdf", "application/pdf", content)
}
