package views

import "carecorridor/views/chart"

// Treatment is the page of one treatment (ux.md §6.4).
type Treatment struct {
	Name      string
	Lead      string // plain description, or what the treatment belongs to when none is held
	Specialty Anchor
	AlsoKnown []string
	// Excluded is set when the treatment is not offered for travel: the page explains and stops.
	Excluded *Exclusion

	Costs      chart.Costs
	CostsNote  string // one line under the headline: what, unit, date
	CostSource Anchor
	CostCSV    Anchor
	Waits      chart.Waits
	WaitsNote  string
	WaitSource Anchor // e.g. "NHS England referral-to-treatment figures, January 2026"
	WaitCheck  Anchor // "Check the wait at your own hospital", or no URL
	WaitCSV    Anchor
	TripParts  []QuoteRow // what the whole trip adds up to
	TripNote   string     // parts that are not known, in words

	Hospitals TreatmentHospitals
	NHS       []string // what the NHS offers
	NHSLink   Anchor
	// NHSSources is where NHS was read; NHSNot is what the NHS will not pay for, with its sources.
	NHSSources    []Anchor
	NHSNot        []string
	NHSNotSources []Anchor
	Summary       Anchor   // one-page summary for the GP
	NotRight      []string // "Travelling may not be right for you if"
	Questions     []string // "Questions to ask"
	Guides        []Anchor

	IndiaPrices PriceList
	UKPrices    PriceList
	Official    []OfficialRow
	Stays       []StayRow
	Codes       []CodeRow
	Reviewed    string // review line of medical content, "" when not reviewed
}

// Exclusion says why a treatment is not offered and where to go instead.
type Exclusion struct {
	Reason    string
	Law       string // the rule behind it, "" for none
	Signposts []Anchor
}

// TreatmentHospitals is the card of hospitals that list it.
type TreatmentHospitals struct {
	Title string // "24 hospitals list this"
	Rows  []QuoteRow
	See   Anchor
	Trip  Anchor
	Note  string // e.g. "No listed hospital has published a price for this."
}

// PriceList is the evidence behind a range.
type PriceList struct {
	Range string // "" when fewer than 3 sources
	Rule  string // how the range was made, one sentence
	Rows  []PriceRow
}

// PriceRow is one published price.
type PriceRow struct {
	Amount   string // in pounds
	Original string // as published, in its own currency
	Scope    string // whose price
	Includes string
	Kind     string // "Hospital", "Facilitator", "Press"
	AsOf     string // "" is shown as "No date given"
	Source   Anchor
	Counted  bool // used for the range
}

// StayRow is one sourced span of time.
type StayRow struct {
	Measure string // "Days in hospital"
	Span    string // "5 to 7"
	AsOf    string
	Source  Anchor
}

// CodeRow is one code of a terminology.
type CodeRow struct{ System, Code, Term string }

// TreatmentSummary is the one-page sheet to take to a GP.
type TreatmentSummary struct {
	Name      string
	Specialty string
	Back      Anchor
	Printed   string // "figures as of 22 November 2026 in India"
	Address   string // address of the treatment page, in words
	Figures   []SummaryFigure
	Stays     []StayRow
	Patient   []string // questions for the patient to ask
	GP        []string // points to talk about with the GP
	NotRight  []string
	Codes     []CodeRow
	Sources   []string
	Rates     string // exchange rates behind the amounts
}

// SummaryFigure is one row of the sheet's table.
type SummaryFigure struct{ Route, Cost, Wait, Note string }
