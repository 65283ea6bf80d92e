package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

func (h *Handlers) portalTeamRoutes() []route {
	manage := func(method, path string, do func(echo.Context, auth.Actor) error) route {
		return h.as(method, path, auth.TeamManage, h.ofHospital(do))
	}
	return []route{
		manage("GET", link.PortalTeam, h.portalTeam),
		manage("GET", link.PortalTeamInvite, h.freshly(h.portalInvite)), manage("POST", link.PortalTeamInvite, h.portalInviteSend),
		manage("POST", link.PortalTeamTakeBack, h.portalTakeBack),
		manage("GET", "/portal/team/:member", h.freshly(h.portalMember)), manage("POST", "/portal/team/:member", h.portalMemberSave),
	}
}

// ofHospital: managers of practices have the same action, and their own pages.
func (h *Handlers) ofHospital(do func(echo.Context, auth.Actor) error) func(echo.Context, auth.Actor) error {
	return func(c echo.Context, who auth.Actor) error {
		if auth.KindOf(who.Role) != auth.Hospital {
			return gonePart("team of a hospital")
		}
		return do(c, who)
	}
}

// freshly asks for a second factor before a page whose form is dangerous, so that nothing is typed in vain.
func (h *Handlers) freshly(do func(echo.Context, auth.Actor) error) func(echo.Context, auth.Actor) error {
	return func(c echo.Context, who auth.Actor) error {
		if err := h.cfg.People.Fresh(who); err != nil {
			return err
		}
		return do(c, who)
	}
}

// memberRoles are the roles of a hospital with what they may do.
var memberRoles = []struct {
	role auth.Role
	hint string
}{
	{auth.ProviderOwner, "Everything: the listing, the team, enquiries, and taking all data out."},
	{auth.ProviderEditor, "Changes the listing, sends it for checking, and answers enquiries."},
	{auth.ProviderClinician, "Reads the listing, answers enquiries, and gives clinical opinions on referrals."},
}

func roleChoices(now auth.Role) []ui.Choice {
	var out []ui.Choice
	for _, r := range memberRoles {
		out = append(out, ui.Choice{Value: string(r.role), Text: upperFirst(roleWords[r.role]), Hint: r.hint, Checked: r.role == now})
	}
	return out
}

// portalTeam lists the people and the invitations of a hospital.
func (h *Handlers) portalTeam(c echo.Context, who auth.Actor) error {
	ctx := c.Request().Context()
	people, err := h.cfg.People.PeopleOf(ctx, who, who.Org)
	if err != nil {
		return err
	}
	waiting, err := h.cfg.People.Invitations(ctx, who, who.Org)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "Team", who)
	t := ui.StackTable{Caption: "People who act for you", Head: []ui.Column{{Text: "Name"}, {Text: "Role"}, {Text: "Second factor"}, {Text: "Last here"}, {Text: "Action"}}}
	for _, m := range people {
		t.Rows = append(t.Rows, memberRow(m, who))
	}
	p := portal.Page{Lead: "Everybody has an account of their own. Nobody shares a password.", Parts: []views.Part{t,
		portal.Row{{Text: "Invite somebody", Icon: "plus", Look: ui.Secondary, Href: link.PortalTeamInvite}}}}
	if len(waiting) > 0 {
		p.Parts = append(p.Parts, portal.Group{ID: "invitations", Title: "Invitations that wait", Parts: []views.Part{invitationTable(waiting)}})
	}
	return h.showPortal(c, http.StatusOK, who, link.PortalTeam, f, p)
}

func memberRow(m auth.Member, who auth.Actor) ui.Row {
	second := ui.Cell{Text: "Set up"}
	if !m.SecondSet {
		second = ui.Cell{Text: "Not set up", Missing: true}
	}
	seen := ui.Cell{Text: "Not yet", Missing: true}
	if m.LastSeen != nil {
		seen = ui.Cell{Text: ukDay(*m.LastSeen).Long()}
	}
	role := ui.Cell{Text: upperFirst(roleWords[m.Role])}
	if m.Paused || m.Locked {
		role.Note = "Cannot act for now"
	}
	act := ui.Cell{Text: "You"}
	if m.Person != who.Person {
		act = ui.Cell{Link: ui.Link{Text: "Change", Hidden: m.Name, Href: link.PortalMember(m.Membership)}}
	}
	return ui.Row{Cells: []ui.Cell{{Text: m.Name, Note: m.Email}, role, second, seen, act}}
}

func invitationTable(waiting []auth.InvitationLine) ui.StackTable {
	t := ui.StackTable{Caption: "Invitations", Head: []ui.Column{{Text: "Email address"}, {Text: "Role"}, {Text: "Works until"}, {Text: "Action"}}}
	for _, i := range waiting {
		until := ui.Cell{Text: ukDay(i.Until).Long()}
		if i.Expired {
			until = ui.Cell{Text: "Ended on " + ukDay(i.Until).Long(), Missing: true}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: i.Email}, {Text: upperFirst(roleWords[i.Role])}, until,
			{Body: portal.Press{Action: link.PortalTeamTakeBack, Keep: []ui.Hidden{{Name: "invitation", Value: i.ID}}, Button: ui.Button{Text: "Take back", Hidden: "the invitation to " + i.Email, Look: ui.Secondary}}.View()}}})
	}
	return t
}

func (h *Handlers) portalInvite(c echo.Context, who auth.Actor) error {
	return h.showInvite(c, http.StatusOK, who, url.Values{}, nil)
}

func (h *Handlers) showInvite(c echo.Context, status int, who auth.Actor, form url.Values, bad check.List) error {
	f := h.portalFrame(c, "Invite somebody", who, backToPortal(ui.Link{Text: "Team", Href: link.PortalTeam})...)
	f.Errors = problemsOf(bad)
	f.Failed = f.Errors != nil
	p := portal.Page{Lead: "We mail a link that works for " + plural(h.cfg.People.Limits.InviteDays, "day") + ", once, and for that person alone.", Parts: []views.Part{portal.Form{Action: link.PortalTeamInvite, Parts: []views.Part{
		ui.Field{ID: "email", Label: "Email address", Type: "email", Value: form.Get("email"), Error: bad.On("email"), Hint: "Their own address at work, not one that several people read."},
		ui.Choices{ID: "role", Name: "role", Legend: "What they may do", Error: bad.On("role"), Options: roleChoices(auth.Role(form.Get("role")))}},
		Buttons: []ui.Button{{Text: "Send the invitation"}}, Other: ui.Link{Text: "Back to the team", Href: link.PortalTeam}}}}
	return h.showPortal(c, status, who, link.PortalTeam, f, p)
}

func (h *Handlers) portalInviteSend(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	bad, err := h.cfg.People.Invite(c.Request().Context(), who, auth.InviteForm{Org: who.Org, Role: auth.Role(form.Get("role")), Email: form.Get("email")})
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showInvite(c, http.StatusUnprocessableEntity, who, form, bad)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalTeam, "invited"))
}

func (h *Handlers) portalTakeBack(c echo.Context, who auth.Actor) error {
	err := h.cfg.People.TakeBack(c.Request().Context(), who, c.FormValue("invitation"))
	if err != nil && !errors.Is(err, auth.ErrLink) {
		return err
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalTeam, "taken-back"))
}

// member is the colleague that the address names.
func (h *Handlers) member(c echo.Context, who auth.Actor) (auth.Member, error) {
	people, err := h.cfg.People.PeopleOf(c.Request().Context(), who, who.Org)
	if err != nil {
		return auth.Member{}, err
	}
	for _, m := range people {
		if m.Membership == c.Param("member") {
			return m, nil
		}
	}
	return auth.Member{}, gonePart("colleague")
}

func (h *Handlers) portalMember(c echo.Context, who auth.Actor) error {
	m, err := h.member(c, who)
	if err != nil {
		return err
	}
	return h.showMember(c, http.StatusOK, who, m, "")
}

func (h *Handlers) showMember(c echo.Context, status int, who auth.Actor, m auth.Member, refused string) error {
	f := h.portalFrame(c, m.Name, who, backToPortal(ui.Link{Text: "Team", Href: link.PortalTeam})...)
	if refused != "" {
		f.Errors, f.Failed = &ui.ErrorSummary{Problems: []ui.Problem{{Text: refused, FieldID: "role"}}}, true
	}
	keep := []ui.Hidden{{Name: "version", Value: strconv.FormatInt(m.Version, 10)}}
	to := link.PortalMember(m.Membership)
	press := func(what, text string) portal.Press {
		return portal.Press{Action: to, Keep: keep, Button: ui.Button{Text: text, Look: ui.Secondary, Name: "do", Value: what}}
	}
	pause := press("pause", "Pause: they cannot act for now")
	if m.Paused {
		pause = press("resume", "Let them act again")
	}
	p := portal.Page{Parts: []views.Part{ui.SummaryList{{Label: "Email address", Value: m.Email}, {Label: "Here since", Value: ukDay(m.Since).Long()}},
		portal.Form{Action: to, Keep: keep, Parts: []views.Part{ui.Choices{ID: "role", Name: "role", Legend: "Role", Error: refused, Options: roleChoices(m.Role)}}, Buttons: []ui.Button{{Text: "Save the role", Name: "do", Value: "role"}}},
		portal.Group{ID: "access", Title: "Access", Note: "Their sessions here end at once. Their account and what they did stay.", Parts: []views.Part{pause, press("remove", "Remove from the team")}}}}
	return h.showPortal(c, status, who, link.PortalTeam, f, p)
}

func (h *Handlers) portalMemberSave(c echo.Context, who auth.Actor) error {
	m, err := h.member(c, who)
	if err != nil {
		return err
	}
	ctx, people := c.Request().Context(), h.cfg.People
	version, _ := strconv.ParseInt(c.FormValue("version"), 10, 64)
	did := ""
	switch c.FormValue("do") {
	case "role":
		if auth.Role(c.FormValue("role")) == m.Role {
			return c.Redirect(http.StatusSeeOther, link.PortalTeam)
		}
		did, err = "role", people.SetRole(ctx, who, m.Membership, auth.Role(c.FormValue("role")), version)
	case "pause":
		did, err = "paused", people.PauseMember(ctx, who, m.Membership, version)
	case "resume":
		did, err = "resumed", people.ResumeMember(ctx, who, m.Membership, version)
	case "remove":
		did, err = "out", people.RemoveMember(ctx, who, m.Membership, version)
	default:
		return fault.New(fault.Invalid, "team form", nil)
	}
	if said := new(fault.E); errors.As(err, &said) && !errors.Is(err, auth.ErrStepUp) && said.Say != "" && (said.Kind == fault.Conflict || said.Kind == fault.Invalid) {
		status := http.StatusUnprocessableEntity
		if errors.Is(err, auth.ErrMoved) {
			status = http.StatusConflict
		}
		return h.showMember(c, status, who, m, said.Say)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalTeam, did))
}
