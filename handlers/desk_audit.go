package handlers

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/desk"
	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/views"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// auditFilter reads the filter of the trail from its address; days are whole days in the UK.
func auditFilter(q url.Values) desk.TrailFilter {
	f := desk.TrailFilter{Person: cleanText(q.Get("person")), Action: cleanText(q.Get("action")), On: cleanText(q.Get("on")), ID: cleanText(q.Get("id"))}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // none: the newest rows
	if d := auditDay(q, "from"); d.Known() {
		f.From = midnight(d)
	}
	if d := auditDay(q, "to"); d.Known() {
		f.To = midnight(d.AddDays(1))
	}
	return f
}

func midnight(d when.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, uk) }

// auditDay reads a day of the filter; what is no day filters nothing and is shown as it was typed.
func auditDay(q url.Values, name string) when.Date {
	d, err := when.ParseDate(strings.TrimSpace(q.Get(name)))
	if err != nil {
		return when.Date{}
	}
	return d
}

// auditKinds are the kinds of things that the filter offers.
var auditKinds = []string{"audit", "certificate", "feedback", "figure", "listing", "membership", "organisation", "person", "referral", "register", "report", "session", "statistics", "text", "verification"}

// deskAudit is the trail, newest first: who did or read what, and when.
func (h *Handlers) deskAudit(c echo.Context, who auth.Actor) error {
	ctx, q := c.Request().Context(), c.QueryParams()
	f := auditFilter(q)
	page, err := h.cfg.Desk.Trail(ctx, who, f)
	if err != nil {
		return err
	}
	verified, err := h.cfg.Desk.Verified(ctx, who)
	if err != nil {
		return err
	}
	t := ui.StackTable{Caption: "Audit trail, newest first", Head: []ui.Column{{Text: "Row"}, {Text: "When"}, {Text: "Who"}, {Text: "What"}, {Text: "On"}}}
	for _, r := range page.Rows {
		t.Rows = append(t.Rows, ui.Row{Cells: auditCells(r)})
	}
	var bad check.List
	for _, name := range []string{"from", "to"} {
		bad.Need(strings.TrimSpace(q.Get(name)) == "" || auditDay(q, name).Known(), name, "Enter the day as year, month and day, such as 2026-11-22")
	}
	v := deskview.Page{Title: "Audit trail", Lead: []string{"Nobody can change or remove a row, nor can the program. What is about a patient’s record is masked. That you read this page is in the trail, too."},
		Parts: []views.Part{h.verifyBox(verified), auditFilters(q, bad), ui.Worklist{Table: t, Empty: ui.Empty{Title: "No row", Text: []string{"Nothing in the trail is like this."}}}}}
	kept := keptQuery(q, "person", "action", "on", "id", "from", "to")
	links := deskview.Links{{Text: "Save these rows as a file (CSV)", Href: link.DeskAuditCSV + "?" + kept.Encode()}}
	if page.Next > 0 {
		kept.Set("before", strconv.FormatInt(page.Next, 10))
		links = append(links, ui.Link{Text: "Older rows", Href: link.DeskAudit + "?" + kept.Encode()})
	}
	v.Parts = append(v.Parts, links)
	return h.deskPage(c, http.StatusOK, who, link.DeskAudit, v, bad)
}

func keptQuery(q url.Values, names ...string) url.Values {
	out := url.Values{}
	for _, k := range names {
		if q.Get(k) != "" {
			out.Set(k, q.Get(k))
		}
	}
	return out
}

func auditWho(r desk.TrailRow) (name, role string) {
	role = firstOf(roleWords[auth.Role(r.Role)], r.Role)
	switch {
	case r.Name != "":
		return r.Name, role
	case r.Role == "system":
		return "The site itself", ""
	case r.Masked && r.Person == "":
		return "The patient", ""
	case r.Person == "":
		return "Nobody signed in", role
	}
	return "Somebody without a name here", role
}

func auditCells(r desk.TrailRow) []ui.Cell {
	name, role := auditWho(r)
	if r.Org != "" {
		role = strings.Trim(role+", "+r.Org, ", ")
	}
	on := ui.Cell{Text: r.On, Note: r.ID}
	if r.Masked {
		on = ui.Cell{Text: r.On, Note: "Of a patient’s record: masked"}
	}
	return []ui.Cell{{Link: ui.Link{Text: strconv.FormatInt(r.Seq, 10), Href: link.DeskAuditRow(r.Seq)}}, {Text: ukTime(r.At)}, {Text: name, Note: role}, {Text: r.Action, Note: factWords(r.Facts)}, on}
}

// factWords are small facts in the order of their names.
func factWords(facts map[string]string) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(facts)) {
		if len(facts[k]) <= 40 {
			out = append(out, k+": "+facts[k])
		}
	}
	return strings.Join(out, "; ")
}

func auditFilters(q url.Values, bad check.List) views.Part {
	actions, kinds := []ui.Option{{Text: "Any"}}, []ui.Option{{Text: "Any"}}
	for _, a := range desk.TrailActions() {
		actions = append(actions, ui.Option{Value: a, Text: a})
	}
	for _, k := range auditKinds {
		kinds = append(kinds, ui.Option{Value: k, Text: k})
	}
	f := deskview.Filters{Action: link.DeskAudit, Label: "Filter the trail", Fields: []views.Part{
		ui.Field{ID: "action", Label: "Action", Type: "select", Options: selected(q.Get("action"), actions...)}, ui.Field{ID: "on", Label: "Kind of thing", Type: "select", Options: selected(q.Get("on"), kinds...)},
		ui.Field{ID: "from", Label: "From (year-month-day)", Value: q.Get("from"), Width: "10", Error: bad.On("from")}, ui.Field{ID: "to", Label: "To (year-month-day)", Value: q.Get("to"), Width: "10", Error: bad.On("to")}}}
	for _, k := range []string{"person", "id"} {
		if q.Get(k) != "" {
			f.Keep = append(f.Keep, ui.Hidden{Name: k, Value: q.Get(k)})
		}
	}
	if len(keptQuery(q, "person", "action", "on", "id", "from", "to")) > 0 {
		f.Clear = ui.Link{Text: "Clear filters", Href: link.DeskAudit}
	}
	return f
}

// verifyBox says what the last walk along the chain found, and asks for another.
func (h *Handlers) verifyBox(v desk.Verified) views.Part {
	b := deskview.Box{Title: "Is the chain whole?"}
	switch {
	case v.At.IsZero():
		b.Text = []string{"It has not been verified yet."}
	case v.Broken != "":
		b.Title, b.Text = "The chain is broken", []string{"Verified on " + ukTime(v.At) + ". The first row that is not as it was written: " + v.Broken + ". Tell the person who runs this site now."}
	default:
		b.Text = []string{"Yes. Verified on " + ukTime(v.At) + ": " + v.Rows + " rows, each as it was written."}
	}
	if v.Running {
		b.Text = append(b.Text, "It is being verified since "+ukTime(v.Asked)+". Load this page again in a moment.")
	}
	b.Parts = []views.Part{deskview.Press{Action: link.DeskAuditVerify, Button: ui.Button{Text: "Verify the chain now", Look: ui.Secondary}}}
	return b
}

func (h *Handlers) deskAuditVerify(c echo.Context, who auth.Actor) error {
	if err := h.cfg.Desk.AskVerify(c.Request().Context(), who); err != nil {
		return err
	}
	return h.toDesk(c, link.DeskAudit, "verifying")
}

// deskAuditCSV is the rows of a filter as a file. A bulk export needs a fresh second factor (domain.md §1.5).
func (h *Handlers) deskAuditCSV(c echo.Context, who auth.Actor) error {
	if err := h.cfg.People.Fresh(who); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := h.cfg.Desk.ExportTrail(c.Request().Context(), who, auditFilter(c.QueryParams()), &b); err != nil {
		return err
	}
	return download(c, "audit-"+h.cat.Today().String()+".csv", csvType, b.Bytes())
}

func auditSeq(c echo.Context) (int64, error) {
	seq, err := strconv.ParseInt(c.Param("seq"), 10, 64)
	if err != nil {
		return 0, fault.New(fault.Missing, "audit row", err)
	}
	return seq, nil
}

func (h *Handlers) deskAuditRow(c echo.Context, who auth.Actor) error {
	seq, err := auditSeq(c)
	if err != nil {
		return err
	}
	r, err := h.cfg.Desk.TrailRow(c.Request().Context(), who, seq)
	if err != nil {
		return err
	}
	return h.showAuditRow(c, who, http.StatusOK, r, "", nil)
}

// deskAuditReveal shows a row of a patient's record whole, for a reason that the patient can read.
func (h *Handlers) deskAuditReveal(c echo.Context, who auth.Actor) error {
	seq, err := auditSeq(c)
	if err != nil {
		return err
	}
	if err := h.cfg.People.Fresh(who); err != nil {
		return err
	}
	why := c.FormValue("why")
	r, bad, err := h.cfg.Desk.Reveal(c.Request().Context(), who, seq, why)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !bad.OK() {
		status = http.StatusUnprocessableEntity
	}
	return h.showAuditRow(c, who, status, r, why, bad)
}

func (h *Handlers) showAuditRow(c echo.Context, who auth.Actor, status int, r desk.TrailRow, why string, bad check.List) error {
	name, role := auditWho(r)
	person := ui.Fact{Label: "Who", Value: name, Note: strings.Trim(role+", "+r.Org, ", ")}
	if r.Person != "" && r.Person != "console" {
		person.Link = ui.Link{Text: "All rows of this person", Href: link.DeskAudit + "?" + url.Values{"person": {r.Person}}.Encode()}
	}
	facts := ui.SummaryList{{Label: "When", Value: bothTimes(r.At)}, person, {Label: "What", Value: r.Action}, {Label: "On", Value: r.On, Note: r.ID}}
	if r.ID != "" {
		facts[3].Link = ui.Link{Text: "All rows about it", Href: link.DeskAudit + "?" + url.Values{"on": {r.On}, "id": {r.ID}}.Encode()}
	}
	if r.Why != "" {
		facts = append(facts, ui.Fact{Label: "Stated reason", Value: r.Why})
	}
	for _, k := range slices.Sorted(maps.Keys(r.Facts)) {
		facts = append(facts, ui.Fact{Label: upperFirst(k), Value: r.Facts[k]})
	}
	facts = append(facts, ui.Fact{Label: "Hash", Value: r.Hash})
	v := deskview.Page{Title: "Row " + strconv.FormatInt(r.Seq, 10), Parts: []views.Part{facts}}
	if r.Masked {
		v.Parts = append(v.Parts, deskview.Section{ID: "reveal", Title: "This is about a patient’s record", Text: []string{"Which record, why and the facts are masked. To see them, say why. The patient sees that you looked, and your reason."},
			Parts: []views.Part{deskview.Form{Action: link.DeskAuditRow(r.Seq), Parts: []views.Part{ui.Field{ID: "why", Label: "Why do you need to see it?", Value: why, Error: bad.On("why")}}, Buttons: []ui.Button{{Text: "Show it", Look: ui.Secondary}}}}})
	}
	return h.deskPage(c, status, who, link.DeskAudit, v, bad, ui.Link{Text: "Audit trail", Href: link.DeskAudit})
}
