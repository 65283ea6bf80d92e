package stories

import (
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	find := ui.Link{Text: "Find a hospital", Href: link.HospitalsPath}
	page := func(c views.Compare) Story {
		return Story{Page: views.ComparePage(around(c.Heading, link.Compare(), find), c)}
	}
	named := func(name string, s Story) Story { s.Name = name; return s }
	add(
		named("compare/two", page(comparison("Sample Coromandel Joint Centre", "Deccan Joint Institute"))),
		named("compare/four-strange", page(comparison(rightward, mixed, endless, wordy))),
		named("compare/one", page(views.Compare{Heading: "Compare hospitals", Lead: "Choose at least 2 hospitals.", Notes: []string{"We know no hospital called “nonsense”, so it is left out."},
			Columns: columnsOf("Deccan Joint Institute"), Add: views.Anchor{Text: "Choose hospitals to compare", URL: link.HospitalsPath}})),
		named("compare/none", page(views.Compare{Heading: "Compare hospitals", Lead: "Choose at least 2 hospitals.", Add: views.Anchor{Text: "Choose hospitals to compare", URL: link.HospitalsPath}})),
	)
}

func columnsOf(names ...string) []views.CompareColumn {
	var out []views.CompareColumn
	for i, n := range names {
		out = append(out, views.CompareColumn{Name: n, URL: link.Hospital("a"), Place: "Chennai, Tamil Nadu", Sample: i == 0, Remove: views.Anchor{Text: "Remove", URL: link.Compare("b")},
			Save: &ui.Toggle{Action: link.ShortlistAdd, Name: "h", Value: "a", Text: "Add to shortlist"}})
	}
	return out
}

// comparison has every kind of cell: a figure, the lowest one, words with notes, and gaps.
func comparison(names ...string) views.Compare {
	row := func(label string, differs bool, cells ...views.CompareCell) views.CompareRow {
		r := views.CompareRow{Label: label, Differs: differs}
		for i := range names {
			r.Cells = append(r.Cells, cells[min(i, len(cells)-1)])
		}
		return r
	}
	gap := views.CompareCell{Unknown: "Not published"}
	return views.Compare{
		Heading: "Compare hospitals for knee replacement", Lead: "Certificates are judged for 22 November 2026.", Notes: []string{"You can compare 4 hospitals at a time. Left out: " + mixed + "."},
		Columns: columnsOf(names...), Add: views.Anchor{Text: "Add another hospital", URL: link.HospitalsPath},
		Ask: views.Anchor{Text: "Ask these hospitals for a quote", URL: link.Enquiry("a", "b")}, AskNote: "You can ask up to 3 hospitals at once.",
		Choice: views.CompareChoice{Action: link.Compare(), Keep: []ui.Hidden{{Name: "h", Value: "a"}},
			Treatment: []ui.Option{{Text: "No treatment chosen"}, {Value: "knee", Text: "Knee replacement", Selected: true}}, By: []ui.Option{{Text: "Everything"}, {Value: "price", Text: "Price"}}},
		Groups: []views.CompareGroup{
			{ID: "price", Title: "Price", Note: "Indicative range in India: £4,100 to £6,000.", Link: views.Anchor{Text: "Where the range comes from", URL: link.Treatment("knee")}, Rows: []views.CompareRow{
				row("Full hospital package", true, views.CompareCell{Text: "£5,450", Lowest: true, Notes: []string{"set as ₹6,90,000", stacked}}, views.CompareCell{Text: "£5,900"}, gap),
				row("Included", true, views.CompareCell{Text: wordy[:300]}, gap)}},
			{ID: "accreditation", Title: "Accreditation", Rows: []views.CompareRow{
				row("NABH", true, views.CompareCell{Text: "Running, until 3 August 2027", Notes: []string{"programme: Hospital", "as the register showed it on 22 November 2026"}}, views.CompareCell{Unknown: "None that we know of"}),
				row("Kind", false, views.CompareCell{})}},
		},
	}
}
