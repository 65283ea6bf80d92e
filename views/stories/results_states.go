package stories

import (
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func one() views.Hospitals {
	h := results()
	h.Lead, h.Results.Showing, h.Results.Cards = "1 hospital matches.", "Showing 1 of 1", cards()[1:2]
	h.Results.Pages, h.Results.Compare, h.Results.Notes, h.Results.Chips = ui.Pagination{}, nil, nil, ui.Chips{}
	h.Filters.Price = &ui.PriceFilter{Legend: "Package price in pounds", Sign: "£", Note: "No hospital here has published a price yet."}
	h.Filters.Applied = 0
	return h
}

func samples() views.Hospitals {
	h := results()
	h.Frame = demo(h.Frame)
	return h
}

func none() views.Hospitals {
	h := results()
	h.Lead, h.Results.Cards, h.Results.Showing = "No hospitals match.", nil, "No hospitals match"
	h.Results.Empty = &views.NoResults{Title: "No hospitals match all your filters", Text: "Nothing here costs less than £500 and is near Chennai.",
		Remove:  []ui.Link{{Text: "Remove JCI: 6 hospitals", Href: "/hospitals?q=knee"}, {Text: "Remove the price: 24 hospitals", Href: "/hospitals?q=knee+jci"}},
		Nearest: []ui.Link{{Text: "Knee arthroscopy", Href: link.Treatment("knee-arthroscopy")}}, Help: ui.Link{Text: "Help with searching", Href: link.Help}}
	return h
}

func wrongPrice() views.Hospitals {
	h := results()
	h.Errors = &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter the lowest price as a number, like 4500", FieldID: "price_min"}, {Text: "Enter the highest price as a number, like 7000", FieldID: "price_max"}}}
	h.Filters.Price.Min, h.Filters.Price.MinError = "four"+markup, "Enter the lowest price as a number, like 4500"
	h.Filters.Price.Max, h.Filters.Price.MaxError = "-1", "Enter the highest price as a number, like 7000"
	h.Filters.Price.Hint = "We searched without the price."
	return h
}

func engineDown() views.Hospitals {
	h := results()
	h.Results.Engine = &ui.Banner{Text: []string{"Our main search is not available. Results may be less exact than usual."}}
	h.Results.Source = ui.SourceNote{Text: "Index of 14 November 2026.", Stale: true}
	return h
}

func unknownWords() views.Hospitals {
	h := results()
	h.Results.Unknown = []views.Unknown{
		{Word: "xyzzy"}, {Word: markup, Means: []ui.Link{{Text: "All treatments", Href: link.Treatments}}},
		{Word: "kne", Means: []ui.Link{{Text: "knee replacement", Href: "/hospitals?q=knee"}, {Text: "knee arthroscopy", Href: "/hospitals?q=arthroscopy"}, {Text: "Kochi", Href: "/hospitals?hub=kochi"}}},
	}
	return h
}

func strange() views.Hospitals {
	h := results()
	h.Title, h.Heading, h.Filters.Text = markup, wordy, endless
	h.Results.Chips.Items = append(h.Results.Chips.Items, ui.Chip{Text: endless, RemoveHref: "/hospitals"}, ui.Chip{Text: rightward, RemoveHref: "/hospitals"})
	names := []string{markup, rightward, stacked, endless, wordy, ""}
	h.Results.Cards = nil
	for i, name := range names {
		c := noPrice("odd"+string(rune('0'+i)), name)
		c.Badges, c.Place, c.Price.Price = ui.Badges{{Tone: ui.Checked, Text: name}}, name, name
		c.Facts = ui.FactList{{Label: name, Value: name}}
		if name == "" {
			c.Name = "Name not known"
		}
		h.Results.Cards = append(h.Results.Cards, c)
	}
	return h
}

func suggestions() ui.Suggestions {
	return ui.Suggestions{Query: "kn", Status: "3 suggestions", Groups: []ui.SuggestionGroup{
		{Title: "Treatments", Items: []ui.Suggestion{{Text: "Knee replacement", Sub: "Orthopaedics", Href: link.Treatment("knee-replacement")}, {Text: markup, Href: link.Treatment(markup)}}},
		{Title: "Hospitals", Items: []ui.Suggestion{{Text: rightward, Sub: "Kochi", Href: link.Hospital("x")}}},
	}}
}
