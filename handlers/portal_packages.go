package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// packagesShown on one page of the table.
const packagesShown = 40

// portalPackages is the table of packages (mock listing-editor).
func (h *Handlers) portalPackages(c echo.Context, who auth.Actor) error {
	d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	return h.showPackages(c, http.StatusOK, who, editor{d: d})
}

// pageNumber is the page of the list that was asked for, at least 1.
func pageNumber(c echo.Context, items, each int) (at, of int) {
	of = max(1, (items+each-1)/each)
	at, _ = strconv.Atoi(c.QueryParam("page"))
	return min(max(at, 1), of), of
}

func (h *Handlers) showPackages(c echo.Context, status int, who auth.Actor, s editor) error {
	f, p := h.draftPage(c, who, "Packages and prices", s.d, nil)
	if f.Errors = s.priceProblems(); f.Errors != nil {
		f.Failed = true
	}
	keys := s.d.Keys("package")
	at, of := pageNumber(c, len(keys), packagesShown)
	shown := keys[(at-1)*packagesShown : min(len(keys), at*packagesShown)]
	writes := auth.Can(who.Role, auth.ListingEdit)
	table := portal.Prices{Edit: writes}
	entries := byEntry(s.d.Values(), "package")
	s.live, s.units = byEntry(s.d.Live, "package"), byUnit(s.d.Changes)
	for _, key := range shown {
		table.Rows = append(table.Rows, s.priceRow(key, entries[key]))
	}
	here := link.PortalPackages
	if at > 1 {
		here = link.Numbered(here, strconv.Itoa(at))
	}
	form := portal.Form{ID: "prices", Action: here}
	if len(keys) == 0 {
		form.Parts = []views.Part{ui.Empty{Title: "No packages yet", Text: []string{"Patients see “No price published” and an indicative range for India. Add a package, or upload a file with many."}}}
	} else {
		form.Parts = []views.Part{table}
	}
	p.Parts = append(p.Parts, form, numbered(link.PortalPackages, at, of))
	if !writes {
		return h.showPortal(c, status, who, link.PortalPackages, f, p)
	}
	p.Parts = append(p.Parts, portal.Row{{Text: "Add a package", Icon: "plus", Look: ui.Secondary, Href: link.PortalEntry("packages", "new")}}, portal.Columns{h.fileBox(), fullPriceBox()}, draftBar("prices"))
	return h.showPortal(c, status, who, link.PortalPackages, f, p)
}

func (h *Handlers) fileBox() portal.Box {
	return portal.Box{Title: "Update many prices with a CSV file", Text: "Download your current prices, change them in a spreadsheet and upload the file. We show every change before anything is saved.",
		Parts: []views.Part{portal.Form{Action: link.PortalImport, Files: true, Parts: []views.Part{csvField("")}, Buttons: []ui.Button{{Text: "Check the file", Look: ui.Secondary}}}},
		Links: []ui.Link{{Text: "Download current prices (CSV)", Href: link.PortalPricesCSV}, {Text: "Download an empty template (CSV)", Href: link.PortalTemplateCSV}}}
}

func csvField(say string) ui.FileField {
	return ui.FileField{ID: "csv", Name: "file", Label: "Choose a CSV file, up to " + strconv.FormatInt(pricelist.Limits.Bytes>>20, 10) + " MB", Hint: "At most " + group(pricelist.Limits.Rows) + " packages.", Accept: ".csv,text/csv", Error: say}
}

func fullPriceBox() portal.Box {
	return portal.Box{Title: "What a full price must include", Ticks: []string{"All taxes, and surgeon and anaesthetist fees", "Implant or lens, theatre and consumables", "Tests before surgery and medicines in hospital", "The stay shown, with meals"},
		Foot: "List everything else under “may pay on top”. Patients see both together."}
}

// numbered is the pages of a long list; nothing for one page.
func numbered(path string, at, of int) ui.Pagination {
	p := ui.Pagination{Label: "Pages of the list"}
	for n := 1; n <= of; n++ {
		if n != 1 && n != of && (n < at-2 || n > at+2) {
			if last := p.Items; len(last) > 0 && last[len(last)-1].Number != 0 {
				p.Items = append(p.Items, ui.PageItem{})
			}
			continue
		}
		p.Items = append(p.Items, ui.PageItem{Number: n, Href: link.Numbered(path, strconv.Itoa(n)), Current: n == at})
	}
	if at > 1 {
		p.Prev = link.Numbered(path, strconv.Itoa(at-1))
	}
	if at < of {
		p.Next = link.Numbered(path, strconv.Itoa(at+1))
	}
	return p
}

// priceRow is a package in the table.
func (s editor) priceRow(key string, entry map[string]string) portal.PriceRow {
	path := func(field string) listing.Path { return listing.PathOf("package", key, field) }
	name := s.packageName(key)
	r := portal.PriceRow{Name: name, Href: link.PortalEntry("packages", key), Room: firstOf(entry[pricelist.FieldRoom], "Not given"), Note: includesWords(entry)}
	value := func(field, label string, show func(string) string) portal.Value {
		p := path(field)
		v := portal.Value{Path: string(p), ID: fieldID(p), Label: label + " " + name, Text: s.value(p), Seen: s.seen(p), Error: s.problem(p)}
		if !s.typedAt(p) {
			v.Text = show(v.Text)
		}
		if change, ok := s.d.Change(p); ok && change.Live != "" {
			v.Was = "was " + shownPrice(field, change.Live, show)
		}
		r.Wrong = r.Wrong || v.Error != ""
		return v
	}
	r.GBP = value(pricelist.FieldGBP, "Price in pounds for", func(v string) string { return amountShown(v, money.GBP) })
	r.INR = value(pricelist.FieldINR, "Price in rupees for", func(v string) string { return amountShown(v, money.INR) })
	r.Until = value(pricelist.FieldTo, "Valid until,", longOr)
	for _, problem := range s.bad {
		p := listing.Path(problem.Field)
		r.Wrong = r.Wrong || p.Unit() == path("x").Unit()
	}
	r.Status = s.unitStatus("package/"+key, len(s.live[key]) == 0)
	if r.Wrong {
		r.Status = ui.Badge{Tone: ui.Bad, Text: "Problem"}
	}
	return r
}

func shownPrice(field, value string, show func(string) string) string {
	switch field {
	case pricelist.FieldGBP:
		return "£" + show(value)
	case pricelist.FieldINR:
		return "₹" + show(value)
	}
	return show(value)
}

// packageName is what the draft calls a package; a new one without a name says so.
func (s editor) packageName(key string) string {
	name := s.d.Title(listing.PathOf("package", key, pricelist.FieldName))
	if name == key {
		return "Package without a name"
	}
	return name
}

// includesWords counts what the price includes.
func includesWords(entry map[string]string) string {
	n := 0
	for field, value := range entry {
		if strings.HasPrefix(field, pricelist.FieldIncludes) && value == "yes" {
			n++
		}
	}
	for _, one := range strings.Split(entry[pricelist.FieldAlso], "\n") {
		if one != "" {
			n++
		}
	}
	if n == 0 {
		return "Does not say what it includes"
	}
	return "Includes " + plural(n, "item")
}

// byEntry divides the values of a section by entry: a price list has hundreds of thousands.
func byEntry(values listing.Values, section string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for p, value := range values {
		if p.Section() != section {
			continue
		}
		if out[p.Key()] == nil {
			out[p.Key()] = map[string]string{}
		}
		out[p.Key()][p.Field()] = value
	}
	return out
}

// byUnit divides changes by what they are about.
func byUnit(changes []listing.Change) map[string][]listing.Change {
	out := map[string][]listing.Change{}
	for _, c := range changes {
		out[c.Path.Unit()] = append(out[c.Path.Unit()], c)
	}
	return out
}

// unitStatus is the badge of a unit of the draft.
func (s editor) unitStatus(unit string, fresh bool) ui.Badge {
	changes := s.units[unit]
	has := func(state listing.State) bool {
		return slices.ContainsFunc(changes, func(c listing.Change) bool { return c.State == state })
	}
	switch {
	case len(changes) == 0:
		return ui.Badge{Tone: ui.Neutral, Text: "No change"}
	case slices.ContainsFunc(changes, func(c listing.Change) bool { return c.Path.Field() == listing.Removed && c.Value == "yes" }):
		return ui.Badge{Tone: ui.Warn, Text: "Taken out"}
	case has(listing.SentBack):
		return ui.Badge{Tone: ui.Warn, Text: "Sent back"}
	case has(listing.Rejected):
		return ui.Badge{Tone: ui.Bad, Text: "Rejected"}
	case has(listing.Sent):
		return ui.Badge{Tone: ui.Info, Text: "Being checked"}
	case fresh:
		return ui.Badge{Tone: ui.Seen, Text: "New"}
	}
	return ui.Badge{Tone: ui.Info, Text: "Changed"}
}

// priceProblems are problems of the table, each with the name of its package; one of a field that the table does not
// show leads to the whole form.
func (s editor) priceProblems() *ui.ErrorSummary {
	if s.bad.OK() {
		return nil
	}
	out := &ui.ErrorSummary{}
	for _, b := range s.bad {
		p := listing.Path(b.Field)
		one := ui.Problem{Text: b.Say}
		if p.Key() != "" {
			one.Text = s.packageName(p.Key()) + ": " + b.Say
		}
		if slices.Contains([]string{pricelist.FieldGBP, pricelist.FieldINR, pricelist.FieldTo}, p.Field()) && s.typedAt(p) {
			one.FieldID = fieldID(p)
		} else if p.Key() != "" {
			one.Text += ". Open the package to put it right"
		}
		out.Problems = append(out.Problems, one)
	}
	return out
}

func (h *Handlers) portalPackagesSave(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	to := link.PortalPackages
	if at := c.QueryParam("page"); at != "" {
		to = link.Numbered(to, at)
	}
	return h.saveDraft(c, who, saving{form: form, sections: []string{"package"}, to: to, title: "Packages and prices",
		again: func(status int, s editor) error { return h.showPackages(c, status, who, s) }})
}

// packageParts is the whole form of one package.
func (h *Handlers) packageParts(s editor, key string) []views.Part {
	in, _ := listing.SectionOf("package")
	included := portal.Included{Legend: "What the price includes", Hint: "A charge is written like “£210 per night”, or “amount not known”."}
	var out []views.Part
	for _, f := range in.Fields {
		p := listing.PathOf(in.Name, key, f.Name)
		if f.Kind == listing.Standard {
			included.Items = append(included.Items, h.standard(s, p, f))
			if len(included.Items) == len(pricelist.Items) {
				out = append(out, included)
			}
			continue
		}
		out = append(out, h.field(s, p, f)...)
	}
	return out
}
