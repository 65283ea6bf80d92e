package handlers

import (
	"errors"
	"net/http"
	"strconv"

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

// accountRoutes are everybody's own sign-in.
func (h *Handlers) accountRoutes() []route {
	if h.cfg.People == nil {
		return nil
	}
	mine := func(method, path string, do func(echo.Context, auth.Session) error) route {
		return h.inSession(method, path, auth.AccountOwn, do)
	}
	return []route{
		mine("GET", link.Account, h.account),
		mine("GET", link.AccountName, h.accountName),
		mine("POST", link.AccountName, h.accountNameSave),
		mine("GET", link.AccountPassword, h.fresh(h.accountPassword)),
		mine("POST", link.AccountPassword, h.accountPasswordSave),
		mine("POST", link.AccountRole, h.accountRole),
		mine("GET", link.AccountApp, h.fresh(h.accountApp)),
		mine("POST", link.AccountApp, h.accountAppSave),
		mine("GET", link.AccountApp+"/remove", h.fresh(h.accountAppAsk)),
		mine("POST", link.AccountApp+"/remove", h.accountAppRemove),
		mine("GET", link.AccountNewKey, h.fresh(h.accountNewKey)),
		mine("POST", link.AccountNewKey+"/passkey/begin", h.accountNewKeyBegin),
		mine("POST", link.AccountNewKey+"/passkey", h.accountNewKeySave),
		mine("GET", link.AccountKeys+"/:id", h.fresh(h.accountKeyAsk)),
		mine("POST", link.AccountKeys+"/:id", h.accountKeyRemove),
		mine("GET", link.AccountCodes, h.fresh(h.accountCodesAsk)),
		mine("POST", link.AccountCodes, h.accountCodesMake),
		mine("GET", link.AccountNewCodes, h.fresh(h.newCodes)),
		mine("GET", link.AccountNewCodes+".txt", h.fresh(h.newCodesFile)),
		mine("POST", link.AccountNewCodes, h.newCodesKept),
		mine("POST", link.AccountEndOthers, h.accountEndOthers),
		mine("POST", link.AccountSessions+"/:id", h.accountEndSession),
		mine("GET", link.AccountStepUp, h.stepUp),
		mine("POST", link.AccountStepUp, h.stepUpCheck),
		mine("POST", link.AccountStepUp+"/passkey/begin", h.stepUpBegin),
		mine("POST", link.AccountStepUp+"/passkey", h.stepUpPasskey),
		mine("POST", link.AccountStay, h.stayIn),
		mine("GET", link.AccountUnsent, h.keptForms),
		mine("POST", link.AccountUnsent+"/:id/send", h.keptSend),
		mine("POST", link.AccountUnsent+"/:id/delete", h.keptDrop),
	}
}

// fresh asks for a second factor before a page whose form is dangerous, so that nothing is typed in vain.
func (h *Handlers) fresh(next func(echo.Context, auth.Session) error) func(echo.Context, auth.Session) error {
	return func(c echo.Context, s auth.Session) error {
		if err := h.cfg.People.Fresh(s.Actor); err != nil {
			return err
		}
		return next(c, s)
	}
}

const accountTitle = "Your account"

// accountFrame is the frame of a page below the account.
func (h *Handlers) accountFrame(title string, who auth.Actor) views.Frame {
	f := h.workFrame(title, accountTitle, who, h.workHome(who), ui.Link{Text: accountTitle, Href: link.Account})
	return f
}

// workHome is the first page of somebody's work, as a navigation of one.
func (h *Handlers) workHome(who auth.Actor) []views.NavItem {
	to := h.workStart(who.Role)
	if to.Href == link.Account {
		return nil
	}
	return []views.NavItem{{Text: to.Text, Href: to.Href}}
}

// accountDone are the words over the account after something was done, by the word in its address.
var accountDone = map[string]string{
	"name": "Your name is changed.", "password": "Your password is changed. All your other sessions have ended.", "role": "You act in another role now.",
	"app": "Your authenticator app is set up.", "app-removed": "Your authenticator app is removed.", "passkey": "Your passkey is added.", "passkey-removed": "The passkey is removed.",
	"ended": "The session has ended.", "others": "Your other sessions have ended.", "deleted": "What you typed is deleted.",
}

func (h *Handlers) toAccount(c echo.Context, did string) error {
	return c.Redirect(http.StatusSeeOther, link.Account+"?done="+did)
}

func (h *Handlers) account(c echo.Context, s auth.Session) error {
	ctx, who := c.Request().Context(), s.Actor
	me, err := h.cfg.People.Account(ctx, who)
	if err != nil {
		return err
	}
	held, err := h.cfg.People.Roles(ctx, who)
	if err != nil {
		return err
	}
	sessions, err := h.cfg.People.Sessions(ctx, who)
	if err != nil {
		return err
	}
	kept, err := h.cfg.People.KeptForms(ctx, who)
	if err != nil {
		return err
	}
	f := h.workFrame(accountTitle, accountTitle, who, h.workHome(who))
	if words := accountDone[c.QueryParam("done")]; words != "" {
		f.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{words}}
	}
	v := account.Overview{RoleAction: link.AccountRole, AddPasskey: ui.Link{Text: "Add a passkey", Href: link.AccountNewKey}, EndOthers: endOthers(sessions)}
	v.You, v.SignIn, v.App = youFacts(me, who), signInFacts(me), factorFacts(me)
	v.Passkeys, v.Sessions = passkeyTable(me.Passkeys), sessionTable(sessions)
	for _, r := range held {
		v.Roles = append(v.Roles, account.Role{Value: r.Membership, Text: upperFirst(roleWords[r.Role]), Organisation: r.OrgName, Current: r.Current, Paused: r.Paused})
	}
	if len(kept) > 0 {
		v.Unsent = ui.Link{Text: "See what you typed", Href: link.AccountUnsent}
	}
	return show(c, http.StatusOK, account.OverviewPage(f, v))
}

func youFacts(me auth.Account, who auth.Actor) ui.SummaryList {
	return ui.SummaryList{
		{Label: "Name", Value: me.Name, Link: ui.Link{Text: "Change", Hidden: "your name", Href: link.AccountName}},
		{Label: "Email address", Value: me.Email},
		{Label: "Organisation", Value: who.OrgName},
		{Label: "Role", Value: upperFirst(roleWords[who.Role])},
	}
}

func signInFacts(me auth.Account) ui.SummaryList {
	password := ui.Fact{Label: "Password", Value: "Not set", Missing: true}
	if !me.PasswordSet.IsZero() {
		password = ui.Fact{Label: "Password", Value: "Set on " + ukDay(me.PasswordSet).Long(), Link: ui.Link{Text: "Change", Hidden: "your password", Href: link.AccountPassword}}
	}
	out := ui.SummaryList{password}
	for _, name := range me.Identities {
		out = append(out, ui.Fact{Label: "Other service", Value: name})
	}
	return out
}

func factorFacts(me auth.Account) ui.SummaryList {
	app := ui.Fact{Label: "Authenticator app", Value: "Not set up", Link: ui.Link{Text: "Set up", Hidden: "an authenticator app", Href: link.AccountApp}}
	if me.TOTP {
		app = ui.Fact{Label: "Authenticator app", Value: "Set up on " + ukDay(me.TOTPSince).Long(), Link: ui.Link{Text: "Change", Hidden: "your authenticator app", Href: link.AccountApp}}
	}
	out := ui.SummaryList{app, {Label: "Recovery codes", Value: plural(me.RecoveryLeft, "code") + " left", Link: ui.Link{Text: "Make new codes", Href: link.AccountCodes}}}
	if me.TOTP && len(me.Passkeys) > 0 {
		out = append(out, ui.Fact{Label: "Without the app", Value: "You have a passkey, so you can do without the app.", Link: ui.Link{Text: "Remove", Hidden: "your authenticator app", Href: link.AccountApp + "/remove"}})
	}
	return out
}

func passkeyTable(keys []auth.PasskeyLine) ui.StackTable {
	t := ui.StackTable{Caption: "Your passkeys", Head: []ui.Column{{Text: "Name"}, {Text: "Added"}, {Text: "Last used"}, {Text: "Action"}}}
	for _, k := range keys {
		used := ui.Cell{Text: "Not yet", Missing: true}
		if k.Used != nil {
			used = ui.Cell{Text: ukDay(*k.Used).Long()}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: k.Label}, {Text: ukDay(k.Added).Long()}, used, {Link: ui.Link{Text: "Remove", Hidden: "passkey " + k.Label, Href: link.Passkey(k.ID)}}}})
	}
	return t
}

func sessionTable(list []auth.SessionLine) ui.StackTable {
	t := ui.StackTable{Caption: "Your sessions", Head: []ui.Column{{Text: "Browser"}, {Text: "Role"}, {Text: "Last used"}, {Text: "Action"}}}
	for _, s := range list {
		last := ui.Cell{Text: "This session"}
		if !s.Current {
			last = ui.Cell{Body: endButton(s)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Agent}, {Text: upperFirst(roleWords[s.Role]), Note: s.OrgName}, {Text: ukTime(s.Seen), Note: "Began " + ukTime(s.Created)}, last}})
	}
	return t
}

func endButton(s auth.SessionLine) templ.Component {
	return account.Press{Action: link.AccountSession(s.ID), Button: ui.Button{Text: "End", Hidden: "the session in " + s.Agent + " that began " + ukTime(s.Created), Look: ui.Secondary}}.View()
}

func endOthers(list []auth.SessionLine) *account.Press {
	if len(list) < 2 {
		return nil
	}
	return &account.Press{Action: link.AccountEndOthers, Button: ui.Button{Text: "End all other sessions", Look: ui.Secondary}}
}

func (h *Handlers) accountRole(c echo.Context, s auth.Session) error {
	in, err := h.cfg.People.Switch(c.Request().Context(), s.Actor, c.FormValue("role"))
	if err != nil {
		return err
	}
	h.keepSession(c, in)
	if to := h.next("", in.Actor); to != link.Account {
		return c.Redirect(http.StatusSeeOther, to)
	}
	return h.toAccount(c, "role")
}

func (h *Handlers) accountEndSession(c echo.Context, s auth.Session) error {
	if err := h.cfg.People.EndSession(c.Request().Context(), s.Actor, c.Param("id")); err != nil && !fault.Is(err, fault.Missing) {
		return err // one that had ended is what was asked for
	}
	return h.toAccount(c, "ended")
}

func (h *Handlers) accountEndOthers(c echo.Context, s auth.Session) error {
	if _, err := h.cfg.People.EndOthers(c.Request().Context(), s.Actor); err != nil {
		return err
	}
	return h.toAccount(c, "others")
}

func (h *Handlers) accountName(c echo.Context, s auth.Session) error {
	me, err := h.cfg.People.Account(c.Request().Context(), s.Actor)
	if err != nil {
		return err
	}
	return h.showName(c, http.StatusOK, s.Actor, me.Name, me.Version, nil)
}

func (h *Handlers) showName(c echo.Context, status int, who auth.Actor, name string, version int64, bad check.List, before ...views.Part) error {
	f := h.accountFrame("Change your name", who)
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Action: link.AccountName, Submit: "Save", Before: before,
		Keep:  []ui.Hidden{{Name: "version", Value: strconv.FormatInt(version, 10)}},
		Parts: []views.Part{ui.Field{ID: "name", Label: "Full name", Hint: "As your colleagues know you.", Value: name, Error: bad.On("name"), Autocomplete: "name"}}}))
}

func (h *Handlers) accountNameSave(c echo.Context, s auth.Session) error {
	name := c.FormValue("name")
	version, err := strconv.ParseInt(c.FormValue("version"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "version", err)
	}
	bad, err := h.cfg.People.SetName(c.Request().Context(), s.Actor, name, version)
	switch {
	case errors.Is(err, auth.ErrMoved):
		me, err := h.cfg.People.Account(c.Request().Context(), s.Actor)
		if err != nil {
			return err
		}
		return h.showName(c, http.StatusConflict, s.Actor, name, me.Version, nil, ui.Banner{Title: "Your account was changed meanwhile",
			Text: []string{"Your name is now “" + me.Name + "”. What you typed is in the field. Save it if it is right."}})
	case err != nil:
		return err
	case !bad.OK():
		return h.showName(c, http.StatusUnprocessableEntity, s.Actor, name, version, bad)
	}
	return h.toAccount(c, "name")
}

func (h *Handlers) accountPassword(c echo.Context, s auth.Session) error {
	return h.showChangePassword(c, http.StatusOK, s.Actor, nil)
}

func (h *Handlers) showChangePassword(c echo.Context, status int, who auth.Actor, bad check.List) error {
	f := h.accountFrame("Change your password", who)
	f.Errors = problemsOf(bad)
	return show(c, status, account.FormPage(f, account.Form{Heading: f.Title, Action: link.AccountPassword, Submit: "Change password",
		Lead: []string{"Your other sessions end when you change it."}, Parts: []views.Part{
			passwordField("old", "Password now", "", "current-password", bad), passwordField("new", "New password", passwordHint, "new-password", bad)}}))
}

func (h *Handlers) accountPasswordSave(c echo.Context, s auth.Session) error {
	bad, err := h.cfg.People.ChangePassword(c.Request().Context(), s.Actor, c.FormValue("old"), c.FormValue("new"))
	if errors.Is(err, auth.ErrFactor) { // too many tries; which it is, is not told
		bad, err = check.List{{Field: "old", Say: "This is not your password now, or there were too many tries. Wait a while"}}, nil
	}
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showChangePassword(c, http.StatusUnprocessableEntity, s.Actor, bad)
	}
	return h.toAccount(c, "password")
}
