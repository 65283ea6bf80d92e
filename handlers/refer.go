package handlers

import (
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/internal/reference"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/refer"
	"carecorridor/views/ui"
)

// referRoutes are the pages on which NHS referrers write and follow referrals (ux.md §6.11 to §6.13). Whose a
// referral is, and what may be done with it, is the service's to say.
func (h *Handlers) referRoutes() []route {
	if h.cfg.Referrals == nil || h.cfg.People == nil {
		return nil
	}
	see := func(path string, do func(echo.Context, auth.Actor) error) route {
		return h.as("GET", path, auth.ReferralEdit, practiceOnly(do))
	}
	act := func(path string, by auth.Action, do func(echo.Context, auth.Actor) error) route {
		return h.as("POST", path, by, practiceOnly(do))
	}
	edit := func(path string, do func(echo.Context, auth.Actor) error) route {
		return act(path, auth.ReferralEdit, do)
	}
	return slices.Concat([]route{
		h.page(link.Refer, h.referStart),
		see(link.ReferDashboard, h.referDashboard),
		h.as("GET", link.ReferNew, auth.ReferralCreate, practiceOnly(h.referNew)), act(link.ReferNew, auth.ReferralCreate, h.referBegin),
		see(link.ReferVerification, h.referVerification), edit(link.ReferVerification, h.referVerificationSend), edit(link.ReferMailbox, h.referMailboxSend),
		see("/refer/:ref", h.referTasks),
		see("/refer/:ref/attachments", h.referFiles), edit("/refer/:ref/attachments", h.referFilesSave), edit("/refer/:ref/attachments/add", h.referFilesAdd).withFiles(), see("/refer/:ref/files/:id", h.referFile),
		see("/refer/:ref/hospitals", h.referHospitals), edit("/refer/:ref/hospitals", h.referHospitalsSave),
		see("/refer/:ref/clinician", h.referClinician), edit("/refer/:ref/clinician", h.referClinicianSave),
		see("/refer/:ref/check", h.referCheck), act("/refer/:ref/check", auth.ReferralSign, h.referSign),
		see("/refer/:ref/sent", h.referSent), edit("/refer/:ref/here", h.referHere),
		see("/refer/:ref/timeline", h.referTimeline), see("/refer/:ref/messages", h.referToTimeline), act("/refer/:ref/messages", auth.ReferralMessage, h.referWrite),
		edit("/refer/:ref/answer", h.referAnswer), edit("/refer/:ref/chase", h.referChase),
		see("/refer/:ref/complication", h.referComplication), edit("/refer/:ref/complication", h.referComplicationSend), act("/refer/:ref/enough", auth.ReferralCancel, h.referEnough),
		see("/refer/:ref/end", h.referEnd), act("/refer/:ref/end", auth.ReferralCancel, h.referEndSend),
		see("/refer/:ref/print", h.referPrint), h.as("GET", "/refer/:ref/export", auth.ReferralExport, practiceOnly(h.referExport)), act("/refer/:ref/export", auth.ReferralExport, h.referExportSend).withFiles(),
		see("/refer/:ref/:page", h.referPage), edit("/refer/:ref/:page", h.referPageSave),
	}, h.referrerCheckRoutes())
}

const referTitle = "Referrals"

// practiceOnly keeps out those who have an action for another reason than working for a practice: for them there is
// nothing at these addresses.
func practiceOnly(do func(echo.Context, auth.Actor) error) func(echo.Context, auth.Actor) error {
	return func(c echo.Context, who auth.Actor) error {
		if auth.KindOf(who.Role) != auth.Practice {
			return fault.New(fault.Missing, "referrer's page", nil)
		}
		return do(c, who)
	}
}

// looked is the referral the address names, as the reader may see it. It is recorded.
func (h *Handlers) looked(c echo.Context, who auth.Actor) (referral.View, error) {
	code, ok := reference.Parse(c.Param("ref"))
	if !ok || code != c.Param("ref") {
		return referral.View{}, fault.New(fault.Missing, "referral", nil)
	}
	return h.cfg.Referrals.Look(c.Request().Context(), who, code)
}

// referFrame surrounds a page of the section.
func (h *Handlers) referFrame(c echo.Context, title string, who auth.Actor, before ...ui.Link) views.Frame {
	path := c.Request().URL.Path
	nav := []views.NavItem{{Text: "My referrals", Href: link.ReferDashboard, Current: path == link.ReferDashboard}, {Text: "Start a referral", Href: link.ReferNew, Current: path == link.ReferNew},
		{Text: "Registration", Href: link.ReferVerification, Current: path == link.ReferVerification}}
	f := h.workFrame(title, referTitle, who, nav, before...)
	if words := referDone[c.QueryParam("done")]; words != "" && c.Request().Method == http.MethodGet {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
	return f
}

// referDone are the words over a page after something was done, by the word in its address.
var referDone = map[string]string{
	"saved": "Saved. You can go on later.", "file": "The document is added.", "removed": "The document is removed.", "sent": "Your message is sent.", "answered": "Your answer is sent. The hospital’s time runs again.",
	"chased": "We have sent a reminder.", "ended": "The referral is closed. Everybody who had it has been told.", "again": "The referral is sent again.", "asked": "Your number is with our verifier.", "mailed": "We have mailed you a link. It works once, for 1 hour. Open it and press the button on its page.",
	"checked": "The check is recorded.", "reported": "The hospital and our safety reviewer have been told.", "clinician": "The named clinician is saved.", "same": "Nothing was different from what is there, so nothing was changed.",
}

// showRefer draws a page of one referral.
func (h *Handlers) showRefer(c echo.Context, status int, v referral.View, f views.Frame, p refer.Page) error {
	p.Patient = identity(v, h.cfg.Referrals.Today())
	p.Title = firstOf(p.Title, f.Title)
	return show(c, status, refer.View(f, p))
}

// backToTasks is the way from a page of a referral to its list of sections.
func backToTasks(v referral.View) []ui.Link {
	return []ui.Link{{Text: "My referrals", Href: link.ReferDashboard}, {Text: "Referral " + v.Reference, Href: link.Referral(v.Reference)}}
}

// savedAt is "saved at 10:42am today".
func (h *Handlers) savedAt(t time.Time) string {
	if ukDay(t) == ukDay(h.clock()) {
		return "at " + t.In(uk).Format("3:04pm") + " today"
	}
	return "on " + ukDay(t).Long()
}

// referStart is public: who can refer, when not to, what is needed.
func (h *Handlers) referStart(c echo.Context) (*answer, error) {
	f := h.frame("Refer a patient to a hospital in India", link.Refer, "")
	f.Work = true
	f.Description = "For NHS and UK clinicians: refer a patient who pays for treatment in India, with consent for each hospital, and get the discharge letter back."
	f.Breadcrumb = crumbs()
	v := refer.Start{Lead: "For a patient who has decided to pay for planned treatment in India, or wants a second opinion. You see every step, and the discharge package comes back to you.",
		Who: []string{"doctors and other registered clinicians who work for a UK practice or hospital", "practice administrators, on behalf of a named clinician who signs"},
		Not: []string{"emergencies: call 999", "suspected cancer or anything urgent: use your usual urgent referral", "treatment that you want the NHS to pay for", "patients under 18", "organ transplants, surrogacy, or choosing the sex of a baby"},
		Need: []string{"the patient’s NHS number, if you know it", "their agreement to be referred, and an email address that they read", "medicines, allergies and past operations", "letters, scans and results, if you have them: PDF, JPEG, PNG, TIFF, DOCX or DICOM",
			"an account with your " + h.mailboxWords() + " mailbox, if you sign", "your registration number (GMC, NMC, HCPC, GDC, GPhC or GOC): a person checks it once before you first sign"},
		Minutes:  "It takes about 8 minutes. You can stop and come back: a draft is kept for 30 days.",
		Begin:    ui.Button{Text: "Start now", Href: link.ReferDashboard, Look: ui.Referrer},
		Links:    []ui.Link{{Text: "Sign in to see referrals you have sent", Href: link.ReferDashboard}},
		Next:     afterSending("The patient"),
		Question: []ui.Link{{Text: "How we check hospitals", Href: link.HowWeCheck}, {Text: "Who pays for this service", Href: link.Funding}, {Text: "Infection and antimicrobial resistance after care abroad", Href: link.Guide}},
	}
	return html(c, http.StatusOK, refer.StartPage(f, v))
}

// afterSending is what is promised, in the usual times (domain.md §2.2).
func afterSending(patient string) ui.Timeline {
	return ui.Timeline{Plain: true, Items: []ui.Step{
		{Title: "Within 14 days", Text: patient + " reads each consent and gives it or not"},
		{Title: "Within 2 working days", Text: "We check it and send it to the hospitals"},
		{Title: "Within 5 working days", Text: "Each hospital offers, asks, or declines with a reason. For a soon referral 2 working days"},
		{Title: "Then", Text: patient + " compares written quotes and decides. You see each step"},
		{Title: "After treatment", Text: "The discharge package and implant record come back to you"}}}
}
