package catalogue

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// ReservePercent is set aside on top of every known cost: staying longer is common and no published figure
// covers it (ux.md §6.7; a rule of ours, not a price).
const ReservePercent = 15

// StaleDays is when a figure's age must be shown (ux.md §6.7).
const StaleDays = 90

// Trip is what a traveller told us, or what a page assumes.
type Trip struct {
	Treatment  *Span  // pounds; nil when no price is known
	Basis      string // whose price it is, in words
	BasisAsOf  string
	People     int // the patient and companions, at least 1
	NightsLow  int // nights in India; 0 and 0 when not known
	NightsHigh int
	UKAirport  string // IATA code, or "" for any
}

// TripLine is one cost of a trip in pounds for everybody. A line without figures is not known: it is
// listed, never counted as zero.
type TripLine struct {
	Key, Label        string
	Low, Likely, High money.Amount
	Known             bool
	Note              string
	AsOf              string
	Stale             bool
	SourceIDs         []int64
}

// TripEstimate is an itemised whole-trip cost. Total sums the known lines only; Missing names the others.
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
	lines := []TripLine{
		b.treatment(), b.tests(), b.flights(),
		b.unknown("visa", "Indian e-Medical visa, each person", "We hold no source for the fee UK citizens pay. Ask the visa office."),
		b.perNight("lodging", "Room near the hospital", 1, "3-star hotel", "guest house near", "4-5 star"),
		b.perNight("food", "Food", t.People, "", "basic healthy", "occasional restaurants"),
		b.perNight("local_transport", "Local travel", t.People, "", "daily commute", "daily commute"),
		b.unknown("insurance", "Insurance that covers planned treatment", "We hold no current price. Ordinary travel policies exclude planned treatment."),
		b.followUp(),
	}
	return total(lines)
}

func total(lines []TripLine) TripEstimate {
	e := TripEstimate{Low: money.Whole(0, money.GBP), Likely: money.Whole(0, money.GBP), High: money.Whole(0, money.GBP)}
	known := map[string]bool{}
	for _, l := range lines {
		known[l.Key] = l.Known
		if !l.Known {
			e.Missing = append(e.Missing, l.Label)
			continue
		}
		e.Low.Minor += l.Low.Minor
		e.Likely.Minor += l.Likely.Minor
		e.High.Minor += l.High.Minor
	}
	reserve := TripLine{Key: "reserve", Label: fmt.Sprintf("Reserve of %d%% for a longer stay", ReservePercent), Known: true,
		Low: share(e.Low), Likely: share(e.Likely), High: share(e.High), Note: "Our rule, not a price."}
	e.Low.Minor += reserve.Low.Minor
	e.Likely.Minor += reserve.Likely.Minor
	e.High.Minor += reserve.High.Minor
	e.Lines = append(lines, reserve)
	e.Complete = known["treatment"] && known["lodging"] && known["flights"]
	return e
}

func share(a money.Amount) money.Amount {
	return money.Amount{Minor: a.Minor * ReservePercent / 100, Currency: a.Currency}
}

// tripBook looks figures up for one trip.
type tripBook struct {
	trip  Trip
	costs []models.TripCost
	rates Rates
	today when.Date
}

func (b tripBook) unknown(key, label, note string) TripLine {
	return TripLine{Key: key, Label: label, Note: note}
}

func (b tripBook) treatment() TripLine {
	if b.trip.Treatment == nil {
		return b.unknown("treatment", "Treatment", "No price is published. Ask the hospital for a written quote.")
	}
	s := *b.trip.Treatment
	return TripLine{Key: "treatment", Label: "Treatment", Low: s.Low, Likely: s.Mid(), High: s.High, Known: true,
		Note: b.trip.Basis, AsOf: b.trip.BasisAsOf}
}

// flights uses return fares between the UK and India from the airport chosen, else from any.
func (b tripBook) flights() TripLine {
	var rows []models.TripCost
	for _, c := range b.costs {
		if c.Kind == "airfare" && strings.HasPrefix(c.Item, "return ") && current(c.AsOf) && c.Unit == string(money.GBP) {
			rows = append(rows, c)
		}
	}
	if name := ukAirportNames[b.trip.UKAirport]; name != "" {
		if own := itemContains(rows, name); len(own) > 0 {
			rows = own
		}
	}
	l := b.sum("flights", fmt.Sprintf("Return flights, %s", peopleWords(b.trip.People)), rows, float64(b.trip.People), float64(b.trip.People))
	if l.Known {
		l.Note = "Cheapest fares we hold. Expect to pay more in school holidays, and for routes with a stop."
	}
	return l
}

var ukAirportNames = map[string]string{"LHR": "London", "LGW": "London", "MAN": "Manchester", "BHX": "Birmingham", "GLA": "Glasgow", "EDI": "Edinburgh"}

func (b tripBook) tests() TripLine {
	l := b.sum("tests", "Tests before the operation, if not in the price", b.kind("pre_op_tests"), 1, 1)
	if l.Known {
		l.Note = "Ask whether the hospital's price already includes them."
	}
	return l
}

func (b tripBook) followUp() TripLine {
	l := b.sum("follow_up", "One private consultation in the UK", b.kind("uk_consultation"), 1, 1)
	if l.Known {
		l.Note = "The NHS may see you free for follow-up. Ask your GP."
	}
	return l
}

// perNight multiplies nightly or daily figures by people and nights. likely, low and high name the row to
// use for each; an empty likely takes the middle of the other two.
func (b tripBook) perNight(key, label string, people int, likely, low, high string) TripLine {
	if b.trip.NightsHigh == 0 {
		return b.unknown(key, label, "We hold no source for how long this treatment keeps you in India.")
	}
	rows := b.kind(key)
	cheap, dear := first(rows, low), first(rows, high)
	if cheap == nil || dear == nil {
		return b.unknown(key, label, "We hold no figure.")
	}
	nightsLow, nightsHigh := float64(b.trip.NightsLow*people), float64(b.trip.NightsHigh*people)
	l := b.sum(key, label, []models.TripCost{*cheap, *dear}, nightsLow, nightsHigh)
	if mid := first(rows, likely); likely != "" && mid != nil && l.Known {
		if a, ok := b.pounds(figure(*mid, mid.Typical), mid.Unit, (nightsLow+nightsHigh)/2); ok {
			l.Likely = a
			l.SourceIDs = append(l.SourceIDs, mid.SourceID)
		}
	}
	l.Label = fmt.Sprintf("%s, %s", label, nightsWords(b.trip.NightsLow, b.trip.NightsHigh))
	return l
}

// sum makes a line from the lowest to the highest figure of rows, times low and high.
func (b tripBook) sum(key, label string, rows []models.TripCost, low, high float64) TripLine {
	l := TripLine{Key: key, Label: label}
	for _, r := range rows {
		from, okFrom := b.pounds(figure(r, r.Low), r.Unit, low)
		to, okTo := b.pounds(figure(r, r.High), r.Unit, high)
		if !okFrom || !okTo {
			continue
		}
		if !l.Known || from.Minor < l.Low.Minor {
			l.Low = from
		}
		if !l.Known || to.Minor > l.High.Minor {
			l.High = to
		}
		l.Known = true
		l.SourceIDs = append(l.SourceIDs, r.SourceID)
		l.AsOf = oldest(l.AsOf, r.AsOf)
	}
	l.Likely = Span{l.Low, l.High}.Mid()
	l.Stale = l.Known && b.stale(l.AsOf)
	return l
}

// figure is the end asked for, else whichever figure the row has.
func figure(r models.TripCost, end *float64) *float64 {
	for _, f := range []*float64{end, r.Typical, r.Low, r.High} {
		if f != nil {
			return f
		}
	}
	return nil
}

func (b tripBook) pounds(f *float64, unit string, times float64) (money.Amount, bool) {
	if f == nil || !money.Currency(unit).Known() {
		return money.Amount{}, false
	}
	return b.rates.ToGBP(money.Amount{Minor: int64(math.Round(*f * times * 100)), Currency: money.Currency(unit)})
}

func (b tripBook) kind(kind string) []models.TripCost {
	var out []models.TripCost
	for _, c := range b.costs {
		if c.Kind == kind && (c.Low != nil || c.Typical != nil || c.High != nil) {
			out = append(out, c)
		}
	}
	return out
}

// stale: a figure whose day is over StaleDays back, or that has no day at all.
func (b tripBook) stale(asOf string) bool {
	d, err := when.ParseDate(asOf)
	if err != nil || !d.Known() {
		return true
	}
	return d.DaysUntil(b.today) > StaleDays
}

func first(rows []models.TripCost, part string) *models.TripCost {
	if found := itemContains(rows, part); len(found) > 0 {
		return &found[0]
	}
	return nil
}

func itemContains(rows []models.TripCost, part string) []models.TripCost {
	var out []models.TripCost
	for _, r := range rows {
		if strings.Contains(r.Item, part) {
			out = append(out, r)
		}
	}
	return out
}

// oldest is the earlier of two dates as stated; undated counts as oldest.
func oldest(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case a == "n.d." || b == "n.d.":
		return "n.d."
	}
	return min(a, b)
}

func peopleWords(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}

func nightsWords(low, high int) string {
	if low == high {
		return fmt.Sprintf("%d nights", low)
	}
	return fmt.Sprintf("%d to %d nights", low, high)
}
