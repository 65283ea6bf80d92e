package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// portalChanges shows field by field what the draft changes, and sends it.
func (h *Handlers) portalChanges(c echo.Context, who auth.Actor) error {
	return h.showChanges(c, http.StatusOK, who, nil)
}

// changesShown are the things whose changes are drawn on one page.
const changesShown = 60

func (h *Handlers) showChanges(c echo.Context, status int, who auth.Actor, bad check.List) error {
	d, err := h.cfg.Listings.Draft(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "See what has changed", who)
	p := portal.Page{More: ui.Link{Text: "Checks so far", Href: link.PortalChecks}}
	units := unitsOf(d.Changes)
	s := editor{d: d, live: map[string]map[string]string{}, units: byUnit(d.Changes)}
	if len(units) == 0 {
		p.Lead = "Your draft is the same as your live listing."
		p.Parts = []views.Part{ui.Empty{Title: "Nothing has changed", Text: []string{"Change something in the pages of your listing. It is listed here, field by field, before you send it."}}}
		return h.showPortal(c, status, who, link.PortalChanges, f, p)
	}
	p.Lead = savedWords(d, who, h.clock()) + " " + plural(len(units), "change") + " from the live listing."
	f.Errors = sendProblems(d, bad)
	f.Failed = f.Errors != nil
	writes := auth.Can(who.Role, auth.ListingSend)
	at, of := pageNumber(c, len(units), changesShown)
	for _, unit := range units[(at-1)*changesShown : min(len(units), at*changesShown)] {
		p.Parts = append(p.Parts, h.changedUnit(s, unit, who, writes, bad))
	}
	p.Parts = append(p.Parts, numbered(link.PortalChanges, at, of))
	if n := sendable(d); writes && n > 0 {
		p.Parts = append(p.Parts, portal.Form{ID: "send", Action: link.PortalSend}, portal.Bar{For: "send", Strong: "Your live listing stays as it is", Text: "until a checker approves these changes, usually within 2 working days. Telephone numbers and the words under photos go live at once. What you send, prices above all, you state for the hospital.",
			Buttons: []ui.Button{{Text: "Preview", Href: link.PortalPreview, Look: ui.Secondary}, {Text: "Send " + plural(n, "change") + " for checking", Name: "do", Value: "send"}}})
	}
	return h.showPortal(c, status, who, link.PortalChanges, f, p)
}

// sendable counts the units that wait to be sent: what came back does once it is changed.
func sendable(d listing.Draft) int {
	units := map[string]bool{}
	for _, c := range d.Changes {
		if c.State == listing.Drafted {
			units[c.Path.Unit()] = true
		}
	}
	return len(units)
}

// sendProblems lead to the things on the page that they are about.
func sendProblems(d listing.Draft, bad check.List) *ui.ErrorSummary {
	if bad.OK() {
		return nil
	}
	out := &ui.ErrorSummary{Title: "Nothing was sent. Put this right first"}
	for _, b := range bad {
		p := listing.Path(b.Field)
		one := ui.Problem{Text: b.Say}
		if p.Field() != "" {
			one.Text, one.FieldID = d.Title(p)+": "+b.Say, ui.IDOf(p.Unit())
			if f := fieldAt(p); f.Kind == listing.Standard {
				one.Text = d.Title(p) + ", " + lowerFirst(f.Label) + ": " + lowerFirst(b.Say)
			}
		}
		out.Problems = append(out.Problems, one)
	}
	return out
}

func (h *Handlers) changedUnit(s editor, unit string, who auth.Actor, writes bool, bad check.List) portal.Changed {
	changes := s.units[unit]
	first := changes[0].Path
	in, _ := listing.SectionOf(first.Section())
	fresh := first.Key() != "" && !slices.ContainsFunc(changes, func(c listing.Change) bool { return c.Live != "" }) && !holdsLive(s.d, first)
	out := portal.Changed{ID: ui.IDOf(unit), Title: in.Title + ": " + s.d.Title(first), Status: s.unitStatus(unit, fresh), Reason: s.reasonOf(unit),
		Change: ui.Link{Text: "Change", Hidden: s.d.Title(first), Href: unitHref(first)}}
	if !slices.ContainsFunc(changes, func(c listing.Change) bool { return c.State != listing.SentBack }) {
		out.Reason = strings.TrimSpace(out.Reason + " It is sent again once you change it.")
	}
	out.Table = ui.Compare{Caption: "Changes of " + s.d.Title(first), Old: "Live now", New: "In your draft"}
	for _, x := range changes {
		f, _ := in.Field(x.Path.Field())
		row := ui.CompareRow{Field: firstOf(f.Label, x.Path.Field()), Old: h.shownValue(f, x.Live), New: h.shownValue(f, x.Value), Who: upperFirst(writer(x, who) + " " + indiaTime(x.At, h.clock()))}
		if say := bad.On(string(x.Path)); say != "" {
			row.Who += ". " + say
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	if writes {
		out.Discard = &portal.Press{Action: link.PortalDiscard, Keep: []ui.Hidden{{Name: "unit", Value: unit}}, Button: ui.Button{Text: "Take out of the draft", Hidden: s.d.Title(first), Look: ui.Secondary}}
	}
	return out
}

func holdsLive(d listing.Draft, p listing.Path) bool {
	for at := range d.Live {
		if at.Unit() == p.Unit() {
			return true
		}
	}
	return false
}

func writer(x listing.Change, who auth.Actor) string {
	if x.By == who.Person {
		return "you"
	}
	return firstOf(x.ByName, "a colleague")
}

// portalSend hands the draft to the alliance.
func (h *Handlers) portalSend(c echo.Context, who auth.Actor) error {
	sent, bad, err := h.cfg.Listings.Send(c.Request().Context(), who, who.Provider, nil)
	if err != nil {
		return err
	}
	if !bad.OK() {
		return h.showChanges(c, http.StatusUnprocessableEntity, who, bad)
	}
	did := "sent"
	if len(sent.Items) == 0 {
		did = map[bool]string{true: "live", false: "unsent"}[len(sent.Live) > 0]
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalChanges, did))
}

// portalDiscard takes one thing out of the draft.
func (h *Handlers) portalDiscard(c echo.Context, who auth.Actor) error {
	unit := c.FormValue("unit")
	if unit == "" || strings.Count(unit, "/") != 1 {
		return fault.New(fault.Invalid, "unit of a draft", nil)
	}
	if err := h.cfg.Listings.Discard(c.Request().Context(), who, who.Provider, []string{unit}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, doneAt(link.PortalChanges, "discarded"))
}

var itemWords = map[listing.ItemState]ui.Badge{
	listing.Waiting: {Tone: ui.Info, Text: "Waits for a check"}, listing.WaitingSecond: {Tone: ui.Info, Text: "Waits for a second person"}, listing.ItemApproved: {Tone: ui.Seen, Text: "Approved"},
	listing.ItemSentBack: {Tone: ui.Warn, Text: "Sent back"}, listing.ItemRejected: {Tone: ui.Bad, Text: "Rejected"}, listing.ItemWithdrawn: {Tone: ui.Neutral, Text: "Taken back by you"},
}

// portalChecks lists what was sent and what became of it.
func (h *Handlers) portalChecks(c echo.Context, who auth.Actor) error {
	items, err := h.cfg.Listings.ItemsOf(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "Checks so far", who, backToPortal(ui.Link{Text: "See what has changed", Href: link.PortalChanges})...)
	t := ui.Worklist{Empty: ui.Empty{Title: "Nothing was sent yet", Text: []string{"What you send for checking is listed here with what became of it."}},
		Table: ui.StackTable{Caption: "What was sent", Head: []ui.Column{{Text: "What"}, {Text: "Sent"}, {Text: "State"}, {Text: "What the alliance says"}}}}
	for _, i := range items {
		in, _ := listing.SectionOf(i.Section)
		said := ui.Cell{Text: i.Reason}
		if i.Reason == "" {
			said = ui.Cell{Text: "Nothing yet", Missing: true}
			if i.State == listing.ItemApproved {
				said = ui.Cell{Text: "It is live"}
			}
		}
		if i.NeedsSecond && i.State == listing.Waiting {
			said = ui.Cell{Text: "Two people check this: " + lowerFirst(i.SecondWhy)}
		}
		t.Table.Rows = append(t.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: in.Title + ": " + i.Title}, {Text: upperFirst(indiaTime(i.SentAt, h.clock())[3:])}, {Body: itemWords[i.State].View()}, said}})
	}
	return h.showPortal(c, http.StatusOK, who, link.PortalChanges, f, portal.Page{Parts: []views.Part{t}})
}

// portalPreview draws the public profile as it would be with everything in the draft approved. Nobody else can open it,
// and nothing of it is kept.
func (h *Handlers) portalPreview(c echo.Context, who auth.Actor) error {
	row, err := h.cfg.Listings.Preview(c.Request().Context(), who, who.Provider)
	if err != nil {
		return err
	}
	p := h.cat.Judged(row)
	f := h.workFrame("Preview of "+p.Name, portalTitle, who, nil, backToPortal(ui.Link{Text: "See what has changed", Href: link.PortalChanges})...)
	f.Samples = &views.Strip{Tag: "Preview", Text: "Only people of your hospital see this page. It shows your draft as if all of it were approved today.", Off: ui.Link{Text: "Back to the draft", Href: link.PortalChanges}}
	v := h.presentHospital(p)
	v.Save, v.Compare, v.Quote.Ask = nil, views.Anchor{}, views.Anchor{}
	return show(c, http.StatusOK, views.HospitalPage(f, v))
}
