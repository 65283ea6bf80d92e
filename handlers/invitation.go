package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/views"
	"carecorridor/views/account"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func (h *Handlers) invitation(c echo.Context) error {
	in, err := h.cfg.People.Invitation(c.Request().Context(), mailedLink(c))
	if err != nil {
		return h.linkEnded(c, err)
	}
	return h.showInvitation(c, http.StatusOK, in, "", nil)
}

// showInvitation asks a new person for name and password, and a known one only whether they accept.
func (h *Handlers) showInvitation(c echo.Context, status int, in auth.Invited, name string, bad check.List) error {
	f := h.frame("You are invited", "", "")
	f.Work, f.NoIndex, f.Errors = true, true, problemsOf(bad)
	v := account.Form{Heading: "You are invited to " + in.OrgName, Action: auth.InvitationPath(c.Param("token")), Submit: "Accept and go on",
		Before: []views.Part{ui.SummaryList{{Label: "Organisation", Value: in.OrgName}, {Label: "Your role", Value: upperFirst(roleWords[in.Role])},
			{Label: "Email address", Value: in.Email, Note: "You sign in with this address."}, {Label: "Accept by", Value: ukTime(in.Until)}}},
		Foot: []string{"If you did not expect this, close the page. Nothing happens until you accept."}}
	if in.Known {
		v.Lead = []string{"You have an account already. Accepting adds this role to it. Then you sign in as usual."}
	} else {
		v.Parts = []views.Part{
			ui.Field{ID: "name", Label: "Your full name", Hint: "As your colleagues know you. It is shown beside what you do.", Value: name, Error: bad.On("name"), Autocomplete: "name"},
			passwordField("password", "Choose a password", passwordHint, "new-password", bad)}
		v.Lead = []string{"Set up your account in 2 steps: a password, then an app or a passkey that confirms that it is you."}
	}
	return show(c, status, account.FormPage(f, v))
}

func (h *Handlers) invitationAccept(c echo.Context) error {
	ctx, token := c.Request().Context(), mailedLink(c)
	in, err := h.cfg.People.Invitation(ctx, token)
	if err != nil {
		return h.linkEnded(c, err)
	}
	name := c.FormValue("name")
	step, bad, err := h.cfg.People.Accept(ctx, token, name, c.FormValue("password"), visitOf(c))
	switch {
	case err != nil:
		return h.linkEnded(c, err)
	case !bad.OK():
		return h.showInvitation(c, http.StatusUnprocessableEntity, in, name, bad)
	case step.Token == "":
		return h.invitedAgain(c, in.Email)
	}
	return h.onward(c, signingIn{}, step)
}

// invitedAgain leads somebody who has an account already to it. Whoever is signed in in this browser may be another.
func (h *Handlers) invitedAgain(c echo.Context, email string) error {
	if s, err := h.session(c); err == nil {
		if me, err := h.cfg.People.Account(c.Request().Context(), s.Actor); err == nil && me.Email == email {
			return c.Redirect(http.StatusSeeOther, link.Account)
		}
	}
	if err := h.keepSigningIn(c, signingIn{Email: email, Back: link.Account}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link.SignInPassword)
}
