package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// referTyping is a message or an answer that could not be sent, in its form again.
type referTyping struct {
	form, text, provider string
	bad                  check.List
}

// referTimeline is what happened and what was said (ux.md §6.13).
func (h *Handlers) referTimeline(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showTimeline(c, http.StatusOK, who, v, referTyping{})
}

func (h *Handlers) referToTimeline(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.Referral(v.Reference, "timeline")+"#messages")
}

func (h *Handlers) showTimeline(c echo.Context, status int, who auth.Actor, v referral.View, t referTyping) error {
	if err := h.cfg.Referrals.SawThread(c.Request().Context(), who, v, referral.AllThreads); err != nil {
		return err
	}
	f := h.referFrame(c, "Timeline and messages", who, backToTasks(v)...)
	f.Errors = problemsOf(t.bad)
	if f.Errors != nil {
		f.Failed = true
		for i := range f.Errors.Problems {
			f.Errors.Problems[i].FieldID = t.form + "-" + t.provider
		}
	}
	page := refer.Page{Wide: true, Caption: "Referral " + v.Reference + ", " + lowerFirst(stateWords[v.State]) + ". " + stepWords[v.State] + "."}
	for _, flag := range v.Flags {
		if words := flagSays[flag]; words != "" {
			page.Parts = append(page.Parts, caution("On hold", words))
		}
	}
	if v.State == referral.Returned {
		page.Parts = append(page.Parts, h.whereItStands(v)...)
	}
	if v.Package != nil {
		page.Parts = append(page.Parts, packageCard(v))
	}
	history := refer.History{Empty: "Nothing has happened yet.", Items: append(h.expected(v), h.historyOf(v, v.Timeline).Items...)}
	page.Parts = append(page.Parts, h.timelineLinks(v, who))
	left := refer.Group{ID: "timeline", Title: "Timeline", Parts: append(h.moreParts(v), h.lateParts(v), history)}
	right := refer.Group{ID: "messages", Title: "Messages", Note: "Not for anything urgent: nobody reads these at once. In an emergency call 999.", Parts: h.threads(v, t)}
	page.Parts = append(page.Parts, refer.Two{Left: left, Right: right})
	return h.showRefer(c, status, v, f, page)
}

func (h *Handlers) timelineLinks(v referral.View, who auth.Actor) refer.Row {
	row := refer.Row{Links: []ui.Link{{Text: "Read the answers", Href: link.Referral(v.Reference, "check")}, {Text: "Print a summary", Href: link.Referral(v.Reference, "print")}}}
	if auth.Can(who.Role, auth.ReferralExport) {
		row.Links = append(row.Links, ui.Link{Text: "Take a copy along", Href: link.Referral(v.Reference, "export")})
	}
	if _, ok := v.May(referral.AddDocument, ""); ok {
		row.Links = append(row.Links, ui.Link{Text: "Add documents", Href: link.Referral(v.Reference, "attachments")})
	}
	if _, ok := v.May(referral.Cancel, ""); ok {
		row.Links = append(row.Links, ui.Link{Text: "Cancel this referral", Href: link.Referral(v.Reference, "end")})
	} else if _, ok := v.May(referral.RecordDeath, ""); ok {
		row.Links = append(row.Links, ui.Link{Text: "Tell us that the patient has died", Href: link.Referral(v.Reference, "end")})
	}
	if _, ok := v.May(referral.ReportComplication, ""); ok {
		row.Links = append(row.Links, ui.Link{Text: "Report a complication", Href: link.Referral(v.Reference, "complication")})
	}
	return row
}

func (h *Handlers) byWords(v referral.View, by auth.Role, hospital string) string {
	switch auth.KindOf(by) {
	case auth.Practice:
		return upperFirst(roleWords[by]) + ", your practice"
	case auth.Hospital:
		if p := v.Hospital(hospital); p != nil && by == auth.ProviderClinician {
			return upperFirst(roleWords[by]) + ", " + p.Listed.Name
		} else if p != nil { // who keeps the listing there says nothing to a clinician
			return p.Listed.Name
		}
		return upperFirst(roleWords[by])
	case auth.Alliance:
		return upperFirst(roleWords[by]) + ", Care Corridor"
	}
	if by == auth.Patient {
		return "The patient"
	}
	if by == referral.Receiver {
		return "GP or aftercare provider"
	}
	return "Care Corridor, by itself"
}

// lateParts are buttons to remind whoever is late.
func (h *Handlers) lateParts(v referral.View) refer.Pressed {
	var out refer.Pressed
	if _, ok := v.May(referral.Chase, ""); !ok {
		return out
	}
	for _, k := range v.Clocks {
		if words := timerWords[k.Timer]; k.Late && words != "" {
			name := "the hospital"
			if p := v.Hospital(k.Hospital); p != nil {
				name = p.Listed.Name
			}
			out = append(out, refer.Press{Action: link.Referral(v.Reference, "chase"), Keep: []ui.Hidden{{Name: "timer", Value: string(k.Timer)}, {Name: "provider", Value: k.Hospital}},
				Button: ui.Button{Text: "Send a reminder: " + lowerFirst(strings.ReplaceAll(words, "#", name)), Look: ui.Secondary}})
		}
	}
	return out
}

// threads are the messages with each hospital that has the referral, and with us.
func (h *Handlers) threads(v referral.View, t referTyping) (out []views.Part) {
	for _, p := range v.Hospitals {
		if p.SentAt.IsZero() {
			continue
		}
		thread := refer.Thread{ID: "thread-" + p.ID, Title: p.Listed.Name, Note: responseNote(p), Messages: h.messages(v, p.ID)}
		for _, o := range p.Offers {
			thread.Parts = append(thread.Parts, offerCard(o))
		}
		if a, ok := v.May(referral.Answer, p.ID); ok {
			thread.Parts = append(thread.Parts, h.wordsForm(v, t, "answer", a.Provider, p.Version, "Answer the question", "Send the answer"))
		}
		if a, ok := v.May(referral.Message, p.ID); ok {
			thread.Parts = append(thread.Parts, h.wordsForm(v, t, "message", a.Provider, p.Version, "Write to "+p.Listed.Name, "Send message"))
		}
		out = append(out, thread)
	}
	desk := refer.Thread{ID: "thread-desk", Title: "Care Corridor", Messages: h.messages(v, "")}
	if _, ok := v.May(referral.WriteToDesk, ""); ok {
		desk.Parts = append(desk.Parts, h.wordsForm(v, t, "message", "desk", v.Version, "Write to us", "Send message"))
	}
	if len(desk.Messages)+len(desk.Parts) > 0 {
		out = append(out, desk)
	}
	if len(out) == 0 {
		out = append(out, refer.Words{Text: "Messages are possible once the referral is sent.", Mute: true})
	}
	return out
}

// responseNote is what a hospital answered, and what may not be written to it yet.
func responseNote(p referral.HospitalView) string {
	note := "Response: " + responseWords[p.Response] + "."
	if slices.Contains([]referral.Response{referral.Sent, referral.Opened, referral.InfoRequested, referral.Offered}, p.Response) {
		note += " Leave out contact details until an offer is accepted."
	}
	return note
}

// offerCard is a hospital's opinion as the referrer may see it.
func offerCard(o referral.OfferView) refer.Answers {
	card := refer.Answers{Title: "Opinion " + strconv.FormatInt(o.Number, 10), Facts: ui.SummaryList{{Label: "Opinion", Value: o.Text}, {Label: "Signed by", Value: firstOf(o.ByName, "A clinician of the hospital"), Note: bothTimes(o.At)}}}
	if o.Quote != nil {
		card.Facts = append(card.Facts, ui.Fact{Label: "Total of the quote", Value: o.Quote.Total().String(), Note: "Valid until " + o.Quote.ValidUntil.Long()})
	}
	return card
}

var responseWords = map[referral.Response]string{referral.Unsent: "not sent", referral.Sent: "sent, not opened yet", referral.Opened: "opened", referral.InfoRequested: "asks for more information", referral.Offered: "offered", referral.Declined: "declined", referral.Lapsed: "no answer in time",
	referral.WithdrawnFrom: "taken back", referral.Selected: "chosen by the patient", referral.NotSelected: "not chosen"}

func (h *Handlers) wordsForm(v referral.View, t referTyping, kind, provider string, version int64, label, button string) refer.Form {
	id := kind + "-" + provider
	field := ui.Field{ID: id, Name: "text", Label: label, Type: "textarea", Rows: 4}
	if t.form == kind && t.provider == provider {
		field.Value, field.Error = t.text, t.bad.On("text")
		if field.Error == "" && len(t.bad) > 0 {
			field.Error = t.bad[0].Say
		}
	}
	action := link.Referral(v.Reference, "messages")
	if kind == "answer" {
		action = link.Referral(v.Reference, "answer")
	}
	return refer.Form{Action: action, Keep: []ui.Hidden{{Name: "provider", Value: provider}, {Name: "version", Value: strconv.FormatInt(version, 10)}}, Parts: []views.Part{field}, Buttons: []ui.Button{{Text: button, Look: ui.Secondary}}}
}

var saidKinds = map[referral.Event]string{referral.Ask: "Question", referral.Answer: "Answer", referral.Decline: "Why it declined", referral.Return: "Why it came back"}

// messages of a thread, oldest first.
func (h *Handlers) messages(v referral.View, hospital string) (out []refer.Message) {
	for _, w := range v.Words {
		text := firstOf(w.Text, w.Comment)
		said := w.Event == referral.Message || w.Event == referral.WriteToDesk || saidKinds[w.Event] != ""
		if w.Hospital != hospital || text == "" || !said {
			continue
		}
		own := auth.KindOf(w.By) == auth.Practice
		m := refer.Message{Who: h.byWords(v, w.By, w.Hospital), At: bothTimes(w.At), Text: text, Kind: saidKinds[w.Event], Own: own, New: !own && !w.Read}
		out = append(out, m)
	}
	return out
}

// referWrite sends a message into a hospital's thread or to us.
func (h *Handlers) referWrite(c echo.Context, who auth.Actor) error {
	return h.say(c, who, "message", "sent")
}

// referAnswer answers a hospital's question: its time runs again.
func (h *Handlers) referAnswer(c echo.Context, who auth.Actor) error {
	return h.say(c, who, "answer", "answered")
}

func (h *Handlers) say(c echo.Context, who auth.Actor, kind, did string) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	t := referTyping{form: kind, text: check.Lines(c.FormValue("text")), provider: c.FormValue("provider")}
	e, in := referral.Message, referral.Input{Provider: t.provider, Text: strings.TrimSpace(t.text)}
	in.Version, _ = strconv.ParseInt(c.FormValue("version"), 10, 64)
	switch {
	case kind == "answer":
		e = referral.Answer
	case t.provider == "desk":
		e, in.Provider = referral.WriteToDesk, ""
	}
	if _, ok := v.May(e, in.Provider); !ok { // it changed since the page was made: the words are kept
		t.bad.Add("text", "This is not possible any more. Your words are below: copy them if you need them")
		return h.showTimeline(c, http.StatusConflict, who, v, t.movable(v))
	}
	done, err := h.cfg.Referrals.Do(c.Request().Context(), who, v.ID, e, in)
	if isStale(err) {
		if v, err = h.looked(c, who); err != nil {
			return err
		}
		t.bad.Add("text", "Somebody changed this after you opened it. Read what is new, then send your words again")
		return h.showTimeline(c, http.StatusConflict, who, v, t.movable(v))
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		t.bad = done.Problems
		return h.showTimeline(c, http.StatusUnprocessableEntity, who, v, t)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "timeline"), did)+"#messages")
}

// movable moves words whose form is no longer there into one that is: the message to us.
func (t referTyping) movable(v referral.View) referTyping {
	events := map[string]referral.Event{"answer": referral.Answer, "message": referral.Message}
	if _, ok := v.May(events[t.form], t.provider); ok && t.provider != "desk" {
		return t
	}
	t.form, t.provider = "message", "desk"
	return t
}

// referChase reminds whoever is late.
func (h *Handlers) referChase(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	in := referral.Input{Timer: referral.Timer(c.FormValue("timer")), Provider: c.FormValue("provider"), Version: v.Version}
	done, err := h.cfg.Referrals.Do(c.Request().Context(), who, v.ID, referral.Chase, in)
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showTimeline(c, http.StatusUnprocessableEntity, who, v, referTyping{bad: done.Problems})
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "timeline"), "chased"))
}

// packageCard is what came home with the patient.
func packageCard(v referral.View) refer.Answers {
	p := v.Package
	card := refer.Answers{Title: "Discharge package", Facts: ui.SummaryList{{Label: "In hospital", Value: p.Stay.Admitted.Long() + " to " + p.Stay.Discharged.Long()}}}
	add := func(label string, words []string) {
		if len(words) > 0 {
			card.Facts = append(card.Facts, ui.Fact{Label: label, Value: strings.Join(words, "\n")})
		}
	}
	var diagnoses, procedures, medicines, results, follow, implants []string
	for _, d := range p.Diagnoses {
		diagnoses = append(diagnoses, d.Text)
	}
	for _, d := range p.Procedures {
		procedures = append(procedures, strings.Join(filled(d.Name.Text, d.Side, d.On.Long()), ", "))
	}
	for _, m := range p.Medicines {
		medicines = append(medicines, strings.Join(filled(m.Drug, m.Dose, m.Frequency, m.Duration, m.Change), ", "))
	}
	for _, r := range p.Results {
		if !r.Final {
			results = append(results, r.Name+", from "+r.Owner+" by "+r.By.Long())
		}
	}
	for _, i := range p.Implants {
		implants = append(implants, strings.Join(filled(i.Maker, i.Model, i.Lot), ", ")+", MRI "+i.MRI)
	}
	for _, f := range p.FollowUps {
		follow = append(follow, f.What+", on "+f.On.Long()+", ordered by "+f.OrderedBy)
	}
	add("Diagnoses", diagnoses)
	add("Procedures", procedures)
	add("Implants", implants)
	add("Medicines", medicines)
	add("Results still to come", results)
	add("Follow-up", follow)
	add("Warning signs", filled(p.RedFlags.Signs, p.RedFlags.Do))
	if v.Alert != nil {
		card.Status = ui.Badge{Tone: ui.Warn, Text: "Overseas-care alert: screen for resistant organisms"}
	}
	return card
}
