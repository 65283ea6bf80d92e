package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

var checkKinds = map[listing.Kind]string{listing.KindChange: "Sent by the hospital", listing.KindRegister: "Newer register", listing.KindRecheck: "To be looked up again"}

var findingWords = map[string]string{listing.Renewed: "Renewed", listing.Lapsed: "Not on the register any more", listing.Suspended: "Suspended", listing.Withdrawn: "Withdrawn",
	listing.NewRow: "New on the register", listing.Renamed: "Another name", listing.Remark: "A remark we do not know"}

var checkMarks = map[listing.ItemState]ui.Badge{listing.Waiting: {Tone: ui.Info, Text: "Waiting"}, listing.WaitingSecond: {Tone: ui.Warn, Text: "Needs a second person"},
	listing.ItemApproved: {Tone: ui.Checked, Text: "Approved"}, listing.ItemSentBack: {Tone: ui.Neutral, Text: "Sent back"}, listing.ItemRejected: {Tone: ui.Bad, Text: "Rejected"},
	listing.ItemWithdrawn: {Tone: ui.Neutral, Text: "Taken back"}}

// checkStates are the choices of the filter by state.
var checkStates = []struct {
	value, text string
	states      []listing.ItemState
}{
	{"", "All that waits", nil}, {"waiting", "Waiting for a first person", []listing.ItemState{listing.Waiting}}, {"second", "Waiting for a second person", []listing.ItemState{listing.WaitingSecond}},
	{"decided", "Decided", []listing.ItemState{listing.ItemApproved, listing.ItemSentBack, listing.ItemRejected}},
}

// checksFilter reads the filter of the queue from its address.
func checksFilter(q url.Values) listing.Filter {
	f := listing.Filter{Kind: listing.Kind(cleanText(q.Get("kind"))), Section: cleanText(q.Get("section")), Mine: q.Get("mine") == "yes", After: cleanText(q.Get("after"))}
	if checkKinds[f.Kind] == "" {
		f.Kind = ""
	}
	if _, ok := listing.SectionOf(f.Section); !ok {
		f.Section = ""
	}
	for _, s := range checkStates {
		if s.value == q.Get("state") {
			f.States = s.states
		}
	}
	f.Provider, _ = strconv.ParseInt(q.Get("hospital"), 10, 64) // none: all hospitals
	return f
}

// deskChecks is the queue, oldest first.
func (h *Handlers) deskChecks(c echo.Context, who auth.Actor) error {
	ctx, q := c.Request().Context(), c.QueryParams()
	f := checksFilter(q)
	page, err := h.cfg.Listings.Queue(ctx, who, f)
	if err != nil {
		return err
	}
	groups, err := h.cfg.Listings.Groups(ctx, who)
	if err != nil {
		return err
	}
	lead := "Nothing waits."
	if page.Total > 0 {
		lead = plural(page.Total, "check") + ", the oldest first."
		if len(f.States) == 0 || f.States[0] != listing.ItemApproved {
			lead += " The oldest has waited " + h.since(page.Oldest) + "."
		}
	}
	list := ui.Worklist{Table: h.checksTable(page.Items), Empty: ui.Empty{Title: "Nothing here", Text: []string{"What hospitals send, what a newer register shows and what is to be looked up again waits here."}}}
	v := deskview.Page{Title: "Checks", Lead: []string{lead}, Parts: []views.Part{checksFilters(q, groups, who), list}}
	if page.More {
		next := url.Values{}
		for _, k := range []string{"kind", "section", "state", "mine", "hospital"} {
			if q.Get(k) != "" {
				next.Set(k, q.Get(k))
			}
		}
		next.Set("after", page.Items[len(page.Items)-1].ID)
		v.Parts = append(v.Parts, deskview.Links{{Text: "Next checks", Href: link.DeskChecks + "?" + next.Encode()}})
	}
	return h.deskPage(c, http.StatusOK, who, link.DeskChecks, v, nil)
}

func (h *Handlers) checksTable(items []listing.Item) ui.StackTable {
	t := ui.StackTable{Caption: "Checks, oldest first", Head: []ui.Column{{Text: "What"}, {Text: "Hospital"}, {Text: "Why"}, {Text: "Waited"}, {Text: "State"}}}
	for _, i := range items {
		in, _ := listing.SectionOf(i.Section)
		waited := h.since(i.SentAt)
		if i.DecidedAt != nil {
			waited = "Decided " + ukDay(*i.DecidedAt).Long()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: checkTitle(i), Href: link.DeskCheck(i.ID)}, Note: in.Title}, {Text: i.Name}, {Text: checkKinds[i.Kind], Note: findingWords[i.Finding]}, {Text: waited}, {Body: checkMarks[i.State].View()}}})
	}
	return t
}

func checkTitle(i listing.Item) string { return firstOf(i.Title, i.Unit) }

func checksFilters(q url.Values, groups []listing.Group, who auth.Actor) views.Part {
	kinds, sections, states, hospitals := []ui.Option{{Text: "Any"}}, []ui.Option{{Text: "Any"}}, []ui.Option{}, []ui.Option{{Text: "Any"}}
	for _, k := range []listing.Kind{listing.KindChange, listing.KindRegister, listing.KindRecheck} {
		kinds = append(kinds, ui.Option{Value: string(k), Text: checkKinds[k]})
	}
	for _, s := range listing.Sections {
		sections = append(sections, ui.Option{Value: s.Name, Text: s.Title})
	}
	for _, s := range checkStates {
		states = append(states, ui.Option{Value: s.value, Text: s.text})
	}
	for _, g := range groups {
		hospitals = append(hospitals, ui.Option{Value: strconv.FormatInt(g.Provider, 10), Text: fmt.Sprintf("%s (%d)", g.Name, g.Items)})
	}
	f := deskview.Filters{Action: link.DeskChecks, Label: "Filter checks", Fields: []views.Part{
		ui.Field{ID: "state", Label: "State", Type: "select", Options: selected(q.Get("state"), states...)},
		ui.Field{ID: "kind", Label: "Why", Type: "select", Options: selected(q.Get("kind"), kinds...)},
		ui.Field{ID: "section", Label: "About", Type: "select", Options: selected(q.Get("section"), sections...)},
		ui.Field{ID: "hospital", Label: "Hospital", Type: "select", Options: selected(q.Get("hospital"), hospitals...)},
	}}
	if auth.Can(who.Role, auth.VerificationCheck) {
		f.Fields = append(f.Fields, ui.Field{ID: "mine", Label: "For me", Type: "select", Options: selected(q.Get("mine"), ui.Option{Text: "All"}, ui.Option{Value: "yes", Text: "What I may decide"})})
	}
	if q.Get("state")+q.Get("kind")+q.Get("section")+q.Get("hospital")+q.Get("mine") != "" {
		f.Clear = ui.Link{Text: "Clear filters", Href: link.DeskChecks}
	}
	return f
}

// deskEnding lists the certificates that end soon.
func (h *Handlers) deskEnding(c echo.Context, who auth.Actor) error {
	rows, err := h.cfg.Desk.Ending(c.Request().Context(), who)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Certificates that end soon", Head: []ui.Column{{Text: "Hospital"}, {Text: "Certificate"}, {Text: "Last day"}, {Text: "Days left", Number: true}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: r.Hospital, Href: link.Hospital(r.Slug)}}, {Text: r.Body + " " + r.Programme, Note: r.Number}, {Text: r.ValidTo.Long()}, {Text: strconv.Itoa(r.Days)}}})
	}
	v := deskview.Page{Title: "Certificates that end soon", Lead: []string{"Certificates of hospitals that keep their listing here. Owners are written to 90, 60, 30 and 7 days before, and on the day after."},
		Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "None ends soon"}}}}
	return h.deskPage(c, http.StatusOK, who, link.DeskChecks, v, nil, ui.Link{Text: "Checks", Href: link.DeskChecks})
}

// deskFile opens a file of a hospital or of a checker.
func (h *Handlers) deskFile(c echo.Context, who auth.Actor) error {
	content, media, err := h.cfg.Listings.File(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	_, kind, _ := strings.Cut(media, "/")
	return download(c, "evidence-"+c.Param("id")[:min(8, len(c.Param("id")))]+"."+kind, media, content)
}

// deskEvidence keeps what a checker saw as a file, before the decision.
func (h *Handlers) deskEvidence(c echo.Context, who auth.Actor) error {
	ctx, id := c.Request().Context(), c.Param("id")
	file, err := c.FormFile("file")
	if err != nil {
		return h.deskCheckAgain(c, who, http.StatusUnprocessableEntity, checkForm{bad: oneProblem("file", "Choose a file")})
	}
	open, err := file.Open()
	if err != nil {
		return fault.New(fault.Invalid, "evidence", err)
	}
	defer open.Close()
	u, bad, err := h.cfg.Listings.AddEvidence(ctx, who, id, open)
	switch {
	case fault.Is(err, fault.Forbidden):
		return h.deskCheckAgain(c, who, http.StatusForbidden, checkForm{bad: oneProblem("", sentence(err, http.StatusForbidden))})
	case err != nil:
		return err
	case !bad.OK():
		return h.deskCheckAgain(c, who, http.StatusUnprocessableEntity, checkForm{bad: bad})
	}
	return c.Redirect(http.StatusSeeOther, link.DeskCheck(id)+"?"+url.Values{"done": {"evidence"}, "file": {u.ID}, "hash": {u.Hash}}.Encode())
}

// mayDecide says why somebody cannot decide an item, "" when they can. The service has the last word.
func (h *Handlers) mayDecide(c echo.Context, who auth.Actor, i listing.Item) (string, error) {
	switch {
	case i.State != listing.Waiting && i.State != listing.WaitingSecond:
		return "This was decided.", nil
	case !auth.Can(who.Role, auth.VerificationCheck):
		return "Your role reads checks. A verifier decides them.", nil
	case slices.Contains(i.Proposers, who.Person) || i.Provider != 0 && i.Provider == who.Provider:
		return "You cannot check an entry that you wrote, or one of your own organisation. Another verifier must.", nil
	}
	if i.Provider != 0 {
		belongs, err := h.cfg.People.Belongs(c.Request().Context(), who.Person, i.Provider)
		if err != nil {
			return "", err
		}
		if belongs {
			return "You have, or had, a role at this hospital. Another verifier must check this.", nil
		}
	}
	return "", nil
}
