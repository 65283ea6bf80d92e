package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

func isStale(err error) bool { return errors.Is(err, referral.ErrStale) }

// Ways in which a referrer ends a referral.
const (
	endCancel = "cancel"
	endError  = "error"
	endDeath  = "death"
)

// endingEvents are the events of the ways, as the table has them.
func endingEvent(v referral.View, way string) (referral.Event, bool) {
	for _, e := range map[string][]referral.Event{endCancel: {referral.Cancel}, endError: {referral.Void, referral.ReportError}, endDeath: {referral.RecordDeath}}[way] {
		if _, ok := v.May(e, ""); ok {
			return e, true
		}
	}
	return "", false
}

// referEnd asks why a referral should end: an interruption before anything is done.
func (h *Handlers) referEnd(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showEnd(c, http.StatusOK, who, v, "", nil)
}

func (h *Handlers) showEnd(c echo.Context, status int, who auth.Actor, v referral.View, way string, bad check.List) error {
	title := "Cancel this referral"
	if v.State == referral.Draft {
		title = "Delete this draft"
	}
	f := h.referFrame(c, title, who, backToTasks(v)...)
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	page := refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"This cannot be undone. Hospitals that have it are told to stop and to delete their copy, and the patient is told. To go on later, begin a new referral."}}
	if v.State == referral.Draft {
		page.Lead = []string{"This cannot be undone. Nobody but your practice has this draft. If you need it later, begin a new one."}
	}
	form := func(which, words string, parts ...views.Part) refer.Form {
		return refer.Form{Action: link.Referral(v.Reference, "end"), Keep: []ui.Hidden{{Name: "way", Value: which}, {Name: "version", Value: strconv.FormatInt(v.Version, 10)}}, Parts: parts, Buttons: []ui.Button{{Text: words, Look: "danger"}}, Other: ui.Link{Text: "No, keep it", Href: link.Referral(v.Reference)}}
	}
	at := func(which, field string) (value, problem string) {
		if which != way {
			return "", ""
		}
		return c.FormValue(field), bad.On(field)
	}
	some := false
	if a, ok := v.May(referral.Cancel, ""); ok {
		some = true
		reason, wrong := at(endCancel, "reason")
		comment, bad2 := at(endCancel, "comment")
		choices := ui.Choices{ID: "reason", Name: "reason", Legend: "Why?", Error: wrong}
		for _, code := range otherLast(a.Options) {
			choices.Options = append(choices.Options, ui.Choice{Value: code, Text: referral.LabelOf(referral.Reason(code)), Checked: code == reason})
		}
		page.Parts = append(page.Parts, form(endCancel, title, choices, ui.Field{ID: "comment", Name: "comment", Label: "In your own words", Hint: "Needed for some reasons. The patient and our coordinator can read it.", Type: "textarea", Rows: 3, Value: comment, Error: bad2}))
	}
	if _, ok := endingEvent(v, endError); ok {
		some = true
		text, wrong := at(endError, "text")
		page.Parts = append(page.Parts, refer.Fold{Summary: "It should never have been: wrong patient, or entered in error", Open: way == endError, Parts: []views.Part{form(endError, "Report as entered in error", ui.Field{ID: "text", Name: "text", Label: "What happened?", Hint: "Its content is locked at once. If a hospital had it, a second person confirms.", Type: "textarea", Rows: 3, Value: text, Error: wrong})}})
	}
	if _, ok := endingEvent(v, endDeath); ok {
		some = true
		source, wrong := at(endDeath, "source")
		_, wrong2 := at(endDeath, "confirmed")
		typed, _ := c.FormParams()
		day := deskDay("on", "Day of death", "For example, 22 11 2026.", typed, bad)
		page.Parts = append(page.Parts, refer.Fold{Summary: "The patient has died", Open: way == endDeath, Parts: []views.Part{form(endDeath, "Record that the patient has died",
			ui.Field{ID: "source", Name: "source", Label: "Who told you?", Value: source, Error: wrong}, day, views.CheckBox{ID: "confirmed", Name: "confirmed", Text: "I have confirmed this. All messages stop at once.", Error: wrong2})}})
	}
	if !some {
		page.Lead = []string{"You cannot end this referral now. The named clinician can cancel it before the patient is in hospital. Write to us if something is wrong."}
		page.Parts = []views.Part{refer.Row{Links: []ui.Link{{Text: "Timeline and messages", Href: link.Referral(v.Reference, "timeline")}}}}
	}
	return h.showRefer(c, status, v, f, page)
}

// otherLast puts the reason that is none of the others at the end, where people look for it.
func otherLast(codes []string) []string {
	other := string(referral.OtherReason)
	out := slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code == other })
	if len(out) < len(codes) {
		out = append(out, other)
	}
	return out
}

func (h *Handlers) referEndSend(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	way := c.FormValue("way")
	e, ok := endingEvent(v, way)
	if !ok && v.State == referral.Closed { // a second click
		return c.Redirect(http.StatusSeeOther, doneAt(link.ReferDashboard, "ended"))
	}
	if !ok {
		return h.showEnd(c, http.StatusConflict, who, v, way, nil)
	}
	in := referral.Input{Reason: referral.Reason(c.FormValue("reason")), Comment: check.Lines(c.FormValue("comment")), Text: check.Lines(c.FormValue("text")), Source: c.FormValue("source"), Confirmed: c.FormValue("confirmed") == "yes"}
	in.Version, _ = strconv.ParseInt(c.FormValue("version"), 10, 64)
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	var unread check.List
	in.On = readDay(form, "on", &unread) // a day that is none is asked for like one that is missing
	done, err := h.cfg.Referrals.Do(c.Request().Context(), who, v.ID, e, in)
	if isStale(err) {
		if v, err = h.looked(c, who); err != nil {
			return err
		}
		var bad check.List
		bad.Add("reason", "Somebody changed this referral after you opened the page. Look at it again before you end it")
		return h.showEnd(c, http.StatusConflict, who, v, way, bad)
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showEnd(c, http.StatusUnprocessableEntity, who, v, way, done.Problems)
	}
	if e == referral.ReportError {
		return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "timeline"), "sent"))
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.ReferDashboard, "ended"))
}
