package catalogue

import (
	"strings"
	"testing"

	"carecorridor/internal/money"
)

func TestAStayHasOneNightLessThanDays(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]int{0: 0, 1: 0, 2: 1, 10: 9, 16: 15, 21: 20, 61: 60} {
		if got := Nights(days); got != want {
			t.Errorf("%d days have %d nights, want %d", days, got, want)
		}
		if days > 0 && Days(want) != days {
			t.Errorf("%d nights make %d days, want %d", want, Days(want), days)
		}
	}
}

func TestRoomsArePaidForNightsThatNoPackageHoldsABedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                     string
		people, days, held, want int
		label, note              string
	}{
		{"alone, nights in hospital not known", 1, 16, 0, 15, "Room near the hospital, 15 nights", ""},
		{"alone, 5 nights in the package", 1, 16, 5, 10, "Room near the hospital, 10 nights", "Without 5 nights in hospital"},
		{"alone, a day case", 1, 4, 0, 3, "Room near the hospital, 3 nights", ""},
		{"alone, every night in hospital", 1, 6, 5, 0, "Room near the hospital, 0 nights", "holds your bed"},
		{"alone, a longer package than stay", 1, 3, 9, 0, "Room near the hospital, 0 nights", "holds your bed"},
		{"two people: the other one needs the room", 2, 16, 5, 15, "Room near the hospital, 15 nights", "Whoever comes with you"},
		{"three people: one room while the patient is in hospital", 3, 16, 5, 25, "2 rooms near the hospital, 15 nights", "1 room less for 5 nights"},
		{"four people: three need two rooms", 4, 16, 5, 30, "2 rooms near the hospital, 15 nights", "Whoever comes with you"},
	} {
		trip := Trip{Treatment: knee(), People: c.people, Room: RoomComfort, Stay: Stay{DaysLow: c.days, DaysHigh: c.days, HospitalNights: c.held}}
		l := line(EstimateTrip(trip, tripCosts(), testRates(), day(t, "2026-11-22")), "lodging")
		if want := money.Whole(int64(c.want)*80, money.GBP); l.Low != want || l.High != want || !l.Known {
			t.Errorf("%s: %v to %v, want %v", c.name, l.Low, l.High, want)
		}
		if l.Label != c.label || !strings.Contains(l.Note, c.note) || c.note == "" && l.Note != "" {
			t.Errorf("%s: %q, %q", c.name, l.Label, l.Note)
		}
	}
}

func TestTheHospitalsOwnTimeComesBeforeTheSources(t *testing.T) {
	t.Parallel()
	n := func(v int) *int { return &v }
	treatment := Treatment{DaysLow: 15, DaysHigh: 21}
	for _, c := range []struct {
		name     string
		packages []PackageTime
		want     Stay
		own      bool
	}{
		{"no package", nil, Stay{DaysLow: 15, DaysHigh: 21}, false},
		{"a package with both", []PackageTime{{n(16), n(5)}}, Stay{16, 16, 5}, true},
		{"a package without days", []PackageTime{{nil, n(5)}}, Stay{15, 21, 5}, false},
		{"a package with nothing", []PackageTime{{nil, nil}}, Stay{DaysLow: 15, DaysHigh: 21}, false},
		{"two packages: the fewest nights that both hold", []PackageTime{{n(16), n(5)}, {n(12), n(3)}}, Stay{12, 16, 3}, true},
		{"one of two says no nights: none is counted as held", []PackageTime{{n(16), nil}, {n(12), n(3)}}, Stay{12, 16, 0}, true},
	} {
		if got, own := StayFor(treatment, c.packages...); got != c.want || own != c.own {
			t.Errorf("%s: %+v, own %v; want %+v, own %v", c.name, got, own, c.want, c.own)
		}
	}
}

func TestFoodAndTravelAreCountedByDay(t *testing.T) {
	t.Parallel()
	e := EstimateTrip(Trip{Treatment: knee(), People: 2, Stay: Stay{DaysLow: 16, DaysHigh: 16}}, tripCosts(), testRates(), day(t, "2026-11-22"))
	if l := line(e, "food"); l.Label != "Food, 16 days" || l.High != money.Whole(380, money.GBP) { // 32 × US$15 at US$1.25
		t.Errorf("%q, %v", l.Label, l.High)
	}
	if l := line(e, "local_transport"); l.Label != "Local travel, 16 days" {
		t.Errorf("%q", l.Label)
	}
}
