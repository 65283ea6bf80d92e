package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/views"
	"carecorridor/views/care"
	"carecorridor/views/link"
)

// careDemo offers the demonstration's patients; nothing outside it.
func (h *Handlers) careDemo(c echo.Context) ([]views.Part, error) {
	if !h.cfg.Demo {
		return nil, nil
	}
	list, err := h.cfg.Referrals.SamplePatients(c.Request().Context())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	d := care.Demo{Action: link.CareDemo}
	for _, p := range list {
		state := careStates[p.State].badge.Text
		if state == "" {
			state = "Closed"
		}
		d.Patients = append(d.Patients, care.DemoPatient{Reference: p.Reference, Name: p.Name, State: state})
	}
	return []views.Part{d}, nil
}

// careDemoOpen plays an invented patient. There is no such address outside the demonstration.
func (h *Handlers) careDemoOpen(c echo.Context) error {
	s, err := h.cfg.Referrals.OpenAsSample(c.Request().Context(), c.FormValue("reference"))
	if err != nil {
		return err
	}
	h.keepCare(c, s.Token)
	return c.Redirect(http.StatusSeeOther, link.Care)
}
