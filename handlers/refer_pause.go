package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// cautionPart is a caution among the parts of a page.
type cautionPart struct {
	title string
	text  []string
}

// View draws it.
func (p cautionPart) View() templ.Component {
	return ui.Caution{Title: p.title, Text: p.text}.View()
}

// pausedFields are the buttons and what an interruption says anew.
var pausedFields = []string{"do", "confirmed", "version", "seen"}

// askOnce asks about what is possible and seldom before it is kept: an interruption, not an error.
func (h *Handlers) askOnce(c echo.Context, who auth.Actor, v referral.View, p referPage, t referTyped, odd check.List) error {
	f := h.referFrame(c, "Check before you save", who, backToTasks(v)...)
	var say refer.Check
	for _, one := range odd {
		say = append(say, one.Say)
	}
	action, keep := link.Referral(v.Reference, p.slug), append(kept(t.values, pausedFields...), t.keep()...)
	return h.showRefer(c, http.StatusOK, v, f, refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"Nothing is saved yet. This may be right. Look at it once more."}, Parts: []views.Part{say,
		refer.Form{Action: action, Keep: append(keep, ui.Hidden{Name: "confirmed", Value: "yes"}), Buttons: []ui.Button{{Text: "It is right: save it", Name: "do", Value: "save"}}},
		refer.Form{Action: action, Keep: keep, Buttons: []ui.Button{{Text: "Go back and change it", Name: "do", Value: "edit", Look: ui.Secondary}}}}})
}

// clinicianStops are stops in words for a clinician, where those of the record speak to a patient.
var clinicianStops = map[record.StopCode]refer.Stop{
	record.StopCancer: {Text: []string{"The NHS urgent pathway is faster than any journey, and a journey must not delay it. Use your usual urgent suspected cancer referral, or speak to the team on call, today."},
		Links: []ui.Link{{Text: "NICE guideline NG12: recognition and referral of suspected cancer", Href: "https://www.nice.org.uk/guidance/ng12"}}},
	record.StopUnderAge: {Text: []string{"A patient must be 18 or over. Use your usual route to the specialist for children."}},
}

// showReferStop leads elsewhere. Nothing is saved, and what was typed comes back with either button.
func (h *Handlers) showReferStop(c echo.Context, who auth.Actor, v referral.View, p referPage, t referTyped, stop record.Stop) error {
	f := h.referFrame(c, stop.Title, who, backToTasks(v)...)
	part := refer.Stop{Emergency: stop.Code == record.StopEmergency || stop.Code == record.StopCrisis, Text: []string{stop.Text}, Found: stop.Words}
	for _, l := range stop.Links {
		part.Links = append(part.Links, ui.Link{Text: l.Text, Href: l.Address})
	}
	if own, ok := clinicianStops[stop.Code]; ok {
		part.Text, part.Links = own.Text, own.Links
	}
	action, keep := link.Referral(v.Reference, p.slug), append(kept(t.values, pausedFields...), t.keep()...)
	parts := []views.Part{part}
	if stop.CanContinue {
		parts = append(parts, refer.Form{Action: action, Keep: append(keep, ui.Hidden{Name: "not_now", Value: string(stop.Code)}),
			Parts: []views.Part{views.Para("Your words raised this, and they can be wrong. If it is not so, go on.")}, Buttons: []ui.Button{{Text: "It is not so: save and continue", Name: "do", Value: "save"}}})
	}
	parts = append(parts, refer.Form{Action: action, Keep: keep, Buttons: []ui.Button{{Text: "Go back and change the answer", Name: "do", Value: "edit", Look: ui.Secondary}}})
	return h.showRefer(c, http.StatusUnprocessableEntity, v, f, refer.Page{Caption: "Referral " + v.Reference, Parts: parts})
}

// showBothNow is showBoth when the service itself saw that somebody was faster.
func (h *Handlers) showBothNow(c echo.Context, who auth.Actor, p referPage, t referTyped) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	held, typed := writtenOf(v), writtenOf(v)
	var bad check.List
	p.read(t.values, typed, &bad)
	tidy(typed)
	return h.showBoth(c, who, v, p, t, held, typed)
}

// showBoth shows what is there now beside what was typed. Nothing is saved, and nothing that was typed is lost.
func (h *Handlers) showBoth(c echo.Context, who auth.Actor, v referral.View, p referPage, t referTyped, held, typed written) error {
	f := h.referFrame(c, "Somebody else changed this", who, backToTasks(v)...)
	table := ui.Compare{Caption: "What is there now, and what you wrote", Old: "There now", New: "You wrote"}
	theirs, yours := h.referFacts(p, held), h.referFacts(p, typed)
	for _, label := range labelsOf(theirs, yours) {
		if a, b := valueOf(theirs, label), valueOf(yours, label); a != b {
			table.Rows = append(table.Rows, ui.CompareRow{Field: label, Old: a, New: b})
		}
	}
	mine := referTyped{values: t.values, version: v.Version, seen: p.print(held)}
	action, keep := link.Referral(v.Reference, p.slug), append(kept(t.values, pausedFields...), mine.keep()...)
	return h.showRefer(c, http.StatusConflict, v, f, refer.Page{Caption: "Referral " + v.Reference, Wide: true,
		Lead: []string{"While you had the page open, a colleague or another tab of yours saved “" + p.title + "”. Nothing of yours is saved yet, and nothing is lost: choose."},
		Parts: []views.Part{table, refer.Form{Action: action, Keep: keep, Buttons: []ui.Button{{Text: "Save what I wrote", Name: "do", Value: "save"}, {Text: "Look at what I wrote again", Name: "do", Value: "edit", Look: ui.Secondary}},
			Other: ui.Link{Text: "Keep what is there now", Href: link.Referral(v.Reference)}}}})
}

// tooLate says that the answers can no longer be changed, and gives back what was typed.
func (h *Handlers) tooLate(c echo.Context, who auth.Actor, v referral.View, p referPage, form url.Values) error {
	typed := writtenOf(v)
	var bad check.List
	p.closeRanks(form)
	p.read(form, typed, &bad)
	f := h.referFrame(c, "This can no longer be changed", who, backToTasks(v)...)
	return h.showRefer(c, http.StatusConflict, v, f, refer.Page{Caption: "Referral " + v.Reference,
		Lead:  []string{"The referral has moved on: " + lowerFirst(stateWords[v.State]) + ". Below is what you typed. You can send it as a message instead."},
		Parts: []views.Part{refer.Answers{Title: "What you typed", Facts: h.referFacts(p, typed)}, refer.Row{Links: []ui.Link{{Text: "Go to the timeline and messages", Href: link.Referral(v.Reference, "timeline")}}}}})
}

func labelsOf(lists ...ui.SummaryList) (out []string) {
	seen := map[string]bool{}
	for _, list := range lists {
		for _, one := range list {
			if !seen[one.Label] {
				seen[one.Label] = true
				out = append(out, one.Label)
			}
		}
	}
	return out
}

func valueOf(list ui.SummaryList, label string) string {
	for _, one := range list {
		if one.Label == label && !one.Missing {
			return one.Value
		}
	}
	return ""
}

// savedPart reports whether a part of the record was ever kept.
func savedPart(v referral.View, part referral.Part) bool {
	return map[referral.Part]bool{referral.InPatient: v.Patient != nil, referral.InPathway: v.Pathway != nil, referral.InClinical: v.Clinical != nil,
		referral.InSafety: v.Safety != nil, referral.InPreferences: v.Preferences != nil}[part]
}

func shownMap(m map[string]any) string {
	b, err := json.Marshal(m)
	if err != nil {
		return strconv.Quote(err.Error())
	}
	return string(b)
}
