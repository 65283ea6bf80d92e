package handlers

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
)

// group writes a count with thousands commas.
func group(n int) string { return money.Group(int64(n), money.GBP) }

// plural is "1 hospital", "2,131 hospitals".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(n) + " " + noun + "s"
}

func (h *Handlers) aboutChecks(c echo.Context) (*answer, error) {
	tally, err := h.cat.Tally(c.Request().Context())
	if err != nil {
		return nil, err
	}
	v := views.AboutChecks{SoonDays: catalogue.SoonDays, Links: []views.Anchor{{Text: "Where our data comes from", URL: link.Data}, {Text: "How we order results", URL: link.Ordering}}}
	for _, r := range tally.Registers {
		s, _ := h.cat.Reference().Source(r.SourceID)
		v.Registers = append(v.Registers, views.RegisterRow{Body: r.Body, What: r.Programme, Snapshot: r.CheckedOn.Long(), Rows: group(r.Rows), Running: group(r.Running),
			Use: registerUse(r), Source: views.Anchor{Text: firstOf(s.Title, "Source"), URL: webOnly(s.URL)}})
	}
	v.Counts = []views.QuoteRow{
		{Label: "Hospitals and clinics listed", Value: group(tally.Providers)},
		{Label: "With a running certificate", Value: group(tally.Confirmed)},
		{Label: "Renewal not confirmed", Value: group(tally.Unconfirmed)},
		{Label: "Certificates held", Value: group(tally.Certificates)},
	}
	f := h.frame("How we check hospitals", link.HowWeCheck, link.HowWeCheck)
	f.Description = "How certificates are checked, what the words on a listing mean, and what we do not know."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.AboutChecksPage(f, v))
}

func registerUse(r models.RegisterTally) string {
	switch {
	case r.Level == "laboratory":
		return "Shown as a laboratory certificate. It does not make a hospital accredited."
	case r.Level == "entry":
		return "Shown as certification, which is less than accreditation."
	case r.Evidence == "register_snapshot":
		return "Earns a badge while its dates include today."
	}
	return "Shown as reported. It never earns a badge."
}

func (h *Handlers) aboutOrdering(c echo.Context) (*answer, error) {
	v := views.AboutOrdering{Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}}
	for _, p := range catalogue.CompletenessRule {
		v.Points = append(v.Points, views.OrderPoint{Name: p.Name, Means: plural(p.Points, "point")})
	}
	v.Sorts = []views.OrderPoint{
		{Name: "Best match and most complete evidence", Means: "More points first. Equal hospitals are shuffled once a day, so nobody stays on top by accident."},
		{Name: "Lowest full price", Means: "The hospital's own lowest package for the treatment. Hospitals without a published price come last."},
		{Name: "Nearest", Means: "Straight-line distance from the place you named. Hospitals without a known position come last."},
		{Name: "A to Z", Means: "By name."},
	}
	f := h.frame("How we order results", link.Ordering, "")
	f.Description = "The exact rule that orders hospitals. No hospital can pay for its place."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.AboutOrderingPage(f, v))
}

func (h *Handlers) aboutData(c echo.Context) (*answer, error) {
	tally, err := h.cat.Tally(c.Request().Context())
	if err != nil {
		return nil, err
	}
	ref := h.cat.Reference()
	v := views.AboutData{AsOf: h.cat.Today().Long(), API: views.Anchor{Text: "Open data and API", URL: link.API}}
	v.Counts = []views.QuoteRow{
		{Label: "Hospitals and clinics", Value: group(tally.Providers)}, {Label: "Certificates", Value: group(tally.Certificates)},
		{Label: "Specialties", Value: group(len(ref.Specialties))}, {Label: "Treatments", Value: group(len(ref.Procedures))},
		{Label: "Sources", Value: group(len(ref.Sources))},
	}
	for _, s := range ref.Sources {
		v.Sources = append(v.Sources, sourceRow(s, kindWords[s.Kind]))
	}
	if r, ok := ref.Rates.Rupees(); ok {
		v.Rates = append(v.Rates, views.QuoteRow{Label: "£1 in rupees, average of " + monthWords(r.Period), Value: strconv.FormatFloat(r.PerUnit, 'f', 2, 64)})
	}
	v.Credits = credits
	f := h.frame("Where our data comes from", link.Data, "")
	f.Description = "Every source of the directory with its publisher, licence and date."
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.AboutDataPage(f, v))
}

var kindWords = map[string]string{"dataset": "Data set", "register": "Register", "page": "Page", "alliance": "Worked out by us", "sample": "Sample (invented)"}

var credits = []views.SourceRow{
	{What: "Outline of India", Source: views.Anchor{Text: "@svg-maps/india", URL: "https://www.npmjs.com/package/@svg-maps/india"}, Licence: "CC BY 4.0", Note: "Simplified by us."},
	{What: "Typeface", Source: views.Anchor{Text: "Hanken Grotesk", URL: "https://github.com/marcologous/hanken-grotesk"}, Licence: "SIL Open Font License 1.1"},
	{What: "Page components", Source: views.Anchor{Text: "nhsuk-frontend", URL: "https://github.com/nhsuk/nhsuk-frontend"}, Licence: "MIT", Note: "Code only. This is not an NHS service."},
	{What: "Page updates", Source: views.Anchor{Text: "htmx", URL: "https://htmx.org/"}, Licence: "0BSD"},
}

func sourceRow(s models.Source, what string) views.SourceRow {
	return views.SourceRow{What: what, Source: views.Anchor{Text: firstOf(s.Title, s.URL), URL: webOnly(s.URL)}, Publisher: s.Publisher, Licence: s.Licence,
		Published: asOfWords(s.PublishedOn), Retrieved: s.RetrievedOn.Long(), Note: s.Note}
}

func sortSources(rows []views.SourceRow) {
	slices.SortFunc(rows, func(a, b views.SourceRow) int {
		if n := strings.Compare(a.What, b.What); n != 0 {
			return n
		}
		return strings.Compare(a.Source.Text, b.Source.Text)
	})
}

var topics = map[string]struct {
	topic views.Topic
	title string
}{
	link.Funding: {views.TopicFunding, "Who pays for this service"}, link.Help: {views.TopicHelp, "Help and contact"},
	link.Accessibility: {views.TopicAccessibility, "Accessibility statement"}, link.Privacy: {views.TopicPrivacy, "Privacy and your data"},
	link.Cookies: {views.TopicCookies, "Cookies"}, link.Terms: {views.TopicTerms, "Terms of use"},
}

func (h *Handlers) aboutText(c echo.Context) (*answer, error) {
	t := topics[c.Path()]
	v := views.AboutText{Topic: t.topic, Samples: h.cfg.Demo, Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}}
	if h.cfg.Contact != "" {
		v.Contact = views.Anchor{Text: h.cfg.Contact, URL: "mailto:" + h.cfg.Contact}
	}
	f := h.frame(t.title, c.Path(), "")
	f.Breadcrumb = crumbs()
	return html(c, http.StatusOK, views.AboutTextPage(f, v))
}

// sortedSources lists sources by title, so that an answer is the same every time.
func sortedSources(by map[int64]models.Source) []models.Source {
	return slices.SortedFunc(maps.Values(by), func(a, b models.Source) int {
		if n := strings.Compare(a.Title, b.Title); n != 0 {
			return n
		}
		return cmp.Compare(a.ID, b.ID)
	})
}
