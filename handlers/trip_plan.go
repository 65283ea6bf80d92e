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
	p.Own = len(p.packages) > 0
	p.People = a.people
	if p.People == 0 {
		p.People = usualPeople
		p.assume("2 people travel: you and 1 person with you.")
	}
	h.stay(a, &p)
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
	p.assume(p.roomCount())
	p.Insurance = catalogue.Insurance(strings.ReplaceAll(a.Insurance, link.TripUnknown, ""))
	h.price(a, &p)
	p.assume("Each line is rounded to £10, a range of prices to £50, a hospital’s own price to £1. The totals are the sums of the lines as they stand.")
	p.assume(fmt.Sprintf("We add %d%% of every known cost as a reserve, because people often stay longer than planned. That is our rule, not a price.", catalogue.ReservePercent))
	return p
}

func (p *tripPlan) assume(s string) { p.assumed = append(p.assumed, s) }

// stay takes the answer about nights, else the sourced stay, and says how days and nights were counted.
func (h *Handlers) stay(a *tripAnswers, p *tripPlan) {
	sourced, own := a.stay()
	p.Stay = catalogue.Stay{HospitalNights: sourced.HospitalNights}
	switch {
	case a.nightsHigh > 0:
		p.DaysLow, p.DaysHigh = catalogue.Days(a.nightsLow), catalogue.Days(a.nightsHigh)
		p.assume(fmt.Sprintf("You gave %s in India, which is %s: food and local travel are counted for each day.", plainNights(a.nightsLow, a.nightsHigh), plainDays(p.Stay)))
	case sourced.Known():
		p.Stay = sourced
		p.assume(fmt.Sprintf("You are in India for %s, as %s. That is %s, because you arrive on the first day and leave on the last. Food and local travel are counted for each day.",
			plainDays(sourced), h.statedBy(a, own), plainNights(sourced.Nights())))
	default:
		p.assume("How long you stay in India is not known, so room, food and local travel are left out.")
	}
}

// statedBy says who states the days in India, with the age of what they say.
func (h *Handlers) statedBy(a *tripAnswers, own bool) string {
	if own {
		return fmt.Sprintf("%s states (listing checked %s)", a.profile.Name, h.agedWords(a.profile.CheckedOn.String()))
	}
	s, _ := h.cat.Reference().Source(a.treatment.DaysSource)
	return fmt.Sprintf("%s states (%s)", firstOf(s.Title, "our source"), lowerFirst(h.aged(s.PublishedOn)))
}

// roomCount says which nights a room is counted for.
func (p *tripPlan) roomCount() string {
	held := plural(p.HospitalNights, "night")
	switch {
	case p.HospitalNights == 0 && p.Own:
		return "A room has 2 beds. The package does not say for how many nights it holds your bed, or holds none, so the room is counted for every night."
	case p.HospitalNights == 0:
		return "A room has 2 beds, and is counted for every night: how many nights in hospital the price holds is not known."
	case p.People == 1:
		return fmt.Sprintf("The package holds your bed for %s, so no room is counted for them.", held)
	}
	return fmt.Sprintf("A room has 2 beds. The package holds your bed for %s, but no bed for whoever comes with you: their room is counted for every night.", held)
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
	p.Treatment, p.BasisAsOf = &s, firstOf(a.profile.CheckedOn.String(), "n.d.")
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
