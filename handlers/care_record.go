package handlers

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) careRecordRoutes() []route {
	return []route{
		h.asPatient("GET", link.CareLooked, h.careLooked),
		h.asPatient("GET", link.CareExport, h.careExport),
		h.asPatient("POST", link.CareExport, h.careExportSend).withFiles(),
		h.asPatient("GET", link.CareErase, h.careErase),
		h.asPatient("POST", link.CareErase, h.careEraseSave),
	}
}

// careLooked lists everybody who read or changed the record, the newest first: people by their role and organisation,
// and professionals by name.
func (h *Handlers) careLooked(c echo.Context, p inCare) error {
	list, err := h.cfg.Referrals.WhoLooked(c.Request().Context(), p.Actor, p.view.ID)
	if err != nil {
		return err
	}
	v := care.Sheet{Heading: "Who looked at your record", Wide: true, Back: p.mine(), Lead: []string{"Every time somebody opens or changes your referral it is written down, and nobody can change that. Somebody to whom a list of referrals showed something of yours is here once, with the number of days. Your own visits are not in this list.", "Is there somebody who should not be here? Write to us."}}
	t := ui.StackTable{Caption: "Who looked", Head: []ui.Column{{Text: "When"}, {Text: "Who"}, {Text: "What they did"}}}
	for _, l := range list {
		if l.By == auth.Patient {
			continue
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: bothTimes(l.At)}, {Text: lookedBy(l), Note: l.Org}, {Text: lookedWhat(l), Note: lookedWhy(l)}}})
	}
	s := care.Section{}
	if len(t.Rows) > 0 {
		s.Tables = []ui.StackTable{t}
	} else {
		s.Text = []string{"Nobody but you has looked at it."}
	}
	s.Links = []ui.Link{{Text: "Write to Care Corridor", Href: link.CareMessages}}
	v.Sections = []care.Section{s}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, "Who looked", p.mine()), v))
}

func lookedBy(l referral.Looked) string {
	role := upperFirst(roleWords[l.By])
	switch {
	case l.By == referral.System || l.By == "":
		return "The site itself"
	case l.By == referral.Receiver:
		return "Your GP or aftercare provider, by their link"
	case l.Person != "" && role != "":
		return l.Person + ", " + lowerFirst(role)
	}
	return firstOf(l.Person, role, "Somebody")
}

// careLookedWords are the actions of the trail in plain words.
var careLookedWords = map[string]string{
	"referral.view": "Read it", "referral.open_document": "Opened a document", "referral.add_copy": "Added a document", "referral.document_unsafe": "Blocked a document that may hold a virus", "referral.export": "Took a copy",
	"referral.amend": "Changed the answers", "referral.choose": "Changed which hospitals are asked", "referral.remove_document": "Removed a document", "referral.disclose": "Gave it to a hospital, as you agreed", "referral.message": "Wrote a message", "referral.write_to_desk": "Wrote to Care Corridor",
	"referral.clear_duplicates": "Checked that it was not sent twice", "referral.handback_address": "Recorded where your GP gets the papers", "referral.link_here": "Made a link for you to enter", "referral.passport_forgotten": "Deleted your passport details", "referral.erased": "Deleted your data", "referral.breakglass": "Opened it without it being on their list", "referral.access_log": "Looked at this list",
	"referral.refused": "Tried to open it and was refused", "referral.chase": "A reminder was sent", "referral.standing": "Saw how far it is, without reading it", "referral.list": "Saw it in a list", "referral.wrong_patient": "Sent discharge papers that name somebody else: they were refused",
}

// lookedWhy is the reason that was given with it, in words; a coded one by its label.
func lookedWhy(l referral.Looked) string {
	if l.Why == "" {
		return ""
	}
	if label := referral.LabelOf(referral.Reason(l.Why)); label != l.Why {
		return "Reason: " + lowerFirst(label)
	}
	return "Reason: " + l.Why
}

// lookedWhat is what somebody did in words; an action without any is written as it is called.
func lookedWhat(l referral.Looked) string {
	if words, ok := careLookedWords[l.What]; ok {
		if l.Days > 1 {
			words += ", on " + strconv.Itoa(l.Days) + " days"
		}
		return words
	}
	_, name, _ := strings.Cut(l.What, ".")
	p := inCare{}
	if said := p.careSaid(referral.EventView{Event: referral.Event(name), By: l.By}); said != "" {
		return strings.TrimRight(upperFirst(said), ".: ")
	}
	return upperFirst(strings.ReplaceAll(name, "_", " "))
}

func (h *Handlers) careExport(c echo.Context, p inCare) error {
	v := care.Sheet{Heading: "Take everything with you", Back: p.mine(), Lead: []string{"You get one file (ZIP) with everything of your referral: a summary to read (PDF), all data in a form that other systems understand (FHIR), and your documents as you sent them.",
		"It holds health information in clear. Keep it safe, and do not send it by ordinary mail."},
		Do: []views.Part{care.Press{Action: link.CareExport, Button: ui.Button{Text: "Download everything"}}}}
	return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, v.Heading, p.mine()), v))
}

// careExportSend is written whole before anything is sent, so that a failure is a page and not half a file.
func (h *Handlers) careExportSend(c echo.Context, p inCare) error {
	var b bytes.Buffer
	if err := h.cfg.Referrals.Export(c.Request().Context(), p.Actor, p.view.ID, &b); err != nil {
		return err
	}
	return download(c, "referral-"+p.view.Reference+".zip", "application/zip", b.Bytes())
}

func (h *Handlers) careErase(c echo.Context, p inCare) error {
	heading := "Have your data deleted"
	keeps := care.Section{Title: "What remains", List: []string{"The reference, the dates and what happened, without names and without health information, for 8 years.", "Who looked at your record, without what they saw.", "A hospital that treated you keeps its own record, as the law there asks of it."}}
	switch {
	case !p.view.Erasure.AskedAt.IsZero():
		v := care.Sheet{Heading: heading, Back: p.mine(), Lead: []string{"You asked us on " + ukTime(p.view.Erasure.AskedAt) + ". Two of our staff must agree, so that nobody can delete a record alone. It is done within 1 month. We then write to your email address one last time, and delete it with the rest."}, Sections: []care.Section{keeps}}
		return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, heading, p.mine()), v))
	case !p.may(referral.RequestErasure, ""):
		v := care.Sheet{Heading: heading, Back: p.mine(), Lead: []string{"Your referral is still open. Withdraw it first: hospitals are then told at once to stop and to delete their copies. Afterwards you can ask us to delete ours."}, Sections: []care.Section{keeps, {Links: []ui.Link{{Text: "Withdraw my referral", Href: link.CareWithdraw}}}}}
		return show(c, http.StatusOK, care.SheetPage(h.careFrame(p, heading, p.mine()), v))
	}
	page := views.EnquiryForm{Heading: "Ask us to delete your data?", Submit: "Ask for deletion", Danger: true, Keep: []ui.Hidden{versionField(p.view.Version)}, Other: views.Anchor{Text: "No, keep my data", URL: link.Care},
		Lead:   []string{"This is for good: your answers, documents, messages, quotes and discharge papers. Take a copy first.", "Two of our staff must agree. We answer within 1 month. If the law asks us to keep something, we tell you what and why."},
		Before: []views.Part{care.Sections{keeps, {Links: []ui.Link{{Text: "Take everything with you first", Href: link.CareExport}}}}}}
	return h.careAsk(c, http.StatusOK, p, page, nil)
}

func (h *Handlers) careEraseSave(c echo.Context, p inCare) error {
	return h.happen(c, p, referral.RequestErasure, referral.Input{Version: seenVersion(c)}, link.CareErase, func(check.List) error { return h.careErase(c, p) })
}
