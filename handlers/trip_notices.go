package handlers

import (
	"fmt"
	"time"

	"carecorridor/catalogue"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
)

// visaDays is how long an e-Medical visa was reported to last; a longer stay needs another one.
func visaDays(costs []models.TripCost) (days int, sourceID int64) {
	for _, c := range costs {
		if c.Kind == "visa" && c.Unit == "DAYS" && c.Typical != nil {
			return int(*c.Typical), c.SourceID
		}
	}
	return 0, 0
}

// tripNotices are cautions about this hospital, this month and this stay.
func (h *Handlers) tripNotices(a *tripAnswers, p tripPlan) []views.Notice {
	var out []views.Notice
	if a.profile != nil {
		out = append(out, hospitalNotices(a, p)...)
	}
	if days, source := visaDays(h.cat.Reference().TripCosts); days > 0 && p.DaysHigh > days {
		out = append(out, views.Notice{Title: "Your stay may be longer than the visa", Text: []string{fmt.Sprintf("An e-Medical visa was reported to last %d days. Ask the visa office before you plan to stay longer.", days)},
			Links: []views.Anchor{h.sourceAnchor(source)}})
	}
	return out
}

func hospitalNotices(a *tripAnswers, p tripPlan) []views.Notice {
	var out []views.Notice
	if a.profile.Sample {
		out = append(out, views.Notice{Title: "This hospital is invented", Text: []string{"It and its prices exist only to show how this page works."}})
	}
	end := lastDay(a.month)
	if !a.profile.Confirmed() {
		out = append(out, views.Notice{Title: "We cannot confirm that this hospital is accredited today", Text: []string{"No certificate we hold runs today. Ask the hospital for its certificate."},
			Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}})
	} else if ends := lastCertificate(a.profile.Certificates); end.Known() && ends.Known() && ends.Before(end) {
		out = append(out, views.Notice{Title: "Certificates end before your trip", Text: []string{fmt.Sprintf("The last one we hold ends on %s. Ask whether it will be renewed.", ends.Long())}})
	}
	for _, k := range p.packages {
		if end.Known() && k.ValidTo.Known() && k.ValidTo.Before(end) {
			out = append(out, views.Notice{Title: "The price may change before your trip", Text: []string{fmt.Sprintf("“%s” is valid until %s. Ask for a price that is valid on your dates.", k.Name, k.ValidTo.Long())}})
		}
	}
	return out
}

// lastDay is the last day of the month of travel, unknown when no month was given.
func lastDay(month time.Time) when.Date {
	if month.IsZero() {
		return when.Date{}
	}
	return when.DateOf(month.AddDate(0, 1, -1))
}

// lastCertificate is the day on which the last running certificate ends.
func lastCertificate(all []catalogue.Certificate) when.Date {
	var last when.Date
	for _, c := range all {
		if c.Accredits() && last.Before(c.ValidTo) {
			last = c.ValidTo
		}
	}
	return last
}

// onTopOf are the charges with an amount that the packages say may come on top, each once.
func onTopOf(packages []catalogue.OwnPackage) []models.PackageItem {
	var out []models.PackageItem
	seen := map[string]bool{}
	for _, k := range packages {
		for _, x := range k.Items {
			if x.Kind == "on_top" && x.AmountMinor != nil && !seen[x.Label] {
				seen[x.Label] = true
				out = append(out, x)
			}
		}
	}
	return out
}
