package handlers

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/views"
	"carecorridor/views/link"
)

// tripPlan is what is worked out, and what was assumed where the reader did not know.
type tripPlan struct {
	catalogue.Trip
	assumed  []string
	packages []catalogue.OwnPackage
}

// usualPeople is how many travel when the reader does not say: as on cards and treatment pages.
const usualPeople = 2

func (h *Handlers) planTrip(a *tripAnswers) tripPlan {
	p := tripPlan{packages: a.packages()}
	p.People = a.people
	if p.People == 0 {
		p.People = usualPeople
		p.assume("2 people travel: you and 1 person with you.")
	}
	p.stay(a)
	if a.airport != nil {
		p.UKAirport = a.airport.IATA
	} else {
		p.assume("You can fly from any UK airport that we hold a fare for.")
	}
	if to := a.destination(h.cat.Reference()); to != nil {
		p.To = to.Name
	}
	if a.Room != "" && a.Room != link.TripUnknown {
		p.Room = catalogue.Room(a.Room)
	} else {
		p.assume("The low figure is a budget room, the likely one a 3-star hotel, the high one a 4 to 5-star hotel.")
	}
	p.assume("A room has 2 beds, and is paid for every night: whoever comes with you needs it while you are in hospital.")
	p.Insurance = catalogue.Insurance(strings.ReplaceAll(a.Insurance, link.TripUnknown, ""))
	h.price(a, &p)
	p.assume(fmt.Sprintf("We add %d%% of every known cost as a reserve, because people often stay longer than planned. That is our rule, not a price.", catalogue.ReservePercent))
	return p
}

func (p *tripPlan) assume(s string) { p.assumed = append(p.assumed, s) }

func (p *tripPlan) stay(a *tripAnswers) {
	p.NightsLow, p.NightsHigh = a.nightsLow, a.nightsHigh
	low, high, of := a.stay()
	switch {
	case p.NightsHigh > 0:
	case high > 0:
		p.NightsLow, p.NightsHigh = low, high
		p.assume(fmt.Sprintf("You need %s: we count one for each day in India that %s states.", plainNights(low, high), of))
	default:
		p.assume("How long you stay in India is not known, so room, food and local travel are left out.")
	}
}

// price takes the hospital's own package when it has one, else the indicative range (brief §5).
func (h *Handlers) price(a *tripAnswers, p *tripPlan) {
	if len(p.packages) > 0 {
		p.ownPrice(a)
		for _, x := range onTopOf(p.packages) {
			if pounds, ok := h.cat.Reference().Rates.ToGBP(money.Amount{Minor: *x.AmountMinor, Currency: x.Currency}); ok {
				p.Extras = append(p.Extras, catalogue.Extra{Label: x.Label, Amount: pounds, Per: x.Per})
			}
		}
		return
	}
	if a.treatment == nil {
		p.Basis = "You have not chosen a treatment."
		return
	}
	t := *a.treatment
	if t.India.Range == nil {
		p.Basis = fmt.Sprintf("Fewer than %d sources publish a price for India, so there is no range. Ask the hospital for a written quote.", catalogue.MinSources)
		return
	}
	p.Treatment, p.BasisAsOf, p.Sources = t.India.Range, t.India.Oldest(), t.India.SourceIDs()
	p.Basis = fmt.Sprintf("Indicative range in India from %s, not one hospital’s price.", plural(t.India.Sources, "source"))
	if a.profile != nil {
		p.Basis = fmt.Sprintf("Indicative range in India from %s. It is not the price of %s, which publishes none for this.", plural(t.India.Sources, "source"), a.profile.Name)
	}
	p.assume("The treatment costs between the middle of the low and the middle of the high figures that sources publish for India.")
}

func (p *tripPlan) ownPrice(a *tripAnswers) {
	s := catalogue.Span{Low: p.packages[0].Price.GBP, High: p.packages[0].Price.GBP}
	var names []string
	for _, k := range p.packages {
		if k.Price.GBP.Minor < s.Low.Minor {
			s.Low = k.Price.GBP
		}
		if k.Price.GBP.Minor > s.High.Minor {
			s.High = k.Price.GBP
		}
		words := k.Name
		if k.Price.Amount.Currency != money.GBP {
			words += ", " + k.Price.Amount.String()
		}
		if k.ValidTo.Known() {
			words += ", valid until " + k.ValidTo.Long()
		}
		names = append(names, words)
		if !slices.Contains(p.Sources, k.SourceID) {
			p.Sources = append(p.Sources, k.SourceID)
		}
	}
	p.Treatment, p.Own, p.BasisAsOf = &s, true, a.profile.CheckedOn.String()
	p.Basis = fmt.Sprintf("%s’s own package: %s.", a.profile.Name, strings.Join(names, "; "))
	p.assume("The package holds every charge that the hospital must make, tests before the operation included. Ask for it in writing.")
}

// tripAnswered lists all answers, given or not, each with the way to change it.
func (h *Handlers) tripAnswered(a *tripAnswers) []views.TripAnswer {
	return []views.TripAnswer{
		a.answered("treatment", "Treatment", func() string {
			if a.treatment == nil {
				return ""
			}
			return a.treatment.Name
		}),
		a.answered("hospital", "Where", a.where),
		a.answered("from", "UK airport", func() string {
			if a.airport == nil {
				return ""
			}
			return a.airport.Name
		}),
		a.answered("people", "People", func() string {
			if a.people == 0 {
				return ""
			}
			return map[int]string{1: "You alone"}[a.people] + map[bool]string{true: fmt.Sprintf("You and %d with you", a.people-1)}[a.people > 1]
		}),
		a.answered("nights", "Nights in India", func() string {
			if a.nightsHigh == 0 {
				return ""
			}
			return nightsValue(a.nightsLow, a.nightsHigh)
		}),
		a.answered("room", "Room", func() string { return roomNames[catalogue.Room(a.Room)] }),
		a.answered("month", "Month", func() string {
			if a.month.IsZero() {
				return ""
			}
			return monthWords(a.Month)
		}),
		a.answered("insurance", "Insurance", func() string { return map[string]string{"yes": "Yes", "no": "No"}[a.Insurance] }),
	}
}

// answered is one answer: its words, or that the reader does not know; empty when it was not asked yet.
func (a *tripAnswers) answered(step, label string, words func() string) views.TripAnswer {
	out := views.TripAnswer{Label: label, Value: words(), Change: views.Anchor{Text: "Change", URL: link.TripQuestion(a.Trip, step)}}
	if out.Value == "" && !a.missing(step) && a.problems[step] == "" {
		out.Value = "You do not know"
	}
	return out
}

func (a *tripAnswers) where() string {
	switch {
	case a.profile != nil && a.profile.Sample:
		return a.profile.Name + " (sample)"
	case a.profile != nil:
		return a.profile.Name
	case a.hub != nil:
		return "Any hospital in " + a.hub.Name
	}
	return ""
}
