package catalogue

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/search"
)

// Card is a hospital as lists show it: everything read from the database, nothing from the index.
type Card struct {
	ID           int64
	Slug, Name   string
	Kind         string
	City         string // display names
	StateName    string
	Hub          string
	Apart        string // address or certificate, when another listing has the same name and town; "" otherwise
	Sample       bool
	Origin       string
	Certificates []Certificate
	Specialties  []string // slugs
	Languages    []string
	Features     []string
	Price        *CardPrice
	Airport      string // display name, with AirportKM
	AirportKM    *float64
	CheckedOn    when.Date
	View         string // the Version of the catalogue it was read and judged for
}

// CardPrice is the hospital's own lowest live package for a treatment.
type CardPrice struct {
	ProcedureSlug string
	Name          string
	Amount        money.Amount // as the hospital set it
	INR, GBP      money.Amount
	StayNights    *int
	DaysInIndia   *int
	ValidTo       when.Date
}

// Confirmed reports whether at least one accrediting certificate runs.
func (c Card) Confirmed() bool { return len(RunningBodies(c.Certificates)) > 0 }

// Cards loads cards by id for a treatment ("" for none), in the order given. Ids that are not published are left
// out. What was loaded at this generation is kept; the database is asked only for the rest, in one statement.
func (c *Catalogue) Cards(ctx context.Context, ids []int64, procedure string) ([]Card, error) {
	s := c.state.Load()
	found := make(map[int64]Card, len(ids))
	missing := c.cards.known(s.version, procedure, ids, found)
	if len(missing) > 0 {
		rows, err := c.store.Cards(ctx, missing, procedure)
		if err != nil {
			return nil, fmt.Errorf("cards: %w", err)
		}
		for _, row := range rows {
			found[row.ID] = s.card(row)
		}
		c.cards.keep(s.version, procedure, missing, found)
	}
	out := make([]Card, 0, len(ids))
	for _, id := range ids {
		if card, ok := found[id]; ok && card.Slug != "" {
			out = append(out, card)
		}
	}
	return out, nil
}

// card turns a row into what may be said today.
func (s *state) card(row models.Card) Card {
	card := Card{View: s.version, ID: row.ID, Slug: row.Slug, Name: row.Name, Kind: row.Kind, Sample: row.Sample, Origin: row.Origin, CheckedOn: row.CheckedOn,
		City: row.City, StateName: row.State, Hub: row.Hub, Specialties: row.Specialties, Languages: row.Languages,
		Certificates: Certificates(row.Accreditations, s.today), AirportKM: row.AirportKM}
	if a, ok := s.ref.Airport(row.AirportIATA); ok {
		card.Airport = a.Name
	}
	card.Apart = s.apart(row.Name, row.CitySlug, row.Address, row.Postcode, card.Certificates)
	if !precise(row.CoordPrecision) {
		card.AirportKM = nil // a distance from the middle of a district says nothing about the hospital
	}
	for _, p := range row.Cheapest {
		price := s.price(p.ProcedureSlug, p.Name, p.Amount(), p.ValidTo)
		if price != nil && (card.Price == nil || price.GBP.Minor < card.Price.GBP.Minor) {
			price.StayNights, price.DaysInIndia = p.StayNights, p.DaysInIndia
			card.Price = price
		}
	}
	return card
}

// price converts an amount into both currencies; without a rate it cannot be compared, so it is no price.
func (s *state) price(procedure, name string, amount money.Amount, until when.Date) *CardPrice {
	inr, okINR := s.ref.Rates.Between(amount, money.INR)
	gbp, okGBP := s.ref.Rates.ToGBP(amount)
	if !okINR || !okGBP {
		return nil
	}
	return &CardPrice{ProcedureSlug: procedure, Name: name, Amount: amount, INR: inr, GBP: gbp, ValidTo: until}
}

// live reports whether a package may be shown as a price on a day.
func live(p models.Package, today when.Date) bool {
	return p.Live && !(p.ValidTo.Known() && p.ValidTo.Before(today)) && !(p.ValidFrom.Known() && today.Before(p.ValidFrom))
}

// cardCache keeps cards of one version of the catalogue.
type cardCache struct {
	mu      sync.RWMutex
	version string
	cards   map[cardKey]Card
}

type cardKey struct {
	id        int64
	procedure string
}

// maxCards bounds the memory of the cache: about a kilobyte a card.
const maxCards = 60_000

func newCardCache() *cardCache { return &cardCache{cards: map[cardKey]Card{}} }

func (cc *cardCache) drop() {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	cc.version, cc.cards = "", map[cardKey]Card{}
}

// known puts the cards held at version into found and returns the ids that are not.
func (cc *cardCache) known(version, procedure string, ids []int64, found map[int64]Card) (missing []int64) {
	cc.mu.RLock()
	defer cc.mu.RUnlock()
	for _, id := range ids {
		if card, ok := cc.cards[cardKey{id, procedure}]; ok && cc.version == version {
			found[id] = card
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

// keep stores what was loaded, also that an id is not published (a card without a slug).
func (cc *cardCache) keep(version, procedure string, ids []int64, found map[int64]Card) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	if cc.version != version || len(cc.cards) > maxCards {
		cc.version, cc.cards = version, map[cardKey]Card{}
	}
	for _, id := range ids {
		cc.cards[cardKey{id, procedure}] = found[id]
	}
}

// StillListed leaves out suggestions of hospitals that are no longer published: an index may be late.
func (c *Catalogue) StillListed(ctx context.Context, found []search.Suggestion) ([]search.Suggestion, error) {
	var slugs []string
	for _, s := range found {
		if s.Kind == search.KindProvider {
			slugs = append(slugs, s.Slug)
		}
	}
	published, err := c.store.PublishedSlugs(ctx, slugs)
	if err != nil {
		return nil, fmt.Errorf("suggestions: %w", err)
	}
	return slices.DeleteFunc(found, func(s search.Suggestion) bool { return s.Kind == search.KindProvider && !published[s.Slug] }), nil
}
