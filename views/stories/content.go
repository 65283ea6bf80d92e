package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// prose is a body as the content package makes it: every block there is, once.
const prose = `<h2 id="p-start">Start with your reason</h2>
<p>Decide on the quality of the care, not on the place <sup class="cc-ref"><a href="#source-s1"><span class="cc-vh">Source </span>1</a></sup>. See <a href="https://example.org/list">the list (example.org)</a>.</p>
<div class="cc-todo cc-todo--do"><h3>Do</h3>
<ul>
<li>talk to your GP</li>
<li>ask who looks after you at home</li>
</ul>
</div>
<div class="cc-todo cc-todo--dont"><h3>Do not</h3>
<ul>
<li>decide because an offer ends soon</li>
</ul>
</div>
<h2 id="p-risk">What we know about the risk</h2>
<p>Of 655 patients, 385 had weight-loss surgery <sup class="cc-ref"><a href="#source-s2"><span class="cc-vh">Source </span>2</a></sup>.</p>
<div class="cc-unknown"><h3>What nobody knows</h3>
<p>Nobody counts how many patients travel.</p>
</div>
<div class="cc-care cc-care--999"><h3>Call 999 now for</h3>
<ul>
<li>chest pain</li>
</ul>
</div>
<div class="cc-care cc-care--111"><h3>Call 111 the same day for</h3>
<ul>
<li>a wound that is red or hot</li>
</ul>
</div>`

var citedSources = []views.Cited{
	{ID: "s1", Source: views.Anchor{Text: "Treatment abroad checklist", URL: "https://example.org/checklist"}, Publisher: "A health service", Read: "22 November 2026", Note: "Read in a stored copy."},
	{ID: "s2", Source: views.Anchor{Text: mixed, URL: "https://example.org/" + strings.Repeat("long", 60)}, Publisher: "A journal", Date: "2026", Read: "22 November 2026"},
}

var reviewedOnce = views.Reviewed{Author: "Health writer, Care Corridor", On: "22 November 2026", Next: "22 May 2027", History: []views.Event{{On: "22 November 2026", ISO: "2026-11-22", What: "First version."}}}

func init() {
	guide := ui.Link{Text: "Travel and safety guide", Href: link.Guide}
	entries := []views.GuideEntry{
		{Number: 1, Title: "Is it right for me?", Summary: "What to think about before you look at prices.", URL: link.GuideChapter("is-it-right-for-me"), Current: true},
		{Number: 2, Title: "Choosing a hospital and a surgeon", Summary: "How to check a hospital.", URL: link.GuideChapter("choosing")},
		{Number: 3, Title: mixed, Summary: wordy, URL: link.GuideChapter("money")},
	}
	checklist := views.Anchor{Text: "Checklist to print", URL: link.GuideChecklist}
	chapter := views.GuideChapter{Number: 1, Of: 8, Title: "Is it right for me?", Lead: "What to think about before you look at prices.", Body: prose, Chapters: entries, Checklist: checklist,
		Contents: []views.Anchor{{Text: "Start with your reason", URL: "#p-start"}, {Text: "What we know about the risk", URL: "#p-risk"}},
		Next:     views.Anchor{Text: "Choosing a hospital and a surgeon", URL: link.GuideChapter("choosing")}, Sources: citedSources, Reviewed: reviewedOnce}
	middle := chapter
	middle.Number, middle.Prev = 2, views.Anchor{Text: "Is it right for me?", URL: link.GuideChapter("is-it-right-for-me")}
	middle.Reviewed.Clinical = "General practitioner"
	bare := views.GuideChapter{Number: 1, Of: 1, Title: endless, Lead: rightward, Body: "<p>One paragraph.</p>", Reviewed: reviewedOnce}
	add(
		Story{Name: "guide/hub", Page: views.GuideHubPage(around("Travel and safety guide", link.Guide), views.GuideHub{Chapters: entries, Checklist: checklist, Reviewed: "22 November 2026"})},
		Story{Name: "guide/hub-empty", Page: views.GuideHubPage(around("Travel and safety guide", link.Guide), views.GuideHub{})},
		Story{Name: "guide/chapter", Page: views.GuideChapterPage(around("Is it right for me?", link.GuideChapter("is-it-right-for-me"), guide), chapter)},
		Story{Name: "guide/chapter-reviewed", Page: views.GuideChapterPage(around("Is it right for me?", link.GuideChapter("is-it-right-for-me"), guide), middle)},
		Story{Name: "guide/chapter-strange", Page: views.GuideChapterPage(around("Strange", link.GuideChapter("strange"), guide), bare)},
		Story{Name: "guide/checklist", Page: views.GuideChecklistPage(around("Checklist to print", link.GuideChecklist, guide), views.GuideChecklist{Title: "Checklist to print", Lead: "One page to take with you.",
			Body: `<h2 id="p-before">Before you decide</h2><ul><li>I spoke to my GP.</li><li>I know the risks.</li></ul>`, Blanks: []string{"Hospital and city", "Arrived", "Left"}, Back: views.Anchor{Text: "Back to the guide", URL: link.Guide}, Reviewed: reviewedOnce, Address: "carecorridor.example/guide/checklist"})},
	)
	addModels()
}

func addModels() {
	all := ui.Link{Text: "Models of care", Href: link.Models}
	choices := func(name, label string, options ...string) views.ModelFilter {
		f := views.ModelFilter{Name: name, Label: label, Options: []ui.Option{{Text: "Any"}}}
		for i, o := range options {
			f.Options = append(f.Options, ui.Option{Value: o, Text: o + " (3)", Selected: i == 1})
		}
		return f
	}
	index := views.ModelsIndex{Action: link.Models, Filters: []views.ModelFilter{choices("topic", "Topic", "Devices"), choices("specialty", "Specialty", "Ophthalmology", "Orthopaedics"), choices("country", "Country", "India"), choices("evidence", "Evidence", "Observed, no comparison")},
		Feed: views.Anchor{Text: "New and changed models as a feed (Atom)", URL: link.ModelsFeed}, Levels: []views.OrderPoint{{Name: "Observed, no comparison", Means: "Results were counted and published."}},
		Cards: []views.ModelCard{
			{Title: "Surgical hubs in England", URL: link.Model("surgical-hubs"), Where: "NHS trusts in England", Summary: "Planned operations that emergencies cannot interrupt.", Topic: "High-volume surgery", Country: "UK", Evidence: "Compared with a control group", Reviewed: "22 November 2026"},
			{Title: mixed, URL: link.Model("mixed"), Where: rightward, Summary: stacked, Topic: "Devices", Country: "India", Evidence: "Reported by the organisation or the press", Reviewed: "22 November 2026"},
		}}
	one, none := index, index
	one.Cards, one.Applied, one.Clear = index.Cards[:1], true, link.Models
	none.Cards, none.Applied, none.Clear = nil, true, link.Models
	article := views.ModelArticle{Title: "Surgical hubs in England", Lead: "Planned operations in units that emergencies cannot interrupt.", Where: "NHS trusts in England", Topic: "High-volume surgery", Specialty: "Surgery", Country: "UK",
		Evidence: "Compared with a control group", EvidenceMeans: "A study set the results beside those of similar hospitals.", ProblemHTML: "Emergencies push operations off the list.", WhatHTML: "Ring-fenced theatres.", StaffHTML: "One team.",
		ResultsHTML:  []string{`21.9% more operations at 31 trusts <sup class="cc-ref"><a href="#source-s1"><span class="cc-vh">Source </span>1</a></sup>.`, "Stays were shorter."},
		TransferHTML: []string{"Beds that stay ring-fenced."}, Body: `<h2 id="p-how">How it works</h2><p>There are 3 kinds.</p>`, Contents: []views.Anchor{{Text: "How it works", URL: "#p-how"}},
		Cite: []views.Anchor{{Text: "Reference file (RIS)", URL: link.ModelCitation("surgical-hubs", "ris")}, {Text: "BibTeX", URL: link.ModelCitation("surgical-hubs", "bib")}}, All: views.Anchor{Text: "All models of care", URL: link.Models}, Sources: citedSources, Reviewed: reviewedOnce}
	gaps := views.ModelArticle{Title: wordy, Lead: mixed, Where: endless, Topic: "Devices", Country: "India", Evidence: "Reported", Reviewed: reviewedOnce}
	add(
		Story{Name: "models/index", Page: views.ModelsPage(around("Models of care", link.Models), index)},
		Story{Name: "models/index-filtered", Page: views.ModelsPage(around("Models of care", link.Models), one)},
		Story{Name: "models/index-none", Page: views.ModelsPage(around("Models of care", link.Models), none)},
		Story{Name: "models/article", Page: views.ModelPage(around("Surgical hubs in England", link.Model("surgical-hubs"), all), article)},
		Story{Name: "models/article-gaps", Page: views.ModelPage(around("Gaps", link.Model("gaps"), all), gaps)},
	)
}
