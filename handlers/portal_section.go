package handlers

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// portalSection is a page of the editor: one form, or the list of a section's entries.
func (h *Handlers) portalSection(c echo.Context, who auth.Actor) error {
	page, ok := pageOf(c.Param("page"))
	if !ok {
		return gonePart("page of the editor")
	}
	d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	if in, _ := listing.SectionOf(page.sections[0]); entered(in) {
		return h.showEntries(c, who, page, d)
	}
	return h.showSection(c, http.StatusOK, who, page, editor{d: d})
}

func (h *Handlers) showSection(c echo.Context, status int, who auth.Actor, page portalPage, s editor) error {
	f, p := h.draftPage(c, who, page.title, s.d, s.bad)
	if !auth.Can(who.Role, auth.ListingEdit) {
		for _, name := range page.sections {
			in, _ := listing.SectionOf(name)
			p.Parts = append(p.Parts, portal.Group{Title: in.Title, Parts: []views.Part{h.readSection(s.d, in)}})
		}
		return h.showPortal(c, status, who, link.PortalListing(page.slug), f, p)
	}
	form := portal.Form{Action: link.PortalListing(page.slug)}
	for _, name := range page.sections {
		in, _ := listing.SectionOf(name)
		parts := h.sectionParts(s, in)
		if len(page.sections) > 1 {
			parts = []views.Part{portal.Group{Title: in.Title, Parts: parts}}
		}
		form.Parts = append(form.Parts, parts...)
	}
	form.Parts = append(form.Parts, draftBar(""))
	p.Parts = append(p.Parts, form)
	return h.showPortal(c, status, who, link.PortalListing(page.slug), f, p)
}

// sectionParts are the fields of a section that is one form.
func (h *Handlers) sectionParts(s editor, in listing.Section) []views.Part {
	switch in.Name {
	case "about":
		var out []views.Part
		for _, f := range in.Fields {
			out = append(out, h.field(s, listing.PathOf(in.Name, "", f.Name), f)...)
		}
		return out
	case "language":
		return []views.Part{s.ticks(in.Name, "Languages that staff speak with patients", languagesOf(s.d))}
	case "specialty":
		return []views.Part{s.ticks(in.Name, "Specialties that you list", h.specialtyTicks())}
	case "procedure":
		return h.treatmentTicks(s)
	}
	var out []views.Part
	for _, one := range statementsOf(s.d, in) {
		out = append(out, views.Subheading{Text: one.Text})
		for _, f := range in.Fields {
			p := listing.PathOf(in.Name, one.Value, f.Name)
			f.Label += hiddenAbout(one.Text)
			out = append(out, h.field(s, p, f)...)
		}
	}
	return out
}

// hiddenAbout tells fields of the same name apart for people who hear them without their heading.
func hiddenAbout(what string) string { return ": " + lowerFirst(what) }

// statementsOf are the entries of a section whose entries are fixed: those we ask for, then those held beside them.
func statementsOf(d listing.Draft, in listing.Section) []listing.Option {
	out := slices.Clone(in.Known)
	for _, key := range d.Keys(in.Name) {
		if !slices.ContainsFunc(out, func(o listing.Option) bool { return o.Value == key }) {
			out = append(out, listing.Option{Value: key, Text: upperFirst(strings.ReplaceAll(key, "_", " "))})
		}
	}
	return out
}

// spoken are languages that hospitals in India are often asked for; those a listing has beside them are shown too.
var spoken = []string{"english", "hindi", "arabic", "assamese", "bengali", "french", "german", "gujarati", "kannada", "malayalam", "marathi", "nepali", "odia", "punjabi", "russian", "spanish", "swahili", "tamil", "telugu", "urdu"}

func languagesOf(d listing.Draft) []listing.Option {
	var out []listing.Option
	for _, l := range spoken {
		out = append(out, listing.Option{Value: l, Text: upperFirst(l)})
	}
	for _, l := range d.Keys("language") {
		if !slices.Contains(spoken, l) {
			out = append(out, listing.Option{Value: l, Text: upperFirst(l)})
		}
	}
	return out
}

func (h *Handlers) specialtyTicks() []listing.Option {
	var out []listing.Option
	for _, s := range h.cat.Reference().Specialties {
		out = append(out, listing.Option{Value: s.Slug, Text: s.Name})
	}
	return out
}

// treatmentTicks are the treatments of the specialties that are listed, and those listed without one.
func (h *Handlers) treatmentTicks(s editor) []views.Part {
	ref := h.cat.Reference()
	var out []views.Part
	shown := map[string]bool{}
	add := func(legend string, list []models.Procedure) {
		var boxes []listing.Option
		for _, p := range list {
			if !shown[p.Slug] && catalogue.ExclusionOf(p.Slug) == "" {
				shown[p.Slug] = true
				boxes = append(boxes, listing.Option{Value: p.Slug, Text: p.Name})
			}
		}
		if len(boxes) > 0 {
			out = append(out, s.ticks("procedure", legend, boxes))
		}
	}
	for _, sp := range ref.Specialties {
		if s.value(listing.PathOf("specialty", sp.Slug, "listed")) == "yes" {
			add(sp.Name, ref.ProceduresOf(sp.Slug))
		}
	}
	var rest []models.Procedure
	for _, key := range s.d.Keys("procedure") {
		if p, ok := ref.Procedure(key); ok {
			rest = append(rest, p)
		}
	}
	add("Other treatments that you list", rest)
	return append(out, views.Para("To see the treatments of another specialty, tick it above and save the draft."))
}

// ticks are the entries of a section that are listed or not.
func (s editor) ticks(section, legend string, list []listing.Option) portal.Ticks {
	t := portal.Ticks{ID: ui.IDOf(section, legend), Legend: legend}
	for _, o := range list {
		p := listing.PathOf(section, o.Value, "listed")
		box := portal.Tick{Path: string(p), ID: fieldID(p), Text: o.Text, Checked: s.value(p) == "yes", Seen: s.seen(p)}
		if change, ok := s.d.Change(p); ok {
			box.Note = map[bool]string{true: "Live now, taken out in the draft", false: "New in the draft"}[change.Live == "yes"]
		}
		t.Error = firstOf(t.Error, s.problem(p))
		t.Boxes = append(t.Boxes, box)
	}
	return t
}

// readSection shows a section to people who may not change it.
func (h *Handlers) readSection(d listing.Draft, in listing.Section) ui.SummaryList {
	var out ui.SummaryList
	if in.Entries == "" {
		for _, f := range in.Fields {
			out = append(out, readFact(f.Label, h.shownValue(f, d.Value(listing.PathOf(in.Name, "", f.Name)))))
		}
		return out
	}
	for _, key := range d.Keys(in.Name) {
		var values []string
		for _, f := range in.Fields {
			if v := d.Value(listing.PathOf(in.Name, key, f.Name)); v != "" {
				values = append(values, h.shownValue(f, v))
			}
		}
		if len(values) > 0 {
			out = append(out, ui.Fact{Label: d.Title(listing.PathOf(in.Name, key, in.Fields[0].Name)), Value: strings.Join(values, ". ")})
		}
	}
	if len(out) == 0 {
		out = ui.SummaryList{{Label: in.Title, Value: "Not given yet", Missing: true}}
	}
	return out
}

func readFact(label, value string) ui.Fact {
	if value == "" {
		return ui.Fact{Label: label, Value: "Not given yet", Missing: true}
	}
	return ui.Fact{Label: label, Value: value}
}

func (h *Handlers) portalSectionSave(c echo.Context, who auth.Actor) error {
	page, ok := pageOf(c.Param("page"))
	if in, _ := listing.SectionOf(firstSection(page)); !ok || entered(in) {
		return gonePart("page of the editor")
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	return h.saveDraft(c, who, saving{form: form, sections: page.sections, to: link.PortalListing(page.slug), title: page.title,
		again: func(status int, s editor) error { return h.showSection(c, status, who, page, s) }})
}

func firstSection(p portalPage) string {
	if len(p.sections) == 0 {
		return ""
	}
	return p.sections[0]
}

// saving is a form of the editor on its way into the draft.
type saving struct {
	form     url.Values
	sections []string   // whose paths it may hold
	key      string     // of the one entry it is about, "" for all
	bad      check.List // found while the form was read
	to       string     // where the form is sent
	then     string     // where to go when it is kept; to when empty
	keep     []ui.Hidden
	title    string
	again    func(status int, s editor) error // shows the form as it was typed
}

// saveDraft keeps a form in the draft. What cannot be kept comes back with everything that was typed; what a colleague
// changed meanwhile is shown beside it; what is unusual is asked first.
func (h *Handlers) saveDraft(c echo.Context, who auth.Actor, s saving) error {
	ctx := c.Request().Context()
	edits := editsOf(s.form, s.sections, s.key)
	var saved listing.Saved
	var err error
	if s.form.Get("do") != "edit" && s.bad.OK() {
		if saved, err = h.cfg.Listings.Save(ctx, who, who.Provider, edits, s.form.Get("confirmed") == "yes"); err != nil {
			return err
		}
	}
	d, err := h.cfg.Listings.Draft(ctx, who, who.Provider)
	if err != nil {
		return err
	}
	typed := editor{d: d, form: s.form, bad: append(slices.Clone(s.bad), saved.Problems...)}
	switch {
	case s.form.Get("do") == "edit":
		return s.again(http.StatusOK, typed)
	case !typed.bad.OK():
		return s.again(http.StatusUnprocessableEntity, typed)
	case len(saved.Questions) > 0 && s.form.Get("confirmed") != "yes":
		return h.askFirst(c, who, s, d, saved.Questions)
	case len(saved.Conflicts) > 0:
		return h.showConflicts(c, who, s, d, saved)
	case s.form.Get("do") == "send":
		return c.Redirect(http.StatusSeeOther, link.PortalChanges)
	case len(saved.Kept) == 0:
		return c.Redirect(http.StatusSeeOther, doneAt(firstOf(s.then, s.to), "nothing"))
	}
	did := map[string]string{"remove": "removed", "restore": "restored"}[s.form.Get("do")]
	return c.Redirect(http.StatusSeeOther, doneAt(firstOf(s.then, s.to), firstOf(did, "saved")))
}

// doneAt is an address with the word that makes the page say what was done.
func doneAt(path, did string) string {
	u := url.URL{Path: path}
	if at, query, ok := strings.Cut(path, "?"); ok {
		u.Path, u.RawQuery = at, query
	}
	q := u.Query()
	q.Set("done", did)
	u.RawQuery = q.Encode()
	return u.String()
}

// kept is everything that was typed, in hidden fields, but what the page itself says anew.
func kept(form url.Values, but ...string) (out []ui.Hidden) {
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if slices.Contains(but, name) {
			continue
		}
		for _, value := range form[name] {
			out = append(out, ui.Hidden{Name: name, Value: value})
		}
	}
	return out
}

// askFirst asks about what is unusual before it is kept (ux.md §6.14: an interruption page).
func (h *Handlers) askFirst(c echo.Context, who auth.Actor, s saving, d listing.Draft, questions []listing.Question) error {
	f := h.portalFrame(c, "Check before you save", who, backToPortal(ui.Link{Text: s.title, Href: firstOf(s.then, s.to)})...)
	p := portal.Page{Title: "Check before you save", Lead: "Nothing is saved yet. This may be right: look at it once more."}
	var rows ui.SummaryList
	for _, q := range questions {
		rows = append(rows, ui.Fact{Label: d.Title(q.Path), Value: q.Say})
	}
	p.Parts = []views.Part{rows, portal.Form{Action: s.to, Keep: append(kept(s.form, "do", "confirmed"), ui.Hidden{Name: "confirmed", Value: "yes"}),
		Buttons: []ui.Button{{Text: "It is right: save it", Name: "do", Value: firstOf(s.form.Get("do"), "save")}}},
		portal.Form{Action: s.to, Keep: kept(s.form, "do", "confirmed"), Buttons: []ui.Button{{Text: "Go back and change it", Name: "do", Value: "edit", Look: ui.Secondary}}}}
	return h.showPortal(c, http.StatusOK, who, firstOf(s.then, s.to), f, p)
}

// showConflicts shows both values of each field that a colleague changed meanwhile; everything else is kept already.
func (h *Handlers) showConflicts(c echo.Context, who auth.Actor, s saving, d listing.Draft, saved listing.Saved) error {
	title := "Somebody else changed the same thing"
	f := h.portalFrame(c, title, who, backToPortal(ui.Link{Text: s.title, Href: firstOf(s.then, s.to)})...)
	p := portal.Page{Title: title, Lead: "While you had the page open a colleague changed what you changed. Nothing is lost: choose what the draft is to hold."}
	if n := len(saved.Kept); n > 0 {
		p.Parts = append(p.Parts, views.Para("Your other "+plural(n, "change")+" "+words2(n, "is", "are")+" saved."))
	}
	form := portal.Form{Action: s.to, Keep: s.keep, Buttons: []ui.Button{{Text: "Save what I chose"}}, Other: ui.Link{Text: "Keep all that is there now", Href: firstOf(s.then, s.to)}}
	for _, x := range saved.Conflicts {
		form.Parts = append(form.Parts, h.conflict(d, x), keeps{{Name: seenPrefix + string(x.Path), Value: x.Theirs}})
	}
	if name := s.form.Get("do"); name == "send" {
		form.Keep = append(slices.Clone(s.keep), ui.Hidden{Name: "do", Value: "send"})
	}
	p.Parts = append(p.Parts, form)
	return h.showPortal(c, http.StatusConflict, who, firstOf(s.then, s.to), f, p)
}

func (h *Handlers) conflict(d listing.Draft, x listing.Conflict) ui.Choices {
	in, _ := listing.SectionOf(x.Path.Section())
	f, _ := in.Field(x.Path.Field())
	who := firstOf(x.ByName, "A colleague")
	when := ""
	if !x.At.IsZero() {
		when = " " + indiaTime(x.At, h.clock())
	} else {
		who = "The live listing"
	}
	said := func(v string) string { return firstOf(h.shownValue(f, v), "Nothing") }
	legend := d.Title(x.Path)
	if in.Entries != "" { // else the title is the field's own
		legend += ": " + lowerFirst(firstOf(f.Label, "Value"))
	}
	return ui.Choices{ID: fieldID(x.Path), Name: string(x.Path), Legend: legend, Options: []ui.Choice{
		{Value: x.Theirs, Text: said(x.Theirs), Hint: who + " changed this" + when + ".", Checked: true}, {Value: x.Yours, Text: said(x.Yours), Hint: "You wrote this."}}}
}
