package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/internal/sheet"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// monthsShown of activity.
const monthsShown = 12

// activityColumns are what is counted.
var activityColumns = []struct {
	id, title string
	of        func(listing.Month) int
}{
	{"views", "Page views", func(m listing.Month) int { return m.Views }},
	{"shortlists", "Shortlists", func(m listing.Month) int { return m.Shortlists }},
	{"enquiries", "Enquiries", func(m listing.Month) int { return m.Enquiries }},
	{"referrals", "Referrals", func(m listing.Month) int { return m.Referrals }},
	{"quotes", "Quotes", func(m listing.Month) int { return m.Quotes }},
	{"acceptances", "Acceptances", func(m listing.Month) int { return m.Acceptances }},
}

func (h *Handlers) portalActivity(c echo.Context, who auth.Actor) error {
	months, err := h.cfg.Listings.Activity(c.Request().Context(), who, who.Provider, monthsShown)
	if err != nil {
		return err
	}
	f := h.portalFrame(c, "Activity", who)
	p := portal.Page{Lead: "Counts by month in India. No patient data is in them, and nothing of who opened your page: no cookie, no address. Views are written down once a minute. 1 to 4 is not shown as a number, so that nobody can be known by it. The time to your first answer is the median."}
	for _, col := range activityColumns {
		d := chart.Months{ID: col.id, Of: col.title}
		some := false
		for i := len(months) - 1; i >= 0; i-- {
			d.Bars = append(d.Bars, bar(months[i].Month, col.of(months[i])))
			some = some || col.of(months[i]) != 0
		}
		if !some {
			p.Parts = append(p.Parts, portal.Words{Text: col.title + ": none in these months."})
			continue
		}
		pair := chart.MonthFigure(d)
		p.Parts = append(p.Parts, ui.Figure{ID: "figure-" + col.id, Title: col.title + " by month", Sub: "A dash stands for 1 to 4.", Wide: pair.Wide, Narrow: pair.Narrow})
	}
	t := ui.StackTable{Caption: "All figures", ShowCaption: true, Head: []ui.Column{{Text: "Month"}, {Text: "Page views", Number: true}, {Text: "Shortlists", Number: true}, {Text: "Enquiries", Number: true}, {Text: "Referrals", Number: true}, {Text: "Quotes", Number: true}, {Text: "Acceptances", Number: true}, {Text: "First answer", Number: true}}}
	for _, m := range months {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: monthShort(m.Month)}, {Text: countWords(m.Views)}, {Text: countWords(m.Shortlists)}, {Text: countWords(m.Enquiries)}, {Text: countWords(m.Referrals)}, {Text: countWords(m.Quotes)}, {Text: countWords(m.Acceptances)}, {Text: medianWords(m.AnswerHours)}}})
	}
	p.Parts = append(p.Parts, t, portal.Words{Text: "For a spreadsheet:", Link: ui.Link{Text: "Download these figures (CSV)", Href: link.PortalActivityCSV}})
	return h.showPortal(c, http.StatusOK, who, link.PortalActivity, f, p)
}

func bar(month string, n int) chart.Month {
	m := chart.Month{Label: month, Long: monthLong(month)}
	if t, err := time.Parse("2006-01", month); err == nil {
		m.Label = t.Format("Jan")
	}
	if n != listing.Few {
		m.N = &n
	}
	return m
}

// monthShort is "Nov 2026", for a narrow column.
func monthShort(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("Jan 2006")
}

func monthLong(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January 2006")
}

func countWords(n int) string {
	if n == listing.Few {
		return "1 to 4"
	}
	return group(n)
}

func medianWords(n int) string {
	switch n {
	case 0:
		return "None"
	case listing.Few:
		return "Too few"
	}
	return plural(n, "hour")
}

func (h *Handlers) portalActivityCSV(c echo.Context, who auth.Actor) error {
	months, err := h.cfg.Listings.Activity(c.Request().Context(), who, who.Provider, monthsShown)
	if err != nil {
		return err
	}
	rows := [][]string{{"month", "views", "shortlists", "enquiries", "referrals", "quotes", "acceptances", "median hours to first answer"}}
	for _, m := range months {
		hours := ""
		if m.AnswerHours > 0 {
			hours = strconv.Itoa(m.AnswerHours)
		}
		count := func(n int) string {
			if n == listing.Few {
				return "1 to 4"
			}
			return strconv.Itoa(n)
		}
		rows = append(rows, []string{m.Month, count(m.Views), count(m.Shortlists), count(m.Enquiries), count(m.Referrals), count(m.Quotes), count(m.Acceptances), hours})
	}
	return download(c, "activity.csv", csvType, sheet.Bytes(rows))
}

// portalExport offers everything that a hospital owns here.
func (h *Handlers) portalExport(c echo.Context, who auth.Actor) error {
	f := h.portalFrame(c, "Take your data", who)
	p := portal.Page{Lead: "Everything of yours in one file, to keep or to take elsewhere.", Parts: []views.Part{
		portal.Box{Title: "What is in it", Ticks: []string{"your listing and your draft, as JSON and as CSV", "your packages as a price list that can be uploaded again", "the history of your listing, prices and certificates", "what you sent for checking and what became of it",
			"the files and photos you uploaded", "your activity by month"}, Foot: "Nothing of patients is in it, and nothing of who checked what."},
		portal.Form{Action: link.PortalExport, Buttons: []ui.Button{{Text: "Download everything (ZIP)"}}}}}
	return h.showPortal(c, http.StatusOK, who, link.PortalExport, f, p)
}

// portalExportSend writes the file as it is made: it may be large.
func (h *Handlers) portalExportSend(c echo.Context, who auth.Actor) error {
	return h.cfg.Listings.Export(c.Request().Context(), who, who.Provider, &zipAnswer{c: c})
}

// zipAnswer begins the answer with the first byte, so that a failure before it is still an error page.
type zipAnswer struct {
	c     echo.Context
	begun bool
}

// Write sends on.
func (z *zipAnswer) Write(p []byte) (int, error) {
	w := z.c.Response()
	if !z.begun {
		z.begun = true
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", `attachment; filename="care-corridor-listing.zip"`)
		w.WriteHeader(http.StatusOK)
	}
	return w.Write(p)
}
