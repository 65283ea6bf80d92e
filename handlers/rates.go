package handlers

import (
	"fmt"
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/models"
)

// rateWords are the exchange rates behind figures that were published in these currencies, with the month and a word
// of caution when it is old: "Exchange rates: £1 is ₹126.66 and US$1.33, average of June 2026." Pounds need none.
func (h *Handlers) rateWords(used []money.Currency) string {
	var months []string
	amounts := map[string][]string{}
	for _, c := range used {
		r, ok := h.cat.Reference().Rates.PerPound(c)
		if !ok || c == money.GBP {
			continue
		}
		said := fmt.Sprintf("£1 is %s%.2f", currencySign(c), r.PerUnit)
		if len(amounts[r.Period]) > 0 {
			said = strings.TrimPrefix(said, "£1 is ")
		} else {
			months = append(months, r.Period)
		}
		if !slices.Contains(amounts[r.Period], said) {
			amounts[r.Period] = append(amounts[r.Period], said)
		}
	}
	var parts []string
	n := 0
	for _, m := range months {
		n += len(amounts[m])
		parts = append(parts, joinWords(amounts[m])+", average of "+monthWords(m)+oldWords(catalogue.AgeOf(m, h.cat.Today())))
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "Exchange rate: " + parts[0] + "."
	}
	return "Exchange rates: " + strings.Join(parts, "; ") + "."
}

// publishedIn adds the currencies, other than pounds, that the figures of a treatment were published in.
func publishedIn(used []money.Currency, figures ...catalogue.Quoted) []money.Currency {
	for _, q := range figures {
		used = alsoUsed(used, q.Currency)
	}
	return used
}

// tripCurrencies adds those of the figures behind a trip's lines.
func tripCurrencies(used []money.Currency, e catalogue.TripEstimate) []money.Currency {
	for _, l := range e.Lines {
		for _, r := range l.Figures {
			used = alsoUsed(used, money.Currency(r.Unit))
		}
	}
	return used
}

func packageCurrencies(used []money.Currency, packages ...catalogue.OwnPackage) []money.Currency {
	for _, k := range packages {
		if k.Price != nil {
			used = alsoUsed(used, k.Price.Amount.Currency)
		}
	}
	return used
}

func alsoUsed(used []money.Currency, c money.Currency) []money.Currency {
	if !c.Known() || c == money.GBP || slices.Contains(used, c) {
		return used
	}
	return append(used, c)
}

// treatmentRates are the rates behind everything that a treatment's page says in pounds.
func (h *Handlers) treatmentRates(t catalogue.Treatment, trip catalogue.TripEstimate) string {
	used := publishedIn(nil, slices.Concat(t.India.Figures, t.UK.Figures)...)
	if trip.Complete {
		used = tripCurrencies(used, trip)
	}
	return h.rateWords(used)
}

// chargeWords is what a package says of one thing, with its amount: "Intensive care, if needed: ₹22,000 a night".
func chargeWords(x models.PackageItem) string {
	if x.AmountMinor == nil {
		return x.Label
	}
	return x.Label + ": " + money.Amount{Minor: *x.AmountMinor, Currency: x.Currency}.String() + perWords(x.Per)
}

func perWords(per string) string {
	switch {
	case per == "":
		return ""
	case strings.HasPrefix(per, "per ") || strings.HasPrefix(per, "a "):
		return " " + per
	}
	return " a " + per
}
