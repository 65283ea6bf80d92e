package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// entryWords are what a section's entries are called on buttons, and what an empty list says.
var entryWords = map[string]struct{ add, none, why string }{
	"package":     {"Add a package", "", ""},
	"certificate": {"Add a certificate", "No certificate yet", "Your prices are shown only while an accreditation runs."},
	"clinician":   {"Add a surgeon or other clinician", "No surgeons yet", "Patients look for a name and a registration that they can check."},
	"measure":     {"Add a measure", "No measures yet", "Patients see “Not published” until you add one. Give both figures: we work out the ratio."},
	"photo":       {"Add a photo", "No photos yet", "Show the place as it is: the entrance, a room, the ward. Nobody may be known by it who did not agree."},
}

// newEntry is the key in the address of the form for a new entry.
const newEntry = "new"

// showEntries lists the entries of a section.
func (h *Handlers) showEntries(c echo.Context, who auth.Actor, page portalPage, d listing.Draft) error {
	in, _ := listing.SectionOf(page.sections[0])
	f, p := h.draftPage(c, who, page.title, d, nil)
	s := editor{d: d, live: byEntry(d.Live, in.Name), units: byUnit(d.Changes)}
	words := entryWords[in.Name]
	list := portal.Entries{Empty: ui.Empty{Title: words.none, Text: []string{words.why}}}
	held, err := h.heldCertificates(c, who, in.Name)
	if err != nil {
		return err
	}
	writes := auth.Can(who.Role, auth.ListingEdit)
	for _, key := range d.Keys(in.Name) {
		e := h.entryCard(s, in, key, held[key])
		if writes {
			e.Href, e.Act = link.PortalEntry(page.slug, key), "Change"
		}
		list.Items = append(list.Items, e)
	}
	p.Parts = append(p.Parts, list)
	if writes {
		p.Parts = append(p.Parts, portal.Row{{Text: words.add, Icon: "plus", Look: ui.Secondary, Href: link.PortalEntry(page.slug, newEntry)}},
			portal.Bar{Strong: "Your live listing stays as it is", Text: "until a checker approves this draft, usually within 2 working days.", Buttons: []ui.Button{
				{Text: "Preview", Href: link.PortalPreview, Look: ui.Secondary}, {Text: "Send for checking", Href: link.PortalChanges}}})
	}
	return h.showPortal(c, http.StatusOK, who, link.PortalListing(page.slug), f, p)
}

// heldCertificates are what is known of certificates that are public, by key; nothing for another section.
func (h *Handlers) heldCertificates(c echo.Context, who auth.Actor, section string) (map[string]listing.Certificate, error) {
	if section != "certificate" {
		return nil, nil
	}
	list, err := h.cfg.Listings.Certificates(c.Request().Context(), who, who.Provider)
	out := map[string]listing.Certificate{}
	for _, one := range list {
		out[one.Key] = one
	}
	return out, err
}

// entryCard is one entry of a list.
func (h *Handlers) entryCard(s editor, in listing.Section, key string, held listing.Certificate) portal.Entry {
	at := func(field string) listing.Path { return listing.PathOf(in.Name, key, field) }
	unit := in.Name + "/" + key
	e := portal.Entry{ID: ui.IDOf(unit), Title: s.d.Title(at(in.Fields[0].Name)), Status: s.unitStatus(unit, len(s.live[key]) == 0), Reason: s.reasonOf(unit)}
	if e.Status.Text == "No change" {
		e.Status = ui.Badge{Tone: ui.Seen, Text: "Live"}
	}
	for _, f := range in.Fields {
		value := s.d.Value(at(f.Name))
		switch {
		case f.Kind == listing.File && in.Name == "photo" && value != "":
			e.Picture, e.Alt = link.PortalPhoto(value), firstOf(s.d.Value(at("alt")), "Photo without words yet")
		case f.Kind == listing.File && value != "":
			e.Facts = append(e.Facts, ui.Fact{Label: "File", Link: ui.Link{Text: "Open the file", Hidden: "of " + e.Title, Href: link.PortalFile(value)}})
		case f.Name == "link" && value != "":
			e.Facts = append(e.Facts, ui.Fact{Label: f.Label, Link: ui.Link{Text: "Look at the register", Hidden: "for " + e.Title, Href: webOnly(value)}})
		case value != "" || f.Needed:
			e.Facts = append(e.Facts, readFact(f.Label, h.shownValue(f, value)))
		}
	}
	if in.Name == "measure" {
		e.Facts = append(e.Facts, ui.Fact{Label: "Ratio, worked out by us", Value: ratioWords(s.d.Value(at("numerator")), s.d.Value(at("denominator")))})
	}
	if held.Key != "" {
		e.Facts = append(e.Facts, ui.Fact{Label: "Where it stands", Value: held.Says}, readFact("Last looked up", held.CheckedOn.Long()))
		for _, ev := range held.History {
			e.History = append(e.History, views.Event{On: ev.On.Long(), ISO: ev.On.String(), What: firstOf(ev.Note, string(ev.Status))})
		}
		if held.ValidTo.Known() && !held.Running && e.Status.Text == "Live" {
			e.Status = ui.Badge{Tone: ui.Bad, Text: "Does not count today"}
		}
	}
	return e
}

// ratioWords is "4 of 403 (1.0%)".
func ratioWords(n, of string) string {
	a, e1 := strconv.Atoi(n)
	b, e2 := strconv.Atoi(of)
	if e1 != nil || e2 != nil || b == 0 {
		return "Not known until both figures are there"
	}
	return fmt.Sprintf("%s of %s (%.1f%%)", group(a), group(b), 100*float64(a)/float64(b))
}

// reasonOf is why the alliance sent a unit back, "" when it did not.
func (s editor) reasonOf(unit string) string {
	for _, c := range s.units[unit] {
		if c.State == listing.SentBack || c.State == listing.Rejected {
			return c.Reason
		}
	}
	return ""
}

// entrySpace makes keys of new entries: nobody can choose the key of another hospital's entry.
var entrySpace = uuid.MustParse("b3f6a0de-3c0f-4f39-9d0a-5f1f3b3c9c11")

// entryKey is the key of the entry that a form makes: sent twice it is one entry. It begins with the time, so that new
// entries stay in their order.
func entryKey(provider int64, once string) (string, bool) {
	id, err := uuid.Parse(once)
	if err != nil || id.Version() != 7 {
		return "", false
	}
	own := uuid.NewSHA1(entrySpace, []byte(strconv.FormatInt(provider, 10)+"/"+id.String()))
	copy(id[8:], own[8:])
	return id.String(), true
}

// portalEntry is the form of one entry.
func (h *Handlers) portalEntry(c echo.Context, who auth.Actor) error {
	page, in, ok := entryPage(c)
	if !ok {
		return gonePart("page of the editor")
	}
	d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	key := c.Param("key")
	if !holds(d, in.Name, key) && key != newEntry {
		return gonePart(in.Entries)
	}
	once := ""
	if key == newEntry {
		once = listing.NewKey()
	}
	return h.showEntry(c, http.StatusOK, who, page, in, key, once, editor{d: d})
}

func entryPage(c echo.Context) (portalPage, listing.Section, bool) {
	page, ok := pageOf(c.Param("page"))
	in, _ := listing.SectionOf(firstSection(page))
	return page, in, ok && entered(in)
}

func holds(d listing.Draft, section, key string) bool {
	for p := range d.Live {
		if p.Section() == section && p.Key() == key {
			return true
		}
	}
	return len(d.In(section+"/"+key)) > 0
}

func (h *Handlers) showEntry(c echo.Context, status int, who auth.Actor, page portalPage, in listing.Section, key, once string, s editor) error {
	name := key
	title := entryWords[in.Name].add
	if key == newEntry {
		name, _ = entryKey(who.Provider, once)
	} else if title = s.d.Title(listing.PathOf(in.Name, key, in.Fields[0].Name)); title == key {
		title = "Change the " + in.Entries
	}
	f, p := h.draftPage(c, who, title, s.d, s.bad, backToPortal(ui.Link{Text: page.title, Href: link.PortalListing(page.slug)})...)
	s.units = byUnit(s.d.Changes)
	if why := s.reasonOf(in.Name + "/" + key); why != "" {
		p.Parts = append(p.Parts, portal.Reason{Title: "Why it came back", Text: why})
	}
	if !auth.Can(who.Role, auth.ListingEdit) {
		s.live = byEntry(s.d.Live, in.Name)
		held, err := h.heldCertificates(c, who, in.Name)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, portal.Entries{Items: []portal.Entry{h.entryCard(s, in, key, held[key])}})
		return h.showPortal(c, status, who, link.PortalListing(page.slug), f, p)
	}
	if at := listing.PathOf(in.Name, name, listing.Removed); s.d.Value(at) == "yes" {
		p.Parts = append(p.Parts, portal.Reason{Title: "Taken out in your draft", Text: "It stays live until the change is approved."},
			portal.Press{Action: link.PortalEntry(page.slug, key), Keep: []ui.Hidden{{Name: seenPrefix + string(at), Value: "yes"}, {Name: string(at)}}, Button: ui.Button{Text: "Keep it in the listing", Name: "do", Value: "restore"}})
		return h.showPortal(c, status, who, link.PortalListing(page.slug), f, p)
	}
	form := portal.Form{Action: link.PortalEntry(page.slug, key), Files: hasFile(in), Parts: h.entryParts(s, in, name)}
	if once != "" {
		form.Keep = []ui.Hidden{{Name: "once", Value: once}}
	}
	form.Parts = append(form.Parts, draftBar(""))
	p.Parts = append(p.Parts, form)
	if key != newEntry && in.Removable() {
		p.Parts = append(p.Parts, takeOut(page, in, key, len(s.d.Live.Entry(in.Name, key)) == 0, title))
	}
	return h.showPortal(c, status, who, link.PortalListing(page.slug), f, p)
}

// takeOut is the way to remove an entry: what was never public is simply dropped.
func takeOut(page portalPage, in listing.Section, key string, fresh bool, title string) portal.Group {
	g := portal.Group{ID: "take-out", Title: "Take it out", Note: "It stays live until a checker approves the change."}
	at := listing.PathOf(in.Name, key, listing.Removed)
	press := portal.Press{Action: link.PortalEntry(page.slug, key), Keep: []ui.Hidden{{Name: seenPrefix + string(at)}, {Name: string(at), Value: "yes"}},
		Button: ui.Button{Text: "Take out of the listing", Hidden: title, Look: ui.Secondary, Name: "do", Value: "remove"}}
	if fresh {
		g.Note = "It was never live."
		press.Action, press.Keep = link.PortalDiscard, []ui.Hidden{{Name: "unit", Value: in.Name + "/" + key}}
	}
	g.Parts = []views.Part{press}
	return g
}

func hasFile(in listing.Section) bool {
	for _, f := range in.Fields {
		if f.Kind == listing.File {
			return true
		}
	}
	return false
}

// entryParts are the fields of an entry.
func (h *Handlers) entryParts(s editor, in listing.Section, key string) []views.Part {
	if in.Name == "package" {
		return h.packageParts(s, key)
	}
	var out []views.Part
	for _, f := range in.Fields {
		p := listing.PathOf(in.Name, key, f.Name)
		if f.Kind == listing.File {
			out = append(out, s.fileParts(p, f, in.Name)...)
			continue
		}
		out = append(out, h.field(s, p, f)...)
	}
	if in.Name == "measure" {
		out = append(out, views.Para("We work out the ratio from both figures. Two people of the alliance check every measure."))
	}
	return out
}

// fileParts is the input of a file beside the one that is there: it stays unless another one is chosen.
func (s editor) fileParts(p listing.Path, f listing.Field, section string) []views.Part {
	field := ui.FileField{ID: fieldID(p), Name: "file", Label: f.Label, Error: s.problem(p), Accept: ".pdf,.jpg,.jpeg,.png,.tiff,.heic", Hint: "PDF, JPEG, PNG, TIFF or HEIC, at most 25 MB."}
	if section == "photo" {
		field.Accept, field.Hint = ".jpg,.jpeg,.png,.webp", "JPEG, PNG or WebP, at most 15 MB, at least 400 by 300 pixels. We keep the picture alone: the place and the camera in the file are taken out."
	}
	value := s.value(p)
	parts := []views.Part{field, s.keepSeen(p), keeps{{Name: string(p), Value: value}}}
	if value != "" {
		parts = append(parts, portal.Words{Text: "There is a file already. It stays unless you choose another one.", Mute: true, Link: ui.Link{Text: "Open it", Href: link.PortalFile(value)}})
	}
	return parts
}

func (h *Handlers) portalEntrySave(c echo.Context, who auth.Actor) error {
	page, in, ok := entryPage(c)
	if !ok {
		return gonePart("page of the editor")
	}
	d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	key := c.Param("key")
	if key != newEntry && !holds(d, in.Name, key) {
		return gonePart(in.Entries)
	}
	form, bad, err := h.entryForm(c, who, in)
	if err != nil {
		return err
	}
	s := saving{form: form, bad: bad, sections: page.sections, key: key, to: link.PortalEntry(page.slug, key), then: link.PortalListing(page.slug), title: page.title}
	once := ""
	if key == newEntry {
		once = form.Get("once")
		if s.key, ok = entryKey(who.Provider, once); !ok {
			return fault.New(fault.Invalid, "entry form", nil)
		}
		s.keep = []ui.Hidden{{Name: "once", Value: once}}
	}
	if alt := listing.PathOf(in.Name, s.key, "alt"); in.Name == "photo" && form.Get("do") != "edit" && form.Has(seenPrefix+string(alt)) {
		s.bad.Need(strings.TrimSpace(form.Get(string(alt))) != "", string(alt), "Say what the photo shows, for people who cannot see it")
	}
	s.again = func(status int, sh editor) error {
		return h.showEntry(c, status, who, page, in, key, once, sh)
	}
	return h.saveDraft(c, who, s)
}
