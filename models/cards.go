package models

import (
	"context"
	"fmt"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/internal/when"
)

// MaxCards is how many cards one call may ask for.
const MaxCards = 200

// Card is what a result list shows of a provider, as it is in the database now.
type Card struct {
	ID             int64
	Slug           string
	Name           string
	Kind           string
	Grouping       string
	Origin         string
	Sample         bool
	CheckedOn      when.Date
	Version        int64
	UpdatedAt      time.Time
	Address        string
	Postcode       string
	Lat, Lng       *float64
	CoordPrecision string
	AirportIATA    string
	AirportKM      *float64
	CitySlug       string
	City           string
	State          string
	HubSlug        string
	Hub            string
	Accreditations []Accreditation // by body, then latest end first
	Specialties    []string        // slugs
	Languages      []string
	Packages       int // live and valid today, of any procedure
	// Cheapest are the lowest live prices valid today, one for each currency in which the provider has one, of the
	// procedure asked for. Which of two currencies is lower depends on a rate, which the caller holds.
	Cheapest []CardPackage
}

// CardPackage is a price on a card.
type CardPackage struct {
	ID            int64
	ProcedureSlug string
	Name          string
	Room          string
	StayNights    *int
	DaysInIndia   *int
	AmountMinor   int64
	Currency      money.Currency
	ValidTo       when.Date
}

// Amount is the price.
func (p CardPackage) Amount() money.Amount {
	return money.Amount{Minor: p.AmountMinor, Currency: p.Currency}
}

// Cards reads cards in one statement and gives them in the order of ids. Providers that are unknown or not
// published are left out. Cheapest is for procedureSlug, or for any procedure when it is "". More than MaxCards ids is
// fault.Invalid.
func (s *Store) Cards(ctx context.Context, ids []int64, procedureSlug string) ([]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > MaxCards {
		return nil, fault.New(fault.Invalid, "cards", fmt.Errorf("%d ids, at most %d", len(ids), MaxCards))
	}
	if badText(procedureSlug) != "" {
		return nil, fault.New(fault.Invalid, "cards", fmt.Errorf("procedure slug: %s", badText(procedureSlug)))
	}
	today := s.today()
	rows, err := s.read(ctx).Raw(cardQueries[s.dialect], today, today, procedureSlug, procedureSlug, today, today, ids).Rows()
	if err != nil {
		return nil, asFault("cards", err)
	}
	defer rows.Close()
	by := make(map[int64]Card, len(ids))
	for rows.Next() {
		c, err := scanCard(rows)
		if err != nil {
			return nil, asFault("cards", err)
		}
		by[c.ID] = c
	}
	cards := make([]Card, 0, len(by))
	for _, id := range ids {
		if c, ok := by[id]; ok {
			cards = append(cards, c)
		}
	}
	return cards, asFault("cards", rows.Err())
}
