package catalogue

import (
	"fmt"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// ReservePercent is set aside on top of every known cost: staying longer is common and no published figure
// covers it (ux.md §6.7; a rule of ours, not a price).
const ReservePercent = 15

// MaxTravellers is the most people one estimate is for: the patient and three companions.
const MaxTravellers = 4

// Trip is what a traveller told us, or what a page assumes.
type Trip struct {
	Treatment *Span  // pounds; nil when no price is known
	Basis     string // whose price it is, or why none is known, in words
	BasisAsOf string // the oldest date behind the price as its source states it; "" when it is judged elsewhere
	Sources   []int64
	Own       bool    // the price is a hospital's own package: every charge it must make is in it (ux.md §1.5)
	Extras    []Extra // what the hospital says may come on top of its package
	People    int     // the patient and companions, at least 1
	Stay
	UKAirport string // IATA code, or "" for any
	To        string // name of the hub travelled to, or "" for any
	Room      Room
	Insurance Insurance
}

// Extra is a charge that a hospital says may come on top, in pounds for one Per.
type Extra struct {
	Label  string
	Amount money.Amount
	Per    string // "night", "unit", "visit"
}

// Room is the kind of room near the hospital; "" is not chosen.
type Room string

// Rooms that a figure is held for.
const (
	RoomBudget  Room = "budget"
	RoomMiddle  Room = "3-star"
	RoomComfort Room = "4-5-star"
)

// Rooms in order of price.
var Rooms = []Room{RoomBudget, RoomMiddle, RoomComfort}

// Insurance is whether the traveller will buy cover for planned treatment; "" is not said.
type Insurance string

// Answers about insurance.
const (
	Insured   Insurance = "yes"
	Uninsured Insurance = "no"
)

// TripLine is one cost of a trip in pounds for everybody. A line without figures is not known: it is
// listed, never counted as zero.
type TripLine struct {
	Key, Label        string
	Low, Likely, High money.Amount
	Known             bool
	Declined          bool // the traveller goes without: neither known nor missing
	Note              string
	Figures           []models.TripCost // the rows behind it, as published
	AsOf              string            // the oldest date behind it, as stated
	Age               Age
	Stale             bool // Age is not Fresh
	SourceIDs         []int64
}

// TripEstimate is an itemised whole-trip cost. Lines are rounded, and Low, Likely and High are the sums of the known
// ones as they stand: print both without rounding again. Missing names the lines without figures.
type TripEstimate struct {
	Lines             []TripLine
	Low, Likely, High money.Amount
	Complete          bool // the treatment and the stay are known, so the total means something
	Missing           []string
}

// Span is the total from low to high.
func (e TripEstimate) Span() Span { return Span{e.Low, e.High} }

// EstimateTrip adds up a trip from the sourced figures held. The same calculation feeds result cards, the
// quote card, the treatment figures and the trip-cost pages.
func EstimateTrip(t Trip, costs []models.TripCost, rates Rates, today when.Date) TripEstimate {
	if t.People < 1 {
		t.People = 1
	}
	b := tripBook{trip: t, costs: costs, rates: rates, today: today}
	lines := []TripLine{b.treatment()}
	if t.Own {
		lines = append(lines, b.onTop()...)
	} else {
		lines = append(lines, b.tests())
	}
	lines = append(lines, b.flights(), b.visas(), b.lodging(),
		b.daily("food", "Food", "basic healthy", "occasional restaurants"),
		b.daily("local_transport", "Local travel", "daily commute", "daily commute"),
		b.insurance(), b.followUp())
	return total(lines, t.Own)
}

// Steps to which lines are rounded, in pounds: an estimate must not look exact, a hospital's own price is.
const (
	lineStep  = 10
	rangeStep = 50 // an indicative range is good to about fifty pounds at best
	ownStep   = 1
)

// rounded is the line as every page prints it.
func (l TripLine) rounded(own bool) TripLine {
	step := int64(lineStep)
	switch {
	case own && (l.Key == "treatment" || l.Key == "on_top"):
		step = ownStep
	case l.Key == "treatment":
		step = rangeStep
	}
	l.Low, l.Likely, l.High = l.Low.RoundTo(step), l.Likely.RoundTo(step), l.High.RoundTo(step)
	return l
}

// total adds the lines up as they are printed, so that a reader who adds them gets the same.
func total(lines []TripLine, own bool) TripEstimate {
	e := TripEstimate{Low: money.Whole(0, money.GBP), Likely: money.Whole(0, money.GBP), High: money.Whole(0, money.GBP)}
	known := map[string]bool{}
	for _, l := range lines {
		known[l.Key] = l.Known
		if !l.Known {
			if !l.Declined {
				e.Missing = append(e.Missing, l.Label)
			}
			e.Lines = append(e.Lines, l)
			continue
		}
		e.add(l.rounded(own))
	}
	e.add(TripLine{Key: "reserve", Label: fmt.Sprintf("Reserve of %d%% for a longer stay", ReservePercent), Known: true,
		Low: share(e.Low), Likely: share(e.Likely), High: share(e.High), Note: "Our rule, not a price."}.rounded(false))
	e.Complete = known["treatment"] && known["lodging"] && known["flights"]
	return e
}

func (e *TripEstimate) add(l TripLine) {
	e.Lines = append(e.Lines, l)
	e.Low.Minor += l.Low.Minor
	e.Likely.Minor += l.Likely.Minor
	e.High.Minor += l.High.Minor
}

func share(a money.Amount) money.Amount {
	return money.Amount{Minor: a.Minor * ReservePercent / 100, Currency: a.Currency}
}
