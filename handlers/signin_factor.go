package handlers

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// sealed and unsealed keep a small value in the visitor's browser that only we can read.
func (h *Handlers) sealed(plain []byte) (string, error) {
	out, err := h.cfg.People.Box.Seal(signInPlace, plain)
	return base64.RawURLEncoding.EncodeToString(out), err
}

func (h *Handlers) unsealed(value string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(raw) == 0 {
		return nil, errors.Join(err, auth.ErrStep)
	}
	return h.cfg.People.Box.Open(signInPlace, raw)
}

// stepping hands a sign-in on its way to a page; one that ended begins anew.
func (h *Handlers) stepping(need auth.Need, next func(echo.Context, signingIn, auth.Step) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		s := h.signingIn(c)
		step, err := h.cfg.People.StepOf(c.Request().Context(), s.Step)
		if err == nil && step.Need != need {
			return h.onward(c, s, step)
		}
		if err == nil {
			err = next(c, s, step)
		}
		if errors.Is(err, auth.ErrStep) {
			return h.leave(c, link.SignIn+"?was=late")
		}
		return err
	}
}

func (h *Handlers) signInFactor(c echo.Context, _ signingIn, step auth.Step) error {
	return h.showFactor(c, http.StatusOK, h.signInFrame(""), factorForm{step: step, action: link.SignInFactor, by: c.QueryParam("by")}, nil)
}

// factorForm asks for a second factor: to sign in, or again before something dangerous.
type factorForm struct {
	step   auth.Step
	action string
	by     string // "recovery", else whatever there is
	back   string // carried by the form; "" where the browser carries it
	lead   []string
	other  []views.Part // ways of their own
}

func (h *Handlers) showFactor(c echo.Context, status int, f views.Frame, q factorForm, bad check.List) error {
	f.Title, f.Errors = "Confirm that it is you", problemsOf(bad)
	v := account.Form{Heading: f.Title, Lead: q.lead, Keep: backField(q.back), After: q.other}
	recovery := q.by == "recovery" && q.step.Recovery
	switch {
	case recovery:
		v.Action, v.Keep = q.action, append(v.Keep, ui.Hidden{Name: "by", Value: "recovery"})
		v.Parts = []views.Part{ui.Field{ID: "code", Label: "Recovery code", Hint: "One of the codes that you kept when you set up your account. Each works once.", Error: bad.On("code"), Width: "20", Autocomplete: "off"}}
		v.Links = []ui.Link{{Text: "Confirm another way", Href: q.action + backQuery(q.back)}}
	case q.step.TOTP:
		v.Action = q.action
		v.Parts = []views.Part{ui.Field{ID: "code", Label: "Code", Hint: "The 6-digit code that your authenticator app shows for Care Corridor.", Error: bad.On("code"), Width: "10", InputMode: "numeric", Autocomplete: "one-time-code"}}
	}
	if q.step.Passkey && !recovery {
		p := account.Passkey{Begin: q.action + "/passkey/begin", Action: q.action + "/passkey", Keep: backField(q.back), Text: "Use a passkey",
			Without: "You have a passkey, but this browser cannot use it here."}
		if q.step.TOTP {
			p.Title = "Or use your passkey"
		}
		v.After = append(v.After, p)
	}
	if q.step.Recovery && !recovery {
		v.Links = append(v.Links, ui.Link{Text: "I cannot use these: use a recovery code", Href: q.action + "?by=recovery" + andBack(q.back)})
	}
	return show(c, status, account.FormPage(f, v))
}

func andBack(back string) string {
	if back == "" {
		return ""
	}
	return "&" + backQuery(back)[1:]
}

func (h *Handlers) signInFactorCheck(c echo.Context, s signingIn, step auth.Step) error {
	give := h.cfg.People.GiveTOTP
	by := c.FormValue("by")
	if by == "recovery" {
		give = h.cfg.People.GiveRecovery
	}
	again := func(bad check.List) error {
		return h.showFactor(c, http.StatusUnprocessableEntity, h.signInFrame(""), factorForm{step: step, action: link.SignInFactor, by: by}, bad)
	}
	code := c.FormValue("code")
	if bad := needCode(code); !bad.OK() {
		return again(bad)
	}
	in, err := give(c.Request().Context(), s.Step, code, visitOf(c))
	return h.enteredOr(c, in, err, s.Back, again)
}

func needCode(code string) (bad check.List) {
	bad.Need(cleanText(code) != "", "code", "Enter the code")
	return bad
}

// enteredOr goes on when the second factor was right, and asks again when it was not.
func (h *Handlers) enteredOr(c echo.Context, in auth.SignedIn, err error, back string, again func(check.List) error) error {
	switch {
	case err == nil:
		return h.entered(c, in, back)
	case errors.Is(err, auth.ErrFactor):
		h.noteRefused(c, "second factor")
		return again(said("code", err))
	case fault.Is(err, fault.Forbidden) && !errors.Is(err, auth.ErrStep):
		return h.tell(c, "You cannot sign in", err, ui.Link{Text: signInTitle, Href: link.SignIn})
	}
	return err
}

// tell is a page with an error's own sentence.
func (h *Handlers) tell(c echo.Context, heading string, err error, next ui.Link) error {
	status := statusOf(err)
	f := h.signInFrame(heading)
	return show(c, status, views.FailurePage(views.Failure{Frame: f, Heading: heading, Text: []string{sentence(err, status) + "."}, Links: []ui.Link{next}}))
}

func (h *Handlers) signInPasskeyBegin(c echo.Context, s signingIn, _ auth.Step) error {
	return ceremony(c, func(ctx context.Context) ([]byte, error) { return h.cfg.People.BeginPasskey(ctx, s.Step) })
}

// ceremony gives the browser what a passkey needs.
func ceremony(c echo.Context, begin func(context.Context) ([]byte, error)) error {
	options, err := begin(c.Request().Context())
	if errors.Is(err, auth.ErrFactor) {
		return fault.New(fault.Conflict, "passkey", err) // there is none, or none can be at this address
	}
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, jsonType, options)
}

func (h *Handlers) signInPasskey(c echo.Context, s signingIn, step auth.Step) error {
	in, err := h.cfg.People.FinishPasskey(c.Request().Context(), s.Step, []byte(c.FormValue("answer")), visitOf(c))
	return h.enteredOr(c, in, err, s.Back, func(check.List) error {
		return h.showFactor(c, http.StatusUnprocessableEntity, h.signInFrame(""), factorForm{step: step, action: link.SignInFactor}, passkeyRefused)
	})
}

// passkeyRefused says so above the form: a passkey has no field of its own.
var passkeyRefused = check.List{{Say: "The passkey was not accepted. Try again, or use another way"}}
