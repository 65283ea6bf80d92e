package catalogue

import (
	"fmt"

	"carecorridor/internal/money"
)

// Stay is how long a trip lasts. Days are days in India with the day of arrival and the last day both counted, as
// sources and packages state them; 0 and 0 when not known.
type Stay struct {
	DaysLow, DaysHigh int
	HospitalNights    int // nights for which the price holds the patient's bed; 0 when it holds none, or when not known
}

// Nights is how many nights are in a number of days: one arrives on the first day and leaves on the last. Every page,
// card and figure counts with it.
func Nights(days int) int { return max(0, days-1) }

// Days is how many days a number of nights makes.
func Days(nights int) int { return nights + 1 }

// Known reports whether anything states how long the stay is.
func (s Stay) Known() bool { return s.DaysHigh > 0 }

// Nights is the shortest and the longest time in nights.
func (s Stay) Nights() (low, high int) { return Nights(s.DaysLow), Nights(s.DaysHigh) }

// PackageTime is what a hospital's own package says about time; nil is not published.
type PackageTime struct{ DaysInIndia, StayNights *int }

// StayFor is the time of a trip for a treatment: by the hospital's own packages when one of them states it, else by
// the treatment's source. own reports which.
func StayFor(t Treatment, packages ...PackageTime) (s Stay, own bool) {
	for i, p := range packages {
		if p.StayNights != nil && (i == 0 || *p.StayNights < s.HospitalNights) {
			s.HospitalNights = *p.StayNights
		}
		if p.DaysInIndia != nil && *p.DaysInIndia > 0 {
			if s.DaysLow == 0 || *p.DaysInIndia < s.DaysLow {
				s.DaysLow = *p.DaysInIndia
			}
			s.DaysHigh = max(s.DaysHigh, *p.DaysInIndia)
		}
	}
	for _, p := range packages {
		if p.StayNights == nil {
			s.HospitalNights = 0
		}
	}
	if s.Known() {
		return s, true
	}
	s.DaysLow, s.DaysHigh = t.DaysLow, t.DaysHigh
	return s, false
}

// bedsInARoom is how many people share a room: the figures held are for rooms with 2 beds.
const bedsInARoom = 2

func rooms(people int) int { return (people + bedsInARoom - 1) / bedsInARoom }

// roomNights counts rooms times nights for a number of days. While the package holds the patient's bed only those who
// come along need a room.
func (t Trip) roomNights(days int) int {
	nights := Nights(days)
	held := min(t.HospitalNights, nights)
	return (nights-held)*rooms(t.People) + held*rooms(t.People-1)
}

// lodging counts a room with 2 beds for every 2 people.
func (b tripBook) lodging() TripLine {
	n := rooms(b.trip.People)
	label := "Room near the hospital"
	if n > 1 {
		label = fmt.Sprintf("%d rooms near the hospital", n)
	}
	low, high := b.trip.Nights()
	if b.trip.People == 1 {
		low, high = b.trip.roomNights(b.trip.DaysLow), b.trip.roomNights(b.trip.DaysHigh)
	}
	of := counted{low: b.trip.roomNights(b.trip.DaysLow), high: b.trip.roomNights(b.trip.DaysHigh), words: countWords(low, high, "night")}
	cheap, likely, dear := roomItems[RoomBudget], roomItems[RoomMiddle], roomItems[RoomComfort]
	if item, chosen := roomItems[b.trip.Room]; chosen {
		cheap, likely, dear = item, "", item
	}
	l := b.times("lodging", label, of, likely, cheap, dear)
	if l.Known {
		l.Note = b.roomNote()
	}
	return l
}

// roomNote says what the price of the treatment changes about the room.
func (b tripBook) roomNote() string {
	held := b.trip.HospitalNights
	switch {
	case held == 0:
		return ""
	case b.trip.People == 1:
		return fmt.Sprintf("Without %s in hospital: the package holds your bed.", countWords(held, held, "night"))
	case rooms(b.trip.People-1) < rooms(b.trip.People):
		return fmt.Sprintf("1 room less for %s: the package holds your bed in hospital.", countWords(held, held, "night"))
	}
	return fmt.Sprintf("The package holds your bed for %s. Whoever comes with you needs the room then, too.", countWords(held, held, "night"))
}

// daily is a cost for each person on each day in India.
func (b tripBook) daily(key, label, low, high string) TripLine {
	s := b.trip.Stay
	return b.times(key, label, counted{low: s.DaysLow * b.trip.People, high: s.DaysHigh * b.trip.People, words: countWords(s.DaysLow, s.DaysHigh, "day")}, "", low, high)
}

// RoomANight is what one room of a kind costs for a night by the figure held; ok is false when none is.
func RoomANight(r Room, ref *Reference) (price money.Amount, ok bool) {
	b := tripBook{costs: ref.TripCosts, rates: ref.Rates}
	row := first(b.kind("lodging"), roomItems[r])
	if row == nil || roomItems[r] == "" {
		return money.Amount{}, false
	}
	return b.pounds(figure(*row, row.Typical), row.Unit, 1)
}

// countWords is "1 night", "14 nights", "14 to 20 nights".
func countWords(low, high int, unit string) string {
	switch {
	case low == 1 && high == 1:
		return "1 " + unit
	case low == high:
		return fmt.Sprintf("%d %ss", low, unit)
	}
	return fmt.Sprintf("%d to %d %ss", low, high, unit)
}
