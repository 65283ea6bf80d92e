// Package workday counts working days: Monday to Friday without the public holidays of England, of India, or of both,
// and without the holidays that a hospital has told us. It is not for opening hours, and not for clocks that stop and
// go on: every function depends on nothing but what it is given.
//
// England is github.com/rickar/cal/v2/gb: the bank holidays of England and Wales with their substitute days. That
// library (2.1.13) holds no Indian calendar at all. India here is the three national holidays that every Indian state
// closes on, written as definitions of that library: Republic Day (26 January), Independence Day (15 August) and the
// birthday of Mahatma Gandhi (2 October), without substitute days because India has none. Diwali, Holi, Eid and the
// other festivals are fixed by each state for each year and cannot be computed: they count only when With names them.
package workday

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"

	"carecorridor/internal/when"
)

// Calendar says which days are worked and where a day begins. The zero Calendar is Monday to Friday in UTC. It is
// never changed after it was made, so many may use it at once.
type Calendar struct {
	zone     *time.Location
	holidays []*cal.Holiday
	extra    map[when.Date]bool
}

// England and India, each with its own midnight, and Both: days that are worked in both, counted by British midnight
// because every date that a patient is told is a British one.
var (
	England = Calendar{zone: london(), holidays: gb.Holidays}
	India   = Calendar{zone: when.IST, holidays: national}
	Both    = England.And(India)
)

// national are the holidays of all India.
var national = []*cal.Holiday{
	{Name: "Republic Day", Type: cal.ObservancePublic, Month: time.January, Day: 26, Func: cal.CalcDayOfMonth, StartYear: 1950},
	{Name: "Independence Day", Type: cal.ObservancePublic, Month: time.August, Day: 15, Func: cal.CalcDayOfMonth, StartYear: 1947},
	{Name: "Gandhi Jayanti", Type: cal.ObservancePublic, Month: time.October, Day: 2, Func: cal.CalcDayOfMonth, StartYear: 1948},
}

// london is the zone of British days. A machine without zones shows summer times an hour off.
func london() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}

// And is the calendar of days that are worked in both, with c's midnight.
func (c Calendar) And(o Calendar) Calendar {
	out := Calendar{zone: c.zone, holidays: append(c.holidays[:len(c.holidays):len(c.holidays)], o.holidays...)}
	return out.closed(c.extra).closed(o.extra)
}

// With is c without further days, such as a hospital's own holidays.
func (c Calendar) With(holidays ...when.Date) Calendar {
	more := make(map[when.Date]bool, len(holidays))
	for _, d := range holidays {
		more[d] = true
	}
	return c.closed(more)
}

func (c Calendar) closed(more map[when.Date]bool) Calendar {
	all := make(map[when.Date]bool, len(c.extra)+len(more))
	for _, days := range []map[when.Date]bool{c.extra, more} {
		for d := range days {
			all[d] = true
		}
	}
	c.extra = all
	return c
}

// Works reports whether d is a working day. Where a holiday has a substitute day, that one is not worked.
func (c Calendar) Works(d when.Date) bool {
	if c.extra[d] {
		return false
	}
	year := cal.NewBusinessCalendar() // of its own: the library's calendar is no value to share
	year.AddHoliday(c.holidays...)
	return year.IsWorkday(d.Time())
}

// AddDays is the working day n working days after d, or before it when n is negative. The day itself does not count;
// with n = 0 it is returned as it is, worked or not.
func (c Calendar) AddDays(d when.Date, n int) when.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for idle := 0; n > 0 && idle < longestIdle; {
		d = d.AddDays(step)
		idle++
		if c.Works(d) {
			n, idle = n-1, 0
		}
	}
	return d
}

// longestIdle ends the search when a calendar was given holidays without end.
const longestIdle = 3660

// Add is the same time of day, where the calendar is, on the working day that many working days after t. Across a
// change of the clocks the time on the wall stays and the hours between are 23 or 25 a day. A time that the change
// leaves out, such as 1:30am on the last Sunday of March, cannot come about: that day is not worked.
func (c Calendar) Add(t time.Time, days int) time.Time {
	here := t.In(c.here())
	to := c.AddDays(when.DateOf(here), days)
	return time.Date(to.Year, to.Month, to.Day, here.Hour(), here.Minute(), here.Second(), here.Nanosecond(), c.here()).In(t.Location())
}

// Between counts the working days after the day of from up to and with the day of to, where the calendar is. It is
// negative when to is earlier. Between(t, Add(t, n)) is n.
func (c Calendar) Between(from, to time.Time) int {
	return c.DaysBetween(when.DateOf(from.In(c.here())), when.DateOf(to.In(c.here())))
}

// DaysBetween is Between for days.
func (c Calendar) DaysBetween(from, to when.Date) (n int) {
	if to.Before(from) {
		// counted the same way back: days before from, down to and with to
		for d := from; to.Before(d); {
			if d = d.AddDays(-1); c.Works(d) {
				n--
			}
		}
		return n
	}
	for d := from; d.Before(to); {
		if d = d.AddDays(1); c.Works(d) {
			n++
		}
	}
	return n
}

func (c Calendar) here() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}
