package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
)

func init() {
	register := views.RegisterRow{Body: "NABH", What: "Hospital accreditation", Snapshot: "27 September 2025", Rows: "1,629", Running: "612", Use: "A badge, while the certificate runs", Source: registerSource}
	row := views.SourceRow{What: "NHS waits", Source: views.Anchor{Text: "Referral to treatment, January 2026", URL: "https://example.org/" + strings.Repeat("long", 60)}, Publisher: "NHS England", Licence: "OGL v3", Published: "2026-03", Retrieved: "22 November 2026", Note: "Commissioner workbook"}
	add(
		Story{Name: "about/checks", Page: views.AboutChecksPage(around("How we check hospitals", link.HowWeCheck), views.AboutChecks{SoonDays: 60, Registers: []views.RegisterRow{register, {Body: "JCI", What: "Reports"}}, Counts: []views.QuoteRow{{Label: "Hospitals with a running certificate", Value: "612"}}, Links: []views.Anchor{{Text: "Where the data comes from", URL: link.Data}}})},
		Story{Name: "about/checks-nothing-loaded", Page: views.AboutChecksPage(around("How we check hospitals", link.HowWeCheck), views.AboutChecks{})},
		Story{Name: "about/ordering", Page: views.AboutOrderingPage(around("How we order results", link.Ordering), views.AboutOrdering{Points: []views.OrderPoint{{Name: "A certificate that runs", Means: "30 of 100"}}, Sorts: []views.OrderPoint{{Name: "Lowest price", Means: "By the lowest full price published; without one last"}}})},
		Story{Name: "about/data", Page: views.AboutDataPage(around("Where the data comes from", link.Data), views.AboutData{AsOf: "22 November 2026", Counts: []views.QuoteRow{{Label: "Hospitals", Value: "2,208"}}, Sources: []views.SourceRow{row, {What: mixed, Source: views.Anchor{Text: "A page without address"}}}, Credits: []views.SourceRow{{What: "Map outline", Source: views.Anchor{Text: "@svg-maps/india"}, Licence: "CC-BY-4.0"}}, Rates: []views.QuoteRow{{Label: "£1, June 2026 average", Value: "₹126.66"}}, API: views.Anchor{Text: "Open data and API", URL: link.API}})},
		Story{Name: "about/data-nothing-loaded", Page: views.AboutDataPage(around("Where the data comes from", link.Data), views.AboutData{})},
		Story{Name: "about/api", Page: views.APIDocsPage(around("Open data and API", link.API), views.APIDocs{Base: "https://carecorridor.example/api/v1", OpenAPI: views.Anchor{Text: "The whole description (OpenAPI)", URL: link.OpenAPI}, Calls: []views.APICall{{Method: "GET", Path: "/search?q=…", Does: "Hospitals that match", Try: views.Anchor{Text: "Knee replacement in Chennai", URL: link.APISearch}}},
			Keys: []views.OrderPoint{{Name: "q", Means: "Free words"}}, Sample: "{\n  \"total\": 3,\n  \"note\": \"" + strings.Repeat("wide ", 60) + "\"\n}", Licence: "Our own compilation is free to use with a link back.", Data: views.Anchor{Text: "Sources and licences", URL: link.Data}})},
		Story{Name: "about/api-empty", Page: views.APIDocsPage(around("Open data and API", link.API), views.APIDocs{})},
	)
	for _, t := range views.Topics {
		add(Story{Name: "about/" + string(t), Page: views.AboutTextPage(around(t.Title(), "/"+string(t)), views.AboutText{Topic: t, Samples: true, Reviewed: "22 November 2026", Contact: views.Anchor{Text: "Write to us", URL: "mailto:hello@carecorridor.example"}, Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}})})
	}
	add(Story{Name: "about/help-no-contact", Page: views.AboutTextPage(around("Help", link.Help), views.AboutText{Topic: views.TopicHelp})})
}
