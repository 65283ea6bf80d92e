package workday_test

import (
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"carecorridor/internal/when"
	"carecorridor/internal/workday"
)

func day(t *testing.T, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestHolidaysOfTheRightCountryAreNotWorked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day            string
		england, india bool
		what           string
	}{
		{"2026-11-23", true, true, "a Monday"},
		{"2026-11-21", false, false, "a Saturday"},
		{"2026-11-22", false, false, "a Sunday"},
		{"2026-12-25", false, true, "Christmas Day"},
		{"2026-12-28", false, true, "the substitute of Boxing Day, which is a Saturday"},
		{"2027-12-27", false, true, "the substitute of Christmas Day, which is a Saturday"},
		{"2027-12-28", false, true, "the substitute of Boxing Day, which is a Sunday"},
		{"2028-01-03", false, true, "the substitute of New Year's Day, which is a Saturday"},
		{"2026-04-03", false, true, "Good Friday"},
		{"2026-04-06", false, true, "Easter Monday"},
		{"2026-05-04", false, true, "the early May bank holiday"},
		{"2026-05-25", false, true, "the spring bank holiday"},
		{"2026-08-31", false, true, "the summer bank holiday of England"},
		{"2026-08-03", true, true, "the summer bank holiday of Scotland alone"},
		{"2022-06-03", false, true, "the Platinum Jubilee"},
		{"2023-05-08", false, true, "the Coronation"},
		{"2026-01-26", true, false, "Republic Day"},
		{"2025-08-15", true, false, "Independence Day"},
		{"2026-10-02", true, false, "Gandhi Jayanti"},
		{"2026-08-17", true, true, "the Monday after an Independence Day on a Saturday: India has no substitutes"},
		{"2027-10-29", true, true, "Diwali: no rule gives its day, so nobody's calendar has it by itself"},
		{"2028-02-29", true, true, "a leap day on a Tuesday"},
	} {
		d := day(t, c.day)
		if got := workday.England.Works(d); got != c.england {
			t.Errorf("England, %s, %s: worked %v", c.day, c.what, got)
		}
		if got := workday.India.Works(d); got != c.india {
			t.Errorf("India, %s, %s: worked %v", c.day, c.what, got)
		}
		if got := workday.Both.Works(d); got != (c.england && c.india) {
			t.Errorf("both, %s, %s: worked %v", c.day, c.what, got)
		}
	}
}

func TestWorkingDaysAreAdded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		calendar workday.Calendar
		from     string
		n        int
		to       string
	}{
		{workday.England, "2026-11-22", 5, "2026-11-27"},
		{workday.England, "2026-11-23", 5, "2026-11-30"},
		{workday.England, "2026-12-23", 2, "2026-12-29"}, // Christmas, a weekend and Boxing Day's Monday lie between
		{workday.India, "2026-12-23", 2, "2026-12-25"},
		{workday.Both, "2026-12-23", 2, "2026-12-29"},
		{workday.Both, "2026-01-23", 1, "2026-01-27"},
		{workday.England, "2026-01-23", 1, "2026-01-26"},
		{workday.Both, "2026-04-02", 1, "2026-04-07"},
		{workday.Both, "2028-02-28", 1, "2028-02-29"},
		{workday.Both, "2028-02-28", 2, "2028-03-01"},
		{workday.Both, "2027-02-26", 1, "2027-03-01"},
		{workday.Both, "2026-12-29", -2, "2026-12-23"},
		{workday.Both, "2026-12-25", 0, "2026-12-25"},
		{workday.Calendar{}, "2026-12-24", 1, "2026-12-25"},
	} {
		from, to := day(t, c.from), day(t, c.to)
		if got := c.calendar.AddDays(from, c.n); got != to {
			t.Errorf("%s and %d working days: %s, want %s", c.from, c.n, got, c.to)
		}
		if got := c.calendar.DaysBetween(from, to); c.n > 0 && got != c.n {
			t.Errorf("%s to %s: %d working days, want %d", c.from, c.to, got, c.n)
		}
	}
}

func TestAHospitalsOwnHolidaysCountToo(t *testing.T) {
	t.Parallel()
	diwali := day(t, "2027-10-29") // a Friday; the hospital names it
	with := workday.Both.With(diwali)
	if with.Works(diwali) || !workday.Both.Works(diwali) {
		t.Error("the day is not the hospital's alone")
	}
	if got := with.AddDays(day(t, "2027-10-28"), 1); got != day(t, "2027-11-01") {
		t.Error(got)
	}
	more := with.With(day(t, "2027-11-01"))
	if more.Works(diwali) || more.Works(day(t, "2027-11-01")) || !with.Works(day(t, "2027-11-01")) {
		t.Error("a second list replaces or changes the first")
	}
	if workday.England.And(workday.India.With(diwali)).Works(diwali) {
		t.Error("the union forgets a hospital's days")
	}
}

func TestTheTimeOfDayStaysWhenTheClocksChange(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		u, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for _, c := range []struct {
		name     string
		calendar workday.Calendar
		from, to string
		n        int
	}{
		{"spring: 9am stays 9am in London", workday.England, "2027-03-26T09:00:00Z", "2027-03-30T08:00:00Z", 1}, // Good Friday to the Tuesday after Easter
		{"autumn: 9am stays 9am in London", workday.England, "2026-10-23T08:00:00Z", "2026-10-26T09:00:00Z", 1},
		{"India has no summer time", workday.India, "2026-10-23T08:00:00Z", "2026-10-26T08:00:00Z", 1},
		{"late in the evening the Indian day is tomorrow", workday.India, "2026-11-26T19:00:00Z", "2026-11-29T19:00:00Z", 1}, // 00:30 on Friday to 00:30 on Monday in India
		{"and the British one is today", workday.England, "2026-11-26T19:00:00Z", "2026-11-27T19:00:00Z", 1},
		{"11:30pm in summer is today in London though UTC agrees only by an hour", workday.England, "2026-07-02T22:30:00Z", "2026-07-03T22:30:00Z", 1},
		{"00:30 in summer London is yesterday in UTC", workday.England, "2026-07-02T23:30:00Z", "2026-07-05T23:30:00Z", 1}, // Friday 00:30 to Monday 00:30
		{"a leap day is a day", workday.Both, "2028-02-28T12:00:00Z", "2028-02-29T12:00:00Z", 1},
		{"none", workday.Both, "2026-12-25T12:00:00Z", "2026-12-25T12:00:00Z", 0},
	} {
		got := c.calendar.Add(at(c.from), c.n)
		if !got.Equal(at(c.to)) || got.Location() != at(c.from).Location() {
			t.Errorf("%s: %s, want %s", c.name, got, c.to)
		}
		if back := c.calendar.Between(at(c.from), got); back != c.n {
			t.Errorf("%s: %d working days between, want %d", c.name, back, c.n)
		}
	}
}

func TestBetweenCountsBackwards(t *testing.T) {
	t.Parallel()
	a, b := day(t, "2026-12-23"), day(t, "2026-12-29")
	if n := workday.Both.DaysBetween(b, a); n != -2 {
		t.Error(n)
	}
}

// With the race detector this fails when a calendar keeps anything between calls.
func TestACalendarIsSharedSafely(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 50 {
				workday.Both.AddDays(when.Date{Year: 2020 + i, Month: time.January, Day: 1}, n)
			}
		})
	}
	all.Wait()
}

func TestHolidaysWithoutEndEndTheSearch(t *testing.T) {
	t.Parallel()
	var all []when.Date
	for d, i := day(t, "2026-01-01"), 0; i < 5000; i++ {
		all = append(all, d.AddDays(i))
	}
	if got := workday.Both.With(all...).AddDays(all[0], 1); got.Year > 2037 {
		t.Error(got)
	}
}
