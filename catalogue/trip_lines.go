package catalogue

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/money"
	"carecorridor/internal/when"
	"carecorridor/models"
)

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
		if b.trip.Basis != "" {
			return b.unknown("treatment", "Treatment", b.trip.Basis)
		}
		return b.unknown("treatment", "Treatment", "No price is published. Ask the hospital for a written quote.")
	}
	s := *b.trip.Treatment
	l := TripLine{Key: "treatment", Label: "Treatment", Low: s.Low, Likely: s.Mid(), High: s.High, Known: true,
		Note: b.trip.Basis, AsOf: b.trip.BasisAsOf, SourceIDs: b.trip.Sources}
	if l.AsOf != "" {
		l.date(l.AsOf, b.today)
	}
	return l
}

// onTop is what a hospital says may come on top of its package: nothing at best, one of each at worst.
func (b tripBook) onTop() []TripLine {
	if len(b.trip.Extras) == 0 {
		return nil
	}
	l := TripLine{Key: "on_top", Label: "What may come on top, if needed", Known: true, Low: money.Whole(0, money.GBP), Likely: money.Whole(0, money.GBP), High: money.Whole(0, money.GBP),
		AsOf: b.trip.BasisAsOf, SourceIDs: b.trip.Sources}
	if l.AsOf != "" {
		l.date(l.AsOf, b.today)
	}
	var words []string
	for _, x := range b.trip.Extras {
		one := x.Amount.RoundTo(ownStep)
		l.High.Minor += one.Minor
		words = append(words, strings.TrimSpace(fmt.Sprintf("%s, %s %s", x.Label, one, per(x.Per))))
	}
	l.Note = "The high figure counts one of each: " + strings.Join(words, "; ") + "."
	return []TripLine{l}
}

func per(unit string) string {
	if unit == "" {
		return ""
	}
	return "a " + unit
}

func (b tripBook) tests() TripLine {
	l := b.sum("tests", "Tests before the operation, if not in the price", b.kind("pre_op_tests"), 1, 1)
	if l.Known {
		l.Note = "Ask whether the hospital's price already includes them."
	}
	return l
}

var ukAirportNames = map[string]string{"LHR": "London", "LGW": "London", "MAN": "Manchester", "BHX": "Birmingham", "GLA": "Glasgow", "EDI": "Edinburgh"}

// flights uses return fares between the UK and India from the airport chosen, else from any.
func (b tripBook) flights() TripLine {
	var rows []models.TripCost
	for _, c := range b.costs {
		if c.Kind == "airfare" && strings.HasPrefix(c.Item, "return ") && current(c.AsOf) && c.Unit == string(money.GBP) {
			rows = append(rows, c)
		}
	}
	var notes []string
	if name := ukAirportNames[b.trip.UKAirport]; name != "" {
		if own := itemContains(rows, name); len(own) > 0 {
			rows = own
		} else {
			notes = append(notes, "We hold no fare from "+name+".")
		}
	}
	l := b.sum("flights", fmt.Sprintf("Return flights, %s", peopleWords(b.trip.People)), rows, float64(b.trip.People), float64(b.trip.People))
	if !l.Known {
		l.Note = "We hold no fare. Ask an airline."
		return l
	}
	if b.trip.To != "" && !slices.ContainsFunc(rows, func(r models.TripCost) bool { return strings.Contains(b.trip.To, r.Scope) }) {
		notes = append(notes, "We hold no fare to "+b.trip.To+".")
	}
	l.Note = strings.Join(append(notes, "Lowest fares that were published. Expect to pay more in busy weeks, and for a change of plane."), " ")
	return l
}

// VisaFee is the item of what UK citizens pay for the e-Medical visa. The seed holds it without a figure: no source that was
// read states one. The desk may add one with its source.
const VisaFee = "e-Medical visa fee, UK nationals"

// visas are one for each person once the fee is known. The note says for how many people an attendant visa was reported.
func (b tripBook) visas() TripLine {
	n := float64(b.trip.People)
	l := b.sum("visa", "e-Medical visas for India, "+peopleWords(b.trip.People), itemContains(b.kind("visa"), VisaFee), n, n)
	if !l.Known {
		l = b.unknown("visa", "e-Medical visa for India, each person", "We hold no source for the fee UK citizens pay. Ask the visa office.")
	}
	if row := first(b.kind("visa"), "attendant visas per patient"); row != nil && row.Typical != nil && b.trip.People-1 > int(*row.Typical) {
		l.Note = strings.TrimSpace(l.Note + fmt.Sprintf(" An attendant visa was reported for at most %d people with a patient.", int(*row.Typical)))
		l.Figures, l.SourceIDs = append(l.Figures, *row), append(l.SourceIDs, row.SourceID)
		l.date(row.AsOf, b.today)
	}
	return l
}

// roomItems are words in the row of each kind of room.
var roomItems = map[Room]string{RoomBudget: "guest house near", RoomMiddle: "3-star hotel", RoomComfort: "4-5 star"}

func (b tripBook) insurance() TripLine {
	l := b.unknown("insurance", "Insurance that covers planned treatment", "We hold no current price. Ordinary travel policies exclude planned treatment.")
	if b.trip.Insurance == Uninsured {
		l.Declined = true
		l.Note = "You said that you will not buy it. Then you pay for a longer stay, a second operation and an earlier flight yourself."
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

// counted is how often a nightly or daily figure is paid, and the words for it.
type counted struct {
	low, high int
	words     string
}

// times multiplies nightly or daily figures. likely, low and high name the row to use for each; an empty likely
// takes the middle of the other two.
func (b tripBook) times(key, label string, of counted, likely, low, high string) TripLine {
	if !b.trip.Stay.Known() {
		return b.unknown(key, label, "How long you stay in India is not known.")
	}
	rows := b.kind(key)
	cheap, dear := first(rows, low), first(rows, high)
	if cheap == nil || dear == nil {
		return b.unknown(key, label, "We hold no figure.")
	}
	used := []models.TripCost{*cheap}
	if dear.ID != cheap.ID || dear.Item != cheap.Item {
		used = append(used, *dear)
	}
	l := b.sum(key, label, used, float64(of.low), float64(of.high))
	if mid := first(rows, likely); likely != "" && mid != nil && l.Known {
		if a, ok := b.pounds(figure(*mid, mid.Typical), mid.Unit, float64(of.low+of.high)/2); ok {
			l.Likely = a
			l.Figures = slices.Insert(l.Figures, 1, *mid)
			l.SourceIDs = append(l.SourceIDs, mid.SourceID)
			l.date(mid.AsOf, b.today)
		}
	}
	l.Label = label + ", " + of.words
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
		l.Figures = append(l.Figures, r)
		l.SourceIDs = append(l.SourceIDs, r.SourceID)
		l.date(r.AsOf, b.today)
	}
	l.Likely = Span{l.Low, l.High}.Mid()
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

func peopleWords(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}
