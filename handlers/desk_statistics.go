package handlers

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/desk"
	"carecorridor/internal/fault"
	"carecorridor/internal/sheet"
	"carecorridor/views"
	"carecorridor/views/chart"
	deskview "carecorridor/views/desk"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// monthChart is a year of months as bars with their table; half is for one of two beside each other.
func monthChart(id, title, of string, months []desk.Monthly, half bool) ui.Figure {
	d := chart.Months{ID: id, Of: of}
	t := ui.StackTable{Caption: title, Head: []ui.Column{{Text: "Month"}, {Text: of, Number: true}}, Plain: true}
	total := 0
	for _, m := range months {
		n := m.N
		total += n
		d.Bars = append(d.Bars, chart.Month{Label: m.Month.Format("Jan"), Long: m.Month.Format("January 2006"), N: &n})
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: m.Month.Format("January 2006")}, {Text: group(m.N)}}})
	}
	f := ui.Figure{ID: "fig-" + id, Title: title, Level: 2, Sub: group(total) + " in 12 months", Table: &t}
	switch pair := chart.MonthFigure(d); {
	case total == 0:
		f.Sub = "None in 12 months"
	case half:
		f.Wide = pair.Narrow
	default:
		f.Wide, f.Narrow = pair.Wide, pair.Narrow
	}
	return f
}

// deskCharts are the three pictures of the dashboard.
func deskCharts(st desk.Statistics) views.Part {
	return deskview.Charts{
		monthChart("sent", "Requests that patients sent to hospitals", "Requests", st.SentEach, false),
		monthChart("checked", "Checks decided", "Checks", st.ChecksEach, true),
		monthChart("reported", "Problems that visitors reported", "Problems", st.ProblemsIn, true),
	}
}

// deskStatistics is the reports: how far requests went, how long each step took, and the log of complaints.
func (h *Handlers) deskStatistics(c echo.Context, who auth.Actor) error {
	st, err := h.cfg.Desk.Statistics(c.Request().Context(), who, h.cfg.Demo)
	if err != nil {
		return err
	}
	lead := "The last 12 months, since " + ukDay(st.Since).Long() + ". No figure is about one person."
	if st.Samples+st.SampleReferrals > 0 {
		lead += " Left out are " + plural(st.Samples, "request") + " and " + plural(st.SampleReferrals, "referral") + " to sample hospitals."
	}
	v := deskview.Page{Title: "Reports", Lead: []string{lead}, Parts: funnelParts("enquiries", st.Enquiries)}
	v.Parts = append(v.Parts, funnelParts("referrals", st.Referrals, fewWords)...)
	v.Parts = append(v.Parts, deskview.Section{ID: "alerts", Title: "Overseas-care alerts", Text: []string{"For 12 months after a night in a hospital abroad, UK hospitals screen for resistant bacteria. " + fewWords}, Parts: []views.Part{stepTable("Alerts", st.Alerts), csvLink("alerts")}})
	v.Parts = append(v.Parts, deskview.Section{ID: "desk", Title: "Our own work", Parts: []views.Part{tookTable("How long our own steps took", st.Desk), csvLink("desk")}},
		deskview.Section{ID: "checks", Title: "What came of checks", Parts: []views.Part{stepTable("Checks by decision", st.Checks), csvLink("checks")}}, complaintLog(st.Complaints))
	return h.deskPage(c, http.StatusOK, who, link.DeskStatistics, v, nil)
}

func csvLink(table string) views.Part {
	return deskview.Links{{Text: "Save as a file (CSV)", Hidden: table, Href: link.DeskStatisticsCSV(table)}}
}

// fewWords say why some counts are no numbers.
const fewWords = "1 to 4 is not shown as a number, so that nobody can be known by it."

// deskCount is a count that may be hidden.
func deskCount(n int) string {
	if n == desk.Few {
		return "1 to 4"
	}
	return group(n)
}

func funnelParts(id string, f desk.Funnel, about ...string) []views.Part {
	bars := deskview.Figures{Caption: f.Title}
	first := 0
	for i, s := range f.Steps {
		if i == 0 && s.N > 0 {
			first = s.N
		}
		row := deskview.FigureRow{Label: s.Name, Value: deskCount(s.N)}
		if first > 0 && s.N != desk.Few {
			row.Of = s.N * 100 / first
			row.Note = fmt.Sprintf("%d in 100", row.Of)
		}
		bars.Rows = append(bars.Rows, row)
	}
	return []views.Part{deskview.Section{ID: id, Title: f.Title, Text: about, Parts: []views.Part{bars, tookTable("How long each step took", f.Times), csvLink(id)}}}
}

func tookTable(caption string, all []desk.Took) ui.StackTable {
	t := ui.StackTable{Caption: caption, Head: []ui.Column{{Text: "Step"}, {Text: "How many", Number: true}, {Text: "Half took at most", Number: true}, {Text: "9 in 10 took at most", Number: true}}}
	for _, x := range all {
		none := ui.Cell{Text: map[bool]string{true: "Too few", false: "None yet"}[x.N == desk.Few], Missing: true}
		cells := []ui.Cell{{Text: x.Name}, {Text: deskCount(x.N)}, none, none}
		if x.N > 0 {
			cells[2], cells[3] = ui.Cell{Text: deskTook(x.Median)}, ui.Cell{Text: deskTook(x.P90)}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells})
	}
	return t
}

func stepTable(caption string, all []desk.Step) ui.StackTable {
	t := ui.StackTable{Caption: caption, Head: []ui.Column{{Text: "What"}, {Text: "How many", Number: true}}, Plain: true}
	for _, s := range all {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: deskCount(s.N)}}})
	}
	return t
}

// shownComplaints is how many lines of the log a page has; the file has all of them.
const shownComplaints = 20

func complaintLog(all []desk.Complaint) views.Part {
	t := ui.StackTable{Caption: "Problems reported, newest first", Head: []ui.Column{{Text: "Reference"}, {Text: "Hospital"}, {Text: "About"}, {Text: "Sent"}, {Text: "What came of it"}}}
	for _, x := range all[:min(len(all), shownComplaints)] {
		came := ui.Cell{Text: "Open", Missing: true}
		if x.Closed != nil {
			came = ui.Cell{Text: x.Outcome, Note: ukDay(*x.Closed).Long()}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Reference}, {Text: x.Hospital}, {Text: reportAbout[x.About]}, {Text: ukDay(x.Sent).Long()}, came}})
	}
	s := deskview.Section{ID: "complaints", Title: "Log of reported problems", Parts: []views.Part{ui.Worklist{Table: t, Empty: ui.Empty{Title: "None in the last 12 months"}}}}
	if len(all) > shownComplaints {
		s.Text = []string{fmt.Sprintf("The newest %d of %d. The file has all of them.", shownComplaints, len(all))}
	}
	s.Parts = append(s.Parts, csvLink("complaints"))
	return s
}

// deskStatisticsCSV is one table of the reports as a file.
func (h *Handlers) deskStatisticsCSV(c echo.Context, who auth.Actor) error {
	ctx := c.Request().Context()
	st, err := h.cfg.Desk.Statistics(ctx, who, h.cfg.Demo)
	if err != nil {
		return err
	}
	table, _ := strings.CutSuffix(c.Param("table"), ".csv")
	rows := statisticsRows(table, st)
	if rows == nil {
		return fault.New(fault.Missing, "statistics", nil)
	}
	if err := h.cfg.Desk.Exported(ctx, who, table, len(rows)-1); err != nil {
		return err
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = sheet.Guard(cell)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return download(c, table+"-"+h.cat.Today().String()+".csv", csvType, b.Bytes())
}

func statisticsRows(table string, st desk.Statistics) [][]string {
	steps := func(all []desk.Step) [][]string {
		out := [][]string{{"step", "count"}}
		for _, s := range all {
			out = append(out, []string{s.Name, csvCount(s.N)})
		}
		return out
	}
	times := func(all []desk.Took) [][]string {
		out := [][]string{{"step", "count", "median_hours", "p90_hours"}}
		for _, x := range all {
			row := []string{x.Name, csvCount(x.N), "", ""}
			if x.N > 0 {
				row[2], row[3] = hours(x.Median), hours(x.P90)
			}
			out = append(out, row)
		}
		return out
	}
	funnel := func(f desk.Funnel) [][]string { return append(append(steps(f.Steps), nil), times(f.Times)...) }
	switch table {
	case "enquiries":
		return funnel(st.Enquiries)
	case "referrals":
		return funnel(st.Referrals)
	case "alerts":
		return steps(st.Alerts)
	case "desk":
		return times(st.Desk)
	case "checks":
		return steps(st.Checks)
	case "complaints":
		out := [][]string{{"reference", "hospital", "listing", "about", "sent", "closed", "outcome"}}
		for _, x := range st.Complaints {
			closed := ""
			if x.Closed != nil {
				closed = x.Closed.Format(time.RFC3339)
			}
			out = append(out, []string{x.Reference, x.Hospital, x.Slug, x.About, x.Sent.Format(time.RFC3339), closed, x.Outcome})
		}
		return out
	}
	return nil
}

// csvCount is a count for a file, hidden as on the page.
func csvCount(n int) string {
	if n == desk.Few {
		return "1 to 4"
	}
	return strconv.Itoa(n)
}

func hours(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', 2, 64) }
