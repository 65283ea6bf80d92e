package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"carecorridor/internal/when"
)

func TestAClockRunsAheadByWhatItsFileSays(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ahead")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("0s\n")
	m, err := openClock(file)
	if err != nil || m.Now().Sub(when.System()).Abs() > time.Minute {
		t.Fatal(m, err)
	}
	write("1008h")
	if moved, err := m.read(); !moved || err != nil || m.Now().Sub(when.System()).Round(time.Minute) != 1008*time.Hour {
		t.Errorf("%v %v %v", moved, err, m.Now())
	}
	if moved, _ := m.read(); moved {
		t.Error("the same file moved the clock twice")
	}
	write("soon")
	if _, err := m.read(); err == nil || m.Now().Sub(when.System()) < 1000*time.Hour {
		t.Errorf("%v %v", err, m.Now())
	}
	if _, err := openClock(file); err == nil {
		t.Error("a file without a time is taken")
	}
}

func TestOnlyTheDemonstrationMayMoveItsClock(t *testing.T) {
	t.Parallel()
	if err := (&serveCommand{ClockFile: "ahead"}).Run(t.Context(), &Config{Addr: "127.0.0.1:0", Var: t.TempDir()}); err == nil {
		t.Error("a server that is no demonstration runs on a moved clock")
	}
}
