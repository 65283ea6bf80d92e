package handlers

import (
	"errors"
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// otherWay is a sign-in service of others. It is a link, because a form may not lead to another site (content policy).
type otherWay struct{ name, href string }

func (o otherWay) View() templ.Component {
	return account.Way(ui.Button{Text: "Sign in with " + o.name, Href: o.href, Look: ui.Secondary})
}

// oidcBack is where a sign-in service sends the browser back to.
var oidcBack = auth.OIDCPath(":provider")

func (h *Handlers) oidcBegin(c echo.Context) error {
	begin := h.cfg.People.BeginOIDC
	if c.QueryParam("again") != "" {
		begin = h.cfg.People.BeginOIDCAgain
	}
	to, token, err := begin(c.Request().Context(), c.Param("provider"))
	if fault.Is(err, fault.Busy) {
		h.log.WarnContext(c.Request().Context(), "sign-in service does not answer", "error", err.Error())
		return h.tellSignIn(c, http.StatusServiceUnavailable, "This way of signing in does not answer", "Try again in a few minutes, or sign in with your email address and password.")
	}
	if err == nil {
		err = h.keepSigningIn(c, signingIn{Back: ownPath(c.QueryParam("back")), OIDC: token})
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// oidcFinish takes what the service sent the browser back with.
func (h *Handlers) oidcFinish(c echo.Context) error {
	c.Response().Header().Set("Referrer-Policy", "no-referrer") // the address holds the service's code
	s := h.signingIn(c)
	in, step, err := h.cfg.People.FinishOIDC(c.Request().Context(), c.Param("provider"), s.OIDC, c.QueryParams(), visitOf(c))
	s.OIDC = ""
	switch {
	case err == nil && in.Token != "":
		return h.entered(c, in, s.Back)
	case err == nil:
		return h.onward(c, s, step)
	case fault.Is(err, fault.Forbidden):
		return h.tellSignIn(c, http.StatusForbidden, "You cannot sign in this way", sentence(err, 0)+".")
	case fault.Is(err, fault.Missing), fault.Is(err, fault.Busy):
		h.log.InfoContext(c.Request().Context(), "sign-in by a service refused", "error", err.Error())
		return h.tellSignIn(c, http.StatusBadRequest, "Signing in did not work", "It took too long, was stopped, or the other service’s answer could not be used. Start again.")
	}
	return err
}

func (h *Handlers) tellSignIn(c echo.Context, status int, heading string, text ...string) error {
	return show(c, status, views.FailurePage(views.Failure{Frame: h.signInFrame(heading), Heading: heading, Text: text, Links: []ui.Link{{Text: signInTitle, Href: link.SignIn}}}))
}

// demoBox lists the sample people; nil outside the demonstration.
func (h *Handlers) demoBox(c echo.Context, back string) (views.Part, error) {
	if !h.cfg.Demo {
		return nil, nil
	}
	people, err := h.cfg.People.DemoActors(c.Request().Context())
	if err != nil || len(people) == 0 {
		return nil, err
	}
	d := account.Demo{Action: link.SignInDemo, Keep: backField(back), Mail: h.cfg.MailFolder}
	for _, p := range people {
		at := slices.IndexFunc(d.Groups, func(g account.DemoGroup) bool { return g.Name == p.OrgName })
		if at < 0 {
			at, d.Groups = len(d.Groups), append(d.Groups, account.DemoGroup{Name: p.OrgName})
		}
		d.Groups[at].People = append(d.Groups[at].People, account.DemoPerson{ID: p.Person, Name: p.Name, Role: upperFirst(roleWords[p.Role])})
	}
	return d, nil
}

// signInDemo signs in as a sample person. There is no such address outside the demonstration.
func (h *Handlers) signInDemo(c echo.Context) error {
	in, err := h.cfg.People.SignInAs(c.Request().Context(), c.FormValue("person"), visitOf(c))
	if fault.Is(err, fault.Forbidden) {
		return fault.New(fault.Missing, "sample person", err)
	}
	if err != nil {
		return err
	}
	return h.entered(c, in, c.FormValue("back"))
}

func (h *Handlers) signInMailed(c echo.Context) error {
	text := []string{"If there is an account for that address, we have mailed you a link. It works once, for 1 hour.",
		"Nothing came after 10 minutes? Look in the folder for unwanted mail, check the address, and try again."}
	if h.cfg.Demo && h.cfg.MailFolder != "" {
		text = append(text, "This is a demonstration: the mail is written to "+h.cfg.MailFolder+".")
	}
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: h.signInFrame("Look in your mail"), Heading: "Look in your mail", Text: text, Links: []ui.Link{{Text: signInTitle, Href: link.SignIn}}}))
}

func (h *Handlers) forgotten(c echo.Context) error {
	return h.showForgotten(c, http.StatusOK, h.signingIn(c).Email, nil)
}

func (h *Handlers) showForgotten(c echo.Context, status int, email string, bad check.List) error {
	f := h.signInFrame("Choose a new password")
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Action: link.SignInForgot, Submit: "Mail me a link",
		Lead: []string{"We mail you a link. With it you choose a new password. You still confirm that it is you with your app or passkey."}, Parts: []views.Part{emailField(email, bad)}}))
}

// forgottenSend answers the same whether there is an account or not.
func (h *Handlers) forgottenSend(c echo.Context) error {
	email := cleanText(c.FormValue("email"))
	bad := checkEmail(email)
	if bad.OK() {
		var err error
		if bad, err = h.cfg.People.Forgot(c.Request().Context(), email, visitOf(c)); errors.Is(err, auth.ErrTooMany) {
			return h.linksTooOften(c)
		} else if err != nil {
			return err
		}
	}
	if !bad.OK() {
		return h.showForgotten(c, http.StatusUnprocessableEntity, email, bad)
	}
	return c.Redirect(http.StatusSeeOther, link.SignInMailed)
}

func (h *Handlers) linksTooOften(c echo.Context) error {
	return h.tellSignIn(c, http.StatusTooManyRequests, "Wait 1 hour", "Links were asked for too often. Wait 1 hour, then try again.")
}

const passwordHint = "12 characters or more. There are no other rules: 3 or 4 words with nothing to do with each other are easy to remember. Passwords that are known from break-ins elsewhere are refused."

// mailedLink keeps the token of an address from being told to anybody.
func mailedLink(c echo.Context) string {
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return c.Param("token")
}

func (h *Handlers) newPassword(c echo.Context) error {
	if err := h.cfg.People.LinkWorks(c.Request().Context(), mailedLink(c)); err != nil {
		return h.linkEnded(c, err)
	}
	return h.showNewPassword(c, http.StatusOK, nil)
}

func (h *Handlers) showNewPassword(c echo.Context, status int, bad check.List) error {
	f := h.signInFrame("Choose a new password")
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Action: auth.PasswordPath(c.Param("token")), Submit: "Save the new password",
		Lead: []string{"All your sessions end when you save it."}, Parts: []views.Part{passwordField("password", "New password", passwordHint, "new-password", bad)}}))
}

func (h *Handlers) newPasswordSet(c echo.Context) error {
	step, bad, err := h.cfg.People.SetPassword(c.Request().Context(), mailedLink(c), c.FormValue("password"), visitOf(c))
	if err != nil {
		return h.linkEnded(c, err)
	}
	if !bad.OK() {
		return h.showNewPassword(c, http.StatusUnprocessableEntity, bad)
	}
	return h.onward(c, signingIn{}, step)
}

// mailboxAsk asks for the press of a button: programs that look through mail open every link.
func (h *Handlers) mailboxAsk(c echo.Context) error {
	if err := h.cfg.People.MailboxLinkWorks(c.Request().Context(), mailedLink(c)); err != nil {
		return h.linkEnded(c, err)
	}
	f := h.signInFrame("Show that this mailbox is yours")
	return show(c, http.StatusOK, account.FormPage(f, account.Form{Heading: f.Title, Action: auth.MailboxPath(c.Param("token")), Submit: "This mailbox is mine",
		Lead: []string{"You had this link from our mail. Press the button and the mailbox counts as yours for 180 days. It does nothing else."}}))
}

func (h *Handlers) mailboxShow(c echo.Context) error {
	if err := h.cfg.People.ShowMailbox(c.Request().Context(), mailedLink(c)); err != nil {
		return h.linkEnded(c, err)
	}
	return c.Redirect(http.StatusSeeOther, link.MailboxShown)
}

func (h *Handlers) mailboxShown(c echo.Context) error {
	f := h.signInFrame("Thank you")
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: f, Heading: f.Title, Text: []string{"The day on which you used the link is noted. The page of your registration shows it."}, Links: []ui.Link{{Text: "Your registration", Href: link.ReferVerification}}}))
}

// linkEnded is the one page of every mailed link that does not work.
func (h *Handlers) linkEnded(c echo.Context, err error) error {
	if !errors.Is(err, auth.ErrLink) {
		return err
	}
	f := h.signInFrame("This link no longer works")
	return show(c, http.StatusNotFound, views.FailurePage(views.Failure{Frame: f, Heading: f.Title,
		Text:  []string{"Links work once and for a limited time. It may have been used, replaced by a newer one, or cut short by your mail program.", "To choose a password, ask for a new link. To show that a mailbox is yours, sign in and ask for a new one on the page of your registration. For an invitation, ask the person who invited you to send it again."},
		Links: []ui.Link{{Text: "Get a new link for your password", Href: link.SignInForgot}, {Text: signInTitle, Href: link.SignIn}}}))
}

func (h *Handlers) signOutAsk(c echo.Context) error {
	return show(c, http.StatusOK, account.FormPage(h.ownFrame("Sign out"), account.Form{Heading: "Sign out", Action: link.SignOut, Submit: "Sign out"}))
}

func (h *Handlers) signOut(c echo.Context) error {
	if err := h.cfg.People.SignOut(c.Request().Context(), cookieOf(c, h.sessionCookie())); err != nil {
		return err
	}
	h.setCookie(c, h.sessionCookie(), "", "/", 0)
	h.setCookie(c, h.hostCookie("signin"), "", "/", 0)
	return c.Redirect(http.StatusSeeOther, link.SignedOut)
}

func (h *Handlers) signedOut(c echo.Context) error {
	f := h.ownFrame("You are signed out")
	return show(c, http.StatusOK, views.FailurePage(views.Failure{Frame: f, Heading: f.Title, Text: []string{"On a shared computer, close the browser as well."}, Links: []ui.Link{{Text: "Sign in again", Href: link.SignIn}, {Text: "Find a hospital", Href: link.HospitalsPath}}}))
}
