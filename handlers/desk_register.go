package handlers

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/register"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// deskRegister asks for a newer copy of a register.
func (h *Handlers) deskRegister(c echo.Context, who auth.Actor) error {
	return h.showRegister(c, who, http.StatusOK, nil, nil)
}

func (h *Handlers) showRegister(c echo.Context, who auth.Actor, status int, form url.Values, bad check.List, before ...views.Part) error {
	v := deskview.Page{Title: "Register refresh", Lead: []string{"Compare a newer copy of the NABH register with what we hold. Every difference waits for a check. No listing is changed by this."}, Parts: before}
	v.Parts = append(v.Parts, deskview.Form{Action: link.DeskRegister, Files: true, Parts: []views.Part{
		ui.FileField{ID: "file", Label: "Copy of the register", Hint: "A CSV file with the columns programme, name, city, state, reference_no, accreditation_no, valid_from, valid_to, remarks and snapshot_date. Up to 32 MB.", Accept: ".csv", Error: bad.On("file")},
		ui.Field{ID: "url", Label: "Where the copy came from", Hint: "The web address, for the evidence of each check.", Value: form.Get("url"), Error: bad.On("url"), Optional: true, InputMode: "url"},
		ui.Choices{ID: "shrunk", Name: "shrunk", Legend: "If it lacks many certificates that we hold", Many: true, Options: []ui.Choice{{Value: "yes", Text: "The register really shrank", Hint: "Without this, a file that lacks more than a quarter is refused: it may be cut off.", Checked: form.Get("shrunk") == "yes"}}},
	}, Buttons: []ui.Button{{Text: "Compare"}}})
	return h.deskPage(c, status, who, link.DeskRegister, v, bad)
}

// deskRegisterRead compares. The same file again adds nothing, so that sending it twice does no harm.
func (h *Handlers) deskRegisterRead(c echo.Context, who auth.Actor) error {
	file, err := c.FormFile("file")
	if err != nil {
		return h.showRegister(c, who, http.StatusUnprocessableEntity, nil, oneProblem("file", "Choose the CSV file of the register"))
	}
	form := c.Request().Form
	if file.Size > register.MaxBytes {
		return h.showRegister(c, who, http.StatusUnprocessableEntity, form, oneProblem("file", file.Filename+" is larger than 32 MB: not a register"))
	}
	address := strings.TrimSpace(form.Get("url"))
	if address != "" && webOnly(address) == "" {
		return h.showRegister(c, who, http.StatusUnprocessableEntity, form, oneProblem("url", "Enter a web address that begins with https://, or leave it empty"))
	}
	open, err := file.Open()
	if err != nil {
		return fault.New(fault.Invalid, "register", err)
	}
	defer open.Close()
	report, bad, err := h.cfg.Desk.ImportRegister(c.Request().Context(), who, open, register.Options{Name: file.Filename, Size: file.Size, URL: address, Shrunk: form.Get("shrunk") == "yes"})
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showRegister(c, who, http.StatusUnprocessableEntity, form, bad)
	}
	return h.showRegister(c, who, http.StatusOK, nil, nil, registerReport(report))
}

func registerReport(r register.Report) views.Part {
	t := ui.StackTable{Caption: "Differences", Head: []ui.Column{{Text: "What the register shows"}, {Text: "How many", Number: true}}, Plain: true}
	for _, finding := range slices.Sorted(maps.Keys(r.Found)) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: firstOf(findingWords[finding], finding)}, {Text: group(r.Found[finding])}}})
	}
	parts := []views.Part{ui.SummaryList{{Label: "Register", Value: "NABH " + r.File.Programme + ", copy of " + r.File.Snapshot.Long()}, {Label: "Rows in the file", Value: group(len(r.File.Rows))},
		{Label: "Certificates we hold", Value: group(r.Held)}, {Label: "Rows that say the same", Value: group(r.Same)}, {Label: "Put into the queue", Value: group(r.Added)},
		{Label: "In the queue already, or decided", Value: group(r.Waiting)}, {Label: "Older differences replaced", Value: group(r.Replaced)}, {Label: "SHA-256 of the file", Value: r.File.Hash}}}
	if len(t.Rows) > 0 {
		parts = append(parts, t)
	}
	return deskview.Section{ID: "report", Title: "What was found", Parts: append(parts, deskview.Links{{Text: "See the checks of registers", Href: link.DeskChecks + "?kind=" + string(listing.KindRegister)}})}
}
