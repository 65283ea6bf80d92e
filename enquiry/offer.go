package enquiry

import (
	"slices"
	"strconv"

	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Limits of a quote.
const (
	MinValidDays = 30 // domain.md §3.6
	MaxValidDays = 366
	MaxLines     = 40
	MaxLabel     = 120
	MaxPolicy    = 1000
	// maxMinor of one line: ten billion whole units, far below where a sum could overflow.
	maxMinor = 1_000_000_000_000
)

// Offer is what a hospital quotes. A version is never changed: a newer one supersedes it.
type Offer struct {
	Currency      money.Currency `json:"currency"` // GBP, INR or USD
	Lines         []Line         `json:"lines"`
	TotalMinor    int64          `json:"total_minor"` // minor units; the sum of the mandatory lines
	ValidUntil    when.Date      `json:"valid_until"`
	Complications Complications  `json:"complications"`
	ComplyText    string         `json:"complications_text"` // in the hospital's words
	Refund        string         `json:"refund"`
	Excludes      string         `json:"excludes"`
	AssessedAt    string         `json:"assessed_at"` // place of the assessment, or "by video"
	AssessedWhen  string         `json:"assessed_when"`
	StayNights    *int           `json:"stay_nights"`   // in hospital
	DaysInIndia   *int           `json:"days_in_india"` // in all
	By            Signatory      `json:"by"`
	NoCommission  bool           `json:"no_commission"` // nobody is paid for sending the patient (domain.md §9.2 A1)
}

// Signatory is who answers for the hospital.
type Signatory struct {
	Name         string `json:"name"`
	Role         string `json:"role"`
	Registration string `json:"registration"` // medical council number, or ""
}

// Line of a quote. Minor is in minor units of the quote's currency; nil, for what may come on top alone, is "not known".
type Line struct {
	Kind  LineKind `json:"kind"`
	Label string   `json:"label"`
	Minor *int64   `json:"minor"`
}

// LineKind says whether a line is part of the total.
type LineKind string

// Kinds of line.
const (
	Mandatory LineKind = "mandatory"
	Optional  LineKind = "optional"
	OnTop     LineKind = "may_come_on_top"
)

// Complications says who pays when something goes wrong.
type Complications string

// Complication policies (domain.md §3.6).
const (
	Included30 Complications = "included_30d"
	Included90 Complications = "included_90d"
	NotCovered Complications = "excluded"
	Insured    Complications = "insured"
)

// Sum of the mandatory lines, minor units.
func (o Offer) Sum() (sum int64) {
	for _, l := range o.Lines {
		if l.Kind == Mandatory && l.Minor != nil {
			sum += *l.Minor
		}
	}
	return sum
}

// Total as an amount.
func (o Offer) Total() money.Amount { return money.Amount{Minor: o.TotalMinor, Currency: o.Currency} }

// Check a quote on the day it is given. Fields: currency, lines.N.label and lines.N.amount (N from 0), lines,
// total, valid_until, complications, complications_text, refund, excludes, assessed_at, assessed_when, stay_nights,
// days_in_india, by_name, by_role, by_registration, no_commission.
func (o Offer) Check(today when.Date) (l check.List) {
	l.Need(slices.Contains([]money.Currency{money.GBP, money.INR, money.USD}, o.Currency), "currency", "Select pounds, rupees or US dollars")
	o.checkLines(&l)
	o.checkTotal(&l)
	first, last := today.AddDays(MinValidDays), today.AddDays(MaxValidDays)
	l.Need(o.ValidUntil.Known() && !o.ValidUntil.Before(first), "valid_until", "Enter the date the quote is valid until. It must be %s or later: %d days from today", first.Long(), MinValidDays)
	l.Need(!last.Before(o.ValidUntil), "valid_until", "The quote must be valid until %s or an earlier date", last.Long())
	l.Need(slices.Contains([]Complications{Included30, Included90, NotCovered, Insured}, o.Complications), "complications", "Select who pays for complications")
	o.checkWords(&l)
	count(&l, "stay_nights", "Nights in hospital", o.StayNights)
	count(&l, "days_in_india", "Days in India", o.DaysInIndia)
	l.Need(o.NoCommission, "no_commission", "Confirm that nobody is paid for sending this patient to you")
	return l
}

func (o Offer) checkLines(l *check.List) {
	l.Need(len(o.Lines) <= MaxLines, "lines", "Use no more than %d charges", MaxLines)
	l.Need(slices.ContainsFunc(o.Lines, func(x Line) bool { return x.Kind == Mandatory }), "lines", "Add at least 1 charge that is part of the total")
	for i, x := range o.Lines {
		field := "lines." + strconv.Itoa(i)
		l.Need(!check.Blank(x.Label), field+".label", "Say what charge %d is for", i+1)
		l.Line(field+".label", "Charge "+strconv.Itoa(i+1), x.Label, MaxLabel)
		l.Need(slices.Contains([]LineKind{Mandatory, Optional, OnTop}, x.Kind), field+".kind", "Say whether charge %d is part of the total", i+1)
		l.Need(x.Minor != nil || x.Kind == OnTop, field+".amount", "Enter the amount of charge %d", i+1)
		l.Need(x.Minor == nil || *x.Minor >= 0 && *x.Minor <= maxMinor, field+".amount", "The amount of charge %d must be between 0 and %s", i+1,
			money.Amount{Minor: maxMinor, Currency: o.Currency})
	}
}

func (o Offer) checkTotal(l *check.List) {
	if l.On("lines") != "" || o.TotalMinor > 0 && o.TotalMinor == o.Sum() {
		return
	}
	sum := money.Amount{Minor: o.Sum(), Currency: o.Currency}
	if o.TotalMinor <= 0 {
		l.Add("total", "Enter the total. The lines that are part of it add up to %s", sum)
		return
	}
	l.Add("total", "The total is %s but the lines that are part of it add up to %s. Make them the same", o.Total(), sum)
}

func (o Offer) checkWords(l *check.List) {
	for _, x := range []struct{ field, what, text string }{
		{"complications_text", "The words about complications", o.ComplyText}, {"refund", "The refund terms", o.Refund},
		{"excludes", "What is not included", o.Excludes},
	} {
		l.Need(!check.Blank(x.text), x.field, "%s must be filled in. If there is nothing to say, say so", x.what)
		l.Text(x.field, x.what, x.text, MaxPolicy)
	}
	for _, x := range []struct{ field, what, text string }{
		{"assessed_at", "the place of the assessment, or video", o.AssessedAt}, {"assessed_when", "when the assessment can be", o.AssessedWhen},
		{"by_name", "the name of who answers", o.By.Name}, {"by_role", "the role of who answers", o.By.Role},
	} {
		l.Need(!check.Blank(x.text), x.field, "Enter %s", x.what)
		l.Line(x.field, "This", x.text, MaxLabel)
	}
	l.Line("by_registration", "The registration number", o.By.Registration, MaxLabel)
}

func count(l *check.List, field, what string, n *int) {
	l.Need(n == nil || *n >= 0 && *n <= 365, field, "%s must be a number from 0 to 365", what)
}

// DeclineReason is why a hospital says no (domain.md §2.4).
type DeclineReason string

// Reasons to decline.
const (
	InfoIncomplete   DeclineReason = "info_incomplete"
	TestsMissing     DeclineReason = "prereq_not_done"
	NotSuitable      DeclineReason = "not_clinically_suitable"
	NoCapacity       DeclineReason = "no_capacity"
	DatesNotSuitable DeclineReason = "dates_not_suitable"
	TravelRisk       DeclineReason = "distance_travel_risk"
	NotOffered       DeclineReason = "treatment_not_offered"
	BetterInUK       DeclineReason = "better_in_uk"
	ExcludedByPolicy DeclineReason = "excluded_by_policy"
	OtherReason      DeclineReason = "other" // with a comment
	CouldNotReach    DeclineReason = "could_not_contact"
)

// DeclineReasons are all of them, in the order they are offered.
var DeclineReasons = []DeclineReason{InfoIncomplete, TestsMissing, NotSuitable, NoCapacity, DatesNotSuitable, TravelRisk, NotOffered, BetterInUK,
	CouldNotReach, ExcludedByPolicy, OtherReason}

// Refusal is a hospital's no. Fields: reason, comment.
type Refusal struct {
	Reason  DeclineReason
	Comment string // for the patient; needed where the reason is other
}

// Check that it says why.
func (r Refusal) Check() (l check.List) {
	l.Need(slices.Contains(DeclineReasons, r.Reason), "reason", "Select why")
	l.Need(r.Reason != OtherReason || !check.Blank(r.Comment), "comment", "Say why in your own words")
	l.Text("comment", "The comment", check.Lines(r.Comment), MaxMessage)
	return l
}

// checkMessage is for a message in either direction. Field: message.
func checkMessage(text string) (l check.List) {
	l.Need(!check.Blank(text), "message", "Write your message")
	l.Text("message", "The message", check.Lines(text), MaxMessage)
	return l
}
