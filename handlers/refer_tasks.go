package handlers

import (
	"fmt"
	"net/http"
	"slices"

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

// Statuses of a section, as ui.Task knows them.
const (
	sectionDone  = "Completed"
	sectionBegun = "In progress"
	sectionNew   = "Not yet started"
	sectionLater = "Cannot start yet"
	sectionBad   = "There is a problem"
	sectionFree  = "Optional"
)

// section is one row of the list.
type section struct {
	slug, text, hint, status string
	group                    int
}

var sectionGroups = []string{"1. Patient and consent", "2. Clinical information", "3. Hospitals and travel", "4. Check and send"}

// sectionsOf are all sections with how far each is.
func (h *Handlers) sectionsOf(v referral.View) []section {
	w := writtenOf(v)
	page := func(p referPage, group int) section {
		return section{slug: p.slug, text: p.task, status: h.pageStatus(v, p, w), group: group}
	}
	consent := page(pageConsent, 0)
	consent.hint = "We mail the patient a link after you sign, or they read it here with you"
	if consent.status == sectionDone && !v.Contact {
		consent.status, consent.hint = sectionBegun, "Check the email address with the patient"
	}
	pathway := page(pagePathway, 0)
	if v.Pathway != nil && v.Pathway.Kind != "" {
		pathway.hint = choiceText(pagePathway.items[0].options, string(v.Pathway.Kind))
	}
	out := []section{page(pagePatient, 0), consent, pathway, page(pageClinical, 1), page(pageMedicines, 1), filesSection(v), hospitalsSection(v), page(pageTravel, 2)}
	return append(out, checkSection(v, out))
}

// pageStatus is how far a page of the form is.
func (h *Handlers) pageStatus(v referral.View, p referPage, w written) string {
	begun, whole := false, true
	for _, i := range p.items {
		if value := h.referWords(i, i.field, p.values(w)); i.part != "" && value != "" && value != "No" {
			begun = true
		}
	}
	for _, part := range p.parts() {
		problems, known := v.Problems[part]
		if !known && !savedPart(v, part) {
			problems = check.List{{Field: string(part)}}
		}
		if len(p.of(problems)) > 0 || problems.On(string(part)) != "" || !savedPart(v, part) {
			whole = false
		}
	}
	switch {
	case begun && whole:
		return sectionDone
	case begun:
		return sectionBegun
	}
	return sectionNew
}

func filesSection(v referral.View) section {
	s := section{slug: "attachments", text: "Scans, letters and test results", status: sectionFree, hint: "You can go on without", group: 1}
	checking := 0
	for _, f := range v.Files {
		switch f.Scan {
		case record.ScanPending:
			checking++
		case record.ScanThreat, record.ScanFailed:
			s.status, s.hint = sectionBad, "A document was blocked. Remove it"
			return s
		}
	}
	switch {
	case checking > 0:
		s.status, s.hint = sectionBegun, plural(checking, "document")+" still being checked for viruses"
	case len(v.Files) > 0:
		s.status, s.hint = sectionDone, plural(len(v.Files), "document")
	}
	return s
}

func hospitalsSection(v referral.View) section {
	s := section{slug: "hospitals", text: fmt.Sprintf("Choose up to %d hospitals", referral.MaxHospitals), status: sectionNew, group: 2}
	if n := len(v.Hospitals); n > 0 {
		s.status, s.hint = sectionDone, plural(n, "hospital")+" chosen"
	}
	return s
}

func checkSection(v referral.View, before []section) section {
	s := section{slug: "check", text: "Check answers and send", group: 3, status: sectionNew}
	if v.State != referral.Draft && v.State != referral.Returned {
		s.status = sectionDone
		return s
	}
	if slices.ContainsFunc(before, func(b section) bool { return b.status != sectionDone && b.slug != "attachments" }) {
		s.status, s.hint = sectionLater, "Complete the other sections first"
	}
	return s
}

// referTasks is the list of sections of a referral; of one that was sent, the way to what became of it.
func (h *Handlers) referTasks(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	if !slices.Contains([]referral.State{referral.Draft, referral.Returned, referral.AwaitingConsent}, v.State) {
		return c.Redirect(http.StatusSeeOther, link.Referral(v.Reference, "timeline"))
	}
	if err := h.cfg.Referrals.SawThread(c.Request().Context(), who, v, referral.DeskThread); err != nil { // why it came back is said here
		return err
	}
	f := h.referFrame(c, "Refer a patient to a hospital in India", who, ui.Link{Text: "My referrals", Href: link.ReferDashboard})
	page := refer.Page{Caption: h.caption(v), Side: h.referSide(v)}
	sections := h.sectionsOf(v)
	page.Parts = append(page.Parts, h.whereItStands(v)...)
	done, of, next := 0, 0, section{}
	list := refer.Tasks{}
	for n, title := range sectionGroups {
		g := ui.TaskGroup{Title: title}
		for _, s := range sections {
			if s.group != n {
				continue
			}
			task := ui.Task{ID: "t-" + s.slug, Text: s.text, Hint: s.hint, Status: s.status}
			if s.status != sectionLater {
				task.Href = link.Referral(v.Reference, s.slug)
			}
			g.Tasks = append(g.Tasks, task)
			if s.status != sectionFree {
				of++
			}
			if s.status == sectionDone {
				done++
			} else if next.slug == "" && s.status != sectionFree && s.status != sectionLater {
				next = s
			}
		}
		list.Groups = append(list.Groups, g)
	}
	if v.State == referral.Draft || v.State == referral.Returned {
		page.Parts = append(page.Parts, refer.Ring{Done: done, Of: of, Strong: fmt.Sprintf("You have completed %d of %d sections", done, of), Text: keptWords(v.State)})
	}
	page.Parts = append(page.Parts, list, h.taskButtons(v, next))
	return h.showRefer(c, http.StatusOK, v, f, page)
}

// keptWords say how long what is written waits for the writer (domain.md §2.2).
func keptWords(s referral.State) string {
	if s == referral.Returned {
		return "You can leave and come back. It ends 28 days after we sent it back, if nobody sends it again."
	}
	return "You can leave and come back. A draft is deleted 30 days after its last change."
}

func (h *Handlers) caption(v referral.View) string {
	s := "Referral " + v.Reference + ", " + lowerFirst(stateWords[v.State])
	if n := len(v.Timeline); n > 0 && v.State == referral.Draft {
		s = "Referral " + v.Reference + ", draft saved " + h.savedAt(v.Timeline[n-1].At)
	}
	return s
}

// whereItStands is over the list: why it came back, who signs, or that it is with others.
func (h *Handlers) whereItStands(v referral.View) (out []views.Part) {
	switch v.State {
	case referral.Draft:
	case referral.Returned:
		var text []string
		if reason := lastReason(v, referral.Return); reason != "" {
			text = append(text, referral.LabelOf(reason)+".")
		}
		if words := lastWords(v, referral.Return); words != "" {
			text = append(text, words)
		}
		out = append(out, caution("We sent this back to you", append(text, "Change what is asked for, then send it again.")...))
	default:
		out = append(out, refer.Words{Strong: stateWords[v.State] + ".", Text: stepWords[v.State] + ".", Link: ui.Link{Text: "Timeline and messages", Href: link.Referral(v.Reference, "timeline")}})
	}
	for _, flag := range v.Flags {
		if words := flagSays[flag]; words != "" {
			out = append(out, caution("On hold", words))
		}
	}
	if v.Stop != nil {
		out = append(out, caution(v.Stop.Title, v.Stop.Text))
	}
	if v.ClinicianName != "" || v.Clinician != "" {
		w := refer.Words{Text: "Signed by: " + firstOf(v.ClinicianName, "the named clinician") + "."}
		if v.State == referral.Draft {
			w.Text = "Named clinician, who signs: " + firstOf(v.ClinicianName, "not chosen") + "."
			w.Link = ui.Link{Text: "Change", Hidden: "the named clinician", Href: link.Referral(v.Reference, "clinician")}
		}
		out = append(out, w)
	} else if v.State == referral.Draft {
		out = append(out, refer.Words{Text: "Nobody is named to sign this.", Link: ui.Link{Text: "Choose the named clinician", Href: link.Referral(v.Reference, "clinician")}})
	}
	return out
}

// flagSays are the holds a referrer is told about.
var flagSays = map[referral.Flag]string{
	referral.SafetyHold:        "This referral is paused for a safety check. Nothing moves forward until that is done. We will tell you.",
	referral.ConsentSuspended:  "The patient has paused sharing. Nothing new is shared until they say so.",
	referral.AccreditationHold: "The accreditation of a hospital is being checked. We have told the patient.",
}

// lastReason is why an event was last done.
func lastReason(v referral.View, e referral.Event) referral.Reason {
	for _, x := range slices.Backward(v.Timeline) {
		if x.Event == e {
			return x.Reason
		}
	}
	return ""
}

// lastWords are what was last written with an event.
func lastWords(v referral.View, e referral.Event) string {
	for n := len(v.Words) - 1; n >= 0; n-- {
		if w := v.Words[n]; w.Event == e {
			return firstOf(w.Comment, w.Text)
		}
	}
	return ""
}

func (h *Handlers) taskButtons(v referral.View, next section) refer.Row {
	row := refer.Row{}
	switch {
	case !mayAmend(v):
		row.Buttons = []ui.Button{{Text: "Timeline and messages", Href: link.Referral(v.Reference, "timeline")}}
	case next.slug != "":
		row.Buttons = []ui.Button{{Text: "Continue with " + lowerFirst(next.text), Href: link.Referral(v.Reference, next.slug)}}
		if next.slug == "check" {
			row.Buttons[0].Text = next.text
		}
	case v.State == referral.AwaitingConsent:
		row.Buttons = []ui.Button{{Text: "Timeline and messages", Href: link.Referral(v.Reference, "timeline")}}
	}
	row.Links = append(row.Links, ui.Link{Text: "Print a summary", Href: link.Referral(v.Reference, "print")})
	if _, ok := v.May(referral.Cancel, ""); ok {
		words := "Cancel this referral"
		if v.State == referral.Draft {
			words = "Delete this draft"
		}
		row.Links = append(row.Links, ui.Link{Text: words, Href: link.Referral(v.Reference, "end")})
	}
	return row
}

// referSide is beside the list: what happens then, what this is not for, help.
func (h *Handlers) referSide(v referral.View) []views.Part {
	name := "The patient"
	if v.Patient != nil && v.Patient.Family != "" && v.Patient.Title != "" {
		name = v.Patient.Title + " " + v.Patient.Family
	}
	help := refer.Card{Title: "Help", Links: []ui.Link{{Text: "Help and contact", Href: link.Help}, {Text: "How we check hospitals", Href: link.HowWeCheck}}}
	if h.cfg.Contact != "" {
		help.Text = []string{h.cfg.Contact}
	}
	return []views.Part{
		refer.Card{Title: "What happens after you send", Text: nil, Parts: []views.Part{afterSending(name), refer.Words{Text: "If nobody answers in time we chase the hospital and tell you."}}},
		caution("Do not use this service for", "emergencies, urgent suspected cancer, or treatment you want the NHS to fund. Use your usual local route."), help}
}

// stateWords are what a state is called to a referrer.
var stateWords = map[referral.State]string{
	referral.Draft: "Draft", referral.AwaitingConsent: "Waiting for the patient’s consent", referral.Triage: "Being checked by us", referral.Returned: "Sent back to you", referral.WithProviders: "With the hospitals",
	referral.Deciding: "The patient is deciding", referral.Accepted: "A hospital is chosen", referral.ReadyToTravel: "Ready to travel", referral.Admitted: "In hospital", referral.Treated: "Treated, discharge package to come",
	referral.Aftercare: "Home, in aftercare", referral.Closed: "Closed",
}

// stepWords say whose turn it is.
var stepWords = map[referral.State]string{
	referral.Draft: "You complete it and sign", referral.AwaitingConsent: "The patient reads the consents", referral.Triage: "We check it within 2 working days", referral.Returned: "You change it and send it again", referral.WithProviders: "The hospitals answer",
	referral.Deciding: "The patient compares and decides", referral.Accepted: "Patient and hospital agree dates", referral.ReadyToTravel: "The patient travels", referral.Admitted: "The hospital treats", referral.Treated: "The hospital completes the discharge package",
	referral.Aftercare: "Follow-up runs", referral.Closed: "Nothing more",
}
