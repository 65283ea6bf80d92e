package handlers

import (
	"context"
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

func (h *Handlers) accountApp(c echo.Context, s auth.Session) error {
	setup, err := h.cfg.People.NewTOTP(c.Request().Context(), s.Actor)
	if err != nil {
		return err
	}
	return h.showApp(c, http.StatusOK, s.Actor, setup.URI, nil)
}

func (h *Handlers) showApp(c echo.Context, status int, who auth.Actor, uri string, bad check.List) error {
	app, err := appOf(uri)
	if err != nil {
		return err
	}
	f := h.accountFrame("Set up an authenticator app", who)
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Lead: []string{"The app you use now, if any, works until you finish this."},
		Before: []views.Part{app}, Action: link.AccountApp, Submit: "Use this app", Keep: []ui.Hidden{{Name: "uri", Value: uri}}, Parts: []views.Part{appCode(bad)}}))
}

func (h *Handlers) accountAppSave(c echo.Context, s auth.Session) error {
	bad := needCode(c.FormValue("code"))
	if bad.OK() {
		err := h.cfg.People.ConfirmTOTP(c.Request().Context(), s.Actor, c.FormValue("code"))
		if err == nil {
			return h.toAccount(c, "app")
		}
		if !errors.Is(err, auth.ErrFactor) {
			return err
		}
		bad = said("code", err)
	}
	return h.showApp(c, http.StatusUnprocessableEntity, s.Actor, c.FormValue("uri"), bad)
}

// askRemoval is the page before a factor is taken away.
func (h *Handlers) askRemoval(c echo.Context, status int, who auth.Actor, title, text, action string, bad check.List) error {
	f := h.accountFrame(title, who)
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: title, Lead: []string{text}, Action: action, Submit: "Remove", Danger: true, Other: ui.Link{Text: "No, keep it", Href: link.Account}}))
}

// removed goes back to the account, or says why the factor stays.
func (h *Handlers) removed(c echo.Context, err error, did string, again func(check.List) error) error {
	switch {
	case err == nil:
		return h.toAccount(c, did)
	case errors.Is(err, auth.ErrLastFactor):
		return again(said("", err))
	}
	return err
}

func (h *Handlers) accountAppAsk(c echo.Context, s auth.Session) error {
	return h.askAppRemoval(c, http.StatusOK, s.Actor, nil)
}

func (h *Handlers) askAppRemoval(c echo.Context, status int, who auth.Actor, bad check.List) error {
	return h.askRemoval(c, status, who, "Remove your authenticator app", "Its codes no longer work here. You confirm that it is you with a passkey instead.", link.AccountApp+"/remove", bad)
}

func (h *Handlers) accountAppRemove(c echo.Context, s auth.Session) error {
	err := h.cfg.People.RemoveTOTP(c.Request().Context(), s.Actor)
	return h.removed(c, err, "app-removed", func(bad check.List) error { return h.askAppRemoval(c, http.StatusConflict, s.Actor, bad) })
}

func (h *Handlers) accountNewKey(c echo.Context, s auth.Session) error {
	return h.showNewKey(c, http.StatusOK, s.Actor, "", nil)
}

func (h *Handlers) showNewKey(c echo.Context, status int, who auth.Actor, label string, bad check.List) error {
	f := h.accountFrame("Add a passkey", who)
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, After: []views.Part{newPasskey(link.AccountNewKey, label, bad, "")}}))
}

func (h *Handlers) accountNewKeyBegin(c echo.Context, s auth.Session) error {
	return ceremony(c, func(ctx context.Context) ([]byte, error) { return h.cfg.People.NewPasskey(ctx, s.Actor) })
}

func (h *Handlers) accountNewKeySave(c echo.Context, s auth.Session) error {
	label := cleanText(c.FormValue("label"))
	bad, err := h.cfg.People.AddPasskey(c.Request().Context(), s.Actor, label, []byte(c.FormValue("answer")))
	switch {
	case errors.Is(err, auth.ErrFactor) || errors.Is(err, auth.ErrStep):
		bad = passkeyRefused
	case err != nil:
		return err
	}
	if !bad.OK() {
		return h.showNewKey(c, http.StatusUnprocessableEntity, s.Actor, label, bad)
	}
	return h.toAccount(c, "passkey")
}

// key is the person's passkey that the address names.
func (h *Handlers) key(c echo.Context, who auth.Actor) (auth.PasskeyLine, error) {
	me, err := h.cfg.People.Account(c.Request().Context(), who)
	if err != nil {
		return auth.PasskeyLine{}, err
	}
	for _, k := range me.Passkeys {
		if k.ID == c.Param("id") {
			return k, nil
		}
	}
	return auth.PasskeyLine{}, fault.New(fault.Missing, "passkey", nil)
}

func (h *Handlers) accountKeyAsk(c echo.Context, s auth.Session) error {
	return h.askKeyRemoval(c, http.StatusOK, s.Actor, nil)
}

func (h *Handlers) askKeyRemoval(c echo.Context, status int, who auth.Actor, bad check.List) error {
	k, err := h.key(c, who)
	if err != nil {
		return err
	}
	return h.askRemoval(c, status, who, "Remove a passkey", "The passkey “"+k.Label+"” no longer signs you in here. Delete it on your device too.", link.Passkey(k.ID), bad)
}

func (h *Handlers) accountKeyRemove(c echo.Context, s auth.Session) error {
	err := h.cfg.People.RemovePasskey(c.Request().Context(), s.Actor, c.Param("id"))
	return h.removed(c, err, "passkey-removed", func(bad check.List) error { return h.askKeyRemoval(c, http.StatusConflict, s.Actor, bad) })
}

func (h *Handlers) accountCodesAsk(c echo.Context, s auth.Session) error {
	f := h.accountFrame("Make new recovery codes", s.Actor)
	return show(c, http.StatusOK, account.FormPage(f, account.Form{Heading: f.Title, Lead: []string{"The codes you have now stop working. We show the new ones once."},
		Action: link.AccountCodes, Submit: "Make new codes", Other: ui.Link{Text: "No, keep the old ones", Href: link.Account}}))
}

func (h *Handlers) accountCodesMake(c echo.Context, s auth.Session) error {
	codes, err := h.cfg.People.NewRecoveryCodes(c.Request().Context(), s.Actor)
	if err != nil {
		return err
	}
	return h.giveCodes(c, s.Actor, codes, link.Account)
}

// stepUp asks for a second factor again before something dangerous, then goes back.
func (h *Handlers) stepUp(c echo.Context, s auth.Session) error {
	back := ownPath(c.QueryParam("back"))
	if h.cfg.People.Fresh(s.Actor) == nil {
		return c.Redirect(http.StatusSeeOther, firstOf(back, link.Account))
	}
	return h.showStepUp(c, http.StatusOK, s.Actor, c.QueryParam("by"), back, nil)
}

func (h *Handlers) showStepUp(c echo.Context, status int, who auth.Actor, by, back string, bad check.List) error {
	me, err := h.cfg.People.Account(c.Request().Context(), who)
	if err != nil {
		return err
	}
	q := factorForm{action: link.AccountStepUp, by: by, back: back, lead: []string{"What comes next needs to be done by you alone. Confirm that it is you. This lasts for 10 minutes."}}
	q.step = auth.Step{TOTP: me.TOTP, Passkey: len(me.Passkeys) > 0 && h.cfg.People.PasskeysWork(), Recovery: me.RecoveryLeft > 0}
	if !q.step.TOTP && !q.step.Passkey && !q.step.Recovery {
		q.other = h.otherStepUps(who, back)
	}
	return h.showFactor(c, status, h.accountFrame("", who), q, bad)
}

// otherStepUps are for people who have no second factor here: those of another sign-in service go there again, the
// sample people press a button.
func (h *Handlers) otherStepUps(who auth.Actor, back string) []views.Part {
	if h.cfg.Demo {
		return []views.Part{account.Press{Action: link.SignInDemo, Keep: append(backField(back), ui.Hidden{Name: "person", Value: who.Person}),
			Lead: "This is a sample person of the demonstration, who has no app and no passkey.", Button: ui.Button{Text: "Confirm as the sample person"}}}
	}
	var out []views.Part
	for _, p := range h.cfg.People.Providers() {
		out = append(out, otherWay{p.Name, link.SignInOIDC(p.ID) + "?again=1" + andBack(back)})
	}
	return out
}

func (h *Handlers) stepUpCheck(c echo.Context, s auth.Session) error {
	by, back, code := c.FormValue("by"), ownPath(c.FormValue("back")), c.FormValue("code")
	if bad := needCode(code); !bad.OK() {
		return h.showStepUp(c, http.StatusUnprocessableEntity, s.Actor, by, back, bad)
	}
	give := h.cfg.People.StepUpTOTP
	if by == "recovery" {
		give = h.cfg.People.StepUpRecovery
	}
	in, err := give(c.Request().Context(), s.Actor, code)
	return h.steppedUp(c, s.Actor, in, err, by, back, said("code", err))
}

func (h *Handlers) steppedUp(c echo.Context, who auth.Actor, in auth.SignedIn, err error, by, back string, bad check.List) error {
	if errors.Is(err, auth.ErrFactor) {
		h.noteRefused(c, "step up")
		return h.showStepUp(c, http.StatusUnprocessableEntity, who, by, back, bad)
	}
	if err != nil {
		return err
	}
	h.keepSession(c, in)
	return c.Redirect(http.StatusSeeOther, firstOf(back, link.Account))
}

func (h *Handlers) stepUpBegin(c echo.Context, s auth.Session) error {
	return ceremony(c, func(ctx context.Context) ([]byte, error) { return h.cfg.People.BeginStepUp(ctx, s.Actor) })
}

func (h *Handlers) stepUpPasskey(c echo.Context, s auth.Session) error {
	in, err := h.cfg.People.FinishStepUp(c.Request().Context(), s.Actor, []byte(c.FormValue("answer")))
	return h.steppedUp(c, s.Actor, in, err, "", ownPath(c.FormValue("back")), passkeyRefused)
}

// stayIn is called by a page whose reader is there but sends nothing: asking for it is what keeps the session.
func (h *Handlers) stayIn(c echo.Context, _ auth.Session) error {
	return c.NoContent(http.StatusNoContent)
}
