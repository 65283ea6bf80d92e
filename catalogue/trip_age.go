package catalogue

import (
	"slices"
	"time"

	"carecorridor/internal/when"
)

// StaleDays is when a figure's age must be shown (ux.md §6.7).
const StaleDays = 90

// Age is how old a figure is on the day it is shown.
type Age int

// Ages. A figure dated by month or year only may be older than StaleDays without our knowing.
const (
	Fresh Age = iota
	MaybeStale
	Stale
	Undated
)

// AgeOf judges a date as its source states it: "2025-10-09", "2025-10", "2025", "n.d.".
func AgeOf(asOf string, today when.Date) Age {
	first, last, ok := period(asOf)
	switch {
	case !ok:
		return Undated
	case last.DaysUntil(today) > StaleDays:
		return Stale
	case first.DaysUntil(today) > StaleDays:
		return MaybeStale
	}
	return Fresh
}

// period is the first and the last day that a stated date may mean.
func period(asOf string) (first, last when.Date, ok bool) {
	for _, p := range []struct {
		layout       string
		years, month int
	}{{"2006-01-02", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(p.layout, asOf)
		if err != nil {
			continue
		}
		first = when.DateOf(t)
		if p.years+p.month == 0 {
			return first, first, true
		}
		return first, when.DateOf(t.AddDate(p.years, p.month, -1)), true
	}
	return first, last, false
}

// undated is a date that its source does not state.
const undated = "n.d."

// oldest is the earlier of two dates as stated, a one that is not stated before all others; "" is no figure yet.
func oldest(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	for _, d := range []string{a, b} {
		if _, _, ok := period(d); !ok {
			return undated
		}
	}
	return min(a, b)
}

// date adds the date of one figure behind the line, and judges the oldest.
func (l *TripLine) date(asOf string, today when.Date) {
	if asOf == "" {
		asOf = undated
	}
	l.AsOf = oldest(l.AsOf, asOf)
	l.Age = AgeOf(l.AsOf, today)
	l.Stale = l.Age != Fresh
}

// Oldest is the earliest date among the figures as their sources state it, "n.d." when one has none.
func (e Evidence) Oldest() string {
	out := ""
	for _, q := range e.Figures {
		on := q.AsOf
		if on == "" {
			on = undated
		}
		out = oldest(out, on)
	}
	return out
}

// SourceIDs are the sources of the figures, each once, in their order.
func (e Evidence) SourceIDs() []int64 {
	var out []int64
	for _, q := range e.Figures {
		if !slices.Contains(out, q.SourceID) {
			out = append(out, q.SourceID)
		}
	}
	return out
}
