package handlers

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/quotepdf"
	"carecorridor/referral"
	"carecorridor/referral/visa"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// letterAsk is the form of a visa invitation letter: what this site holds of patient and dates it fills in itself.
func (h *Handlers) letterAsk(c echo.Context, p casePage) error {
	return h.showLetter(c, http.StatusOK, p, h.letterStart(p), nil)
}

// letterStart is what is known: an earlier letter's words, or the newest quote's.
func (h *Handlers) letterStart(p casePage) url.Values {
	v := url.Values{"hospital": {p.own.Listed.Name}, "hospital_address": {p.own.Listed.City}}
	if l := p.v.Letter; l != nil && l.Words != nil {
		w := *l.Words
		v = url.Values{"treatment": {w.Treatment}, "hospital": {w.Hospital}, "hospital_address": {w.HospitalAddress}, "hospital_number": {w.HospitalNumber}, "doctor": {w.Doctor}, "doctor_council": {w.DoctorCouncil}, "doctor_number": {w.DoctorNumber},
			"cost": {w.Cost}, "contact_name": {w.ContactName}, "contact_phone": {w.ContactPhone}, "contact_email": {w.ContactEmail}}
		for _, a := range w.Attendants {
			v["attendant"], v["attendant_passport"], v["attendant_relation"] = append(v["attendant"], a.Name), append(v["attendant_passport"], a.Passport), append(v["attendant_relation"], a.Relation)
		}
		return v
	}
	if p.v.Clinical != nil {
		v.Set("treatment", caseJoined(", ", h.caseReason(*p.v.Clinical).Facts[0].Value, p.v.Clinical.Condition.Text))
	}
	if o := p.own.Newest(); o != nil && o.Quote != nil {
		v.Set("doctor", o.Quote.By.Name)
		v.Set("doctor_number", o.Quote.By.Registration)
		v.Set("cost", o.Quote.Total().String()+", paid to the hospital")
	}
	return v
}

func letterOf(v url.Values) visa.Letter {
	l := visa.Letter{Treatment: v.Get("treatment"), Hospital: v.Get("hospital"), HospitalAddress: check.Lines(v.Get("hospital_address")), HospitalNumber: v.Get("hospital_number"), Doctor: v.Get("doctor"), DoctorCouncil: v.Get("doctor_council"),
		DoctorNumber: v.Get("doctor_number"), Cost: v.Get("cost"), ContactName: v.Get("contact_name"), ContactPhone: v.Get("contact_phone"), ContactEmail: v.Get("contact_email")}
	for i := range visa.MaxAttendants {
		a := visa.Traveller{Name: at(v["attendant"], i), Passport: at(v["attendant_passport"], i), Relation: at(v["attendant_relation"], i)}
		if a != (visa.Traveller{}) {
			l.Attendants = append(l.Attendants, a)
		}
	}
	return l
}

func (h *Handlers) showLetter(c echo.Context, status int, p casePage, v url.Values, bad check.List) error {
	if _, ok := p.v.May(referral.IssueLetter, p.own.ID); !ok {
		return h.showHospitalCase(c, http.StatusConflict, p, append(bad, check.Problem{Say: "A letter cannot be issued now. It needs agreed dates and the patient’s passport details"}), caseTyped(v)...)
	}
	x := caseAsk{casePage: p, form: v, bad: bad}
	s := caseSheet{title: "Issue a visa invitation letter", caption: "Referral " + p.v.Reference, bad: bad, before: []ui.Link{p.back()},
		lead: []string{"The letter gets a number of its own. A public page says whether that number is valid, and nothing else."}}
	if status == http.StatusConflict {
		s.parts = append(s.parts, x.since()...)
	}
	if l := p.v.Letter; l != nil && l.Revoked.IsZero() {
		s.parts = append(s.parts, cases.Alert{Title: "Letter " + l.Number + " is valid now", Text: []string{"A new letter replaces it: the old number says “not valid” from then on."}})
	}
	s.parts = append(s.parts, cases.Sheet{Title: "What this site fills in", Facts: letterKnown(p)}, portal.Form{Action: p.at("letter"), Keep: p.versions(""), Buttons: []ui.Button{{Text: "Issue the letter"}}, Other: ui.Link{Text: "Go back without issuing it", Href: p.at()}, Parts: letterFields(x)})
	return h.showCase(c, status, p.who, s)
}

func letterFields(x caseAsk) []views.Part {
	out := []views.Part{x.line("treatment", "Diagnosis and treatment", ""), x.line("hospital", "Name of the hospital", "As on your letterhead."), x.area("hospital_address", "Address of the hospital", ""), x.line("hospital_number", "Registration of the hospital", ""),
		x.line("doctor", "Treating doctor", ""), x.line("doctor_council", "Doctor’s council", "For example Tamil Nadu Medical Council."), x.line("doctor_number", "Doctor’s registration number", ""), x.line("cost", "Statement of the cost", "With the currency."),
		x.line("contact_name", "Name to contact", ""), x.line("contact_phone", "Phone number to contact", ""), x.line("contact_email", "Email address to contact", "")}
	for i := range visa.MaxAttendants {
		n := strconv.Itoa(i)
		field := func(name, part, label string) ui.Field {
			return ui.Field{ID: ui.IDOf("attendants." + n + "." + part), Name: name, Label: label, Value: at(x.form[name], i), Error: x.bad.On("attendants." + n + "." + part)}
		}
		out = append(out, cases.Fieldset{Legend: "Attendant " + strconv.Itoa(i+1), Hint: "Leave empty if nobody travels along.", Fields: []views.Part{field("attendant", "name", "Name as in the passport"), field("attendant_passport", "passport", "Passport number"),
			field("attendant_relation", "relation", "Relation to the patient")}})
	}
	return out
}

// letterKnown is what the record holds, whatever is typed.
func letterKnown(p casePage) ui.SummaryList {
	t := p.v.Travel.Confirmed
	out := ui.SummaryList{}
	if w := p.v.Passport; w != nil {
		out = append(out, caseTold("Patient", w.Name), caseTold("Passport", w.Number))
	}
	return append(out, caseTold("Arrival", caseDay(t.Arrive)), caseTold("Admission", caseDay(t.Admit)), caseTold("Home from", caseDay(t.Leave)), caseTold("Valid until", caseDay(t.Leave)))
}

// letterIssue issues it. The service makes the number.
func (h *Handlers) letterIssue(c echo.Context, p casePage) error {
	v, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	done, err := h.cfg.Referrals.IssueLetter(c.Request().Context(), p.who, p.v.ID, versionOf(c), letterOf(v))
	return h.caseOutcome(c, p, referral.IssueLetter, done, err, func(status int, p casePage, bad check.List) error {
		return h.showLetter(c, status, p, v, bad)
	})
}

// letterPDF is the letter in force as a file.
func (h *Handlers) letterPDF(c echo.Context, p casePage) error {
	l := p.v.Letter
	if l == nil || l.Words == nil || !l.Revoked.IsZero() {
		return fault.New(fault.Missing, "visa letter", nil)
	}
	file, err := h.caseLetter(*l.Words, p.v.Reference)
	if err != nil {
		return fault.New(fault.Broken, "visa letter", err)
	}
	return download(c, "visa-letter-"+l.Number+".pdf", "application/pdf", file)
}

// caseLetter draws a letter as it was issued, with the code of its public page.
func (h *Handlers) caseLetter(w visa.Letter, code string) ([]byte, error) {
	public := h.cfg.Origin + link.VisaLetterOf(w.Number)
	d := quotepdf.Document{Title: "Visa invitation letter " + w.Number, Made: w.On.Time(), QR: public,
		Lead: []string{w.Hospital, w.HospitalAddress, "Registration " + w.HospitalNumber, "Issued on " + w.On.Long() + ". Valid until " + w.Until.Long() + ".", "To the visa officer: we invite the patient named here for medical treatment at our hospital."},
		Sections: []quotepdf.Section{
			{Title: "Patient", Rows: []quotepdf.Row{{Label: "Name as in the passport", Value: w.Patient.Name}, {Label: "Passport", Value: w.Patient.Passport}}},
			{Title: "Treatment", Rows: []quotepdf.Row{{Label: "Diagnosis and treatment", Value: w.Treatment}, {Label: "Treating doctor", Value: w.Doctor}, {Label: "Council and number", Value: caseJoined(", ", w.DoctorCouncil, w.DoctorNumber)}, {Label: "Our reference", Value: code}}},
			{Title: "Dates and cost", Rows: []quotepdf.Row{{Label: "Arrival", Value: caseDay(w.Arrive)}, {Label: "Admission", Value: caseDay(w.Admit)}, {Label: "Journey home from", Value: caseDay(w.Leave)}, {Label: "Cost", Value: w.Cost}}},
		},
		Foot: []string{"Questions: " + caseJoined(", ", w.ContactName, w.ContactPhone, w.ContactEmail), "Check this letter at " + public + ". The page says whether the number is valid, and nothing else.", "Not valid after it was revoked or replaced. It does not promise a visa."}}
	for i, a := range w.Attendants {
		d.Sections[0].Rows = append(d.Sections[0].Rows, quotepdf.Row{Label: "Attendant " + strconv.Itoa(i+1), Value: caseJoined(", ", a.Name, a.Passport, a.Relation)})
	}
	return d.Write()
}

// hospitalAttach takes a copy for the discharge package: operation note, results, images. The file is taken as it arrives,
// so that it is never written down unsealed; what is left of one that is too large is read and dropped, so that the
// refusal arrives.
func (h *Handlers) hospitalAttach(c echo.Context, p casePage) error {
	saved, err := h.takeCopy(c, p)
	if drain, ok := c.Get(drainKey).(func()); ok {
		drain()
	}
	switch {
	case fault.Is(err, fault.Conflict):
		return h.attachAgain(c, http.StatusConflict, p, check.List{{Field: "file", Say: strings.TrimSuffix(sentence(err, http.StatusConflict), ".")}})
	case err != nil:
		return h.caseClosed(c, p.who, err)
	case !saved.OK():
		bad := make(check.List, len(saved.Problems))
		for i, one := range saved.Problems {
			bad[i] = check.Problem{Field: map[bool]string{true: "kind", false: "file"}[one.Field == "kind"], Say: one.Say}
		}
		return h.attachAgain(c, http.StatusUnprocessableEntity, p, bad)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(p.at("discharge", "copies"), "attached"))
}

// takeCopy keeps the first file of the form; what it is stands in front of it.
func (h *Handlers) takeCopy(c echo.Context, p casePage) (referral.Saved, error) {
	none := func(say string) (referral.Saved, error) {
		return referral.Saved{Problems: check.List{{Field: "file", Say: say}}}, nil
	}
	form, err := c.Request().MultipartReader()
	if err != nil {
		return none("Choose a document")
	}
	for kind := ""; ; {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return none("Choose a document")
		case err != nil:
			return none("The document could not be read to its end. Send it again")
		case part.FormName() == "kind":
			word, _ := io.ReadAll(io.LimitReader(part, 100)) // cut short: no kind
			kind = string(word)
		case part.FormName() == "file" && part.FileName() != "":
			return h.cfg.Referrals.Attach(c.Request().Context(), p.who, p.v.ID, kind, part.FileName(), part)
		}
	}
}

func (h *Handlers) attachAgain(c echo.Context, status int, p casePage, bad check.List) error {
	page, _ := dischargePageOf("copies")
	return h.showDischarge(c, status, p, page, nil, bad)
}

// attachForm adds a copy.
func attachForm(p casePage, bad check.List) views.Part {
	kinds := ui.Field{ID: "kind", Label: "What it is", Type: "select", Error: bad.On("kind")}
	kinds.Options = []ui.Option{{Value: "other", Text: "Operation note, bill or another document"}, {Value: "lab", Text: "Laboratory results"}, {Value: "pathology", Text: "Histology"}, {Value: "imaging", Text: "Imaging"}, {Value: "consent", Text: "Signed consent form"}}
	return portal.Group{ID: "add", Title: "Add a document", Note: "PDF, JPEG, PNG, TIFF, DOCX or DICOM, up to 25 MB. Save what you have changed on this page first.",
		Parts: []views.Part{portal.Form{Action: p.at("files"), Files: true, Buttons: []ui.Button{{Text: "Add the document", Look: ui.Secondary}}, Parts: []views.Part{kinds, ui.FileField{ID: "file", Label: "Document", Accept: ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.dcm", Error: bad.On("file")}}}}}
}
