package catalogue

import (
	"cmp"
	"slices"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Rates holds the newest monthly average of each currency into pounds.
type Rates struct{ into map[money.Currency]money.Rate }

// newRates keeps the newest month for each pair with GBP. published gives the date of a source.
func newRates(rows []models.FXRate, published func(sourceID int64) when.Date) Rates {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b models.FXRate) int { return cmp.Compare(a.Period, b.Period) })
	r := Rates{into: map[money.Currency]money.Rate{}}
	for _, row := range rows {
		if row.Kind != "monthly_average" || row.Rate <= 0 {
			continue
		}
		rate := money.Rate{From: row.Base, To: row.Quote, PerUnit: row.Rate, Period: row.Period, On: published(row.SourceID)}
		switch money.GBP {
		case row.Quote:
			r.into[row.Base] = rate
		case row.Base:
			r.into[row.Quote] = rate.Invert()
		}
	}
	return r
}

// ToGBP converts a; ok is false when no rate is held for its currency.
func (r Rates) ToGBP(a money.Amount) (money.Amount, bool) {
	if a.Currency == money.GBP {
		return a, true
	}
	rate, ok := r.into[a.Currency]
	if !ok {
		return money.Amount{}, false
	}
	return a.Convert(rate), true
}

// Between converts a into currency c through pounds.
func (r Rates) Between(a money.Amount, c money.Currency) (money.Amount, bool) {
	if a.Currency == c {
		return a, true
	}
	pounds, ok := r.ToGBP(a)
	if !ok || c == money.GBP {
		return pounds, ok
	}
	rate, ok := r.into[c]
	if !ok {
		return money.Amount{}, false
	}
	return pounds.Convert(rate.Invert()), true
}

// Rupees is how many rupees one pound buys, with its month; ok is false when no rate is held.
func (r Rates) Rupees() (money.Rate, bool) { return r.PerPound(money.INR) }

// PerPound is how much of c one pound buys, with its month; ok is false when no rate is held.
func (r Rates) PerPound(c money.Currency) (money.Rate, bool) {
	rate, ok := r.into[c]
	if !ok {
		return money.Rate{}, false
	}
	return rate.Invert(), true
}
