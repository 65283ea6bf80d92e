package catalogue

import (
	"math/rand/v2"
	"testing"

	"carecorridor/internal/money"
	"carecorridor/models"
)

// Whatever is asked, whoever adds up the lines as they are printed gets the printed total, in every column.
func TestTheTotalIsTheSumOfTheLinesAsPrinted(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20261122, 15))
	today := day(t, "2026-11-22")
	for range 5000 {
		trip := anyTrip(r)
		e := EstimateTrip(trip, anyCosts(r), testRates(), today)
		var low, likely, high int64
		for _, l := range e.Lines {
			if !l.Known {
				if l.Low.Minor != 0 || l.Likely.Minor != 0 || l.High.Minor != 0 {
					t.Fatalf("%s is not known, and has figures: %+v", l.Key, l)
				}
				continue
			}
			for _, a := range []money.Amount{l.Low, l.Likely, l.High} {
				if a.Minor%100 != 0 {
					t.Fatalf("%s is printed with pence: %v", l.Key, a)
				}
			}
			low, likely, high = low+l.Low.Minor, likely+l.Likely.Minor, high+l.High.Minor
		}
		if e.Low.Minor != low || e.Likely.Minor != likely || e.High.Minor != high {
			t.Fatalf("%+v: printed %v, %v, %v; the lines add up to %d, %d, %d pence", trip, e.Low, e.Likely, e.High, low, likely, high)
		}
		if e.Low.Minor > e.High.Minor {
			t.Fatalf("%+v: low %v is above high %v", trip, e.Low, e.High)
		}
	}
}

func anyTrip(r *rand.Rand) Trip {
	trip := Trip{People: r.IntN(6), Own: r.IntN(2) == 0, Room: append(Rooms, "")[r.IntN(4)], Insurance: []Insurance{"", Insured, Uninsured}[r.IntN(3)],
		UKAirport: []string{"", "LHR", "MAN", "GLA"}[r.IntN(4)]}
	if r.IntN(5) > 0 {
		low := r.Int64N(3_000_000)
		trip.Treatment = &Span{money.Amount{Minor: low, Currency: money.GBP}, money.Amount{Minor: low + r.Int64N(2_000_000), Currency: money.GBP}}
	}
	if r.IntN(5) > 0 {
		low := r.IntN(90)
		trip.Stay = Stay{DaysLow: low, DaysHigh: low + r.IntN(40), HospitalNights: r.IntN(30)}
	}
	for range r.IntN(4) {
		trip.Extras = append(trip.Extras, Extra{Label: "Something", Amount: money.Amount{Minor: r.Int64N(100_000), Currency: money.GBP}})
	}
	return trip
}

// anyCosts are the usual rows with figures nobody chose.
func anyCosts(r *rand.Rand) []models.TripCost {
	rows := tripCosts()
	for i := range rows {
		for _, figure := range []**float64{&rows[i].Low, &rows[i].Typical} {
			if *figure != nil {
				*figure = f(r.Float64() * 500)
			}
		}
		if rows[i].High != nil {
			rows[i].High = f(*rows[i].Low + r.Float64()*500)
		}
	}
	return rows
}
