package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
)

// photoWidth is the width of photos on a profile, of those that listings keep.
const photoWidth = 800

// keptByHospital adds what a hospital listed itself and the alliance checked: photos, surgeons, measures and the history of
// its prices.
func (h *Handlers) keptByHospital(c echo.Context, p catalogue.Profile, v *views.Hospital) error {
	v.Clinicians, v.Measures = clinicianRows(p), h.measureRows(p)
	if h.cfg.Listings == nil {
		return nil
	}
	for _, one := range p.Photos {
		photo := views.HospitalPhoto{URL: link.HospitalPhoto(one.FileID, photoWidth), Alt: one.Alt}
		if one.TakenYear != nil {
			photo.Taken = "Taken in " + strconv.Itoa(*one.TakenYear) + "."
		}
		v.Photos = append(v.Photos, photo)
	}
	steps, err := h.cfg.Listings.Prices(c.Request().Context(), p.ID)
	if err != nil {
		return err
	}
	v.PriceHistory = priceHistory(steps)
	return nil
}

func clinicianRows(p catalogue.Profile) []views.ClinicianRow {
	var out []views.ClinicianRow
	for _, c := range p.Clinicians {
		row := views.ClinicianRow{Name: c.Name, Qualification: c.Qualification, Register: c.Council + ", number " + c.RegistrationNo, Link: views.Anchor{Text: "Entry on the register", URL: webOnly(c.Link)},
			Checked: "Checked on " + c.CheckedOn.Long()}
		if c.State == models.CertificateValFail {
			row.Checked = "The register did not confirm it"
		}
		out = append(out, row)
	}
	return out
}

func (h *Handlers) measureRows(p catalogue.Profile) []views.MeasureRow {
	var out []views.MeasureRow
	for _, m := range p.Measures {
		row := views.MeasureRow{Title: m.Title, Count: fmt.Sprintf("%s of %s", group(int(m.Numerator)), group(int(m.Denominator))), Share: fmt.Sprintf("%.1f%%", 100*float64(m.Numerator)/float64(m.Denominator)),
			Period: m.PeriodFrom.Long() + " to " + m.PeriodTo.Long(), Method: m.Method, Checked: m.CheckedOn.Long()}
		if t, ok := h.cat.Reference().Procedure(deref(m.ProcedureSlug)); ok {
			row.Treatment = views.Anchor{Text: t.Name, URL: link.Treatment(t.Slug)}
		}
		out = append(out, row)
	}
	return out
}

// priceHistory is each step of a hospital's prices, newest first.
func priceHistory(steps []listing.PriceChange) []views.PriceStep {
	say := func(a *money.Amount, none string) string {
		if a == nil {
			return none
		}
		return a.String()
	}
	var out []views.PriceStep
	for _, s := range steps {
		row := views.PriceStep{On: ukDay(s.At).Long(), ISO: ukDay(s.At).String(), Package: firstOf(s.Name, s.Procedure), Old: say(s.Old, "Not offered before"), New: say(s.New, "Not offered any more")}
		if s.New != nil {
			row.Until = s.ValidTo.Long()
		}
		out = append(out, row)
	}
	return out
}

// hospitalPhoto is a public photo of a hospital.
func (h *Handlers) hospitalPhoto(c echo.Context) error {
	id, width, _ := strings.Cut(strings.TrimSuffix(c.Param("file"), ".jpg"), "_")
	n, err := strconv.Atoi(width)
	if err != nil || h.cfg.Listings == nil {
		return fault.New(fault.Missing, "photo", err)
	}
	jpeg, err := h.cfg.Listings.Photo(c.Request().Context(), id, n)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", publicData)
	return c.Blob(http.StatusOK, "image/jpeg", jpeg)
}
