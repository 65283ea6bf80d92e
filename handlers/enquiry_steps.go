package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/search"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// mostFound is how many hospitals a search by name offers.
const mostFound = 8

// enquiryHospitalsOf shows the hospitals of slugs; those that are not listed are left out.
func (h *Handlers) enquiryHospitalsOf(c echo.Context, slugs []string) ([]views.EnquiryHospital, error) {
	var out []views.EnquiryHospital
	for _, slug := range slugs {
		p, err := h.cat.Profile(c.Request().Context(), slug)
		if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		one := views.EnquiryHospital{Name: p.Name, Place: p.City.Name, URL: link.Hospital(p.Slug), Slug: p.Slug, Sample: p.Sample}
		if one.Unreachable, err = h.unreachable(c, slug); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// unreachable reports whether no checked contact of a hospital is held, so that nothing can be sent to it.
func (h *Handlers) unreachable(c echo.Context, slug string) (bool, error) {
	l, err := h.cfg.Enquiries.Directory.Listing(c.Request().Context(), slug)
	if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
		return true, nil
	}
	return l.Email == "", err
}

func (h *Handlers) enquiryHospitals(c echo.Context, d enquiry.Draft) error {
	return h.showHospitals(c, http.StatusOK, d, nil)
}

func (h *Handlers) showHospitals(c echo.Context, status int, d enquiry.Draft, bad check.List) error {
	f := h.enquiryFrame(stepTitles[enquiry.StepHospitals])
	v := views.EnquiryHospitals{Caption: stepCaption(enquiry.StepHospitals), Action: link.EnquiryStep("hospitals"), Most: enquiry.MaxHospitals, Problem: bad.On("hospitals"),
		Others: []ui.Link{{Text: "Search hospitals by treatment and place", Href: link.HospitalsPath}}}
	if !bad.OK() {
		f.Errors = &ui.ErrorSummary{}
		for _, p := range bad {
			f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: p.Say, FieldID: "chosen"})
		}
	}
	f.Errors = withLost(c, f.Errors)
	if treatment := cleanText(c.FormValue("treatment")); treatment != "" {
		v.Keep = []ui.Hidden{{Name: "treatment", Value: treatment}}
	}
	keep, _, notes, err := h.sifted(c, chosenSlugs(d), d.Answers.Hospitals)
	if err != nil {
		return err
	}
	_, _, more, err := h.sifted(c, namedSlugs(append(keep, c.QueryParams()["left"]...)), nil)
	if err != nil {
		return err
	}
	v.Notes = append(notes, more...)
	if v.Chosen, err = h.enquiryHospitalsOf(c, keep); err != nil {
		return err
	}
	for _, slug := range keep { // so that the choice is not lost with the cookie
		v.Had = append(v.Had, ui.Hidden{Name: "had", Value: slug})
	}
	if v.Shortlist, err = h.shortlisted(c, chosenSlugs(d)); err != nil {
		return err
	}
	if v.Query = cleanText(c.QueryParam("q")); v.Query != "" {
		v.Searched = true
		if v.Found, err = h.hospitalsCalled(c, v.Query, chosenSlugs(d)); err != nil {
			return err
		}
	}
	return show(c, status, views.EnquiryHospitalsPage(f, v))
}

// shortlisted are the hospitals of the reader's shortlist that are not chosen yet.
func (h *Handlers) shortlisted(c echo.Context, chosen []string) ([]views.EnquiryHospital, error) {
	list, _ := h.readList(c)
	cards, err := h.cat.Cards(c.Request().Context(), list.ids(), "")
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, card := range cards {
		if !slices.Contains(chosen, card.Slug) {
			slugs = append(slugs, card.Slug)
		}
	}
	return h.enquiryHospitalsOf(c, slugs)
}

// hospitalsCalled finds listed hospitals by name, without those already chosen.
func (h *Handlers) hospitalsCalled(c echo.Context, text string, chosen []string) ([]views.EnquiryHospital, error) {
	found, err := h.index.Suggest(c.Request().Context(), text, mostFound+enquiry.MaxHospitals)
	if err == nil {
		found, err = h.cat.StillListed(c.Request().Context(), found)
	}
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, s := range found {
		if s.Kind == search.KindProvider && !slices.Contains(chosen, s.Slug) && len(slugs) < mostFound {
			slugs = append(slugs, s.Slug)
		}
	}
	return h.enquiryHospitalsOf(c, slugs)
}

// enquiryHospitalsSave adds or removes one, or goes on.
func (h *Handlers) enquiryHospitalsSave(c echo.Context, d enquiry.Draft) error {
	add, remove := cleanText(c.FormValue("add")), cleanText(c.FormValue("remove"))
	slugs, _, _, err := h.sifted(c, chosenSlugs(d), d.Answers.Hospitals) // one that is no longer listed leaves with the next change
	if err != nil {
		return err
	}
	here := withTreatment(link.EnquiryStep("hospitals"), c.FormValue("treatment"))
	switch {
	case add != "":
		slugs = append(slugs, add)
	case remove != "":
		slugs = slices.DeleteFunc(slugs, func(s string) bool { return s == remove })
		if len(slugs) == 0 {
			return h.emptied(c, d)
		}
	default:
		here = ""
	}
	after, refused, err := h.cfg.Enquiries.SaveStep(c.Request().Context(), d.Token, enquiry.HospitalsStep{Slugs: slugs})
	if err != nil {
		return err
	}
	if !refused.OK() {
		return h.showHospitals(c, http.StatusUnprocessableEntity, d, refused.Problems)
	}
	h.keepDraft(c, after.Token, draftDays)
	if here == "" {
		here = withTreatment(nextStep(after), c.FormValue("treatment"))
	}
	return c.Redirect(http.StatusSeeOther, here)
}

// enquiryHospitalsAgain puts the hospitals that the page showed, and the one just added, into a new draft and shows them.
func (h *Handlers) enquiryHospitalsAgain(c echo.Context, d enquiry.Draft) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	remove := cleanText(form.Get("remove"))
	named := slices.DeleteFunc(namedSlugs(append(form["had"], form["add"]...)), func(s string) bool { return s == remove })
	keep, _, _, err := h.sifted(c, named, nil)
	if err != nil {
		return err
	}
	if len(keep) > 0 {
		saved, refused, err := h.cfg.Enquiries.SaveStep(c.Request().Context(), d.Token, enquiry.HospitalsStep{Slugs: keep})
		if err != nil {
			return err
		}
		if refused.OK() {
			d = saved
		}
	}
	return h.showHospitals(c, http.StatusUnprocessableEntity, d, nil)
}

// emptied is the list after the last hospital was taken away: the step wants one, so the draft keeps it until another
// is chosen, and the page says so.
func (h *Handlers) emptied(c echo.Context, d enquiry.Draft) error {
	return h.showHospitals(c, http.StatusUnprocessableEntity, d, check.List{{Field: "hospitals", Say: "An enquiry needs at least 1 hospital. Add another one before you remove this one"}})
}

// showStop shows why a step does not go on, with everything that was typed in both buttons.
func (h *Handlers) showStop(c echo.Context, stop enquiry.Stop, step enquiry.StepName, typed url.Values) error {
	return h.stopAt(c, stop, link.EnquiryStep(string(step)), typed, h.enquiryFrame(""))
}

// stopAt is showStop at any address of an enquiry.
func (h *Handlers) stopAt(c echo.Context, stop enquiry.Stop, action string, typed url.Values, f views.Frame) error {
	v := stopWords(stop)
	v.Found, v.Action = stop.Words, action
	f.Title = v.Heading
	return showStopped(c, f, v, typed, stop.CanContinue, string(stop.Kind))
}

// showStopped is a page instead of what was asked for, with everything that was typed in its buttons. goOn offers to
// say that the stop of this kind does not apply.
func showStopped(c echo.Context, f views.Frame, v views.EnquiryStop, typed url.Values, goOn bool, kind string) error {
	v.Keep = kept(typed, "do")
	if goOn {
		v.Explain = "If this does not fit what you meant, you can go on."
		v.Continue = &ui.Button{Text: "This does not apply: continue", Look: ui.Secondary, Name: "not_now", Value: kind}
	}
	return show(c, http.StatusOK, views.EnquiryStopPage(f, v))
}

func stopWords(stop enquiry.Stop) views.EnquiryStop {
	guide := views.Anchor{Text: "Is it right for me? From the travel and safety guide", URL: link.Guide}
	switch stop.Kind {
	case enquiry.Emergency:
		return views.EnquiryStop{Heading: "Get help now", Emergency: true, Text: []string{"What you wrote can be a sign of an emergency. Do not wait for an answer from a hospital abroad."}}
	case enquiry.Crisis:
		return views.EnquiryStop{Heading: "Talk to somebody now", Emergency: true, Text: []string{"If you may harm yourself or somebody else, call 999 or go to A&E.", "You can also call 111 and choose option 2 for mental health, or call Samaritans on 116 123. Both are open day and night and cost nothing."}}
	case enquiry.UrgentCare:
		return views.EnquiryStop{Heading: "See your GP first", Urgent: true, Links: []views.Anchor{guide}, Text: []string{"What you wrote may need to be looked at soon in the UK. The NHS has an urgent path for it that is free and usually much faster than travelling.", "Call your GP practice today and say what you wrote here, or call 111."}}
	case enquiry.UnderAge:
		return views.EnquiryStop{Heading: "We cannot take enquiries for people under 18 yet", Links: []views.Anchor{guide}, Text: []string{"Treatment abroad for a child needs the consent of a parent and a review by a specialist in the UK. This form cannot make sure of either.", "Talk to your child’s specialist or GP. They can tell you what is possible in the UK and who can refer a child abroad."}}
	}
	heading, text := excludedWords(stop.Why)
	return views.EnquiryStop{Heading: heading, Text: text, Links: []views.Anchor{guide}}
}

// enquiryLetter is a letter to the hospitals that cannot be reached through us.
func (h *Handlers) enquiryLetter(c echo.Context, d enquiry.Draft) error {
	a := d.Answers
	v := views.EnquiryLetter{Date: h.cfg.Enquiries.Today().Long(), Facts: h.askedFacts(a, false), Back: views.Anchor{Text: "Back to your answers", URL: link.EnquiryStep("check")},
		Text: []string{"I live in the United Kingdom and am thinking about treatment at your hospital. I would like your opinion and a written quote."},
		Ask: []string{"every charge that must be paid, and their total", "what may come on top, with amounts", "how long the quote is valid", "where and when I am assessed before the operation",
			"who pays for treating a complication, in the hospital and after I am home", "refund terms", "how many nights in hospital and how many days in India", "the name and registration number of the surgeon"}}
	for _, one := range a.Hospitals {
		v.To = append(v.To, one.Name)
	}
	f := h.enquiryFrame("Letter to a hospital", ui.Link{Text: "Check your answers", Href: link.EnquiryStep("check")})
	return show(c, http.StatusOK, views.EnquiryLetterPage(f, v))
}

var doctorWords = map[enquiry.SeenDoctor]string{enquiry.SeenYes: "Yes", enquiry.SeenNo: "No", enquiry.SeenNotSure: "Not sure"}

var forWords = map[enquiry.For]string{enquiry.ForSelf: "The person who asks", enquiry.ForOther: "Another adult, who agrees to it"}

// askedFacts is what a hospital may read: nothing that says who the patient is. change adds links to change it.
func (h *Handlers) askedFacts(a enquiry.Answers, change bool) ui.SummaryList {
	to := func(s enquiry.StepName, what string) ui.Link {
		if !change {
			return ui.Link{}
		}
		return ui.Link{Text: "Change", Href: link.EnquiryStep(string(s)), Hidden: what}
	}
	treatment := firstOf(a.TreatmentName, "Not sure which")
	when := "Not known yet"
	if !a.DatesOpen && a.Earliest.Known() {
		when = a.Earliest.Long() + " to " + a.Latest.Long()
	}
	return ui.SummaryList{
		{Label: "Treatment", Value: treatment, Link: to(enquiry.StepTreatment, "treatment")},
		{Label: "Main problem", Value: a.Problem, Link: to(enquiry.StepTreatment, "main problem")},
		{Label: "Seen a UK doctor", Value: doctorWords[a.SeenDoctor], Link: to(enquiry.StepDoctor, "whether you have seen a UK doctor")},
		{Label: "Travel dates", Value: when, Link: to(enquiry.StepDates, "dates")},
		{Label: "Treatment is for", Value: forWords[a.For], Link: to(enquiry.StepTravel, "who it is for")},
		{Label: "Travelling along", Value: companions(a.Companions), Link: to(enquiry.StepTravel, "who travels along")},
	}
}

func companions(n int) string {
	switch n {
	case 0:
		return "Nobody"
	case 1:
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
