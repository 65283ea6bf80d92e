package stories

import (
	"strconv"

	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"

	"github.com/a-h/templ"
)

func init() {
	knee, bare, long := sampleTreatment(), bareTreatment(), sampleTreatment()
	long.Name, long.AlsoKnown, long.Costs.Rows[2].Label, long.IndiaPrices.Rows[0].Scope = mixed, []string{overlong}, overlong, overlong
	sheet := sampleSummary()
	full := sampleSummary()
	for range 12 {
		full.Codes, full.Sources = append(full.Codes, full.Codes[0]), append(full.Sources, "A long title of a page that gave a figure, 2025")
		full.Stays = append(full.Stays, full.Stays[0])
	}
	add(
		Story{Name: "treatment/full", Page: treatment(knee)},
		Story{Name: "treatment/little-known", Page: treatment(bare)},
		Story{Name: "treatment/nothing-known", Page: treatment(views.Treatment{Name: "A treatment without figures"})},
		Story{Name: "treatment/excluded", Page: treatment(excludedTreatment())},
		Story{Name: "treatment/hostile", Page: treatment(long)},
		Story{Name: "treatment-summary/full", Page: views.TreatmentSummaryPage(around("Summary", "/treatments/x/summary"), full)},
		Story{Name: "treatment-summary/usual", Page: views.TreatmentSummaryPage(around("Summary", "/treatments/x/summary"), sheet)},
		Story{Name: "treatment-summary/nothing-known", Page: views.TreatmentSummaryPage(around("Summary", "/treatments/x/summary"), views.TreatmentSummary{Name: "A treatment"})},
		Story{Name: "treatments/all", Page: treatments(manyTreatments())},
		Story{Name: "treatments/found", Page: treatments(foundTreatments())},
		Story{Name: "treatments/none-found", Page: treatments(views.Treatments{Total: 354, Query: "<script>knea", Action: link.Treatments})},
		Story{Name: "treatments/nothing-loaded", Page: treatments(views.Treatments{Action: link.Treatments})},
	)
}

func treatment(t views.Treatment) templ.Component {
	return views.TreatmentPage(around(t.Name, "/treatments/example", ui.Link{Text: "Treatments and prices", Href: link.Treatments}), t)
}

func treatments(t views.Treatments) templ.Component {
	return views.TreatmentsPage(around("Treatments and prices", link.Treatments), t)
}

func weeks(v float64) *float64 { return &v }

func sampleTreatment() views.Treatment {
	source := views.Anchor{Text: "A price page", URL: "https://example.org/prices"}
	t := views.Treatment{
		Name: "Total knee replacement", Lead: "Surgery to replace a worn or damaged knee joint. Compare what it costs and how long you would wait in each country.",
		Specialty: views.Anchor{Text: "Orthopaedics", URL: "/hospitals?specialty=orthopaedics"}, AlsoKnown: []string{"new knee", "knee op", "TKR"},
		Costs: chart.Costs{ID: "costs", Of: "total knee replacement", Rows: []chart.CostRow{
			{Route: chart.NHS, Label: "NHS in England", Note: "Free at the point of use", Words: "you wait longer"},
			{Route: chart.UKSelfPay, Label: "UK, paying yourself", Note: "7 sources, 2019 to 2025", Range: &chart.Range{Low: 13500, High: 17200}},
			{Route: chart.IndiaPackage, Label: "India, treatment", Note: "9 sources, 2018 to 2025", Range: &chart.Range{Low: 4980, High: 7400}},
			{Route: chart.IndiaTrip, Label: "India, whole trip for 2", Note: "Treatment, flights, room, food, reserve", Range: &chart.Range{Low: 6100, High: 9400}, Words: "plus visas and insurance"}}},
		CostsNote: "Price in pounds for one knee. £1 is ₹126.66, June 2026 average.", CostSource: views.Anchor{Text: "listed below", URL: "#prices"}, CostCSV: views.Anchor{Text: "Download these figures (CSV)", URL: "/treatments/x/figures.csv"},
		Waits: chart.Waits{ID: "waits", NHS: chart.NHSWait{Service: "Trauma and orthopaedics", Month: "January 2026", Median: weeks(15.06), Later: weeks(42.49), LaterOf: "92 in 100"}, UK: weeks(5),
			India: chart.Journey{PrepareWeeks: &chart.Span{Min: 4, Max: 6}, HospitalDays: &chart.Span{Min: 5, Max: 7}, IndiaDays: &chart.Span{Min: 15, Max: 21}}},
		WaitsNote: "Weeks from today.", WaitSource: views.Anchor{Text: "NHS England referral-to-treatment figures, January 2026", URL: "https://example.org/nhs"},
		TripParts: []views.QuoteRow{{Label: "Treatment", Value: "£4,980 to £7,400"}, {Label: "Flights for 2", Value: "£900 to £1,400"}, {Label: "Visas", Value: "Not known"}}, TripNote: "The total leaves out what is not known: visas; insurance.",
		Hospitals: views.TreatmentHospitals{Title: "24 hospitals list orthopaedics", Rows: []views.QuoteRow{{Label: "With a running certificate", Value: "24"}, {Label: "With a published price", Value: "3"}}, See: views.Anchor{Text: "See hospitals", URL: "/hospitals?treatment=x"}},
		NHS:       []string{"Free surgery and aftercare", "Emergency care when you return, whatever you decide"}, NHSLink: views.Anchor{Text: "Your right to choose where you are treated", URL: "https://www.nhs.uk/"}, NHSSources: []views.Anchor{{Text: "a page of the NHS", URL: "https://example.org/nhs"}}, NHSNot: []string{"Planned treatment in India"}, NHSNotSources: []views.Anchor{{Text: "a page", URL: "https://example.org/a"}, {Text: "another page", URL: "https://example.org/b"}},
		Guides: []views.Anchor{{Text: "Guide: is it right for me?", URL: link.GuideChapter("is-it-right-for-me")}}, Summary: views.Anchor{Text: "Print the summary", URL: "/treatments/x/summary"},
		NotRight: []string{"you have had a blood clot, or heart or lung problems that make flying risky", "nobody can travel with you and help for 2 weeks"}, Questions: []string{"Who will operate?", "What does the written price leave out?"},
		Stays: []views.StayRow{{Measure: "Days in hospital", Span: "5 to 7", Source: source}, {Measure: "Days in India", Span: "15 to 21", AsOf: "23 July 2025", Source: source}},
		Codes: []views.CodeRow{{System: "OPCS-4", Code: "W40.1", Term: "Primary total prosthetic replacement of knee joint using cement"}}, Official: []views.OfficialRow{{Treatment: "Total Knee Replacement", Scheme: "PM-JAY HBP 2022", Amount: "₹80,000", Source: source}},
		IndiaPrices: views.PriceList{Range: "£4,980 to £7,400", Rule: "From the median low to the median high."}, UKPrices: views.PriceList{Range: "£13,500 to £17,200"},
	}
	for i := range 11 {
		t.IndiaPrices.Rows = append(t.IndiaPrices.Rows, views.PriceRow{Amount: "£5,100", Original: "US$6,800", Scope: "Source " + strconv.Itoa(i+1), Kind: "Facilitator", AsOf: "2025", Source: source, Counted: i != 3})
	}
	t.UKPrices.Rows = []views.PriceRow{{Amount: "from £13,500", Original: "from £13,500", Scope: "A UK hospital group", Kind: "Hospital", Source: source, Counted: true}}
	return t
}

func bareTreatment() views.Treatment {
	pct := 57.9
	t := sampleTreatment()
	t.Costs = chart.Costs{ID: "costs", Rows: []chart.CostRow{{Route: chart.NHS, Label: "NHS in England", Words: "you wait longer"}, {Route: chart.UKSelfPay, Label: "UK, paying yourself", Note: "No source held"},
		{Route: chart.IndiaPackage, Label: "India, treatment", Singles: []int64{2100, 3400}, Note: "2 sources"}, {Route: chart.IndiaTrip, Label: "India, whole trip for 2", Unknown: "Not known: fewer than 3 sources for the price"}}}
	t.Waits = chart.Waits{ID: "waits", NHS: chart.NHSWait{Service: "Urology", Month: "January 2026", PctWithin18: &pct}, India: chart.Journey{IndiaDays: &chart.Span{Min: 10, Max: 14}}}
	t.IndiaPrices, t.UKPrices, t.Stays, t.Codes, t.Official = views.PriceList{Rows: t.IndiaPrices.Rows[:2]}, views.PriceList{}, nil, nil, nil
	t.Hospitals = views.TreatmentHospitals{Title: "No listed hospital lists this", Note: "No listed hospital has published a price for this."}
	return t
}

func excludedTreatment() views.Treatment {
	return views.Treatment{Name: "Kidney transplant", Lead: "Part of kidney surgery.", Excluded: &views.Exclusion{Reason: "We do not list hospitals for organ transplants abroad.", Law: "Paying for an organ is a crime in the UK and in India.",
		Signposts: []views.Anchor{{Text: "NHS Blood and Transplant", URL: "https://www.nhsbt.nhs.uk/"}}}}
}

func sampleSummary() views.TreatmentSummary {
	t := sampleTreatment()
	return views.TreatmentSummary{Name: t.Name, Specialty: "Orthopaedics", Back: views.Anchor{Text: "Back to total knee replacement", URL: "/treatments/x"}, Printed: "figures as of 22 November 2026 in India", Address: "carecorridor.example/treatments/x",
		Figures: []views.SummaryFigure{{Route: "NHS in England", Cost: "£0", Wait: "Half within 15 weeks, 92 in 100 within 42 weeks", Note: "Trauma and orthopaedics, January 2026"}, {Route: "UK, paying yourself", Cost: "£13,500 to £17,200", Note: "7 sources"},
			{Route: "India, treatment", Cost: "£4,980 to £7,400", Note: "9 sources"}, {Route: "India, whole trip for 2", Cost: "£6,100 to £9,400", Wait: "15 to 21 days in India", Note: "Visas and insurance left out"}},
		Stays: t.Stays, Codes: t.Codes, NotRight: t.NotRight, Sources: []string{"NHS England, January 2026", "9 price pages, 2018 to 2025"},
		Patient: []string{"Who will operate, and how many of these do they do each year?", "What does the written price leave out, and when can it change?", "Who treats a complication in India, and who pays?", "Which records will I bring home?"},
		GP:      []string{"Is this treatment right for me now, and what else could help?", "Am I fit to fly, and when after the operation?", "Which of my medicines and conditions must the hospital know?", "Who can look after stitches, blood tests and physiotherapy when I am back?"}}
}

func manyTreatments() views.Treatments {
	v := views.Treatments{Total: 354, Action: link.Treatments}
	for g := range 12 {
		group := views.TreatmentGroup{ID: "specialty-" + strconv.Itoa(g), Name: "Specialty " + strconv.Itoa(g+1), Plain: "Plain words", Search: views.Anchor{Text: "Hospitals that list it", URL: "/hospitals?specialty=x"}}
		for i := range 9 {
			group.Items = append(group.Items, views.TreatmentItem{Name: "Treatment " + strconv.Itoa(g*9+i), URL: "/treatments/x", Plain: "what people say", Excluded: i == 4, Price: []string{"", "£4,980 to £7,400 in India"}[i%2]})
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}

func foundTreatments() views.Treatments {
	v := manyTreatments()
	v.Query, v.Found, v.Groups = "knee", 1, v.Groups[:1]
	v.Groups[0].Items = v.Groups[0].Items[:1]
	v.Groups[0].Items[0].Plain = overlong
	return v
}
