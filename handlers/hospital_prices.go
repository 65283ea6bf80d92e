package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/catalogue"
	"carecorridor/internal/money"
	"carecorridor/models"
	"carecorridor/views"
	"carecorridor/views/link"
)

// shownRanges is how many treatments of a hospital without prices get their indicative range on its page.
const shownRanges = 8

// quote is the card beside the name, with the way to ask for a quote.
func (h *Handlers) quote(p catalogue.Profile) views.HospitalQuote {
	q := h.priceCard(p)
	if h.cfg.Enquiries != nil {
		q.Ask = views.Anchor{Text: "Ask for a quote", URL: link.Enquiry(p.Slug)}
	}
	return q
}

// priceCard is the lowest own package with its trip, or the statement that there is none.
func (h *Handlers) priceCard(p catalogue.Profile) views.HospitalQuote {
	cheapest := lowest(p.Packages)
	if cheapest == nil {
		return views.HospitalQuote{Title: map[bool]string{true: "No price published", false: "No price shown today"}[len(p.Packages) == 0], Hint: "Ask the hospital for a written quote with everything in it.",
			Note: "Figures on treatment pages are indicative ranges for India. They are not this hospital's prices.",
			More: views.Anchor{Text: "Work out the cost of a trip here", URL: link.TripCostOf("", p.Slug, "")}}
	}
	q := views.HospitalQuote{Title: "Lowest published package", Hint: cheapest.Name, Rows: []views.QuoteRow{{Label: "Full package", Value: cheapest.Price.GBP.RoundTo(1).String()}}}
	if trip, ok := h.packageTrip(catalogue.Card{Price: cheapest.Price}); ok {
		for _, l := range trip.Lines {
			if l.Known && l.Key != "treatment" {
				q.Rows = append(q.Rows, views.QuoteRow{Label: l.Label, Value: l.Likely.String()})
			}
		}
		q.Total = &views.QuoteRow{Label: "Whole trip for 2, about", Value: pounds(trip.Likely)}
		q.Note = leavesOut(trip)
	}
	q.More = views.Anchor{Text: "Change what the trip includes, and compare with the UK", URL: link.TripCostOf(cheapest.ProcedureSlug, p.Slug, "")}
	return q
}

func lowest(packages []catalogue.OwnPackage) *catalogue.OwnPackage {
	var best *catalogue.OwnPackage
	for i, k := range packages {
		if k.Price != nil && (best == nil || k.Price.GBP.Minor < best.Price.GBP.Minor) {
			best = &packages[i]
		}
	}
	return best
}

func (h *Handlers) prices(p catalogue.Profile) views.HospitalPrices {
	var out views.HospitalPrices
	for _, k := range p.Packages {
		if k.Price != nil {
			out.Packages = append(out.Packages, packageRow(k))
		}
	}
	if len(out.Packages) > 0 {
		used := packageCurrencies([]money.Currency{money.INR}, p.Packages...) // rupees stand beside every price
		if trip, ok := h.packageTrip(catalogue.Card{Price: lowest(p.Packages).Price}); ok {
			used = tripCurrencies(used, trip)
		}
		out.Rate = h.rateWords(used)
		out.CSV = views.Anchor{Text: "Download these prices (CSV)", URL: link.HospitalPricesCSV(p.Slug)}
		return out
	}
	out.None = hiddenPrices(p.Packages)
	shown := h.indicativeTreatments(p)
	var used []money.Currency
	for _, t := range shown {
		used = publishedIn(used, t.India.Figures...)
	}
	out.Rate, out.Indicative = h.rateWords(used), indicativeRows(shown)
	return out
}

// hiddenPrices says why a hospital that published prices has none that are shown; "" when it published none.
func hiddenPrices(all []catalogue.OwnPackage) string {
	switch {
	case slices.ContainsFunc(all, func(k catalogue.OwnPackage) bool { return k.Paused }):
		return "The prices of this hospital are not shown, because no accreditation of it runs today"
	case len(all) > 0:
		return "This hospital has no published price that counts today"
	}
	return ""
}

// rupeeWords is the price in rupees, with a word where it is our conversion and not what the hospital states.
func rupeeWords(k catalogue.OwnPackage) string {
	price, stated := k.Rupees()
	if stated {
		return price.RoundTo(1).String()
	}
	return "about " + price.RoundTo(roundRupees).String()
}

// roundRupees hides false exactness of a conversion: it is less than a pound.
const roundRupees = 100

func packageRow(k catalogue.OwnPackage) views.PackageRow {
	row := views.PackageRow{Name: k.Name, URL: link.Treatment(k.ProcedureSlug), Room: k.Room, Price: k.Price.GBP.RoundTo(1).String(), PriceINR: rupeeWords(k), Until: k.ValidTo.Long()}
	if k.StayNights != nil {
		row.Stay = plural(*k.StayNights, "night")
	}
	if k.DaysInIndia != nil {
		row.Days = plural(*k.DaysInIndia, "day")
	}
	for _, item := range k.Items {
		words := chargeWords(item)
		switch item.Kind {
		case "included":
			row.Included = append(row.Included, words)
		case "excluded":
			row.Excluded = append(row.Excluded, words)
		default:
			row.OnTop = append(row.OnTop, words)
		}
	}
	return row
}

// indicativeTreatments are those of the hospital's listed specialties that have a range, most sources first.
func (h *Handlers) indicativeTreatments(p catalogue.Profile) []catalogue.Treatment {
	ref := h.cat.Reference()
	var known []catalogue.Treatment
	for _, s := range p.Specialties {
		for _, proc := range ref.ProceduresOf(s.SpecialtySlug) {
			if t, ok := ref.Treatment(proc.Slug); ok && t.India.Range != nil && catalogue.ExclusionOf(proc.Slug) == "" {
				known = append(known, t)
			}
		}
	}
	slices.SortStableFunc(known, func(a, b catalogue.Treatment) int { return cmp.Compare(b.India.Sources, a.India.Sources) })
	return known[:min(shownRanges, len(known))]
}

func indicativeRows(shown []catalogue.Treatment) []views.IndicativeRow {
	var out []views.IndicativeRow
	for _, t := range shown {
		out = append(out, views.IndicativeRow{Treatment: views.Anchor{Text: t.Name, URL: link.Treatment(t.Slug)}, Range: spanWords(t.India.Range.RoundTo(roundStep)), Basis: basisWords(t.India),
			Sources: []views.Anchor{{Text: "Sources for " + lowerFirst(t.Name), URL: link.Treatment(t.Slug) + "#prices"}}})
	}
	return out
}

// hospitalPrices is a listing's own packages as open data.
func (h *Handlers) hospitalPrices(c echo.Context) (*answer, error) {
	p, err := h.profile(c)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"treatment", "package", "room", "stay_nights", "days_in_india", "amount", "currency", "gbp", "valid_from", "valid_to", "source", "sample"}}
	for _, k := range p.Packages {
		if k.Price == nil {
			continue
		}
		s := p.Sources[k.SourceID]
		rows = append(rows, []string{k.ProcedureSlug, k.Name, k.Room, count(k.StayNights), count(k.DaysInIndia), amountCell(k.Package), string(k.Currency), poundsCell(&k.Price.GBP),
			k.ValidFrom.String(), k.ValidTo.String(), firstOf(s.URL, s.Title), strconv.FormatBool(p.Sample)})
	}
	return csvAnswer(rows)
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func amountCell(k models.Package) string {
	return fmt.Sprintf("%d.%02d", k.AmountMinor/100, k.AmountMinor%100)
}

func (h *Handlers) hospitalLD(p catalogue.Profile) string {
	v := map[string]any{"@type": "Hospital", "name": p.Name, "url": h.cfg.Origin + link.Hospital(p.Slug),
		"address": map[string]any{"@type": "PostalAddress", "streetAddress": p.Main.Address, "addressLocality": p.City.Name, "addressRegion": p.City.State, "postalCode": p.Main.Postcode, "addressCountry": "IN"}}
	if p.Main.Lat != nil && p.Main.Lng != nil {
		v["geo"] = map[string]any{"@type": "GeoCoordinates", "latitude": *p.Main.Lat, "longitude": *p.Main.Lng}
	}
	var held []map[string]any
	for _, c := range p.Certificates {
		if c.Accredits() {
			held = append(held, map[string]any{"@type": "EducationalOccupationalCredential", "credentialCategory": c.Body + " " + c.Programme, "identifier": c.Number, "expires": c.ValidTo.String()})
		}
	}
	if held != nil {
		v["hasCredential"] = held
	}
	return jsonLD(v)
}
