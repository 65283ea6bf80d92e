package referral

import (
	"slices"
	"strings"

	"carecorridor/enquiry"
	"carecorridor/internal/check"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
)

// Quote is what a hospital offers for a price (domain.md §3.6): an enquiry's offer, whose total is the sum of all
// mandatory lines, and what a referral has to know beside it. A version is never changed: a newer one supersedes it.
type Quote struct {
	enquiry.Offer
	Family         discharge.Family `json:"family"` // of the procedure
	Keyhole        bool             `json:"keyhole"`
	EarliestFlight *int             `json:"earliest_flight_days"` // days from the operation to the first flight
	Includes       []string         `json:"includes"`             // from Inclusions
	Anaesthesia    Anaesthesia      `json:"anaesthesia"`
	Estimate       bool             `json:"estimate"` // a range, with what moves it
	LowMinor       int64            `json:"low_minor"`
	HighMinor      int64            `json:"high_minor"`
	MovesIt        string           `json:"moves_it"`
	DepositMinor   int64            `json:"deposit_minor"` // to the hospital alone, never to us
	Outcomes       Outcomes         `json:"outcomes"`
	Known          discharge.Known  `json:"-"` // what is recorded elsewhere, never sent by the hospital
}

// Anaesthesia is the kind that is planned.
type Anaesthesia string

// Anaesthesias are the kinds.
var Anaesthesias = []Anaesthesia{"general", "regional", "local", "sedation", "none"}

// Inclusions are what a quote may say it includes.
var Inclusions = []string{"room", "icu", "surgeon", "anaesthetist", "implant", "investigations", "medicines", "airport", "companion_stay", "interpreter", "physiotherapy"}

// Outcomes are a hospital's own figures for the procedure. Not publishing is allowed and shown.
type Outcomes struct {
	Published bool   `json:"published"`
	Volume    int    `json:"volume"` // in a year
	Words     string `json:"words"`  // infections, readmissions, and over which time
	Source    string `json:"source"`
}

// Check a quote on the day it is given. Fields are those of enquiry.Offer and earliest_flight_days, includes, anaesthesia,
// low, high, moves_it, deposit, outcomes.
func (q Quote) Check(today when.Date) check.List {
	l := q.Offer.Check(today)
	l.Need(q.StayNights != nil, "stay_nights", "Enter the nights in hospital")
	l.Need(q.DaysInIndia != nil, "days_in_india", "Enter the days in India")
	q.checkFlight(&l)
	l.Need(!slices.ContainsFunc(q.Includes, func(x string) bool { return !slices.Contains(Inclusions, x) }), "includes", "Select what is included from the list")
	l.Need(slices.Contains(Anaesthesias, q.Anaesthesia), "anaesthesia", "Select the kind of anaesthetic")
	l.Need(strings.TrimSpace(q.By.Registration) != "", "by_registration", "Enter the clinician's council and registration number")
	q.checkRange(&l)
	l.Need(q.DepositMinor >= 0 && q.DepositMinor <= max(q.TotalMinor, 0), "deposit", "The deposit must be between 0 and the total")
	l.Need(!q.Outcomes.Published || strings.TrimSpace(q.Outcomes.Source) != "" && strings.TrimSpace(q.Outcomes.Words) != "" && q.Outcomes.Volume > 0, "outcomes",
		"Enter how many a year, the results and where they are published, or say that they are not published")
	l.Text("outcomes", "The results", q.Outcomes.Words, enquiry.MaxPolicy)
	return l
}

func (q Quote) checkFlight(l *check.List) {
	if q.EarliestFlight == nil {
		l.Add("earliest_flight_days", "Enter how many days after the operation the patient can fly")
		return
	}
	least, known := discharge.EarliestFlight(q.Family, q.Keyhole)
	l.Need(known, "family", "Select the kind of procedure")
	l.Need(*q.EarliestFlight >= least, "earliest_flight_days", "The first flight after this kind of procedure is %d days after it or later", least)
	l.Need(q.DaysInIndia == nil || *q.DaysInIndia > *q.EarliestFlight, "days_in_india", "The days in India must be more than the days until the patient can fly")
}

func (q Quote) checkRange(l *check.List) {
	if !q.Estimate {
		return
	}
	l.Need(q.LowMinor > 0 && q.LowMinor <= q.TotalMinor, "low", "Enter the lowest price. It cannot be more than the total")
	l.Need(q.HighMinor >= q.TotalMinor, "high", "Enter the highest price. It cannot be less than the total")
	l.Need(strings.TrimSpace(q.MovesIt) != "", "moves_it", "Say what moves the price between the two")
	l.Text("moves_it", "What moves the price", q.MovesIt, enquiry.MaxPolicy)
}

// answered is what is wrong with a quote beside what is recorded of the hospital's clinicians and of the treatment that was
// referred: who answers is one whose registration was checked (domain.md §7.3), and no other kind of procedure makes for
// an earlier flight. Fields: by_registration, earliest_flight_days.
func (q Quote) answered() (l check.List) {
	if q.By.Name != "" && q.By.Registration != "" {
		l.Need(q.Known.Answers(q.By.Name, q.By.Registration), "by_registration", "Name, council and number must be those of a clinician whose registration was checked%s", q.Known.Such())
	}
	least, known := discharge.Strictest(q.Keyhole, q.Known.Family)
	if known && q.EarliestFlight != nil {
		l.Need(*q.EarliestFlight >= least, "earliest_flight_days", "The first flight after the treatment that was asked for is %d days after it or later", least)
	}
	return l
}

// Range is the lowest and highest price, both the total when the quote is firm.
func (q Quote) Range() (low, high money.Amount) {
	if !q.Estimate {
		return q.Total(), q.Total()
	}
	return money.Amount{Minor: q.LowMinor, Currency: q.Currency}, money.Amount{Minor: q.HighMinor, Currency: q.Currency}
}
