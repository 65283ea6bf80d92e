package handlers

import (
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/views/link"
)

// park keeps the form that was sent without a session, for the person whose session the cookie's was, and gives the
// page to go to after signing in.
func (h *Handlers) park(echo.Context) string { return link.Account }

// parkFor keeps the form that was sent for somebody who is signed in.
func (h *Handlers) parkFor(echo.Context, auth.Actor) string { return link.Account }
