package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/fault"
	"carecorridor/internal/quotepdf"
	"carecorridor/views/care"
	"carecorridor/views/ui"
)

// careOfferPDF is the same as a file.
func (h *Handlers) careOfferPDF(c echo.Context, p inCare) error {
	x, o, n, err := p.offerAt(c)
	if err != nil {
		return err
	}
	v := h.offerSheet(p, x, o, n)
	d := quotepdf.Document{Title: v.Heading, Lead: []string{"Referral " + p.view.Reference + ". " + v.Caption + "."}, Made: o.At, Foot: v.Foot}
	if x.Listed.Sample {
		d.Lead = append([]string{"SAMPLE: this hospital is invented and the quote is not real."}, d.Lead...)
	}
	for _, s := range v.Sections {
		if section := pdfSection(s); len(section.Rows) > 0 {
			d.Sections = append(d.Sections, section)
		}
	}
	b, err := d.Write()
	if err != nil {
		return fault.New(fault.Broken, "offer as PDF", err)
	}
	return download(c, "quote-"+p.view.Reference+"-"+n+"-v"+formatInt(o.Number)+".pdf", "application/pdf", b)
}

// noted is a fact and its note as sentences.
func noted(f ui.Fact) string {
	value, note := upperFirst(strings.TrimSpace(f.Value)), strings.TrimSpace(f.Note)
	if value == "" || note == "" {
		return value + note
	}
	return strings.TrimRight(value, ".") + ". " + note
}

// pdfSection is a section of a sheet for paper.
func pdfSection(s care.Section) (out quotepdf.Section) {
	out.Title = s.Title
	for _, t := range s.Text {
		out.Rows = append(out.Rows, quotepdf.Row{Value: t})
	}
	for _, part := range s.Parts {
		if list, ok := part.(ui.Lines); ok {
			for _, f := range list {
				out.Rows = append(out.Rows, quotepdf.Row{Label: f.Label, Value: f.Value, Amount: true, Strong: f.Strong})
			}
		}
	}
	for _, f := range s.Facts {
		out.Rows = append(out.Rows, quotepdf.Row{Label: f.Label, Value: noted(f)})
	}
	return out
}
