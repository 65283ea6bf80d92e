package handlers

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/nhs"
	"carecorridor/referral"
	"carecorridor/referral/record"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

func referPageOf(slug string) (referPage, error) {
	at := slices.IndexFunc(referPages, func(p referPage) bool { return p.slug == slug })
	if at < 0 {
		return referPage{}, fault.New(fault.Missing, "page of the referral form", nil)
	}
	return referPages[at], nil
}

// mayAmend reports whether the reader may change the answers now.
func mayAmend(v referral.View) bool {
	_, ok := v.May(referral.Amend, "")
	return ok
}

// referPage shows a page of the form; who may not change it reads the answers.
func (h *Handlers) referPage(c echo.Context, who auth.Actor) error {
	p, err := referPageOf(c.Param("page"))
	if err != nil {
		return err
	}
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	w := writtenOf(v)
	if !mayAmend(v) {
		f := h.referFrame(c, p.title, who, backToTasks(v)...)
		return h.showRefer(c, http.StatusOK, v, f, refer.Page{Caption: "Referral " + v.Reference, Parts: []views.Part{refer.Answers{Title: "Answers", Facts: h.referFacts(p, w)}}})
	}
	values := p.values(w)
	if v.Contact {
		values.Set(contactChecked, "yes")
	}
	return h.showAnswers(c, http.StatusOK, who, v, p, referTyped{values: values, version: v.Version, seen: p.print(w)}, nil)
}

// referTyped is a form with the version of the referral it was made from.
type referTyped struct {
	values  url.Values
	version int64
	seen    string // print of the page's answers when the form was made
}

func (h *Handlers) showAnswers(c echo.Context, status int, who auth.Actor, v referral.View, p referPage, t referTyped, bad check.List) error {
	f := h.referFrame(c, p.title, who, backToTasks(v)...)
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	page := refer.Page{Caption: "Referral " + v.Reference, Lead: p.lead}
	if v.State == referral.AwaitingConsent {
		page.Parts = append(page.Parts, caution("The patient has been asked already", "If you change an answer, they cannot consent until you have signed again. Then we mail them anew."))
	}
	form := refer.Form{Action: link.Referral(v.Reference, p.slug), Enter: &ui.Button{Text: "Save and continue", Name: "do", Value: "save"}, Keep: t.keep(), Parts: h.drawRefer(p, t.values, bad),
		Buttons: []ui.Button{{Text: "Save and continue", Name: "do", Value: "save"}, {Text: "Save and come back later", Name: "do", Value: "later", Look: ui.Secondary}}}
	if p.slug == pageConsent.slug {
		form.Parts = append(form.Parts, h.consentParts(c, who, v, t.values, bad)...)
	}
	page.Parts = append(page.Parts, form)
	return h.showRefer(c, status, v, f, page)
}

func (t referTyped) keep() []ui.Hidden {
	return []ui.Hidden{{Name: "version", Value: strconv.FormatInt(t.version, 10)}, {Name: "seen", Value: t.seen}}
}

// caution is a caution of one sentence among the parts of a page.
func caution(title string, text ...string) cautionPart { return cautionPart{title, text} }

// consentParts are the box about the address, and the very words that the patient will be asked.
func (h *Handlers) consentParts(c echo.Context, who auth.Actor, v referral.View, values url.Values, bad check.List) []views.Part {
	address := ""
	if v.Patient != nil {
		address = v.Patient.Email
	}
	hint := "Fill in patient details first: there is no address yet."
	if address != "" {
		hint = "Read it back: " + address
	}
	parts := []views.Part{views.CheckBox{ID: contactChecked, Name: contactChecked, Text: "I have checked the email address with the patient", Hint: hint, Checked: values.Get(contactChecked) == "yes", Error: bad.On(contactChecked)}}
	texts, err := h.cfg.Referrals.ConsentWords(c.Request().Context(), who, v.ID)
	if err != nil {
		return parts
	}
	var words []views.Part
	for _, t := range texts {
		words = append(words, views.Para(t.Words))
	}
	if len(words) > 0 {
		parts = append(parts, refer.Fold{Summary: "The words the patient will read", Parts: words})
	}
	return parts
}

// referPageSave keeps a page: what cannot be kept comes back as it was typed; what a colleague changed meanwhile is shown
// beside it; what is seldom is asked once more; what this service is not for leads elsewhere.
func (h *Handlers) referPageSave(c echo.Context, who auth.Actor) error {
	p, err := referPageOf(c.Param("page"))
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	v, err := h.looked(c, who)
	if err != nil {
		return err
	}
	if !mayAmend(v) {
		return h.tooLate(c, who, v, p, form)
	}
	t := referTyped{values: maps.Clone(form), seen: form.Get("seen")}
	t.version, _ = strconv.ParseInt(form.Get("version"), 10, 64)
	do, about, _ := strings.Cut(form.Get("do"), ":")
	switch do {
	case "remove":
		name, at, _ := strings.Cut(about, ":")
		for _, field := range entryFields(t.values, name, atoi(at)) {
			t.values.Del(field)
		}
		p.closeRanks(t.values)
		return h.showAnswers(c, http.StatusOK, who, v, p, t, nil)
	case "add", "edit":
		p.closeRanks(t.values)
		return h.showAnswers(c, http.StatusOK, who, v, p, t, nil)
	}
	p.closeRanks(t.values)
	return h.keepStep(c, who, v, p, t)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// keepStep reads, judges and saves what was typed.
func (h *Handlers) keepStep(c echo.Context, who auth.Actor, v referral.View, p referPage, t referTyped) error {
	held := writtenOf(v)
	typed := writtenOf(v)
	var bad check.List
	p.read(t.values, typed, &bad)
	tidy(typed)
	step, err := typed.step()
	if err != nil {
		return err
	}
	if stale := t.version != v.Version && t.seen != p.print(held); stale && p.print(typed) != p.print(held) {
		return h.showBoth(c, who, v, p, t, held, typed)
	}
	later := t.values.Get("do") == "later"
	if later && !bad.OK() {
		return h.showAnswers(c, http.StatusUnprocessableEntity, who, v, p, t, bad)
	}
	if !later {
		bad = append(bad, p.of(h.problemsOfStep(step, p))...)
		bad.Need(p.slug != pageConsent.slug || t.values.Get(contactChecked) == "yes", contactChecked, "Confirm that you have checked the email address with the patient")
		bad = slices.CompactFunc(bad, func(a, b check.Problem) bool { return a == b })
		if !bad.OK() {
			return h.showAnswers(c, http.StatusUnprocessableEntity, who, v, p, t, onePerField(bad))
		}
		if stop, notNow := h.stopOf(v, step, t.values); stop != nil {
			return h.showReferStop(c, who, v, p, t, *stop)
		} else {
			step.NotNow = notNow
		}
		if odd := p.of(step.Clinical.Unusual()); len(odd) > 0 && t.values.Get("confirmed") != "yes" {
			return h.askOnce(c, who, v, p, t, odd)
		}
	}
	return h.sendStep(c, who, v, p, t, step, later)
}

// onePerField keeps the first sentence about each field: a date that cannot be read is not also missing.
func onePerField(bad check.List) (out check.List) {
	for _, p := range bad {
		if out.On(p.Field) == "" {
			out = append(out, p)
		}
	}
	return out
}

func (h *Handlers) referRules() record.Rules {
	return record.Rules{Today: h.cfg.Referrals.Today(), TestNumbers: h.cfg.Referrals.TestNumbers, ByReferrer: true, MaxHospitals: referral.MaxHospitals}
}

// problemsOfStep are what is wrong with the parts that a page writes.
func (h *Handlers) problemsOfStep(s referral.Step, p referPage) (out check.List) {
	rules := h.referRules()
	for _, part := range p.parts() {
		out = append(out, checkOf(s, part, rules)...)
	}
	return out
}

func checkOf(s referral.Step, part referral.Part, rules record.Rules) check.List {
	switch part {
	case referral.InPatient:
		return s.Patient.Check(rules)
	case referral.InPathway:
		return s.Pathway.Check(rules)
	case referral.InClinical:
		return s.Clinical.Check(rules)
	case referral.InSafety:
		return s.Safety.Check(rules)
	}
	return s.Preferences.Check(rules)
}

// stopOf is the stop that the answers raise, nil when there is none; notNow are those that were read and answered, on
// this form or when the words were first written.
func (h *Handlers) stopOf(v referral.View, s referral.Step, form url.Values) (*record.Stop, []record.StopCode) {
	var notNow []record.StopCode
	for _, code := range form["not_now"] {
		notNow = append(notNow, record.StopCode(code))
	}
	before, rules := stepOf(v), h.referRules()
	if was := record.StopFor(before.Patient, before.Pathway, before.Clinical, rules); was != nil && was.CanContinue && v.Stop == nil {
		if now := record.StopFor(s.Patient, s.Pathway, s.Clinical, rules, notNow...); now != nil && now.Code == was.Code && now.Words == was.Words {
			notNow = append(notNow, was.Code)
		}
	}
	return record.StopFor(s.Patient, s.Pathway, s.Clinical, rules, notNow...), notNow
}

// sendStep saves the parts of a page, each as the service takes them, and goes on.
func (h *Handlers) sendStep(c echo.Context, who auth.Actor, v referral.View, p referPage, t referTyped, step referral.Step, later bool) error {
	version, rules := v.Version, h.referRules()
	before := writtenOf(v)
	for _, part := range p.parts() {
		step.Part = part
		step.ContactChecked = part == referral.InPatient && addressChecked(v, p, step, t.values)
		// A part that is on two pages is kept unfinished until the second one is filled in.
		step.Leave = later || !checkOf(step, part, rules).OK() || part == referral.InPatient && !step.ContactChecked
		if sameMap(before[part], writtenIn(step)[part]) && savedPart(v, part) && step.ContactChecked == v.Contact {
			continue
		}
		saved, err := h.cfg.Referrals.SaveStep(c.Request().Context(), who, v.ID, version, step)
		switch {
		case errors.Is(err, referral.ErrStale):
			return h.showBothNow(c, who, p, t)
		case err != nil:
			return err
		case saved.Stop != nil:
			return h.showReferStop(c, who, v, p, t, *saved.Stop)
		case !saved.OK():
			return h.showAnswers(c, http.StatusUnprocessableEntity, who, v, p, t, saved.Problems)
		}
		version = saved.Version
	}
	if later {
		return c.Redirect(http.StatusSeeOther, doneAt(link.Referral(v.Reference), "saved"))
	}
	return c.Redirect(http.StatusSeeOther, h.afterPage(c, who, v, p.slug))
}

// addressChecked: the referrer read the patient's address back, and it is still that one.
func addressChecked(v referral.View, p referPage, s referral.Step, form url.Values) bool {
	if p.slug == pageConsent.slug {
		return form.Get(contactChecked) == "yes"
	}
	return v.Contact && v.Patient != nil && strings.EqualFold(v.Patient.Email, s.Patient.Email)
}

func sameMap(a, b map[string]any) bool {
	return shownMap(a) == shownMap(b)
}

// tidy writes numbers and codes as they are kept: without spaces, in capitals.
func tidy(w written) {
	p := w[referral.InPatient]
	clean := func(name string, parse func(string) (string, bool)) {
		if s, ok := parse(shown(get(p, name))); ok {
			put(p, name, s)
		}
	}
	clean("nhs_number", func(s string) (string, bool) {
		n, flaw := nhs.ParseNumber(s, true)
		return string(n), flaw == ""
	})
	clean("postcode", nhs.ParsePostcode)
	clean("gp_code", nhs.ParseODS)
	clean("phone", nhs.ParsePhone)
	clean("contact.phone", nhs.ParsePhone)
	if shown(get(p, "nhs_number")) != "" {
		put(p, "no_nhs_number", "")
	}
	if get(p, "no_gp") == true {
		put(p, "gp_share", string(referral.GPNone))
	}
	c := w[referral.InClinical]
	if put(c, "condition.system", ""); shown(get(c, "condition.code")) != "" {
		put(c, "condition.system", "http://snomed.info/sct")
	}
	if list, _ := c["operations"].([]any); list != nil {
		for _, one := range list {
			if entry, ok := one.(map[string]any); ok {
				put(entry, "date_known", shown(get(entry, "on")) != "")
			}
		}
	}
	u := w[referral.InPathway]
	put(u, "ubrn", strings.ReplaceAll(shown(get(u, "ubrn")), " ", ""))
}

// afterPage is where the reader goes on: the next section that is not done, in the order of the list.
func (h *Handlers) afterPage(c echo.Context, who auth.Actor, v referral.View, slug string) string {
	fresh, err := h.cfg.Referrals.Look(c.Request().Context(), who, v.ID)
	if err != nil {
		return link.Referral(v.Reference)
	}
	past := false
	for _, s := range h.sectionsOf(fresh) {
		if past && s.slug != "" && s.status != sectionDone {
			return link.Referral(v.Reference, s.slug)
		}
		past = past || s.slug == slug
	}
	return link.Referral(v.Reference)
}
