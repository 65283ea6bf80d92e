package handlers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

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

// documentKinds are the kinds of document, in words.
var documentKinds = []ui.Choice{{Value: "referral_letter", Text: "Referral letter"}, {Value: "imaging", Text: "Scan or X-ray"}, {Value: "lab", Text: "Laboratory results"}, {Value: "pathology", Text: "Pathology report"},
	{Value: "photo", Text: "Photo"}, {Value: "id", Text: "Identity document"}, {Value: "consent", Text: "Consent form"}, {Value: "other", Text: "Other document"}}

// sharedKinds are those that a hospital needs before it is chosen: all but who the patient is on paper.
func sharedKinds() []ui.Choice {
	return slices.DeleteFunc(slices.Clone(documentKinds), func(k ui.Choice) bool { return k.Value == "id" })
}

// referFiles lists the documents with what the virus scan found, and takes more.
func (h *Handlers) referFiles(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	return h.showFiles(c, http.StatusOK, who, v, "", nil)
}

func (h *Handlers) showFiles(c echo.Context, status int, who auth.Actor, v referral.View, kind string, refused []string) error {
	f := h.referFrame(c, "Scans, letters and test results", who, backToTasks(v)...)
	for _, say := range refused {
		if f.Errors == nil {
			f.Errors, f.Failed = &ui.ErrorSummary{}, true
		}
		f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: say, FieldID: "file"})
	}
	page := refer.Page{Caption: "Referral " + v.Reference, Lead: []string{"You can go on without documents. Hospitals can give a firmer answer with them. Nobody but you opens a document before it is checked for viruses.",
		"Hospitals read the patient’s name where it stands in a letter, a scan or the name of a file. Send what they need to answer, and no passport: the chosen hospital asks for it later."}}
	if len(v.Files) > 0 {
		page.Parts = append(page.Parts, h.fileList(v))
	}
	if _, ok := v.May(referral.AddDocument, ""); ok && len(v.Files) < record.MaxFiles {
		limits := fmt.Sprintf("PDF, JPEG, PNG, TIFF, DOCX or DICOM. At most %d MB each, and %d documents.", record.MaxFileBytes>>20, record.MaxFiles)
		page.Parts = append(page.Parts, refer.Group{ID: "add", Title: "Add documents", Parts: []views.Part{refer.Form{Action: link.Referral(v.Reference, "attachments", "add"), Files: true, Parts: []views.Part{
			ui.Field{ID: "kind", Name: "kind", Label: "What are they?", Type: "select", Options: selected(firstOf(kind, "referral_letter"), optionsOf(sharedKinds())...)},
			ui.FileField{ID: "file", Name: "file", Label: "Choose files", Hint: limits, Many: true, Accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.dcm", Error: strings.Join(refused, ". ")}},
			Buttons: []ui.Button{{Text: "Add these documents", Look: ui.Secondary}}}}})
	}
	next := link.Referral(v.Reference)
	if mayAmend(v) {
		next = link.Referral(v.Reference, "hospitals")
	}
	page.Parts = append(page.Parts, refer.Row{Buttons: []ui.Button{{Text: "Continue", Href: next}}})
	return h.showRefer(c, status, v, f, page)
}

func optionsOf(list []ui.Choice) (out []ui.Option) {
	for _, c := range list {
		out = append(out, ui.Option{Value: c.Value, Text: c.Text})
	}
	return out
}

func (h *Handlers) fileList(v referral.View) (out refer.Files) {
	for _, one := range v.Files {
		f := refer.File{Name: one.Name, About: choiceText(documentKinds, one.Kind) + ", " + sizeWords(one.Bytes) + ", added " + h.savedAt(one.At), State: scanMark(one.Scan)}
		if one.MayOpen {
			f.Href = link.ReferralFile(v.Reference, one.ID)
		}
		switch one.Scan {
		case record.ScanPending:
			f.Note = "Nobody else can open it before the check is done."
		case record.ScanThreat, record.ScanFailed:
			f.Note = "Remove it, and send it another way."
		}
		if one.MayRemove {
			f.Remove = &refer.Press{Action: link.Referral(v.Reference, "attachments"), Keep: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(v.Version, 10)}}, Button: ui.Button{Text: "Remove", Hidden: one.Name, Name: "remove", Value: one.ID}}
		}
		out = append(out, f)
	}
	return out
}

// scanMark is what is known of a file (ux.md §6.12).
func scanMark(s record.Scan) ui.Badge {
	switch s {
	case record.ScanSafe:
		return ui.Badge{Tone: ui.Seen, Text: "Safe"}
	case record.ScanThreat:
		return ui.Badge{Tone: ui.Bad, Text: "Blocked: send it another way"}
	case record.ScanFailed:
		return ui.Badge{Tone: ui.Bad, Text: "Could not be checked"}
	}
	return ui.Badge{Tone: ui.Info, Text: "Checking"}
}

// referFilesAdd takes every file of the form as it arrives: none is ever written down unsealed. A wrong one is refused
// by name and the others stay.
func (h *Handlers) referFilesAdd(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	kind, refused, err := h.takeFiles(c, who, v.ID)
	if drain, ok := c.Get(drainKey).(func()); ok {
		drain()
	}
	if err != nil {
		return err
	}
	if len(refused) > 0 {
		if v, err = h.looked(c, who); err != nil {
			return err
		}
		return h.showFiles(c, http.StatusUnprocessableEntity, who, v, kind, refused)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "attachments"), "file"))
}

func (h *Handlers) takeFiles(c echo.Context, who auth.Actor, id string) (kind string, refused []string, err error) {
	form, err := c.Request().MultipartReader()
	if err != nil {
		return "", []string{"Choose a file first"}, nil
	}
	for found := false; ; {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			if !found && len(refused) == 0 {
				refused = []string{"Choose a file first"}
			}
			return kind, refused, nil
		}
		if err != nil { // the body ended early, or is larger than all documents together may be
			return kind, append(refused, "The rest could not be read. Add the documents that are not in the list one by one"), nil
		}
		switch {
		case part.FormName() == "kind":
			word, _ := io.ReadAll(io.LimitReader(part, 100))
			kind = string(word)
		case part.FormName() == "file" && part.FileName() != "":
			found = true
			saved, err := h.cfg.Referrals.Attach(c.Request().Context(), who, id, kind, part.FileName(), part)
			if tooMuch := new(http.MaxBytesError); errors.As(err, &tooMuch) {
				continue // the next part fails the same way and ends the form
			}
			if err != nil {
				return kind, refused, err
			}
			for _, p := range saved.Problems {
				refused = append(refused, p.Say)
			}
		}
	}
}

// referFilesSave removes a document.
func (h *Handlers) referFilesSave(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	id := c.FormValue("remove")
	if !slices.ContainsFunc(v.Files, func(f referral.FileView) bool { return f.ID == id }) { // gone already: a second click
		return c.Redirect(http.StatusSeeOther, link.Referral(v.Reference, "attachments"))
	}
	done, err := h.cfg.Referrals.RemoveFile(c.Request().Context(), who, v.ID, v.Version, id)
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showFiles(c, http.StatusUnprocessableEntity, who, v, "", saysOf(done.Problems))
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference, "attachments"), "removed"))
}

// referFile gives one document to keep: never as a page, it is somebody else's bytes.
func (h *Handlers) referFile(c echo.Context, who auth.Actor) error {
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	f, err := h.cfg.Referrals.OpenFile(c.Request().Context(), who, v.ID, c.Param("id"))
	if err != nil {
		return err
	}
	return download(c, f.Name, f.Media, f.Content)
}

func saysOf(bad check.List) (out []string) {
	for _, p := range bad {
		out = append(out, p.Say)
	}
	return out
}
