package catalogue

import (
	"slices"

	"carecorridor/internal/money"
	"carecorridor/models"
)

// FigureRate is the kind of a reference figure that is an exchange rate; all others are kinds of trip costs.
const FigureRate = "rate"

// FigureKey names what a figure is of: newer ones of the same key replace it.
type FigureKey struct{ Kind, Item, Scope string }

// inForce is the newest figure of each key, the desk's own order kept.
func inForce(figures []models.ReferenceFigure) []models.ReferenceFigure {
	at := map[FigureKey]int{}
	var out []models.ReferenceFigure
	for _, f := range figures { // oldest first
		k := FigureKey{f.Kind, f.Item, f.Scope}
		if i, known := at[k]; known {
			out[i] = f
			continue
		}
		at[k] = len(out)
		out = append(out, f)
	}
	return slices.DeleteFunc(out, models.ReferenceFigure.Empty)
}

// withFigures puts the desk's figures in the place of the compiled ones, or beside them. A compiled figure whose source
// is newer stays.
func withFigures(costs []models.TripCost, rates []models.FXRate, figures []models.ReferenceFigure) ([]models.TripCost, []models.FXRate) {
	costs = slices.Clone(costs)
	for _, f := range inForce(figures) {
		if f.Kind == FigureRate {
			rates = append(rates, models.FXRate{ID: -f.ID, Period: f.AsOf, Kind: "monthly_average", Base: money.Currency(f.Item), Quote: money.Currency(f.Scope), Rate: *f.Typical,
				Method: "as published", SourceID: *f.SourceID})
			continue
		}
		row := models.TripCost{ID: -f.ID, Kind: f.Kind, Item: f.Item, Scope: f.Scope, Unit: f.Unit, Low: f.Low, Typical: f.Typical, High: f.High, Per: f.Per, AsOf: f.AsOf, Note: f.Note, SourceID: *f.SourceID}
		i := slices.IndexFunc(costs, func(c models.TripCost) bool { return c.Kind == f.Kind && c.Item == f.Item && c.Scope == f.Scope })
		switch {
		case i < 0:
			costs = append(costs, row)
		case !newerThan(costs[i].AsOf, f.AsOf):
			row.ID, row.Includes = costs[i].ID, costs[i].Includes
			costs[i] = row
		}
	}
	return costs, rates
}

// newerThan compares dates as sources state them; one that states none is never newer.
func newerThan(a, b string) bool {
	_, _, dated := period(a)
	return dated && a > b
}

// NewestRate is the newest monthly average of a pair as it was published; ok is false when none is held.
func (r *Reference) NewestRate(base, quote money.Currency) (row models.FXRate, ok bool) {
	for _, one := range r.fxRows {
		if one.Kind == "monthly_average" && one.Base == base && one.Quote == quote && one.Period >= row.Period {
			row, ok = one, true
		}
	}
	return row, ok
}
