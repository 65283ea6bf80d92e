package jobs

import (
	"testing"
	"time"
)

func TestTheDayTurnsAtMidnightInIndia(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-22T18:29:59Z": "2026-11-22T18:30:30Z",
		"2026-11-22T18:30:29Z": "2026-11-22T18:30:30Z",
		"2026-11-22T18:30:30Z": "2026-11-23T18:30:30Z",
		"2026-12-31T23:00:00Z": "2027-01-01T18:30:30Z",
	} {
		from, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := (indianMidnight{}).Next(from).UTC().Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", at, got, want)
		}
	}
}

func TestTheWaitDoublesUpToHalfAMinute(t *testing.T) {
	t.Parallel()
	for attempt, want := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 6: 30 * time.Second, 2900: 30 * time.Second} {
		if got := Backoff(attempt); got != want {
			t.Errorf("attempt %d: %v, want %v", attempt, got, want)
		}
	}
}
