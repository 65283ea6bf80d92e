package seed

import (
	"cmp"
	"math"
	"strings"

	"carecorridor/internal/money"
)

func round(v float64, places int) float64 {
	p := math.Pow10(places)
	return math.Round(v*p) / p
}

// minor turns whole units with decimals into minor units.
func minor(v *float64) *int64 {
	if v == nil {
		return nil
	}
	n := int64(math.Round(*v * 100))
	return &n
}

func (c *compiler) compilePrices() error {
	var out []priceRec
	err := eachRow(c.dir, "costs.csv", []string{"procedure_slug", "country", "provider_or_scope", "payer_type", "currency", "low", "typical", "high", "includes", "source_url", "source_date", "evidence_class"}, func(t *table) error {
		out = append(out, priceRec{Procedure: t.get("procedure_slug"), Country: t.get("country"), Scope: t.get("provider_or_scope"), Payer: t.get("payer_type"),
			Currency: money.Currency(t.get("currency")), Low: minor(t.number("low")), Typical: minor(t.number("typical")), High: minor(t.number("high")),
			Includes: t.get("includes"), Class: t.get("evidence_class"), AsOf: cmp.Or(t.get("source_date"), "n.d."),
			Source: c.src.cite(t.get("source_url"), t.get("source_date"))})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, pricesFile, out)
}

func (c *compiler) compileWaits() error {
	var out []waitRec
	err := eachRow(c.dir, "nhs_waits.csv", []string{"area_type", "area_name", "treatment_function_code", "treatment_function", "month", "incomplete_pathways", "within_18_weeks", "pct_within_18_weeks", "median_wait_weeks", "mean_wait_weeks", "p92_wait_weeks", "waiting_over_52_weeks", "specialty_slugs", "source_url", "source_date", "note"}, func(t *table) error {
		w := waitRec{AreaType: t.get("area_type"), Area: t.get("area_name"), Code: t.get("treatment_function_code"), Function: t.get("treatment_function"),
			Month: t.get("month"), Incomplete: t.whole("incomplete_pathways"), Within18: t.whole("within_18_weeks"), PctWithin18: t.number("pct_within_18_weeks"),
			MedianWeeks: t.number("median_wait_weeks"), P92Weeks: t.number("p92_wait_weeks"), Over52: t.whole("waiting_over_52_weeks"),
			Specialties: cleanList(t.get("specialty_slugs")), Note: t.get("note"), Source: c.src.cite(t.get("source_url"), t.get("source_date"))}
		if mean := t.get("mean_wait_weeks"); mean != "" { // a mean is not a median: it stays in words
			w.Note = strings.TrimPrefix(w.Note+"; mean wait "+mean+" weeks", "; ")
		}
		out = append(out, w)
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, waitsFile, out)
}

func (c *compiler) compileTrip() error {
	var out []tripRec
	err := eachRow(c.dir, "trip_costs.csv", []string{"item_type", "item", "city_or_scope", "currency_or_unit", "low", "typical", "high", "per", "includes", "source", "source_date", "evidence_note"}, func(t *table) error {
		src := curation // a row without figures is a known gap: that it is one is our own statement
		if t.get("source") != "" {
			src = c.src.cite(t.get("source"), t.get("source_date"))
		}
		out = append(out, tripRec{t.get("item_type"), t.get("item"), t.get("city_or_scope"), t.get("currency_or_unit"), t.number("low"), t.number("typical"),
			t.number("high"), t.get("per"), t.get("includes"), t.get("source_date"), t.get("evidence_note"), src})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, tripFile, out)
}

// firstMonth is the oldest month whose rate is kept; years are all kept.
const firstMonth = "2024-01"

func (c *compiler) compileRates() error {
	var out []rateRec
	err := eachRow(c.dir, "fx_rates.csv", []string{"period", "granularity", "base_currency", "quote_currency", "rate", "method", "source_url", "source_date"}, func(t *table) error {
		rate := t.number("rate")
		if rate == nil {
			return wrong("rate", "empty")
		}
		if t.get("granularity") == "monthly_average" && t.get("period") < firstMonth {
			return nil
		}
		out = append(out, rateRec{t.get("period"), t.get("granularity"), money.Currency(t.get("base_currency")), money.Currency(t.get("quote_currency")),
			*rate, t.get("method"), c.src.cite(t.get("source_url"), t.get("source_date"))})
		return nil
	})
	if err != nil {
		return err
	}
	return put(c.out, ratesFile, out)
}
