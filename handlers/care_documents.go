package handlers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var careKinds = []ui.Option{{Value: "referral_letter", Text: "Letter from a doctor"}, {Value: "imaging", Text: "X-ray, scan or its report"}, {Value: "lab", Text: "Blood or other test result"}, {Value: "pathology", Text: "Tissue result (pathology)"},
	{Value: "photo", Text: "Photo"}, {Value: "id", Text: "Proof of who I am"}, {Value: "consent", Text: "Consent form"}, {Value: "other", Text: "Something else"}}

// kindsFor the patient to choose from. Proof of who they are is not asked for before they accept an offer: until then
// hospitals are to see no name.
func (p inCare) kindsFor() []ui.Option {
	if p.view.Chosen() != nil {
		return careKinds
	}
	return slices.DeleteFunc(slices.Clone(careKinds), func(o ui.Option) bool { return o.Value == "id" })
}

func kindName(kind string) string {
	at := slices.IndexFunc(careKinds, func(o ui.Option) bool { return o.Value == kind })
	if at < 0 {
		return "Document"
	}
	return careKinds[at].Text
}

// documentAccept helps the browser to offer the right files; what is taken is decided by what is in them.
const documentAccept = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.dcm"

func scanSaid(s record.Scan) (words string, blocked bool) {
	switch s {
	case record.ScanSafe, "safe":
		return "Checked for viruses.", false
	case record.ScanThreat, "blocked":
		return "Blocked: it may hold a virus. Nobody can open it. Remove it, or send it another way.", true
	case record.ScanFailed:
		return "Could not be checked. Remove it and add it again.", true
	}
	return "Being checked for viruses. Until then only you can open it.", false
}

func documentsHint(v referral.View) string {
	if len(v.Files) == 0 {
		return "You can add them now or later"
	}
	return plural(len(v.Files), "document")
}

func documentsStatus(v referral.View) string {
	waiting := false
	for _, f := range v.Files {
		words, blocked := scanSaid(f.Scan)
		if blocked {
			return "There is a problem"
		}
		waiting = waiting || words != "Checked for viruses."
	}
	if waiting {
		return "In progress"
	}
	if len(v.Files) == 0 {
		return "Not yet started"
	}
	return "Completed"
}

func (h *Handlers) careDocuments(c echo.Context, p inCare) error {
	return h.showDocuments(c, http.StatusOK, p, nil)
}

func (h *Handlers) showDocuments(c echo.Context, status int, p inCare, refused []string) error {
	f := h.careFrame(p, "Documents", p.mine())
	if p.editable() {
		f.Breadcrumb = []ui.Link{p.mine(), {Text: requestTitle, Href: link.CareSteps}}
	}
	v := care.Documents{Action: link.CareDocuments, Keep: []ui.Hidden{versionField(p.view.Version)}, Kinds: p.kindsFor(), Refused: refused, Full: len(p.view.Files) >= record.MaxFiles, Accept: documentAccept,
		Limits: fmt.Sprintf("PDF, JPEG, PNG, TIFF, DOCX or DICOM, at most %d MB each and %d in all. They are stored encrypted.", record.MaxFileBytes>>20, record.MaxFiles), Back: p.mine()}
	v.Lead = []string{"A hospital sees your documents only after you agree that this hospital may have these very documents."}
	if p.view.Chosen() == nil {
		v.Lead = append(v.Lead, "It then sees everything that stands in them, your name and address too, and what the file is called. Cover what it shall not know before you add a document.")
	}
	if p.may(referral.AddDocument, "") {
		v.Upload = link.CareUpload
	}
	if len(refused) > 0 {
		f.Errors = &ui.ErrorSummary{}
		for _, say := range refused {
			f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: say, FieldID: "file"})
		}
	}
	for _, x := range p.view.Files {
		state, blocked := scanSaid(x.Scan)
		one := care.File{Name: x.Name, Kind: kindName(x.Kind), Size: sizeWords(x.Bytes), State: state, Blocked: blocked}
		if x.MayOpen {
			one.Open = link.CareFile(x.ID)
		}
		if x.MayRemove {
			one.Remove = x.ID
		}
		if x.Hospital != "" {
			one.From = "Added by " + p.nameOf(x.Hospital)
		} else if x.By != "patient" {
			one.From = "Added by your doctor’s practice"
		}
		v.Files = append(v.Files, one)
	}
	if fresh := h.uncovered(p); fresh != "" {
		v.After = append(v.After, ui.Caution{Title: "Hospitals do not see everything yet", Text: []string{fresh}, Link: ui.Link{Text: "Look at what you agree to", Href: link.CareConsents}})
	}
	if p.editable() {
		v.Go = &ui.Button{Text: "Continue", Name: "go", Value: "on"}
	}
	return show(c, status, care.DocumentsPage(f, v))
}

// uncovered says that documents were added after a consent, which shares no more than it lists.
func (h *Handlers) uncovered(p inCare) string {
	var names []string
	for _, x := range p.view.Consents {
		if x.Code == referral.C2 && x.InForce && !x.Covers {
			names = append(names, p.nameOf(x.Hospital))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "You agreed that " + joinWords(names) + " may have what you had sent then. For a document added since you agree again."
}

// careDocumentsSave removes a document, or goes on.
func (h *Handlers) careDocumentsSave(c echo.Context, p inCare) error {
	id := c.FormValue("remove")
	if id == "" {
		return c.Redirect(http.StatusSeeOther, link.CareSteps)
	}
	done, err := h.cfg.Referrals.RemoveFile(c.Request().Context(), p.Actor, p.view.ID, seenVersion(c), id)
	if moved := h.careMoved(c, p, err); moved != nil {
		return moved()
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showDocuments(c, http.StatusUnprocessableEntity, p, sayings(done.Problems))
	}
	return c.Redirect(http.StatusSeeOther, link.CareDocuments)
}

// careUpload takes every file of the form, one after the other as they arrive. A wrong one is refused by name and the
// others stay.
func (h *Handlers) careUpload(c echo.Context, p inCare) error {
	refused, err := h.attachAll(c, p)
	if drain, ok := c.Get(drainKey).(func()); ok {
		drain()
	}
	if err != nil {
		return err
	}
	if len(refused) == 0 {
		return c.Redirect(http.StatusSeeOther, link.CareDocuments)
	}
	if p.view, err = h.cfg.Referrals.Look(c.Request().Context(), p.Actor, p.view.ID); err != nil {
		return err
	}
	return h.showDocuments(c, http.StatusUnprocessableEntity, p, refused)
}

func (h *Handlers) attachAll(c echo.Context, p inCare) (refused []string, err error) {
	form, err := c.Request().MultipartReader()
	if err != nil {
		return []string{"Choose a file first"}, nil
	}
	kind, found := "", false
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			if !found && len(refused) == 0 {
				refused = []string{"Choose a file first"}
			}
			return refused, nil
		}
		if err != nil {
			return append(refused, "The rest could not be read. Add the files that are not in the list one by one"), nil
		}
		if part.FormName() == "kind" {
			b, _ := io.ReadAll(io.LimitReader(part, 100))
			kind = string(b)
			continue
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		found = true
		saved, err := h.cfg.Referrals.Attach(c.Request().Context(), p.Actor, p.view.ID, kind, part.FileName(), part)
		if tooMuch := new(http.MaxBytesError); errors.As(err, &tooMuch) {
			continue // the next part fails the same way and ends the form
		}
		if fault.Is(err, fault.Conflict) {
			return append(refused, sentence(err, 0)), nil
		}
		if err != nil {
			return refused, err
		}
		refused = append(refused, sayings(saved.Problems)...)
	}
}

// careFile is one of the patient's documents, as a file to keep.
func (h *Handlers) careFile(c echo.Context, p inCare) error {
	f, err := h.cfg.Referrals.OpenFile(c.Request().Context(), p.Actor, p.view.ID, c.Param("file"))
	if err != nil {
		return err
	}
	return download(c, f.Name, f.Media, f.Content)
}

// careHospitals chooses up to 5, with the shortlist of this browser first.
func (h *Handlers) careHospitals(c echo.Context, p inCare) error {
	if !p.editable() {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	return h.showCareHospitals(c, http.StatusOK, p, "")
}

func (h *Handlers) showCareHospitals(c echo.Context, status int, p inCare, problem string) error {
	title := "Hospitals"
	f := h.careFrame(p, title, p.mine(), ui.Link{Text: requestTitle, Href: link.CareSteps})
	v := views.EnquiryHospitals{Action: link.CareHospitals, Most: referral.MaxHospitals, Problem: problem, Keep: []ui.Hidden{versionField(p.view.Version)},
		Others: []ui.Link{{Text: "Search hospitals by treatment and place", Href: link.HospitalsPath}}}
	if problem != "" {
		f.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: problem, FieldID: "chosen"}}}
	}
	chosen := p.slugs()
	var err error
	if v.Chosen, err = h.careListed(c, chosen); err != nil {
		return err
	}
	if v.Shortlist, err = h.shortlisted(c, chosen); err != nil {
		return err
	}
	v.Shortlist = reachable(v.Shortlist)
	if v.Query = cleanText(c.QueryParam("q")); v.Query != "" {
		v.Searched = true
		if v.Found, err = h.hospitalsCalled(c, v.Query, chosen); err != nil {
			return err
		}
		v.Found = reachable(v.Found)
	}
	return show(c, status, views.EnquiryHospitalsPage(f, v))
}

// reachable leaves out what an enquiry would say of a hospital's mail address: referrals go to its people's own pages.
func reachable(list []views.EnquiryHospital) []views.EnquiryHospital {
	for i := range list {
		list[i].Unreachable = false
	}
	return list
}

func (h *Handlers) careListed(c echo.Context, slugs []string) ([]views.EnquiryHospital, error) {
	list, err := h.enquiryHospitalsOf(c, slugs)
	return reachable(list), err
}

func (p inCare) slugs() (out []string) {
	for _, x := range p.view.Hospitals {
		out = append(out, x.Listed.Slug)
	}
	return out
}

// careHospitalsSave adds or removes one, or goes on.
func (h *Handlers) careHospitalsSave(c echo.Context, p inCare) error {
	add, remove := cleanText(c.FormValue("add")), cleanText(c.FormValue("remove"))
	slugs := p.slugs()
	switch {
	case add != "" && !slices.Contains(slugs, add):
		slugs = append(slugs, add)
	case remove != "":
		slugs = slices.DeleteFunc(slugs, func(s string) bool { return s == remove })
	case add == "":
		return c.Redirect(http.StatusSeeOther, link.CareConsents)
	}
	if len(slugs) == 0 {
		return h.showCareHospitals(c, http.StatusUnprocessableEntity, p, "A request needs at least 1 hospital. Add another one before you remove this one")
	}
	saved, err := h.cfg.Referrals.Choose(c.Request().Context(), p.Actor, p.view.ID, seenVersion(c), slugs)
	if moved := h.careMoved(c, p, err); moved != nil {
		return moved()
	}
	if err != nil {
		return err
	}
	if !saved.OK() {
		return h.showCareHospitals(c, http.StatusUnprocessableEntity, p, saved.Problems.On("hospitals"))
	}
	return c.Redirect(http.StatusSeeOther, link.CareHospitals)
}

// sayings are the sentences of problems.
func sayings(l check.List) (out []string) {
	for _, p := range l {
		out = append(out, p.Say)
	}
	return out
}
