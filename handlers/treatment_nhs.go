package handlers

import (
	"carecorridor/views"
	"carecorridor/views/link"
)

// nhsContext adds where the rights of NHS patients were read, what the NHS will not pay for, and the chapters of
// the guide that say more.
func nhsContext(v *views.Treatment) {
	v.NHSSources = []views.Anchor{{Text: "your right to choose and to move after 18 weeks, NHS Hertfordshire and West Essex", URL: "https://hertsandwestessex.icb.nhs.uk/funding-care/patient-choice"}}
	v.NHSNot = []string{
		"Planned treatment in India. The NHS route for treatment abroad (S2) is for some European countries only, and a GHIC card does not cover planned treatment.",
		"In some areas, planned follow-up after private surgery. Ask your GP before you book.",
	}
	v.NHSNotSources = []views.Anchor{
		{Text: "Planned treatment outside the UK, NHS Business Services Authority", URL: "https://faq.nhsbsa.nhs.uk/knowledgebase/article/KA-01308/en-us"},
		{Text: "Follow-up after private surgery, NHS Humber and North Yorkshire", URL: "https://hnyppr.org.uk/web/north-yorkshire/w/planned-follow-up-care-after-private-surgery-in-the-uk-or-abroad-policy"},
	}
	v.Guides = []views.Anchor{
		{Text: "Guide: is it right for me?", URL: link.GuideChapter("is-it-right-for-me")},
		{Text: "Guide: money, and what the NHS will not pay", URL: link.GuideChapter("money")},
		{Text: "Guide: coming home and your GP", URL: link.GuideChapter("coming-home")},
	}
}
