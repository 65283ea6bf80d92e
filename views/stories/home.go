package stories

import (
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	full := homePage()
	full.Frame = demo(full.Frame)
	full.JSONLD = []string{`{"@context":"https://schema.org","@type":"WebSite","name":"Care Corridor</script><script>alert(1)</script>"}`}
	bare := homePage()
	bare.Ladder = views.PriceLadder{Title: "What treatments cost, with travel included", Empty: "Prices appear here when 3 or more sources give a current price."}
	bare.Hubs, bare.Professionals, bare.Nav, bare.Account, bare.Footer = views.HubTable{}, nil, nil, nil, nil
	odd := homePage()
	odd.Heading, odd.Search.Text = wordy, markup
	odd.Ladder.Rows[0].Name, odd.Ladder.Rows[1].Name = endless, rightward
	odd.Hubs.Table.Rows[0].Cells[0].Link.Text = stacked
	add(Story{Name: "home/full", Page: views.HomePage(full)}, Story{Name: "home/no-data", Page: views.HomePage(bare)},
		Story{Name: "home/strange-names", Page: views.HomePage(odd)})
}

func homePage() views.Home {
	return views.Home{
		Frame:   site("Compare hospital treatment in India"),
		Heading: "Compare hospital treatment in India with your options in the UK",
		Lead:    "See full prices, checked accreditation and what happens if something goes wrong. It is free to use, and hospitals cannot pay to appear higher.",
		Search: ui.SearchBox{ID: "q", Action: link.HospitalsPath, Hint: "For example, knee replacement or cataract", Suggest: link.Suggest,
			Places: []ui.Option{{Text: "Anywhere in India", Selected: true}, {Value: "delhi-ncr", Text: "Delhi NCR"}, {Value: "chennai", Text: "Chennai"}},
			Lead:   "Common searches:", Quick: []ui.Link{{Text: "Knee replacement", Href: link.Treatment("knee-replacement")}, {Text: "Cataract", Href: link.Treatment("cataract")}, {Text: "All treatments", Href: link.Treatments}}},
		Decide: []views.Advice{
			{Title: "Talk to your GP or specialist", Text: "Ask if the treatment is right for you, if you can fly, and who will look after you when you are home.", Link: ui.Link{Text: "Questions to ask your doctor", Href: link.Guide}},
			{Title: "Know what the NHS will not pay for", Text: "Planned treatment in India is not funded by the NHS. The UK GHIC card does not cover it.", Link: ui.Link{Text: "What you pay for yourself", Href: link.Guide}},
			{Title: "Plan for problems, not just surgery", Text: "Check who pays for a second operation, how complaints work, and what your travel insurance excludes."},
		},
		Ladder: ladder(),
		Checks: []views.Advice{
			{Title: "1. Certificate looked up", Text: "We look up each accreditation on the accrediting body’s own register and record its number and end date."},
			{Title: "2. Price made comparable", Text: "A hospital’s own price counts only with what it includes. Anything left out is listed next to it."},
			{Title: "3. Gaps shown", Text: "What a hospital has not told us is a row that says so. It is never left out."},
			{Title: "4. Checked again", Text: "A certificate past its end date is shown as “renewal not confirmed”, never as accredited."},
		},
		ChecksLink: ui.Link{Text: "How we check hospitals", Href: link.HowWeCheck},
		Hubs:       hubTable(),
		Professionals: []views.HomeCard{
			{Title: "NHS and UK clinicians", Text: "Send a structured referral with consent and clinical records.", Dark: true, Button: ui.Button{Text: "Start a referral", Href: link.Refer, Look: ui.Referrer}},
			{Title: "Models of care library", Text: "Low-cost, high-volume ways of working from both countries.", Button: ui.Button{Text: "Browse models of care", Href: link.Models, Look: ui.Secondary}},
			{Title: "Open data", Text: "Every public figure on this site can be downloaded."},
		},
	}
}

func ladder() views.PriceLadder {
	rows := []chart.LadderRow{
		{ID: "knee", Name: "Knee replacement", India: &chart.Range{Low: 6100, High: 9400}, UK: &chart.Range{Low: 13500, High: 17200}},
		{ID: "bypass", Name: "Heart bypass", India: &chart.Range{Low: 5800, High: 9900}, UK: &chart.Range{Low: 19000, High: 28000}},
		{ID: "cataract", Name: "Cataract, one eye", India: &chart.Range{Low: 1700, High: 2600}, UK: &chart.Range{Low: 2400, High: 3600}},
	}
	p := views.PriceLadder{Title: "What treatments cost, with travel included", Lead: "Sample figures. The India figure is the whole trip for 2 people.",
		Key:    []ui.KeyItem{{Class: "in", Text: "India, whole trip"}, {Class: "uk", Text: "UK, paying for yourself"}},
		Source: ui.SourceNote{Text: "Sample figures for layout.", Links: []ui.Link{{Text: "How we work out these figures", Href: link.Data}}}}
	for i, figure := range chart.Ladder(rows) {
		p.Rows = append(p.Rows, views.LadderRow{Name: rows[i].Name, Href: link.Treatment(rows[i].ID), Figure: figure,
			WaitLabel: "Half of people in England wait", Wait: "27 weeks or less", WaitNote: "Sample"})
	}
	return p
}

func hubTable() views.HubTable {
	dots := []chart.Dot{{Name: "Delhi NCR", Text: "9", Lat: 28.56, Lng: 77.1}, {Name: "Chennai", Text: "7", Lat: 12.99, Lng: 80.17}}
	t := ui.StackTable{Caption: "Hospitals by hub city", Plain: true, Head: []ui.Column{{Text: "Hub"}, {Text: "Hospitals", Number: true}, {Text: "Flight from London"}}}
	for _, d := range dots {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: d.Name, Href: link.Hub("delhi-ncr")}}, {Text: d.Text}, {Text: "Not known", Missing: true}}})
	}
	return views.HubTable{Title: "Hospitals in 2 hub cities", Lead: "Sample counts.", Table: t,
		Map: chart.MapFigure(chart.Map{ID: "hubs", Title: "Outline map of India with 2 hub cities. The table next to the map gives the same information.", Dots: dots})}
}
