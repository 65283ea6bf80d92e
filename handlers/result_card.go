package handlers

import (
	"fmt"
	"math"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

// resultCard lays out one hospital. What is not known is said on the card.
func (h *Handlers) resultCard(card foundCard, q catalogue.Question) ui.ResultCard {
	out := ui.ResultCard{ID: card.Slug, Name: card.Name, Href: link.Hospital(card.Slug), Place: placeWords(card, q), Sample: card.Sample,
		Badges: badges(card.Certificates), Facts: h.cardFacts(card), Price: h.priceBlock(card, q)}
	if h.cfg.Enquiries != nil {
		out.Price.Ask = ui.Link{Text: "Ask for a quote", Href: link.EnquiryAbout(q.PricedAs, card.Slug), Hidden: "from " + card.Name}
	}
	if seen := catalogue.RegisterSeen(card.Certificates); seen.Known() {
		out.Checked = "Certificates as of " + seen.Long()
	}
	if q.PricedAs != "" && card.Price == nil {
		p, _ := h.cat.Reference().Procedure(q.PricedAs)
		s, _ := h.cat.Reference().Specialty(p.SpecialtySlug)
		out.Why = fmt.Sprintf("Lists %s. Ask whether it does %s.", strings.ToLower(s.Name), lowerFirst(p.Name))
	}
	return out
}

func placeWords(card foundCard, q catalogue.Question) string {
	place := card.City
	if card.StateName != "" && card.StateName != card.City {
		place += ", " + card.StateName
	}
	switch {
	case card.km != nil && q.NearName != "":
		place += fmt.Sprintf(", about %s km from %s", distance(*card.km), q.NearName)
	case card.AirportKM != nil && card.Airport != "":
		place += fmt.Sprintf(", about %s km from %s", distance(*card.AirportKM), card.Airport)
	}
	if card.Apart != "" {
		place += ". " + card.Apart
	}
	return place
}

// distance rounds as the position deserves: whole kilometres.
func distance(km float64) string { return group(int(math.Max(1, math.Round(km)))) }

// badges shows certificates that say something checked, running ones first; a claim never earns one (brief §5).
func badges(cs []catalogue.Certificate) ui.Badges {
	var running, rest ui.Badges
	seen := map[string]bool{}
	for _, c := range cs {
		label := c.Label()
		if seen[label] {
			continue
		}
		seen[label] = true
		switch {
		case c.Accredits() && c.EndsSoon():
			running = append(running, ui.Badge{Tone: ui.Warn, Text: label})
		case c.Accredits():
			running = append(running, ui.Badge{Tone: ui.Checked, Text: label})
		case (c.Standing == catalogue.Unconfirmed || c.Standing == catalogue.Expired) && c.Level == "full", c.Standing == catalogue.Reported:
			rest = append(rest, ui.Badge{Tone: ui.Neutral, Text: label})
		case c.Standing == catalogue.Suspended:
			rest = append(rest, ui.Badge{Tone: ui.Bad, Text: label})
		}
	}
	return append(running, rest...)
}

func (h *Handlers) cardFacts(card foundCard) ui.FactList {
	facts := ui.FactList{kindFact(card.Kind)}
	names := h.specialtyNames(card.Specialties)
	switch {
	case len(names) == 0:
		facts = append(facts, ui.Fact{Label: "Specialties", Value: "Not known", Missing: true})
	case len(names) > 3:
		facts = append(facts, ui.Fact{Label: "Specialties", Value: strings.Join(names[:3], ", "), Note: fmt.Sprintf("and %d more", len(names)-3)})
	default:
		facts = append(facts, ui.Fact{Label: "Specialties", Value: strings.Join(names, ", ")})
	}
	if len(card.Languages) > 0 {
		facts = append(facts, ui.Fact{Label: "Languages", Value: strings.Join(titledAll(card.Languages), ", ")})
	} else {
		facts = append(facts, ui.Fact{Label: "Languages", Value: "Not published", Missing: true})
	}
	if p := card.Price; p != nil {
		facts = append(facts, nightsFact("Hospital stay", p.StayNights, "night"), nightsFact("Time in India", p.DaysInIndia, "day"))
	}
	return facts
}

func nightsFact(label string, n *int, unit string) ui.Fact {
	if n == nil {
		return ui.Fact{Label: label, Value: "Not published", Missing: true}
	}
	if *n == 0 {
		return ui.Fact{Label: label, Value: "Day case, no night"}
	}
	return ui.Fact{Label: label, Value: plural(*n, unit)}
}

var kindNames = map[string]string{"multi_specialty": "Multi-specialty hospital", "dental": "Dental", "eye": "Eye", "cancer": "Cancer", "cardiac": "Heart", "ayush": "AYUSH (traditional medicine)",
	"orthopaedic": "Bones and joints", "orthopaedic_spine": "Bones, joints and spine", "fertility": "Fertility", "children": "Children", "gastroenterology": "Digestive system", "liver": "Liver", "neuro": "Brain and nerves"}

func kindFact(kind string) ui.Fact {
	if name, ok := kindNames[kind]; ok {
		return ui.Fact{Label: "Kind", Value: name, Note: "our classification"}
	}
	return ui.Fact{Label: "Kind", Value: "Not known", Missing: true}
}

func (h *Handlers) specialtyNames(slugs []string) []string {
	var out []string
	for _, slug := range slugs {
		if s, ok := h.cat.Reference().Specialty(slug); ok {
			out = append(out, s.Name)
		}
	}
	return out
}

// priceBlock is the hospital's own price, or the honest absence of one beside the indicative range.
func (h *Handlers) priceBlock(card foundCard, q catalogue.Question) ui.PriceBlock {
	ref := h.cat.Reference()
	if p := card.Price; p != nil {
		b := ui.PriceBlock{Label: "Full hospital package from", Price: p.GBP.RoundTo(1).String(), Note: p.Name}
		if p.Amount.Currency != "GBP" {
			b.Note = p.Amount.String() + ", " + p.Name
		}
		if trip, ok := h.packageTrip(card.Card); ok {
			b.Context = append(b.Context, ui.Fact{Label: "Whole trip for 2, about", Value: pounds(trip.Likely), Strong: true, Number: true, Note: notCounted("without", trip)})
		}
		return b
	}
	b := ui.PriceBlock{Label: "No price published", NoPrice: true}
	if q.PricedAs == "" {
		return b
	}
	t, _ := ref.Treatment(q.PricedAs)
	if t.India.Range != nil {
		b.Context = append(b.Context, ui.Fact{Label: "Indicative range in India", Value: spanWords(t.India.Range.RoundTo(roundStep)), Number: true, Note: "not this hospital's price"})
		b.Link = ui.Link{Text: "Where the range comes from", Href: link.Treatment(t.Slug) + "#prices"}
	} else {
		b.Note = fmt.Sprintf("Fewer than %d sources give a price, so we show no range.", catalogue.MinSources)
		b.Link = ui.Link{Text: "See the prices we hold", Href: link.Treatment(t.Slug) + "#prices"}
	}
	return b
}

// packageTrip is the whole trip for two around a hospital's own package.
func (h *Handlers) packageTrip(card catalogue.Card) (catalogue.TripEstimate, bool) {
	p := card.Price
	if p == nil {
		return catalogue.TripEstimate{}, false
	}
	e := h.cat.Reference().PackageTrip(*p, h.cat.Today())
	return e, e.Complete
}
