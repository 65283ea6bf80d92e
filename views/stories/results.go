package stories

import (
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	many := results()
	add(Story{Name: "results/many", Page: views.HospitalsPage(many)},
		Story{Name: "results/one", Page: views.HospitalsPage(one())},
		Story{Name: "results/samples", Page: views.HospitalsPage(samples())},
		Story{Name: "results/none", Page: views.HospitalsPage(none())},
		Story{Name: "results/nothing-asked", Page: views.HospitalsPage(views.Hospitals{Frame: site("Hospitals in India"), Heading: "Hospitals in India", Results: views.Results{Empty: &views.NoResults{Title: "No hospitals yet"}}})},
		Story{Name: "results/price-errors", Page: views.HospitalsPage(wrongPrice())},
		Story{Name: "results/engine-down", Page: views.HospitalsPage(engineDown())},
		Story{Name: "results/unknown-words", Page: views.HospitalsPage(unknownWords())},
		Story{Name: "results/strange-names", Page: views.HospitalsPage(strange())},
		Story{Name: "results/fragment", Page: views.HospitalsFragment(many), Fragment: true},
		Story{Name: "suggest/many", Page: views.SuggestFragment(suggestions()), Fragment: true},
		Story{Name: "suggest/none", Page: views.SuggestFragment(ui.Suggestions{Query: "xyz", Status: "No suggestions"}), Fragment: true})
}

func results() views.Hospitals {
	f := site("Knee replacement: 24 hospitals (page 1 of 3)")
	f.Breadcrumb = home()
	return views.Hospitals{
		Frame: f, Heading: "Knee replacement in India", Lead: "24 hospitals match.",
		Links:   []ui.Link{{Text: "Compare with UK prices and NHS waits", Href: link.Treatment("knee-replacement")}},
		Filters: filters(),
		Results: views.Results{
			Chips: ui.Chips{ClearHref: link.HospitalsPath, Items: []ui.Chip{{Text: "Knee replacement", RemoveHref: "/hospitals?q=near+chennai"}, {Text: "£4,500 to £7,000", RemoveHref: "/hospitals"}, {Text: "Near Chennai"}}},
			Notes: []views.Note{{Text: "12 more hospitals list orthopaedics but publish no price.", Link: ui.Link{Text: "Show them", Href: "/hospitals?specialty=orthopaedics"}}},
			First: 1, Showing: "Showing 1 to 3 of 24", Order: order(), Cards: cards(),
			Compare: &views.CompareBar{Text: "2 hospitals chosen to compare", Link: ui.Link{Text: "Compare them side by side", Href: link.Compare("a", "b")}, Hint: "You can choose up to 4"},
			Pages: ui.Pagination{Items: []ui.PageItem{{Number: 1, Href: "/hospitals", Current: true}, {Number: 2, Href: "/hospitals?page=2"}, {}, {Number: 9, Href: "/hospitals?page=9"}},
				Next: "/hospitals?page=2"},
			Source:    ui.SourceNote{Text: "Certificates checked on 22 November 2026."},
			FiltersIn: "Filters: knee replacement, £4,500 to £7,000, near Chennai",
		},
	}
}

func order() views.Order {
	return views.Order{Action: link.HospitalsPath, Keep: []ui.Hidden{{Name: "q", Value: "knee"}},
		Options: []ui.Option{{Value: "best", Text: "Best match and most complete evidence", Selected: true}, {Value: "price", Text: "Lowest full price"}, {Value: "name", Text: "A to Z"}},
		Why:     "No hospital can pay for its place.", Link: ui.Link{Text: "How we order results", Href: link.Ordering},
		WhyLong: []string{"Names that match your words come first, then hospitals with the most complete evidence.", "Equal hospitals change places every day."}}
}

func filters() ui.FilterPanel {
	var bins []chart.Bin
	for i, n := range []int{1, 2, 4, 6, 5, 3, 2, 0, 1} {
		low := int64(4000 + 500*i)
		bins = append(bins, chart.Bin{Low: low, High: low + 500, N: n, Selected: low >= 4500 && low < 7000})
	}
	return ui.FilterPanel{
		Action: link.HospitalsPath, Text: "knee replacement", Suggest: link.Suggest, Applied: 3, Keep: []ui.Hidden{{Name: "sort", Value: "best"}},
		Price: &ui.PriceFilter{Legend: "Package price in pounds", Sign: "£", Min: "4,500", Max: "7,000", Note: "24 hospitals publish a price.",
			Histogram: chart.DrawHistogram(chart.Histogram{ID: "prices", Currency: "£", Of: "hospitals", Bins: bins}, 248)},
		Facets: []ui.Facet{
			{Legend: "Accreditation", Name: "accreditation", Options: []ui.FacetOption{{Value: "JCI", Text: "JCI", Count: "15", Checked: true}, {Value: "NABH", Text: "NABH", Count: "1"}}},
			{Legend: "Hub city", Name: "hub", Options: []ui.FacetOption{{Value: "chennai", Text: "Chennai", Count: "6"}, {Value: "delhi-ncr", Text: "Delhi NCR", Count: "6"}},
				More: []ui.FacetOption{{Value: "kochi", Text: "Kochi", Count: "1"}}, MoreText: "Show all 3 hub cities"},
			{Legend: "Certificates", Name: "include_unconfirmed", Radio: true, Hint: "Renewal not confirmed is not the same as lost.",
				Options: []ui.FacetOption{{Value: "0", Text: "Running today", Checked: true}, {Value: "1", Text: "Also not confirmed", Count: "7"}}},
			{Legend: "Empty group", Name: "none"},
		},
	}
}

func cards() []ui.ResultCard {
	return []ui.ResultCard{
		{ID: "a", Name: "Sample Coromandel Joint Centre", Href: link.Hospital("a"), Place: "Chennai, 9 km from the airport", Sample: true,
			Badges: ui.Badges{{Tone: ui.Checked, Text: "JCI until March 2028"}, {Tone: ui.Checked, Text: "NABH until August 2027"}, {Tone: ui.Info, Text: "UK follow-up included"}},
			Facts:  ui.FactList{{Label: "Hospital stay", Value: "4 nights"}, {Label: "Time in India", Value: "16 days"}, {Label: "Operations a year", Value: "1,240", Number: true, Note: "Hospital says"}},
			Price: ui.PriceBlock{Label: "Full hospital package", Price: "£5,450 to £6,900", Note: "Taxes and implant included",
				Context: []ui.Fact{{Label: "Whole trip for 2, about", Value: "£8,020"}}},
			Compare: &ui.Toggle{Href: "/hospitals?compare=a#r-a", Text: "Remove from comparison", On: true}, Shortlist: &ui.Toggle{Action: link.ShortlistAdd, Name: "h", Value: "a", Text: "On your shortlist", On: true},
			Checked: "Listing checked 3 November 2026"},
		noPrice("b", "Deccan Joint Institute"),
		{ID: "c", Name: "Yamuna Multispeciality Hospital", Href: link.Hospital("c"), Place: "Delhi NCR",
			Badges: ui.Badges{{Tone: ui.Warn, Text: "NABH: renewal not confirmed"}, {Tone: ui.Seen, Text: "Certificate seen"}, {Tone: ui.Neutral, Text: "JCI applied for"}, {Tone: ui.Bad, Text: "Suspended"}},
			Facts:  ui.FactList{{Label: "Beds", Value: "Not published", Missing: true}}, Price: noPrice("", "").Price},
	}
}

func noPrice(id, name string) ui.ResultCard {
	return ui.ResultCard{ID: id, Name: name, Href: link.Hospital(id), Place: "Hyderabad, distance to the airport not known",
		Badges: ui.Badges{{Tone: ui.Checked, Text: "NABH until January 2029"}},
		Why:    "Lists orthopaedics. Whether it offers knee replacement is not published.",
		Price: ui.PriceBlock{NoPrice: true, Label: "No price published", Note: "This hospital has not given us a price.",
			Context: []ui.Fact{{Label: "Indicative range in India", Value: "£4,100 to £6,000", Note: "From 6 sources, not this hospital"}},
			Link:    ui.Link{Text: "How to ask for a quote", Href: link.Guide, Hidden: "from " + name}},
		Checked: "Certificate checked 22 November 2026"}
}
