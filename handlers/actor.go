package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// as is a page for people who are signed in and whose role has the action for anything at all. Whether they have it
// for the thing asked for is the service's to say: do gives it the actor. Nobody signed in is led to sign in and back;
// a role without the action is refused; a service's auth.ErrStepUp asks for the second factor and comes back.
func (h *Handlers) as(method, path string, act auth.Action, do func(c echo.Context, who auth.Actor) error) route {
	return h.inSession(method, path, act, func(c echo.Context, s auth.Session) error { return do(c, s.Actor) })
}

// inSession is as for the pages that are about the session itself.
func (h *Handlers) inSession(method, path string, act auth.Action, do func(echo.Context, auth.Session) error) route {
	return route{method: method, path: path, access: access(act), handle: private(func(c echo.Context) error {
		s, err := h.session(c)
		switch {
		case errors.Is(err, auth.ErrSession):
			return h.askToSignIn(c)
		case err != nil:
			return err
		case !auth.Can(s.Role, act):
			return fault.Say(fault.Forbidden, "route "+string(act), "Your role does not include this. Ask the person who manages your team's accounts.")
		}
		if err = do(c, s); errors.Is(err, auth.ErrStepUp) {
			return h.askToStepUp(c, s)
		}
		return err
	})}
}

// session is who asks; auth.ErrSession when nobody is signed in.
func (h *Handlers) session(c echo.Context) (auth.Session, error) {
	token := cookieOf(c, h.sessionCookie())
	if h.cfg.People == nil || token == "" {
		return auth.Session{}, auth.ErrSession
	}
	return h.cfg.People.Who(c.Request().Context(), token)
}

// sessionCookie holds the token of a session. It ends with the browser; the session itself ends by the service's limits.
func (h *Handlers) sessionCookie() string { return h.hostCookie("session") }

// hostCookie is a cookie's name: over https the browser itself binds it to this host.
func (h *Handlers) hostCookie(name string) string {
	if h.cfg.HTTPS {
		return "__Host-" + name
	}
	return name
}

// askToSignIn leads to the sign-in page and back. What a form held is kept first, for the person whose session ended.
func (h *Handlers) askToSignIn(c echo.Context) error {
	r := c.Request()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		was := h.park(c)
		back := ""
		if was == "kept" {
			back = link.AccountUnsent
		}
		return h.leave(c, signInBecause(was, back))
	}
	was := ""
	if cookieOf(c, h.sessionCookie()) != "" {
		was = "ended"
	}
	return h.leave(c, signInBecause(was, ownPath(r.URL.RequestURI())))
}

// signInBecause is the sign-in page with the reason that led there.
func signInBecause(was, back string) string {
	q := url.Values{}
	for name, value := range map[string]string{"was": was, "back": back} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return (&url.URL{Path: link.SignIn, RawQuery: q.Encode()}).String()
}

// askToStepUp asks for a second factor and comes back: to the page, or to the form that was kept.
func (h *Handlers) askToStepUp(c echo.Context, s auth.Session) error {
	back := ownPath(c.Request().URL.RequestURI())
	if c.Request().Method != http.MethodGet {
		var err error
		if back, err = h.parkFor(c, s.Actor); err != nil {
			return err
		}
	}
	return h.leave(c, link.StepUpTo(back))
}

// leave sends the whole browser somewhere else, also when only a part of a page was asked for.
func (h *Handlers) leave(c echo.Context, to string) error {
	if c.Request().Header.Get("HX-Request") == "true" {
		c.Response().Header().Set("HX-Redirect", to)
		return c.NoContent(http.StatusUnauthorized)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// ownPath is a path and query of this site to go back to, or "" for anything else: another site's address in
// any of the shapes that a browser would follow, and the pages of signing in and out.
func ownPath(back string) string {
	if len(back) > 2000 || !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsFunc(back, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return ""
	}
	u, err := url.Parse(back)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.Contains(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return ""
	}
	if u.Path == link.SignOut || u.Path == link.SignedOut || u.Path == link.SignIn || strings.HasPrefix(u.Path, link.SignIn+"/") {
		return ""
	}
	return u.RequestURI()
}

// roleWords name a role beside a person's name.
var roleWords = map[auth.Role]string{
	auth.Patient: "patient", auth.Referrer: "referrer", auth.ReferrerAdmin: "practice administrator",
	auth.ProviderOwner: "listing owner", auth.ProviderEditor: "listing editor", auth.ProviderClinician: "hospital clinician",
	auth.Coordinator: "coordinator", auth.SafetyReviewer: "clinical safety reviewer", auth.Verifier: "verifier",
	auth.Auditor: "auditor", auth.Administrator: "administrator",
}

// workFrame surrounds a page for people who are signed in: section is whose pages they are ("Hospital portal"), nav the
// section's own pages, before the way back to this one.
func (h *Handlers) workFrame(title, section string, who auth.Actor, nav []views.NavItem, before ...ui.Link) views.Frame {
	f := h.frame(title, "", "")
	f.NoIndex, f.Breadcrumb = true, before
	idle := h.cfg.People.Limits.StaffIdle
	if auth.KindOf(who.Role) == auth.Practice {
		idle = h.cfg.People.Limits.ReferrerIdle
	}
	f.Bar = &views.AccountBar{Idle: int(idle.Seconds()), Stay: link.AccountStay, Section: section, Name: who.Name, Role: roleWords[who.Role], Organisation: who.OrgName, Nav: nav,
		Account: ui.Link{Text: "Your account", Href: link.Account}, SignOut: link.SignOut}
	return f
}
