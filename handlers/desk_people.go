package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func isStepUp(err error) bool { return errors.Is(err, auth.ErrStepUp) }

// deskPeople lists every account by name.
func (h *Handlers) deskPeople(c echo.Context, who auth.Actor) error {
	all, err := h.cfg.People.People(c.Request().Context(), who)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Accounts by name", Head: []ui.Column{{Text: "Name"}, {Text: "Roles"}, {Text: "State"}, {Text: "Since"}}}
	for _, p := range all {
		roles := ui.Cell{Text: "None", Missing: true}
		for i, r := range p.Roles {
			words := upperFirst(roleWords[r.Role]) + ", " + r.OrgName
			if i == 0 {
				roles = ui.Cell{Text: words}
			} else {
				roles.Note += words + ". "
			}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: p.Name, Href: link.DeskPerson(p.ID)}, Note: p.Email}, roles, {Text: accountState(p)}, {Text: ukDay(p.Created).Long()}}})
	}
	v := deskview.Page{Title: "People", Lead: []string{plural(len(all), "account") + ". To invite somebody, open their organisation."}, Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "Nobody yet"}}}}
	return h.deskPage(c, http.StatusOK, who, link.DeskPeople, v, nil)
}

func accountState(p auth.PersonLine) string {
	switch {
	case p.Locked:
		return "Locked"
	case !p.SecondSet:
		return "No second factor yet"
	}
	return "Active"
}

// personForm is what somebody typed on the page of an account; what is the form.
type personForm struct {
	what string
	form url.Values
	bad  check.List
}

func (h *Handlers) deskPerson(c echo.Context, who auth.Actor) error {
	return h.showPerson(c, who, http.StatusOK, c.Param("id"), personForm{})
}

func (h *Handlers) showPerson(c echo.Context, who auth.Actor, status int, id string, f personForm) error {
	all, err := h.cfg.People.People(c.Request().Context(), who)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(p auth.PersonLine) bool { return p.ID == id })
	if at < 0 {
		return fault.New(fault.Missing, "person", nil)
	}
	p := all[at]
	v := deskview.Page{Title: p.Name, Tag: ui.Badge{Tone: ui.Neutral, Text: accountState(p)}, Parts: []views.Part{ui.SummaryList{{Label: "Email address", Value: p.Email}, {Label: "Account since", Value: ukDay(p.Created).Long()}}}}
	roles, err := h.personRoles(c, who, p)
	if err != nil {
		return err
	}
	v.Parts = append(v.Parts, roles)
	if p.ID == who.Person {
		v.Parts = append(v.Parts, deskview.Box{Title: "This is you", Text: []string{"Nobody changes their own roles, lock or second factors here. Ask a colleague."}})
	} else {
		v.Parts = append(v.Parts, personActions(p, f))
	}
	return h.deskPage(c, status, who, link.DeskPeople, v, f.bad, ui.Link{Text: "People", Href: link.DeskPeople})
}

// personRoles are the roles that somebody holds, each with its own small form.
func (h *Handlers) personRoles(c echo.Context, who auth.Actor, p auth.PersonLine) (views.Part, error) {
	s := deskview.Section{ID: "roles", Title: "Roles", Text: []string{"A session in a role ends when the role is changed. To add a role, invite the address to the organisation."}}
	for _, held := range p.Roles {
		members, err := h.cfg.People.PeopleOf(c.Request().Context(), who, held.Org)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(members, func(m auth.Member) bool { return m.Membership == held.Membership })
		if at < 0 {
			continue
		}
		m := members[at]
		box := deskview.Box{Title: upperFirst(roleWords[held.Role]) + ", " + held.OrgName}
		if m.Paused {
			box.Text = []string{"Paused."}
		}
		if p.ID != who.Person {
			box.Parts = roleForms(p, held, m)
		}
		s.Parts = append(s.Parts, box)
	}
	if len(s.Parts) == 0 {
		s.Parts = []views.Part{deskview.Muted("None. Nobody can sign in without a role.")}
	}
	return s, nil
}

func roleForms(p auth.PersonLine, held auth.Held, m auth.Member) []views.Part {
	keep := []ui.Hidden{keepVersion(m.Version), {Name: "person", Value: p.ID}}
	about := "the role " + roleWords[held.Role] + " of " + p.Name
	var options []ui.Option
	for _, r := range auth.RolesFor(held.Kind) {
		options = append(options, ui.Option{Value: string(r), Text: upperFirst(roleWords[r])})
	}
	pause := deskview.Press{Action: link.DeskRole(m.Membership), Keep: append(slices.Clone(keep), ui.Hidden{Name: "do", Value: "pause"}), Button: ui.Button{Text: "Pause", Hidden: about, Look: ui.Secondary}}
	if m.Paused {
		pause.Keep[2].Value, pause.Button.Text = "resume", "Let them act again"
	}
	remove := deskview.Press{Action: link.DeskRole(m.Membership), Keep: append(slices.Clone(keep), ui.Hidden{Name: "do", Value: "remove"}), Button: ui.Button{Text: "Take away", Hidden: about, Look: ui.Secondary}}
	return []views.Part{
		deskview.Form{Action: link.DeskRole(m.Membership), Keep: append(slices.Clone(keep), ui.Hidden{Name: "do", Value: "role"}), Parts: []views.Part{
			ui.Field{ID: "role-" + m.Membership, Name: "role", Label: "Another role", Type: "select", Options: selected(string(held.Role), options...)}},
			Buttons: []ui.Button{{Text: "Change role", Look: ui.Secondary}}},
		deskview.Presses{pause, remove},
	}
}

// personActions lock an account, open it again and forget its second factors. Each needs a reason.
func personActions(p auth.PersonLine, f personForm) views.Part {
	s := deskview.Section{ID: "account", Title: "Account", Text: []string{"Each of these needs a reason, which is kept in the audit trail."}}
	add := func(what, title, text, button string) {
		form, bad := url.Values{}, check.List(nil)
		if f.what == what {
			form, bad = f.form, f.bad
		}
		s.Parts = append(s.Parts, deskview.Box{Title: title, Text: []string{text}, Parts: []views.Part{deskview.Form{Action: link.DeskPerson(p.ID, what), Parts: []views.Part{
			ui.Field{ID: "why-" + what, Name: "why", Label: "Reason", Value: form.Get("why"), Error: bad.On("why-" + what)}}, Buttons: []ui.Button{{Text: button, Look: ui.Secondary}}}}})
	}
	if p.Locked {
		add("unlock", "Open the account again", "The person can sign in again. Wrong tries are forgotten.", "Open the account")
	} else {
		add("lock", "Lock the account", "The person cannot sign in, and all their sessions end at once.", "Lock the account")
	}
	add("factors", "Forget second factors", "For somebody who lost their phone or key. Make sure that it is them, not by email alone. Their sessions end and a link to set up new factors is mailed.", "Forget second factors")
	return s
}

func (h *Handlers) deskPersonDo(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	ctx, id, what := c.Request().Context(), c.Param("id"), c.Param("what")
	did := map[string]string{"lock": "locked", "unlock": "unlocked", "factors": "factors"}[what]
	switch what {
	case "lock":
		err = h.cfg.People.Lock(ctx, who, id, form.Get("why"))
	case "unlock":
		err = h.cfg.People.Unlock(ctx, who, id, form.Get("why"))
	case "factors":
		_, err = h.cfg.People.ResetFactors(ctx, who, id, form.Get("why"))
	default:
		return fault.New(fault.Missing, "person", nil)
	}
	if isStepUp(err) {
		return err
	}
	if err != nil {
		return deskAgain(err, func(status int, bad check.List) error {
			if status == http.StatusUnprocessableEntity {
				bad[0].Field = "why-" + what
			}
			return h.showPerson(c, who, status, id, personForm{what, form, bad})
		})
	}
	return h.toDesk(c, link.DeskPerson(id), did)
}

func (h *Handlers) deskRole(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	ctx, id, version, person := c.Request().Context(), c.Param("id"), versionOf(c), form.Get("person")
	did := ""
	switch form.Get("do") {
	case "role":
		did, err = "role", h.cfg.People.SetRole(ctx, who, id, auth.Role(form.Get("role")), version)
	case "pause":
		did, err = "paused", h.cfg.People.PauseMember(ctx, who, id, version)
	case "resume":
		did, err = "resumed", h.cfg.People.ResumeMember(ctx, who, id, version)
	case "remove":
		did, err = "removed", h.cfg.People.RemoveMember(ctx, who, id, version)
	default:
		return fault.New(fault.Missing, "role", nil)
	}
	if isStepUp(err) {
		return err
	}
	if err != nil {
		return deskAgain(err, func(status int, bad check.List) error {
			return h.showPerson(c, who, status, person, personForm{"", form, bad})
		})
	}
	return h.toDesk(c, link.DeskPerson(person), did)
}
