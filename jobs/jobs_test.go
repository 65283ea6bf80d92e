package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carecorridor/internal/testdb"
	"carecorridor/jobs"
	"carecorridor/models"
)

// bench works the jobs of one database and remembers what it was given.
type bench struct {
	mu      sync.Mutex
	seen    []int64
	rebuilt int
	expired int
	indexer func(ctx context.Context, id int64) error // nil: succeeds
}

func (b *bench) workers() jobs.Workers {
	return jobs.Workers{
		IndexProvider: func(ctx context.Context, id int64) error {
			b.mu.Lock()
			b.seen = append(b.seen, id)
			b.mu.Unlock()
			if b.indexer != nil {
				return b.indexer(ctx, id)
			}
			return nil
		},
		RebuildIndex:       func(context.Context) error { b.mu.Lock(); defer b.mu.Unlock(); b.rebuilt++; return nil },
		ExpireCertificates: func(context.Context) error { b.mu.Lock(); defer b.mu.Unlock(); b.expired++; return nil },
	}
}

func (b *bench) ids() []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.seen)
}

var quick = jobs.Options{Poll: 10 * time.Millisecond, Retry: func(int) time.Duration { return 0 }, StopWithin: 50 * time.Millisecond}

func start(t *testing.T, s *models.Store, b *bench, o jobs.Options) *jobs.Runner {
	t.Helper()
	r, err := s.Work(context.Background(), b.workers(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, r) })
	return r
}

func stop(t *testing.T, r *jobs.Runner) {
	t.Helper()
	if err := r.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

// until waits for something to become true.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s: not within 30 s", what)
}

func add(t *testing.T, s *models.Store, all ...jobs.Args) {
	t.Helper()
	err := s.Write(context.Background(), func(tx *models.Tx) error {
		for _, a := range all {
			if err := tx.Later(a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestACommittedJobRunsAndOneUndoneDoesNot(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		b := &bench{}
		start(t, s, b, quick)
		undo := errors.New("undo")
		err := s.Write(context.Background(), func(tx *models.Tx) error {
			if err := tx.Later(jobs.IndexProvider{ID: 1}); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		add(t, s, jobs.IndexProvider{ID: 2}, jobs.RebuildIndex{})
		until(t, "both jobs", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return b.rebuilt == 1 && len(b.seen) == 1 })
		if got := b.ids(); !slices.Equal(got, []int64{2}) {
			t.Errorf("worked %v", got)
		}
	})
}

func TestAJobThatWaitsIsNotQueuedTwice(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		add(t, s, jobs.IndexProvider{ID: 1}, jobs.IndexProvider{ID: 1}, jobs.IndexProvider{ID: 2}, jobs.RebuildIndex{}, jobs.RebuildIndex{})
		add(t, s, jobs.IndexProvider{ID: 1}, jobs.IndexProvider{ID: 12}, jobs.RebuildIndex{})
		b := &bench{}
		start(t, s, b, quick)
		until(t, "all jobs", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return b.rebuilt > 0 && len(b.seen) >= 3 })
		add(t, s, jobs.IndexProvider{ID: 99})
		until(t, "the last job", func() bool { return slices.Contains(b.ids(), 99) })
		got := b.ids()
		slices.Sort(got)
		if !slices.Equal(got, []int64{1, 2, 12, 99}) || b.rebuilt != 1 {
			t.Errorf("worked %v, rebuilt %d times", got, b.rebuilt)
		}
	})
}

func TestAChangeDuringTheWorkIsWorkedAgain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		running, finish := make(chan struct{}, 9), make(chan struct{})
		b := &bench{indexer: func(ctx context.Context, _ int64) error { running <- struct{}{}; <-finish; return nil }}
		start(t, s, b, quick)
		add(t, s, jobs.IndexProvider{ID: 1})
		<-running
		add(t, s, jobs.IndexProvider{ID: 1})
		time.Sleep(100 * time.Millisecond)
		if got := b.ids(); len(got) != 1 {
			t.Errorf("one provider is worked %d times at once", len(got))
		}
		close(finish)
		until(t, "the second job", func() bool { return len(b.ids()) == 2 })
	})
}

func TestAFailedJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		b := &bench{}
		b.indexer = func(_ context.Context, id int64) error {
			switch len(b.ids()) {
			case 1:
				return errors.New("engine is away")
			case 2:
				panic("worse")
			}
			return nil
		}
		start(t, s, b, quick)
		add(t, s, jobs.IndexProvider{ID: 7})
		until(t, "the third attempt", func() bool { return len(b.ids()) == 3 })
	})
}

func TestAStoppedJobIsPickedUpByTheNextProcess(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		first := &bench{indexer: func(ctx context.Context, _ int64) error { <-ctx.Done(); return ctx.Err() }}
		r := start(t, s, first, quick)
		add(t, s, jobs.IndexProvider{ID: 7})
		until(t, "the job", func() bool { return len(first.ids()) == 1 })
		stop(t, r)
		second := &bench{}
		start(t, s, second, quick)
		until(t, "the job again", func() bool { return len(second.ids()) == 1 })
	})
}

func TestAJobOfAProcessThatDiedIsRescued(t *testing.T) {
	t.Parallel()
	testdb.EachURL(t, func(t *testing.T, url string) {
		s, err := models.Open(context.Background(), url, models.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		add(t, s, jobs.IndexProvider{ID: 7})
		die(t, url)
		b := &bench{}
		o := quick
		o.Timeout, o.RescueAfter = time.Second, time.Second
		start(t, s, b, o)
		until(t, "the job", func() bool { return len(b.ids()) == 1 })
	})
}

// die leaves every job as a process that was killed leaves it.
func die(t *testing.T, url string) {
	t.Helper()
	driver := "pgx"
	if file, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, url = "sqlite", file
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE river_job SET state = 'running', attempt = 1, attempted_at = '2026-01-01 00:00:00+00:00'"); err != nil {
		t.Fatal(err)
	}
}

func TestCertificatesAreLookedAtWhenWorkBegins(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		b := &bench{}
		start(t, s, b, quick)
		until(t, "the first look", func() bool { b.mu.Lock(); defer b.mu.Unlock(); return b.expired == 1 })
	})
}

func TestAMissingWorkerIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := testdb.SQLite(t).Work(context.Background(), jobs.Workers{}, quick); err == nil {
		t.Error("work began without workers")
	}
}

func TestThreeHundredChangesAreAllWorked(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		b := &bench{}
		start(t, s, b, quick)
		began := time.Now()
		for i := range int64(300) {
			add(t, s, jobs.IndexProvider{ID: i})
		}
		queued := time.Since(began)
		until(t, "all", func() bool { return len(b.ids()) == 300 })
		t.Logf("%s: 300 queued in %v, worked after %v", s.Dialect(), queued, time.Since(began))
	})
}
