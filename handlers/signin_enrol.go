package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"image/color"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// signInEnrol offers the first second factor: an authenticator app or a passkey.
func (h *Handlers) signInEnrol(c echo.Context, s signingIn, _ auth.Step) error {
	setup, err := h.cfg.People.BeginFirstTOTP(c.Request().Context(), s.Step)
	if err != nil {
		return err
	}
	return h.showEnrol(c, http.StatusOK, setup.URI, "", nil)
}

func (h *Handlers) showEnrol(c echo.Context, status int, uri, label string, bad check.List) error {
	app, err := appOf(uri)
	if err != nil {
		return err
	}
	f := h.frame("Set up how you confirm that it is you", "", "")
	f.Work, f.NoIndex, f.Errors = true, true, problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Action: link.SignInEnrol,
		Lead:   []string{"A password alone is not enough where people’s records are. Each time you sign in, you confirm that it is you with an app or a passkey. Choose one now. You can add the other later."},
		Before: []views.Part{heading("With an authenticator app"), app}, Keep: []ui.Hidden{{Name: "uri", Value: uri}}, Parts: []views.Part{appCode(bad)},
		After: []views.Part{newPasskey(link.SignInEnrol, label, bad, "Or with a passkey")}}))
}

func heading(words string) views.Part { return views.Subheading{Text: words} }

func appCode(bad check.List) ui.Field {
	return ui.Field{ID: "code", Label: "Code from the app", Error: bad.On("code"), Width: "10", InputMode: "numeric", Autocomplete: "one-time-code"}
}

// newPasskey is the form that makes one; its addresses are below action.
func newPasskey(action, label string, bad check.List, title string) account.Passkey {
	if label == "" && bad.On("label") == "" {
		label = "My passkey"
	}
	return account.Passkey{New: true, Title: title, Begin: action + "/passkey/begin", Action: action + "/passkey", Text: "Make a passkey",
		Lead:    "Your phone, computer or security key keeps it. You open it with your fingerprint, face or PIN.",
		Without: "This browser cannot make passkeys here. Use an authenticator app.",
		Label:   ui.Field{ID: "label", Label: "Name of the passkey", Hint: "So that you know it again, such as “Work laptop”.", Value: label, Error: bad.On("label"), Width: "20", Autocomplete: "off"}}
}

// appOf draws what an authenticator app scans. The page carries the address, so that a wrong code does not make a new one.
func appOf(uri string) (account.App, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Query().Get("secret") == "" {
		return account.App{}, fault.New(fault.Invalid, "authenticator address", err)
	}
	code, err := qr.Encode(uri, qr.M, qr.Auto)
	if err != nil {
		return account.App{}, fault.New(fault.Invalid, "authenticator picture", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y == 0 {
				path.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h1v1h-1z")
			}
		}
	}
	return account.App{Size: size, Path: path.String(), Secret: u.Query().Get("secret")}, nil
}

func (h *Handlers) signInEnrolCheck(c echo.Context, s signingIn, _ auth.Step) error {
	again := func(bad check.List) error {
		return h.showEnrol(c, http.StatusUnprocessableEntity, c.FormValue("uri"), "", bad)
	}
	if bad := needCode(c.FormValue("code")); !bad.OK() {
		return again(bad)
	}
	in, err := h.cfg.People.FinishFirstTOTP(c.Request().Context(), s.Step, c.FormValue("code"), visitOf(c))
	return h.enteredOr(c, in, err, s.Back, again)
}

func (h *Handlers) signInEnrolBegin(c echo.Context, s signingIn, _ auth.Step) error {
	return ceremony(c, func(ctx context.Context) ([]byte, error) { return h.cfg.People.BeginFirstPasskey(ctx, s.Step) })
}

func (h *Handlers) signInEnrolPasskey(c echo.Context, s signingIn, _ auth.Step) error {
	in, err := h.cfg.People.FinishFirstPasskey(c.Request().Context(), s.Step, cleanText(c.FormValue("label")), []byte(c.FormValue("answer")), visitOf(c))
	return h.enteredOr(c, in, err, s.Back, func(check.List) error {
		setup, err := h.cfg.People.BeginFirstTOTP(c.Request().Context(), s.Step)
		if err != nil {
			return err
		}
		return h.showEnrol(c, http.StatusUnprocessableEntity, setup.URI, c.FormValue("label"), passkeyRefused)
	})
}

// given is what a session keeps for pages that show something once.
type given struct {
	Codes []string `json:"codes,omitempty"`
	Back  string   `json:"back,omitempty"`
}

func givenOf(s auth.Session) (g given) {
	if json.Unmarshal(s.Data, &g) != nil {
		return given{}
	}
	return g
}

// giveCodes keeps new recovery codes with the session until the person says that they have them.
func (h *Handlers) giveCodes(c echo.Context, who auth.Actor, codes []string, back string) error {
	data, err := json.Marshal(given{codes, back})
	if err == nil {
		err = h.cfg.People.SetData(c.Request().Context(), who, data)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.AccountNewCodes)
}

// newCodes shows recovery codes once: until they are said to be kept.
func (h *Handlers) newCodes(c echo.Context, s auth.Session) error {
	g := givenOf(s)
	if len(g.Codes) == 0 {
		return c.Redirect(http.StatusSeeOther, link.Account)
	}
	f := h.accountFrame("Keep your recovery codes", s.Actor)
	f.Breadcrumb = nil
	return show(c, http.StatusOK, account.FormPage(f, account.Form{Heading: f.Title,
		Lead: []string{"If you lose your phone or passkey, one of these codes signs you in instead. Each works once.",
			"Print them or save them where only you can find them. We cannot show them again."},
		Before: []views.Part{account.Codes(g.Codes), account.Keep{File: link.AccountNewCodes + ".txt"}}, Action: link.AccountNewCodes, Submit: "I have kept my codes"}))
}

func (h *Handlers) newCodesFile(c echo.Context, s auth.Session) error {
	g := givenOf(s)
	if len(g.Codes) == 0 {
		return fault.New(fault.Missing, "recovery codes", nil)
	}
	text := "Care Corridor recovery codes\r\nEach works once, instead of your app or passkey. Keep them where only you can find them.\r\n\r\n" + strings.Join(g.Codes, "\r\n") + "\r\n"
	return download(c, "care-corridor-recovery-codes.txt", "text/plain; charset=utf-8", []byte(text))
}

func (h *Handlers) newCodesKept(c echo.Context, s auth.Session) error {
	back := givenOf(s).Back
	if err := h.cfg.People.SetData(c.Request().Context(), s.Actor, nil); err != nil && !errors.Is(err, auth.ErrSession) {
		return err
	}
	return c.Redirect(http.StatusSeeOther, h.next(back, s.Actor))
}
