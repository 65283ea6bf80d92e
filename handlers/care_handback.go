package handlers

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/nhs"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const handbackTitle = "Patient returned from treatment abroad"

func (h *Handlers) handbackRoutes() []route {
	return []route{
		h.own("GET", link.HandbackOf(":token"), h.handbackOpen),
		h.own("GET", link.HandbackPart("papers"), h.handing(h.handback)),
		h.own("POST", link.HandbackPart("acknowledge"), h.handing(h.handbackAcknowledge)),
		h.own("POST", link.HandbackPart("problem"), h.handing(h.handbackProblem)),
		h.own("POST", link.HandbackPart("follow-up"), h.handing(h.handbackDone)),
		h.own("GET", link.HandbackPart("file")+"/:file", h.handing(h.handbackFile)),
		h.own("GET", link.HandbackPart("archive"), h.handing(h.handbackArchive)).withFiles(),
	}
}

// handbackCookie holds the link's token below the pages of the handback alone, so that it is in no address that a browser of
// the practice remembers.
const (
	handbackCookie = "handback"
	handbackTime   = 12 * time.Hour
)

// handed is a GP or an aftercare provider with a link, and what they may read.
type handed struct {
	auth.Actor
	view referral.View
}

// handbackOpen takes the token out of the address; the link goes on working, in any browser of the practice.
func (h *Handlers) handbackOpen(c echo.Context) error {
	token := mailedLink(c)
	if _, err := h.cfg.Referrals.Receiver(c.Request().Context(), token); errors.Is(err, referral.ErrLink) {
		return h.deadHandback(c)
	} else if err != nil {
		return err
	}
	h.setCookie(c, handbackCookie, token, link.Handback, handbackTime)
	return c.Redirect(http.StatusSeeOther, link.HandbackPart("papers"))
}

// handing opens the papers by the cookie. The patient's choice is asked each time: papers that they no longer share are a
// dead link.
func (h *Handlers) handing(next func(echo.Context, handed) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		who, err := h.cfg.Referrals.Receiver(c.Request().Context(), cookieOf(c, handbackCookie))
		if err == nil {
			g := handed{Actor: who}
			if g.view, err = h.cfg.Referrals.Look(c.Request().Context(), who, who.Person); err == nil {
				return next(c, g)
			}
		}
		if errors.Is(err, referral.ErrLink) || fault.Is(err, fault.Missing) {
			return h.deadHandback(c)
		}
		return err
	}
}

func (h *Handlers) deadHandback(c echo.Context) error {
	h.setCookie(c, handbackCookie, "", link.Handback, 0)
	return h.deadLink(c, "This link no longer works", "Links to discharge papers work for 60 days, and only while the patient shares them. The patient has the papers, too.", views.Anchor{Text: "Help and contact", URL: link.Help})
}

func (h *Handlers) handback(c echo.Context, g handed) error {
	return h.showCareHandback(c, http.StatusOK, g, url.Values{}, nil)
}

func (h *Handlers) showCareHandback(c echo.Context, status int, g handed, form url.Values, bad check.List) error {
	if g.view.Package == nil {
		return h.handbackSoon(c, g)
	}
	f := h.frame(handbackTitle, "", "")
	f.Work, f.NoIndex, f.Errors = true, true, problemsOf(bad)
	f.PrintLine = "Care Corridor, referral " + g.view.Reference + ", printed on " + h.todayHere().Long()
	switch c.QueryParam("done") {
	case "acknowledged":
		f.Notice = &ui.Banner{Title: "Thank you", Success: true, Text: []string{"You acknowledged the papers. The patient is told."}}
	case "told":
		f.Notice = &ui.Banner{Title: "Sent", Success: true, Text: []string{"The hospital has 24 hours to answer the patient, and our safety reviewer looks at it within 1 working day."}}
	case "recorded":
		f.Notice = &ui.Banner{Title: "Recorded", Success: true, Text: []string{"The hospital and the patient see that it was done."}}
	}
	v := care.Sheet{Heading: handbackTitle, Caption: "Referral " + g.view.Reference, Wide: true, Print: true,
		Lead:   []string{"These are the hospital’s discharge papers, sent to you because the patient agreed. Save or print them for the record. You are not asked to prescribe or monitor anything that you do not take responsibility for."},
		Before: []views.Part{identityOf(g)}, Sections: packageSections(*g.view.Package, g.view.Alert)}
	files := care.Section{Title: "To keep with the record"}
	for _, one := range g.view.Files {
		if one.MayOpen {
			files.Links = append(files.Links, ui.Link{Text: one.Name, Href: link.HandbackPart("file") + "/" + url.PathEscape(one.ID)})
		}
	}
	files.Links = append(files.Links, ui.Link{Text: "Download everything: PDF, FHIR and the hospital’s copies (ZIP)", Href: link.HandbackPart("archive")})
	v.Sections = append(v.Sections, files)
	if _, ok := g.view.May(referral.Acknowledge, ""); ok {
		v.Before = append(v.Before, care.Sections{{Links: []ui.Link{{Text: "Go to the end of the page to acknowledge", Href: "#by"}}}})
	}
	v.Do = h.handbackForms(g, form, bad)
	v.Foot = []string{"This link is for the practice alone. Do not forward it."}
	return show(c, status, care.SheetPage(f, v))
}

// handbackSoon is for a practice whose patient lets it know of the journey before there are papers.
func (h *Handlers) handbackSoon(c echo.Context, g handed) error {
	if g.view.GPShare != referral.GPAll {
		return h.deadHandback(c)
	}
	f := h.frame("Treatment abroad is planned", "", "")
	f.Work, f.NoIndex = true, true
	return show(c, http.StatusOK, care.SheetPage(f, care.Sheet{Heading: f.Title, Caption: "Referral " + g.view.Reference, Before: []views.Part{identityOf(g)},
		Lead:     []string{"Your patient has agreed dates with a hospital in India, and wants you to know before the journey. There are no papers yet."},
		Sections: []care.Section{{Title: "What happens next", List: []string{"The hospital completes discharge papers after the treatment. We mail you again when they are here.", "If you know of a reason against the journey, tell the patient."}}, {Title: "What nobody asks of you", Text: []string{"You are not asked to prescribe or monitor anything that you do not take responsibility for."}}},
		Foot:     []string{"This link is for the practice alone. Do not forward it."}}))
}

// identityOf says whose papers these are.
func identityOf(g handed) views.Part {
	i := ui.Identity{Name: "Patient"}
	if p := g.view.Patient; p != nil {
		i.Name = p.Family + ", " + p.Given
		i.Facts = append(i.Facts, ui.Fact{Label: "Born", Value: dayOf(p.Born)})
		if p.NHSNumber != "" {
			i.Facts = append(i.Facts, ui.Fact{Label: "NHS number", Value: nhs.Number(p.NHSNumber).String()})
		}
	}
	return i
}

func (h *Handlers) handbackForms(g handed, form url.Values, bad check.List) (out []views.Part) {
	version := versionField(g.view.Version)
	if _, ok := g.view.May(referral.Acknowledge, ""); ok {
		out = append(out, views.Subheading{Text: "Acknowledge"}, care.FormPart{Action: link.HandbackPart("acknowledge"), Keep: []ui.Hidden{version}, Button: ui.Button{Text: "Acknowledge these papers"},
			Parts: []views.Part{text1("by", "Your name and role", "For the patient to see who has the papers.", form, bad, "off")}})
	} else {
		for _, b := range g.view.Handbacks {
			if !b.Acknowledged.IsZero() {
				out = append(out, views.Para("Acknowledged on "+ukTime(b.Acknowledged)+"."))
				break
			}
		}
	}
	if _, ok := g.view.May(referral.RecordFollowUp, ""); ok {
		items := []ui.Option{{Text: "Select what was done"}}
		for _, a := range g.view.Aftercare {
			if a.Done.IsZero() {
				items = append(items, ui.Option{Value: a.Code, Text: a.What + ", due " + dayOf(a.Due), Selected: form.Get("item") == a.Code})
			}
		}
		if len(items) > 1 {
			out = append(out, views.Subheading{Text: "Record a step of the aftercare"}, care.FormPart{Action: link.HandbackPart("follow-up"), Button: ui.Button{Text: "It was done", Look: ui.Secondary},
				Parts: []views.Part{ui.Field{ID: "item", Label: "Step", Type: "select", Options: items, Error: bad.On("item")}}})
		}
	}
	if _, ok := g.view.May(referral.ReportComplication, ""); ok {
		var choices []ui.Choice
		for _, s := range discharge.Severities {
			choices = append(choices, ui.Choice{Value: string(s), Text: map[discharge.Severity]string{discharge.LifeThreat: "Life-threatening", discharge.Urgent: "Urgent, today", discharge.Worrying: "Worrying, not urgent", discharge.Recovered: "A question, or recovered"}[s]})
		}
		out = append(out, views.Subheading{Text: "Ask, or report a complication", Note: "It goes to the operating hospital and to our safety reviewer. Treat emergencies as usual."}, care.FormPart{Action: link.HandbackPart("problem"), Button: ui.Button{Text: "Send", Look: ui.Secondary},
			Parts: []views.Part{radios("severity", "How bad is it?", form, bad, choices...), area1("text", "What you want to ask or report", "At most "+group(referral.MaxComment)+" characters.", 5, form, bad)}})
	}
	return out
}

func (h *Handlers) handbackAcknowledge(c echo.Context, g handed) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	var bad check.List
	bad.Need(one(form, "by") != "", "by", "Enter your name and role")
	bad.Line("by", "The name", one(form, "by"), 200)
	if !bad.OK() {
		return h.showCareHandback(c, http.StatusUnprocessableEntity, g, form, bad)
	}
	return h.handbackDo(c, g, referral.Acknowledge, referral.Input{Version: seenVersion(c), Source: one(form, "by")}, form, "acknowledged")
}

func (h *Handlers) handbackProblem(c echo.Context, g handed) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	return h.handbackDo(c, g, referral.ReportComplication, referral.Input{Severity: discharge.Severity(form.Get("severity")), Text: formText(form, "text")}, form, "told")
}

func (h *Handlers) handbackDone(c echo.Context, g handed) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	return h.handbackDo(c, g, referral.RecordFollowUp, referral.Input{Item: form.Get("item")}, form, "recorded")
}

// handbackDo carries out an event for the practice. What somebody else was first with is shown as it is now.
func (h *Handlers) handbackDo(c echo.Context, g handed, e referral.Event, in referral.Input, form url.Values, done string) error {
	out, err := h.cfg.Referrals.Do(c.Request().Context(), g.Actor, g.view.ID, e, in)
	if fault.Is(err, fault.Conflict) {
		say := check.List{{Field: "main", Say: "This was changed after you opened it. Look at the page again: what you typed is still here"}}
		if g.view, err = h.cfg.Referrals.Look(c.Request().Context(), g.Actor, g.view.ID); err != nil {
			return err
		}
		return h.showCareHandback(c, http.StatusConflict, g, form, say)
	}
	if err != nil {
		return err
	}
	if !out.OK() {
		return h.showCareHandback(c, http.StatusUnprocessableEntity, g, form, out.Problems)
	}
	return c.Redirect(http.StatusSeeOther, link.HandbackPart("papers")+"?done="+done)
}

// handbackArchive is everything of the papers as one file, for the practice's own system.
func (h *Handlers) handbackArchive(c echo.Context, g handed) error {
	var b bytes.Buffer
	if err := h.cfg.Referrals.Export(c.Request().Context(), g.Actor, g.view.ID, &b); err != nil {
		return err
	}
	return download(c, "referral-"+g.view.Reference+".zip", "application/zip", b.Bytes())
}

func (h *Handlers) handbackFile(c echo.Context, g handed) error {
	f, err := h.cfg.Referrals.OpenFile(c.Request().Context(), g.Actor, g.view.ID, c.Param("file"))
	if err != nil {
		return err
	}
	return download(c, f.Name, f.Media, f.Content)
}
