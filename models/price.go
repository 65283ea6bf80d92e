package models

import (
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// Package is a hospital's own full price for a procedure: the only price that may be filtered and sorted (brief §5).
type Package struct {
	ID            int64
	ProviderID    int64
	ProcedureSlug string
	Name          string
	Room          string
	StayNights    *int
	DaysInIndia   *int
	AmountMinor   int64
	Currency      money.Currency
	ValidFrom     when.Date
	ValidTo       when.Date
	Live          bool
	Version       int64
	SourceID      int64

	Key                      string // of an entry that a hospital made; "" of others
	RupeesMinor              *int64 // what the hospital says it is in rupees, beside a price of record in pounds
	Implant                  string
	AssessedAt, AssessedWhen string // where and when the assessment before surgery is
	Paused                   bool   // not offered since the last accreditation ended; back when one runs again
}

// PackageItem is a line of what the price includes, leaves out, or what may come on top.
type PackageItem struct {
	ID          int64
	PackageID   int64
	Kind        string // included | excluded | on_top
	Label       string
	AmountMinor *int64
	Currency    money.Currency
	Per         string
	Ord         int
}

// PriceEvidence is a price somebody published for a procedure in a country: context, never a hospital's offer.
// A lone "from" is in Low, a stated maximum in High, a single figure in Typical; all in minor units.
type PriceEvidence struct {
	ID            int64
	ProcedureSlug string
	Country       string // IN | GB
	Scope         string
	PayerType     string
	Currency      money.Currency
	LowMinor      *int64
	TypicalMinor  *int64
	HighMinor     *int64
	Includes      string
	EvidenceClass string
	AsOf          string // source date as stated, "n.d." when none
	SourceID      int64
}

// TableName is what GORM's plural gets wrong.
func (PriceEvidence) TableName() string { return "price_evidence" }

// NHSWait is one row of NHS England referral-to-treatment statistics.
type NHSWait struct {
	ID             int64
	AreaType       string
	AreaName       string
	FunctionCode   string
	FunctionName   string
	Month          string // "2026-01"
	Incomplete     *int
	Within18       *int     `gorm:"column:within_18"`
	PctWithin18    *float64 `gorm:"column:pct_within_18"`
	MedianWeeks    *float64
	P92Weeks       *float64 `gorm:"column:p92_weeks"`
	Over52         *int     `gorm:"column:over_52"`
	SpecialtySlugs string   // space separated
	Note           string
	SourceID       int64
}

// TableName keeps the initialism readable in SQL.
func (NHSWait) TableName() string { return "nhs_waits" }

// TripCost is one sourced figure of a journey. A row without figures is a known gap.
type TripCost struct {
	ID       int64
	Kind     string
	Item     string
	Scope    string
	Unit     string // currency code, PCT, DAYS, HOURS or COUNT
	Low      *float64
	Typical  *float64
	High     *float64
	Per      string
	Includes string
	AsOf     string
	Note     string
	SourceID int64
}

// FXRate is one published exchange rate: one Base buys Rate of Quote.
type FXRate struct {
	ID       int64
	Period   string // "2026-06" or "2026"
	Kind     string // monthly_average | annual_average
	Base     money.Currency
	Quote    money.Currency
	Rate     float64
	Method   string
	SourceID int64
}

// TableName keeps the initialism readable in SQL.
func (FXRate) TableName() string { return "fx_rates" }
