package handlers_test

import (
	"testing"
	"time"

	"carecorridor/handlers"
)

func TestATimeInIndiaSaysWhenItIsTheNextDayThere(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-22T16:12:00Z": "22 November 2026, 4:12pm UK, 9:42pm India",
		"2026-11-22T18:29:00Z": "22 November 2026, 6:29pm UK, 11:59pm India",
		"2026-11-22T18:30:00Z": "22 November 2026, 6:30pm UK, 12:00am India the next day",
		"2026-06-30T22:30:00Z": "30 June 2026, 11:30pm UK, 4:00am India the next day",
		"2026-06-30T23:30:00Z": "1 July 2026, 12:30am UK, 5:00am India",
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := handlers.BothTimes(when); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}
