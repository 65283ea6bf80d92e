package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const enquiryTitle = "Ask for a quote"

func (h *Handlers) enquiryRoutes() []route {
	if h.cfg.Enquiries == nil {
		return nil
	}
	return []route{
		h.own("GET", "/enquiry", func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, link.Enquiry()) }),
		h.own("GET", link.Enquiry(), h.enquiryStart),
		h.own("POST", link.Enquiry(), h.enquiryBegin),
		h.own("GET", link.EnquiryStep("hospitals"), h.drafting(h.enquiryHospitals)),
		h.own("POST", link.EnquiryStep("hospitals"), h.saving(h.enquiryHospitalsSave, h.enquiryHospitalsAgain)),
		h.own("GET", link.EnquiryStep("records"), h.drafting(h.enquiryRecords)),
		h.own("POST", link.EnquiryStep("records"), h.saving(h.enquiryRecordsSave, h.enquiryRecordsAgain)),
		h.own("POST", recordsUpload, h.saving(h.enquiryRecordsAdd, h.enquiryRecordsAdd)).withFiles(),
		h.own("GET", link.EnquiryStep("check"), h.drafting(h.enquiryCheck)),
		h.own("POST", link.EnquiryStep("check"), h.enquirySend),
		h.own("GET", link.EnquiryStep("sent"), h.enquirySent),
		h.own("GET", link.EnquiryStep("letter"), h.drafting(h.enquiryLetter)),
		h.own("GET", "/enquiry/:step", h.drafting(h.enquiryAsk)),
		h.own("POST", "/enquiry/:step", h.saving(h.enquirySave, h.enquiryAgain)),
	}
}

// draftCookie names the draft that this browser is writing. It is set when one is begun, never before.
const draftCookie = "enquiry"

func (h *Handlers) keepDraft(c echo.Context, token string, days int) {
	h.setCookie(c, draftCookie, token, "/enquiry", time.Duration(days)*24*time.Hour)
}

func (h *Handlers) setCookie(c echo.Context, name, value, path string, keep time.Duration) {
	cookie := &http.Cookie{Name: name, Value: value, Path: path, MaxAge: int(keep.Seconds()), HttpOnly: true, Secure: h.cfg.HTTPS, SameSite: http.SameSiteLaxMode}
	if value == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

func cookieOf(c echo.Context, name string) string {
	k, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return k.Value
}

// drafting hands the draft of the cookie to a page. Without one the start page says how to begin.
func (h *Handlers) drafting(next step) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := cookieOf(c, draftCookie)
		if token == "" {
			return c.Redirect(http.StatusSeeOther, link.Enquiry())
		}
		d, err := h.cfg.Enquiries.Draft(c.Request().Context(), token)
		if errors.Is(err, enquiry.ErrLink) {
			if _, sent := h.cfg.Enquiries.Receipt(c.Request().Context(), token); sent == nil {
				return c.Redirect(http.StatusSeeOther, link.EnquiryStep("sent"))
			}
			return h.deadDraft(c)
		}
		if err != nil {
			return err
		}
		h.keepDraft(c, d.Token, draftDays)
		return next(c, d)
	}
}

// draftDays is how long the browser keeps the name of a draft; the draft itself ends by its own terms.
const draftDays = 7

// deadDraft says that what the browser remembers leads to nothing.
func (h *Handlers) deadDraft(c echo.Context) error {
	why := lostWords(cookieOf(c, draftCookie))
	h.setCookie(c, draftCookie, "", "/enquiry", 0)
	return h.deadLink(c, "Your unfinished enquiry could not be opened", why+". Nothing has been sent to a hospital.", views.Anchor{Text: "Start a new enquiry", URL: link.Enquiry()})
}

// deadLink is the one answer to every code, link or cookie that does not work: which of the reasons it was is not told.
func (h *Handlers) deadLink(c echo.Context, heading, text string, next views.Anchor) error {
	f := h.frame(heading, "", "")
	f.NoIndex = true
	return show(c, http.StatusNotFound, views.FailurePage(views.Failure{Frame: f, Heading: heading, Text: []string{text}, Links: []ui.Link{{Text: next.Text, Href: next.URL}}}))
}

// enquiryFrame is the frame of a page of the form; before it are the pages that lead back.
func (h *Handlers) enquiryFrame(title string, before ...ui.Link) views.Frame {
	f := h.frame(title, "", "")
	f.NoIndex = true
	f.Breadcrumb = crumbs(append([]ui.Link{{Text: enquiryTitle, Href: link.Enquiry()}}, before...)...)
	return f
}

func (h *Handlers) enquiryStart(c echo.Context) error {
	f := h.frame(enquiryTitle, "", "")
	f.NoIndex, f.Breadcrumb = true, crumbs()
	v := views.EnquiryStart{Action: link.Enquiry(), Track: views.Anchor{Text: "See an enquiry that you have sent", URL: link.Track}}
	slugs, _, notes, err := h.sifted(c, namedSlugs(c.QueryParams()["h"]), nil)
	if err != nil {
		return err
	}
	v.Notes = notes
	if v.Hospitals, err = h.enquiryHospitalsOf(c, slugs); err != nil {
		return err
	}
	for _, one := range v.Hospitals {
		v.Keep = append(v.Keep, ui.Hidden{Name: "h", Value: one.Slug})
	}
	if slug := cleanText(c.QueryParam("treatment")); slug != "" {
		if _, ok := h.cat.Reference().Procedure(slug); ok {
			v.Keep = append(v.Keep, ui.Hidden{Name: "treatment", Value: slug})
		}
	}
	if token := cookieOf(c, draftCookie); token != "" {
		if d, err := h.cfg.Enquiries.Draft(c.Request().Context(), token); err == nil {
			v.Unsent = ukDay(d.Expires.AddDate(0, 0, -draftDays)).Long()
			v.Continue = nextStep(d)
		}
	}
	return show(c, http.StatusOK, views.EnquiryStartPage(f, v))
}

// enquiryBegin starts a draft, with the hospitals and the treatment that the reader came from.
func (h *Handlers) enquiryBegin(c echo.Context) error {
	ctx := c.Request().Context()
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	d, err := h.draftFor(c, form.Get("do") == "add")
	if err != nil {
		return err
	}
	h.keepDraft(c, d.Token, draftDays)
	keep, left, _, err := h.sifted(c, namedSlugs(append(chosenSlugs(d), form["h"]...)), d.Answers.Hospitals)
	if err != nil {
		return err
	}
	if len(keep) > 0 && !slices.Equal(keep, chosenSlugs(d)) {
		saved, refused, err := h.cfg.Enquiries.SaveStep(ctx, d.Token, enquiry.HospitalsStep{Slugs: keep})
		if err != nil {
			return err
		}
		if !refused.OK() { // one of them was withdrawn in this moment
			return h.showHospitals(c, http.StatusUnprocessableEntity, d, refused.Problems)
		}
		h.keepDraft(c, saved.Token, draftDays)
	}
	return c.Redirect(http.StatusSeeOther, hospitalsWith(form.Get("treatment"), left))
}

// hospitalsWith is the page that chooses hospitals, with the treatment that the reader came from and those left out.
func hospitalsWith(treatment string, left []string) string {
	q := url.Values{"left": left}
	if treatment = cleanText(treatment); treatment != "" {
		q.Set("treatment", treatment)
	}
	if len(left) == 0 {
		q.Del("left")
	}
	return (&url.URL{Path: link.EnquiryStep(string(enquiry.StepHospitals)), RawQuery: q.Encode()}).String()
}

// draftFor is the reader's draft to go on with, or a new one instead of it.
func (h *Handlers) draftFor(c echo.Context, goOn bool) (enquiry.Draft, error) {
	ctx, old := c.Request().Context(), cookieOf(c, draftCookie)
	if goOn {
		if d, err := h.cfg.Enquiries.Draft(ctx, old); !errors.Is(err, enquiry.ErrLink) {
			return d, err
		}
	}
	if err := h.cfg.Enquiries.DropDraft(ctx, old); err != nil && !errors.Is(err, enquiry.ErrLink) {
		return enquiry.Draft{}, err
	}
	return h.cfg.Enquiries.StartDraft(ctx)
}

func chosenSlugs(d enquiry.Draft) []string {
	var out []string
	for _, one := range d.Answers.Hospitals {
		out = append(out, one.Slug)
	}
	return out
}

// withTreatment carries the treatment the reader came from to the page that asks for it.
func withTreatment(address, treatment string) string {
	if treatment = cleanText(treatment); treatment == "" {
		return address
	}
	return address + "?" + url.Values{"treatment": {treatment}}.Encode()
}

// nextStep is where a draft goes on: the first part that is not done, or the answers to check.
func nextStep(d enquiry.Draft) string {
	if missing := d.Missing(); len(missing) > 0 {
		return link.EnquiryStep(string(missing[0]))
	}
	return link.EnquiryStep("check")
}

// caption is "Step 2 of 8".
func stepCaption(s enquiry.StepName) string {
	return "Step " + group(slices.Index(enquiry.Steps, s)+1) + " of " + group(len(enquiry.Steps))
}

// stepBefore is the link to the step before s.
func stepBefore(s enquiry.StepName) []ui.Link {
	at := slices.Index(enquiry.Steps, s)
	if at <= 0 {
		return nil
	}
	before := enquiry.Steps[at-1]
	return []ui.Link{{Text: stepTitles[before], Href: link.EnquiryStep(string(before))}}
}

var stepTitles = map[enquiry.StepName]string{
	enquiry.StepHospitals: "Hospitals", enquiry.StepTreatment: "Treatment and main problem", enquiry.StepDoctor: "Have you seen a UK doctor?", enquiry.StepDates: "When could you travel?",
	enquiry.StepTravel: "Who travels", enquiry.StepContact: "How can we reach you?", enquiry.StepRecords: "Records", enquiry.StepConsent: "What do you agree to?",
}

// enquiryAsk shows a step with what was said before.
func (h *Handlers) enquiryAsk(c echo.Context, d enquiry.Draft) error {
	name := enquiry.StepName(c.Param("step"))
	q, ok := questions[name]
	if !ok {
		return fault.New(fault.Missing, "step", nil)
	}
	v := q.values(d.Answers, d.Contact)
	if name == enquiry.StepTreatment && d.Answers.Treatment == "" {
		v.Set("treatment", cleanText(c.QueryParam("treatment")))
	}
	return h.showStep(c, http.StatusOK, d, name, v, nil)
}

func (h *Handlers) showStep(c echo.Context, status int, d enquiry.Draft, name enquiry.StepName, v url.Values, bad check.List) error {
	q := questions[name]
	f := h.enquiryFrame(q.title, stepBefore(name)...)
	f.Errors = withLost(c, problemsOf(bad))
	page := views.EnquiryForm{Caption: stepCaption(name), Heading: q.title, Lead: q.lead, Action: link.EnquiryStep(string(name)),
		Parts: q.parts(h, drafted{d.Answers.Hospitals, len(d.Files)}, v, bad), Foot: []string{"Your answers are kept encrypted for 7 days, so that you can stop and come back in this browser."}}
	return show(c, status, views.EnquiryFormPage(f, page))
}

// problemsOf is the summary over a form, nil when nothing is wrong.
func problemsOf(bad check.List) *ui.ErrorSummary {
	if bad.OK() {
		return nil
	}
	s := &ui.ErrorSummary{}
	for _, p := range bad {
		s.Problems = append(s.Problems, ui.Problem{Text: p.Say, FieldID: p.Field})
	}
	return s
}

// enquiryAgain shows a step as it was typed, on a new draft.
func (h *Handlers) enquiryAgain(c echo.Context, d enquiry.Draft) error {
	name := enquiry.StepName(c.Param("step"))
	form, err := c.FormParams()
	if _, ok := questions[name]; err != nil || !ok {
		return fault.New(fault.Missing, "step", err)
	}
	return h.showStep(c, http.StatusUnprocessableEntity, d, name, form, nil)
}

// enquirySave reads a step, and shows the next one, or the same with what is wrong, or what stops it.
func (h *Handlers) enquirySave(c echo.Context, d enquiry.Draft) error {
	name := enquiry.StepName(c.Param("step"))
	q, ok := questions[name]
	form, err := c.FormParams()
	if err != nil || !ok {
		return fault.New(fault.Missing, "step", err)
	}
	if form.Get("do") == "edit" {
		return h.showStep(c, http.StatusOK, d, name, form, nil)
	}
	step, bad := q.step(form)
	if !bad.OK() {
		return h.showStep(c, http.StatusUnprocessableEntity, d, name, form, append(bad, besides(step.Check(h.cfg.Enquiries.Today()), bad)...))
	}
	after, refused, err := h.cfg.Enquiries.SaveStep(c.Request().Context(), d.Token, step)
	switch {
	case err != nil:
		return err
	case refused.Stop != nil:
		return h.showStop(c, *refused.Stop, name, form)
	case !refused.OK():
		return h.showStep(c, http.StatusUnprocessableEntity, d, name, form, refused.Problems)
	}
	h.keepDraft(c, after.Token, draftDays)
	return c.Redirect(http.StatusSeeOther, nextStep(after))
}

// besides leaves out problems of fields that have one already.
func besides(more, have check.List) check.List {
	return slices.DeleteFunc(slices.Clone(more), func(p check.Problem) bool { return have.On(p.Field) != "" })
}
