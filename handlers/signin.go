package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/mail"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/seal"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

const signInTitle = "Sign in"

// signInRoutes are the pages before there is a session: one question a page (ux.md §6.11).
func (h *Handlers) signInRoutes() []route {
	if h.cfg.People == nil {
		return nil
	}
	routes := []route{
		h.own("GET", link.SignIn, h.signIn),
		h.own("POST", link.SignIn, h.signInEmail),
		h.own("GET", link.SignInPassword, h.signInPassword),
		h.own("POST", link.SignInPassword, h.signInCheck),
		h.own("GET", link.SignInFactor, h.stepping(auth.NeedFactor, h.signInFactor)),
		h.own("POST", link.SignInFactor, h.stepping(auth.NeedFactor, h.signInFactorCheck)),
		h.own("POST", link.SignInFactor+"/passkey/begin", h.stepping(auth.NeedFactor, h.signInPasskeyBegin)),
		h.own("POST", link.SignInFactor+"/passkey", h.stepping(auth.NeedFactor, h.signInPasskey)),
		h.own("GET", link.SignInEnrol, h.stepping(auth.NeedEnrol, h.signInEnrol)),
		h.own("POST", link.SignInEnrol, h.stepping(auth.NeedEnrol, h.signInEnrolCheck)),
		h.own("POST", link.SignInEnrol+"/passkey/begin", h.stepping(auth.NeedEnrol, h.signInEnrolBegin)),
		h.own("POST", link.SignInEnrol+"/passkey", h.stepping(auth.NeedEnrol, h.signInEnrolPasskey)),
		h.own("GET", link.SignInMailed, h.signInMailed),
		h.own("GET", link.SignInForgot, h.forgotten),
		h.own("POST", link.SignInForgot, h.forgottenSend),
		h.own("GET", auth.PasswordPath(":token"), h.newPassword),
		h.own("POST", auth.PasswordPath(":token"), h.newPasswordSet),
		h.own("GET", link.MailboxShown, h.mailboxShown),
		h.own("GET", auth.MailboxPath(":token"), h.mailboxAsk),
		h.own("POST", auth.MailboxPath(":token"), h.mailboxShow),
		h.own("GET", auth.InvitationPath(":token"), h.invitation),
		h.own("POST", auth.InvitationPath(":token"), h.invitationAccept),
		h.own("GET", link.SignOut, h.signOutAsk),
		h.own("POST", link.SignOut, h.signOut),
		h.own("GET", link.SignedOut, h.signedOut),
		h.own("GET", link.SignInOIDC(":provider"), h.oidcBegin),
		h.own("GET", oidcBack, h.oidcFinish),
	}
	if h.cfg.Demo {
		routes = append(routes, h.own("POST", link.SignInDemo, h.signInDemo))
	}
	return routes
}

// signingIn is what the browser carries between the pages of signing in. It is sealed: it holds an address.
type signingIn struct {
	Email string `json:"e,omitempty"`
	Back  string `json:"b,omitempty"` // where to go afterwards, see ownPath
	Step  string `json:"s,omitempty"` // token of auth.Step
	OIDC  string `json:"o,omitempty"` // token of auth's BeginOIDC
}

// signInTime is how long the browser keeps it: no page of signing in ends sooner (ux.md §6.11).
const signInTime = time.Hour

var signInPlace = seal.Place{Table: "browser", Column: "signin", ID: "cookie"}

// signingIn reads the cookie; what is forged or of an old key is as if there were none.
func (h *Handlers) signingIn(c echo.Context) (s signingIn) {
	plain, err := h.unsealed(cookieOf(c, h.hostCookie("signin")))
	if err != nil || json.Unmarshal(plain, &s) != nil {
		return signingIn{}
	}
	s.Back = ownPath(s.Back)
	return s
}

func (h *Handlers) keepSigningIn(c echo.Context, s signingIn) error {
	plain, err := json.Marshal(s)
	if err != nil {
		return err
	}
	value, err := h.sealed(plain)
	if err == nil {
		h.setCookie(c, h.hostCookie("signin"), value, "/", signInTime)
	}
	return err
}

// signIn asks for the email address. Somebody who is signed in goes on at once.
func (h *Handlers) signIn(c echo.Context) error {
	back := ownPath(c.QueryParam("back"))
	s, err := h.session(c)
	if err == nil {
		return c.Redirect(http.StatusSeeOther, h.next(back, s.Actor))
	}
	if !errors.Is(err, auth.ErrSession) {
		return err
	}
	return h.showSignIn(c, http.StatusOK, "", back, nil)
}

// why says above the sign-in page what led there.
var why = map[string]*ui.Banner{
	"kept":  {Title: "You were signed out", Text: []string{"What you typed is kept. Sign in again to send it."}},
	"lost":  {Title: "You are not signed in", Text: []string{"What you sent was not saved. Sign in, open the page again and send it from there."}},
	"ended": {Title: "You were signed out", Text: []string{"Sign in again to go on."}},
	"late":  {Title: "Signing in took too long", Text: []string{"Start again."}},
}

func (h *Handlers) showSignIn(c echo.Context, status int, email, back string, bad check.List) error {
	f := h.ownFrame(signInTitle)
	f.Work, f.Errors, f.Notice = true, problemsOf(bad), why[c.QueryParam("was")]
	v := account.Form{Heading: signInTitle, Action: link.SignIn, Keep: backField(back),
		Lead:  []string{"For people at listed hospitals, referrers in the UK, and our own staff. You need an invitation."},
		Parts: []views.Part{emailField(email, bad)},
		Links: []ui.Link{{Text: "I forgot my password", Href: link.SignInForgot}},
		Foot:  []string{"Patients need no account. To see an enquiry that you sent, use the link that we mailed you, or get a new one with your code under “See an enquiry you sent”."}}
	for _, p := range h.cfg.People.Providers() {
		v.After = append(v.After, otherWay{p.Name, link.SignInOIDC(p.ID) + backQuery(back)})
	}
	demo, err := h.demoBox(c, back)
	if err != nil {
		return err
	}
	if demo != nil {
		v.Last = append(v.Last, demo)
	}
	return show(c, status, account.FormPage(f, v))
}

func backField(back string) []ui.Hidden {
	if back == "" {
		return nil
	}
	return []ui.Hidden{{Name: "back", Value: back}}
}

func backQuery(back string) string {
	if back == "" {
		return ""
	}
	return "?" + url.Values{"back": {back}}.Encode()
}

func emailField(value string, bad check.List) ui.Field {
	return ui.Field{ID: "email", Label: "Email address", Type: "email", Value: value, Error: bad.On("email"), Autocomplete: "username"}
}

func passwordField(id, label, hint, autocomplete string, bad check.List) ui.Field {
	return ui.Field{ID: id, Label: label, Hint: hint, Type: "password", Error: bad.On(id), Autocomplete: autocomplete}
}

// longestEmail is RFC 5321's.
const longestEmail = 254

func checkEmail(email string) (bad check.List) {
	_, err := mail.ParseAddress(email)
	bad.Need(err == nil && len(email) <= longestEmail, "email", "Enter your email address, such as name@example.org")
	return bad
}

func (h *Handlers) signInEmail(c echo.Context) error {
	email, back := cleanText(c.FormValue("email")), ownPath(c.FormValue("back"))
	if bad := checkEmail(email); !bad.OK() {
		return h.showSignIn(c, http.StatusUnprocessableEntity, email, back, bad)
	}
	if err := h.keepSigningIn(c, signingIn{Email: email, Back: back}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.SignInPassword)
}

func (h *Handlers) signInPassword(c echo.Context) error {
	s := h.signingIn(c)
	if s.Email == "" {
		return c.Redirect(http.StatusSeeOther, link.SignIn)
	}
	return h.showPassword(c, http.StatusOK, s.Email, nil)
}

func (h *Handlers) showPassword(c echo.Context, status int, email string, bad check.List) error {
	f := h.signInFrame("Enter your password")
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: "Enter your password", Action: link.SignInPassword,
		Parts: []views.Part{emailField(email, bad), passwordField("password", "Password", "", "current-password", bad)},
		Links: []ui.Link{{Text: "I forgot my password", Href: link.SignInForgot}}}))
}

func (h *Handlers) signInFrame(title string) views.Frame {
	f := h.frame(title, "", "")
	f.Work, f.NoIndex, f.Breadcrumb = true, true, crumbs(ui.Link{Text: signInTitle, Href: link.SignIn})
	return f
}

// signInCheck takes address and password. Every refusal says the same (auth.ErrSignIn).
func (h *Handlers) signInCheck(c echo.Context) error {
	s, email, password := h.signingIn(c), cleanText(c.FormValue("email")), c.FormValue("password")
	bad := checkEmail(email)
	bad.Need(password != "", "password", "Enter your password")
	if !bad.OK() {
		return h.showPassword(c, http.StatusUnprocessableEntity, email, bad)
	}
	step, err := h.cfg.People.SignIn(c.Request().Context(), email, password, visitOf(c))
	if errors.Is(err, auth.ErrSignIn) {
		h.noteRefused(c, "password")
		return h.showPassword(c, http.StatusUnprocessableEntity, email, said("password", err))
	}
	if err != nil {
		return err
	}
	s.Email = email
	return h.onward(c, s, step)
}

// noteRefused tells the log that a sign-in was refused, so that many of them are noticed. Whose it was is in no log: the account's own trail
// says when it had to wait (account.tell).
func (h *Handlers) noteRefused(c echo.Context, step string) {
	h.log.InfoContext(c.Request().Context(), "sign-in refused", "step", step)
}

// onward goes to the page that asks for what is needed next.
func (h *Handlers) onward(c echo.Context, s signingIn, step auth.Step) error {
	s.Step = step.Token
	if err := h.keepSigningIn(c, s); err != nil {
		return err
	}
	to := map[auth.Need]string{auth.NeedFactor: link.SignInFactor, auth.NeedEnrol: link.SignInEnrol, auth.NeedMail: link.SignInMailed}[step.Need]
	return c.Redirect(http.StatusSeeOther, to)
}

// said is an error's sentence as the problem of a field.
func said(field string, err error) check.List {
	return check.List{{Field: field, Say: sentence(err, 0)}}
}

func visitOf(c echo.Context) auth.Visit {
	return auth.Visit{Address: c.RealIP(), Agent: c.Request().UserAgent()}
}

// entered begins the session in the browser and goes on: to recovery codes that are shown once, to a form that was
// kept, to where the person came from, or to the first page of their work.
func (h *Handlers) entered(c echo.Context, in auth.SignedIn, back string) error {
	ctx := c.Request().Context()
	if before := cookieOf(c, h.sessionCookie()); before != "" { // nobody can reach it any more
		if err := h.cfg.People.SignOut(ctx, before); err != nil {
			return err
		}
	}
	h.keepSession(c, in)
	h.setCookie(c, h.hostCookie("signin"), "", "/", 0)
	if len(in.Codes) > 0 {
		return h.giveCodes(c, in.Actor, in.Codes, back)
	}
	kept, err := h.cfg.People.KeptForms(ctx, in.Actor)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		back = link.AccountUnsent
	}
	return c.Redirect(http.StatusSeeOther, h.next(back, in.Actor))
}

// keepSession puts the session's token into the browser until that is closed; the session's own end comes sooner.
func (h *Handlers) keepSession(c echo.Context, in auth.SignedIn) {
	h.setCookie(c, h.sessionCookie(), in.Token, "/", 0)
}

// next is a page of ours to go back to, or the first page of somebody's work.
func (h *Handlers) next(back string, who auth.Actor) string {
	if back = ownPath(back); back != "" {
		return back
	}
	return h.workStart(who.Role).Href
}

// workStarts are the first pages of somebody's work, by whom they act for.
var workStarts = map[auth.Kind]ui.Link{auth.Hospital: {Text: "Hospital portal", Href: link.Portal}, auth.Practice: {Text: "Referrals", Href: link.ReferDashboard}, auth.Alliance: {Text: "Alliance desk", Href: link.Desk}}

// workStart is where a role's work begins; the account where there is no such page.
func (h *Handlers) workStart(r auth.Role) ui.Link {
	if first := workStarts[auth.KindOf(r)]; h.exists(first.Href) {
		return first
	}
	return ui.Link{Text: accountTitle, Href: link.Account}
}

// exists reports whether there is a page at an address without parts.
func (h *Handlers) exists(path string) bool { return h.paths[path] }
