package jobs_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"carecorridor/internal/personal"
	"carecorridor/internal/testdb"
	"carecorridor/jobs"
	"carecorridor/models"
)

// lines is a log that several goroutines write.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.text.String() }

func TestAFailingJobTellsNothingPersonal(t *testing.T) {
	t.Parallel()
	patient := struct{ Name personal.Text }{"Asha Menon"}
	for name, fail := range map[string]func() error{
		"error": func() error { return fmt.Errorf("patient %v, %s, %+v", patient, patient.Name, patient) },
		"panic": func() error { panic(patient) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &lines{}
			o := models.Options{Logger: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
			testdb.EachWith(t, o, func(t *testing.T, s *models.Store) {
				b := &bench{indexer: func(context.Context, int64) error { return fail() }}
				start(t, s, b, quick)
				err := s.Write(context.Background(), func(tx *models.Tx) error { return tx.Later(jobs.IndexProvider{ID: 7}) })
				if err != nil {
					t.Fatal(err)
				}
				until(t, "the failure is logged", func() bool { return strings.Contains(log.String(), personal.Dots) })
				if strings.Contains(log.String(), "Menon") {
					t.Errorf("the log tells: %s", log)
				}
			})
		})
	}
}
