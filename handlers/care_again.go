package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// A patient confirms with a code that was mailed: for what must not be done by who only found the browser open, and when
// a session ended while a form was being written. The form waits on the page, in the patient's own browser; with the code
// it is sent as if its button had been pressed then. Nothing of it is kept by us before.

// waiting is what goes on after the code: a form, or a page.
type waiting struct {
	Path   string     `json:"p"`
	Fields url.Values `json:"f,omitempty"`
	Parts  bool       `json:"m,omitempty"` // it was sent as parts, as forms with files are
	Files  bool       `json:"x,omitempty"` // it had files, which cannot wait
	Form   bool       `json:"s,omitempty"`
}

// longestWaiting is more than any form of ours holds.
const longestWaiting = 256 << 10

func waitingOf(c echo.Context) waiting {
	r := c.Request()
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return waiting{Path: careOwn(r.URL.RequestURI())}
	}
	f := formSent(c)
	return waiting{Path: careOwn(f.Path), Fields: f.Fields, Parts: f.Parts, Files: f.Files, Form: true}
}

// careOwn is a page of the patient to go on to; the first one for anything else.
func careOwn(path string) string {
	p := ownPath(path)
	base := pathOnly(p)
	if base != link.Care && !strings.HasPrefix(base, link.Care+"/") || base == link.CareAgain || base == link.CareLeave || base == link.CareStay || strings.HasPrefix(base, link.CareAsk) || base == link.CareCode {
		return link.Care
	}
	return p
}

func (w waiting) field() []ui.Hidden {
	if !w.Form {
		return []ui.Hidden{{Name: "back", Value: w.Path}}
	}
	b, err := json.Marshal(w)
	if err != nil || len(b) > longestWaiting {
		return []ui.Hidden{{Name: "back", Value: w.Path}}
	}
	return []ui.Hidden{{Name: "waiting", Value: string(b)}}
}

// readWaiting reads what the page carried. It comes from the browser: only pages of the patient are gone to.
func readWaiting(c echo.Context) waiting {
	var w waiting
	if s := c.FormValue("waiting"); s != "" && len(s) <= longestWaiting && json.Unmarshal([]byte(s), &w) == nil && w.Form {
		w.Path = careOwn(w.Path)
		return w
	}
	return waiting{Path: careOwn(firstOf(c.FormValue("back"), c.QueryParam("back")))}
}

// careEnded answers whoever has no session: a page leads to the entrance and back, a form waits.
func (h *Handlers) careEnded(c echo.Context) error {
	token := cookieOf(c, h.careCookie())
	if c.Request().Header.Get("HX-Request") == "true" {
		return h.leave(c, link.CareAgain)
	}
	w := waitingOf(c)
	switch {
	case !w.Form && token == "":
		return c.Redirect(http.StatusSeeOther, link.Care)
	case !w.Form:
		return c.Redirect(http.StatusSeeOther, link.CareBack(link.CareAgain, w.Path))
	case token == "":
		return h.careLost(c, w)
	}
	return h.showAgain(c, http.StatusOK, again1{waiting: w}, nil)
}

// careLost gives back what was typed by a browser that we do not know at all.
func (h *Handlers) careLost(c echo.Context, w waiting) error {
	v := views.EnquiryUnsent{Heading: "You are not signed in", Text: []string{"What you sent was not saved: your browser sent no cookie of a session. Get a new link, sign in, and send it again."},
		Links: []views.Anchor{{Text: askTitle, URL: link.CareAsk}}}
	for _, f := range typed(w.Fields) {
		v.Typed = append(v.Typed, f.Label+": "+f.Value)
	}
	return h.unsent(c, v, h.enterFrame("", toCare()))
}

// again1 is the page that asks for the code.
type again1 struct {
	waiting
	sent  bool
	alive bool // there is a session: the code confirms one act
}

func (h *Handlers) careStepUp(c echo.Context, p inCare) error {
	if err := h.cfg.Referrals.SendStepUpCode(c.Request().Context(), p.Actor); err != nil {
		return h.againRefused(c, err)
	}
	return h.showAgain(c, http.StatusOK, again1{waiting: waitingOf(c), sent: true, alive: true}, nil)
}

func (h *Handlers) showAgain(c echo.Context, status int, a again1, bad check.List) error {
	v := account.Form{Action: link.CareAgain, Keep: a.field()}
	if a.alive {
		v.Heading, v.Lead = "Confirm that it is you", []string{"This is important, so we make sure that it is you and not somebody who found your browser open."}
	} else {
		v.Heading, v.Lead = "You were signed out", []string{"We sign you out when nothing has been done for 30 minutes, so that nobody else can read your referral.", "If your data were deleted because you asked for it, there is nothing left to open."}
	}
	if a.Form {
		v.Lead = append(v.Lead, "What you typed is kept on this page. It is sent when you have entered the code.")
	}
	if a.Files {
		v.Lead = append(v.Lead, "Files cannot be kept: choose them again afterwards.")
	}
	send := append([]ui.Hidden{{Name: "do", Value: "send"}}, a.field()...)
	if a.sent {
		v.Lead = append(append(v.Lead, "We have mailed you a code of 6 digits. It works for 15 minutes."), h.mailNote()...)
		v.Parts = []views.Part{mailedCode(bad)}
		v.After = []views.Part{press{link.CareAgain, send, ui.Button{Text: "Mail me a new code", Look: ui.Secondary}}.part()}
	} else {
		v.Keep, v.Submit = send, "Mail me a code"
		v.Links = []ui.Link{{Text: askTitle, Href: link.CareAsk}}
	}
	f := h.enterFrame(v.Heading, toCare())
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, v))
}

func (h *Handlers) careAgainForm(c echo.Context) error {
	w := readWaiting(c)
	if _, err := h.patientOf(c); err == nil {
		return c.Redirect(http.StatusSeeOther, w.Path)
	}
	if cookieOf(c, h.careCookie()) == "" {
		return c.Redirect(http.StatusSeeOther, link.Care)
	}
	return h.showAgain(c, http.StatusOK, again1{waiting: w}, nil)
}

// careAgain mails a code, or takes it and goes on.
func (h *Handlers) careAgain(c echo.Context) error {
	ctx, token := c.Request().Context(), cookieOf(c, h.careCookie())
	a := again1{waiting: readWaiting(c), sent: true}
	p, err := h.patientOf(c)
	a.alive = err == nil
	if err != nil && !errors.Is(err, referral.ErrLink) {
		return err
	}
	if c.FormValue("do") == "send" {
		if a.alive {
			err = h.cfg.Referrals.SendStepUpCode(ctx, p.Actor)
		} else {
			err = h.cfg.Referrals.SendCodeAgain(ctx, token)
		}
		switch {
		case errors.Is(err, referral.ErrLink) && a.Form:
			return h.careLost(c, a.waiting)
		case err != nil:
			return h.againRefused(c, err)
		}
		return h.showAgain(c, http.StatusOK, a, nil)
	}
	fresh := token
	if a.alive {
		err = h.cfg.Referrals.StepUp(ctx, token, typedCode(c))
	} else {
		var s referral.PatientSession
		s, err = h.cfg.Referrals.EnterCodeAgain(ctx, token, typedCode(c))
		fresh = s.Token
	}
	switch {
	case errors.Is(err, referral.ErrLink):
		return h.showAgain(c, http.StatusUnprocessableEntity, a, wrongCode)
	case err != nil:
		return h.againRefused(c, err)
	}
	h.keepCare(c, fresh)
	if !a.Form || a.Files {
		return c.Redirect(http.StatusSeeOther, a.Path)
	}
	return h.sendWaiting(c, a.waiting, fresh)
}

// againRefused says that a code cannot be mailed or taken, in words that do not tell why.
func (h *Handlers) againRefused(c echo.Context, err error) error {
	switch {
	case errors.Is(err, referral.ErrTooMany):
		return h.tooManyCodes(c)
	case errors.Is(err, referral.ErrLink):
		h.dropCare(c)
		return h.deadCareLink(c)
	}
	return err
}

// sendWaiting sends the form to where it was meant for, in the session that the code opened.
func (h *Handlers) sendWaiting(c echo.Context, w waiting, token string) error {
	r, err := again(c.Request(), auth.KeptForm{Path: w.Path, Fields: w.Fields, Parts: w.Parts})
	if err != nil {
		return fault.New(fault.Invalid, "form that waited", err)
	}
	r.Header = r.Header.Clone()
	r.Header.Del("Cookie")
	for _, k := range c.Request().Cookies() {
		if k.Name != h.careCookie() {
			r.AddCookie(k)
		}
	}
	r.AddCookie(&http.Cookie{Name: h.careCookie(), Value: token})
	h.front.ServeHTTP(c.Response(), r)
	return nil
}
