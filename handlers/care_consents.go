package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const consentsTitle = "What you agree to"

func (h *Handlers) careConsentRoutes() []route {
	return []route{
		h.asPatient("GET", link.CareConsents, h.careConsents),
		h.asPatient("POST", link.CareConsents, h.careConsentsGive),
		h.asPatient("POST", link.CareConsents+"/take-back", h.careConsentBack),
		h.asPatient("GET", link.CareGP, h.careGP),
		h.asPatient("POST", link.CareGP, h.careGPSave),
		h.asPatient("GET", link.CarePause, h.carePause),
		h.asPatient("POST", link.CarePause, h.carePauseSave),
		h.asPatient("GET", link.CareWithdraw, h.careWithdraw),
		h.asPatient("POST", link.CareWithdraw, h.careWithdrawSave),
	}
}

// consentTitles name each consent in a few words.
var consentTitles = map[referral.ConsentCode]string{
	referral.C1: "use my health information to prepare this referral", referral.C2: "this hospital may have these items", referral.C3: "they may be sent to India",
	referral.C4: "my doctor may take part", referral.C5: "my GP or aftercare provider gets the discharge papers", referral.C6: "you may ask me how it went",
}

func (h *Handlers) careConsents(c echo.Context, p inCare) error {
	return h.showConsents(c, http.StatusOK, p, nil, nil)
}

func (h *Handlers) showConsents(c echo.Context, status int, p inCare, ticked []string, bad check.List) error {
	texts, err := h.cfg.Referrals.ConsentTexts(c.Request().Context(), p.Actor, p.view.ID)
	if err != nil {
		return err
	}
	f := h.careFrame(p, consentsTitle, p.mine())
	if p.editable() {
		f.Breadcrumb = []ui.Link{p.mine(), {Text: requestTitle, Href: link.CareSteps}}
	}
	f.Errors = problemsOf(bad)
	v := care.Consents{Action: link.CareConsents, Keep: []ui.Hidden{versionField(p.view.Version)}, Submit: "I agree to what I ticked", Back: p.mine(),
		Hint: "We mail you a code to confirm that it is you, if you have not entered one in the last 10 minutes.",
		Lead: []string{"Each box is a separate choice. Nothing is ticked for you. We keep the exact words that you agree to.", "You can take back each one at any time, and it counts at once. You do not have to say why."}}
	if x := p.inCareOf(); x != nil {
		v.Lead[1] = "You can take back each one, and it counts at once. What " + x.Listed.Name + " has cannot be taken back alone: see below what you can do instead."
	}
	v.Groups = h.consentGroups(p, texts, ticked)
	for _, g := range v.Groups {
		for _, one := range g.Consents {
			v.CanGive = v.CanGive || one.Name != "" && one.Given == ""
		}
	}
	v.CanGive = v.CanGive && p.may(referral.GiveConsent, "")
	if !v.CanGive {
		for i := range v.Groups {
			for j := range v.Groups[i].Consents {
				v.Groups[i].Consents[j].Name = ""
			}
		}
	}
	v.After = h.besideConsents(p)
	if bad.OK() {
		f.Notice = p.consentNotice(c)
	}
	return show(c, status, care.ConsentsPage(f, v))
}

func (p inCare) consentNotice(c echo.Context) *ui.Banner {
	switch c.QueryParam("done") {
	case "given":
		b := &ui.Banner{Title: "Done", Success: true, Text: []string{"We have kept what you agreed to, in these words."}}
		if s := p.view.State; s == referral.AwaitingConsent || s == referral.Draft || s == referral.Returned {
			b.Title = "Kept, and not sent yet"
			b.Text = append(b.Text, "Nobody gets anything before you send it.")
			b.Links = []ui.Link{{Text: "Next: check your answers and send", Href: link.CareCheck}}
		}
		return b
	case "back":
		return &ui.Banner{Title: "Done", Success: true, Text: []string{"You took it back. It counts from now."}}
	case "gp":
		return &ui.Banner{Title: "Done", Success: true, Text: []string{"Your choice about your GP is kept."}}
	}
	return nil
}

// consentGroups puts those that are about a hospital under its name.
func (h *Handlers) consentGroups(p inCare, texts []referral.ConsentText, ticked []string) (out []care.ConsentGroup) {
	general := care.ConsentGroup{Title: "Your referral"}
	later := care.ConsentGroup{Title: "Afterwards"}
	var hospitals []care.ConsentGroup
	seen := map[string]int{}
	for _, t := range texts {
		one := h.consentOf(p, t, ticked)
		switch {
		case t.Hospital != "":
			at, ok := seen[t.Hospital]
			if !ok {
				at = len(hospitals)
				seen[t.Hospital] = at
				hospitals = append(hospitals, care.ConsentGroup{Title: t.Name, Note: "Both are needed for this hospital. You can agree for one hospital and not for another."})
			}
			hospitals[at].Consents = append(hospitals[at].Consents, one)
		case t.Code == referral.C5 || t.Code == referral.C6:
			later.Consents = append(later.Consents, one)
		default:
			general.Consents = append(general.Consents, one)
		}
	}
	for _, g := range slices.Concat([]care.ConsentGroup{general}, hospitals, []care.ConsentGroup{later, takenBack(p, texts)}) {
		if len(g.Consents) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// takenBack are consents that ended and that are not asked for any more, in the words that were agreed to.
func takenBack(p inCare, texts []referral.ConsentText) care.ConsentGroup {
	g := care.ConsentGroup{Title: "What you took back"}
	for i, k := range p.view.Consents {
		asked := slices.ContainsFunc(texts, func(t referral.ConsentText) bool { return t.Code == k.Code && t.Hospital == k.Hospital })
		if k.InForce || k.Withdrawn.IsZero() || asked {
			continue
		}
		one := care.Consent{ID: "ended-" + placeOf(i), Title: consentTitles[k.Code], Words: strings.Split(k.Words, "\n"), Ended: "You agreed on " + ukTime(k.At) + " and took it back on " + ukTime(k.Withdrawn) + "."}
		if k.Hospital != "" {
			one.Title += ": " + p.nameOf(k.Hospital)
		}
		g.Consents = append(g.Consents, one)
	}
	return g
}

func choiceOf(code referral.ConsentCode, hospital string) string {
	return strings.TrimSuffix(string(code)+" "+hospital, " ")
}

func (h *Handlers) consentOf(p inCare, t referral.ConsentText, ticked []string) care.Consent {
	id := "consent-" + strings.ToLower(string(t.Code))
	if t.Hospital != "" {
		at := slices.IndexFunc(p.view.Hospitals, func(x referral.HospitalView) bool { return x.ID == t.Hospital })
		id += "-" + placeOf(at)
	}
	value := choiceOf(t.Code, t.Hospital)
	one := care.Consent{ID: id, Name: "agree", Value: value, Title: consentTitles[t.Code], Words: strings.Split(t.Words, "\n"), Items: h.itemNames(p, t.Items), Ticked: slices.Contains(ticked, value), For: t.Name}
	if t.Needed {
		one.Needed = "Needed before it can be sent."
		if t.Hospital != "" {
			one.Needed = "Needed before it can be sent to " + t.Name + "."
		}
	}
	for _, given := range p.view.Consents {
		if given.Code != t.Code || given.Hospital != t.Hospital {
			continue
		}
		if given.InForce {
			one.Given, one.Ended = ukTime(given.At), ""
			one.Withdraw = h.takeBack(p, t)
		} else if one.Given == "" && !given.Withdrawn.IsZero() {
			one.Ended = "You agreed on " + ukTime(given.At) + " and took it back on " + ukTime(given.Withdrawn) + "."
		}
	}
	if one.Given != "" && !t.InForce {
		one.Ended = "You agreed on " + one.Given + ", before something was added to what would be shared. Agree again if the hospital may have that, too. Until then it keeps what you agreed to."
		one.Given, one.Withdraw = "", nil
	}
	return one
}

// takeBack is the button that ends a consent: at once for those about no hospital, on a page that says what follows for
// the others.
func (h *Handlers) takeBack(p inCare, t referral.ConsentText) *care.Press {
	button := ui.Button{Text: "Take this back", Look: ui.Secondary, Hidden: "(" + consentTitles[t.Code] + ")"}
	switch {
	case t.Code == referral.C1 && p.may(referral.Withdraw, ""):
		button.Href = link.CareWithdraw
	case t.Code == referral.C1 && p.may(referral.RequestErasure, ""):
		button.Href = link.CareErase
	case t.Hospital != "" && p.may(referral.WithdrawHospital, t.Hospital):
		at := slices.IndexFunc(p.view.Hospitals, func(x referral.HospitalView) bool { return x.ID == t.Hospital })
		button.Href, button.Hidden = link.CareHospital(placeOf(at), "withdraw"), "("+consentTitles[t.Code]+", "+t.Name+")"
	case p.isChosen(t.Hospital) && p.may(referral.ChooseAgain, ""):
		button.Href, button.Hidden = link.CareChooseAgain, "("+consentTitles[t.Code]+", "+t.Name+")"
	case t.Hospital == "" && t.Code != referral.C1 && p.may(referral.WithdrawConsent, ""):
	default:
		return nil
	}
	return &care.Press{Action: link.CareConsents + "/take-back", Keep: []ui.Hidden{versionField(p.view.Version), {Name: "consent", Value: string(t.Code)}}, Button: button}
}

// isChosen reports whether a hospital is the one whose offer was accepted: its consents end with the acceptance, and not
// alone once somebody is in its care (inCareOf).
func (p inCare) isChosen(hospital string) bool {
	x := p.view.Chosen()
	return hospital != "" && x != nil && x.ID == hospital
}

// itemNames says in words what a consent lists: parts of the record, and documents by their names.
func (h *Handlers) itemNames(p inCare, items []string) (out []string) {
	parts := map[string]string{referral.PartClinical: "Reason, history, medicines, allergies and safety answers, with your age and sex", referral.PartIdentity: "If you accept its offer: your name and date of birth",
		referral.PartContact: "If you accept its offer: your address, telephone number and email address", referral.PartPassport: "Your passport details, for the visa letter"}
	for _, item := range items {
		if words, ok := parts[item]; ok {
			out = append(out, words)
			continue
		}
		if at := slices.IndexFunc(p.view.Files, func(f referral.FileView) bool { return f.Hash == item }); at >= 0 {
			out = append(out, "Document: "+p.view.Files[at].Name)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return rankOf(a) - rankOf(b) })
	return out
}

// rankOf puts what is shared now before what is shared on acceptance.
func rankOf(item string) int {
	switch {
	case strings.HasPrefix(item, "Reason"):
		return 0
	case strings.HasPrefix(item, "Document"):
		return 1
	case strings.HasPrefix(item, "If you"):
		return 2
	}
	return 3
}

// besideConsents are what else the patient decides about sharing.
func (h *Handlers) besideConsents(p inCare) (out []views.Part) {
	s := care.Section{Title: "Your other choices"}
	if p.may(referral.ChooseGPShare, "") {
		s.Links = append(s.Links, ui.Link{Text: "What your GP gets: " + lowerFirst(gpWords[p.view.GPShare]), Href: link.CareGP})
	}
	if p.may(referral.SuspendConsent, "") {
		s.Links = append(s.Links, ui.Link{Text: "Pause all sharing for a while", Href: link.CarePause})
	}
	if p.may(referral.ResumeConsent, "") {
		s.Links = append(s.Links, ui.Link{Text: "Sharing is paused: go on", Href: link.CarePause})
	}
	if p.may(referral.Withdraw, "") {
		s.Links = append(s.Links, ui.Link{Text: "Withdraw the whole referral", Href: link.CareWithdraw})
	}
	var all care.Sections
	if x := p.inCareOf(); x != nil {
		all = append(all, h.insteadOfTakingBack(p, x))
	}
	if len(s.Links) > 0 {
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil
	}
	return []views.Part{all}
}

var gpWords = map[referral.GPShare]string{referral.GPUnset: "Not decided yet", referral.GPAll: "Word of your journey, and the papers after the treatment", referral.GPDischargeOnly: "The papers after the treatment", referral.GPNothing: "Nothing", referral.GPNone: "You have no GP"}

func (h *Handlers) careConsentsGive(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	var given []referral.ConsentChoice
	for _, value := range form["agree"] {
		code, hospital, _ := strings.Cut(value, " ")
		given = append(given, referral.ConsentChoice{Code: referral.ConsentCode(code), Hospital: hospital})
	}
	if len(given) == 0 {
		return h.showConsents(c, http.StatusUnprocessableEntity, p, nil, check.List{{Field: "give", Say: "Tick what you agree to, or leave this page"}})
	}
	done, err := h.cfg.Referrals.GiveConsents(c.Request().Context(), p.Actor, p.view.ID, seenVersion(c), given, "link")
	if moved := h.careMoved(c, p, err); moved != nil {
		return moved()
	}
	if err != nil {
		return err
	}
	if !done.OK() {
		return h.showConsents(c, http.StatusUnprocessableEntity, p, form["agree"], done.Problems)
	}
	return c.Redirect(http.StatusSeeOther, link.CareConsents+"?done=given")
}

// careConsentBack ends one of C4 to C6 at once.
func (h *Handlers) careConsentBack(c echo.Context, p inCare) error {
	in := referral.Input{Version: p.view.Version, Consent: referral.ConsentCode(c.FormValue("consent"))} // to take back counts at once, whatever others did meanwhile
	return h.happen(c, p, referral.WithdrawConsent, in, link.CareConsents+"?done=back", func(bad check.List) error {
		return h.showConsents(c, http.StatusUnprocessableEntity, p, nil, bad)
	})
}

func (h *Handlers) careGP(c echo.Context, p inCare) error {
	return h.showGP(c, p, url.Values{"gp_share": {string(p.view.GPShare)}}, nil)
}

func (h *Handlers) showGP(c echo.Context, p inCare, v url.Values, bad check.List) error {
	page := views.EnquiryForm{Heading: "What your GP gets", Keep: []ui.Hidden{versionField(p.view.Version)}, Submit: "Save",
		Lead: []string{"Your GP looks after you when you are home. They can only do that well if they know what was done."},
		Parts: []views.Part{
			radios("gp_share", "What may your GP get?", v, bad, ui.Choice{Value: string(referral.GPAll), Text: "Word of my journey, and the papers after the treatment"}, ui.Choice{Value: string(referral.GPDischargeOnly), Text: "The papers after the treatment, and nothing before"},
				ui.Choice{Value: string(referral.GPNothing), Text: "Nothing"}, ui.Choice{Value: string(referral.GPNone), Text: "I have no GP"}),
			ui.Caution{Title: "If your GP knows nothing", Text: []string{"They may give you medicines that do not go together with those from India.", "They may not know of an operation when you have a complication.", "UK hospitals may not know that you have to be tested for resistant germs. You must tell them yourself for 12 months."}},
			views.CheckBox{ID: "warned", Name: "warned", Text: "I have read what can happen when my GP does not know", Hint: "Only needed for the last two choices.", Checked: v.Get("warned") == "yes", Error: bad.On("warned")},
		}}
	return h.careAsk(c, refusedStatus(bad), p, page, bad, p.mine(), ui.Link{Text: consentsTitle, Href: link.CareConsents})
}

func (h *Handlers) careGPSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	in := referral.Input{Version: seenVersion(c), GPShare: referral.GPShare(form.Get("gp_share")), Warned: form.Get("warned") == "yes"}
	return h.happen(c, p, referral.ChooseGPShare, in, link.CareConsents+"?done=gp", func(bad check.List) error { return h.showGP(c, p, form, bad) })
}

func (h *Handlers) carePause(c echo.Context, p inCare) error {
	page := views.EnquiryForm{Heading: "Pause all sharing?", Submit: "Pause sharing", Keep: []ui.Hidden{{Name: "do", Value: "pause"}},
		Lead: []string{"Hospitals can no longer open your referral, and nothing new is sent to them or to your GP. It counts at once.", "Nothing is lost. You can go on whenever you want to."}}
	if p.may(referral.ResumeConsent, "") {
		page.Keep[0].Value = "resume"
		page.Heading, page.Submit, page.Lead = "Go on with sharing?", "Go on with sharing", []string{"Hospitals that you agreed to can open your referral again."}
	}
	return h.careAsk(c, http.StatusOK, p, page, nil, p.mine(), ui.Link{Text: consentsTitle, Href: link.CareConsents})
}

func (h *Handlers) carePauseSave(c echo.Context, p inCare) error {
	e := referral.SuspendConsent
	if c.FormValue("do") == "resume" {
		e = referral.ResumeConsent
	}
	if !p.may(e, "") {
		return c.Redirect(http.StatusSeeOther, link.Care) // it is so already
	}
	return h.happen(c, p, e, referral.Input{Version: p.view.Version}, link.Care, func(check.List) error { return h.carePause(c, p) })
}

func (h *Handlers) careWithdraw(c echo.Context, p inCare) error {
	return h.showWithdraw(c, p, url.Values{"reason": {""}}, nil)
}

func (h *Handlers) showWithdraw(c echo.Context, p inCare, v url.Values, bad check.List) error {
	page := views.EnquiryForm{Heading: "Withdraw your referral?", Submit: "Withdraw my referral", Danger: true, Keep: []ui.Hidden{versionField(p.view.Version)},
		Lead: []string{"Your referral ends at once and for good. Hospitals that have it are told to stop and to delete their copies, and to confirm that they did.",
			"You can start a new one at any time. What you have to pay for something that a hospital has already done for you is between you and the hospital."},
		Parts: []views.Part{ui.Field{ID: "reason", Label: "Why? You do not have to say", Type: "select", Options: selected(v.Get("reason"), append([]ui.Option{{Text: "I prefer not to say"}}, withdrawReasons...)...), Error: bad.On("reason")},
			optional1(area1("comment", "Anything you want to add", "", 3, v, bad))},
		Other: views.Anchor{Text: "No, keep my referral", URL: link.Care}}
	if x := p.inCareOf(); x != nil {
		page.Lead = append(page.Lead, "Your aftercare dates and reminders end, too. "+x.Listed.Name+" treats you or did: its own record of that it keeps, as the law there asks of it.")
	}
	return h.careAsk(c, refusedStatus(bad), p, page, bad)
}

// withdrawReasons in the patient's words; their codes are those of domain.md §2.4.
var withdrawReasons = []ui.Option{{Value: string(referral.NoLongerNeeded), Text: "I no longer need it"}, {Value: string(referral.GoingNHS), Text: "I have the treatment on the NHS"}, {Value: string(referral.GoingPrivate), Text: "I have it privately in the UK"},
	{Value: string(referral.GoingOtherCountry), Text: "I go to another country"}, {Value: string(referral.Cost), Text: "It costs too much"}, {Value: string(referral.HealthChanged), Text: "My health has changed"}, {Value: string(referral.VisaRefused), Text: "I got no visa"},
	{Value: string(referral.Safety), Text: "I am worried about safety"}, {Value: string(referral.OtherReason), Text: "Something else"}}

func (h *Handlers) careWithdrawSave(c echo.Context, p inCare) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	if p.view.State == referral.Closed {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	in := referral.Input{Version: p.view.Version, Reason: referral.Reason(form.Get("reason")), Comment: check.Lines(form.Get("comment"))}
	return h.happen(c, p, referral.Withdraw, in, link.Care, func(bad check.List) error { return h.showWithdraw(c, p, form, bad) })
}
