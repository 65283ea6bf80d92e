// Package when holds the clock and the calendar date. It is not for durations or time zones of people.
package when

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Clock gives the present instant; tests and the demonstration may move it.
type Clock func() time.Time

// System is the real clock: UTC, whole microseconds, as both databases keep it.
func System() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Fixed is a clock that stands still.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// IST is the offset in which an Indian certificate ends (no daylight saving).
var IST = time.FixedZone("IST", 5*3600+1800)

// Date is a day of the calendar, without time or zone. The zero Date is "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// TodayIndia is the day it is in India at instant t.
func TodayIndia(t time.Time) Date { return DateOf(t.In(IST)) }

// ParseDate reads "2026-11-22". Empty text is the zero Date. "2026-11" and "2026" are not dates: see Month-only sources, kept as text.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// Known reports whether d is set.
func (d Date) Known() bool { return d != Date{} }

// Time is midnight UTC of d.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays is d moved by n days.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// DaysUntil counts the days from d to o.
func (d Date) DaysUntil(o Date) int { return int(o.Time().Sub(d.Time()).Hours() / 24) }

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Time().Before(o.Time()) }

// String is "2026-11-22", or "" when not known.
func (d Date) String() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// Long is "22 November 2026", or "" when not known (ux.md §10).
func (d Date) Long() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// Value stores a known date as text both databases read as DATE, an unknown one as NULL.
func (d Date) Value() (driver.Value, error) {
	if !d.Known() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a DATE column of either database.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = DateOf(v.UTC())
		return nil
	case []byte:
		return d.parse(string(v))
	case string:
		return d.parse(v)
	}
	return fmt.Errorf("date from %T", src)
}

func (d *Date) parse(s string) (err error) {
	if len(s) > 10 {
		s = s[:10]
	}
	*d, err = ParseDate(s)
	return err
}

// MarshalText writes "2026-11-22" or "".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}
