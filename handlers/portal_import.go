package handlers

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// linesShown of a dry run: the counts say how many there are in all.
const linesShown = 200

func (h *Handlers) portalTemplate(c echo.Context, who auth.Actor) error {
	_, k, err := h.cfg.Listings.PriceRows(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	return download(c, "package-template.csv", csvType, pricelist.Template(k))
}

func (h *Handlers) portalPrices(c echo.Context, who auth.Actor) error {
	rows, k, err := h.cfg.Listings.PriceRows(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	return download(c, "packages.csv", csvType, pricelist.Write(rows, k))
}

// portalImport asks for a file.
func (h *Handlers) portalImport(c echo.Context, who auth.Actor) error {
	return h.showImport(c, http.StatusOK, who, "")
}

func (h *Handlers) showImport(c echo.Context, status int, who auth.Actor, refused string) error {
	f := h.portalFrame(c, "Update many prices with a CSV file", who, backToPortal(ui.Link{Text: "Packages and prices", Href: link.PortalPackages})...)
	if refused != "" {
		f.Errors, f.Failed = &ui.ErrorSummary{Problems: []ui.Problem{{Text: refused, FieldID: "csv"}}}, true
	}
	p := portal.Page{Lead: "Download your current prices, change them in a spreadsheet, and upload the file. Nothing is saved before you have seen every change."}
	p.Parts = []views.Part{
		ui.Card{Title: "1. Take a file", Level: 2, Text: "Your current prices, or an empty template with the names of all treatments."},
		portal.Row{{Text: "Download current prices (CSV)", Href: link.PortalPricesCSV, Look: ui.Secondary}, {Text: "Download a template (CSV)", Href: link.PortalTemplateCSV, Look: ui.Secondary}},
		portal.Form{Action: link.PortalImport, Files: true, Parts: []views.Part{views.Subheading{Text: "2. Upload it"}, csvField(refused)}, Buttons: []ui.Button{{Text: "Check the file"}}},
		portal.Box{Title: "What a file may look like", Ticks: []string{"CSV from Excel, LibreOffice or Google Sheets, in UTF-8 or as Windows saves it", "Prices as 5450, £5,450 or ₹6,26,750",
			"Dates as 31/12/2026 or 2026-12-31", "Columns that you leave out stay as they are, and so do packages that are not in the file"}},
	}
	return h.showPortal(c, status, who, link.PortalPackages, f, p)
}

// pricesFile is a file that was read, and what it would change.
type pricesFile struct {
	name    string
	content []byte
	rows    []pricelist.Row
	plan    pricelist.Plan
}

// portalImportRead is the dry run.
func (h *Handlers) portalImportRead(c echo.Context, who auth.Actor) error {
	f := pricesFile{}
	refused := "Choose a file first"
	_, err := readParts(c, func(part *multipart.Part) error {
		if part.FormName() != "file" {
			return nil
		}
		f.name = part.FileName()
		var readErr error
		f.content, readErr = io.ReadAll(io.LimitReader(part, pricelist.Limits.Bytes+1))
		refused = ""
		return readErr
	})
	if err != nil && !errors.Is(err, errTooMuch) {
		return err
	}
	if refused != "" {
		return h.showImport(c, http.StatusUnprocessableEntity, who, refused)
	}
	if err := h.planOf(c, who, &f); err != nil {
		return h.importRefused(c, who, f.name, err)
	}
	return h.showPlan(c, http.StatusOK, who, f, "", false)
}

// importRefused says by name what is wrong with a file; other failures stay failures.
func (h *Handlers) importRefused(c echo.Context, who auth.Actor, name string, err error) error {
	said := new(fault.E)
	if !errors.As(err, &said) || said.Kind != fault.Invalid || said.Say == "" {
		return err
	}
	return h.showImport(c, http.StatusUnprocessableEntity, who, "“"+displayCSV(name)+"”: "+said.Say)
}

func (h *Handlers) planOf(c echo.Context, who auth.Actor, f *pricesFile) error {
	rows, k, err := h.cfg.Listings.PriceRows(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	read, err := pricelist.Read(bytes.NewReader(f.content), pricelist.Limits, k)
	if err != nil {
		return err
	}
	f.rows, f.plan = rows, pricelist.Compare(rows, read, k)
	return nil
}

// showPlan shows what a file would change. The file itself rides along in the form, packed: the server keeps nothing of
// it until it is applied.
func (h *Handlers) showPlan(c echo.Context, status int, who auth.Actor, file pricesFile, note string, ticked bool) error {
	plan := file.plan
	n := plan.Counts
	title := "Check what the file changes"
	f := h.portalFrame(c, title, who, backToPortal(ui.Link{Text: "Packages and prices", Href: link.PortalPackages}, ui.Link{Text: "CSV file", Href: link.PortalImport})...)
	if note != "" {
		f.Errors, f.Failed = &ui.ErrorSummary{Problems: []ui.Problem{{Text: note, FieldID: "plan"}}}, true
	}
	p := portal.Page{Lead: "“" + displayCSV(file.name) + "” was read. Nothing is saved yet."}
	p.Parts = append(p.Parts, portal.Tiles{{Value: group(n.Changed), Label: "changed"}, {Value: group(n.New), Label: "new"}, {Value: group(n.Same), Label: "without a change"}, {Value: group(n.Problems), Label: words2(n.Problems, "row with a problem", "rows with problems")}})
	if n.Kept > 0 {
		p.Parts = append(p.Parts, views.Para(words2(n.Kept, "1 package is", group(n.Kept)+" packages are")+" not in the file and "+words2(n.Kept, "stays as it is.", "stay as they are.")))
	}
	p.Parts = append(p.Parts, problemTable(plan)...)
	p.Parts = append(p.Parts, changeTable(plan)...)
	p.Parts = append(p.Parts, noticeList(plan)...)
	form, err := planForm(plan, file, ticked)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, portal.Group{ID: "plan", Title: "Put it into your draft", Parts: form})
	return h.showPortal(c, status, who, link.PortalPackages, f, p)
}

// planForm is the button that applies the plan, with the questions to answer first.
func planForm(plan pricelist.Plan, file pricesFile, skip bool) ([]views.Part, error) {
	n := plan.Counts.Changed + plan.Counts.New
	if n == 0 {
		return []views.Part{views.Para("The file changes nothing that could be saved."), portal.Row{{Text: "Choose another file", Href: link.PortalImport, Look: ui.Secondary}}}, nil
	}
	packed, err := packFile(file.content)
	if err != nil {
		return nil, err
	}
	form := portal.Form{Action: link.PortalImportApply, Keep: []ui.Hidden{{Name: "name", Value: displayCSV(file.name)}, {Name: "state", Value: plan.State}, {Name: "file", Value: packed}},
		Buttons: []ui.Button{{Text: "Apply " + plural(n, "change") + " to draft"}}, Other: ui.Link{Text: "Choose another file", Href: link.PortalImport}}
	for i, q := range plan.Open(pricelist.Choice{}) {
		if i == linesShown {
			break
		}
		form.Parts = append(form.Parts, views.CheckBox{ID: "q-" + q.ID, Name: "right", Value: q.ID, Text: fmt.Sprintf("Row %d: it is right", q.Row), Hint: q.Say})
	}
	if plan.Counts.Problems > 0 {
		form.Parts = append(form.Parts, views.CheckBox{ID: "skip", Name: "skip", Text: "Leave out the " + plural(plan.Counts.Problems, "row") + " with problems", Checked: skip})
	}
	return []views.Part{form}, nil
}

func problemTable(plan pricelist.Plan) []views.Part {
	t := ui.StackTable{Caption: "Problems", ShowCaption: true, Head: []ui.Column{{Text: "Row"}, {Text: "Column"}, {Text: "Package"}, {Text: "What to do"}}}
	for _, l := range plan.Lines {
		for _, p := range l.Problems {
			if l.Kind == pricelist.Bad && len(t.Rows) < linesShown {
				t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: strconv.Itoa(p.Row)}, {Text: firstOf(p.Column, pricelist.Label(p.Field), "Whole row")}, {Text: firstOf(l.Title, "No name")}, {Text: p.Say}}})
			}
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []views.Part{t}
}

func changeTable(plan pricelist.Plan) []views.Part {
	t := ui.StackTable{Caption: "Changes", ShowCaption: true, Head: []ui.Column{{Text: "Package"}, {Text: "Row"}, {Text: "Field"}, {Text: "Now"}, {Text: "In the file"}}}
	more := 0
	for _, l := range plan.Lines {
		if l.Kind != pricelist.New && l.Kind != pricelist.Changed {
			continue
		}
		if len(t.Rows) >= linesShown {
			more++
			continue
		}
		t.Rows = append(t.Rows, changeRows(l)...)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	out := []views.Part{t}
	if more > 0 {
		out = append(out, views.Para("And "+plural(more, "more package")+", which "+words2(more, "is", "are")+" not listed here."))
	}
	return out
}

func changeRows(l pricelist.Line) []ui.Row {
	row := strconv.Itoa(l.Row)
	if l.Kind == pricelist.New {
		price := ui.Cell{Text: "No price", Missing: true}
		if l.After != nil {
			if shown := l.After.Text(pricelist.FieldGBP, pricelist.Reference{}); shown != "" {
				price = ui.Cell{Text: "£" + shown}
			}
		}
		return []ui.Row{{Cells: []ui.Cell{{Text: l.Title}, {Text: row}, {Text: "New package"}, {Text: "Nothing", Missing: true}, price}}}
	}
	var out []ui.Row
	for _, x := range l.Changes {
		now := ui.Cell{Text: x.Old}
		if x.Old == "" {
			now = ui.Cell{Text: "Nothing", Missing: true}
		}
		out = append(out, ui.Row{Cells: []ui.Cell{{Text: l.Title}, {Text: row}, {Text: x.Label}, now, {Text: firstOf(x.New, "Nothing"), Strong: true}}})
	}
	return out
}

func noticeList(plan pricelist.Plan) []views.Part {
	var list []string
	for _, n := range plan.Notices {
		at := ""
		if n.Row > 0 {
			at = "Row " + strconv.Itoa(n.Row) + ", column " + n.Column + ": "
		}
		list = append(list, at+n.Say+".")
	}
	if len(list) == 0 {
		return nil
	}
	return []views.Part{ui.Caution{Title: "Read differently", List: list[:min(len(list), linesShown)]}}
}

// portalImportApply puts the file into the draft. It is read again: what is applied is what this page would show.
func (h *Handlers) portalImportApply(c echo.Context, who auth.Actor) error {
	form, err := c.FormParams()
	if err != nil {
		return h.showImport(c, http.StatusUnprocessableEntity, who, "The file is too large to be checked at once. Split it into smaller files")
	}
	f := pricesFile{name: form.Get("name")}
	if f.content, err = unpackFile(form.Get("file")); err != nil {
		return h.showImport(c, http.StatusUnprocessableEntity, who, "The file was not sent whole. Choose it again")
	}
	if err := h.planOf(c, who, &f); err != nil {
		return h.importRefused(c, who, f.name, err)
	}
	if f.plan.Counts.Changed+f.plan.Counts.New == 0 {
		return c.Redirect(http.StatusSeeOther, doneAt(link.PortalPackages, "applied")) // sent twice, or a colleague was first
	}
	if form.Get("state") != f.plan.State {
		return h.showPlan(c, http.StatusConflict, who, f, "Your packages changed after this file was checked. Look at the changes again, then apply them", false)
	}
	return h.applyPlan(c, who, f, form)
}

func (h *Handlers) applyPlan(c echo.Context, who auth.Actor, f pricesFile, form url.Values) error {
	edits, err := f.plan.Apply(f.rows, pricelist.Choice{Confirmed: form["right"], SkipBad: form.Get("skip") == "yes"})
	if said := new(fault.E); errors.As(err, &said) && said.Kind == fault.Invalid {
		return h.showPlan(c, http.StatusUnprocessableEntity, who, f, said.Say, form.Get("skip") == "yes")
	}
	if err != nil {
		return err
	}
	for i, e := range edits {
		if e.Before == nil {
			edits[i].After.ID = uuid.NewSHA1(entrySpace, []byte(strconv.FormatInt(who.Provider, 10)+f.plan.State+f.plan.File+e.After.Key())).String()
		}
	}
	saved, err := h.cfg.Listings.ApplyPrices(c.Request().Context(), who, who.Provider, edits)
	if err != nil {
		return err
	}
	if !saved.Problems.OK() {
		return h.showPlan(c, http.StatusUnprocessableEntity, who, f, saved.Problems[0].Say, false)
	}
	if len(saved.Conflicts) > 0 {
		d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
		if err != nil {
			return err
		}
		return h.showConflicts(c, who, saving{form: url.Values{}, to: link.PortalPackages, title: "Packages and prices"}, d, listing.Saved{Kept: saved.Kept, Conflicts: saved.Conflicts})
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalPackages, "applied"))
}

// displayCSV is the name of a file as it is shown.
func displayCSV(name string) string { return firstOf(strings.TrimSpace(cleanText(name)), "The file") }

// packFile makes a file into a form field.
func packFile(content []byte) (string, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err == nil {
		_, err = z.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes()), err
}

// unpackFile undoes packFile, at most as much as a file may hold.
func unpackFile(field string) ([]byte, error) {
	packed, err := base64.RawURLEncoding.DecodeString(field)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, pricelist.Limits.Bytes+1))
}
