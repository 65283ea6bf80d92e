package stories

import (
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	list := keptList()
	own := around("Your shortlist", link.Shortlist)
	added, failed := own, own
	added.Notice = &ui.Banner{Title: "Done", Success: true, Text: []string{"The hospital is on your shortlist."}, Links: []ui.Link{{Text: "Back to where you were", Href: link.HospitalsPath}}}
	failed.Failed, failed.Errors = true, &ui.ErrorSummary{Problems: []ui.Problem{{Text: "A note can have 300 letters. Shorten yours by 12.", FieldID: "note-a"}}}
	wrong, shared, empty := list, list, list
	wrong.Cards = append([]views.ListCard(nil), list.Cards...)
	wrong.Cards[0].Problem = "A note can have 300 letters. Shorten yours by 12."
	shared.Shared = &views.SharedCode{Code: "CC-7K3M-9Q", Address: "https://carecorridor.example" + link.SharedShortlist("CC-7K3M-9Q"), Path: link.SharedShortlist("CC-7K3M-9Q"), Until: "20 December 2026"}
	empty.Cards, empty.Gone = nil, 0
	open := around("Open a shared shortlist", link.ShortlistOpen)
	refused := open
	refused.Failed, refused.Errors = true, &ui.ErrorSummary{Problems: []ui.Problem{{Text: "Enter the code as it was given to you", FieldID: "code"}}}
	add(
		Story{Name: "shortlist/added", Page: views.ShortlistPage(added, list)},
		Story{Name: "shortlist/shared", Page: views.ShortlistPage(own, shared)},
		Story{Name: "shortlist/note-too-long", Page: views.ShortlistPage(failed, wrong)},
		Story{Name: "shortlist/empty", Page: views.ShortlistPage(own, empty)},
		Story{Name: "shortlist/clear", Page: views.ShortlistClearPage(own, views.ShortlistClear{Count: "2 hospitals", Action: link.ShortlistClear, Back: link.Shortlist, Shared: true})},
		Story{Name: "shortlist/open", Page: views.SharedFormPage(open, views.SharedForm{Action: link.ShortlistOpen})},
		Story{Name: "shortlist/open-refused", Page: views.SharedFormPage(refused, views.SharedForm{Action: link.ShortlistOpen, Code: mixed, Problem: "Enter the code as it was given to you"})},
		Story{Name: "shortlist/gone", Page: views.SharedGonePage(open, link.ShortlistOpen)},
		Story{Name: "shortlist/copy", Page: views.SharedListPage(open, views.SharedList{Code: "CC-7K3M-9Q", Until: "20 December 2026", Cards: list.Cards, Gone: 2, Compare: views.Anchor{Text: "Compare the first 3 hospitals", URL: link.Compare("a", "b")}})},
	)
}

func keptList() views.Shortlist {
	return views.Shortlist{
		Compare: link.Compare(), Drop: link.ShortlistDrop, Note: link.ShortlistNote, Clear: link.ShortlistClear, Share: link.ShortlistShare, Find: link.HospitalsPath, Open: link.ShortlistOpen, Ask: link.Enquiry(),
		Days: 90, ShareDays: 28, Most: 20, Longest: 300, Gone: 1,
		Cards: []views.ListCard{
			{Slug: "a", Name: "Sample Coromandel Joint Centre", URL: link.Hospital("a"), Place: "Chennai, Tamil Nadu", Sample: true, Marks: []views.Mark{{Text: "JCI until March 2028", Look: views.LookOK}},
				Price: "Packages from £5,450 (Knee replacement)", Note: "Asked my sister.\nमैंने पूछा"},
			{Slug: "b", Name: mixed, URL: link.Hospital("b"), Place: rightward, Price: "No price published", Caution: "We cannot confirm that it is accredited today."},
			{Slug: "c", Name: endless, URL: link.Hospital("c"), Place: "Delhi", Price: "No price published", Note: mixed},
		},
	}
}
