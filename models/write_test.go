package models_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"carecorridor/internal/fault"
	"carecorridor/internal/testdb"
	"carecorridor/models"
)

func TestAFailedWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		undo := errors.New("undo")
		err := s.Write(context.Background(), func(tx *models.Tx) error {
			ids, _, err := world(tx)
			if err != nil {
				return err
			}
			if _, err := tx.PutProviders([]models.ProviderBundle{hospital(t, ids)}); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		if rows, err := s.Sources(context.Background()); err != nil || len(rows) != 0 {
			t.Errorf("%v, %v", rows, err)
		}
		if generation(t, s) != 1 || jobs(t, s, "rebuild_index") != 0 {
			t.Error("the generation or the queue moved")
		}
	})
}

func TestAPanicUndoesItsTransaction(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		func() {
			defer func() { _ = recover() }()
			_ = s.Write(context.Background(), func(tx *models.Tx) error {
				tx.BumpGeneration()
				panic("worker's mistake")
			})
		}()
		furnish(t, s)
		if n := generation(t, s); n != 2 {
			t.Errorf("generation %d", n)
		}
	})
}

func TestATransactionHasOneInstant(t *testing.T) {
	t.Parallel()
	var ticks atomic.Int64
	o := models.Options{Clock: func() time.Time {
		return now.Add(time.Duration(ticks.Add(1))*time.Second + 789).In(time.FixedZone("", 19800))
	}}
	testdb.EachWith(t, o, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error {
			first := tx.Now()
			if tx.Now() != first || first.Location() != time.UTC || first.Nanosecond()%1000 != 0 || tx.Today().String() != "2026-11-22" {
				t.Errorf("%v", first)
			}
			return nil
		})
	})
}

func TestTheGenerationMovesByOneForATransaction(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		write(t, s, func(tx *models.Tx) error { tx.BumpGeneration(); tx.BumpGeneration(); return nil })
		state, err := s.State(context.Background())
		if err != nil || state.Generation != 2 || !state.ChangedAt.Equal(now) {
			t.Errorf("%+v, %v", state, err)
		}
		write(t, s, func(tx *models.Tx) error { return nil })
		if n := generation(t, s); n != 2 {
			t.Errorf("an empty transaction moved it to %d", n)
		}
	})
}

func TestOfTwoEditorsTheSecondIsTold(t *testing.T) {
	t.Parallel()
	testdb.EachWith(t, fixed, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		ids := furnish(t, s)
		p, err := s.ProfileBySlug(ctx, "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		mine, theirs := p.Provider, p.Provider
		mine.Name = "Mine"
		write(t, s, func(tx *models.Tx) error { return tx.SaveProvider(&mine) })
		if mine.Version != 2 {
			t.Errorf("version %d", mine.Version)
		}
		err = s.Write(ctx, func(tx *models.Tx) error { return tx.SaveProvider(&theirs) })
		wantKind(t, err, fault.Conflict)
		theirs.ID += 100
		err = s.Write(ctx, func(tx *models.Tx) error { return tx.SaveProvider(&theirs) })
		wantKind(t, err, fault.Missing)
		if jobs(t, s, "index_provider") != 1 || generation(t, s) != 3 {
			t.Errorf("provider %d: %d jobs, generation %d", ids[0], jobs(t, s, "index_provider"), generation(t, s))
		}
	})
}

func TestAFailedTryLeavesTheCallersValuesAsTheyWere(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		furnish(t, s)
		p, err := s.ProfileBySlug(context.Background(), "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		mine, rows, undo := p.Provider, sources(), errors.New("undo")
		err = s.Write(context.Background(), func(tx *models.Tx) error {
			if _, _, err := tx.PutSources(rows); err != nil {
				return err
			}
			return errors.Join(tx.SaveProvider(&mine), undo)
		})
		if !errors.Is(err, undo) || mine != p.Provider || rows[0] != sources()[0] {
			t.Errorf("%+v, %+v, %v", mine, rows, err)
		}
	})
}

func TestAConnectionThatIsCutIsReplaced(t *testing.T) {
	t.Parallel()
	s := testdb.Postgres(t)
	err := s.Write(context.Background(), func(tx *models.Tx) error {
		return tx.Exec("SELECT pg_terminate_backend(pg_backend_pid())")
	})
	wantKind(t, err, fault.Busy)
	furnish(t, s)
}

func TestARequestThatIsOverIsBusy(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ctx, cancel := context.WithCancel(context.Background())
		err := s.Write(ctx, func(tx *models.Tx) error {
			cancel()
			for range 100 {
				if _, err := tx.PutRoutes(nil); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
			}
			return nil
		})
		wantKind(t, err, fault.Busy)
		_, err = s.Specialties(ctx)
		wantKind(t, err, fault.Busy)
		furnish(t, s)
	})
}

func TestAPriceChangeMovesItsListing(t *testing.T) {
	t.Parallel()
	var moved []models.Moved
	var mu sync.Mutex
	o := fixed
	o.Moved = func(m models.Moved) { mu.Lock(); defer mu.Unlock(); moved = append(moved, m) }
	testdb.EachWith(t, o, func(t *testing.T, s *models.Store) {
		ctx := context.Background()
		mu.Lock()
		moved = nil
		mu.Unlock()
		ids := furnish(t, s)
		p, err := s.ProfileBySlug(ctx, "marina-chennai")
		if err != nil {
			t.Fatal(err)
		}
		k := p.Packages[0].Package
		k.AmountMinor, k.Live = 123, true
		write(t, s, func(tx *models.Tx) error {
			if err := tx.SavePackage(&k, []models.PackageItem{{Kind: "excluded", Label: "Flights", Ord: 1}}); err != nil {
				return err
			}
			return tx.Change(models.Change{ProviderID: ids[0], What: "Price changed"})
		})
		fresh := models.Package{ProviderID: ids[0], ProcedureSlug: "hip", Name: "New", AmountMinor: 5, Currency: "GBP", Live: true, SourceID: k.SourceID}
		write(t, s, func(tx *models.Tx) error { return tx.SavePackage(&fresh, nil) })
		stale := p.Packages[0].Package
		wantKind(t, s.Write(ctx, func(tx *models.Tx) error { return tx.SavePackage(&stale, nil) }), fault.Conflict)
		after, err := s.ProfileBySlug(ctx, "marina-chennai")
		if err != nil || after.Version != 3 || len(after.Packages) != 6 || after.Changes[0].What != "Price changed" {
			t.Fatalf("%+v, %v", after, err)
		}
		for _, b := range after.Packages {
			if b.ID == k.ID && (b.AmountMinor != 123 || b.Version != 2 || len(b.Items) != 1) {
				t.Errorf("%+v", b)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if len(moved) != 3 || !moved[0].All || moved[2].All || !slices.Equal(moved[2].Providers, ids) {
			t.Errorf("%+v", moved)
		}
	})
}

func TestWritersInEachOthersWayAllSucceed(t *testing.T) {
	t.Parallel()
	testdb.Each(t, func(t *testing.T, s *models.Store) {
		ids := furnish(t, s, plain("a"))
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() {
				for range 10 {
					errs[i] = errors.Join(errs[i], s.Write(context.Background(), func(tx *models.Tx) error {
						return tx.Change(models.Change{ProviderID: ids[i%2], What: "Touched"})
					}))
				}
			})
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if n := generation(t, s); n != 82 {
			t.Errorf("generation %d, want 82", n)
		}
	})
}

func TestADeadlockIsTriedAgain(t *testing.T) {
	t.Parallel()
	s := testdb.Postgres(t)
	ids := furnish(t, s, plain("a"))
	var meet sync.WaitGroup
	meet.Add(2)
	var attempts atomic.Int64
	lock := func(order ...int64) func(*models.Tx) error {
		first := true
		return func(tx *models.Tx) error {
			attempts.Add(1)
			if err := tx.Exec("SELECT 1 FROM providers WHERE id = ? FOR UPDATE", order[0]); err != nil {
				return err
			}
			if first {
				first = false
				meet.Done()
				meet.Wait()
			}
			return tx.Exec("SELECT 1 FROM providers WHERE id = ? FOR UPDATE", order[1])
		}
	}
	var all sync.WaitGroup
	errs := make([]error, 2)
	all.Go(func() { errs[0] = s.Write(context.Background(), lock(ids[0], ids[1])) })
	all.Go(func() { errs[1] = s.Write(context.Background(), lock(ids[1], ids[0])) })
	all.Wait()
	if err := errors.Join(errs...); err != nil || attempts.Load() != 3 {
		t.Errorf("%d attempts, %v", attempts.Load(), err)
	}
}

func TestADatabaseThatIsGoneIsBusy(t *testing.T) {
	t.Parallel()
	o := models.Options{ConnectTimeout: 300 * time.Millisecond}
	began := time.Now()
	_, err := models.Open(context.Background(), "postgres://nobody:secret@127.0.0.1:1/none", o)
	wantKind(t, err, fault.Busy)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the connection and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	_, err = models.Open(context.Background(), "postgres://nobody:secret@"+silent.Addr().String()+"/none", o)
	wantKind(t, err, fault.Busy)
	if took := time.Since(began); took > time.Minute { // the driver's own patience is longer
		t.Errorf("it took %v to say so", took)
	}
	for _, address := range []string{"", "mysql://x", "sqlite:", "postgres://nobody:secret@host:port/x"} {
		_, err := models.Open(context.Background(), address, o)
		wantKind(t, err, fault.Invalid)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is told: %v", err)
		}
	}
}

func TestAStatementThatHangsIsEnded(t *testing.T) {
	t.Parallel()
	testdb.EachURL(t, func(t *testing.T, url string) {
		s, err := models.Open(context.Background(), url, models.Options{StatementTimeout: 100 * time.Millisecond, BusyTimeout: 100 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if s.Dialect() == models.Postgres {
			wantKind(t, s.Write(context.Background(), func(tx *models.Tx) error { return tx.Exec("SELECT pg_sleep(5)") }), fault.Busy)
			return
		}
		write(t, s, func(*models.Tx) error {
			err := s.Write(context.Background(), func(*models.Tx) error { return nil })
			wantKind(t, err, fault.Busy)
			return nil
		})
	})
}

func TestADatabaseInMemoryIsItsOwn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a, b := openStore(t, "sqlite::memory:"), openStore(t, "sqlite::memory:")
	for _, s := range []*models.Store{a, b} {
		if err := s.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
	}
	furnish(t, a)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if n, err := a.CountProviders(ctx); err != nil || n.Providers != 1 {
				t.Errorf("%+v, %v", n, err)
			}
		})
	}
	all.Wait()
	if n, err := b.CountProviders(ctx); err != nil || n.Providers != 0 {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestAFileWithAnyNameOpens(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain.db", "with space.db", "what?.db", "50%25.db", "hash#1.db", "deep/er/x.db"} {
		s := openStore(t, "sqlite:"+t.TempDir()+"/"+name)
		if err := s.Migrate(context.Background()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
