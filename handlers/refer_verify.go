package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// ladder are the levels of a referrer (domain.md §1.4). mailboxes names the domains that count.
func ladder(mailboxes string) []struct{ name, proof, opens string } {
	return []struct{ name, proof, opens string }{
		{"R0", "You have an account of your practice", "You can write drafts"},
		{"R1", "You gave your registration number, and in the last 180 days you used a link mailed to your own address, which ends in " + mailboxes + ". A person saw that your practice’s ODS code is active", "You can write drafts, and we look you up"},
		{"R2", "A person found your name and number on the professional register, with a licence and without restricting conditions, at most 90 days ago", "You can sign and send referrals"},
		{"R3", "You are signed in through NHS Care Identity (CIS2) with a high level of identity, where this site is connected to it", "You can sign and send, whichever mailbox your account has"},
	}
}

// mailboxWords names the domains whose mailboxes count: "@nhs.net or @trust.example".
func (h *Handlers) mailboxWords() string {
	var out []string
	for _, domain := range h.cfg.Referrals.Mailboxes {
		out = append(out, "@"+domain)
	}
	return firstOf(strings.Join(out, " or "), "a domain of UK health (none is set on this site)")
}

// otherMailbox says what to do for somebody whose mailbox does not count; "" for everybody else.
func (h *Handlers) otherMailbox(r referral.Registration) string {
	if r.Role != auth.Referrer || r.MailCounts || r.Level >= 3 {
		return ""
	}
	return "Your account uses a mailbox at " + r.MailDomain + ". To sign and send, a clinician’s mailbox must end in " + h.mailboxWords() + "."
}

// referVerification shows how far the reader is verified, and asks for what is missing.
func (h *Handlers) referVerification(c echo.Context, who auth.Actor) error {
	return h.showVerification(c, http.StatusOK, who, nil)
}

func (h *Handlers) showVerification(c echo.Context, status int, who auth.Actor, bad check.List) error {
	r, err := h.cfg.Referrals.Registration(c.Request().Context(), who)
	if err != nil {
		return err
	}
	f := h.referFrame(c, "Your registration", who, ui.Link{Text: "My referrals", Href: link.ReferDashboard})
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	page := refer.Page{Title: "Your registration", Lead: []string{registrationWords(r)}}
	if words := h.otherMailbox(r); words != "" {
		page.Parts = append(page.Parts, caution("Your mailbox does not count yet", words, "Ask your practice administrator to invite you again at such an address, and open your account from the mail that comes. Your drafts stay with your practice.",
			"Your organisation has another secure mail domain? Write to us: we look it up in the NHS list of accredited secure email (DCB1596) before we add it."))
	}
	if r.Role == auth.Referrer && r.MailCounts && r.MailboxOld && r.State != "" {
		page.Parts = append(page.Parts, caution("Show that the mailbox is still yours", "You last used a link that we mailed you on "+dayOr(r.MailboxOn)+", more than 180 days ago. A mailbox that rests is closed, so we ask again.",
			"Ask for a link below, and use it. Your drafts stay as they are."), h.mailboxAgain())
	}
	table := ui.StackTable{Caption: "What is proven, and what each level opens", Head: []ui.Column{{Text: "Level"}, {Text: "Proof"}, {Text: "Opens"}, {Text: "You"}}}
	for n, l := range ladder(h.mailboxWords()) {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: l.name}, {Text: l.proof}, {Text: l.opens}, {Text: provenWords(r, n)}}})
	}
	page.Parts = append(page.Parts, table, refer.Answers{Title: "What we hold", Facts: ui.SummaryList{referFact("Register", r.Register), referFact("Number", r.Number), referFact("Mailed link used on", dayOr(r.MailboxOn)), referFact("Mailbox at", r.MailDomain), referFact("Looked up on", lookedUpOn(r)), referFact("Looked up by", r.CheckedByName), referFact("Practice seen as active", r.PracticeEvidence)}})
	if r.Role == auth.Referrer && r.MailCounts && !r.MailboxOld && r.State != "" {
		page.Parts = append(page.Parts, h.mailboxAgain())
	}
	if who.Role == auth.Referrer {
		page.Parts = append(page.Parts, refer.Group{ID: "ask", Title: "Ask for a check", Note: askWords(r), Parts: []views.Part{refer.Form{Action: link.ReferVerification, Buttons: []ui.Button{{Text: "Ask for a check"}},
			Parts: registerFields(firstOf(c.FormValue("register"), r.Register, referral.Registers[0]), firstOf(c.FormValue("number"), r.Number), bad)}}})
	}
	return show(c, status, refer.View(f, page))
}

// mailboxAgain asks for a mailed link that shows the mailbox for another 180 days.
func (h *Handlers) mailboxAgain() views.Part {
	note := "We mail a link to the address of your account. Once you have used it, the mailbox counts for 180 days."
	if h.cfg.Demo {
		note += " This is a demonstration: sample people get no mail."
	}
	return refer.Group{ID: "mailbox", Title: "Your mailbox", Note: note, Parts: []views.Part{refer.Form{Action: link.ReferMailbox, Buttons: []ui.Button{{Text: "Mail me a link to show that this mailbox is mine", Look: ui.Secondary}}}}}
}

func registerFields(register, number string, bad check.List) []views.Part {
	var options []ui.Option
	for _, one := range referral.Registers {
		options = append(options, ui.Option{Value: one, Text: one, Selected: one == register})
	}
	return []views.Part{ui.Field{ID: "register", Name: "register", Label: "Register", Type: "select", Options: options, Error: bad.On("register")},
		ui.Field{ID: "number", Name: "number", Label: "Registration number", Hint: "A GMC number has 7 digits.", Width: "10", Autocomplete: "off", Value: number, Error: bad.On("number")}}
}

// askWords say what follows when a check is asked for.
func askWords(r referral.Registration) string {
	if r.Fresh {
		return "You need this only when your number has changed. A person looks up the new one, which usually takes 1 working day. Until then the check that you have counts."
	}
	return "A person looks up you and your practice. It usually takes 1 working day."
}

func registrationWords(r referral.Registration) string {
	switch {
	case r.MailboxOld && r.MailCounts && r.State != "":
		return "You can write drafts. You cannot sign and send until you have shown again that your mailbox is yours."
	case r.Level >= 2 && r.Fresh && r.State == "asked":
		return "You can sign and send referrals. The check that you have counts until " + r.CheckedOn.AddDays(referral.RegisterMaxDays).Long() + ", or until our verifier has decided on the number that you gave now."
	case r.Level >= 2 && r.Fresh:
		return "You can sign and send referrals. The check counts until " + r.CheckedOn.AddDays(referral.RegisterMaxDays).Long() + ", then we look again."
	case r.State == "asked":
		return "Your number is with our verifier. You can write drafts, and sign them once the check is done."
	case r.State == "refused":
		return "We could not confirm your registration, or that your practice is active. Check the number, and ask again."
	case r.Due:
		return "The last check is more than 90 days old. Ask for a new one, then you can sign again."
	case r.State == "checked":
		return "You were found on the register. You can write drafts; you cannot sign and send yet, because of your mailbox."
	}
	return "You can write drafts. To sign and send, a person has to find you on the professional register."
}

func provenWords(r referral.Registration, level int) string {
	switch {
	case level == 0 || level == 1 && r.MailCounts && !r.MailboxOld && r.PracticeEvidence != "" || level >= 2 && r.Level >= level && r.Fresh:
		return "Proven"
	case level == 1 && !r.MailCounts && r.Level < 3:
		return "Missing: your mailbox does not count"
	case level > 0 && level < 3 && r.State == "asked":
		return "With our verifier"
	case level == 2 && r.Due || level >= 2 && r.Level >= level:
		return "Too old"
	}
	return "Missing"
}

func dayOr(d when.Date) string {
	if !d.Known() {
		return ""
	}
	return d.Long()
}

// lookedUpOn is the day of the last check, which may be of a number given before the one that waits.
func lookedUpOn(r referral.Registration) string {
	if r.State == "asked" && r.CheckedOn.Known() {
		return dayOr(r.CheckedOn) + ", for the number given before"
	}
	return dayOr(r.CheckedOn)
}

func (h *Handlers) referVerificationSend(c echo.Context, who auth.Actor) error {
	if who.Role != auth.Referrer {
		return fault.Say(fault.Conflict, "ask registration", "Only clinicians have a registration to check.")
	}
	bad, err := h.cfg.Referrals.AskRegistration(c.Request().Context(), who, c.FormValue("register"), c.FormValue("number"))
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showVerification(c, http.StatusUnprocessableEntity, who, bad)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.ReferVerification, "asked"))
}

// referMailboxSend mails the reader a link that shows that the mailbox of their account is theirs.
func (h *Handlers) referMailboxSend(c echo.Context, who auth.Actor) error {
	if who.Role != auth.Referrer {
		return fault.Say(fault.Conflict, "mail mailbox link", "Only clinicians have a registration to check.")
	}
	if err := h.cfg.People.MailMailboxLink(c.Request().Context(), who, visitOf(c)); errors.Is(err, auth.ErrTooMany) {
		return h.linksTooOften(c)
	} else if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.ReferVerification, "mailed"))
}

// referrerCheckRoutes are the desk's pages on which a person checks professionals on their register.
func (h *Handlers) referrerCheckRoutes() []route {
	return []route{
		h.as("GET", link.DeskReferrers, auth.ReferrerVerify, h.deskReferrers),
		h.as("GET", "/desk/referrers/:person", auth.ReferrerVerify, h.deskReferrer),
		h.as("POST", "/desk/referrers/:person", auth.ReferrerVerify, h.deskReferrerCheck),
	}
}

func (h *Handlers) deskCheckFrame(c echo.Context, title string, who auth.Actor, before ...ui.Link) views.Frame {
	f := h.workFrame(title, "Alliance desk", who, []views.NavItem{{Text: "Professionals", Href: link.DeskReferrers, Current: c.Request().URL.Path == link.DeskReferrers}}, before...)
	if words := referDone[c.QueryParam("done")]; words != "" && c.Request().Method == http.MethodGet {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
	return f
}

// deskReferrers lists who waits for a check or is due again, first.
func (h *Handlers) deskReferrers(c echo.Context, who auth.Actor) error {
	all, err := h.cfg.Referrals.Registrations(c.Request().Context(), who)
	if err != nil {
		return err
	}
	list := ui.Worklist{Empty: ui.Empty{Title: "Nobody waits for a check", Text: []string{"Clinicians who ask for a check of their registration are listed here."}},
		Table: ui.StackTable{Caption: "Professionals", Head: []ui.Column{{Text: "Name"}, {Text: "Organisation"}, {Text: "Register and number"}, {Text: "Status"}, {Text: "Looked up on"}}}}
	for _, r := range all {
		name := ui.Cell{Link: ui.Link{Text: r.Name, Href: link.DeskReferrer(r.Person)}, Note: upperFirst(roleWords[r.Role])}
		list.Table.Rows = append(list.Table.Rows, ui.Row{Cells: []ui.Cell{name, {Text: r.OrgName}, {Text: firstOf(r.Register+" "+r.Number, "Not given")}, {Text: checkState(r)}, {Text: firstOf(dayOr(r.CheckedOn), "Never"), Missing: !r.CheckedOn.Known()}}})
	}
	f := h.deskCheckFrame(c, "Check professionals on their register", who)
	return show(c, http.StatusOK, refer.View(f, refer.Page{Title: "Check professionals on their register", Wide: true, Lead: []string{"Look each name up on the register itself, not in a copy. A check of a referrer counts for 90 days, of a hospital’s clinician for 180."}, Parts: []views.Part{list}}))
}

func checkState(r referral.Registration) string {
	switch {
	case r.State == "asked":
		return "Waits for a check"
	case r.State == "refused":
		return "Not confirmed"
	case r.Fresh:
		return "Checked"
	case r.Due:
		return "Due again"
	case r.State == "checked" && !r.MailCounts:
		return "Checked, but the mailbox does not count"
	case r.State == "checked":
		return "Checked, but the mailbox was proven too long ago"
	}
	return "Not asked"
}

// registrationOf is one person of the list. Who is not in it is not there.
func (h *Handlers) registrationOf(c echo.Context, who auth.Actor) (referral.Registration, error) {
	all, err := h.cfg.Referrals.Registrations(c.Request().Context(), who)
	if err != nil {
		return referral.Registration{}, err
	}
	at := slices.IndexFunc(all, func(r referral.Registration) bool { return r.Person == c.Param("person") })
	if at < 0 {
		return referral.Registration{}, fault.New(fault.Missing, "registration", nil)
	}
	return all[at], nil
}

func (h *Handlers) deskReferrer(c echo.Context, who auth.Actor) error {
	r, err := h.registrationOf(c, who)
	if err != nil {
		return err
	}
	return h.showReferrer(c, http.StatusOK, who, r, nil)
}

func (h *Handlers) showReferrer(c echo.Context, status int, who auth.Actor, r referral.Registration, bad check.List) error {
	f := h.deskCheckFrame(c, r.Name, who, ui.Link{Text: "Check professionals", Href: link.DeskReferrers})
	f.Errors = referProblems(bad)
	f.Failed = f.Errors != nil
	on := ui.DateField{ID: "on", Name: "on", Legend: "Day you looked", Hint: "For example, 22 11 2026.", Error: bad.On("on"), Day: c.FormValue("on-day"), Month: c.FormValue("on-month"), Year: c.FormValue("on-year")}
	if c.Request().Method == http.MethodGet {
		today := h.cfg.Referrals.Today()
		on.Day, on.Month, on.Year = strconv.Itoa(today.Day), strconv.Itoa(int(today.Month)), strconv.Itoa(today.Year)
	}
	parts := []views.Part{
		ui.Choices{ID: "found", Name: "found", Legend: "What did the register show?", Error: bad.On("found"), Options: ticked([]ui.Choice{{Value: "yes", Text: "Name and number match, with a licence and without restricting conditions"}, {Value: "no", Text: "Not found, no licence, or conditions that restrict"}}, c.FormValue("found"))},
		ui.Field{ID: "evidence", Name: "evidence", Label: "Where you saw it", Hint: "The address of the register’s page, or who you spoke to.", Value: c.FormValue("evidence"), Error: bad.On("evidence")}}
	if r.Role == auth.Referrer {
		parts = append(parts, ui.Choices{ID: "practice", Name: "practice", Legend: "Is " + r.OrgName + " (ODS code " + r.ODS + ") active in the ODS directory?", Error: bad.On("practice"), Options: ticked([]ui.Choice{{Value: "yes", Text: "Yes, under this code and name"}, {Value: "no", Text: "No, or not found"}}, c.FormValue("practice"))},
			ui.Field{ID: "practice_evidence", Name: "practice_evidence", Label: "Where you looked the practice up", Hint: "The address of its page in NHS England’s directory of organisations.", Value: c.FormValue("practice_evidence"), Error: bad.On("practice_evidence")})
	}
	parts = append(parts, on)
	held := ui.SummaryList{referFact("Register", r.Register), referFact("Number", r.Number), referFact("Status", checkState(r)), referFact("Looked up on", lookedUpOn(r)), referFact("Looked up by", r.CheckedByName), referFact("Where it was seen", r.Evidence)}
	if r.Role == auth.Referrer {
		held = append(held, referFact("Practice seen as active", r.PracticeEvidence), referFact("Mailbox at", r.MailDomain))
	}
	page := refer.Page{Caption: r.OrgName + ", " + roleWords[r.Role], Title: r.Name, Parts: []views.Part{
		refer.Answers{Title: "What we hold", Facts: held},
		refer.Group{ID: "check", Title: "Record a check", Parts: []views.Part{refer.Form{Action: link.DeskReferrer(r.Person), Keep: []ui.Hidden{{Name: "version", Value: strconv.FormatInt(r.Version, 10)}}, Parts: parts, Buttons: []ui.Button{{Text: "Record this check"}}}}}}}
	return show(c, status, refer.View(f, page))
}

func (h *Handlers) deskReferrerCheck(c echo.Context, who auth.Actor) error {
	r, err := h.registrationOf(c, who)
	if err != nil {
		return err
	}
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	var bad check.List
	ruling := referral.RegistrationRuling{Person: r.Person, Found: form.Get("found") == "yes", Evidence: form.Get("evidence"), PracticeActive: form.Get("practice") == "yes", PracticeEvidence: form.Get("practice_evidence"), On: referDay(form, "on", "The day", &bad)}
	ruling.Version, _ = strconv.ParseInt(form.Get("version"), 10, 64)
	bad.Need(form.Get("found") == "yes" || form.Get("found") == "no", "found", "Select what the register showed")
	bad.Need(r.Role != auth.Referrer || !ruling.Found || form.Get("practice") == "yes" || form.Get("practice") == "no", "practice", "Select whether the practice is active")
	bad.Need(strings.TrimSpace(form.Get("evidence")) != "", "evidence", "Enter where you saw the entry")
	if bad.OK() {
		more, err := h.cfg.Referrals.CheckRegistration(c.Request().Context(), who, ruling)
		if isStale(err) {
			bad.Add("found", "Somebody else recorded a check while you had the page open. What is there now is above")
			if r, err = h.registrationOf(c, who); err != nil {
				return err
			}
			return h.showReferrer(c, http.StatusConflict, who, r, bad)
		}
		if err != nil {
			return err
		}
		bad = more
	}
	if !bad.OK() {
		return h.showReferrer(c, http.StatusUnprocessableEntity, who, r, bad)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.DeskReferrers, "checked"))
}
