package seed

import (
	"strings"

	"carecorridor/models"
)

var payers = []string{"international_self_pay", "official_package", "uk_private", "nhs_cost", "domestic_self_pay",
	"hospital_published", "international_trip_total", "provider_cost_study"}

func (r *reader) prices() error {
	return each(r.fsys, pricesFile, func(p priceRec) error {
		src, err := r.source(p.Source)
		if err == nil {
			_, err = r.must("procedure", "procedure", p.Procedure)
		}
		if p.Low == nil && p.Typical == nil && p.High == nil {
			err = first(err, wrong("low", "no figure at all"))
		}
		r.PriceEvidence = append(r.PriceEvidence, models.PriceEvidence{ProcedureSlug: p.Procedure, Country: p.Country, Scope: p.Scope,
			PayerType: p.Payer, Currency: p.Currency, LowMinor: p.Low, TypicalMinor: p.Typical, HighMinor: p.High,
			Includes: p.Includes, EvidenceClass: p.Class, AsOf: p.AsOf, SourceID: src})
		return first(err, oneOf("country", p.Country, "IN", "GB"), oneOf("payer", p.Payer, payers...),
			currency("currency", p.Currency), ascending(p.Low, p.Typical, p.High))
	})
}

func (r *reader) waits() error {
	return each(r.fsys, waitsFile, func(w waitRec) error {
		src, err := r.source(w.Source)
		for _, s := range w.Specialties {
			if err == nil {
				_, err = r.must("specialty", "specialties", s)
			}
		}
		r.NHSWaits = append(r.NHSWaits, models.NHSWait{AreaType: w.AreaType, AreaName: w.Area, FunctionCode: w.Code,
			FunctionName: w.Function, Month: w.Month, Incomplete: w.Incomplete, Within18: w.Within18, PctWithin18: w.PctWithin18,
			MedianWeeks: w.MedianWeeks, P92Weeks: w.P92Weeks, Over52: w.Over52, SpecialtySlugs: strings.Join(w.Specialties, " "),
			Note: w.Note, SourceID: src})
		return first(err, filled("month", w.Month), filled("function", w.Function), positive("incomplete", w.Incomplete))
	})
}

func (r *reader) trip() error {
	return each(r.fsys, tripFile, func(t tripRec) error {
		src, err := r.source(t.Source)
		r.TripCosts = append(r.TripCosts, models.TripCost{Kind: t.Kind, Item: t.Item, Scope: t.Scope, Unit: t.Unit, Low: t.Low,
			Typical: t.Typical, High: t.High, Per: t.Per, Includes: t.Includes, AsOf: t.AsOf, Note: t.Note, SourceID: src})
		return first(err, oneOf("unit", t.Unit, "GBP", "INR", "USD", "EUR", "PCT", "DAYS", "HOURS", "COUNT"),
			filled("kind", t.Kind), filled("item", t.Item), ascending(t.Low, t.Typical, t.High))
	})
}

func (r *reader) rates() error {
	return each(r.fsys, ratesFile, func(f rateRec) error {
		src, err := r.source(f.Source)
		if err == nil && f.Rate <= 0 {
			err = wrong("rate", "%v is not positive", f.Rate)
		}
		r.FXRates = append(r.FXRates, models.FXRate{Period: f.Period, Kind: f.Kind, Base: f.Base, Quote: f.Quote, Rate: f.Rate,
			Method: f.Method, SourceID: src})
		return first(err, currency("base", f.Base), currency("quote", f.Quote),
			oneOf("kind", f.Kind, "monthly_average", "annual_average"), filled("period", f.Period))
	})
}
