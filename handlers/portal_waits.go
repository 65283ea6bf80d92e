package handlers

import (
	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// referralsWait is what a hospital's referrals ask of it, the first thing to do; nothing for who may not read them.
func (h *Handlers) referralsWait(c echo.Context, who auth.Actor) (portal.ToDo, error) {
	if h.cfg.Referrals == nil || !auth.Can(who.Role, auth.ReferralView) {
		return nil, nil
	}
	d, err := h.cfg.Referrals.Duties(c.Request().Context(), who)
	if err != nil || d.Waiting == 0 {
		return nil, err
	}
	one := portal.ToDoItem{Link: ui.Link{Text: "See to " + plural(d.Waiting, "referral"), Href: link.PortalReferrals}, Badge: ui.Badge{Tone: ui.Info, Text: "Waiting"}}
	if d.Late > 0 {
		one.Text, one.Badge = plural(d.Late, "referral")+" "+words2(d.Late, "is", "are")+" past due.", ui.Badge{Tone: ui.Bad, Text: "Past due"}
	} else {
		one.Text = "The first is due in " + hoursLeft(d.First.Sub(h.clock())) + "."
	}
	return portal.ToDo{one}, nil
}
