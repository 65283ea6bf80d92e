package handlers

import (
	"github.com/labstack/echo/v4"

	"carecorridor/views"
)

// careDemo offers the demonstration's patients; nothing outside it.
func (h *Handlers) careDemo(_ echo.Context) ([]views.Part, error) { return nil, nil }
