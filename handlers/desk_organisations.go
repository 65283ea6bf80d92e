package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var orgKinds = map[auth.Kind]string{auth.Hospital: "Hospital", auth.Practice: "Practice or other UK organisation", auth.Alliance: "The alliance"}

var orgStates = map[string]ui.Badge{auth.OrgActive: {Tone: ui.Info, Text: "Active"}, auth.OrgPaused: {Tone: ui.Warn, Text: "Paused"}, auth.OrgClosed: {Tone: ui.Bad, Text: "Closed"}}

// deskOrganisations lists them by name.
func (h *Handlers) deskOrganisations(c echo.Context, who auth.Actor) error {
	all, err := h.cfg.People.Organisations(c.Request().Context(), who)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Organisations by name", Head: []ui.Column{{Text: "Name"}, {Text: "Kind"}, {Text: "State"}, {Text: "People", Number: true}}}
	for _, o := range all {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: o.Name, Href: link.DeskOrganisation(o.ID)}, Note: o.ODS}, {Text: orgKinds[o.Kind]}, {Body: orgStates[o.State].View()}, {Text: group(o.People)}}})
	}
	v := deskview.Page{Title: "Organisations", Lead: []string{plural(len(all), "organisation") + ". People act for one at a time."}}
	if auth.Can(who.Role, auth.OrganisationAdmin) {
		v.Parts = append(v.Parts, deskview.Inline{Component: ui.Button{Text: "Add an organisation", Href: link.DeskNewOrg, Look: ui.Secondary}.View()})
	}
	v.Parts = append(v.Parts, ui.Worklist{Table: t, Empty: ui.Empty{Title: "No organisation yet"}})
	return h.deskPage(c, http.StatusOK, who, link.DeskOrganisations, v, nil)
}

func (h *Handlers) deskNewOrganisation(c echo.Context, who auth.Actor) error {
	if err := h.cfg.People.Fresh(who); err != nil {
		return err
	}
	return h.showNewOrganisation(c, who, http.StatusOK, url.Values{}, nil)
}

func (h *Handlers) showNewOrganisation(c echo.Context, who auth.Actor, status int, form url.Values, bad check.List) error {
	v := deskview.Page{Title: "Add an organisation", Parts: []views.Part{deskview.Form{Action: link.DeskNewOrg, Parts: []views.Part{
		radios("kind", "What kind of organisation is it?", form, bad, ui.Choice{Value: string(auth.Hospital), Text: "Hospital", Hint: "It keeps one listing of the directory."},
			ui.Choice{Value: string(auth.Practice), Text: "Practice or other UK organisation", Hint: "Its people refer patients."}),
		ui.Field{ID: "name", Label: "Name", Value: form.Get("name"), Error: bad.On("name")},
		ui.Field{ID: "provider", Label: "Address of the hospital’s listing", Hint: "For a hospital: the address of its page here, such as " + h.cfg.Origin + "/hospitals/example-hospital-chennai", Value: form.Get("provider"), Error: bad.On("provider"), Optional: true},
		ui.Field{ID: "ods", Label: "ODS code", Hint: "For a UK organisation, like A12345.", Value: form.Get("ods"), Error: bad.On("ods"), Width: "10", Optional: true},
		ui.Field{ID: "email_domain", Label: "Email domain", Hint: "The part after @ that every address of its people ends in, like nhs.net. Leave it empty to allow any.", Value: form.Get("email_domain"), Error: bad.On("email_domain"), Optional: true},
	}, Buttons: []ui.Button{{Text: "Add"}}, Other: ui.Link{Text: "Cancel", Href: link.DeskOrganisations}}}}
	return h.deskPage(c, status, who, link.DeskOrganisations, v, bad, ui.Link{Text: "Organisations", Href: link.DeskOrganisations})
}

// listingAt finds the listing of an address of ours, or of its last part; 0 when there is none.
func (h *Handlers) listingAt(c echo.Context, address string) (int64, error) {
	slug := address[strings.LastIndexByte(strings.TrimRight(address, "/"), '/')+1:]
	if slug = strings.TrimSpace(strings.TrimRight(slug, "/")); slug == "" {
		return 0, nil
	}
	p, err := h.cat.Profile(c.Request().Context(), slug)
	if fault.Is(err, fault.Missing) || fault.Is(err, fault.Gone) {
		return 0, nil
	}
	return p.ID, err
}

func (h *Handlers) deskAddOrganisation(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	o := auth.Organisation{Kind: auth.Kind(form.Get("kind")), Name: form.Get("name"), ODS: form.Get("ods"), EmailDomain: form.Get("email_domain")}
	if o.Kind == auth.Hospital {
		if o.Provider, err = h.listingAt(c, form.Get("provider")); err != nil {
			return err
		}
	}
	id, bad, err := h.cfg.People.AddOrganisation(c.Request().Context(), who, o)
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showNewOrganisation(c, who, http.StatusUnprocessableEntity, form, bad)
	}
	return h.toDesk(c, link.DeskOrganisation(id), "added")
}

// orgForm is what somebody typed on the page of an organisation; which form it was is what.
type orgForm struct {
	what string // "save" or "invite"
	form url.Values
	bad  check.List
}

func (h *Handlers) deskOrganisation(c echo.Context, who auth.Actor) error {
	return h.showOrganisation(c, who, http.StatusOK, orgForm{})
}

func (h *Handlers) showOrganisation(c echo.Context, who auth.Actor, status int, f orgForm) error {
	ctx := c.Request().Context()
	o, err := h.cfg.People.Organisation(ctx, who, c.Param("id"))
	if err != nil {
		return err
	}
	v := deskview.Page{Title: o.Name, Tag: orgStates[o.State], Parts: []views.Part{orgFacts(o)}}
	if auth.Can(who.Role, auth.OrganisationAdmin) {
		v.Parts = append(v.Parts, orgDetails(o, f))
	}
	if auth.Can(who.Role, auth.PeopleManage) {
		people, err := h.orgPeople(c, who, o, f)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, people...)
	}
	return h.deskPage(c, status, who, link.DeskOrganisations, v, f.bad, ui.Link{Text: "Organisations", Href: link.DeskOrganisations})
}

func orgFacts(o auth.Organisation) ui.SummaryList {
	out := ui.SummaryList{{Label: "Kind", Value: orgKinds[o.Kind]}}
	if o.ODS != "" {
		out = append(out, ui.Fact{Label: "ODS code", Value: o.ODS})
	}
	return append(out, ui.Fact{Label: "Email domain", Value: firstOf(o.EmailDomain, "Any")})
}

func orgDetails(o auth.Organisation, f orgForm) views.Part {
	form, bad := f.form, f.bad
	if f.what != "save" {
		form, bad = url.Values{"name": {o.Name}, "email_domain": {o.EmailDomain}, "state": {o.State}}, nil
	}
	parts := []views.Part{ui.Field{ID: "name", Label: "Name", Value: form.Get("name"), Error: bad.On("name")},
		ui.Field{ID: "email_domain", Label: "Email domain", Value: form.Get("email_domain"), Error: bad.On("email_domain"), Optional: true}}
	keep := []ui.Hidden{keepVersion(o.Version)}
	if o.Kind == auth.Alliance {
		keep = append(keep, ui.Hidden{Name: "state", Value: o.State})
	} else {
		parts = append(parts, radios("state", "State", form, bad, ui.Choice{Value: auth.OrgActive, Text: "Active"},
			ui.Choice{Value: auth.OrgPaused, Text: "Paused", Hint: "Nobody can act for it for now. Their sessions end at once."}, ui.Choice{Value: auth.OrgClosed, Text: "Closed", Hint: "As paused, for good. Its listing stays as it is."}))
	}
	return deskview.Section{ID: "details", Title: "Details", Parts: []views.Part{deskview.Form{Action: link.DeskOrganisation(o.ID), Keep: keep, Parts: parts, Buttons: []ui.Button{{Text: "Save"}}}}}
}

func (h *Handlers) deskSaveOrganisation(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	again := func(status int, bad check.List) error {
		return h.showOrganisation(c, who, status, orgForm{"save", form, bad})
	}
	bad, err := h.cfg.People.SaveOrganisation(c.Request().Context(), who, auth.Organisation{ID: c.Param("id"), Version: versionOf(c), Name: form.Get("name"), EmailDomain: form.Get("email_domain"), State: form.Get("state")})
	switch {
	case isStepUp(err):
		return err
	case err != nil:
		return deskAgain(err, again)
	case !bad.OK():
		return again(http.StatusUnprocessableEntity, bad)
	}
	return h.toDesk(c, link.DeskOrganisation(c.Param("id")), "saved")
}

// orgPeople are the people of an organisation, the invitations that wait, and the form that sends one.
func (h *Handlers) orgPeople(c echo.Context, who auth.Actor, o auth.Organisation, f orgForm) ([]views.Part, error) {
	ctx := c.Request().Context()
	members, err := h.cfg.People.PeopleOf(ctx, who, o.ID)
	if err != nil {
		return nil, err
	}
	waiting, err := h.cfg.People.Invitations(ctx, who, o.ID)
	if err != nil {
		return nil, err
	}
	t := ui.StackTable{Caption: "People of " + o.Name, Head: []ui.Column{{Text: "Name"}, {Text: "Role"}, {Text: "State"}, {Text: "Last seen"}}}
	for _, m := range members {
		seen := ui.Cell{Text: "Not yet", Missing: true}
		if m.LastSeen != nil {
			seen = ui.Cell{Text: ukDay(*m.LastSeen).Long()}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: m.Name, Href: link.DeskPerson(m.Person)}, Note: m.Email}, {Text: upperFirst(roleWords[m.Role])}, {Text: memberState(m)}, seen}})
	}
	people := deskview.Section{ID: "people", Title: "People", Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "Nobody yet", Text: []string{"Invite the first person below."}}}}}
	if len(waiting) > 0 {
		w := ui.StackTable{Caption: "Invitations that wait", ShowCaption: true, Head: []ui.Column{{Text: "Email address"}, {Text: "Role"}, {Text: "Works until"}, {Text: "Action"}}}
		for _, i := range waiting {
			until := ui.Cell{Text: ukTime(i.Until)}
			if i.Expired {
				until.Note = "Ended"
			}
			w.Rows = append(w.Rows, ui.Row{Cells: []ui.Cell{{Text: i.Email}, {Text: upperFirst(roleWords[i.Role])}, until,
				{Body: deskview.Press{Action: link.DeskInvitation(i.ID), Keep: []ui.Hidden{{Name: "org", Value: o.ID}}, Button: ui.Button{Text: "Take back", Hidden: "the invitation of " + i.Email, Look: ui.Secondary}}.View()}}})
		}
		people.Parts = append(people.Parts, w)
	}
	out := []views.Part{people}
	if o.State == auth.OrgActive {
		out = append(out, inviteForm(o, f))
	}
	return out, nil
}

func memberState(m auth.Member) string {
	switch {
	case m.Locked:
		return "Account locked"
	case m.Paused:
		return "Paused"
	case !m.SecondSet:
		return "No second factor yet"
	}
	return "Active"
}

func inviteForm(o auth.Organisation, f orgForm) views.Part {
	form, bad := f.form, f.bad
	if f.what != "invite" {
		form, bad = url.Values{}, nil
	}
	options := []ui.Option{{Text: "Choose one"}}
	for _, r := range auth.RolesFor(o.Kind) {
		options = append(options, ui.Option{Value: string(r), Text: upperFirst(roleWords[r])})
	}
	return deskview.Section{ID: "invite", Title: "Invite somebody", Text: []string{"The invitation is mailed and works once. The first person of a hospital should be its listing owner, of a practice its administrator."},
		Parts: []views.Part{deskview.Form{Action: link.DeskOrganisation(o.ID, "invite"), Parts: []views.Part{
			ui.Field{ID: "email", Label: "Email address", Type: "email", Value: form.Get("email"), Error: bad.On("email"), Autocomplete: "off"},
			ui.Field{ID: "role", Label: "Role", Type: "select", Options: selected(form.Get("role"), options...), Error: bad.On("role")},
		}, Buttons: []ui.Button{{Text: "Send invitation"}}}}}
}

func (h *Handlers) deskInvite(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	id := c.Param("id")
	bad, err := h.cfg.People.Invite(c.Request().Context(), who, auth.InviteForm{Org: id, Role: auth.Role(form.Get("role")), Email: form.Get("email")})
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showOrganisation(c, who, http.StatusUnprocessableEntity, orgForm{"invite", form, bad})
	}
	return h.toDesk(c, link.DeskOrganisation(id), "invited")
}

func (h *Handlers) deskTakeBack(c echo.Context, who auth.Actor) error {
	if err := h.cfg.People.TakeBack(c.Request().Context(), who, c.Param("id")); err != nil && !fault.Is(err, fault.Missing) {
		return err // one that was used or taken back already needs nothing
	}
	org := c.FormValue("org")
	if org == "" {
		return c.Redirect(http.StatusSeeOther, link.DeskOrganisations)
	}
	return h.toDesk(c, link.DeskOrganisation(org), "taken_back")
}
