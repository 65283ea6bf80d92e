package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/files"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// recordsUpload takes files.
const recordsUpload = "/enquiry/records/add"

// Limits of an upload: how long as many files of the largest size as one enquiry holds may take on a slow line, their
// bodies with the rest of the form, and how much more is read and thrown away so that the browser hears the answer.
const (
	uploadTime  = 15 * time.Minute
	uploadLimit = files.MaxFiles*files.MaxBytes + 1<<20
	uploadDrain = 256 << 20
)

// unhurried is the guard of an upload: a larger body, and time for it on a slow line.
func unhurried(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, control := c.Request(), http.NewResponseController(c.Response())
		for _, set := range []func(time.Time) error{control.SetReadDeadline, control.SetWriteDeadline} {
			if err := set(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
				return err
			}
		}
		ctx, cancel := context.WithTimeout(r.Context(), uploadTime)
		defer cancel()
		whole := r.Body
		defer context.AfterFunc(ctx, func() { _ = whole.Close() })()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(c.Response(), whole, uploadLimit)
		c.SetRequest(r)
		c.Set(drainKey, func() { _, _ = io.CopyN(io.Discard, whole, uploadDrain) })
		return next(c)
	}
}

// drainKey is where the handler finds how to read what is left of a body that is too large.
const drainKey = "drain"

func (h *Handlers) enquiryRecords(c echo.Context, d enquiry.Draft) error {
	return h.showRecords(c, http.StatusOK, d, nil)
}

// enquiryRecordsAgain shows the page on a new draft: its buttons hold nothing that could be lost.
func (h *Handlers) enquiryRecordsAgain(c echo.Context, d enquiry.Draft) error {
	return h.showRecords(c, http.StatusUnprocessableEntity, d, nil)
}

func (h *Handlers) showRecords(c echo.Context, status int, d enquiry.Draft, refused []string) error {
	f := h.enquiryFrame("Do you want to share records now?", stepBefore(enquiry.StepRecords)...)
	for _, say := range refused {
		if f.Errors == nil {
			f.Errors = &ui.ErrorSummary{}
		}
		f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: say, FieldID: "file"})
	}
	f.Errors = withLost(c, f.Errors)
	v := views.EnquiryRecords{Caption: stepCaption(enquiry.StepRecords), Action: link.EnquiryStep("records"), Upload: recordsUpload, Refused: refused, Full: len(d.Files) >= files.MaxFiles,
		Limits: []string{"PDF, JPEG, PNG, TIFF, HEIC or DICOM", fmt.Sprintf("at most %d MB each, and %d files", files.MaxBytes>>20, files.MaxFiles), "stored encrypted, and sent to nobody before you agree to it"}}
	for _, one := range d.Files {
		v.Files = append(v.Files, views.EnquiryFile{Name: one.Name, Kind: one.Kind.Name, Size: sizeWords(one.Bytes), State: scanWords(one.Scan), RemoveValue: one.ID})
	}
	return show(c, status, views.EnquiryRecordsPage(f, v))
}

func scanWords(s files.Scan) string {
	switch s {
	case files.Safe:
		return "Checked for viruses."
	case files.Blocked:
		return "Blocked: it may hold a virus."
	}
	return "Not checked for viruses yet. Until it is, only you can open it."
}

// sizeWords is a file size as people read it.
func sizeWords(n int64) string {
	switch {
	case n >= 10<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", max(1, n>>10))
}

// enquiryRecordsAdd takes every file of the form. A wrong one is refused by name and the others stay.
func (h *Handlers) enquiryRecordsAdd(c echo.Context, d enquiry.Draft) error {
	d, refused, err := h.addFiles(c, d)
	if drain, ok := c.Get(drainKey).(func()); ok {
		drain()
	}
	if err != nil {
		return err
	}
	if len(refused) > 0 || lost(c) != nil {
		return h.showRecords(c, http.StatusUnprocessableEntity, d, refused)
	}
	h.keepDraft(c, d.Token, draftDays)
	return c.Redirect(http.StatusSeeOther, link.EnquiryStep("records"))
}

// addFiles reads the files of a form one after the other, as they arrive: none is ever written down unsealed.
func (h *Handlers) addFiles(c echo.Context, d enquiry.Draft) (_ enquiry.Draft, refused []string, err error) {
	form, err := c.Request().MultipartReader()
	if err != nil {
		return d, []string{"Choose a file first"}, nil
	}
	for found := false; ; {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			if !found && len(refused) == 0 {
				refused = []string{"Choose a file first"}
			}
			return d, refused, nil
		}
		if err != nil { // the body ended early or is larger than all files together may be
			return d, append(refused, "The rest could not be read. Add the files that are not in the list one by one"), nil
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		found = true
		after, no, err := h.cfg.Enquiries.AddFile(c.Request().Context(), d.Token, part.FileName(), part)
		if tooMuch := new(http.MaxBytesError); errors.As(err, &tooMuch) {
			continue // the next part fails the same way and ends the form
		}
		if err != nil {
			return d, refused, err
		}
		for _, p := range no.Problems {
			refused = append(refused, p.Say)
		}
		if no.OK() {
			d = after
		}
	}
}

// enquiryRecordsSave removes a file, or goes on.
func (h *Handlers) enquiryRecordsSave(c echo.Context, d enquiry.Draft) error {
	if id := c.FormValue("remove"); id != "" {
		after, err := h.cfg.Enquiries.RemoveFile(c.Request().Context(), d.Token, id)
		if err != nil {
			return err
		}
		h.keepDraft(c, after.Token, draftDays)
		return c.Redirect(http.StatusSeeOther, link.EnquiryStep("records"))
	}
	after, _, err := h.cfg.Enquiries.SaveStep(c.Request().Context(), d.Token, enquiry.RecordsStep{})
	if err != nil {
		return err
	}
	h.keepDraft(c, after.Token, draftDays)
	return c.Redirect(http.StatusSeeOther, nextStep(after))
}

// enquiryCheck shows every answer; a draft with a part missing goes there first.
func (h *Handlers) enquiryCheck(c echo.Context, d enquiry.Draft) error {
	if len(d.Missing()) > 0 {
		return c.Redirect(http.StatusSeeOther, nextStep(d))
	}
	return h.showCheck(c, http.StatusOK, d, nil)
}

func (h *Handlers) showCheck(c echo.Context, status int, d enquiry.Draft, bad check.List) error {
	f := h.enquiryFrame("Check your answers", ui.Link{Text: stepTitles[enquiry.StepConsent], Href: link.EnquiryStep(string(enquiry.StepConsent))})
	v := views.EnquiryCheck{Action: link.EnquiryStep("check"), Sendable: true, Letter: views.Anchor{Text: "Print a letter to send yourself", URL: link.EnquiryStep("letter")}}
	if !bad.OK() {
		f.Errors = &ui.ErrorSummary{}
		for _, p := range bad {
			f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: firstOf(stepTitles[enquiry.StepName(p.Field)], p.Field) + ": " + p.Say})
		}
	}
	ticked := d.Answers.Consents.Send
	hospitals, err := h.enquiryHospitalsOf(c, ticked)
	if err != nil {
		return err
	}
	for _, one := range hospitals {
		if one.Unreachable {
			v.Unsent = append(v.Unsent, one)
		}
	}
	v.Sections = h.checkSections(d)
	return show(c, status, views.EnquiryCheckPage(f, v))
}

func (h *Handlers) checkSections(d enquiry.Draft) []views.EnquirySection {
	to := func(s enquiry.StepName, what string) ui.Link {
		return ui.Link{Text: "Change", Href: link.EnquiryStep(string(s)), Hidden: what}
	}
	a := d.Answers
	var hospitals, consents ui.SummaryList
	for _, one := range a.Hospitals {
		hospitals = append(hospitals, ui.Fact{Label: "Hospital", Value: one.Name, Link: to(enquiry.StepHospitals, "hospital "+one.Name)})
	}
	for _, one := range a.Hospitals {
		consents = append(consents, ui.Fact{Label: "Send to " + one.Name, Value: yesNo(slices.Contains(a.Consents.Send, one.Slug)), Link: to(enquiry.StepConsent, "sending to "+one.Name)})
	}
	consents = append(consents, ui.Fact{Label: "Name and contact before a quote is accepted", Value: yesNo(a.Consents.DirectContact), Link: to(enquiry.StepConsent, "when hospitals see your contact")},
		ui.Fact{Label: "Keep a copy for 2 years", Value: yesNo(a.Consents.KeepCopy), Link: to(enquiry.StepConsent, "keeping a copy")},
		ui.Fact{Label: "Ask me for feedback", Value: yesNo(a.Consents.Feedback), Link: to(enquiry.StepConsent, "feedback")})
	return []views.EnquirySection{{Title: "Whom you ask", Facts: hospitals}, {Title: "What you ask", Facts: h.askedFacts(a, true)}, {Title: "Records", Facts: recordFacts(d.Files, to(enquiry.StepRecords, "records"))},
		{Title: "How to reach you", Facts: contactFacts(d.Contact, to)}, {Title: "What you agree to", Facts: consents}}
}

func recordFacts(list []enquiry.File, change ui.Link) ui.SummaryList {
	if len(list) == 0 {
		return ui.SummaryList{{Label: "Records", Value: "None", Link: change}}
	}
	var out ui.SummaryList
	for _, one := range list {
		out = append(out, ui.Fact{Label: one.Kind.Name, Value: one.Name, Note: sizeWords(one.Bytes)})
	}
	out[0].Link = change
	return out
}

var callTimes = map[enquiry.ContactDay]string{enquiry.AnyTime: "any time", enquiry.Morning: "8am to 12 noon", enquiry.Afternoon: "12 noon to 5pm", enquiry.Evening: "5pm to 8pm"}

func contactFacts(k enquiry.Contact, to func(enquiry.StepName, string) ui.Link) ui.SummaryList {
	change := func(what string) ui.Link {
		if to == nil {
			return ui.Link{}
		}
		return to(enquiry.StepContact, what)
	}
	phone := ui.Fact{Label: "Telephone", Value: k.Phone, Link: change("telephone")}
	if k.Phone == "" {
		phone.Value, phone.Missing = "Not given", true
	}
	how := "By email"
	if k.By == enquiry.ByPhone {
		how = "By telephone, " + callTimes[k.When] + " (UK time)"
	}
	return ui.SummaryList{{Label: "Name", Value: k.Name, Link: change("name")}, {Label: "Email", Value: k.Email, Link: change("email")}, phone, {Label: "How to contact", Value: how, Link: change("how to contact you")}}
}

func yesNo(b bool) string {
	if b {
		return "Yes"
	}
	return "No"
}

// enquirySend sends the draft. Sent twice it is one enquiry, and both show its confirmation.
func (h *Handlers) enquirySend(c echo.Context) error {
	token := cookieOf(c, draftCookie)
	_, refused, err := h.cfg.Enquiries.Submit(c.Request().Context(), token)
	switch {
	case errors.Is(err, enquiry.ErrLink):
		return h.deadDraft(c)
	case err != nil:
		return err
	case refused.OK():
		return c.Redirect(http.StatusSeeOther, link.EnquiryStep("sent"))
	}
	d, err := h.cfg.Enquiries.Draft(c.Request().Context(), token)
	if err != nil {
		return err
	}
	if refused.Stop != nil {
		return h.showStop(c, *refused.Stop, enquiry.StepTreatment, treatmentValues(d.Answers, d.Contact))
	}
	return h.showCheck(c, http.StatusUnprocessableEntity, d, refused.Problems)
}

// enquirySent confirms, for as long as the browser remembers the draft it was.
func (h *Handlers) enquirySent(c echo.Context) error {
	r, err := h.cfg.Enquiries.Receipt(c.Request().Context(), cookieOf(c, draftCookie))
	if errors.Is(err, enquiry.ErrLink) {
		return h.deadLink(c, "This confirmation is no longer kept", "Use your code and your email address to see your enquiry.", views.Anchor{Text: "See your enquiry", URL: link.Track})
	}
	if err != nil {
		return err
	}
	v := views.EnquiryDone{Code: r.Reference, AnswerBy: answerBy(r.Submitted).Long(), MailedTo: "the email address you gave",
		Track: views.Anchor{Text: "See your enquiry", URL: enquiry.TrackPath(r.Reference, r.Link)}}
	for _, one := range r.Hospitals {
		shown := views.EnquiryHospital{Name: one.Name, Slug: one.Slug, Sample: one.Sample, URL: link.Hospital(one.Slug)}
		if one.Sent {
			v.Sent = append(v.Sent, shown)
		} else {
			shown.Unreachable = true
			v.Kept = append(v.Kept, shown)
		}
	}
	if h.cfg.Demo {
		v.Demo, v.MailPlace = h.demoAnswers(c, r), h.cfg.MailFolder
	}
	f := h.frame(v.Heading(), "", "")
	f.NoIndex, f.Breadcrumb = true, crumbs()
	return show(c, http.StatusOK, views.EnquiryDonePage(f, v))
}
