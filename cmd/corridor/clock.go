package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"carecorridor/internal/when"
	"carecorridor/jobs"
	"carecorridor/models"
)

// movedClock runs ahead of the real one by what a file says. It is for the demonstration, where days may be let pass
// to see what they bring: certificates that end, reminders, time limits.
type movedClock struct {
	file  string
	ahead atomic.Int64 // nanoseconds
}

// clockEvery is how often the file is looked at.
const clockEvery = time.Second

// openClock reads the file; an empty name is the real clock.
func openClock(file string) (*movedClock, error) {
	m := &movedClock{file: file}
	_, err := m.read()
	return m, err
}

// Now is the moved present.
func (m *movedClock) Now() time.Time {
	return when.System().Add(time.Duration(m.ahead.Load()))
}

// read takes over what the file says and reports whether that was new. It must hold a time such as 1008h.
func (m *movedClock) read() (moved bool, err error) {
	if m.file == "" {
		return false, nil
	}
	text, err := os.ReadFile(m.file)
	if err != nil {
		return false, fmt.Errorf("clock file: %w", err)
	}
	ahead, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil || ahead < 0 {
		return false, fmt.Errorf("clock file %s: want a time such as 1008h, not %.20q", m.file, text)
	}
	return m.ahead.Swap(int64(ahead)) != int64(ahead), nil
}

// followClock takes over each change of the file and queues what a new day brings, as midnight would.
func (a *app) followClock(ctx context.Context, m *movedClock) {
	if m.file == "" {
		return
	}
	said := ""
	for t := time.NewTicker(clockEvery); ; {
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		moved, err := m.read()
		if moved {
			a.log.Warn("the clock was moved", "now", m.Now().Format(time.RFC3339))
			err = a.store.Write(ctx, func(tx *models.Tx) error { return tx.Later(jobs.ExpireCertificates{}) })
		}
		if err != nil && err.Error() != said {
			said = err.Error()
			a.log.Error("clock not followed", "error", said)
		}
	}
}
