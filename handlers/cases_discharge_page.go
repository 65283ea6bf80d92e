package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// draftOf is the package as it stands; what the referral knows is filled in where nothing was written yet.
func (p casePage) draftOf() discharge.Package {
	if p.v.Draft == nil {
		return discharge.Package{}
	}
	k := *p.v.Draft
	if w := p.v.Patient; w != nil && k.Identity == (discharge.Identity{}) {
		k.Identity = discharge.Identity{Name: strings.TrimSpace(w.Given + " " + w.Family), Born: w.Born}
		if p.v.Passport != nil {
			k.Identity.Number = p.v.Passport.Number
		}
	}
	if k.Clinician == (discharge.Clinician{}) {
		k.Clinician.Name = p.who.Name
	}
	if !k.Stay.Admitted.Known() {
		k.Stay.Admitted = p.v.Care.AdmittedOn
	}
	if o := p.own.Newest(); o != nil && o.Quote != nil && k.Family == "" {
		k.Family, k.Keyhole = o.Quote.Family, o.Quote.Keyhole
	}
	if f := &k.Infection.Facility; *f == (discharge.Facility{}) {
		*f = discharge.Facility{Name: p.own.Listed.Name, City: p.own.Listed.City, Country: "IN", Admitted: k.Stay.Admitted, Discharged: k.Stay.Discharged}
	}
	if k.Language == "" {
		k.Language = "en"
	}
	return k
}

// planOf is the aftercare schedule as it stands, or the usual one of the kind of procedure.
func (p casePage) planOf(k discharge.Package) (out []discharge.PlanItem) {
	for _, a := range p.v.Aftercare {
		out = append(out, a.PlanItem)
	}
	if len(out) == 0 && k.Family != "" && k.Stay.Discharged.Known() {
		out = discharge.Plan(k.Family, k.Stay.Discharged)
	}
	return out
}

// replanned is a schedule after the kind of procedure or the day of discharge changed: the items of the new kind, with
// whoever was named for them, and with days that nobody had changed by hand moved along.
func replanned(was, k discharge.Package, plan []discharge.PlanItem) []discharge.PlanItem {
	if was.Family == k.Family && was.Stay.Discharged == k.Stay.Discharged || !k.Stay.Discharged.Known() {
		return plan
	}
	before := map[string]when.Date{}
	if was.Stay.Discharged.Known() {
		for _, i := range discharge.Plan(was.Family, was.Stay.Discharged) {
			before[i.Code] = i.Due
		}
	}
	out := discharge.Plan(k.Family, k.Stay.Discharged)
	for n, i := range out {
		at := slices.IndexFunc(plan, func(o discharge.PlanItem) bool { return o.Code == i.Code })
		if at < 0 {
			continue
		}
		out[n] = plan[at]
		if !plan[at].Due.Known() || plan[at].Due == before[i.Code] {
			out[n].Due = i.Due
		}
	}
	return out
}

// dischargeList is the editor's first page: its parts, and what is still missing.
func (h *Handlers) dischargeList(c echo.Context, p casePage) error {
	return h.showDischargeList(c, http.StatusOK, p, nil)
}

func (h *Handlers) showDischargeList(c echo.Context, status int, p casePage, bad check.List) error {
	if p.v.Draft == nil {
		return h.showHospitalCase(c, http.StatusConflict, p, append(bad, check.Problem{Say: "A discharge package is written between the admission and its signature. This is how the referral stands"}))
	}
	s := caseSheet{title: "Discharge package", caption: "Referral " + p.v.Reference, bad: bad, before: []ui.Link{p.back()}, lead: []string{"20 items that UK care needs. Everything is kept as you save it. Nothing is sent before a checked clinician signs."}}
	var tasks ui.TaskGroup
	tasks.Title = "Parts"
	for _, one := range packPages {
		n := len(missingOn(p, one))
		t := ui.Task{ID: "task-" + one.slug, Text: one.title, Href: p.at("discharge", one.slug), Status: "Completed"}
		if n > 0 {
			t.Status, t.Hint = "In progress", plural(n, "thing")+" missing"
		}
		tasks.Tasks = append(tasks.Tasks, t)
	}
	s.parts = []views.Part{ui.TaskList{Groups: []ui.TaskGroup{tasks}}, missingPart(p, p.found())}
	s.parts = append(s.parts, h.signPart(p)...)
	return h.showCase(c, status, p.who, s)
}

// found is what the draft lacks for the reader. Whether the registration is checked is judged of who signs, not of who
// saved the draft last.
func (p casePage) found() check.List {
	if p.who.Role != auth.ProviderClinician || p.v.Draft == nil || p.v.Draft.Clinician.Number == "" {
		return p.v.DraftFound
	}
	return slices.DeleteFunc(slices.Clone(p.v.DraftFound), func(x check.Problem) bool { return x.Field == "3.clinician.number" })
}

// missingOn are the problems that a page puts right.
func missingOn(p casePage, page packPage) (out check.List) {
	for _, x := range p.found() {
		path, item := packPath(x.Field)
		if pageWithField(path, item).slug == page.slug {
			out = append(out, check.Problem{Field: path, Say: x.Say})
		}
	}
	return out
}

// packPath is a validator's field without the item's number: "8.medicines.0.dose" is "medicines.0.dose" of item 8.
func packPath(field string) (path string, item int) {
	first, rest, ok := strings.Cut(field, ".")
	if n, err := strconv.Atoi(first); ok && err == nil {
		return rest, n
	}
	return field, 0
}

// missingPart lists what is missing, each a link to where it is written.
func missingPart(p casePage, found check.List) views.Part {
	m := cases.Missing{ID: "missing", Title: "What is still missing", Text: plural(len(found), "thing") + " to put right before it can be signed."}
	for _, x := range found {
		path, item := packPath(x.Field)
		m.Items = append(m.Items, ui.Link{Text: upperFirst(x.Say), Href: p.at("discharge", pageWithField(path, item).slug) + "?check=1#" + packID(path)})
	}
	if len(found) == 0 {
		m.Title, m.Text = "Nothing is missing", "All 20 items are complete, and every aftercare item has somebody who does it."
	}
	for _, name := range p.draftOf().MissingCopies() {
		m.Advice = append(m.Advice, "Not needed, but should be there: "+name+".")
	}
	return m
}

// packID is the id of the field that a path is about.
func packID(path string) string {
	if path == "identity" {
		path = "identity.name"
	}
	return ui.IDOf(path)
}

// signPart is the button to sign, or why there is none.
func (h *Handlers) signPart(p casePage) []views.Part {
	a, ok := p.v.May(referral.Discharge, p.own.ID)
	switch {
	case ok && len(p.found()) == 0:
		return []views.Part{portal.Form{Action: p.at("discharge"), Keep: p.versions(a.Provider), Parts: []views.Part{views.Para("You sign as " + p.who.Name + ". After that the package cannot be changed. The patient has it at once, and the GP if the patient agreed.")},
			Buttons: []ui.Button{{Text: "Sign and send the package"}}}}
	case p.v.State != referral.Treated:
		return []views.Part{views.Para("It can be signed after the treatment is recorded.")}
	case len(p.found()) > 0:
		return nil
	}
	return []views.Part{views.Para("A clinician whose registration we have checked signs it.")}
}

// dischargeSign signs the draft.
func (h *Handlers) dischargeSign(c echo.Context, p casePage) error {
	return h.carryCase(c, p, referral.Discharge, referral.Input{Version: versionOf(c)}, func(status int, p casePage, bad check.List) error {
		var say check.List
		for _, x := range bad {
			say = append(say, check.Problem{Say: x.Say})
		}
		return h.showDischargeList(c, status, p, say)
	})
}

// dischargePage is one page of the editor.
func (h *Handlers) dischargePage(c echo.Context, p casePage) error {
	page, ok := dischargePageOf(c.Param("page"))
	if !ok {
		return gonePart("page of a discharge package")
	}
	if p.v.Draft == nil {
		return h.showDischargeList(c, http.StatusOK, p, nil)
	}
	var bad check.List
	if c.QueryParam("check") != "" {
		bad = missingOn(p, page)
	}
	return h.showDischarge(c, http.StatusOK, p, page, nil, bad)
}

// showDischarge draws a page of the editor; v is what was typed, nil for the draft.
func (h *Handlers) showDischarge(c echo.Context, status int, p casePage, page packPage, v url.Values, bad check.List) error {
	k := p.draftOf()
	x := caseAsk{casePage: p, form: v, bad: bad}
	s := caseSheet{title: page.title, caption: "Referral " + p.v.Reference + ", discharge package", bad: besideID(bad), before: []ui.Link{p.back(), {Text: "Discharge package", Href: p.at("discharge")}}}
	f := portal.Form{Action: p.at("discharge", page.slug), Keep: p.versions(""), Buttons: []ui.Button{{Text: "Save and continue"}, {Text: "Save and see what is missing", Name: "do", Value: "list", Look: ui.Secondary}}, Other: ui.Link{Text: "Go back without saving", Href: p.at("discharge")}}
	if page.slug == "aftercare" {
		f.Parts = planParts(&x, p.planOf(k))
	} else {
		if x.form == nil {
			x.form = page.values(treeOf(k))
		}
		f.Parts, f.Keep = page.parts(x), append(f.Keep, page.counts(x.form)...)
	}
	if status == http.StatusConflict {
		s.parts = append(s.parts, x.since()...)
	}
	s.parts = append(s.parts, f)
	if page.slug == "copies" {
		s.parts = append(s.parts, attachForm(p, bad))
	}
	return h.showCase(c, status, p.who, s)
}

// besideID gives problems the field that stands for them on the page.
func besideID(bad check.List) (out check.List) {
	for _, x := range bad {
		if x.Field == "identity" {
			x.Field = "identity.name"
		}
		out = append(out, x)
	}
	return out
}

func (p packPage) counts(v url.Values) (out []ui.Hidden) {
	for _, l := range p.lists {
		out = append(out, ui.Hidden{Name: rowsName(l), Value: strconv.Itoa(rowCount(v, l))})
	}
	return out
}

// parts are the fields of a page as they are drawn.
func (p packPage) parts(x caseAsk) (out []views.Part) {
	for _, f := range p.fields {
		out = append(out, f.part(x, f.path))
	}
	for _, f := range p.after {
		out = append(out, f.part(x, f.path))
	}
	for _, l := range p.lists {
		r := cases.Rows{ID: ui.IDOf(l.path), Legend: l.legend, Hint: l.hint, Error: x.bad.On(l.path), Add: ui.Button{Text: "Add another " + l.one, Name: "do", Value: "add-" + l.path, Look: ui.Secondary}}
		for i := range rowCount(x.form, l) {
			item := cases.RowItem{Legend: upperFirst(l.one) + " " + strconv.Itoa(i+1)}
			for _, f := range l.fields {
				one := f
				one.label += hiddenAbout(item.Legend)
				item.Fields = append(item.Fields, one.part(x, l.path+"."+strconv.Itoa(i)+"."+f.path))
			}
			r.Items = append(r.Items, item)
		}
		if rowCount(x.form, l) >= mostRows {
			r.Add = ui.Button{}
		}
		if l.none != "" {
			out = append(out, packField{path: l.none, label: l.noneLabel, kind: packTick}.part(x, l.none))
		}
		out = append(out, r)
	}
	return out
}

// part is one field as it is drawn.
func (f packField) part(x caseAsk, name string) views.Part {
	switch f.kind {
	case packArea, packWords:
		a := x.area(name, f.label, f.hint)
		a.Rows = 4
		return a
	case packDate:
		return x.day(name, f.label, f.hint)
	case packTick:
		return x.tick(name, f.label, f.hint)
	case packOne, packCopy:
		s := x.line(name, f.label, f.hint)
		s.Type, s.Options = "select", slices.Clone(f.options)
		if f.kind == packCopy {
			s.Options = copyOptions(x.casePage)
		}
		for i := range s.Options {
			s.Options[i].Selected = s.Options[i].Value == x.form.Get(name)
		}
		return s
	case packMany:
		many := ui.Choices{ID: ui.IDOf(name), Name: name, Legend: f.label, Hint: f.hint, Many: true, Error: x.bad.On(name)}
		for _, o := range f.options {
			many.Options = append(many.Options, ui.Choice{Value: o.Value, Text: o.Text, Checked: slices.Contains(x.form[name], o.Value)})
		}
		return many
	}
	return x.line(name, f.label, f.hint)
}

// copyOptions are the hospital's own documents, by what is kept of them.
func copyOptions(p casePage) []ui.Option {
	out := []ui.Option{{Text: "Not added"}}
	for _, f := range p.v.Files {
		if f.Hospital == p.own.ID {
			out = append(out, ui.Option{Value: f.Hash, Text: f.Name})
		}
	}
	return out
}
