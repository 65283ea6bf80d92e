package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const (
	careTitle = "Your referral"
	askTitle  = "Get a new link"
	codeTitle = "Enter the code"
)

func (h *Handlers) careEntryRoutes() []route {
	routes := []route{
		h.own("GET", link.Care, h.careEntrance),
		h.own("GET", link.CareAsk, h.careAskLink),
		h.own("POST", link.CareAsk, h.careSendLink),
		h.own("GET", link.CareAsked, h.careLinkSent),
		h.own("GET", link.CareLink(":token"), h.careOpenLink),
		h.own("GET", link.CareCode, h.careCode),
		h.own("POST", link.CareCode, h.careCodeCheck),
		h.own("GET", link.CareAgain, h.careAgainForm),
		h.own("POST", link.CareAgain, h.careAgain),
		h.own("POST", link.CareLeave, h.careLeave),
		h.own("GET", link.CareLeft, h.careLeft),
		h.own("POST", link.CareStay, h.careStay),
	}
	if h.cfg.Demo {
		routes = append(routes, h.own("POST", link.CareDemo, h.careDemoOpen))
	}
	return routes
}

// careLinkCookie holds the token of a mailed link between the pages of entering, so that it is in no address that is
// shared, printed or written down.
func (h *Handlers) careLinkCookie() string { return h.hostCookie("carelink") }

// linkTime is how long the browser keeps it: the pages of entering take minutes.
const linkTime = time.Hour

// careEntrance is the first page: the patient's own when there is a session, else the ways in.
func (h *Handlers) careEntrance(c echo.Context) error {
	if _, err := h.patientOf(c); !errors.Is(err, referral.ErrLink) {
		return h.caring(h.careOverview)(c)
	}
	if cookieOf(c, h.careCookie()) != "" {
		return c.Redirect(http.StatusSeeOther, link.CareAgain)
	}
	f := h.enterFrame(careTitle)
	v := account.Form{Heading: careTitle, Lead: []string{"You need no account and no password. You enter with a link that we mail you, and a code that we mail when you open it."},
		Before: []views.Part{
			views.Subheading{Text: "You have a referral"},
			views.Para("Open the link in the newest mail from us. Each link works once, for 14 days. If it no longer works, get a new one here."),
			linkButton{ui.Button{Text: askTitle, Href: link.CareAsk}},
			views.Subheading{Text: "You want to ask hospitals yourself"},
			views.Para("If no doctor is referring you, you can write a request of your own. Up to 5 hospitals answer it, each one only if you agree."),
			linkButton{ui.Button{Text: "Start your own request", Href: link.CareNew, Look: ui.Secondary}},
		}, Foot: []string{"These pages are not watched all the time. Unwell now? Call 111, or 999 in an emergency."}}
	demo, err := h.careDemo(c)
	if err != nil {
		return err
	}
	v.Last = demo
	return show(c, http.StatusOK, account.FormPage(f, v))
}

func (h *Handlers) enterFrame(title string, before ...ui.Link) views.Frame {
	f := h.frame(title, "", "")
	f.Work, f.NoIndex, f.Breadcrumb = true, true, crumbs(before...)
	return f
}

func toCare() ui.Link { return ui.Link{Text: careTitle, Href: link.Care} }

func (h *Handlers) careAskLink(c echo.Context) error { return h.showAskLink(c, http.StatusOK, nil) }

func (h *Handlers) showAskLink(c echo.Context, status int, bad check.List) error {
	f := h.enterFrame(askTitle, toCare())
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: askTitle, Action: link.CareAsk, Submit: "Mail me a link",
		Lead: []string{"If the reference and the email address belong together, we mail you a link."},
		Parts: []views.Part{
			ui.Field{ID: "reference", Label: "Reference of your referral", Hint: "For example CC-7K3M-9Q. It is in the first mail from us.", Value: c.FormValue("reference"), Error: bad.On("reference"), Width: "10", Autocomplete: "off"},
			ui.Field{ID: "email", Label: "Your email address", Type: "email", Value: c.FormValue("email"), Error: bad.On("email"), Autocomplete: "email"},
		}}))
}

// careSendLink answers the same whether the two belong together or not, and whether there is such a referral at all.
func (h *Handlers) careSendLink(c echo.Context) error {
	reference, email := cleanText(c.FormValue("reference")), cleanText(c.FormValue("email"))
	bad := checkEmail(email)
	if reference == "" || len(reference) > 40 {
		bad = append(check.List{{Field: "reference", Say: "Enter the reference, such as CC-7K3M-9Q"}}, bad...)
	}
	if !bad.OK() {
		return h.showAskLink(c, http.StatusUnprocessableEntity, bad)
	}
	if err := h.cfg.Referrals.AskLink(c.Request().Context(), reference, email); err != nil && !errors.Is(err, referral.ErrLink) && !errors.Is(err, referral.ErrTooMany) {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.CareAsked)
}

func (h *Handlers) careLinkSent(c echo.Context) error {
	text := []string{"If the reference and the email address belong together, we have mailed you a link. It works once, for 14 days.",
		"Nothing came after 10 minutes? Look in the folder for unwanted mail, check both, and try again. After several tries, wait 1 hour."}
	return h.tellCare(c, http.StatusOK, "Look in your mail", append(text, h.mailNote()...), ui.Link{Text: "Try again", Href: link.CareAsk})
}

// mailNote says in the demonstration where mails are.
func (h *Handlers) mailNote() []string {
	if h.cfg.Demo && h.cfg.MailFolder != "" {
		return []string{"This is a demonstration: the mail is written to " + h.cfg.MailFolder + "."}
	}
	return nil
}

func (h *Handlers) tellCare(c echo.Context, status int, heading string, text []string, links ...ui.Link) error {
	return show(c, status, views.FailurePage(views.Failure{Frame: h.enterFrame(heading, toCare()), Heading: heading, Text: text, Links: links}))
}

// careOpenLink takes the token out of the address. Nothing is used up and nothing is told by opening it: mail programs
// look at links before people do.
func (h *Handlers) careOpenLink(c echo.Context) error {
	h.setCookie(c, h.careLinkCookie(), mailedLink(c), "/", linkTime)
	return c.Redirect(http.StatusSeeOther, link.CareCode)
}

// deadCareLink is the one page of every link that does not work: used, old, cut short, or of nobody.
func (h *Handlers) deadCareLink(c echo.Context) error {
	h.setCookie(c, h.careLinkCookie(), "", "/", 0)
	return h.tellCare(c, http.StatusNotFound, "This link no longer works", []string{"Links work once and for 14 days. It may have been used, replaced by a newer one, or cut short by your mail program.",
		"With the reference and your email address you can have a new one mailed."}, ui.Link{Text: askTitle, Href: link.CareAsk})
}

func (h *Handlers) tooManyCodes(c echo.Context) error {
	return h.tellCare(c, http.StatusTooManyRequests, "Wait 1 hour", []string{"There were too many tries. Wait 1 hour, then get a new link. This protects your referral from guessing."}, ui.Link{Text: askTitle, Href: link.CareAsk})
}

// careCode asks for the code; before one was mailed it offers to mail it.
func (h *Handlers) careCode(c echo.Context) error {
	if cookieOf(c, h.careLinkCookie()) == "" {
		return h.deadCareLink(c)
	}
	return h.showCode(c, http.StatusOK, c.QueryParam("sent") == "yes", nil)
}

func (h *Handlers) showCode(c echo.Context, status int, sent bool, bad check.List) error {
	f := h.enterFrame(codeTitle, toCare())
	f.Errors = problemsOf(bad)
	v := account.Form{Heading: codeTitle, Action: link.CareCode}
	if !sent {
		v.Heading, v.Submit, v.Keep = "Confirm that it is you", "Mail me a code", []ui.Hidden{{Name: "do", Value: "send"}}
		v.Lead = []string{"We mail a code to the address that we have for you. You type it on the next page. That way a lost or forwarded link alone opens nothing."}
		return show(c, status, account.FormPage(h.enterFrame(v.Heading, toCare()), v))
	}
	v.Lead, v.Parts = append([]string{"We have mailed you a code of 6 digits. It works for 15 minutes."}, h.mailNote()...), []views.Part{mailedCode(bad)}
	v.After = []views.Part{press{link.CareCode, []ui.Hidden{{Name: "do", Value: "send"}}, ui.Button{Text: "Mail me a new code", Look: ui.Secondary}}.part()}
	return show(c, status, account.FormPage(f, v))
}

func mailedCode(bad check.List) ui.Field {
	return ui.Field{ID: "code", Label: "Code", Hint: "The digits in the mail, with or without spaces.", Error: bad.On("code"), Width: "10", InputMode: "numeric", Autocomplete: "one-time-code"}
}

// press is a form that is one button.
type press struct {
	action string
	keep   []ui.Hidden
	button ui.Button
}

func (p press) part() views.Part {
	return account.Press{Action: p.action, Keep: p.keep, Button: p.button}
}

// wrongCode says the same of a code that is wrong, old, or was tried too often.
var wrongCode = check.List{{Field: "code", Say: "This code does not work. Check the digits, or get a new code"}}

func (h *Handlers) careCodeCheck(c echo.Context) error {
	token, ctx := cookieOf(c, h.careLinkCookie()), c.Request().Context()
	if token == "" {
		return h.deadCareLink(c)
	}
	if c.FormValue("do") == "send" {
		switch err := h.cfg.Referrals.SendCode(ctx, token); {
		case errors.Is(err, referral.ErrTooMany):
			return h.tooManyCodes(c)
		case errors.Is(err, referral.ErrLink):
			return h.deadCareLink(c)
		case err != nil:
			return err
		}
		return c.Redirect(http.StatusSeeOther, link.CareCode+"?sent=yes")
	}
	s, err := h.cfg.Referrals.EnterCode(ctx, token, typedCode(c))
	switch {
	case errors.Is(err, referral.ErrTooMany):
		return h.tooManyCodes(c)
	case errors.Is(err, referral.ErrLink):
		return h.showCode(c, http.StatusUnprocessableEntity, true, wrongCode)
	case err != nil:
		return err
	}
	h.setCookie(c, h.careLinkCookie(), "", "/", 0)
	h.keepCare(c, s.Token)
	return c.Redirect(http.StatusSeeOther, link.Care)
}

// typedCode is the digits of a code as people type it.
func typedCode(c echo.Context) string {
	var digits []rune
	for _, r := range c.FormValue("code") {
		if r >= '0' && r <= '9' {
			digits = append(digits, r)
		}
	}
	return string(digits)
}

func (h *Handlers) careLeave(c echo.Context) error {
	if token := cookieOf(c, h.careCookie()); token != "" {
		if err := h.cfg.Referrals.LeavePatient(c.Request().Context(), token); err != nil && !errors.Is(err, referral.ErrLink) && !fault.Is(err, fault.Missing) {
			return err
		}
	}
	h.dropCare(c)
	return c.Redirect(http.StatusSeeOther, link.CareLeft)
}

func (h *Handlers) careLeft(c echo.Context) error {
	return h.tellCare(c, http.StatusOK, "You are signed out", []string{"On a shared computer, close the browser as well. To come back, get a new link."}, ui.Link{Text: askTitle, Href: link.CareAsk}, ui.Link{Text: "Find a hospital", Href: link.HospitalsPath})
}

// careStay keeps the session for a page that is open and whose reader is still there.
func (h *Handlers) careStay(c echo.Context) error {
	if _, err := h.patientOf(c); err != nil {
		return c.NoContent(http.StatusUnauthorized)
	}
	return c.NoContent(http.StatusNoContent)
}
