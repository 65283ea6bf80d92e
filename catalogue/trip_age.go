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

// Oldest is the earliest date among the figures as their sources state it, "n.d." when one has none.
func (e Evidence) Oldest() string {
	out := ""
	for _, q := range e.Figures {
		on := q.AsOf
		if on == "" {
			on = "n.d."
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
