package handlers

import (
	"carecorridor/catalogue"
	"carecorridor/views"
	"carecorridor/views/chart"
	"carecorridor/views/link"
)

// nhsWords is what a page says of the NHS route, by provision.
type nhsWords struct {
	note, words string   // beside the £0 of the figure; no row at all when note is empty
	cost        string   // one cell of the summary
	card        []string // "What the NHS offers"
}

var nhsSays = map[catalogue.Provision]nhsWords{
	catalogue.NHSUsual: {"Free at the point of use", "you wait longer", "Free at the point of use",
		[]string{"Free treatment and aftercare when a clinician finds that you need it", "A choice of hospital for a first appointment in England, including some private hospitals", "Emergency care when you return, whatever you decide"}},
	catalogue.NHSRestricted: {"Free only if you meet local rules", "many people do not", "Free only if you meet your area's rules",
		[]string{"Free treatment only for people who meet the rules of their area", "Your GP can tell you the rules where you live", "Emergency care when you return, whatever you decide"}},
	catalogue.NHSCharged: {"", "", "NHS charges apply",
		[]string{"Treatment with an NHS charge, which some people do not pay", "Your dentist can tell you what the NHS would give you and what it costs", "Emergency care when you return, whatever you decide"}},
	catalogue.NHSNotUsual: {"", "", "Not usually given by the NHS",
		[]string{"The NHS does not usually give this treatment", "Ask your GP if you think that you have a medical need", "Emergency care when you return, whatever you decide"}},
}

// nhsRows is the NHS row of the cost figure: £0 is drawn only where the NHS really gives the treatment free.
func nhsRows(t catalogue.Treatment) []chart.CostRow {
	says := nhsSays[t.NHS]
	if says.note == "" {
		return nil
	}
	return []chart.CostRow{{Route: chart.NHS, Label: "NHS in England", Note: says.note, Words: says.words}}
}

// nhsLink leads to what the NHS will and will not pay for.
var nhsLink = views.Anchor{Text: "What the NHS will not pay for", URL: link.GuideChapter("money")}
